//! What the commitments add up to, and the digests that name a key
//! (specs/03-ceremony.md §7).

use alloc::vec::Vec;
use curve25519_dalek::traits::IsIdentity;
use minicbor::Encode;

use super::{Commitments, KeyFault};
use crate::encoding::encode;
use crate::entry::{KeyCommitment, KeyConfirmation, KeyHash, KeyShares, Signed};
use crate::group::RistrettoPoint;
use crate::hash::{Hash, identifier};

/// The joint key and every trustee's share of it, in public form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKeys {
    /// `K = Σ A_{i,0}`, the joint election key.
    pub joint: RistrettoPoint,
    /// `Z_i = z_i·B`, by trustee index.
    pub shares: Vec<RistrettoPoint>,
}

impl PublicKeys {
    /// Derives the keys from all dealers' verified commitments. Nobody has to
    /// be believed: `Z_j = Σ_i f_i(j + 1)·B` is a sum of commitments.
    pub fn derive(dealers: &[Commitments]) -> Result<Self, KeyFault> {
        let joint: RistrettoPoint = dealers.iter().map(Commitments::constant).sum();
        let share = |receiver| dealers.iter().map(|dealer| dealer.at(receiver)).sum();
        let shares: Vec<RistrettoPoint> = (0..dealers.len() as u32).map(share).collect();
        if joint.is_identity() || shares.iter().any(IsIdentity::is_identity) {
            return Err(KeyFault::IdentityKey);
        }
        Ok(Self { joint, shares })
    }
}

/// Hash of one round's entries, each list by trustee index:
/// `SHA3-256("psephos/v1/key-transcript" ‖ election id ‖ n ‖ hashes ‖ commitments ‖ shares)`,
/// `n` 4 bytes big-endian, the bodies as encoded.
pub fn transcript_hash(
    election_id: &Hash,
    hashes: &[KeyHash],
    commitments: &[KeyCommitment],
    shares: &[KeyShares],
) -> Hash {
    // Encoded bodies are CBOR items: each ends itself, so joining them is unambiguous.
    let joined = [join(hashes), join(commitments), join(shares)];
    let trustees = (hashes.len() as u32).to_be_bytes();
    let [hashes, commitments, shares] = &joined;
    identifier(
        "psephos/v1/key-transcript",
        &[election_id, &trustees, hashes, commitments, shares],
    )
}

/// Digest of the confirmations, by trustee index and with their signatures:
/// `SHA3-256("psephos/v1/key-confirmations" ‖ n ‖ confirmations)`. It goes into
/// every ballot's transcript, so no ballot was made before the key was certified.
pub fn key_digest(confirmations: &[Signed<KeyConfirmation>]) -> Hash {
    let trustees = (confirmations.len() as u32).to_be_bytes();
    identifier("psephos/v1/key-confirmations", &[&trustees, &join(confirmations)])
}

fn join<T: Encode<()>>(items: &[T]) -> Vec<u8> {
    items.iter().flat_map(encode).collect()
}
