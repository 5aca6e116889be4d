//! Section F: a verifier that believes, leaves out, or is told to.

use std::collections::BTreeSet;
use std::path::Path;

use assert_cmd::Command;
use auditor::occasion::{Occasion, Tool};
use auditor::{CLAIMS, Overall};
use tempfile::TempDir;

use crate::command::folder;
use crate::kit::{Story, golden, voted};
use crate::record::auditor;

/// The document of an audit, as far as it says how the record stands.
fn document(folder: &Path, arguments: &[&str], code: i32) -> serde_json::Value {
    let path = folder.to_str().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_auditor"))
        .args(["verify", path, "--json"])
        .args(arguments)
        .output()
        .unwrap();
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {shown}");
    let mut document: serde_json::Value = serde_json::from_str(&shown).unwrap();
    for occasion in ["source", "time"] {
        document.as_object_mut().unwrap().remove(occasion).unwrap();
    }
    document
}

/// The last result's totals exchanged: what an audit must notice.
fn lying() -> Story {
    let mut story = golden().clone();
    let last = story.entries.pop().unwrap();
    let Ok(voting_core::entry::Entry::Result(mut result)) = voting_core::entry::Entry::from_bytes(&last)
    else {
        panic!("the last entry is a result")
    };
    result.totals.rotate_left(1);
    story
        .entries
        .push(voting_core::entry::Entry::Result(result).to_bytes());
    story.tree = Default::default();
    for entry in &story.entries {
        story.tree.push(voting_core::ledger::leaf_hash(entry));
    }
    story
}

