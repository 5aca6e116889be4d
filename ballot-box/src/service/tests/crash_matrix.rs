//! The whole ballot box on a disk that fails: every call that makes something
//! durable × every way it fails × every way the machine comes back.
//!
//! In each cell: nobody is answered with a receipt once a call has failed;
//! the restart finds all of the batch or nothing of it; everybody who sends
//! the same ballot again gets a receipt; and after the power has gone off once
//! more, every receipt ever given is good, every checkpoint ever seen is a
//! beginning of the ledger, and nothing is recorded twice.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, Nodes};

use super::*;
use crate::faulty::{FAULTS, Fault, FaultyDisk, RESTARTS, Restart};
use crate::storage::{Entries, Latest, Summary};

/// What a restart finds of the batch under way.
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

/// The calls between a batch's release and its answers, where the batch fills
/// its segment.
#[rustfmt::skip]
const BATCH: [Row; 5] = [
    //                   fails  but persists  torn
    ("write segment",   [NO,    YES,          NO]),
    ("sync segment",    [SEEN,  YES,          SEEN]),
    ("create segment",  [YES,   YES,          YES]),
    ("sync journal",    [YES,   YES,          YES]),
    ("write index",     [YES,   YES,          YES]),
];

/// The calls of a start.
const START: [&str; 6] = [
    "create journal",
    "sync the folder above",
    "sync journal",
    "write segment",
    "sync segment",
    "write index",
];

/// The calls of the very first start, with the commit of entry 0.
const BEGIN: [&str; 9] = [
    "create journal",
    "sync the folder above",
    "create segment",
    "sync journal",
    "write segment",
    "sync segment",
    "write segment",
    "sync segment",
    "write index",
];

/// The real store, on a disk and with an index that fail when they are told to.
struct Failing {
    store: Embedded,
    disk: FaultyDisk,
}

impl Storage for Failing {
    fn commit(&mut self, note: &str, entries: &[Vec<u8>]) -> Result<(), StorageError> {
        self.store.commit(note, entries)
    }

    fn remember(&mut self, summary: &Summary, latest: &[([u8; 32], Latest)]) -> Result<(), StorageError> {
        let fault = self.disk.note("write index");
        if fault != Some(Fault::Fails) {
            self.store.remember(summary, latest)?;
        }
        // A torn index is the older one: its changes are atomic, but not synced.
        fault.map_or(Ok(()), |_| Err(StorageError::Asked))
    }

    fn entries(&self) -> Arc<dyn Entries> {
        self.store.entries()
    }
}

/// A folder with a ledger, and its disk.
struct Machine {
    folder: tempfile::TempDir,
    disk: FaultyDisk,
    segment: u64,
}

impl Machine {
    fn new(segment: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::of(folder.path());
        Self {
            folder,
            disk,
            segment,
        }
    }

    /// Another machine with the same files, all of them durable.
    fn copy(&self, segment: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(self.folder.path(), folder.path());
        let disk = FaultyDisk::of(folder.path());
        Self {
            folder,
            disk,
            segment,
        }
    }

    fn open(&self, story: &Story) -> Result<Ledger, StorageError> {
        let (first, key) = (&story.entries[0], &story.people.ledger);
        let settings = journal::Settings {
            segment: self.segment,
            ..journal::Settings::new("a crash")
        };
        let (disk, path) = (&self.disk, self.folder.path());
        let (book, published, storage) = open_store(first, key, |rebuild| {
            let store = Embedded::open_on(|| disk.boxed(), path, settings, rebuild)?;
            let disk = disk.clone();
            Ok(Failing { store, disk })
        })?;
        let ledger = Ledger::new(book, published, Box::new(storage), Content::new(), path);
        Ok(ledger.expect("an election without witnesses"))
    }

    /// Comes back; the power takes what the index has not synced either.
    fn restart(&self, restart: Restart, fault: Option<Fault>, before: &Self) {
        self.disk.restart(restart);
        if restart == Restart::Power || fault == Some(Fault::Torn) {
            let index = self.folder.path().join("index");
            fs::remove_dir_all(&index).unwrap();
            if before.folder.path().join("index").exists() {
                copy(&before.folder.path().join("index"), &index);
            }
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file: PathBuf = file.unwrap().path();
        let target = to.join(file.file_name().unwrap());
        if file.is_dir() {
            copy(&file, &target);
        } else {
            fs::copy(&file, &target).unwrap();
        }
    }
}

/// What the world holds in its hands: receipts, by leaf, and heads.
#[derive(Clone, Default)]
struct Given {
    places: Vec<(Hash, u64)>,
    heads: Vec<Checkpoint>,
}

impl Given {
    fn take(&mut self, story: &Story, ballots: &[Vec<u8>], answers: Vec<Option<Told>>) {
        let origin = &story.people.manifest.ledger.origin;
        let key = story.people.ledger.verifying_key().to_bytes();
        let trust = Trust::key_alone(VerifierKey::ed25519(origin, &key).unwrap());
        for (ballot, told) in ballots.iter().zip(answers) {
            let told = told.expect("an answer");
            assert_eq!(told.status, 200, "{told:?}");
            let receipt = Receipt::parse(told.text.as_bytes()).unwrap();
            let leaf = leaf_hash(ballot);
            self.heads.push(receipt.verify(&leaf, &trust).unwrap().checkpoint);
            self.places.push((leaf, receipt.index));
        }
    }

