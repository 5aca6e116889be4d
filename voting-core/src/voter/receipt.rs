//! The ballots this device cast, and their receipts (specs/05a-voter.md §6;
//! attacks C10 and H5: nothing but a verified receipt makes a ballot "cast").

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{CheckpointRefused, Poll, Stage, Voter};
use crate::hash::Hash;
use crate::ledger::{
    Checkpoint, Head, InvalidCheckpoint, InvalidNote, InvalidProof, InvalidReceipt, KeptReceipt, Receipt,
    verify_consistency,
};

/// Bytes of the longest receipt a device keeps.
pub const MAX_RECEIPT: usize = 32_768;

/// A ballot that this device cast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnBallot {
    pub(super) sequence: u32,
    pub(super) leaf: Hash,
    pub(super) tracker: Hash,
    /// Empty once a later ballot was cast.
    pub(super) entry: Vec<u8>,
    pub(super) outcome: Outcome,
}

/// What became of a ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Sent or not, there is no receipt: the same bytes are sent again.
    Unconfirmed,
    /// The ballot box said that it does not take it.
    Refused,
    /// There is a verified receipt.
    Recorded(Recording),
}

/// A verified receipt: a signed promise that the ledger holds the ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    receipt: Receipt,
    head: Head,
}

impl OwnBallot {
    /// The sequence: of one voter's ballots the largest counts.
    pub fn sequence(&self) -> u32 {
        self.sequence
    }

    /// The entry's leaf hash on the ledger.
    pub fn leaf(&self) -> &Hash {
        &self.leaf
    }

    /// The tracker's 32 bytes.
    pub fn tracker(&self) -> &Hash {
        &self.tracker
    }

    /// The ledger entry's bytes; empty once a later ballot was cast.
    pub fn entry(&self) -> &[u8] {
        &self.entry
    }

    /// What became of it.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// The receipt as a file to keep: evidence if the ballot is ever missing,
    /// checked by anybody without this device.
    pub fn kept_receipt(&self) -> Option<KeptReceipt> {
        self.recording().map(|recording| KeptReceipt {
            leaf: self.leaf,
            receipt: recording.receipt.clone(),
        })
    }

    /// Its verified receipt, if there is one.
    pub fn recording(&self) -> Option<&Recording> {
        match &self.outcome {
            Outcome::Recorded(recording) => Some(recording),
            Outcome::Unconfirmed | Outcome::Refused => None,
        }
    }
}

impl Recording {
    /// The receipt, a C2SP tlog-proof.
    pub fn receipt(&self) -> String {
        self.receipt.to_string()
    }

    /// The entry's index in the ledger.
    pub fn index(&self) -> u64 {
        self.receipt.index
    }

    /// The head that the ledger signed in the receipt.
    pub fn head(&self) -> &Checkpoint {
        &self.head.checkpoint
    }

    /// Whether the witnesses that the election asks for have cosigned that
    /// head; of an election that asks for none, always.
    pub fn is_witnessed(&self) -> bool {
        self.head.is_witnessed()
    }

    /// Verifies a receipt for a leaf, and keeps both.
    pub(super) fn verify(poll: &Poll, leaf: &Hash, text: &[u8]) -> Result<Self, ReceiptRefused> {
        if text.len() > MAX_RECEIPT {
            return Err(ReceiptRefused::Unreadable);
        }
        let receipt = Receipt::parse(text)?;
        let head = receipt.verify(leaf, poll.trust())?;
        Ok(Self { receipt, head })
    }
}

/// Why an answer is no receipt for the ballot that was cast. It stays
/// *unconfirmed*: the same bytes are sent again, and the answer is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptRefused {
    /// Nothing was cast.
    #[error("this device has cast no ballot that waits for a receipt")]
    NothingCast,
    /// Not the one form of a receipt, or longer than [`MAX_RECEIPT`].
    #[error("the answer is not a receipt: your vote is not confirmed, send it again")]
    Unreadable,
    /// Signed by another key, not at all, or about another ledger.
    #[error("the receipt is not signed by this election's ballot box: your vote is not confirmed; report it")]
    OtherLedger,
    /// Its proof is about other bytes than the device sent.
    #[error("the receipt is not for the ballot that this device sent: your vote is not confirmed; report it")]
    OtherBallot,
}

