//! Before opening, enough trustees proved that their shares decrypt.

use voting_core::entry::Entry;

use super::{About, End, Observer, Seen, fault_of};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "rehearsal",
    title: "Before opening, enough trustees proved that they can decrypt",
    chapter: Chapter::Ceremony,
    clause: "specs/10-audit.md §3.4",
};

/// Counts proven rehearsals at the moment of opening.
#[derive(Default)]
pub(crate) struct Rehearsed {
    findings: Findings,
    at_opening: Option<usize>,
}

impl Observer for Rehearsed {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn entry(&mut self, seen: &Seen<'_>) {
        match (seen.entry, seen.refusal) {
            (Some(Entry::Open(_)), _) => self.opening(seen),
            _ if seen.kind != "rehearsal" => {}
            (_, Some(refusal)) => {
                let finding = ABOUT.finding(Some(seen.index), "rehearsal", fault_of(refusal));
                self.findings
                    .push(finding.differs("a proven rehearsal before opening", refusal.to_string()));
            }
            _ => {}
        }
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let needed = needed(end.lifecycle);
        let standing = match self.at_opening {
            Some(rehearsed) => Standing::held(format!("{rehearsed} rehearsed, {needed} needed")),
            None => {
                let rehearsed = end.lifecycle.setup().rehearsed().len();
                Standing::to_come(format!(
                    "the poll is not open yet; {rehearsed} of {needed} needed trustees rehearsed"
                ))
            }
        };
        (self.findings.clone(), standing)
    }
}

impl Rehearsed {
    fn opening(&mut self, seen: &Seen<'_>) {
        let rehearsed = seen.lifecycle.setup().rehearsed().len();
        let needed = needed(seen.lifecycle);
        if rehearsed < needed {
            let finding = ABOUT.finding(Some(seen.index), "open", Fault::Officers);
            let expected = format!("{needed} proven rehearsals before it");
            self.findings
                .push(finding.differs(expected, rehearsed.to_string()));
        } else if seen.refusal.is_none() {
            self.at_opening = Some(rehearsed);
        }
    }
}

/// `t + 1`, or all where `n = t`.
fn needed(lifecycle: &voting_core::lifecycle::Lifecycle) -> usize {
    let trustees = &lifecycle.election().manifest.trustees;
    trustees.members.len().min(trustees.threshold as usize + 1)
}
