//! Sections A and D: the key ceremony, shares, results.

use voting_core::entry::{ContestResult, DecryptionShare, Entry};
use voting_core::group::message_base;

use crate::kit::{Story, assert_breaks, assert_only, broken, voted};

fn tallied() -> Story {
    let mut story = voted().clone();
    story.close();
    story.tally();
    story.reports();
    story
}

#[test]
fn a3_a_wrong_factor_is_refused_and_names_the_trustee() {
    let mut story = tallied();
    let mut share = story.share(1, 0);
    share.points[..32].copy_from_slice(message_base().compress().as_bytes());
    story.push_share(share);
    let verdict = story.audit();
    assert_only(&verdict, &["shares"]);
    assert_breaks(&verdict, "shares", "fault of trustee 1");
}

#[test]
fn a4_every_input_of_a_decryption_proof_is_bound() {
    let story = tallied();
    let honest = story.share(1, 0);
    let (earlier, root) = (story.tree.size() - 1, story.head_before_last());
    let mutants = [
        DecryptionShare {
            contest: 1,
            ..honest.clone()
        },
        DecryptionShare {
            trustee: 2,
            ..honest.clone()
        },
        DecryptionShare {
            size: earlier,
            root: root.into(),
            ..honest.clone()
        },
        DecryptionShare {
            points: story.share(0, 0).points,
            ..honest.clone()
        },
        DecryptionShare {
            points: story.share(1, 1).points,
            ..honest.clone()
        },
        DecryptionShare {
            proof: story.share(0, 0).proof,
            ..honest.clone()
        },
        DecryptionShare {
            proof: [0; 64].into(),
            ..honest.clone()
        },
        DecryptionShare {
            proof: [0xff; 64].into(),
            ..honest.clone()
        },
    ];
    for (number, mutant) in mutants.into_iter().enumerate() {
        let mut story = story.clone();
        story.push_share(mutant);
        assert!(broken(&story.audit()).contains(&"shares"), "mutant {number}");
    }
    let mut story = story.clone();
    story.push_share(honest);
    assert_only(&story.audit(), &[]);
}

#[test]
fn d15_a_share_without_one_of_its_points_is_refused() {
    let mut story = tallied();
    let mut share = story.share(1, 0);
    let shorter = share.points.len() - 32;
    share.points.truncate(shorter);
    story.push_share(share);
    assert_only(&story.audit(), &["shares"]);
}

#[test]
fn d8_good_shares_decide_and_the_bad_one_names_its_trustee() {
    let mut story = tallied();
    let mut bad = story.share(1, 0);
    bad.proof = [1; 64].into();
    story.push_share(bad);
    story.shares(&[0, 2]);
    story.results();
    let verdict = story.audit();
    assert_only(&verdict, &["shares"]);
    assert_breaks(&verdict, "shares", "fault of trustee 1");
    assert!(verdict.claim("plaintexts").unwrap().standing.is_held());
}

#[test]
fn all_trustees_shares_lie_on_one_polynomial() {
    let mut story = tallied();
    story.shares(&[0, 1, 2]);
    story.results();
    assert_only(&story.audit(), &[]);
}

#[test]
fn d10_a_share_of_another_head_is_refused() {
    let mut story = tallied();
    let mut early = story.share(1, 0);
    // The head right after opening: decrypting it and the closing one differs by single voters.
    early.size = 1;
    story.push_share(early);
    let verdict = story.audit();
    assert_breaks(&verdict, "shares", "head of size 1");
    assert_breaks(&verdict, "order", "head of size 1");
}

#[test]
fn d10_a_second_share_of_one_trustee_is_refused() {
    let mut story = tallied();
    for _ in 0..2 {
        let share = story.share(1, 0);
        story.push_share(share);
    }
    assert_breaks(&story.audit(), "shares", "already");
}

#[test]
fn d12_a_result_without_proven_shares_is_refused() {
    let mut story = tallied();
    let result = story.result(0);
    story.push(&Entry::Result(result));
    let verdict = story.audit();
    assert_breaks(&verdict, "shares", "expected 2 proven shares, found 0");
    assert_breaks(&verdict, "order", "threshold");
    assert!(!verdict.claim("plaintexts").unwrap().standing.is_held());
}

#[test]
fn d12_one_proven_share_and_one_empty_proof_make_no_result() {
    let mut story = tallied();
    let good = story.share(0, 0);
    story.push_share(good);
    let mut unproven = story.share(1, 0);
    unproven.proof = [0; 64].into();
    story.push_share(unproven);
    let result = story.result(0);
    story.push(&Entry::Result(result));
    let verdict = story.audit();
    assert_breaks(&verdict, "shares", "expected 2 proven shares, found 1");
    assert!(matches!(
        verdict.results[0].standing,
        auditor::Proven::Unproven { .. }
    ));
}

