//! The content files that the manifest seals, as far as they are at hand.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// Hash and length of the files found beside the ledger.
#[derive(Debug, Default)]
pub(crate) struct Content(BTreeMap<String, (u64, [u8; 32])>);

impl Content {
    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) {
        self.0.insert(
            name.to_owned(),
            (bytes.len() as u64, Sha256::digest(bytes).into()),
        );
    }

    /// Length and SHA-256 of a file, if it is at hand.
    pub(crate) fn get(&self, name: &str) -> Option<(u64, [u8; 32])> {
        self.0.get(name).copied()
    }
}
