//! The hashes of a proof as lines of base64, as C2SP tlog-proof and
//! tlog-witness write them.

use alloc::string::String;
use alloc::vec::Vec;

use base64ct::{Base64, Encoding};

use crate::hash::Hash;

/// Most hashes of a proof: enough for a tree of 2^63 entries, and what
/// witnesses take.
pub(super) const MAX_PROOF: usize = 63;

/// A hash from its line.
pub(super) fn hash(line: &str) -> Option<Hash> {
    Base64::decode_vec(line).ok()?.try_into().ok()
}

/// A proof from its lines; `None` for a line that is no hash, and for too many.
pub(super) fn proof<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Vec<Hash>> {
    let proof: Vec<Hash> = lines.take(MAX_PROOF + 1).map(hash).collect::<Option<_>>()?;
    (proof.len() <= MAX_PROOF).then_some(proof)
}

/// The lines of a proof, each with its end.
pub(super) fn of(proof: &[Hash]) -> String {
    let line = |hash: &Hash| Base64::encode_string(hash) + "\n";
    proof.iter().map(line).collect()
}
