//! From a ballot kind to cells and constraints (specs/02-define.md §3).

use alloc::vec;
use alloc::vec::Vec;

use super::ContestError;
use super::normal::{Limits, Range, reconcile};
use crate::manifest::{BallotKind, Contest, Limit, Measure, PlacePoints, SumLimit};
use crate::statement::{MAX_CELLS, Statement};

/// Compiles a contest.
pub(super) fn statement(contest: &Contest) -> Result<Statement, ContestError> {
    if contest.projects.is_empty() {
        return Err(ContestError::NoProjects);
    }
    let cells = contest.cell_count();
    if cells > MAX_CELLS as u64 {
        return Err(ContestError::TooManyCells { cells });
    }
    let maxima: Vec<u64> = (0..contest.cells())
        .map(|cell| contest.cell_maximum(cell))
        .collect();
    let mut limits = Limits::new(&maxima);
    kind(contest, &mut limits)?;
    for (index, limit) in contest.limits.iter().enumerate() {
        let (terms, range) = further_limit(contest, index, limit)?;
        limits.add("a further limit", terms, range)?;
    }
    Ok(Statement::new(maxima.clone(), limits.into_constraints())?)
}

fn kind(contest: &Contest, limits: &mut Limits<'_>) -> Result<(), ContestError> {
    match &contest.ballot {
        BallotKind::ChooseOne { blank } => {
            let lo = i128::from(!blank);
            limits.add("the number of projects", all_named(contest), Range { lo, hi: 1 })
        }
        BallotKind::Approval {
            min_length,
            max_length,
        } => {
            let count = length(contest, *min_length, *max_length)?;
            limits.add("the number of projects", all_named(contest), count)
        }
        BallotKind::Knapsack {
            min_length,
            max_length,
            min_sum_cost,
            max_sum_cost,
        } => {
            let count = length(contest, *min_length, *max_length)?;
            let sum = Range {
                lo: i128::from(*min_sum_cost),
                hi: i128::from(*max_sum_cost),
            };
            knapsack(contest, limits, count, sum)
        }
        BallotKind::Points {
            min_points,
            max_points,
            sum,
            min_length,
            max_length,
            ..
        } => {
            let count = length(contest, *min_length, *max_length)?;
            points(contest, limits, (*min_points, *max_points), sum.as_ref(), count)
        }
        BallotKind::Ranking {
            min_length,
            max_length,
            points,
        } => {
            check_table(points, *max_length)?;
            let count = length(contest, *min_length, *max_length)?;
            if count.hi < i128::from(*max_length) {
                return Err(ContestError::Unreachable {
                    what: "the number of places",
                    wanted: i128::from(*max_length),
                    attainable: count.hi,
                });
            }
            ranking(contest, limits, *min_length, *max_length)
        }
    }
}

/// The range of the number of named projects.
fn length(contest: &Contest, min: u32, max: u32) -> Result<Range, ContestError> {
    let projects = contest.projects.len() as i128;
    let range = Range {
        lo: i128::from(min),
        hi: i128::from(max).min(projects),
    };
    if min > max {
        return Err(ContestError::Range {
            what: "the number of projects",
            least: i128::from(min),
            most: i128::from(max),
        });
    }
    if range.hi == 0 {
        return Err(ContestError::Unreachable {
            what: "the number of projects",
            wanted: 1,
            attainable: 0,
        });
    }
    if range.lo > projects {
        return Err(ContestError::Unreachable {
            what: "the number of projects",
            wanted: range.lo,
            attainable: projects,
        });
    }
    Ok(range)
}

fn knapsack(
    contest: &Contest,
    limits: &mut Limits<'_>,
    mut count: Range,
    mut sum: Range,
) -> Result<(), ContestError> {
    let mut costs: Vec<i128> = contest
        .projects
        .iter()
        .map(|project| project.cost.into())
        .collect();
    costs.sort_unstable();
    in_order("the total cost", sum)?;
    reconcile(&mut count, &mut sum, &costs, &costs);
    let terms = weighted(contest, |project| contest.projects[project].cost)?;
    limits.add("the total cost", terms, sum)?;
    limits.add("the number of projects", all_named(contest), count)
}

fn points(
    contest: &Contest,
    limits: &mut Limits<'_>,
    (least, most): (i64, i64),
    sum: Option<&SumLimit>,
    mut count: Range,
) -> Result<(), ContestError> {
    in_order(
        "the points of a project",
        Range {
            lo: least.into(),
            hi: most.into(),
        },
    )?;
    let span = point_span(contest)?;
    if span > 0 {
        for project in 0..contest.projects.len() {
            // Points only for a named project: span·u − w ≥ 0.
            let (named, above) = (project as u32 * 2, project as u32 * 2 + 1);
            let range = Range {
                lo: 0,
                hi: span.into(),
            };
            limits.push("the points of a project", vec![(named, span), (above, -1)], range)?;
        }
    }
    if let Some(sum) = sum {
        let mut range = Range {
            lo: sum.least.into(),
            hi: sum.most.into(),
        };
        in_order("the sum of points", range)?;
        let projects = contest.projects.len();
        let (low, high) = (
            vec![i128::from(least); projects],
            vec![i128::from(most); projects],
        );
        reconcile(&mut count, &mut range, &low, &high);
        limits.add("the sum of points", point_terms(contest, least, span), range)?;
    }
    limits.add("the number of projects", all_named(contest), count)
}

