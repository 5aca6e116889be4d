//! Close and tally: encrypted sums over the ballots that count
//! (specs/07-close-and-tally.md).
//!
//! Of every credential the ballot with the largest sequence counts. A
//! contest's cells stand in the ballots of several styles, at an offset that
//! the style fixes; its sums go over all of them. Everybody computes the same.

use alloc::vec::Vec;
use core::ops::{Add, Sub};

use crate::ballot::VerifiedBallot;
use crate::group::{GroupError, RistrettoPoint, decode_point, identity};

/// Bytes of one cell's sums, `ΣR ‖ ΣC`.
pub const CELL_LENGTH: usize = 64;

/// Bytes that are not a contest's sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SumsFault {
    /// Not 64 bytes for every cell.
    #[error("{found} bytes of sums, but {cells} cells have 64 bytes each")]
    Length {
        /// The contest's cells.
        cells: usize,
        /// Bytes found.
        found: usize,
    },
    /// A point that does not decode.
    #[error("cell {cell}: {error}")]
    Point {
        /// The cell.
        cell: usize,
        /// What is wrong.
        error: GroupError,
    },
}

/// `(ΣR, ΣC)` for every cell of one contest. Only what was verified is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums(Vec<(RistrettoPoint, RistrettoPoint)>);

impl Sums {
    /// Empty sums of a contest with so many cells.
    pub fn new(cells: usize) -> Self {
        Self(alloc::vec![(identity(), identity()); cells])
    }

    /// The sums of every cell.
    pub fn cells(&self) -> &[(RistrettoPoint, RistrettoPoint)] {
        &self.0
    }

    /// Adds a ballot that counts. `offset` is where the contest's cells stand
    /// in ballots of its style.
    ///
    /// # Panics
    /// If the contest is not in the ballot's style: a mistake of the caller,
    /// since a verified ballot has all cells of its style.
    pub fn add(&mut self, ballot: &VerifiedBallot, offset: usize) {
        self.combine(ballot.cells(), offset, RistrettoPoint::add);
    }

    /// Takes a ballot out again that a later one replaces.
    ///
    /// # Panics
    /// As [`Sums::add`].
    pub fn subtract(&mut self, ballot: &VerifiedBallot, offset: usize) {
        self.combine(ballot.cells(), offset, RistrettoPoint::sub);
    }

    /// Adds the sums of other ballots of the same contest.
    pub fn add_sums(&mut self, other: &Self) {
        for (sum, other) in self.0.iter_mut().zip(&other.0) {
            *sum = (sum.0 + other.0, sum.1 + other.1);
        }
    }

    /// Takes the sums of some of these ballots out again.
    pub fn subtract_sums(&mut self, other: &Self) {
        for (sum, other) in self.0.iter_mut().zip(&other.0) {
            *sum = (sum.0 - other.0, sum.1 - other.1);
        }
    }

    fn combine(
        &mut self,
        cells: &[(RistrettoPoint, RistrettoPoint)],
        offset: usize,
        with: fn(RistrettoPoint, RistrettoPoint) -> RistrettoPoint,
    ) {
        let cells = &cells[offset..offset + self.0.len()];
        for (sum, cell) in self.0.iter_mut().zip(cells) {
            *sum = (with(sum.0, cell.0), with(sum.1, cell.1));
        }
    }

    /// As the `tally` entry carries them: `ΣR ‖ ΣC` of every cell.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.0.len() * CELL_LENGTH);
        for (r, c) in &self.0 {
            bytes.extend_from_slice(r.compress().as_bytes());
            bytes.extend_from_slice(c.compress().as_bytes());
        }
        bytes
    }

    /// Decodes the sums of a contest with so many cells. Whether they are the
    /// sums of the ballots is another question: who decrypts adds up itself.
    pub fn from_bytes(cells: usize, bytes: &[u8]) -> Result<Self, SumsFault> {
        if Some(bytes.len()) != cells.checked_mul(CELL_LENGTH) {
            let found = bytes.len();
            return Err(SumsFault::Length { cells, found });
        }
        let decode = |(cell, bytes): (usize, &[u8])| {
            let (r, c) = bytes.split_at(CELL_LENGTH / 2);
            let point = |bytes| decode_point(bytes).map_err(|error| SumsFault::Point { cell, error });
            Ok((point(r)?, point(c)?))
        };
        bytes
            .chunks_exact(CELL_LENGTH)
            .enumerate()
            .map(decode)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    #[cfg(test)]
    pub(crate) fn of_cells(cells: Vec<(RistrettoPoint, RistrettoPoint)>) -> Self {
        Self(cells)
    }
}
