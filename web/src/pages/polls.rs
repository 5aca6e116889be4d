//! The list of polls.

use askama::Template;

use super::Frame;
use super::words::{Moment, Words, phase, title};
use crate::record::{Record, Shown, Watched};

/// The list of polls.
#[derive(Template)]
#[template(path = "polls.html")]
struct Polls<'a> {
    frame: Frame<'a>,
    polls: Vec<Line>,
}

/// One poll in the list.
struct Line {
    /// Its title, once its manifest is known.
    title: Option<Words>,
    /// Where its page is, if it has one.
    href: Option<String>,
    /// Where its record is read.
    ledger: String,
    /// How it stands, in words.
    standing: String,
    /// Whether the standing is a trouble.
    trouble: bool,
    facts: Option<Facts>,
}

/// What is known of a poll whose record is current.
struct Facts {
    /// The message that says what the moment is.
    tense: &'static str,
    moment: Moment,
    projects: String,
}

/// The page.
pub(crate) fn polls(frame: Frame<'_>, watched: &[Watched]) -> askama::Result<String> {
    let polls = watched.iter().map(|poll| line(&frame, poll)).collect();
    Polls { frame, polls }.render()
}

fn line(frame: &Frame<'_>, poll: &Watched) -> Line {
    let shown = poll.shown();
    let record = shown.record();
    let (standing, trouble) = match &shown {
        Shown::Checking { entries, of } if *of > 0 => {
            let arguments = [
                ("count", frame.language.number(*entries).into()),
                ("of", frame.language.number(*of).into()),
            ];
            (
                frame.language.say_with("standing-checking-so-far", &arguments),
                false,
            )
        }
        Shown::Checking { .. } => (frame.say("standing-checking"), false),
        Shown::OutOfReach | Shown::Stale(_) => (frame.say("standing-out-of-reach"), true),
        Shown::Distrusted { .. } => (frame.say("standing-distrusted"), true),
        Shown::Current(record) => (frame.say(phase(record.phase)), false),
    };
    Line {
        title: record.map(|record| title(record, frame)),
        href: record.map(|record| frame.link(&format!("/polls/{}", record.slug()))),
        ledger: poll.ledger().url.clone(),
        standing,
        trouble,
        facts: match &shown {
            Shown::Current(record) => Some(facts(frame, record)),
            _ => None,
        },
    }
}

fn facts(frame: &Frame<'_>, record: &Record) -> Facts {
    use voting_core::lifecycle::Phase;
    let (tense, moment) = match record.phase {
        Phase::Setup => ("facts-opening", Moment::at(record.manifest.opening, frame)),
        Phase::Open | Phase::Paused => ("facts-closing", Moment::at(record.closing, frame)),
        Phase::Closed | Phase::Tallied | Phase::Decided => {
            ("facts-closed", Moment::past(record.closing, frame))
        }
    };
    let projects: usize = record
        .manifest
        .contests
        .iter()
        .map(|contest| contest.projects.len())
        .sum();
    Facts {
        tense,
        moment,
        projects: frame.language.count("projects-count", projects as u64),
    }
}
