//! Section A: Fiat–Shamir and proofs.

use voting_core::ballot::BallotContext;
use voting_core::group::{RistrettoPoint, Scalar, decode_point, message_base};
use voting_core::statement::Statement;

use crate::kit::{
    People, Story, Voter, assert_breaks, assert_only, audit, audited_with, golden, opened, voted,
};

fn moved(bytes: &[u8], by: RistrettoPoint) -> [u8; 32] {
    (decode_point(bytes).unwrap() + by).compress().to_bytes()
}

#[test]
fn a1_a_statement_chosen_after_the_challenge_is_refused() {
    let honest = opened().cast(1, 0);
    for cell in 0..3 {
        // One vote more in the cell, and the same with the randomness moved.
        let key = opened().election().keys.as_ref().unwrap().public.joint;
        let moves = [
            (RistrettoPoint::default(), *message_base()),
            (RistrettoPoint::mul_base(&Scalar::ONE), key),
        ];
        for (r, c) in moves {
            let mut forged = honest.clone();
            let at = cell * 64;
            let (r, c) = (
                moved(&honest.cells[at..at + 32], r),
                moved(&honest.cells[at + 32..at + 64], c),
            );
            forged.cells[at..at + 32].copy_from_slice(&r);
            forged.cells[at + 32..at + 64].copy_from_slice(&c);
            assert_only(&audited_with(forged), &["ballots"]);
        }
    }
}

#[test]
fn a10_and_a12_values_out_of_range_are_refused_whoever_knows_the_key() {
    // The device proves honestly, but for a range of its own choosing.
    for (maximum, value) in [(2, 2), (7, 3), (255, 255), (1 << 20, 1_000_000)] {
        let voter = Voter::new(1);
        let election = opened().election();
        let context = election.ballot_context(0).unwrap();
        let statement =
            Statement::new(vec![maximum; 3], context.statement.constraints()[..0].to_vec()).unwrap();
        let context = BallotContext { statement, ..context };
        let ballot = voter.ballot_in(&context, voter.tokens(election), &[value, 0, 0], 0);
        let verdict = audited_with(ballot);
        assert_only(&verdict, &["ballots"]);
        assert_breaks(&verdict, "ballots", "proof");
    }
}

#[test]
fn a12_a_ballot_that_breaks_a_constraint_is_refused() {
    // Three projects where two are allowed: the constraints are left out.
    let voter = Voter::new(1);
    let election = opened().election();
    let context = election.ballot_context(0).unwrap();
    let statement = Statement::new(context.statement.maxima().to_vec(), vec![]).unwrap();
    let context = BallotContext { statement, ..context };
    let ballot = voter.ballot_in(&context, voter.tokens(election), &[1, 1, 1], 0);
    assert_only(&audited_with(ballot), &["ballots"]);
}

#[test]
fn c2_a_ballot_of_another_election_style_or_key_is_refused() {
    let voter = Voter::new(1);
    let election = voted().election();
    let honest = election.ballot_context(0).unwrap();
    let values = voter.values(election, 0);
    let contexts = [
        BallotContext {
            election_id: [7; 32],
            ..election.ballot_context(0).unwrap()
        },
        BallotContext {
            key_digest: [7; 32],
            ..election.ballot_context(0).unwrap()
        },
        BallotContext {
            joint_key: honest.joint_key + honest.joint_key,
            ..election.ballot_context(0).unwrap()
        },
        BallotContext { style: 1, ..honest },
    ];
    for context in contexts {
        let mut ballot = voter.ballot_in(&context, voter.tokens(election), &values, 0);
        ballot.style = 0;
        assert_only(&audited_with(ballot), &["ballots"]);
    }
}

#[test]
fn a2_what_was_proven_under_one_manifest_is_refused_under_another() {
    // The same people, keys and secrets; one number of the manifest differs.
    let other = People::with(|manifest| manifest.retention_days += 1);
    let mut entries = golden().entries.clone();
    entries[0] = Story::manifest_entry(&other);
    let verdict = audit(&entries, &[]);
    for claim in ["joint-key", "issuers", "rehearsal", "order"] {
        assert_breaks(&verdict, claim, "");
    }
    // With that ballot's election signed anew but the ballot kept.
    let mut story = Story::whole_setup(other);
    story.batch(vec![opened().cast(1, 0)]);
    assert_breaks(&story.audit(), "ballots", "proof");
}

#[test]
fn b9_a_ballot_without_bound_is_refused_and_does_not_stop_the_count() {
    let voter = Voter::new(12);
    let election = opened().election();
    let context = election.ballot_context(0).unwrap();
    let statement = Statement::new(vec![u64::from(u32::MAX); 3], vec![]).unwrap();
    let context = BallotContext { statement, ..context };
    let ballot = voter.ballot_in(&context, voter.tokens(election), &[u64::from(u32::MAX), 0, 0], 0);
    let mut story = voted().clone();
    story.batch(vec![ballot]);
    story.close();
    story.finish();
    let verdict = story.audit();
    assert_only(&verdict, &["ballots"]);
    assert!(verdict.claim("plaintexts").unwrap().standing.is_held());
}
