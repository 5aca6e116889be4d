//! "Find my ballot", in a browser.

use serde_json::{Value, json};
use voting_core::entry::Entry;

use super::{Town, ready, retold, run, twisted};
use crate::desk::kit::{Story, files};
use crate::mirror::{Answer, Mirror};
use crate::site::{decided, folder, texts};

fn receipt(story: &Story, index: u64) -> String {
    files::receipt(&story.entries, &story.checkpoint(), index).to_string()
}

/// Indices of the ballots, in the ledger's order.
fn ballots(story: &Story) -> Vec<u64> {
    let entries = story.entries.iter();
    let ballot = |entry: &[u8]| matches!(Entry::from_bytes(entry), Ok(Entry::Ballot(_)));
    (0..)
        .zip(entries)
        .filter(|(_, entry)| ballot(entry))
        .map(|(index, _)| index)
        .collect()
}

/// The same ledger without an entry, signed: what a ballot box that drops it shows.
fn without(story: &Story, index: u64) -> Mirror {
    let mut entries = story.entries.clone();
    entries.remove(index as usize);
    Mirror::of(folder(&retold(story, entries), &texts()).path())
}

/// The same entries under a head of which one line was changed.
fn unsigned(town: &Town) -> Mirror {
    let mirror = town.copy();
    let head = String::from_utf8(town.story.checkpoint()).unwrap();
    let root = head.lines().nth(2).unwrap();
    let other = head.replace(root, &format!("{}=", "A".repeat(43)));
    mirror.lie("checkpoint", Answer::File(other.into_bytes()));
    mirror
}

fn parts(found: &Value) -> Vec<&str> {
    let looks = found.as_array().unwrap().iter();
    looks.map(|look| look["part"].as_str().unwrap()).collect()
}

fn is_good(part: &str) -> bool {
    matches!(part, "counted" | "replaced")
}

#[test]
fn h4_a_voter_finds_the_ballot_in_a_browser_and_the_server_learns_nothing() {
    let Some((browser, booth)) = ready() else { return };
    let town = Town::decided(&booth);
    let ballots = ballots(&town.story);
    let receipt = |place: usize| receipt(&town.story, ballots[place]);
    let (find, arabic) = (
        town.path("en", "find-my-ballot"),
        town.path("ar", "find-my-ballot"),
    );
    let copy = town.copy();
    let facts = json!({ "find": [
        { "page": find, "receipt": receipt(0) },
        { "page": find, "receipt": receipt(9), "by": "keyboard" },
        { "page": find, "receipt": receipt(5), "by": "link" },
        { "page": arabic, "receipt": receipt(2) },
        { "page": format!("{find}?copy={}", copy.url), "receipt": receipt(2) },
        { "page": find, "receipt": "thank you for voting" },
    ]});
    town.mirror.asked();
    let found = run(&browser, &town, facts, "find");
    let shown = parts(&found);
    assert!(shown[..5].iter().all(|part| is_good(part)), "{shown:?}");
    assert_eq!(shown[5], "no-receipt");
    // Whichever ballot it was, the browser asked everybody for the same things in the same order,
    let requests = |look: usize| found[look]["requests"].as_array().unwrap();
    assert!(requests(0).len() > 4, "{:?}", requests(0));
    assert_eq!(requests(0), requests(1));
    assert_eq!(requests(0), requests(2));
    // and so the ledger's server was asked.
    let asked = town.mirror.asked();
    let asked: Vec<&str> = asked
        .iter()
        .map(String::as_str)
        .filter(|path| *path != "checkpoint")
        .collect();
    let width = town.story.entries.len();
    let (entries, hashes) = (
        format!("tile/entries/000.p/{width}"),
        format!("tile/0/000.p/{width}"),
    );
    assert_eq!(asked, [entries.as_str(), &hashes, &entries].repeat(4));
    assert!(copy.asked().contains(&hashes));
}

#[test]
fn h4_no_copy_that_lies_makes_a_browser_say_that_the_ballot_is_there() {
    let Some((browser, booth)) = ready() else { return };
    let town = Town::decided(&booth);
    let ballots = ballots(&town.story);
    let own = receipt(&town.story, ballots[2]);
    let other = Mirror::of(folder(decided(), &texts()).path());
    let lacking = town.copy();
    let width = town.story.entries.len();
    lacking.lie(&format!("tile/0/000.p/{width}"), Answer::Status(404));
    let copies = [
        (without(&town.story, ballots[2]), "dropped"),
        (twisted(&town.story), "unproven"),
        (unsigned(&town), "not-signed"),
        (other, "other-election"),
        (town.until(ballots[0] as usize), "older"),
        (lacking, "missing"),
    ];
    let find = town.path("en", "find-my-ballot");
    let look = |url: &str| json!({ "page": format!("{find}?copy={url}"), "receipt": own });
    let mut looks: Vec<Value> = copies.iter().map(|(copy, _)| look(&copy.url)).collect();
    looks.push(look("http://127.0.0.1:9"));
    let found = run(&browser, &town, json!({ "find": looks }), "find-lies");
    let mut expected: Vec<&str> = copies.iter().map(|(_, part)| *part).collect();
    expected.push("unreachable");
    assert_eq!(parts(&found), expected);
    let proof: auditor::Evidence = serde_json::from_value(found[0]["proof"].clone()).unwrap();
    assert!(matches!(proof.check(), Ok(auditor::Shown::Dropped { index, .. }) if index == ballots[2]));
}
