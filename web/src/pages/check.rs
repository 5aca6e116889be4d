//! The second device's page: what another device sealed (specs/11-web.md §9.4).

use askama::Template;

use super::Frame;
use super::files::Files;
use super::said;
use super::vote::{Question, questions};
use super::words::{Words, title};
use crate::booth::Booth;
use crate::projects::Query;
use crate::record::Record;

#[derive(Template)]
#[template(path = "check.html")]
struct Check<'a> {
    frame: Frame<'a>,
    title: Words,
    id: String,
    ledger: &'a str,
    contests: Vec<Question<'a>>,
    booth: Files<'a>,
    said: Vec<(&'static str, String)>,
}

/// The page; `None` where the booth has no script for it.
pub(crate) fn check(frame: Frame<'_>, record: &Record, booth: &Booth) -> Option<askama::Result<String>> {
    let page = Check {
        title: title(record, &frame),
        id: hex::encode(record.id),
        ledger: &record.manifest.ledger.url,
        contests: questions(&frame, record, &Query::default()),
        booth: Files::of_booth(booth, Booth::CHECK)?,
        said: said::all(frame.language),
        frame,
    };
    Some(page.render())
}
