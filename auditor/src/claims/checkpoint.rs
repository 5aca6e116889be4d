//! The ledger's key signed exactly these entries.
//!
//! The root is recomputed from every entry. Where the manifest seals a
//! witness policy, its cosignatures are still to be checked by a later
//! version of this auditor, and the claim says so.

use super::{About, End, Observer};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "checkpoint",
    title: "The ledger's signed head covers exactly these entries",
    chapter: Chapter::Ledger,
    clause: "specs/10-audit.md §3.10",
};

/// Compares the checkpoints at the end.
#[derive(Default)]
pub(crate) struct CheckpointIsSigned;

impl Observer for CheckpointIsSigned {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn conclude(&mut self, end: &End<'_>) -> (Findings, Standing) {
        let mut findings = Findings::default();
        for checkpoint in end.checkpoints {
            for (field, expected, found) in &checkpoint.faults {
                let finding = ABOUT.finding(None, format!("checkpoint: {field}"), Fault::BallotBox);
                findings.push(finding.differs(expected.clone(), found.clone()));
            }
        }
        (findings, self.standing(end))
    }
}

impl CheckpointIsSigned {
    fn standing(&self, end: &End<'_>) -> Standing {
        let latest = end
            .checkpoints
            .iter()
            .filter_map(|checkpoint| checkpoint.size)
            .max();
        match latest {
            None => Standing::missing("no checkpoint is at hand"),
            Some(size) if size < end.size => Standing::missing(format!(
                "the newest checkpoint covers {size} of {} entries",
                end.size
            )),
            Some(_) if end.lifecycle.election().manifest.witness_policy.is_some() => Standing::missing(
                "the manifest seals a witness policy, and this version does not check cosignatures yet",
            ),
            Some(size) => {
                let root = &hex::encode(end.root)[..16];
                Standing::held(format!(
                    "size {size}, root {root}… recomputed; witnesses: none sealed"
                ))
            }
        }
    }
}
