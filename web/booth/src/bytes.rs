//! JavaScript's byte arrays.

use voting_core::hash::Hash;
use wasm_bindgen::prelude::*;

/// Bytes of a fixed length.
pub(crate) fn array<const N: usize>(bytes: &[u8], what: &str) -> Result<[u8; N], JsError> {
    bytes
        .try_into()
        .map_err(|_| JsError::new(&format!("{what} has {} bytes, not {N}", bytes.len())))
}

/// Hashes that stand one after the other.
pub(crate) fn hashes(bytes: &[u8]) -> Result<Vec<Hash>, JsError> {
    bytes
        .chunks(32)
        .map(|hash| array(hash, "a hash of the proof"))
        .collect()
}
