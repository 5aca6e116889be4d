//! Ledgers that somebody else fetches, as a page in a browser does: the same
//! verdicts as from a folder, and questions that give no receipt away.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use auditor::remote::{Because, Counts, Find, Found, Lost, MAX_ENTRIES, RemoteAudit, Unreadable};
use auditor::{Overall, Shown, Verdict};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use tempfile::TempDir;
use voting_core::entry::Entry;
use voting_core::ledger::KeptReceipt;

use crate::kit::{People, Story, broken, golden, opened, voted};
use crate::record::Record;
use crate::sealed::people;

/// A folder as whoever fetches sees it, and what they asked for.
struct Files {
    folder: TempDir,
    asked: RefCell<Vec<String>>,
}

impl Files {
    fn of(record: &Record) -> Self {
        let folder = TempDir::new().unwrap();
        record.export(folder.path(), record.size());
        let asked = RefCell::default();
        Self { folder, asked }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn get(&self, path: &str) -> Option<Vec<u8>> {
        self.asked.borrow_mut().push(path.to_owned());
        std::fs::read(self.path(path)).ok()
    }

    fn audit(&self) -> Result<Verdict, Unreadable> {
        let mut audit = RemoteAudit::begin(None, [9; 32]);
        while let Some(path) = audit.wants() {
            audit.take(self.get(&path).as_deref())?;
        }
        let (done, of) = audit.progress();
        assert_eq!(done, of);
        Ok(audit.verdict())
    }

    fn find(&self, receipt: &KeptReceipt) -> Result<Found, Lost> {
        let mut find = Find::begin(receipt.to_string().as_bytes(), None, [9; 32])?;
        while let Some(path) = find.wants() {
            find.take(self.get(&path).as_deref())?;
        }
        let (done, of) = find.progress();
        assert_eq!(done, of);
        Ok(find.found()?.expect("everything was read"))
    }
}

fn pack(path: &Path) {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&std::fs::read(path).unwrap()).unwrap();
    std::fs::write(path, packed.finish().unwrap()).unwrap();
}

/// The receipts of a story's ballots by index, all under its present head.
fn ballots(record: &Record) -> Vec<u64> {
    let is_ballot = |index: &u64| {
        let entry = Entry::from_bytes(&record.entries[*index as usize]);
        matches!(entry, Ok(Entry::Ballot(_)))
    };
    (0..record.size()).filter(is_ballot).collect()
}

#[test]
fn an_audit_by_somebody_elses_hands_comes_to_the_same_verdict() {
    let mut shares = golden().clone();
    shares.entries.pop();
    let mut changed = golden().clone();
    let last = changed.entries.len() - 1;
    let end = changed.entries[last].len() - 1;
    changed.entries[last][end] ^= 1;
    let mut stories = vec![
        golden().clone(),
        voted().clone(),
        opened().clone(),
        shares,
        changed,
    ];
    let mut late = golden().clone();
    let ballot = late.cast(8, 3);
    late.push(&Entry::Ballot(ballot));
    stories.push(late);
    for story in stories {
        let record = Record::of(&story);
        let files = Files::of(&record);
        let verdict = files.audit().unwrap();
        let note = record.note(record.size());
        let expected = crate::kit::audit(&story.entries, &[&note]);
        assert_eq!(verdict, expected, "{:?}", broken(&expected));
    }
    assert_eq!(
        Files::of(&Record::of(golden())).audit().unwrap().overall(),
        Overall::Held
    );
}

#[test]
fn files_that_are_missing_short_or_packed_are_named() {
    let record = Record::of(golden());
    let bundle = format!("tile/entries/000.p/{}", record.size());
    let without = Files::of(&record);
    std::fs::remove_file(without.path("checkpoint")).unwrap();
    assert!(matches!(without.audit(), Err(Unreadable::Missing(path)) if path == "checkpoint"));
    let short = Files::of(&record);
    let bytes = std::fs::read(short.path(&bundle)).unwrap();
    std::fs::write(short.path(&bundle), &bytes[..bytes.len() - 1]).unwrap();
    assert!(matches!(short.audit(), Err(Unreadable::Damaged { .. })));
    pack(&short.path(&bundle));
    assert!(matches!(short.audit(), Err(Unreadable::Packed(path)) if path == bundle));
    // Where the partial bundle is gone, the full one took its place.
    let grown = Files::of(&record);
    let mut full = bytes;
    full.extend_from_slice(&[0, 1, 7]);
    std::fs::remove_file(grown.path(&bundle)).unwrap();
    std::fs::create_dir_all(grown.path("tile/entries")).unwrap();
    let folder = grown.path(&bundle).parent().unwrap().to_owned();
    std::fs::remove_dir(&folder).unwrap();
    std::fs::write(grown.path("tile/entries/000"), full).unwrap();
    assert_eq!(grown.audit().unwrap().overall(), Overall::Held);
    std::fs::remove_file(grown.path("tile/entries/000")).unwrap();
    assert!(matches!(grown.audit(), Err(Unreadable::Missing(path)) if path == bundle));
}