#[test]
fn f1_totals_and_winners_are_recomputed_not_believed() {
    let mut story = tallied();
    story.shares(&[0, 2]);
    let honest = story.result(0);
    let mut totals = honest.totals.clone();
    totals.swap(0, 1);
    totals[2] += 1;
    let mutants = [
        (
            ContestResult {
                totals,
                ..honest.clone()
            },
            "plaintexts",
        ),
        (
            ContestResult {
                totals: honest.totals[1..].to_vec(),
                ..honest.clone()
            },
            "plaintexts",
        ),
        (
            ContestResult {
                winners: Some(vec![]),
                ..honest.clone()
            },
            "winners",
        ),
        (
            ContestResult {
                winners: None,
                ..honest.clone()
            },
            "winners",
        ),
        (
            ContestResult {
                winners: honest.winners.clone().map(|mut winners| {
                    winners.reverse();
                    winners.push(7);
                    winners
                }),
                ..honest
            },
            "winners",
        ),
    ];
    for (mutant, claim) in mutants {
        let mut story = story.clone();
        story.push(&Entry::Result(mutant));
        let verdict = story.audit();
        assert!(
            broken(&verdict).contains(&claim),
            "{claim}: {:?}",
            broken(&verdict)
        );
    }
}

#[test]
fn d7_opening_without_enough_rehearsals_is_refused() {
    let mut story = Story::begin(crate::kit::People::golden());
    story.key_ceremony();
    story.issuers();
    story.rehearse(0);
    story.rehearse(1);
    story.open();
    let verdict = story.audit();
    assert_breaks(
        &verdict,
        "rehearsal",
        "expected 3 proven rehearsals before it, found 2",
    );
    assert_breaks(&verdict, "order", "rehearsed");
}

#[test]
fn a9_a_proof_of_one_role_is_refused_in_another() {
    // Possession, rehearsal and decryption are proven by 64 bytes each.
    let mut story = tallied();
    let mut setup = Story::begin(crate::kit::People::golden());
    setup.key_ceremony();
    let possession = crate::kit::dealing(&setup.id(), 1).commitment().possession;
    let index = setup.rehearse(1) as usize;
    let Ok(Entry::Rehearsal(rehearsal)) = Entry::from_bytes(&setup.entries[index]) else {
        panic!("a rehearsal")
    };
    let share = story.share(1, 0);
    for proof in [possession, rehearsal.body.proof] {
        let mut story = story.clone();
        story.push_share(DecryptionShare {
            proof,
            ..share.clone()
        });
        assert_only(&story.audit(), &["shares"]);
    }
    for proof in [possession, share.proof] {
        let mut other = setup.clone();
        other.entries.pop();
        let body = voting_core::entry::Rehearsal {
            proof,
            ..rehearsal.body.clone()
        };
        let signed = voting_core::entry::Signed::new(body, &setup.id(), &setup.people.trustees[1]);
        other.entries.push(Entry::Rehearsal(signed).to_bytes());
        assert_breaks(&crate::kit::audit(&other.entries, &[]), "rehearsal", "trustee 1");
    }
    story.push_share(share);
    assert_only(&story.audit(), &[]);
}

#[test]
fn d6_any_two_of_three_trustees_decide_and_one_alone_does_not() {
    for pair in [[0, 1], [0, 2], [1, 2]] {
        let mut story = tallied();
        story.shares(&pair);
        story.results();
        assert_eq!(story.audit().overall(), auditor::Overall::Held);
    }
    let mut story = tallied();
    story.shares(&[1]);
    let verdict = story.audit();
    assert_eq!(verdict.overall(), auditor::Overall::Open);
    assert!(!verdict.claim("shares").unwrap().standing.is_held());
}

#[test]
fn d9_a_tally_of_one_voters_ballot_is_not_fit_to_be_decrypted() {
    let mut story = voted().clone();
    story.close();
    let only = story
        .ballots
        .iter()
        .next()
        .map(|(key, ballot)| (*key, ballot.clone()));
    story.ballots = only.into_iter().collect();
    story.tally();
    let verdict = story.audit();
    assert_breaks(&verdict, "sums", "cell 0");
    assert!(verdict.fit_to_decrypt().is_err());
    // Who decrypts it all the same is convicted by the ledger.
    let share = story.share(1, 0);
    story.push_share(share);
    assert_breaks(&story.audit(), "order", "smallest group");
}
