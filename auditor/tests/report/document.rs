//! The JSON document, and the schema that promises its shape.

use serde_json::{Value, json};

use crate::kit::{Story, golden, voted};
use crate::record::{broken, folder, run, text};

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../specs/audit.schema.json")).unwrap()
}

#[track_caller]
fn fits(document: &Value) {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

fn document(code: i32, place: &str) -> Value {
    let (printed, _) = run(code, &["verify", "--json", place]);
    serde_json::from_str(&printed).unwrap()
}

/// A document of every outcome.
fn documents() -> Vec<(&'static str, Value)> {
    let empty = tempfile::tempdir().unwrap();
    let unwitnessed = folder(&golden_without_checkpoint());
    vec![
        ("held", document(0, text(folder(golden()).path()))),
        ("not finished", document(2, text(folder(voted()).path()))),
        ("broken", document(1, text(broken().path()))),
        ("broken", document(1, text(unwitnessed.path()))),
        ("unreadable", document(2, text(empty.path()))),
    ]
}

/// A ledger whose entry 0 is none.
fn golden_without_checkpoint() -> Story {
    let mut story = golden().clone();
    story.entries[0] = b"no manifest".to_vec();
    story
}

#[test]
fn documents_of_every_outcome_fit_the_schema() {
    for (outcome, document) in documents() {
        assert_eq!(document["outcome"], outcome);
        fits(&document);
    }
}

#[test]
fn a_document_that_drifts_does_not_fit() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let good = document(0, text(folder(golden()).path()));
    let changes: [fn(&mut Value); 10] = [
        |document| document["more"] = json!(1),
        |document| document["figures"]["more"] = json!(1),
        |document| document["details"][0]["more"] = json!(1),
        |document| document["details"][0]["standing"] = json!("broken"),
        |document| document["results"][0]["more"] = json!(1),
        |document| document["results"][0]["projects"][0]["more"] = json!(1),
        |document| document["claims"]["more"] = json!("held"),
        |document| document["error"] = json!("why"),
        |document| drop(document.as_object_mut().unwrap().remove("figures")),
        |document| document["figures"]["root"] = json!("AB"),
    ];
    for (place, change) in changes.into_iter().enumerate() {
        let mut document = good.clone();
        change(&mut document);
        assert!(!validator.is_valid(&document), "change {place}");
    }
}

#[test]
fn a_document_says_with_what_and_what_head_was_audited() {
    let held = document(0, text(folder(golden()).path()));
    assert_eq!(held["specification"], "psephos/v1");
    let program = std::fs::read(env!("CARGO_BIN_EXE_auditor")).unwrap();
    let hash = <sha2::Sha256 as sha2::Digest>::digest(program);
    assert_eq!(held["tool"]["sha256"], hex::encode(hash));
    assert_eq!(held["figures"]["origin"], "ledger.example/golden");
    assert_eq!(held["figures"]["signed"], true);
    assert_eq!(held["figures"]["witnesses"], json!({"policy": "none"}));
    for (place, claim) in held["details"].as_array().unwrap().iter().enumerate() {
        assert_eq!(claim["number"], place + 1);
        assert_eq!(claim["clause"], format!("specs/10-audit.md §3.{}", place + 1));
    }
}
