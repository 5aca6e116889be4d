//! Every entry is legal where it stands.

use super::{About, End, Observer, Seen, fault_of, number};
use crate::finding::Findings;
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "order",
    title: "Every entry stands where the rules allow it, signed by whom it concerns",
    chapter: Chapter::Ledger,
    clause: "specs/10-audit.md §3.9",
};

/// Lists every entry that is refused, whatever else it breaks.
#[derive(Default)]
pub(crate) struct OrderIsLegal(Findings);

impl Observer for OrderIsLegal {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn entry(&mut self, seen: &Seen<'_>) {
        if let Some(refusal) = seen.refusal {
            let finding = ABOUT.finding(Some(seen.index), seen.kind, fault_of(refusal));
            let expected = format!("an entry that is legal in phase \"{}\"", seen.before.name());
            self.0.push(finding.differs(expected, refusal.to_string()));
        }
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let mut findings = self.0.clone();
        if end.lifecycle.voting().batch_is_unfinished() {
            let finding = ABOUT.finding(end.size.checked_sub(1), "batch", crate::finding::Fault::BallotBox);
            findings.push(finding.differs(
                "a batch entry after the last ballots",
                "the ledger ends inside a batch",
            ));
        }
        let note = format!(
            "{}; the election is {}",
            number(end.size, "entry").replace("entrys", "entries"),
            end.lifecycle.phase().name()
        );
        (findings, Standing::held(note))
    }
}
