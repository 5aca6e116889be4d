//! Independent implementations: `ct-merkle`, `tlog_tiles` and `signed_note`
//! verify what we make, and we verify what they make.

use alloc::format;
use alloc::string::{String, ToString};
use std::boxed::Box;

use base64ct::{Base64, Encoding};
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use signed_note::{Note, Signer, StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::{Tile, TileHashReader, TileReader};

use super::*;

const MOST: u64 = 70;

fn entry(number: u64) -> [u8; 8] {
    number.to_be_bytes()
}

fn chunks(bytes: &[u8]) -> Vec<Hash> {
    bytes.as_chunks::<32>().0.to_vec()
}

#[test]
fn ct_merkle_makes_the_same_proofs_and_takes_ours() {
    let mut theirs = MemoryBackedTree::<Sha256, [u8; 8]>::new();
    let mut ours = Levels::default();
    let mut roots = Vec::new();
    for size in 1..=MOST {
        theirs.push(entry(size - 1));
        ours.push(leaf_hash(&entry(size - 1)));
        let root = RootHash::<Sha256>::new(ours.root().into(), size);
        assert!(theirs.root() == root, "{size}");
        for index in 0..size {
            let proof = inclusion_proof(&ours, index, size).unwrap();
            let made = theirs.prove_inclusion(index as usize);
            assert_eq!(chunks(made.as_bytes()), proof, "{index} of {size}");
            let taken = InclusionProof::try_from_bytes(proof.concat()).unwrap();
            root.verify_inclusion(&entry(index), index, &taken).unwrap();
        }
        for old in 1..size {
            let proof = consistency_proof(&ours, old, size).unwrap();
            let made = theirs.prove_consistency((size - old) as usize);
            assert_eq!(chunks(made.as_bytes()), proof, "{old} to {size}");
            let taken = ConsistencyProof::try_from_bytes(proof.concat()).unwrap();
            root.verify_consistency(&roots[old as usize - 1], &taken).unwrap();
        }
        roots.push(root);
    }
}

/// Our tiles, for `tlog_tiles` to read. It prints the tile height, C2SP does not.
struct Served<'a>(&'a Levels);

