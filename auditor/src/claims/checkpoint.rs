//! The ledger's key signed exactly these entries, and the sealed witnesses
//! saw it do so.
//!
//! The root is recomputed from every entry. Where the manifest seals a
//! witness policy, the head over all entries must bear its quorum's
//! cosignatures: without them another head may have been shown to others.

use voting_core::ledger::NoTrust;

use super::{About, End, Observer, SeenCheckpoint};
use crate::checkpoint::Witnessed;
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "checkpoint",
    title: "The ledger's signed head covers exactly these entries, and its witnesses saw it",
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

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let mut findings = Findings::default();
        for wrong in end.checkpoints.iter().flat_map(|checkpoint| &checkpoint.faults) {
            let finding = ABOUT.finding(None, format!("checkpoint: {}", wrong.field), wrong.fault);
            findings.push(finding.differs(wrong.expected.clone(), wrong.found.clone()));
        }
        let head = witnesses(end);
        if let Some(Witnessed {
            cosigned,
            missing,
            met: false,
        }) = head
        {
            let finding = ABOUT.finding(None, "checkpoint: cosignatures", Fault::Source);
            findings.push(finding.differs(
                "those of the quorum of the sealed witness policy",
                format!(
                    "{} of {} sealed witnesses, not {}",
                    cosigned.len(),
                    cosigned.len() + missing.len(),
                    missing.join(", ")
                ),
            ));
        }
        // A policy that was sealed but cannot be applied is the officers' doing.
        if let Err(why @ (NoTrust::Name(_) | NoTrust::Policy(_) | NoTrust::OtherLedger(_))) = end.trust {
            let finding = ABOUT.finding(Some(0), "witness policy", Fault::Officers);
            findings.push(finding.differs("a policy for this ledger", why.to_string()));
        }
        let standing = standing(end, head);
        (findings, standing)
    }
}

/// Who has cosigned the head over all entries. Where several copies of it are
/// at hand, the one with a quorum counts.
pub(crate) fn witnesses<'a>(end: &End<'a>) -> Option<&'a Witnessed> {
    let covers = |checkpoint: &&SeenCheckpoint| checkpoint.size == Some(end.size);
    let heads = end.checkpoints.iter().filter(covers);
    let witnessed = heads.filter_map(|checkpoint| checkpoint.witnessed.as_ref());
    witnessed.max_by_key(|witnessed| (witnessed.met, witnessed.cosigned.len()))
}

fn standing(end: &End<'_>, head: Option<&Witnessed>) -> Standing {
    let sizes = end.checkpoints.iter().filter_map(|checkpoint| checkpoint.size);
    let size = match sizes.max() {
        None => return Standing::missing("no checkpoint is at hand"),
        Some(size) if size < end.size => {
            return Standing::missing(format!(
                "the newest checkpoint covers {size} of {} entries",
                end.size
            ));
        }
        Some(size) => size,
    };
    let witnesses = match (end.trust, head) {
        (Err(why), _) => return Standing::missing(why.to_string()),
        (Ok(_), None) => "witnesses: none sealed".to_owned(),
        (Ok(_), Some(witnessed)) => witnessed.to_string(),
    };
    let root = &hex::encode(end.root)[..16];
    Standing::held(format!("size {size}, root {root}… recomputed; {witnesses}"))
}
