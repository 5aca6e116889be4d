//! Encrypting a choice cell by cell (specs/05-ballot.md §7.1).

use alloc::vec::Vec;

use curve25519_dalek::ristretto::RistrettoBasepointTable;
use sha3::{Digest, Sha3_512};
use subtle::{ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroizing;

use crate::ballot::{BallotContext, CELL_LENGTH};
use crate::group::{RistrettoPoint, Scalar, identity, message_base};
use crate::statement::bits;

/// From this many cells on, a table of the key's multiples pays for itself.
const TABLE_FROM_CELLS: usize = 64;

/// Cells of one choice, and their randomness.
pub(super) struct Sealed {
    pub(super) randomness: Zeroizing<Vec<Scalar>>,
    pub(super) commitments: Vec<RistrettoPoint>,
    pub(super) bytes: Vec<u8>,
}

/// `r_i`: 64 bytes of SHA3-512 over seed and labels, reduced without bias.
fn cell_randomness(
    context: &BallotContext,
    credential: &[u8; 32],
    sequence: &[u8; 4],
    cell: u32,
    seed: &[u8; 32],
) -> Scalar {
    let hash = Sha3_512::new()
        .chain_update(b"psephos/v1/cell-randomness")
        .chain_update(context.election_id)
        .chain_update(context.style.to_be_bytes())
        .chain_update(credential)
        .chain_update(sequence)
        .chain_update(cell.to_be_bytes())
        .chain_update(seed);
    Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
}

/// `(r_i·B, v_i·M + r_i·K)` for every cell, in constant time.
pub(super) fn seal_cells(
    context: &BallotContext,
    credential: &[u8; 32],
    sequence: &[u8; 4],
    values: &[u64],
    seed: &[u8; 32],
) -> Sealed {
    let table =
        (values.len() >= TABLE_FROM_CELLS).then(|| RistrettoBasepointTable::create(&context.joint_key));
    let mut sealed = Sealed {
        randomness: Zeroizing::new(Vec::with_capacity(values.len())),
        commitments: Vec::with_capacity(values.len()),
        bytes: Vec::with_capacity(values.len() * CELL_LENGTH),
    };
    for ((cell, &value), &maximum) in (0..).zip(values).zip(context.statement.maxima()) {
        let r = cell_randomness(context, credential, sequence, cell, seed);
        let mask = match &table {
            Some(table) => table * &r,
            None => context.joint_key * r,
        };
        let commitment = small_multiple(value, bits(maximum), message_base()) + mask;
        sealed
            .bytes
            .extend_from_slice(RistrettoPoint::mul_base(&r).compress().as_bytes());
        sealed.bytes.extend_from_slice(commitment.compress().as_bytes());
        sealed.commitments.push(commitment);
        sealed.randomness.push(r);
    }
    sealed
}

/// `value·base` in constant time for values of at most `bits` bits.
fn small_multiple(value: u64, bits: usize, base: &RistrettoPoint) -> RistrettoPoint {
    let mut sum = identity();
    for bit in (0..bits).rev() {
        sum = sum + sum;
        let with = sum + base;
        sum.conditional_assign(&with, ((value >> bit) & 1).ct_eq(&1));
    }
    sum
}
