//! Section B: encodings and groups.

use auditor::Standing;
use voting_core::encoding::Bytes;
use voting_core::entry::{Act, BallotEntry, Entry};
use voting_core::manifest::{BallotKind, Manifest};

use crate::kit::{ORDER, People, Story, assert_breaks, assert_only, audited_with, opened, plus_order, voted};

#[test]
fn b1_bad_points_in_every_field_of_a_ballot_are_refused() {
    let honest = opened().cast(1, 0);
    // Identity; not on the curve; a small-order and a negative encoding of Edwards points.
    let mut small = [0; 32];
    small[0] = 1;
    for bad in [[0; 32], [0xff; 32], small, ORDER] {
        for place in 0..honest.cells.len() / 32 {
            let mut ballot = honest.clone();
            ballot.cells[place * 32..][..32].copy_from_slice(&bad);
            assert_breaks(&audited_with(ballot), "ballots", "proof");
        }
        for place in 0..honest.range_proof.len() / 32 {
            let mut ballot = honest.clone();
            ballot.range_proof[place * 32..][..32].copy_from_slice(&bad);
            assert_breaks(&audited_with(ballot), "ballots", "proof");
        }
        for place in 0..6 {
            let mut ballot = honest.clone();
            ballot.link_proof[place * 32..][..32].copy_from_slice(&bad);
            assert_breaks(&audited_with(ballot), "ballots", "proof");
        }
        let mut ballot = honest.clone();
        ballot.credential = bad.into();
        assert_breaks(&audited_with(ballot), "ballots", "proof");
    }
}

#[test]
fn b1_non_canonical_responses_are_refused() {
    let honest = opened().cast(1, 0);
    for place in 3..6 {
        let mut ballot = honest.clone();
        let response = plus_order(&honest.link_proof[place * 32..][..32]);
        ballot.link_proof[place * 32..][..32].copy_from_slice(&response);
        assert_only(&audited_with(ballot), &["ballots"]);
    }
}

#[test]
fn b5_other_encodings_of_the_same_ballot_are_refused() {
    let honest = Entry::Ballot(opened().cast(1, 0)).to_bytes();
    let trailing = [honest.clone(), vec![0]].concat();
    // The style 0 in two bytes instead of one; the array without a length.
    let mut long = honest.clone();
    assert_eq!(long[3], 0, "the style follows the two array heads and the kind");
    long.splice(3..4, [0x18, 0x00]);
    let mut open = honest.clone();
    open[0] = 0x9f;
    open.push(0xff);
    for bytes in [trailing, long, open] {
        let mut story = opened().clone();
        story.push_bytes(bytes);
        let verdict = story.audit();
        assert_breaks(&verdict, "ballots", "encoding");
        assert_breaks(&verdict, "order", "ballot");
    }
}

#[test]
fn b6_a_malleated_signature_is_refused() {
    let mut story = voted().clone();
    let Act { body, mut signatures } = story.act("close", "");
    let malleated = plus_order(&signatures[0].signature[32..]);
    signatures[0].signature[32..].copy_from_slice(&malleated);
    story.push_act(Entry::Close(Act { body, signatures }));
    let verdict = story.audit();
    assert_only(&verdict, &["order"]);
    assert_breaks(&verdict, "order", "signature of officer 0");
}

/// Only the manifest is judged, and it is refused for this field.
#[track_caller]
fn manifest_is_refused(change: impl FnOnce(&mut Manifest), field: &str) {
    let people = People::with(change);
    let verdict = crate::kit::audit(&[Story::manifest_entry(&people)], &[]);
    assert_only(&verdict, &["manifest"]);
    assert_breaks(&verdict, "manifest", field);
    let mut others = verdict.claims.iter().filter(|claim| claim.id != "manifest");
    assert!(others.all(|claim| matches!(claim.standing, Standing::NotCheckable { .. })));
}

#[test]
fn b8_a_manifest_with_one_name_for_two_things_is_refused() {
    manifest_is_refused(
        |m| m.contests[0].projects[1].id = "pond".into(),
        "contests[0].projects[1]",
    );
    manifest_is_refused(|m| m.contests[1].id = "parks".into(), "contests[1]");
    manifest_is_refused(|m| m.styles[1].name = "north".into(), "styles[1]");
    manifest_is_refused(
        |m| m.issuers.members[1].name = "one.example".into(),
        "issuers.members[1]",
    );
}

