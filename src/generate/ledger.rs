//! The ledger's folder, written as the ledger grows (specs/06-ledger.md §3):
//! in memory are the last bundle and the right edge of the tree.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::{BUNDLE_WIDTH, Checkpoint, Edge, TilePlace, encode_bundle, leaf_hash};
use voting_core::lifecycle::{Election, Lifecycle};

use super::people::People;

/// A ledger in the making. It takes legal entries only.
pub(super) struct Ledger {
    folder: PathBuf,
    pub(super) lifecycle: Lifecycle,
    edge: Edge,
    bundle: Vec<Vec<u8>>,
    bytes: u64,
}

/// What was made.
pub(super) struct Made {
    pub(super) election: Hash,
    pub(super) entries: u64,
    pub(super) bytes: u64,
}

impl Ledger {
    /// Begins a folder with the signed manifest.
    pub(super) fn begin(folder: PathBuf, manifest: &Entry) -> Result<Self> {
        let bytes = manifest.to_bytes();
        let mut ledger = Self {
            folder,
            lifecycle: Lifecycle::begin(&bytes)?,
            edge: Edge::default(),
            bundle: Vec::new(),
            bytes: 0,
        };
        ledger.append(leaf_hash(&bytes), bytes)?;
        Ok(ledger)
    }

    pub(super) fn election(&self) -> &Election {
        self.lifecycle.election()
    }

    /// Appends an entry.
    pub(super) fn push(&mut self, entry: &Entry) -> Result<()> {
        let bytes = entry.to_bytes();
        self.push_encoded(leaf_hash(&bytes), entry, bytes)
    }

    /// Appends an entry whose encoding and leaf hash are at hand.
    pub(super) fn push_encoded(&mut self, leaf: Hash, entry: &Entry, bytes: Vec<u8>) -> Result<()> {
        self.lifecycle.apply(leaf, entry)?;
        self.append(leaf, bytes)
    }

    fn append(&mut self, leaf: Hash, bytes: Vec<u8>) -> Result<()> {
        self.bytes += bytes.len() as u64;
        self.bundle.push(bytes);
        for (place, tile) in self.edge.push(leaf) {
            self.write(&place.to_string(), &tile)?;
        }
        if self.edge.size().is_multiple_of(BUNDLE_WIDTH) {
            self.write_bundle()?;
        }
        Ok(())
    }

    /// Writes the entries since the last full bundle.
    fn write_bundle(&mut self) -> Result<()> {
        let number = (self.edge.size() - 1) / BUNDLE_WIDTH;
        let width = self.bundle.len() as u16;
        let bytes = encode_bundle(&self.bundle);
        self.bundle.clear();
        self.write(&TilePlace::Entries { number, width }.to_string(), &bytes)
    }

    /// Writes what is unfinished, the content files, and the checkpoint last.
    pub(super) fn finish(mut self, people: &People) -> Result<Made> {
        if !self.bundle.is_empty() {
            self.write_bundle()?;
        }
        for (place, tile) in self.edge.unfinished() {
            self.write(&place.to_string(), &tile)?;
        }
        for (name, bytes) in &people.content {
            self.write(&format!("content/{name}"), bytes)?;
        }
        let checkpoint = Checkpoint {
            origin: people.manifest.ledger.origin.clone(),
            size: self.edge.size(),
            root: self.edge.root(),
        };
        self.write("checkpoint", people.sign(&checkpoint)?.as_bytes())?;
        Ok(Made {
            election: self.election().id,
            entries: self.edge.size(),
            bytes: self.bytes,
        })
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(path);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all);
        written
            .and_then(|()| fs::write(&path, bytes))
            .with_context(|| path.display().to_string())
    }
}
