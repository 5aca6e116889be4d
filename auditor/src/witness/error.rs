//! Why a witness does not start, or has stopped.

use std::io;
use std::path::{Path, PathBuf};

use journal::JournalError;
use voting_core::ledger::InvalidNote;

/// Why a witness does not start, or has stopped.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// A file could not be read or written.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// No witness lives there.
    #[error("{} is not a witness's folder", .0.display())]
    NotThere(PathBuf),
    /// A new witness in the folder of another one.
    #[error("{} is a witness's folder already; its key is never replaced", .0.display())]
    Exists(PathBuf),
    /// A name that no note can carry.
    #[error("the witness's name: {0}")]
    Name(InvalidNote),
    /// Key and public key do not belong together, or are none.
    #[error("{} is damaged: it does not fit this witness; restore it from a copy", .0.display())]
    Damaged(PathBuf),
    /// The journal is not this key's: it was removed or exchanged.
    #[error(
        "{} does not hold what this witness has cosigned. It must not go on: it could cosign a fork. \
         Put the folder back as it was, or make a witness with a new key in a new folder and tell the \
         election offices",
        .0.display()
    )]
    Forgotten(PathBuf),
    /// The journal of what was cosigned.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Nothing to witness.
    #[error("a witness needs the key of at least one ledger")]
    NoLedger,
    /// Two keys for a ledger, or two ledgers with one key.
    #[error("the keys given for {0}: a ledger has one key, and a key one ledger")]
    LedgerTwice(String),
    /// The ledger had another key when this witness cosigned it.
    #[error(
        "this witness has cosigned {0} under another key of that ledger. A ledger keeps its key: ask the \
         election office which one is right"
    )]
    OtherKey(String),
    /// The address, or the server.
    #[error("cannot serve: {0}")]
    Serve(#[source] io::Error),
    /// What was cosigned could not be made durable.
    #[error(
        "stopped, because what was cosigned could not be written: {0}. Nothing unwritten was answered; look \
         at the disk, then start again"
    )]
    Stopped(String),
}

/// Says at which file the system's error was.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> WitnessError + '_ {
    |source| WitnessError::Io {
        path: path.to_owned(),
        source,
    }
}
