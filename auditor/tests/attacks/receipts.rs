//! Kept receipts: what they prove, and what a ledger that drops an entry
//! leaves in its holder's hands.

use tempfile::TempDir;

use crate::kit::{People, opened, voted};
use crate::record::{Record, auditor, evidence};
use crate::sealed::{people, policy};

struct Case {
    folder: TempDir,
    record: Record,
}

impl Case {
    fn new(record: Record) -> Self {
        let folder = TempDir::new().unwrap();
        record.export(&folder.path().join("ledger"), record.size());
        Self { folder, record }
    }

    fn keep(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.folder.path().join(name), bytes).unwrap();
    }

    #[track_caller]
    fn run(&self, arguments: &[&str], code: i32) -> String {
        auditor(
            self.folder.path(),
            &[&["receipt", "receipt"], arguments].concat(),
            code,
        )
    }
}

#[test]
fn an_honest_ledger_keeps_its_word_at_every_size() {
    let case = Case::new(Record::with_entries(People::golden(), &[], 700));
    let id = hex::encode(case.record.id());
    for (index, size) in [(0, 1), (5, 6), (255, 256), (256, 513), (600, 700), (699, 700)] {
        case.keep("receipt", case.record.receipt(index, size).to_string());
        let shown = case.run(&["--ledger", "ledger", "--election", &id], 0);
        assert!(
            shown.contains("HELD") && shown.contains("700 entries now"),
            "{shown}"
        );
        assert!(shown.contains("What it does not prove"), "{shown}");
    }
    let json = case.run(&["--ledger", "ledger", "--json"], 0);
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["verdict"], "held");
    assert_eq!(report["ledger"], "kept");
    assert_eq!(report["index"], 699);
    assert!(evidence(case.folder.path()).is_empty());
    case.run(&["--ledger", "ledger", "--election", &"ab".repeat(32)], 1);
}

#[test]
fn a_receipt_is_checked_offline_by_key_and_policy() {
    let people = people(&[]);
    let case = Case::new(Record::with_entries(people.clone(), &[], 20));
    let text = policy(&people, &[]);
    let key = text.lines().next().unwrap().strip_prefix("log ").unwrap();
    case.keep("policy", &text);
    case.keep("receipt", case.record.receipt(3, 9).to_string());
    let shown = case.run(&["--key", key, "--policy", "policy"], 0);
    assert!(shown.contains("3 of 4 witnesses cosigned, not dee"), "{shown}");
    // Too few witnesses: handed in, not confirmed; a later witnessed head confirms.
    let mut early = case.record.clone();
    early.witnesses = vec![2];
    case.keep("receipt", early.receipt(3, 9).to_string());
    let shown = case.run(&["--key", key, "--policy", "policy"], 2);
    assert!(shown.contains("not yet confirmed"), "{shown}");
    case.run(&["--ledger", "ledger"], 0);
    // Another ledger's key, and calls without anybody to believe.
    let other = key.replace("ledger.example/golden", "ledger.example/other");
    case.run(&["--key", &other], 2);
    case.run(&[], 64);
}

#[test]
fn a_bare_receipt_needs_the_entry_that_was_handed_in() {
    let case = Case::new(Record::with_entries(People::golden(), &[], 20));
    let kept = case.record.receipt(3, 9);
    case.keep("receipt", kept.receipt.to_string());
    let shown = case.run(&["--ledger", "ledger"], 2);
    assert!(shown.contains("--ballot"), "{shown}");
    case.keep("ballot", &case.record.entries[3]);
    case.run(&["--ledger", "ledger", "--ballot", "ballot"], 0);
    case.keep("other", &case.record.entries[4]);
    let shown = case.run(&["--ledger", "ledger", "--ballot", "other"], 1);
    assert!(shown.contains("not the ledger's word"), "{shown}");
    case.keep("receipt", kept.to_string());
    case.run(&["--ledger", "ledger", "--ballot", "other"], 1);
    case.keep("receipt", "no receipt");
    case.run(&["--ledger", "ledger"], 2);
}

