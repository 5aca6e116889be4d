//! The link and possession proof (specs/05-ballot.md §4).
//!
//! Relation: the prover knows `(r*, v*, s)` with `R* = r*·B`,
//! `C* = v*·M + r*·K` and `A = s·B`, where `R* = Σ ρ^i·R_i` and
//! `C* = Σ ρ^i·C_i` for a `ρ` drawn after everything else. In words: the cells
//! decrypt to what the range proof is about, and the maker holds the credential.
//!
//! | symbol | bytes | |
//! |---|---|---|
//! | `k_1, k_2, k_3` | 0..96 | `k_r·B`, `k_v·M + k_r·K`, `k_s·B` |
//! | `z_r, z_v, z_s` | 96..192 | `k + e·secret` for the challenge `e` |

use curve25519_dalek::traits::MultiscalarMul;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::ballot::LINK_PROOF_LENGTH;
use crate::ballot::equation::{Bases, Equation};
use crate::group::{CompressedRistretto, GroupError, RistrettoPoint, Scalar, decode_key, decode_scalar};
use crate::transcript::Transcript;

/// The secrets of the relation.
pub(crate) struct Witness<'a> {
    pub(crate) randomness: &'a Scalar,
    pub(crate) value: &'a Scalar,
    pub(crate) secret: &'a Scalar,
}

/// Proves, in constant time. The transcript has given `ρ`.
pub(crate) fn prove<R: CryptoRng + ?Sized>(
    transcript: &mut Transcript,
    bases: Bases<'_>,
    witness: &Witness<'_>,
    rng: &mut R,
) -> [u8; LINK_PROOF_LENGTH] {
    let fresh = |rng: &mut R| Zeroizing::new(Scalar::random(rng));
    let (k_r, k_v, k_s) = (fresh(rng), fresh(rng), fresh(rng));
    let commitments = [
        RistrettoPoint::mul_base(&k_r).compress(),
        RistrettoPoint::multiscalar_mul([&*k_v, &*k_r], [bases.value, bases.blinding]).compress(),
        RistrettoPoint::mul_base(&k_s).compress(),
    ];
    let e = transcript.link_challenge(&commitments);
    let responses = [
        *k_r + e * witness.randomness,
        *k_v + e * witness.value,
        *k_s + e * witness.secret,
    ];
    let mut proof = [0; LINK_PROOF_LENGTH];
    let (points, scalars) = proof.split_at_mut(LINK_PROOF_LENGTH / 2);
    for (chunk, point) in points.chunks_exact_mut(32).zip(&commitments) {
        chunk.copy_from_slice(point.as_bytes());
    }
    for (chunk, scalar) in scalars.chunks_exact_mut(32).zip(&responses) {
        chunk.copy_from_slice(scalar.as_bytes());
    }
    proof
}

/// A link proof's responses and challenge.
pub(crate) struct Replayed {
    commitments: [CompressedRistretto; 3],
    z_r: Scalar,
    z_v: Scalar,
    z_s: Scalar,
    pub(crate) challenge: Scalar,
}

/// Decodes the responses and draws the challenge.
pub(crate) fn replay(
    transcript: &mut Transcript,
    proof: &[u8; LINK_PROOF_LENGTH],
) -> Result<Replayed, GroupError> {
    let element = |index: usize| {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(&proof[32 * index..32 * (index + 1)]);
        bytes
    };
    let commitments = [0, 1, 2].map(|index| CompressedRistretto(element(index)));
    let [z_r, z_v, z_s] = [3, 4, 5].map(|index| decode_scalar(&element(index)));
    let challenge = transcript.link_challenge(&commitments);
    Ok(Replayed {
        commitments,
        z_r: z_r?,
        z_v: z_v?,
        z_s: z_s?,
        challenge,
    })
}

impl Replayed {
    /// `k_3 = z_s·B − e·A`, by itself: possession, checked before anything costly.
    pub(crate) fn possession(&self, credential: &RistrettoPoint) -> bool {
        let minus = -self.challenge;
        let k_3 = RistrettoPoint::vartime_double_scalar_mul_basepoint(&minus, credential, &self.z_s);
        k_3.compress() == self.commitments[2]
    }

    /// Decodes `k_1, k_2, k_3`; the identity is refused.
    pub(crate) fn points(&self) -> Result<[RistrettoPoint; 3], GroupError> {
        let [k_1, k_2, k_3] = &self.commitments;
        Ok([
            decode_key(k_1.as_bytes())?,
            decode_key(k_2.as_bytes())?,
            decode_key(k_3.as_bytes())?,
        ])
    }

    /// Adds the three equations with their weights to a sum, except for `R*`
    /// and `C*`; returns the factors of these, which the caller adds.
    pub(crate) fn add_to<'a>(
        &self,
        sum: &mut Equation<'a>,
        points: &'a [RistrettoPoint; 3],
        credential: &'a RistrettoPoint,
        weights: [Scalar; 3],
    ) -> (Scalar, Scalar) {
        let [first, second, third] = weights;
        sum.basepoint += first * self.z_r + third * self.z_s;
        sum.value += second * self.z_v;
        sum.blinding += second * self.z_r;
        for (weight, point) in weights.iter().zip(points) {
            sum.add(-weight, point);
        }
        sum.add(-(third * self.challenge), credential);
        (-(first * self.challenge), -(second * self.challenge))
    }
}
