#![forbid(unsafe_code)]
//! Independent observers: an election recomputed from its public record alone.
//!
//! [`Audit`] takes the ledger's entries in order, without any I/O, and ends in
//! a [`Verdict`]: every claim of specs/10-audit.md §3 *held*, *broken* with
//! all failures, or *not checkable* with the reason. Nothing is skipped in
//! silence, no flag turns a check off, and nothing that a ledger contains
//! makes it panic. Trustees use it before they decrypt
//! ([`Verdict::fit_to_decrypt`]), pages show only what went through it.
//!
//! Whoever has no file system, a page in a browser say, fetches the files of a
//! ledger for a [`remote`] audit, or looks up one receipt that way.
//!
//! The command around it reads folders and URLs (`auditor verify`) and first
//! puts the verifier itself to the test (`auditor selftest`).
//!
//! An observer who wants to do more runs a [`witness`] (`auditor witness`): it
//! vouches that a ledger never took back what it had shown.

mod audit;
mod batch;
mod checkpoint;
mod claims;
mod content;
mod count;
mod crew;
mod ending;
mod evidence;
mod finding;
#[cfg(feature = "command")]
pub mod occasion;
mod opening;
mod prepared;
mod register;
mod relation;
pub mod remote;
mod results;
mod rolls;
#[cfg(feature = "command")]
pub mod report;
#[cfg(feature = "command")]
pub mod statement;
mod tokens;
mod verdict;
mod verification;

#[cfg(feature = "command")]
pub mod command;
#[cfg(feature = "command")]
pub mod inspect;
#[cfg(feature = "vectors")]
pub mod selftest;
#[cfg(feature = "witness")]
pub mod witness;

pub use audit::Audit;
pub use count::{NoRecall, Recall};
pub use evidence::{Contradiction, Evidence, InvalidEvidence, Shown};
pub use finding::{Fault, Finding, Findings, LISTED};
pub use prepared::Prepared;
pub use register::{Latest, Lost, Register};
#[cfg(feature = "native")]
pub use tokens::AwsLcVerifier;
pub use verdict::{
    CLAIMS, Chapter, Claim, ContestOutcome, Figures, NotFit, Overall, ProjectOutcome, Proven, Standing,
    Turnout, Verdict, Witnesses,
};
