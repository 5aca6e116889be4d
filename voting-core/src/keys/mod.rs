//! Ceremony: the trustees' joint key (specs/03-ceremony.md).
//!
//! The way to a key, one step after the other, all on the ledger: every
//! trustee publishes the hash of its [`Commitments`] and a fresh receiving
//! key, then the commitments, then encrypted shares; whoever gets a bad share
//! complains ([`verify_complaint`] convicts the dealer before everybody, and
//! the ceremony starts again); else all certify the same [`PublicKeys`] and
//! [`transcript_hash`], and rehearse on a canary ([`verify_rehearsal`]).
//!
//! The secret side (`Dealing`, `SecretShare`) exists under the feature
//! `trustee` only; no server enables it (attack D13).

mod commitment;
mod complaint;
#[cfg(feature = "trustee")]
mod dealing;
mod envelope;
mod equality;
mod fault;
mod joint;
mod rehearsal;
#[cfg(feature = "trustee")]
mod share;
#[cfg(all(test, feature = "trustee"))]
mod tests;

pub use commitment::{Commitments, commitment_hash, verify_commitment, verify_hash};
pub use complaint::verify_complaint;
#[cfg(feature = "trustee")]
pub use dealing::{BadShare, Dealing, DealingSeed};
pub use fault::KeyFault;
pub use joint::{PublicKeys, key_digest, transcript_hash};
pub use rehearsal::{canary, verify_rehearsal};
#[cfg(feature = "trustee")]
pub use share::SecretShare;

pub(crate) use equality::Equality;
