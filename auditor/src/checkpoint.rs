//! A signed checkpoint against the entries that were read, and its witnesses'
//! cosignatures against the sealed policy.

use std::fmt;

use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, NoTrust, Policy, SignedNote, Trust, VerifierKey};
use voting_core::lifecycle::Lifecycle;

use crate::claims::{CheckpointFault, SeenCheckpoint};
use crate::finding::Fault;

/// Which of the sealed witnesses have cosigned a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Witnessed {
    /// Names of those whose cosignature verifies.
    pub(crate) cosigned: Vec<String>,
    /// Names of the others.
    pub(crate) missing: Vec<String>,
    /// Whether those who cosigned are the quorum.
    pub(crate) met: bool,
}

/// "3 of 4 witnesses cosigned, not dee".
impl fmt::Display for Witnessed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (cosigned, missing) = (self.cosigned.len(), self.missing.len());
        write!(out, "{cosigned} of {} witnesses cosigned", cosigned + missing)?;
        match self.missing.as_slice() {
            [] => Ok(()),
            names => write!(out, ", not {}", names.join(", ")),
        }
    }
}

/// Checks signature, origin, size, root and cosignatures. A checkpoint of an
/// earlier size must be one of the heads the ledger went through: that is
/// consistency, shown by the entries themselves.
pub(crate) fn check(
    lifecycle: &Lifecycle,
    trust: &Result<Trust, NoTrust>,
    note: &[u8],
    size: u64,
    root: &Hash,
) -> SeenCheckpoint {
    let ledger = &lifecycle.election().manifest.ledger;
    let verified = VerifierKey::ed25519(&ledger.origin, &ledger.key)
        .map_err(|error| error.to_string())
        .and_then(|key| Checkpoint::verify(note, &key).map_err(|error| error.to_string()));
    let checkpoint = match verified {
        Ok(checkpoint) => checkpoint,
        Err(why) => {
            let expected = format!("a checkpoint of \"{}\" signed with the sealed key", ledger.origin);
            return SeenCheckpoint {
                size: None,
                faults: vec![fault("signature", expected, why)],
                witnessed: None,
            };
        }
    };
    let mut faults = Vec::new();
    if checkpoint.origin != ledger.origin {
        faults.push(fault("origin", &ledger.origin, &checkpoint.origin));
    }
    if checkpoint.size > size {
        let expected = format!("at most the {size} entries of this copy");
        faults.push(fault("size", expected, checkpoint.size.to_string()));
    } else if checkpoint.size == size && checkpoint.root != *root {
        faults.push(fault("root", hex::encode(root), hex::encode(checkpoint.root)));
    } else if checkpoint.size < size && !lifecycle.has_head(checkpoint.size, &checkpoint.root) {
        let expected = format!("a head this ledger went through at size {}", checkpoint.size);
        faults.push(fault("root", expected, hex::encode(checkpoint.root)));
    }
    let policy = trust.as_ref().ok().and_then(Trust::policy);
    SeenCheckpoint {
        size: Some(checkpoint.size),
        witnessed: policy.and_then(|policy| cosignatures(policy, note, &mut faults)),
        faults,
    }
}

fn fault(field: &str, expected: impl Into<String>, found: impl Into<String>) -> CheckpointFault {
    CheckpointFault {
        field: field.to_owned(),
        expected: expected.into(),
        found: found.into(),
        fault: Fault::BallotBox,
    }
}

/// Verifies every cosignature line of a sealed witness. A forged one is a
/// finding by itself, whoever added it, even if enough others verify.
fn cosignatures(policy: &Policy, note: &[u8], faults: &mut Vec<CheckpointFault>) -> Option<Witnessed> {
    let note = SignedNote::parse(note).ok()?;
    let (mut cosigned, mut missing) = (Vec::new(), Vec::new());
    let mut has = Vec::new();
    for witness in policy.witnesses() {
        let found = note.cosignature(&witness.key);
        has.push(matches!(found, Ok(Some(_))));
        match found {
            Ok(Some(_)) => cosigned.push(witness.name.clone()),
            Ok(None) => missing.push(witness.name.clone()),
            Err(why) => {
                missing.push(witness.name.clone());
                faults.push(CheckpointFault {
                    field: format!("cosignature of witness {}", witness.name),
                    expected: "one that verifies under the sealed key".to_owned(),
                    found: why.to_string(),
                    fault: Fault::Source,
                });
            }
        }
    }
    let met = policy.is_met(|witness| has[witness]);
    Some(Witnessed {
        cosigned,
        missing,
        met,
    })
}

/// The size a checkpoint announces. It decides only how much is read: whether
/// the checkpoint is genuine is a claim of the audit.
pub(crate) fn announced_size(checkpoint: &[u8]) -> Option<u64> {
    let text = core::str::from_utf8(checkpoint).ok()?;
    let mut lines = text.lines();
    let size = lines.nth(1)?;
    let canonical = !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_digit());
    lines.next()?;
    if canonical { size.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::announced_size;

    #[test]
    fn the_announced_size_is_the_second_line_of_digits() {
        assert_eq!(announced_size(b"origin\n42\nroot\n"), Some(42));
        assert_eq!(announced_size(b"origin\n0\nroot"), Some(0));
        for bad in [
            "",
            "origin",
            "origin\n42",
            "origin\n\nroot",
            "origin\n+4\nroot",
            "origin\n4 \nroot",
        ] {
            assert_eq!(announced_size(bad.as_bytes()), None, "{bad:?}");
        }
        assert_eq!(announced_size(b"origin\n18446744073709551616\nroot"), None);
        assert_eq!(announced_size(b"\xff\n42\nroot"), None);
    }
}
