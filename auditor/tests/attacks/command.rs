//! The command: folders in, exit codes and documents out.

use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::kit::{Story, golden, voted};

/// Writes a ledger as C2SP tlog-tiles; all stories here fit one bundle.
pub(crate) fn folder(story: &Story) -> TempDir {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("checkpoint"), story.checkpoint()).unwrap();
    write_bundle(folder.path(), &story.entries, &bundle(&story.entries));
    folder
}

fn bundle(entries: &[Vec<u8>]) -> Vec<u8> {
    entries
        .iter()
        .flat_map(|entry| [&(entry.len() as u16).to_be_bytes()[..], entry].concat())
        .collect()
}

fn write_bundle(folder: &Path, entries: &[Vec<u8>], bytes: &[u8]) {
    assert!(entries.len() < 256);
    let directory = folder.join("tile/entries/000.p");
    std::fs::create_dir_all(&directory).unwrap();
    std::fs::write(directory.join(entries.len().to_string()), bytes).unwrap();
}

fn auditor() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_auditor"));
    command.env("NO_COLOR", "1");
    command
}

fn verify(folder: &Path) -> assert_cmd::assert::Assert {
    auditor().arg("verify").arg(folder).assert()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn an_honest_folder_holds_with_code_0() {
    let folder = folder(golden());
    let output = verify(folder.path()).code(0).get_output().clone();
    let shown = text(&output.stdout);
    assert!(shown.contains("HELD: all 18 claims hold."), "{shown}");
    assert!(shown.contains("Golden budget"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "no colour into a file");
    assert!(output.stderr.is_empty(), "no progress bar into a file");
}

#[test]
fn the_json_document_names_every_claim() {
    let folder = folder(golden());
    let output = auditor()
        .args(["verify", "--json"])
        .arg(folder.path())
        .assert()
        .code(0)
        .get_output()
        .clone();
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["schema"], "psephos/audit/v1");
    assert_eq!(document["verdict"], "held");
    let claims = document["claims"].as_object().unwrap();
    assert_eq!(claims.len(), 18);
    assert!(claims.values().all(|word| word == "held"));
    assert_eq!(document["results"][0]["result"], "totals");
    assert_eq!(document["figures"]["counted"], 10);
}

#[test]
fn a_broken_ledger_gives_code_1_and_says_where() {
    let mut story = golden().clone();
    let place = story.entries.len() - 1;
    let last = story.entries[place].len() - 1;
    story.entries[place][last] ^= 1;
    let folder = folder(&story);
    let output = verify(folder.path()).code(1).get_output().clone();
    assert!(text(&output.stdout).contains(&format!("entry {place}")));
    assert!(text(&output.stdout).contains("BROKEN"));
    let output = auditor()
        .args(["verify", "--json"])
        .arg(folder.path())
        .assert()
        .code(1)
        .get_output()
        .clone();
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["verdict"], "broken");
}

#[test]
fn an_open_poll_gives_code_2_and_0_only_on_request() {
    let folder = folder(voted());
    verify(folder.path()).code(2);
    auditor()
        .args(["verify", "--while-open"])
        .arg(folder.path())
        .assert()
        .code(0);
}

#[test]
fn the_wrong_election_gives_code_1() {
    let folder = folder(golden());
    let id = hex::encode(golden().id());
    auditor()
        .args(["verify", "--election", &id])
        .arg(folder.path())
        .assert()
        .code(0);
    auditor()
        .args(["verify", "--manifest-hash", &"ab".repeat(32)])
        .arg(folder.path())
        .assert()
        .code(1);
}

#[test]
fn f5_missing_and_truncated_files_give_code_2_and_name_the_file() {
    let missing = TempDir::new().unwrap();
    let output = verify(missing.path()).code(2).get_output().clone();
    assert!(
        text(&output.stderr).contains("checkpoint is missing"),
        "{}",
        text(&output.stderr)
    );

    let folder = folder(golden());
    let path = format!("tile/entries/000.p/{}", golden().entries.len());
    let bytes = std::fs::read(folder.path().join(&path)).unwrap();
    std::fs::write(folder.path().join(&path), &bytes[..bytes.len() - 7]).unwrap();
    let output = verify(folder.path()).code(2).get_output().clone();
    assert!(
        text(&output.stderr).contains("truncated"),
        "{}",
        text(&output.stderr)
    );
    std::fs::remove_file(folder.path().join(&path)).unwrap();
    let output = auditor()
        .args(["verify", "--json"])
        .arg(folder.path())
        .assert()
        .code(2)
        .get_output()
        .clone();
    assert!(text(&output.stderr).contains(&path), "{}", text(&output.stderr));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["verdict"], "not checkable");

    verify(Path::new("/no/such/folder")).code(2);
    std::fs::write(folder.path().join("checkpoint"), "nothing").unwrap();
    verify(folder.path()).code(2);
}

#[test]
fn a_packed_bundle_and_a_full_one_in_place_of_a_partial_are_read() {
    use std::io::Write;
    let folder = folder(golden());
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&bundle(&golden().entries)).unwrap();
    write_bundle(folder.path(), &golden().entries, &packer.finish().unwrap());
    verify(folder.path()).code(0);
    let partial = folder.path().join("tile/entries/000.p");
    std::fs::remove_dir_all(partial).unwrap();
    // The ledger has grown since: the full bundle begins with the same entries.
    let grown: Vec<_> = golden().entries.iter().cloned().chain([vec![0; 40]]).collect();
    std::fs::write(folder.path().join("tile/entries/000"), bundle(&grown)).unwrap();
    verify(folder.path()).code(0);
}

#[test]
fn wrong_usage_gives_code_64() {
    auditor().assert().code(64);
    auditor().arg("verify").assert().code(64);
    auditor()
        .args(["verify", ".", "--no-such-flag"])
        .assert()
        .code(64);
    auditor()
        .args(["verify", ".", "--election", "short"])
        .assert()
        .code(64);
    auditor().arg("--help").assert().code(0);
}

#[test]
fn selftest_passes() {
    auditor().arg("selftest").assert().code(0);
}
