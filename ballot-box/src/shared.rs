//! The published ledger as its readers share it: with the entries behind the
//! hashes that are no longer in memory.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use tokio::sync::watch;
use voting_core::hash::Hash;
use voting_core::ledger::{
    BUNDLE_WIDTH, Levels, Nodes, Receipt, TILE_WIDTH, TilePlace, encode_bundle, inclusion_proof, leaf_hash,
};

use crate::published::{Published, SignedHead};
use crate::storage::{Entries, StorageError};
use crate::tree::TILE_HEIGHT;

/// The published ledger, shared by the sequencer and the server.
#[derive(Clone)]
pub struct Shared {
    published: Arc<RwLock<Published>>,
    entries: Arc<dyn Entries>,
    /// Entries that the shown head covers.
    covered: watch::Sender<u64>,
    /// The older tile of hashes that was made again last.
    older: Arc<Mutex<Option<Older>>>,
}

/// A full tile by its number.
type Older = (u64, Arc<Levels>);

impl Shared {
    /// Shares a ledger with these entries.
    pub fn new(published: Published, entries: Arc<dyn Entries>) -> Self {
        Self {
            covered: watch::Sender::new(published.covered()),
            published: Arc::new(RwLock::new(published)),
            entries,
            older: Arc::default(),
        }
    }

    /// Tells whoever waits how far the shown head reaches now.
    pub(crate) fn announce(&self) {
        let covered = self.read().covered();
        self.covered.send_replace(covered);
    }

    /// How far the shown head reaches, as it grows.
    pub(crate) fn heads(&self) -> watch::Receiver<u64> {
        self.covered.subscribe()
    }

    /// For reading. A writer that panicked has changed nothing or everything:
    /// it prepares an addition beforehand.
    pub fn read(&self) -> RwLockReadGuard<'_, Published> {
        self.published.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, Published> {
        self.published.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The receipt of an entry (C2SP tlog-proof): under the head that readers
    /// are shown if that covers it, else under the newest.
    pub fn receipt(&self, index: u64) -> Option<String> {
        let SignedHead { size, note } = self.read().head_over(index);
        let receipt = Receipt {
            index,
            proof: inclusion_proof(self, index, size)?,
            checkpoint: note,
        };
        Some(receipt.to_string())
    }

    /// Whether the entry at an index has this leaf hash.
    pub fn holds(&self, index: u64, leaf: &Hash) -> bool {
        self.node(0, index).as_ref() == Some(leaf)
    }

    /// The bytes of a tile or bundle (C2SP tlog-tiles); `None` if the ledger
    /// does not reach that far.
    ///
    /// # Errors
    /// The store's fault, or stored entries that do not hash to the tree: what
    /// the disk has lost is not passed on.
    pub fn file(&self, place: TilePlace) -> Result<Option<Vec<u8>>, StorageError> {
        let size = self.read().tree.size();
        match place {
            TilePlace::Entries { number, width } => {
                let Some(range) = range(number, width, size) else {
                    return Ok(None);
                };
                // A full bundle is read as a whole: its root vouches for it.
                let full = range.start..range.start + BUNDLE_WIDTH;
                let mut entries = self.vouched(if full.end <= size { full } else { range })?.0;
                entries.truncate(width.into());
                Ok(Some(encode_bundle(&entries)))
            }
            TilePlace::Hashes { level, number, width } => {
                let at_hand = self.read().tree.tile(level, number, width);
                match range(number, width, size).filter(|_| level == 0 && at_hand.is_none()) {
                    Some(_) => Ok(self.older(number)?.tile(0, 0, width)),
                    None => Ok(at_hand),
                }
            }
        }
    }

    /// The hashes of a full tile that is not at hand.
    fn older(&self, number: u64) -> Result<Arc<Levels>, StorageError> {
        let mut last = self.older.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, tile)) = last.as_ref().filter(|(kept, _)| *kept == number) {
            return Ok(tile.clone());
        }
        let start = number * BUNDLE_WIDTH;
        let tile = Arc::new(self.vouched(start..start + BUNDLE_WIDTH)?.1);
        *last = Some((number, tile.clone()));
        Ok(tile)
    }

    /// Entries of one bundle from its beginning, with their hashes. Each hash
    /// is the tree's, or the root of the whole bundle is.
    fn vouched(&self, range: Range<u64>) -> Result<(Vec<Vec<u8>>, Levels), StorageError> {
        let entries = self.entries.read(range.clone())?;
        let mut tile = Levels::default();
        entries.iter().for_each(|entry| tile.push(leaf_hash(entry)));
        let published = self.read();
        let fits = |index: u64| match published.tree.node(0, index) {
            Some(leaf) => tile.node(0, index - range.start) == Some(leaf),
            None => published.tree.node(TILE_HEIGHT, index / BUNDLE_WIDTH) == Some(tile.root()),
        };
        match range.clone().find(|&index| !fits(index)) {
            None => Ok((entries, tile)),
            Some(index) => Err(StorageError::Entry {
                index,
                why: "it does not hash to its place in the tree".to_owned(),
            }),
        }
    }
}

