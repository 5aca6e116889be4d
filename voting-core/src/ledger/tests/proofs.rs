use proptest::prelude::*;

use super::*;

const MOST: usize = 130;

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

#[test]
fn roots_of_all_sizes_are_those_of_the_definition() {
    let leaves = leaves(MOST);
    let (mut tree, mut levels) = (Tree::default(), Levels::default());
    for size in 0..=leaves.len() {
        let root = by_definition(&leaves[..size]);
        assert_eq!((tree.size(), tree.root()), (size as u64, root));
        assert_eq!((levels.size(), levels.root()), (size as u64, root));
        if let Some(leaf) = leaves.get(size) {
            tree.push(*leaf);
            levels.push(*leaf);
        }
    }
    for size in 0..=leaves.len() {
        assert_eq!(
            tree_root(&levels, size as u64),
            Some(by_definition(&leaves[..size]))
        );
    }
    assert_eq!(tree_root(&levels, MOST as u64 + 1), None);
}

#[test]
fn inclusion_proofs_of_all_leaves_of_all_sizes_are_those_of_the_definition() {
    let leaves = leaves(MOST);
    let levels: Levels = leaves.iter().copied().collect();
    for size in 1..=leaves.len() {
        let root = levels_root(&levels, size);
        for index in 0..size {
            let proof = inclusion_proof(&levels, index as u64, size as u64).unwrap();
            assert_eq!(proof, path_by_definition(index, &leaves[..size]));
            let verify = |index: usize, proof: &[Hash]| {
                verify_inclusion(&leaves[index], index as u64, size as u64, proof, &root)
            };
            assert_eq!(verify(index, &proof), Ok(()), "{index} of {size}");
            if index + 1 < size {
                assert!(verify(index + 1, &proof).is_err(), "{index} of {size}");
            }
        }
    }
    assert_eq!(inclusion_proof(&levels, 5, 5), None);
    assert_eq!(inclusion_proof(&levels, 5, MOST as u64 + 1), None);
}

#[test]
fn consistency_proofs_of_all_pairs_of_sizes_are_those_of_the_definition() {
    let leaves = leaves(MOST);
    let levels: Levels = leaves.iter().copied().collect();
    for new in 0..=leaves.len() {
        let new_root = levels_root(&levels, new);
        for old in 0..=new {
            let old_root = levels_root(&levels, old);
            let proof = consistency_proof(&levels, old as u64, new as u64).unwrap();
            if old > 0 {
                assert_eq!(proof, subproof_by_definition(old, &leaves[..new], true));
            }
            let verified = verify_consistency(old as u64, &old_root, new as u64, &new_root, &proof);
            assert_eq!(verified, Ok(()), "{old} to {new}");
            if new > old {
                let swapped = verify_consistency(new as u64, &new_root, old as u64, &old_root, &proof);
                assert_eq!(swapped, Err(InvalidProof::Range));
            }
        }
    }
    assert_eq!(consistency_proof(&levels, 6, 5), None);
    assert_eq!(consistency_proof(&levels, 5, MOST as u64 + 1), None);
}

fn levels_root(levels: &Levels, size: usize) -> Hash {
    tree_root(levels, size as u64).unwrap()
}

/// Everything that can be wrong with a list of hashes, once.
fn mangled(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut all = Vec::new();
    for at in 0..proof.len() {
        let mut flipped = proof.to_vec();
        flipped[at][at % 32] ^= 1 << (at % 8);
        all.push(flipped);
        let mut dropped = proof.to_vec();
        dropped.remove(at);
        all.push(dropped);
        let mut doubled = proof.to_vec();
        doubled.insert(at, proof[at]);
        all.push(doubled);
    }
    for at in 1..proof.len() {
        let mut swapped = proof.to_vec();
        swapped.swap(at - 1, at);
        all.push(swapped);
    }
    all.push([proof, &[[0; 32]]].concat());
    all.push([&[[0; 32]], proof].concat());
    all
}

#[test]
fn every_mangled_proof_is_refused() {
    let levels: Levels = leaves(70).into_iter().collect();
    for size in 1..=70 {
        let root = tree_root(&levels, size).unwrap();
        for other in 0..size {
            let leaf = levels.node(0, other).unwrap();
            let proof = inclusion_proof(&levels, other, size).unwrap();
            for bad in mangled(&proof) {
                assert!(verify_inclusion(&leaf, other, size, &bad, &root).is_err());
            }
            let old_root = tree_root(&levels, other).unwrap();
            let proof = consistency_proof(&levels, other, size).unwrap();
            for bad in mangled(&proof) {
                assert!(verify_consistency(other, &old_root, size, &root, &bad).is_err());
            }
        }
    }
}

