//! What trustees, issuers and officers hand in: the ballot box takes nothing
//! that the ledger's rules forbid, whoever signed it.

mod desk;

use desk::kit::{People, Story, assert_only, dealing, plus_order, pseudonyms};
use desk::{Client, Desk, ballot, people, refused};
use voting_core::entry::*;
use voting_core::group::{RistrettoPoint, Scalar, decode_point};
use voting_core::keys::{Dealing, DealingSeed, commitment_hash};
use voting_core::ledger::leaf_hash;
use voting_core::manifest::{BallotKind, Manifest};

/// Asserts that the story's last entry, which the box has not seen, is refused.
#[track_caller]
fn last_is_refused(client: &Client, story: &Story, says: &str) {
    let last = story.entries.last().unwrap();
    let problem = refused(client, "/entries", last, 409, "illegal");
    assert!(problem.detail.contains(says), "{problem:?}");
}

/// A box whose trustees have all promised, and two of whom have kept their
/// promise; the third promised these commitments.
fn promised(change: impl FnOnce(&Story, &mut KeyCommitment)) -> (Desk, Story) {
    let mut story = Story::begin(people(|_| {}));
    let id = story.id();
    let mut forged = dealing(&id, 2).commitment();
    change(&story, &mut forged);
    let hash = commitment_hash(&id, &forged).into();
    for trustee in 0..2 {
        story.push_hash(dealing(&id, trustee).hash());
    }
    story.push_hash(KeyHash {
        hash,
        ..dealing(&id, 2).hash()
    });
    for trustee in 0..2 {
        story.push_commitment(dealing(&id, trustee).commitment());
    }
    let desk = Desk::with(&story);
    story.push_commitment(forged);
    (desk, story)
}

#[test]
fn b8_b10_and_d11_no_ballot_box_begins_with_such_a_manifest() {
    let points = |max_points| BallotKind::Points {
        min_points: 0,
        max_points,
        default_points: 0,
        sum: None,
        min_length: 0,
        max_length: 3,
    };
    type Change<'a> = (&'a str, &'a dyn Fn(&mut Manifest));
    let changes: [Change; 5] = [
        ("contests[0].projects[1]", &|m| {
            m.contests[0].projects[1].id = "pond".into()
        }),
        ("styles[1]", &|m| m.styles[1].name = "north".into()),
        ("contests[1].ballot", &|m| m.contests[1].ballot = points(32_769)),
        ("trustees.threshold", &|m| m.trustees.threshold = 1),
        ("trustees.threshold", &|m| {
            let mut fourth = m.trustees.members[0].clone();
            fourth.name = "Gil".into();
            fourth.key = m.officers.members[1].key;
            m.trustees.members.push(fourth);
        }),
    ];
    for (field, change) in changes {
        let directory = tempfile::tempdir().unwrap();
        let people = People::with(change);
        std::fs::write(
            directory.path().join("ledger.key"),
            hex::encode(people.ledger.to_bytes()),
        )
        .unwrap();
        std::fs::write(directory.path().join("name"), &people.manifest.ledger.origin).unwrap();
        let folder = ballot_box::folder::Folder::open(directory.path()).unwrap();
        let refused = folder.begin(&Story::manifest_entry(&people), None).unwrap_err();
        assert!(refused.to_string().contains(field), "{refused}");
        assert!(folder.election().is_err(), "the refused manifest was kept");
    }
}

#[test]
fn b6_a_malleated_signature_is_refused() {
    let mut story = Story::begin(people(|_| {}));
    let desk = Desk::with(&story);
    let mut signed = Signed::new(
        dealing(&story.id(), 0).hash(),
        &story.id(),
        &story.people.trustees[0],
    );
    let honest = Entry::KeyHash(signed.clone());
    // S + l in place of S: the same signature in another encoding.
    let malleated = plus_order(&signed.signature[32..]);
    signed.signature[32..].copy_from_slice(&malleated);
    story.push(&Entry::KeyHash(signed));
    last_is_refused(&desk.client, &story, "signature of trustee 0");
    desk.client.post("/entries", &honest.to_bytes()).unwrap();
}

