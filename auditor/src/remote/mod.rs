//! A ledger read through somebody else's hands: what to fetch next, and what
//! came of it (specs/11a-oneself.md).
//!
//! A page in a browser, or any other program without a file system, asks
//! `wants` for a path below the ledger's address, fetches it as it can, and
//! hands the bytes to `take`, until nothing is wanted any more. Which files
//! are asked for depends on the ledger alone, never on the receipt that is
//! looked up: who serves them learns nothing.
//!
//! [`RemoteAudit`] is the whole audit; [`Find`] looks up one receipt.

mod audit;
mod counts;
mod files;
mod find;
mod found;

pub use audit::RemoteAudit;
pub use counts::Counts;
pub use files::{MAX_ENTRIES, Unreadable};
pub use find::Find;
pub use found::{Because, Found, Lost};
