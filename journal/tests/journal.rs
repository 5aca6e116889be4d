//! What the journal promises, against crashes, damage and a disk that fails.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use journal::{Disk, Journal, JournalError, Position, RealDisk, Settings};
use proptest::prelude::*;

type Groups = Vec<Vec<Vec<u8>>>;

fn settings() -> Settings {
    Settings::new("a test")
}

/// Opens a journal; returns it with everything in it.
fn open(folder: &Path) -> Result<(Journal, Groups), JournalError> {
    open_on(Box::new(RealDisk), folder, settings())
}

fn open_on(
    disk: Box<dyn Disk>,
    folder: &Path,
    settings: Settings,
) -> Result<(Journal, Groups), JournalError> {
    let mut groups = Groups::new();
    let journal = Journal::open_on(disk, folder, settings, |group| {
        groups.push(group.iter().map(|(_, record)| record.to_vec()).collect());
        Ok::<(), JournalError>(())
    })?;
    Ok((journal, groups))
}

fn some_groups() -> Groups {
    vec![
        vec![b"one".to_vec(), Vec::new(), vec![7; 300]],
        vec![b"two".to_vec()],
        vec![vec![9; 40], vec![8; 41]],
    ]
}

/// A folder with some groups, and the file they are in.
fn written(groups: &Groups) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, found) = open(folder.path()).unwrap();
    assert!(found.is_empty());
    for group in groups {
        journal.append(group).unwrap();
    }
    let file = folder.path().join("00000000000000000000.seg");
    (folder, file)
}

fn files_named(folder: &Path, beginning: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(beginning))
        .collect();
    files.sort();
    files
}

#[test]
fn what_was_appended_is_there_again_in_order() {
    let (folder, _) = written(&some_groups());
    let (mut journal, groups) = open(folder.path()).unwrap();
    assert_eq!(groups, some_groups());
    journal.append(&[b"more"]).unwrap();
    drop(journal);
    assert_eq!(open(folder.path()).unwrap().1.len(), 4);
}

#[test]
fn a_second_writer_is_refused_while_the_first_lives() {
    let folder = tempfile::tempdir().unwrap();
    let (first, _) = open(folder.path()).unwrap();
    let refused = open(folder.path()).err().unwrap();
    assert!(matches!(refused, JournalError::Locked(_)), "{refused}");
    drop(first);
    open(folder.path()).unwrap();
}

/// Cut at every byte: what was whole before the cut is there, the torn rest
/// is kept aside, and the journal goes on.
#[test]
fn a_file_cut_at_any_byte_loses_only_the_frame_that_was_cut() {
    let (folder, file) = written(&some_groups());
    let whole = fs::read(&file).unwrap();
    let ends: Vec<usize> = (0..=3)
        .map(|count| {
            let (_folder, file) = written(&some_groups()[..count].to_vec());
            fs::metadata(file).unwrap().len() as usize
        })
        .collect();
    for cut in 0..=whole.len() {
        fs::write(&file, &whole[..cut]).unwrap();
        for torn in files_named(folder.path(), "torn-") {
            fs::remove_file(torn).unwrap();
        }
        let (mut journal, groups) = open(folder.path()).unwrap();
        let kept = ends.iter().rposition(|&end| end <= cut).unwrap();
        assert_eq!(groups, some_groups()[..kept], "cut at {cut}");
        let torn = files_named(folder.path(), "torn-");
        match cut - ends[kept] {
            0 => assert!(torn.is_empty()),
            _ => assert_eq!(fs::read(&torn[0]).unwrap(), whole[ends[kept]..cut]),
        }
        journal.append(&[b"after"]).unwrap();
        drop(journal);
        assert_eq!(open(folder.path()).unwrap().1.len(), kept + 1);
    }
}

/// Flip any bit: before the last frame it is damage, reported with its place,
/// and nothing is changed.
#[test]
fn a_flipped_bit_before_the_last_frame_is_reported_and_nothing_is_changed() {
    let (folder, file) = written(&some_groups());
    let whole = fs::read(&file).unwrap();
    let (_other, shorter) = written(&some_groups()[..2].to_vec());
    let last = fs::metadata(shorter).unwrap().len() as usize;
    for at in 0..last {
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        fs::write(&file, &damaged).unwrap();
        match open(folder.path()).err().unwrap() {
            JournalError::Damaged { path, offset, .. } => {
                assert_eq!(path, file);
                assert!(offset as usize <= at);
            }
            other => panic!("byte {at}: {other}"),
        }
        assert_eq!(fs::read(&file).unwrap(), damaged);
    }
    // In the last frame it cannot be told from a torn write: it is kept aside.
    let mut damaged = whole.clone();
    *damaged.last_mut().unwrap() ^= 1;
    fs::write(&file, &damaged).unwrap();
    assert_eq!(open(folder.path()).unwrap().1.len(), 2);
    assert_eq!(files_named(folder.path(), "torn-").len(), 1);
}

