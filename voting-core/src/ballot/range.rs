//! The aggregated proof that every committed value is in its exact range
//! (specs/05-ballot.md §3).
//!
//! Relation: for commitments `V_j = v_j·M + γ_j·K`, the prover knows
//! `v_j ∈ [0, m_j]` and `γ_j`. Bünz et al. 2018 §4.2 with general weights: a
//! value of `k` bits is written with weights `1, 2, …, 2^(k−2), m − (2^(k−1) − 1)`,
//! which reach exactly `[0, m]`.
//!
//! | symbol | field | |
//! |---|---|---|
//! | `A, S, T_1, T_2` | first four points | bits, masks, polynomial |
//! | `t_x, τ_x, μ` | next three scalars | evaluation, its blinding, `e_blinding` |
//! | `L, R` | `2·log2 N` points | rounds of the inner-product argument |
//! | `a, b` | last two scalars | its end |
//!
//! One value with range `[0, 2^n − 1]` gives the `bulletproofs` crate's very
//! proof; both verify under each other.

use alloc::vec::Vec;

use curve25519_dalek::traits::MultiscalarMul;
use rand_core::CryptoRng;
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};
use zeroize::{Zeroize, Zeroizing};

pub use crate::ballot::equation::Bases;
use crate::ballot::equation::{Equation, weight};
use crate::ballot::generators::Generators;
use crate::ballot::inner_product::{self, inner_product};
use crate::group::{
    CompressedRistretto, ENCODED_LENGTH, GroupError, RistrettoPoint, Scalar, decode_key, decode_scalar,
};
use crate::statement::{Statement, bits};
use crate::transcript::Transcript;

/// Why a range proof is refused, or cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// Not `32·(9 + 2·log2 N)` bytes.
    #[error("the range proof has {0} bytes, another number than its statement needs")]
    Length(usize),
    /// A point or scalar of the proof is not canonical, or a point is the identity.
    #[error("the range proof holds a bad element: {0}")]
    Element(#[from] GroupError),
    /// The equation does not hold.
    #[error("the range proof does not hold")]
    Refused,
    /// The prover's value is outside its range, or counts do not agree.
    #[error("value {0} is missing or outside its range")]
    Value(usize),
}

/// The ranges of the values, and how their bits stand in one vector.
#[derive(Debug, Clone)]
pub struct Ranges {
    maxima: Vec<u64>,
    length: usize,
    domain_bits: u64,
}

impl Ranges {
    /// Ranges `[0, maximum]` of a statement's values: cells, then constraints.
    pub fn of(statement: &Statement) -> Self {
        let length = statement.padded_bits();
        Self {
            maxima: statement.ranges().collect(),
            length,
            domain_bits: length as u64,
        }
    }

    /// The reference crate's aggregation: `values` values of `bits` bits, both
    /// powers of two. Its domain separator carries the bits of one value.
    pub fn reference(bits: u32, values: usize) -> Self {
        let maximum = u64::MAX >> (u64::BITS - bits);
        let length = bits as usize * values;
        Self {
            maxima: alloc::vec![maximum; values],
            length,
            domain_bits: bits.into(),
        }
    }

    /// `N`, the length of the bit vector.
    pub fn length(&self) -> usize {
        self.length
    }

    /// `(j, ω_p)` for every position that is not padding.
    fn weights(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        self.maxima.iter().enumerate().flat_map(|(j, &maximum)| {
            let count = bits(maximum);
            (0..count).map(move |bit| (j, bit_weight(maximum, count, bit)))
        })
    }

    /// `d_p = z^(2+j(p))·ω_p` up to the padding, where it is 0; and `z^(2+j)` of every value.
    fn offsets(&self, z: &Scalar) -> (Vec<Scalar>, Vec<Scalar>) {
        let powers: Vec<Scalar> = powers(z * z, z).take(self.maxima.len()).collect();
        let offsets = self
            .weights()
            .map(|(j, weight)| {
                if weight == 1 {
                    powers[j]
                } else {
                    powers[j] * Scalar::from(weight)
                }
            })
            .collect();
        (offsets, powers)
    }

    /// The values' bits, padded with 0, in constant time.
    pub(crate) fn decompose(&self, values: &[u64]) -> Zeroizing<Vec<u8>> {
        let mut vector = Zeroizing::new(Vec::with_capacity(self.length));
        for (&maximum, &value) in self.maxima.iter().zip(values) {
            decompose(maximum, value, &mut vector);
        }
        vector.resize(self.length, 0);
        vector
    }
}

/// `1, 2, …, 2^(k−2), m − (2^(k−1) − 1)`.
fn bit_weight(maximum: u64, count: usize, bit: usize) -> u64 {
    if bit + 1 == count {
        maximum - ((1 << bit) - 1)
    } else {
        1 << bit
    }
}

/// Writes a value within `[0, maximum]` with the weights above. The top bit
/// is set from `2^(k−1)` on; the rest is then below `2^(k−1)`.
fn decompose(maximum: u64, value: u64, vector: &mut Vec<u8>) {
    let Some(top) = bits(maximum).checked_sub(1) else {
        return;
    };
    let top_bit = (value >> top) & 1;
    let rest = value.wrapping_sub(bit_weight(maximum, top + 1, top) & top_bit.wrapping_neg());
    vector.extend((0..top).map(|bit| (rest >> bit) as u8 & 1));
    vector.push(top_bit as u8);
}

/// `first, first·ratio, first·ratio², …`
pub(crate) fn powers(first: Scalar, ratio: &Scalar) -> impl Iterator<Item = Scalar> {
    let ratio = *ratio;
    core::iter::successors(Some(first), move |power| Some(power * ratio))
}

/// Bytes of a proof over `N` bits.
pub fn proof_length(length: usize) -> usize {
    ENCODED_LENGTH * (9 + 2 * length.trailing_zeros() as usize)
}

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
    let h_factors = powers(Scalar::ONE, &y.invert()).take(n).collect();
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

/// `value·base` in constant time for values of at most `bits` bits.
pub(crate) fn small_multiple(value: u64, bits: usize, base: &RistrettoPoint) -> RistrettoPoint {
    let mut sum = crate::group::identity();
    for bit in (0..bits).rev() {
        sum = sum + sum;
        let with = sum + base;
        sum.conditional_assign(&with, ((value >> bit) & 1).ct_eq(&1));
    }
    sum
}
