//! What became of a receipted ballot, or why it cannot be told.

use serde::Serialize;
use voting_core::ledger::{InvalidReceipt, NoTrust};
use voting_core::lifecycle::Illegal;

use super::counts::Counts;
use super::files::Unreadable;
use crate::evidence::Evidence;

/// Why nothing can be told about a receipt.
#[derive(Debug, thiserror::Error)]
pub enum Lost {
    /// A file is of no use.
    #[error(transparent)]
    File(#[from] Unreadable),
    /// The receipt is none.
    #[error("this is not a receipt as a voting page saves it: {0}")]
    NoReceipt(InvalidReceipt),
    /// Entry 0 is no manifest.
    #[error("entry 0 is no coherent signed manifest: {0}")]
    Manifest(Illegal),
    /// Another election.
    #[error("this address has another election")]
    OtherElection,
    /// Whom to believe.
    #[error(transparent)]
    Trust(#[from] NoTrust),
    /// A head that nobody signed.
    #[error("this address shows a checkpoint that the election's ledger has not signed")]
    NotSigned,
    /// A receipt that this ledger did not give.
    #[error("this receipt is not the ledger's word: {0}")]
    Foreign(InvalidReceipt),
    /// Hashes or entries that are not those under the signed head.
    #[error("what this address serves does not lead to the root of its own signed head")]
    Unproven,
}

impl Lost {
    /// The reason in a word, by which a page finds the reader's own words.
    pub fn word(&self) -> &'static str {
        match self {
            Lost::File(Unreadable::Missing(_)) => "missing",
            Lost::File(Unreadable::TooLarge { .. }) => "too-large",
            Lost::NoReceipt(_) => "no-receipt",
            Lost::OtherElection => "other-election",
            Lost::Foreign(_) => "foreign",
            Lost::NotSigned => "not-signed",
            Lost::File(_) | Lost::Manifest(_) | Lost::Trust(_) | Lost::Unproven => "unproven",
        }
    }
}

/// What became of a receipted ballot.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "found")]
pub enum Found {
    /// It stands where the receipt says, on the ledger that signed the receipt.
    Kept(Counts),
    /// Another entry stands there: the ledger broke its signed word.
    Dropped {
        /// The proof for anybody.
        evidence: Box<Evidence>,
    },
    /// The entry stands there, and the ledger changed others before it.
    Rewritten {
        /// The proof for anybody.
        evidence: Box<Evidence>,
    },
    /// It cannot be told.
    Unknown {
        /// Why.
        because: Because,
    },
}

/// Why it cannot be told what became of a ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// The copy ends before the receipt's head: it is old, or was rolled back.
    Older,
    /// The copy ends before the entry although its poll is closed: if the entry
    /// was a ballot it is gone, and its bytes would prove it.
    ClosedBefore,
    /// The sealed witnesses have cosigned neither this head nor the receipt's.
    NotWitnessed,
}
