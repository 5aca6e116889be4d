//! Receipts: C2SP tlog-proof, an entry's place under a signed checkpoint
//! (specs/06-ledger.md §4).

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use base64ct::{Base64, Encoding};

use super::checkpoint::{Checkpoint, InvalidCheckpoint};
use super::lines::{self, MAX_PROOF};
use super::note::{MAX_NOTE, SignedNote};
use super::proof::{InvalidProof, verify_inclusion};
use super::trust::{Head, Trust};
use crate::hash::Hash;

const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// Characters of the longest receipt: header, index and hashes before the checkpoint.
const MAX_RECEIPT: usize = MAX_NOTE + 64 + 45 * MAX_PROOF;

/// Why a receipt is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidReceipt {
    /// Not header, index, hashes, a blank line and a checkpoint.
    #[error("this is not a receipt: header, index, hashes, a blank line and a checkpoint (C2SP tlog-proof)")]
    Form,
    /// Its checkpoint.
    #[error(transparent)]
    Checkpoint(#[from] InvalidCheckpoint),
    /// Its inclusion proof.
    #[error(transparent)]
    Proof(#[from] InvalidProof),
}

/// What the ballot box answers: where the entry stands, and under which signed head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The entry's index in the ledger.
    pub index: u64,
    /// Its inclusion proof, the leaf's sibling first.
    pub proof: Vec<Hash>,
    /// The signed checkpoint, with all signature lines, as it stands in the receipt.
    pub checkpoint: String,
}

impl Receipt {
    /// Reads a receipt from its one form. The checkpoint is taken apart, but
    /// nothing is verified: that is [`Receipt::verify`]. Lines `extra …`, which
    /// tlog-proof allows and nothing authenticates, are refused.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidReceipt> {
        if bytes.len() > MAX_RECEIPT {
            return Err(InvalidReceipt::Form);
        }
        let text = core::str::from_utf8(bytes).map_err(|_| InvalidReceipt::Form)?;
        let (head, checkpoint) = text.split_once("\n\n").ok_or(InvalidReceipt::Form)?;
        let mut lines = head.split('\n');
        if lines.next() != Some(HEADER) {
            return Err(InvalidReceipt::Form);
        }
        let index = lines.next().and_then(|line| line.strip_prefix("index "));
        let receipt = Self {
            index: index
                .and_then(|index| index.parse().ok())
                .ok_or(InvalidReceipt::Form)?,
            proof: lines::proof(lines).ok_or(InvalidReceipt::Form)?,
            checkpoint: checkpoint.to_owned(),
        };
        let note = SignedNote::parse(checkpoint.as_bytes()).map_err(InvalidCheckpoint::from)?;
        Checkpoint::parse(note.text())?;
        if receipt.to_string() == text {
            Ok(receipt)
        } else {
            Err(InvalidReceipt::Form)
        }
    }

    /// Verifies that the ledger has signed a tree in which the entry with the
    /// leaf hash `leaf` stands at the receipt's index, and returns the head it
    /// signed. Whether its witnesses have cosigned that head is left to the
    /// caller: [`Head::is_witnessed`].
    pub fn verify(&self, leaf: &Hash, trust: &Trust) -> Result<Head, InvalidReceipt> {
        let head = trust.head(self.checkpoint.as_bytes())?;
        let Checkpoint { size, root, .. } = &head.checkpoint;
        verify_inclusion(leaf, self.index, *size, &self.proof, root)?;
        Ok(head)
    }
}

/// A receipt as people keep it: with the leaf hash it is for, so that the file
/// alone can be checked. It is a tlog-proof whose `extra` line, directly after
/// the header, is the leaf hash in base64. Nothing vouches for that line but
/// the inclusion proof ([`KeptReceipt::verify`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReceipt {
    /// The leaf hash of the entry.
    pub leaf: Hash,
    /// What the ballot box answered.
    pub receipt: Receipt,
}

impl KeptReceipt {
    /// Reads a kept receipt from its one form; verifies nothing.
    pub fn parse(bytes: &[u8]) -> Result<Self, InvalidReceipt> {
        let text = core::str::from_utf8(bytes).map_err(|_| InvalidReceipt::Form)?;
        let rest = text
            .strip_prefix(HEADER)
            .and_then(|rest| rest.strip_prefix("\nextra "));
        let (leaf, rest) = rest
            .and_then(|rest| rest.split_once('\n'))
            .ok_or(InvalidReceipt::Form)?;
        let receipt = Receipt::parse(alloc::format!("{HEADER}\n{rest}").as_bytes())?;
        Ok(Self {
            leaf: lines::hash(leaf).ok_or(InvalidReceipt::Form)?,
            receipt,
        })
    }

    /// Verifies the receipt for its leaf hash: see [`Receipt::verify`].
    pub fn verify(&self, trust: &Trust) -> Result<Head, InvalidReceipt> {
        self.receipt.verify(&self.leaf, trust)
    }
}

impl fmt::Display for KeptReceipt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let leaf = Base64::encode_string(&self.leaf);
        write!(out, "{HEADER}\nextra {leaf}\n{}", self.receipt.body())
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{HEADER}\n{}", self.body())
    }
}

impl Receipt {
    /// What follows the header.
    fn body(&self) -> String {
        let Self {
            index,
            proof,
            checkpoint,
        } = self;
        alloc::format!("index {index}\n{}\n{checkpoint}", lines::of(proof))
    }
}
