//! The start: what the stored entries add up to (specs/06-ledger.md §8.4).
//!
//! Order and signatures of every entry are checked again, and every stored
//! checkpoint is compared with the entries under it. Then the ballots are
//! counted that the store does not remember as counted; their proofs are
//! verified again on the way.

use std::collections::HashMap;

use ed25519_dalek::SigningKey;
use voting_core::ballot::{BallotContext, VerifiedBallot, Verifier};
use voting_core::encoding::DecodeError;
use voting_core::entry::{BallotEntry, Entry};
use voting_core::hash::Hash;
use voting_core::ledger::leaf_hash;

use crate::book::Book;
use crate::published::{Added, Published};
use crate::storage::{Entries, Latest, Replay, StorageError, Summary};
use crate::verify::verify;

/// Ballots counted again at once.
const PORTION: usize = 1_024;
/// Entries that are decoded sooner than a thread is started for them.
const FEW: usize = 64;

/// Ballots that count, by credential, as a store is told about them.
pub(crate) type Ballots = Vec<([u8; 32], Latest)>;

/// A ledger that is read from its store.
pub(crate) struct Rebuild<'a> {
    key: &'a SigningKey,
    remembered: Option<Summary>,
    ledger: Option<(Book, Published)>,
    /// Ballots that count and that the store does not remember.
    missing: HashMap<[u8; 32], Latest>,
}

impl<'a> Rebuild<'a> {
    pub(crate) fn new(key: &'a SigningKey) -> Self {
        Self {
            key,
            remembered: None,
            ledger: None,
            missing: HashMap::new(),
        }
    }

    /// The ledger, once its store is open, and what the store has to be told;
    /// `None` where the store is empty.
    pub(crate) fn finish(
        self,
        entries: &dyn Entries,
    ) -> Result<Option<(Book, Published, Ballots)>, StorageError> {
        let Some((mut book, published)) = self.ledger else {
            return Ok(None);
        };
        let missing: Ballots = self.missing.into_iter().collect();
        let verifiers = &published.standing.verifiers;
        for portion in missing.chunks(PORTION) {
            let indices: Vec<u64> = portion.iter().map(|(_, latest)| latest.index).collect();
            let ballots = verified(verifiers, entries, &indices)?;
            count(&mut book, verifiers, entries, &ballots)?;
        }
        Ok(Some((book, published, missing)))
    }
}

/// Counts ballots, and takes those out that the store remembers in their place.
pub(crate) fn count(
    book: &mut Book,
    verifiers: &[Verifier<BallotContext>],
    entries: &dyn Entries,
    ballots: &[VerifiedBallot],
) -> Result<(), StorageError> {
    let mut replaced = Vec::new();
    for ballot in ballots {
        let latest = entries.latest(&ballot.credential())?;
        replaced.extend(latest.map(|latest| latest.index));
    }
    for ballot in verified(verifiers, entries, &replaced)? {
        book.discount(&ballot);
    }
    for ballot in ballots {
        book.count(ballot);
    }
    Ok(())
}

/// The ballots at some indices, verified again.
fn verified(
    verifiers: &[Verifier<BallotContext>],
    entries: &dyn Entries,
    indices: &[u64],
) -> Result<Vec<VerifiedBallot>, StorageError> {
    let ballots = indices.iter().map(|&index| read_ballot(entries, index));
    let ballots = ballots.collect::<Result<Vec<_>, _>>()?;
    let borrowed: Vec<&BallotEntry> = ballots.iter().collect();
    let verified = verify(verifiers, &borrowed);
    let checked = indices.iter().zip(verified);
    checked
        .map(|(&index, verified)| verified.map_err(|refusal| broken(index, refusal)))
        .collect()
}

/// The ballot at an index.
fn read_ballot(entries: &dyn Entries, index: u64) -> Result<BallotEntry, StorageError> {
    let bytes = entries.read(index..index + 1)?.pop().unwrap_or_default();
    match Entry::from_bytes(&bytes) {
        Ok(Entry::Ballot(ballot)) => Ok(ballot),
        _ => Err(broken(index, "it is no ballot")),
    }
}

impl Replay for Rebuild<'_> {
    fn begin(&mut self, remembered: Option<Summary>) {
        *self = Self {
            remembered,
            ..Self::new(self.key)
        };
    }

    fn batch(&mut self, note: &[u8], entries: &[&[u8]]) -> Result<(), StorageError> {
        let (mut book, mut published, begun) = match self.ledger.take() {
            Some((book, published)) => (book, published, true),
            None => {
                let (book, published) = begin(entries, self.key)?;
                (book, published, false)
            }
        };
        let first = published.tree.size();
        let known = self.remembered.as_ref().map_or(0, |summary| summary.size);
        let mut added = Added::default();
        for (place, (leaf, entry)) in read(entries).into_iter().enumerate() {
            let index = first + place as u64;
            let entry = entry.map_err(|error| broken(index, error))?;
            if begun || place > 0 {
                book.append(leaf, &entry)
                    .map_err(|refusal| broken(index, refusal))?;
            }
            added.push(index, leaf, &entry);
        }
        let last = first + entries.len() as u64;
        if !book.is_head(note) {
            let why = "the checkpoint stored with it is not of the entries up to it, or not of this key";
            return Err(broken(last.saturating_sub(1), why));
        }
        if last > known {
            self.missing.extend(added.latest.iter().copied());
        }
        published.add(
            added,
            String::from_utf8_lossy(note).into_owned(),
            book.lifecycle(),
        );
        if let Some(summary) = &self.remembered {
            if summary.size == last {
                book.resume(summary)?;
            } else if first < summary.size && summary.size < last {
                // It ends within this batch: it is of other batches.
                return Err(StorageError::OtherMemory);
            }
        }
        self.ledger = Some((book, published));
        Ok(())
    }
}

/// Entries with their leaf hashes, decoded on all cores where they are many.
fn read(entries: &[&[u8]]) -> Vec<(Hash, Result<Entry, DecodeError>)> {
    let read = |bytes: &&[u8]| (leaf_hash(bytes), Entry::from_bytes(bytes));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = entries.len().div_ceil(cores).max(FEW);
    let (mine, others) = entries.split_at(share.min(entries.len()));
    std::thread::scope(|scope| {
        let others: Vec<_> = others
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(read).collect::<Vec<_>>()))
            .collect();
        let mut all: Vec<_> = mine.iter().map(read).collect();
        for part in others {
            all.extend(part.join().expect("decoding panics for no bytes"));
        }
        all
    })
}

fn begin(entries: &[&[u8]], key: &SigningKey) -> Result<(Book, Published), StorageError> {
    let first = entries.first().copied().unwrap_or_default();
    let book = Book::begin(first, key).map_err(|refusal| broken(0, refusal))?;
    let published = Published::new(book.lifecycle());
    Ok((book, published))
}

fn broken(index: u64, why: impl ToString) -> StorageError {
    StorageError::Entry {
        index,
        why: why.to_string(),
    }
}
