//! The whole audit, of a ledger that somebody else fetches.

use voting_core::hash::Hash;
use voting_core::ledger::{BUNDLE_WIDTH, TilePlace, parse_bundle};

use super::files::{Tile, Unreadable, size_to_read};
use crate::audit::Audit;
use crate::count::Recall;
use crate::verdict::Verdict;

/// An audit that says what it wants to read next: checkpoint, every bundle in
/// order, every sealed content file.
pub struct RemoteAudit {
    audit: Audit,
    checkpoint: Vec<u8>,
    size: u64,
    bundles: Bundles,
    stage: Stage,
}

enum Stage {
    Checkpoint,
    Bundle(Tile),
    /// Names of content files, the next one last.
    Content(Vec<String>),
}

/// Bundles that were read, so that a replaced ballot can be read again.
#[derive(Default)]
struct Bundles(Vec<Vec<u8>>);

impl Recall for Bundles {
    fn entry(&mut self, index: u64) -> Option<Vec<u8>> {
        let bundle = self.0.get(usize::try_from(index / BUNDLE_WIDTH).ok()?)?;
        let entries = parse_bundle(bundle).ok()?;
        let entry = entries.get((index % BUNDLE_WIDTH) as usize)?;
        Some(entry.to_vec())
    }
}

impl RemoteAudit {
    /// Begins, as [`Audit::begin`] does.
    pub fn begin(expected: Option<Hash>, seed: [u8; 32]) -> Self {
        Self {
            audit: Audit::begin(expected, seed),
            checkpoint: Vec::new(),
            size: 0,
            bundles: Bundles::default(),
            stage: Stage::Checkpoint,
        }
    }

    /// The path to fetch next, below the ledger's address; `None`: all is read.
    pub fn wants(&self) -> Option<String> {
        match &self.stage {
            Stage::Checkpoint => Some("checkpoint".to_owned()),
            Stage::Bundle(tile) => Some(tile.path()),
            Stage::Content(names) => names.last().map(|name| format!("content/{name}")),
        }
    }

    /// Takes the file that was wanted; `None`: it is not there.
    ///
    /// # Errors
    /// It is of no use. The same file can be handed over again.
    pub fn take(&mut self, file: Option<&[u8]>) -> Result<(), Unreadable> {
        match &mut self.stage {
            Stage::Checkpoint => {
                let file = file.ok_or_else(|| Unreadable::Missing("checkpoint".to_owned()))?;
                self.size = size_to_read(file)?;
                self.checkpoint = file.to_vec();
                self.go_on(0);
            }
            Stage::Bundle(tile) => {
                let Some(file) = file else {
                    *tile = tile.instead()?;
                    return Ok(());
                };
                let next = tile.number() + 1;
                let entries = tile.entries(file)?;
                // Before the entries: one of them may replace another of them.
                self.bundles.0.push(file.to_vec());
                for entry in entries {
                    self.audit.entry(entry, &mut self.bundles);
                }
                self.go_on(next);
            }
            Stage::Content(names) => {
                let name = names.pop().ok_or(Unreadable::NothingWanted)?;
                if let Some(file) = file {
                    self.audit.content(&name, file);
                }
            }
        }
        Ok(())
    }

    fn go_on(&mut self, number: u64) {
        self.stage = match TilePlace::entries_at(number, self.size) {
            Some(place) => Stage::Bundle(Tile::new(place)),
            None => {
                let sealed = self.audit.manifest().map(|manifest| &manifest.content);
                let names = sealed.into_iter().flatten().rev();
                Stage::Content(names.map(|file| file.name.clone()).collect())
            }
        };
    }

    /// Entries verified, and entries of the ledger (0: not known yet).
    pub fn progress(&self) -> (u64, u64) {
        (self.audit.size(), self.size)
    }

    /// The verdict on what was read.
    pub fn verdict(mut self) -> Verdict {
        self.audit.finish(&[&self.checkpoint], &mut self.bundles)
    }
}
