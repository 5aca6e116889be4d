//! The recount, in a browser.

use std::sync::Arc;

use serde_json::{Value, json};
use voting_core::entry::Entry;

use super::{Town, ready, retold, run, twisted};
use crate::desk::kit::{People, Story};
use crate::mirror::Mirror;
use crate::site::{decided, folder, texts};

/// The ledger itself signs for a last entry of which one bit differs.
fn miscounted(story: &Story) -> Mirror {
    let mut entries = story.entries.clone();
    *entries.last_mut().unwrap().last_mut().unwrap() ^= 1;
    Mirror::of(folder(&retold(story, entries), &texts()).path())
}

fn another_poll() -> Mirror {
    Mirror::of(folder(decided(), &texts()).path())
}

fn by_the_command(town: &Town, url: &str) -> auditor::Verdict {
    let mut source = auditor::command::Source::open(url).unwrap();
    auditor::command::audit(&mut source, Some(town.story.id()), &[], &mut |_| {}).unwrap()
}

#[test]
fn h5_the_recount_in_a_browser_says_what_the_command_says() {
    let Some((browser, booth)) = ready() else { return };
    let town = Town::decided(&booth);
    let entries = town.story.entries.iter();
    let is_ballot = |entry: &&Vec<u8>| matches!(Entry::from_bytes(entry), Ok(Entry::Ballot(_)));
    let opened = entries.take_while(|entry| !is_ballot(entry)).count();
    let copies = [
        (town.copy(), "held"),
        (miscounted(&town.story), "broken"),
        (twisted(&town.story), "broken"),
        (another_poll(), "broken"),
        (town.until(opened), "not-finished"),
    ];
    let recount = town.path("en", "recount");
    let mut looks = vec![
        json!({ "page": recount }),
        json!({ "page": town.path("ar", "recount") }),
    ];
    looks.extend(
        copies
            .iter()
            .map(|(copy, _)| json!({ "page": format!("{recount}?copy={}", copy.url) })),
    );
    let found = run(&browser, &town, json!({ "check": looks }), "recount");
    let expected = by_the_command(&town, &town.mirror.url);
    assert_eq!(found[0]["held"], expected.claims.len());
    for look in &found.as_array().unwrap()[..2] {
        is_shown(look, &expected);
    }
    for ((copy, outcome), look) in copies.iter().zip(&found.as_array().unwrap()[2..]) {
        assert_eq!(look["outcome"], *outcome, "{look}");
        let verdict = by_the_command(&town, &copy.url);
        assert_eq!(look["ending"], verdict.ending());
        let signed = verdict.figures.is_none_or(|figures| figures.signed);
        assert_eq!(look["unsigned"], !signed, "{outcome}");
        // Another poll's totals do not stand under this one's names.
        let own = verdict
            .manifest
            .is_some_and(|manifest| manifest.election_id() == town.story.id());
        let shown = look["votes"].as_array().unwrap();
        assert!(own || shown.is_empty(), "{shown:?}");
    }
}

fn is_shown(look: &Value, expected: &auditor::Verdict) {
    assert_eq!(look["outcome"], "held");
    assert_eq!(look["ending"], expected.ending());
    let figures = expected.figures.as_ref().unwrap();
    assert_eq!(
        look["figures"],
        json!([
            figures.entries,
            figures.ballots,
            figures.counted,
            figures.replaced
        ])
    );
    assert_eq!(look["root"], hex::encode(figures.root));
    let votes: Vec<u64> = expected.results.iter().flat_map(votes).collect();
    assert_eq!(look["votes"], json!(votes));
}

fn votes(outcome: &auditor::ContestOutcome) -> Vec<u64> {
    match &outcome.standing {
        auditor::Proven::Totals { projects, .. } => projects.iter().map(|project| project.votes).collect(),
        _ => Vec::new(),
    }
}

/// Ten voters who cannot make up their minds: more entries than one file holds.
fn undecided(people: Arc<People>) -> Story {
    let mut story = Story::whole_setup(people);
    for round in 0..25 {
        let ballots = (0..10).map(|voter| story.cast(voter, round)).collect();
        story.batch(ballots);
    }
    story.close();
    story.finish();
    story
}

#[test]
fn a_recount_says_how_far_it_is_and_goes_on_after_a_stop_and_a_broken_line() {
    let Some((browser, booth)) = ready() else { return };
    let town = Town::after(&booth, undecided);
    let size = town.story.entries.len();
    let facts = json!({ "interrupt": [{
        "page": town.path("en", "recount"),
        "first": "tile/entries/000",
        "second": format!("tile/entries/001.p/{}", size - 256),
        "progress": [256, size],
    }] });
    let found = run(&browser, &town, facts, "recount-interrupted");
    is_shown(&found[0], &by_the_command(&town, &town.mirror.url));
    assert_eq!(found[0]["firstAsked"], 1, "it goes on where it was");
}