fn point_span(contest: &Contest) -> Result<i64, ContestError> {
    i64::try_from(contest.point_span()).map_err(|_| ContestError::TooLarge {
        what: "the range of points",
        value: contest.point_span().into(),
    })
}

/// `Σ (min·u + w)`.
fn point_terms(contest: &Contest, least: i64, span: i64) -> Vec<(u32, i64)> {
    let mut terms = Vec::new();
    for project in 0..contest.projects.len() as u32 {
        if span > 0 {
            terms.extend([(2 * project, least), (2 * project + 1, 1)]);
        } else {
            terms.push((project, least));
        }
    }
    terms
}

/// Each project at one place at most; each place held by one project at most;
/// no place used before the one below it.
fn ranking(
    contest: &Contest,
    limits: &mut Limits<'_>,
    min_length: u32,
    places: u32,
) -> Result<(), ContestError> {
    let projects = contest.projects.len() as u32;
    // A ballot that must rank everything names every project.
    let fewest = i128::from(min_length == places && places == projects);
    for project in 0..projects {
        let row = named(contest, project).map(|cell| (cell, 1)).collect();
        limits.add("the place of a project", row, Range { lo: fewest, hi: 1 })?;
    }
    for place in 0..places {
        let column =
            |place: u32, weight: i64| (0..projects).map(move |project| (project * places + place, weight));
        let mut terms: Vec<(u32, i64)> = column(place, 1).collect();
        let range = if place < min_length {
            Range { lo: 1, hi: 1 }
        } else if place == min_length {
            Range { lo: 0, hi: 1 }
        } else {
            // The place before minus this one: 0 or 1, and never negative.
            terms = column(place - 1, 1).chain(column(place, -1)).collect();
            terms.sort_unstable_by_key(|term| term.0);
            Range { lo: 0, hi: 1 }
        };
        limits.add("the use of a place", terms, range)?;
    }
    Ok(())
}

fn check_table(points: &PlacePoints, places: u32) -> Result<(), ContestError> {
    match points {
        PlacePoints::FromFirst { table } if table.len() != places as usize => {
            Err(ContestError::PointsTable {
                found: table.len(),
                places,
            })
        }
        _ => Ok(()),
    }
}

fn further_limit(
    contest: &Contest,
    index: usize,
    limit: &Limit,
) -> Result<(Vec<(u32, i64)>, Range), ContestError> {
    let mut terms = Vec::new();
    for &project in &limit.projects {
        let Some(description) = contest.projects.get(project as usize) else {
            return Err(ContestError::UnknownProject {
                limit: index,
                project,
                projects: contest.projects.len(),
            });
        };
        let weight = match limit.measure {
            Measure::Count => 1,
            Measure::Cost => signed_cost(description.cost)?,
        };
        terms.extend(named(contest, project).map(|cell| (cell, weight)));
    }
    let range = Range {
        lo: limit.lo.into(),
        hi: limit.hi.into(),
    };
    Ok((terms, range))
}

/// The cells whose sum says whether a ballot names a project.
pub(super) fn named(contest: &Contest, project: u32) -> core::ops::Range<u32> {
    match &contest.ballot {
        BallotKind::Ranking { max_length, .. } => project * max_length..(project + 1) * max_length,
        _ => {
            let cell = project * contest.cells_per_project() as u32;
            cell..cell + 1
        }
    }
}

fn all_named(contest: &Contest) -> Vec<(u32, i64)> {
    let projects = 0..contest.projects.len() as u32;
    projects
        .flat_map(|project| named(contest, project))
        .map(|cell| (cell, 1))
        .collect()
}

fn weighted(contest: &Contest, weight: impl Fn(usize) -> u64) -> Result<Vec<(u32, i64)>, ContestError> {
    let mut terms = Vec::new();
    for project in 0..contest.projects.len() {
        let weight = signed_cost(weight(project))?;
        terms.extend(named(contest, project as u32).map(|cell| (cell, weight)));
    }
    Ok(terms)
}

fn signed_cost(cost: u64) -> Result<i64, ContestError> {
    i64::try_from(cost).map_err(|_| ContestError::TooLarge {
        what: "a cost",
        value: cost.into(),
    })
}

fn in_order(what: &'static str, range: Range) -> Result<(), ContestError> {
    if range.lo > range.hi {
        return Err(ContestError::Range {
            what,
            least: range.lo,
            most: range.hi,
        });
    }
    Ok(())
}
