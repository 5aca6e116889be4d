//! A later ballot of a credential has a larger sequence, the same style, and
//! stands only where the manifest allows voting again.

use super::{About, End, Observer, SeenBallot, number};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "sequence",
    title: "Nobody's earlier ballot was put in place of a later one",
    chapter: Chapter::Ballots,
    clause: "specs/10-audit.md §3.8",
};

/// Collects ballots that the ledger had to refuse after an earlier one.
#[derive(Default)]
pub(crate) struct SequenceRule(Findings);

impl Observer for SequenceRule {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ballot(&mut self, ballot: &SeenBallot<'_>) {
        if let Some(out) = ballot.sequence {
            let finding = ABOUT.finding(Some(ballot.index), out.field(), Fault::BallotBox);
            self.0.push(finding.differs(out.expected(), out.found()));
        }
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let standing = if let Some(why) = end.count.lost() {
            Standing::missing(why)
        } else if end.lifecycle.election().keys.is_none() {
            Standing::to_come("there is no election key yet, so there are no ballots")
        } else if end.lifecycle.election().manifest.revoting {
            Standing::held(format!(
                "{} replaced by a later one",
                number(end.count.replaced(), "ballot")
            ))
        } else {
            Standing::held("voting again is not allowed in this poll, and nobody did")
        };
        (self.0.clone(), standing)
    }
}
