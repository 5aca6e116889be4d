#![forbid(unsafe_code)]
//! Durable append-only records: the one place that knows `fdatasync`, torn
//! tails, and when to stop.
//!
//! A journal is a folder of segment files. [`Journal::append`] writes a group
//! of records as one frame with a checksum and returns when it is durable: a
//! group is there as a whole or not at all. [`Journal::open`] hands out every
//! group again, in order. [`Reader`] reads single records by their
//! [`Position`], beside the writer; [`read`] reads all groups, from another
//! process too, and changes nothing.
//!
//! ```text
//! folder/lock                      held while a process writes
//! folder/00000000000000000000.seg  frames from logical offset 0
//! folder/00000000000067108921.seg  frames from that offset on
//! folder/torn-<offset>-<n>         what a crash left of an unfinished frame
//!
//! frame:  magic, 8 bytes | length of the payload, u32 | SHA-256, 32 bytes | payload
//! payload: (length of the record, u32 | record)*
//! ```
//!
//! Integers are big-endian. The checksum covers the journal's label, the
//! frame's logical offset, its length and its payload, so that no frame stands
//! for another one or in another journal.
//!
//! What a crash leaves:
//! - before the sync of a frame: nothing, or a torn frame at the end. Nobody was
//!   told that it is durable; the next start moves it aside and goes on;
//! - after the sync: the frame.
//!
//! A frame whose sync failed may be visible and yet not on the disk: a later
//! sync that succeeds says nothing about it (the page cache may lie). So the
//! next start writes the last frame once more, the same bytes at the same
//! place, before anybody builds on it.
//!
//! Anything else that does not fit its checksum is damage, not a crash: it is
//! reported with its file and offset, and nothing is changed. After an error
//! of a write or a sync nobody knows what is on the disk, so the journal
//! refuses everything from then on.
//!
//! An [`Index`] beside a journal holds what is derived from its records, so that
//! it need not be made again at every start.

mod disk;
mod error;
mod frame;
mod index;
mod read;
mod segment;
mod whole;
mod write;

pub use disk::{Disk, RealDisk};
pub use error::JournalError;
pub use index::{Index, IndexError};
pub use read::{Position, Reader, read};
pub use whole::{make_folder_on, sync_folder_of, write_whole, write_whole_on};
pub use write::{Journal, Settings};
