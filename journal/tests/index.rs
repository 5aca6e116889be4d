//! The index beside a journal: kept, made again when damaged, one owner.

use std::fs;
use std::path::Path;
use std::time::Duration;

use journal::{Index, IndexError};
use redb::TableDefinition;

const TABLE: TableDefinition<u64, u64> = TableDefinition::new("table");

fn put(index: &Index, key: u64, value: u64) {
    let written = index.write(|changes| {
        changes.open_table(TABLE)?.insert(key, value)?;
        Ok(())
    });
    written.unwrap();
}

/// The value of a key; `None` where the index is new.
fn get(index: &Index, key: u64) -> Option<u64> {
    put(index, u64::MAX, 0);
    let read = index.read(|index| Ok(index.open_table(TABLE)?.get(key)?.map(|value| value.value())));
    read.unwrap()
}

fn open(folder: &Path) -> Index {
    Index::open(folder).unwrap()
}

#[test]
fn what_was_written_is_there_again_until_it_is_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index");
    put(&open(&path), 1, 2);
    let index = open(&path);
    assert_eq!(get(&index, 1), Some(2));
    assert_eq!(get(&index.forget().unwrap(), 1), None);
}

#[test]
fn a_write_that_fails_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let index = open(folder.path());
    put(&index, 1, 2);
    let failed = index.write(|changes| {
        changes.open_table(TABLE)?.insert(1, 3)?;
        Err(redb::Error::RepairAborted)
    });
    assert!(matches!(failed, Err(IndexError::Fault { .. })));
    assert_eq!(get(&index, 1), Some(2));
}

/// Whether an index ever held these values, which are written one by one, round by round.
fn is_a_moment(values: &[u64]) -> bool {
    let rounds: Vec<u64> = values.iter().map(|value| value / 1_000).collect();
    let newest = rounds.first().copied().unwrap_or(0);
    let split = rounds.iter().take_while(|&&round| round == newest).count();
    let keys = values.iter().map(|value| value % 1_000);
    rounds[split..].iter().all(|&round| round + 1 == newest) && keys.eq(0..values.len() as u64)
}

/// What a process has written outlives it, and what the power has taken is
/// noticed: nothing wrong is ever read.
#[test]
fn a_copy_taken_at_any_time_is_whole_or_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let (path, other) = (folder.path().join("index"), folder.path().join("other"));
    let index = open(&path);
    for round in 0..20 {
        for key in 0..200 {
            put(&index, key, round * 1_000 + key);
        }
        let mut bytes = fs::read(path.join("redb")).unwrap();
        let damage = [
            None,
            Some(0),
            Some(9),
            Some(bytes.len() / 2),
            Some(bytes.len() - 1),
        ];
        for cut in damage {
            if let Some(cut) = cut {
                bytes[..].get_mut(cut..).unwrap().fill(0);
            }
            fs::create_dir_all(&other).unwrap();
            fs::write(other.join("redb"), &bytes).unwrap();
            let copy = open(&other);
            let found: Vec<_> = (0..200).map_while(|key| get(&copy, key)).collect();
            assert!(cut.is_some() || found.len() == 200);
            assert!(is_a_moment(&found), "{found:?}");
            drop(copy);
            bytes = fs::read(path.join("redb")).unwrap();
        }
    }
}

#[test]
fn what_is_no_index_is_made_again() {
    let folder = tempfile::tempdir().unwrap();
    for bytes in [&b""[..], b"no database", &[7; 100_000]] {
        fs::write(folder.path().join("redb"), bytes).unwrap();
        assert_eq!(get(&open(folder.path()), 1), None);
    }
}

#[test]
fn an_index_in_use_is_waited_for_but_not_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path());
    let refused = Index::open(folder.path()).err().unwrap();
    assert!(matches!(refused, IndexError::InUse(_)), "{refused}");
    std::thread::scope(|scope| {
        scope.spawn(move || {
            std::thread::sleep(Duration::from_millis(200));
            drop(first);
        });
        assert!(Index::open(folder.path()).is_ok());
    });
}
