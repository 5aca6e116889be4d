//! What a ledger submits to a witness, and how the witness judges it (C2SP
//! tlog-witness 1.0; specs/06-ledger.md §2.4).

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::checkpoint::{Checkpoint, InvalidCheckpoint};
use super::lines;
use super::proof::{InvalidProof, verify_consistency};
use super::tree::empty_root;
use super::vkey::VerifierKey;
use crate::hash::Hash;

/// Bytes of the longest submission that a witness reads: proof and checkpoint
/// with the ledger's own lines.
pub const MAX_SUBMISSION: usize = 16_384;

/// The body of `add-checkpoint`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Size that the witness cosigned last, as the ledger believes; 0 if none.
    pub old: u64,
    /// The consistency proof from that size.
    pub proof: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: String,
}

/// Why a witness cosigns nothing, in the order of its checks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotWitnessed {
    /// Not the one form of a submission.
    #[error(
        "this is not a submission: `old <size>`, hashes, a blank line and a checkpoint (C2SP tlog-witness)"
    )]
    Form,
    /// The checkpoint shrinks.
    #[error("the old size {old} is larger than the checkpoint's, {size}")]
    Shrinks {
        /// The old size.
        old: u64,
        /// The checkpoint's.
        size: u64,
    },
    /// The ledger's signature.
    #[error("the checkpoint is not signed by this ledger: {0}")]
    Signature(InvalidCheckpoint),
    /// The old size is not the last cosigned one.
    #[error("this witness has cosigned size {size} of this ledger last")]
    Stale {
        /// The last cosigned size.
        size: u64,
    },
    /// Two roots of one size, both signed by the ledger: it has forked.
    #[error("this ledger has signed another root of the same size: it has forked")]
    OtherRoot,
    /// The proof does not hold: the ledger has forked, or sent a wrong proof.
    #[error("the ledger does not go on from what this witness has cosigned: {0}")]
    Inconsistent(#[from] InvalidProof),
}

impl Submission {
    /// Takes a submission apart; nothing of it is verified.
    ///
    /// # Errors
    /// [`NotWitnessed::Form`].
    pub fn parse(body: &[u8]) -> Result<Self, NotWitnessed> {
        if body.len() > MAX_SUBMISSION {
            return Err(NotWitnessed::Form);
        }
        let text = core::str::from_utf8(body).map_err(|_| NotWitnessed::Form)?;
        let (head, checkpoint) = text.split_once("\n\n").ok_or(NotWitnessed::Form)?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old "));
        let submission = Self {
            old: old.and_then(|old| old.parse().ok()).ok_or(NotWitnessed::Form)?,
            proof: lines::proof(lines).ok_or(NotWitnessed::Form)?,
            checkpoint: checkpoint.to_owned(),
        };
        submission.claimed()?;
        if submission.to_string() == text {
            Ok(submission)
        } else {
            Err(NotWitnessed::Form)
        }
    }

    /// The head that the checkpoint claims. Its origin tells which key it has
    /// to be verified with. Nothing is said of the lines under the text: a bad
    /// one is a bad signature.
    ///
    /// # Errors
    /// [`NotWitnessed::Form`]: it is no checkpoint.
    pub fn claimed(&self) -> Result<Checkpoint, NotWitnessed> {
        // The last blank line parts text and signatures (§2.1).
        let blank = self.checkpoint.rfind("\n\n").ok_or(NotWitnessed::Form)?;
        Checkpoint::parse(&self.checkpoint[..=blank]).map_err(|_| NotWitnessed::Form)
    }

    /// Judges a submission as a witness must before it cosigns: `last` is the
    /// head of this ledger that it has cosigned last. The head that is
    /// returned must be persisted, in place of `last` alone, before anything
    /// is answered.
    ///
    /// # Errors
    /// In the order of [`NotWitnessed`]. With [`NotWitnessed::OtherRoot`] and
    /// [`NotWitnessed::Inconsistent`], checkpoint and proof are evidence worth keeping.
    pub fn judge(&self, key: &VerifierKey, last: Option<&Checkpoint>) -> Result<Checkpoint, NotWitnessed> {
        let claimed = self.claimed()?;
        let (old, size) = (self.old, claimed.size);
        if old > size {
            return Err(NotWitnessed::Shrinks { old, size });
        }
        let head = Checkpoint::verify(self.checkpoint.as_bytes(), key).map_err(NotWitnessed::Signature)?;
        let (known, root) = last.map_or((0, empty_root()), |last| (last.size, last.root));
        if old != known {
            return Err(NotWitnessed::Stale { size: known });
        }
        if size == known && head.root != root {
            return Err(NotWitnessed::OtherRoot);
        }
        verify_consistency(old, &root, size, &head.root, &self.proof)?;
        Ok(head)
    }
}

impl fmt::Display for Submission {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "old {}", self.old)?;
        write!(out, "{}\n{}", lines::of(&self.proof), self.checkpoint)
    }
}
