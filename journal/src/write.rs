//! The writer: opens, repairs what a crash tore, appends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use crate::disk::{Disk, RealDisk};
use crate::error::{JournalError, at};
use crate::frame;
use crate::read::{Position, Reader, Scan, position, walk};
use crate::segment::{Segment, list};

/// How a journal is kept.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What the journal is for. It is part of every checksum: a file of
    /// another journal is not taken for one of this.
    pub label: Vec<u8>,
    /// A new segment begins once one is this long, in bytes.
    pub segment: u64,
}

impl Settings {
    /// Segments of 64 MiB.
    pub fn new(label: impl Into<Vec<u8>>) -> Self {
        Self {
            label: label.into(),
            segment: 64 << 20,
        }
    }
}

/// An open journal: the only writer of its folder.
pub struct Journal {
    folder: PathBuf,
    settings: Settings,
    disk: Box<dyn Disk>,
    /// The segment that grows, with its first and its next logical offset.
    file: File,
    start: u64,
    end: u64,
    reader: Reader,
    stopped: bool,
    /// Held until the journal is dropped or the process ends.
    _lock: File,
}

impl Journal {
    /// Opens the journal of a folder, or makes it, and hands every group of
    /// records to `each`, in the order in which they were appended.
    ///
    /// # Errors
    /// [`JournalError`], or what `each` returns: then the journal is not opened
    /// and nothing was changed, except that a torn tail may have been moved aside.
    pub fn open<E: From<JournalError>>(
        folder: &Path,
        settings: Settings,
        each: impl FnMut(&[(Position, &[u8])]) -> Result<(), E>,
    ) -> Result<Self, E> {
        Self::open_on(Box::new(RealDisk), folder, settings, each)
    }

    /// [`Journal::open`] on another disk than the real one, for tests.
    ///
    /// # Errors
    /// As [`Journal::open`].
    pub fn open_on<E: From<JournalError>>(
        disk: Box<dyn Disk>,
        folder: &Path,
        settings: Settings,
        mut each: impl FnMut(&[(Position, &[u8])]) -> Result<(), E>,
    ) -> Result<Self, E> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(at(folder))?;
        let lock = lock(folder)?;
        if list(folder)?.is_empty() {
            create(folder, 0)?;
        }
        let torn = |segment: &Segment, found: &Scan| set_aside(folder, segment, found);
        let (segments, end) = walk(folder, &settings.label, &mut each, torn)?;
        let open = |segment: &Segment| {
            let file = File::open(&segment.path).map_err(at(&segment.path))?;
            Ok((segment.start, Arc::new(file)))
        };
        let readable: Vec<_> = segments.iter().map(open).collect::<Result<_, JournalError>>()?;
        let Segment { start, path } = &segments[segments.len() - 1];
        let file = OpenOptions::new().append(true).open(path).map_err(at(path))?;
        // A frame that was written and not synced when the process was killed
        // is whole in the page cache, and was just handed out: make it durable
        // before anybody builds on it.
        file.sync_all().map_err(at(path))?;
        Ok(Self {
            folder: folder.to_owned(),
            settings,
            disk,
            file,
            start: *start,
            end,
            reader: Reader(Arc::new(RwLock::new(readable))),
            stopped: false,
            _lock: lock,
        })
    }

    /// Appends a group of records. When it returns, they are durable, all of
    /// them; when it fails, all or none of them are, and the journal takes
    /// nothing more.
    ///
    /// # Errors
    /// [`JournalError::TooLong`] changes nothing. After any other error the
    /// process has to stop: only opening the journal again tells what is there.
    pub fn append<R: AsRef<[u8]>>(&mut self, records: &[R]) -> Result<Vec<Position>, JournalError> {
        if self.stopped {
            return Err(JournalError::Stopped);
        }
        let (bytes, starts) = frame::frame(&self.settings.label, self.end, records)?;
        let offset = self.end;
        self.stopped = true;
        let path = || Segment::new(&self.folder, self.start).path;
        // A crash here leaves nothing, or a torn frame that the next start moves aside.
        self.disk
            .write(&mut self.file, &bytes)
            .map_err(|error| at(&path())(error))?;
        self.disk.sync(&self.file).map_err(|error| at(&path())(error))?;
        // From here on the group is there, whatever happens.
        self.end += bytes.len() as u64;
        if self.end - self.start >= self.settings.segment {
            self.next_segment()?;
        }
        self.stopped = false;
        let records = records.iter().map(AsRef::as_ref);
        let place = |(start, record)| position(offset, start, record);
        Ok(starts.into_iter().zip(records).map(place).collect())
    }

    /// Reads single records beside this writer.
    pub fn reader(&self) -> Reader {
        self.reader.clone()
    }

    /// Logical length in bytes.
    pub fn length(&self) -> u64 {
        self.end
    }

    /// A crash before the new file's name is durable leaves a full last
    /// segment, which goes on growing; after it, an empty one.
    fn next_segment(&mut self) -> Result<(), JournalError> {
        let segment = create(&self.folder, self.end)?;
        let open = |options: &mut OpenOptions| options.open(&segment.path).map_err(at(&segment.path));
        self.file = open(OpenOptions::new().append(true))?;
        self.start = self.end;
        let readable = Arc::new(open(OpenOptions::new().read(true))?);
        let mut files = self
            .reader
            .0
            .write()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        files.push((segment.start, readable));
        Ok(())
    }
}

/// Takes the folder's lock. It ends with the process, however that ends.
fn lock(folder: &Path) -> Result<File, JournalError> {
    let path = folder.join("lock");
    let mut options = OpenOptions::new();
    let lock = options
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .map_err(at(&path))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(JournalError::Locked(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(at(&path)(error)),
    }
}

/// Makes an empty segment; its name is durable when this returns.
fn create(folder: &Path, start: u64) -> Result<Segment, JournalError> {
    let segment = Segment::new(folder, start);
    let mut options = OpenOptions::new();
    options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&segment.path)
        .map_err(at(&segment.path))?;
    sync_folder(folder)?;
    Ok(segment)
}

fn sync_folder(folder: &Path) -> Result<(), JournalError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(at(folder))
}

/// Moves a torn tail aside: nothing is thrown away.
///
/// A crash in between leaves the tail in both files, and the next start moves
/// it aside again, under another name.
fn set_aside(folder: &Path, segment: &Segment, found: &Scan) -> Result<(), JournalError> {
    let Segment { start, path } = segment;
    let name = |number| folder.join(format!("torn-{}-{number}", start + found.whole as u64));
    let aside = (0u64..)
        .map(name)
        .find(|path| !path.exists())
        .unwrap_or_else(|| name(0));
    fs::write(&aside, found.torn()).map_err(at(&aside))?;
    File::open(&aside)
        .and_then(|file| file.sync_all())
        .map_err(at(&aside))?;
    sync_folder(folder)?;
    let file = OpenOptions::new().write(true).open(path).map_err(at(path))?;
    file.set_len(found.whole as u64)
        .and_then(|()| file.sync_all())
        .map_err(at(path))
}
