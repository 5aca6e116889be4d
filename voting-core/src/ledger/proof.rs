//! Inclusion and consistency proofs (RFC 6962 §2.1.1 and §2.1.2), made from
//! stored hashes and verified by the loops of RFC 9162 §2.1.3.2 and §2.1.4.2.

use alloc::vec::Vec;

use super::nodes::{Nodes, split, subtree};
use super::tree::{empty_root, node_hash};
use crate::hash::Hash;

/// Why a proof is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProof {
    /// No such leaf, or a tree that shrinks.
    #[error("the proof is about a leaf or tree that is not inside the newer tree")]
    Range,
    /// Too few or too many hashes for the places it is about.
    #[error("the proof has not the number of hashes that these sizes need")]
    Length,
    /// It does not lead to the root of the older tree.
    #[error("the proof does not lead to the root of the older tree")]
    OldRoot,
    /// It does not lead to the root of the (newer) tree.
    #[error("the proof does not lead to the root of the tree")]
    Root,
}

/// The inclusion proof of leaf `index` in the tree of the first `size` leaves,
/// the leaf's sibling first: `PATH(index, D[size])` of RFC 6962 §2.1.1. `None`
/// if there is no such leaf, or a hash is not at hand.
pub fn inclusion_proof(nodes: &impl Nodes, index: u64, size: u64) -> Option<Vec<Hash>> {
    if index >= size {
        return None;
    }
    let (mut start, mut length) = (0, size);
    let mut path = Vec::new();
    while length > 1 {
        let left = split(length);
        if index - start < left {
            path.push(subtree(nodes, start + left, length - left)?);
            length = left;
        } else {
            path.push(subtree(nodes, start, left)?);
            (start, length) = (start + left, length - left);
        }
    }
    path.reverse();
    Some(path)
}

/// The proof that the tree of the first `new` leaves begins with the tree of
/// the first `old`: `PROOF(old, D[new])` of RFC 6962 §2.1.2. It is empty where
/// `old` is 0 or `new`. `None` if `old` is larger, or a hash is not at hand.
pub fn consistency_proof(nodes: &impl Nodes, old: u64, new: u64) -> Option<Vec<Hash>> {
    if old > new {
        return None;
    }
    let mut path = Vec::new();
    if old == 0 {
        return Some(path);
    }
    let (mut start, mut length, mut rest) = (0, new, old);
    while rest != length {
        let left = split(length);
        if rest <= left {
            path.push(subtree(nodes, start + left, length - left)?);
            length = left;
        } else {
            path.push(subtree(nodes, start, left)?);
            (start, length, rest) = (start + left, length - left, rest - left);
        }
    }
    // At the left edge the verifier has this hash: it is the older root.
    if start > 0 {
        path.push(subtree(nodes, start, length)?);
    }
    path.reverse();
    Some(path)
}

/// Verifies that `leaf`, a leaf hash, is leaf `index` of the tree of `size`
/// leaves with this root (RFC 9162 §2.1.3.2).
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), InvalidProof> {
    if index >= size {
        return Err(InvalidProof::Range);
    }
    let mut hash = *leaf;
    let mut walk = Walk {
        node: index,
        last: size - 1,
    };
    for sibling in proof {
        hash = match walk.step()? {
            Side::Left => node_hash(sibling, &hash),
            Side::Right => node_hash(&hash, sibling),
        };
    }
    walk.end()?;
    expect(&hash, root, InvalidProof::Root)
}

/// Verifies that the tree of `new` leaves begins with the tree of `old`
/// (RFC 9162 §2.1.4.2). As witnesses must, it takes 0 for `old`: only with
/// `SHA-256("")` for the older root, and an empty proof, which proves nothing
/// about the newer root.
pub fn verify_consistency(
    old: u64,
    old_root: &Hash,
    new: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), InvalidProof> {
    if old > new {
        return Err(InvalidProof::Range);
    }
    if old == 0 {
        expect(old_root, &empty_root(), InvalidProof::OldRoot)?;
    }
    if old == 0 || old == new {
        return match (proof.is_empty(), old == new) {
            (false, _) => Err(InvalidProof::Length),
            (true, true) => expect(new_root, old_root, InvalidProof::Root),
            (true, false) => Ok(()),
        };
    }
    let (older, newer) = walk_both(old, old_root, new, proof)?;
    expect(&older, old_root, InvalidProof::OldRoot)?;
    expect(&newer, new_root, InvalidProof::Root)
}

/// The root of the older tree that a consistency proof is about: it proves
/// that the newer tree goes on from that one, whatever the reader believed.
/// `None` if it does not lead to the newer root, or does not say: a whole older
/// tree, of a power of two, is not in its proof.
pub fn older_root(old: u64, new: u64, new_root: &Hash, proof: &[Hash]) -> Option<Hash> {
    if !(1..new).contains(&old) || old.is_power_of_two() {
        return None;
    }
    let (older, newer) = walk_both(old, &Hash::default(), new, proof).ok()?;
    (newer == *new_root).then_some(older)
}

/// The roots of both trees to which a proof leads, `0 < old < new`; `old_root`
/// counts where the older tree is whole.
fn walk_both(old: u64, old_root: &Hash, new: u64, proof: &[Hash]) -> Result<(Hash, Hash), InvalidProof> {
    let shift = (old - 1).trailing_ones();
    let mut walk = Walk {
        node: (old - 1) >> shift,
        last: (new - 1) >> shift,
    };
    // A whole older tree is its own first hash.
    let (first, rest) = if old.is_power_of_two() {
        (old_root, proof)
    } else {
        proof.split_first().ok_or(InvalidProof::Length)?
    };
    let (mut older, mut newer) = (*first, *first);
    for hash in rest {
        match walk.step()? {
            Side::Left => (older, newer) = (node_hash(hash, &older), node_hash(hash, &newer)),
            Side::Right => newer = node_hash(&newer, hash),
        }
    }
    walk.end()?;
    Ok((older, newer))
}

/// On which side of the node the next hash of the proof stands.
enum Side {
    Left,
    Right,
}

/// The way from a node to the root: `fn` and `sn` of RFC 9162.
struct Walk {
    node: u64,
    last: u64,
}

impl Walk {
    fn step(&mut self) -> Result<Side, InvalidProof> {
        if self.last == 0 {
            return Err(InvalidProof::Length);
        }
        let side = if self.node % 2 == 1 || self.node == self.last {
            // The right edge has no sibling on levels where it is a left child.
            while self.node.is_multiple_of(2) && self.node != 0 {
                (self.node, self.last) = (self.node >> 1, self.last >> 1);
            }
            Side::Left
        } else {
            Side::Right
        };
        (self.node, self.last) = (self.node >> 1, self.last >> 1);
        Ok(side)
    }

    fn end(&self) -> Result<(), InvalidProof> {
        match self.last {
            0 => Ok(()),
            _ => Err(InvalidProof::Length),
        }
    }
}

fn expect(found: &Hash, expected: &Hash, otherwise: InvalidProof) -> Result<(), InvalidProof> {
    if found == expected { Ok(()) } else { Err(otherwise) }
}
