//! Ledgers in folders, and the command that reads them.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use auditor::occasion::{Occasion, Tool};
use tempfile::TempDir;

use crate::kit::{Story, golden};

/// Writes a ledger as C2SP tlog-tiles; all stories here fit one bundle.
pub(crate) fn folder(story: &Story) -> TempDir {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("checkpoint"), story.checkpoint()).unwrap();
    let directory = folder.path().join("tile/entries/000.p");
    std::fs::create_dir_all(&directory).unwrap();
    let bundle: Vec<u8> = story
        .entries
        .iter()
        .flat_map(|entry| [&(entry.len() as u16).to_be_bytes()[..], entry].concat())
        .collect();
    assert!(story.entries.len() < 256);
    std::fs::write(directory.join(story.entries.len().to_string()), bundle).unwrap();
    folder
}

/// The golden ledger with one bit changed in its last entry.
pub(crate) fn broken() -> TempDir {
    let mut story = golden().clone();
    let last = story.entries.last_mut().unwrap();
    *last.last_mut().unwrap() ^= 1;
    folder(&story)
}

pub(crate) fn auditor() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_auditor"));
    command.env("NO_COLOR", "1");
    command
}

/// Runs `auditor` with these words; what it printed, and said beside.
#[track_caller]
pub(crate) fn run(code: i32, words: &[&str]) -> (String, String) {
    let output = auditor().args(words).assert().code(code).get_output().clone();
    (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A file's path in a folder, as a word.
pub(crate) fn in_folder(folder: &TempDir, name: &str) -> PathBuf {
    folder.path().join(name)
}

/// An audit at a fixed time, with a program of a fixed hash.
pub(crate) fn occasion() -> Occasion {
    Occasion {
        source: "./record".to_owned(),
        time: 1_804_497_613,
        tool: Tool {
            sha256: Some([0xcd; 32]),
            ..Tool::unhashed()
        },
    }
}
