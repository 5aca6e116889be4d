//! From `v·M` to `v`: baby steps, giant steps (specs/08-decrypt.md §5).
//!
//! One table of `m` baby steps `0·M … (m−1)·M` serves all cells; a cell takes
//! at most `max / m` giant steps of `m·M`, and stops at the total. Points are
//! compared by the encoding of their doubles, because many doubles are encoded
//! together for the price of one inversion.

use alloc::vec::Vec;

use crate::group::{CompressedRistretto, RistrettoPoint, Scalar, identity, message_base};

/// The largest total that is searched for, `2^44`. A manifest whose totals
/// could be larger is refused when it is made (attack B10).
pub const LARGEST_TOTAL: u64 = 1 << 44;

/// Most baby steps: 2^21 of them take 64 MiB.
const LARGEST_TABLE: u64 = 1 << 21;

/// Points encoded together.
const CHUNK: u64 = 256;

/// Why totals are not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogarithmFault {
    /// A bound beyond what is searched.
    #[error("totals up to {0} are beyond the largest total that is searched, 2^44")]
    Bound(u64),
    /// A cell without a total within the bound.
    #[error("cell {cell} holds no total up to {max}")]
    NotFound {
        /// The cell.
        cell: usize,
        /// The bound.
        max: u64,
    },
}

/// Finds `v` in `0 … max` with `v·M` the given point, for every cell. Takes
/// about `√(max · cells)` group operations; totals are public, time varies.
pub fn bounded_logarithms(points: &[RistrettoPoint], max: u64) -> Result<Vec<u64>, LogarithmFault> {
    if max > LARGEST_TOTAL {
        return Err(LogarithmFault::Bound(max));
    }
    let work = max.saturating_mul(points.len() as u64);
    let table = Table::new(work.isqrt().clamp(64, LARGEST_TABLE));
    let find = |(cell, point): (usize, &RistrettoPoint)| {
        table
            .find(point, max)
            .ok_or(LogarithmFault::NotFound { cell, max })
    };
    points.iter().enumerate().map(find).collect()
}

/// Baby steps by the encoding of their doubles: open addressing, at most half full.
struct Table {
    steps: u64,
    /// Eight bytes of the encoding and the step plus 1; step 0 marks a free slot.
    slots: Vec<(u64, u32)>,
}

impl Table {
    fn new(steps: u64) -> Self {
        let capacity = (2 * steps).next_power_of_two() as usize;
        let mut table = Self {
            steps,
            slots: alloc::vec![(0, 0); capacity],
        };
        let mut point = identity();
        for start in (0..steps).step_by(CHUNK as usize) {
            let count = CHUNK.min(steps - start);
            let chunk = walk(&mut point, message_base(), count);
            for (step, double) in (start..).zip(RistrettoPoint::double_and_compress_batch(&chunk)) {
                table.insert(key(&double), step as u32 + 1);
            }
        }
        table
    }

    fn insert(&mut self, key: u64, step: u32) {
        let mut slot = self.slot(key);
        while self.slots[slot].1 != 0 {
            slot = self.next(slot);
        }
        self.slots[slot] = (key, step);
    }

    /// The total of one point. Chunks grow, so that small totals cost little.
    fn find(&self, point: &RistrettoPoint, max: u64) -> Option<u64> {
        let giant = -(Scalar::from(self.steps) * message_base());
        let last = max / self.steps;
        let mut at = *point;
        let (mut step, mut count) = (0, 1);
        while step <= last {
            count = CHUNK.min(4 * count).min(last - step + 1);
            let chunk = walk(&mut at, &giant, count);
            for (giant_step, double) in (step..).zip(RistrettoPoint::double_and_compress_batch(&chunk)) {
                if let Some(total) = self.look_up(&double, giant_step, point) {
                    return (total <= max).then_some(total);
                }
            }
            step += count;
        }
        None
    }

    /// Eight bytes can meet by chance: a hit is a hit when `v·M` is the point.
    fn look_up(&self, double: &CompressedRistretto, giant_step: u64, point: &RistrettoPoint) -> Option<u64> {
        let key = key(double);
        let mut slot = self.slot(key);
        while self.slots[slot].1 != 0 {
            if self.slots[slot].0 == key {
                let total = giant_step * self.steps + u64::from(self.slots[slot].1) - 1;
                if Scalar::from(total) * message_base() == *point {
                    return Some(total);
                }
            }
            slot = self.next(slot);
        }
        None
    }

    fn slot(&self, key: u64) -> usize {
        key as usize & (self.slots.len() - 1)
    }

    fn next(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }
}

/// `count` points from `at` on, each one step further; leaves `at` behind them.
fn walk(at: &mut RistrettoPoint, step: &RistrettoPoint, count: u64) -> Vec<RistrettoPoint> {
    (0..count)
        .map(|_| {
            let here = *at;
            *at += step;
            here
        })
        .collect()
}

/// Eight bytes from the middle of an encoding, which look random.
fn key(encoding: &CompressedRistretto) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&encoding.as_bytes()[8..16]);
    u64::from_le_bytes(bytes)
}
