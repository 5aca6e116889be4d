//! The content files that the manifest seals, as far as they are at hand.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// Hash and length of the files found beside the ledger, and the witness policy.
#[derive(Debug, Default)]
pub(crate) struct Content {
    files: BTreeMap<String, (u64, [u8; 32])>,
    policy: Option<Vec<u8>>,
}

impl Content {
    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) {
        self.files.insert(
            name.to_owned(),
            (bytes.len() as u64, Sha256::digest(bytes).into()),
        );
    }

    /// Keeps the bytes of the witness policy.
    pub(crate) fn keep_policy(&mut self, bytes: &[u8]) {
        self.policy = Some(bytes.to_vec());
    }

    /// The witness policy, if it is at hand; whether it is the sealed one is
    /// not yet known.
    pub(crate) fn policy(&self) -> Option<&[u8]> {
        self.policy.as_deref()
    }

    /// Length and SHA-256 of a file, if it is at hand.
    pub(crate) fn get(&self, name: &str) -> Option<(u64, [u8; 32])> {
        self.files.get(name).copied()
    }
}
