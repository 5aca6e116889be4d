//! The same statement by the `bulletproofs` crate.

use bulletproofs::{BulletproofGens, PedersenGens, RangeProof};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek_reference::ristretto::CompressedRistretto as ReferencePoint;
use curve25519_dalek_reference::scalar::Scalar as ReferenceScalar;

use crate::cases::Case;
use crate::rng;

/// The crate's way: every value and its distance from the upper bound in 8
/// bits (or as few as it can), aggregated to a power of two.
pub(crate) struct Peer {
    generators: BulletproofGens,
    pedersen: PedersenGens,
    bits: usize,
    values: Vec<u64>,
    blindings: Vec<ReferenceScalar>,
}

impl Peer {
    pub(crate) fn new(case: &Case) -> Self {
        let slacks = case.statement.constraints().iter().map(|constraint| {
            let sum: i64 = constraint
                .terms
                .iter()
                .map(|&(cell, w)| w * case.values[cell as usize] as i64)
                .sum();
            (constraint.hi - sum) as u64
        });
        let values: Vec<u64> = case.values.iter().copied().chain(slacks).collect();
        let mut both: Vec<u64> = case
            .statement
            .ranges()
            .zip(&values)
            .flat_map(|(maximum, value)| [*value, maximum - value])
            .collect();
        both.resize(both.len().next_power_of_two(), 0);
        let widest = case.statement.ranges().max().unwrap_or(1);
        let bits = [8, 16, 32, 64]
            .into_iter()
            .find(|bits| widest >> (bits - 1) >> 1 == 0)
            .unwrap_or(64);
        let blinding = |_: &u64| ReferenceScalar::from_bytes_mod_order(Scalar::random(&mut rng()).to_bytes());
        let blindings = both.iter().map(blinding).collect();
        let generators = BulletproofGens::new(bits, both.len());
        Self {
            generators,
            pedersen: PedersenGens::default(),
            bits,
            values: both,
            blindings,
        }
    }

    pub(crate) fn prove(&self) -> (RangeProof, Vec<ReferencePoint>) {
        let mut transcript = merlin::Transcript::new(b"bench");
        RangeProof::prove_multiple(
            &self.generators,
            &self.pedersen,
            &mut transcript,
            &self.values,
            &self.blindings,
            self.bits,
        )
        .expect("the crate proves what it can")
    }

    pub(crate) fn verify(&self, (proof, commitments): &(RangeProof, Vec<ReferencePoint>)) {
        let mut transcript = merlin::Transcript::new(b"bench");
        proof
            .verify_multiple(
                &self.generators,
                &self.pedersen,
                &mut transcript,
                commitments,
                self.bits,
            )
            .expect("the crate's proof holds");
    }
}
