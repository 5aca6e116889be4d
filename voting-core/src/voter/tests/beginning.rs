//! Which files a device asks for, and that it verifies what it got.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::world::*;
use crate::voter::*;

/// Reads with the files of a world; the paths that were asked for.
fn read(world: &World) -> (Beginning, Vec<String>) {
    let mut beginning = Beginning::of(world.checkpoint().as_bytes()).unwrap();
    let mut asked = vec![];
    while let Some(path) = beginning.wanted() {
        beginning.take(&path, &world.file(&path)).unwrap();
        asked.push(path);
    }
    (beginning, asked)
}

#[test]
fn a_device_reads_bundles_up_to_the_opening_the_policy_and_the_tiles_of_a_proof() {
    let mut world = World::witnessed();
    let (short, asked) = read(&world);
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert_eq!(asked[1], "content/witness-policy.txt");
    assert!(short.poll(&world.id(), 0).is_ok());
    assert_eq!(short.styles().collect::<Vec<_>>(), ["north", "south"]);
    // The ledger grows beyond the bundle with the opening.
    for number in 0..600_u32 {
        world.append(number.to_be_bytes().into());
    }
    let (long, asked) = read(&world);
    assert_eq!(asked[..2], ["tile/entries/000", "content/witness-policy.txt"]);
    assert!(
        asked[2..]
            .iter()
            .all(|path| path.starts_with("tile/0/") || path.starts_with("tile/1/"))
    );
    assert_eq!(long.poll(&world.id(), 1).unwrap().style(), 1);
    assert!(long.poll(&[9; 32], 0).is_err(), "another link");
}

#[test]
fn what_was_not_asked_for_is_not_taken_and_what_is_changed_is_not_believed() {
    let world = World::open();
    let mut beginning = Beginning::of(world.checkpoint().as_bytes()).unwrap();
    let path = beginning.wanted().unwrap();
    let bundle = world.file(&path);
    for (other, bytes) in [
        ("tile/0/000", &bundle[..]),
        ("content/x", &bundle),
        ("tile/entries/001", &bundle),
        (&path, b"no bundle"),
        (&path, &bundle[..bundle.len() - 1]),
        (&path, &[0, 1, 7]),
    ] {
        assert!(beginning.take(other, bytes).is_err(), "{other}");
        assert_eq!(beginning.wanted().as_ref(), Some(&path), "nothing changed");
    }
    // Until the record is whole there is no poll.
    assert!(beginning.poll(&world.id(), 0).is_err());
    let mut entries = world.entries.clone();
    *entries.last_mut().unwrap().last_mut().unwrap() ^= 1;
    let changed = crate::ledger::encode_bundle(&entries);
    beginning.take(&path, &changed).unwrap();
    while let Some(path) = beginning.wanted() {
        beginning.take(&path, &world.file(&path)).unwrap();
    }
    assert!(beginning.poll(&world.id(), 0).is_err());
    assert!(matches!(
        Beginning::of(b"no checkpoint"),
        Err(NotWanted::Checkpoint)
    ));
}
