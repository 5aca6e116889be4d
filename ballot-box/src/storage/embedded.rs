//! One process, one folder: the journal is the truth, sled the index.
//!
//! Order of durable writes, and what a crash after each leaves:
//! 1. the journal's frame (checkpoint and entries of one batch), synced — before:
//!    nothing, or a torn frame that the next start sets aside, and nobody was
//!    answered; after: the batch;
//! 2. the index, not synced — the next start adds what it lacks.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use journal::{Disk, Journal, Position, Reader, RealDisk, Settings};

use super::index::{Changes, Index};
use super::{Entries, Latest, Replay, Storage, StorageError, Summary};

/// The store of a single ballot box.
pub struct Embedded {
    journal: Journal,
    index: Index,
    /// Entries in the journal, and where those lie that the index lacks.
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
        let index = Index::open(&index_path(folder))?;
        match Self::open_with(disk(), folder, journal.clone(), &index, replay) {
            Err(StorageError::OtherMemory) => {
                let index = index.forget()?;
                Self::open_with(disk(), folder, journal, &index, replay)
            }
            opened => opened,
        }
    }

    fn open_with(
        disk: Box<dyn Disk>,
        folder: &Path,
        journal: Settings,
        index: &Index,
        replay: &mut dyn Replay,
    ) -> Result<Self, StorageError> {
        let remembered = index.recall()?;
        let known = remembered.as_ref().map_or(0, |summary| summary.size);
        replay.begin(remembered);
        let mut size = 0;
        let each = |group: &[(Position, &[u8])]| {
            let Some(((_, note), entries)) = group.split_first() else {
                let why = "an empty batch".to_owned();
                return Err(StorageError::Entry { index: size, why });
            };
            let bytes: Vec<&[u8]> = entries.iter().map(|entry| entry.1).collect();
            replay.batch(note, &bytes)?;
            let mut changes = Changes::default();
            for (position, _) in entries {
                changes.place(size, *position);
                size += 1;
            }
            if size > known {
                index.apply(changes)?;
            }
            Ok(())
        };
        let journal = Journal::open_on(disk, &folder.join("journal"), journal, each)?;
        if size < known {
            return Err(StorageError::RolledBack { found: size, known });
        }
        Ok(Self {
            journal,
            index: index.clone(),
            size,
            new: Vec::new(),
        })
    }
}

fn index_path(folder: &Path) -> PathBuf {
    folder.join("index")
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
        let mut changes = Changes::default();
        for position in self.new.drain(..) {
            changes.place(self.size, position);
            self.size += 1;
        }
        for (credential, latest) in latest {
            changes.latest(credential, *latest);
        }
        changes.summary(summary);
        self.index.apply(changes)
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
    index: Index,
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
