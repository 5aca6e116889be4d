//! Real elections through every component: what is decrypted is what a plain
//! recount of the file gives, and every claim of the auditor holds.
//!
//! Files of up to 2,500 votes every day, the others with PSEPHOS_LONG=1.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use ceremony::pabulib::{File, Purpose, recount};
use serde_json::Value;

const EVERYDAY: usize = 2_500;

fn folder() -> Option<PathBuf> {
    let shared = std::env::var("PSEPHOS_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into());
    let folder = PathBuf::from(shared).join("data/pabulib");
    if !folder.is_dir() {
        println!(
            "skipped: no Pabulib files at {}; set PSEPHOS_SHARED",
            folder.display()
        );
        return None;
    }
    Some(folder)
}

fn replay(path: &Path) -> Value {
    let out = tempfile::tempdir().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_psephos"))
        .args(["replay", "--json", "--out"])
        .arg(out.path().join("record"))
        .arg(path)
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{}: {errors}", path.display());
    serde_json::from_slice(&run.stdout).unwrap()
}

fn check(path: &Path, replay_by_greedy: bool) {
    let name = path.display();
    let file = File::parse(&std::fs::read(path).unwrap()).unwrap();
    let summary = replay(path);
    let contest = file.contest(Purpose::Replay).unwrap();
    let ballots = file.ballots(&contest);
    let counts = &summary["ballots"];
    assert_eq!(counts["read"], file.votes().len(), "{name}");
    for stage in ["sealed", "cast", "counted"] {
        assert_eq!(counts[stage], ballots.accepted.len(), "{name}: {stage}");
    }
    assert_eq!(
        counts["refused"].as_array().unwrap().len(),
        ballots.refused.len(),
        "{name}"
    );
    let mut added: BTreeMap<u32, (u64, i64)> = BTreeMap::new();
    for &(project, votes, score) in ballots.refused.iter().flat_map(|one| &one.would_add) {
        let sums = added.entry(project).or_default();
        *sums = (sums.0 + votes, sums.1 + score);
    }
    let plain = recount(&contest, ballots.accepted.iter().map(|ballot| &ballot.choice));
    for ((index, row), total) in (0u32..).zip(file.projects()).zip(plain) {
        let found = &summary["totals"][row.get("project_id").unwrap()];
        assert_eq!(
            (&found["votes"], &found["score"]),
            (&total.votes.into(), &total.score.into()),
            "{name}"
        );
        let (votes, score) = added.get(&index).copied().unwrap_or_default();
        let stated = |column: &str| row.get(column).map(|text| text.parse::<i64>().unwrap());
        assert!(
            stated("votes").is_none_or(|stated| stated == (total.votes + votes) as i64),
            "{name}"
        );
        assert!(
            stated("score").is_none_or(|stated| stated == total.score + score),
            "{name}"
        );
    }
    for (claim, standing) in summary["audit"].as_object().unwrap() {
        assert_eq!(standing, "held", "{name}: {claim}");
    }
    if replay_by_greedy && file.meta("rule") != Some("greedy-custom") {
        let selected = file
            .projects()
            .iter()
            .filter(|row| row.get("selected").is_some_and(|mark| mark != "0"));
        let mut selected: Vec<&str> = selected.filter_map(|row| row.get("project_id")).collect();
        let mut winners: Vec<&str> = summary["winners"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        selected.sort_unstable();
        winners.sort_unstable();
        assert_eq!(winners, selected, "{name}");
    }
    if summary["winners"].is_null() {
        assert!(summary["winners_reason"].is_string(), "{name}");
    }
}

#[test]
fn real_elections_come_out_right() {
    let Some(folder) = folder() else { return };
    let index = std::fs::read_to_string(folder.join("INDEX.tsv")).unwrap();
    let mut lines = index.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let column = |name: &str| header.iter().position(|one| *one == name).unwrap();
    let (name, votes, greedy) = (column("file"), column("votes"), column("replay"));
    let long = std::env::var_os("PSEPHOS_LONG").is_some();
    for line in lines {
        if line[votes].parse::<usize>().unwrap() > EVERYDAY && !long {
            println!(
                "skipped: {} has {} votes; set PSEPHOS_LONG=1",
                line[name], line[votes]
            );
            continue;
        }
        check(&folder.join(line[name]), line[greedy] == "greedy");
    }
}

#[test]
fn what_is_no_election_is_refused_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("x.pb"), folder.path().join("record"));
    std::fs::write(&file, "META\nkey;value\n").unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_psephos"))
        .arg("replay")
        .arg(&file)
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert!(!run.status.success() && !out.exists());
    assert!(String::from_utf8_lossy(&run.stderr).contains("PROJECTS"));
}