#[test]
fn d1_a_rogue_key_that_cancels_the_others_is_refused() {
    let (desk, story) = promised(|story, forged| {
        let first = |trustee| {
            let commitment = dealing(&story.id(), trustee).commitment();
            decode_point(&commitment.points[..32]).unwrap()
        };
        let rogue = RistrettoPoint::mul_base(&Scalar::from(7u64)) - first(0) - first(1);
        forged.points[..32].copy_from_slice(rogue.compress().as_bytes());
    });
    last_is_refused(&desk.client, &story, "proof of possession");
}

#[test]
fn a6_and_b1_foreign_proofs_and_bad_points_among_commitments_are_refused() {
    let (desk, story) = promised(|_, forged| *forged = dealing(&[3; 32], 2).commitment());
    last_is_refused(&desk.client, &story, "proof of possession");
    for bad in [[0; 32], [0xff; 32]] {
        let (desk, story) = promised(|_, forged| forged.points[32..].copy_from_slice(&bad));
        last_is_refused(&desk.client, &story, "commitment 1");
    }
}

#[test]
fn d2_commitments_chosen_after_seeing_the_others_are_refused() {
    let (desk, mut story) = promised(|_, _| {});
    let seed = DealingSeed::from_secret_bytes(&[99; 32]);
    story.push_commitment(Dealing::new(&seed, &story.id(), 0, 2, 2).commitment());
    last_is_refused(&desk.client, &story, "not those whose hash");
}

#[test]
fn d3_a_certificate_of_another_transcript_or_key_is_refused() {
    let mut story = Story::begin(people(|_| {}));
    story.hashes();
    story.commitments();
    story.deal();
    let desk = Desk::with(&story);
    let honest = story.confirmation(1);
    let mut transcript = honest.clone();
    transcript.transcript = [5; 32].into();
    let mut key = honest;
    key.joint_key = [5; 32].into();
    for forged in [transcript, key] {
        let mut story = story.clone();
        story.push_confirmation(forged);
        last_is_refused(&desk.client, &story, "certificate");
    }
}

#[test]
fn d5_the_box_itself_cannot_deal_in_a_trustees_name() {
    let mut story = Story::begin(people(|_| {}));
    let desk = Desk::with(&story);
    let body = dealing(&story.id(), 0).hash();
    let forged = Signed::new(body, &story.id(), &story.people.ledger);
    story.push(&Entry::KeyHash(forged));
    last_is_refused(&desk.client, &story, "signature of trustee 0");
}

#[test]
fn d7_the_poll_does_not_open_before_enough_trustees_have_rehearsed() {
    let mut story = Story::begin(people(|_| {}));
    story.key_ceremony();
    story.issuers();
    let desk = Desk::with(&story);
    for trustee in 0..3 {
        let mut early = story.clone();
        early.open();
        last_is_refused(&desk.client, &early, "needed trustees have rehearsed");
        story.rehearse(trustee);
        desk.client
            .post("/entries", story.entries.last().unwrap())
            .unwrap();
    }
    story.open();
    desk.client
        .post("/entries", story.entries.last().unwrap())
        .unwrap();
}

#[test]
fn g3_and_g4_a_key_of_another_owner_and_a_second_key_are_refused() {
    let mut story = Story::begin(people(|_| {}));
    story.issuer_key(0, 0);
    let desk = Desk::with(&story);
    let Ok(Entry::IssuerKey(honest)) = Entry::from_bytes(story.entries.last().unwrap()) else {
        panic!("an issuer key");
    };
    let mut second = story.clone();
    let id = story.id();
    let mut body = honest.body.clone();
    body.issuer = 1;
    second.push(&Entry::IssuerKey(Signed::new(
        body,
        &id,
        &story.people.issuers[1],
    )));
    last_is_refused(&desk.client, &second, "issuer 1, style 0");
    let mut body = honest.body;
    body.modulus[100] ^= 1;
    story.push(&Entry::IssuerKey(Signed::new(
        body,
        &id,
        &story.people.clone().issuers[0],
    )));
    last_is_refused(&desk.client, &story, "already");
}

