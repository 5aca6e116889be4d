#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
//! The protocol of Psephos, without I/O, clock or randomness source.
//!
//! The modules stand in the order of an election; each uses only those above
//! it. The way of a ballot: [`manifest`] and [`contest`] say what may be
//! voted, [`keys`] make the joint key, [`roll`] and [`token`] say who may
//! vote, [`ballot`] seals and proves, [`ledger`] keeps, [`lifecycle`] orders,
//! [`voter`] is all of that as one person's device does it, [`tally`] adds up,
//! [`decrypt`] opens the sums, [`outcome`] names the winners.

extern crate alloc;
#[cfg(test)]
extern crate std;

// Foundations.
pub mod encoding;
pub mod group;
pub mod hash;
pub mod transcript;

// Define.
pub mod manifest;
pub mod statement;
pub mod contest;
pub mod manifest_check;
pub mod entry;

// Ceremony.
pub mod keys;

// Roll and tokens.
pub mod credential;
pub mod roll;
pub mod token;

// Ballot.
pub mod ballot;

// Ledger.
pub mod ledger;
pub mod lifecycle;

// The voter's device, from the pass to the receipt.
pub mod voter;

// Close, tally, decrypt, outcome.
pub mod tally;
pub mod decrypt;
pub mod outcome;
