//! Every call that makes something durable × every way it fails × every way
//! the machine comes back.
//!
//! A call that is added makes the list of calls another one than the table's,
//! and the test fails until it has its row.

mod faulty;

use std::fs;
use std::path::Path;

use faulty::{FAULTS, Fault, FaultyDisk, RESTARTS, Restart};
use journal::{Journal, JournalError, Settings, write_whole_on};

type Groups = Vec<Vec<u8>>;

fn open(disk: &FaultyDisk, folder: &Path, segment: u64) -> Result<(Journal, Groups), JournalError> {
    let mut groups = Groups::new();
    let settings = Settings {
        segment,
        ..Settings::new("a test")
    };
    let journal = Journal::open_on(disk.boxed(), folder, settings, |group| {
        groups.push(group[0].1.to_vec());
        Ok::<(), JournalError>(())
    })?;
    Ok((journal, groups))
}

/// What a restart finds of what was under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    All,
    Nothing,
}
use Found::{All, Nothing};

/// A call, and what each fault leaves after it: at a machine that stayed on,
/// and after the power went off. In the order of [`FAULTS`].
type Row = (&'static str, [[Found; 2]; 3]);

const NO: [Found; 2] = [Nothing, Nothing];
const YES: [Found; 2] = [All, All];
/// Visible, but not durable.
const SEEN: [Found; 2] = [All, Nothing];

/// A group that is appended, and fills its segment.
#[rustfmt::skip]
const APPEND: [Row; 4] = [
    //                      fails  but persists  torn
    ("write segment",      [NO,    YES,          NO]),
    ("sync segment",       [SEEN,  YES,          SEEN]),
    ("create segment",     [YES,   YES,          YES]),
    ("sync journal",       [YES,   YES,          YES]),
];

/// The start of a journal that does not exist, and of one with a torn tail.
/// What was acknowledged before is there, whatever fails.
const BEGIN: [&str; 6] = [
    "create journal",
    "sync the folder above",
    "create segment",
    "sync journal",
    "write segment",
    "sync segment",
];
const REPAIR: [&str; 11] = [
    "create journal",
    "sync the folder above",
    "sync journal",
    "create torn tail",
    "write torn tail",
    "sync torn tail",
    "sync journal",
    "cut segment",
    "sync segment",
    "write segment",
    "sync segment",
];

/// A small file that replaces another.
#[rustfmt::skip]
const WHOLE: [Row; 5] = [
    //                            fails  but persists  torn
    ("create name.unfinished",   [NO,    NO,           NO]),
    ("write name.unfinished",    [NO,    NO,           NO]),
    ("sync name.unfinished",     [NO,    NO,           NO]),
    ("rename to name",           [NO,    YES,          SEEN]),
    ("sync the folder above",    [SEEN,  YES,          SEEN]),
];

fn names(rows: &[Row]) -> Vec<&'static str> {
    rows.iter().map(|row| row.0).collect()
}

fn place<T: PartialEq>(of: T, list: &[T]) -> usize {
    list.iter().position(|other| *other == of).unwrap()
}

/// Runs every cell of a table: the call's number, the fault, the restart, and what is to be found.
fn cells(rows: &[Row], mut cell: impl FnMut(usize, Fault, Restart, Found)) {
    for (at, (_, found)) in rows.iter().enumerate() {
        for fault in FAULTS {
            for restart in RESTARTS {
                let found = found[place(fault, &FAULTS)][place(restart, &RESTARTS)];
                cell(at, fault, restart, found);
            }
        }
    }
}

/// A folder on a disk that fails when it is told to.
fn desk() -> (tempfile::TempDir, FaultyDisk) {
    let folder = tempfile::tempdir().unwrap();
    let disk = FaultyDisk::of(folder.path());
    (folder, disk)
}

#[test]
fn e8_a_failed_append_at_any_call_leaves_all_or_nothing_and_what_is_built_on_it_stays() {
    let segment = 100;
    let run = |fault: Option<(usize, Fault)>| {
        let (root, disk) = desk();
        let folder = root.path().join("journal");
        let (mut journal, _) = open(&disk, &folder, segment).unwrap();
        journal.append(&[b"acknowledged"]).unwrap();
        disk.arm(fault);
        let appended = journal.append(&[[7; 100]]);
        let calls = disk.calls();
        if appended.is_err() {
            let refused = journal.append(&[b"later"]).err().unwrap();
            assert!(matches!(refused, JournalError::Stopped), "{refused}");
            assert_eq!(disk.calls(), calls, "it writes after it stopped");
        }
        (root, disk, appended.is_ok(), calls)
    };
    let (.., appended, calls) = run(None);
    assert!(appended);
    assert_eq!(calls, names(&APPEND), "a call that the table does not know");
    cells(&APPEND, |at, fault, restart, found| {
        let cell = format!("{}: {fault:?}, {restart:?}", APPEND[at].0);
        let (root, disk, appended, _) = run(Some((at, fault)));
        let folder = root.path().join("journal");
        assert!(!appended, "{cell}");
        disk.restart(restart);
        let (mut journal, groups) = open(&disk, &folder, segment).unwrap();
        let mut expected = vec![b"acknowledged".to_vec()];
        expected.extend((found == All).then(|| vec![7; 100]));
        assert_eq!(groups, expected, "{cell}");
        // Whoever reads it now may be told that it is there: it stays.
        journal.append(&[b"later"]).unwrap();
        expected.push(b"later".to_vec());
        drop(journal);
        disk.restart(Restart::Power);
        assert_eq!(
            open(&disk, &folder, segment).unwrap().1,
            expected,
            "{cell}, later"
        );
    });
}

