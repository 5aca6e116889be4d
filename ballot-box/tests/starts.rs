//! What a ballot box begins with, and what it does not start with.

mod desk;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use ballot_box::folder::{Folder, FolderError};
use ballot_box::service::{Ledger, Service, ServiceError, Settings};
use ballot_box::storage::StorageError;
use desk::kit::{People, Story};
use desk::{Desk, TEXT, ballot, content, folder, people};
use journal::IndexError;
use tempfile::TempDir;
use voting_core::entry::Entry;
use voting_core::ledger::{Receipt, bundle_path};

fn start(folder: &Folder) -> Result<Service, ServiceError> {
    Service::start(folder, &Settings::default())
}

fn refusal(folder: &Folder) -> String {
    match start(folder) {
        Ok(_) => panic!("it starts"),
        Err(error) => error.to_string(),
    }
}

fn segment(folder: &Folder) -> PathBuf {
    folder.path().join("journal/00000000000000000000.seg")
}

/// Where some bytes lie in others.
fn find(bytes: &[u8], part: &[u8]) -> usize {
    let places = bytes.windows(part.len()).position(|window| window == part);
    places.expect("they lie there")
}

/// A ballot box in which ten voters have voted, stopped.
fn voted() -> (Story, Desk) {
    let story = Story::whole_setup(people(|_| {}));
    let mut desk = Desk::with(&story);
    desk.vote(&story);
    desk.stop();
    (story, desk)
}

#[test]
fn a_new_folder_has_a_fresh_key_that_nobody_else_reads_or_replaces() {
    let directory = TempDir::new().unwrap();
    let path = directory.path().join("box");
    let init = || {
        Command::new(env!("CARGO_BIN_EXE_ballot-box"))
            .args(["init", path.to_str().unwrap(), "--origin", "ledger.example/a"])
            .output()
            .unwrap()
    };
    let made = init();
    assert!(made.status.success());
    let folder = Folder::open(&path).unwrap();
    let public = hex::encode(folder.key().unwrap().verifying_key().to_bytes());
    assert_eq!(String::from_utf8(made.stdout).unwrap().trim(), public);
    assert_eq!(folder.name().unwrap(), "ledger.example/a");
    let key = fs::metadata(path.join("ledger.key")).unwrap();
    assert_eq!(key.permissions().mode() & 0o777, 0o600);

    let again = init();
    assert_eq!(again.status.code(), Some(1));
    let says = String::from_utf8(again.stderr).unwrap();
    assert!(says.contains("its key is never replaced"), "{says}");
    let same = Folder::open(&path).unwrap().key().unwrap();
    assert_eq!(hex::encode(same.verifying_key().to_bytes()), public);
    let other = Folder::init(&directory.path().join("other"), "ledger.example/b").unwrap();
    assert_ne!(other.key().unwrap().to_bytes(), same.to_bytes());

    assert!(refusal(&folder).contains("run `ballot-box begin` first"));
    fs::write(path.join("ledger.key"), "no key").unwrap();
    assert!(matches!(Folder::open(&path), Err(FolderError::Damaged(_))));
    assert!(matches!(
        Folder::open(directory.path()),
        Err(FolderError::Io { .. })
    ));
}

#[test]
fn e6_one_folder_and_one_key_are_for_one_election() {
    let directory = TempDir::new().unwrap();
    let manifest = |change: fn(&mut voting_core::manifest::Manifest)| Story::begin(People::with(change));
    let story = manifest(|_| {});
    let folder = folder(&directory.path().join("box"), &story);
    folder.begin(&story.entries[0], None).unwrap();
    let again = manifest(|manifest| manifest.nonce = [7; 32].into());
    let refused = folder.begin(&again.entries[0], None);
    assert!(
        matches!(refused, Err(FolderError::OtherElection(_))),
        "{refused:?}"
    );
    let stored = fs::read(folder.path().join("manifest")).unwrap();
    assert_eq!(stored, story.entries[0]);

    let fresh = Folder::init(&directory.path().join("fresh"), "ledger.example/golden").unwrap();
    let named = manifest(|manifest| manifest.ledger.origin = "ledger.example/other".into());
    let mut unsigned = story.entries[0].clone();
    *unsigned.last_mut().unwrap() ^= 1;
    for (first, says) in [
        (
            &story.entries[0],
            "it seals the ledger ledger.example/golden with key",
        ),
        (&named.entries[0], "it seals the ledger ledger.example/other"),
        (&unsigned, "does not verify"),
        (&b"no manifest".to_vec(), "does not decode"),
    ] {
        let refused = fresh.begin(first, None).unwrap_err().to_string();
        assert!(refused.contains(says), "{refused}");
        assert!(!fresh.path().join("manifest").exists(), "{says}");
    }
}

