//! Evidence that a ledger contradicts what it signed: one file that convinces
//! anybody who knows the ledger's key, without asking anybody
//! (specs/10-audit.md §8).

use serde::{Deserialize, Serialize};
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::{
    Checkpoint, InvalidReceipt, InvalidVkey, KeptReceipt, Trust, VerifierKey, leaf_hash, verify_consistency,
    verify_inclusion,
};
use voting_core::lifecycle::check_officers;
use voting_core::manifest::Manifest;

/// Name and version of the file's shape.
const SCHEMA: &str = "psephos/evidence/v1";

/// What a ledger did against its own signature, and the proof of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// `psephos/evidence/v1`.
    pub schema: String,
    /// What happened, in a sentence for people. Nothing follows from it.
    pub says: String,
    /// The ledger's key as a vkey.
    pub ledger: String,
    /// Entry 0 in hexadecimal, where the finder had it: it leads from the
    /// published election id to the ledger's key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manifest: Option<String>,
    /// The proof.
    #[serde(flatten)]
    pub proof: Contradiction,
}

/// Two signed statements of a ledger that cannot both be true, or, of a
/// [`RolledBack`](Contradiction::RolledBack), that should not have come in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Contradiction {
    /// The newer signed tree does not begin with the older one.
    Fork {
        /// The signed checkpoint of the smaller size, verbatim.
        older: String,
        /// The signed checkpoint of the larger size, or of the same.
        newer: String,
        /// The root, in hexadecimal, of the tree that the newer one begins with.
        other_root: String,
        /// Consistency proof from that tree to the newer one.
        proof: Vec<String>,
    },
    /// Where a receipted entry stood, the ledger has another one.
    Dropped {
        /// The receipt as its holder kept it.
        receipt: String,
        /// A signed checkpoint without the entry.
        checkpoint: String,
        /// The leaf hash, in hexadecimal, of the entry in its place.
        other_leaf: String,
        /// Its inclusion proof under that checkpoint.
        proof: Vec<String>,
    },
    /// The poll was closed before the place of a receipted ballot: the ledger
    /// has dropped it, or has taken it after the close.
    DroppedAtClose {
        /// The receipt as its holder kept it.
        receipt: String,
        /// The ballot's entry, in hexadecimal.
        ballot: String,
        /// A signed checkpoint of a closed poll.
        checkpoint: String,
        /// The officers' `close` entry, in hexadecimal.
        close: String,
        /// Its index.
        close_index: u64,
        /// Its inclusion proof under that checkpoint.
        proof: Vec<String>,
    },
    /// A head of a smaller size was shown after one of a larger.
    RolledBack {
        /// The larger signed checkpoint.
        seen: String,
        /// The one that was shown later.
        shown: String,
    },
}

impl Contradiction {
    /// Two signed heads of which the newer goes on from another tree than the
    /// older: that tree's root, and the proof that the newer does.
    pub(crate) fn fork(older: String, newer: String, root: &Hash, proof: &[Hash]) -> Self {
        Self::Fork {
            older,
            newer,
            other_root: hex::encode(root),
            proof: proof.iter().map(hex::encode).collect(),
        }
    }
}

/// What evidence comes to, once checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// The ledger has signed two pasts.
    Fork {
        /// Size of the older head.
        older: u64,
        /// Size of the newer head.
        newer: u64,
    },
    /// A receipted entry is gone.
    Dropped {
        /// Its index.
        index: u64,
        /// Size of the head without it.
        size: u64,
    },
    /// Two signed heads, one older than the other: whoever now shows the older
    /// one hides entries, but the signatures do not say who showed it when.
    Undecided {
        /// The larger size, which the ledger has signed.
        signed: u64,
        /// The smaller, which was shown later.
        shown: u64,
    },
}

