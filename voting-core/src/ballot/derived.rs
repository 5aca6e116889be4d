//! Commitments to the constraints' slacks, which anybody computes from the
//! cells: `hi·M − Σ w_i·C_i` (specs/05-ballot.md §2.3).

use alloc::vec::Vec;

use crate::ballot::CELL_LENGTH;
use crate::group::{CompressedRistretto, RistrettoPoint, Scalar, identity, message_base};
use crate::statement::{Constraint, Statement};

/// A signed integer as a scalar.
pub(crate) fn signed(value: i64) -> Scalar {
    let magnitude = Scalar::from(value.unsigned_abs());
    if value.is_negative() {
        -magnitude
    } else {
        magnitude
    }
}

/// `hi·M` of every constraint of a statement, ready for computing slacks'
/// commitments.
pub(crate) struct Slacks {
    tops: Vec<RistrettoPoint>,
}

impl Slacks {
    pub(crate) fn of(statement: &Statement) -> Self {
        let top = |constraint: &Constraint| vartime_sum([(constraint.hi, message_base())].into_iter());
        Self {
            tops: statement.constraints().iter().map(top).collect(),
        }
    }

    /// The encoded commitments `V_j`: every `C_i`, then the derived ones. In
    /// variable time: weights and cells are public. `statement` is the one that
    /// this was computed from.
    pub(crate) fn vartime_value_commitments(
        &self,
        statement: &Statement,
        cells: &[u8],
        points: &[RistrettoPoint],
    ) -> Vec<CompressedRistretto> {
        let encoded = cells.chunks_exact(CELL_LENGTH).map(|cell| {
            let mut bytes = [0; 32];
            bytes.copy_from_slice(&cell[32..]);
            CompressedRistretto(bytes)
        });
        let constraints = statement.constraints().iter().zip(&self.tops);
        let derived = constraints.map(|(constraint, top)| {
            let terms = constraint.terms.iter();
            let sum = vartime_sum(terms.map(|&(cell, weight)| (weight, &points[cell as usize])));
            (top - sum).compress()
        });
        encoded.chain(derived).collect()
    }
}

/// `Σ weight·point` by doubling from the highest digit of any weight: weights
/// are short, and digits −1, 0, 1 without neighbours leave a third of them.
fn vartime_sum<'a>(terms: impl Iterator<Item = (i64, &'a RistrettoPoint)>) -> RistrettoPoint {
    let terms: Vec<(u64, u64, &RistrettoPoint)> = terms
        .map(|(weight, point)| {
            let (plus, minus) = signed_digits(weight);
            (plus, minus, point)
        })
        .collect();
    let digits = terms.iter().fold(0, |all, (plus, minus, _)| all | plus | minus);
    let mut sum = identity();
    for digit in (0..u64::BITS - digits.leading_zeros()).rev() {
        if (digits >> digit) > 1 {
            sum = sum + sum;
        }
        for (plus, minus, point) in &terms {
            if (plus >> digit) & 1 == 1 {
                sum += *point;
            }
            if (minus >> digit) & 1 == 1 {
                sum -= *point;
            }
        }
    }
    sum
}

/// The places of the digits 1 and −1 in a weight's non-adjacent form. Weights
/// of a statement are at most 2^60 in magnitude.
fn signed_digits(weight: i64) -> (u64, u64) {
    let magnitude = weight.unsigned_abs();
    let half = magnitude >> 1;
    let triple_half = magnitude + half;
    let places = half ^ triple_half;
    let (plus, minus) = (triple_half & places, half & places);
    if weight.is_negative() {
        (minus, plus)
    } else {
        (plus, minus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn doubling_by_signed_digits_agrees_with_scalars(weights in proptest::collection::vec(-(1i64 << 60)..=1 << 60, 1..5)) {
            let points: Vec<RistrettoPoint> = (1..=weights.len() as u64)
                .map(|i| RistrettoPoint::mul_base(&Scalar::from(i * 77))).collect();
            let expected = weights.iter().zip(&points).map(|(w, point)| signed(*w) * point).sum::<RistrettoPoint>();
            prop_assert_eq!(vartime_sum(weights.iter().copied().zip(&points)), expected);
        }
    }

    #[test]
    fn small_weights_have_the_digits_of_their_non_adjacent_form() {
        assert_eq!(signed_digits(0), (0, 0));
        assert_eq!(signed_digits(1), (1, 0));
        assert_eq!(signed_digits(-1), (0, 1));
        assert_eq!(signed_digits(7), (8, 1));
        assert_eq!(signed_digits(-9), (0, 9));
    }

    #[test]
    fn an_empty_sum_is_the_identity() {
        assert_eq!(vartime_sum(core::iter::empty()), identity());
    }
}
