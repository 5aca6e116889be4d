//! While open: ballots in batches, each sorted by leaf hash and ended by its count.

use alloc::collections::BTreeSet;

use super::{Election, Illegal};
use crate::entry::{BallotEntry, Batch};
use crate::hash::Hash;

/// Ballots and batches.
#[derive(Debug, Clone, Default)]
pub struct Voting {
    ballots: u64,
    batches: u64,
    undersized: u64,
    last: Option<Hash>,
    credentials: BTreeSet<[u8; 32]>,
}

impl Voting {
    /// Ballots on the ledger, replaced ones included.
    pub fn ballots(&self) -> u64 {
        self.ballots
    }

    /// Batches on the ledger.
    pub fn batches(&self) -> u64 {
        self.batches
    }

    /// Batches below the manifest's minimum: fewer ballots hide each other.
    pub fn undersized(&self) -> u64 {
        self.undersized
    }

    /// Whether ballots wait for their batch entry.
    pub fn batch_is_unfinished(&self) -> bool {
        !self.credentials.is_empty()
    }

    pub(super) fn ballot(
        &mut self,
        election: &Election,
        leaf: Hash,
        ballot: &BallotEntry,
    ) -> Result<(), Illegal> {
        if ballot.style as usize >= election.manifest.styles.len() {
            return Err(Illegal::Unknown {
                what: "style",
                index: ballot.style,
            });
        }
        if self.batch_is_unfinished() && self.last.is_some_and(|last| last >= leaf) {
            return Err(Illegal::Batch("its ballots do not ascend by leaf hash"));
        }
        if self.credentials.contains(&*ballot.credential) {
            return Err(Illegal::Batch("two ballots of one credential"));
        }
        self.credentials.insert(*ballot.credential);
        self.last = Some(leaf);
        self.ballots += 1;
        Ok(())
    }

    pub(super) fn batch(&mut self, election: &Election, batch: &Batch) -> Result<(), Illegal> {
        if batch.count == 0 {
            return Err(Illegal::Batch("it is empty"));
        }
        if batch.count as usize != self.credentials.len() {
            return Err(Illegal::Batch("its count is not the number of its ballots"));
        }
        if batch.count < election.manifest.batch.min_ballots {
            self.undersized += 1;
        }
        self.batches += 1;
        self.credentials.clear();
        Ok(())
    }
}
