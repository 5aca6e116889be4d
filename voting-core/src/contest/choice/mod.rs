//! From a voter's choice to cell values, and back.

mod rules;

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::compile::named;
use crate::manifest::{BallotKind, Contest};
use rules::{check_cost, check_length, check_limit, check_names, check_sum, give_points};

/// What a ballot says. Projects are indices into the contest's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The named projects, in any order: choose one, approval, knapsack.
    Projects(Vec<u32>),
    /// The named projects, in any order, with their points.
    Points(Vec<(u32, i64)>),
    /// The named projects, best first.
    Ranking(Vec<u32>),
}

impl Choice {
    /// The named projects, in the order of the choice.
    pub fn projects(&self) -> Vec<u32> {
        match self {
            Choice::Projects(projects) | Choice::Ranking(projects) => projects.clone(),
            Choice::Points(points) => points.iter().map(|one| one.0).collect(),
        }
    }
}

/// Which rule of the contest a choice breaks, in a voter's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceError {
    /// The choice is for another kind of ballot.
    #[error("the choice is for another kind of ballot; this one takes {expected}")]
    Kind {
        /// What this contest takes.
        expected: &'static str,
    },
    /// No project has this index.
    #[error("there is no project number {0} in this contest")]
    Unknown(u32),
    /// A project is named more than once.
    #[error("project {0} is named more than once")]
    Twice(String),
    /// Too few projects.
    #[error("names {named} {}, but at least {least} must be named", projects(*.named))]
    TooFew {
        /// How many are named.
        named: usize,
        /// How many must be.
        least: u32,
    },
    /// Too many projects.
    #[error("names {named} {}, but at most {most} may be named", projects(*.named))]
    TooMany {
        /// How many are named.
        named: usize,
        /// How many may be.
        most: u32,
    },
    /// The named projects cost too much.
    #[error("over budget: the named projects cost {cost}, but at most {most} may be spent")]
    OverBudget {
        /// Their cost.
        cost: String,
        /// The limit.
        most: String,
    },
    /// The named projects cost too little.
    #[error("the named projects cost {cost}, but at least {least} must be spent")]
    UnderBudget {
        /// Their cost.
        cost: String,
        /// The limit.
        least: String,
    },
    /// Points outside what one project may get.
    #[error("gives project {project} {points} points, but a named project gets {least} to {most}")]
    Points {
        /// The project's id.
        project: String,
        /// Its points.
        points: i64,
        /// Least points of a named project.
        least: i64,
        /// Most points of a named project.
        most: i64,
    },
    /// Points in all outside their limits.
    #[error("gives {sum} points in all, but the sum must be {least} to {most}")]
    Sum {
        /// Their sum.
        sum: i128,
        /// Its lower limit.
        least: i64,
        /// Its upper limit.
        most: i64,
    },
    /// A limit on some of the projects.
    #[error("{found} {whose}, but {bound} {limit} {verb}")]
    Limit {
        /// "names 3 projects" or "names projects of 120 EUR".
        found: String,
        /// Of which group.
        whose: String,
        /// "at least" or "at most".
        bound: &'static str,
        /// The limit.
        limit: String,
        /// "must be named" or "may be named".
        verb: &'static str,
    },
}

fn projects(number: usize) -> &'static str {
    if number == 1 { "project" } else { "projects" }
}

