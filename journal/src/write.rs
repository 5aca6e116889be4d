//! The writer: opens, repairs what a crash tore, appends.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use crate::disk::{Disk, RealDisk};
use crate::error::{JournalError, at};
use crate::frame;
use crate::read::{Position, Reader, Scan, Walked, position, walk};
use crate::segment::{Segment, list};
use crate::whole::make_folder_on;

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
        mut disk: Box<dyn Disk>,
        folder: &Path,
        settings: Settings,
        mut each: impl FnMut(&[(Position, &[u8])]) -> Result<(), E>,
    ) -> Result<Self, E> {
        make_folder_on(&mut *disk, folder).map_err(at(folder))?;
        let lock = lock(folder)?;
        if list(folder)?.is_empty() {
            let first = Segment::new(folder, 0).path;
            disk.create(&first, MODE).map_err(at(&first))?;
        }
        // A name that a failed sync left visible is made durable before
        // anything is written under it.
        disk.sync_folder(folder).map_err(at(folder))?;
        let torn = |segment: &Segment, found: &Scan| set_aside(&mut *disk, folder, segment, found);
        let walked = walk(folder, &settings.label, &mut each, torn)?;
        let open = |segment: &Segment| {
            let file = File::open(&segment.path).map_err(at(&segment.path))?;
            Ok((segment.start, Arc::new(file)))
        };
        let readable: Vec<_> = walked
            .segments
            .iter()
            .map(open)
            .collect::<Result<_, JournalError>>()?;
        let (file, start) = settle(&mut *disk, &walked)?;
        Ok(Self {
            folder: folder.to_owned(),
            settings,
            disk,
            file,
            start,
            end: walked.end,
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
        let path = Segment::new(&self.folder, self.start).path;
        // A crash here leaves nothing, or a torn frame that the next start moves aside.
        self.disk
            .write(&path, &self.file, &bytes, self.end - self.start)
            .and_then(|()| self.disk.sync(&path, &self.file))
            .map_err(at(&path))?;
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
        let Segment { start, path } = Segment::new(&self.folder, self.end);
        self.file = self.disk.create(&path, MODE).map_err(at(&path))?;
        self.disk.sync_folder(&self.folder).map_err(at(&self.folder))?;
        self.start = start;
        let readable = Arc::new(File::open(&path).map_err(at(&path))?);
        let mut files = self
            .reader
            .0
            .write()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        files.push((start, readable));
        Ok(())
    }
}

/// Permissions of a segment.
const MODE: u32 = 0o600;

/// Opens the last segment for writing, and makes its last frame durable, which
/// was just handed out: it may be in the page cache alone, if the process was
/// killed before its sync or the sync failed. In that case the system takes it
/// for written, so it is written again. A crash in between changes nothing:
/// they are the same bytes.
fn settle(disk: &mut dyn Disk, walked: &Walked) -> Result<(File, u64), JournalError> {
    let Segment { start, path } = &walked.segments[walked.segments.len() - 1];
    let mut options = OpenOptions::new();
    let file = options.read(true).write(true).open(path).map_err(at(path))?;
    let mut last = vec![0; walked.last];
    let offset = walked.end - start - walked.last as u64;
    file.read_exact_at(&mut last, offset)
        .and_then(|()| disk.write(path, &file, &last, offset))
        .and_then(|()| disk.sync(path, &file))
        .map_err(at(path))?;
    Ok((file, *start))
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

/// Moves a torn tail aside: nothing is thrown away.
///
/// A crash in between leaves the tail in both files, and the next start moves
/// it aside again, under another name.
fn set_aside(
    disk: &mut dyn Disk,
    folder: &Path,
    segment: &Segment,
    found: &Scan,
) -> Result<(), JournalError> {
    let Segment { start, path } = segment;
    let whole = found.whole() as u64;
    let name = |number| folder.join(format!("torn-{}-{number}", start + whole));
    let aside = (0u64..)
        .map(name)
        .find(|path| !path.exists())
        .unwrap_or_else(|| name(0));
    let file = disk.create(&aside, MODE).map_err(at(&aside))?;
    disk.write(&aside, &file, found.torn(), 0)
        .and_then(|()| disk.sync(&aside, &file))
        .and_then(|()| disk.sync_folder(folder))
        .map_err(at(&aside))?;
    let file = OpenOptions::new().write(true).open(path).map_err(at(path))?;
    disk.cut(path, &file, whole)
        .and_then(|()| disk.sync(path, &file))
        .map_err(at(path))
}
