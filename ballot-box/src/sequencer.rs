//! The one writer. It forms batches by the sealed rule, makes each durable
//! with its signed checkpoint, publishes it, and only then answers
//! (specs/06-ledger.md §5, specs/06-ledger.md §8.3).
//!
//! What happens to a batch, and what a crash after each step leaves:
//! 1. taken into the book, in memory — nothing; nobody was answered;
//! 2. committed to the store — the batch: the next start publishes it, and
//!    who sends the same ballot again gets its receipt;
//! 3. remembered by the store — the same;
//! 4. published, offered to the witnesses, and answered.
//!
//! If a step fails, the sequencer stops for good: the book may know entries
//! that the store lacks, and nobody knows what the disk holds. Only a new
//! start, which reads the store, knows again.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use voting_core::ballot::VerifiedBallot;
use voting_core::entry::{BallotEntry, Batch, Entry};
use voting_core::hash::Hash;
use voting_core::ledger::leaf_hash;
use voting_core::lifecycle::Phase;

use crate::admission::{Answer, Waiting, recorded};
use crate::book::Book;
use crate::problem::Refusal;
use crate::published::Added;
use crate::rebuild::count;
use crate::shared::Shared;
use crate::storage::{Entries, Storage, StorageError};
use crate::witnesses::Event;

/// Most ballots of one batch, and most of their bytes: one commit.
const LARGEST_BATCH: usize = 4_096;
const LARGEST_BATCH_BYTES: usize = 8 << 20;

/// A ballot whose tokens and proofs hold.
pub struct Checked {
    pub(crate) bytes: Vec<u8>,
    pub(crate) leaf: Hash,
    pub(crate) entry: Entry,
    pub(crate) verified: VerifiedBallot,
}

impl Checked {
    fn credential(&self) -> [u8; 32] {
        self.verified.credential()
    }

    fn ballot(&self) -> Option<&BallotEntry> {
        match &self.entry {
            Entry::Ballot(ballot) => Some(ballot),
            _ => None,
        }
    }
}

/// Something for the ledger.
pub enum Handed {
    /// A ballot; who waits for it stands in the pool.
    Ballot(Box<Checked>),
    /// An entry that is no ballot.
    Entry {
        /// Its bytes.
        bytes: Vec<u8>,
        /// The entry.
        entry: Box<Entry>,
        /// Where the answer goes.
        reply: oneshot::Sender<Answer>,
    },
    /// The server has stopped.
    Stop,
}

/// The writer.
pub struct Sequencer {
    book: Book,
    shared: Shared,
    storage: Box<dyn Storage>,
    entries: Arc<dyn Entries>,
    waiting: Arc<Waiting>,
    /// To whoever asks the witnesses.
    to_rounds: Sender<Event>,
    pool: Vec<Checked>,
    pool_bytes: usize,
    /// When the oldest ballot of the pool came, and when the last batch left.
    oldest: Instant,
    last: Instant,
}

/// Entries in the book that are not durable yet.
#[derive(Default)]
struct Staged {
    entries: Vec<Vec<u8>>,
    added: Added,
}

impl Staged {
    fn push(&mut self, index: u64, leaf: Hash, entry: &Entry, bytes: Vec<u8>) {
        self.added.push(index, leaf, entry);
        self.entries.push(bytes);
    }
}

impl Sequencer {
    /// A writer that goes on where the book ends.
    pub(crate) fn new(
        book: Book,
        shared: Shared,
        storage: Box<dyn Storage>,
        waiting: Arc<Waiting>,
        to_rounds: Sender<Event>,
    ) -> Self {
        let now = Instant::now();
        Self {
            entries: storage.entries(),
            book,
            shared,
            storage,
            waiting,
            to_rounds,
            pool: Vec::new(),
            pool_bytes: 0,
            oldest: now,
            last: now,
        }
    }

