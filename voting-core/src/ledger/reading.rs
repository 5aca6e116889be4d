//! Proofs from tiles of hashes: which tiles a reader needs, and the tree it
//! then has (specs/06-ledger.md §3).
//!
//! A plan is the proof itself, made over nodes that only note where they lie.
//! Nothing vouches for a tile: what is made from tiles must verify against
//! the root of a signed checkpoint.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::cell::RefCell;

use super::nodes::{Nodes, tree_root};
use super::proof::{consistency_proof, inclusion_proof};
use super::tile::{TILE_WIDTH, TilePlace};
use super::tree::Tree;
use crate::hash::Hash;

/// Levels of the tree within a tile: `256 = 2^8`.
const TILE_HEIGHT: u32 = 8;

/// Why bytes are not the tile they were fetched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTile {
    /// Another length than 32 bytes a hash.
    #[error("{found} bytes, but this tile of hashes has {expected}: the ledger's server sent another file")]
    Length {
        /// 32 times the width.
        expected: usize,
        /// The bytes' number.
        found: usize,
    },
    /// A bundle of entries.
    #[error("a bundle of entries where a tile of hashes was wanted")]
    Entries,
}

/// The tiles of hashes for the inclusion proof of leaf `index` at size `size`,
/// each as wide as a ledger of that size has it; `None` if there is no such leaf.
pub fn tiles_for_inclusion(index: u64, size: u64) -> Option<Vec<TilePlace>> {
    plan(size, |nodes| inclusion_proof(nodes, index, size))
}

/// The tiles of hashes for the proof that size `new` continues size `old`;
/// `None` if `old` is larger.
pub fn tiles_for_consistency(old: u64, new: u64) -> Option<Vec<TilePlace>> {
    plan(new, |nodes| consistency_proof(nodes, old, new))
}

/// The tiles of hashes for the root at a size.
pub fn tiles_for_root(size: u64) -> Vec<TilePlace> {
    plan(size, |nodes| tree_root(nodes, size)).unwrap_or_default()
}

fn plan<T>(size: u64, prove: impl FnOnce(&Wanted) -> Option<T>) -> Option<Vec<TilePlace>> {
    let wanted = Wanted {
        size,
        places: RefCell::default(),
    };
    prove(&wanted)?;
    Some(wanted.places.into_inner().into_iter().collect())
}

/// Notes where nodes lie; the hashes it gives are not hashes of anything.
struct Wanted {
    size: u64,
    places: RefCell<BTreeSet<TilePlace>>,
}

impl Nodes for Wanted {
    fn node(&self, level: u32, index: u64) -> Option<Hash> {
        let (tile, number, _) = within_tile(level, index)?;
        let place = TilePlace::hashes_at(tile, number, self.size)?;
        self.places.borrow_mut().insert(place);
        Some(Hash::default())
    }
}

/// A node's place: tile level, tile number, and its first hash in that tile.
fn within_tile(level: u32, index: u64) -> Option<(u32, u64, usize)> {
    let first = index.checked_mul(1 << (level % TILE_HEIGHT))?;
    let width = u64::from(TILE_WIDTH);
    Some((level / TILE_HEIGHT, first / width, (first % width) as usize))
}

/// Fetched tiles of hashes, as nodes to make proofs from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tiles(BTreeMap<(u32, u64), Vec<Hash>>);

impl Tiles {
    /// Takes the bytes of a tile. Where the partial tile is gone and the full
    /// one was fetched in its stead, `place` is [`TilePlace::full`].
    pub fn add(&mut self, place: TilePlace, bytes: &[u8]) -> Result<(), InvalidTile> {
        let TilePlace::Hashes { level, number, width } = place else {
            return Err(InvalidTile::Entries);
        };
        let (hashes, rest) = bytes.as_chunks::<32>();
        if hashes.len() != usize::from(width) || !rest.is_empty() {
            return Err(InvalidTile::Length {
                expected: 32 * usize::from(width),
                found: bytes.len(),
            });
        }
        let held = self.0.entry((level, number)).or_default();
        if held.len() < hashes.len() {
            *held = hashes.to_vec();
        }
        Ok(())
    }
}

impl Nodes for Tiles {
    fn node(&self, level: u32, index: u64) -> Option<Hash> {
        let (tile, number, first) = within_tile(level, index)?;
        let last = first + (1 << (level % TILE_HEIGHT));
        let mut tree = Tree::default();
        for hash in self.0.get(&(tile, number))?.get(first..last)? {
            tree.push(*hash);
        }
        Some(tree.root())
    }
}