    /// Everything given is good, and nothing is there twice.
    fn check(&self, ledger: &Ledger, cell: &str) {
        let published = ledger.shared.read();
        for (leaf, index) in &self.places {
            assert!(
                ledger.shared.holds(*index, leaf),
                "{cell}: a receipted ballot is gone"
            );
        }
        for head in &self.heads {
            let root = tree_root(&ledger.shared, head.size);
            assert_eq!(root, Some(head.root), "{cell}: a fork");
        }
        let size = published.tree.size();
        let entries = ledger.storage.entries().read(0..size).unwrap();
        let ballots = entries
            .iter()
            .filter(|entry| matches!(Entry::from_bytes(entry), Ok(Entry::Ballot(_))));
        let ballots: Vec<_> = ballots.map(|entry| leaf_hash(entry)).collect();
        let different: HashSet<_> = ballots.iter().collect();
        assert_eq!(different.len(), ballots.len(), "{cell}: a ballot is there twice");
        let receipted: HashSet<_> = self.places.iter().map(|(leaf, _)| leaf).collect();
        assert_eq!(different, receipted, "{cell}: ballots and receipts");
        assert_eq!(published.ballots, ballots.len() as u64, "{cell}");
    }
}

const BALLOTS: u64 = 3;

/// A ledger with one batch of ballots, and who has a receipt for it.
struct Before {
    story: Story,
    machine: Machine,
    size: u64,
    given: Given,
    ballots: Vec<Vec<u8>>,
}

impl Before {
    fn new() -> Self {
        let story = story(BALLOTS as u32);
        let ballots = ballots(&story, 0..2 * BALLOTS);
        let machine = Machine::new(64 << 20);
        let ledger = machine.open(&story).unwrap();
        let service = Service::serve(ledger, &Settings::default(), LARGEST_POOL).unwrap();
        for entry in &story.entries[1..] {
            assert_eq!(post(&service.url(), "/entries", entry).unwrap().status, 200);
        }
        let mut given = Given::default();
        let first = &ballots[..BALLOTS as usize];
        given.take(&story, first, cast_all(&service.url(), first));
        service.stop().unwrap();
        Self {
            size: story.entries.len() as u64 + BALLOTS + 1,
            story,
            machine,
            given,
            ballots,
        }
    }

    /// The next batch fills its segment.
    fn machine(&self) -> Machine {
        let segment = self
            .machine
            .folder
            .path()
            .join("journal/00000000000000000000.seg");
        self.machine.copy(fs::metadata(segment).unwrap().len() + 1)
    }

    fn new_ballots(&self) -> &[Vec<u8>] {
        &self.ballots[BALLOTS as usize..]
    }

