//! Encrypting a choice cell by cell (specs/05-ballot.md §7.1).

use alloc::vec::Vec;

use sha3::{Digest, Sha3_512};
use subtle::{ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroizing;

use crate::ballot::{BallotContext, CELL_LENGTH};
use crate::group::{RistrettoPoint, Scalar, identity, message_base};
use crate::statement::bits;

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
    let masked = multiples(&context.joint_key, values.len());
    let mut sealed = Sealed {
        randomness: Zeroizing::new(Vec::with_capacity(values.len())),
        commitments: Vec::with_capacity(values.len()),
        bytes: Vec::with_capacity(values.len() * CELL_LENGTH),
    };
    for ((cell, &value), &maximum) in (0..).zip(values).zip(context.statement.maxima()) {
        let r = cell_randomness(context, credential, sequence, cell, seed);
        let commitment = small_multiple(value, bits(maximum), message_base()) + masked(&r);
        sealed
            .bytes
            .extend_from_slice(RistrettoPoint::mul_base(&r).compress().as_bytes());
        sealed.bytes.extend_from_slice(commitment.compress().as_bytes());
        sealed.commitments.push(commitment);
        sealed.randomness.push(r);
    }
    sealed
}

/// `scalar·point` for as many scalars, in constant time.
#[cfg(not(target_arch = "wasm32"))]
fn multiples(point: &RistrettoPoint, number: usize) -> impl Fn(&Scalar) -> RistrettoPoint {
    use curve25519_dalek::ristretto::RistrettoBasepointTable;

    /// From this many on, a table pays for itself.
    const TABLE_FROM: usize = 64;
    let point = *point;
    let table = (number >= TABLE_FROM).then(|| RistrettoBasepointTable::create(&point));
    move |scalar| match &table {
        Some(table) => table * scalar,
        None => point * scalar,
    }
}

/// `scalar·point`, in constant time. Without a table: the library has none here
/// (`Cargo.toml` says why).
#[cfg(target_arch = "wasm32")]
fn multiples(point: &RistrettoPoint, _: usize) -> impl Fn(&Scalar) -> RistrettoPoint {
    let point = *point;
    move |scalar| point * scalar
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