#[test]
fn segments_follow_each_other_and_a_missing_or_short_one_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let small = Settings {
        segment: 200,
        ..settings()
    };
    let (mut journal, _) = open_on(Box::new(RealDisk), folder.path(), small.clone()).unwrap();
    let positions: Vec<Position> = (0u8..20)
        .flat_map(|number| journal.append(&[vec![number; 50]]).unwrap())
        .collect();
    let reader = journal.reader();
    for (number, position) in (0u8..).zip(&positions) {
        assert_eq!(reader.read(*position).unwrap(), vec![number; 50]);
    }
    let beyond = Position {
        offset: journal.length(),
        length: 1,
    };
    assert!(matches!(reader.read(beyond), Err(JournalError::NoRecord(_))));
    drop(journal);
    let segments = files_named(folder.path(), "0");
    assert!(segments.len() > 5);
    let (journal, groups) = open_on(Box::new(RealDisk), folder.path(), small.clone()).unwrap();
    assert_eq!(groups.len(), 20);
    for (number, position) in (0u8..).zip(&positions) {
        assert_eq!(journal.reader().read(*position).unwrap(), vec![number; 50]);
    }
    drop(journal);
    let bytes = fs::read(&segments[2]).unwrap();
    let opened = || {
        open_on(Box::new(RealDisk), folder.path(), small.clone())
            .err()
            .unwrap()
    };
    fs::write(&segments[2], &bytes[..bytes.len() - 1]).unwrap();
    assert!(matches!(opened(), JournalError::Damaged { path, .. } if path == segments[2]));
    fs::remove_file(&segments[2]).unwrap();
    assert!(matches!(opened(), JournalError::Missing { .. }));
}

#[test]
fn frames_of_another_journal_or_place_are_not_taken() {
    let (folder, file) = written(&some_groups());
    let other = Settings::new("another test");
    let refused = open_on(Box::new(RealDisk), folder.path(), other).err().unwrap();
    assert!(
        matches!(refused, JournalError::Damaged { offset: 0, .. }),
        "{refused}"
    );
    let bytes = fs::read(&file).unwrap();
    let (_kept, first) = written(&some_groups()[..1].to_vec());
    let first = fs::metadata(first).unwrap().len() as usize;
    fs::write(&file, [&bytes[first..], &bytes[..first]].concat()).unwrap();
    let refused = open(folder.path()).err().unwrap();
    assert!(
        matches!(refused, JournalError::Damaged { offset: 0, .. }),
        "{refused}"
    );
}

/// What a disk does at one call.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    /// The write fails after so many bytes.
    Torn(usize),
    /// Everything is written, and the sync fails.
    SyncFails,
}

/// The write that fails: the start's and the first group's come before.
const FAILING: usize = 3;

struct FaultyDisk {
    calls: usize,
    fault: Fault,
}

impl Disk for FaultyDisk {
    fn write(&mut self, path: &Path, file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
        self.calls += 1;
        match self.fault {
            Fault::Torn(length) if self.calls == FAILING => {
                RealDisk.write(path, file, &bytes[..length.min(bytes.len())], offset)?;
                Err(io::Error::other("no space left on the device"))
            }
            _ => RealDisk.write(path, file, bytes, offset),
        }
    }

    fn sync(&mut self, path: &Path, file: &File) -> io::Result<()> {
        match self.fault {
            Fault::SyncFails if self.calls == FAILING => Err(io::Error::other("input/output error")),
            _ => RealDisk.sync(path, file),
        }
    }
}

