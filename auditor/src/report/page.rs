//! The page as a whole.

use askama::Template;
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use super::ProjectNames;
use super::escape::{grouped, shown};
use super::record::{Fact, Seen, of_occasion, of_record, of_witnesses};
use super::results::{ContestResult, Style, of_contests, of_turnout};
use super::standing::{Chapter, of_claims};
use super::words::{LIMITS, Limit, UNREADABLE, Words, to_do, words};
use crate::occasion::{Occasion, utc};
use crate::statement::results_hash;
use crate::verdict::{Claim, Verdict};

/// The page's whole style.
const STYLE: &str = include_str!("page.css");

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    frame: Frame,
    words: &'static Words,
    sentence: String,
    to_do: Vec<&'static str>,
    /// Claims that did not hold, for the top of the page.
    first: Vec<&'a Claim>,
    record: Vec<Fact>,
    witnesses: Option<Seen>,
    occasion: Vec<Fact>,
    contests: Vec<ContestResult>,
    results: String,
    turnout: Vec<Style>,
    chapters: Vec<Chapter>,
    limits: &'static [Limit],
    compare: Vec<Compare>,
    again: String,
}

#[derive(Template)]
#[template(path = "failure.html")]
struct Failure {
    frame: Frame,
    words: &'static Words,
    error: String,
    occasion: Vec<Fact>,
}

/// What every page has around it.
struct Frame {
    title: String,
    style: &'static str,
    /// The only style that a browser may apply.
    style_hash: String,
    made: String,
}

impl Frame {
    fn new(title: &str, occasion: &Occasion) -> Self {
        Self {
            title: shown(title),
            style: STYLE,
            style_hash: Base64::encode_string(&Sha256::digest(STYLE)),
            made: utc(occasion.time).replace('T', " ").replace('Z', " UTC"),
        }
    }
}

/// Something to compare by hand.
struct Compare {
    what: &'static str,
    with: &'static str,
    /// What this audit found; empty where it stands elsewhere on the page.
    found: String,
}

/// The report on a verdict, as one HTML file.
///
/// # Errors
/// Never for want of evidence; the template cannot be filled if memory ends.
pub fn page(verdict: &Verdict, occasion: &Occasion, names: &ProjectNames) -> Result<String, askama::Error> {
    let figures = verdict.figures.as_ref();
    let title = figures.map_or("an election without rules", |figures| figures.title.as_str());
    Page {
        frame: Frame::new(title, occasion),
        words: words(verdict.overall()),
        sentence: verdict.sentence(),
        to_do: to_do(verdict),
        first: verdict
            .claims
            .iter()
            .filter(|claim| !claim.standing.is_held())
            .collect(),
        record: figures.map(of_record).unwrap_or_default(),
        witnesses: figures.map(|figures| of_witnesses(&figures.witnesses)),
        occasion: of_occasion(occasion),
        contests: of_contests(verdict, names),
        results: grouped(&results_hash(&verdict.results)),
        turnout: figures.map(of_turnout).unwrap_or_default(),
        chapters: of_claims(verdict),
        limits: &LIMITS,
        compare: comparisons(verdict, occasion),
        again: again(verdict, occasion),
    }
    .render()
}

/// The report where there is no verdict: the ledger could not be read.
///
/// # Errors
/// As [`page`].
pub fn page_without_verdict(error: &str, occasion: &Occasion) -> Result<String, askama::Error> {
    Failure {
        frame: Frame::new("a record that could not be read", occasion),
        words: &UNREADABLE,
        error: shown(error),
        occasion: of_occasion(occasion),
    }
    .render()
}

/// What no program can compare for its reader.
fn comparisons(verdict: &Verdict, occasion: &Occasion) -> Vec<Compare> {
    let mut list = Vec::new();
    if let Some(figures) = &verdict.figures {
        list.push(Compare {
            what: "The election id",
            with: "the one in the council's public notice, printed or from a source of its own. Another id is another election.",
            found: grouped(&figures.election_id),
        });
        list.push(Compare {
            what: "The head of the record",
            with: "the head that witnesses, newspapers or other observers have: with the same number of entries the fingerprint must be the same.",
            found: format!("{} entries, {}", figures.entries, grouped(&figures.root)),
        });
        let voters: u64 = figures
            .turnout
            .iter()
            .map(|style| style.roll)
            .fold(0, u64::saturating_add);
        list.push(Compare {
            what: "The number of voters on the list",
            with: "the official number of people entitled to vote, for each district too.",
            found: super::chart::number(voters),
        });
        list.push(Compare {
            what: "Totals, winners and costs",
            with: "the result as the council announced it.",
            found: String::new(),
        });
    }
    list.push(Compare {
        what: "The program's fingerprint",
        with: "the published one of this version. A dishonest program can print any: compute it yourself, or build the program from its source.",
        found: occasion.tool.sha256.map(|sha256| grouped(&sha256)).unwrap_or_default(),
    });
    list
}

/// The command that makes this audit again.
fn again(verdict: &Verdict, occasion: &Occasion) -> String {
    let source = shown(&occasion.source);
    match &verdict.figures {
        Some(figures) => format!(
            "auditor verify {source} --election {}",
            hex::encode(figures.election_id)
        ),
        None => format!("auditor verify {source}"),
    }
}
