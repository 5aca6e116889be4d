//! The one writer. Ballots wait in memory only; a batch is verified, sorted by
//! leaf hash, made durable with one sync, and then answered.
//!
//! Order of durable writes: the batch's frame, synced — a crash before leaves
//! nothing, and nobody was answered; then the signed checkpoint and the answers,
//! which the next start can make again from the frame.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use ed25519_dalek::SigningKey;
use tokio::sync::oneshot;
use voting_core::entry::{BallotEntry, Batch, Entry};
use voting_core::ledger::leaf_hash;

use crate::admission::verify;
use crate::ledger::Ledger;
use crate::problem::Refusal;
use crate::store::{Store, StoreError};

/// Most ballots of one batch.
const LARGEST_BATCH: usize = 1_024;

/// A receipt, or why there is none.
pub type Answer = Result<String, Refusal>;

/// The ledger as readers see it.
pub type Shared = Arc<RwLock<Ledger>>;

/// Why a ledger cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The journal.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An entry that is not legal: the journal is of another election, or damaged.
    #[error("entry {index}: {refusal}")]
    Entry {
        /// Its index.
        index: usize,
        /// Why.
        refusal: Refusal,
    },
}

/// Something handed in.
pub struct Handed {
    /// The entry's bytes.
    pub bytes: Vec<u8>,
    /// The entry.
    pub entry: Entry,
    /// Where the answer goes.
    pub reply: oneshot::Sender<Answer>,
}

/// A running sequencer.
pub struct Sequencer {
    /// What readers see.
    pub shared: Shared,
    /// Where entries are handed in.
    pub inbox: Sender<Handed>,
}

struct Writer {
    shared: Shared,
    store: Store,
    waiting: Vec<(Handed, BallotEntry)>,
    since: Instant,
    last: Instant,
}

impl Sequencer {
    /// Opens the journal in a folder, or begins it with entry 0, and starts writing.
    ///
    /// # Errors
    /// The journal cannot be used, or is of another election.
    pub fn start(folder: &Path, first: &[u8], key: &SigningKey) -> Result<Self, OpenError> {
        let (mut store, mut entries) = Store::open(folder)?;
        let refused = |index: usize| move |refusal| OpenError::Entry { index, refusal };
        if entries.is_empty() {
            Ledger::begin(first.to_vec(), key).map_err(refused(0))?;
            store.commit(&[first.to_vec()])?;
            entries.push(first.to_vec());
        } else if entries[0] != first {
            return Err(refused(0)(Refusal::Illegal(
                "the journal is of another election".to_string(),
            )));
        }
        let ledger = read_again(entries, key)?;
        let shared = Arc::new(RwLock::new(ledger));
        let (inbox, receiver) = channel();
        let writer = Writer {
            shared: shared.clone(),
            store,
            waiting: Vec::new(),
            since: Instant::now(),
            last: Instant::now(),
        };
        std::thread::spawn(move || writer.run(&receiver));
        Ok(Self { shared, inbox })
    }
}

/// What the journal's entries add up to.
fn read_again(entries: Vec<Vec<u8>>, key: &SigningKey) -> Result<Ledger, OpenError> {
    let mut entries = entries.into_iter().enumerate();
    let first = entries.next().map(|first| first.1).unwrap_or_default();
    let refused = |index: usize| move |refusal| OpenError::Entry { index, refusal };
    let mut ledger = Ledger::begin(first, key).map_err(refused(0))?;
    for (index, bytes) in entries {
        let entry = Entry::from_bytes(&bytes)
            .map_err(|error| refused(index)(Refusal::Malformed(error.to_string())))?;
        let taken = match &entry {
            Entry::Ballot(ballot) => verify(ledger.lifecycle.election(), &[ballot])
                .pop()
                .unwrap_or(Err(Refusal::Stopped))
                .and_then(|verified| ledger.append_ballot(&entry, bytes, &verified)),
            _ => ledger.append(&entry, bytes),
        };
        taken.map_err(refused(index))?;
    }
    ledger.sign();
    Ok(ledger)
}

