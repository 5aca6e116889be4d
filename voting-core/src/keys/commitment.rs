//! Hash first, then commit: nobody chooses a secret after seeing the others'.
//!
//! Relation proven: *I know `a_0` with `A_0 = a_0·B`*, bound to election,
//! round, dealer and all commitments. It is a Schnorr proof: commitment
//! `k·B`, challenge `c`, response `s = k + c·a_0`
//! (specs/03-ceremony.md §4). Without it the last dealer could cancel the
//! others' keys (attack D1).

use alloc::vec::Vec;

use super::KeyFault;
use crate::encoding::encode;
use crate::entry::{KeyCommitment, KeyHash};
use crate::group::{ENCODED_LENGTH, RistrettoPoint, Scalar, decode_key, decode_scalar, identity};
use crate::hash::{Hash, identifier};
use crate::transcript::Transcript;

/// `SHA3-256("psephos/v1/key-hash" ‖ election id ‖ commitment body)`
/// (specs/03-ceremony.md §3).
pub fn commitment_hash(election_id: &Hash, commitment: &KeyCommitment) -> Hash {
    identifier("psephos/v1/key-hash", &[election_id, &encode(commitment)])
}

/// Checks the receiving key of a `key-hash`: canonical, and not of small
/// order, so that every dealer can encrypt to it.
pub fn verify_hash(hash: &KeyHash) -> Result<(), KeyFault> {
    use curve25519_dalek::montgomery::MontgomeryPoint;
    let key: &[u8; 32] = &hash.receiving_key;
    // Any clamped scalar is a multiple of the cofactor: a point of small
    // order becomes zero.
    let product = MontgomeryPoint(*key).mul_clamped([1; 32]);
    if !is_canonical_field_element(key) || product.0 == [0; 32] {
        return Err(KeyFault::ReceivingKey);
    }
    Ok(())
}

/// Whether 32 little-endian bytes are below `2^255 − 19`.
fn is_canonical_field_element(bytes: &[u8; 32]) -> bool {
    let high = bytes[31] == 0x7f && bytes[1..31].iter().all(|&byte| byte == 0xff);
    bytes[31] < 0x80 && !(high && bytes[0] >= 0xed)
}

/// A dealer's verified commitments: exactly `t` points, none the identity,
/// the first with a verified proof of possession. There is no other way to
/// make this type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitments {
    round: u32,
    trustee: u32,
    points: Vec<RistrettoPoint>,
}

impl Commitments {
    /// The ceremony round.
    pub fn round(&self) -> u32 {
        self.round
    }

    /// Index of the dealing trustee.
    pub fn trustee(&self) -> u32 {
        self.trustee
    }

    /// `A_0 = a_0·B`, the dealer's part of the joint key.
    pub fn constant(&self) -> &RistrettoPoint {
        &self.points[0]
    }

    /// `f(j + 1)·B` for receiver `j`: what its share must be the logarithm of.
    pub fn at(&self, receiver: u32) -> RistrettoPoint {
        let x = Scalar::from(u64::from(receiver) + 1);
        // Horner, from the highest commitment down. Public data: time may vary.
        self.points
            .iter()
            .rev()
            .fold(identity(), |sum, point| sum * x + point)
    }
}

/// Verifies a dealer's commitments: their number, each point, and the proof
/// of possession.
pub fn verify_commitment(
    election_id: &Hash,
    threshold: u32,
    commitment: &KeyCommitment,
) -> Result<Commitments, KeyFault> {
    let points = decode_commitments(threshold, &commitment.points)?;
    let (nonce, response) = commitment.possession.split_at(32);
    let nonce: &[u8; 32] = nonce.try_into().map_err(|_| KeyFault::Possession)?;
    let nonce_point = decode_key(nonce).map_err(|_| KeyFault::Possession)?;
    let response = decode_scalar(response).map_err(|_| KeyFault::Possession)?;
    let (round, trustee) = (commitment.round, commitment.trustee);
    let challenge = Transcript::possession(election_id, round, trustee, &points, nonce);
    let expected = RistrettoPoint::vartime_double_scalar_mul_basepoint(&-challenge, &points[0], &response);
    if expected != nonce_point {
        return Err(KeyFault::Possession);
    }
    Ok(Commitments {
        round,
        trustee,
        points,
    })
}

fn decode_commitments(threshold: u32, bytes: &[u8]) -> Result<Vec<RistrettoPoint>, KeyFault> {
    let expected = (threshold as usize).saturating_mul(ENCODED_LENGTH);
    if bytes.len() != expected || bytes.is_empty() {
        let found = bytes.len();
        return Err(KeyFault::CommitmentLength { expected, found });
    }
    let decode = |(index, bytes)| decode_key(bytes).map_err(|error| KeyFault::Commitment { index, error });
    bytes
        .chunks_exact(ENCODED_LENGTH)
        .enumerate()
        .map(decode)
        .collect()
}
