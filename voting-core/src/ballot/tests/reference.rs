//! Our range proof and the `bulletproofs` crate's are the same protocol. The
//! crate is on curve25519-dalek 4; bytes cross the border.

use alloc::vec::Vec;

use bulletproofs::{BulletproofGens, PedersenGens, RangeProof};
use curve25519_dalek_reference::ristretto::CompressedRistretto as ReferencePoint;
use curve25519_dalek_reference::scalar::Scalar as ReferenceScalar;
use proptest::prelude::*;

use super::rng;
use crate::ballot::generators::Generators;
use crate::ballot::range::{self, Bases, Ranges, Witness};
use crate::group::{CompressedRistretto, RistrettoPoint, Scalar};
use crate::transcript::Transcript;

const LABEL: &[u8] = b"psephos and the reference";

struct Reference {
    generators: BulletproofGens,
    pedersen: PedersenGens,
    value: RistrettoPoint,
    blinding: RistrettoPoint,
}

fn reference() -> Reference {
    let pedersen = PedersenGens::default();
    let cross = |bytes: [u8; 32]| CompressedRistretto(bytes).decompress().unwrap();
    Reference {
        value: cross(pedersen.B.compress().to_bytes()),
        blinding: cross(pedersen.B_blinding.compress().to_bytes()),
        generators: BulletproofGens::new(64, 8),
        pedersen,
    }
}

impl Reference {
    fn bases(&self) -> Bases<'_> {
        Bases {
            value: &self.value,
            blinding: &self.blinding,
        }
    }

    /// Ours verifies under theirs, theirs under ours; a changed proof under neither.
    fn check(&self, bits: u32, values: &[u64], seed: u64) {
        let ranges = Ranges::reference(bits, values.len());
        let generators = Generators::for_parties(bits as usize, values.len() as u32);
        let mut randomness = rng(seed);
        let blindings: Vec<Scalar> = values.iter().map(|_| Scalar::random(&mut randomness)).collect();
        let commit = |(v, b): (&u64, &Scalar)| (Scalar::from(*v) * self.value + b * self.blinding).compress();
        let commitments: Vec<CompressedRistretto> = values.iter().zip(&blindings).map(commit).collect();

        let witness = Witness {
            ranges: &ranges,
            commitments: &commitments,
            values,
            blindings: &blindings,
        };
        let mut transcript = Transcript::for_reference(LABEL);
        let ours = range::prove(
            &mut transcript,
            &generators,
            self.bases(),
            &witness,
            &mut randomness,
        )
        .unwrap();
        assert_eq!(self.theirs_accepts(bits, &commitments, &ours), Ok(()));
        assert_eq!(
            self.ours_accepts(&ranges, &generators, &commitments, &ours),
            Ok(())
        );

        let crossed: Vec<ReferenceScalar> = blindings
            .iter()
            .map(|b| ReferenceScalar::from_canonical_bytes(b.to_bytes()).unwrap())
            .collect();
        let (theirs, their_commitments) = RangeProof::prove_multiple(
            &self.generators,
            &self.pedersen,
            &mut merlin::Transcript::new(LABEL),
            values,
            &crossed,
            bits as usize,
        )
        .unwrap();
        for (theirs, ours) in their_commitments.iter().zip(&commitments) {
            assert_eq!(theirs.as_bytes(), ours.as_bytes());
        }
        let theirs = theirs.to_bytes();
        assert_eq!(theirs.len(), ours.len());
        assert_eq!(
            self.ours_accepts(&ranges, &generators, &commitments, &theirs),
            Ok(())
        );

        let mut other = commitments.clone();
        other[0] = (other[0].decompress().unwrap() + self.value).compress();
        assert!(self.ours_accepts(&ranges, &generators, &other, &theirs).is_err());
        assert!(self.theirs_accepts(bits, &other, &ours).is_err());
    }

    fn theirs_accepts(&self, bits: u32, commitments: &[CompressedRistretto], proof: &[u8]) -> Result<(), ()> {
        let commitments: Vec<_> = commitments.iter().map(|c| ReferencePoint(c.to_bytes())).collect();
        let mut transcript = merlin::Transcript::new(LABEL);
        RangeProof::from_bytes(proof)
            .map_err(drop)?
            .verify_multiple(
                &self.generators,
                &self.pedersen,
                &mut transcript,
                &commitments,
                bits as usize,
            )
            .map_err(drop)
    }

    fn ours_accepts(
        &self,
        ranges: &Ranges,
        generators: &Generators,
        commitments: &[CompressedRistretto],
        proof: &[u8],
    ) -> Result<(), range::RangeError> {
        let mut transcript = Transcript::for_reference(LABEL);
        range::verify(
            &mut transcript,
            generators,
            self.bases(),
            ranges,
            commitments,
            proof,
            &mut rng(9),
        )
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn one_value_both_ways(value in any::<u64>(), seed in any::<u64>()) {
        let reference = reference();
        for bits in [8, 16, 32, 64] {
            reference.check(bits, &[value >> (64 - bits)], seed);
        }
    }
}

#[test]
fn the_ends_of_every_range_both_ways() {
    let reference = reference();
    for bits in [8, 16, 32, 64] {
        reference.check(bits, &[0], 1);
        reference.check(bits, &[u64::MAX >> (64 - bits)], 1);
    }
}

#[test]
fn aggregated_values_both_ways() {
    let reference = reference();
    for bits in [8, 32] {
        for count in [2usize, 4, 8] {
            let values: Vec<u64> = (0..count as u64)
                .map(|i| (i * 0x9e37_79b9) >> (i % 8) & ((1 << bits) - 1))
                .collect();
            reference.check(bits, &values, count as u64);
        }
    }
}
