//! Less common ways to a result: a lot, a rule that is not computed, an
//! interrupted poll.

use auditor::{Overall, Proven};
use voting_core::entry::{ContestResult, Entry};
use voting_core::manifest::{Manifest, Method, TieBreak};

use crate::kit::{People, Story, assert_breaks, assert_only};

/// Ten votes: project 0 has four, projects 1 and 2 three each. After project 0
/// there is money for either of the two, not for both.
fn closed(change: impl FnOnce(&mut Manifest)) -> Story {
    let mut story = Story::whole_setup(People::with(change));
    let ballots = (0..10).map(|voter| story.cast(voter, 0)).collect();
    story.batch(ballots);
    story.close();
    story
}

fn opened_sums(mut story: Story) -> Story {
    story.tally();
    story.reports();
    story.shares(&[0, 2]);
    story
}

fn lot(story: &mut Story, value: &str) -> u64 {
    let act = story.act("lot", value);
    story.push_act(Entry::Lot(act))
}

fn winners(story: &Story, contest: usize) -> Option<Vec<String>> {
    match &story.audit().results[contest].standing {
        Proven::Totals { winners, .. } => winners.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_public_lot_decides_between_equals_once_and_after_close() {
    let by_lot = |manifest: &mut Manifest| manifest.contests[0].tie_break = TieBreak::Lot;
    let waiting = opened_sums(closed(by_lot));
    // Not before it is drawn, and not without a value.
    let mut early = waiting.clone();
    let result = ContestResult {
        winners: Some(vec![0, 1]),
        ..early.result(0)
    };
    early.push(&Entry::Result(result.clone()));
    assert_breaks(&early.audit(), "order", "before the lot was drawn");
    let mut empty = waiting.clone();
    lot(&mut empty, "");
    assert_breaks(&empty.audit(), "order", "the drawn value is missing");
    let mut opening = Story::whole_setup(People::with(by_lot));
    lot(&mut opening, "3 7 12");
    assert_breaks(&opening.audit(), "order", "not legal in phase \"open\"");

    // Two draws that put the two in another order.
    let mut seen = Vec::new();
    for value in ["3 7 12", "1 2 3", "4 5 6", "7 8 9", "5 6 7", "2 4 6"] {
        let mut story = waiting.clone();
        lot(&mut story, value);
        story.results();
        let verdict = story.audit();
        assert_eq!(verdict.overall(), Overall::Held, "{:#?}", verdict.claims);
        assert_eq!(winners(&story, 0).unwrap().len(), 2);
        seen.push((value, story.result(0).winners));
        let mut twice = waiting.clone();
        lot(&mut twice, value);
        lot(&mut twice, "0");
        assert_breaks(&twice.audit(), "order", "the lot was drawn already");
    }
    let (first, other) = (seen[0].clone(), seen.iter().find(|one| one.1 != seen[0].1));
    let other = other.expect("six lots of two orders are not all alike");
    // The winners of another draw are not the winners of this one.
    let mut wrong = waiting;
    lot(&mut wrong, first.0);
    wrong.push(&Entry::Result(ContestResult {
        winners: other.1.clone(),
        ..result
    }));
    assert_breaks(&wrong.audit(), "winners", "winners");
}

#[test]
fn f8_a_rule_that_is_not_computed_leaves_the_winners_open() {
    let name = "equalshares".to_owned();
    let story = closed(|manifest| manifest.contests[0].rule.method = Method::NotComputed { name });
    let opened = opened_sums(story);
    let mut honest = opened.clone();
    honest.results();
    assert_eq!(honest.audit().overall(), Overall::Held);
    assert_eq!(winners(&honest, 0), None);
    assert!(winners(&honest, 1).is_some());
    // Whoever names some guesses.
    let mut guessed = opened;
    let result = ContestResult {
        winners: Some(vec![0]),
        ..guessed.result(0)
    };
    guessed.push(&Entry::Result(result));
    assert_only(&guessed.audit(), &["winners"]);
}

#[test]
fn a_poll_that_was_interrupted_and_extended_holds_like_any_other() {
    let mut story = Story::whole_setup(People::golden());
    let first: Vec<_> = (0..5).map(|voter| story.cast(voter, 0)).collect();
    story.batch(first);
    story.officers("pause", "flood", 0, Entry::Pause);
    story.officers("extend", "flood", 1_801_100_000, Entry::Extend);
    let paused = story.clone();
    story.officers("resume", "dry", 0, Entry::Resume);
    story.officers("extend", "flood", 1_801_200_000, Entry::Extend);
    let second: Vec<_> = (5..10).map(|voter| story.cast(voter, 0)).collect();
    story.batch(second.clone());
    story.close();
    story.finish();
    let verdict = story.audit();
    assert_eq!(verdict.overall(), Overall::Held, "{:#?}", verdict.claims);
    assert_eq!(verdict.figures.unwrap().counted, 10);
    // A batch that was taken while the poll was interrupted counts for nothing.
    let mut story = paused;
    story.batch(second);
    assert_breaks(&story.audit(), "order", "not legal in phase \"paused\"");
}

#[test]
fn a_lot_that_no_contest_asks_for_is_refused() {
    let drawn = |tie_break: TieBreak| {
        let change = |manifest: &mut Manifest| {
            for contest in &mut manifest.contests {
                contest.tie_break = tie_break;
            }
        };
        let mut story = Story::whole_setup(People::with(change));
        story.close();
        story.officers("lot", "3 17 22", 0, Entry::Lot);
        story.audit()
    };
    assert_only(&drawn(TieBreak::Lot), &[]);
    assert_breaks(
        &drawn(TieBreak::LowerCost),
        "order",
        "no contest breaks ties by lot",
    );
}
