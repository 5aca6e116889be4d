//! Every attack of the threat model has a test that exists, or a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const THREAT_MODEL: &str = "specs/threat-model.md";

/// What one row of the table names.
struct Row {
    tests: Vec<String>,
    /// Whether it gives a reason for what is not tested.
    reason: bool,
}

/// The table of specs/threat-model.md §3, by attack id.
fn table() -> BTreeMap<String, Row> {
    let text = fs::read_to_string(THREAT_MODEL).expect("the threat model");
    let mut rows = BTreeMap::new();
    for line in text.lines() {
        let Some((id, rest)) = attack_row(line) else {
            continue;
        };
        let last = rest.trim_end_matches('|').rsplit('|').next().expect("a column");
        let named = last.split('`').skip(1).step_by(2).map(str::to_owned);
        let row = Row {
            tests: named.collect(),
            reason: last.contains("not yet: ") || last.contains("not testable: "),
        };
        assert!(rows.insert(id.to_owned(), row).is_none(), "{id} stands twice");
    }
    rows
}

/// `| A1 | …`: the id and what follows.
fn attack_row(line: &str) -> Option<(&str, &str)> {
    let (id, rest) = line.strip_prefix("| ")?.split_once(" |")?;
    let number = id.strip_prefix(|letter: char| letter.is_ascii_uppercase())?;
    let all_digits = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    all_digits.then_some((id, rest))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() && name != "target" && name != "node_modules" && name != ".git" {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Names of all functions that stand under `#[test]`.
fn tests() -> BTreeSet<String> {
    let mut files = Vec::new();
    sources(Path::new("."), &mut files);
    let mut tests = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a readable source file");
        let mut marked = false;
        for line in text.lines().map(str::trim_start) {
            if let Some(rest) = line.strip_prefix("fn ").filter(|_| marked) {
                let name = rest.split(['(', '<']).next().unwrap_or_default();
                tests.insert(name.to_owned());
            }
            marked = line == "#[test]" || marked && line.starts_with("#[");
        }
    }
    tests
}

#[test]
fn every_attack_has_a_test_that_exists_or_a_reason() {
    let (table, tests) = (table(), tests());
    assert!(table.len() > 80, "{} attacks in {THREAT_MODEL}", table.len());
    for (id, row) in &table {
        assert!(
            row.reason || !row.tests.is_empty(),
            "{id} has neither test nor reason"
        );
        for name in &row.tests {
            assert!(tests.contains(name), "{id}: there is no test {name}");
        }
        // What concerns proofs, ballots, trustees and tokens has a test of its own name.
        let own = format!("{}_", id.to_lowercase());
        let named = row.tests.iter().any(|name| {
            let mut words = name.split("_and_").flat_map(|part| part.split_inclusive('_'));
            name.starts_with(&own) || words.any(|word| word == own)
        });
        let needed = ["A", "B", "C", "D", "G"]
            .iter()
            .any(|section| id.starts_with(section));
        assert!(named || !needed, "no test of {id} bears its name");
    }
}

#[test]
fn every_attack_that_a_test_names_is_in_the_table() {
    let table = table();
    for name in tests() {
        let (id, _) = name.split_once('_').unwrap_or_default();
        let number = id.trim_start_matches(|letter: char| ('a'..='h').contains(&letter));
        let is_id = number.len() + 1 == id.len() && number.bytes().all(|digit| digit.is_ascii_digit());
        assert!(
            !is_id || number.is_empty() || table.contains_key(&id.to_uppercase()),
            "{name} is a test of an attack that {THREAT_MODEL} §3 does not know"
        );
    }
}

#[test]
fn the_table_knows_every_attack_of_the_catalogue() {
    let shared = std::env::var("PSEPHOS_SHARED").unwrap_or_else(|_| "../shared".into());
    let path = Path::new(&shared).join("design/attacks.md");
    let Ok(catalogue) = fs::read_to_string(&path) else {
        eprintln!("skipped: no catalogue at {}; set PSEPHOS_SHARED", path.display());
        return;
    };
    let known: BTreeSet<String> = table().into_keys().collect();
    let listed: BTreeSet<String> = catalogue
        .lines()
        .filter_map(|line| attack_row(line).map(|row| row.0.to_owned()))
        .collect();
    assert_eq!(known, listed);
}

#[test]
fn d11_what_cannot_be_detected_is_said() {
    let text = fs::read_to_string(THREAT_MODEL).expect("the threat model");
    let (_, not_promised) = text.split_once("\n## 2. ").expect("what is not promised");
    assert!(
        not_promised
            .contains("t trustees together can read single ballots, and do so early, without a trace")
    );
    let ceremony = fs::read_to_string("specs/03-ceremony.md").expect("the chapter on the ceremony");
    assert!(ceremony.contains("2t > n"));
}
