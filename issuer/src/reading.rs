//! What the ledger's entries say to an issuer, without I/O.
//!
//! An issuer asks three things of a ledger: is the election's key confirmed by
//! every trustee, are my own entries there, is the poll closed. Entries are
//! bound to a signed checkpoint by the root they add up to (RFC 6962 §2.1);
//! which of them are legal, and what they add up to, the lifecycle says
//! (specs/06-ledger.md §6).

use std::collections::HashSet;

use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::{
    Checkpoint, InvalidCheckpoint, NoTrust, SignedNote, Trust, leaf_hash, parse_bundle,
};
use voting_core::lifecycle::{Illegal, Lifecycle, Phase};
use voting_core::manifest::Manifest;

/// Why what a ledger served is not a ledger of one election.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Contradiction {
    /// Not a checkpoint signed with the ledger key of the manifest.
    #[error("the ledger's checkpoint: {0}")]
    Checkpoint(#[from] InvalidCheckpoint),
    /// The witness policy that the manifest seals.
    #[error("whom to believe about the ledger: {0}")]
    Trust(#[from] NoTrust),
    /// A checkpoint that the sealed witnesses have not cosigned.
    #[error("the ledger shows a checkpoint that its witnesses have not cosigned")]
    NotWitnessed,
    /// The entries add up to another root.
    #[error("the {size} entries served do not add up to the root that the ledger signed")]
    Root {
        /// Entries.
        size: u64,
    },
    /// A smaller checkpoint than one seen before.
    #[error("the ledger signed {found} entries after it had signed {seen}")]
    Shrunk {
        /// The size seen before.
        seen: u64,
        /// The size now.
        found: u64,
    },
    /// Bytes that are no bundle of entries.
    #[error("a bundle of entries is cut short")]
    Bundle,
    /// A ledger without an entry.
    #[error("the ledger has no entry yet")]
    Empty,
    /// Entry 0 does not begin an election.
    #[error("entry 0 does not begin an election: {0}")]
    Manifest(#[from] Illegal),
}

/// Reads a checkpoint, and verifies the signatures of the ledger and of the
/// witnesses that the election asks for.
pub fn checkpoint(note: &[u8], trust: &Trust) -> Result<Checkpoint, Contradiction> {
    let head = trust.head(note)?;
    match head.is_witnessed() {
        true => Ok(head.checkpoint),
        false => Err(Contradiction::NotWitnessed),
    }
}

/// The size that a checkpoint states, before its key is known.
pub fn unverified_size(note: &[u8]) -> Result<u64, Contradiction> {
    let note = SignedNote::parse(note).map_err(InvalidCheckpoint::from)?;
    Ok(Checkpoint::parse(note.text())?.size)
}

/// The first `width` entries of a bundle, which may hold more.
pub fn entries(bundle: &[u8], width: u64) -> Result<Vec<&[u8]>, Contradiction> {
    let mut entries = parse_bundle(bundle).map_err(|_| Contradiction::Bundle)?;
    if (entries.len() as u64) < width {
        return Err(Contradiction::Bundle);
    }
    entries.truncate(width as usize);
    Ok(entries)
}

/// What the entries so far say.
#[derive(Debug, Clone)]
pub struct Reading {
    lifecycle: Lifecycle,
    /// Leaf hashes of the issuers' legal entries.
    by_issuers: HashSet<Hash>,
}

impl Reading {
    /// Begins with entry 0.
    pub fn begin(bytes: &[u8]) -> Result<Self, Contradiction> {
        Ok(Self {
            lifecycle: Lifecycle::begin(bytes)?,
            by_issuers: HashSet::new(),
        })
    }

    /// Takes the next entry. One that is illegal or unreadable says nothing;
    /// auditors report it.
    pub fn apply(&mut self, bytes: &[u8]) {
        let leaf = leaf_hash(bytes);
        let legal = Entry::from_bytes(bytes)
            .ok()
            .filter(|entry| self.lifecycle.apply(leaf, entry).is_ok());
        match legal {
            None => self.lifecycle.skip(leaf),
            Some(Entry::Roll(_) | Entry::IssuerKey(_) | Entry::IssuanceReport(_)) => {
                self.by_issuers.insert(leaf);
            }
            Some(_) => {}
        }
    }

    /// The manifest.
    pub fn manifest(&self) -> &Manifest {
        &self.lifecycle.election().manifest
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.lifecycle.size()
    }

    /// The root over all entries.
    pub fn root(&self) -> Hash {
        self.lifecycle.root()
    }

    /// Whether every trustee has certified one and the same key.
    pub fn key_is_confirmed(&self) -> bool {
        self.lifecycle.election().keys.is_some()
    }

    /// Whether officers have closed the poll.
    pub fn is_closed(&self) -> bool {
        self.lifecycle.phase() >= Phase::Closed
    }

    /// Whether an issuer's entry is on the ledger, and legal there.
    pub fn holds(&self, entry: &[u8]) -> bool {
        self.by_issuers.contains(&leaf_hash(entry))
    }
}