#[test]
fn g10_a_roll_with_a_line_twice_or_of_another_length_does_not_open() {
    let mut story = Story::begin(people(|_| {}));
    let desk = Desk::with(&story);
    let mut lines = pseudonyms(0, 0);
    lines[1] = lines[0];
    let body = Roll {
        issuer: 0,
        style: 0,
        part: 0,
        parts: 1,
        pseudonyms: lines.concat().into(),
    };
    story.push(&Entry::Roll(Signed::new(
        body,
        &story.id(),
        &story.people.clone().issuers[0],
    )));
    last_is_refused(&desk.client, &story, "do not ascend");
    // One issuer has a line more than the other: whose is it?
    let mut story = Story::begin(people(|_| {}));
    story.key_ceremony();
    for style in 0..2 {
        for issuer in 0..2 {
            story.issuer_key(issuer, style);
            let lines = pseudonyms(issuer, style);
            story.roll(issuer, style, &lines[usize::from(issuer == 1 && style == 1)..]);
        }
    }
    for trustee in 0..3 {
        story.rehearse(trustee);
    }
    let desk = Desk::with(&story);
    story.open();
    last_is_refused(&desk.client, &story, "rolls of style 1 differ");
}

/// A box that has closed and added up ten ballots, and its story so far.
fn tallied() -> (Desk, Story) {
    let mut story = Story::whole_setup(people(|_| {}));
    let desk = Desk::with(&story);
    let opened = story.clone();
    std::thread::scope(|scope| {
        for voter in 0..10 {
            let (client, opened) = (&desk.client, &opened);
            scope.spawn(move || client.cast(&ballot(opened, voter, 0)).unwrap());
        }
    });
    follow(&desk.client, &mut story);
    story.close();
    desk.client
        .post("/entries", story.entries.last().unwrap())
        .unwrap();
    follow(&desk.client, &mut story);
    (desk, story)
}

/// Takes into the story what the box has appended since.
fn follow(client: &Client, story: &mut Story) {
    for bytes in &client.entries()[story.entries.len()..] {
        if let Ok(Entry::Ballot(ballot)) = Entry::from_bytes(bytes) {
            story.ballots.insert(*ballot.credential, ballot);
        }
        story.push_bytes(bytes.clone());
    }
}

#[test]
fn d10_d12_and_d15_no_share_but_the_whole_closed_ledgers_and_no_result_without_shares() {
    let (desk, mut story) = tallied();
    let client = &desk.client;
    assert_only(&story.audit(), &[]);
    let without_shares = story.clone();
    let refused = |story: &Story, share: DecryptionShare, says: &str| {
        let mut story = story.clone();
        story.push_share(share);
        last_is_refused(client, &story, says);
    };
    // D10: an honest share of an earlier head; the sums of another contest.
    let early = (1, leaf_hash(&story.entries[0]));
    refused(&story, story.share_at(0, 0, early), "head of size 1");
    let honest = story.share(0, 0);
    let with = |change: &dyn Fn(&mut DecryptionShare)| {
        let mut share = honest.clone();
        change(&mut share);
        share
    };
    refused(&story, with(&|share| share.contest = 1), "");
    // D15: one cell is missing. D12: there is no proof.
    refused(&story, with(&|share| share.points.truncate(64)), "");
    refused(&story, with(&|share| share.proof = [0; 64].into()), "proof");
    let mut early = without_shares;
    let result = early.result(0);
    early.push(&Entry::Result(result.clone()));
    last_is_refused(client, &early, "0 proven share(s), but 2 are needed");
    // One share is below the threshold still.
    story.push_share(honest.clone());
    client.post("/entries", story.entries.last().unwrap()).unwrap();
    let mut early = story.clone();
    early.push(&Entry::Result(result));
    last_is_refused(client, &early, "1 proven share(s), but 2 are needed");
    // D10: and the same trustee gives no second one, at the head of now.
    let again = story.share(0, 0);
    assert!(again.size > honest.size);
    refused(&story, again, "already");
}
