#![deny(missing_docs)]
//! The booth in WebAssembly: JavaScript's way into [`voting_core::voter`]. A
//! shell without logic: it turns bytes into types and back, and errors into
//! exceptions that carry the core's own message.
//!
//! A page makes a [`Poll`] from what it read of the ledger ([`Beginning`] says
//! what that is), and begins or resumes
//! a [`Voter`]: pass, [`Choices`], [`Draft`], ballot, receipt. It stores
//! [`Voter::save`] before it sends anything (specs/05a-voter.md §1). The page of
//! the second device needs a [`Poll`] and [`CheckedOpening`] only; the last look
//! is a [`Reading`] that [`Voter::status`] ends.
//!
//! Built by `cargo xtask booth`.

mod bytes;
mod poll;
mod beginning;
mod rules;
mod code;
mod voter;
mod draft;
mod checked;
mod reading;
mod warm;
#[cfg(feature = "vectors")]
mod vectors;

pub use beginning::Beginning;
pub use checked::CheckedOpening;
pub use code::{is_code, qr};
pub use draft::{Choices, Draft};
pub use poll::Poll;
pub use reading::{Reading, Status};
pub use rules::Rules;
#[cfg(feature = "vectors")]
pub use vectors::{
    Context, Credential, Parts, VectorDraft, VectorOpening, statement_defect, statement_digest,
};
pub use voter::Voter;
