use alloc::string::ToString;

use proptest::prelude::*;

use super::*;

fn hashes(level: u32, number: u64, width: u16) -> TilePlace {
    TilePlace::Hashes { level, number, width }
}

#[test]
fn paths_are_those_of_the_specification() {
    let entries = |number, width| TilePlace::Entries { number, width };
    for (path, place) in [
        ("tile/0/005", hashes(0, 5, 256)),
        ("tile/0/x001/x234/067", hashes(0, 1_234_067, 256)),
        ("tile/0/x001/234.p/12", hashes(0, 1234, 12)),
        ("tile/1/000.p/1", hashes(1, 0, 1)),
        ("tile/63/999.p/255", hashes(63, 999, 255)),
        ("tile/entries/000", entries(0, 256)),
        ("tile/entries/x001/000.p/7", entries(1000, 7)),
    ] {
        assert_eq!(TilePlace::parse(path), Ok(place), "{path}");
        assert_eq!(place.to_string(), path);
        assert_eq!(
            (place.full().width(), place.full().number()),
            (256, place.number())
        );
    }
}

#[test]
fn other_ways_to_write_a_path_are_refused() {
    for path in [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile/0/000/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/x001",
        "tile/0/001/001",
        "tile/0/x001/x001",
        "tile/0/xx01/001",
        "tile/0/x1000/000",
        "tile/0/+01",
        "tile/0/-01",
        "tile/0/00 1",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/257",
        "tile/0/000.p/65537",
        "tile/0/000.p/1/",
        "tile/0/000.p/1.p/1",
        "tile/00/000",
        "tile/64/000",
        "tile/4294967296/000",
        "tile/8/0/000/000",
        "tile//000",
        "tile/data/000",
        "tile/entries/000.P/1",
        "tile/entries/../000",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
    ] {
        assert_eq!(TilePlace::parse(path), Err(InvalidPath), "{path}");
    }
}

proptest! {
    #[test]
    fn a_path_is_read_back(entries: bool, level in 0u32..64, number: u64, shift in 0u32..64, width in 1u16..=256) {
        let number = number >> shift;
        let place = if entries { TilePlace::Entries { number, width } } else { hashes(level, number, width) };
        prop_assert_eq!(TilePlace::parse(&place.to_string()), Ok(place));
    }

    #[test]
    fn what_is_read_is_written_the_same(path in "tile/([0-9]{1,2}|entries)/(x[0-9]{3}/){0,7}[0-9]{1,4}(\\.p/[0-9]{1,3})?") {
        if let Ok(place) = TilePlace::parse(&path) {
            prop_assert_eq!(place.to_string(), path);
        }
    }

    #[test]
    fn random_paths_never_panic(path in "\\PC{0,40}") {
        prop_assert_eq!(TilePlace::parse(&path), Err(InvalidPath));
    }
}

#[test]
fn tiles_hold_the_hashes_of_whole_subtrees() {
    let leaves = leaves(700);
    let levels: Levels = leaves.iter().copied().collect();
    let tile = |level, number, width| levels.tile(level, number, width).map(|bytes| bytes.len());
    assert_eq!(levels.tile(0, 1, 256), Some(leaves[256..512].concat()));
    assert_eq!(levels.tile(0, 2, 188), Some(leaves[512..].concat()));
    assert_eq!(
        levels.tile(1, 0, 2),
        Some([by_definition(&leaves[..256]), by_definition(&leaves[256..512])].concat())
    );
    assert_eq!(tile(0, 2, 189), None);
    assert_eq!(tile(0, 3, 1), None);
    assert_eq!(tile(1, 0, 3), None);
    assert_eq!(tile(2, 0, 1), None);
    assert_eq!(tile(0, 0, 0), None);
    assert_eq!(tile(0, 0, 257), None);
    assert_eq!(tile(u32::MAX, 0, 1), None);
    assert_eq!(tile(0, u64::MAX, 1), None);
}

/// The tiles of a ledger, as a server keeps them.
fn fetch(levels: &Levels, places: &[TilePlace], full: bool) -> Tiles {
    let mut tiles = Tiles::default();
    for place in places {
        let TilePlace::Hashes { level, number, width } = *place else {
            panic!("{place} is not a tile of hashes");
        };
        match levels.tile(level, number, 256) {
            Some(bytes) if full => tiles.add(place.full(), &bytes).unwrap(),
            _ => tiles
                .add(*place, &levels.tile(level, number, width).unwrap())
                .unwrap(),
        }
    }
    tiles
}

#[test]
fn a_ledger_has_the_tiles_that_the_specification_says() {
    let count = |level, size| {
        let places = (0..).map_while(|number| TilePlace::hashes_at(level, number, size));
        places.fold((0, 0), |(full, _), place| match place.width() {
            256 => (full + 1, 0),
            partial => (full, partial),
        })
    };
    assert_eq!(
        [count(0, 70_000), count(1, 70_000), count(2, 70_000)],
        [(273, 112), (1, 17), (0, 1)]
    );
    assert_eq!(
        [count(0, 256), count(1, 256), count(2, 256)],
        [(1, 0), (0, 1), (0, 0)]
    );
    assert_eq!(count(0, 0), (0, 0));
    assert_eq!(TilePlace::hashes_at(7, 0, u64::MAX).unwrap().width(), 255);
    assert_eq!(TilePlace::hashes_at(8, 0, u64::MAX), None);
    assert_eq!(TilePlace::hashes_at(u32::MAX, 0, u64::MAX), None);
    assert_eq!(TilePlace::entries_at(u64::MAX, u64::MAX), None);
    assert_eq!(
        TilePlace::entries_at(0, 7),
        Some(TilePlace::Entries { number: 0, width: 7 })
    );
}

