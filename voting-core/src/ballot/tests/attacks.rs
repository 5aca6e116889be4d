//! Attacks of sections A, B and C of the threat model that concern a ballot.

use alloc::vec;

use super::*;
use crate::ballot::equation::Bases;
use crate::ballot::generators::Generators;
use crate::ballot::range::{self, Ranges, Witness};
use crate::ballot::{derived, link};
use crate::encoding::Bytes;
use crate::group::{CompressedRistretto, message_base};
use crate::hash::Hash;
use crate::statement::bits;
use crate::transcript::{Role, Transcript};

/// A prover that keeps to the protocol but for the values: bits are those of
/// the values where they fit, and given otherwise.
fn dishonest(context: &BallotContext, values: &[u64], vector: &[u8], seed: u64) -> BallotEntry {
    let mut rng = rng(seed);
    let credential = Credential::generate(&mut rng);
    let draft = Draft::encrypt(context, credential.public(), 0, values, [seed as u8; 32]);
    let tokens = tokens(context).into_iter().map(Bytes::from).collect();
    draft.prove(
        tokens,
        &credential,
        &Ranges::of(&context.statement),
        Some(vector),
        &mut rng,
    )
}

/// Three votes where two are allowed; the slack −1 is claimed to be 0.
pub(super) fn ballot_with_one_vote_too_many(context: &BallotContext, seed: u64) -> BallotEntry {
    dishonest(context, &[1, 1, 1, 0], &[1, 1, 1, 0, 0, 0, 0, 0], seed)
}

/// A valid ballot but for its link proof's first equation, off by `error·B`.
pub(super) fn ballot_off_by(context: &BallotContext, error: i64, seed: u64) -> BallotEntry {
    let mut rng = rng(seed);
    let credential = Credential::generate(&mut rng);
    let draft = Draft::seal(context, &credential, 0, &[1, 0, 0, 1], [seed as u8; 32]).unwrap();
    let honest = draft.cast(tokens(context), &credential, &mut rng).unwrap();
    // The forger moves k_1 before the challenge and answers as if it had not.
    relink(context, honest, &credential, &mut rng, |commitments| {
        let moved = commitments[0].decompress().unwrap()
            + derived::signed(error) * RistrettoPoint::mul_base(&Scalar::ONE);
        commitments[0] = moved.compress();
    })
}

/// Replaces the link proof by one whose commitments were changed before the
/// challenge. The forger knows all secrets: seeds are the test's.
fn relink(
    context: &BallotContext,
    mut ballot: BallotEntry,
    credential: &Credential,
    rng: &mut ChaCha20Rng,
    change: impl Fn(&mut [CompressedRistretto; 3]),
) -> BallotEntry {
    let mut transcript = transcript_before_link(context, &ballot);
    let (k_r, k_v, k_s) = (Scalar::random(rng), Scalar::random(rng), Scalar::random(rng));
    let k = &context.joint_key;
    let mut commitments = [
        RistrettoPoint::mul_base(&k_r).compress(),
        (k_v * message_base() + k_r * k).compress(),
        RistrettoPoint::mul_base(&k_s).compress(),
    ];
    change(&mut commitments);
    let (rho, seed) = (transcript.1, [ballot_seed(&ballot); 32]);
    let draft = Draft::encrypt(context, credential.public(), 0, &[1, 0, 0, 1], seed);
    let (randomness, value) = draft.test_sums(&rho);
    let e = transcript.0.link_challenge(&commitments);
    let responses = [
        k_r + e * randomness,
        k_v + e * value,
        k_s + e * credential.secret(),
    ];
    for (i, point) in commitments.iter().enumerate() {
        ballot.link_proof[32 * i..32 * i + 32].copy_from_slice(point.as_bytes());
    }
    for (i, scalar) in responses.iter().enumerate() {
        ballot.link_proof[96 + 32 * i..128 + 32 * i].copy_from_slice(scalar.as_bytes());
    }
    ballot
}

/// Which `[seed; 32]` a ballot of these tests was sealed with.
fn ballot_seed(ballot: &BallotEntry) -> u8 {
    let context = context(choose(4, 0, 2));
    let matches = |seed: &u8| {
        let draft = Draft::encrypt(&context, *ballot.credential, 0, &[1, 0, 0, 1], [*seed; 32]);
        draft.tracker() == Tracker::of(&context.election_id, ballot)
    };
    (0..10).find(matches).unwrap()
}

