//! Sections A and D: attacks on the joint key.

use voting_core::entry::{Entry, KeyCommitment, KeyConfirmation, KeyHash, Signed};
use voting_core::group::{RistrettoPoint, Scalar, decode_point};
use voting_core::keys::commitment_hash;

use crate::kit::{People, Story, assert_breaks, broken, dealing};

/// The last trustee promises and publishes other commitments than honest ones.
fn with_last_commitment(change: impl FnOnce(&Story, &mut KeyCommitment)) -> auditor::Verdict {
    let mut story = Story::begin(People::golden());
    let id = story.id();
    let mut forged = dealing(&id, 2).commitment();
    for trustee in 0..2 {
        story.push_hash(dealing(&id, trustee).hash());
    }
    change(&story, &mut forged);
    let hash = commitment_hash(&id, &forged).into();
    story.push_hash(KeyHash {
        hash,
        ..dealing(&id, 2).hash()
    });
    for trustee in 0..2 {
        story.push_commitment(dealing(&id, trustee).commitment());
    }
    story.push_commitment(forged);
    story.audit()
}

fn first_point(commitment: &KeyCommitment) -> RistrettoPoint {
    decode_point(&commitment.points[..32]).unwrap()
}

#[test]
fn d1_a_rogue_key_that_cancels_the_others_is_refused() {
    // X = T − Σ X_i: the joint key would be T, whose secret the rogue knows.
    let verdict = with_last_commitment(|story, forged| {
        let others: RistrettoPoint = (0..2)
            .map(|other| first_point(&dealing(&story.id(), other).commitment()))
            .sum();
        let rogue = RistrettoPoint::mul_base(&Scalar::from(7u64)) - others;
        forged.points[..32].copy_from_slice(rogue.compress().as_bytes());
    });
    assert_eq!(broken(&verdict), ["joint-key", "order"]);
    assert_breaks(&verdict, "joint-key", "fault of trustee 2");
    assert_breaks(&verdict, "joint-key", "proof of possession");
}

#[test]
fn a6_a_proof_of_possession_of_another_election_is_refused() {
    let verdict = with_last_commitment(|_, forged| *forged = dealing(&[3; 32], 2).commitment());
    assert_breaks(&verdict, "joint-key", "proof of possession");
}

#[test]
fn a6_a_proof_of_possession_of_another_trustee_is_refused() {
    let verdict = with_last_commitment(|story, forged| {
        *forged = KeyCommitment {
            trustee: 2,
            ..dealing(&story.id(), 0).commitment()
        };
    });
    assert_breaks(&verdict, "joint-key", "proof of possession");
}

#[test]
fn b1_identity_and_bad_points_among_the_commitments_are_refused() {
    for bad in [[0; 32], [0xff; 32]] {
        for place in 0..2 {
            let verdict =
                with_last_commitment(|_, forged| forged.points[place * 32..][..32].copy_from_slice(&bad));
            assert_breaks(&verdict, "joint-key", &format!("commitment {place}"));
        }
    }
    let verdict = with_last_commitment(|_, forged| forged.points.truncate(32));
    assert_breaks(&verdict, "joint-key", "exactly 64");
}

#[test]
fn d2_commitments_chosen_after_seeing_the_others_are_refused() {
    let mut story = Story::begin(People::golden());
    story.hashes();
    for trustee in 0..2 {
        story.push_commitment(dealing(&story.id(), trustee).commitment());
    }
    // Another seed than the one promised, honestly proven.
    let seed = voting_core::keys::DealingSeed::from_secret_bytes(&[99; 32]);
    let other = voting_core::keys::Dealing::new(&seed, &story.id(), 0, 2, 2);
    story.push_commitment(other.commitment());
    assert_breaks(&story.audit(), "joint-key", "not those whose hash");
}

#[test]
fn d2_commitments_before_every_hash_are_refused() {
    let mut story = Story::begin(People::golden());
    let id = story.id();
    story.push_hash(dealing(&id, 0).hash());
    story.push_commitment(dealing(&id, 0).commitment());
    assert_breaks(&story.audit(), "joint-key", "before every trustee's hash");
}

#[test]
fn d3_certificates_of_different_transcripts_are_refused() {
    let mut story = Story::begin(People::golden());
    story.hashes();
    story.commitments();
    story.deal();
    story.confirm(0);
    let honest = story.confirmation(1);
    let mutants = [
        KeyConfirmation {
            transcript: [5; 32].into(),
            ..honest.clone()
        },
        KeyConfirmation {
            joint_key: [5; 32].into(),
            ..honest
        },
    ];
    for mutant in mutants {
        let mut story = story.clone();
        story.push_confirmation(mutant);
        assert_breaks(&story.audit(), "joint-key", "certificate");
    }
}

#[test]
fn d5_a_step_in_a_trustees_name_without_its_key_is_refused() {
    let mut story = Story::begin(People::golden());
    let body = dealing(&story.id(), 0).hash();
    let ledger = Signed::new(body, &story.id(), &story.people.ledger);
    story.push(&Entry::KeyHash(ledger));
    let verdict = story.audit();
    assert_breaks(&verdict, "joint-key", "signature of trustee 0");
    assert_breaks(&verdict, "order", "signature of trustee 0");
}

#[test]
fn a6_a_step_signed_for_another_election_is_refused() {
    let mut story = Story::begin(People::golden());
    let body = dealing(&story.id(), 0).hash();
    let replayed = Signed::new(body, &[1; 32], &story.people.trustees[0]);
    story.push(&Entry::KeyHash(replayed));
    assert_breaks(&story.audit(), "joint-key", "signature of trustee 0");
}

#[test]
fn a_proven_complaint_starts_the_ceremony_anew_and_names_nobody_wrongly() {
    let mut story = Story::begin(People::golden());
    story.failed_round(1, 2);
    assert_eq!(story.honest.setup().round().number, 1);
    story.key_ceremony();
    let verdict = story.audit();
    assert!(broken(&verdict).is_empty());
    assert!(verdict.claim("joint-key").unwrap().standing.is_held());
    // Who deals honestly cannot be accused.
    let mut story = Story::begin(People::golden());
    story.hashes();
    story.commitments();
    story.deal();
    let bad = voting_core::keys::BadShare { dealer: 1 };
    let body = dealing(&story.id(), 2).complain(bad);
    let signed = Signed::new(body, &story.id(), &story.people.trustees[2]);
    story.push(&Entry::KeyComplaint(signed));
    assert_breaks(&story.audit(), "joint-key", "fault of trustee 2");
}
