//! What the ledger's entries add up to, as its only writer keeps it: the legal
//! order, the sums, and the signed head.

use ed25519_dalek::SigningKey;
use voting_core::ballot::VerifiedBallot;
use voting_core::decrypt::{VerifiedShare, combine, verify_share};
use voting_core::entry::{ContestResult, DecryptionShare, Entry, Tally};
use voting_core::group::{Scalar, message_base};
use voting_core::hash::Hash;
use voting_core::keys::PublicKeys;
use voting_core::ledger::{Checkpoint, SignerKey};
use voting_core::lifecycle::Lifecycle;
use voting_core::outcome::{Outcome, outcome};
use voting_core::tally::Sums;

use crate::problem::Refusal;
use crate::storage::{StorageError, Summary};

/// The writer's view of the ledger, including what is not durable yet.
pub struct Book {
    lifecycle: Lifecycle,
    sums: Vec<Sums>,
    /// By contest: ballots that count.
    counted: Vec<u64>,
    /// Decryption shares on the ledger.
    shares: Vec<DecryptionShare>,
    signer: SignerKey,
}

fn illegal(error: impl ToString) -> Refusal {
    Refusal::Illegal(error.to_string())
}

impl Book {
    /// Begins with entry 0.
    ///
    /// # Errors
    /// It is no signed, coherent manifest, or seals another ledger key.
    pub fn begin(first: &[u8], key: &SigningKey) -> Result<Self, Refusal> {
        let lifecycle = Lifecycle::begin(first).map_err(illegal)?;
        let sealed = &lifecycle.election().manifest.ledger;
        if *sealed.key != key.verifying_key().to_bytes() {
            return Err(illegal(
                "the manifest seals another ledger key than this folder's",
            ));
        }
        let contests = &lifecycle.election().contests;
        Ok(Self {
            sums: contests
                .iter()
                .map(|contest| Sums::new(contest.maxima().len()))
                .collect(),
            counted: vec![0; contests.len()],
            shares: Vec::new(),
            signer: SignerKey::ed25519(&sealed.origin, key).map_err(illegal)?,
            lifecycle,
        })
    }

    /// Order and election so far.
    pub fn lifecycle(&self) -> &Lifecycle {
        &self.lifecycle
    }

    /// Whether a stored checkpoint is this book's head, signed with its key.
    pub fn is_head(&self, note: &[u8]) -> bool {
        Checkpoint::verify(note, &self.signer.verifier()).is_ok_and(|head| head == self.head())
    }

    fn head(&self) -> Checkpoint {
        Checkpoint {
            origin: self.lifecycle.election().manifest.ledger.origin.clone(),
            size: self.lifecycle.size(),
            root: self.lifecycle.root(),
        }
    }

    /// The signed head. It may leave the process only when its entries are durable.
    pub fn checkpoint(&self) -> String {
        self.head().sign(&self.signer)
    }

    /// Whether an entry is out of the question, told without changing anything.
    ///
    /// # Errors
    /// It is not legal now.
    pub fn foresee(&self, leaf: Hash, entry: &Entry) -> Result<(), Refusal> {
        self.lifecycle.foresee(leaf, entry).map_err(illegal)
    }

    /// Takes an entry that somebody hands in and that is no ballot; returns its index.
    ///
    /// # Errors
    /// It is not legal; nothing is changed.
    pub fn take(&mut self, leaf: Hash, entry: &Entry) -> Result<u64, Refusal> {
        match entry {
            Entry::DecryptionShare(signed) => drop(self.verified(&signed.body)?),
            Entry::Result(result) => self.check_result(result)?,
            _ => {}
        }
        self.append(leaf, entry)
    }

    /// Appends an entry whose proofs were verified; returns its index. A ballot
    /// is not counted yet.
    ///
    /// # Errors
    /// It is not legal; nothing is changed.
    pub fn append(&mut self, leaf: Hash, entry: &Entry) -> Result<u64, Refusal> {
        let index = self.lifecycle.size();
        self.lifecycle.apply(leaf, entry).map_err(illegal)?;
        if let Entry::DecryptionShare(signed) = entry {
            self.shares.push(signed.body.clone());
        }
        Ok(index)
    }

