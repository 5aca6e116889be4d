//! A later reading of the ledger, from entry 0 to a signed head: what a voter
//! needs to find the own ballots on it (specs/05a-voter.md §8).

use alloc::vec::Vec;

use rand_core::CryptoRng;

use super::poll::take;
use super::{CheckpointRefused, OwnBallot, Poll, Recorded, Standing, Status, Voter};
use crate::ballot::{Tracker, verify};
use crate::entry::{BallotEntry, Entry};
use crate::hash::Hash;
use crate::ledger::leaf_hash;
use crate::lifecycle::{Illegal, Lifecycle};
use crate::token::{RsaTokenVerifier, TokenVerifier};

/// Why what was read is not this election's ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadingError {
    /// Entry 0 is no manifest.
    #[error("the public record does not begin as one: {0}")]
    Manifest(#[from] Illegal),
    /// Entry 0 is another election's.
    #[error("the public record is of another election")]
    OtherElection,
    /// The head is not this ledger's.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointRefused),
    /// The entries read are not those under the head.
    #[error("the entries read are not those of the signed public record")]
    Entries,
}

/// A receipted ballot, and what the reading shows of it so far.
struct Promise {
    own: OwnBallot,
    found: Option<u64>,
    kept: Option<bool>,
}

/// Entry after entry of a ledger, for one voter's eyes.
pub struct Reading<'p> {
    poll: &'p Poll,
    credential: [u8; 32],
    lifecycle: Lifecycle,
    promises: Vec<Promise>,
    recorded: Vec<Recorded>,
    counted: Option<usize>,
    invalid: u64,
}

impl<'p> Reading<'p> {
    /// Begins with entry 0. The voter's ballots are those known by now.
    ///
    /// # Errors
    /// Entry 0 is not this election's manifest.
    pub fn begin(voter: &Voter<'p>, entry: &[u8]) -> Result<Self, ReadingError> {
        let lifecycle = Lifecycle::begin(entry)?;
        if lifecycle.election().id != *voter.poll.election_id() {
            return Err(ReadingError::OtherElection);
        }
        let promises = voter.ballots.iter().map(|own| Promise {
            own: own.clone(),
            found: None,
            kept: None,
        });
        Ok(Self {
            poll: voter.poll,
            credential: voter.credential.public(),
            lifecycle,
            promises: promises.collect(),
            recorded: Vec::new(),
            counted: None,
            invalid: 0,
        })
    }

    /// Takes the next entry's bytes. `rng` gives the weights by which a ballot
    /// of the own credential is verified.
    pub fn entry<R: CryptoRng + ?Sized>(&mut self, bytes: &[u8], rng: &mut R) {
        let index = self.lifecycle.size();
        let (entry, legal) = take(&mut self.lifecycle, bytes);
        if let Some(Entry::Ballot(ballot)) = entry
            && *ballot.credential == self.credential
        {
            self.own_ballot(index, &leaf_hash(bytes), &ballot, legal, rng);
        }
        self.compare_heads();
    }

    /// A ballot that bears the own credential.
    fn own_ballot<R: CryptoRng + ?Sized>(
        &mut self,
        index: u64,
        leaf: &Hash,
        ballot: &BallotEntry,
        legal: bool,
        rng: &mut R,
    ) {
        let made_here = self.promises.iter_mut().find(|promise| promise.own.leaf == *leaf);
        let by_this_device = made_here.is_some();
        if let Some(promise) = made_here {
            promise.found.get_or_insert(index);
        }
        if !legal || !self.is_valid(ballot, rng) {
            self.invalid += 1;
            return;
        }
        let sequence = u32::from_be_bytes(*ballot.sequence);
        let before = self.counted.map(|at| self.recorded[at].sequence);
        let counts = before.is_none_or(|before| self.poll.revoting() && sequence > before);
        if counts {
            self.counted = Some(self.recorded.len());
        }
        self.recorded.push(Recorded {
            index,
            sequence,
            tracker: *Tracker::of(self.poll.election_id(), ballot).as_bytes(),
            by_this_device,
        });
    }

    /// Proof and passes hold.
    fn is_valid<R: CryptoRng + ?Sized>(&self, ballot: &BallotEntry, rng: &mut R) -> bool {
        let passes = || {
            let mut tokens = (0..).zip(&ballot.tokens);
            tokens.all(|(issuer, token)| {
                let verified = |key| RsaTokenVerifier.verify(key, &self.credential, token).is_ok();
                self.poll
                    .issuer(issuer)
                    .is_some_and(|issuer| verified(&issuer.key))
            })
        };
        verify(self.poll.context(), ballot, rng).is_ok() && passes()
    }

    /// At the size of a receipt's head, the root must be the one it signed.
    fn compare_heads(&mut self) {
        let size = self.lifecycle.size();
        for promise in &mut self.promises {
            let head = promise.own.recording().map(|recording| recording.head());
            if let Some(head) = head.filter(|head| head.size == size) {
                promise.kept = Some(head.root == self.lifecycle.root());
            }
        }
    }

    /// Ends the reading under a signed checkpoint.
    fn end(self, checkpoint: &[u8]) -> Result<Status, ReadingError> {
        let head = self.poll.verify_checkpoint(checkpoint)?;
        if (head.size, head.root) != (self.lifecycle.size(), self.lifecycle.root()) {
            return Err(ReadingError::Entries);
        }
        let own = self.promises.into_iter().map(|promise| {
            let standing = match (promise.own.recording().is_some(), promise.kept, promise.found) {
                (true, Some(true), Some(index)) => Standing::Kept { index },
                (true, None, _) => Standing::Older,
                (true, _, None) => Standing::Missing,
                (true, _, Some(index)) => Standing::Rewritten { index },
                (false, _, Some(index)) => Standing::WithoutReceipt { index },
                (false, _, None) => Standing::NotThere,
            };
            (promise.own.sequence, standing)
        });
        Ok(Status {
            phase: self.lifecycle.phase(),
            head,
            own: own.collect(),
            recorded: self.recorded,
            counted: self.counted,
            invalid: self.invalid,
        })
    }
}

impl<'p> Voter<'p> {
    /// Ends a reading of the ledger under a signed checkpoint, and says how
    /// this voter's ballots stand. The next ballot's sequence will be larger
    /// than any recorded one.
    ///
    /// # Errors
    /// The entries are not those of the signed ledger.
    pub fn status(&mut self, reading: Reading<'p>, checkpoint: &[u8]) -> Result<Status, ReadingError> {
        let status = reading.end(checkpoint)?;
        let sequences = status
            .recorded
            .iter()
            .map(|ballot| u64::from(ballot.sequence) + 1);
        self.next = sequences.fold(self.next, u64::max);
        Ok(status)
    }
}