impl TileReader for Served<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, tlog_tiles::Error> {
        let read = |tile: &Tile| {
            let path = tile.path().replace("tile/8/", "tile/");
            match TilePlace::parse(&path).unwrap() {
                TilePlace::Hashes { level, number, width } => self.0.tile(level, number, width).unwrap(),
                TilePlace::Entries { .. } => unreachable!("a tile of hashes"),
            }
        };
        Ok(tiles.iter().map(read).collect())
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

fn their(hashes: &[Hash]) -> Vec<tlog_tiles::Hash> {
    hashes.iter().map(|hash| tlog_tiles::Hash(*hash)).collect()
}

#[test]
fn tlog_tiles_reads_our_tiles_and_makes_the_same_proofs() {
    let levels: Levels = leaves(70_000).into_iter().collect();
    for size in [1, 2, 255, 256, 257, 511, 512, 700, 65_535, 65_536, 65_537, 70_000] {
        let root = tree_root(&levels, size).unwrap();
        let served = Served(&levels);
        // It checks every tile against the root before it believes it.
        let reader = TileHashReader::new(size, tlog_tiles::Hash(root), &served);
        for index in [0, 1, size / 3, size / 2, size - 1] {
            let index = index.min(size - 1);
            let leaf = levels.node(0, index).unwrap();
            let made = tlog_tiles::prove_record(size, index, &reader).unwrap();
            let proof = inclusion_proof(&levels, index, size).unwrap();
            assert!(made == their(&proof), "{index} of {size}");
            let taken = tlog_tiles::check_record(
                &their(&proof),
                size,
                tlog_tiles::Hash(root),
                index,
                tlog_tiles::Hash(leaf),
            );
            assert!(taken.is_ok());
        }
        for old in [1, size / 3, size / 2, size - 1] {
            let old = old.clamp(1, size);
            let old_root = tlog_tiles::Hash(tree_root(&levels, old).unwrap());
            let made = tlog_tiles::prove_tree(size, old, &reader).unwrap();
            let proof = consistency_proof(&levels, old, size).unwrap();
            assert!(made == their(&proof), "{old} to {size}");
            let taken = tlog_tiles::check_tree(&their(&proof), size, tlog_tiles::Hash(root), old, old_root);
            assert!(taken.is_ok());
        }
    }
}

#[test]
fn tlog_tiles_publishes_the_tiles_that_we_have() {
    for size in [1, 255, 256, 257, 70_000, 16_777_217] {
        for tile in Tile::new_tiles(8, 0, size) {
            let place = TilePlace::parse(&tile.path().replace("tile/8/", "tile/")).unwrap();
            let (level, number) = (u32::from(tile.level()), tile.level_index());
            assert_eq!(TilePlace::hashes_at(level, number, size), Some(place));
            if level == 0 {
                let entries = TilePlace::entries_at(number, size).unwrap().to_string();
                let mut data = tile;
                data.set_is_data();
                assert_eq!(data.path().replace("tile/8/data/", "tile/entries/"), entries);
            }
        }
    }
}

proptest! {
    #[test]
    fn tlog_tiles_writes_paths_as_we_do(level in 0u8..64, number in 0u64..1 << 62, shift in 0u32..62, width in 1u16..=256) {
        let number = number >> shift;
        let theirs = Tile::new(8, level, number, width.into(), false).path();
        let ours = TilePlace::Hashes { level: level.into(), number, width };
        prop_assert_eq!(theirs.replace("tile/8/", "tile/"), ours.to_string());
    }

    #[test]
    fn notes_go_both_ways(seed: [u8; 32], name in "[a-z./0-9é-]{1,30}", text in "[a-z \n]{0,60}", flip: prop::sample::Index) {
        let text = format!("{text}\n");
        let signer = SignerKey::ed25519(&name, &SigningKey::from_bytes(&seed)).unwrap();
        let vkey = signer.verifier().to_string();
        prop_assert_eq!(VerifierKey::parse(&vkey).unwrap(), signer.verifier());

        // Ours, to them.
        let list = || VerifierList::new(Vec::from([
            Box::new(StandardVerifier::new(&vkey).unwrap()) as Box<dyn signed_note::Verifier>
        ]));
        let note = signer.sign(&text);
        let read = Note::from_bytes(note.as_bytes()).unwrap();
        prop_assert_eq!(read.verify(&list()).unwrap().0.len(), 1);
        prop_assert_eq!(read.text(), text.as_bytes());

        // Theirs, to us: the same bytes, for Ed25519 is deterministic.
        let mut theirs = Note::new(text.as_bytes(), &[]).unwrap();
        theirs.add_sigs(&[&their_signer(&name, &vkey, &seed) as &dyn Signer]).unwrap();
        prop_assert_eq!(theirs.to_bytes(), note.as_bytes());
        let read = SignedNote::parse(note.as_bytes()).unwrap();
        prop_assert_eq!(read.verify(&signer.verifier()), Ok(text.as_str()));

        // A flipped bit is refused by both.
        let mut bytes = note.into_bytes();
        let at = flip.index(bytes.len());
        bytes[at] ^= 1;
        let ours = SignedNote::parse(&bytes).and_then(|note| note.verify(&signer.verifier()).map(String::from));
        let theirs = Note::from_bytes(&bytes).and_then(|note| note.verify(&list()).map(drop));
        prop_assert!(ours.is_err());
        prop_assert!(theirs.is_err());
    }

    #[test]
    fn keys_are_parted_alike(vkey in "[a-z+]{0,6}\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{43}=") {
        prop_assert_eq!(VerifierKey::parse(&vkey).is_ok(), StandardVerifier::new(&vkey).is_ok());
    }

    #[test]
    fn checkpoints_are_read_alike(origin in "[a-z./]{1,20}", size: u64, root: [u8; 32]) {
        let checkpoint = Checkpoint { origin, size, root };
        let theirs = tlog_tiles::Checkpoint::from_bytes(checkpoint.text().as_bytes());
        if let Ok(theirs) = theirs {
            prop_assert_eq!(theirs.origin(), checkpoint.origin.as_str());
            prop_assert_eq!((theirs.size(), theirs.hash().0), (checkpoint.size, checkpoint.root));
            prop_assert_eq!(theirs.extension(), "");
            prop_assert_eq!(theirs.to_bytes(), checkpoint.text().into_bytes());
        } else {
            prop_assert!(false, "tlog_tiles refuses {}", checkpoint.text());
        }
    }
}

/// Their signer, from the private form of a key that Go's tools use.
fn their_signer(name: &str, vkey: &str, seed: &[u8; 32]) -> StandardSigner {
    let id = vkey.split('+').nth(1).unwrap();
    let typed = Base64::encode_string(&[&[1], seed.as_slice()].concat());
    StandardSigner::new(&format!("PRIVATE+KEY+{name}+{id}+{typed}")).unwrap()
}
