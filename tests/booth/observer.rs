//! The observer in WebAssembly comes to the verdict of `auditor verify`, and
//! finds what became of a receipt, as the auditor's library natively does.

use std::path::Path;
use std::process::Command;

use auditor::remote::Find;
use auditor::{Verdict, command};
use serde_json::{Value, json};
use voting_core::entry::Entry;
use voting_core::ledger::leaf_hash;

use super::voter::kit::{Story, files, golden, opened, voted};
use super::{node_is_here, shipped, with_vectors, workspace};

fn export(story: &Story, folder: &Path) {
    files::export(&story.entries, &story.checkpoint(), folder);
}

fn receipt(story: &Story, index: u64) -> String {
    files::receipt(&story.entries, &story.checkpoint(), index).to_string()
}

/// An honest election, one that is still open, and some in which somebody cheats.
fn stories() -> Vec<(&'static str, Story)> {
    let mut forged = opened().clone();
    let mut bad = forged.cast(2, 0);
    let last = bad.range_proof.len() - 1;
    bad.range_proof[last] ^= 1;
    forged.batch(vec![bad, forged.cast(3, 0), forged.cast(4, 0)]);
    let mut stolen = opened().clone();
    let mut without = stolen.cast(2, 0);
    without.tokens[1] = without.tokens[0].clone();
    stolen.batch(vec![without, stolen.cast(3, 0)]);
    let mut miscounted = voted().clone();
    miscounted.close();
    for contest in 0..2 {
        let mut tally = miscounted.tally_entry(contest);
        tally.ballots += 1;
        miscounted.push(&Entry::Tally(tally));
    }
    let mut late = golden().clone();
    let ballot = late.cast(8, 3);
    late.push(&Entry::Ballot(ballot));
    let mut renamed = golden().clone();
    let last = renamed.entries.len() - 1;
    let end = renamed.entries[last].len() - 1;
    renamed.entries[last][end] ^= 1;
    renamed.tree = Default::default();
    renamed
        .entries
        .iter()
        .for_each(|entry| renamed.tree.push(leaf_hash(entry)));
    vec![
        ("honest", golden().clone()),
        ("open", voted().clone()),
        ("a forged proof", forged),
        ("a pass of one issuer twice", stolen),
        ("a wrong tally", miscounted),
        ("a ballot after the close", late),
        ("a damaged result", renamed),
    ]
}

fn native(folder: &Path) -> Verdict {
    let mut source = command::Source::open(folder.to_str().unwrap()).unwrap();
    command::audit(&mut source, None, &[], &mut |_| {}).unwrap()
}

fn in_webassembly(arguments: &[&str]) -> Value {
    asked(&workspace().join("target/booth"), arguments)
}

fn asked(booth: &Path, arguments: &[&str]) -> Value {
    let output = Command::new("node")
        .arg(workspace().join("tests/booth/observer.mjs"))
        .arg(booth)
        .args(arguments)
        .output()
        .expect("node runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("the harness broke: {errors}"))
}

#[test]
fn h5_the_observer_in_webassembly_says_what_the_command_says_of_honest_and_tampered_ledgers() {
    if !node_is_here() || !shipped() {
        return;
    }
    let mut outcomes = Vec::new();
    for (name, story) in stories() {
        let folder = tempfile::tempdir().unwrap();
        export(&story, folder.path());
        let expected = native(folder.path());
        let found = in_webassembly(&["audit", folder.path().to_str().unwrap()]);
        let mut wanted = serde_json::to_value(&expected).unwrap();
        wanted["outcome"] = json!(expected.overall().word());
        wanted["ending"] = json!(expected.ending());
        assert_eq!(found, wanted, "{name}");
        outcomes.push(expected.overall().word());
    }
    assert_eq!(
        outcomes,
        [
            "held",
            "not finished",
            "broken",
            "broken",
            "broken",
            "broken",
            "broken"
        ]
    );
}

#[test]
fn the_observer_in_webassembly_finds_every_ballot_as_the_library_does() {
    if !node_is_here() || !shipped() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (story, mut dropped) = (voted().clone(), voted().clone());
    export(&story, folder.path());
    let size = story.entries.len() as u64;
    for index in [size - 2, size - 3, size - 5, 0] {
        let text = receipt(&story, index);
        let mut find = Find::begin(text.as_bytes(), None, [3; 32]).unwrap();
        while let Some(path) = find.wants() {
            find.take(std::fs::read(folder.path().join(path)).ok().as_deref())
                .unwrap();
        }
        let expected = serde_json::to_value(find.found().unwrap()).unwrap();
        let file = folder.path().join("receipt");
        std::fs::write(&file, text).unwrap();
        let found = in_webassembly(&["find", folder.path().to_str().unwrap(), file.to_str().unwrap()]);
        assert_eq!(found, expected, "{index}");
    }
    // The same ledger without its last ballot but one.
    dropped.entries.remove(size as usize - 3);
    dropped.tree = Default::default();
    dropped
        .entries
        .iter()
        .for_each(|entry| dropped.tree.push(leaf_hash(entry)));
    let (lies, file) = (tempfile::tempdir().unwrap(), folder.path().join("receipt"));
    export(&dropped, lies.path());
    std::fs::write(&file, receipt(&story, size - 3)).unwrap();
    let found = in_webassembly(&["find", lies.path().to_str().unwrap(), file.to_str().unwrap()]);
    assert_eq!(found["found"], "dropped");
    let evidence: auditor::Evidence = serde_json::from_value(found["evidence"].clone()).unwrap();
    evidence.check().unwrap();
}

#[test]
fn every_vector_of_every_file_holds_in_webassembly() {
    if !node_is_here() || !with_vectors() {
        return;
    }
    let judged = asked(&workspace().join("target/booth-vectors"), &["vectors"]);
    let natively = auditor::selftest::vectors().unwrap();
    let natively: serde_json::Map<_, _> = natively
        .into_iter()
        .map(|agreement| (agreement.what, agreement.cases.into()))
        .collect();
    assert_eq!(judged, Value::Object(natively));
    let files = std::fs::read_dir(workspace().join("specs/vectors")).unwrap();
    let files = files.filter(|file| file.as_ref().unwrap().path().extension() == Some("json".as_ref()));
    assert_eq!(judged.as_object().unwrap().len(), files.count());
}
