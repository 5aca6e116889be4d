#![forbid(unsafe_code)]
//! The ballot box: one ledger of one election, kept and served
//! (specs/06-ledger.md).
//!
//! [`admission`] checks a ballot's form, proofs and tokens; [`sequencer`], the
//! only writer, orders a batch, makes it durable in [`store`] and only then
//! answers; [`server`] serves the ledger's files and takes entries. Nothing a
//! voter sends is written before its batch, and nothing tells who sent it.

pub mod problem;
pub mod store;
pub mod proofs;
pub mod ledger;
pub mod admission;
pub mod sequencer;
pub mod server;
