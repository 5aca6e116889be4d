//! Every call that makes a ballot box's small files durable × every way it
//! fails × every way the machine comes back.

use std::sync::Arc;

use super::*;
use crate::faulty::{FAULTS, Fault, FaultyDisk, RESTARTS, Restart};
use crate::kit::{People, Story};

const TEXT: &[u8] = b"How to vote\n";

/// What `init` asks of the disk: the folder, then each file as a whole. The
/// key comes last: a folder with a key has a name.
const INIT: [&str; 12] = [
    "create box",
    "sync the folder above",
    "create name.unfinished",
    "write name.unfinished",
    "sync name.unfinished",
    "rename to name",
    "sync box",
    "create ledger.key.unfinished",
    "write ledger.key.unfinished",
    "sync ledger.key.unfinished",
    "rename to ledger.key",
    "sync box",
];

/// What `begin` asks of it. The manifest comes last: a folder with a manifest
/// has its content.
const BEGIN: [&str; 12] = [
    "create content",
    "sync box",
    "create rules.txt.unfinished",
    "write rules.txt.unfinished",
    "sync rules.txt.unfinished",
    "rename to rules.txt",
    "sync content",
    "create manifest.unfinished",
    "write manifest.unfinished",
    "sync manifest.unfinished",
    "rename to manifest",
    "sync box",
];

/// Every call's number × every fault × every restart.
fn cells(calls: &[&str], cell: impl Fn(&str, (usize, Fault), Restart)) {
    for (at, call) in calls.iter().enumerate() {
        for fault in FAULTS {
            for restart in RESTARTS {
                cell(&format!("{call}: {fault:?}, {restart:?}"), (at, fault), restart);
            }
        }
    }
}

fn desk() -> (tempfile::TempDir, PathBuf, FaultyDisk) {
    let root = tempfile::tempdir().unwrap();
    let (path, disk) = (root.path().join("box"), FaultyDisk::of(root.path()));
    (root, path, disk)
}

#[test]
fn e8_a_folder_whose_making_failed_is_made_again_and_a_key_that_was_shown_stays() {
    let (_root, path, mut disk) = desk();
    let folder = Folder::init_on(&mut disk, &path, "ledger.example/new").unwrap();
    assert_eq!(disk.calls(), INIT, "a call that the table does not know");
    let shown = folder.key().unwrap();
    disk.restart(Restart::Power);
    assert_eq!(Folder::open(&path).unwrap().key().unwrap(), shown);
    cells(&INIT, |cell, fault, restart| {
        let (_root, path, mut disk) = desk();
        disk.arm(Some(fault));
        let made = Folder::init_on(&mut disk, &path, "ledger.example/new");
        assert!(made.is_err(), "{cell}: a key was shown");
        disk.restart(restart);
        let folder = match Folder::init_on(&mut disk, &path, "ledger.example/new") {
            Err(FolderError::Exists(_)) => Folder::open(&path).unwrap(),
            made => made.unwrap(),
        };
        assert_eq!(folder.name().unwrap(), "ledger.example/new", "{cell}");
        folder.key().unwrap();
    });
}

/// A folder that waits for its manifest, and that manifest.
fn waiting() -> (Story, impl Fn() -> (tempfile::TempDir, Folder, FaultyDisk)) {
    let people: Arc<People> = People::with(|manifest| {
        manifest.content = vec![ContentFile {
            name: "rules.txt".to_owned(),
            sha256: <[u8; 32]>::from(Sha256::digest(TEXT)).into(),
            length: TEXT.len() as u64,
        }];
    });
    let story = Story::begin(people.clone());
    let make = move || {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("box");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("ledger.key"), hex::encode(people.ledger.to_bytes())).unwrap();
        fs::write(path.join("name"), &people.manifest.ledger.origin).unwrap();
        let disk = FaultyDisk::of(root.path());
        (root, Folder::open(&path).unwrap(), disk)
    };
    (story, make)
}

#[test]
fn e8_a_beginning_that_failed_is_begun_again_and_no_manifest_is_there_without_its_texts() {
    let (story, make) = waiting();
    let first = &story.entries[0];
    let texts = tempfile::tempdir().unwrap();
    fs::write(texts.path().join("rules.txt"), TEXT).unwrap();
    let (_root, folder, mut disk) = make();
    folder.begin_on(&mut disk, first, Some(texts.path())).unwrap();
    assert_eq!(disk.calls(), BEGIN, "a call that the table does not know");
    disk.restart(Restart::Power);
    assert_eq!(folder.election().unwrap().0, *first);
    cells(&BEGIN, |cell, fault, restart| {
        let (_root, folder, mut disk) = make();
        disk.arm(Some(fault));
        let begun = folder.begin_on(&mut disk, first, Some(texts.path()));
        assert!(begun.is_err(), "{cell}");
        disk.restart(restart);
        match folder.election() {
            Ok((found, content)) => {
                assert_eq!((&found, &content["rules.txt"][..]), (first, TEXT), "{cell}");
            }
            Err(error) => assert!(matches!(error, FolderError::NotBegun(_)), "{cell}: {error}"),
        }
        folder.begin_on(&mut disk, first, Some(texts.path())).unwrap();
        disk.restart(Restart::Power);
        assert_eq!(folder.election().unwrap().0, *first, "{cell}, again");
    });
}
