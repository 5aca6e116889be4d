//! Citizens' nodes: they follow a ledger as it grows, and notice what is wrong
//! when it happens.

use std::path::Path;
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::kit::{golden, voted};
use crate::mirror::{Answer, Mirror};
use crate::record::{Record, auditor, evidence};
use crate::sealed::people;

/// The golden election's record; the first `open_size` entries are an open poll.
fn election() -> &'static Record {
    static RECORD: OnceLock<Record> = OnceLock::new();
    RECORD.get_or_init(|| Record::of(golden()))
}

fn open_size() -> u64 {
    voted().tree.size()
}

/// A server of the first entries of a record.
fn served(record: &Record, size: u64) -> Mirror {
    Mirror::of(exported(record, size).path())
}

fn exported(record: &Record, size: u64) -> TempDir {
    let folder = TempDir::new().unwrap();
    record.export(folder.path(), size);
    folder
}

#[track_caller]
fn once(folder: &Path, server: &Mirror, more: &[&str], code: i32) -> String {
    let arguments = ["follow", "--once", "--mirror", "copy", &server.url];
    auditor(folder, &[&arguments[..], more].concat(), code)
}

#[track_caller]
fn proof(folder: &Path, word: &str, code: i32) {
    let files = evidence(folder);
    let [file] = files.as_slice() else {
        panic!("{files:?}")
    };
    let shown = auditor(folder, &["evidence", file], code);
    assert!(shown.contains(word), "{shown}");
}

#[test]
fn a_node_follows_an_election_shows_turnout_and_goes_on_after_a_restart() {
    let folder = TempDir::new().unwrap();
    let server = served(election(), open_size());
    let shown = once(folder.path(), &server, &[], 0);
    assert!(
        shown.contains("Golden budget (open): 10 of 16 voted (62 %)"),
        "{shown}"
    );
    assert!(shown.contains("nothing wrong so far"), "{shown}");
    // Nothing new, nothing fetched again.
    server.asked();
    once(folder.path(), &server, &[], 0);
    assert_eq!(server.asked(), ["checkpoint"]);
    server.turn(exported(election(), election().size()).path());
    let shown = once(folder.path(), &server, &[], 0);
    assert!(
        shown.contains("(decided)") && shown.contains("all 18 claims hold"),
        "{shown}"
    );
    auditor(folder.path(), &["verify", "copy"], 0);
    assert_eq!(once(folder.path(), &server, &["--quiet"], 0), "");
    once(folder.path(), &server, &["--election", &"ab".repeat(32)], 1);
}

#[test]
fn a_node_that_keeps_looking_prints_one_line_a_change_and_ends_when_all_holds() {
    let folder = TempDir::new().unwrap();
    let server = served(election(), open_size());
    let shown = std::thread::scope(|scope| {
        let node = scope.spawn(|| {
            let arguments = ["follow", "--every", "100ms", "--mirror", "copy", &server.url];
            auditor(folder.path(), &arguments, 0)
        });
        while !folder.path().join("copy/checkpoint").exists() {
            sleep(Duration::from_millis(20));
        }
        sleep(Duration::from_millis(1_500));
        server.turn(exported(election(), election().size()).path());
        node.join().unwrap()
    });
    let lines: Vec<&str> = shown.lines().filter(|line| line.contains("voted")).collect();
    assert_eq!(lines.len(), 2, "{shown}");
    assert!(!shown.contains('\u{1b}'), "plain into a pipe");
}

#[test]
fn e1_two_checkpoints_for_two_clients_are_found_by_comparing_and_proven() {
    let folder = TempDir::new().unwrap();
    let (honest, fork) = (voted().clone(), {
        let mut fork = voted().clone();
        let again = vec![fork.cast(2, 1), fork.cast(3, 1), fork.cast(4, 1), fork.cast(7, 1)];
        fork.batch(again);
        fork
    });
    let mut other = honest;
    let again = vec![
        other.cast(3, 1),
        other.cast(8, 1),
        other.cast(9, 1),
        other.cast(4, 1),
    ];
    other.batch(again);
    let (fork, other) = (Record::of(&fork), Record::of(&other));
    let (one, two) = (served(&fork, fork.size()), served(&other, other.size()));
    // Each client by itself sees a perfect ledger.
    once(folder.path(), &one, &[], 0);
    auditor(
        folder.path(),
        &["follow", "--once", "--mirror", "second", &two.url],
        0,
    );
    // Two addresses, one node: or two people, one of whom serves their copy.
    let both = ["follow", "--once", "--mirror", "both", &one.url, &two.url];
    let shown = auditor(folder.path(), &both, 1);
    assert!(shown.contains("ALARM") && shown.contains("forked"), "{shown}");
    let friend = ["follow", "--once", "--mirror", "friends", &one.url, "second"];
    auditor(folder.path(), &friend, 1);
    let kept = ["verify", "copy", "--while-open", "--kept", "second/checkpoint"];
    auditor(folder.path(), &kept, 1);
    let kept = folder.path().join("friends/second/evidence");
    proof(&kept, "FORKED", 1);
}

