//! The ledger, downloaded and put together again.
//!
//! Nothing the ballot box says is believed: the manifest must be the one asked
//! for, the checkpoint signed with the key it seals and cosigned by the
//! witnesses it seals, every entry legal, and the root recomputed.

use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::{TilePlace, Trust, leaf_hash, parse_bundle};
use voting_core::lifecycle::{Election, Lifecycle};

use crate::memory::{Head, Memory};
use crate::{Board, CeremonyFault};

/// A ledger up to one signed checkpoint.
pub struct Record {
    /// The entries' bytes, from 0.
    pub entries: Vec<Vec<u8>>,
    /// The checkpoint as signed.
    pub note: Vec<u8>,
    /// What the entries add up to.
    pub lifecycle: Lifecycle,
    /// Whom to believe about the ledger's heads.
    pub trust: Trust,
    /// Name and bytes of the sealed witness policy's file, where there is one.
    pub policy: Option<(String, Vec<u8>)>,
}

impl Record {
    /// Downloads a ledger. `election` is the id that the reader knows from
    /// elsewhere.
    pub fn read(board: &dyn Board, election: &Hash) -> Result<Self, CeremonyFault> {
        let note = board
            .get("checkpoint")?
            .ok_or_else(|| record("it has no checkpoint"))?;
        let size = announced_size(&note).ok_or_else(|| record("its checkpoint is not one"))?;
        let entries = download(board, size)?;
        let policy = policy_file(&entries)
            .map(|name| board.get(&format!("content/{name}")))
            .transpose()?;
        Self::put_together(entries, note, election, policy.flatten().as_deref())
    }

    /// Puts a ledger together from its entries and signed checkpoint.
    /// `policy` is the witness policy's file, where the manifest seals one.
    pub fn put_together(
        entries: Vec<Vec<u8>>,
        note: Vec<u8>,
        election: &Hash,
        policy: Option<&[u8]>,
    ) -> Result<Self, CeremonyFault> {
        let first = entries.first().ok_or_else(|| record("it is empty"))?;
        let mut lifecycle = Lifecycle::begin(first).map_err(|illegal| refuse(0, illegal))?;
        if lifecycle.election().id != *election {
            let (expected, found) = (hex::encode(election), hex::encode(lifecycle.election().id));
            return Err(CeremonyFault::OtherElection { expected, found });
        }
        let manifest = &lifecycle.election().manifest;
        let trust = Trust::sealed(manifest, policy).map_err(record)?;
        let policy = manifest.policy_file().zip(policy);
        let policy = policy.map(|(file, bytes)| (file.name.clone(), bytes.to_vec()));
        let head = trust.head(&note).map_err(record)?;
        if !head.is_witnessed() {
            return Err(record(
                "its witnesses have not cosigned its checkpoint yet: try again later, and report it if that stays",
            ));
        }
        let checkpoint = head.checkpoint;
        if checkpoint.size != entries.len() as u64 {
            return Err(record("its checkpoint is of another size"));
        }
        for (index, bytes) in (0..).zip(&entries).skip(1) {
            let entry = Entry::from_bytes(bytes).map_err(|error| CeremonyFault::Decode { index, error })?;
            lifecycle
                .apply(leaf_hash(bytes), &entry)
                .map_err(|illegal| refuse(index, illegal))?;
        }
        if lifecycle.root() != checkpoint.root {
            return Err(record(
                "its entries do not have the root of its signed checkpoint",
            ));
        }
        Ok(Self {
            entries,
            note,
            lifecycle,
            trust,
            policy,
        })
    }

    /// Downloads a ledger that must contain what was seen of it before, and
    /// remembers its head.
    pub fn read_again(
        board: &dyn Board,
        election: &Hash,
        memory: &mut Memory,
    ) -> Result<Self, CeremonyFault> {
        let record = Self::read(board, election)?;
        for head in [memory.seen(), memory.decrypted()].into_iter().flatten() {
            if !record.lifecycle.has_head(head.size, &head.root) {
                return Err(CeremonyFault::RolledBack { size: head.size });
            }
        }
        if memory.seen() != Some(record.head()) {
            memory.see(record.head())?;
        }
        Ok(record)
    }

    /// The head of the signed checkpoint.
    pub fn head(&self) -> Head {
        Head {
            size: self.lifecycle.size(),
            root: self.lifecycle.root(),
        }
    }

    /// The election.
    pub fn election(&self) -> &Election {
        self.lifecycle.election()
    }

    /// The decoded entries after the manifest, with their indices.
    pub fn decoded(&self) -> impl Iterator<Item = (u64, Entry)> + '_ {
        let decode = |(index, bytes): (u64, &Vec<u8>)| Some((index, Entry::from_bytes(bytes).ok()?));
        (0..).zip(&self.entries).skip(1).filter_map(decode)
    }

    /// Whether an entry would be legal next; says why not.
    pub fn check_next(&self, entry: &Entry) -> Result<(), CeremonyFault> {
        let leaf = leaf_hash(&entry.to_bytes());
        let applied = self.lifecycle.clone().apply(leaf, entry);
        applied.map_err(|illegal| refuse(self.lifecycle.size(), illegal))
    }

    /// Whether these very bytes are on the ledger.
    pub fn contains(&self, entry: &[u8]) -> bool {
        self.entries.iter().rev().any(|bytes| bytes == entry)
    }
}

fn refuse(index: u64, illegal: voting_core::lifecycle::Illegal) -> CeremonyFault {
    CeremonyFault::Illegal {
        index,
        illegal: Box::new(illegal),
    }
}

/// The name of the witness policy's file, where entry 0 seals one.
fn policy_file(entries: &[Vec<u8>]) -> Option<String> {
    match Entry::from_bytes(entries.first()?) {
        Ok(Entry::Manifest(manifest, _)) => manifest.policy_file().map(|file| file.name.clone()),
        _ => None,
    }
}

fn record(why: impl ToString) -> CeremonyFault {
    CeremonyFault::Record(why.to_string())
}

/// The size that a checkpoint states in its second line, not yet verified.
fn announced_size(note: &[u8]) -> Option<u64> {
    std::str::from_utf8(note).ok()?.lines().nth(1)?.parse().ok()
}

fn download(board: &dyn Board, size: u64) -> Result<Vec<Vec<u8>>, CeremonyFault> {
    let mut entries = Vec::new();
    for place in (0..).map_while(|number| TilePlace::entries_at(number, size)) {
        let (number, width) = (place.number(), place.width());
        let bundle = fetch_bundle(board, place)?;
        let parts = parse_bundle(&bundle).map_err(record)?;
        let parts = parts
            .get(..width.into())
            .ok_or_else(|| record(format!("bundle {number} has fewer than {width} entries")))?;
        entries.extend(parts.iter().map(|entry| entry.to_vec()));
    }
    Ok(entries)
}

/// A bundle of at least the place's entries. Where the partial one is gone,
/// the full one begins with the same entries.
fn fetch_bundle(board: &dyn Board, place: TilePlace) -> Result<Vec<u8>, CeremonyFault> {
    let full = place.full();
    if place != full
        && let Some(bundle) = board.get(&place.to_string())?
    {
        return Ok(bundle);
    }
    let bundle = board.get(&full.to_string())?;
    bundle.ok_or_else(|| record(format!("bundle {} is missing", place.number())))
}