/// Why evidence proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidEvidence {
    /// Another schema.
    #[error("this is not evidence of the kind {SCHEMA}")]
    Schema,
    /// The ledger's key.
    #[error("the ledger's key: {0}")]
    Key(#[from] InvalidVkey),
    /// A hash.
    #[error("a hash is not 64 hexadecimal digits")]
    Hash,
    /// Entry 0.
    #[error("the manifest in it is none, or seals another ledger key than the one it names")]
    Manifest,
    /// Another key or election than the reader knows.
    #[error("it is about another ledger than the one you asked for")]
    OtherLedger,
    /// A statement that the ledger has not signed.
    #[error("one of its two statements is not the ledger's: {0}")]
    NotSigned(#[from] InvalidReceipt),
    /// Not a receipt for this ballot, or not the officers' close.
    #[error("its ballot is not the receipted one, or its close entry is not the officers'")]
    NotTheEntries,
    /// The statements agree.
    #[error("its two statements do not contradict each other")]
    NoContradiction,
    /// The proof between them.
    #[error("its proof does not hold: {0}")]
    Proof(#[from] voting_core::ledger::InvalidProof),
}

impl Evidence {
    /// Evidence against the ledger of a key. `manifest` is entry 0, if at hand.
    pub(crate) fn new(trust: &Trust, manifest: Option<&[u8]>, proof: Contradiction, says: String) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            says,
            ledger: trust.key().to_string(),
            manifest: manifest.map(hex::encode),
            proof,
        }
    }

    /// The key it accuses, and the id of the election whose manifest seals
    /// that key, if entry 0 is in it.
    ///
    /// # Errors
    /// There is no such key, or the manifest seals another.
    pub fn accused(&self) -> Result<(VerifierKey, Option<Hash>), InvalidEvidence> {
        if self.schema != SCHEMA {
            return Err(InvalidEvidence::Schema);
        }
        let key = VerifierKey::parse(&self.ledger)?;
        let Some(manifest) = self.manifest()? else {
            return Ok((key, None));
        };
        let ledger = &manifest.ledger;
        if ledger.origin != key.name() || *ledger.key != *key.public() {
            return Err(InvalidEvidence::Manifest);
        }
        Ok((key, Some(manifest.election_id())))
    }

    fn manifest(&self) -> Result<Option<Manifest>, InvalidEvidence> {
        let Some(manifest) = &self.manifest else {
            return Ok(None);
        };
        match entry(manifest).map(|(_, entry)| entry) {
            Some(Entry::Manifest(manifest, _)) => Ok(Some(manifest)),
            _ => Err(InvalidEvidence::Manifest),
        }
    }

    /// Checks the proof from nothing but the key that it names: see
    /// [`Evidence::accused`] for whose key that is.
    ///
    /// # Errors
    /// It proves nothing.
    pub fn check(&self) -> Result<Shown, InvalidEvidence> {
        let trust = Trust::key_alone(self.accused()?.0);
        match &self.proof {
            Contradiction::Fork {
                older,
                newer,
                other_root,
                proof,
            } => {
                let (older, newer) = (signed(&trust, older)?, signed(&trust, newer)?);
                let root = hash(other_root)?;
                verify_consistency(older.size, &root, newer.size, &newer.root, &hashes(proof)?)?;
                differ(&root, &older.root)?;
                let (older, newer) = (older.size, newer.size);
                Ok(Shown::Fork { older, newer })
            }
            Contradiction::Dropped {
                receipt,
                checkpoint,
                other_leaf,
                proof,
            } => {
                let kept = KeptReceipt::parse(receipt.as_bytes())?;
                kept.verify(&trust)?;
                let head = signed(&trust, checkpoint)?;
                let (leaf, index) = (hash(other_leaf)?, kept.receipt.index);
                verify_inclusion(&leaf, index, head.size, &hashes(proof)?, &head.root)?;
                differ(&leaf, &kept.leaf)?;
                let size = head.size;
                Ok(Shown::Dropped { index, size })
            }
            Contradiction::DroppedAtClose {
                receipt,
                ballot,
                checkpoint,
                close,
                close_index,
                proof,
            } => {
                let kept = KeptReceipt::parse(receipt.as_bytes())?;
                kept.verify(&trust)?;
                let head = signed(&trust, checkpoint)?;
                let (Some((leaf, Entry::Ballot(_))), Some((close, Entry::Close(act)))) =
                    (entry(ballot), entry(close))
                else {
                    return Err(InvalidEvidence::NotTheEntries);
                };
                let manifest = self.manifest()?.ok_or(InvalidEvidence::Manifest)?;
                let officers = check_officers(
                    "close",
                    &manifest.election_id(),
                    &manifest,
                    &act.body,
                    &act.signatures,
                );
                if leaf != kept.leaf || officers.is_err() {
                    return Err(InvalidEvidence::NotTheEntries);
                }
                verify_inclusion(&close, *close_index, head.size, &hashes(proof)?, &head.root)?;
                let (index, size) = (kept.receipt.index, head.size);
                if *close_index < index {
                    Ok(Shown::Dropped { index, size })
                } else {
                    Err(InvalidEvidence::NoContradiction)
                }
            }
            Contradiction::RolledBack { seen, shown } => {
                let (signed, shown) = (signed(&trust, seen)?.size, signed(&trust, shown)?.size);
                if shown < signed {
                    Ok(Shown::Undecided { signed, shown })
                } else {
                    Err(InvalidEvidence::NoContradiction)
                }
            }
        }
    }
}

fn signed(trust: &Trust, note: &str) -> Result<Checkpoint, InvalidEvidence> {
    let head = trust.head(note.as_bytes()).map_err(InvalidReceipt::from)?;
    Ok(head.checkpoint)
}

/// An entry in hexadecimal, and its leaf hash.
fn entry(text: &str) -> Option<(Hash, Entry)> {
    let bytes = hex::decode(text).ok()?;
    Some((leaf_hash(&bytes), Entry::from_bytes(&bytes).ok()?))
}

fn differ(one: &Hash, other: &Hash) -> Result<(), InvalidEvidence> {
    if one == other {
        Err(InvalidEvidence::NoContradiction)
    } else {
        Ok(())
    }
}

fn hash(text: &str) -> Result<Hash, InvalidEvidence> {
    let mut hash = Hash::default();
    hex::decode_to_slice(text, &mut hash).map_err(|_| InvalidEvidence::Hash)?;
    Ok(hash)
}

fn hashes(texts: &[String]) -> Result<Vec<Hash>, InvalidEvidence> {
    texts.iter().map(|text| hash(text)).collect()
}