#[test]
fn f1_nothing_that_calls_a_record_verified_is_believed() {
    for (story, code) in [(golden().clone(), 0), (lying(), 1)] {
        let plain = folder(&story);
        let flagged = folder(&story);
        let held = document(folder(golden()).path(), &[], 0).to_string();
        for (name, text) in [
            ("verified", "true"),
            (
                "verified.json",
                r#"{"verified": true, "skip": ["plaintexts", "winners"]}"#,
            ),
            ("audit.json", held.as_str()),
            ("verdict", "held"),
            ("receipts.json", "[]"),
            ("tile/0/000.p/1", "no hashes"),
            ("tile/entries/000.p/1", "no entries"),
            ("content/verified", "true"),
            (".verified", "true"),
        ] {
            let path = flagged.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let (plain, flagged) = (
            document(plain.path(), &[], code),
            document(flagged.path(), &[], code),
        );
        assert_eq!(plain, flagged);
    }
}

#[test]
fn f3_every_claim_has_the_number_and_name_of_its_section() {
    let verdict = golden().audit();
    let specification = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/10-audit.md");
    let specification = std::fs::read_to_string(specification).unwrap();
    let headings = specification
        .lines()
        .filter_map(|line| line.strip_prefix("### 3."));
    let numbered: Vec<_> = (1..)
        .zip(CLAIMS)
        .map(|(number, id)| format!("{number} {id}"))
        .collect();
    assert_eq!(headings.collect::<Vec<_>>(), numbered);
    for (number, (claim, id)) in (1..).zip(verdict.claims.iter().zip(CLAIMS)) {
        assert_eq!(claim.id, id);
        assert_eq!(claim.clause, format!("specs/10-audit.md §3.{number}"));
    }
}

#[test]
fn f3_a_list_of_claims_with_one_left_out_is_never_held() {
    let whole = golden().audit();
    let occasion = Occasion {
        source: "record".to_owned(),
        time: 0,
        tool: Tool::unhashed(),
    };
    assert_eq!(whole.overall(), Overall::Held);
    for place in 0..CLAIMS.len() {
        let mut without = whole.clone();
        let left_out = without.claims.remove(place);
        let mut twice = whole.clone();
        twice.claims.insert(place, left_out.clone());
        let mut other = whole.clone();
        other.claims[place] = whole.claims[(place + 1) % CLAIMS.len()].clone();
        let mut moved = without.clone();
        moved.claims.insert((place + 1) % CLAIMS.len(), left_out.clone());
        for verdict in [without, twice, other, moved] {
            assert_eq!(verdict.overall(), Overall::Incomplete, "{}", left_out.id);
            assert!(verdict.fit_to_decrypt().is_err());
            let document: serde_json::Value =
                serde_json::from_str(&auditor::command::document(&verdict, &occasion)).unwrap();
            assert_ne!(document["verdict"], "held");
        }
    }
    let mut none = whole;
    none.claims.clear();
    assert_eq!(none.overall(), Overall::Incomplete);
}

/// The options that `auditor verify --help` names.
fn options() -> BTreeSet<String> {
    let help = auditor(Path::new("."), &["verify", "--help"], 0);
    let lines = help
        .lines()
        .map(str::trim_start)
        .filter(|line| line.starts_with('-'));
    let words = lines.flat_map(|line| line.split([' ', ',']).filter(|word| word.starts_with("--")));
    words.map(str::to_owned).collect()
}

#[test]
fn f4_no_option_turns_a_check_off() {
    // Every option, with what to give it. Whoever adds one says here that the
    // verdict is the same with it.
    let given = [
        ("--json", &[][..]),
        ("--quiet", &[]),
        ("--while-open", &[]),
        ("--election", &["ID"]),
        ("--kept", &["checkpoint"]),
        ("--cache", &["cache"]),
        ("--patience", &["1s"]),
        ("--no-color", &[]),
        ("--report", &["report.html"]),
        ("--sign", &["key"]),
        ("--statement", &["statement.txt"]),
    ];
    let named = options();
    assert!(
        named.contains("--json") && named.contains("--election"),
        "{named:?}"
    );
    let record = folder(&lying());
    let id = hex::encode(golden().id());
    for option in named.iter().filter(|option| *option != "--help") {
        let known = given.iter().find(|(known, _)| known == option);
        let (_, values) = known.unwrap_or_else(|| panic!("what does {option} do to the verdict?"));
        // These two come together and sign what the verdict says.
        if ["--sign", "--statement"].contains(&option.as_str()) {
            continue;
        }
        let values = values.iter().map(|value| value.replace("ID", &id));
        let arguments: Vec<_> = ["verify".to_owned(), ".".into(), option.clone()]
            .into_iter()
            .chain(values)
            .collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let shown = auditor(record.path(), &arguments, 1);
        assert!(
            shown.contains("plaintexts") || shown.contains("BROKEN"),
            "{option}: {shown}"
        );
    }
    // Nor does the environment, nor a file with settings.
    std::fs::write(record.path().join("auditor.toml"), "skip = [\"plaintexts\"]").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_auditor"))
        .args(["verify", "."])
        .current_dir(record.path())
        .envs([
            ("AUDITOR_SKIP", "plaintexts"),
            ("SKIP", "1"),
            ("PSEPHOS_LONG", "0"),
        ])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn f4_no_claim_is_compiled_out_of_any_build() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/claims");
    let mut files = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let conditions = text
            .lines()
            .filter(|line| line.contains("cfg(") || line.contains("cfg!("));
        let conditions: Vec<_> = conditions
            // What every claim is called, for commands that list them.
            .filter(|line| !line.contains("cfg(feature = \"command\")"))
            .collect();
        assert!(conditions.is_empty(), "{conditions:?}");
        assert!(!text.contains("env::var"));
        files += 1;
    }
    assert_eq!(files, CLAIMS.len() + 1);
}

#[test]
fn f5_a_missing_section_is_not_an_empty_one() {
    // A folder with a head over nothing, and one without a head.
    let story = voted().clone();
    let empty = TempDir::new().unwrap();
    let nothing = story.checkpoint_of(0, voting_core::ledger::empty_root());
    std::fs::write(empty.path().join("checkpoint"), nothing).unwrap();
    let shown = auditor(empty.path(), &["verify", "."], 1);
    assert!(shown.contains("no entry at all"), "{shown}");
    let bare = TempDir::new().unwrap();
    let shown = auditor(bare.path(), &["verify", "."], 2);
    assert!(shown.contains("checkpoint is missing"), "{shown}");
    // A poll that is still open is neither held nor broken.
    let open = folder(&story);
    assert_eq!(
        document(open.path(), &[], 2)["verdict"],
        document(open.path(), &["--while-open"], 0)["verdict"]
    );
}
