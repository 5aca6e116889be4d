//! From the totals of the cells to votes and score of each project
//! (specs/09-outcome.md §1).

use alloc::vec::Vec;

use super::compile::named;
use crate::manifest::{BallotKind, Contest, PlacePoints};

/// What one project received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProjectTotal {
    /// Ballots that name the project.
    pub votes: u64,
    /// Sum of its points; for ballots without points, its votes.
    pub score: i64,
}

/// Totals that no ballots of the contest could add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TotalsError {
    /// Another number of totals than the contest has cells.
    #[error("{found} totals for a contest of {expected} cells")]
    Length {
        /// Totals given.
        found: usize,
        /// Cells of the contest.
        expected: usize,
    },
    /// More than the counted ballots can give.
    #[error("the total of cell {cell} is {total}, more than {ballots} ballots can give")]
    TooLarge {
        /// The cell.
        cell: usize,
        /// Its total.
        total: u64,
        /// Counted ballots.
        ballots: u64,
    },
    /// A project is named by more ballots than there are, or has more points
    /// than the ballots that name it can give.
    #[error("the totals of project number {project} contradict each other")]
    Contradiction {
        /// Index of the project.
        project: usize,
    },
    /// A score beyond 64 bits.
    #[error("the score of project number {project} does not fit into 64 bits")]
    ScoreTooLarge {
        /// Index of the project.
        project: usize,
    },
}

pub(super) fn totals(
    contest: &Contest,
    cells: &[u64],
    ballots: u64,
) -> Result<Vec<ProjectTotal>, TotalsError> {
    if cells.len() != contest.cells() {
        return Err(TotalsError::Length {
            found: cells.len(),
            expected: contest.cells(),
        });
    }
    for (cell, &total) in cells.iter().enumerate() {
        if total > contest.largest_total(cell, ballots) {
            return Err(TotalsError::TooLarge { cell, total, ballots });
        }
    }
    (0..contest.projects.len())
        .map(|project| total(contest, project, cells, ballots))
        .collect()
}

fn total(
    contest: &Contest,
    project: usize,
    cells: &[u64],
    ballots: u64,
) -> Result<ProjectTotal, TotalsError> {
    let row = named(contest, project as u32);
    let row = &cells[row.start as usize..row.end as usize];
    let votes: u64 = row.iter().sum();
    if votes > ballots {
        return Err(TotalsError::Contradiction { project });
    }
    let score = match &contest.ballot {
        BallotKind::Points {
            min_points,
            default_points,
            ..
        } => {
            let span = contest.point_span();
            let above = if span > 0 { cells[2 * project + 1] } else { 0 };
            if above > votes.saturating_mul(span) {
                return Err(TotalsError::Contradiction { project });
            }
            i128::from(*min_points) * i128::from(votes)
                + i128::from(above)
                + i128::from(*default_points) * i128::from(ballots - votes)
        }
        BallotKind::Ranking { points, .. } => place_score(points, row),
        _ => votes.into(),
    };
    let score = i64::try_from(score).map_err(|_| TotalsError::ScoreTooLarge { project })?;
    Ok(ProjectTotal { votes, score })
}

fn place_score(points: &PlacePoints, places: &[u64]) -> i128 {
    let points = |place: usize| match points {
        PlacePoints::FromFirst { table } => i128::from(table.get(place).copied().unwrap_or(0)),
        // Own length minus the position (from 0): the last earns 1.
        PlacePoints::FromLast => place as i128 + 1,
    };
    places
        .iter()
        .enumerate()
        .map(|(place, &total)| points(place) * i128::from(total))
        .sum()
}
