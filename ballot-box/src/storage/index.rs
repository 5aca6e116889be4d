//! The index: what can be rebuilt from the journal, in sled
//! (specs/06-ledger.md §8.4).
//!
//! | key | value |
//! |---|---|
//! | `e` ‖ index, u64 | the entry's position in the journal: offset, u64 ‖ length, u32 |
//! | `c` ‖ credential | its ballot that counts: sequence, u32 ‖ style, u32 ‖ index, u64 |
//! | `s` | summary: size, u64 ‖ root ‖ (counted, u64 ‖ length, u32 ‖ sums)* |

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use journal::Position;
use sled::Batch;

use super::{Latest, StorageError, Summary};

/// How long an index may stay locked before somebody else is using it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Most bytes of the index that are kept in memory.
const CACHE: u64 = 32 << 20;

/// Keys of changes that belong together.
#[derive(Default)]
pub(super) struct Changes(Batch);

impl Changes {
    pub(super) fn place(&mut self, index: u64, position: Position) {
        let value = [&position.offset.to_be_bytes()[..], &position.length.to_be_bytes()].concat();
        self.0.insert(entry_key(index).as_slice(), value);
    }

    pub(super) fn latest(&mut self, credential: &[u8; 32], latest: Latest) {
        let Latest {
            sequence,
            style,
            index,
        } = latest;
        let value = [
            &sequence.to_be_bytes()[..],
            &style.to_be_bytes(),
            &index.to_be_bytes(),
        ]
        .concat();
        self.0.insert(credential_key(credential), value);
    }

    pub(super) fn summary(&mut self, summary: &Summary) {
        let mut value = summary.size.to_be_bytes().to_vec();
        value.extend_from_slice(&summary.root);
        for (counted, sums) in &summary.contests {
            value.extend_from_slice(&counted.to_be_bytes());
            value.extend_from_slice(&(sums.len() as u32).to_be_bytes());
            value.extend_from_slice(sums);
        }
        self.0.insert(b"s", value);
    }
}

/// The open index.
#[derive(Clone)]
pub(super) struct Index {
    db: sled::Db,
    path: PathBuf,
}

impl Index {
    /// Opens the index; one that does not open is deleted and made again.
    pub(super) fn open(path: &Path) -> Result<Self, StorageError> {
        let db = match open_unlocked(path) {
            Err(sled::Error::Corruption { .. } | sled::Error::Unsupported(_)) => {
                remove(path)?;
                open_unlocked(path)
            }
            opened => opened,
        };
        let db = db.map_err(|error| match is_locked(&error) {
            true => StorageError::InUse(path.to_owned()),
            false => fault(path)(error),
        })?;
        let path = path.to_owned();
        Ok(Self { db, path })
    }

    /// Deletes the index and opens an empty one.
    pub(super) fn forget(self) -> Result<Self, StorageError> {
        let Self { db, path } = self;
        drop(db);
        remove(&path)?;
        Self::open(&path)
    }

    /// What was remembered; `None` where nothing was, or nothing readable.
    pub(super) fn recall(&self) -> Result<Option<Summary>, StorageError> {
        let value = self.db.get(b"s").map_err(fault(&self.path))?;
        Ok(value.and_then(|value| parse_summary(&value)))
    }

    /// The ballot of a credential that counts.
    pub(super) fn latest(&self, credential: &[u8; 32]) -> Result<Option<Latest>, StorageError> {
        let value = self
            .db
            .get(credential_key(credential))
            .map_err(fault(&self.path))?;
        Ok(value.and_then(|value| parse_latest(&value)))
    }

    /// Applies changes, all or none.
    pub(super) fn apply(&self, changes: Changes) -> Result<(), StorageError> {
        self.db.apply_batch(changes.0).map_err(fault(&self.path))
    }

