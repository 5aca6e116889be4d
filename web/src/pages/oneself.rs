//! Pages by which readers check for themselves, on their own device: "find my
//! ballot", and the recount (specs/11a-oneself.md §5).

use askama::Template;
use auditor::remote::MAX_ENTRIES;
use auditor::{CLAIMS, ContestOutcome, Proven};
use voting_core::manifest::{BallotKind, Contest};

use super::Frame;
use super::files::Files;
use super::poll::{heading, name};
use super::words::{Words, title};
use crate::booth::Booth;
use crate::record::Record;

/// What such a page needs besides the poll.
pub(crate) struct Oneself<'a> {
    /// The observer's files; `None`: this site has none.
    pub(crate) booth: Option<&'a Booth>,
    /// The copy that is read: the sealed address, or the one that the reader named.
    pub(crate) copy: &'a str,
}

/// How a script says how far it is: sentences with `{name}` where a value will stand.
struct Pace {
    step: String,
    left: String,
}

impl Pace {
    /// `step` is the message about `done` and `of`.
    fn of(frame: &Frame<'_>, step: &str) -> Self {
        let say = |message: &str, values: &[&'static str]| {
            let values: Vec<_> = values
                .iter()
                .map(|name| (*name, format!("{{{name}}}").into()))
                .collect();
            frame.language.say_with(message, &values)
        };
        Self {
            step: say(step, &["done", "of"]),
            left: say("oneself-left", &["time"]),
        }
    }
}

/// How much the device will read, where that is much.
fn size(frame: &Frame<'_>, record: &Record) -> Option<String> {
    let bytes = record.verdict.figures.as_ref()?.bytes;
    let megabytes = frame.language.number(bytes.div_ceil(MEGABYTE));
    let says = || {
        frame
            .language
            .say_with("oneself-size", &[("size", megabytes.into())])
    };
    (bytes >= MEGABYTE).then(says)
}

const MEGABYTE: u64 = 1_000_000;

/// "Find my ballot".
#[derive(Template)]
#[template(path = "find.html")]
struct Find<'a> {
    frame: Frame<'a>,
    title: Words,
    slug: String,
    id: String,
    copy: &'a str,
    files: Option<Files<'a>>,
    pace: Pace,
    size: Option<String>,
    found: Vec<Found>,
}

/// Something that may have become of a ballot, or may have gone wrong.
struct Found {
    /// The part's name; its messages are `find-<name>-title` and `find-<name>`.
    name: &'static str,
    title: String,
    says: String,
    /// How it is marked.
    mark: &'static str,
    /// Whether there is a proof to save.
    proof: bool,
    /// Whether the box kept its word.
    kept: bool,
}

/// The page.
pub(crate) fn find(frame: Frame<'_>, record: &Record, oneself: &Oneself<'_>) -> askama::Result<String> {
    const IN_THE_BOX: [&str; 4] = ["counted", "kept", "entry", "replaced"];
    const TROUBLE: [&str; 3] = ["invalid", "dropped", "rewritten"];
    const UNKNOWN: [&str; 11] = [
        "older",
        "closed-before",
        "not-witnessed",
        "missing",
        "too-large",
        "no-receipt",
        "other-election",
        "foreign",
        "not-signed",
        "unproven",
        "unreachable",
    ];
    let found = |name: &'static str, heading: &str, mark| Found {
        name,
        title: frame.say(&format!("find-{heading}-title")),
        says: frame.say(&format!("find-{name}")),
        mark,
        proof: matches!(name, "dropped" | "rewritten"),
        kept: IN_THE_BOX.contains(&name),
    };
    let kept = IN_THE_BOX.map(|name| found(name, name, "notice-good"));
    let trouble = TROUBLE.map(|name| found(name, name, "notice-trouble"));
    let unknown = UNKNOWN.map(|name| found(name, "unknown", ""));
    let page = Find {
        title: title(record, &frame),
        slug: record.slug(),
        id: hex::encode(record.id),
        copy: oneself.copy,
        files: oneself
            .booth
            .and_then(|booth| Files::of_observer(booth, Booth::FIND)),
        pace: Pace::of(&frame, "find-step"),
        size: size(&frame, record),
        found: kept.into_iter().chain(trouble).chain(unknown).collect(),
        frame,
    };
    page.render()
}

/// The recount.
#[derive(Template)]
#[template(path = "recount.html")]
struct Recount<'a> {
    frame: Frame<'a>,
    title: Words,
    slug: String,
    id: String,
    copy: &'a str,
    files: Option<Files<'a>>,
    /// Whether a browser reads a record as long as this one.
    fits: bool,
    pace: Pace,
    size: Option<String>,
    outcomes: [Outcome; 4],
    claims: Vec<Claim>,
    contests: Vec<Table>,
}

/// A verdict in words.
struct Outcome {
    name: &'static str,
    title: String,
    says: String,
    mark: &'static str,
}

/// A claim of the audit.
struct Claim {
    id: &'static str,
    says: String,
}

/// Where the totals of a contest will stand.
struct Table {
    heading: Words,
    projects: Vec<Words>,
    points: bool,
    /// Why there will be none, if this server knows.
    none: String,
}

/// The page.
pub(crate) fn recount(frame: Frame<'_>, record: &Record, oneself: &Oneself<'_>) -> askama::Result<String> {
    let outcome = |name: &'static str, mark| Outcome {
        name,
        title: frame.say(&format!("recount-{name}-title")),
        says: frame.say(&format!("recount-{name}")),
        mark,
    };
    let claim = |id: &'static str| Claim {
        id,
        says: frame.say(&format!("claim-{id}")),
    };
    let contests = record.manifest.contests.iter().zip(&record.verdict.results);
    let figures = record.verdict.figures.as_ref();
    let page = Recount {
        title: title(record, &frame),
        slug: record.slug(),
        id: hex::encode(record.id),
        copy: oneself.copy,
        files: oneself
            .booth
            .and_then(|booth| Files::of_observer(booth, Booth::RECOUNT)),
        pace: Pace::of(&frame, "recount-step"),
        size: size(&frame, record),
        fits: figures.is_none_or(|figures| figures.entries <= MAX_ENTRIES),
        outcomes: [
            outcome("held", "notice-good"),
            outcome("broken", "notice-trouble"),
            outcome("not-finished", ""),
            outcome("incomplete", ""),
        ],
        claims: CLAIMS.into_iter().map(claim).collect(),
        contests: contests
            .map(|(contest, outcome)| table(&frame, record, contest, outcome))
            .collect(),
        frame,
    };
    page.render()
}

fn table(frame: &Frame<'_>, record: &Record, contest: &Contest, outcome: &ContestOutcome) -> Table {
    let projects = contest.projects.iter();
    Table {
        heading: heading(frame, record, contest),
        projects: projects.map(|project| name(frame, record, &project.id)).collect(),
        points: matches!(
            contest.ballot,
            BallotKind::Points { .. } | BallotKind::Ranking { .. }
        ),
        none: match outcome.standing {
            Proven::NotDecrypted { smallest_group } => {
                frame.language.count("result-too-few", smallest_group.into())
            }
            _ => frame.say("result-not-yet"),
        },
    }
}
