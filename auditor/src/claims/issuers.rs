//! The issuers' keys and the roll stood on the ledger before the poll opened.

use voting_core::entry::Entry;
use voting_core::lifecycle::{Election, Phase};

use super::{About, End, Observer, Seen, fault_of, number};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "issuers",
    title: "The roll and the issuers' keys were fixed before opening",
    chapter: Chapter::Roll,
    clause: "specs/10-audit.md §3.5",
};

/// Watches `issuer-key` and `roll` entries, and what is there at opening.
#[derive(Default)]
pub(crate) struct IssuersAreFixed {
    findings: Findings,
    opened: bool,
}

impl Observer for IssuersAreFixed {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn entry(&mut self, seen: &Seen<'_>) {
        if let (Some(Entry::Open(_)), Phase::Setup) = (seen.entry, seen.before) {
            self.opening(seen);
        }
        let Some(refusal) = seen.refusal else { return };
        if matches!(seen.kind, "issuer-key" | "roll") {
            let finding = ABOUT.finding(Some(seen.index), seen.kind, fault_of(refusal));
            self.findings
                .push(finding.differs("a valid key or roll before opening", refusal.to_string()));
        }
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let election = end.lifecycle.election();
        let standing = if self.opened {
            let lines = (0..election.manifest.styles.len() as u32)
                .map(|style| election.roll_lines(style))
                .sum();
            let issuers = number(election.manifest.issuers.members.len() as u64, "issuer");
            Standing::held(format!(
                "{issuers}, {} on the roll, every key proven valid",
                number(lines, "line")
            ))
        } else {
            Standing::to_come("the poll is not open yet")
        };
        (self.findings.clone(), standing)
    }
}

impl IssuersAreFixed {
    fn opening(&mut self, seen: &Seen<'_>) {
        self.opened = seen.refusal.is_none();
        for (style, issuer, lacks) in lacking(seen.lifecycle.election()) {
            let finding = ABOUT.finding(
                Some(seen.index),
                format!("open: issuer {issuer}, style {style}"),
                Fault::Officers,
            );
            self.findings.push(finding.differs(
                "key and roll on the ledger, as long as every other issuer's",
                lacks,
            ));
        }
    }
}

/// What an opening must not lack: (style, issuer, what).
fn lacking(election: &Election) -> Vec<(u32, u32, String)> {
    let mut lacking = Vec::new();
    for style in 0..election.manifest.styles.len() as u32 {
        for issuer in 0..election.manifest.issuers.members.len() as u32 {
            if !election.issuer_keys.contains_key(&(issuer, style)) {
                lacking.push((style, issuer, "no key".to_owned()));
            }
            match election.roll_lines.get(&(issuer, style)) {
                None => lacking.push((style, issuer, "no complete roll".to_owned())),
                Some(&lines) if lines != election.roll_lines(style) => {
                    lacking.push((
                        style,
                        issuer,
                        format!("{lines} lines, but issuer 0 has {}", election.roll_lines(style)),
                    ));
                }
                Some(_) => {}
            }
        }
    }
    lacking
}