#[test]
fn b10_a_manifest_whose_totals_could_not_be_read_is_refused() {
    let points = |max_points| BallotKind::Points {
        min_points: 0,
        max_points,
        default_points: 0,
        sum: None,
        min_length: 0,
        max_length: 3,
    };
    manifest_is_refused(
        |m| m.contests[1].ballot = points(32_769),
        "totals above 2^42 cannot be decrypted",
    );
}

#[test]
fn d11_a_manifest_where_one_trustee_or_two_groups_could_read_is_refused() {
    manifest_is_refused(|m| m.trustees.threshold = 1, "trustees.threshold");
    let half = |m: &mut Manifest| {
        let mut fourth = m.trustees.members[0].clone();
        fourth.name = "Gil".into();
        fourth.key = ed25519_dalek::SigningKey::from_bytes(&[77; 32])
            .verifying_key()
            .to_bytes()
            .into();
        m.trustees.members.push(fourth);
    };
    manifest_is_refused(half, "two groups of 2 of 4");
}

#[test]
fn b1_a_ballot_of_another_length_is_refused() {
    let honest = opened().cast(1, 0);
    let longer = |bytes: &Bytes| [bytes.to_vec(), vec![0; 64]].concat();
    let cells = BallotEntry {
        cells: longer(&honest.cells).into(),
        ..honest.clone()
    };
    let range = BallotEntry {
        range_proof: longer(&honest.range_proof).into(),
        ..honest.clone()
    };
    let none = BallotEntry {
        cells: vec![].into(),
        ..honest
    };
    for ballot in [cells, range, none] {
        assert_only(&audited_with(ballot), &["ballots"]);
    }
}

#[test]
fn a7_a_signature_counts_for_the_key_that_made_it_alone() {
    let mut story = voted().clone();
    let mut act = story.act("close", "");
    act.signatures[1].officer = 1;
    story.push_act(Entry::Close(act));
    assert_breaks(&story.audit(), "order", "signature of officer 1");
}

#[test]
fn a11_a_manifest_whose_sums_could_wrap_around_is_refused() {
    manifest_is_refused(|m| m.contests[0].projects[0].cost = u64::MAX, "contests[0]");
    manifest_is_refused(|m| m.contests[0].budget = 1 << 60, "2^52");
    let far = |m: &mut Manifest| {
        m.contests[1].ballot = BallotKind::Points {
            min_points: i64::MIN,
            max_points: i64::MAX,
            default_points: 0,
            sum: None,
            min_length: 0,
            max_length: 3,
        };
    };
    manifest_is_refused(far, "contests[1]");
}

#[test]
fn b7_stated_lengths_beyond_the_entry_are_refused_at_once() {
    let mut story = opened().clone();
    let long = |head: u8| {
        [
            &[0x82, 0x0e, head][..],
            &[0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        ]
        .concat()
    };
    let mut depth = vec![0x82, 0x0e];
    depth.extend([0x81; 60_000]);
    for bytes in [long(0x9b), long(0x5b), long(0x7b), depth, vec![0; 65_536]] {
        story.push_bytes(bytes);
    }
    let verdict = story.audit();
    let Standing::Broken { findings } = &verdict.claim("order").unwrap().standing else {
        panic!("broken")
    };
    assert_eq!(findings.total, 5);
}

#[test]
fn h9_nothing_in_the_manifest_changes_after_the_first_entry() {
    let mut story = voted().clone();
    let later = People::with(|manifest| manifest.closing += 86_400);
    story.push_bytes(Story::manifest_entry(&later));
    let verdict = story.audit();
    assert_only(&verdict, &["order"]);
    assert_breaks(&verdict, "order", "one manifest");
    // In place of the first entry it is another election.
    let mut entries = voted().entries.clone();
    entries[0] = Story::manifest_entry(&later);
    let mut recall = entries.as_slice();
    let mut audit = auditor::Audit::begin(Some(voted().id()), [1; 32]);
    for entry in &entries {
        audit.entry(entry, &mut recall);
    }
    assert_breaks(&audit.finish(&[], &mut recall), "manifest", "election id");
}