    /// Sends everything again, turns the power off, and looks.
    fn goes_on(&self, machine: &Machine, ledger: Ledger, cell: &str) {
        let mut given = self.given.clone();
        let service = Service::serve(ledger, &Settings::default(), LARGEST_POOL).unwrap();
        let answers = cast_all(&service.url(), &self.ballots);
        given.take(&self.story, &self.ballots, answers);
        service.stop().unwrap();
        machine.restart(Restart::Power, None, &self.machine);
        let ledger = machine.open(&self.story).unwrap();
        assert_eq!(
            ledger.shared.read().tree.size(),
            self.size + BALLOTS + 1,
            "{cell}"
        );
        given.check(&ledger, cell);
    }
}

#[test]
fn e8_a_batch_that_fails_at_any_durable_call_is_not_acknowledged_lost_forked_or_doubled() {
    let before = Before::new();
    let machine = before.machine();
    let ledger = machine.open(&before.story).unwrap();
    let service = Service::serve(ledger, &Settings::default(), LARGEST_POOL).unwrap();
    machine.disk.arm(None);
    for told in cast_all(&service.url(), before.new_ballots()) {
        assert_eq!(told.unwrap().status, 200);
    }
    service.stop().unwrap();
    let known: Vec<&str> = BATCH.iter().map(|row| row.0).collect();
    assert_eq!(machine.disk.calls(), known, "a call that the table does not know");
    for (at, (call, found)) in BATCH.iter().enumerate() {
        for (fault, found) in FAULTS.into_iter().zip(found) {
            for (restart, found) in RESTARTS.into_iter().zip(found) {
                let cell = format!("{call}: {fault:?}, {restart:?}");
                let machine = before.machine();
                fails(&before, &machine, (at, fault), &cell);
                let is_index = *call == "write index";
                machine.restart(restart, is_index.then_some(fault), &before.machine);
                let ledger = machine.open(&before.story).unwrap();
                let expected = if *found == All { BALLOTS + 1 } else { 0 };
                let size = ledger.shared.read().tree.size();
                assert_eq!(size, before.size + expected, "{cell}");
                before.goes_on(&machine, ledger, &cell);
            }
        }
    }
}

/// A call fails while a batch is written: nobody gets a receipt, nobody sees
/// another head, and the ballot box ends.
fn fails(before: &Before, machine: &Machine, fault: (usize, Fault), cell: &str) {
    let ledger = machine.open(&before.story).unwrap();
    let shared = ledger.shared.clone();
    let service = Service::serve(ledger, &Settings::default(), LARGEST_POOL).unwrap();
    let url = service.url();
    machine.disk.arm(Some(fault));
    for told in cast_all(&url, before.new_ballots()).into_iter().flatten() {
        assert_eq!(told.status, 503, "{cell}: {told:?}");
    }
    let calls = machine.disk.calls().len();
    assert_eq!(calls, fault.0 + 1, "{cell}: it writes after it failed");
    if let Some(told) = post(&url, "/ballots", &before.ballots[BALLOTS as usize]) {
        assert_eq!(told.status, 503, "{cell}: {told:?}");
    }
    assert!(matches!(service.wait(), Err(ServiceError::Storage(_))), "{cell}");
    assert_eq!(shared.read().tree.size(), before.size, "{cell}: a head was shown");
}

#[test]
fn e8_a_start_that_fails_at_any_durable_call_loses_and_forks_nothing() {
    let before = Before::new();
    let machine = before.machine();
    machine.disk.arm(None);
    drop(machine.open(&before.story).unwrap());
    assert_eq!(machine.disk.calls(), START, "a call that the table does not know");
    for (at, call) in START.iter().enumerate() {
        for fault in FAULTS {
            for restart in RESTARTS {
                let cell = format!("{call}: {fault:?}, {restart:?}");
                let machine = before.machine();
                machine.disk.arm(Some((at, fault)));
                assert!(machine.open(&before.story).is_err(), "{cell}");
                machine.restart(restart, None, &before.machine);
                let ledger = machine.open(&before.story).unwrap();
                assert_eq!(ledger.shared.read().tree.size(), before.size, "{cell}");
                before.goes_on(&machine, ledger, &cell);
            }
        }
    }
}

#[test]
fn e8_a_ledger_whose_beginning_failed_at_any_durable_call_begins_again_with_entry_0() {
    let story = story(BALLOTS as u32);
    let nothing = Machine::new(64 << 20);
    let machine = Machine::new(64 << 20);
    let root = machine.open(&story).unwrap().shared.node(0, 0);
    assert_eq!(machine.disk.calls(), BEGIN, "a call that the table does not know");
    for (at, call) in BEGIN.iter().enumerate() {
        for fault in FAULTS {
            for restart in RESTARTS {
                let cell = format!("{call}: {fault:?}, {restart:?}");
                let machine = Machine::new(64 << 20);
                machine.disk.arm(Some((at, fault)));
                assert!(machine.open(&story).is_err(), "{cell}");
                machine.restart(restart, None, &nothing);
                for restart in [Restart::Process, Restart::Power] {
                    let ledger = machine.open(&story).unwrap();
                    let published = ledger.shared.read();
                    assert_eq!(published.tree.size(), 1, "{cell}");
                    assert_eq!(ledger.shared.node(0, 0), root, "{cell}");
                    drop(published);
                    drop(ledger);
                    machine.restart(restart, None, &nothing);
                }
            }
        }
    }
}

/// Where this crate writes past the journal's disk: what it can make again, or
/// writes for others. A place that is added needs a row in a table first.
const PAST: [(&str, &str); 3] = [
    ("src/export.rs", "create_dir_all"),
    ("src/export.rs", "write_whole("),
    ("src/witnesses/mod.rs", "write_whole("),
];

#[test]
fn every_write_goes_through_the_disk_that_the_tables_know() {
    #[rustfmt::skip]
    let writes = [
        "fs::write", "fs::rename", "fs::copy", "File::create", "OpenOptions", "create_dir_all", "DirBuilder",
        "remove_dir_all", "remove_file", "write_whole(", "write_all_at", "set_len", "sync_all", "sync_data",
    ];
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
            let name = path.to_str().unwrap().to_owned();
            if path.is_dir() && !name.ends_with("tests") {
                folders.push(path);
            } else if path.is_file() && !name.ends_with("tests.rs") {
                let text = fs::read_to_string(path).unwrap();
                let (production, _) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
                let calls = writes.iter().filter(|call| production.contains(*call));
                found.extend(calls.map(|call| (name.clone(), *call)));
            }
        }
    }
    found.sort();
    let known = PAST.map(|(file, call)| (file.to_owned(), call));
    assert_eq!(found, known);
}
