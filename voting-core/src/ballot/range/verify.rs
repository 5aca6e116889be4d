//! The verifier of the range proof (specs/05-ballot.md §3.5).

use alloc::vec::Vec;

use rand_core::CryptoRng;

use super::{Bases, RangeError, Ranges, bit_weight, powers, proof_length};
use crate::ballot::equation::{Equation, weight};
use crate::ballot::generators::Generators;
use crate::ballot::products::{Limbs, Products};
use crate::group::{
    CompressedRistretto, ENCODED_LENGTH, GroupError, RistrettoPoint, Scalar, decode_key, decode_scalar,
    vartime_invert_all,
};
use crate::statement::bits;
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
    /// Inverses of the rounds' challenges and of `y`, after [`invert_challenges`].
    inverses: Vec<Scalar>,
    y_inverse: Scalar,
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
        y_inverse: Scalar::ZERO,
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
    pub(crate) fn add_to<'a>(
        &'a self,
        ranges: &Ranges,
        sum: &mut Equation<'a>,
        argument: Scalar,
        polynomial: Scalar,
    ) -> Vec<Scalar> {
        let Self { w, a, b, z, .. } = self;
        self.add_generators(ranges, sum, argument);
        self.add_points(sum, argument, polynomial);

        let value_factors: Vec<Scalar> = powers(polynomial * z * z, z).take(ranges.maxima.len()).collect();
        let delta = polynomial * (z - z * z) * self.y_sum() - z * ranges.weighted_sum(&value_factors);
        sum.value += argument * w * (self.t_x - a * b) + delta - polynomial * self.t_x;
        sum.blinding -= argument * self.e_blinding + polynomial * self.t_x_blinding;
        value_factors
    }

    /// `−z − a·s_p` of every `G_p`, `z + y^(−p)·(d_p − b·s_p⁻¹)` of every `H_p`.
    ///
    /// `s_p` is the product of `u` or `u⁻¹` by the bits of `p`, its inverse that of
    /// `u⁻¹` or `u`, and `y^(−p)` goes along with the latter. The last round's
    /// challenge belongs to the lowest bit.
    fn add_generators(&self, ranges: &Ranges, sum: &mut Equation<'_>, argument: Scalar) {
        let rounds = || self.rounds.iter().zip(&self.inverses).rev();
        let squares: Vec<Scalar> = rounds().map(|(u, _)| u * u).collect();
        let y_squares = core::iter::successors(Some(self.y_inverse), |y| Some(y * y));
        let inverse_squares: Vec<Scalar> = rounds()
            .zip(y_squares)
            .map(|((_, inverse), y)| inverse * inverse * y)
            .collect();
        let product = |factors: &[Scalar]| -> Scalar { factors.iter().product() };
        add_tensor(
            &mut sum.g,
            -(argument * self.a * product(&self.inverses)),
            &squares,
        );
        add_tensor(
            &mut sum.h,
            -(argument * self.b * product(&self.rounds)),
            &inverse_squares,
        );
        self.add_offsets(ranges, &mut sum.h, argument);
        sum.shift += argument * self.z;
    }

    /// `argument·y^(−p)·d_p` for every position of every value.
    fn add_offsets(&self, ranges: &Ranges, mut sums: &mut [Products], argument: Scalar) {
        let mut first = argument * self.z * self.z;
        for (maximum, values) in ranges.runs() {
            let count = bits(maximum);
            let mut y_powers = powers(Scalar::ONE, &self.y_inverse);
            let weights: Vec<Limbs> = (0..count)
                .zip(&mut y_powers)
                .map(|(bit, y)| Limbs::from(&(y * Scalar::from(bit_weight(maximum, count, bit)))))
                .collect();
            let step = y_powers.next().map_or(self.z, |y| y * self.z);
            for _ in 0..values {
                let (own, others) = sums.split_at_mut(count);
                let limbs = Limbs::from(&first);
                own.iter_mut()
                    .zip(&weights)
                    .for_each(|(sum, weight)| sum.add(&limbs, weight));
                first *= step;
                sums = others;
            }
        }
    }

    /// The proof's own points: `A, S, T_1, T_2` and every `L, R`.
    fn add_points<'a>(&'a self, sum: &mut Equation<'a>, argument: Scalar, polynomial: Scalar) {
        let (head, rounds) = self.points.split_at(4);
        let polynomial_x = polynomial * self.x;
        let factors = [argument, argument * self.x, polynomial_x, polynomial_x * self.x];
        for (factor, point) in factors.into_iter().zip(head) {
            sum.add(factor, point);
        }
        for ((u, inverse), pair) in self.rounds.iter().zip(&self.inverses).zip(rounds.chunks_exact(2)) {
            sum.add(argument * u * u, &pair[0]);
            sum.add(argument * inverse * inverse, &pair[1]);
        }
    }

    /// `Σ y^p = Π (1 + y^(2^k))`.
    fn y_sum(&self) -> Scalar {
        core::iter::successors(Some(self.y), |y| Some(y * y))
            .take(self.rounds.len())
            .map(|y| Scalar::ONE + y)
            .product()
    }
}

/// Inverts the challenges of many proofs with one inversion. No challenge is
/// zero but for chance 2⁻²⁵²; such a proof is left without inverses of its own.
pub(crate) fn invert_challenges<'a>(proofs: impl Iterator<Item = &'a mut Replayed>) {
    let proofs: Vec<&mut Replayed> = proofs.collect();
    let challenges = |proof: &Replayed| proof.rounds.iter().copied().chain([proof.y]).collect::<Vec<_>>();
    let mut all: Vec<Scalar> = proofs.iter().flat_map(|proof| challenges(proof)).collect();
    vartime_invert_all(&mut all);
    let mut rest = &all[..];
    for proof in proofs {
        let (own, others) = rest.split_at(proof.rounds.len());
        proof.inverses = own.to_vec();
        proof.y_inverse = others[0];
        rest = &others[1..];
    }
}

/// Adds `first·Π factors_k^(bit k of p)` to the sum of every `p`: a product of
/// one scalar for the low bits and one for the high bits.
fn add_tensor(sums: &mut [Products], first: Scalar, factors: &[Scalar]) {
    let (low, high) = factors.split_at(factors.len() / 2);
    let (low, high) = (spread(Scalar::ONE, low), spread(first, high));
    for (sums, high) in sums.chunks_exact_mut(low.len()).zip(&high) {
        sums.iter_mut()
            .zip(&low)
            .for_each(|(sum, low)| sum.add(low, high));
    }
}

/// `first·Π factors_k^(bit k of p)` for every `p`, lowest bit first.
fn spread(first: Scalar, factors: &[Scalar]) -> Vec<Limbs> {
    let mut products = alloc::vec![first];
    for factor in factors {
        let known = products.len();
        products.extend_from_within(..);
        products[known..]
            .iter_mut()
            .for_each(|product| *product *= factor);
    }
    products.iter().map(Limbs::from).collect()
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
    let commitments = commitments
        .iter()
        .map(|commitment| commitment.decompress().ok_or(GroupError::Point))
        .collect::<Result<Vec<RistrettoPoint>, _>>()?;
    let mut sum = Equation::new(ranges.length, replayed.points.len() + commitments.len());
    let factors = replayed.add_to(ranges, &mut sum, weight(rng), weight(rng));
    for (factor, commitment) in factors.into_iter().zip(&commitments) {
        sum.add(factor, commitment);
    }
    if sum.vartime_holds(generators, bases) {
        Ok(())
    } else {
        Err(RangeError::Refused)
    }
}
