//! A whole audit of a ledger that was changed, in memory and as files.

use std::collections::BTreeMap;
use std::path::Path;

use auditor::command::{Source, audit};
use auditor::{Overall, Verdict};
use tempfile::TempDir;
use voting_core::entry::Entry;
use voting_core::ledger::{Tree, encode_bundle, leaf_hash};

use crate::election::honest;
use crate::kit;

/// Reads changes from bytes, five each, and audits the ledger that comes out:
/// what to do, to which entry, with which other, where, and with which byte.
/// The ledger's own key signs the head again if the first byte is odd.
pub(crate) fn verify(bytes: &[u8]) {
    let story = honest().story;
    let Some((&first, changes)) = bytes.split_first() else {
        return;
    };
    let mut entries = story.entries.clone();
    for change in changes.chunks_exact(5).take(8) {
        apply(&mut entries, change);
    }
    let note = if first % 2 == 1 {
        let mut tree = Tree::default();
        entries.iter().for_each(|entry| tree.push(leaf_hash(entry)));
        story.checkpoint_of(tree.size(), tree.root())
    } else {
        honest().note.clone()
    };
    let verdict = kit::audit(&entries, &[&note]);
    for claim in &verdict.claims {
        let _ = claim.standing.word();
    }
    judge(&verdict, &entries);
}

fn apply(entries: &mut Vec<Vec<u8>>, change: &[u8]) {
    let &[how, one, other, place, byte] = change else {
        return;
    };
    if entries.is_empty() {
        return;
    }
    let (one, other) = (
        usize::from(one) % entries.len(),
        usize::from(other) % entries.len(),
    );
    let at = |entry: &[u8]| (usize::from(place) * 257 + usize::from(byte)) % entry.len().max(1);
    match how % 10 {
        0 => drop(entries.remove(one)),
        1 => entries.swap(one, other),
        2 => {
            let copy = entries[one].clone();
            entries.insert(other, copy);
        }
        3 => {
            let at = at(&entries[one]);
            if let Some(found) = entries[one].get_mut(at) {
                *found ^= byte | 1;
            }
        }
        4 => {
            let at = at(&entries[one]);
            entries[one].truncate(at);
        }
        5 => {
            let at = at(&entries[one]);
            entries[one].insert(at, byte);
        }
        6 => entries.truncate(one),
        7 => entries[one] = entries[other].clone(),
        8 => entries.insert(one, vec![byte; usize::from(place)]),
        _ => swap_fields(entries, one, other),
    }
}

/// Two ballots exchange their cells, two signed entries their signatures.
fn swap_fields(entries: &mut [Vec<u8>], one: usize, other: usize) {
    let (Ok(mut a), Ok(mut b)) = (
        Entry::from_bytes(&entries[one]),
        Entry::from_bytes(&entries[other]),
    ) else {
        return;
    };
    match (&mut a, &mut b) {
        (Entry::Ballot(a), Entry::Ballot(b)) => core::mem::swap(&mut a.cells, &mut b.cells),
        (Entry::Open(a) | Entry::Close(a), Entry::Open(b) | Entry::Close(b)) => {
            core::mem::swap(&mut a.signatures, &mut b.signatures);
        }
        (Entry::Tally(a), Entry::Tally(b)) => core::mem::swap(&mut a.sums, &mut b.sums),
        (Entry::DecryptionShare(a), Entry::DecryptionShare(b)) => {
            core::mem::swap(&mut a.body.points, &mut b.body.points);
        }
        (Entry::Result(a), Entry::Result(b)) => core::mem::swap(&mut a.totals, &mut b.totals),
        _ => {}
    }
    (entries[one], entries[other]) = (a.to_bytes(), b.to_bytes());
}

/// A changed ledger is not held. What follows the close may stand in another
/// legal order, and be signed so: then it says the same.
fn judge(verdict: &Verdict, entries: &[Vec<u8>]) {
    let story = honest().story;
    if verdict.overall() != Overall::Held || *entries == *story.entries {
        return;
    }
    let close = |entry: &Vec<u8>| matches!(Entry::from_bytes(entry), Ok(Entry::Close(_)));
    let until = story.entries.iter().position(close).unwrap_or(0) + 1;
    let sorted = |entries: &[Vec<u8>]| {
        let mut sorted = entries.to_vec();
        sorted.sort();
        sorted
    };
    assert_eq!(
        entries.get(..until),
        story.entries.get(..until),
        "held, though changed"
    );
    assert_eq!(sorted(entries), sorted(&story.entries), "held, though changed");
    assert_eq!(
        verdict.results,
        story.audit().results,
        "held, with another result"
    );
}

pub(crate) fn verify_seeds() -> Vec<Vec<u8>> {
    let size = honest().story.entries.len() as u8;
    let mut seeds = vec![vec![0], vec![1]];
    for how in 0..10 {
        for one in [0, 5, size / 2, size - 2] {
            seeds.push(vec![1, how, one, one + 1, 0, 40]);
        }
    }
    seeds
}

/// Files of a record by number; the other bytes are what stands there.
const FILES: [&str; 3] = ["checkpoint", "tile/entries/000.p/", "content/texts.json"];

/// A record in a folder, with one of its files as it comes.
pub(crate) fn record(bytes: &[u8]) {
    let Some((&which, bytes)) = bytes.split_first() else {
        return;
    };
    let story = honest().story;
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let bundle = format!("{}{}", FILES[1], story.entries.len());
    files.insert(FILES[0].to_owned(), honest().note.clone());
    files.insert(bundle.clone(), encode_bundle(&story.entries));
    let path = match usize::from(which) % FILES.len() {
        1 => &bundle,
        other => FILES[other],
    };
    files.insert(path.to_owned(), bytes.to_vec());
    let folder = written(&files);
    let Ok(mut source) = Source::open(&folder.path().display().to_string()) else {
        return;
    };
    let Ok(verdict) = audit(&mut source, None, &[], &mut |_| {}) else {
        return;
    };
    if verdict.overall() == Overall::Held {
        let figures = verdict.figures.expect("a held ledger has a manifest");
        assert_eq!(figures.root, story.tree.root(), "held, though changed");
    }
}

fn written(files: &BTreeMap<String, Vec<u8>>) -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        TempDir::new_in(memory)
    } else {
        TempDir::new()
    };
    let folder = folder.expect("a folder for temporary files");
    for (path, bytes) in files {
        let path = folder.path().join(path);
        let parent = path.parent().expect("a file lies in a folder");
        std::fs::create_dir_all(parent).expect("a folder that was just made");
        std::fs::write(&path, bytes).expect("a folder that was just made");
    }
    folder
}

pub(crate) fn record_seeds() -> Vec<Vec<u8>> {
    let bundle = encode_bundle(&honest().story.entries);
    let with = |which: u8, bytes: &[u8]| [&[which], bytes].concat();
    vec![
        with(0, &honest().note),
        with(1, &bundle),
        with(0, b"ledger.example\n18446744073709551615\nAAAA\n"),
        with(2, b"{}"),
    ]
}
