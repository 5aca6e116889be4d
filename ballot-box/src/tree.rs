//! The hashes of the published tree that stay in memory, which hardly grows
//! with it: a quarter of a byte an entry.

use std::collections::VecDeque;

use voting_core::hash::Hash;
use voting_core::ledger::{BUNDLE_WIDTH, Levels, Nodes};

/// Levels of a tile of leaf hashes below its root.
pub(crate) const TILE_HEIGHT: u32 = 8;
/// Newest tiles of leaf hashes that stay: twice as many ballots as can wait, so
/// that whoever has just been answered is answered from memory.
const NEWEST: usize = 64;

/// The roots of full tiles and everything above them, and all hashes of the
/// newest tiles. What is below older tiles' roots is made again from their
/// entries.
pub struct Tree {
    above: Levels,
    /// The last of them is not full.
    newest: VecDeque<Levels>,
}

impl Default for Tree {
    fn default() -> Self {
        Self {
            above: Levels::default(),
            newest: VecDeque::from([Levels::default()]),
        }
    }
}

impl Tree {
    /// Appends a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let Some(tile) = self.newest.back_mut() else {
            return;
        };
        tile.push(leaf);
        if tile.size() < BUNDLE_WIDTH {
            return;
        }
        self.above.push(tile.root());
        self.newest.push_back(Levels::default());
        if self.newest.len() > NEWEST {
            self.newest.pop_front();
        }
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        let last = self.newest.back().map_or(0, Levels::size);
        self.above.size() * BUNDLE_WIDTH + last
    }

    /// The bytes of a tile (C2SP tlog-tiles) that is at hand.
    pub fn tile(&self, level: u32, number: u64, width: u16) -> Option<Vec<u8>> {
        match level.checked_sub(1) {
            Some(above) => self.above.tile(above, number, width),
            None => self.newest(number)?.tile(0, 0, width),
        }
    }

    /// A tile of leaf hashes, if it is one of the newest.
    fn newest(&self, number: u64) -> Option<&Levels> {
        let first = self.above.size() + 1 - self.newest.len() as u64;
        self.newest.get(usize::try_from(number.checked_sub(first)?).ok()?)
    }
}

impl Nodes for Tree {
    fn node(&self, level: u32, index: u64) -> Option<Hash> {
        match TILE_HEIGHT.checked_sub(level) {
            None | Some(0) => self.above.node(level - TILE_HEIGHT, index),
            Some(below) => {
                let number = index >> below;
                self.newest(number)?.node(level, index - (number << below))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn leaf(index: u64) -> Hash {
        let mut leaf = [0; 32];
        leaf[..8].copy_from_slice(&index.to_be_bytes());
        leaf
    }

    /// It says what the whole tree says, or nothing.
    #[test]
    fn hashes_at_hand_are_those_of_the_tree() {
        let (mut whole, mut tree) = (Levels::default(), Tree::default());
        for size in 0..(NEWEST as u64 + 3) * BUNDLE_WIDTH + 5 {
            assert_eq!(tree.size(), size);
            whole.push(leaf(size));
            tree.push(leaf(size));
        }
        let size = tree.size();
        let first = (size / BUNDLE_WIDTH + 1 - NEWEST as u64) * BUNDLE_WIDTH;
        for level in 0..20 {
            for index in 0..=size >> level {
                let at_hand = level >= TILE_HEIGHT || index << level >= first;
                let expected = whole.node(level, index).filter(|_| at_hand);
                assert_eq!(tree.node(level, index), expected, "level {level}, {index}");
            }
        }
        for number in [first / BUNDLE_WIDTH, size / BUNDLE_WIDTH] {
            assert_eq!(tree.tile(0, number, 5), whole.tile(0, number, 5));
        }
        assert_eq!(tree.tile(0, 0, 256), None);
        assert_eq!(tree.tile(1, 0, 40), whole.tile(1, 0, 40));
    }

    proptest! {
        #[test]
        fn no_place_makes_it_panic(level: u32, index: u64, width: u16, size in 0_u64..600) {
            let mut tree = Tree::default();
            (0..size).for_each(|index| tree.push(leaf(index)));
            tree.node(level, index);
            tree.tile(level, index, width);
        }
    }
}