#[test]
fn a_ledger_too_large_for_a_browser_is_not_begun() {
    let files = Files::of(&Record::with_entries(People::golden(), &[], 1));
    let many = format!("ledger.example/golden\n{}\n{}\n", MAX_ENTRIES + 1, "A".repeat(44));
    std::fs::write(files.path("checkpoint"), many).unwrap();
    assert!(matches!(files.audit(), Err(Unreadable::TooLarge { .. })));
    assert_eq!(*files.asked.borrow(), ["checkpoint"]);
}

#[test]
fn every_ballot_is_found_in_the_box_and_a_replaced_one_is_called_so() {
    let record = Record::of(voted());
    let files = Files::of(&record);
    let mut replaced = Vec::new();
    for index in ballots(&record) {
        match files.find(&record.receipt(index, record.size())).unwrap() {
            Found::Kept(Counts::Counted) => {}
            Found::Kept(Counts::Replaced { by }) => replaced.push((index, by)),
            other => panic!("{index}: {other:?}"),
        }
    }
    assert_eq!(replaced.len(), 2, "voters 1 and 6 voted twice");
    assert!(replaced.iter().all(|(old, new)| new > old));
    // An entry that is no ballot stands there as well.
    let found = files.find(&record.receipt(0, 1)).unwrap();
    assert_eq!(found, Found::Kept(Counts::NoBallot));
}

#[test]
fn a_ballot_in_the_box_that_cannot_count_is_not_called_counted() {
    let mut story = opened().clone();
    let (mut bad, good) = (story.cast(2, 0), story.cast(3, 0));
    let last = bad.range_proof.len() - 1;
    bad.range_proof[last] ^= 1;
    story.batch(vec![bad.clone(), good]);
    // Not in the order of sequences: the second does not replace the first.
    story.batch(vec![story.cast(4, 5)]);
    let early = story.cast(4, 1);
    story.batch(vec![early]);
    let record = Record::of(&story);
    let files = Files::of(&record);
    let found: Vec<_> = ballots(&record)
        .into_iter()
        .map(|index| files.find(&record.receipt(index, record.size())).unwrap())
        .collect();
    let count = |wanted| found.iter().filter(|one| **one == Found::Kept(wanted)).count();
    assert_eq!(found.len(), 4);
    assert_eq!(count(Counts::Counted), 2, "{found:?}");
    assert_eq!(count(Counts::Invalid), 2, "{found:?}");
}

#[test]
fn e3_a_dropped_ballot_is_found_out_in_a_browser_and_leaves_a_portable_proof() {
    for (index, receipted, now) in [(3, 9, 20), (3, 20, 20), (300, 400, 700), (19, 30, 20)] {
        let honest = Record::with_entries(People::golden(), &[], 700);
        let mut lies = honest.clone();
        lies.entries.truncate(now as usize + 1);
        lies.entries.remove(index as usize);
        let found = Files::of(&lies).find(&honest.receipt(index, receipted)).unwrap();
        let Found::Dropped { evidence } = found else {
            panic!("{found:?}")
        };
        assert!(matches!(evidence.check(), Ok(Shown::Dropped { .. })));
        assert_eq!(evidence.accused().unwrap().1, Some(honest.id()));
    }
}

#[test]
fn e2_a_rewritten_past_is_found_out_in_a_browser_and_proven() {
    let honest = Record::with_entries(People::golden(), &[], 700);
    for (changed, receipted, now) in [(8, 9, 20), (255, 256, 300), (299, 300, 700)] {
        let mut lies = honest.clone();
        lies.entries.truncate(now);
        lies.entries[changed] = b"another".to_vec();
        let found = Files::of(&lies).find(&honest.receipt(3, receipted)).unwrap();
        let Found::Rewritten { evidence } = found else {
            panic!("{found:?}")
        };
        assert!(matches!(evidence.check(), Ok(Shown::Fork { .. })));
    }
}

