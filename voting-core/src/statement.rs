//! What a ballot must satisfy: cells, each with a largest value, and linear
//! constraints over them (specs/05-ballot.md §2).
//!
//! Every ballot kind compiles to a [`Statement`]; nothing below this module
//! knows ballot kinds. A statement is checked when it is made: no sum of a
//! valid statement can leave the range of 64-bit integers, so inequalities
//! over the integers are inequalities modulo the group order (attack A11).

use alloc::vec::Vec;

use crate::hash::{Hash, identifier};

/// The most cells a ballot may have: a ledger entry is at most 65,535 bytes.
pub const MAX_CELLS: usize = 900;
/// The most constraints a statement may have.
pub const MAX_CONSTRAINTS: usize = 2 * MAX_CELLS;
/// The most `(cell, weight)` terms over all constraints of a statement.
pub const MAX_TERMS: usize = 1 << 17;
/// The longest bit vector `N` of a statement's range proof.
pub const MAX_PADDED_BITS: usize = 1 << 14;
/// The widest range of a cell or constraint: `2^53 − 1`, so that every value
/// is exact in any language's numbers.
pub const MAX_WIDTH: u64 = (1 << 53) - 1;
/// Bound of `|lo|`, `|hi|` and `Σ |w_i|·max_i` of every constraint.
const MAX_MAGNITUDE: u128 = 1 << 60;

/// `lo ≤ Σ w_i·v_i ≤ hi`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// The least sum allowed.
    pub lo: i64,
    /// The largest sum allowed; `hi − lo` is at most [`MAX_WIDTH`].
    pub hi: i64,
    /// `(cell, weight)`: ascending by cell, no weight 0.
    pub terms: Vec<(u32, i64)>,
}

/// A validated statement: its fields cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    maxima: Vec<u64>,
    constraints: Vec<Constraint>,
    padded_bits: usize,
}

/// Why cells and constraints are not a statement. The one at fault is who
/// wrote the contest's rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// No cells, or too many.
    #[error("a ballot has 1 to {MAX_CELLS} cells, this one {0}: split the contest or shorten the ranking")]
    Cells(usize),
    /// A cell's largest value is out of bounds.
    #[error("cell {cell}: the largest value {maximum} is above 2^53 − 1")]
    Maximum {
        /// Index of the cell.
        cell: usize,
        /// Its largest value.
        maximum: u64,
    },
    /// Too many constraints or terms.
    #[error("too many constraints ({constraints}) or terms ({terms})")]
    Constraints {
        /// Number of constraints.
        constraints: usize,
        /// Number of terms in all of them.
        terms: usize,
    },
    /// Terms out of order, a weight 0, or a cell that does not exist.
    #[error(
        "constraint {constraint}: terms must ascend by cell, name existing cells and have weights other than 0"
    )]
    Terms {
        /// Index of the constraint.
        constraint: usize,
    },
    /// `lo > hi`, a width above `2^53 − 1`, or sums that could leave 60 bits.
    #[error("constraint {constraint}: bounds are empty, wider than 2^53 − 1, or its sum could pass 2^60")]
    Bounds {
        /// Index of the constraint.
        constraint: usize,
    },
    /// No value of the statement has a bit, or there are too many.
    #[error("the statement's values have {0} bits together; 1 to {MAX_PADDED_BITS} are possible")]
    Bits(usize),
}

/// Why values do not satisfy a statement. The one at fault is who chose them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsatisfied {
    /// Another number of values than cells.
    #[error("{found} values for {expected} cells")]
    Length {
        /// Cells of the statement.
        expected: usize,
        /// Values given.
        found: usize,
    },
    /// A value above its cell's maximum.
    #[error("cell {cell}: the value is above {maximum}")]
    Cell {
        /// Index of the cell.
        cell: usize,
        /// The largest value allowed.
        maximum: u64,
    },
    /// A sum outside its bounds.
    #[error("constraint {constraint}: the sum {sum} is not in {lo}..={hi}")]
    Constraint {
        /// Index of the constraint.
        constraint: usize,
        /// The sum found.
        sum: i64,
        /// The least sum allowed.
        lo: i64,
        /// The largest sum allowed.
        hi: i64,
    },
}

/// Bits of an exact-range value in `[0, maximum]`.
pub fn bits(maximum: u64) -> usize {
    (u64::BITS - maximum.leading_zeros()) as usize
}

impl Constraint {
    /// Width `hi − lo` of the range, the largest value of `hi − Σ w·v`.
    pub fn width(&self) -> u64 {
        self.hi.abs_diff(self.lo)
    }

    /// `Σ w·v`. Cannot overflow for values within the maxima of a validated statement.
    fn sum(&self, values: &[u64]) -> i64 {
        self.terms
            .iter()
            .map(|&(cell, weight)| weight * values[cell as usize] as i64)
            .sum()
    }

    fn terms_are_sound(&self, cells: usize) -> bool {
        let ascending = self.terms.windows(2).all(|pair| pair[0].0 < pair[1].0);
        ascending
            && self
                .terms
                .iter()
                .all(|&(cell, weight)| (cell as usize) < cells && weight != 0)
    }

    fn bounds_are_sound(&self, maxima: &[u64]) -> bool {
        let reach = self.terms.iter().fold(0u128, |reach, &(cell, weight)| {
            let term = u128::from(weight.unsigned_abs()) * u128::from(maxima[cell as usize]);
            reach.saturating_add(term)
        });
        let largest = self.lo.unsigned_abs().max(self.hi.unsigned_abs());
        self.lo <= self.hi
            && self.width() <= MAX_WIDTH
            && u128::from(largest) <= MAX_MAGNITUDE
            && reach <= MAX_MAGNITUDE
    }
}