/// The entries of a bundle, if the ledger has them.
fn range(number: u64, width: u16, size: u64) -> Option<Range<u64>> {
    let start = number.checked_mul(BUNDLE_WIDTH)?;
    let end = start.checked_add(width.into()).filter(|&end| end <= size)?;
    Some(start..end)
}

impl Nodes for Shared {
    fn node(&self, level: u32, index: u64) -> Option<Hash> {
        let (at_hand, size) = {
            let published = self.read();
            (published.tree.node(level, index), published.tree.size())
        };
        let below = TILE_HEIGHT.checked_sub(level).filter(|&below| below > 0);
        let (None, Some(below)) = (at_hand, below) else {
            return at_hand;
        };
        let number = index >> below;
        range(number, TILE_WIDTH, size)?;
        let tile = self.older(number).inspect_err(|error| {
            tracing::error!(%error, "stored entries cannot be read");
        });
        tile.ok()?.node(level, index - (number << below))
    }
}

#[cfg(test)]
mod tests {
    use voting_core::ledger::{consistency_proof, tree_root, verify_consistency};
    use voting_core::lifecycle::Lifecycle;

    use super::*;
    use crate::kit;
    use crate::storage::Latest;

    /// Entries of which one may have changed on the disk.
    struct Disk {
        size: u64,
        damaged: Option<u64>,
    }

    fn entry(index: u64) -> Vec<u8> {
        format!("entry {index}").into_bytes()
    }

    impl Entries for Disk {
        fn read(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, StorageError> {
            assert!(range.end <= self.size && range.end - range.start <= BUNDLE_WIDTH);
            let read = |index| match self.damaged == Some(index) {
                true => b"lost".to_vec(),
                false => entry(index),
            };
            Ok(range.map(read).collect())
        }
        fn latest(&self, _: &[u8; 32]) -> Result<Option<Latest>, StorageError> {
            Ok(None)
        }
    }

    /// More entries than the tiles that stay in memory hold, and their tree.
    fn ledger(damaged: Option<u64>) -> (Shared, Levels) {
        let size = 70 * BUNDLE_WIDTH + 77;
        let first = kit::Story::manifest_entry(&kit::People::golden());
        let lifecycle = Lifecycle::begin(&first).unwrap();
        let mut published = Published::new(&lifecycle);
        let mut levels = Levels::default();
        for index in 0..size {
            let leaf = leaf_hash(&entry(index));
            published.tree.push(leaf);
            levels.push(leaf);
        }
        (Shared::new(published, Arc::new(Disk { size, damaged })), levels)
    }

    #[test]
    fn every_hash_tile_and_bundle_is_that_of_the_whole_tree() {
        let (shared, levels) = ledger(None);
        let size = levels.size();
        for place in TilePlace::since(0, size) {
            let expected = match place {
                TilePlace::Hashes { level, number, width } => levels.tile(level, number, width).unwrap(),
                TilePlace::Entries { number, width } => {
                    let start = number * BUNDLE_WIDTH;
                    encode_bundle(&(start..start + u64::from(width)).map(entry).collect::<Vec<_>>())
                }
            };
            assert_eq!(shared.file(place).unwrap(), Some(expected), "{place}");
        }
        for size in [1, 255, 256, 257, 1_000, 17_000, size] {
            assert_eq!(tree_root(&shared, size), tree_root(&levels, size), "{size}");
        }
        for (old, index) in [
            (1, 0),
            (300, 255),
            (4_000, 3_333),
            (16_500, 16_384),
            (17_990, 17_996),
        ] {
            let proof = consistency_proof(&shared, old, size).unwrap();
            let older = tree_root(&levels, old).unwrap();
            verify_consistency(old, &older, size, &levels.root(), &proof).unwrap();
            assert_eq!(
                inclusion_proof(&shared, index, size),
                inclusion_proof(&levels, index, size)
            );
            assert!(shared.holds(index, &leaf_hash(&entry(index))));
        }
        let beyond = [
            TilePlace::Entries {
                number: 70,
                width: 78,
            },
            TilePlace::Hashes {
                level: 0,
                number: 71,
                width: 1,
            },
        ];
        assert!(
            beyond
                .into_iter()
                .all(|place| shared.file(place).unwrap().is_none())
        );
        assert_eq!(shared.node(0, size), None);
        assert_eq!(shared.node(0, u64::MAX), None);
    }

    #[test]
    fn what_the_disk_has_lost_is_not_passed_on() {
        for damaged in [5, 69 * BUNDLE_WIDTH, 70 * BUNDLE_WIDTH + 3] {
            let (shared, levels) = ledger(Some(damaged));
            let number = damaged / BUNDLE_WIDTH;
            let bundle = TilePlace::entries_at(number, levels.size()).unwrap();
            assert!(matches!(shared.file(bundle), Err(StorageError::Entry { .. })));
            // The tree in memory is right, and an older tile has only its root there.
            let leaf = levels.node(0, damaged);
            assert_eq!(shared.node(0, damaged), leaf.filter(|_| number > 5));
        }
    }
}
