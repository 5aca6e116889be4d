//! What the ledger's entries say to an issuer, without I/O.
//!
//! An issuer asks three things of a ledger: is the election's key confirmed by
//! every trustee, are my own entries there, is the poll closed. Entries are
//! bound to a signed checkpoint by the root they add up to (RFC 6962 §2.1), and
//! what matters is signed by its author besides.

use std::collections::{BTreeMap, HashSet};

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};
use voting_core::entry::{Act, Entry, KeyConfirmation, Signed, signed_message, verify_signature};
use voting_core::hash::Hash;
use voting_core::manifest::{LedgerIdentity, Manifest};

/// Why what a ledger served is not a ledger of one election.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Contradiction {
    /// Not a signed note with origin, size and root.
    #[error("the checkpoint is no signed note of a ledger")]
    Checkpoint,
    /// No valid signature by the key in the manifest.
    #[error("the checkpoint is not signed with the ledger key of the manifest")]
    CheckpointSignature,
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
    #[error("a bundle of entries is cut short or too long")]
    Bundle,
    /// An entry that does not decode, or is no first entry.
    #[error("entry {0} is not one of an election's ledger")]
    Entry(u64),
}

/// A ledger's signed head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of entries.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
}

/// Reads a checkpoint (C2SP tlog-checkpoint) and verifies the ledger's signature
/// (C2SP signed-note, Ed25519).
pub fn checkpoint(note: &str, ledger: &LedgerIdentity) -> Result<Head, Contradiction> {
    let (text, signatures) = note.rsplit_once("\n\n").ok_or(Contradiction::Checkpoint)?;
    let text = format!("{text}\n");
    let head = head(&text, &ledger.origin).ok_or(Contradiction::Checkpoint)?;
    let prefix = format!("\u{2014} {} ", ledger.origin);
    let signed = signatures
        .lines()
        .filter_map(|line| line.strip_prefix(&prefix))
        .any(|signature| {
            Base64::decode_vec(signature).is_ok_and(|bytes| signature_holds(&bytes, &text, ledger))
        });
    if signed {
        Ok(head)
    } else {
        Err(Contradiction::CheckpointSignature)
    }
}

fn head(text: &str, origin: &str) -> Option<Head> {
    let mut lines = text.lines();
    if lines.next()? != origin {
        return None;
    }
    let size = lines.next()?.parse().ok()?;
    let root = Base64::decode_vec(lines.next()?).ok()?.try_into().ok()?;
    Some(Head { size, root })
}

/// Four bytes of key id, then the signature over the note's text.
fn signature_holds(bytes: &[u8], text: &str, ledger: &LedgerIdentity) -> bool {
    let key_id = Sha256::new()
        .chain_update(&ledger.origin)
        .chain_update([b'\n', 0x01])
        .chain_update(*ledger.key)
        .finalize();
    let Some((id, signature)) = bytes.split_first_chunk::<4>() else {
        return false;
    };
    let signature: Result<&[u8; 64], _> = signature.try_into();
    *id == key_id[..4]
        && signature.is_ok_and(|signature| verify_signature(&ledger.key, text.as_bytes(), signature).is_ok())
}

/// The entries of a bundle (C2SP tlog-tiles): each after its length in two bytes.
pub fn bundle(mut bytes: &[u8], expected: usize) -> Result<Vec<&[u8]>, Contradiction> {
    let mut entries = Vec::with_capacity(expected);
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<2>().ok_or(Contradiction::Bundle)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, rest) = rest.split_at_checked(length).ok_or(Contradiction::Bundle)?;
        entries.push(entry);
        bytes = rest;
    }
    if entries.len() == expected {
        Ok(entries)
    } else {
        Err(Contradiction::Bundle)
    }
}

/// The leaf hash of an entry (RFC 6962 §2.1).
pub fn leaf(entry: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0x00])
        .chain_update(entry)
        .finalize()
        .into()
}

