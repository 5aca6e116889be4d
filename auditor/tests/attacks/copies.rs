//! Mirrors: copies that grow by what verifies, and keep the evidence of what
//! does not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use voting_core::ledger::encode_bundle;

use crate::kit::{People, golden};
use crate::mirror::{Answer, Mirror};
use crate::record::{Record, auditor, evidence};
use crate::sealed::people;

/// A server, and a folder beside it for the copy.
struct Case {
    folder: TempDir,
    server: Mirror,
    record: Record,
}

impl Case {
    fn new(record: Record, size: u64) -> Self {
        let folder = TempDir::new().unwrap();
        let shown = exported(&record, size);
        let server = Mirror::of(shown.path());
        Self {
            folder,
            server,
            record,
        }
    }

    /// The server shows another record from now on.
    fn turn(&self, record: &Record, size: u64) {
        self.server.turn(exported(record, size).path());
    }

    fn copy(&self) -> PathBuf {
        self.folder.path().join("copy")
    }

    #[track_caller]
    fn mirror(&self, code: i32) -> String {
        auditor(self.folder.path(), &["mirror", &self.server.url, "copy"], code)
    }

    /// What the evidence that was kept comes to.
    #[track_caller]
    fn proof(&self, word: &str, code: i32) {
        let kept = self.copy().join("evidence");
        let files = evidence(&kept);
        let [file] = files.as_slice() else {
            panic!("{files:?}")
        };
        let id = hex::encode(self.record.id());
        let shown = auditor(&kept, &["evidence", file, "--election", &id], code);
        assert!(shown.contains(word), "{shown}");
    }
}

fn exported(record: &Record, size: u64) -> TempDir {
    let folder = TempDir::new().unwrap();
    record.export(folder.path(), size);
    folder
}

/// A folder's public files.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found.retain(|name, _| name != ".lock" && !name.starts_with("evidence"));
    found
}

fn record() -> Record {
    Record::with_entries(people(&[]), &[], 800)
}

#[test]
fn a_copy_is_byte_for_byte_what_the_ballot_box_exports_and_fetches_only_what_is_new() {
    let case = Case::new(record(), 300);
    let shown = case.mirror(0);
    assert!(
        shown.contains("300 entries") && shown.contains("3 of 4 witnesses"),
        "{shown}"
    );
    assert_eq!(files(&case.copy()), files(exported(&case.record, 300).path()));
    for size in [301, 511, 512, 513, 800] {
        case.turn(&case.record, size);
        case.server.asked();
        case.mirror(0);
        let asked = case.server.asked();
        assert!(!asked.contains(&"tile/entries/000".to_owned()), "{asked:?}");
        let (copy, wanted) = (files(&case.copy()), files(exported(&case.record, size).path()));
        for (path, bytes) in &wanted {
            assert_eq!(copy.get(path), Some(bytes), "{path} at {size}");
        }
    }
    // Unfinished tiles that full ones replaced are gone.
    assert!(
        files(&case.copy())
            .keys()
            .all(|path| !path.contains("/000.p/") || path.contains("tile/1/"))
    );
    // Nothing new: nothing but the head is asked for, and nothing printed.
    case.server.asked();
    let quiet = auditor(
        case.folder.path(),
        &["mirror", "--quiet", &case.server.url, "copy"],
        0,
    );
    assert_eq!(
        (quiet.as_str(), case.server.asked()),
        ("", vec!["checkpoint".to_owned()])
    );
}

#[test]
fn a_copy_of_an_election_can_be_audited_and_served_to_the_next_mirror() {
    let story = golden();
    let case = Case::new(Record::of(story), story.tree.size());
    case.mirror(0);
    auditor(case.folder.path(), &["verify", "copy"], 0);
    let second = Mirror::of(&case.copy());
    auditor(case.folder.path(), &["mirror", &second.url, "again"], 0);
    auditor(case.folder.path(), &["mirror", "copy", "again"], 0);
    auditor(case.folder.path(), &["verify", "again"], 0);
    let other = [
        "mirror",
        &case.server.url,
        "other",
        "--election",
        &"ab".repeat(32),
    ];
    auditor(case.folder.path(), &other, 1);
}

#[test]
fn a_run_that_was_cut_off_goes_on_without_fetching_anything_twice() {
    let case = Case::new(record(), 800);
    case.server.lie("tile/entries/002", Answer::Status(503));
    let shown = case.mirror(2);
    assert!(shown.contains("status 503"), "{shown}");
    assert!(!case.copy().join("checkpoint").exists());
    case.server
        .lie("tile/entries/002", Answer::HangsUp(vec![0; 4_000]));
    case.mirror(2);
    case.turn(&case.record, 800);
    case.server.asked();
    case.mirror(0);
    let asked = case.server.asked();
    assert!(asked.contains(&"tile/entries/002".to_owned()), "{asked:?}");
    assert!(!asked.contains(&"tile/entries/001".to_owned()), "{asked:?}");
    assert_eq!(files(&case.copy()), files(exported(&case.record, 800).path()));
}

