//! The golden election through a real ballot box, over HTTP.

mod desk;

use auditor::Audit;
use desk::kit::{Story, broken};
use desk::{Desk, people};
use voting_core::entry::Entry;
use voting_core::ledger::{Receipt, leaf_hash};

#[test]
fn a_whole_election_through_the_ballot_box_passes_the_audit_even_with_restarts() {
    let mut story = Story::whole_setup(people(|manifest| manifest.smallest_group = 3));
    let mut desk = Desk::with(&story);
    desk.vote(&story);
    // What is counted survives a restart, and a lost index.
    desk.stop();
    std::fs::remove_dir_all(desk.folder.path().join("index")).unwrap();
    desk.restart(&story);
    desk.follow(&mut story);
    let close = Entry::Close(story.act("close", ""));
    let receipt = desk.client.post("/entries", &close.to_bytes()).unwrap();
    let place = Receipt::parse(receipt.as_bytes()).unwrap().index;
    desk.follow(&mut story);
    assert_eq!(story.entries[place as usize], close.to_bytes());
    // The sums follow at once, and they are the honest ones.
    let tallies: Vec<_> = (0..2)
        .map(|contest| Entry::Tally(story.tally_entry(contest)).to_bytes())
        .collect();
    assert_eq!(story.entries[place as usize + 1..], tallies);
    let before = story.entries.len();
    story.reports();
    story.shares(&[0, 2]);
    story.results();
    for entry in &story.entries[before..] {
        desk.client.post("/entries", entry).unwrap();
    }
    desk.restart(&story);
    assert_eq!(desk.client.entries(), story.entries);
    assert_eq!(desk.client.status()["phase"], "decided");
    let checkpoint = desk.client.get("checkpoint").unwrap();
    let mut audit = Audit::begin(None, [42; 32]);
    let entries = story.entries.clone();
    let mut recall = entries.as_slice();
    for entry in &entries {
        audit.entry(entry, &mut recall);
    }
    let verdict = audit.finish(&[&checkpoint], &mut recall);
    assert_eq!(broken(&verdict), Vec::<&str>::new());
}

#[test]
fn batches_are_sorted_ended_by_their_count_and_nothing_tells_the_order_of_arrival() {
    let story = Story::whole_setup(people(|_| {}));
    let desk = Desk::with(&story);
    desk.vote(&story);
    let mut batch = Vec::new();
    let mut sizes = Vec::new();
    for bytes in &desk.client.entries()[story.entries.len()..] {
        match Entry::from_bytes(bytes).unwrap() {
            Entry::Ballot(_) => batch.push(leaf_hash(bytes)),
            Entry::Batch(end) => {
                assert_eq!(end.count as usize, batch.len());
                assert!(batch.is_sorted());
                sizes.push(batch.len());
                batch.clear();
            }
            other => panic!("{}", other.kind()),
        }
    }
    assert_eq!(sizes.iter().sum::<usize>(), 12);
}

#[test]
fn an_export_holds_what_is_served_byte_for_byte() {
    let story = Story::whole_setup(people(|_| {}));
    let mut desk = Desk::with(&story);
    desk.vote(&story);
    let url = desk.client.clone();
    let ledger_folder = desk.folder.clone();
    let served: Vec<(String, Vec<u8>)> = {
        let paths = ["checkpoint", "tile/0/000.p/", "tile/entries/000.p/"];
        let size = url.checkpoint().size;
        assert!(size < 256, "one partial tile");
        let full = |path: &str| match path.ends_with('/') {
            true => format!("{path}{size}"),
            false => path.to_owned(),
        };
        let read = |path: &&str| (full(path), url.get(&full(path)).unwrap());
        paths.iter().map(read).collect()
    };
    desk.stop();
    let out = tempfile::tempdir().unwrap();
    let ledger = ballot_box::service::Ledger::open(&ledger_folder).unwrap();
    let files = ballot_box::export::export(&ledger.files(), out.path()).unwrap();
    assert_eq!(files, served.len());
    for (path, bytes) in served {
        assert_eq!(std::fs::read(out.path().join(path)).unwrap(), bytes);
    }
}
