//! The ballot: encryption and one proof (specs/05-ballot.md).
//!
//! Relation, in words: *every cell encrypts a value of its range under the
//! joint key, the values satisfy every constraint of the statement, and the
//! maker knows the secret of the credential and all the randomness.*
//!
//! | symbol | where | meaning |
//! |---|---|---|
//! | `B`, `M`, `K` | [`crate::group`], [`BallotContext::joint_key`] | basepoint, message base, joint key |
//! | `(R_i, C_i)` | [`crate::entry::BallotEntry::cells`] | `(r_i·B, v_i·M + r_i·K)` |
//! | `s`, `A` | [`crate::credential::Credential`] | the voter's secret and key |
//! | `N` | [`Statement::padded_bits`] | length of the bit vector |
//!
//! A ballot's way: [`Draft::seal`] encrypts; [`Draft::open`] shows it to a
//! second device and uses it up, or [`Draft::cast`] proves it; [`precheck`] and
//! [`verify`] or [`verify_batch`] turn the entry into a [`VerifiedBallot`],
//! the only thing a tally takes.

use crate::group::{GroupError, RistrettoPoint};
use crate::hash::Hash;
use crate::statement::Statement;

pub mod generators;
mod products;
mod inner_product;
mod equation;
pub mod range;
mod link;
mod derived;
mod cells;
mod seal;
mod opening;
mod form;
mod verify;

pub use opening::{Opening, Tracker};
pub use seal::{Draft, SealError};
pub use verify::{VerifiedBallot, Verifier, precheck, verify, verify_batch};

/// Everything a ballot of one style is sealed for and checked against.
#[derive(Debug, Clone)]
pub struct BallotContext {
    /// The election.
    pub election_id: Hash,
    /// The joint key `K`.
    pub joint_key: RistrettoPoint,
    /// Digest of the key-confirmation entries.
    pub key_digest: Hash,
    /// Index of the style.
    pub style: u32,
    /// The style's statement.
    pub statement: Statement,
    /// Number of issuers: a ballot bears one token of each.
    pub issuers: usize,
    /// Length of a token, in bytes.
    pub token_length: usize,
}

/// Bytes of one cell, `R_i ‖ C_i`.
pub const CELL_LENGTH: usize = 64;
/// Bytes of the link proof.
pub const LINK_PROOF_LENGTH: usize = 192;

impl BallotContext {
    /// Bytes of the range proof of this style's ballots.
    pub fn range_proof_length(&self) -> usize {
        range::proof_length(self.statement.padded_bits())
    }
}

/// Why an entry is no valid ballot. The one at fault is who made the ballot;
/// nothing of it may be counted or stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBallot {
    /// A ballot of another style.
    #[error("the ballot is of style {found}, not {expected}")]
    Style {
        /// The style it is checked against.
        expected: u32,
        /// The style it names.
        found: u32,
    },
    /// Too few or too many tokens.
    #[error("{found} tokens, but there are {expected} issuers")]
    TokenCount {
        /// Number of issuers.
        expected: usize,
        /// Tokens on the ballot.
        found: usize,
    },
    /// A token of another length than the issuers' keys make.
    #[error("the token of issuer {issuer} has {found} bytes, not {expected}")]
    TokenLength {
        /// Index of the issuer.
        issuer: usize,
        /// Length the manifest seals.
        expected: usize,
        /// Length found.
        found: usize,
    },
    /// Cells of another number than the style has.
    #[error("the cells have {found} bytes, not {expected}")]
    CellsLength {
        /// 64 bytes for every cell.
        expected: usize,
        /// Length found.
        found: usize,
    },
    /// A range proof for another statement.
    #[error("the range proof has {found} bytes, not {expected}")]
    RangeProofLength {
        /// `32·(9 + 2·log2 N)`.
        expected: usize,
        /// Length found.
        found: usize,
    },
    /// The credential is no key.
    #[error("the credential: {0}")]
    Credential(GroupError),
    /// A cell holds something that is no point, or the identity.
    #[error("cell {cell}: {error}")]
    Cell {
        /// Index of the cell.
        cell: usize,
        /// What is wrong.
        error: GroupError,
    },
    /// The range proof holds a bad point or scalar.
    #[error("the range proof: {0}")]
    RangeProof(GroupError),
    /// The link proof holds a bad point or scalar.
    #[error("the link proof: {0}")]
    LinkProof(GroupError),
    /// The maker does not know the credential's secret, or a field was altered.
    #[error("the ballot is not made by the holder of its credential, or was altered")]
    Possession,
    /// A choice outside the rules, or cells that do not decrypt to what is proven.
    #[error("the proof does not hold: the choice breaks a rule or the ballot was altered")]
    Proof,
}

#[cfg(test)]
mod tests;
