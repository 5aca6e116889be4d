//! What every store must do, run against each of them.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use journal::{Disk, RealDisk};

use super::{Embedded, Fault, Latest, Memory, Replay, Storage, StorageError, Summary};

/// A store that can be opened again and again.
trait Backend {
    fn open(&self, replay: &mut dyn Replay) -> Result<Box<dyn Storage>, StorageError>;
    fn fail_next(&self, fault: Fault);
    /// Loses the newest batch, but not the memory.
    fn roll_back(&self);
    /// Loses the memory.
    fn forget(&self);
}

impl Backend for Memory {
    fn open(&self, replay: &mut dyn Replay) -> Result<Box<dyn Storage>, StorageError> {
        Ok(Box::new(Memory::open(self, replay)?))
    }
    fn fail_next(&self, fault: Fault) {
        Memory::fail_next(self, fault);
    }
    fn roll_back(&self) {
        Memory::roll_back(self);
    }
    fn forget(&self) {
        Memory::forget(self);
    }
}

struct OnDisk {
    folder: tempfile::TempDir,
    fault: Arc<AtomicU8>,
}

impl OnDisk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            fault: Arc::default(),
        }
    }

    fn segment(&self) -> PathBuf {
        self.folder.path().join("journal/00000000000000000000.seg")
    }
}

/// Fails once when it is told to: 1 before the write, 2 after it.
struct FaultyDisk(Arc<AtomicU8>);

impl Disk for FaultyDisk {
    fn write(&mut self, path: &Path, file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
        if self
            .0
            .compare_exchange(1, 0, Ordering::SeqCst, Ordering::SeqCst)
            .is_ok()
        {
            return Err(io::Error::other("as asked"));
        }
        RealDisk.write(path, file, bytes, offset)
    }
    fn sync(&mut self, path: &Path, file: &File) -> io::Result<()> {
        RealDisk.sync(path, file)?;
        if self
            .0
            .compare_exchange(2, 0, Ordering::SeqCst, Ordering::SeqCst)
            .is_ok()
        {
            return Err(io::Error::other("as asked"));
        }
        Ok(())
    }
}

impl Backend for OnDisk {
    fn open(&self, replay: &mut dyn Replay) -> Result<Box<dyn Storage>, StorageError> {
        let disk = || Box::new(FaultyDisk(self.fault.clone())) as Box<dyn Disk>;
        Ok(Box::new(Embedded::open_on(
            disk,
            self.folder.path(),
            journal::Settings::new("test"),
            replay,
        )?))
    }
    fn fail_next(&self, fault: Fault) {
        let fault = if fault == Fault::Fails { 1 } else { 2 };
        self.fault.store(fault, Ordering::SeqCst);
    }
    fn roll_back(&self) {
        let bytes = std::fs::read(self.segment()).unwrap();
        let magic = &bytes[..8];
        let last = bytes.windows(8).rposition(|window| window == magic).unwrap();
        std::fs::write(self.segment(), &bytes[..last]).unwrap();
    }
    fn forget(&self) {
        std::fs::remove_dir_all(self.folder.path().join("index")).unwrap();
    }
}

/// What a start was given.
#[derive(Default)]
struct Seen {
    remembered: Option<Summary>,
    batches: Vec<(Vec<u8>, Vec<Vec<u8>>)>,
    refuse_memory: bool,
}

impl Replay for Seen {
    fn begin(&mut self, remembered: Option<Summary>) {
        self.batches.clear();
        self.remembered = remembered;
    }
    fn batch(&mut self, note: &[u8], entries: &[&[u8]]) -> Result<(), StorageError> {
        if self.refuse_memory && self.remembered.is_some() {
            return Err(StorageError::OtherMemory);
        }
        let entries = entries.iter().map(|entry| entry.to_vec()).collect();
        self.batches.push((note.to_vec(), entries));
        Ok(())
    }
}

fn summary(size: u64) -> Summary {
    Summary {
        size,
        root: [size as u8; 32],
        contests: vec![(size, vec![1; 64]), (0, vec![])],
    }
}

fn entry(index: u64) -> Vec<u8> {
    vec![index as u8; 10 + index as usize]
}

