//! The tiles of a growing ledger, from its leaf hashes alone.

use alloc::vec::Vec;

use super::tile::{TILE_WIDTH, TilePlace};
use super::tree::{Tree, empty_root, node_hash};
use crate::hash::Hash;

/// Hashes in a full tile.
const WIDTH: usize = TILE_WIDTH as usize;

/// The unfinished tile of every level: all that is needed to go on with a
/// ledger's tiles and to know its root. Memory grows with the logarithm of
/// the size.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    /// By tile level: the hashes of its last tile, fewer than 256.
    levels: Vec<Vec<Hash>>,
}

impl Edge {
    /// Takes up a ledger of `size` entries again; `read` gives the hashes of
    /// a tile, of which there are as many as the place is wide.
    pub fn restore<E>(size: u64, mut read: impl FnMut(TilePlace) -> Result<Vec<Hash>, E>) -> Result<Self, E> {
        let mut levels = Vec::new();
        let mut hashes = size;
        for level in 0.. {
            if hashes == 0 {
                break;
            }
            let number = hashes / WIDTH as u64;
            levels.push(match TilePlace::hashes_at(level, number, size) {
                Some(place) => read(place)?,
                None => Vec::new(),
            });
            hashes = number;
        }
        Ok(Self { size, levels })
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The leaf hashes of the last, unfinished tile.
    pub fn last_leaves(&self) -> &[Hash] {
        self.levels.first().map(Vec::as_slice).unwrap_or_default()
    }

    /// Appends a leaf; returns the tiles that are full with it.
    pub fn push(&mut self, leaf: Hash) -> Vec<(TilePlace, Vec<u8>)> {
        let mut full = Vec::new();
        let mut hash = leaf;
        self.size += 1;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let tile = &mut self.levels[level];
            tile.push(hash);
            if tile.len() < WIDTH {
                break;
            }
            hash = root_of(tile);
            let number = (self.size >> (8 * (level + 1))) - 1;
            let place = TilePlace::Hashes {
                level: level as u32,
                number,
                width: TILE_WIDTH,
            };
            full.push((place, tile.concat()));
            tile.clear();
        }
        full
    }

    /// The unfinished tiles.
    pub fn unfinished(&self) -> impl Iterator<Item = (TilePlace, Vec<u8>)> + '_ {
        let levels = (0..).zip(&self.levels).filter(|(_, hashes)| !hashes.is_empty());
        levels.map(|(level, hashes)| {
            let place = TilePlace::Hashes {
                level,
                number: (self.size >> (8 * level)) / WIDTH as u64,
                width: hashes.len() as u16,
            };
            (place, hashes.concat())
        })
    }

    /// The root; of the empty tree, the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut root = None;
        for mut hashes in self.levels.iter().map(Vec::as_slice) {
            // From the right edge, the smallest whole subtree, to the largest.
            while !hashes.is_empty() {
                let subtree = 1 << hashes.len().trailing_zeros();
                let (rest, last) = hashes.split_at(hashes.len() - subtree);
                let left = root_of(last);
                root = Some(root.map_or(left, |right| node_hash(&left, &right)));
                hashes = rest;
            }
        }
        root.unwrap_or_else(empty_root)
    }
}

fn root_of(hashes: &[Hash]) -> Hash {
    let mut tree = Tree::default();
    hashes.iter().for_each(|hash| tree.push(*hash));
    tree.root()
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeMap;

    use super::*;
    use crate::ledger::{Levels, leaf_hash};

    #[test]
    fn tiles_and_root_are_those_of_the_whole_tree_at_every_size() {
        let (mut edge, mut tree) = (Edge::default(), Levels::default());
        let mut files = BTreeMap::new();
        assert_eq!(edge.root(), empty_root());
        for size in 1..=66_000_u64 {
            let leaf = leaf_hash(&size.to_be_bytes());
            tree.push(leaf);
            files.extend(edge.push(leaf));
            if size % 977 != 0 && !(1..3).contains(&(size % 256)) {
                continue;
            }
            assert_eq!((edge.size(), edge.root()), (size, tree.root()));
            files.extend(edge.unfinished());
            let again = Edge::restore(size, |place| {
                let bytes: &Vec<u8> = files.get(&place).ok_or(place)?;
                Ok::<_, TilePlace>(bytes.as_chunks::<32>().0.to_vec())
            });
            assert_eq!(again.as_ref(), Ok(&edge));
        }
        for (place, bytes) in files {
            let TilePlace::Hashes { level, number, width } = place else {
                panic!()
            };
            assert_eq!(tree.tile(level, number, width), Some(bytes), "{place}");
        }
    }
}
