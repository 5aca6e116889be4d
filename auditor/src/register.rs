//! Of every credential, the ballot that counts so far.
//!
//! It is the one thing an audit must remember that grows with the number of
//! voters. The library keeps it in memory; whoever audits large ledgers gives
//! it a register that does not ([`Audit::with_register`](crate::Audit::with_register)).

use std::collections::HashMap;

use voting_core::hash::Hash;

/// The ballot of a credential that counts so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latest {
    /// Its sequence.
    pub sequence: u32,
    /// Index of its style.
    pub style: u32,
    /// Its index on the ledger.
    pub index: u64,
    /// Its leaf hash.
    pub leaf: Hash,
}

/// A register that cannot be read or written any more; says why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("what was remembered of the voters' ballots is lost: {0}")]
pub struct Lost(pub String);

/// Remembers a ballot for each credential.
///
/// After `set`, `get` gives exactly what was set last for that credential, and
/// `None` for one that never was. After [`Lost`] it is not asked again, and
/// the claims that depend on it are *not checkable*.
pub trait Register: Send {
    /// The ballot of a credential.
    ///
    /// # Errors
    /// The register is lost.
    fn get(&mut self, credential: &[u8; 32]) -> Result<Option<Latest>, Lost>;

    /// Remembers the ballot of a credential in place of an earlier one.
    ///
    /// # Errors
    /// The register is lost.
    fn set(&mut self, credential: &[u8; 32], latest: Latest) -> Result<(), Lost>;
}

/// A register in memory, about two hundred bytes a credential.
#[derive(Debug, Default)]
pub(crate) struct InMemory(HashMap<[u8; 32], Latest>);

impl Register for InMemory {
    fn get(&mut self, credential: &[u8; 32]) -> Result<Option<Latest>, Lost> {
        Ok(self.0.get(credential).copied())
    }

    fn set(&mut self, credential: &[u8; 32], latest: Latest) -> Result<(), Lost> {
        self.0.insert(*credential, latest);
        Ok(())
    }
}
