//! A copy that ends before a receipted entry: older than the receipt, or of a
//! poll that was closed without it?

use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, leaf_hash};
use voting_core::lifecycle::Lifecycle;

use super::against::unproven;
use crate::command::bundles::{Bundles, tiles};
use crate::command::failure::Failure;
use crate::command::source::Source;
use crate::relation::{place, tiles_for_place};

/// The officers' close on a ledger.
pub(super) struct Close {
    pub(super) index: u64,
    pub(super) entry: Vec<u8>,
    /// Its inclusion proof under the present head.
    pub(super) proof: Vec<Hash>,
}

/// Reads a whole ledger and finds its legal close, if it has one.
pub(super) fn find(source: &Source, present: &Checkpoint) -> Result<Option<Close>, Failure> {
    let mut found = None;
    let mut entries = Bundles::new(source, present.size);
    let mut lifecycle = Lifecycle::begin(&entries.get(0)?).map_err(|_| unproven())?;
    for index in 1..present.size {
        let bytes = entries.get(index)?;
        let leaf = leaf_hash(&bytes);
        match Entry::from_bytes(&bytes) {
            Ok(entry) if lifecycle.apply(leaf, &entry).is_ok() => {
                if matches!(entry, Entry::Close(_)) {
                    found = Some((index, bytes));
                }
            }
            _ => lifecycle.skip(leaf),
        }
    }
    if lifecycle.root() != present.root {
        return Err(unproven());
    }
    let Some((index, entry)) = found else {
        return Ok(None);
    };
    let tiles = tiles(source, &tiles_for_place(index, present.size))?;
    let proof = voting_core::ledger::inclusion_proof(&tiles, index, present.size).ok_or_else(unproven)?;
    // The hashes must be those of the signed tree.
    place(&tiles, &leaf_hash(&entry), index, present).ok_or_else(unproven)?;
    Ok(Some(Close { index, entry, proof }))
}
