//! Why an entry is not the next one.

use alloc::string::String;
use alloc::vec::Vec;

use crate::contest::ContestError;
use crate::encoding::DecodeError;
use crate::keys::KeyFault;
use crate::manifest_check::ManifestProblem;
use crate::roll::ListFault;
use crate::statement::StatementError;
use crate::token::KeyRefused;

/// Why an entry is illegal where it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Illegal {
    /// Entry 0 does not decode.
    #[error("entry 0 does not decode: {0}")]
    Decode(#[from] DecodeError),
    /// Entry 0 is something else.
    #[error("entry 0 must be the manifest")]
    NoManifest,
    /// A manifest that contradicts itself.
    #[error("the manifest is not coherent: {} problem(s), the first: {}", .0.len(), .0.first().map(alloc::string::ToString::to_string).unwrap_or_default())]
    Manifest(Vec<ManifestProblem>),
    /// A contest that does not compile.
    #[error("contest {index}: {error}")]
    Contest {
        /// Index of the contest.
        index: u32,
        /// Why.
        error: ContestError,
    },
    /// A style whose contests do not fit one ballot.
    #[error("style {index}: {error}")]
    Style {
        /// Index of the style.
        index: u32,
        /// Why.
        error: StatementError,
    },
    /// A manifest after entry 0.
    #[error("a ledger has one manifest, entry 0")]
    SecondManifest,
    /// An entry that belongs to another phase.
    #[error("a {kind} entry is not legal in phase \"{phase}\"")]
    Order {
        /// The entry's kind.
        kind: &'static str,
        /// The ledger's phase.
        phase: &'static str,
    },
    /// A kind of entry whose turn has not come or is over.
    #[error("{what} {index}: {why}")]
    Turn {
        /// Who or what.
        what: &'static str,
        /// Its index.
        index: u32,
        /// What is out of turn.
        why: &'static str,
    },
    /// An index that the manifest does not have.
    #[error("the manifest has no {what} with index {index}")]
    Unknown {
        /// What was looked up.
        what: &'static str,
        /// The index.
        index: u32,
    },
    /// A signature that does not verify.
    #[error("the signature of {author} {index} under this {kind} entry does not verify")]
    Signature {
        /// The entry's kind.
        kind: &'static str,
        /// Role of the author.
        author: &'static str,
        /// Index of the author.
        index: u32,
    },
    /// Fewer officers than the manifest asks for.
    #[error("{signed} officer(s) signed this {kind} entry, but the manifest asks for {threshold}")]
    TooFewOfficers {
        /// The entry's kind.
        kind: &'static str,
        /// Signatures present.
        signed: usize,
        /// Signatures needed.
        threshold: u32,
    },
    /// Signatures twice or out of order.
    #[error("the officers' signatures under this {kind} entry do not ascend by officer")]
    OfficersNotAscending {
        /// The entry's kind.
        kind: &'static str,
    },
    /// A trustee's key entry that does not hold.
    #[error("trustee {trustee}: {fault}")]
    Key {
        /// The trustee at fault.
        trustee: u32,
        /// What is wrong.
        fault: KeyFault,
    },
    /// An issuer key that is refused.
    #[error("issuer {issuer}, style {style}: {refused}")]
    IssuerKey {
        /// Index of the issuer.
        issuer: u32,
        /// Index of the style.
        style: u32,
        /// Why.
        refused: KeyRefused,
    },
    /// A list in parts that is not sorted, not whole or not in order.
    #[error("issuer {issuer}, style {style}: {fault}")]
    List {
        /// Index of the issuer.
        issuer: u32,
        /// Index of the style.
        style: u32,
        /// What is wrong with the part.
        fault: ListFault,
    },
    /// Opening before everything is there.
    #[error("the poll cannot open: {0}")]
    NotReady(String),
    /// An act that does not follow the previous one.
    #[error("this {kind} act does not follow the previous act: {why}")]
    Act {
        /// The act's kind.
        kind: &'static str,
        /// What does not follow.
        why: &'static str,
    },
    /// An entry in the middle of a batch.
    #[error("a batch of ballots must be ended by its batch entry first")]
    UnfinishedBatch,
    /// Ballots of a batch out of order, or one that cannot stand in it.
    #[error("batch: {0}")]
    Batch(&'static str),
    /// A head that the ledger never had.
    #[error("{who} {index} refers to a ledger head of size {size} that this ledger never had")]
    UnknownHead {
        /// Role of the author.
        who: &'static str,
        /// Index of the author.
        index: u32,
        /// The size it names.
        size: u64,
    },
    /// A contest with too few ballots to be decrypted.
    #[error(
        "contest {contest} has {ballots} counted ballot(s), fewer than the smallest group {least}; it is not decrypted"
    )]
    SmallGroup {
        /// Index of the contest.
        contest: u32,
        /// Counted ballots.
        ballots: u64,
        /// The manifest's smallest group.
        least: u32,
    },
}
