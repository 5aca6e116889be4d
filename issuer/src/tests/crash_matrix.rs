//! Every call that makes issuance records durable × every way it fails × every
//! way the machine comes back: nobody is answered whose record may be gone,
//! and no roll line ever gets two.

use std::path::Path;

use voting_core::roll::IssuanceRecord;

use self::faulty::{FAULTS, FaultyDisk, RESTARTS, Restart};
use crate::records::{Book, Claim, RecordsError, read_all};

#[path = "../../../journal/tests/faulty/mod.rs"]
mod faulty;

/// What is known of a request whose answer failed, once the issuer is back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Recorded,
    Unknown,
}
use Found::{Recorded, Unknown};

const NO: [Found; 2] = [Unknown, Unknown];
const YES: [Found; 2] = [Recorded, Recorded];
/// Visible, but not durable.
const SEEN: [Found; 2] = [Recorded, Unknown];

/// The calls between a request and its answer, and what each fault leaves: at
/// a machine that stayed on, and after the power went off.
#[rustfmt::skip]
const CLAIM: [(&str, [[Found; 2]; 3]); 2] = [
    //                  fails  but persists  torn
    ("write segment",  [NO,    YES,          NO]),
    ("sync segment",   [SEEN,  YES,          SEEN]),
];

/// The calls of a start.
const START: [&str; 5] = [
    "create journal",
    "sync the folder above",
    "sync journal",
    "write segment",
    "sync segment",
];

fn record(line: u8, blinded: u8) -> IssuanceRecord {
    IssuanceRecord {
        pseudonym: [line; 32],
        blinded: [blinded; 32],
    }
}

fn open(disk: &FaultyDisk, root: &Path) -> Result<Book, RecordsError> {
    Book::open(disk.boxed(), &root.join("journal"), &root.join("index"))
}

fn claim(book: &mut Book, line: u8, blinded: u8) -> Claim {
    book.decide([record(line, blinded)]).unwrap()[0]
}

/// An issuer who answered roll line 1.
fn answered() -> (tempfile::TempDir, FaultyDisk) {
    let root = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::of(root.path());
    let mut book = open(&disk, root.path()).unwrap();
    assert_eq!(claim(&mut book, 1, 1), Claim::New);
    (root, disk)
}

/// After the power went off once more, everybody who was answered still has
/// the one request that was.
fn check(disk: &FaultyDisk, root: &Path, cell: &str) {
    disk.restart(Restart::Power);
    let mut book = open(disk, root).unwrap();
    for line in [1, 2] {
        assert_eq!(claim(&mut book, line, line), Claim::Same, "{cell}, line {line}");
        assert_eq!(claim(&mut book, line, 9), Claim::Other, "{cell}, line {line}");
    }
    drop(book);
    let records = read_all(&root.join("journal")).unwrap();
    assert_eq!(records, [record(1, 1), record(2, 2)], "{cell}");
}

#[test]
fn e8_a_record_that_failed_at_any_call_was_not_answered_and_no_line_gets_two() {
    let (root, disk) = answered();
    let mut book = open(&disk, root.path()).unwrap();
    disk.arm(None);
    assert_eq!(claim(&mut book, 2, 2), Claim::New);
    let known: Vec<&str> = CLAIM.iter().map(|row| row.0).collect();
    assert_eq!(disk.calls(), known, "a call that the table does not know");
    disk.arm(None);
    assert_eq!(claim(&mut book, 2, 3), Claim::Other);
    assert!(disk.calls().is_empty(), "an answer that is no record is written");
    for (at, (call, found)) in CLAIM.iter().enumerate() {
        for (fault, found) in FAULTS.into_iter().zip(found) {
            for (restart, found) in RESTARTS.into_iter().zip(found) {
                let cell = format!("{call}: {fault:?}, {restart:?}");
                let (root, disk) = answered();
                let mut book = open(&disk, root.path()).unwrap();
                disk.arm(Some((at, fault)));
                assert!(book.decide([record(2, 2)]).is_err(), "{cell}: answered");
                assert!(book.decide([record(3, 3)]).is_err(), "{cell}: it goes on");
                drop(book);
                disk.restart(restart);
                let mut book = open(&disk, root.path()).unwrap();
                let expected = if *found == Recorded {
                    Claim::Same
                } else {
                    Claim::New
                };
                assert_eq!(claim(&mut book, 2, 2), expected, "{cell}");
                drop(book);
                check(&disk, root.path(), &cell);
            }
        }
    }
}

#[test]
fn e8_a_start_that_fails_at_any_call_loses_no_record() {
    let (root, disk) = answered();
    disk.arm(None);
    drop(open(&disk, root.path()).unwrap());
    assert_eq!(disk.calls(), START, "a call that the table does not know");
    for (at, call) in START.iter().enumerate() {
        for fault in FAULTS {
            for restart in RESTARTS {
                let cell = format!("{call}: {fault:?}, {restart:?}");
                let (root, disk) = answered();
                disk.arm(Some((at, fault)));
                assert!(open(&disk, root.path()).is_err(), "{cell}");
                disk.restart(restart);
                let mut book = open(&disk, root.path()).unwrap();
                assert_eq!(claim(&mut book, 2, 2), Claim::New, "{cell}");
                drop(book);
                check(&disk, root.path(), &cell);
            }
        }
    }
}
