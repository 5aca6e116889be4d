//! Every decryption share is proven, the threshold is met, and where there are
//! more shares than needed all lie on one polynomial.

use voting_core::lifecycle::Phase;

use super::{About, End, Observer, Seen, fault_of, number};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "shares",
    title: "Enough trustees opened the sums, each with a proof",
    chapter: Chapter::Decrypt,
    clause: "specs/10-audit.md §3.16",
};

/// Collects shares that are out of place; [`Opening`](crate::opening::Opening)
/// verified the others.
#[derive(Default)]
pub(crate) struct SharesAreProven(Findings);

impl Observer for SharesAreProven {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn entry(&mut self, seen: &Seen<'_>) {
        if let ("decryption-share", Some(refusal)) = (seen.kind, seen.refusal) {
            let finding = ABOUT.finding(Some(seen.index), "decryption-share", fault_of(refusal));
            self.0.push(finding.differs(
                "one signed share per trustee and contest after the tally",
                refusal.to_string(),
            ));
        }
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let mut findings = self.0.clone();
        // Proofs are about sums that are known.
        if let Some(why) = end.count.uncertain() {
            return (findings, Standing::missing(why));
        }
        for fault in end.opening.faults() {
            let finding = ABOUT.finding(
                Some(fault.index),
                format!("share of contest {}", fault.contest),
                Fault::Trustee(fault.trustee),
            );
            findings.push(finding.differs(
                "a decryption of the recomputed sums with a valid proof",
                fault.why.clone(),
            ));
        }
        for contest in end.opening.inconsistent() {
            let finding = ABOUT.finding(None, format!("shares of contest {contest}"), Fault::BallotBox);
            findings.push(finding.differs("all on one polynomial", "shares that open different totals"));
        }
        let standing = threshold(end, &mut findings);
        (findings, standing)
    }
}

fn threshold(end: &End<'_>, findings: &mut Findings) -> Standing {
    let threshold = end.lifecycle.election().manifest.trustees.threshold as usize;
    let (mut lacking, mut valid) = (Vec::new(), 0);
    for contest in end.decrypted() {
        let shares = end.opening.valid(contest);
        valid += shares;
        if shares >= threshold {
            continue;
        }
        if let Some(index) = end.opening.result_of(contest).map(|(index, _)| index) {
            let finding = ABOUT.finding(
                Some(index),
                format!("result of contest {contest}"),
                Fault::BallotBox,
            );
            findings.push(finding.differs(format!("{threshold} proven shares"), shares.to_string()));
        }
        lacking.push(format!("contest {contest}: {shares} of {threshold}"));
    }
    if end.lifecycle.phase() < Phase::Tallied {
        Standing::to_come("the sums are not published yet")
    } else if lacking.is_empty() {
        Standing::held(format!(
            "{} proven{}",
            number(valid as u64, "share"),
            end.small_groups()
        ))
    } else {
        Standing::to_come(format!(
            "trustees are still opening the sums: {}",
            lacking.join(", ")
        ))
    }
}