#[test]
fn no_poll_begins_or_goes_on_without_the_texts_it_seals() {
    let directory = TempDir::new().unwrap();
    let story = Story::begin(people(|manifest| manifest.content = vec![content("rules.txt")]));
    let path = directory.path().join("box");
    fs::create_dir_all(&path).unwrap();
    fs::write(
        path.join("ledger.key"),
        hex::encode(story.people.ledger.to_bytes()),
    )
    .unwrap();
    fs::write(path.join("name"), "ledger.example/golden\n").unwrap();
    let ballot_box = Folder::open(&path).unwrap();
    let begin = |texts: &Path| ballot_box.begin(&story.entries[0], Some(texts));
    let texts = TempDir::new().unwrap();
    for wrong in [None, Some(&b"How to cheat"[..]), Some(&TEXT[..TEXT.len() - 1])] {
        if let Some(wrong) = wrong {
            fs::write(texts.path().join("rules.txt"), wrong).unwrap();
        }
        let refused = begin(texts.path()).unwrap_err();
        assert!(
            matches!(&refused, FolderError::Content { name, .. } if name == "rules.txt"),
            "{refused}"
        );
        assert!(!path.join("manifest").exists());
    }
    fs::write(texts.path().join("rules.txt"), TEXT).unwrap();
    begin(texts.path()).unwrap();
    start(&ballot_box).unwrap().stop().unwrap();
    fs::write(path.join("content/rules.txt"), b"How to cheat").unwrap();
    assert!(refusal(&ballot_box).contains("not the file that the manifest seals"));
}

#[test]
fn a_second_ballot_box_on_the_same_folder_does_not_start() {
    let story = Story::whole_setup(people(|_| {}));
    let desk = Desk::with(&story);
    assert!(refusal(&desk.folder).contains("in use by another process"));
    // Nor is a record exported beside it.
    let opened = Ledger::open(&desk.folder);
    assert!(matches!(
        opened.err(),
        Some(ServiceError::Storage(StorageError::Index(IndexError::InUse(_))))
    ));
    desk.client.cast(&ballot(&story, 0, 0)).unwrap();
}

#[test]
fn e2_a_journal_that_was_cut_does_not_start_and_a_restored_one_does() {
    let (story, mut desk) = voted();
    let path = segment(&desk.folder);
    let whole = fs::read(&path).unwrap();
    let last = whole
        .windows(8)
        .rposition(|window| window == &whole[..8])
        .unwrap();
    fs::write(&path, &whole[..last]).unwrap();
    let says = refusal(&desk.folder);
    assert!(says.contains("Signing on would fork the ledger"), "{says}");
    fs::write(&path, &whole).unwrap();
    desk.restart(&story);
    assert_eq!(desk.client.status()["ballots"], 12);
}

#[test]
fn a_damaged_journal_does_not_start_and_is_left_as_it_is() {
    let (_, desk) = voted();
    let path = segment(&desk.folder);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let says = refusal(&desk.folder);
    assert!(
        says.contains(path.to_str().unwrap()) && says.contains("damaged at byte"),
        "{says}"
    );
    assert_eq!(fs::read(&path).unwrap(), bytes);
    // Another election's journal is none of this one's.
    let other = Story::whole_setup(people(|manifest| manifest.nonce = [7; 32].into()));
    let mut elsewhere = Desk::with(&other);
    elsewhere.stop();
    fs::copy(segment(&elsewhere.folder), &path).unwrap();
    assert!(start(&desk.folder).is_err());
}

#[test]
fn an_index_of_another_ledger_or_a_damaged_one_changes_no_sum() {
    let (mut story, mut desk) = voted();
    let other = Story::whole_setup(people(|manifest| manifest.nonce = [7; 32].into()));
    let mut elsewhere = Desk::with(&other);
    elsewhere.client.cast(&ballot(&other, 0, 5)).unwrap();
    elsewhere.stop();
    let (index, theirs) = (
        desk.folder.path().join("index"),
        elsewhere.folder.path().join("index"),
    );
    fs::remove_dir_all(&index).unwrap();
    fs::rename(theirs, &index).unwrap();
    desk.restart(&story);
    // Voter 0's sequence is the one of this ledger.
    let again = desk.client.cast(&ballot(&story, 0, 5)).unwrap();
    let place = Receipt::parse(again.as_bytes()).unwrap().index;
    assert!(place > story.entries.len() as u64 + 12);
    desk.stop();
    for file in fs::read_dir(&index).unwrap() {
        let file = file.unwrap().path();
        if file.is_file() {
            fs::write(file, [0xa5; 4096]).unwrap();
        }
    }
    desk.restart(&story);
    desk.follow(&mut story);
    let close = Entry::Close(story.act("close", "")).to_bytes();
    desk.client.post("/entries", &close).unwrap();
    desk.follow(&mut story);
    let tallies: Vec<_> = (0..2)
        .map(|contest| Entry::Tally(story.tally_entry(contest)).to_bytes())
        .collect();
    assert_eq!(story.entries[story.entries.len() - 2..], tallies);
}

#[test]
fn an_entry_that_changed_on_the_disk_is_not_served() {
    let story = Story::whole_setup(people(|_| {}));
    let desk = Desk::with(&story);
    desk.client.cast(&ballot(&story, 0, 0)).unwrap();
    let path = segment(&desk.folder);
    let mut bytes = fs::read(&path).unwrap();
    let place = find(&bytes, &ballot(&story, 0, 0).to_bytes());
    bytes[place + 100] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let size = desk.client.checkpoint().size;
    let problem = desk.client.get(&bundle_path(0, size as u32)).unwrap_err();
    assert_eq!((problem.status, problem.code.as_str()), (500, "damaged"));
    // What is not touched is served, and the head is what it was.
    let before = story.entries.len() as u32;
    desk.client.get(&bundle_path(0, before)).unwrap();
    desk.client.get(&format!("tile/0/000.p/{size}")).unwrap();
}
