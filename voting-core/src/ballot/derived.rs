//! Commitments to the constraints' slacks, which anybody computes from the
//! cells: `hi·M − Σ w_i·C_i` (specs/05-ballot.md §2.3).

use alloc::vec::Vec;

use crate::ballot::CELL_LENGTH;
use crate::group::{CompressedRistretto, RistrettoPoint, Scalar, identity, message_base};
use crate::statement::{Constraint, Statement};

/// A signed integer as a scalar.
pub(crate) fn signed(value: i64) -> Scalar {
    let magnitude = Scalar::from(value.unsigned_abs());
    if value < 0 { -magnitude } else { magnitude }
}

/// The derived commitment of every constraint, in variable time: weights and
/// cells are public.
pub(crate) fn vartime_commitments(
    statement: &Statement,
    commitments: &[RistrettoPoint],
) -> Vec<RistrettoPoint> {
    statement
        .constraints()
        .iter()
        .map(|constraint| vartime_commitment(constraint, commitments))
        .collect()
}

/// Double-and-add from the highest bit of any weight: weights are short.
fn vartime_commitment(constraint: &Constraint, commitments: &[RistrettoPoint]) -> RistrettoPoint {
    let cells = constraint
        .terms
        .iter()
        .map(|&(cell, weight)| (-i128::from(weight), &commitments[cell as usize]));
    let terms: Vec<(i128, &RistrettoPoint)> = cells
        .chain([(i128::from(constraint.hi), message_base())])
        .collect();
    let longest = terms
        .iter()
        .map(|(weight, _)| u128::BITS - weight.unsigned_abs().leading_zeros())
        .max();
    let mut sum = identity();
    for bit in (0..longest.unwrap_or(0)).rev() {
        if sum != identity() {
            sum = sum + sum;
        }
        for (weight, point) in &terms {
            if (weight.unsigned_abs() >> bit) & 1 == 1 {
                if *weight < 0 { sum -= *point } else { sum += *point }
            }
        }
    }
    sum
}

/// The encoded commitments `V_j`: every `C_i`, then the derived ones.
pub(crate) fn value_commitments(
    statement: &Statement,
    cells: &[u8],
    points: &[RistrettoPoint],
) -> Vec<CompressedRistretto> {
    let encoded = cells.chunks_exact(CELL_LENGTH).map(|cell| {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(&cell[32..]);
        CompressedRistretto(bytes)
    });
    let derived = vartime_commitments(statement, points);
    encoded
        .chain(derived.iter().map(RistrettoPoint::compress))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn double_and_add_agrees_with_scalars(weights in proptest::collection::vec(any::<i32>(), 1..5), hi in any::<i32>()) {
            let points: Vec<RistrettoPoint> = (1..=weights.len() as u64)
                .map(|i| RistrettoPoint::mul_base(&Scalar::from(i * 77))).collect();
            let terms: Vec<(u32, i64)> = (0..).zip(weights.iter().map(|w| i64::from(*w))).filter(|t| t.1 != 0).collect();
            let expected = signed(hi.into()) * message_base()
                - terms.iter().map(|&(cell, w)| signed(w) * points[cell as usize]).sum::<RistrettoPoint>();
            let constraint = Constraint { lo: 0, hi: hi.into(), terms };
            prop_assert_eq!(vartime_commitment(&constraint, &points), expected);
        }
    }

    #[test]
    fn an_empty_constraint_is_a_commitment_to_hi() {
        let constraint = Constraint {
            lo: 0,
            hi: 0,
            terms: vec![],
        };
        assert_eq!(vartime_commitment(&constraint, &[]), identity());
    }
}
