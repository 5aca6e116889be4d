//! What was audited: election, record, witnesses, program.

use super::chart::number;
use super::escape::{grouped, shown};
use crate::occasion::{Occasion, SPECIFICATION, utc};
use crate::verdict::{Figures, Witnesses};

/// A line of a list of facts.
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) value: String,
    /// Whether it is to be compared letter by letter.
    pub(super) code: bool,
}

impl Fact {
    fn text(name: &'static str, value: impl AsRef<str>) -> Self {
        Self {
            name,
            value: shown(value.as_ref()),
            code: false,
        }
    }

    fn code(name: &'static str, value: impl Into<String>) -> Self {
        Self {
            name,
            value: value.into(),
            code: true,
        }
    }
}

/// One witness under the head.
pub(super) struct Witness {
    pub(super) name: String,
    pub(super) cosigned: bool,
}

/// The witnesses, and what to say about all of them.
pub(super) struct Seen {
    pub(super) says: String,
    pub(super) each: Vec<Witness>,
}

/// The election and its record.
pub(super) fn of_record(figures: &Figures) -> Vec<Fact> {
    let head = if figures.signed {
        "signed by the ledger's key; the fingerprint was computed again from every entry"
    } else {
        "no valid signature of the ledger's key covers exactly these entries"
    };
    vec![
        Fact::text("Election", &figures.title),
        Fact::code("Election id", grouped(&figures.election_id)),
        Fact::text("Ledger", &figures.origin),
        Fact::text("State of the election", figures.phase),
        Fact::text(
            "Size of the record (head)",
            format!(
                "{} entries, {} bytes",
                number(figures.entries),
                number(figures.bytes)
            ),
        ),
        Fact::code("Fingerprint of the record (root)", grouped(&figures.root)),
        Fact::text("Head", head),
        Fact::text(
            "Ballots",
            format!(
                "{} in the record, {} counted, {} replaced by a later one of the same voter",
                number(figures.ballots),
                number(figures.counted),
                number(figures.replaced)
            ),
        ),
    ]
}

/// Where, when and with what.
pub(super) fn of_occasion(occasion: &Occasion) -> Vec<Fact> {
    let tool = &occasion.tool;
    let mut facts = vec![
        Fact::text("Read from", &occasion.source),
        Fact::text(
            "Time of the audit",
            format!(
                "{} (UTC, by the clock of the computer that audited)",
                utc(occasion.time)
            ),
        ),
        Fact::text("Program", format!("{} {}", tool.name, tool.version)),
    ];
    facts.push(match &tool.sha256 {
        Some(sha256) => Fact::code("SHA-256 of the program's file", grouped(sha256)),
        None => Fact::text("SHA-256 of the program's file", "could not be read"),
    });
    facts.push(Fact::text("Specification", SPECIFICATION));
    facts
}

/// Who has seen the head.
pub(super) fn of_witnesses(witnesses: &Witnesses) -> Seen {
    let one = |cosigned: bool| {
        move |name: &String| Witness {
            name: shown(name),
            cosigned,
        }
    };
    match witnesses {
        Witnesses::None => Seen {
            says: "The rules name no witnesses. Nobody but the ledger itself vouches that everybody was shown this record: \
                   compare its head with what other people were shown."
                .to_owned(),
            each: Vec::new(),
        },
        Witnesses::Unknown { because } => Seen {
            says: format!("Who saw this head is not known: {}.", shown(because)),
            each: Vec::new(),
        },
        Witnesses::Sealed {
            quorum,
            cosigned,
            not_cosigned,
        } => {
            let all = cosigned.len() + not_cosigned.len();
            let enough = if *quorum {
                "enough by the rules of this election"
            } else {
                "too few by the rules of this election"
            };
            let each = cosigned.iter().map(one(true)).chain(not_cosigned.iter().map(one(false)));
            Seen {
                says: format!("{} of {all} witnesses confirmed with a signature that they saw this head: {enough}.", cosigned.len()),
                each: each.collect(),
            }
        }
    }
}