    /// Writes until it is told to stop. Ballots that still wait then are
    /// dropped: nobody was answered, and the sealed rule holds for every batch.
    ///
    /// # Errors
    /// The ledger cannot be written.
    pub fn run(mut self, receiver: &Receiver<Handed>) -> Result<(), StorageError> {
        // However this ends, nobody waits for an answer afterwards.
        struct Stop(Arc<Waiting>);
        impl Drop for Stop {
            fn drop(&mut self) {
                self.0.stop();
            }
        }
        let _stop = Stop(self.waiting.clone());
        loop {
            match receiver.recv_timeout(self.patience()) {
                Ok(Handed::Ballot(checked)) => self.wait_for_batch(*checked),
                Ok(Handed::Entry { bytes, entry, reply }) => {
                    let answer = self.append(&entry, bytes)?;
                    // Who has gone away hands it in again and gets the same answer.
                    let _ = reply.send(answer);
                }
                Ok(Handed::Stop) | Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.is_due() {
                self.release()?;
            }
        }
    }

    /// (fewest ballots, shortest time, longest wait) as sealed.
    fn rule(&self) -> (usize, Duration, Duration) {
        let rule = &self.book.lifecycle().election().manifest.batch;
        let time = |ms: u32| Duration::from_millis(ms.into());
        (rule.min_ballots as usize, time(rule.min_ms), time(rule.max_ms))
    }

    /// How long nothing need be done if nothing comes.
    fn patience(&self) -> Duration {
        if self.pool.is_empty() {
            return Duration::from_secs(60);
        }
        let (fewest, shortest, longest) = self.rule();
        let late = longest.saturating_sub(self.oldest.elapsed());
        match self.pool.len() >= fewest {
            true => shortest.saturating_sub(self.last.elapsed()).min(late),
            false => late,
        }
    }

    fn is_due(&self) -> bool {
        let (fewest, shortest, longest) = self.rule();
        let enough = self.pool.len() >= fewest && self.last.elapsed() >= shortest;
        let full = self.pool.len() >= LARGEST_BATCH || self.pool_bytes >= LARGEST_BATCH_BYTES;
        // Ballots that came too late are refused at once.
        let late = self.book.lifecycle().phase() != Phase::Open;
        !self.pool.is_empty() && (enough || full || late || self.oldest.elapsed() >= longest)
    }

    fn wait_for_batch(&mut self, checked: Checked) {
        if self.pool.is_empty() {
            self.oldest = Instant::now();
        }
        self.pool_bytes += checked.bytes.len();
        self.pool.push(checked);
    }

    /// Appends an entry that is no ballot; it ends the batch under way.
    fn append(&mut self, entry: &Entry, bytes: Vec<u8>) -> Result<Answer, StorageError> {
        let leaf = leaf_hash(&bytes);
        if let Some(&index) = self.shared.read().others.get(&leaf) {
            return Ok(Ok(index));
        }
        if !self.shared.read().witnesses_follow(entry) {
            return Ok(Err(Refusal::NotWitnessed));
        }
        // Only the officers can end a batch early: whoever else could would
        // see ballots arrive one by one.
        if let Err(refusal) = self.book.foresee(leaf, entry) {
            return Ok(Err(refusal));
        }
        if !self.pool.is_empty() {
            self.release()?;
        }
        let index = match self.book.take(leaf, entry) {
            Ok(index) => index,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut staged = Staged::default();
        staged.push(index, leaf, entry, bytes);
        if matches!(entry, Entry::Close(_)) {
            for tally in self.book.tallies() {
                self.add_own(&mut staged, &tally)?;
            }
        }
        self.commit(staged)?;
        Ok(Ok(index))
    }

    /// Adds an entry that the ballot box itself writes.
    fn add_own(&mut self, staged: &mut Staged, entry: &Entry) -> Result<(), StorageError> {
        let bytes = entry.to_bytes();
        let leaf = leaf_hash(&bytes);
        let index = self
            .book
            .append(leaf, entry)
            .map_err(|refusal| StorageError::Entry {
                index: self.book.lifecycle().size(),
                why: refusal.to_string(),
            })?;
        staged.push(index, leaf, entry, bytes);
        Ok(())
    }

    /// Releases the pool as one batch: sorts, commits, publishes, answers.
    fn release(&mut self) -> Result<(), StorageError> {
        self.last = Instant::now();
        self.pool_bytes = 0;
        let mut pool = std::mem::take(&mut self.pool);
        // The order on the ledger says nothing about the order of arrival.
        pool.sort_unstable_by_key(|checked| checked.leaf);
        let (mut staged, mut placed) = (Staged::default(), Vec::with_capacity(pool.len()));
        let mut ballots = Vec::new();
        for checked in pool {
            match self.take(&checked)? {
                Ok(index) => {
                    staged.push(index, checked.leaf, &checked.entry, checked.bytes);
                    placed.push((checked.verified.credential(), index));
                    ballots.push(checked.verified);
                }
                Err(answer) => self.waiting.answer(&checked.credential(), answer),
            }
        }
        if placed.is_empty() {
            return Ok(());
        }
        let standing = self.shared.read().standing.clone();
        count(&mut self.book, &standing.verifiers, &*self.entries, &ballots)?;
        let count = placed.len() as u32;
        self.add_own(&mut staged, &Entry::Batch(Batch { count }))?;
        self.commit(staged)?;
        for (credential, index) in placed {
            self.waiting.answer(&credential, Ok(index));
        }
        Ok(())
    }

    /// Takes a ballot into the book; returns its index, or the answer of one
    /// that gets no place.
    fn take(&mut self, checked: &Checked) -> Result<Result<u64, Answer>, StorageError> {
        let Some(ballot) = checked.ballot() else {
            return Ok(Err(Err(Refusal::Stopped)));
        };
        // Since its admission another ballot of the credential may have been recorded.
        let latest = self.entries.latest(&ballot.credential)?;
        match recorded(&self.shared, latest, ballot, &checked.leaf) {
            Ok(None) => {}
            Ok(Some(index)) => return Ok(Err(Ok(index))),
            Err(refusal) => return Ok(Err(Err(refusal))),
        }
        Ok(self.book.append(checked.leaf, &checked.entry).map_err(Err))
    }

    fn commit(&mut self, staged: Staged) -> Result<(), StorageError> {
        let Staged { entries, added } = staged;
        let checkpoint = self.book.checkpoint();
        self.storage.commit(&checkpoint, &entries)?;
        self.storage.remember(&self.book.summary(), &added.latest)?;
        self.shared.write().add(added, checkpoint, self.book.lifecycle());
        self.shared.announce();
        // Where nobody asks witnesses, nobody listens.
        let _ = self.to_rounds.send(Event::Head);
        Ok(())
    }
}
