//! `auditor compare`: the first difference between two copies.

use serde_json::Value;
use tempfile::TempDir;
use voting_core::ledger::encode_bundle;

use crate::kit::{People, Story, golden, voted};
use crate::mirror::Mirror;
use crate::record::{Record, auditor, evidence};
use crate::sealed::people;

/// Two folders beside each other.
struct Pair(TempDir);

impl Pair {
    fn new(a: (&Record, u64), b: (&Record, u64)) -> Self {
        let folder = TempDir::new().unwrap();
        a.0.export(&folder.path().join("a"), a.1);
        b.0.export(&folder.path().join("b"), b.1);
        Self(folder)
    }

    #[track_caller]
    fn compare(&self, code: i32) -> Value {
        let shown = auditor(self.0.path(), &["compare", "a", "b", "--json"], code);
        serde_json::from_str(&shown).unwrap()
    }

    fn text(&self, code: i32) -> String {
        auditor(self.0.path(), &["compare", "a", "b"], code)
    }

    /// Copies a file of A over B's.
    fn take(&self, path: &str) {
        let (a, b) = (self.0.path().join("a"), self.0.path().join("b"));
        std::fs::copy(a.join(path), b.join(path)).unwrap();
    }
}

/// Fields that differ, as `what:field`.
fn fields(report: &Value) -> Vec<String> {
    let differences = report["differences"].as_array().unwrap();
    let word = |found: &Value, name: &str| found[name].as_str().unwrap().to_owned();
    differences
        .iter()
        .map(|found| format!("{}:{}", word(found, "what"), word(found, "field")))
        .collect()
}

fn whole(record: &Record) -> (&Record, u64) {
    (record, record.size())
}

#[test]
fn two_copies_of_one_ledger_are_the_same() {
    let record = Record::of(golden());
    let pair = Pair::new(whole(&record), whole(&record));
    let report = pair.compare(0);
    assert_eq!(report["verdict"], "same");
    assert_eq!(report["schema"], "psephos/compare/v1");
    assert_eq!(report["a"]["signed"], true);
    assert_eq!(report["b"]["sound"], true);
    assert_eq!(fields(&report), [""; 0]);
    assert!(pair.text(0).contains("SAME"));
    // A folder and an address.
    let server = Mirror::of(&pair.0.path().join("b"));
    auditor(pair.0.path(), &["compare", "a", &server.url], 0);
    let id = hex::encode(golden().id());
    auditor(pair.0.path(), &["compare", "a", "b", "--election", &id], 0);
    let other = "ab".repeat(32);
    auditor(pair.0.path(), &["compare", "a", "b", "--election", &other], 1);
}

#[test]
fn an_older_copy_is_the_beginning_of_a_newer_one() {
    let record = Record::with_entries(people(&[]), &[], 800);
    for (older, newer) in [(300, 800), (1, 2), (256, 257), (255, 512), (512, 800)] {
        let pair = Pair::new((&record, older), (&record, newer));
        let report = pair.compare(0);
        assert_eq!(report["verdict"], "prefix", "{report}");
        assert_eq!(fields(&report), ["checkpoint:size"]);
        let shown = pair.text(0);
        assert!(shown.contains("CONSISTENT: A is the beginning of B"), "{shown}");
    }
    let pair = Pair::new((&record, 800), (&record, 300));
    assert!(pair.text(0).contains("B is the beginning of A"));
}

#[test]
fn other_cosignatures_are_named_and_make_no_other_ledger() {
    let record = Record::with_entries(people(&[]), &[], 3);
    let mut fewer = record.clone();
    fewer.witnesses = vec![0, 1];
    let pair = Pair::new(whole(&record), whole(&fewer));
    let report = pair.compare(0);
    assert_eq!(fields(&report), ["checkpoint:cosigned"]);
    assert_eq!(report["differences"][0]["b"].as_array().unwrap().len(), 2);
}

#[test]
fn e1_two_signed_heads_that_contradict_each_other_are_a_fork_with_evidence() {
    let record = Record::with_entries(people(&[]), &[], 800);
    let mut other = record.clone();
    other.entries[299] = b"another".to_vec();
    for (a, b) in [
        ((&record, 800), (&other, 800)),
        ((&record, 500), (&other, 800)),
        ((&other, 700), (&record, 300)),
    ] {
        let pair = Pair::new(a, b);
        let report = pair.compare(1);
        assert_eq!(report["verdict"], "forked", "{report}");
        let found = fields(&report);
        assert!(found.contains(&"entry:leaf".to_owned()), "{found:?}");
        let at = report["differences"].as_array().unwrap().last().unwrap();
        assert_eq!(at["index"], 299);
        let files = evidence(pair.0.path());
        let [file] = files.as_slice() else {
            panic!("{files:?}")
        };
        let id = hex::encode(record.id());
        let shown = auditor(pair.0.path(), &["evidence", file, "--election", &id], 1);
        assert!(shown.contains("FORKED"), "{shown}");
    }
}

