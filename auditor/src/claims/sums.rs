//! The published sums are the sums of the counted ballots, cell by cell.

use voting_core::entry::{Entry, Tally};

use super::{About, End, Observer, Seen, number};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "sums",
    title: "The encrypted sums are the sums of the counted ballots",
    chapter: Chapter::Tally,
    clause: "specs/10-audit.md §3.15",
};

/// Compares every tally with the sums added up from the ballots.
#[derive(Default)]
pub(crate) struct SumsAreRight {
    findings: Findings,
    cells: u64,
}

impl Observer for SumsAreRight {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn entry(&mut self, seen: &Seen<'_>) {
        if let (Some(Entry::Tally(tally)), None) = (seen.entry, seen.refusal) {
            self.tally(seen, tally);
        }
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let standing = if let Some(why) = end.count.uncertain() {
            Standing::missing(why)
        } else if end.lifecycle.closing().tallied_at() == 0 {
            Standing::to_come("the sums are not published yet")
        } else {
            Standing::held(format!(
                "{} recomputed from the ballots",
                number(self.cells, "sum")
            ))
        };
        (self.findings.clone(), standing)
    }
}

impl SumsAreRight {
    fn tally(&mut self, seen: &Seen<'_>, tally: &Tally) {
        let sums = seen
            .count
            .sums(tally.contest)
            .map(|sums| sums.to_bytes())
            .unwrap_or_default();
        let (cells, _) = sums.as_chunks::<64>();
        let (stated, rest) = tally.sums.as_chunks::<64>();
        let at = |field: String| ABOUT.finding(Some(seen.index), field, Fault::BallotBox);
        if stated.len() != cells.len() || !rest.is_empty() {
            let finding = at(format!("tally of contest {}: length", tally.contest));
            self.findings.push(finding.differs(
                format!("{} bytes", sums.len()),
                format!("{} bytes", tally.sums.len()),
            ));
        }
        if seen.count.uncertain().is_some() {
            return; // nothing to compare with: said at the end
        }
        for (cell, (ours, theirs)) in cells.iter().zip(stated).enumerate() {
            self.cells += 1;
            if ours != theirs {
                let finding = at(format!("tally of contest {}: cell {cell}", tally.contest));
                self.findings
                    .push(finding.differs(hex::encode(ours), hex::encode(theirs)));
            }
        }
    }
}
