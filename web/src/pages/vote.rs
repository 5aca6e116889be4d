//! The booth: what is needed to vote, and for browsers that can, everything
//! that the booth's scripts fill (specs/11-web.md §9).

use askama::Template;

use super::Frame;
use super::words::{Words, title};
use crate::booth::{Booth, BoothFile};
use crate::record::Record;

/// The booth's page.
#[derive(Template)]
#[template(path = "vote.html")]
struct Vote<'a> {
    frame: Frame<'a>,
    title: Words,
    slug: String,
    id: String,
    /// The sealed address of the ledger, where ballots are cast.
    ledger: &'a str,
    booth: Option<Files<'a>>,
}

/// What the page loads.
struct Files<'a> {
    vote: &'a BoothFile,
    engine: &'a BoothFile,
    module: &'a BoothFile,
}

/// The page; without a booth it says how to vote otherwise.
pub(crate) fn vote(frame: Frame<'_>, record: &Record, booth: Option<&Booth>) -> askama::Result<String> {
    let files = booth.and_then(|booth| {
        Some(Files {
            vote: booth.file(Booth::VOTE)?,
            engine: booth.file(Booth::ENGINE)?,
            module: booth.file(Booth::MODULE)?,
        })
    });
    let page = Vote {
        title: title(record, &frame),
        slug: record.slug(),
        id: hex::encode(record.id),
        ledger: &record.manifest.ledger.url,
        booth: files,
        frame,
    };
    page.render()
}
