//! The normal form of a contest's limits (specs/02-define.md §4).
//!
//! Two readers of one manifest must compile the very same statement, and a
//! ballot should carry no bit more than needed. So each limit is brought to
//! one form, and what the others imply is left out. Every step keeps the set
//! of allowed ballots exactly.

use alloc::vec::Vec;

use super::ContestError;
use crate::statement::Constraint;

/// A range `lo ..= hi` of a sum, wide enough that nothing wraps (attack A11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) lo: i128,
    pub(super) hi: i128,
}

/// The limits of one contest while it is compiled.
pub(super) struct Limits<'a> {
    /// Largest value of every cell.
    maxima: &'a [u64],
    constraints: Vec<Constraint>,
}

impl<'a> Limits<'a> {
    pub(super) fn new(maxima: &'a [u64]) -> Self {
        Self {
            maxima,
            constraints: Vec::new(),
        }
    }

    /// Adds `lo ≤ Σ weight·cell ≤ hi` in normal form, or nothing where the
    /// cells' maxima imply it.
    pub(super) fn add(
        &mut self,
        what: &'static str,
        terms: Vec<(u32, i64)>,
        range: Range,
    ) -> Result<(), ContestError> {
        let mut terms: Vec<_> = terms.into_iter().filter(|term| term.1 != 0).collect();
        let range = self.clamp(what, &terms, range)?;
        if range == self.attainable(&terms) {
            return Ok(());
        }
        let range = reduce(&mut terms, range);
        self.push(what, terms, range)
    }

    /// Adds a constraint as it is.
    pub(super) fn push(
        &mut self,
        what: &'static str,
        terms: Vec<(u32, i64)>,
        range: Range,
    ) -> Result<(), ContestError> {
        let (lo, hi) = (bounded(what, range.lo)?, bounded(what, range.hi)?);
        if let Some(same) = self.constraints.iter_mut().find(|one| one.terms == terms) {
            same.lo = same.lo.max(lo);
            same.hi = same.hi.min(hi);
            if same.lo > same.hi {
                return Err(ContestError::Range {
                    what,
                    least: same.lo.into(),
                    most: same.hi.into(),
                });
            }
        } else {
            self.constraints.push(Constraint { lo, hi, terms });
        }
        Ok(())
    }

    pub(super) fn into_constraints(self) -> Vec<Constraint> {
        self.constraints
    }

    /// Draws a range in to what the cells' maxima can reach.
    fn clamp(&self, what: &'static str, terms: &[(u32, i64)], range: Range) -> Result<Range, ContestError> {
        if range.lo > range.hi {
            return Err(ContestError::Range {
                what,
                least: range.lo,
                most: range.hi,
            });
        }
        let reach = self.attainable(terms);
        if range.lo > reach.hi {
            return Err(ContestError::Unreachable {
                what,
                wanted: range.lo,
                attainable: reach.hi,
            });
        }
        if range.hi < reach.lo {
            return Err(ContestError::Unavoidable {
                what,
                allowed: range.hi,
                smallest: reach.lo,
            });
        }
        Ok(Range {
            lo: range.lo.max(reach.lo),
            hi: range.hi.min(reach.hi),
        })
    }

    /// Least and largest sum when every cell may take any of its values.
    fn attainable(&self, terms: &[(u32, i64)]) -> Range {
        let mut range = Range { lo: 0, hi: 0 };
        for &(cell, weight) in terms {
            let most = i128::from(weight) * i128::from(self.maxima[cell as usize]);
            if most < 0 {
                range.lo += most;
            } else {
                range.hi += most;
            }
        }
        range
    }
}

/// Divides a sum of non-negative weights by what all of them share. A weight
/// above `hi` excludes its cell whatever its size, so it becomes `hi + 1`
/// after the division and does not stand in its way.
fn reduce(terms: &mut [(u32, i64)], range: Range) -> Range {
    if terms.iter().any(|term| term.1 < 0) {
        return range;
    }
    let excluded = |weight: i64| i128::from(weight) > range.hi;
    let divisor = terms
        .iter()
        .filter(|term| !excluded(term.1))
        .fold(0, |divisor, term| gcd(divisor, i128::from(term.1)))
        .max(1);
    let reduced = Range {
        lo: (range.lo + divisor - 1) / divisor,
        hi: range.hi / divisor,
    };
    for term in terms.iter_mut() {
        let weight = i128::from(term.1);
        let smaller = if excluded(term.1) {
            reduced.hi + 1
        } else {
            weight / divisor
        };
        // Never larger than the weight it replaces, so it fits again.
        term.1 = i64::try_from(smaller).unwrap_or(term.1);
    }
    reduced
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn bounded(what: &'static str, value: i128) -> Result<i64, ContestError> {
    i64::try_from(value).map_err(|_| ContestError::TooLarge { what, value })
}

/// Removes from two limits on the named projects what each implies of the
/// other: `count` limits how many there are, `sum` what they add up to, when
/// one named project adds between `least[i]` and `most[i]`, none negative.
/// Both slices ascend. The sum is kept in preference to the count.
pub(super) fn reconcile(count: &mut Range, sum: &mut Range, least: &[i128], most: &[i128]) {
    if least.first().is_some_and(|&smallest| smallest < 0) {
        return;
    }
    let projects = least.len() as i128;
    // One named project at least ⟺ the smallest contribution at least.
    if count.lo == 1 && least[0] > 0 {
        sum.lo = sum.lo.max(least[0]);
    }
    if count.lo > 0 && largest(most, count.lo - 1) < sum.lo {
        count.lo = 0;
    }
    if count.hi < projects && smallest(least, count.hi + 1) > sum.hi {
        count.hi = projects;
    }
    // What the remaining count implies of the sum.
    if count.lo > 0 && smallest(least, count.lo) >= sum.lo {
        sum.lo = 0;
    }
    if count.hi < projects && largest(most, count.hi) <= sum.hi {
        sum.hi = largest(most, projects);
    }
}

fn smallest(ascending: &[i128], number: i128) -> i128 {
    let number = usize::try_from(number.max(0)).unwrap_or(usize::MAX);
    ascending.iter().take(number).sum()
}

fn largest(ascending: &[i128], number: i128) -> i128 {
    let number = usize::try_from(number.max(0)).unwrap_or(usize::MAX);
    ascending.iter().rev().take(number).sum()
}
