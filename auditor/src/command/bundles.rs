//! A ledger's tiles and entry bundles, as a source has them
//! (specs/06-ledger.md §3).

use voting_core::ledger::{BUNDLE_WIDTH, TILE_WIDTH, TilePlace, Tiles, parse_bundle};

use super::source::{Source, SourceError, unpacked};
use crate::count::Recall;

/// A bundle that ends early or is none.
#[derive(Debug, thiserror::Error)]
#[error(
    "{path}: expected {expected} entries, found {found}; the file is truncated or damaged. Fetch it again"
)]
pub struct DamagedBundle {
    /// Path of the bundle.
    pub path: String,
    /// Entries it must have.
    pub expected: u64,
    /// Entries it has.
    pub found: u64,
}

/// Why entries could not be read.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// A file is missing or unreadable.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// It is no bundle.
    #[error(transparent)]
    Damaged(#[from] DamagedBundle),
    /// A tile of hashes of another length.
    #[error("{path}: {why}")]
    Tile {
        /// Path of the tile.
        path: String,
        /// What is wrong with it.
        why: voting_core::ledger::InvalidTile,
    },
}

/// Reads a tile or bundle. Where a partial one is gone, the full one has taken
/// its place; the place that is returned says which it is.
pub(super) fn tile(
    place: TilePlace,
    mut read: impl FnMut(&str) -> Result<Vec<u8>, SourceError>,
) -> Result<(TilePlace, Vec<u8>), SourceError> {
    let full = place.full();
    match read(&place.to_string()) {
        // An error about the full one would name a file that nobody asked for.
        Err(missing @ SourceError::Missing { .. }) if place != full => match read(&full.to_string()) {
            Ok(bytes) => Ok((full, bytes)),
            Err(SourceError::Missing { .. }) => Err(missing),
            Err(other) => Err(other),
        },
        other => Ok((place, other?)),
    }
}

/// Fetches tiles of hashes to make proofs from.
pub(super) fn tiles(source: &mut Source, places: &[TilePlace]) -> Result<Tiles, BundleError> {
    let mut tiles = Tiles::default();
    for &place in places {
        let (place, bytes) = tile(place, |path| source.read(path))?;
        let added = tiles.add(place, &bytes);
        added.map_err(|why| BundleError::Tile {
            path: place.to_string(),
            why,
        })?;
    }
    Ok(tiles)
}

/// The entries of a bundle, as many as the place is wide. A bundle that has
/// grown since has more, and may be stored packed.
pub(super) fn bundle(place: TilePlace, bytes: &[u8]) -> Result<Vec<Vec<u8>>, DamagedBundle> {
    let expected = u64::from(place.width());
    let damaged = |found| DamagedBundle {
        path: place.to_string(),
        expected,
        found,
    };
    let packed = bytes.starts_with(&[0x1f, 0x8b]);
    let mut entries = match parse(bytes) {
        Some(entries) => entries,
        None if packed => {
            let bytes = unpacked(bytes, &place.to_string()).map_err(|_| damaged(0))?;
            parse(&bytes).ok_or_else(|| damaged(0))?
        }
        None => return Err(damaged(0)),
    };
    if (entries.len() as u64) < expected || entries.len() > usize::from(TILE_WIDTH) {
        return Err(damaged(entries.len() as u64));
    }
    entries.truncate(place.width().into());
    Ok(entries)
}

fn parse(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let entries = parse_bundle(bytes).ok()?;
    Some(entries.into_iter().map(Into::into).collect())
}

/// A ledger's entries, one after the other, the latest bundle in memory.
pub(super) struct Bundles<'a> {
    pub(super) source: &'a mut Source,
    size: u64,
    latest: Option<(u64, Vec<Vec<u8>>)>,
}

impl<'a> Bundles<'a> {
    /// The first `size` entries of a source.
    pub(super) fn new(source: &'a mut Source, size: u64) -> Self {
        Self {
            source,
            size,
            latest: None,
        }
    }

    /// The entry at an index below the size.
    pub(super) fn get(&mut self, index: u64) -> Result<Vec<u8>, BundleError> {
        let (bundle, place) = (index / BUNDLE_WIDTH, (index % BUNDLE_WIDTH) as usize);
        if let Some((latest, entries)) = &self.latest
            && *latest == bundle
        {
            return Ok(entries[place].clone());
        }
        let entries = self.read(bundle)?;
        let entry = entries[place].clone();
        self.latest = Some((bundle, entries));
        Ok(entry)
    }

    fn read(&mut self, number: u64) -> Result<Vec<Vec<u8>>, BundleError> {
        let width = (self.size - number * BUNDLE_WIDTH).min(BUNDLE_WIDTH) as u16;
        let place = TilePlace::Entries { number, width };
        let (_, bytes) = tile(place, |path| self.source.read_immutable(path))?;
        Ok(bundle(place, &bytes)?)
    }
}

impl Recall for Bundles<'_> {
    fn entry(&mut self, index: u64) -> Option<Vec<u8>> {
        // Keeps the bundle that is being read: a replaced ballot is far back.
        let latest = self.latest.take();
        let entry = (index < self.size)
            .then(|| self.read(index / BUNDLE_WIDTH).ok())
            .flatten();
        self.latest = latest;
        entry?.into_iter().nth((index % BUNDLE_WIDTH) as usize)
    }
}
