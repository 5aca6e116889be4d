//! Ballots ≤ records ≤ roll lines, for every style and issuer.
//!
//! Every record bears a pseudonym of the roll, none twice. All issuers
//! together can still vote for abstainers who never look up their own line;
//! specs/threat-model.md says so.

use voting_core::entry::{Entry, IssuanceReport};

use super::{About, End, Observer, Seen, fault_of, number};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "eligibility",
    title: "There are no more ballots than passes issued, and no more passes than voters",
    chapter: Chapter::Tally,
    clause: "specs/10-audit.md §3.13",
};

/// Lists records that are on no roll, and compares the numbers at the end.
#[derive(Default)]
pub(crate) struct BallotsHaveVoters {
    findings: Findings,
}

impl Observer for BallotsHaveVoters {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn entry(&mut self, seen: &Seen<'_>) {
        match (seen.entry, seen.refusal) {
            (Some(Entry::IssuanceReport(signed)), None) => self.report(seen, &signed.body),
            (_, Some(refusal)) if seen.kind == "issuance-report" => {
                let finding = ABOUT.finding(Some(seen.index), "issuance-report", fault_of(refusal));
                self.findings.push(finding.differs(
                    "one record per pseudonym, ascending, in order",
                    refusal.to_string(),
                ));
            }
            _ => {}
        }
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let manifest = &end.lifecycle.election().manifest;
        let mut findings = self.findings.clone();
        let mut unreported = Vec::new();
        for style in 0..manifest.styles.len() as u32 {
            for issuer in 0..manifest.issuers.members.len() as u32 {
                if !compare(end, issuer, style, &mut findings) {
                    unreported.push(format!("issuer {issuer} on style {style}"));
                }
            }
        }
        let standing = if let Some(why) = end.count.lost() {
            Standing::missing(why)
        } else if let Some(index) = end.rolls.unread() {
            Standing::missing(format!(
                "the roll in entry {index} could not be read a second time, so records were not compared with it"
            ))
        } else if unreported.is_empty() {
            Standing::held(format!(
                "{} with a record of every issuer",
                number(end.count.counted(), "counted ballot")
            ))
        } else {
            Standing::to_come(format!("reports still to come: {}", unreported.join(", ")))
        };
        (findings, standing)
    }
}

impl BallotsHaveVoters {
    fn report(&mut self, seen: &Seen<'_>, report: &IssuanceReport) {
        for record in seen.strangers {
            let finding = ABOUT.finding(Some(seen.index), "issuance-report", Fault::Issuer(report.issuer));
            let expected = format!("a pseudonym of the roll of style {}", report.style);
            self.findings.push(finding.differs(expected, hex::encode(record)));
        }
    }
}

/// Compares the three numbers, as far as they are known; whether the issuer has
/// reported in full.
fn compare(end: &End<'_>, issuer: u32, style: u32, findings: &mut Findings) -> bool {
    let ballots = match end.count.lost() {
        None => end.count.counted_of(style),
        Some(_) => 0, // no number to hold against anybody
    };
    let lines = end
        .lifecycle
        .election()
        .roll_lines
        .get(&(issuer, style))
        .copied()
        .unwrap_or(0);
    let field = |what: &str| format!("{what} (issuer {issuer}, style {style})");
    if ballots > lines {
        let finding = ABOUT.finding(None, field("ballots against roll"), Fault::Issuer(issuer));
        findings.push(finding.differs(format!("at most {lines} voters"), ballots.to_string()));
    }
    let Some(records) = end.lifecycle.closing().records(issuer, style) else {
        return false;
    };
    if ballots > records {
        let finding = ABOUT.finding(None, field("ballots against records"), Fault::Issuer(issuer));
        findings.push(finding.differs(format!("at most {records}, a record each"), ballots.to_string()));
    }
    if records > lines {
        let finding = ABOUT.finding(None, field("records against roll"), Fault::Issuer(issuer));
        findings.push(finding.differs(format!("at most {lines}"), records.to_string()));
    }
    true
}
