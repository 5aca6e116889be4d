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
