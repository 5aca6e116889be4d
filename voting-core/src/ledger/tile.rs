//! Where tiles lie (C2SP tlog-tiles): `tile/<L>/<N>[.p/<W>]` and
//! `tile/entries/<N>[.p/<W>]` (specs/06-ledger.md §3).

use alloc::string::ToString;
use core::fmt;

/// Hashes in a full tile, and entries in a full bundle.
pub const TILE_WIDTH: u16 = 256;
/// The highest tile level that a path can name.
const MAX_LEVEL: u32 = 63;

/// Not the one way to write a tile's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not the path of a tile: tile/<level>/<N>[.p/<width>] or tile/entries/<N>[.p/<width>] (C2SP tlog-tiles)"
)]
pub struct InvalidPath;

/// A tile: which hashes or entries, and how many of them. The width is 1 to
/// 256; a tile of 256 is full and its path has no `.p/<width>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TilePlace {
    /// Hash `i` of it is the root over entries
    /// `(number·256 + i)·256^level … (number·256 + i + 1)·256^level − 1`.
    Hashes {
        /// 0 for leaf hashes, at most 63.
        level: u32,
        /// Which tile of the level.
        number: u64,
        /// How many hashes.
        width: u16,
    },
    /// A bundle: the entries from `number·256` on.
    Entries {
        /// Which bundle.
        number: u64,
        /// How many entries.
        width: u16,
    },
}

impl TilePlace {
    /// The tile of hashes with this level and number, as wide as a ledger of
    /// `size` entries has it; `None` if it has no such tile.
    pub fn hashes_at(level: u32, number: u64, size: u64) -> Option<Self> {
        let hashes = size.checked_shr(level.checked_mul(8)?).unwrap_or(0);
        let width = width(hashes, number)?;
        Some(Self::Hashes { level, number, width })
    }

    /// The bundle with this number, as wide as a ledger of `size` entries has
    /// it; `None` if it has no such bundle.
    pub fn entries_at(number: u64, size: u64) -> Option<Self> {
        let width = width(size, number)?;
        Some(Self::Entries { number, width })
    }

    /// The bundles and tiles of hashes of a ledger of `size` entries that one of
    /// `before` entries did not have: all of them for 0.
    pub fn since(before: u64, size: u64) -> impl Iterator<Item = Self> {
        let number = move |level: u32| before.checked_shr(8 * (level + 1)).unwrap_or(0);
        let entries = (number(0)..).map_while(move |number| Self::entries_at(number, size));
        let levels = (0..).take_while(move |&level| Self::hashes_at(level, 0, size).is_some());
        let hashes = levels.flat_map(move |level| {
            (number(level)..).map_while(move |number| Self::hashes_at(level, number, size))
        });
        entries.chain(hashes)
    }

    /// Which tile of its level.
    pub fn number(&self) -> u64 {
        match *self {
            Self::Hashes { number, .. } | Self::Entries { number, .. } => number,
        }
    }

    /// How many hashes or entries.
    pub fn width(&self) -> u16 {
        match *self {
            Self::Hashes { width, .. } | Self::Entries { width, .. } => width,
        }
    }

    /// The full tile at the same place: it replaces the partial one in time.
    pub fn full(self) -> Self {
        self.with_width(TILE_WIDTH)
    }

    fn with_width(self, width: u16) -> Self {
        match self {
            Self::Hashes { level, number, .. } => Self::Hashes { level, number, width },
            Self::Entries { number, .. } => Self::Entries { number, width },
        }
    }

    /// Reads a path, from its one form and without a leading slash.
    pub fn parse(path: &str) -> Result<Self, InvalidPath> {
        let (kind, rest) = path
            .strip_prefix("tile/")
            .and_then(|rest| rest.split_once('/'))
            .ok_or(InvalidPath)?;
        let (groups, width) = match rest.split_once(".p/") {
            Some((groups, width)) => (groups, decimal(width)?),
            None => (rest, TILE_WIDTH.into()),
        };
        let width = u16::try_from(width).map_err(|_| InvalidPath)?;
        let number = number(groups)?;
        let place = match kind {
            "entries" => Self::Entries { number, width },
            level => {
                let level = u32::try_from(decimal(level)?).map_err(|_| InvalidPath)?;
                Self::Hashes { level, number, width }
            }
        };
        let level = match place {
            Self::Hashes { level, .. } => level,
            Self::Entries { .. } => 0,
        };
        let exists = level <= MAX_LEVEL && (1..=TILE_WIDTH).contains(&width);
        // Leading zeros, empty groups and `.p/256` are other ways to write it.
        if exists && place.to_string() == path {
            Ok(place)
        } else {
            Err(InvalidPath)
        }
    }
}

impl fmt::Display for TilePlace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hashes { level, .. } => write!(out, "tile/{level}/")?,
            Self::Entries { .. } => out.write_str("tile/entries/")?,
        }
        // Groups of three digits; an x says that more follow.
        let (number, mut place) = (self.number(), 1);
        while number / place >= 1000 {
            place *= 1000;
        }
        while place > 1 {
            write!(out, "x{:03}/", number / place % 1000)?;
            place /= 1000;
        }
        write!(out, "{:03}", number % 1000)?;
        match self.width() {
            TILE_WIDTH => Ok(()),
            width => write!(out, ".p/{width}"),
        }
    }
}

/// How many of `count` things stand in tile `number`.
fn width(count: u64, number: u64) -> Option<u16> {
    let before = number.checked_mul(TILE_WIDTH.into())?;
    match count.checked_sub(before)?.min(TILE_WIDTH.into()) {
        0 => None,
        width => Some(width as u16),
    }
}

/// Digits alone.
fn decimal(digits: &str) -> Result<u64, InvalidPath> {
    if digits.bytes().all(|digit| digit.is_ascii_digit()) {
        digits.parse().map_err(|_| InvalidPath)
    } else {
        Err(InvalidPath)
    }
}

/// `x001/x234/067`.
fn number(groups: &str) -> Result<u64, InvalidPath> {
    let mut number: u64 = 0;
    for group in groups.split('/') {
        let digits = decimal(group.strip_prefix('x').unwrap_or(group))?;
        number = number
            .checked_mul(1000)
            .and_then(|number| number.checked_add(digits))
            .ok_or(InvalidPath)?;
    }
    Ok(number)
}