impl Writer {
    fn run(mut self, receiver: &Receiver<Handed>) {
        loop {
            let handed = match receiver.recv_timeout(self.patience()) {
                Ok(handed) => Some(handed),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let done = match handed {
                Some(handed) => self.take(handed),
                None => Ok(()),
            };
            let done = done.and_then(|()| if self.is_due() { self.release() } else { Ok(()) });
            if let Err(error) = done {
                // Nobody knows what is on the disk: stop, answer nobody more.
                tracing::error!(%error, "the ledger cannot be written");
                return;
            }
        }
    }

    /// (fewest ballots, shortest time, longest wait) of the manifest.
    fn rule(&self) -> (usize, Duration, Duration) {
        let ledger = self
            .shared
            .read()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let rule = ledger.lifecycle.election().manifest.batch;
        let time = |ms: u32| Duration::from_millis(ms.into());
        (rule.min_ballots as usize, time(rule.min_ms), time(rule.max_ms))
    }

    /// How long nothing need be done if nothing comes.
    fn patience(&self) -> Duration {
        if self.waiting.is_empty() {
            return Duration::from_secs(1);
        }
        let (fewest, shortest, longest) = self.rule();
        let full = shortest.saturating_sub(self.last.elapsed());
        let late = longest.saturating_sub(self.since.elapsed());
        if self.waiting.len() >= fewest {
            full.min(late)
        } else {
            late
        }
    }

    fn is_due(&self) -> bool {
        let (fewest, shortest, longest) = self.rule();
        let full = self.waiting.len() >= fewest && self.last.elapsed() >= shortest;
        !self.waiting.is_empty()
            && (full || self.since.elapsed() >= longest || self.waiting.len() >= LARGEST_BATCH)
    }

    fn take(&mut self, handed: Handed) -> Result<(), StoreError> {
        match handed.entry.clone() {
            Entry::Ballot(ballot) => {
                if let Some(answer) = self.answer_at_once(&handed, &ballot) {
                    // A voter who hung up asks again.
                    let _ = handed.reply.send(answer);
                    return Ok(());
                }
                if self.waiting.is_empty() {
                    self.since = Instant::now();
                }
                self.waiting.push((handed, ballot));
                Ok(())
            }
            entry => {
                // An act ends the batch under way.
                if !self.waiting.is_empty() {
                    self.release()?;
                }
                let answer = self.append(&entry, &handed.bytes)?;
                let _ = handed.reply.send(answer);
                Ok(())
            }
        }
    }

    /// A ballot that needs no place in a batch: it is there, or too old.
    fn answer_at_once(&self, handed: &Handed, ballot: &BallotEntry) -> Option<Answer> {
        if self
            .waiting
            .iter()
            .any(|(_, other)| other.credential == ballot.credential)
        {
            return Some(Err(Refusal::Waiting));
        }
        let ledger = self
            .shared
            .read()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let latest = ledger.latest.get(&*ballot.credential)?;
        if ledger.entries[latest.index as usize] == handed.bytes {
            return Some(Ok(ledger.receipt(latest.index)));
        }
        let revoting = ledger.lifecycle.election().manifest.revoting;
        let larger = u32::from_be_bytes(*ballot.sequence) > latest.sequence;
        (!revoting || !larger).then_some(Err(Refusal::Sequence(latest.sequence)))
    }

    fn append(&mut self, entry: &Entry, bytes: &[u8]) -> Result<Answer, StoreError> {
        let mut ledger = self
            .shared
            .write()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(index) = ledger.entries.iter().position(|known| known == bytes) {
            return Ok(Ok(ledger.receipt(index as u64)));
        }
        let index = match ledger.append(entry, bytes.to_vec()) {
            Ok(index) => index,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut committed = vec![bytes.to_vec()];
        if matches!(entry, Entry::Close(_)) {
            for tally in ledger.tallies() {
                let bytes = tally.to_bytes();
                match ledger.append(&tally, bytes.clone()) {
                    Ok(_) => committed.push(bytes),
                    Err(refusal) => return Ok(Err(refusal)),
                }
            }
        }
        self.store.commit(&committed)?;
        ledger.sign();
        Ok(Ok(ledger.receipt(index)))
    }

    /// Verifies, sorts, commits, answers.
    fn release(&mut self) -> Result<(), StoreError> {
        self.last = Instant::now();
        let waiting = std::mem::take(&mut self.waiting);
        let verified = {
            let ledger = self
                .shared
                .read()
                .unwrap_or_else(|poisoned| poisoned.into_inner());
            let ballots: Vec<&BallotEntry> = waiting.iter().map(|(_, ballot)| ballot).collect();
            verify(ledger.lifecycle.election(), &ballots)
        };
        let mut batch: Vec<_> = waiting
            .into_iter()
            .map(|(handed, _)| handed)
            .zip(verified)
            .collect();
        batch.sort_by_key(|(handed, _)| leaf_hash(&handed.bytes));
        let mut ledger = self
            .shared
            .write()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        let (mut committed, mut places, mut answers) = (Vec::new(), Vec::new(), Vec::new());
        for (handed, verified) in batch {
            let Handed { bytes, entry, reply } = handed;
            let taken = verified.and_then(|ballot| ledger.append_ballot(&entry, bytes.clone(), &ballot));
            match taken {
                Ok(index) => {
                    committed.push(bytes);
                    places.push((reply, index));
                }
                Err(refusal) => answers.push((reply, Err(refusal))),
            }
        }
        if !committed.is_empty() {
            let end = Entry::Batch(Batch {
                count: committed.len() as u32,
            });
            let bytes = end.to_bytes();
            if ledger.append(&end, bytes.clone()).is_ok() {
                committed.push(bytes);
            }
            self.store.commit(&committed)?;
            ledger.sign();
        }
        answers.extend(
            places
                .into_iter()
                .map(|(reply, index)| (reply, Ok(ledger.receipt(index)))),
        );
        drop(ledger);
        for (reply, answer) in answers {
            // A voter who hung up asks again.
            let _ = reply.send(answer);
        }
        Ok(())
    }
}