#[test]
fn what_cannot_be_told_is_said_so() {
    let honest = Record::with_entries(People::golden(), &[], 700);
    let older = Files::of(&Record::with_entries(People::golden(), &[], 10));
    for (index, size) in [(3, 20), (300, 301)] {
        let found = older.find(&honest.receipt(index, size)).unwrap();
        assert_eq!(
            found,
            Found::Unknown {
                because: Because::Older
            }
        );
    }
    // Closed without the ballot: the receipt alone does not tell that it was one.
    let voted = Record::of(voted());
    let mut closed = opened().clone();
    closed.close();
    let found = Files::of(&Record::of(&closed)).find(&voted.receipt(voted.size() - 2, voted.size()));
    assert_eq!(
        found.unwrap(),
        Found::Unknown {
            because: Because::ClosedBefore
        }
    );
    // Handed in, and nobody else has seen it.
    let people: Arc<People> = people(&[]);
    let mut unseen = Record::of(&Story::whole_setup(people));
    unseen.witnesses = vec![1];
    let found = Files::of(&unseen)
        .find(&unseen.receipt(2, unseen.size()))
        .unwrap();
    assert_eq!(
        found,
        Found::Unknown {
            because: Because::NotWitnessed
        }
    );
    unseen.witnesses = vec![0, 1, 2];
    let found = Files::of(&unseen)
        .find(&unseen.receipt(2, unseen.size()))
        .unwrap();
    assert_eq!(found, Found::Kept(Counts::NoBallot));
}

#[test]
fn h4_a_receipt_that_this_ledger_did_not_give_is_no_proof_of_anything() {
    let record = Record::of(voted());
    let files = Files::of(&record);
    let other = People::with(|manifest| manifest.ledger.origin = "ledger.example/other".into());
    let other = Record::with_entries(other, &[], 20);
    assert!(matches!(files.find(&other.receipt(3, 9)), Err(Lost::Foreign(_))));
    let mut swapped = record.receipt(8, 9);
    swapped.leaf[0] ^= 1;
    assert!(matches!(files.find(&swapped), Err(Lost::Foreign(_))));
    assert!(matches!(
        Find::begin(b"thanks", None, [0; 32]),
        Err(Lost::NoReceipt(_))
    ));
    let text = record.receipt(8, 9).to_string();
    let mut wrong = Find::begin(text.as_bytes(), Some([7; 32]), [0; 32]).unwrap();
    let refused = loop {
        let path = wrong.wants().unwrap();
        if let Err(refused) = wrong.take(files.get(&path).as_deref()) {
            break refused;
        }
    };
    assert!(matches!(refused, Lost::OtherElection));
}

#[test]
fn f5_hashes_and_entries_that_do_not_fit_the_head_tell_nothing() {
    let record = Record::of(voted());
    let receipt = record.receipt(ballots(&record)[0], record.size());
    for path in [
        format!("tile/0/000.p/{}", record.size()),
        format!("tile/entries/000.p/{}", record.size()),
    ] {
        let files = Files::of(&record);
        let mut bytes = std::fs::read(files.path(&path)).unwrap();
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        std::fs::write(files.path(&path), bytes).unwrap();
        assert!(matches!(files.find(&receipt), Err(Lost::Unproven)), "{path}");
    }
    let files = Files::of(&record);
    let unsigned = String::from_utf8(record.note(record.size())).unwrap();
    let unsigned = unsigned.replace("golden\n", "golden2\n");
    std::fs::write(files.path("checkpoint"), unsigned).unwrap();
    assert!(matches!(files.find(&receipt), Err(Lost::NotSigned)));
}

#[test]
fn looking_up_a_ballot_asks_for_the_same_files_whichever_it_is() {
    let honest = Record::with_entries(People::golden(), &[], 700);
    let files = Files::of(&honest);
    let mut questions = Vec::new();
    for (index, size) in [(1, 2), (3, 700), (300, 301), (699, 700), (520, 600)] {
        files.find(&honest.receipt(index, size)).unwrap();
        questions.push(files.asked.take());
    }
    // A ballot that is gone is looked up as one that is there.
    let mut longer = honest.clone();
    longer.entries.extend([b"more".to_vec(), b"and more".to_vec()]);
    let found = files.find(&longer.receipt(701, 702)).unwrap();
    assert!(matches!(found, Found::Unknown { .. }));
    questions.push(files.asked.take());
    assert!(
        questions.windows(2).all(|pair| pair[0] == pair[1]),
        "{questions:#?}"
    );
    assert_eq!(
        questions[0].len(),
        2 + 3 + 3,
        "checkpoint, entry 0, hashes, entries"
    );
}