    /// The positions of a range of entries.
    pub(super) fn positions(&self, range: Range<u64>) -> Result<Vec<Position>, StorageError> {
        let mut positions = Vec::new();
        for pair in self.db.range(entry_key(range.start)..entry_key(range.end)) {
            let (_, value) = pair.map_err(fault(&self.path))?;
            positions.extend(parse_position(&value));
        }
        if positions.len() as u64 == range.end.saturating_sub(range.start) {
            Ok(positions)
        } else {
            Err(StorageError::NoEntries(range))
        }
    }
}

/// Opens the database. A server of this process that has just stopped lets
/// go of it a moment later.
fn open_unlocked(path: &Path) -> Result<sled::Db, sled::Error> {
    let begun = Instant::now();
    loop {
        match sled::Config::new().path(path).cache_capacity(CACHE).open() {
            Err(error) if is_locked(&error) && begun.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
            }
            opened => return opened,
        }
    }
}

/// sled has no error of its own for a lock that somebody holds.
fn is_locked(error: &sled::Error) -> bool {
    matches!(error, sled::Error::Io(error) if error.to_string().contains("could not acquire lock"))
}

fn fault(path: &Path) -> impl FnOnce(sled::Error) -> StorageError + '_ {
    |source| StorageError::Index {
        path: path.to_owned(),
        source,
    }
}

fn remove(path: &Path) -> Result<(), StorageError> {
    std::fs::remove_dir_all(path).map_err(|error| fault(path)(error.into()))
}

fn entry_key(index: u64) -> [u8; 9] {
    let mut key = [b'e'; 9];
    key[1..].copy_from_slice(&index.to_be_bytes());
    key
}

fn parse_position(value: &[u8]) -> Option<Position> {
    let (offset, length) = value.split_first_chunk::<8>()?;
    Some(Position {
        offset: u64::from_be_bytes(*offset),
        length: u32::from_be_bytes(length.try_into().ok()?),
    })
}

fn credential_key(credential: &[u8; 32]) -> Vec<u8> {
    [b"c", credential.as_slice()].concat()
}

fn parse_latest(value: &[u8]) -> Option<Latest> {
    let (sequence, rest) = value.split_first_chunk::<4>()?;
    let (style, index) = rest.split_first_chunk::<4>()?;
    Some(Latest {
        sequence: u32::from_be_bytes(*sequence),
        style: u32::from_be_bytes(*style),
        index: u64::from_be_bytes(index.try_into().ok()?),
    })
}

fn parse_summary(value: &[u8]) -> Option<Summary> {
    let (size, rest) = value.split_first_chunk::<8>()?;
    let (root, mut rest) = rest.split_first_chunk::<32>()?;
    let mut contests = Vec::new();
    while !rest.is_empty() {
        let (counted, after) = rest.split_first_chunk::<8>()?;
        let (length, after) = after.split_first_chunk::<4>()?;
        let (sums, after) = after.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        contests.push((u64::from_be_bytes(*counted), sums.to_vec()));
        rest = after;
    }
    Some(Summary {
        size: u64::from_be_bytes(*size),
        root: *root,
        contests,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn summaries_are_read_back(size: u64, root: [u8; 32], contests: Vec<(u64, Vec<u8>)>) {
            let folder = tempfile::tempdir().unwrap();
            let index = Index::open(folder.path()).unwrap();
            let summary = Summary { size, root, contests };
            let mut changes = Changes::default();
            changes.summary(&summary);
            index.apply(changes).unwrap();
            prop_assert_eq!(index.recall().unwrap().unwrap(), summary);
        }

        #[test]
        fn random_bytes_never_panic(bytes: Vec<u8>) {
            parse_summary(&bytes);
            parse_latest(&bytes);
            parse_position(&bytes);
        }
    }

    #[test]
    fn an_index_in_use_is_waited_for_but_not_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let first = Index::open(folder.path()).unwrap();
        let refused = Index::open(folder.path()).err().unwrap();
        assert!(matches!(refused, StorageError::InUse(_)), "{refused}");
        std::thread::scope(|scope| {
            scope.spawn(move || {
                std::thread::sleep(Duration::from_millis(200));
                drop(first);
            });
            assert!(Index::open(folder.path()).is_ok());
        });
    }
}
