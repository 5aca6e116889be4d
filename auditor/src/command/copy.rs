//! A copy of a ledger in a folder, which any web server can serve: it grows
//! by what verifies, and by nothing else (specs/10-audit.md §10).
//!
//! | step | a crash after it leaves |
//! |---|---|
//! | bundles and full tiles of hashes, each as a whole | the older copy, and files that the next run does not fetch again |
//! | unfinished tiles | the same |
//! | content files | the same |
//! | `checkpoint` | the newer copy |
//! | unfinished tiles that full ones replace are removed | the newer copy |

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use voting_core::hash::Hash;
use voting_core::ledger::{
    BUNDLE_WIDTH, Checkpoint, Edge, Head, SignedNote, TILE_WIDTH, TilePlace, encode_bundle, leaf_hash,
};

use super::bundles::{self, bundle, tile};
use super::failure::Failure;
use super::poll::Poll;
use super::source::Source;

/// A copy, held by this process alone.
pub(super) struct Copy {
    folder: PathBuf,
    head: Option<Checkpoint>,
    note: Vec<u8>,
    _lock: File,
}

/// Why a copy did not grow to a head.
pub(super) enum NotGrown {
    /// The entries that were served do not lead to the head's root.
    OtherRoot,
    /// Something else.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for NotGrown {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl Copy {
    /// Opens a folder, with a copy in it or without.
    pub(super) fn open(folder: &Path) -> Result<Self, Failure> {
        let fault = |error: std::io::Error| Failure::Cannot(format!("{}: {error}", folder.display()));
        fs::create_dir_all(folder).map_err(fault)?;
        let lock = File::create(folder.join(".lock")).map_err(fault)?;
        lock.try_lock().map_err(|_| {
            Failure::Cannot(format!("{}: another process writes this copy", folder.display()))
        })?;
        let mut copy = Self {
            folder: folder.to_owned(),
            head: None,
            note: Vec::new(),
            _lock: lock,
        };
        match fs::read(folder.join("checkpoint")) {
            Ok(note) => {
                let parsed = SignedNote::parse(&note)
                    .ok()
                    .map(|note| Checkpoint::parse(note.text()));
                let Some(Ok(head)) = parsed else {
                    return Err(copy.damaged("checkpoint"));
                };
                (copy.head, copy.note) = (Some(head), note);
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(fault(error)),
        }
        Ok(copy)
    }

    /// The head that the copy has come to.
    pub(super) fn head(&self) -> Option<&Checkpoint> {
        self.head.as_ref()
    }

    /// That head as it was signed.
    pub(super) fn note(&self) -> &[u8] {
        &self.note
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Entries of the copy.
    pub(super) fn size(&self) -> u64 {
        self.head.as_ref().map_or(0, |head| head.size)
    }

    /// The copy as a ledger to read.
    pub(super) fn source(&self) -> Source {
        Source::folder(self.folder.clone())
    }

    /// The poll of the copy, if it has come to entry 0.
    pub(super) fn poll(&self, expected: Option<Hash>) -> Result<Option<Poll>, Failure> {
        let Some(head) = &self.head else { return Ok(None) };
        let poll = Poll::read(&self.source(), head.size, expected)?;
        poll.head(&self.note, &self.folder.display().to_string())?;
        Ok(Some(poll))
    }

    /// Grows to a verified head with what a source has, and keeps nothing of
    /// it if the root is another. `on_bundle` is told how many entries there are.
    pub(super) fn grow(
        &mut self,
        source: &Source,
        head: &Head,
        note: &[u8],
        on_bundle: &mut dyn FnMut(u64),
    ) -> Result<(), NotGrown> {
        let mut reused = false;
        let fetched = self.fetch(source, &head.checkpoint, &mut reused, on_bundle);
        let edge = match fetched {
            // What an earlier, unfinished run has left was not vouched for by
            // any head: once more without it.
            Err(NotGrown::OtherRoot) if reused => {
                self.fetch(source, &head.checkpoint, &mut reused, on_bundle)?
            }
            other => other?,
        };
        for (place, bytes) in edge.unfinished() {
            self.write(&place.to_string(), &bytes)?;
        }
        let before = self.size();
        self.sign(head, note)?;
        self.tidy(before);
        Ok(())
    }

    /// Bundles and full tiles up to a head; whether they lead to its root.
    fn fetch(
        &self,
        source: &Source,
        target: &Checkpoint,
        reused: &mut bool,
        on_bundle: &mut dyn FnMut(u64),
    ) -> Result<Edge, NotGrown> {
        let mut edge = self.edge()?;
        let first = edge.size() / BUNDLE_WIDTH;
        for place in (first..).map_while(|number| TilePlace::entries_at(number, target.size)) {
            let entries = self.obtain(source, place, reused)?;
            let mut leaves = entries.iter().map(|entry| leaf_hash(entry));
            let known = if place.number() == first {
                edge.last_leaves().to_vec()
            } else {
                Vec::new()
            };
            if known.iter().any(|leaf| leaves.next() != Some(*leaf)) {
                self.discard(target.size);
                return Err(NotGrown::OtherRoot);
            }
            for leaf in leaves {
                for (place, bytes) in edge.push(leaf) {
                    self.write(&place.to_string(), &bytes)?;
                }
            }
            on_bundle(edge.size());
        }
        if edge.root() != target.root {
            self.discard(target.size);
            return Err(NotGrown::OtherRoot);
        }
        Ok(edge)
    }

    /// Takes a checkpoint whose entries are all here.
    pub(super) fn sign(&mut self, head: &Head, note: &[u8]) -> Result<(), Failure> {
        self.write("checkpoint", note)?;
        (self.head, self.note) = (Some(head.checkpoint.clone()), note.to_vec());
        Ok(())
    }

    /// Writes a file of the record as a whole.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.folder.join(path);
        let written = match path.parent() {
            Some(parent) => fs::create_dir_all(parent),
            None => Ok(()),
        };
        written
            .and_then(|()| journal::write_whole(&path, bytes, 0o644))
            .map_err(|error| Failure::Cannot(format!("{}: {error}", path.display())))
    }

    /// The tiles' right edge at the copy's head.
    fn edge(&self) -> Result<Edge, Failure> {
        let source = self.source();
        let edge = Edge::restore(self.size(), |place| {
            let (found, bytes) = tile(place, |path| source.read(path))?;
            let hashes = bytes.as_chunks::<32>().0;
            if bytes.len() != usize::from(found.width()) * 32 {
                return Err(self.damaged(&found.to_string()));
            }
            Ok(hashes[..usize::from(place.width())].to_vec())
        })?;
        match &self.head {
            Some(head) if edge.root() != head.root => Err(self.damaged("tile/")),
            _ => Ok(edge),
        }
    }

    /// A bundle's entries: those an earlier run has fetched already, or else
    /// the source's, which are written first.
    fn obtain(&self, source: &Source, place: TilePlace, reused: &mut bool) -> Result<Vec<Vec<u8>>, Failure> {
        let own = self.source();
        if let Ok((_, bytes)) = tile(place, |path| own.read(path))
            && let Ok(entries) = bundle(place, &bytes)
        {
            *reused = true;
            return Ok(entries);
        }
        let (found, bytes) = tile(place, |path| source.read(path))?;
        // One that has grown since is kept as far as the head vouches for it.
        let entries =
            bundle(place, &bytes).map_err(|damaged| Failure::Cannot(format!("{found}: {damaged}")))?;
        self.write(&place.to_string(), &encode_bundle(&entries))?;
        Ok(entries)
    }

    /// Removes what lies beyond the copy's head: it did not verify.
    fn discard(&self, size: u64) {
        let own = |place: TilePlace| match place {
            TilePlace::Entries { number, .. } => TilePlace::entries_at(number, self.size()),
            TilePlace::Hashes { level, number, .. } => TilePlace::hashes_at(level, number, self.size()),
        };
        for place in TilePlace::since(self.size(), size) {
            for path in [place, place.full()] {
                if own(path) != Some(path) {
                    // Not there is as good.
                    let _ = fs::remove_file(self.folder.join(path.to_string()));
                }
            }
        }
    }

    /// Removes unfinished tiles and bundles that full ones have replaced.
    fn tidy(&self, before: u64) {
        for place in TilePlace::since(before, self.size()).filter(|place| place.width() == TILE_WIDTH) {
            let unfinished = self.folder.join(format!("{place}.p"));
            if unfinished.is_dir() {
                let _ = fs::remove_dir_all(unfinished);
            }
        }
    }

    fn damaged(&self, what: &str) -> Failure {
        Failure::Cannot(format!(
            "{}/{what} is damaged: the copy does not have the root of its own checkpoint. Move the folder aside and mirror again",
            self.folder.display()
        ))
    }

    /// Tiles of hashes of the copy, to compare heads with.
    pub(super) fn tiles(&self, wanted: &[TilePlace]) -> Result<voting_core::ledger::Tiles, Failure> {
        Ok(bundles::tiles(&self.source(), wanted)?)
    }
}
