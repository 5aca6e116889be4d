//! What is derived from a journal, kept on disk so that a start need not make
//! it again: a redb database that is never synced.
//!
//! What a crash leaves:
//! - the process dies: every write that returned, because the system has them;
//! - the power goes off: anything. redb's checksums tell a damaged database
//!   apart when it is opened; it is then deleted, and whoever owns it takes the
//!   journal's records into an empty one. The journal was synced before, so
//!   nothing is lost, and an index is never ahead of its journal.

use std::fs::{self, OpenOptions};
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use redb::backends::FileBackend;
use redb::{
    BackendError, Builder, Database, DatabaseError, ReadTransaction, ReadableDatabase, StorageBackend,
    WriteTransaction,
};

/// The database in the index' folder.
const FILE: &str = "redb";
/// Most bytes of an index that are kept in memory.
const CACHE: usize = 8 << 20;
/// How long an index may stay locked before somebody else is using it: who has
/// just stopped lets go of it a moment later.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why an index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Another process has it open.
    #[error("{} is in use by another process; stop that one first", .0.display())]
    InUse(PathBuf),
    /// The database's error.
    #[error("the index cannot be used (stop, delete {}, start again: it is made anew): {source}", .path.display())]
    Fault {
        /// Its folder.
        path: PathBuf,
        /// The error.
        source: Box<redb::Error>,
    },
}

/// An open index.
pub struct Index {
    database: Database,
    path: PathBuf,
}

impl Index {
    /// Opens the index in a folder, or makes it. One that is damaged is deleted
    /// and made again, empty.
    ///
    /// # Errors
    /// It is in use, or the system's.
    pub fn open(path: &Path) -> Result<Self, IndexError> {
        let database = match open_unlocked(path) {
            Err(error) if is_damage(&error) => {
                remove(path)?;
                open_unlocked(path)
            }
            opened => opened,
        };
        let path = path.to_owned();
        match database {
            Ok(database) => Ok(Self { database, path }),
            Err(DatabaseError::DatabaseAlreadyOpen) => Err(IndexError::InUse(path)),
            Err(error) => Err(fault(&path)(error)),
        }
    }

    /// Deletes the index and opens an empty one.
    ///
    /// # Errors
    /// The system's.
    pub fn forget(self) -> Result<Self, IndexError> {
        let Self { database, path } = self;
        drop(database);
        remove(&path)?;
        Self::open(&path)
    }

    /// Reads what was written before.
    ///
    /// # Errors
    /// The reader's.
    pub fn read<T>(
        &self,
        read: impl FnOnce(&ReadTransaction) -> Result<T, redb::Error>,
    ) -> Result<T, IndexError> {
        let transaction = self.database.begin_read().map_err(fault(&self.path))?;
        read(&transaction).map_err(fault(&self.path))
    }

    /// Writes, all or nothing.
    ///
    /// # Errors
    /// The writer's; nothing is written.
    pub fn write(
        &self,
        write: impl FnOnce(&WriteTransaction) -> Result<(), redb::Error>,
    ) -> Result<(), IndexError> {
        let transaction = self.database.begin_write().map_err(fault(&self.path))?;
        write(&transaction).map_err(fault(&self.path))?;
        transaction.commit().map_err(fault(&self.path))
    }
}

fn open_unlocked(path: &Path) -> Result<Database, DatabaseError> {
    let begun = Instant::now();
    loop {
        match open(path) {
            Err(DatabaseError::DatabaseAlreadyOpen) if begun.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
            }
            opened => return opened,
        }
    }
}

fn open(path: &Path) -> Result<Database, DatabaseError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let file = fs::create_dir_all(path).and_then(|()| options.open(path.join(FILE)));
    let file = file.map_err(redb::StorageError::Io)?;
    let unsynced = Unsynced(FileBackend::new(file)?);
    Builder::new().set_cache_size(CACHE).create_with_backend(unsynced)
}

/// What only a damaged file, or one that is no index, leads to.
fn is_damage(error: &DatabaseError) -> bool {
    use io::ErrorKind::{InvalidData, UnexpectedEof};
    match error {
        DatabaseError::UpgradeRequired(_) | DatabaseError::RepairAborted => true,
        DatabaseError::Storage(redb::StorageError::Corrupted(_)) => true,
        DatabaseError::Storage(redb::StorageError::Io(error)) => {
            matches!(error.kind(), InvalidData | UnexpectedEof)
        }
        _ => false,
    }
}

fn remove(path: &Path) -> Result<(), IndexError> {
    fs::remove_dir_all(path).map_err(|error| fault(path)(redb::Error::Io(error)))
}

fn fault<E: Into<redb::Error>>(path: &Path) -> impl FnOnce(E) -> IndexError + '_ {
    |source| IndexError::Fault {
        path: path.to_owned(),
        source: Box::new(source.into()),
    }
}

/// A file that is written and not synced.
#[derive(Debug)]
struct Unsynced(FileBackend);

impl StorageBackend for Unsynced {
    fn len(&self) -> io::Result<u64> {
        self.0.len()
    }
    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        self.0.read(offset, out)
    }
    fn set_len(&self, length: u64) -> io::Result<()> {
        self.0.set_len(length)
    }
    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }
    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.write(offset, bytes)
    }
    fn close(&self) -> io::Result<()> {
        self.0.close()
    }
    fn try_lock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.0.try_lock_range(start, end)
    }
    fn try_lock_shared_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<bool, BackendError> {
        self.0.try_lock_shared_range(start, end)
    }
    fn unlock_range(&self, start: Bound<u64>, end: Bound<u64>) -> Result<(), BackendError> {
        self.0.unlock_range(start, end)
    }
}
