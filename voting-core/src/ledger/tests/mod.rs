//! What the parts of the ledger do together, and against others.

mod keys;
mod others;
mod proofs;
mod receipts;
mod shared;
mod tiles;
mod vectors;
mod witness_vectors;
mod witnesses;

use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use super::*;
use crate::hash::Hash;

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

/// PATH of RFC 6962 §2.1.1, as the RFC writes it.
fn path_by_definition(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() < 2 {
        return Vec::new();
    }
    let k = leaves.len().next_power_of_two() / 2;
    let (mut path, sibling) = if index < k {
        (
            path_by_definition(index, &leaves[..k]),
            by_definition(&leaves[k..]),
        )
    } else {
        (
            path_by_definition(index - k, &leaves[k..]),
            by_definition(&leaves[..k]),
        )
    };
    path.push(sibling);
    path
}

/// SUBPROOF of RFC 6962 §2.1.2, as the RFC writes it.
fn subproof_by_definition(old: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if whole {
            Vec::new()
        } else {
            Vec::from([by_definition(leaves)])
        };
    }
    let k = leaves.len().next_power_of_two() / 2;
    let (mut path, sibling) = if old <= k {
        (
            subproof_by_definition(old, &leaves[..k], whole),
            by_definition(&leaves[k..]),
        )
    } else {
        (
            subproof_by_definition(old - k, &leaves[k..], false),
            by_definition(&leaves[..k]),
        )
    };
    path.push(sibling);
    path
}

fn leaves(count: usize) -> Vec<Hash> {
    (0..count as u64)
        .map(|leaf| leaf_hash(&leaf.to_be_bytes()))
        .collect()
}