/// What the entries so far say.
#[derive(Debug, Clone)]
pub struct Reading {
    manifest: Manifest,
    election_id: Hash,
    confirmations: BTreeMap<u32, KeyConfirmation>,
    closed: bool,
    signed: HashSet<Hash>,
    /// Roots of the whole subtrees, from the largest to the smallest.
    edge: Vec<Hash>,
    size: u64,
}

impl Reading {
    /// Begins with entry 0.
    pub fn begin(bytes: &[u8]) -> Result<Self, Contradiction> {
        let Ok(Entry::Manifest(manifest, _)) = Entry::from_bytes(bytes) else {
            return Err(Contradiction::Entry(0));
        };
        let election_id = manifest.election_id();
        let (confirmations, signed) = (BTreeMap::new(), HashSet::new());
        let mut reading = Self {
            manifest,
            election_id,
            confirmations,
            closed: false,
            signed,
            edge: Vec::new(),
            size: 0,
        };
        reading.push(leaf(bytes));
        Ok(reading)
    }

    /// Takes the next entry.
    pub fn apply(&mut self, bytes: &[u8]) -> Result<(), Contradiction> {
        let entry = Entry::from_bytes(bytes).map_err(|_| Contradiction::Entry(self.size))?;
        let leaf = leaf(bytes);
        match &entry {
            Entry::KeyConfirmation(signed) => self.confirm(signed),
            // A proven complaint starts the ceremony again.
            Entry::KeyComplaint(_) => self.confirmations.clear(),
            Entry::Close(act) => self.closed |= self.is_by_officers(act),
            Entry::Roll(_) | Entry::IssuerKey(_) | Entry::IssuanceReport(_) => {
                self.signed.insert(leaf);
            }
            _ => {}
        }
        self.push(leaf);
        Ok(())
    }

    /// The manifest.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Whether every trustee has certified one and the same key.
    pub fn key_is_confirmed(&self) -> bool {
        let mut certificates = self
            .confirmations
            .values()
            .map(|body| (body.round, body.joint_key, body.transcript));
        let first = certificates.next();
        self.confirmations.len() == self.manifest.trustees.members.len()
            && certificates.all(|certificate| Some(certificate) == first)
    }

    /// Whether officers have closed the poll.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Whether an issuer's entry is on the ledger.
    pub fn holds(&self, entry: &[u8]) -> bool {
        self.signed.contains(&leaf(entry))
    }

    /// The root over all entries.
    pub fn root(&self) -> Hash {
        let mut from_the_right = self.edge.iter().rev();
        let last = from_the_right
            .next()
            .copied()
            .unwrap_or_else(|| Sha256::digest([]).into());
        from_the_right.fold(last, |right, left| node(left, &right))
    }

    fn confirm(&mut self, signed: &Signed<KeyConfirmation>) {
        let trustee = signed.body.trustee;
        let member = self.manifest.trustees.members.get(trustee as usize);
        if member.is_some_and(|member| signed.verify(&self.election_id, &member.key).is_ok()) {
            self.confirmations.insert(trustee, signed.body.clone());
        }
    }

    fn is_by_officers(&self, act: &Act) -> bool {
        let officers = &self.manifest.officers;
        let message = signed_message("close", &self.election_id, &act.body);
        let signers: HashSet<u32> = act
            .signatures
            .iter()
            .filter(|signature| {
                let member = officers.members.get(signature.officer as usize);
                member.is_some_and(|member| {
                    verify_signature(&member.key, &message, &signature.signature).is_ok()
                })
            })
            .map(|signature| signature.officer)
            .collect();
        signers.len() >= officers.threshold as usize
    }

    fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        // One subtree is completed for every low bit that is set.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.edge.pop() {
                hash = node(&left, &hash);
            }
        }
        self.edge.push(hash);
        self.size += 1;
    }
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([0x01])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}
