//! Which files of a ledger a device reads to know its poll, one after the
//! other (specs/05a-voter.md §2): whole bundles up to the opening, the sealed
//! witness policy, and the tiles that prove the bundles to be the beginning of
//! the checkpoint's ledger. Nothing of it is believed before
//! [`Beginning::poll`] has verified it.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Poll, PollError};
use crate::entry::Entry;
use crate::hash::Hash;
use crate::ledger::{
    BUNDLE_WIDTH, Checkpoint, InvalidPath, InvalidTile, SignedNote, TilePlace, Tiles, consistency_proof,
    parse_bundle, tiles_for_consistency,
};
use crate::lifecycle::Lifecycle;
use crate::manifest::Manifest;

/// Why a file is not the one that was wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotWanted {
    /// The checkpoint.
    #[error("what the public record shows as its newest page is no checkpoint: try again in a minute")]
    Checkpoint,
    /// A file that nobody asked for.
    #[error("{0} was not asked for")]
    Path(String),
    /// Not the form of a path.
    #[error(transparent)]
    Form(#[from] InvalidPath),
    /// A bundle of entries.
    #[error("{0} is no bundle of entries, or has too few: try again, or read another copy")]
    Bundle(String),
    /// A tile of hashes.
    #[error(transparent)]
    Tile(#[from] InvalidTile),
    /// Entry 0.
    #[error("the public record does not begin as one; do not vote by it, and report it")]
    Manifest,
}

/// The reading of a ledger's beginning, file by file.
pub struct Beginning {
    note: Vec<u8>,
    size: u64,
    entries: Vec<Vec<u8>>,
    manifest: Option<Manifest>,
    /// Whether the poll's opening was read: keys come before it.
    opened: bool,
    policy: Option<Vec<u8>>,
    /// Tiles still to read, the next one last.
    tiles_left: Vec<TilePlace>,
    tiles: Tiles,
}

impl Beginning {
    /// Begins with the checkpoint that the ledger shows now.
    ///
    /// # Errors
    /// It is none. Whether it is genuine comes later.
    pub fn of(checkpoint: &[u8]) -> Result<Self, NotWanted> {
        let note = SignedNote::parse(checkpoint).map_err(|_| NotWanted::Checkpoint)?;
        let claimed = Checkpoint::parse(note.text()).map_err(|_| NotWanted::Checkpoint)?;
        Ok(Self {
            note: checkpoint.to_vec(),
            size: claimed.size,
            entries: Vec::new(),
            manifest: None,
            opened: false,
            policy: None,
            tiles_left: Vec::new(),
            tiles: Tiles::default(),
        })
    }

    /// The path of the next file; `None` once everything is there. Where a
    /// partial tile is gone, the full one may be given to [`Beginning::take`].
    pub fn wanted(&self) -> Option<String> {
        if let Some(bundle) = self.bundle() {
            return Some(bundle.to_string());
        }
        if let (Some(file), None) = (self.policy_file(), &self.policy) {
            return Some(file);
        }
        self.tiles_left.last().map(ToString::to_string)
    }

    /// Takes the wanted file.
    ///
    /// # Errors
    /// It is another one, or not what such a file is. Nothing was changed.
    pub fn take(&mut self, path: &str, bytes: &[u8]) -> Result<(), NotWanted> {
        if let Some(bundle) = self.bundle() {
            wanted(path, bundle)?;
            self.take_bundle(path, bundle.width().into(), bytes)
        } else if self.policy.is_none() && self.policy_file().as_deref() == Some(path) {
            self.policy = Some(bytes.to_vec());
            Ok(())
        } else {
            let left = self.tiles_left.last().copied();
            let tile = left.ok_or_else(|| NotWanted::Path(path.to_string()))?;
            self.tiles.add(wanted(path, tile)?, bytes)?;
            self.tiles_left.pop();
            Ok(())
        }
    }

    /// Entries of the ledger, as the checkpoint claims.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Entry 0 as it was served; empty before the first bundle is there.
    pub fn first_entry(&self) -> &[u8] {
        self.entries.first().map(Vec::as_slice).unwrap_or_default()
    }

    /// The path of a bundle of the checkpoint's ledger, by its number; `None`
    /// behind the last.
    pub fn bundle_of(&self, number: u64) -> Option<String> {
        TilePlace::entries_at(number, self.size).map(|place| place.to_string())
    }

    /// The names of the ballot styles, once the first bundle is there. They
    /// are the manifest's only if [`Beginning::poll`] says so.
    pub fn styles(&self) -> impl Iterator<Item = &str> {
        let styles = self.manifest.iter().flat_map(|manifest| &manifest.styles);
        styles.map(|style| style.name.as_str())
    }

    /// The poll of a style, verified. `link` is the election id of the voter's link.
    ///
    /// # Errors
    /// As [`Poll::read`].
    pub fn poll(&self, link: &Hash, style: u32) -> Result<Poll, PollError> {
        let proof = consistency_proof(&self.tiles, self.entries.len() as u64, self.size);
        let (proof, policy) = (proof.unwrap_or_default(), self.policy.as_deref());
        Poll::read(link, &self.entries, &self.note, &proof, style, policy)
    }

    /// The next bundle, until the opening was read.
    fn bundle(&self) -> Option<TilePlace> {
        let read = self.entries.len() as u64;
        let more = !self.opened && read < self.size;
        let place = more.then(|| TilePlace::entries_at(read / BUNDLE_WIDTH, self.size));
        place.flatten()
    }

    fn policy_file(&self) -> Option<String> {
        let file = self.manifest.as_ref()?.policy_file()?;
        Some(alloc::format!("content/{}", file.name))
    }

    fn take_bundle(&mut self, path: &str, width: usize, bytes: &[u8]) -> Result<(), NotWanted> {
        let no_bundle = || NotWanted::Bundle(path.to_string());
        let entries = parse_bundle(bytes).map_err(|_| no_bundle())?;
        let entries = entries.get(..width).ok_or_else(no_bundle)?;
        if self.manifest.is_none() {
            let begun = entries.first().map(|first| Lifecycle::begin(first));
            let begun = begun.and_then(Result::ok).ok_or(NotWanted::Manifest)?;
            self.manifest = Some(begun.election().manifest.clone());
        }
        let opens = |entry: &&[u8]| matches!(Entry::from_bytes(entry), Ok(Entry::Open(_)));
        self.opened = entries.iter().any(opens);
        self.entries.extend(entries.iter().map(|entry| entry.to_vec()));
        if self.bundle().is_none() {
            let tiles = tiles_for_consistency(self.entries.len() as u64, self.size);
            self.tiles_left = tiles.unwrap_or_default();
        }
        Ok(())
    }
}

/// The place that a path names, if it is the wanted one or the full one in its stead.
fn wanted(path: &str, place: TilePlace) -> Result<TilePlace, NotWanted> {
    let found = TilePlace::parse(path)?;
    match found == place || found == place.full() {
        true => Ok(found),
        false => Err(NotWanted::Path(path.to_string())),
    }
}
