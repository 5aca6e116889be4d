//! What can be wrong with a journal, and what to do.

use std::io;
use std::path::{Path, PathBuf};

/// Why a journal cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The system's error at a file.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The error.
        source: io::Error,
    },
    /// Another process has the journal open.
    #[error("{} is in use by another process; stop that one first", .0.display())]
    Locked(PathBuf),
    /// Bytes that no crash leaves: they were durable, and have changed.
    #[error(
        "{} is damaged at byte {offset}: {what}; nothing was changed, restore the file from a copy",
        .path.display()
    )]
    Damaged {
        /// The segment file.
        path: PathBuf,
        /// Offset in the file.
        offset: u64,
        /// What is wrong there.
        what: &'static str,
    },
    /// A file of the journal is not there.
    #[error(
        "{} holds no segment from offset {offset} on; nothing was changed, restore it from a copy",
        .folder.display()
    )]
    Missing {
        /// The journal's folder.
        folder: PathBuf,
        /// Logical offset at which it should begin.
        offset: u64,
    },
    /// An earlier write or sync failed.
    #[error("an earlier write failed; nobody knows what is on the disk: stop, look at the disk, start again")]
    Stopped,
    /// More bytes than one frame holds.
    #[error("a group of {0} bytes is longer than a frame holds")]
    TooLong(usize),
    /// No record lies at a position.
    #[error("no record lies at offset {0}")]
    NoRecord(u64),
}

pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> JournalError + '_ {
    |source| JournalError::Io {
        path: path.to_owned(),
        source,
    }
}