impl From<InvalidReceipt> for ReceiptRefused {
    fn from(invalid: InvalidReceipt) -> Self {
        match invalid {
            InvalidReceipt::Form
            | InvalidReceipt::Checkpoint(
                InvalidCheckpoint::Form | InvalidCheckpoint::Note(InvalidNote::Form),
            ) => ReceiptRefused::Unreadable,
            InvalidReceipt::Checkpoint(_) => ReceiptRefused::OtherLedger,
            InvalidReceipt::Proof(_) => ReceiptRefused::OtherBallot,
        }
    }
}

/// Why a later checkpoint does not confirm the receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unconfirmed {
    /// No ballot has a receipt.
    #[error("there is no receipt yet: your vote is not confirmed, send it again")]
    NoReceipt,
    /// The ledger's later head is not signed by the ledger.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointRefused),
    /// A head from before the receipt.
    #[error(
        "this copy of the public record ends before your receipt: look again later, and report it if that stays"
    )]
    Older,
    /// The ledger does not go on from the receipt's head, or the proof is not
    /// the one. If the server gives no other, receipt and checkpoint, both
    /// signed, are the evidence.
    #[error(
        "the public record was changed after your receipt, or the proof is false: \
         keep your receipt, ask once more, and report it if the answer is the same"
    )]
    Inconsistent(#[from] InvalidProof),
}

impl Voter<'_> {
    /// Takes the ballot box's answer. Only a receipt that this election's
    /// ledger signed for exactly the bytes of the last ballot is kept, and only
    /// then does [`Voter::stage`] say "cast"; where witnesses are sealed, only
    /// once they have cosigned. The receipt of a ballot that was handed in
    /// again is welcome: one that the witnesses have cosigned replaces one that
    /// they have not.
    ///
    /// # Errors
    /// What is wrong with the answer; nothing was changed.
    pub fn receive(&mut self, answer: &[u8]) -> Result<Stage, ReceiptRefused> {
        let poll = self.poll;
        let last = self.ballots.last_mut().ok_or(ReceiptRefused::NothingCast)?;
        let recording = Recording::verify(poll, &last.leaf, answer)?;
        if last.recording().is_none_or(|known| !known.is_witnessed()) {
            last.outcome = Outcome::Recorded(recording);
        }
        Ok(self.stage())
    }

    /// The ballot box said that it does not take the unconfirmed ballot (HTTP
    /// 4xx other than 408 and 429): another may be sealed.
    /// Should the refused one appear on the ledger all the same, the next has
    /// a larger sequence, and [`Voter::status`] knows it as this device's own.
    pub fn refused(&mut self) {
        if let Some(last) = self.ballots.last_mut()
            && last.outcome == Outcome::Unconfirmed
        {
            last.outcome = Outcome::Refused;
        }
    }

    /// Verifies that a later checkpoint, the closing one above all, goes on
    /// from the head of the last receipt: the ballot is still there. `proof` is
    /// the consistency proof (RFC 6962 §2.1.2) between the two sizes.
    ///
    /// # Errors
    /// The ledger is another, older, or was changed.
    pub fn follow(&self, checkpoint: &[u8], proof: &[Hash]) -> Result<Checkpoint, Unconfirmed> {
        let mut recordings = self.ballots.iter().rev().filter_map(OwnBallot::recording);
        let promised = recordings.next().ok_or(Unconfirmed::NoReceipt)?.head();
        let head = self.poll.verify_checkpoint(checkpoint)?;
        if head.size < promised.size {
            return Err(Unconfirmed::Older);
        }
        verify_consistency(promised.size, &promised.root, head.size, &head.root, proof)?;
        Ok(head)
    }
}
