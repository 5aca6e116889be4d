//! Where entries are kept, and what every store must promise.
//!
//! - *Durability.* When [`Storage::commit`] returns, the batch survives the
//!   power going off. When it fails, all of the batch is there or nothing of
//!   it, and nobody was answered; the sequencer stops for good.
//! - *Order.* Batches come back in the order of their commits, at the start,
//!   through [`Replay`].
//! - *Concurrency.* One writer; [`Entries`] reads beside it, from many threads,
//!   whatever is committed and remembered.
//! - *Memory.* What [`Storage::remember`] keeps is derived from the entries. It
//!   may be lost, and is then made again. It is never ahead of them: a store
//!   whose memory knows more entries than it holds has lost some, and refuses
//!   to open.

mod embedded;
mod index;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod tests;

pub use embedded::Embedded;
#[cfg(test)]
pub(crate) use memory::{Fault, Memory};

use std::ops::Range;
use std::sync::Arc;

use journal::{IndexError, JournalError};
use voting_core::hash::Hash;

/// The ballot of a credential that counts so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latest {
    /// Its sequence.
    pub sequence: u32,
    /// Its style: a ballot that replaces it has the same one.
    pub style: u32,
    /// Its entry's index.
    pub index: u64,
}

/// What the entries before `size` add up to, so that a start need not verify
/// every ballot again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Number of entries.
    pub size: u64,
    /// Their tree's root: tells whether the summary is of these entries.
    pub root: Hash,
    /// By contest: ballots that count, and the encrypted sums over them.
    pub contests: Vec<(u64, Vec<u8>)>,
}

/// Why a store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The journal.
    #[error("the ledger's journal: {0}")]
    Journal(#[from] JournalError),
    /// The index, which can be deleted.
    #[error("the ledger's index: {0}")]
    Index(#[from] IndexError),
    /// The index knows entries that the journal lacks.
    #[error(
        "the journal holds {found} entries, but there were {known}: it was rolled back or cut. \
         Signing on would fork the ledger: restore the journal from the newest copy or a mirror"
    )]
    RolledBack {
        /// Entries the journal holds.
        found: u64,
        /// Entries there were.
        known: u64,
    },
    /// What was remembered is not of these entries.
    #[error("the index is of another ledger")]
    OtherMemory,
    /// A stored batch that this election cannot have.
    #[error("entry {index} of the journal: {why}")]
    Entry {
        /// The entry's index.
        index: u64,
        /// What is wrong.
        why: String,
    },
    /// No such entries.
    #[error("there are no entries {0:?}")]
    NoEntries(Range<u64>),
    /// A fault that a test asked for.
    #[cfg(test)]
    #[error("the disk fails, as asked")]
    Asked,
}

/// Takes a store's batches at the start.
pub trait Replay {
    /// Comes first, and again if the store starts over: forget everything.
    fn begin(&mut self, remembered: Option<Summary>);

    /// A batch, with the checkpoint signed over the entries up to its end.
    ///
    /// # Errors
    /// [`StorageError::OtherMemory`] lets the store forget what it remembered
    /// and start over. Any other error keeps the store closed.
    fn batch(&mut self, note: &[u8], entries: &[&[u8]]) -> Result<(), StorageError>;
}

/// A store that is open for writing.
pub trait Storage: Send {
    /// Makes a batch durable, with the checkpoint over the entries up to its end.
    ///
    /// # Errors
    /// Nobody knows what is there: the caller stops.
    fn commit(&mut self, note: &str, entries: &[Vec<u8>]) -> Result<(), StorageError>;

    /// Remembers what the committed entries add up to. `latest` holds the
    /// credentials that changed.
    ///
    /// # Errors
    /// The caller stops; the entries are there.
    fn remember(&mut self, summary: &Summary, latest: &[([u8; 32], Latest)]) -> Result<(), StorageError>;

    /// Reads entries beside this writer.
    fn entries(&self) -> Arc<dyn Entries>;
}

/// Reads what is committed and remembered.
pub trait Entries: Send + Sync {
    /// The entries of a range of indices.
    ///
    /// # Errors
    /// [`StorageError::NoEntries`], or the store's fault.
    fn read(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, StorageError>;

    /// The ballot of a credential that counts, as it was remembered.
    ///
    /// # Errors
    /// The store's fault.
    fn latest(&self, credential: &[u8; 32]) -> Result<Option<Latest>, StorageError>;
}
