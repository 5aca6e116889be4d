//! Identifiers: SHA3-256 with a domain prefix (specs/01-foundations.md §3).

use sha3::{Digest, Sha3_256};

/// A 32-byte SHA3-256 identifier or SHA-256 ledger hash.
pub type Hash = [u8; 32];

/// `SHA3-256(domain ‖ parts…)`. Parts of variable length stand last or are
/// preceded by their length at the caller.
pub fn identifier(domain: &str, parts: &[&[u8]]) -> Hash {
    let mut hash = Sha3_256::new();
    hash.update(domain.as_bytes());
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

/// `election_id = SHA3-256("psephos/v1/election" ‖ manifest bytes)`.
pub fn election_id(manifest: &[u8]) -> Hash {
    identifier("psephos/v1/election", &[manifest])
}