/// A ballot's transcript up to `ρ`, and `ρ`.
fn transcript_before_link(context: &BallotContext, ballot: &BallotEntry) -> (Transcript, Scalar) {
    let mut transcript = seal::begin(context);
    transcript.ballot_voter(&ballot.sequence, &ballot.credential, &ballot.tokens);
    transcript.ballot_cells(&ballot.cells);
    let points: Vec<RistrettoPoint> = ballot
        .cells
        .chunks(64)
        .map(|cell| crate::group::decode_point(&cell[32..]).unwrap())
        .collect();
    let values = seal::value_commitments(&context.statement, &ballot.cells, &points);
    let range = range::replay(
        &mut transcript,
        &Ranges::of(&context.statement),
        &values,
        &ballot.range_proof,
    )
    .unwrap();
    let rho = transcript.link_weight(&range.a, &range.b);
    (transcript, rho)
}

fn refused(context: &BallotContext, ballot: &BallotEntry) -> InvalidBallot {
    let batch = verify_batch(context, &[ballot], &mut rng(5)).pop().unwrap();
    let alone = verify(context, ballot, &mut rng(6));
    assert_eq!(alone, batch);
    alone.unwrap_err()
}

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

#[test]
fn b4_the_same_choice_never_gives_the_same_cells() {
    let context = context(choose(4, 0, 2));
    let credential = Credential::generate(&mut rng(1));
    let seal = |sequence, seed| {
        let draft = Draft::seal(&context, &credential, sequence, &[1, 0, 0, 1], [seed; 32]).unwrap();
        draft.cast(tokens(&context), &credential, &mut rng(2)).unwrap()
    };
    let (first, again) = (seal(0, 1), seal(0, 2));
    let cells =
        |ballot: &BallotEntry| -> Vec<Vec<u8>> { ballot.cells.chunks(32).map(<[u8]>::to_vec).collect() };
    assert!(cells(&first).iter().all(|point| !cells(&again).contains(point)));
    // Even with a broken generator that repeats its seed, another sequence or
    // credential gives other randomness, and equal choices in one ballot differ.
    let broken = seal(1, 1);
    assert!(cells(&first).iter().all(|point| !cells(&broken).contains(point)));
    let distinct: std::collections::BTreeSet<_> = cells(&first).into_iter().collect();
    assert_eq!(distinct.len(), 8);
}

#[test]
fn b9_an_unbounded_plaintext_cannot_be_accepted() {
    let context = context(choose(2, 0, 1));
    for value in [2, 1 << 40, u64::MAX] {
        for vector in [[1, 0, 0, 0], [0, 0, 0, 0], [1, 0, 1, 0]] {
            let ballot = dishonest(&context, &[value, 0], &vector, 1);
            assert_eq!(refused(&context, &ballot), InvalidBallot::Proof);
        }
    }
}

#[test]
fn c1_a_copied_ballot_is_refused_under_another_credential_or_token() {
    let context = context(choose(4, 0, 2));
    let victim = cast(&context, &[1, 0, 0, 1], 1);
    let thief = cast(&context, &[1, 0, 0, 1], 2);
    // Verbatim under the thief's credential and token.
    let mut copy = victim.clone();
    copy.credential = thief.credential.clone();
    assert_eq!(refused(&context, &copy), InvalidBallot::Possession);
    let mut copy = victim.clone();
    copy.tokens[0][0] ^= 1;
    assert_eq!(refused(&context, &copy), InvalidBallot::Possession);
    // The victim's cells and range proof with the thief's link proof.
    let mut copy = victim.clone();
    copy.credential = thief.credential.clone();
    copy.link_proof = thief.link_proof.clone();
    assert_eq!(refused(&context, &copy), InvalidBallot::Possession);
    // Re-randomised: R + d·B, C + d·K encrypt the same choice. The thief knows
    // d and its own s, not r, and can only guess r.
    let mut copy = victim.clone();
    copy.credential = thief.credential.clone();
    let d = Scalar::from(99u64);
    for cell in copy.cells.chunks_mut(64) {
        let r = crate::group::decode_point(&cell[..32]).unwrap() + RistrettoPoint::mul_base(&d);
        let c = crate::group::decode_point(&cell[32..]).unwrap() + d * context.joint_key;
        cell[..32].copy_from_slice(r.compress().as_bytes());
        cell[32..].copy_from_slice(c.compress().as_bytes());
    }
    assert_eq!(refused(&context, &copy), InvalidBallot::Possession);
    // Even the thief's honest possession proof over the copy does not link it.
    let thief_credential = Credential::generate(&mut rng(2));
    copy.credential = thief_credential.public().into();
    let (mut transcript, _) = transcript_before_link(&context, &copy);
    let bases = Bases {
        value: message_base(),
        blinding: &context.joint_key,
    };
    let guess = link::Witness {
        randomness: &d,
        value: &Scalar::ONE,
        secret: thief_credential.secret(),
    };
    copy.link_proof = link::prove(&mut transcript, bases, &guess, &mut rng(3)).into();
    assert_eq!(precheck(&context, &copy), Ok(()));
    assert_eq!(refused(&context, &copy), InvalidBallot::Proof);
}

