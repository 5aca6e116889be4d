//! A ledger's tiles and entry bundles, as a source has them
//! (specs/06-ledger.md §3).

use voting_core::ledger::{BUNDLE_WIDTH, TILE_WIDTH, TilePlace, Tiles, parse_bundle};

use super::source::{Source, SourceError, unpacked};
use crate::count::Recall;
use crate::prepared::Prepared;

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
pub(super) fn tiles(source: &Source, places: &[TilePlace]) -> Result<Tiles, BundleError> {
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
    let plain = plain(place, bytes.to_vec())?;
    Ok(entries(place, &plain).into_iter().map(Into::into).collect())
}

/// A bundle as it is when it is not packed, with at least as many entries as
/// the place is wide.
fn plain(place: TilePlace, bytes: Vec<u8>) -> Result<Vec<u8>, DamagedBundle> {
    let expected = u64::from(place.width());
    let damaged = |found| DamagedBundle {
        path: place.to_string(),
        expected,
        found,
    };
    let count = |bytes: &[u8]| parse_bundle(bytes).map(|entries| entries.len()).ok();
    let packed = bytes.starts_with(&[0x1f, 0x8b]);
    let (found, plain) = match count(&bytes) {
        Some(found) => (found, bytes),
        None if packed => {
            let bytes = unpacked(&bytes, &place.to_string()).map_err(|_| damaged(0))?;
            (count(&bytes).ok_or_else(|| damaged(0))?, bytes)
        }
        None => return Err(damaged(0)),
    };
    if (found as u64) < expected || found > usize::from(TILE_WIDTH) {
        return Err(damaged(found as u64));
    }
    Ok(plain)
}

/// The entries of a bundle that is known to have them.
fn entries(place: TilePlace, plain: &[u8]) -> Vec<&[u8]> {
    let mut entries = parse_bundle(plain).unwrap_or_default();
    entries.truncate(place.width().into());
    entries
}

/// Reads a bundle, not packed. One that was kept and is damaged is fetched anew.
fn load(source: &Source, place: TilePlace) -> Result<Vec<u8>, BundleError> {
    let (found, bytes) = tile(place, |path| source.read_immutable(path))?;
    match plain(place, bytes) {
        Err(_) if source.forget(&found.to_string()) => {
            let (_, bytes) = tile(place, |path| source.read_immutable(path))?;
            Ok(plain(place, bytes)?)
        }
        other => Ok(other?),
    }
}

/// Reads a bundle, and hashes and decodes its entries.
pub(super) fn prepared(source: &Source, place: TilePlace) -> Result<Vec<Prepared>, BundleError> {
    let plain = load(source, place)?;
    Ok(entries(place, &plain).into_iter().map(Prepared::new).collect())
}

/// A ledger's entries, one after the other, the latest bundle in memory.
pub(super) struct Bundles<'a> {
    pub(super) source: &'a Source,
    size: u64,
    latest: Option<(u64, Vec<Vec<u8>>)>,
    /// The bundle that was read again last, not packed.
    recalled: Option<(TilePlace, Vec<u8>)>,
}

impl<'a> Bundles<'a> {
    /// The first `size` entries of a source.
    pub(super) fn new(source: &'a Source, size: u64) -> Self {
        Self {
            source,
            size,
            latest: None,
            recalled: None,
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
        let place_of_bundle = self.place(bundle);
        let plain = load(self.source, place_of_bundle)?;
        let entries = entries(place_of_bundle, &plain);
        let entry = entries[place].to_vec();
        self.latest = Some((bundle, entries.into_iter().map(Into::into).collect()));
        Ok(entry)
    }

    fn place(&self, number: u64) -> TilePlace {
        let width = (self.size - number * BUNDLE_WIDTH).min(BUNDLE_WIDTH) as u16;
        TilePlace::Entries { number, width }
    }
}

impl Recall for Bundles<'_> {
    fn entry(&mut self, index: u64) -> Option<Vec<u8>> {
        if index >= self.size {
            return None;
        }
        let place = self.place(index / BUNDLE_WIDTH);
        if self
            .recalled
            .as_ref()
            .is_none_or(|(recalled, _)| *recalled != place)
        {
            self.recalled = Some((place, load(self.source, place).ok()?));
        }
        let (_, plain) = self.recalled.as_ref()?;
        let entry = entries(place, plain)
            .get((index % BUNDLE_WIDTH) as usize)
            .copied();
        entry.map(<[u8]>::to_vec)
    }
}
