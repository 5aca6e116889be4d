//! Rehearsal: every trustee decrypts a canary before the poll opens
//! (specs/03-ceremony.md §8; attack D7).
//!
//! The canary follows from the election and its key ceremony; no point from
//! outside is ever accepted, so a rehearsal is no decryption oracle.

use super::{Equality, KeyFault};
use crate::entry::Rehearsal;
use crate::group::{RistrettoPoint, decode_key, point_from_hash};
use crate::hash::Hash;
use crate::transcript::Transcript;

/// `from_uniform_bytes(SHA3-512("psephos/v1/canary" ‖ election id ‖ key transcript hash))`.
pub fn canary(election_id: &Hash, key_transcript: &Hash) -> RistrettoPoint {
    point_from_hash(&[b"psephos/v1/canary", election_id, key_transcript])
}

/// Verifies that a trustee decrypted the canary with the share behind `share_key`.
pub fn verify_rehearsal(
    election_id: &Hash,
    key_transcript: &Hash,
    trustee: u32,
    share_key: &RistrettoPoint,
    rehearsal: &Rehearsal,
) -> Result<(), KeyFault> {
    if rehearsal.trustee != trustee {
        return Err(KeyFault::RehearsalTrustee);
    }
    let image = decode_key(&*rehearsal.point).map_err(KeyFault::RehearsalPoint)?;
    let (statement, transcript) = statement(election_id, key_transcript, trustee, share_key, image);
    statement
        .verify(transcript, &rehearsal.proof)
        .map_err(|_| KeyFault::Rehearsal)
}

pub(super) fn statement(
    election_id: &Hash,
    key_transcript: &Hash,
    trustee: u32,
    share_key: &RistrettoPoint,
    image: RistrettoPoint,
) -> (Equality, Transcript) {
    let base = canary(election_id, key_transcript);
    let transcript = Transcript::rehearsal(election_id, key_transcript, trustee, share_key, &base, &image);
    let key = *share_key;
    (Equality { key, base, image }, transcript)
}
