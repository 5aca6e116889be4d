//! One process, one folder: the journal is the truth, beside it lies an index.
//!
//! Order of durable writes, and what a crash after each leaves:
//! 1. the journal's frame (checkpoint and entries of one batch), synced — before:
//!    nothing, or a torn frame that the next start sets aside, and nobody was
//!    answered; after: the batch;
//! 2. the index, not synced — the next start adds what it lacks.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use journal::{Disk, Journal, Position, Reader, RealDisk, Settings};

use super::index::{Changes, Index};
use super::{Entries, Latest, Replay, Storage, StorageError, Summary};

/// Places that a start gives the index at once.
const PORTION: usize = 65_536;

/// The store of a single ballot box.
pub struct Embedded {
    journal: Journal,
    index: Arc<Index>,
    /// Entries in the index, and where those lie that it lacks.
    size: u64,
    new: Vec<Position>,
}

impl Embedded {
    /// Opens the store in a folder, or makes it. `label` tells ledgers apart.
    ///
    /// # Errors
    /// The store is damaged, rolled back or in use, or `replay` refuses it.
    pub fn open(folder: &Path, label: &[u8], replay: &mut dyn Replay) -> Result<Self, StorageError> {
        Self::open_on(|| Box::new(RealDisk), folder, Settings::new(label), replay)
    }

    /// [`Embedded::open`] on another disk than the real one, or with other
    /// segments, for tests.
    pub(crate) fn open_on(
        disk: impl Fn() -> Box<dyn Disk>,
        folder: &Path,
        journal: Settings,
        replay: &mut dyn Replay,
    ) -> Result<Self, StorageError> {
        let mut index = Index::open(&folder.join("index"))?;
        let opened = match read(disk(), folder, journal.clone(), &index, replay) {
            Err(StorageError::OtherMemory) => {
                index = index.forget()?;
                read(disk(), folder, journal, &index, replay)
            }
            opened => opened,
        };
        let (journal, size) = opened?;
        Ok(Self {
            journal,
            index: Arc::new(index),
            size,
            new: Vec::new(),
        })
    }
}

/// Reads the journal, and gives the index what it lacks; returns the number of
/// entries with it.
fn read(
    disk: Box<dyn Disk>,
    folder: &Path,
    journal: Settings,
    index: &Index,
    replay: &mut dyn Replay,
) -> Result<(Journal, u64), StorageError> {
    let remembered = index.recall()?;
    let known = remembered.as_ref().map_or(0, |summary| summary.size);
    replay.begin(remembered);
    let mut size = 0;
    let mut lacking = Vec::new();
    let each = |group: &[(Position, &[u8])]| {
        let Some(((_, note), entries)) = group.split_first() else {
            let why = "an empty batch".to_owned();
            return Err(StorageError::Entry { index: size, why });
        };
        let bytes: Vec<&[u8]> = entries.iter().map(|entry| entry.1).collect();
        replay.batch(note, &bytes)?;
        size += entries.len() as u64;
        if size > known {
            lacking.extend(entries.iter().map(|entry| entry.0));
        }
        if lacking.len() >= PORTION {
            add(index, size, &mut lacking)?;
        }
        Ok(())
    };
    let journal = Journal::open_on(disk, &folder.join("journal"), journal, each)?;
    add(index, size, &mut lacking)?;
    if size < known {
        return Err(StorageError::RolledBack { found: size, known });
    }
    Ok((journal, size))
}

/// Gives the index the places of the last entries up to `size`.
fn add(index: &Index, size: u64, places: &mut Vec<Position>) -> Result<(), StorageError> {
    let first = size - places.len() as u64;
    let places = std::mem::take(places);
    index.apply(&Changes {
        places: (first, &places),
        ..Changes::default()
    })
}

impl Storage for Embedded {
    fn commit(&mut self, note: &str, entries: &[Vec<u8>]) -> Result<(), StorageError> {
        let group: Vec<&[u8]> = [note.as_bytes()]
            .into_iter()
            .chain(entries.iter().map(Vec::as_slice))
            .collect();
        self.new.extend(self.journal.append(&group)?.into_iter().skip(1));
        Ok(())
    }

    fn remember(&mut self, summary: &Summary, latest: &[([u8; 32], Latest)]) -> Result<(), StorageError> {
        let new = std::mem::take(&mut self.new);
        self.index.apply(&Changes {
            places: (self.size, &new),
            latest,
            summary: Some(summary),
        })?;
        self.size += new.len() as u64;
        Ok(())
    }

    fn entries(&self) -> Arc<dyn Entries> {
        Arc::new(Files {
            reader: self.journal.reader(),
            index: self.index.clone(),
        })
    }
}

struct Files {
    reader: Reader,
    index: Arc<Index>,
}

impl Entries for Files {
    fn read(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, StorageError> {
        let positions = self.index.positions(range)?;
        let read = |position| Ok(self.reader.read(position)?);
        positions.into_iter().map(read).collect()
    }
    fn latest(&self, credential: &[u8; 32]) -> Result<Option<Latest>, StorageError> {
        self.index.latest(credential)
    }
}
