//! The index: what can be made again from the journal (specs/06-ledger.md §8.4).
//!
//! | table | key | value |
//! |---|---|---|
//! | `places` | an entry's index | its position in the journal: offset, length |
//! | `latest` | credential | its ballot that counts: sequence, style, index |
//! | `summary` | | size, u64 ‖ root ‖ (counted, u64 ‖ length, u32 ‖ sums)* |

use std::ops::Range;
use std::path::Path;

use journal::Position;
use redb::{ReadTransaction, TableDefinition};

use super::{Latest, StorageError, Summary};

const PLACES: TableDefinition<u64, (u64, u32)> = TableDefinition::new("places");
const LATEST: TableDefinition<&[u8; 32], (u32, u32, u64)> = TableDefinition::new("latest");
const SUMMARY: TableDefinition<(), &[u8]> = TableDefinition::new("summary");

/// What changes together.
#[derive(Default)]
pub(super) struct Changes<'a> {
    /// Where entries lie, from this index on.
    pub(super) places: (u64, &'a [Position]),
    /// The ballots that count now.
    pub(super) latest: &'a [([u8; 32], Latest)],
    /// What all entries add up to.
    pub(super) summary: Option<&'a Summary>,
}

/// The open index.
pub(super) struct Index(journal::Index);

impl Index {
    /// Opens the index; one that is damaged is made again.
    pub(super) fn open(path: &Path) -> Result<Self, StorageError> {
        Self::with_tables(journal::Index::open(path)?)
    }

    /// Deletes the index and opens an empty one.
    pub(super) fn forget(self) -> Result<Self, StorageError> {
        Self::with_tables(self.0.forget()?)
    }

    fn with_tables(index: journal::Index) -> Result<Self, StorageError> {
        index.write(|changes| {
            changes.open_table(PLACES)?;
            changes.open_table(LATEST)?;
            changes.open_table(SUMMARY)?;
            Ok(())
        })?;
        Ok(Self(index))
    }

    /// What was remembered; `None` where nothing was, or nothing readable.
    pub(super) fn recall(&self) -> Result<Option<Summary>, StorageError> {
        let read = |index: &ReadTransaction| {
            let summary = index.open_table(SUMMARY)?.get(())?;
            Ok(summary.and_then(|summary| parse_summary(summary.value())))
        };
        Ok(self.0.read(read)?)
    }

    /// The ballot of a credential that counts.
    pub(super) fn latest(&self, credential: &[u8; 32]) -> Result<Option<Latest>, StorageError> {
        let read = |index: &ReadTransaction| {
            let latest = index.open_table(LATEST)?.get(credential)?;
            Ok(latest.map(|latest| {
                let (sequence, style, index) = latest.value();
                Latest {
                    sequence,
                    style,
                    index,
                }
            }))
        };
        Ok(self.0.read(read)?)
    }

    /// Applies changes, all or none.
    pub(super) fn apply(&self, changes: &Changes<'_>) -> Result<(), StorageError> {
        let (first, positions) = changes.places;
        Ok(self.0.write(|index| {
            let mut places = index.open_table(PLACES)?;
            for (number, position) in (first..).zip(positions) {
                places.insert(number, (position.offset, position.length))?;
            }
            let mut table = index.open_table(LATEST)?;
            for (credential, latest) in changes.latest {
                table.insert(credential, (latest.sequence, latest.style, latest.index))?;
            }
            if let Some(summary) = changes.summary {
                index.open_table(SUMMARY)?.insert((), &*summary_bytes(summary))?;
            }
            Ok(())
        })?)
    }

    /// The positions of a range of entries.
    pub(super) fn positions(&self, range: Range<u64>) -> Result<Vec<Position>, StorageError> {
        let read = |index: &ReadTransaction| {
            let mut positions = Vec::new();
            for place in index.open_table(PLACES)?.range(range.clone())? {
                let (offset, length) = place?.1.value();
                positions.push(Position { offset, length });
            }
            Ok(positions)
        };
        let positions = self.0.read(read)?;
        if positions.len() as u64 == range.end.saturating_sub(range.start) {
            Ok(positions)
        } else {
            Err(StorageError::NoEntries(range))
        }
    }
}

fn summary_bytes(summary: &Summary) -> Vec<u8> {
    let mut bytes = summary.size.to_be_bytes().to_vec();
    bytes.extend_from_slice(&summary.root);
    for (counted, sums) in &summary.contests {
        bytes.extend_from_slice(&counted.to_be_bytes());
        bytes.extend_from_slice(&(sums.len() as u32).to_be_bytes());
        bytes.extend_from_slice(sums);
    }
    bytes
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
            index.apply(&Changes { summary: Some(&summary), ..Changes::default() }).unwrap();
            prop_assert_eq!(index.recall().unwrap().unwrap(), summary);
        }

        #[test]
        fn random_bytes_never_panic(bytes: Vec<u8>) {
            parse_summary(&bytes);
        }
    }
}
