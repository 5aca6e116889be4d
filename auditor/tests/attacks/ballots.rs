//! Section C: copy, replay, clash, reorder, drop, stuff.

use voting_core::entry::{Entry, Tally};
use voting_core::ledger::leaf_hash;

use crate::kit::{Voter, assert_breaks, assert_only, golden, opened, voted};

#[test]
fn c1_and_c3_a_ballot_posted_twice_is_refused() {
    let mut story = voted().clone();
    let copy = story.cast(3, 0);
    story.batch(vec![copy]);
    let verdict = story.audit();
    assert_only(&verdict, &["sequence"]);
    assert_breaks(&verdict, "sequence", "expected at least 1");
}

#[test]
fn c1_a_copy_under_another_credential_is_refused() {
    let election = opened().election();
    let original = opened().cast(3, 0);
    let thief = Voter::new(4);
    let mut copy = original.clone();
    copy.credential = thief.credential.public().into();
    copy.tokens = thief.tokens(election).into_iter().map(Into::into).collect();
    let mut story = opened().clone();
    story.batch(vec![original, copy]);
    assert_only(&story.audit(), &["ballots"]);
}

#[test]
fn c4_reordered_ballots_of_one_voter_are_refused() {
    let mut story = opened().clone();
    let (first, second) = (story.cast(1, 0), story.cast(1, 1));
    story.batch(vec![second]);
    story.batch(vec![first]);
    assert_only(&story.audit(), &["sequence"]);
}

#[test]
fn c4_two_ballots_of_one_voter_in_one_batch_are_refused() {
    let mut story = opened().clone();
    let both = vec![story.cast(1, 0), story.cast(1, 1)];
    story.batch(both);
    assert_breaks(&story.audit(), "batches", "two ballots of one credential");
}

#[test]
fn c4_a_batch_in_order_of_arrival_is_refused() {
    let mut story = opened().clone();
    let mut ballots: Vec<_> = (0..4).map(|voter| story.cast(voter, 0)).collect();
    ballots.sort_by_key(|ballot| core::cmp::Reverse(leaf_hash(&Entry::Ballot(ballot.clone()).to_bytes())));
    story.unsorted(ballots);
    assert_breaks(&story.audit(), "batches", "ascend by leaf hash");
}

#[test]
fn c6_a_ballot_left_out_of_the_count_is_noticed() {
    let mut story = voted().clone();
    story.close();
    let left_out = *story.ballots.keys().next().unwrap();
    story.ballots.remove(&left_out);
    story.tally();
    let verdict = story.audit();
    assert_breaks(&verdict, "counted", "expected 10, found 9");
    assert_breaks(&verdict, "sums", "cell 0");
}

#[test]
fn c6_the_earlier_ballot_counted_instead_of_the_later_is_noticed() {
    let mut story = voted().clone();
    story.close();
    let earlier = story.cast(1, 0);
    story.ballots.insert(*earlier.credential, earlier);
    story.tally();
    assert_only(&story.audit(), &["sums"]);
}

#[test]
fn c7_a_late_ballot_is_refused_and_not_counted() {
    let mut story = opened().clone();
    let ballots = (0..4).map(|voter| story.cast(voter, 0)).collect();
    story.batch(ballots);
    story.close();
    let tallies: Vec<Tally> = (0..2).map(|contest| story.tally_entry(contest)).collect();
    let late = story.cast(5, 0);
    story.batch(vec![late]);
    for tally in tallies {
        story.push(&Entry::Tally(tally));
    }
    let verdict = story.audit();
    assert_only(&verdict, &["order", "batches", "after-close"]);
    assert_eq!(verdict.figures.unwrap().counted, 4);
}

#[test]
fn c7_voting_cannot_be_resumed_or_extended_after_close() {
    for (kind, make) in [
        ("resume", Entry::Resume as fn(_) -> _),
        ("pause", Entry::Pause),
        ("open", Entry::Open),
    ] {
        let mut story = voted().clone();
        story.close();
        let act = story.act(kind, "again");
        story.push_act(make(act));
        assert_breaks(&story.audit(), "after-close", kind);
    }
}

#[test]
fn c9_a_revote_in_another_style_is_refused() {
    // The issuers collude: the voter of style 0 has passes of style 1 too.
    let mut story = voted().clone();
    let mut voter = Voter::new(2);
    voter.style = 1;
    let moved = voter.ballot(story.election(), 1);
    story.batch(vec![moved]);
    let verdict = story.audit();
    assert_only(&verdict, &["sequence"]);
    assert_breaks(&verdict, "sequence", "style");
}

#[test]
fn c10_passes_swapped_between_ballots_are_refused() {
    let mut story = opened().clone();
    let (mut one, mut two) = (story.cast(1, 0), story.cast(2, 0));
    core::mem::swap(&mut one.tokens, &mut two.tokens);
    story.batch(vec![one, two]);
    assert_breaks(&story.audit(), "tokens", "tokens[0]");
}

#[test]
fn c10_ballots_stuffed_beyond_the_records_are_noticed() {
    // All issuers collude with the box: three more passes of style 0.
    let mut story = voted().clone();
    let stuffed = [10, 11, 12].map(|voter| story.cast(voter, 0)).into();
    story.batch(stuffed);
    story.close();
    story.finish();
    let verdict = story.audit();
    assert_only(&verdict, &["eligibility"]);
    assert_breaks(&verdict, "eligibility", "at most 5");
}

#[test]
fn c6_a_replaced_ballot_that_cannot_be_read_again_leaves_the_sums_open() {
    let mut audit = auditor::Audit::begin(None, [1; 32]);
    for entry in &golden().entries {
        audit.entry(entry, &mut auditor::NoRecall);
    }
    let verdict = audit.finish(&[&golden().checkpoint()], &mut auditor::NoRecall);
    assert_only(&verdict, &[]);
    for claim in ["counted", "sums"] {
        assert!(!verdict.claim(claim).unwrap().standing.is_held());
    }
}

#[test]
fn e4_nobody_replaces_a_ballot_without_its_credential() {
    // Everything of the victim's ballot is public but the secret behind it.
    let mut story = voted().clone();
    let mut replay = story.cast(3, 0);
    replay.sequence = 1u32.to_be_bytes().into();
    story.batch(vec![replay]);
    let verdict = story.audit();
    assert_only(&verdict, &["ballots"]);
    assert_eq!(verdict.figures.unwrap().replaced, 2);
}

#[test]
fn g12_a_stolen_pass_is_worth_nothing_under_another_credential() {
    let mut story = voted().clone();
    let (victim, mut thief) = (Voter::new(3), Voter::new(14));
    thief.style = victim.style;
    let context = story.election().ballot_context(victim.style).unwrap();
    let (stolen, values) = (
        victim.tokens(story.election()),
        victim.values(story.election(), 0),
    );
    let ballot = thief.ballot_in(&context, stolen, &values, 0);
    story.batch(vec![ballot]);
    let verdict = story.audit();
    assert_only(&verdict, &["tokens"]);
    assert_eq!(verdict.figures.unwrap().counted, 10);
}
