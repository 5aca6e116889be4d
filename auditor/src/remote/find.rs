//! One receipt looked up on a ledger that somebody else fetches.

use voting_core::hash::Hash;
use voting_core::ledger::{
    BUNDLE_WIDTH, Checkpoint, Head, KeptReceipt, Levels, Nodes, TilePlace, Trust, leaf_hash, parse_bundle,
};
use voting_core::lifecycle::Lifecycle;

use super::counts::{Counts, Course};
use super::files::{MAX_ENTRIES, Tile, Unreadable, size_to_find};
use super::found::{Because, Found, Lost};
use crate::evidence::{Contradiction, Evidence};
use crate::relation::{Past, Place, past, place};

/// A receipt that is being looked up.
pub struct Find {
    receipt: KeptReceipt,
    expected: Option<Hash>,
    seed: [u8; 32],
    note: Vec<u8>,
    size: u64,
    poll: Option<Poll>,
    levels: Levels,
    bundles: Vec<Vec<u8>>,
    stage: Stage,
    counts: Counts,
}

/// Whose ledger it is, and the heads that it signed.
struct Poll {
    entry: Vec<u8>,
    course: Course,
    trust: Trust,
    present: Head,
    signed: Head,
}

enum Stage {
    Checkpoint,
    First(Tile),
    Policy(Box<(Vec<u8>, Lifecycle, String)>),
    Hashes(Tile),
    Bundle(Tile),
    Read,
}

impl Find {
    /// Begins. `expected` is the election id that the voter knows; `seed` must be
    /// fresh and secret, as for an audit.
    ///
    /// # Errors
    /// [`Lost::NoReceipt`].
    pub fn begin(receipt: &[u8], expected: Option<Hash>, seed: [u8; 32]) -> Result<Self, Lost> {
        Ok(Self {
            receipt: KeptReceipt::parse(receipt).map_err(Lost::NoReceipt)?,
            expected,
            seed,
            note: Vec::new(),
            size: 0,
            poll: None,
            levels: Levels::default(),
            bundles: Vec::new(),
            stage: Stage::Checkpoint,
            counts: Counts::NotLooked,
        })
    }

    /// The path to fetch next, below the ledger's address; `None`: all is read.
    /// It is the same for every receipt of a ledger.
    pub fn wants(&self) -> Option<String> {
        match &self.stage {
            Stage::Checkpoint => Some("checkpoint".to_owned()),
            Stage::Policy(first) => Some(format!("content/{}", first.2)),
            Stage::First(tile) | Stage::Hashes(tile) | Stage::Bundle(tile) => Some(tile.path()),
            Stage::Read => None,
        }
    }

    /// Takes the file that was wanted; `None`: it is not there.
    ///
    /// # Errors
    /// Nothing can be told from this address.
    pub fn take(&mut self, file: Option<&[u8]>) -> Result<(), Lost> {
        match (&mut self.stage, file) {
            (Stage::Checkpoint, Some(file)) => self.checkpoint(file),
            (Stage::Checkpoint, None) => Err(Unreadable::Missing("checkpoint".to_owned()).into()),
            (Stage::First(tile) | Stage::Hashes(tile) | Stage::Bundle(tile), None) => {
                *tile = tile.instead()?;
                Ok(())
            }
            (Stage::First(_), Some(file)) => self.first(file),
            (Stage::Policy(_), policy) => self.policy(policy),
            (Stage::Hashes(_), Some(file)) => self.hashes(file),
            (Stage::Bundle(_), Some(file)) => self.bundle(file),
            (Stage::Read, _) => Err(Unreadable::NothingWanted.into()),
        }
    }

    /// Files taken so far, and all of them (0: not known yet).
    pub fn progress(&self) -> (u64, u64) {
        let tiles = self.size.div_ceil(BUNDLE_WIDTH);
        let all = if self.is_whole() { 2 * tiles } else { tiles };
        let hashes = self.levels.size().div_ceil(BUNDLE_WIDTH);
        (hashes + self.bundles.len() as u64, all)
    }