impl Statement {
    /// Validates cells' maxima and constraints.
    pub fn new(maxima: Vec<u64>, constraints: Vec<Constraint>) -> Result<Self, StatementError> {
        if maxima.is_empty() || maxima.len() > MAX_CELLS {
            return Err(StatementError::Cells(maxima.len()));
        }
        if let Some(cell) = maxima.iter().position(|&maximum| maximum > MAX_WIDTH) {
            return Err(StatementError::Maximum {
                cell,
                maximum: maxima[cell],
            });
        }
        let terms = constraints.iter().map(|constraint| constraint.terms.len()).sum();
        if constraints.len() > MAX_CONSTRAINTS || terms > MAX_TERMS {
            return Err(StatementError::Constraints {
                constraints: constraints.len(),
                terms,
            });
        }
        for (index, constraint) in constraints.iter().enumerate() {
            if !constraint.terms_are_sound(maxima.len()) {
                return Err(StatementError::Terms { constraint: index });
            }
            if !constraint.bounds_are_sound(&maxima) {
                return Err(StatementError::Bounds { constraint: index });
            }
        }
        let mut statement = Self {
            maxima,
            constraints,
            padded_bits: 0,
        };
        let used: usize = statement.ranges().map(bits).sum();
        if used == 0 || used > MAX_PADDED_BITS {
            return Err(StatementError::Bits(used));
        }
        statement.padded_bits = used.next_power_of_two();
        Ok(statement)
    }

    /// The statement of a style: its contests' statements, cells one after the other.
    pub fn join(parts: &[&Statement]) -> Result<Statement, StatementError> {
        let mut maxima = Vec::new();
        let mut constraints = Vec::new();
        for part in parts {
            let offset = maxima.len() as u32;
            maxima.extend_from_slice(&part.maxima);
            constraints.extend(part.constraints.iter().map(|constraint| {
                Constraint {
                    lo: constraint.lo,
                    hi: constraint.hi,
                    terms: constraint
                        .terms
                        .iter()
                        .map(|&(cell, weight)| (cell + offset, weight))
                        .collect(),
                }
            }));
        }
        Self::new(maxima, constraints)
    }

    /// Every cell's largest value.
    pub fn maxima(&self) -> &[u64] {
        &self.maxima
    }

    /// The constraints.
    pub fn constraints(&self) -> &[Constraint] {
        &self.constraints
    }

    /// `N`: bits of all values together, padded to a power of two.
    pub fn padded_bits(&self) -> usize {
        self.padded_bits
    }

    /// Number of values of the range proof: cells, then constraints.
    pub fn value_count(&self) -> usize {
        self.maxima.len() + self.constraints.len()
    }

    /// The largest value of every value of the range proof: the cells'
    /// maxima, then `hi − lo` of the constraints.
    pub fn ranges(&self) -> impl Iterator<Item = u64> + '_ {
        let widths = self.constraints.iter().map(Constraint::width);
        self.maxima.iter().copied().chain(widths)
    }

    /// `SHA3-256("psephos/v1/statement" ‖ …)` over maxima, constraints and
    /// `N`, every number big-endian and of fixed width (specs/05-ballot.md §2.2).
    pub fn digest(&self) -> Hash {
        let mut bytes = Vec::new();
        bytes.extend_from_slice(&(self.maxima.len() as u32).to_be_bytes());
        for maximum in &self.maxima {
            bytes.extend_from_slice(&maximum.to_be_bytes());
        }
        bytes.extend_from_slice(&(self.constraints.len() as u32).to_be_bytes());
        for constraint in &self.constraints {
            bytes.extend_from_slice(&constraint.lo.to_be_bytes());
            bytes.extend_from_slice(&constraint.hi.to_be_bytes());
            bytes.extend_from_slice(&(constraint.terms.len() as u32).to_be_bytes());
            for (cell, weight) in &constraint.terms {
                bytes.extend_from_slice(&cell.to_be_bytes());
                bytes.extend_from_slice(&weight.to_be_bytes());
            }
        }
        bytes.extend_from_slice(&(self.padded_bits as u32).to_be_bytes());
        identifier("psephos/v1/statement", &[&bytes])
    }

    /// Checks a voter's values. The time taken tells only whether, and where,
    /// a rule is broken.
    pub fn check(&self, values: &[u64]) -> Result<(), Unsatisfied> {
        if values.len() != self.maxima.len() {
            return Err(Unsatisfied::Length {
                expected: self.maxima.len(),
                found: values.len(),
            });
        }
        for (cell, (value, &maximum)) in values.iter().zip(&self.maxima).enumerate() {
            if *value > maximum {
                return Err(Unsatisfied::Cell { cell, maximum });
            }
        }
        for (index, constraint) in self.constraints.iter().enumerate() {
            let sum = constraint.sum(values);
            let (lo, hi) = (constraint.lo, constraint.hi);
            if sum < lo || sum > hi {
                return Err(Unsatisfied::Constraint {
                    constraint: index,
                    sum,
                    lo,
                    hi,
                });
            }
        }
        Ok(())
    }

    /// `hi − Σ w·v` for every constraint, for values that pass [`Statement::check`].
    pub(crate) fn slacks<'a>(&'a self, values: &'a [u64]) -> impl Iterator<Item = u64> + 'a {
        self.constraints
            .iter()
            .map(move |constraint| (constraint.hi - constraint.sum(values)) as u64)
    }
}

#[cfg(test)]
mod tests;
