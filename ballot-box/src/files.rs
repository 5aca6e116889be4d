//! The public record as files, as any web server can serve it
//! (specs/06-ledger.md §3).
//!
//! | path | what |
//! |---|---|
//! | `checkpoint` | the newest signed checkpoint that the witnesses cosigned (C2SP tlog-checkpoint) |
//! | `tile/<L>/<N>[.p/<W>]` | hashes (C2SP tlog-tiles) |
//! | `tile/entries/<N>[.p/<W>]` | entries, 256 together: nobody asks for one alone |
//! | `content/<name>` | texts and pictures that the manifest seals |

use std::sync::Arc;

use voting_core::ledger::{BUNDLE_WIDTH, TilePlace, encode_bundle, leaf_hash};

use crate::folder::Content;
use crate::problem::Refusal;
use crate::published::Shared;
use crate::storage::{Entries, StorageError};

/// Reads the public files.
pub struct Files {
    shared: Shared,
    entries: Arc<dyn Entries>,
    content: Content,
}

/// A public file.
#[derive(Debug, PartialEq, Eq)]
pub struct File {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
    /// Whether it never changes.
    pub immutable: bool,
}

impl Files {
    /// The files of a published ledger.
    pub fn new(shared: Shared, entries: Arc<dyn Entries>, content: Content) -> Self {
        Self {
            shared,
            entries,
            content,
        }
    }

    /// The file of a path.
    ///
    /// # Errors
    /// There is none, or what is stored does not fit the tree.
    pub fn get(&self, path: &str) -> Result<File, Refusal> {
        if path == "checkpoint" {
            return self.checkpoint();
        }
        let bytes = match path.strip_prefix("content/") {
            Some(name) => self.content.get(name).cloned().ok_or(Refusal::NotFound)?,
            None => self.tile(TilePlace::parse(path).map_err(|_| Refusal::NotFound)?)?,
        };
        Ok(File {
            bytes,
            media_type: "application/octet-stream",
            immutable: true,
        })
    }

    fn checkpoint(&self) -> Result<File, Refusal> {
        let head = self.shared.read().head().ok_or(Refusal::NotFound)?;
        Ok(File {
            bytes: head.note.into_bytes(),
            media_type: "text/plain; charset=utf-8",
            immutable: false,
        })
    }

    fn tile(&self, place: TilePlace) -> Result<Vec<u8>, Refusal> {
        match place {
            TilePlace::Hashes { level, number, width } => {
                let tile = self.shared.read().levels.tile(level, number, width);
                tile.ok_or(Refusal::NotFound)
            }
            TilePlace::Entries { number, width } => self.bundle(number, width),
        }
    }

    /// Entries are compared with the tree before they are served: what the
    /// disk has lost is not passed on.
    fn bundle(&self, number: u64, width: u16) -> Result<Vec<u8>, Refusal> {
        let start = number.checked_mul(BUNDLE_WIDTH).ok_or(Refusal::NotFound)?;
        let end = start
            .checked_add(width.into())
            .filter(|&end| end <= self.shared.read().levels.size())
            .ok_or(Refusal::NotFound)?;
        let entries = self.entries.read(start..end).map_err(damaged)?;
        let published = self.shared.read();
        for (index, entry) in (start..).zip(&entries) {
            if !published.holds(index, &leaf_hash(entry)) {
                return Err(damaged(StorageError::Entry {
                    index,
                    why: "it does not hash to its leaf".to_owned(),
                }));
            }
        }
        Ok(encode_bundle(&entries))
    }

    /// Paths of every file of the ledger as it stands, the checkpoint last:
    /// who copies them in this order never has a checkpoint without its entries.
    pub fn paths(&self) -> Vec<String> {
        let size = self.shared.read().head().map_or(0, |head| head.size);
        let tiles = TilePlace::since(0, size).map(|place| place.to_string());
        let content = self.content.keys().map(|name| format!("content/{name}"));
        tiles.chain(content).chain(["checkpoint".to_owned()]).collect()
    }
}

fn damaged(error: StorageError) -> Refusal {
    tracing::error!(%error, "a stored entry cannot be served");
    Refusal::Damaged
}
