//! Deterministic CBOR (RFC 8949 §4.2.1): decode, re-encode, compare.
//!
//! A reader accepts exactly one encoding of every value. Lengths, integers
//! and order are checked by encoding the decoded value again; bytes after the
//! value are refused by the same comparison (specs/01-foundations.md §4).

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use minicbor::bytes::{ByteArray, ByteVec};

/// The largest ledger entry, in bytes: its length is written in 16 bits.
pub const MAX_ENTRY: usize = 65_535;

/// Bytes of variable length, a CBOR byte string.
pub type Bytes = ByteVec;
/// Exactly `N` bytes, a CBOR byte string.
pub type Fixed<const N: usize> = ByteArray<N>;
/// An Ed25519 signature (RFC 8032).
pub type SignatureBytes = ByteArray<64>;

/// Why bytes are not an entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Longer than an entry may be.
    #[error("{0} bytes, but an entry has at most 65,535")]
    TooLong(usize),
    /// Not CBOR of the expected shape.
    #[error("not the expected CBOR: {0}")]
    Malformed(String),
    /// CBOR of the right shape in another than the one deterministic encoding.
    #[error("not the deterministic CBOR encoding (RFC 8949 section 4.2.1)")]
    NotCanonical,
}

/// Encodes a value. Every type of this crate encodes deterministically.
pub fn encode<T: minicbor::Encode<()>>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    match minicbor::encode(value, &mut out) {
        Ok(()) => out,
        // Writing into a vector cannot fail.
        Err(never) => unreachable!("encoding into memory failed: {never}"),
    }
}

/// Decodes a value from its deterministic encoding, and from no other.
pub fn decode<T>(bytes: &[u8]) -> Result<T, DecodeError>
where
    T: minicbor::Encode<()> + for<'b> minicbor::Decode<'b, ()>,
{
    if bytes.len() > MAX_ENTRY {
        return Err(DecodeError::TooLong(bytes.len()));
    }
    let value: T = minicbor::decode(bytes).map_err(|error| DecodeError::Malformed(error.to_string()))?;
    if encode(&value) != bytes {
        return Err(DecodeError::NotCanonical);
    }
    Ok(value)
}
