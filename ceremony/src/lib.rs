#![forbid(unsafe_code)]
//! The people who hold keys: officers define, open and close an election;
//! trustees make its key and decrypt its sums.
//!
//! Every act is an entry on the ledger, signed by the person who acts. The
//! functions here compute the next entry from the ledger as it stands
//! ([`Record`]) and hand it to the ballot box ([`Board`]); the command
//! `ceremony` and the demonstration run the same ones:
//!
//! 1. [`define`]: draft the manifest from a poll file ([`pabulib`]); [`officer`]: sign it;
//! 2. [`trustee`]: deal, certify, rehearse;
//! 3. [`officer`]: open, pause, resume, extend, close;
//! 4. [`decrypt`]: audit the whole record, then decrypt the sums, once;
//! 5. [`publish`]: combine the shares, publish totals and winners.

pub mod board;
pub mod command;
pub mod decrypt;
pub mod define;
pub mod durable;
mod fault;
pub mod key_file;
pub mod memory;
pub mod officer;
pub mod passphrase;
pub mod pabulib;
pub mod publish;
pub mod record;
pub mod sealed;
pub mod trustee;

pub use board::{Board, HttpBoard};
pub use fault::CeremonyFault;
pub use key_file::{OfficerKey, TrusteeKey};
pub use memory::Memory;
pub use record::Record;
