//! Texts of a poll, each with its own language; times for people and machines.

use voting_core::lifecycle::Phase;

use super::Frame;
use crate::content::In;
use crate::languages::{date, direction};
use crate::record::Record;

/// A text with its language.
pub(super) struct Words {
    pub(super) text: String,
    pub(super) lang: String,
    pub(super) dir: &'static str,
}

impl Words {
    pub(super) fn of(found: In<'_, str>) -> Self {
        Self::new(found.text, found.language)
    }

    pub(super) fn new(text: &str, language: &str) -> Self {
        Self {
            text: text.to_owned(),
            lang: language.to_owned(),
            dir: direction(language),
        }
    }
}

/// The poll's title: in the reader's language where there is one.
pub(super) fn title(record: &Record, frame: &Frame<'_>) -> Words {
    let texts = &record.texts;
    let found = texts.find(frame.language.tag, |text| {
        Some(text.title.as_str()).filter(|title| !title.is_empty())
    });
    found.map_or_else(
        || Words::new(&record.manifest.title, first_language(record)),
        Words::of,
    )
}

/// The language that the manifest itself is in.
pub(super) fn first_language(record: &Record) -> &str {
    record.manifest.languages.first().map_or("und", String::as_str)
}

/// A moment, for people and for machines.
pub(super) struct Moment {
    pub(super) shown: String,
    pub(super) machine: String,
    /// How long until then, if that is to come.
    pub(super) until: Option<String>,
}

impl Moment {
    /// A moment that has passed, or was only planned.
    pub(super) fn past(seconds: u64, frame: &Frame<'_>) -> Self {
        Self {
            until: None,
            ..Self::at(seconds, frame)
        }
    }

    pub(super) fn at(seconds: u64, frame: &Frame<'_>) -> Self {
        Self {
            shown: frame.language.time(seconds),
            machine: date::machine(seconds),
            until: frame.language.until(seconds, frame.now),
        }
    }
}

/// The message that names a phase.
pub(super) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Setup => "phase-setup",
        Phase::Open => "phase-open",
        Phase::Paused => "phase-paused",
        Phase::Closed => "phase-closed",
        Phase::Tallied => "phase-tallied",
        Phase::Decided => "phase-decided",
    }
}

/// A name that is safe to be an element's id.
pub(super) fn anchor(contest: u32, project: u32) -> String {
    format!("project-{contest}-{project}")
}