#[test]
fn e1_a_fork_of_equal_size_is_refused_and_proven() {
    let case = Case::new(record(), 300);
    case.mirror(0);
    let before = files(&case.copy());
    let mut fork = case.record.clone();
    fork.entries[299] = b"another".to_vec();
    case.turn(&fork, 300);
    let shown = case.mirror(1);
    assert!(shown.contains("ALARM") && shown.contains("forked"), "{shown}");
    assert_eq!(files(&case.copy()), before);
    case.proof("FORKED", 1);
}

#[test]
fn e2_a_fork_that_grows_is_refused_and_proven_wherever_it_parts() {
    for parts in [1, 255, 256, 298] {
        let case = Case::new(record(), 299);
        case.mirror(0);
        let before = files(&case.copy());
        let mut fork = case.record.clone();
        fork.entries[parts] = b"another".to_vec();
        case.turn(&fork, 800);
        let shown = case.mirror(1);
        assert!(shown.contains("forked"), "{shown}");
        assert_eq!(files(&case.copy()), before);
        case.proof("FORKED", 1);
        // The honest ledger goes on as if nothing had been.
        case.turn(&case.record, 800);
        case.mirror(0);
    }
}

#[test]
fn e2_a_roll_back_is_an_alarm_and_a_fork_behind_it_is_proven() {
    let case = Case::new(record(), 300);
    case.mirror(0);
    case.turn(&case.record, 280);
    let shown = case.mirror(1);
    assert!(shown.contains("shows 280 entries, after"), "{shown}");
    case.proof("UNDECIDED", 2);
    std::fs::remove_dir_all(case.copy().join("evidence")).unwrap();
    let mut fork = case.record.clone();
    fork.entries[100] = b"another".to_vec();
    case.turn(&fork, 280);
    let shown = case.mirror(1);
    assert!(shown.contains("forked"), "{shown}");
    case.proof("FORKED", 1);
    assert_eq!(files(&case.copy()), files(exported(&case.record, 300).path()));
}

#[test]
fn f6_entries_that_the_head_does_not_sign_are_not_kept() {
    let case = Case::new(record(), 300);
    case.mirror(0);
    case.turn(&case.record, 800);
    let mut entries = case.record.entries[512..768].to_vec();
    entries[7] = b"another".to_vec();
    case.server
        .lie("tile/entries/002", Answer::File(encode_bundle(&entries)));
    let shown = case.mirror(1);
    assert!(shown.contains("do not lead to the root"), "{shown}");
    assert!(evidence(&case.copy().join("evidence")).is_empty());
    assert_eq!(files(&case.copy()), files(exported(&case.record, 300).path()));

    // Cut off with such an entry in the folder: the next run does not blame an honest server.
    case.server.lie("tile/entries/003.p/32", Answer::Status(503));
    case.server.lie("tile/entries/003", Answer::Status(503));
    case.mirror(2);
    case.turn(&case.record, 800);
    case.mirror(0);
}

#[test]
fn e1_a_head_without_the_witnesses_quorum_is_not_taken_in() {
    let case = Case::new(record(), 300);
    case.mirror(0);
    let mut lone = case.record.clone();
    lone.witnesses = vec![0, 3];
    case.turn(&lone, 301);
    let shown = case.mirror(1);
    assert!(
        shown.contains("2 of 4 witnesses cosigned, not bob, cy"),
        "{shown}"
    );
    assert_eq!(files(&case.copy()), files(exported(&case.record, 300).path()));
    // Nor one that the ledger's key did not sign.
    let mut note = case.record.note(301);
    note[20] ^= 1;
    case.server.lie("checkpoint", Answer::File(note));
    case.mirror(1);
}

#[test]
fn servers_that_fail_give_code_2_and_several_polls_give_the_worst() {
    let case = Case::new(record(), 300);
    let nowhere = "http://127.0.0.1:9";
    let shown = auditor(case.folder.path(), &["mirror", "--quiet", nowhere, "copy"], 2);
    assert!(shown.contains(nowhere), "{shown}");
    let pairs = ["mirror", &case.server.url, "copy", nowhere, "other"];
    auditor(case.folder.path(), &pairs, 2);
    case.server.lie("checkpoint", Answer::File(b"<html>".to_vec()));
    case.mirror(2);
    case.turn(&case.record, 300);
    case.server.lie("content/witnesses.txt", Answer::Status(404));
    case.mirror(0);
    auditor(case.folder.path(), &["mirror", &case.server.url], 64);
    auditor(case.folder.path(), &["mirror", &case.server.url, "a", "b"], 64);
    // A stall, where the caller asked for it.
    let stalled = ["mirror", &case.server.url, "copy", "--stall", "0s"];
    auditor(case.folder.path(), &stalled, 2);
    auditor(
        case.folder.path(),
        &["mirror", &case.server.url, "copy", "--stall", "1h"],
        0,
    );
    // A plain poll without witnesses or content.
    let plain = Case::new(Record::with_entries(People::golden(), &[], 5), 5);
    assert!(plain.mirror(0).contains("no witnesses are sealed"));
}