#[test]
fn e8_after_a_failed_write_nothing_is_taken_and_a_restart_finds_all_or_nothing_of_it() {
    let faults = (0..62).map(Fault::Torn).chain([Fault::SyncFails]);
    for fault in faults {
        let folder = tempfile::tempdir().unwrap();
        let disk = Box::new(FaultyDisk { calls: 0, fault });
        let (mut journal, _) = open_on(disk, folder.path(), settings()).unwrap();
        journal.append(&[b"acknowledged"]).unwrap();
        let failed = journal.append(&[b"never", b"again"]).err().unwrap();
        assert!(matches!(failed, JournalError::Io { .. }), "{failed}");
        let refused = journal.append(&[b"later"]).err().unwrap();
        assert!(matches!(refused, JournalError::Stopped), "{refused}");
        drop(journal);
        let (mut journal, groups) = open(folder.path()).unwrap();
        assert_eq!(groups[0], [b"acknowledged".to_vec()]);
        match fault {
            Fault::SyncFails => assert_eq!(groups[1..], [[b"never".to_vec(), b"again".to_vec()]]),
            Fault::Torn(_) => assert_eq!(groups.len(), 1, "{fault:?}"),
        }
        journal.append(&[b"later"]).unwrap();
    }
}

#[test]
fn b7_a_length_that_no_frame_has_allocates_nothing() {
    let (folder, file) = written(&some_groups());
    let mut bytes = fs::read(&file).unwrap();
    let (_kept, two) = written(&some_groups()[..2].to_vec());
    let last = fs::metadata(two).unwrap().len() as usize;
    bytes[last + 8..last + 12].copy_from_slice(&u32::MAX.to_be_bytes());
    fs::write(&file, &bytes).unwrap();
    assert_eq!(open(folder.path()).unwrap().1.len(), 2);
}

#[test]
fn too_long_a_group_is_refused_and_the_journal_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (mut journal, _) = open(folder.path()).unwrap();
    let long = vec![0; 65 << 20];
    assert!(matches!(journal.append(&[&long]), Err(JournalError::TooLong(_))));
    journal.append(&[b"short"]).unwrap();
}

#[test]
fn a_reader_that_refuses_a_record_keeps_the_journal_closed() {
    let (folder, _) = written(&some_groups());
    let mut seen = 0;
    let opened = Journal::open(folder.path(), settings(), |_| {
        seen += 1;
        if seen == 2 {
            Err(JournalError::NoRecord(0))
        } else {
            Ok(())
        }
    });
    assert!(opened.is_err());
    assert_eq!(open(folder.path()).unwrap().1, some_groups());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_groups_are_read_back(groups: Vec<Vec<Vec<u8>>>, segment in 1u64..500) {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { segment, ..settings() };
        let (mut journal, _) = open_on(Box::new(RealDisk), folder.path(), settings.clone()).unwrap();
        for group in &groups {
            let positions = journal.append(group).unwrap();
            for (position, record) in positions.into_iter().zip(group) {
                prop_assert_eq!(&journal.reader().read(position).unwrap(), record);
            }
        }
        drop(journal);
        prop_assert_eq!(open_on(Box::new(RealDisk), folder.path(), settings).unwrap().1, groups);
    }

    #[test]
    fn random_files_never_panic(bytes: Vec<u8>, frames in 0usize..3) {
        let (folder, file) = written(&some_groups()[..frames].to_vec());
        let mut content = fs::read(&file).unwrap();
        content.extend_from_slice(&bytes);
        fs::write(&file, content).unwrap();
        prop_assert_eq!(open(folder.path()).unwrap().1, &some_groups()[..frames]);
    }
}

#[test]
fn groups_are_read_beside_the_writer_and_a_torn_tail_is_left_alone() {
    let read = |folder: &Path| {
        let mut groups = Groups::new();
        journal::read(folder, "a test", |group| {
            groups.push(group.iter().map(|(_, record)| record.to_vec()).collect());
            Ok::<(), JournalError>(())
        })?;
        Ok::<_, JournalError>(groups)
    };
    let groups = some_groups();
    let (folder, file) = written(&groups);
    let (_writer, _) = open(folder.path()).unwrap();
    assert_eq!(read(folder.path()).unwrap(), groups);
    let mut bytes = fs::read(&file).unwrap();
    bytes.pop();
    fs::write(&file, &bytes).unwrap();
    assert_eq!(read(folder.path()).unwrap(), groups[..2]);
    assert_eq!(fs::read(&file).unwrap(), bytes);
    assert!(files_named(folder.path(), "torn").is_empty());
    bytes[60] ^= 1;
    fs::write(&file, &bytes).unwrap();
    assert!(matches!(read(folder.path()), Err(JournalError::Damaged { .. })));
    assert_eq!(read(&folder.path().join("nowhere")).unwrap(), Groups::new());
}
