//! The stored hashes of the tree: every whole subtree's root, by place.

use alloc::vec::Vec;

use super::tile::TILE_WIDTH;
use super::tree::{empty_root, node_hash};
use crate::hash::Hash;

/// Where the hashes of a tree's whole subtrees are read: memory, a database, tiles.
///
/// `node(level, index)` is `MTH(D[index·2^level : (index + 1)·2^level])` of
/// RFC 6962 §2.1, and `None` where it is not at hand, or where those leaves
/// are not all in the tree. Level 0 are the leaf hashes.
pub trait Nodes {
    /// The root of the subtree over `2^level` leaves with this index among its level.
    fn node(&self, level: u32, index: u64) -> Option<Hash>;
}

/// The largest power of two below `length`, which is at least 2: where
/// RFC 6962 §2.1 parts a tree.
pub(super) fn split(length: u64) -> u64 {
    1 << (length - 1).ilog2()
}

/// `MTH(D[start : start + length])`, where `length` is not 0 and `start` is a
/// multiple of the smallest power of two not below it.
pub(super) fn subtree(nodes: &impl Nodes, start: u64, length: u64) -> Option<Hash> {
    // From the right edge, the smallest whole subtree, to the largest.
    let (mut rest, mut root) = (length, None);
    while rest > 0 {
        let level = rest.trailing_zeros();
        rest &= rest - 1;
        let left = nodes.node(level, start.checked_add(rest)? >> level)?;
        root = Some(root.map_or(left, |right| node_hash(&left, &right)));
    }
    root
}

/// The root of the tree over the first `size` leaves, if its hashes are at
/// hand (RFC 6962 §2.1). The root over none is `SHA-256("")`.
pub fn tree_root(nodes: &impl Nodes, size: u64) -> Option<Hash> {
    match size {
        0 => Some(empty_root()),
        _ => subtree(nodes, 0, size),
    }
}

/// A whole tree in memory: 64 bytes a leaf.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(Vec<Vec<Hash>>);

impl Levels {
    /// Appends a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for height in 0.. {
            if self.0.len() == height {
                self.0.push(Vec::new());
            }
            let level = &mut self.0[height];
            level.push(hash);
            match level.as_slice() {
                // Every second node of a level completes one of the next.
                [.., left, right] if level.len().is_multiple_of(2) => hash = node_hash(left, right),
                _ => return,
            }
        }
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.0.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// The root over all leaves; of the empty tree, `SHA-256("")`.
    pub fn root(&self) -> Hash {
        tree_root(self, self.size()).expect("a node stands for every whole subtree of the leaves")
    }

    /// The bytes of a tile of hashes (C2SP tlog-tiles): `width` hashes, 1 to
    /// 256, of tile level `level`. `None` if the tree has not that many there,
    /// or no tile is that wide.
    pub fn tile(&self, level: u32, number: u64, width: u16) -> Option<Vec<u8>> {
        if !(1..=TILE_WIDTH).contains(&width) {
            return None;
        }
        let hashes = self.0.get(usize::try_from(level.checked_mul(8)?).ok()?)?;
        let start = usize::try_from(number.checked_mul(TILE_WIDTH.into())?).ok()?;
        let end = start.checked_add(width.into())?;
        Some(hashes.get(start..end)?.concat())
    }
}

impl Nodes for Levels {
    fn node(&self, level: u32, index: u64) -> Option<Hash> {
        let level = self.0.get(usize::try_from(level).ok()?)?;
        level.get(usize::try_from(index).ok()?).copied()
    }
}

impl Extend<Hash> for Levels {
    fn extend<T: IntoIterator<Item = Hash>>(&mut self, leaves: T) {
        leaves.into_iter().for_each(|leaf| self.push(leaf));
    }
}

impl FromIterator<Hash> for Levels {
    fn from_iter<T: IntoIterator<Item = Hash>>(leaves: T) -> Self {
        let mut levels = Self::default();
        levels.extend(leaves);
        levels
    }
}
