//! The ledger in memory: what its entries add up to, and what is published.

use std::collections::HashMap;

use ed25519_dalek::SigningKey;
use voting_core::ballot::{VerifiedBallot, verify};
use voting_core::decrypt::{combine, verify_share};
use voting_core::entry::{ContestResult, DecryptionShare, Entry, Tally};
use voting_core::group::{Scalar, message_base};
use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, SignerKey, leaf_hash};
use voting_core::lifecycle::Lifecycle;
use voting_core::outcome::{Outcome, outcome};
use voting_core::tally::Sums;

use crate::problem::Refusal;
use crate::proofs::{Levels, receipt};

/// The ballot of a credential that counts so far.
#[derive(Debug, Clone, Copy)]
pub struct Latest {
    /// Its sequence.
    pub sequence: u32,
    /// Its entry's index.
    pub index: u64,
}

/// Everything the ballot box knows.
pub struct Ledger {
    /// Order and election.
    pub lifecycle: Lifecycle,
    /// All entries' bytes.
    pub entries: Vec<Vec<u8>>,
    /// The tree's hashes.
    pub levels: Levels,
    /// The newest signed checkpoint.
    pub checkpoint: String,
    /// Per credential the ballot that counts.
    pub latest: HashMap<[u8; 32], Latest>,
    sums: Vec<Sums>,
    counted: Vec<u64>,
    signer: SignerKey,
    origin: String,
}

fn illegal(error: impl ToString) -> Refusal {
    Refusal::Illegal(error.to_string())
}

impl Ledger {
    /// Begins with entry 0.
    ///
    /// # Errors
    /// It is no signed, coherent manifest, or seals another ledger key.
    pub fn begin(first: Vec<u8>, key: &SigningKey) -> Result<Self, Refusal> {
        let lifecycle = Lifecycle::begin(&first).map_err(illegal)?;
        let sealed = &lifecycle.election().manifest.ledger;
        if *sealed.key != key.verifying_key().to_bytes() {
            return Err(illegal("the manifest seals another ledger key"));
        }
        let origin = sealed.origin.clone();
        let signer = SignerKey::ed25519(&origin, key).map_err(illegal)?;
        let cells = lifecycle
            .election()
            .contests
            .iter()
            .map(|statement| statement.maxima().len());
        let mut ledger = Self {
            sums: cells.map(Sums::new).collect(),
            counted: vec![0; lifecycle.election().contests.len()],
            lifecycle,
            entries: Vec::new(),
            levels: Levels::default(),
            checkpoint: String::new(),
            latest: HashMap::new(),
            signer,
            origin,
        };
        ledger.levels.push(leaf_hash(&first));
        ledger.entries.push(first);
        ledger.sign();
        Ok(ledger)
    }

    /// Signs the head. Only heads of durable entries are signed.
    pub fn sign(&mut self) {
        let (origin, size, root) = (self.origin.clone(), self.levels.size(), self.levels.root());
        self.checkpoint = Checkpoint { origin, size, root }.sign(&self.signer);
    }

    /// The receipt of an entry under the newest checkpoint.
    pub fn receipt(&self, index: u64) -> String {
        receipt(&self.levels, index, &self.checkpoint)
    }

    /// Appends an entry that is no ballot, in memory.
    ///
    /// # Errors
    /// It is not legal; nothing is changed.
    pub fn append(&mut self, entry: &Entry, bytes: Vec<u8>) -> Result<u64, Refusal> {
        match entry {
            Entry::DecryptionShare(signed) => self.check_share(&signed.body)?,
            Entry::Result(result) => self.check_result(result)?,
            _ => {}
        }
        let leaf = leaf_hash(&bytes);
        self.lifecycle.apply(leaf, entry).map_err(illegal)?;
        Ok(self.push(leaf, bytes))
    }

    /// Appends a verified ballot of the batch under way, in memory.
    ///
    /// # Errors
    /// It is not legal; nothing is changed.
    pub fn append_ballot(
        &mut self,
        entry: &Entry,
        bytes: Vec<u8>,
        ballot: &VerifiedBallot,
    ) -> Result<u64, Refusal> {
        let leaf = leaf_hash(&bytes);
        self.lifecycle.apply(leaf, entry).map_err(illegal)?;
        let replaced = self.latest.get(&ballot.credential()).map(|latest| latest.index);
        self.count(ballot, replaced);
        let index = self.push(leaf, bytes);
        let sequence = ballot.sequence();
        self.latest
            .insert(ballot.credential(), Latest { sequence, index });
        Ok(index)
    }

