//! `auditor inspect`: entries as JSON, whatever they are.

use serde_json::Value;
use tempfile::TempDir;

use crate::kit::{People, Story, golden};
use crate::record::{Record, auditor};

fn exported(record: &Record) -> TempDir {
    let folder = TempDir::new().unwrap();
    record.export(folder.path(), record.size());
    folder
}

fn lines(folder: &TempDir, arguments: &[&str], code: i32) -> Vec<Value> {
    let arguments = [&["inspect", ".", "--json-lines"], arguments].concat();
    let shown = auditor(folder.path(), &arguments, code);
    shown
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_entry_of_an_election_is_shown_by_its_fields_and_stands_under_the_head() {
    let story = golden();
    let folder = exported(&Record::of(story));
    let entries = lines(&folder, &[], 0);
    assert_eq!(entries.len(), story.entries.len());
    for (at, entry) in entries.iter().enumerate() {
        assert_eq!(entry["schema"], "psephos/entry/v1");
        assert_eq!(entry["index"], at);
        assert_eq!(entry["length"], story.entries[at].len());
        assert_eq!(entry["checkpoint"]["signed"], true);
        assert_eq!(entry["checkpoint"]["stands"], true);
        assert!(entry["fields"].is_object() && entry["wrong"].is_null(), "{entry}");
    }
    assert_eq!(entries[0]["about"]["election-id"], hex::encode(story.id()));
    assert_eq!(entries[0]["fields"]["manifest"]["title"], "Golden budget");
    let ballots = lines(&folder, &["--kind", "ballot"], 0);
    assert_eq!(ballots.len(), 12);
    let ballot = &ballots[0];
    let cells = ballot["fields"]["cells"].as_array().unwrap();
    assert_eq!(ballot["about"]["cells"], cells.len());
    assert_eq!(cells[0]["r"].as_str().unwrap().len(), 64);
    assert_eq!(ballot["about"]["tokens"].as_array().unwrap().len(), 2);
    assert!(ballot["about"]["tokens"][0]["issuer"].is_string());
    assert!(ballot["about"]["contests"][0].is_string());
    assert_eq!(ballot["about"]["tracker"].as_str().unwrap().len(), 64);
    let close = lines(&folder, &["--kind", "close"], 0);
    assert_eq!(close[0]["about"]["officers"].as_array().unwrap().len(), 2);
    let results = lines(&folder, &["--kind", "result"], 0);
    assert!(results[0]["about"]["winners"][0].is_string());
}

#[test]
fn ranges_pick_entries_and_what_is_not_there_is_said() {
    let folder = exported(&Record::of(golden()));
    let index = |entry: &Value| entry["index"].as_u64().unwrap();
    let picked: Vec<u64> = lines(&folder, &["3", "5-7"], 0).iter().map(index).collect();
    assert_eq!(picked, [3, 5, 6, 7]);
    let size = golden().entries.len() as u64;
    let rest = lines(&folder, &[&format!("{}-", size - 2)], 0);
    assert_eq!(rest.iter().map(index).collect::<Vec<_>>(), [size - 2, size - 1]);
    let shown = auditor(folder.path(), &["inspect", ".", "4-900"], 2);
    assert!(shown.contains("no entry 900"), "{shown}");
    for wrong in ["-3", "7-3", "x", "1.5", "99999999999999999999"] {
        auditor(folder.path(), &["inspect", ".", "--", wrong], 64);
    }
    auditor(folder.path(), &["inspect", "nowhere", "0"], 2);
}

#[test]
fn what_does_not_decode_is_said_with_its_place_and_its_bytes() {
    let mut record = Record::of(golden());
    record.entries[4].truncate(40);
    record.entries.push(b"\x1b[2J no entry".to_vec());
    let folder = exported(&record);
    let entries = lines(
        &folder,
        &["4", &record.entries.len().saturating_sub(1).to_string()],
        1,
    );
    assert_eq!(entries[0]["wrong"]["at"], 8);
    assert_eq!(entries[0]["wrong"]["field"], "key-commitment.body.points");
    assert_eq!(entries[0]["bytes"], hex::encode(&record.entries[4]));
    assert!(entries[1]["kind"].is_null());
    let text = auditor(folder.path(), &["inspect", ".", "4"], 1);
    assert!(text.contains("are left"), "{text}");
}

#[test]
fn another_entry_in_its_place_does_not_stand_under_the_head() {
    let record = Record::of(golden());
    let folder = exported(&record);
    let mut other = record.clone();
    other.entries.swap(20, 21);
    let served = exported(&other);
    // Bundles of one copy, heads and hashes of the other.
    let bundle = format!("tile/entries/000.p/{}", record.size());
    std::fs::copy(served.path().join(&bundle), folder.path().join(&bundle)).unwrap();
    let entries = lines(&folder, &["19-21"], 1);
    let stands: Vec<_> = entries
        .iter()
        .map(|entry| &entry["checkpoint"]["stands"])
        .collect();
    assert_eq!(stands, [true, false, false]);
    // Without hashes nothing is said about it.
    std::fs::remove_dir_all(folder.path().join("tile/0")).unwrap();
    let entries = lines(&folder, &["20"], 0);
    assert!(entries[0]["checkpoint"]["stands"].is_null());
}

#[test]
fn a_file_with_one_entry_is_enough_and_texts_do_not_steer_the_terminal() {
    let people = People::with(|manifest| manifest.title = "Red \u{1b}[31m \u{202e}evil".into());
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("entry"), Story::manifest_entry(&people)).unwrap();
    let shown = auditor(folder.path(), &["inspect", "entry"], 0);
    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown}");
    let entry: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(
        entry["fields"]["manifest"]["title"],
        "Red \u{1b}[31m \u{202e}evil"
    );
    assert!(entry["index"].is_null());
    std::fs::write(folder.path().join("long"), vec![0x82; 70_000]).unwrap();
    auditor(folder.path(), &["inspect", "long"], 1);
}