#[test]
fn e3_a_receipted_entry_that_is_missing_later_prints_dropped_and_leaves_a_portable_proof() {
    for (index, receipted, now) in [(3, 9, 20), (3, 20, 20), (300, 400, 700), (19, 30, 20)] {
        let honest = Record::with_entries(People::golden(), &[], 700);
        let mut lies = honest.clone();
        lies.entries.truncate(now as usize + 1);
        lies.entries.remove(index as usize);
        let case = Case::new(lies);
        case.keep("receipt", honest.receipt(index, receipted).to_string());
        let shown = case.run(&["--ledger", "ledger"], 1);
        assert!(shown.contains("DROPPED"), "{shown}");
        let files = evidence(case.folder.path());
        let [file] = files.as_slice() else {
            panic!("{files:?}")
        };
        assert!(shown.contains(file.as_str()), "{shown}");

        // Whoever gets the file needs nothing else.
        let elsewhere = TempDir::new().unwrap();
        let path = case.folder.path().join(file);
        let path = path.to_str().unwrap();
        let id = hex::encode(honest.id());
        let shown = auditor(elsewhere.path(), &["evidence", path, "--election", &id], 1);
        assert!(shown.contains("DROPPED"), "{shown}");
        auditor(
            elsewhere.path(),
            &["evidence", path, "--election", &"ab".repeat(32)],
            2,
        );
        auditor(elsewhere.path(), &["evidence", path], 1);
    }
}

#[test]
fn e3_a_ballot_dropped_at_the_close_is_proven_although_the_ledger_ends_before_it() {
    // All ballots are dropped, and the poll is closed: what is left is shorter.
    let honest = Record::of(voted());
    let mut lies = opened().clone();
    lies.close();
    lies.tally();
    let lies = Record::of(&lies);
    let index = honest.size() - 2;
    assert!(index >= lies.size());
    let case = Case::new(lies);
    case.keep("receipt", honest.receipt(index, honest.size()).to_string());
    let shown = case.run(&["--ledger", "ledger"], 2);
    assert!(shown.contains("--ballot"), "{shown}");
    case.keep("ballot", &honest.entries[index as usize]);
    let shown = case.run(&["--ledger", "ledger", "--ballot", "ballot"], 1);
    assert!(shown.contains("DROPPED"), "{shown}");
    let file = evidence(case.folder.path()).remove(0);
    let id = hex::encode(honest.id());
    let shown = auditor(case.folder.path(), &["evidence", &file, "--election", &id], 1);
    assert!(shown.contains("DROPPED"), "{shown}");

    let text = std::fs::read_to_string(case.folder.path().join(&file)).unwrap();
    let proof: serde_json::Value = serde_json::from_str(&text).unwrap();
    let other = hex::encode(&honest.entries[index as usize - 1]);
    let open = hex::encode(&case.record.entries[1]);
    for (field, value) in [("ballot", &other), ("close", &open), ("close", &other)] {
        let mut changed = proof.clone();
        changed[field] = value.as_str().into();
        case.keep("changed", changed.to_string());
        auditor(case.folder.path(), &["evidence", "changed"], 2);
    }
    for field in ["manifest", "close-index"] {
        let mut changed = proof.clone();
        changed[field] = serde_json::Value::Null;
        case.keep("changed", changed.to_string());
        auditor(case.folder.path(), &["evidence", "changed"], 2);
    }
}

#[test]
fn e6_a_receipt_of_another_ledger_with_the_same_key_is_refused() {
    let case = Case::new(Record::with_entries(People::golden(), &[], 20));
    let people = People::with(|manifest| manifest.ledger.origin = "ledger.example/other".into());
    let other = Record::with_entries(people, &[], 20);
    case.keep("receipt", other.receipt(3, 9).to_string());
    let shown = case.run(&["--ledger", "ledger"], 1);
    assert!(shown.contains("not the ledger's word"), "{shown}");
}

#[test]
fn e2_a_past_rewritten_around_an_entry_is_said_so_and_proven() {
    let honest = Record::with_entries(People::golden(), &[], 700);
    for (changed, receipted, now) in [(8, 9, 20), (1, 9, 9), (255, 256, 300), (299, 300, 700)] {
        let mut lies = honest.clone();
        lies.entries.truncate(now);
        lies.entries[changed] = b"another".to_vec();
        let case = Case::new(lies);
        case.keep("receipt", honest.receipt(3, receipted).to_string());
        let shown = case.run(&["--ledger", "ledger"], 1);
        assert!(shown.contains("REWRITTEN"), "{shown}");
        let file = evidence(case.folder.path()).remove(0);
        let shown = auditor(case.folder.path(), &["evidence", &file], 1);
        assert!(shown.contains("FORKED"), "{shown}");
    }
}

