//! The verifier of the range proof (specs/05-ballot.md §3.5).

use alloc::vec::Vec;

use rand_core::CryptoRng;

use super::{Bases, RangeError, Ranges, proof_length};
use crate::ballot::equation::{Equation, weight};
use crate::ballot::generators::Generators;
use crate::group::{
    CompressedRistretto, ENCODED_LENGTH, GroupError, RistrettoPoint, Scalar, decode_key, decode_scalar,
};
use crate::transcript::Transcript;

/// A proof's scalars, and its points, decoded once, with all challenges.
pub(crate) struct Replayed {
    points: Vec<RistrettoPoint>,
    t_x: Scalar,
    t_x_blinding: Scalar,
    e_blinding: Scalar,
    pub(crate) a: Scalar,
    pub(crate) b: Scalar,
    y: Scalar,
    z: Scalar,
    x: Scalar,
    w: Scalar,
    rounds: Vec<Scalar>,
    /// Inverses of the rounds' challenges, then of `y`.
    inverses: Vec<Scalar>,
}

/// The 32 bytes at element `index` of a proof whose length was checked.
fn element(proof: &[u8], index: usize) -> &[u8] {
    &proof[ENCODED_LENGTH * index..ENCODED_LENGTH * (index + 1)]
}

fn encoded(proof: &[u8], index: usize) -> CompressedRistretto {
    let mut bytes = [0; ENCODED_LENGTH];
    bytes.copy_from_slice(element(proof, index));
    CompressedRistretto(bytes)
}

/// Runs the transcript over a proof and draws its challenges. Decodes scalars;
/// points are decoded by [`Replayed::decode_points`], the costly half.
pub(crate) fn replay(
    transcript: &mut Transcript,
    ranges: &Ranges,
    commitments: &[CompressedRistretto],
    proof: &[u8],
) -> Result<Replayed, RangeError> {
    if proof.len() != proof_length(ranges.length) {
        return Err(RangeError::Length(proof.len()));
    }
    let rounds = ranges.length.trailing_zeros() as usize;
    let scalar = |index| decode_scalar(element(proof, index));
    let (t_x, t_x_blinding, e_blinding) = (scalar(4)?, scalar(5)?, scalar(6)?);
    let (a, b) = (scalar(7 + 2 * rounds)?, scalar(8 + 2 * rounds)?);
    transcript.range_values(ranges.domain_bits, commitments);
    let (y, z) = transcript.range_bits(&encoded(proof, 0), &encoded(proof, 1));
    let x = transcript.range_polynomial(&encoded(proof, 2), &encoded(proof, 3));
    let w = transcript.range_evaluation(&t_x, &t_x_blinding, &e_blinding);
    transcript.inner_product(ranges.length as u64);
    let rounds = (0..rounds)
        .map(|round| {
            transcript.inner_product_round(&encoded(proof, 7 + 2 * round), &encoded(proof, 8 + 2 * round))
        })
        .collect();
    Ok(Replayed {
        points: Vec::new(),
        t_x,
        t_x_blinding,
        e_blinding,
        a,
        b,
        y,
        z,
        x,
        w,
        rounds,
        inverses: Vec::new(),
    })
}

impl Replayed {
    /// Decodes the proof's points, each once; the identity is refused.
    pub(crate) fn decode_points(&mut self, proof: &[u8]) -> Result<(), GroupError> {
        let indices = (0..4).chain(7..7 + 2 * self.rounds.len());
        self.points = indices
            .map(|index| decode_key(element(proof, index)))
            .collect::<Result<_, _>>()?;
        Ok(())
    }

