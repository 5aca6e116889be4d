//! Ballots entered the ledger in batches, each sorted and ended by its count.

use voting_core::lifecycle::Illegal;

use super::{About, End, Observer, Refusal, Seen, number};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "batches",
    title: "Ballots entered in shuffled batches, so that no order in time shows",
    chapter: Chapter::Ledger,
    clause: "specs/10-audit.md §3.11",
};

/// Collects batches out of order. A batch below the sealed minimum is legal
/// after the longest wait; it is reported, because fewer ballots hide each other.
#[derive(Default)]
pub(crate) struct BatchRuleIsKept(Findings);

impl Observer for BatchRuleIsKept {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn entry(&mut self, seen: &Seen<'_>) {
        let Some(refusal) = seen.refusal else { return };
        let of_batches = matches!(
            refusal,
            Refusal::Illegal(Illegal::Batch(_) | Illegal::UnfinishedBatch)
        );
        if of_batches || seen.kind == "batch" {
            let finding = ABOUT.finding(Some(seen.index), seen.kind, Fault::BallotBox);
            self.0.push(finding.differs(
                "ballots ascending by leaf hash, ended by their count",
                refusal.to_string(),
            ));
        }
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let voting = end.lifecycle.voting();
        let least = end.lifecycle.election().manifest.batch.min_ballots;
        let batches = number(voting.batches(), "batch").replace("batchs", "batches");
        let standing = match voting.undersized() {
            _ if end.lifecycle.election().keys.is_none() => Standing::to_come("there are no ballots yet"),
            0 => Standing::held(format!("{batches}, each of at least {least} ballots")),
            small => Standing::held(format!(
                "{batches}; {small} of fewer than {least} ballots, after the longest wait"
            )),
        };
        (self.0.clone(), standing)
    }
}