    /// Adds a ballot to its contests' sums.
    pub fn count(&mut self, ballot: &VerifiedBallot) {
        self.add(ballot, Sums::add, |counted| counted + 1);
    }

    /// Takes a ballot that was counted out again: another one replaces it.
    pub fn discount(&mut self, ballot: &VerifiedBallot) {
        self.add(ballot, Sums::subtract, |counted| counted - 1);
    }

    fn add(
        &mut self,
        ballot: &VerifiedBallot,
        with: fn(&mut Sums, &VerifiedBallot, usize),
        step: fn(u64) -> u64,
    ) {
        let election = self.lifecycle.election();
        for &contest in &election.manifest.styles[ballot.style() as usize].contests {
            if let Some(offset) = election.cell_offset(ballot.style(), contest) {
                with(&mut self.sums[contest as usize], ballot, offset);
                self.counted[contest as usize] = step(self.counted[contest as usize]);
            }
        }
    }

    /// The `tally` entries, which follow `close` at once.
    pub fn tallies(&self) -> Vec<Entry> {
        let contests = (0..).zip(self.sums.iter().zip(&self.counted));
        let tally = |(contest, (sums, &ballots)): (u32, (&Sums, &u64))| {
            let sums = sums.to_bytes().into();
            Entry::Tally(Tally {
                contest,
                ballots,
                sums,
            })
        };
        contests.map(tally).collect()
    }

    /// What a later start need not count again.
    pub fn summary(&self) -> Summary {
        let contests = self.counted.iter().zip(&self.sums);
        Summary {
            size: self.lifecycle.size(),
            root: self.lifecycle.root(),
            contests: contests
                .map(|(&counted, sums)| (counted, sums.to_bytes()))
                .collect(),
        }
    }

    /// Goes on from a summary of the entries so far.
    ///
    /// # Errors
    /// [`StorageError::OtherMemory`]: it is of other entries.
    pub fn resume(&mut self, summary: &Summary) -> Result<(), StorageError> {
        let fits = summary.root == self.lifecycle.root() && summary.contests.len() == self.sums.len();
        if !fits {
            return Err(StorageError::OtherMemory);
        }
        for (contest, (counted, bytes)) in summary.contests.iter().enumerate() {
            let cells = self.sums[contest].cells().len();
            self.sums[contest] = Sums::from_bytes(cells, bytes).map_err(|_| StorageError::OtherMemory)?;
            self.counted[contest] = *counted;
        }
        Ok(())
    }

    fn keys(&self) -> Result<&PublicKeys, Refusal> {
        let keys = self.lifecycle.election().keys.as_ref();
        keys.map(|keys| &keys.public)
            .ok_or_else(|| illegal("there is no joint key"))
    }

    fn sums(&self, contest: u32) -> Result<&Sums, Refusal> {
        let sums = self.sums.get(contest as usize);
        sums.ok_or_else(|| illegal(format!("there is no contest {contest}")))
    }

    /// A share whose proof holds for the sums that this book added up.
    fn verified(&self, share: &DecryptionShare) -> Result<VerifiedShare, Refusal> {
        let keys = self.keys()?;
        let share_key = keys.shares.get(share.trustee as usize);
        let share_key = share_key.ok_or_else(|| illegal(format!("there is no trustee {}", share.trustee)))?;
        let election_id = &self.lifecycle.election().id;
        verify_share(
            election_id,
            &keys.joint,
            share_key,
            self.sums(share.contest)?,
            share,
        )
        .map_err(illegal)
    }

    /// A result is taken only if it is what the shares decrypt to, and the
    /// winners follow from it.
    fn check_result(&self, result: &ContestResult) -> Result<(), Refusal> {
        let manifest = &self.lifecycle.election().manifest;
        let contest = result.contest as usize;
        let sums = self.sums(result.contest)?;
        let shares = self.shares.iter().filter(|share| share.contest == result.contest);
        let shares = shares
            .map(|share| self.verified(share))
            .collect::<Result<Vec<_>, _>>()?;
        let points = combine(manifest.trustees.threshold, sums, &shares).map_err(illegal)?;
        let stated = result
            .totals
            .iter()
            .map(|&total| message_base() * Scalar::from(total));
        if !points.into_iter().eq(stated) {
            return Err(illegal("the totals are not what the shares decrypt to"));
        }
        let sealed = &manifest.contests[contest];
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