/// A ledger with entry 0 alone, whose first witness is this server.
fn witnessed() -> (Mirror, Record, String) {
    let witness = Mirror::of(TempDir::new().unwrap().path());
    let urls = [format!("{}/ada", witness.url)];
    let record = Record::with_entries(people(&urls), &urls, 1);
    let origin = &record.people.manifest.ledger.origin;
    let path = format!("ada/{}/checkpoint", hex::encode(Sha256::digest(origin)));
    (witness, record, path)
}

#[test]
fn e1_a_witness_that_was_shown_another_ledger_gives_the_fork_away() {
    let (witness, record, path) = witnessed();
    let (folder, server) = (TempDir::new().unwrap(), served(&record, 1));
    // It has seen nothing yet; then the same head.
    let shown = once(folder.path(), &server, &[], 0);
    assert!(shown.contains("3 of 4 witnesses cosigned, not dee"), "{shown}");
    assert_eq!(witness.asked(), [path.as_str()]);
    witness.lie(&path, Answer::File(record.note(1)));
    once(folder.path(), &server, &[], 0);
    let mut fork = record.clone();
    fork.entries[0].push(0);
    witness.lie(&path, Answer::File(fork.note(1)));
    let shown = once(folder.path(), &server, &[], 1);
    assert!(shown.contains("forked"), "{shown}");
    proof(&folder.path().join("copy/evidence"), "FORKED", 1);
    // A witness that answers with nonsense is no proof against the ledger.
    witness.lie(&path, Answer::File(b"nonsense".to_vec()));
    let shown = once(folder.path(), &server, &[], 2);
    assert!(shown.contains("witness ada"), "{shown}");
}

#[test]
fn e2_a_witness_that_stays_ahead_of_an_address_gives_an_old_copy_away() {
    let (witness, mut record, path) = witnessed();
    let (folder, server) = (TempDir::new().unwrap(), served(&record, 1));
    record.entries.push(b"one more".to_vec());
    witness.lie(&path, Answer::File(record.note(2)));
    // For a moment that is how it goes; the next look, in another process, remembers since when.
    once(folder.path(), &server, &["--stall", "1s"], 0);
    sleep(Duration::from_millis(2_100));
    let shown = once(folder.path(), &server, &["--stall", "1s"], 1);
    assert!(shown.contains("witness ada has cosigned 2 entries"), "{shown}");
    proof(&folder.path().join("copy/evidence"), "UNDECIDED", 2);
}

#[test]
fn e2_a_node_refuses_a_roll_back_and_a_rewritten_past() {
    let folder = TempDir::new().unwrap();
    let server = served(election(), open_size());
    once(folder.path(), &server, &[], 0);
    let mut rewritten = election().clone();
    rewritten.entries.swap(20, 21);
    server.turn(exported(&rewritten, election().size()).path());
    let shown = once(folder.path(), &server, &[], 1);
    assert!(shown.contains("forked"), "{shown}");
    proof(&folder.path().join("copy/evidence"), "FORKED", 1);
    server.turn(exported(election(), open_size() - 3).path());
    let shown = once(folder.path(), &server, &["--quiet"], 1);
    assert!(shown.contains("ALARM"), "{shown}");
}

#[test]
fn e5_an_entry_that_is_not_legal_is_an_alarm_when_it_comes() {
    let folder = TempDir::new().unwrap();
    let server = served(election(), open_size());
    once(folder.path(), &server, &[], 0);
    let mut late = golden().clone();
    let ballot = late.cast(9, 1);
    late.batch(vec![ballot]);
    let late = Record::of(&late);
    server.turn(exported(&late, late.size()).path());
    let shown = once(folder.path(), &server, &["--quiet"], 1);
    assert!(shown.contains("claim \"after-close\" is broken"), "{shown}");
}

#[test]
fn a_stall_and_a_silent_address_give_code_2_after_the_time_the_caller_set() {
    let folder = TempDir::new().unwrap();
    let server = served(election(), open_size());
    once(folder.path(), &server, &["--stall", "1s"], 0);
    sleep(Duration::from_millis(2_100));
    let shown = once(folder.path(), &server, &["--quiet", "--stall", "1s"], 2);
    assert!(shown.contains("STALL"), "{shown}");
    assert_eq!(once(folder.path(), &server, &["--quiet", "--stall", "0s"], 0), "");
    server.lie("checkpoint", Answer::Status(503));
    let shown = once(folder.path(), &server, &[], 2);
    assert!(shown.contains("status 503"), "{shown}");
    // Under cron it takes longer than a hiccup.
    assert_eq!(once(folder.path(), &server, &["--quiet"], 2), "");
    let shown = auditor(
        folder.path(),
        &["follow", "--once", "--quiet", "--mirror", "new", &server.url],
        2,
    );
    assert!(shown.contains("status 503"), "{shown}");
    auditor(folder.path(), &["follow"], 64);
    auditor(folder.path(), &["follow", &server.url, "--every", "5"], 64);
}