#[test]
fn e1_a_fork_shows_although_its_entries_are_hidden() {
    // B signed another tree, serves its hashes, and A's entries.
    let record = Record::with_entries(people(&[]), &[], 800);
    let mut other = record.clone();
    other.entries[299] = b"another".to_vec();
    let pair = Pair::new((&record, 500), (&other, 800));
    let bundle = encode_bundle(&record.entries[256..512]);
    std::fs::write(pair.0.path().join("b/tile/entries/001"), bundle).unwrap();
    let report = pair.compare(1);
    assert_eq!(report["verdict"], "forked");
    assert_eq!(report["b"]["sound"], false);
    assert_eq!(evidence(pair.0.path()).len(), 1);
}

#[test]
fn the_first_entry_that_differs_is_named_by_its_fields() {
    let record = Record::of(golden());
    let place = golden().entries.len() as u64 - 1;
    let mut other = golden().clone();
    let mut result = match voting_core::entry::Entry::from_bytes(&other.entries[place as usize]) {
        Ok(voting_core::entry::Entry::Result(result)) => result,
        other => panic!("{other:?}"),
    };
    result.totals[1] += 1;
    other.entries[place as usize] = voting_core::entry::Entry::Result(result).to_bytes();
    let changed = Record::of(&other);
    // Not signed by the ledger: whoever serves B changed it.
    let pair = Pair::new(whole(&record), whole(&changed));
    pair.take("checkpoint");
    let report = pair.compare(1);
    assert_eq!(report["verdict"], "differ");
    assert_eq!(fields(&report), ["entry:leaf", "entry:result.totals[1]"]);
    assert_eq!(report["differences"][1]["index"], place);
    assert_eq!(report["a"]["sound"], true);
    assert_eq!(report["b"]["sound"], false);
    assert!(evidence(pair.0.path()).is_empty());
    let shown = pair.text(1);
    assert!(
        shown.contains("the entries of B do not lead to the root"),
        "{shown}"
    );
}

#[test]
fn kinds_and_bytes_that_do_not_decode_are_told_apart() {
    let record = Record::of(golden());
    let mut other = record.clone();
    other.entries.swap(10, 20);
    let pair = Pair::new(whole(&record), whole(&other));
    let kinds = fields(&pair.compare(1));
    assert!(kinds.contains(&"entry:kind".to_owned()), "{kinds:?}");
    let mut other = record.clone();
    other.entries[10].pop();
    let found = fields(&Pair::new(whole(&record), whole(&other)).compare(1));
    assert!(found.contains(&"entry:decoding".to_owned()), "{found:?}");
}

#[test]
fn content_files_are_compared_and_two_elections_are_two() {
    let record = Record::with_entries(people(&[]), &[], 3);
    let pair = Pair::new(whole(&record), whole(&record));
    let policy = pair.0.path().join("b/content").join(crate::sealed::POLICY);
    std::fs::write(&policy, "another").unwrap();
    let found = fields(&pair.compare(1));
    assert!(found.iter().any(|one| one.starts_with("content:")), "{found:?}");
    std::fs::remove_file(&policy).unwrap();
    let report = pair.compare(1);
    assert!(
        report["differences"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["b"].is_null())
    );
    let elsewhere = People::with(|manifest| manifest.ledger.origin = "ledger.example/elsewhere".into());
    let pair = Pair::new(whole(&record), whole(&Record::with_entries(elsewhere, &[], 3)));
    assert!(pair.text(1).contains("two elections"));
}

#[test]
fn what_cannot_be_read_is_no_difference() {
    let record = Record::of(voted());
    let pair = Pair::new(whole(&record), whole(&record));
    std::fs::remove_dir_all(pair.0.path().join("b/tile/entries")).unwrap();
    let report = pair.compare(2);
    assert_eq!(report["verdict"], "not checkable");
    std::fs::write(pair.0.path().join("b/checkpoint"), "nothing").unwrap();
    pair.compare(2);
    auditor(pair.0.path(), &["compare", "a"], 64);
    auditor(pair.0.path(), &["compare", "a", "nowhere"], 2);
}

#[test]
fn a_manifest_that_is_none_is_compared_all_the_same() {
    let story: &Story = golden();
    let mut record = Record::of(story);
    record.entries[0] = b"nothing".to_vec();
    let pair = Pair::new(whole(&record), whole(&record));
    let report = pair.compare(0);
    assert_eq!(report["a"]["signed"], false);
    assert!(pair.text(0).contains("NOT signed"));
}