/// Every call of a start fails in every way; nothing of what was there is lost,
/// whatever is appended afterwards included.
fn every_start(calls: &[&str], prepare: impl Fn(&Path), before: &Groups) {
    let segment = 1_000;
    let run = |fault: Option<(usize, Fault)>| {
        let root = tempfile::tempdir().unwrap();
        prepare(root.path());
        let disk = FaultyDisk::of(root.path());
        disk.arm(fault);
        let opened = open(&disk, &root.path().join("journal"), segment);
        let calls = disk.calls();
        (root, disk, opened, calls)
    };
    let (_root, _, opened, found) = run(None);
    assert_eq!(found, calls, "a call that the table does not know");
    assert_eq!(opened.unwrap().1, *before);
    for (at, call) in calls.iter().enumerate() {
        for fault in FAULTS {
            for restart in RESTARTS {
                let cell = format!("{at}, {call}: {fault:?}, {restart:?}");
                let (root, disk, opened, _) = run(Some((at, fault)));
                assert!(opened.is_err(), "{cell}");
                drop(opened);
                disk.restart(restart);
                let folder = root.path().join("journal");
                let (mut journal, groups) = open(&disk, &folder, segment).unwrap();
                assert_eq!(groups, *before, "{cell}");
                journal.append(&[b"later"]).unwrap();
                drop(journal);
                disk.restart(Restart::Power);
                let after = [&before[..], &[b"later".to_vec()]].concat();
                assert_eq!(open(&disk, &folder, segment).unwrap().1, after, "{cell}, later");
            }
        }
    }
}

#[test]
fn e8_a_first_start_that_fails_at_any_call_loses_nothing_that_comes_later() {
    every_start(&BEGIN, |_| {}, &Groups::new());
}

#[test]
fn e8_a_repair_that_fails_at_any_call_loses_nothing() {
    let prepare = |root: &Path| {
        let (mut journal, _) = open(&FaultyDisk::of(root), &root.join("journal"), 1_000).unwrap();
        journal.append(&[b"one"]).unwrap();
        journal.append(&[b"two"]).unwrap();
        drop(journal);
        let segment = root.join("journal/00000000000000000000.seg");
        let mut bytes = fs::read(&segment).unwrap();
        bytes.extend_from_within(..30);
        fs::write(segment, bytes).unwrap();
    };
    every_start(&REPAIR, prepare, &vec![b"one".to_vec(), b"two".to_vec()]);
}

#[test]
fn e8_a_small_file_is_the_old_or_the_new_one_whatever_fails() {
    let (old, new) = (b"the old one", b"the new one, which is longer");
    let run = |fault: Option<(usize, Fault)>| {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("name"), old).unwrap();
        let mut disk = FaultyDisk::of(root.path());
        disk.arm(fault);
        let written = write_whole_on(&mut disk, &root.path().join("name"), new, 0o600);
        (root, disk, written.is_ok())
    };
    let (root, disk, written) = run(None);
    assert!(written);
    assert_eq!(disk.calls(), names(&WHOLE), "a call that the table does not know");
    disk.restart(Restart::Power);
    assert_eq!(fs::read(root.path().join("name")).unwrap(), new);
    cells(&WHOLE, |at, fault, restart, found| {
        let cell = format!("{}: {fault:?}, {restart:?}", WHOLE[at].0);
        let (root, mut disk, written) = run(Some((at, fault)));
        assert!(!written, "{cell}");
        disk.restart(restart);
        let path = root.path().join("name");
        let expected = if found == All { &new[..] } else { &old[..] };
        assert_eq!(fs::read(&path).unwrap(), expected, "{cell}");
        write_whole_on(&mut disk, &path, new, 0o600).unwrap();
        disk.restart(Restart::Power);
        assert_eq!(fs::read(&path).unwrap(), new, "{cell}, again");
    });
}

/// No other file of the crate writes, but the index: what goes past [`journal::Disk`] would
/// go past the tables above.
#[test]
fn only_the_disk_writes() {
    let writes = [
        "fs::write",
        "fs::rename",
        "File::create",
        "create_new",
        ".create(true",
        "create_dir",
        "DirBuilder",
        "write_all",
        "set_len",
        "sync_all",
        "sync_data",
    ];
    for file in fs::read_dir("src").unwrap().map(|file| file.unwrap().path()) {
        let text = fs::read_to_string(&file).unwrap();
        let name = file.file_name().unwrap().to_str().unwrap();
        for (at, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            // The lock is no data, and nobody relies on what the index writes.
            let is_lock = name == "write.rs" && line.trim() == ".create(true)";
            let allowed = is_lock || ["disk.rs", "index.rs"].contains(&name);
            let found = writes.iter().find(|call| line.contains(*call));
            assert!(
                found.is_none() || allowed,
                "{}:{}: {line}",
                file.display(),
                at + 1
            );
        }
    }
}
