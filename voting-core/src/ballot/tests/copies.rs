//! Attacks of sections B and C of the threat model: ciphertexts, copies, replays.

use super::forgery::{dishonest, refused, transcript_before_link};
use super::*;
use crate::ballot::equation::Bases;
use crate::ballot::link;
use crate::group::message_base;
use crate::hash::Hash;

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
    copy.credential = thief.credential;
    assert_eq!(refused(&context, &copy), InvalidBallot::Possession);
    let mut copy = victim.clone();
    copy.tokens[0][0] ^= 1;
    assert_eq!(refused(&context, &copy), InvalidBallot::Possession);
    // The victim's cells and range proof with the thief's link proof.
    let mut copy = victim.clone();
    copy.credential = thief.credential;
    copy.link_proof = thief.link_proof;
    assert_eq!(refused(&context, &copy), InvalidBallot::Possession);
    // Re-randomised: R + d·B, C + d·K encrypt the same choice. The thief knows
    // d and its own s, not r, and can only guess r.
    let mut copy = victim.clone();
    copy.credential = thief.credential;
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
