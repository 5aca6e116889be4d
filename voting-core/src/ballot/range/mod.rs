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

use zeroize::Zeroizing;

pub use crate::ballot::equation::Bases;
use crate::group::{ENCODED_LENGTH, GroupError, Scalar};
use crate::statement::{Statement, bits};

mod prove;
mod verify;

pub(crate) use prove::prove_bits;
pub use prove::{Witness, prove};
pub use verify::verify;
pub(crate) use verify::{Replayed, invert_challenges, replay};

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

    /// Largest values that follow each other, with how many values have them.
    fn runs(&self) -> impl Iterator<Item = (u64, usize)> + '_ {
        self.maxima
            .chunk_by(|one, next| one == next)
            .map(|run| (run[0], run.len()))
    }

    /// `Σ_j factor_j·m_j`, where `m_j` is also the sum of the value's bit weights.
    fn weighted_sum(&self, mut factors: &[Scalar]) -> Scalar {
        let mut sum = Scalar::ZERO;
        for (maximum, values) in self.runs() {
            let (own, others) = factors.split_at(values);
            sum += own.iter().sum::<Scalar>() * Scalar::from(maximum);
            factors = others;
        }
        sum
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
