//! After close nothing was added that could change the count.

use voting_core::entry::Entry;
use voting_core::lifecycle::Phase;

use super::{About, End, Observer, Seen};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "after-close",
    title: "Nothing that belongs before close was added after it",
    chapter: Chapter::Tally,
    clause: "specs/10-audit.md §3.12",
};

/// Watches for ballots, acts and set-up entries after `close`.
#[derive(Default)]
pub(crate) struct NothingAfterClose {
    findings: Findings,
    close: Option<u64>,
}

impl Observer for NothingAfterClose {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn entry(&mut self, seen: &Seen<'_>) {
        if let (Some(Entry::Close(_)), None) = (seen.entry, seen.refusal) {
            self.close = Some(seen.index);
            return;
        }
        let belongs_after = matches!(
            seen.kind,
            "issuance-report" | "tally" | "decryption-share" | "result" | "lot"
        );
        if seen.before >= Phase::Closed && !belongs_after {
            let finding = ABOUT.finding(Some(seen.index), seen.kind, Fault::BallotBox);
            self.findings
                .push(finding.differs("no such entry after close", format!("a {} entry", seen.kind)));
        }
    }

    fn conclude(&self, _end: &End<'_>) -> (Findings, Standing) {
        let standing = match self.close {
            Some(index) => Standing::held(format!("voting ended for good at entry {index}")),
            None => Standing::to_come("voting has not ended yet"),
        };
        (self.findings.clone(), standing)
    }
}
