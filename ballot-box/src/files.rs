//! The public record as files, as any web server can serve it
//! (specs/06-ledger.md §3).
//!
//! | path | what |
//! |---|---|
//! | `checkpoint` | the newest signed checkpoint that the witnesses cosigned (C2SP tlog-checkpoint) |
//! | `tile/<L>/<N>[.p/<W>]` | hashes (C2SP tlog-tiles) |
//! | `tile/entries/<N>[.p/<W>]` | entries, 256 together: nobody asks for one alone |
//! | `content/<name>` | texts and pictures that the manifest seals |

use voting_core::ledger::TilePlace;

use crate::folder::Content;
use crate::problem::Refusal;
use crate::shared::Shared;

/// Reads the public files.
pub struct Files {
    shared: Shared,
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
    pub fn new(shared: Shared, content: Content) -> Self {
        Self { shared, content }
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
        let bytes = self.shared.file(place).map_err(|error| {
            tracing::error!(%error, "a stored entry cannot be served");
            Refusal::Damaged
        })?;
        bytes.ok_or(Refusal::NotFound)
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
