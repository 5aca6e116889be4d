//! A signed checkpoint against the entries that were read.

use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, VerifierKey};
use voting_core::lifecycle::Lifecycle;

use crate::claims::SeenCheckpoint;

/// Checks signature, origin, size and root. A checkpoint of an earlier size
/// must be one of the heads the ledger went through: that is consistency,
/// shown by the entries themselves.
pub(crate) fn check(lifecycle: &Lifecycle, note: &[u8], size: u64, root: &Hash) -> SeenCheckpoint {
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
                faults: vec![("signature", expected, why)],
            };
        }
    };
    let mut faults = Vec::new();
    if checkpoint.origin != ledger.origin {
        faults.push(("origin", ledger.origin.clone(), checkpoint.origin.clone()));
    }
    if checkpoint.size > size {
        faults.push((
            "size",
            format!("at most the {size} entries of this copy"),
            checkpoint.size.to_string(),
        ));
    } else if checkpoint.size == size && checkpoint.root != *root {
        faults.push(("root", hex::encode(root), hex::encode(checkpoint.root)));
    } else if checkpoint.size < size && !lifecycle.has_head(checkpoint.size, &checkpoint.root) {
        let expected = format!("a head this ledger went through at size {}", checkpoint.size);
        faults.push(("root", expected, hex::encode(checkpoint.root)));
    }
    SeenCheckpoint {
        size: Some(checkpoint.size),
        faults,
    }
}
