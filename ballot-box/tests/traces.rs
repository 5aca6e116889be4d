//! What a ballot box writes and prints: nothing that tells who sent what, and
//! nothing of what it refused.

mod desk;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use desk::kit::Story;
use desk::{Client, folder, people};
use voting_core::entry::{BallotEntry, Entry};
use voting_core::ledger::leaf_hash;

const VOTERS: u64 = 8;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// A ballot whose token, and one whose range proof is wrong.
fn refused(story: &Story) -> [BallotEntry; 2] {
    let (mut token, mut proof) = (story.cast(8, 0), story.cast(9, 0));
    token.tokens[0] = vec![1; 256].into();
    let mut bytes = proof.range_proof.to_vec();
    let place = bytes.len() - 32;
    bytes[place] ^= 1;
    proof.range_proof = bytes.into();
    [token, proof]
}

#[test]
fn nothing_on_the_disk_or_in_the_log_tells_who_came_when_or_was_refused() {
    let story = Story::whole_setup(people(|manifest| {
        manifest.batch.min_ballots = VOTERS as u32;
        manifest.batch.max_ms = 60_000;
    }));
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("box");
    folder(&path, &story);
    let log = directory.path().join("log");
    let mut process = Command::new(env!("CARGO_BIN_EXE_ballot-box"))
        .args(["serve", path.to_str().unwrap(), "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(std::fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(process.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("listening on ").expect("it serves");
    let client = Client::new(url, &story);
    for entry in &story.entries[1..] {
        client.post("/entries", entry).unwrap();
    }
    let refused = refused(&story);
    for ballot in &refused {
        let problem = client.cast(&Entry::Ballot(ballot.clone())).unwrap_err();
        assert_eq!(problem.code, "invalid-ballot", "{problem:?}");
    }
    let ballots: Vec<_> = (0..VOTERS).map(|voter| story.cast(voter, 0)).collect();
    std::thread::scope(|scope| {
        for ballot in &ballots {
            let client = client.clone();
            scope.spawn(move || client.cast(&Entry::Ballot(ballot.clone())).unwrap());
        }
    });
    process.kill().unwrap();
    process.wait().unwrap();

    let printed = std::fs::read(&log).unwrap();
    assert!(!contains(&printed, b"127.0.0.1"), "an address is logged");
    let everybody = ballots.iter().chain(&refused);
    for credential in everybody.map(|ballot| *ballot.credential) {
        let written = hex::encode(credential);
        assert!(!contains(&printed, &credential) && !contains(&printed, written.as_bytes()));
    }
    let mut found = Vec::new();
    files(&path, &mut found);
    assert!(found.len() > 4, "{found:?}");
    for file in &found {
        let bytes = std::fs::read(file).unwrap();
        for ballot in &refused {
            let written = hex::encode(*ballot.credential);
            let there = contains(&bytes, &*ballot.credential) || contains(&bytes, written.as_bytes());
            assert!(!there, "{} holds a refused ballot", file.display());
        }
        assert!(!contains(&bytes, b"127.0.0.1"), "{}", file.display());
    }
    // On the disk they lie in the order of their hashes, each once.
    let journal = std::fs::read(path.join("journal/00000000000000000000.seg")).unwrap();
    let mut hashes: Vec<_> = ballots
        .into_iter()
        .map(|ballot| Entry::Ballot(ballot).to_bytes())
        .collect();
    hashes.sort_by_key(|bytes| leaf_hash(bytes));
    let places: Vec<_> = hashes
        .iter()
        .map(|bytes| {
            let at = |(at, window): (usize, &[u8])| (window == bytes.as_slice()).then_some(at);
            let places: Vec<_> = journal.windows(bytes.len()).enumerate().filter_map(at).collect();
            assert_eq!(places.len(), 1);
            places[0]
        })
        .collect();
    assert!(places.is_sorted());
}
