//! How two signed heads of a ledger, or a receipt and a head, stand to each
//! other: they agree, or one of them proves that the ledger contradicts itself.
//!
//! Whoever holds enough hashes of the newer tree can tell. Nothing vouches for
//! those hashes but the newer head's signed root, and that is enough: what
//! leads to it are the hashes of that tree, or SHA-256 is broken.

use voting_core::hash::Hash;
use voting_core::ledger::{
    Checkpoint, Nodes, consistency_proof, inclusion_proof, tree_root, verify_consistency, verify_inclusion,
};
#[cfg(any(test, feature = "command"))]
use voting_core::ledger::{TilePlace, tiles_for_consistency, tiles_for_inclusion, tiles_for_root};

/// What the newer tree says about the older head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Past {
    /// It goes on from it.
    Continues,
    /// It begins with another tree of that size.
    Rewritten {
        /// The root of that tree.
        root: Hash,
        /// Proof that the newer tree goes on from it.
        proof: Vec<Hash>,
    },
}

/// What a tree says about the leaf at an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// It is the one asked for.
    Held,
    /// It is another one.
    Taken {
        /// The leaf that stands there.
        leaf: Hash,
        /// Proof that it does.
        proof: Vec<Hash>,
    },
}

/// The newer tree's tiles of hashes that [`past`] needs.
#[cfg(any(test, feature = "command"))]
pub(crate) fn tiles_for_past(older: u64, newer: u64) -> Vec<TilePlace> {
    let mut places = tiles_for_consistency(older, newer).unwrap_or_default();
    // The older tree's own nodes, in tiles as wide as the newer one has them.
    for place in tiles_for_root(older) {
        if let TilePlace::Hashes { level, number, .. } = place {
            places.extend(TilePlace::hashes_at(level, number, newer));
        }
    }
    places.sort_unstable();
    places.dedup();
    places
}

/// Compares an older head with the tree of a newer one. `None` if the hashes
/// do not lead to the newer head's root.
pub(crate) fn past(nodes: &impl Nodes, older: &Checkpoint, newer: &Checkpoint) -> Option<Past> {
    let root = tree_root(nodes, older.size)?;
    let proof = consistency_proof(nodes, older.size, newer.size)?;
    verify_consistency(older.size, &root, newer.size, &newer.root, &proof).ok()?;
    Some(if root == older.root {
        Past::Continues
    } else {
        Past::Rewritten { root, proof }
    })
}

/// The tiles of hashes that [`place`] needs.
#[cfg(any(test, feature = "command"))]
pub(crate) fn tiles_for_place(index: u64, size: u64) -> Vec<TilePlace> {
    let mut places = tiles_for_inclusion(index, size).unwrap_or_default();
    places.extend(TilePlace::hashes_at(0, index / 256, size));
    places.sort_unstable();
    places.dedup();
    places
}

/// Looks up which leaf stands at an index of a head's tree. `None` if there is
/// no such leaf, or the hashes do not lead to the head's root.
pub(crate) fn place(nodes: &impl Nodes, leaf: &Hash, index: u64, head: &Checkpoint) -> Option<Place> {
    let found = nodes.node(0, index)?;
    let proof = inclusion_proof(nodes, index, head.size)?;
    verify_inclusion(&found, index, head.size, &proof, &head.root).ok()?;
    Some(if found == *leaf {
        Place::Held
    } else {
        Place::Taken { leaf: found, proof }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use voting_core::ledger::{Levels, Tiles, leaf_hash};

    fn tree(size: u64, changed: Option<u64>) -> Levels {
        let leaf =
            |index: u64| leaf_hash(&[u8::from(changed == Some(index)), index as u8, (index >> 8) as u8]);
        (0..size).map(leaf).collect()
    }

    fn head(tree: &Levels) -> Checkpoint {
        Checkpoint {
            origin: "ledger.example".into(),
            size: tree.size(),
            root: tree.root(),
        }
    }

    /// The tree as a reader has it who fetched these tiles.
    fn tiles(tree: &Levels, places: Vec<TilePlace>) -> Tiles {
        let mut tiles = Tiles::default();
        for place in places {
            let TilePlace::Hashes { level, number, width } = place else {
                panic!()
            };
            let bytes = tree.tile(level, number, width).unwrap();
            tiles.add(place, &bytes).unwrap();
        }
        tiles
    }

    #[test]
    fn e2_a_rewritten_past_is_told_from_a_continued_one_by_tiles_alone() {
        for (older, newer) in [
            (0, 5),
            (1, 1),
            (3, 4),
            (8, 300),
            (255, 256),
            (256, 700),
            (257, 70_000),
            (700, 701),
        ] {
            let new = tree(newer, None);
            let fetched = tiles(&new, tiles_for_past(older, newer));
            assert_eq!(
                past(&fetched, &head(&tree(older, None)), &head(&new)),
                Some(Past::Continues)
            );
            if older > 0 {
                let other = head(&tree(older, Some(older - 1)));
                let told = past(&fetched, &other, &head(&new));
                let Some(Past::Rewritten { root, proof }) = told else {
                    panic!("{older} {newer}")
                };
                assert_eq!(root, tree(older, None).root());
                verify_consistency(older, &root, newer, &new.root(), &proof).unwrap();
            }
            // Hashes of another tree tell nothing about this one.
            let foreign = tree(newer, Some(0));
            let fetched = tiles(&foreign, tiles_for_past(older, newer));
            if older > 0 {
                assert_eq!(past(&fetched, &head(&tree(older, None)), &head(&new)), None);
            }
        }
    }

    #[test]
    fn e3_another_leaf_in_a_ballots_place_is_proven_by_tiles_alone() {
        for (index, size) in [(0, 1), (4, 5), (255, 256), (256, 300), (511, 70_000)] {
            let now = tree(size, None);
            let fetched = tiles(&now, tiles_for_place(index, size));
            let leaf = |changed| leaf_hash(&[changed, index as u8, (index >> 8) as u8]);
            assert_eq!(place(&fetched, &leaf(0), index, &head(&now)), Some(Place::Held));
            let told = place(&fetched, &leaf(1), index, &head(&now));
            let Some(Place::Taken { leaf: other, proof }) = told else {
                panic!()
            };
            assert_eq!(other, leaf(0));
            verify_inclusion(&other, index, size, &proof, &now.root()).unwrap();
            assert_eq!(place(&fetched, &leaf(0), size, &head(&now)), None);
        }
    }
}
