//! Attacks of section A of the threat model: proofs.

use alloc::vec;

use super::forgery::{dishonest, refused};
use super::*;
use crate::ballot::equation::Bases;
use crate::ballot::generators::Generators;
use crate::ballot::link;
use crate::ballot::range::{self, Ranges, Witness};
use crate::group::{CompressedRistretto, message_base};
use crate::statement::bits;
use crate::transcript::{Role, Transcript};

#[test]
fn the_dishonest_prover_of_these_tests_is_honest_with_honest_bits() {
    let context = context(choose(4, 0, 2));
    let ballot = dishonest(&context, &[1, 0, 0, 1], &[1, 0, 0, 1, 0, 0, 0, 0], 1);
    assert!(verify(&context, &ballot, &mut rng(1)).is_ok());
}

#[test]
fn a1_a_statement_chosen_after_the_challenge_is_refused() {
    // The forger proves for cells X, then shows cells Y = X + δ·M with another
    // choice. If cells were not absorbed, C* would be the only tie.
    let context = context(choose(4, 0, 2));
    let honest = cast(&context, &[1, 0, 0, 1], 1);
    let mut forged = honest.clone();
    let shifted = crate::group::decode_point(&honest.cells[32..64]).unwrap() + message_base();
    forged.cells[32..64].copy_from_slice(shifted.compress().as_bytes());
    assert_eq!(refused(&context, &forged), InvalidBallot::Possession);
}

#[test]
fn a2_a_proof_under_another_label_or_manifest_is_refused() {
    let right = context(choose(4, 0, 2));
    let ballot = cast(&right, &[1, 0, 0, 1], 1);
    let mut other = right.clone();
    other.election_id = crate::hash::election_id(b"another manifest");
    assert_eq!(refused(&other, &ballot), InvalidBallot::Possession);
    let mut other = right.clone();
    other.joint_key = *message_base();
    assert_eq!(refused(&other, &ballot), InvalidBallot::Possession);
}

#[test]
fn a5_a_proof_that_leaves_out_its_commitments_is_refused() {
    // Frozen Heart: the prover's challenges do not depend on the commitments,
    // so it picks the commitment to fit. We make the proof for V and present
    // V' with the same transcript except for V; the verifier's challenges differ.
    let generators = Generators::of_length(8);
    let key = RistrettoPoint::mul_base(&Scalar::from(KEY));
    let bases = Bases {
        value: message_base(),
        blinding: &key,
    };
    let ranges = Ranges::reference(8, 1);
    let blinding = Scalar::from(5u64);
    let commit = |value: u64| (Scalar::from(value) * message_base() + blinding * key).compress();
    let mut randomness = rng(1);
    for omitted in [commit(3), CompressedRistretto([0; 32])] {
        // Absorbs `omitted` in place of the commitment that is shown.
        let witness = Witness {
            ranges: &ranges,
            commitments: &[omitted],
            values: &[3],
            blindings: &[blinding],
        };
        let mut transcript = Transcript::new(Role::Ballot, &[1; 32]);
        let proof = range::prove(&mut transcript, generators, bases, &witness, &mut randomness).unwrap();
        let accepts = |shown: CompressedRistretto, randomness: &mut _| {
            let mut transcript = Transcript::new(Role::Ballot, &[1; 32]);
            range::verify(
                &mut transcript,
                generators,
                bases,
                &ranges,
                &[shown],
                &proof,
                randomness,
            )
        };
        assert_eq!(accepts(commit(3), &mut randomness).is_ok(), omitted == commit(3));
        assert_eq!(
            accepts(commit(4), &mut randomness),
            Err(range::RangeError::Refused)
        );
    }
}

#[test]
fn a5_number_of_values_and_bits_are_absorbed() {
    let challenge = |bits: u64, commitments: &[CompressedRistretto]| {
        let mut transcript = Transcript::new(Role::Ballot, &[1; 32]);
        transcript.range_values(bits, commitments);
        transcript.range_bits(&CompressedRistretto([1; 32]), &CompressedRistretto([2; 32]))
    };
    let point = CompressedRistretto([3; 32]);
    let base = challenge(8, &[point]);
    for other in [
        challenge(16, &[point]),
        challenge(8, &[point, point]),
        challenge(8, &[CompressedRistretto([4; 32])]),
    ] {
        assert_ne!(base, other);
    }
}

#[test]
fn a8_challenges_have_no_bias() {
    // Scalars are below 2^252 and a little: the low four bits and the top
    // sixteenths are all equally likely unless the reduction is biased.
    let mut low = [0u32; 16];
    let mut high = [0u32; 16];
    let mut transcript = Transcript::new(Role::Ballot, &[1; 32]);
    let samples = 8_000;
    for _ in 0..samples {
        let bytes = transcript
            .link_challenge(&[CompressedRistretto([0; 32]); 3])
            .to_bytes();
        low[usize::from(bytes[0] & 15)] += 1;
        high[usize::from(bytes[31]).min(15)] += 1;
    }
    let chi_square = |counts: &[u32; 16]| -> f64 {
        let expected = f64::from(samples) / 16.0;
        counts
            .iter()
            .map(|count| (f64::from(*count) - expected).powi(2) / expected)
            .sum()
    };
    // 15 degrees of freedom: above 45 once in 10,000 for fair bits; this transcript is fixed.
    assert!(chi_square(&low) < 45.0, "{low:?}");
    assert!(chi_square(&high) < 45.0, "{high:?}");
}

