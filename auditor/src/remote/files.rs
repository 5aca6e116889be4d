//! One file after the other, and the ways in which a file is none.

use voting_core::hash::Hash;
use voting_core::ledger::{TILE_WIDTH, TilePlace, parse_bundle};

use crate::checkpoint::announced_size;

/// Entries of the largest ledger that is read whole this way: 10,000 ballots,
/// as many that were replaced, and what else a poll has.
pub const MAX_ENTRIES: u64 = 24_576;
/// Entries of the largest ledger whose hashes are read: 64 MiB of them.
const MAX_HASHES: u64 = 1 << 20;

/// Why a file is of no use. Nothing follows about the ledger: another address
/// may serve a better one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is not there.
    #[error("{0} is missing")]
    Missing(String),
    /// No checkpoint.
    #[error("checkpoint: this is not a C2SP tlog-checkpoint (origin, size and root on three lines)")]
    Checkpoint,
    /// A bundle that is stored packed.
    #[error("{0} is packed with gzip: unpack it, and hand it over again")]
    Packed(String),
    /// Another number of entries or hashes.
    #[error("{path}: expected {expected} of them, found {found}; the file is truncated or damaged")]
    Damaged {
        /// The file.
        path: String,
        /// Entries or hashes that it must have.
        expected: usize,
        /// How many it has.
        found: usize,
    },
    /// More than this reader takes.
    #[error("the ledger has {entries} entries, and {most} are read here at most: use the command `auditor`")]
    TooLarge {
        /// Its entries.
        entries: u64,
        /// The most that are read.
        most: u64,
    },
    /// Something was handed over that nobody asked for.
    #[error("nothing is wanted any more")]
    NothingWanted,
}

/// The size that a checkpoint announces, if that many entries are read whole.
pub(super) fn size_to_read(checkpoint: &[u8]) -> Result<u64, Unreadable> {
    announced(checkpoint, MAX_ENTRIES)
}

/// The size that a checkpoint announces, if that many hashes are read.
pub(super) fn size_to_find(checkpoint: &[u8]) -> Result<u64, Unreadable> {
    announced(checkpoint, MAX_HASHES)
}

fn announced(checkpoint: &[u8], most: u64) -> Result<u64, Unreadable> {
    let entries = announced_size(checkpoint).ok_or(Unreadable::Checkpoint)?;
    if entries > most {
        return Err(Unreadable::TooLarge { entries, most });
    }
    Ok(entries)
}

/// A tile or bundle that is being asked for: as wide as the signed head says,
/// and where that is gone, the full one that took its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tile {
    place: TilePlace,
    full: bool,
}

impl Tile {
    pub(super) fn new(place: TilePlace) -> Self {
        Self { place, full: false }
    }

    pub(super) fn number(self) -> u64 {
        self.place.number()
    }

    pub(super) fn path(self) -> String {
        let place = if self.full { self.place.full() } else { self.place };
        place.to_string()
    }

    /// What is asked for after it was not there.
    pub(super) fn instead(self) -> Result<Self, Unreadable> {
        if self.full || self.place.full() == self.place {
            return Err(Unreadable::Missing(self.place.to_string()));
        }
        Ok(Self { full: true, ..self })
    }

    /// The bundle's entries, as many as the place is wide.
    pub(super) fn entries(self, bytes: &[u8]) -> Result<Vec<&[u8]>, Unreadable> {
        let Ok(mut entries) = parse_bundle(bytes) else {
            return Err(match bytes {
                [0x1f, 0x8b, ..] => Unreadable::Packed(self.path()),
                _ => self.damaged(0),
            });
        };
        if entries.len() > usize::from(TILE_WIDTH) {
            return Err(self.damaged(entries.len()));
        }
        self.cut(&mut entries)?;
        Ok(entries)
    }

    /// The tile's hashes, as many as the place is wide.
    pub(super) fn hashes(self, bytes: &[u8]) -> Result<Vec<Hash>, Unreadable> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() {
            return Err(self.damaged(hashes.len()));
        }
        let mut hashes = hashes.to_vec();
        self.cut(&mut hashes)?;
        Ok(hashes)
    }

    fn cut<T>(self, found: &mut Vec<T>) -> Result<(), Unreadable> {
        let expected = usize::from(self.place.width());
        if found.len() < expected {
            return Err(self.damaged(found.len()));
        }
        found.truncate(expected);
        Ok(())
    }

    fn damaged(self, found: usize) -> Unreadable {
        Unreadable::Damaged {
            path: self.path(),
            expected: self.place.width().into(),
            found,
        }
    }
}