#[test]
fn a_refusal_says_what_is_wrong() {
    let levels: Levels = leaves(7).into_iter().collect();
    let (leaf, root) = (levels.node(0, 3).unwrap(), levels.root());
    let proof = inclusion_proof(&levels, 3, 7).unwrap();
    let verify = |index, proof: &[Hash]| verify_inclusion(&leaf, index, 7, proof, &root);
    assert_eq!(verify(7, &proof), Err(InvalidProof::Range));
    assert_eq!(verify(3, &proof[1..]), Err(InvalidProof::Length));
    assert_eq!(verify(2, &proof), Err(InvalidProof::Root));

    let old_root = tree_root(&levels, 5).unwrap();
    let proof = consistency_proof(&levels, 5, 7).unwrap();
    let verify = |old_root, new_root, proof: &[Hash]| verify_consistency(5, old_root, 7, new_root, proof);
    assert_eq!(verify(&old_root, &root, &proof), Ok(()));
    assert_eq!(verify(&old_root, &root, &[]), Err(InvalidProof::Length));
    assert_eq!(verify(&leaf, &root, &proof), Err(InvalidProof::OldRoot));
    assert_eq!(verify(&old_root, &leaf, &proof), Err(InvalidProof::Root));
}

#[test]
fn the_empty_tree_begins_every_tree_but_only_under_its_own_root() {
    let levels: Levels = leaves(3).into_iter().collect();
    let (empty, root) = (empty_root(), levels.root());
    assert_eq!(verify_consistency(0, &empty, 3, &root, &[]), Ok(()));
    assert_eq!(verify_consistency(0, &empty, 0, &empty, &[]), Ok(()));
    assert_eq!(
        verify_consistency(0, &root, 3, &root, &[]),
        Err(InvalidProof::OldRoot)
    );
    assert_eq!(
        verify_consistency(0, &empty, 0, &root, &[]),
        Err(InvalidProof::Root)
    );
    assert_eq!(
        verify_consistency(0, &empty, 3, &root, &[root]),
        Err(InvalidProof::Length)
    );
    assert_eq!(
        verify_consistency(3, &root, 3, &root, &[root]),
        Err(InvalidProof::Length)
    );
}

#[test]
fn a_consistency_proof_says_which_older_tree_it_is_about() {
    let leaves = leaves(MOST);
    let levels: Levels = leaves.iter().copied().collect();
    for new in 0..=leaves.len() as u64 {
        let root = tree_root(&levels, new).unwrap();
        for old in 0..=new {
            let mut proof = consistency_proof(&levels, old, new).unwrap();
            // Of a whole older tree, of the empty one and of the same one the proof does not say.
            let says = old != new && old != 0 && !old.is_power_of_two();
            let expected = tree_root(&levels, old).filter(|_| says);
            assert_eq!(older_root(old, new, &root, &proof), expected);
            if let Some(hash) = proof.last_mut() {
                hash[0] ^= 1;
                assert_eq!(older_root(old, new, &root, &proof), None);
            }
        }
    }
}

/// A tree of `2^64 − 1` equal leaves: only one hash a level.
struct Huge;

impl Nodes for Huge {
    fn node(&self, level: u32, _: u64) -> Option<Hash> {
        (0..level).try_fold([7; 32], |hash, _| Some(node_hash(&hash, &hash)))
    }
}

proptest! {
    #[test]
    fn proofs_of_huge_trees_verify(index: u64, size: u64, old: u64) {
        let size = size.max(1);
        let (index, old) = (index % size, old % size);
        let root = tree_root(&Huge, size).unwrap();
        let proof = inclusion_proof(&Huge, index, size).unwrap();
        prop_assert_eq!(verify_inclusion(&[7; 32], index, size, &proof, &root), Ok(()));
        let old_root = tree_root(&Huge, old).unwrap();
        let proof = consistency_proof(&Huge, old, size).unwrap();
        prop_assert_eq!(verify_consistency(old, &old_root, size, &root, &proof), Ok(()));
    }

    #[test]
    fn random_proofs_never_panic_and_never_verify(
        numbers: [u64; 2], proof in prop::collection::vec(any::<[u8; 32]>(), 0..70), hashes: [[u8; 32]; 2],
    ) {
        let [index, size] = numbers;
        prop_assert!(verify_inclusion(&hashes[0], index, size, &proof, &hashes[1]).is_err());
        prop_assert!(verify_consistency(index, &hashes[0], size, &hashes[1], &proof).is_err());
    }
}

#[test]
fn the_largest_trees_do_not_overflow() {
    for size in [u64::MAX, u64::MAX - 1, 1 << 63, (1 << 63) + 1] {
        let root = tree_root(&Huge, size).unwrap();
        for index in [0, 1, size / 2, size - 1] {
            let proof = inclusion_proof(&Huge, index, size).unwrap();
            assert_eq!(verify_inclusion(&[7; 32], index, size, &proof, &root), Ok(()));
            let old_root = tree_root(&Huge, index).unwrap();
            let proof = consistency_proof(&Huge, index, size).unwrap();
            assert_eq!(verify_consistency(index, &old_root, size, &root, &proof), Ok(()));
        }
    }
}