    fn push(&mut self, leaf: Hash, bytes: Vec<u8>) -> u64 {
        self.levels.push(leaf);
        self.entries.push(bytes);
        self.entries.len() as u64 - 1
    }

    /// Adds a ballot to its contests' sums, and takes out the one it replaces.
    fn count(&mut self, ballot: &VerifiedBallot, replaced: Option<u64>) {
        let old = replaced.and_then(|index| self.verified_again(index));
        let election = self.lifecycle.election();
        let style = &election.manifest.styles[ballot.style() as usize];
        for &contest in &style.contests {
            let Some(offset) = election.cell_offset(ballot.style(), contest) else {
                continue;
            };
            let sums = &mut self.sums[contest as usize];
            sums.add(ballot, offset);
            match &old {
                Some(old) => sums.subtract(old, offset),
                None => self.counted[contest as usize] += 1,
            }
        }
    }

    fn verified_again(&self, index: u64) -> Option<VerifiedBallot> {
        let Ok(Entry::Ballot(ballot)) = Entry::from_bytes(self.entries.get(index as usize)?) else {
            return None;
        };
        let context = self.lifecycle.election().ballot_context(ballot.style)?;
        verify(&context, &ballot, &mut rand::rng()).ok()
    }

    /// The `tally` entries, which follow close at once.
    pub fn tallies(&self) -> Vec<Entry> {
        let contests = (0u32..).zip(self.sums.iter().zip(&self.counted));
        let tally = |(contest, (sums, &ballots)): (u32, (&Sums, &u64))| {
            Entry::Tally(Tally {
                contest,
                ballots,
                sums: sums.to_bytes().into(),
            })
        };
        contests.map(tally).collect()
    }

    fn check_share(&self, share: &DecryptionShare) -> Result<(), Refusal> {
        let election = self.lifecycle.election();
        let keys = election
            .keys
            .as_ref()
            .ok_or_else(|| illegal("there is no joint key"))?;
        let share_key = keys
            .public
            .shares
            .get(share.trustee as usize)
            .ok_or_else(|| illegal("unknown trustee"))?;
        let sums = self
            .sums
            .get(share.contest as usize)
            .ok_or_else(|| illegal("unknown contest"))?;
        verify_share(&election.id, &keys.public.joint, share_key, sums, share)
            .map(|_| ())
            .map_err(illegal)
    }

    /// A result is taken only if it is what the shares decrypt to.
    fn check_result(&self, result: &ContestResult) -> Result<(), Refusal> {
        let election = self.lifecycle.election();
        let keys = election
            .keys
            .as_ref()
            .ok_or_else(|| illegal("there is no joint key"))?;
        let contest = result.contest as usize;
        let (Some(sums), Some(sealed)) = (self.sums.get(contest), election.manifest.contests.get(contest))
        else {
            return Err(illegal("unknown contest"));
        };
        let shares = self
            .entries
            .iter()
            .rev()
            .take_while(|bytes| !matches!(Entry::from_bytes(bytes), Ok(Entry::Close(_))));
        let proven = shares.filter_map(|bytes| match Entry::from_bytes(bytes) {
            Ok(Entry::DecryptionShare(signed)) if signed.body.contest == result.contest => {
                let share_key = keys.public.shares.get(signed.body.trustee as usize)?;
                verify_share(&election.id, &keys.public.joint, share_key, sums, &signed.body).ok()
            }
            _ => None,
        });
        let proven: Vec<_> = proven.collect();
        let points = combine(election.manifest.trustees.threshold, sums, &proven).map_err(illegal)?;
        let plain = result
            .totals
            .iter()
            .map(|&total| message_base() * Scalar::from(total));
        if points.len() != result.totals.len() || !points.iter().copied().eq(plain) {
            return Err(illegal("the totals are not what the shares decrypt to"));
        }
        let totals = sealed
            .totals(&result.totals, self.counted[contest])
            .map_err(illegal)?;
        let winners = match outcome(sealed, &totals, self.lifecycle.closing().lot()) {
            Outcome::Winners(winners) => Some(winners),
            Outcome::Open { .. } => None,
        };
        if winners != result.winners {
            return Err(illegal("the winners do not follow from the totals"));
        }
        Ok(())
    }
}