#[test]
fn a_plan_names_few_tiles_and_only_those_that_exist() {
    assert_eq!(
        tiles_for_inclusion(512, 700),
        Some(Vec::from([hashes(0, 2, 188), hashes(1, 0, 2)]))
    );
    assert_eq!(tiles_for_root(0), []);
    assert_eq!(tiles_for_inclusion(0, 1), Some(Vec::new()));
    assert_eq!(tiles_for_inclusion(1, 1), None);
    assert_eq!(tiles_for_consistency(2, 1), None);
    assert_eq!(tiles_for_consistency(0, 70_000), Some(Vec::new()));
    let many = tiles_for_inclusion(1 << 39, 1 << 40).unwrap();
    assert!(many.len() <= 6, "{many:?}");
    assert!(tiles_for_inclusion(u64::MAX - 1, u64::MAX).is_some());
    assert!(tiles_for_consistency(u64::MAX - 1, u64::MAX).is_some());
}

#[test]
fn a_tile_of_another_length_or_kind_is_refused() {
    let mut tiles = Tiles::default();
    let short = tiles.add(hashes(0, 0, 2), &[0; 63]);
    assert_eq!(
        short,
        Err(InvalidTile::Length {
            expected: 64,
            found: 63
        })
    );
    assert!(tiles.add(hashes(0, 0, 2), &[0; 8192]).is_err());
    assert!(tiles.add(hashes(0, 0, 256), &[0; 64]).is_err());
    let entries = TilePlace::Entries { number: 0, width: 1 };
    assert_eq!(tiles.add(entries, &[0; 32]), Err(InvalidTile::Entries));
    assert_eq!(tiles, Tiles::default());
    tiles.add(hashes(0, 0, 3), &[3; 96]).unwrap();
    tiles.add(hashes(0, 0, 2), &[2; 64]).unwrap();
    assert_eq!(tiles.node(0, 2), Some([3; 32]));
    assert_eq!(tiles.node(1, 0), Some(node_hash(&[3; 32], &[3; 32])));
    assert_eq!(tiles.node(1, 1), None);
    assert_eq!(tiles.node(0, u64::MAX), None);
    assert_eq!(tiles.node(7, u64::MAX), None);
}

fn long_ledger() -> &'static Levels {
    static LEVELS: std::sync::OnceLock<Levels> = std::sync::OnceLock::new();
    LEVELS.get_or_init(|| leaves(70_000).into_iter().collect())
}

proptest! {
    #[test]
    fn a_reader_makes_every_proof_from_the_planned_tiles(
        size in 1u64..=70_000, small in 1u64..=70_000, index: prop::sample::Index, full: bool,
    ) {
        let levels = long_ledger();
        let size = size.min(small);
        let index = index.index(size as usize) as u64;
        let root = tree_root(levels, size).unwrap();

        let tiles = fetch(levels, &tiles_for_root(size), full);
        prop_assert_eq!(tree_root(&tiles, size), Some(root));

        let tiles = fetch(levels, &tiles_for_inclusion(index, size).unwrap(), full);
        let proof = inclusion_proof(&tiles, index, size).unwrap();
        prop_assert_eq!(&proof, &inclusion_proof(levels, index, size).unwrap());
        let leaf = levels.node(0, index).unwrap();
        prop_assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()));

        let tiles = fetch(levels, &tiles_for_consistency(index, size).unwrap(), full);
        let proof = consistency_proof(&tiles, index, size).unwrap();
        prop_assert_eq!(&proof, &consistency_proof(levels, index, size).unwrap());
        let old = tree_root(levels, index).unwrap();
        prop_assert_eq!(verify_consistency(index, &old, size, &root, &proof), Ok(()));
    }

    #[test]
    fn e5_a_forged_tile_makes_no_proof_that_verifies(size in 2u64..=3_000, index: prop::sample::Index, at: prop::sample::Index) {
        let levels = long_ledger();
        let index = index.index(size as usize) as u64;
        let (leaf, root) = (levels.node(0, index).unwrap(), tree_root(levels, size).unwrap());
        let mut forged = Tiles::default();
        for place in tiles_for_inclusion(index, size).unwrap() {
            let TilePlace::Hashes { level, number, width } = place else { unreachable!() };
            let mut bytes = levels.tile(level, number, width).unwrap();
            let at = at.index(bytes.len());
            bytes[at] ^= 1;
            forged.add(place, &bytes).unwrap();
        }
        let proof = inclusion_proof(&forged, index, size).unwrap();
        let honest = inclusion_proof(levels, index, size).unwrap();
        let verified = verify_inclusion(&leaf, index, size, &proof, &root);
        prop_assert_eq!(verified.is_ok(), proof == honest);
    }
}