#[test]
fn e3_evidence_with_any_part_changed_proves_nothing() {
    let honest = Record::with_entries(People::golden(), &[], 20);
    let mut lies = honest.clone();
    lies.entries.remove(3);
    let case = Case::new(lies);
    case.keep("receipt", honest.receipt(3, 9).to_string());
    case.run(&["--ledger", "ledger"], 1);
    let file = evidence(case.folder.path()).remove(0);
    let text = std::fs::read_to_string(case.folder.path().join(file)).unwrap();
    let proof: serde_json::Value = serde_json::from_str(&text).unwrap();
    let kept = proof["receipt"].as_str().unwrap();
    let same_leaf = hex::encode(honest.receipt(3, 9).leaf);
    let honest_note = honest.note(20);
    let renumbered = kept.replace("index 3", "index 4");
    let changes = [
        ("other-leaf", same_leaf.as_str()),
        ("other-leaf", "00"),
        ("checkpoint", "nothing"),
        ("checkpoint", std::str::from_utf8(&honest_note).unwrap()),
        ("receipt", renumbered.as_str()),
        ("schema", "psephos/evidence/v2"),
        ("kind", "fork"),
        ("manifest", "a0"),
        ("ledger", "ledger.example/golden+00000000+AQ=="),
    ];
    for (field, value) in changes {
        let mut changed = proof.clone();
        changed[field] = value.into();
        case.keep("changed", changed.to_string());
        let shown = auditor(case.folder.path(), &["evidence", "changed"], 2);
        assert!(shown.contains("NO EVIDENCE"), "{field}: {shown}");
    }
    let mut changed = proof.clone();
    changed["proof"][0] = "00".repeat(32).into();
    case.keep("changed", changed.to_string());
    auditor(case.folder.path(), &["evidence", "changed"], 2);
}

#[test]
fn a_copy_that_is_older_than_the_receipt_accuses_nobody() {
    let case = Case::new(Record::with_entries(People::golden(), &[], 700));
    for (index, size) in [(3, 20), (300, 301)] {
        let older = TempDir::new().unwrap();
        case.record.export(older.path(), 10);
        case.keep("receipt", case.record.receipt(index, size).to_string());
        let shown = case.run(&["--ledger", older.path().to_str().unwrap()], 2);
        assert!(shown.contains("older than your receipt"), "{shown}");
    }
    assert!(evidence(case.folder.path()).is_empty());
}

#[test]
fn f5_hashes_and_bundles_that_do_not_fit_the_head_prove_nothing_against_the_ledger() {
    let case = Case::new(Record::with_entries(People::golden(), &[], 300));
    case.keep("receipt", case.record.receipt(3, 9).to_string());
    let tile = case.folder.path().join("ledger/tile/0/000");
    let honest = std::fs::read(&tile).unwrap();
    let mut forged = honest.clone();
    forged[3 * 32] ^= 1;
    std::fs::write(&tile, forged).unwrap();
    let shown = case.run(&["--ledger", "ledger"], 2);
    assert!(shown.contains("do not lead to the root"), "{shown}");
    std::fs::write(&tile, &honest[1..]).unwrap();
    case.run(&["--ledger", "ledger"], 2);
    std::fs::write(&tile, honest).unwrap();
    let bundle = case.folder.path().join("ledger/tile/entries/000");
    let bytes = std::fs::read(&bundle).unwrap();
    let mut changed = bytes.clone();
    let at = bytes.windows(7).position(|window| window == b"entry 3").unwrap();
    changed[at + 6] = b'4';
    std::fs::write(&bundle, changed).unwrap();
    case.run(&["--ledger", "ledger"], 1);
    std::fs::remove_file(&bundle).unwrap();
    case.run(&["--ledger", "ledger"], 2);
    assert!(evidence(case.folder.path()).is_empty());
}
