//! Every ballot is well-formed, canonically encoded and proven.

use voting_core::lifecycle::Illegal;

use super::{About, End, Observer, Refusal, Seen, SeenBallot, number};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "ballots",
    title: "Every ballot is well-formed and proves that it keeps the rules",
    chapter: Chapter::Ballots,
    clause: "specs/10-audit.md §3.6",
};

/// Collects ballots whose bytes or proofs fail.
#[derive(Default)]
pub(crate) struct BallotsAreProven(Findings);

impl Observer for BallotsAreProven {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn entry(&mut self, seen: &Seen<'_>) {
        let ("ballot", Some(refusal)) = (seen.kind, seen.refusal) else {
            return;
        };
        let (field, expected) = match refusal {
            Refusal::Encoding(_) => ("encoding", "a ballot in its one encoding"),
            Refusal::Illegal(Illegal::Unknown { .. }) => ("style", "a style of the manifest"),
            Refusal::Illegal(_) => return,
        };
        let finding = ABOUT.finding(Some(seen.index), field, Fault::BallotBox);
        self.0.push(finding.differs(expected, refusal.to_string()));
    }

    fn ballot(&mut self, ballot: &SeenBallot<'_>) {
        if let Some(invalid) = ballot.invalid {
            let finding = ABOUT.finding(Some(ballot.index), "proof", Fault::BallotBox);
            self.0.push(finding.differs(
                "a ballot proven to keep the rules of its style",
                invalid.to_string(),
            ));
        }
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let verified = end.count.seen();
        let standing = if end.lifecycle.election().keys.is_none() {
            Standing::to_come("there is no election key yet, so there are no ballots")
        } else {
            Standing::held(format!("{} verified", number(verified, "ballot")))
        };
        (self.0.clone(), standing)
    }
}
