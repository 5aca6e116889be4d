//! A store in memory that can be told to fail: for tests.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard};

use super::{Entries, Latest, Replay, Storage, StorageError, Summary};

/// What the store does at its next commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing is written, and an error comes back.
    Fails,
    /// The batch is written, and an error comes back all the same.
    FailsButPersists,
}

#[derive(Default)]
struct Kept {
    batches: Vec<(Vec<u8>, Vec<Vec<u8>>)>,
    remembered: Option<Summary>,
    latest: HashMap<[u8; 32], Latest>,
    fault: Option<Fault>,
}

/// The store; clones are the same store, as after a restart.
#[derive(Clone, Default)]
pub(crate) struct Memory(Arc<Mutex<Kept>>);

impl Memory {
    pub(crate) fn fail_next(&self, fault: Fault) {
        self.kept().fault = Some(fault);
    }

    /// Opens the store again, as a start does.
    pub(crate) fn open(&self, replay: &mut dyn Replay) -> Result<Self, StorageError> {
        match self.replay(replay) {
            Err(StorageError::OtherMemory) => {
                self.forget();
                self.replay(replay)?;
            }
            done => done?,
        }
        Ok(self.clone())
    }

    fn replay(&self, replay: &mut dyn Replay) -> Result<(), StorageError> {
        let kept = self.kept();
        replay.begin(kept.remembered.clone());
        let mut size = 0;
        for (note, entries) in &kept.batches {
            let bytes: Vec<&[u8]> = entries.iter().map(Vec::as_slice).collect();
            replay.batch(note, &bytes)?;
            size += entries.len() as u64;
        }
        match &kept.remembered {
            Some(summary) if summary.size > size => Err(StorageError::RolledBack {
                found: size,
                known: summary.size,
            }),
            _ => Ok(()),
        }
    }

    /// Loses the newest batch, as a restored copy does.
    pub(crate) fn roll_back(&self) {
        self.kept().batches.pop();
    }

    /// Forgets what can be made again.
    pub(crate) fn forget(&self) {
        let mut kept = self.kept();
        kept.remembered = None;
        kept.latest.clear();
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().expect("no holder panics")
    }
}

impl Storage for Memory {
    fn commit(&mut self, note: &str, entries: &[Vec<u8>]) -> Result<(), StorageError> {
        let mut kept = self.kept();
        let fault = kept.fault.take();
        if fault != Some(Fault::Fails) {
            kept.batches.push((note.as_bytes().to_vec(), entries.to_vec()));
        }
        fault.map_or(Ok(()), |_| Err(StorageError::Asked))
    }

    fn remember(&mut self, summary: &Summary, latest: &[([u8; 32], Latest)]) -> Result<(), StorageError> {
        let mut kept = self.kept();
        kept.latest.extend(latest.iter().copied());
        kept.remembered = Some(summary.clone());
        Ok(())
    }

    fn entries(&self) -> Arc<dyn Entries> {
        Arc::new(self.clone())
    }
}

impl Entries for Memory {
    fn read(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, StorageError> {
        let kept = self.kept();
        let all = kept.batches.iter().flat_map(|batch| &batch.1);
        let entries: Vec<_> = all
            .skip(range.start as usize)
            .take((range.end - range.start) as usize)
            .cloned()
            .collect();
        if entries.len() as u64 == range.end - range.start {
            Ok(entries)
        } else {
            Err(StorageError::NoEntries(range))
        }
    }

    fn latest(&self, credential: &[u8; 32]) -> Result<Option<Latest>, StorageError> {
        Ok(self.kept().latest.get(credential).copied())
    }
}
