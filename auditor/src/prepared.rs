//! What can be done with an entry before it is its turn: hashed and decoded,
//! on whatever processor is free.

use voting_core::encoding::DecodeError;
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::leaf_hash;

/// An entry, hashed and decoded.
pub struct Prepared {
    pub(crate) leaf: Hash,
    pub(crate) length: u64,
    /// The kind its bytes announce, even if they do not decode.
    pub(crate) kind: &'static str,
    pub(crate) entry: Result<Entry, DecodeError>,
}

impl Prepared {
    /// Hashes and decodes the bytes of an entry.
    pub fn new(bytes: &[u8]) -> Self {
        let entry = Entry::from_bytes(bytes);
        Self {
            leaf: leaf_hash(bytes),
            length: bytes.len() as u64,
            kind: entry.as_ref().map_or_else(|_| announced_kind(bytes), Entry::kind),
            entry,
        }
    }
}

/// The kind that bytes announce which are no entry: a CBOR array's first
/// element, as far as it can be told.
fn announced_kind(bytes: &[u8]) -> &'static str {
    const KINDS: [&str; 20] = [
        "manifest",
        "key-hash",
        "key-commitment",
        "key-shares",
        "key-complaint",
        "key-confirmation",
        "rehearsal",
        "roll",
        "issuer-key",
        "open",
        "pause",
        "resume",
        "extend",
        "close",
        "ballot",
        "batch",
        "issuance-report",
        "tally",
        "decryption-share",
        "result",
    ];
    let array = bytes
        .first()
        .is_some_and(|first| (0x80..0x98).contains(first) || *first == 0x9f);
    match bytes.get(1) {
        Some(&kind) if array && usize::from(kind) < KINDS.len() => KINDS[usize::from(kind)],
        Some(0x18) if array && bytes.get(2) == Some(&26) => "lot",
        _ => "unknown",
    }
}
