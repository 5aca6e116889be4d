//! The Merkle tree of RFC 6962 §2.1, by its right edge alone.

use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use crate::hash::Hash;

/// The leaf hash of an entry: `SHA-256(0x00 ‖ entry)`.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    let hash = Sha256::new().chain_update([0]);
    hash.chain_update(entry).finalize().into()
}

/// The hash of an inner node: `SHA-256(0x01 ‖ left ‖ right)`.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let hash = Sha256::new().chain_update([1]);
    hash.chain_update(left).chain_update(right).finalize().into()
}

/// A growing tree by its right edge: the roots of its complete subtrees, the
/// largest first. Memory grows with the logarithm of the size.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    edge: Vec<Hash>,
}

impl Tree {
    /// Appends a leaf by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        // Every complete subtree as large as the new one joins it.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.edge.pop() {
                node = node_hash(&left, &node);
            }
        }
        self.edge.push(node);
        self.size += 1;
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root; of the empty tree, the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut subtrees = self.edge.iter().rev();
        match subtrees.next() {
            None => Sha256::digest([]).into(),
            Some(last) => subtrees.fold(*last, |right, left| node_hash(left, &right)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// MTH of RFC 6962 §2.1, as the RFC writes it.
    fn by_definition(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
                node_hash(&by_definition(left), &by_definition(right))
            }
        }
    }

    #[test]
    fn the_certificate_transparency_example_has_its_known_roots() {
        let leaves: [&str; 8] = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        let mut tree = Tree::default();
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hex::encode(tree.root()), empty);
        let mut roots = Vec::new();
        for leaf in leaves {
            tree.push(leaf_hash(&hex::decode(leaf).unwrap()));
            roots.push(hex::encode(tree.root()));
        }
        assert_eq!(
            roots[0],
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        );
        assert_eq!(
            roots[7],
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
        );
    }

    proptest! {
        #[test]
        fn the_right_edge_gives_the_root_of_the_definition(count in 0usize..200) {
            let leaves: Vec<Hash> = (0..count).map(|leaf| leaf_hash(&leaf.to_be_bytes())).collect();
            let mut tree = Tree::default();
            leaves.iter().for_each(|leaf| tree.push(*leaf));
            prop_assert_eq!(tree.size(), count as u64);
            prop_assert_eq!(tree.root(), by_definition(&leaves));
        }
    }
}
