//! A ledger without its door, for benches of what comes after verification:
//! sequencing, signing, durability, answers. Only with the feature `bench`,
//! which no program enables.

use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;
use voting_core::ballot::VerifiedBallot;
use voting_core::entry::{BallotEntry, Entry};
use voting_core::ledger::leaf_hash;

use super::{LARGEST_POOL, Ledger, ServiceError};
use crate::admission::{Answer, Waiting};
use crate::problem::Refusal;
use crate::sequencer::{Checked, Handed, Sequencer};
use crate::shared::Shared;
use crate::storage::StorageError;

/// The writer of a ledger, and the pool of those who wait for it.
pub struct Writer {
    shared: Shared,
    waiting: Arc<Waiting>,
    to_sequencer: Sender<Handed>,
    sequencer: JoinHandle<Result<(), StorageError>>,
}

impl Writer {
    /// Starts the writer of a ledger.
    pub fn start(ledger: Ledger) -> Self {
        let Ledger {
            book,
            shared,
            storage,
            ..
        } = ledger;
        let waiting = Arc::new(Waiting::at_most(LARGEST_POOL));
        let sequencer = Sequencer::new(book, shared.clone(), storage, waiting.clone(), channel().0);
        let (to_sequencer, handed) = channel();
        Self {
            shared,
            waiting,
            to_sequencer,
            sequencer: thread::spawn(move || sequencer.run(&handed)),
        }
    }

    /// Hands in a ballot as one that is verified; the answer comes when it is recorded.
    ///
    /// # Errors
    /// [`Refusal`]: too many wait, or the writer has stopped.
    pub fn ballot(
        &self,
        ballot: BallotEntry,
        verified: VerifiedBallot,
    ) -> Result<oneshot::Receiver<Answer>, Refusal> {
        let credential = *ballot.credential;
        let entry = Entry::Ballot(ballot);
        let bytes = entry.to_bytes();
        let leaf = leaf_hash(&bytes);
        let (answer, _) = self.waiting.enter(&credential, leaf)?;
        let checked = Box::new(Checked {
            bytes,
            leaf,
            entry,
            verified,
        });
        let handed = self.to_sequencer.send(Handed::Ballot(checked));
        handed.map(|()| answer).map_err(|_| Refusal::Stopped)
    }

    /// Hands in an entry that is no ballot.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn entry(&self, entry: Entry) -> Answer {
        let (reply, answer) = oneshot::channel();
        let bytes = entry.to_bytes();
        let entry = Box::new(entry);
        let handed = self.to_sequencer.send(Handed::Entry { bytes, entry, reply });
        handed.map_err(|_| Refusal::Stopped)?;
        answer.blocking_recv().unwrap_or(Err(Refusal::Stopped))
    }

    /// Entries on the ledger.
    pub fn size(&self) -> u64 {
        self.shared.read().tree.size()
    }

    /// Stops the writer.
    ///
    /// # Errors
    /// The ledger could not be written.
    pub fn stop(self) -> Result<(), ServiceError> {
        let _ = self.to_sequencer.send(Handed::Stop);
        let ended = self.sequencer.join();
        Ok(ended.map_err(|_| ServiceError::Panicked("sequencer"))??)
    }
}