    /// Whether the ledger is small enough to be read whole.
    fn is_whole(&self) -> bool {
        self.size <= MAX_ENTRIES
    }

    fn checkpoint(&mut self, file: &[u8]) -> Result<(), Lost> {
        self.size = size_to_find(file)?;
        self.note = file.to_vec();
        let first = TilePlace::entries_at(0, self.size).ok_or(Lost::Unproven)?;
        self.stage = Stage::First(Tile::new(first));
        Ok(())
    }

    fn first(&mut self, file: &[u8]) -> Result<(), Lost> {
        let Stage::First(tile) = &self.stage else {
            return Err(Unreadable::NothingWanted.into());
        };
        let entry = tile.entries(file)?.first().ok_or(Lost::Unproven)?.to_vec();
        let lifecycle = Lifecycle::begin(&entry).map_err(Lost::Manifest)?;
        let election = lifecycle.election();
        if self.expected.is_some_and(|expected| expected != election.id) {
            return Err(Lost::OtherElection);
        }
        match election.manifest.policy_file() {
            Some(policy) => {
                let name = policy.name.clone();
                self.stage = Stage::Policy(Box::new((entry, lifecycle, name)));
                Ok(())
            }
            None => self.believe(entry, lifecycle, None),
        }
    }

    fn policy(&mut self, policy: Option<&[u8]>) -> Result<(), Lost> {
        match core::mem::replace(&mut self.stage, Stage::Read) {
            Stage::Policy(first) => {
                let (entry, lifecycle, _) = *first;
                self.believe(entry, lifecycle, policy)
            }
            _ => Err(Unreadable::NothingWanted.into()),
        }
    }

    /// Verifies the present head, and the receipt under its own.
    fn believe(&mut self, entry: Vec<u8>, lifecycle: Lifecycle, policy: Option<&[u8]>) -> Result<(), Lost> {
        let trust = Trust::sealed(&lifecycle.election().manifest, policy)?;
        let present = trust.head(&self.note).map_err(|_| Lost::NotSigned)?;
        let signed = self.receipt.verify(&trust).map_err(Lost::Foreign)?;
        self.poll = Some(Poll {
            entry,
            course: Course::new(lifecycle),
            trust,
            present,
            signed,
        });
        self.next_hashes(0);
        Ok(())
    }

    fn next_hashes(&mut self, number: u64) {
        self.stage = match TilePlace::hashes_at(0, number, self.size) {
            Some(place) => Stage::Hashes(Tile::new(place)),
            None => self.next_bundle(0),
        };
    }

    fn next_bundle(&self, number: u64) -> Stage {
        match TilePlace::entries_at(number, self.size) {
            Some(place) if self.is_whole() => Stage::Bundle(Tile::new(place)),
            _ => Stage::Read,
        }
    }

    fn hashes(&mut self, file: &[u8]) -> Result<(), Lost> {
        let (Stage::Hashes(tile), Some(poll)) = (&self.stage, &self.poll) else {
            return Err(Unreadable::NothingWanted.into());
        };
        let next = tile.number() + 1;
        self.levels.extend(tile.hashes(file)?);
        if self.levels.size() == self.size {
            let head = &poll.present.checkpoint;
            let first = self.levels.node(0, 0) == Some(leaf_hash(&poll.entry));
            if self.levels.root() != head.root || !first {
                return Err(Lost::Unproven);
            }
        }
        self.next_hashes(next);
        Ok(())
    }

    fn bundle(&mut self, file: &[u8]) -> Result<(), Lost> {
        let (Stage::Bundle(tile), Some(poll)) = (&self.stage, &mut self.poll) else {
            return Err(Unreadable::NothingWanted.into());
        };
        let next = tile.number() + 1;
        let entries = tile.entries(file)?;
        for (index, entry) in (tile.number() * BUNDLE_WIDTH..).zip(entries) {
            if self.levels.node(0, index) != Some(leaf_hash(entry)) {
                return Err(Lost::Unproven);
            }
            // The course begins behind entry 0.
            if index > 0 {
                poll.course.entry(entry);
            }
        }
        self.bundles.push(file.to_vec());
        self.stage = self.next_bundle(next);
        if let (Stage::Read, Some(poll)) = (&self.stage, &self.poll) {
            let own = self.receipt.receipt.index;
            self.counts = poll.course.counts(own, self.seed, |index| self.again(index));
        }
        Ok(())
    }

