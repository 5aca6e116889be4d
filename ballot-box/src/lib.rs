#![forbid(unsafe_code)]
//! The ballot box: one ledger of one election, kept and served
//! (specs/06-ledger.md).
//!
//! The way of a ballot:
//! 1. [`server`] takes its bytes; [`admission`] reads them, and refuses what is
//!    malformed, late, replaced or without a valid token, before anything costly;
//! 2. [`verify`] checks the proofs of what waits, together and on all cores;
//! 3. [`sequencer`], the only writer, forms a batch by the sealed rule, sorted
//!    by leaf hash; [`book`] says what the entries add up to;
//! 4. [`storage`] makes the batch and its signed checkpoint durable with one sync;
//! 5. [`published`] shows it to readers, who [share](shared) it, and every voter gets a receipt;
//! 6. [`witnesses`] are asked to cosign the head; readers are shown cosigned
//!    heads only, where the election asks for witnesses.
//!
//! [`files`] are the public record as any web server can serve it, [`export`]
//! writes them to a folder. Nothing a voter sends is written before its batch,
//! nothing tells who sent it or when.

pub mod folder;
pub mod storage;
pub mod verify;
pub mod book;
mod tree;
pub mod published;
pub mod shared;
pub mod problem;
pub mod admission;
pub mod witnesses;
pub mod sequencer;
mod rebuild;
pub mod files;
pub mod export;
pub mod server;
pub mod service;

#[cfg(test)]
#[path = "../../auditor/tests/attacks/kit/mod.rs"]
#[allow(dead_code, unused_imports)]
mod kit;
#[cfg(test)]
#[path = "../../journal/tests/faulty/mod.rs"]
mod faulty;
