//! What pages show of a poll: a record that was read and verified here, kept
//! fresh in the background, or the reason why there is none
//! (specs/11-web.md §2).

mod reader;
mod source;
mod watch;

use std::collections::BTreeMap;
use std::sync::Arc;

use auditor::Verdict;
use voting_core::hash::Hash;
use voting_core::lifecycle::Phase;
use voting_core::manifest::Manifest;

use crate::content::{Picture, Texts};
pub(crate) use reader::is_sealed;
pub(crate) use source::Source;
pub use watch::{Ledger, Patience, Watched};

/// A poll's verified record, up to one signed head.
#[derive(Debug)]
pub struct Record {
    /// The election id.
    pub id: Hash,
    /// What is sealed.
    pub manifest: Manifest,
    /// The planned closing as the officers last moved it, seconds since 1970.
    pub closing: u64,
    /// Where the election stands.
    pub phase: Phase,
    /// The sealed texts.
    pub texts: Arc<Texts>,
    /// The sealed pictures, by file name.
    pub pictures: Arc<BTreeMap<String, Picture>>,
    /// Every claim with its standing: none is broken.
    pub verdict: Verdict,
}

impl Record {
    /// The poll's part of addresses: the first 8 bytes of its election id, in hexadecimal.
    pub fn slug(&self) -> String {
        hex::encode(&self.id[..8])
    }
}

/// Why a ledger that answers is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// Entry 0.
    #[error("entry 0 is no coherent manifest with its officers' signatures")]
    Manifest,
    /// Another election than the operator named.
    #[error("it is another election than the one this server was started for")]
    OtherElection,
    /// The checkpoint.
    #[error("its checkpoint does not have the signature of the sealed key")]
    Signature,
    /// Entries that do not belong to the signed head.
    #[error("its entries do not lead to the root of its signed checkpoint")]
    OtherEntries,
    /// The past.
    #[error("it contradicts what it had signed before")]
    Rewritten,
    /// Claims of the audit, by their titles.
    #[error("these claims are broken: {}", .0.join("; "))]
    Claims(Vec<&'static str>),
}

/// What may be said about a poll now.
#[derive(Debug, Clone)]
pub enum Shown {
    /// Nothing yet: its record is being verified, so many entries of so many.
    Checking {
        /// Entries verified.
        entries: u64,
        /// Entries of the ledger; 0: not known yet.
        of: u64,
    },
    /// Nothing: its ledger has not been reached.
    OutOfReach,
    /// The record as it stands.
    Current(Arc<Record>),
    /// The ledger has been out of reach too long. Only what is sealed in the
    /// manifest is certain.
    Stale(Arc<Record>),
    /// The ledger is not to be believed.
    Distrusted {
        /// Why.
        why: Distrust,
        /// The last record that was, for its title alone.
        before: Option<Arc<Record>>,
    },
}

impl Shown {
    /// The record that a title and sealed texts can be taken from.
    pub fn record(&self) -> Option<&Arc<Record>> {
        match self {
            Shown::Current(record) | Shown::Stale(record) => Some(record),
            Shown::Distrusted { before, .. } => before.as_ref(),
            Shown::Checking { .. } | Shown::OutOfReach => None,
        }
    }
}
