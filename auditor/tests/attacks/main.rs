//! Attacks on a hand-made ledger: each must break the claim that is meant to
//! catch it. Test names carry the attack's id.

mod kit;
mod sealed;

mod honest;
mod ceremony;
mod proofs;
mod encodings;
mod ballots;
mod trustees;
mod passes;
mod verifier;
mod process;
mod command;
mod outcome;
mod vectors;
mod mirror;
mod url;
mod witnesses;
mod record;
mod receipts;
mod served;
mod copies;
mod nodes;
mod malicious;
mod inspect;
mod compare;
mod opened;
mod remote;
