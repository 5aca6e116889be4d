//! The published totals are the plaintexts of the sums.
//!
//! The shares of `t` trustees give `v·M` for every cell. Whether a published
//! total is that `v` is one multiplication; no logarithm is needed.

use voting_core::lifecycle::Phase;

use super::{About, End, Observer, Seen, fault_of, number};
use crate::finding::{Fault, Findings};
use crate::opening::Stated;
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "plaintexts",
    title: "The totals are what the sums contain",
    chapter: Chapter::Decrypt,
    clause: "specs/10-audit.md §3.17",
};

/// Compares results with what the proven shares open.
#[derive(Default)]
pub(crate) struct TotalsArePlaintexts(Findings);

impl Observer for TotalsArePlaintexts {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn entry(&mut self, seen: &Seen<'_>) {
        if let ("result", Some(refusal)) = (seen.kind, seen.refusal) {
            let finding = ABOUT.finding(Some(seen.index), "result", fault_of(refusal));
            self.0
                .push(finding.differs("one result per contest after enough shares", refusal.to_string()));
        }
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let mut findings = self.0.clone();
        if let Some(why) = end.count.uncertain() {
            return (findings, Standing::missing(why));
        }
        let mut unproven = Vec::new();
        let mut cells = 0;
        for contest in end.decrypted() {
            match end.opening.stated(contest) {
                Stated::Missing => unproven.push(format!("contest {contest} has no result yet")),
                Stated::Closed => unproven.push(format!(
                    "contest {contest} has a result, but too few proven shares"
                )),
                Stated::Compared {
                    index,
                    faults,
                    cells: compared,
                } => {
                    cells += compared;
                    for (field, expected, found) in faults {
                        let finding = ABOUT.finding(
                            Some(index),
                            format!("result of contest {contest}: {field}"),
                            Fault::BallotBox,
                        );
                        findings.push(finding.differs(expected, found));
                    }
                }
            }
        }
        let standing = if end.lifecycle.phase() < Phase::Tallied {
            Standing::to_come("the sums are not published yet")
        } else if unproven.is_empty() {
            Standing::held(format!(
                "{} compared{}",
                number(cells, "total"),
                end.small_groups()
            ))
        } else {
            Standing::to_come(unproven.join(", "))
        };
        (findings, standing)
    }
}
