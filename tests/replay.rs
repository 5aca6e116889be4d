//! Real elections through every component: what is decrypted is what a plain
//! recount of the file gives, and every claim of the auditor holds.
//!
//! Files of up to 2,500 votes every day, the others with PSEPHOS_LONG=1.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

use ceremony::pabulib::{Difference, File, Purpose, recount};
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

fn psephos(path: &Path, out: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_psephos"))
        .args(["replay", "--json", "--out"])
        .args([out, path])
        .output()
        .unwrap()
}

fn replay(path: &Path) -> Value {
    let out = tempfile::tempdir().unwrap();
    let run = psephos(path, &out.path().join("record"));
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{}: {errors}", path.display());
    serde_json::from_slice(&run.stdout).unwrap()
}

fn check(path: &Path, replay_by_greedy: bool) -> Value {
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
    let plain = recount(&contest, ballots.accepted.iter().map(|ballot| &ballot.choice));
    for (row, total) in file.projects().iter().zip(&plain) {
        let found = &summary["totals"][row.get("project_id").unwrap()];
        assert_eq!(
            (&found["votes"], &found["score"]),
            (&total.votes.into(), &total.score.into()),
            "{name}"
        );
    }
    let differences = file.differences(&ballots, &plain);
    assert!(
        differences.iter().all(Difference::is_explained),
        "{name}: {differences:?}"
    );
    let told = summary
        .get("differences")
        .map_or(0, |told| told.as_array().unwrap().len());
    assert_eq!(told, differences.len(), "{name}");
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
    summary
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
    let (today, later): (Vec<_>, Vec<_>) =
        lines.partition(|line| long || line[votes].parse::<usize>().unwrap() <= EVERYDAY);
    for line in later {
        println!(
            "skipped: {} has {} votes; set PSEPHOS_LONG=1",
            line[name], line[votes]
        );
    }
    each(&today, |line| {
        check(&folder.join(line[name]), line[greedy] == "greedy");
    });
}

/// Several elections at once: each waits most of the time for its batches.
fn each<T: Sync>(items: &[T], work: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(item);
                }
            });
        }
    });
}

/// A small election: META lines, and ballots by voter.
fn written(meta: &str, columns: &str, ballots: &[&str]) -> String {
    let mut text = format!(
        "META\nkey;value\ndescription;A small election\nbudget;300\ncurrency;EUR\n\
         num_projects;4\nnum_votes;{}\nrule;greedy\n{meta}\n\
         PROJECTS\nproject_id;cost;name\n\
         a;100;Apple trees\nb/1;150;Benches\nc;\"200\";\"A \"\"cycle\"\" path; lit\"\nd;50.50;Drinking water\n\
         VOTES\nvoter_id;{columns}\n",
        ballots.len()
    );
    for (number, ballot) in (1..).zip(ballots) {
        text.push_str(&format!("v{number};{ballot}\n"));
    }
    text
}

#[test]
fn every_vote_type_comes_out_right_and_bad_ballots_are_told() {
    let elections = [
        (
            "vote_type;choose-1",
            "vote",
            ["a", "b/1", "a", "a,c", "x", ""].as_slice(),
            3,
        ),
        (
            "vote_type;approval\nmin_length;2\nmax_length;3",
            "vote",
            &["a,c", "a, b/1 ,d", "c", "a,b/1,c,d", "a,a"],
            3,
        ),
        (
            "vote_type;approval\nmax_sum_cost;260",
            "vote",
            &["a,b/1", "c,d", "b/1,c", "d"],
            1,
        ),
        (
            "vote_type;cumulative\nmax_sum_points;10\nmax_points;7",
            "vote;points",
            &["a,b/1;7,3", "c;1", "a;8", "a,b/1;7,4", "a,b/1;7"],
            3,
        ),
        (
            "vote_type;scoring\nmin_points;-2\nmax_points;2",
            "vote;points",
            &["a,b/1;2,-2", "c,d;1,0", "a;3", "a;many"],
            2,
        ),
        (
            "vote_type;ordinal\nmin_length;1\nmax_length;3\nscoring_fn;Borda",
            "vote",
            &["a,b/1,c", "d", "c,a", "a,b/1,c,d", "b/1,b/1"],
            2,
        ),
    ];
    each(&elections, |(meta, columns, ballots, refused)| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("small.pb");
        std::fs::write(&path, written(meta, columns, ballots)).unwrap();
        let summary = check(&path, false);
        let told = summary["ballots"]["refused"].as_array().unwrap();
        assert_eq!(told.len(), *refused, "{meta}: {told:?}");
        for one in told {
            let voter = one["voter_id"].as_str().unwrap();
            assert!(voter.starts_with('v') && one["reason"].is_string(), "{one}");
        }
        assert!(summary["winners"].is_array(), "{meta}");
    });
}

#[test]
fn columns_that_no_refused_ballot_explains_are_not_right() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.pb");
    let text = written("vote_type;choose-1", "vote", &["a", "a", "a,b/1"]);
    let text = text.replace("project_id;cost;name", "project_id;cost;name;votes");
    let stated = |a: u32| {
        text.replace("Apple trees", &format!("Apple trees;{a}"))
            .replace("Benches", "Benches;1")
            .replace("lit\"", "lit\";0")
            .replace("Drinking water", "Drinking water;")
    };
    for (votes, code, explained) in [(3, 0, true), (4, 1, false)] {
        std::fs::write(&path, stated(votes)).unwrap();
        let out = folder.path().join(format!("record-{votes}"));
        let run = psephos(&path, &out);
        assert_eq!(run.status.code(), Some(code));
        let summary: Value = serde_json::from_slice(&run.stdout).unwrap();
        let first = &summary["differences"][0];
        assert_eq!(
            (&first["stated"], &first["counted"], &first["explained"]),
            (&votes.into(), &2.into(), &explained.into())
        );
    }
}

#[test]
fn a_file_without_a_ballot_to_cast_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let (path, out) = (folder.path().join("bad.pb"), folder.path().join("record"));
    for (ballots, expected) in [
        (["x", "a,a"].as_slice(), "voter v1: names project 'x'"),
        (&[], "no ballots"),
    ] {
        std::fs::write(&path, written("vote_type;approval", "vote", ballots)).unwrap();
        let run = psephos(&path, &out);
        let errors = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{errors}");
        assert!(errors.contains(expected) && !out.exists(), "{errors}");
    }
}

#[test]
fn wrong_usage_has_its_own_exit_code() {
    let run = Command::new(env!("CARGO_BIN_EXE_psephos"))
        .arg("replay")
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(64));
    assert!(String::from_utf8_lossy(&run.stderr).contains("--out"));
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
