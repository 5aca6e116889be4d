//! The stored hashes of the tree, inclusion proofs and receipts (RFC 6962 §2.1,
//! C2SP tlog-tiles and tlog-proof).

use base64ct::{Base64, Encoding};
use voting_core::hash::Hash;
use voting_core::ledger::node_hash;

/// Hashes of all complete subtrees: `levels[h][i]` covers leaves
/// `i·2^h … (i + 1)·2^h − 1`.
#[derive(Debug, Clone, Default)]
pub struct Levels(Vec<Vec<Hash>>);

impl Levels {
    /// Adds a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for height in 0.. {
            if self.0.len() == height {
                self.0.push(Vec::new());
            }
            let level = &mut self.0[height];
            level.push(hash);
            match level.as_slice() {
                [.., left, right] if level.len().is_multiple_of(2) => hash = node_hash(left, right),
                _ => return,
            }
        }
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.0.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// The hash of leaves `start … start + length − 1`, where `start` is a
    /// multiple of the smallest power of two not below `length`.
    fn range(&self, start: u64, length: u64) -> Hash {
        if length.is_power_of_two() {
            return self.0[length.trailing_zeros() as usize][(start / length) as usize];
        }
        let left = length.next_power_of_two() / 2;
        node_hash(&self.range(start, left), &self.range(start + left, length - left))
    }

    /// The root over all leaves; there is at least one.
    pub fn root(&self) -> Hash {
        self.range(0, self.size())
    }

    /// The inclusion proof of a leaf, its sibling first.
    pub fn inclusion(&self, index: u64) -> Vec<Hash> {
        let (mut start, mut length) = (0, self.size());
        let mut path = Vec::new();
        while length > 1 {
            let left = length.next_power_of_two() / 2;
            if index - start < left {
                path.push(self.range(start + left, length - left));
                length = left;
            } else {
                path.push(self.range(start, left));
                (start, length) = (start + left, length - left);
            }
        }
        path.reverse();
        path
    }

    /// The tile at a tile level and number, `width` hashes wide.
    pub fn tile(&self, level: usize, number: u64, width: usize) -> Option<Vec<u8>> {
        let start = usize::try_from(number.checked_mul(256)?).ok()?;
        let hashes = self
            .0
            .get(level.checked_mul(8)?)?
            .get(start..start.checked_add(width)?)?;
        Some(hashes.concat())
    }
}

/// A `tlog-proof@v1`: the leaf's place and path under a signed checkpoint.
pub fn receipt(levels: &Levels, index: u64, checkpoint: &str) -> String {
    let mut text = format!("c2sp.org/tlog-proof@v1\nindex {index}\n");
    for hash in levels.inclusion(index) {
        text.push_str(&Base64::encode_string(&hash));
        text.push('\n');
    }
    text.push('\n');
    text.push_str(checkpoint);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use voting_core::ledger::{Tree, leaf_hash};

    #[test]
    fn roots_and_inclusion_proofs_are_those_of_rfc_6962() {
        let (mut levels, mut tree) = (Levels::default(), Tree::default());
        for size in 1u64..70 {
            let leaf = leaf_hash(&size.to_be_bytes());
            levels.push(leaf);
            tree.push(leaf);
            assert_eq!(levels.root(), tree.root());
            for index in 0..size {
                let mut hash = leaf_hash(&(index + 1).to_be_bytes());
                let (mut node, mut last) = (index, size - 1);
                for sibling in levels.inclusion(index) {
                    if node % 2 == 1 || node == last {
                        hash = node_hash(&sibling, &hash);
                        while node % 2 == 0 && node != 0 {
                            (node, last) = (node / 2, last / 2);
                        }
                    } else {
                        hash = node_hash(&hash, &sibling);
                    }
                    (node, last) = (node / 2, last / 2);
                }
                assert_eq!((hash, last), (levels.root(), 0), "{index} of {size}");
            }
        }
    }
}
