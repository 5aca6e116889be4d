//! `psephos generate`: every claim of what it makes holds, and it makes the
//! same bytes again.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use auditor::command::{Source, audit};
use auditor::{Overall, Standing, Verdict};

fn generate(folder: &Path, arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_psephos"))
        .arg("generate")
        .arg(folder)
        .args(arguments.split_whitespace())
        .output()
        .unwrap()
}

fn generated(folder: &Path, arguments: &str) -> String {
    let run = generate(folder, arguments);
    assert!(
        run.status.success(),
        "{arguments}: {}",
        String::from_utf8_lossy(&run.stderr)
    );
    String::from_utf8(run.stdout).unwrap()
}

fn audited(folder: &Path) -> Verdict {
    let mut source = Source::open(folder.to_str().unwrap()).unwrap();
    audit(&mut source, None, &[], &mut |_| ()).unwrap()
}

#[track_caller]
fn assert_held(verdict: &Verdict) {
    for claim in &verdict.claims {
        assert!(matches!(claim.standing, Standing::Held { .. }), "{claim:#?}");
    }
    assert_eq!(verdict.overall(), Overall::Held);
}

/// Every file by its path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                files.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    files
}

#[test]
fn every_claim_of_a_generated_election_holds_and_it_is_the_same_again() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = "--ballots 300 --projects 6 --most 3 --token-bits 2048 --batch 40 --again 30 --roll 2500 \
        --issuers 2 --seed 5";
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    let says = generated(&one, arguments);
    let verdict = audited(&one);
    assert_held(&verdict);
    let figures = verdict.figures.as_ref().unwrap();
    assert_eq!(
        (figures.ballots, figures.counted, figures.replaced),
        (300, 270, 30)
    );
    assert_eq!(
        (figures.turnout[0].counted, figures.turnout[0].roll),
        (270, 2_500)
    );
    assert!(says.contains(&hex::encode(figures.election_id)), "{says}");

    // On one processor, where the system lets us choose.
    let program = env!("CARGO_BIN_EXE_psephos");
    let alone = Command::new("taskset")
        .args(["-c", "0", program, "generate"])
        .arg(&two)
        .args(arguments.split_whitespace())
        .output();
    if !alone.is_ok_and(|run| run.status.success()) {
        println!("no taskset: the second run has as many processors as the first");
        generated(&two, arguments);
    }
    let files = files(&one);
    assert!(files == self::files(&two));
    // A bundle and a tile of hashes of every 256 entries begun, those of the
    // next level, the checkpoint and two content files.
    let bundles = figures.entries.div_ceil(256) as usize;
    assert_eq!(files.len(), 2 * bundles + 1 + 3);

    let other = folder.path().join("other");
    generated(&other, &arguments.replace("--seed 5", "--seed 6"));
    assert!(files["checkpoint"] != std::fs::read(other.join("checkpoint")).unwrap());
}

#[test]
fn every_kind_of_ballot_can_be_generated() {
    let folder = tempfile::tempdir().unwrap();
    for kind in ["one", "knapsack", "points", "rank"] {
        let record = folder.path().join(kind);
        let small = "--ballots 20 --projects 5 --most 3 --token-bits 2048 --witnesses 0 --trustees 4";
        generated(&record, &format!("{small} --kind {kind}"));
        assert_held(&audited(&record));
    }
}

#[test]
fn impossible_elections_are_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, says) in [
        ("--projects 5", "--ballots"),
        ("--ballots 0 --projects 5", "--ballots"),
        ("--ballots 10 --projects 0", "--projects"),
        ("--ballots 10 --projects 4", "--most 5: there are only 4 projects"),
        ("--ballots 10 --projects 8 --kind borda", "--kind"),
        ("--ballots 10 --projects 8 --again 6", "at most half"),
        ("--ballots 10 --projects 8 --roll 9", "each needs a line"),
        (
            "--ballots 10 --projects 8 --token-bits 1024",
            "2048, 3072 and 4096",
        ),
        (
            "--ballots 10 --projects 800 --kind rank --most 100",
            "split the contest",
        ),
    ] {
        let record = folder.path().join("record");
        let run = generate(&record, arguments);
        let errors = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(64), "{arguments}: {errors}");
        assert!(errors.contains(says), "{arguments}: {errors}");
        assert!(!record.exists());
    }
    let there = generate(folder.path(), "--ballots 10 --projects 8");
    assert_eq!(there.status.code(), Some(64));
}
