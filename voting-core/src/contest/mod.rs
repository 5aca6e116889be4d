//! Define: what a ballot of a contest may say, as cells and constraints.
//!
//! A contest compiles to a [`Statement`]: cells, each with a largest value,
//! and linear constraints. Nothing below this module knows ballot kinds
//! (specs/02-define.md §3). The compiler writes the fewest constraints that
//! are exact: none that the others imply.
//!
//! | ballot kind | cells of project `i` |
//! |---|---|
//! | choose one, approval, knapsack | one: named or not |
//! | points | `u`: named or not; `w ∈ [0, max − min]`: points are `min·u + w` |
//! | ranking with `k` places | `k`: one for each place |

mod choice;
mod compile;
mod money;
mod normal;
mod totals;

pub use choice::{Choice, ChoiceError};
pub use totals::{ProjectTotal, TotalsError};

use alloc::vec::Vec;

use crate::manifest::{BallotKind, Contest};
use crate::statement::{MAX_CELLS, Statement, StatementError};

/// Cost that marks a project as withdrawn after the vote, in whole units of
/// the currency (Pabulib's convention).
pub const WITHDRAWN_COST: u64 = 999_999_999;

/// Why a contest has no statement. It is refused at define.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContestError {
    /// Nothing to vote on.
    #[error("the contest has no projects; list at least one")]
    NoProjects,
    /// A ballot would not fit into a ledger entry.
    #[error(
        "a ballot would need {cells} cells, but {MAX_CELLS} are the most; \
         split the contest or allow fewer places"
    )]
    TooManyCells {
        /// Cells the contest would need.
        cells: u64,
    },
    /// A limit names a project or group that the contest does not have.
    #[error("limit {limit} counts project {project}, but the contest has only {projects}")]
    UnknownProject {
        /// Index of the limit.
        limit: usize,
        /// The index it names.
        project: u32,
        /// Number of projects.
        projects: usize,
    },
    /// The least of a range lies above its most.
    #[error("{what}: the least, {least}, is above the most, {most}")]
    Range {
        /// Which range.
        what: &'static str,
        /// Its lower end.
        least: i128,
        /// Its upper end.
        most: i128,
    },
    /// No ballot can meet a limit.
    #[error("{what}: no ballot can reach {wanted}; the projects allow {attainable} at most")]
    Unreachable {
        /// Which limit.
        what: &'static str,
        /// What it demands.
        wanted: i128,
        /// What is attainable.
        attainable: i128,
    },
    /// A ballot that names the fewest projects already exceeds a limit.
    #[error("{what}: every ballot exceeds {allowed}; the smallest ballot has {smallest}")]
    Unavoidable {
        /// Which limit.
        what: &'static str,
        /// What it allows.
        allowed: i128,
        /// What every ballot has.
        smallest: i128,
    },
    /// A ranking's points table has another length than the ranking has places.
    #[error("the points table has {found} places, but a ballot ranks up to {places}")]
    PointsTable {
        /// Entries of the table.
        found: usize,
        /// Places of the ballot.
        places: u32,
    },
    /// A number is beyond what the proofs carry.
    #[error("{what} is too large: {value}")]
    TooLarge {
        /// Which number.
        what: &'static str,
        /// The number.
        value: i128,
    },
    /// The statement itself is refused.
    #[error(transparent)]
    Statement(#[from] StatementError),
}

impl Contest {
    /// The statement every ballot of this contest proves.
    ///
    /// # Errors
    /// The contest's rules contradict each other or exceed what a ballot can
    /// carry; the message says which.
    pub fn statement(&self) -> Result<Statement, ContestError> {
        compile::statement(self)
    }

    /// The number of cells of a ballot.
    pub fn cells(&self) -> usize {
        usize::try_from(self.cell_count()).unwrap_or(usize::MAX)
    }

    /// The cell values of a choice.
    ///
    /// # Errors
    /// The choice breaks a rule of the contest; the message names the rule in
    /// words a voter understands.
    pub fn encode(&self, choice: &Choice) -> Result<Vec<u64>, ChoiceError> {
        choice::encode(self, choice)
    }

    /// The choice that cell values stand for, if they stand for one: what a
    /// second device shows when it checks a sealed ballot.
    pub fn decode(&self, values: &[u64]) -> Option<Choice> {
        choice::decode(self, values)
    }

    /// The largest value one ballot can put into a cell.
    pub fn cell_maximum(&self, cell: usize) -> u64 {
        match &self.ballot {
            BallotKind::Points { .. } if self.point_span() > 0 && cell % 2 == 1 => self.point_span(),
            _ => 1,
        }
    }

    /// The largest total `ballots` ballots can give a cell: the bound of the
    /// logarithm search.
    pub fn largest_total(&self, cell: usize, ballots: u64) -> u64 {
        self.cell_maximum(cell).saturating_mul(ballots)
    }

    /// Votes and score of every project from the totals of the cells.
    ///
    /// # Errors
    /// The totals cannot be the sums of `ballots` ballots of this contest.
    pub fn totals(&self, cell_totals: &[u64], ballots: u64) -> Result<Vec<ProjectTotal>, TotalsError> {
        totals::totals(self, cell_totals, ballots)
    }

    /// Whether a project was withdrawn: its cost is Pabulib's 999,999,999. It
    /// can be voted on, but it cannot win.
    pub fn is_withdrawn(&self, project: usize) -> bool {
        self.projects.get(project).is_some_and(|project| {
            Some(project.cost) == WITHDRAWN_COST.checked_mul(10u64.saturating_pow(self.decimals.into()))
        })
    }

    /// `max_points − min_points`; 0 for kinds without points.
    pub(crate) fn point_span(&self) -> u64 {
        match &self.ballot {
            BallotKind::Points {
                min_points,
                max_points,
                ..
            } if max_points > min_points => max_points.abs_diff(*min_points),
            _ => 0,
        }
    }

    /// Cells of each project.
    pub(crate) fn cells_per_project(&self) -> u64 {
        match &self.ballot {
            BallotKind::ChooseOne { .. } | BallotKind::Approval { .. } | BallotKind::Knapsack { .. } => 1,
            BallotKind::Points { .. } => 1 + u64::from(self.point_span() > 0),
            BallotKind::Ranking { max_length, .. } => u64::from(*max_length),
        }
    }

    fn cell_count(&self) -> u64 {
        self.cells_per_project()
            .saturating_mul(self.projects.len() as u64)
    }
}

#[cfg(test)]
mod tests;