/// The cell values of a choice, if it keeps every rule.
pub(super) fn encode(contest: &Contest, choice: &Choice) -> Result<Vec<u64>, ChoiceError> {
    let chosen = choice.projects();
    check_names(contest, &chosen)?;
    let mut values = vec![0; contest.cells()];
    match (&contest.ballot, choice) {
        (BallotKind::ChooseOne { blank }, Choice::Projects(_)) => {
            check_length(&chosen, u32::from(!blank), 1)?;
            mark(&mut values, &chosen);
        }
        (
            BallotKind::Approval {
                min_length,
                max_length,
            },
            Choice::Projects(_),
        ) => {
            check_length(&chosen, *min_length, *max_length)?;
            mark(&mut values, &chosen);
        }
        (
            BallotKind::Knapsack {
                min_length,
                max_length,
                min_sum_cost,
                max_sum_cost,
            },
            Choice::Projects(_),
        ) => {
            check_length(&chosen, *min_length, *max_length)?;
            check_cost(contest, &chosen, *min_sum_cost, *max_sum_cost)?;
            mark(&mut values, &chosen);
        }
        (
            BallotKind::Points {
                sum,
                min_length,
                max_length,
                ..
            },
            Choice::Points(points),
        ) => {
            check_length(&chosen, *min_length, *max_length)?;
            give_points(contest, points, &mut values)?;
            check_sum(points, sum.as_ref())?;
        }
        (
            BallotKind::Ranking {
                min_length,
                max_length,
                points,
            },
            Choice::Ranking(_),
        ) => {
            check_length(&chosen, *min_length, *max_length)?;
            for (position, &project) in chosen.iter().enumerate() {
                let place = points.place(position, chosen.len());
                values[project as usize * *max_length as usize + place] = 1;
            }
        }
        (kind, _) => {
            return Err(ChoiceError::Kind {
                expected: takes(kind),
            });
        }
    }
    for limit in &contest.limits {
        check_limit(contest, limit, &chosen)?;
    }
    Ok(values)
}

/// The choice that cell values stand for.
pub(super) fn decode(contest: &Contest, values: &[u64]) -> Option<Choice> {
    if values.len() != contest.cells() {
        return None;
    }
    let named_projects = |contest: &Contest| -> Vec<u32> {
        let projects = 0..contest.projects.len() as u32;
        projects
            .filter(|&project| named(contest, project).any(|cell| values[cell as usize] != 0))
            .collect()
    };
    let choice = match &contest.ballot {
        BallotKind::ChooseOne { .. } | BallotKind::Approval { .. } | BallotKind::Knapsack { .. } => {
            Choice::Projects(named_projects(contest))
        }
        BallotKind::Points { min_points, .. } => {
            let above = |project: u32| -> Option<i64> {
                if contest.point_span() == 0 {
                    return Some(0);
                }
                i64::try_from(values[project as usize * 2 + 1]).ok()
            };
            let points = named_projects(contest)
                .into_iter()
                .map(|project| Some((project, min_points.checked_add(above(project)?)?)));
            Choice::Points(points.collect::<Option<_>>()?)
        }
        BallotKind::Ranking {
            max_length, points, ..
        } => {
            let mut ranked = named_projects(contest);
            let length = ranked.len();
            let place_of = |project: u32| {
                let row = named(contest, project);
                row.clone()
                    .position(|cell| values[cell as usize] != 0)
                    .unwrap_or(*max_length as usize)
            };
            ranked.sort_by_key(|&project| points.place(place_of(project), length));
            Choice::Ranking(ranked)
        }
    };
    // Only values that the choice gives again stand for it.
    (encode(contest, &choice).as_deref() == Ok(values)).then_some(choice)
}

impl crate::manifest::PlacePoints {
    /// The place, from 0, in which cells are counted, for a position from the
    /// ballot's first; and, as it is its own inverse, the other way round.
    fn place(&self, position: usize, length: usize) -> usize {
        match self {
            Self::FromFirst { .. } => position,
            Self::FromLast => (length - 1).saturating_sub(position),
        }
    }
}

fn takes(kind: &BallotKind) -> &'static str {
    match kind {
        BallotKind::ChooseOne { .. } => "one project",
        BallotKind::Approval { .. } | BallotKind::Knapsack { .. } => "a set of projects",
        BallotKind::Points { .. } => "projects with points",
        BallotKind::Ranking { .. } => "projects in order",
    }
}

fn mark(values: &mut [u64], chosen: &[u32]) {
    for &project in chosen {
        values[project as usize] = 1;
    }
}
