#![deny(missing_docs)]
//! The booth in WebAssembly: JavaScript's way into [`voting_core`]. A shell
//! without logic: it turns bytes into types and back, and errors into
//! exceptions that carry the core's own message.
//!
//! A page makes a [`Context`] once, keeps a [`Credential`], and seals a
//! [`Draft`]; it shows the tracker and then either opens the draft for a check
//! or casts it. Both use the draft up: JavaScript that tries to use it again
//! meets an exception (specs/05-ballot.md §7).
//!
//! Built by `cargo xtask booth`.

mod context;
mod credential;
mod draft;
mod opening;
#[cfg(feature = "vectors")]
mod vectors;

pub use context::Context;
pub use credential::Credential;
pub use draft::Draft;
pub use opening::CheckedOpening;
#[cfg(feature = "vectors")]
pub use vectors::{Parts, statement_defect, statement_digest};