    /// Adds the proof's two equations, with their weights, to a sum; returns
    /// the factors of the value commitments `V_j`, which the caller adds.
    pub(crate) fn add_to(
        &self,
        ranges: &Ranges,
        sum: &mut Equation,
        argument: Scalar,
        polynomial: Scalar,
    ) -> Vec<Scalar> {
        let Self { z, x, w, a, b, .. } = self;
        let (offsets, mut z_powers) = ranges.offsets(z);
        let (inverses, y_inverse) = self.inverses.split_at(self.rounds.len());
        let product: Scalar = inverses.iter().product();
        let y_inverse = y_inverse[0];
        let squares: Vec<Scalar> = self.rounds.iter().map(|u| u * u).collect();
        let inverse_squares: Vec<Scalar> = inverses.iter().map(|u| u * u).collect();

        // s_p is the product of u⁻¹ or u by the bits of p; its inverse that of u or u⁻¹. The last
        // round's challenge belongs to the lowest bit. y^(−p) goes along with the latter.
        let mut y_squares: Vec<Scalar> = core::iter::successors(Some(y_inverse), |y| Some(y * y))
            .take(squares.len())
            .collect();
        let y_factors = spread(argument, y_squares.iter());
        let g_factors = spread(argument * a * product, squares.iter().rev());
        y_squares
            .iter_mut()
            .zip(inverse_squares.iter().rev())
            .for_each(|(y, u)| *y *= u);
        let product_inverse = self.rounds.iter().product::<Scalar>();
        let h_factors = spread(argument * b * product_inverse, y_squares.iter());
        let argument_z = argument * z;
        for (sum, factor) in sum.g.iter_mut().zip(&g_factors) {
            *sum -= argument_z + factor;
        }
        for (p, (sum, factor)) in sum.h.iter_mut().zip(&h_factors).enumerate() {
            *sum += argument_z - factor;
            if let Some(offset) = offsets.get(p) {
                *sum += y_factors[p] * offset;
            }
        }
        // Σ y^p = Π (1 + y^(2^k)).
        let y_sum: Scalar = core::iter::successors(Some(self.y), |y| Some(y * y))
            .take(squares.len())
            .map(|y| Scalar::ONE + y)
            .product();
        let offset_sum: Scalar = offsets.iter().sum();
        let delta = (z - z * z) * y_sum - z * offset_sum;
        sum.value += argument * w * (self.t_x - a * b) + polynomial * (delta - self.t_x);
        sum.blinding -= argument * self.e_blinding + polynomial * self.t_x_blinding;
        let polynomial_x = polynomial * x;
        for (factor, point) in [argument, argument * x, polynomial_x, polynomial_x * x]
            .into_iter()
            .zip(&self.points)
        {
            sum.add(factor, point);
        }
        for ((square, inverse), pair) in squares
            .iter()
            .zip(&inverse_squares)
            .zip(self.points[4..].chunks_exact(2))
        {
            sum.add(argument * square, &pair[0]);
            sum.add(argument * inverse, &pair[1]);
        }
        z_powers.iter_mut().for_each(|power| *power *= polynomial);
        z_powers
    }
}

/// Inverts the challenges of many proofs with one inversion. No challenge is
/// zero but for chance 2⁻²⁵²; such a proof is left without inverses of its own.
pub(crate) fn invert_challenges<'a>(proofs: impl Iterator<Item = &'a mut Replayed>) {
    let proofs: Vec<&mut Replayed> = proofs.collect();
    let challenges = |proof: &Replayed| proof.rounds.iter().copied().chain([proof.y]).collect::<Vec<_>>();
    let mut all: Vec<Scalar> = proofs.iter().flat_map(|proof| challenges(proof)).collect();
    all.iter_mut()
        .filter(|challenge| **challenge == Scalar::ZERO)
        .for_each(|zero| *zero = Scalar::ONE);
    Scalar::invert_batch_alloc(&mut all);
    let mut rest = &all[..];
    for proof in proofs {
        let (own, others) = rest.split_at(proof.rounds.len() + 1);
        proof.inverses = own.to_vec();
        rest = others;
    }
}

/// `first·Π factors_k^(bit k of p)` for every `p`, lowest bit first.
fn spread<'a>(first: Scalar, factors: impl Iterator<Item = &'a Scalar>) -> Vec<Scalar> {
    let mut products = alloc::vec![first];
    for factor in factors {
        let known = products.len();
        products.extend_from_within(..);
        products[known..]
            .iter_mut()
            .for_each(|product| *product *= factor);
    }
    products
}

/// Verifies one range proof by itself, as the reference crate does. A ballot's
/// proofs are verified together by [`crate::ballot::verify`].
pub fn verify<R: CryptoRng + ?Sized>(
    transcript: &mut Transcript,
    generators: &Generators,
    bases: Bases<'_>,
    ranges: &Ranges,
    commitments: &[CompressedRistretto],
    proof: &[u8],
    rng: &mut R,
) -> Result<(), RangeError> {
    if commitments.len() != ranges.maxima.len() {
        return Err(RangeError::Value(commitments.len().min(ranges.maxima.len())));
    }
    let mut replayed = replay(transcript, ranges, commitments, proof)?;
    replayed.decode_points(proof)?;
    invert_challenges(core::iter::once(&mut replayed));
    let mut sum = Equation::new(ranges.length, replayed.points.len() + commitments.len());
    let factors = replayed.add_to(ranges, &mut sum, weight(rng), weight(rng));
    for (factor, commitment) in factors.into_iter().zip(commitments) {
        sum.add(factor, &commitment.decompress().ok_or(GroupError::Point)?);
    }
    if sum.vartime_holds(generators, bases) {
        Ok(())
    } else {
        Err(RangeError::Refused)
    }
}
