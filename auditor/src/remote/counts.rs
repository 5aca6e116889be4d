//! Whether the ballot of a receipt counts, by the ledger's own entries.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use serde::Serialize;
use voting_core::ballot::verify;
use voting_core::entry::{BallotEntry, Entry};
use voting_core::hash::Hash;
use voting_core::ledger::leaf_hash;
use voting_core::lifecycle::{Election, Lifecycle};

use crate::tokens;

/// Whether a ballot in the box counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "counts")]
pub enum Counts {
    /// Not every entry was read.
    NotLooked,
    /// It is the ballot of its voting pass that counts.
    Counted,
    /// A later ballot of the same voting pass replaced it.
    Replaced {
        /// The index of the ballot that counts.
        by: u64,
    },
    /// It stands in the box, and it is no ballot that can count.
    Invalid,
    /// The entry is no ballot.
    NoBallot,
}

/// The entries of a ledger, from entry 0 on, as far as they were read.
pub(super) struct Course {
    lifecycle: Lifecycle,
    /// Index and credential of every legal ballot.
    ballots: Vec<(u64, [u8; 32])>,
    /// Index of the legal close.
    close: Option<u64>,
}

impl Course {
    /// Begins behind entry 0.
    pub(super) fn new(lifecycle: Lifecycle) -> Self {
        Self {
            lifecycle,
            ballots: Vec::new(),
            close: None,
        }
    }

    pub(super) fn election(&self) -> &Election {
        self.lifecycle.election()
    }

    /// Entries read.
    pub(super) fn size(&self) -> u64 {
        self.lifecycle.size()
    }

    pub(super) fn close(&self) -> Option<u64> {
        self.close
    }

    /// The next entry, whose bytes are known to be the signed ledger's.
    pub(super) fn entry(&mut self, bytes: &[u8]) {
        let (index, leaf) = (self.lifecycle.size(), leaf_hash(bytes));
        let Ok(entry) = Entry::from_bytes(bytes) else {
            return self.lifecycle.skip(leaf);
        };
        if self.lifecycle.apply(leaf, &entry).is_err() {
            return self.lifecycle.skip(leaf);
        }
        match entry {
            Entry::Ballot(ballot) => self.ballots.push((index, *ballot.credential)),
            Entry::Close(_) => self.close = Some(index),
            _ => {}
        }
    }

    /// Judges the entry at an index, once all were read. `read` gives entries again.
    pub(super) fn counts(&self, own: u64, seed: Hash, read: impl Fn(u64) -> Option<Vec<u8>>) -> Counts {
        let ballot = |index| match Entry::from_bytes(&read(index)?) {
            Ok(Entry::Ballot(ballot)) => Some(ballot),
            _ => None,
        };
        let Some(credential) = ballot(own).map(|ballot| *ballot.credential) else {
            return Counts::NoBallot;
        };
        let mut rng = ChaCha20Rng::from_seed(seed);
        // Of the valid ballots of a credential, in the ledger's order (specs/10-audit.md §3.8).
        let (mut latest, mut own_was_valid) = (None::<(u64, BallotEntry)>, false);
        for &(index, _) in self.ballots.iter().filter(|legal| legal.1 == credential) {
            let Some(ballot) = ballot(index) else { continue };
            if self.is_valid(&ballot, &mut rng) && self.follows(latest.as_ref(), &ballot) {
                own_was_valid |= index == own;
                latest = Some((index, ballot));
            }
        }
        match latest {
            Some((index, _)) if index == own => Counts::Counted,
            Some((by, _)) if own_was_valid => Counts::Replaced { by },
            _ => Counts::Invalid,
        }
    }

    fn is_valid(&self, ballot: &BallotEntry, rng: &mut ChaCha20Rng) -> bool {
        let election = self.election();
        let context = election.ballot_context(ballot.style);
        let tokens = tokens::verifier(election);
        context.is_some_and(|context| verify(&context, ballot, rng).is_ok())
            && tokens::check(election, &*tokens, ballot).is_empty()
    }

    fn follows(&self, earlier: Option<&(u64, BallotEntry)>, ballot: &BallotEntry) -> bool {
        let sequence = |ballot: &BallotEntry| u32::from_be_bytes(*ballot.sequence);
        earlier.is_none_or(|(_, earlier)| {
            self.election().manifest.revoting
                && earlier.style == ballot.style
                && sequence(ballot) > sequence(earlier)
        })
    }
}
