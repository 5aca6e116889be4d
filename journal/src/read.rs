//! Reading: all groups once at the start, single records at any time.

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Arc, RwLock};

use crate::error::{JournalError, at};
use crate::frame::{self, Found, HEAD};
use crate::segment::{Segment, list};

/// Where a record lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Logical offset of the record's first byte.
    pub offset: u64,
    /// Its length in bytes.
    pub length: u32,
}

/// Hands every group of a journal to `each`, in the order in which they were
/// appended. It takes no lock and changes nothing: a process may be writing,
/// and an unfinished frame at the end is left where it is. A folder that does
/// not exist holds no groups.
///
/// # Errors
/// [`JournalError`], or what `each` returns.
pub fn read<E: From<JournalError>>(
    folder: &Path,
    label: impl AsRef<[u8]>,
    mut each: impl FnMut(&[(Position, &[u8])]) -> Result<(), E>,
) -> Result<(), E> {
    if folder.exists() {
        walk(folder, label.as_ref(), &mut each, |_, _| Ok(()))?;
    }
    Ok(())
}

/// What a journal consists of.
pub(crate) struct Walked {
    /// Its segments, ascending.
    pub(crate) segments: Vec<Segment>,
    /// Logical offset at which the last whole frame ends.
    pub(crate) end: u64,
    /// How many bytes of the last segment that frame is long; 0 where it has none.
    pub(crate) last: usize,
}

/// Goes through all segments. `torn` gets the last one if something follows
/// its last whole frame. In an earlier segment that is damage, since later
/// frames were durable after it.
///
/// While the groups of one segment are handed out, a thread reads the next and
/// compares its checksums.
pub(crate) fn walk<E: From<JournalError>>(
    folder: &Path,
    label: &[u8],
    each: &mut impl FnMut(&[(Position, &[u8])]) -> Result<(), E>,
    mut torn: impl FnMut(&Segment, &Scan) -> Result<(), JournalError>,
) -> Result<Walked, E> {
    let segments = list(folder)?;
    let (mut end, mut last) = (0, 0);
    std::thread::scope(|scope| {
        let (send, scans) = sync_channel(0);
        // Memory that was read into before is ready to be read into again.
        let (used, spare) = channel();
        let ahead = &segments;
        // It ends early when nobody takes what it read.
        scope.spawn(move || {
            let mut scans = ahead
                .iter()
                .map(|segment| scan(label, segment, spare.try_recv().unwrap_or_default()));
            scans.try_for_each(|scan| send.send(scan))
        });
        for (number, segment) in (1..).zip(&segments) {
            if segment.start != end {
                let folder = folder.to_owned();
                return Err(JournalError::Missing { folder, offset: end }.into());
            }
            let Ok(found) = scans.recv() else {
                return Err(at(&segment.path)(io::Error::other("the reading thread panicked")).into());
            };
            let found = found?;
            hand_out(segment, &found, each)?;
            end += found.whole() as u64;
            last = found.frames.last().map_or(0, Range::len);
            if found.torn().is_empty() {
                // The thread may have read all there is.
                let _ = used.send(found.bytes);
                continue;
            }
            if number < segments.len() {
                let what = "it does not end with a whole frame, and later files exist";
                return Err(damaged(segment, found.whole(), what).into());
            }
            torn(segment, &found)?;
        }
        Ok::<(), E>(())
    })?;
    Ok(Walked { segments, end, last })
}

fn damaged(segment: &Segment, offset: usize, what: &'static str) -> JournalError {
    JournalError::Damaged {
        path: segment.path.clone(),
        offset: offset as u64,
        what,
    }
}

/// Segments that are open for reading, ascending by their first offset.
pub(crate) type Open = Arc<RwLock<Vec<(u64, Arc<File>)>>>;

/// Reads records that are durable, beside the writer and from many threads.
#[derive(Debug, Clone)]
pub struct Reader(pub(crate) Open);

impl Reader {
    /// The bytes at a position that [`crate::Journal::append`] or
    /// [`crate::Journal::open`] gave.
    ///
    /// They are not compared with the frame's checksum, which covers the whole
    /// group: a caller that knows the record's hash compares it.
    ///
    /// # Errors
    /// [`JournalError::NoRecord`] where the journal is shorter, or the system's error.
    pub fn read(&self, position: Position) -> Result<Vec<u8>, JournalError> {
        let Position { offset, length } = position;
        let file = {
            let open = self.0.read().unwrap_or_else(|poisoned| poisoned.into_inner());
            let after = open.partition_point(|segment| segment.0 <= offset);
            after.checked_sub(1).map(|place| open[place].clone())
        };
        let (start, file) = file.ok_or(JournalError::NoRecord(offset))?;
        let mut bytes = vec![0; length as usize];
        match file.read_exact_at(&mut bytes, offset - start) {
            Ok(()) => Ok(bytes),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Err(JournalError::NoRecord(offset)),
            Err(error) => Err(at(Path::new("a segment"))(error)),
        }
    }
}

/// What reading a segment found.
pub(crate) struct Scan {
    /// All bytes.
    bytes: Vec<u8>,
    /// Where in them its whole frames are; one begins where the other ends.
    frames: Vec<Range<usize>>,
}

impl Scan {
    /// Bytes of whole frames.
    pub(crate) fn whole(&self) -> usize {
        self.frames.last().map_or(0, |last| last.end)
    }

    /// What follows the whole frames.
    pub(crate) fn torn(&self) -> &[u8] {
        &self.bytes[self.whole()..]
    }
}

/// Reads a segment into `bytes`, until its end or a frame that is not whole.
fn scan(label: &[u8], segment: &Segment, mut bytes: Vec<u8>) -> Result<Scan, JournalError> {
    bytes.clear();
    File::open(&segment.path)
        .and_then(|mut file| file.read_to_end(&mut bytes))
        .map_err(at(&segment.path))?;
    let mut scan = Scan {
        bytes,
        frames: Vec::new(),
    };
    loop {
        let (whole, rest) = (scan.whole(), scan.torn());
        let offset = segment.start + whole as u64;
        match frame::read(label, offset, rest) {
            Found::Whole(length) => scan.frames.push(whole..whole + length),
            Found::Broken if frame::is_damage(label, offset, rest) => {
                let what = "a frame does not fit its checksum, and others follow";
                return Err(damaged(segment, whole, what));
            }
            Found::Broken | Found::End => return Ok(scan),
        }
    }
}

/// Hands every group of a segment to `each`.
fn hand_out<E: From<JournalError>>(
    segment: &Segment,
    found: &Scan,
    each: &mut impl FnMut(&[(Position, &[u8])]) -> Result<(), E>,
) -> Result<(), E> {
    for frame in &found.frames {
        let payload = &found.bytes[frame.start + HEAD..frame.end];
        let records = frame::records(payload)
            .ok_or_else(|| damaged(segment, frame.start, "its records do not fill the frame"))?;
        let first = segment.start + (frame.start + HEAD) as u64;
        let place = |(start, record): (usize, _)| (position(first, start, record), record);
        let group: Vec<_> = records.into_iter().map(place).collect();
        each(&group)?;
    }
    Ok(())
}

/// The position of a record that begins `start` bytes after a logical offset.
pub(crate) fn position(from: u64, start: usize, record: &[u8]) -> Position {
    Position {
        offset: from + start as u64,
        length: record.len() as u32,
    }
}
