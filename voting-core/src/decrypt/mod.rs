//! Decrypt: shares of the sums, each proven, and the totals they open
//! (specs/08-decrypt.md).
//!
//! A trustee publishes `D = z_i·ΣR` of every cell with one proof for all
//! ([`verify_share`]); any threshold of verified shares [`combine`] to `v·M`,
//! and [`bounded_logarithms`] finds the totals `v`.

mod combine;
mod logarithm;
mod share;
#[cfg(all(test, feature = "trustee"))]
mod tests;

pub use combine::{CombineFault, combine};
pub use logarithm::{LARGEST_TOTAL, LogarithmFault, bounded_logarithms};
pub use share::{ShareFault, VerifiedShare, verify_share};
