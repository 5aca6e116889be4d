//! The least that a ballot can cost in a batch.

use std::hint::black_box;

use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::VartimeMultiscalarMul;
use voting_core::ballot::BallotContext;
use voting_core::entry::BallotEntry;

use crate::rng;

/// Decoding every point of every ballot, and nothing but multiscalar
/// multiplications over them and the fixed generators, with random scalars.
pub(crate) struct Bound {
    encodings: Vec<Vec<CompressedRistretto>>,
    scalars: Vec<Scalar>,
    fixed: usize,
}

impl Bound {
    /// `at_once` ballots share a multiplication.
    pub(crate) fn new(context: &BallotContext, ballots: &[BallotEntry], at_once: usize) -> Self {
        let encodings: Vec<Vec<CompressedRistretto>> = ballots
            .chunks(at_once)
            .map(|chunk| chunk.iter().flat_map(ballot_points).collect())
            .collect();
        let fixed = 2 * context.statement.padded_bits() + 3;
        let longest = encodings.iter().map(Vec::len).max().unwrap_or(0) + fixed;
        let mut rng = rng();
        let scalars = (0..longest).map(|_| Scalar::random(&mut rng)).collect();
        Self {
            encodings,
            scalars,
            fixed,
        }
    }

    /// Computes it for all ballots.
    pub(crate) fn run(&self) {
        for encodings in &self.encodings {
            let mut points: Vec<RistrettoPoint> = encodings
                .iter()
                .map(|encoding| encoding.decompress().expect("a ballot's point"))
                .collect();
            points.extend_from_within(..self.fixed.min(points.len()));
            let scalars = &self.scalars[..points.len()];
            black_box(RistrettoPoint::vartime_multiscalar_mul(scalars, &points));
        }
    }
}

/// Every encoded point of a ballot: cells, credential, proofs.
fn ballot_points(ballot: &BallotEntry) -> Vec<CompressedRistretto> {
    let range = &ballot.range_proof;
    let rounds = &range[7 * 32..range.len() - 64];
    let parts: [&[u8]; 5] = [
        &ballot.cells,
        &*ballot.credential,
        &range[..4 * 32],
        rounds,
        &ballot.link_proof[..96],
    ];
    let points = parts.into_iter().flat_map(|part| part.chunks_exact(32));
    points
        .map(|bytes| CompressedRistretto::from_slice(bytes).expect("32 bytes"))
        .collect()
}
