//! `auditor ballot`: what a device shows that was asked to be checked
//! (attacks C3 and H3).

use serde_json::Value;
use tempfile::TempDir;
use voting_core::ballot::Draft;
use voting_core::encoding::encode;
use voting_core::entry::Entry;

use crate::kit::{Voter, golden};
use crate::record::{Record, auditor};

/// A folder with the golden record in `ledger`, and an opened ballot in `opening`.
struct Case {
    folder: TempDir,
    tracker: String,
}

impl Case {
    /// What an honest device of a voter shows of a ballot that it sealed.
    fn new(voter: u64, sequence: u32, seed: u8) -> Self {
        let story = golden();
        let voter = Voter::new(voter);
        let context = story.election().ballot_context(voter.style).unwrap();
        let values = voter.values(story.election(), sequence);
        let draft = Draft::seal(&context, &voter.credential, sequence, &values, [seed; 32]).unwrap();
        let tracker = draft.tracker().to_string();
        let folder = TempDir::new().unwrap();
        std::fs::write(folder.path().join("opening"), encode(&draft.open())).unwrap();
        let record = Record::of(story);
        record.export(&folder.path().join("ledger"), record.size());
        Self { folder, tracker }
    }

    fn show(&self, arguments: &[&str], code: i32) -> String {
        let arguments = [&["ballot", "opening", "--ledger", "ledger"], arguments].concat();
        auditor(self.folder.path(), &arguments, code)
    }

    fn write(&self, bytes: &[u8]) {
        std::fs::write(self.folder.path().join("opening"), bytes).unwrap();
    }
}

#[test]
fn an_honest_device_shows_what_it_sealed_in_words() {
    let case = Case::new(7, 3, 50);
    let id = hex::encode(golden().id());
    let shown = case.show(&["--tracker", &case.tracker, "--election", &id], 0);
    let manifest = &golden().people.manifest;
    for contest in &manifest.contests {
        assert!(shown.contains(&contest.id), "{shown}");
    }
    assert!(shown.contains("points)") && shown.contains("HELD"), "{shown}");
    assert!(shown.contains("A checked ballot is never cast"), "{shown}");
    let json = case.show(&["--tracker", &case.tracker, "--json"], 0);
    let report: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["schema"], "psephos/opened/v1");
    assert_eq!(report["verdict"], "held");
    assert_eq!(report["sequence"], 3);
    assert_eq!(
        report["contests"][0]["projects"][0]["project"],
        manifest.contests[0].projects[1].id
    );
    assert_eq!(report["contests"][1]["projects"].as_array().unwrap().len(), 2);
    // The voter's ballot that was cast, with another sequence.
    assert_eq!(report["others"].as_array().unwrap().len(), 1);
    assert!(report["cast-at"].is_null());
    // A file with digits instead of bytes.
    let bytes = std::fs::read(case.folder.path().join("opening")).unwrap();
    case.write(format!("{}\n", hex::encode(bytes)).as_bytes());
    case.show(&["--tracker", &case.tracker], 0);
}

#[test]
fn h3_without_the_tracker_from_before_nothing_is_held() {
    let case = Case::new(3, 1, 50);
    let shown = case.show(&[], 2);
    assert!(shown.contains("Compare the tracker code"), "{shown}");
    assert!(shown.contains(&case.tracker), "{shown}");
    let other = Case::new(3, 1, 51);
    let shown = case.show(&["--tracker", &other.tracker], 1);
    assert!(shown.contains("sealed something else"), "{shown}");
    case.show(&["--tracker", "12 34"], 64);
}

#[test]
fn c3_a_checked_ballot_that_was_cast_is_found() {
    // The seed of the ballot that the kit's voter 3 has cast.
    let case = Case::new(3, 0, 3);
    let json = case.show(&["--tracker", &case.tracker, "--json"], 1);
    let report: Value = serde_json::from_str(&json).unwrap();
    let index = report["cast-at"].as_u64().unwrap();
    let entry = &golden().entries[index as usize];
    assert!(
        matches!(Entry::from_bytes(entry), Ok(Entry::Ballot(ballot)) if *ballot.credential == Voter::new(3).credential.public())
    );
    assert!(case.show(&["--tracker", &case.tracker], 1).contains("was cast"));
}

#[test]
fn c3_another_ballot_cast_in_its_place_is_found_by_its_cell() {
    let case = Case::new(8, 0, 50);
    let shown = case.show(&["--tracker", &case.tracker], 1);
    let manifest = &golden().people.manifest;
    let place = format!(
        "cell 0 (contest {}, project {})",
        manifest.contests[0].id, manifest.contests[0].projects[0].id
    );
    assert!(shown.contains(&place), "{shown}");
}

#[test]
fn openings_against_the_rules_are_refused() {
    let case = Case::new(3, 1, 50);
    let bytes = std::fs::read(case.folder.path().join("opening")).unwrap();
    let opening: voting_core::ballot::Opening = voting_core::encoding::decode(&bytes).unwrap();
    let mut greedy = opening.clone();
    greedy.values.fill(1);
    case.write(&encode(&greedy));
    let shown = case.show(&[], 1);
    assert!(shown.contains("no ballot of this election"), "{shown}");
    let mut short = opening.clone();
    short.values.pop();
    case.write(&encode(&short));
    case.show(&[], 1);
    let mut nobody = opening.clone();
    nobody.credential = [0; 32].into();
    case.write(&encode(&nobody));
    case.show(&[], 1);
    let mut other = opening.clone();
    other.style = 9;
    case.write(&encode(&other));
    assert!(case.show(&[], 1).contains("no ballot style 9"));
}

#[test]
fn what_is_no_opening_is_said() {
    let case = Case::new(3, 1, 50);
    case.write(b"nothing");
    assert!(case.show(&[], 2).contains("no opened ballot"));
    case.write(&golden().entries[golden().entries.len() - 15]);
    case.show(&[], 2);
    let ballot = golden().ballots.values().next().unwrap().clone();
    case.write(&Entry::Ballot(ballot).to_bytes());
    assert!(case.show(&[], 2).contains("sealed ballot"));
}

#[test]
fn d4_a_ledger_that_is_not_the_signed_one_tells_nothing() {
    let case = Case::new(3, 1, 50);
    let record = Record::of(golden());
    let mut other = record.clone();
    other.entries.pop();
    other.entries.push(b"another".to_vec());
    other.export(&case.folder.path().join("ledger"), other.size());
    let note = record.note(record.size());
    std::fs::write(case.folder.path().join("ledger/checkpoint"), note).unwrap();
    let shown = case.show(&["--tracker", &case.tracker], 1);
    assert!(shown.contains("do not lead to the root"), "{shown}");
    case.show(&["--election", &"ab".repeat(32)], 1);
}