    fn again(&self, index: u64) -> Option<Vec<u8>> {
        let bundle = self.bundles.get(usize::try_from(index / BUNDLE_WIDTH).ok()?)?;
        let entries = parse_bundle(bundle).ok()?;
        Some(entries.get((index % BUNDLE_WIDTH) as usize)?.to_vec())
    }

    /// The index that the receipt names.
    pub fn index(&self) -> u64 {
        self.receipt.receipt.index
    }

    /// What became of the ballot, by the rules of specs/10-audit.md §9; `None`
    /// until all hashes are there.
    ///
    /// # Errors
    /// The hashes are not those of the signed tree.
    pub fn found(&self) -> Result<Option<Found>, Lost> {
        let Some(poll) = &self.poll else { return Ok(None) };
        if self.levels.size() != self.size {
            return Ok(None);
        }
        self.judge(poll).map(Some)
    }

    fn judge(&self, poll: &Poll) -> Result<Found, Lost> {
        let (present, signed) = (&poll.present.checkpoint, &poll.signed.checkpoint);
        let unknown = |because| Ok(Found::Unknown { because });
        let index = self.receipt.receipt.index;
        if index >= self.size {
            return unknown(match poll.course.close() {
                Some(_) if poll.course.size() == self.size => Because::ClosedBefore,
                _ => Because::Older,
            });
        }
        if let Some(dropped) = self.dropped(poll, present)? {
            return Ok(dropped);
        }
        if signed.size > present.size {
            return unknown(Because::Older);
        }
        if let Some(rewritten) = self.rewritten(poll, signed, present)? {
            return Ok(rewritten);
        }
        if !poll.present.is_witnessed() && !poll.signed.is_witnessed() {
            return unknown(Because::NotWitnessed);
        }
        Ok(Found::Kept(self.counts))
    }

    fn dropped(&self, poll: &Poll, present: &Checkpoint) -> Result<Option<Found>, Lost> {
        let index = self.receipt.receipt.index;
        match place(&self.levels, &self.receipt.leaf, index, present).ok_or(Lost::Unproven)? {
            Place::Held => Ok(None),
            Place::Taken { leaf, proof } => {
                let proof = Contradiction::Dropped {
                    receipt: self.receipt.to_string(),
                    checkpoint: self.note(),
                    other_leaf: hex::encode(leaf),
                    proof: proof.iter().map(hex::encode).collect(),
                };
                let says = format!(
                    "the ledger signed for an entry at index {index}, and has another one there in its signed head of {} entries",
                    present.size
                );
                Ok(Some(Found::Dropped {
                    evidence: poll.proven(proof, says),
                }))
            }
        }
    }

    fn rewritten(
        &self,
        poll: &Poll,
        signed: &Checkpoint,
        present: &Checkpoint,
    ) -> Result<Option<Found>, Lost> {
        match past(&self.levels, signed, present).ok_or(Lost::Unproven)? {
            Past::Continues => Ok(None),
            Past::Rewritten { root, proof } => {
                let bears = self.receipt.receipt.checkpoint.clone();
                let proof = Contradiction::fork(bears, self.note(), &root, &proof);
                let says = format!(
                    "the ledger's signed head of {} entries does not go on from the one of {} that a receipt bears",
                    present.size, signed.size
                );
                Ok(Some(Found::Rewritten {
                    evidence: poll.proven(proof, says),
                }))
            }
        }
    }

    fn note(&self) -> String {
        String::from_utf8_lossy(&self.note).into_owned()
    }
}

impl Poll {
    fn proven(&self, proof: Contradiction, says: String) -> Box<Evidence> {
        Box::new(Evidence::new(&self.trust, Some(&self.entry), proof, says))
    }
}
