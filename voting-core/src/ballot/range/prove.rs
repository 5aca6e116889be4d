//! The prover of the range proof (specs/05-ballot.md §3.2).

use alloc::vec::Vec;

use curve25519_dalek::traits::MultiscalarMul;
use rand_core::CryptoRng;
use subtle::{Choice, ConditionallySelectable};
use zeroize::{Zeroize, Zeroizing};

use super::{Bases, RangeError, Ranges, powers, proof_length};
use crate::ballot::generators::Generators;
use crate::ballot::inner_product::{self, inner_product};
use crate::group::{CompressedRistretto, RistrettoPoint, Scalar, vartime_invert};
use crate::transcript::Transcript;

/// What the prover commits to: public ranges and commitments, secret openings.
pub struct Witness<'a> {
    /// The ranges.
    pub ranges: &'a Ranges,
    /// `V_j`, encoded.
    pub commitments: &'a [CompressedRistretto],
    /// `v_j`.
    pub values: &'a [u64],
    /// `γ_j`.
    pub blindings: &'a [Scalar],
}

/// Proves that every value is in its range; 32·(9 + 2·log2 N) bytes. Constant
/// time in values, blindings and randomness, but for refusing values out of
/// range. The transcript goes on to whatever follows.
pub fn prove<R: CryptoRng + ?Sized>(
    transcript: &mut Transcript,
    generators: &Generators,
    bases: Bases<'_>,
    witness: &Witness<'_>,
    rng: &mut R,
) -> Result<Vec<u8>, RangeError> {
    let Witness {
        ranges,
        commitments,
        values,
        blindings,
    } = witness;
    let count = ranges.maxima.len();
    for (found, expected) in [
        (commitments.len(), count),
        (values.len(), count),
        (blindings.len(), count),
    ] {
        if found != expected {
            return Err(RangeError::Value(found.min(expected)));
        }
    }
    if let Some(value) = ranges
        .maxima
        .iter()
        .zip(*values)
        .position(|(maximum, value)| value > maximum)
    {
        return Err(RangeError::Value(value));
    }
    let vector = ranges.decompose(values);
    Ok(prove_bits(transcript, generators, bases, witness, &vector, rng))
}

/// The proof for given bits. For bits that are not the values' it makes a
/// proof that does not hold, which is what the tests use it for.
pub(crate) fn prove_bits<R: CryptoRng + ?Sized>(
    transcript: &mut Transcript,
    generators: &Generators,
    bases: Bases<'_>,
    witness: &Witness<'_>,
    vector: &[u8],
    rng: &mut R,
) -> Vec<u8> {
    let n = vector.len();
    let fresh = |rng: &mut R, count: usize| -> Zeroizing<Vec<Scalar>> {
        Zeroizing::new((0..count).map(|_| Scalar::random(rng)).collect())
    };
    let masks = fresh(rng, 4);
    let [alpha, mask, tau_1, tau_2] = [&masks[0], &masks[1], &masks[2], &masks[3]];
    let (s_l, s_r) = (fresh(rng, n), fresh(rng, n));

    transcript.range_values(witness.ranges.domain_bits, witness.commitments);
    let a = commit_bits(generators, vector, bases.blinding * alpha).compress();
    let s = RistrettoPoint::multiscalar_mul(
        core::iter::once(mask).chain(s_l.iter()).chain(s_r.iter()),
        core::iter::once(bases.blinding)
            .chain(generators.g())
            .chain(generators.h()),
    )
    .compress();
    let (y, z) = transcript.range_bits(&a, &s);

    // l(X) = a_L − z·1 + s_L·X and r(X) = y^N ∘ (a_R + z·1 + s_R·X) + d.
    let (mut offsets, z_powers) = witness.ranges.offsets(&z);
    offsets.resize(n, Scalar::ZERO);
    let y_powers: Vec<Scalar> = powers(Scalar::ONE, &y).take(n).collect();
    let a_l: Zeroizing<Vec<Scalar>> = Zeroizing::new(vector.iter().map(|&bit| Scalar::from(bit)).collect());
    let l_0: Zeroizing<Vec<Scalar>> = Zeroizing::new(a_l.iter().map(|bit| bit - z).collect());
    let shift = z - Scalar::ONE;
    let r_0: Zeroizing<Vec<Scalar>> = Zeroizing::new(
        a_l.iter()
            .zip(&y_powers)
            .zip(&offsets)
            .map(|((bit, y), offset)| y * (bit + shift) + offset)
            .collect(),
    );
    let r_1: Zeroizing<Vec<Scalar>> = Zeroizing::new(s_r.iter().zip(&y_powers).map(|(s, y)| s * y).collect());
    let t_1 = Zeroizing::new(inner_product(&l_0, &r_1) + inner_product(&s_l, &r_0));
    let t_2 = Zeroizing::new(inner_product(&s_l, &r_1));
    let commit = |t: &Scalar, tau: &Scalar| {
        RistrettoPoint::multiscalar_mul([t, tau], [bases.value, bases.blinding]).compress()
    };
    let (big_t_1, big_t_2) = (commit(&t_1, tau_1), commit(&t_2, tau_2));
    let x = transcript.range_polynomial(&big_t_1, &big_t_2);

    // From here on everything is public: l(x), r(x) and what follows from them.
    let evaluate = |low: &[Scalar], high: &[Scalar]| -> Vec<Scalar> {
        low.iter().zip(high).map(|(low, high)| low + high * x).collect()
    };
    let (l, r) = (evaluate(&l_0, &s_l), evaluate(&r_0, &r_1));
    let t_x = inner_product(&l, &r);
    let t_x_blinding = inner_product(&z_powers, witness.blindings) + x * (tau_1 + x * tau_2);
    let e_blinding = alpha + mask * x;
    let w = transcript.range_evaluation(&t_x, &t_x_blinding, &e_blinding);
    let h_factors = powers(Scalar::ONE, &vartime_invert(&y)).take(n).collect();
    let argument = inner_product::prove(transcript, generators, h_factors, (&w, bases.value), l, r);

    let mut proof = Vec::with_capacity(proof_length(n));
    for point in [a, s, big_t_1, big_t_2] {
        proof.extend_from_slice(point.as_bytes());
    }
    for scalar in [t_x, t_x_blinding, e_blinding] {
        proof.extend_from_slice(scalar.as_bytes());
    }
    for (left, right) in &argument.rounds {
        proof.extend_from_slice(left.as_bytes());
        proof.extend_from_slice(right.as_bytes());
    }
    proof.extend_from_slice(argument.a.as_bytes());
    proof.extend_from_slice(argument.b.as_bytes());
    proof
}

/// `α·K + Σ (bit·G_p + (bit − 1)·H_p)` in constant time: adds `G_p` or `−H_p`.
fn commit_bits(generators: &Generators, vector: &[u8], mut sum: RistrettoPoint) -> RistrettoPoint {
    for ((bit, g), h) in vector.iter().zip(generators.g()).zip(generators.h()) {
        let mut term = -h;
        term.conditional_assign(g, Choice::from(*bit));
        sum += term;
        term.zeroize();
    }
    sum
}
