#![forbid(unsafe_code)]
//! Eligibility: who may vote, and one blind token for each of them
//! (specs/04-roll-and-tokens.md).
//!
//! [`enrol`] turns a roll into pseudonyms, activation codes and RSA keys, once.
//! [`issue`] decides about a request: pure checks, then one durable record,
//! then the blind signature. [`server`] answers over HTTP, [`report`] publishes
//! after close what was issued. [`watch`] reads the ledger, which alone says
//! when issuing is allowed; [`service`] is all of it together.
//!
//! What the issuer keeps of a voter is a hash of the activation code, the
//! pseudonym and a hash of the blinded message. No name, no address, no time,
//! and nothing that occurs in a ballot.

pub mod folder;
pub mod roll_file;
pub mod enrol;
mod letters;
pub mod reading;
pub mod watch;
pub mod publish;
pub mod records;
pub mod signer;
pub mod issue;
pub mod problem;
pub mod server;
pub mod service;
pub mod report;

#[cfg(test)]
mod tests;
