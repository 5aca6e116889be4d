//! Ledgers that are silent, late or lie: pages say so and show no number.

use std::time::Duration;

use ed25519_dalek::SigningKey;
use voting_core::ledger::{Checkpoint, SignerKey, bundle_path, encode_bundle};
use web::record::Ledger;

use crate::judge::Page;
use crate::mirror::{Answer, Mirror};
use crate::site::{Site, decided, folder, ledger, poll_path, results_path, shown, stages, texts, turn};

fn results(site: &Site) -> (u16, String) {
    let answer = site.reader.get(&results_path("en", decided()));
    let page = Page::parse("results", answer.text());
    page.judge("en", "ltr");
    (answer.status, page.text("main"))
}

#[test]
fn a_ledger_that_falls_silent_is_out_of_reach_and_comes_back() {
    let mirror = Mirror::of(folder(decided(), &texts()).path());
    let site = Site::of(vec![ledger(&mirror.url)], Duration::from_millis(400));
    site.reader.wait_for("/en/", "Result is known");
    let note = mirror.file("checkpoint");
    mirror.lie("checkpoint", Answer::Status(502));
    let list = site.reader.wait_for("/en/", "The public record is out of reach");
    assert!(list.contains("Riverside decides"), "its name is sealed");
    let (status, text) = results(&site);
    assert_eq!(status, 503);
    assert!(text.contains("It shows no older numbers instead."), "{text}");
    // What is sealed cannot change; how the poll stands can.
    let poll = Page::parse("poll", &site.reader.page(&poll_path("en", decided())));
    assert!(poll.text("main").contains("Forty lime trees") && poll.text(".notice").contains("out of reach"));
    assert!(!poll.text("main").contains("Result is known") && poll.all("a.button").is_empty());
    mirror.lie("checkpoint", Answer::File(note));
    site.reader.wait_for("/en/", "Result is known");
    assert_eq!(results(&site).0, 200);
}

#[test]
fn a_ledger_that_never_answered_shows_nothing() {
    let mirror = Mirror::of(folder(decided(), &texts()).path());
    mirror.lie("checkpoint", Answer::File(b"a page about elections\n".to_vec()));
    let site = Site::reading(&mirror.url);
    site.reader.wait_for("/en/", "The public record is out of reach");
    let (status, text) = results(&site);
    assert_eq!(status, 503, "whether there is such a poll is not known: {text}");
    let answer = site.reader.get(&poll_path("en", decided()));
    assert_eq!((answer.status, answer.header("retry-after")), (503, "10"));
}

#[test]
fn f6_changed_entries_are_not_shown() {
    let mirror = Mirror::of(folder(decided(), &texts()).path());
    let mut entries = decided().entries.clone();
    let place = entries.len() - 1;
    *entries[place].last_mut().unwrap() ^= 1;
    let path = bundle_path(0, entries.len() as u32);
    let honest = mirror.file(&path);
    mirror.lie(&path, Answer::File(encode_bundle(&entries)));
    let site = Site::reading(&mirror.url);
    site.reader.wait_for("/en/", "does not pass its checks");
    let (status, text) = results(&site);
    assert_eq!(status, 503);
    assert!(text.contains("do not lead to the root"), "{text}");
    mirror.lie(&path, Answer::File(honest));
    site.reader.wait_for("/en/", "Result is known");
}

#[test]
fn a_result_that_is_not_proven_is_not_shown() {
    let mut story = stages()[4].1.clone();
    story.reports();
    story.shares(&[0, 2]);
    let mut result = story.result(0);
    result.totals[0] += 1;
    story.push(&voting_core::entry::Entry::Result(result));
    let mirror = Mirror::of(folder(&story, &texts()).path());
    let site = Site::reading(&mirror.url);
    site.reader.wait_for("/en/", "does not pass its checks");
    let (status, text) = results(&site);
    assert_eq!(status, 503);
    assert!(text.contains("wrong"), "{text}");
}

#[test]
fn e2_a_head_that_contradicts_an_earlier_one_is_not_believed() {
    let (mirror, site) = shown(decided(), &texts());
    let honest = mirror.file("checkpoint");
    // The ledger's own key signs another past.
    let head = Checkpoint {
        origin: decided().people.manifest.ledger.origin.clone(),
        size: decided().tree.size(),
        root: [7; 32],
    };
    let key = SignerKey::ed25519(&head.origin, &decided().people.ledger).unwrap();
    mirror.lie("checkpoint", Answer::File(head.sign(&key).into_bytes()));
    site.reader.wait_for("/en/", "does not pass its checks");
    let (status, text) = results(&site);
    assert_eq!(status, 503);
    assert!(text.contains("contradicts what it had signed before"), "{text}");
    // Going back to the first story does not make the second unsaid.
    mirror.lie("checkpoint", Answer::File(honest));
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(results(&site).0, 503);
}

#[test]
fn e6_another_key_or_an_older_head_changes_nothing() {
    let mirror = Mirror::of(folder(decided(), &texts()).path());
    let site = Site::of(vec![ledger(&mirror.url)], Duration::from_millis(400));
    site.reader.wait_for("/en/", "Result is known");
    // An older copy: a cache that lags, or a rollback. Nothing of it is shown.
    turn(&mirror, &stages()[1].1, &texts());
    let list = site.reader.wait_for("/en/", "out of reach");
    assert!(!list.contains("Voting is open"));
    let forged = Checkpoint {
        origin: decided().people.manifest.ledger.origin.clone(),
        size: decided().tree.size(),
        root: decided().tree.root(),
    };
    let key = SignerKey::ed25519(&forged.origin, &SigningKey::from_bytes(&[99; 32])).unwrap();
    mirror.lie("checkpoint", Answer::File(forged.sign(&key).into_bytes()));
    site.reader.wait_for("/en/", "does not pass its checks");
    assert!(
        results(&site)
            .1
            .contains("does not have the signature of the sealed key")
    );
}

#[test]
fn h9_another_election_than_the_one_named_is_refused() {
    let mirror = Mirror::of(folder(decided(), &texts()).path());
    let named = |election| Ledger {
        url: mirror.url.clone(),
        election: Some(election),
    };
    let other = Site::of(vec![named([7; 32])], Duration::from_secs(60));
    other.reader.wait_for("/en/", "does not pass its checks");
    let site = Site::of(vec![named(decided().id())], Duration::from_secs(60));
    site.reader.wait_for("/en/", "Result is known");
}

#[test]
fn texts_that_are_not_the_sealed_ones_are_not_shown() {
    let mut files = texts();
    files.insert(
        "projects.json",
        br#"{"title": "Another poll", "projects": {}}"#.to_vec(),
    );
    let (_mirror, site) = shown(decided(), &files);
    let page = Page::parse("poll", &site.reader.page(&poll_path("en", decided())));
    assert!(!page.text("main").contains("Another poll"));
    assert_eq!(
        page.text("h1"),
        "ضفة النهر تقرر",
        "the Arabic title is sealed and there"
    );
    assert!(page.text("main").contains("trees"), "the manifest's own name");
}
