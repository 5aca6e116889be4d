//! What the terminal shows, and files that are there as a whole or not at all.

use crate::html::elements;
use crate::kit::{golden, voted};
use crate::record::{auditor, broken, folder, in_folder, run, text};

#[test]
fn one_line_for_each_claim_with_its_number_and_the_verdict_at_the_end() {
    let record = folder(golden());
    let (printed, said) = run(0, &["verify", text(record.path())]);
    let numbered: Vec<u32> = printed
        .lines()
        .filter_map(|line| line.split_once("  held  ")?.0.trim().parse().ok())
        .collect();
    assert_eq!(numbered, (1..=18).collect::<Vec<_>>(), "{printed}");
    let last: Vec<_> = printed.lines().rev().take(2).collect();
    assert_eq!(last[1], "HELD: all 18 claims hold.");
    assert!(
        last[0].starts_with("Next       auditor verify ") && last[0].contains("--report"),
        "{printed}"
    );
    assert!(said.is_empty(), "no progress bar where nobody watches: {said}");

    let (printed, _) = run(1, &["verify", text(broken().path())]);
    assert!(
        printed
            .lines()
            .last()
            .unwrap()
            .starts_with("Next       auditor explain "),
        "{printed}"
    );
}

#[test]
fn quiet_says_nothing_unless_something_is_wrong() {
    let record = folder(golden());
    assert_eq!(
        run(0, &["verify", "--quiet", text(record.path())]),
        (String::new(), String::new())
    );
    let (printed, _) = run(1, &["verify", "-q", text(broken().path())]);
    assert!(
        printed.contains("broken") && printed.contains("BROKEN: "),
        "{printed}"
    );
    assert!(!printed.contains("  held"), "{printed}");
    let (printed, _) = run(2, &["verify", "-q", text(folder(voted()).path())]);
    assert!(printed.ends_with("the others wait for the poll.\n"), "{printed}");
    run(0, &["verify", "-q", "--while-open", text(folder(voted()).path())]);
    run(64, &["verify", "-q", "--json", text(record.path())]);
}

#[test]
fn no_colour_reaches_a_file_and_the_flag_is_understood_everywhere() {
    for words in [&["verify", "--no-color"][..], &["--no-color", "verify"]] {
        let record = folder(golden());
        let output = auditor()
            .env_remove("NO_COLOR")
            .args(words)
            .arg(record.path())
            .output()
            .unwrap();
        assert!(!output.stdout.contains(&0x1b));
    }
}

#[test]
fn the_report_is_written_whatever_the_verdict() {
    let empty = tempfile::tempdir().unwrap();
    let no_manifest = {
        let mut story = golden().clone();
        story.entries[0] = b"no manifest".to_vec();
        folder(&story)
    };
    for (code, record, word) in [
        (0, folder(golden()), "HELD"),
        (1, broken(), "BROKEN"),
        (1, no_manifest, "BROKEN"),
        (2, folder(voted()), "NOT FINISHED"),
        (2, empty, "NO VERDICT"),
    ] {
        let kept = tempfile::tempdir().unwrap();
        let report = in_folder(&kept, "report.html");
        let (printed, said) = run(code, &["verify", text(record.path()), "--report", text(&report)]);
        assert!(
            printed.contains("report.html"),
            "says where it lies: {printed} {said}"
        );
        let page = std::fs::read_to_string(&report).unwrap();
        let main = elements(&page)
            .into_iter()
            .find(|element| element.name == "main")
            .unwrap();
        assert!(main.text.contains(word), "{word}");
        let files: Vec<_> = std::fs::read_dir(kept.path()).unwrap().collect();
        assert_eq!(files.len(), 1, "nothing unfinished beside it");
        // Once more: a file that is there is replaced as a whole.
        run(
            code,
            &[
                "verify",
                text(record.path()),
                "--report",
                text(&report),
                "--quiet",
            ],
        );
        assert!(
            std::fs::read_to_string(&report)
                .unwrap()
                .len()
                .abs_diff(page.len())
                < 64
        );
    }
}

#[test]
fn what_cannot_be_written_is_said_before_the_audit_and_never_passes() {
    let record = folder(golden());
    let place = text(record.path());
    let (_, said) = run(64, &["verify", place, "--report", "/no/such/folder/report.html"]);
    assert!(said.contains("cannot be written there"), "{said}");
    run(64, &["verify", place, "--report", place]);
    run(64, &["verify", place, "--statement", "statement.txt"]);
    run(
        64,
        &[
            "verify",
            place,
            "--sign",
            "/no/such/key",
            "--statement",
            "statement.txt",
        ],
    );
    // A folder in the way of the unfinished file: nothing is written, and the code is not 0.
    let kept = tempfile::tempdir().unwrap();
    std::fs::create_dir(in_folder(&kept, "report.html.unfinished")).unwrap();
    let report = in_folder(&kept, "report.html");
    let (_, said) = run(2, &["verify", place, "--report", text(&report)]);
    assert!(said.contains("the report is not written"), "{said}");
    assert!(!report.exists());
}

#[test]
fn claims_are_explained_by_name_and_by_number() {
    let (by_number, _) = run(0, &["explain", "13"]);
    let (by_name, _) = run(0, &["explain", "eligibility"]);
    assert_eq!(by_number, by_name);
    for said in [
        "What is checked",
        "Why it matters",
        "If it is broken",
        "specs/10-audit.md §3.13",
    ] {
        assert!(by_name.contains(said), "{by_name}");
    }
    assert!(
        by_name.lines().all(|line| line.chars().count() <= 80),
        "{by_name}"
    );
    let (all, _) = run(0, &["explain"]);
    assert_eq!(all.lines().count(), 18);
    assert!(run(64, &["explain", "nothing"]).1.contains("auditor explain"));
}
