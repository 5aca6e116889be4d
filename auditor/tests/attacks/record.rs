//! A ledger's whole public record in a folder: bundles, tiles of hashes,
//! content, and a signed checkpoint, at any size and with any past.

use std::path::Path;
use std::sync::Arc;

use assert_cmd::Command;
use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, KeptReceipt, Levels, SignerKey};

use crate::kit::{People, Story, files};
use crate::sealed::{POLICY, cosigned, policy};

/// The record of a ledger whose key a test holds.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) people: Arc<People>,
    pub(crate) entries: Vec<Vec<u8>>,
    /// Which witnesses cosign.
    pub(crate) witnesses: Vec<usize>,
    urls: Vec<String>,
}

impl Record {
    /// Entry 0 and as many others, which no audit would take: what is tested
    /// here is older than any audit.
    pub(crate) fn with_entries(people: Arc<People>, urls: &[String], size: u64) -> Self {
        let mut entries = vec![Story::manifest_entry(&people)];
        entries.extend((1..size).map(|index| format!("entry {index}").into_bytes()));
        Self {
            people,
            entries,
            witnesses: vec![0, 1, 2],
            urls: urls.to_vec(),
        }
    }

    pub(crate) fn of(story: &Story) -> Self {
        let mut record = Self::with_entries(story.people.clone(), &[], 1);
        record.entries = story.entries.clone();
        record
    }

    fn first(&self, size: u64) -> &[Vec<u8>] {
        &self.entries[..size as usize]
    }

    pub(crate) fn levels(&self, size: u64) -> Levels {
        files::levels(self.first(size))
    }

    pub(crate) fn size(&self) -> u64 {
        self.entries.len() as u64
    }

    pub(crate) fn id(&self) -> Hash {
        self.people.manifest.election_id()
    }

    /// The signed head of the first entries, cosigned where witnesses are sealed.
    pub(crate) fn note(&self, size: u64) -> Vec<u8> {
        let origin = self.people.manifest.ledger.origin.clone();
        let signer = SignerKey::ed25519(&origin, &self.people.ledger).unwrap();
        let root = self.levels(size).root();
        let note = Checkpoint { origin, size, root }.sign(&signer).into_bytes();
        match self.people.manifest.witness_policy {
            Some(_) => cosigned(&note, &self.witnesses),
            None => note,
        }
    }

    /// What the holder of an entry keeps.
    pub(crate) fn receipt(&self, index: u64, size: u64) -> KeptReceipt {
        files::receipt(self.first(size), &self.note(size), index)
    }

    /// Writes the record of the first entries as `ballot-box export` does.
    pub(crate) fn export(&self, folder: &Path, size: u64) {
        if self.people.manifest.witness_policy.is_some() {
            let policy = policy(&self.people, &self.urls);
            files::write(folder, &format!("content/{POLICY}"), policy.as_bytes());
        }
        files::export(self.first(size), &self.note(size), folder);
    }
}

/// Runs `auditor` and asserts its exit code; returns all it printed.
#[track_caller]
pub(crate) fn auditor(folder: &Path, arguments: &[&str], code: i32) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_auditor"));
    let output = command
        .env("NO_COLOR", "1")
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let shown = String::from_utf8([&output.stdout[..], &output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {shown}");
    shown
}

/// The files of evidence in a folder.
pub(crate) fn evidence(folder: &Path) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("evidence-")).collect()
}