/// Commits and remembers a batch of entries from an index on.
fn add(store: &mut dyn Storage, from: u64, count: u64) -> Result<(), StorageError> {
    let entries: Vec<_> = (from..from + count).map(entry).collect();
    store.commit(&format!("note {from}"), &entries)?;
    let latest = Latest {
        sequence: from as u32,
        style: 1,
        index: from,
    };
    store.remember(&summary(from + count), &[([from as u8; 32], latest)])
}

fn open(backend: &dyn Backend) -> (Box<dyn Storage>, Seen) {
    let mut seen = Seen::default();
    let store = backend.open(&mut seen).unwrap();
    (store, seen)
}

fn both(test: impl Fn(&dyn Backend)) {
    test(&Memory::default());
    test(&OnDisk::new());
}

#[test]
fn batches_come_back_in_order_with_what_was_remembered() {
    both(|backend| {
        let (mut store, seen) = open(backend);
        assert!(seen.batches.is_empty() && seen.remembered.is_none());
        add(&mut *store, 0, 3).unwrap();
        add(&mut *store, 3, 2).unwrap();
        drop(store);
        let (store, seen) = open(backend);
        assert_eq!(seen.batches.len(), 2);
        assert_eq!(seen.batches[1], (b"note 3".to_vec(), vec![entry(3), entry(4)]));
        assert_eq!(seen.remembered.unwrap(), summary(5));
        let entries = store.entries();
        let three = Latest {
            sequence: 3,
            style: 1,
            index: 3,
        };
        assert_eq!(entries.latest(&[3; 32]).unwrap(), Some(three));
        assert_eq!(entries.latest(&[4; 32]).unwrap(), None);
        assert_eq!(entries.read(1..4).unwrap(), [entry(1), entry(2), entry(3)]);
        assert!(matches!(entries.read(4..6), Err(StorageError::NoEntries(_))));
    });
}

#[test]
fn e8_a_failed_commit_leaves_all_or_nothing_of_the_batch() {
    for fault in [Fault::Fails, Fault::FailsButPersists] {
        both(|backend| {
            let (mut store, _) = open(backend);
            add(&mut *store, 0, 2).unwrap();
            backend.fail_next(fault);
            assert!(add(&mut *store, 2, 2).is_err());
            drop(store);
            let (store, seen) = open(backend);
            let persisted = usize::from(fault == Fault::FailsButPersists);
            assert_eq!(seen.batches.len(), 1 + persisted, "{fault:?}");
            assert_eq!(seen.remembered.unwrap(), summary(2));
            assert_eq!(store.entries().read(0..2).unwrap().len(), 2);
        });
    }
}

#[test]
fn a_lost_memory_is_made_again() {
    both(|backend| {
        let (mut store, _) = open(backend);
        add(&mut *store, 0, 4).unwrap();
        drop(store);
        backend.forget();
        let (store, seen) = open(backend);
        assert!(seen.remembered.is_none());
        assert_eq!(seen.batches.len(), 1);
        assert_eq!(store.entries().read(0..4).unwrap().len(), 4);
        assert_eq!(store.entries().latest(&[0; 32]).unwrap(), None);
    });
}

#[test]
fn a_memory_of_another_ledger_is_forgotten() {
    both(|backend| {
        let (mut store, _) = open(backend);
        add(&mut *store, 0, 4).unwrap();
        drop(store);
        let mut seen = Seen {
            refuse_memory: true,
            ..Seen::default()
        };
        let store = backend.open(&mut seen).unwrap();
        assert!(seen.remembered.is_none());
        assert_eq!(seen.batches.len(), 1);
        assert_eq!(store.entries().read(0..4).unwrap().len(), 4);
        assert_eq!(store.entries().latest(&[0; 32]).unwrap(), None);
    });
}

#[test]
fn e2_a_store_that_was_rolled_back_refuses_to_open() {
    both(|backend| {
        let (mut store, _) = open(backend);
        add(&mut *store, 0, 2).unwrap();
        add(&mut *store, 2, 3).unwrap();
        drop(store);
        backend.roll_back();
        let refused = backend.open(&mut Seen::default()).err().unwrap();
        let StorageError::RolledBack { found: 2, known: 5 } = refused else {
            panic!("{refused}");
        };
    });
}
