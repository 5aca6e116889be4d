//! The counted set is right: of every credential the latest valid ballot, and nothing else.

use voting_core::entry::{Entry, Tally};

use super::{About, End, Observer, Seen, fault_of, number};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "counted",
    title: "Every voter's latest ballot counts, once, and no other",
    chapter: Chapter::Tally,
    clause: "specs/10-audit.md §3.14",
};

/// Compares the number every tally states with the recomputed one.
#[derive(Default)]
pub(crate) struct CountedSet(Findings);

impl Observer for CountedSet {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn entry(&mut self, seen: &Seen<'_>) {
        match (seen.entry, seen.refusal) {
            (Some(Entry::Tally(tally)), None) => self.tally(seen, tally),
            (_, Some(refusal)) if seen.kind == "tally" => {
                let finding = ABOUT.finding(Some(seen.index), "tally", fault_of(refusal));
                self.0
                    .push(finding.differs("one tally per contest after close", refusal.to_string()));
            }
            _ => {}
        }
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let standing = if let Some(why) = end.count.uncertain() {
            Standing::missing(why)
        } else if end.lifecycle.closing().tallied_at() == 0 {
            Standing::to_come("the sums are not published yet")
        } else {
            let replaced = number(end.count.replaced(), "replaced ballot");
            Standing::held(format!("{} count, {replaced} do not", end.count.counted()))
        };
        (self.0.clone(), standing)
    }
}

impl CountedSet {
    fn tally(&mut self, seen: &Seen<'_>, tally: &Tally) {
        if seen.count.lost().is_some() {
            return; // nothing to compare with: said at the end
        }
        let counted = seen.count.counted_in(seen.lifecycle.election(), tally.contest);
        if tally.ballots != counted {
            let finding = ABOUT.finding(
                Some(seen.index),
                format!("tally of contest {}: ballots", tally.contest),
                Fault::BallotBox,
            );
            self.0
                .push(finding.differs(counted.to_string(), tally.ballots.to_string()));
        }
    }
}