#[test]
fn c2_a_ballot_is_refused_in_another_election_style_or_under_another_key() {
    let right = context(choose(4, 0, 2));
    let ballot = cast(&right, &[1, 0, 0, 1], 1);
    let change = |change: &dyn Fn(&mut BallotContext)| {
        let mut other = right.clone();
        change(&mut other);
        refused(&other, &ballot)
    };
    assert_eq!(change(&|c| c.election_id = [8; 32]), InvalidBallot::Possession);
    assert_eq!(change(&|c| c.key_digest = [8; 32]), InvalidBallot::Possession);
    assert_eq!(
        change(&|c| c.style = 4),
        InvalidBallot::Style {
            expected: 4,
            found: 3
        }
    );
    // Relabelled for the other style with the same statement.
    let mut other = right.clone();
    other.style = 4;
    let mut relabelled = ballot.clone();
    relabelled.style = 4;
    assert_eq!(refused(&other, &relabelled), InvalidBallot::Possession);
    // Cells swapped between two contests of a style.
    let mut swapped = ballot.clone();
    let (first, second) = swapped.cells.split_at_mut(64);
    first.swap_with_slice(&mut second[..64]);
    assert_eq!(refused(&right, &swapped), InvalidBallot::Possession);
}

#[test]
fn c3_two_voters_never_share_a_tracker() {
    let context = context(choose(4, 0, 2));
    let (first, second) = (
        Credential::generate(&mut rng(1)),
        Credential::generate(&mut rng(2)),
    );
    let tracker = |credential: &Credential, sequence, context: &BallotContext| {
        Draft::seal(context, credential, sequence, &[1, 0, 0, 1], [1; 32])
            .unwrap()
            .tracker()
    };
    let mut other = context.clone();
    other.election_id[0] ^= 1;
    let trackers: std::collections::BTreeSet<_> = [
        tracker(&first, 0, &context),
        tracker(&second, 0, &context),
        tracker(&first, 1, &context),
        tracker(&first, 0, &other),
    ]
    .into();
    assert_eq!(trackers.len(), 4);
}

#[test]
fn c8_padding_positions_carry_nothing() {
    // 4 cells + 2 bits of slack: positions 6 and 7 are padding. A set bit there
    // still proves, and changes neither cells nor what they decrypt to.
    let context = context(choose(4, 0, 2));
    let (honest, padded) = ([1, 0, 0, 1, 0, 0, 0, 0], [1, 0, 0, 1, 0, 0, 1, 1]);
    let (plain, noisy) = (
        dishonest(&context, &[1, 0, 0, 1], &honest, 1),
        dishonest(&context, &[1, 0, 0, 1], &padded, 1),
    );
    assert_eq!(plain.cells, noisy.cells);
    let verified = verify(&context, &noisy, &mut rng(1)).unwrap();
    assert_eq!(
        verified.cells(),
        verify(&context, &plain, &mut rng(1)).unwrap().cells()
    );
    // Nor can padding lend a vote to a cell.
    let vector = [1, 0, 0, 1, 0, 0, 1, 1];
    let ballot = dishonest(&context, &[1, 1, 0, 1], &vector, 1);
    assert_eq!(refused(&context, &ballot), InvalidBallot::Proof);
}

#[test]
fn c9_a_replacement_with_another_weight_or_district_is_refused() {
    let right = context(choose(4, 0, 2));
    let credential = Credential::generate(&mut rng(1));
    let draft = Draft::seal(&right, &credential, 1, &[1, 0, 0, 1], [1; 32]).unwrap();
    let revote = draft.cast(tokens(&right), &credential, &mut rng(2)).unwrap();
    assert_eq!(verify(&right, &revote, &mut rng(1)).unwrap().sequence(), 1);
    // Another district's rules, larger votes, or another place in the order.
    let mut district = right.clone();
    district.statement = choose(4, 0, 3);
    assert_eq!(refused(&district, &revote), InvalidBallot::Possession);
    let mut weight = right.clone();
    weight.statement = Statement::new(vec![2, 1, 1, 1], right.statement.constraints().to_vec()).unwrap();
    assert!(verify(&weight, &revote, &mut rng(1)).is_err());
    let mut sequence = revote.clone();
    sequence.sequence = 2u32.to_be_bytes().into();
    assert_eq!(refused(&right, &sequence), InvalidBallot::Possession);
}

#[test]
fn b2_the_message_base_is_hashed_to_the_group() {
    let expected: Hash = message_base().compress().to_bytes();
    assert_eq!(
        crate::group::point_from_hash(&[b"psephos/v1/message-base"])
            .compress()
            .to_bytes(),
        expected
    );
}
