//! An audit by URL that is interrupted goes on where it was: what was fetched
//! is not fetched again, and what was kept is believed no more than the rest.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use auditor::command::{AuditError, Source, audit};
use auditor::{Overall, Verdict};
use tempfile::TempDir;

#[path = "../auditor/tests/attacks/mirror.rs"]
mod mirror;
use mirror::{Answer, Mirror};

/// A ledger of four bundles, served.
fn ledger() -> (TempDir, Mirror) {
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record");
    let run = Command::new(env!("CARGO_BIN_EXE_psephos"))
        .arg("generate")
        .arg(&record)
        .args([
            "--ballots",
            "800",
            "--projects",
            "2",
            "--most",
            "1",
            "--token-bits",
            "2048",
        ])
        .args(["--again", "300"])
        .output()
        .unwrap();
    assert!(run.status.success());
    let mirror = Mirror::of(&record);
    (folder, mirror)
}

fn verdict(mirror: &Mirror, cache: &Path) -> Result<Verdict, AuditError> {
    let mut source = Source::kept(&mirror.url, cache, Duration::ZERO).unwrap();
    audit(&mut source, None, &[], &mut |_| ())
}

fn bundles(asked: &[String]) -> Vec<&String> {
    asked
        .iter()
        .filter(|path| path.starts_with("tile/entries/"))
        .collect()
}

#[test]
fn an_interrupted_audit_goes_on_without_fetching_again_and_cleans_up() {
    let (folder, mirror) = ledger();
    let cache = folder.path().join("cache");
    let path = "tile/entries/002";
    let honest = mirror.file(path);
    mirror.lie(path, Answer::HangsUp(honest.clone()));
    assert!(verdict(&mirror, &cache).is_err());
    let first = mirror.asked();
    assert!(
        bundles(&first).iter().any(|bundle| bundle.ends_with("000")),
        "{first:?}"
    );

    mirror.lie(path, Answer::File(honest));
    let held = verdict(&mirror, &cache).unwrap();
    assert_eq!(held.overall(), Overall::Held);
    assert_eq!(held.figures.unwrap().replaced, 300);
    let second = mirror.asked();
    assert!(!second.contains(&"tile/entries/000".to_owned()), "{second:?}");
    let mut all = [bundles(&first), bundles(&second)].concat();
    all.retain(|bundle| !bundle.ends_with("002"));
    let fetched = all.len();
    all.sort();
    all.dedup();
    assert_eq!((all.len(), fetched), (3, 3), "each was fetched once: {all:?}");
    assert!(!cache.exists(), "the audit is over");
}

#[test]
fn f1_what_was_kept_is_judged_like_everything_else_and_fetched_once_more() {
    let (folder, mirror) = ledger();
    let cache = folder.path().join("cache");
    let keep = |path: &str, bytes: &[u8]| {
        std::fs::create_dir_all(&cache).unwrap();
        std::fs::write(cache.join(path.replace('/', "_")), bytes).unwrap();
    };
    // The second bundle in place of the first, whole but wrong.
    keep("tile/entries/000", &mirror.file("tile/entries/001"));
    assert_eq!(verdict(&mirror, &cache).unwrap().overall(), Overall::Held);
    assert!(mirror.asked().contains(&"tile/entries/000".to_owned()));
    // A file that ends early is no bundle: that one alone is fetched anew.
    let whole = mirror.file("tile/entries/001");
    keep("tile/entries/000", &mirror.file("tile/entries/000"));
    keep("tile/entries/001", &whole[..whole.len() - 9]);
    assert_eq!(verdict(&mirror, &cache).unwrap().overall(), Overall::Held);
    let asked = mirror.asked();
    assert!(asked.contains(&"tile/entries/001".to_owned()), "{asked:?}");
    assert!(!asked.contains(&"tile/entries/000".to_owned()), "{asked:?}");
    // A server that lies does not get away with it because of the cache.
    mirror.lie("tile/entries/000", Answer::File(whole));
    keep("tile/entries/002", &mirror.file("tile/entries/002"));
    assert_eq!(verdict(&mirror, &cache).unwrap().overall(), Overall::Broken);
}

#[test]
fn a_server_that_is_away_for_a_moment_is_asked_again() {
    let (folder, mirror) = ledger();
    let cache = folder.path().join("cache");
    let honest = mirror.file("tile/entries/001");
    mirror.lie("tile/entries/001", Answer::Status(503));
    let audited = std::thread::scope(|scope| {
        let audited = scope.spawn(|| {
            let mut source = Source::kept(&mirror.url, &cache, Duration::from_secs(60)).unwrap();
            audit(&mut source, None, &[], &mut |_| ())
        });
        std::thread::sleep(Duration::from_millis(700));
        mirror.lie("tile/entries/001", Answer::File(honest));
        audited.join().unwrap()
    });
    assert_eq!(audited.unwrap().overall(), Overall::Held);
    let asked = mirror.asked();
    let times = asked.iter().filter(|path| *path == "tile/entries/001").count();
    assert!(times > 1, "{asked:?}");
}
