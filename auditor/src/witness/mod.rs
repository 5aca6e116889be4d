//! A witness: an observer's server that cosigns a ledger's head if it goes on
//! from the last one that it cosigned, and nothing else (C2SP tlog-witness
//! 1.0; specs/06-ledger.md §2.4).
//!
//! ```text
//! POST /add-checkpoint ─► parse ─► whose ledger? ─► judge ─► journal, fdatasync ─► cosignature
//!                                                     │
//!                                                     └─► refused; evidence of a fork is kept
//! ```
//!
//! [`Witness`] is the whole of it without a network; [`start`] puts it on one.
//! What it has cosigned is durable before anybody sees the cosignature, so that
//! it goes on exactly where it was after any crash. When a write fails it answers
//! nobody any more: nobody knows then what it remembers.

mod decide;
mod error;
mod evidence;
mod folder;
mod heads;
mod report;
mod server;
#[cfg(test)]
mod tests;

pub use decide::{Refusal, Witness};
pub use error::WitnessError;
pub use evidence::{InvalidRefused, Refused, Suspicion};
pub use folder::Folder;
pub use report::{Event, Report};
pub use server::{Running, Settings, start};