#[test]
fn a9_a_proof_of_one_role_is_refused_in_every_other() {
    let roles = [Role::Ballot, Role::Possession, Role::Rehearsal, Role::Decryption];
    let key = RistrettoPoint::mul_base(&Scalar::from(KEY));
    let bases = Bases {
        value: message_base(),
        blinding: &key,
    };
    let (r, v, s) = (Scalar::from(3u64), Scalar::from(1u64), Scalar::from(11u64));
    let public = RistrettoPoint::mul_base(&s);
    for made in roles {
        let mut transcript = Transcript::new(made, &[1; 32]);
        let witness = link::Witness {
            randomness: &r,
            value: &v,
            secret: &s,
        };
        let proof = link::prove(&mut transcript, bases, &witness, &mut rng(1));
        for shown in roles {
            let mut transcript = Transcript::new(shown, &[1; 32]);
            let replayed = link::replay(&mut transcript, &proof).unwrap();
            assert_eq!(replayed.possession(&public), made == shown);
        }
    }
}

#[test]
fn a10_trustees_who_know_the_key_cannot_equivocate() {
    // With C = v·M + r·K and K = x·B, x known, a forger opens C as v' = 10^6
    // only if it knows log_B(M). Were M = x'·B it could: shown with such a base.
    let x = Scalar::from(KEY);
    let known = Scalar::from(1_234u64);
    let weak_base = RistrettoPoint::mul_base(&known);
    let (v, r, claimed) = (
        Scalar::from(3u64),
        Scalar::from(55u64),
        Scalar::from(1_000_000u64),
    );
    let key = RistrettoPoint::mul_base(&x);
    let other_r = r + (v - claimed) * known * x.invert();
    assert_eq!(v * weak_base + r * key, claimed * weak_base + other_r * key);
    assert_ne!(
        v * message_base() + r * key,
        claimed * message_base() + other_r * key
    );
    // And the range proof refuses 10^6 in a cell of 0..=10, key known or not.
    let context = context(Statement::new(vec![10], vec![]).unwrap());
    for vector in [[0, 0, 0, 0], [1, 1, 1, 1], [0, 1, 0, 1]] {
        let ballot = dishonest(&context, &[1_000_000], &vector, 1);
        assert_eq!(refused(&context, &ballot), InvalidBallot::Proof);
    }
}

#[test]
fn a11_sums_that_wrap_modulo_the_group_order_are_refused() {
    // Cell values ℓ − 1 and 3 sum to 2 modulo ℓ: the range of each cell stops it.
    let context = context(choose(2, 0, 2));
    let mut ballot = dishonest(&context, &[0, 1], &[0, 1, 1, 0], 1);
    let minus = crate::group::decode_point(&ballot.cells[32..64]).unwrap() - message_base();
    ballot.cells[32..64].copy_from_slice(minus.compress().as_bytes());
    assert!(verify(&context, &ballot, &mut rng(1)).is_err());
    // "Budget − spent" negative by one is ℓ − 1, not a small number.
    let knapsack = Constraint {
        lo: 0,
        hi: 100,
        terms: vec![(0, 60), (1, 41)],
    };
    let context = super::context(Statement::new(vec![1, 1], vec![knapsack]).unwrap());
    for claimed in [0u8, 0x7f] {
        let slack = (0..7).map(|bit| (claimed >> bit) & 1);
        let vector: Vec<u8> = [1, 1].into_iter().chain(slack).chain([0; 7]).collect();
        let ballot = dishonest(&context, &[1, 1], &vector, 1);
        assert_eq!(refused(&context, &ballot), InvalidBallot::Proof);
    }
}

#[test]
fn a12_ranges_are_exact_for_every_maximum() {
    for maximum in [1u64, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 17] {
        let context = context(Statement::new(vec![maximum], vec![]).unwrap());
        let padded = context.statement.padded_bits();
        let vector = |value: u64| Ranges::of(&context.statement).decompose(&[value]).to_vec();
        for value in 0..=maximum {
            let ballot = cast(&context, &[value], value);
            assert!(
                verify(&context, &ballot, &mut rng(1)).is_ok(),
                "{value} of {maximum}"
            );
        }
        let full = (1u64 << bits(maximum)) - 1;
        let outside = [maximum + 1, full + 1, full.max(maximum + 1), u64::MAX >> 12];
        for value in outside {
            for vector in [vector(maximum), vec![1; padded], vector(value & full)] {
                let ballot = dishonest(&context, &[value], &vector, 1);
                assert_eq!(
                    refused(&context, &ballot),
                    InvalidBallot::Proof,
                    "{value} of {maximum}"
                );
            }
        }
    }
}

#[test]
fn a12_equality_constraints_force_the_difference_to_zero() {
    let context = context(choose(4, 2, 2));
    assert!(verify(&context, &cast(&context, &[1, 0, 1, 0], 1), &mut rng(1)).is_ok());
    for values in [[1, 0, 0, 0], [1, 1, 1, 0], [0; 4]] {
        let vector: Vec<u8> = values.iter().map(|&value| value as u8).collect();
        let ballot = dishonest(&context, &values, &vector, 1);
        assert_eq!(refused(&context, &ballot), InvalidBallot::Proof);
    }
}
