//! `kill -9` at any moment loses nothing that was acknowledged.
//!
//! The command itself is killed, while voters cast without pause.

mod desk;

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use desk::kit::{Story, Voter, rng};
use desk::{Client, folder, people, serve};
use rand_core::Rng;
use voting_core::entry::Entry;
use voting_core::ledger::{Checkpoint, Receipt, leaf_hash};
use voting_core::lifecycle::Election;

const KILLS: usize = 50;
const VOTERS: u64 = 1_500;
const CLIENTS: usize = 32;

/// Ballots sealed beforehand, so that the kills fall into the casting.
fn ballots(election: &Election) -> Vec<Vec<u8>> {
    let seal = |voter: u64| Entry::Ballot(Voter::new(voter).ballot(election, 0)).to_bytes();
    let halves = [0..VOTERS / 2, VOTERS / 2..VOTERS];
    std::thread::scope(|scope| {
        let halves = halves.map(|half| scope.spawn(move || half.map(seal).collect::<Vec<_>>()));
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    })
}

/// What the voters know: the receipts they hold, and the newest head they saw.
#[derive(Default)]
struct Acknowledged(Mutex<HashMap<usize, Receipt>>);

/// One client: casts ballot after ballot, again and again until it is told the place.
fn client(
    ballots: &[Vec<u8>],
    current: &Mutex<Client>,
    next: &AtomicUsize,
    acknowledged: &Acknowledged,
    stop: &AtomicBool,
) {
    let mut ballot = next.fetch_add(1, Ordering::Relaxed);
    while ballot < ballots.len() && !stop.load(Ordering::Relaxed) {
        let client = current.lock().unwrap().clone();
        match client.try_post("/ballots", &ballots[ballot]) {
            Some(Ok(text)) => {
                client.verify(&text, &ballots[ballot]);
                let receipt = Receipt::parse(text.as_bytes()).unwrap();
                acknowledged.0.lock().unwrap().insert(ballot, receipt);
                ballot = next.fetch_add(1, Ordering::Relaxed);
            }
            // Stopping, or killed: the same ballot goes to the next process.
            Some(Err(problem)) if problem.status == 503 => std::thread::sleep(Duration::from_millis(5)),
            Some(Err(problem)) => panic!("{problem:?}"),
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

#[test]
fn e8_fifty_kills_under_load_lose_no_receipted_ballot_and_never_fork() {
    let story = Story::whole_setup(people(|manifest| {
        manifest.batch.min_ballots = 8;
        manifest.batch.max_ms = 60;
    }));
    let ballots = ballots(story.election());
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("box");
    folder(&path, &story);
    let (process, url) = serve(&path);
    let mut process = Some(process);
    let setup = Client::new(&url, &story);
    for entry in &story.entries[1..] {
        setup.post("/entries", entry).unwrap();
    }
    let (current, next, stop) = (Mutex::new(setup), AtomicUsize::new(0), AtomicBool::new(false));
    let acknowledged = Acknowledged::default();
    let mut heads: Vec<Checkpoint> = Vec::new();
    let mut rng = rng(8);
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| client(&ballots, &current, &next, &acknowledged, &stop));
        }
        for _ in 0..KILLS {
            std::thread::sleep(Duration::from_millis(u64::from(rng.next_u32() % 150)));
            // A kill may fall into any step, the start included.
            heads.push(current.lock().unwrap().checkpoint());
            drop(process.take());
            let (again, url) = serve(&path);
            process = Some(again);
            *current.lock().unwrap() = Client::new(&url, &story);
        }
        std::thread::sleep(Duration::from_millis(300));
        stop.store(true, Ordering::Relaxed);
    });
    let client = current.into_inner().unwrap();
    let acknowledged = acknowledged.0.into_inner().unwrap();
    assert!(
        acknowledged.len() > 100,
        "only {} receipts: too little load to mean anything",
        acknowledged.len()
    );
    let entries = client.entries();
    let leaves: Vec<_> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    for (&ballot, receipt) in &acknowledged {
        let leaf = leaf_hash(&ballots[ballot]);
        assert_eq!(
            leaves[receipt.index as usize], leaf,
            "a receipted ballot has moved"
        );
        let copies = leaves.iter().filter(|other| **other == leaf).count();
        assert_eq!(copies, 1, "a ballot was recorded {copies} times");
        // Whoever asks again is told the same place.
        if ballot % 10 == 0 {
            let again = client.post("/ballots", &ballots[ballot]).unwrap();
            assert_eq!(Receipt::parse(again.as_bytes()).unwrap().index, receipt.index);
        }
    }
    for head in &heads {
        let mut tree = voting_core::ledger::Tree::default();
        leaves[..head.size as usize]
            .iter()
            .for_each(|leaf| tree.push(*leaf));
        assert_eq!(
            tree.root(),
            head.root,
            "a head that was shown is not a beginning of the ledger"
        );
    }
    println!(
        "{KILLS} kills, {} receipts, {} entries",
        acknowledged.len(),
        entries.len()
    );
}
