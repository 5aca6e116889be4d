//! The rules of a contest, checked against a choice in a voter's words.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::{ChoiceError, projects};
use crate::contest::compile::named;
use crate::manifest::{BallotKind, Contest, Limit, Measure, SumLimit};

pub(super) fn check_names(contest: &Contest, chosen: &[u32]) -> Result<(), ChoiceError> {
    let mut seen = vec![false; contest.projects.len()];
    for &project in chosen {
        match seen.get_mut(project as usize) {
            None => return Err(ChoiceError::Unknown(project)),
            Some(true) => return Err(ChoiceError::Twice(contest.projects[project as usize].id.clone())),
            Some(mark) => *mark = true,
        }
    }
    Ok(())
}

pub(super) fn check_length(chosen: &[u32], least: u32, most: u32) -> Result<(), ChoiceError> {
    let named = chosen.len();
    if named < least as usize {
        return Err(ChoiceError::TooFew { named, least });
    }
    if named > most as usize {
        return Err(ChoiceError::TooMany { named, most });
    }
    Ok(())
}

pub(super) fn check_cost(
    contest: &Contest,
    chosen: &[u32],
    least: u64,
    most: u64,
) -> Result<(), ChoiceError> {
    let cost = cost_of(contest, chosen);
    if cost > most.into() {
        return Err(ChoiceError::OverBudget {
            cost: contest.money(cost),
            most: contest.money(most.into()),
        });
    }
    if cost < least.into() {
        return Err(ChoiceError::UnderBudget {
            cost: contest.money(cost),
            least: contest.money(least.into()),
        });
    }
    Ok(())
}

fn cost_of(contest: &Contest, chosen: &[u32]) -> u128 {
    chosen
        .iter()
        .map(|&project| u128::from(contest.projects[project as usize].cost))
        .sum()
}

pub(super) fn give_points(
    contest: &Contest,
    points: &[(u32, i64)],
    values: &mut [u64],
) -> Result<(), ChoiceError> {
    let BallotKind::Points {
        min_points,
        max_points,
        ..
    } = contest.ballot
    else {
        return Ok(());
    };
    for &(project, given) in points {
        if given < min_points || given > max_points {
            return Err(ChoiceError::Points {
                project: contest.projects[project as usize].id.clone(),
                points: given,
                least: min_points,
                most: max_points,
            });
        }
        let cell = named(contest, project).start as usize;
        values[cell] = 1;
        if contest.point_span() > 0 {
            values[cell + 1] = given.abs_diff(min_points);
        }
    }
    Ok(())
}

pub(super) fn check_sum(points: &[(u32, i64)], limit: Option<&SumLimit>) -> Result<(), ChoiceError> {
    let Some(&SumLimit { least, most }) = limit else {
        return Ok(());
    };
    let sum = points.iter().map(|one| i128::from(one.1)).sum();
    if sum < least.into() || sum > most.into() {
        return Err(ChoiceError::Sum { sum, least, most });
    }
    Ok(())
}

pub(super) fn check_limit(contest: &Contest, limit: &Limit, chosen: &[u32]) -> Result<(), ChoiceError> {
    let counted: Vec<u32> = chosen
        .iter()
        .copied()
        .filter(|project| limit.projects.contains(project))
        .collect();
    let (sum, found) = match limit.measure {
        Measure::Count => {
            let number = counted.len();
            (
                number as u128,
                alloc::format!("names {number} {}", projects(number)),
            )
        }
        Measure::Cost => {
            let cost = cost_of(contest, &counted);
            (cost, alloc::format!("names projects for {}", contest.money(cost)))
        }
    };
    let (bound, verb, limit_value) = if sum > limit.hi.into() {
        ("at most", "may be named", limit.hi)
    } else if sum < limit.lo.into() {
        ("at least", "must be named", limit.lo)
    } else {
        return Ok(());
    };
    Err(ChoiceError::Limit {
        found,
        whose: whose(contest, limit),
        bound,
        limit: match limit.measure {
            Measure::Count => limit_value.to_string(),
            Measure::Cost => contest.money(limit_value.into()),
        },
        verb,
    })
}

/// "in Parks", where the limit covers exactly a group, or the projects.
fn whose(contest: &Contest, limit: &Limit) -> String {
    for (index, name) in contest.groups.iter().enumerate() {
        let members = (0..contest.projects.len() as u32).filter(|&project| {
            contest.projects[project as usize]
                .groups
                .contains(&(index as u32))
        });
        if members.eq(limit.projects.iter().copied()) {
            return alloc::format!("in {name}");
        }
    }
    let ids = limit
        .projects
        .iter()
        .filter_map(|&project| contest.projects.get(project as usize));
    let mut list = String::from("among");
    for (index, project) in ids.enumerate() {
        list.push_str(if index == 0 { " " } else { ", " });
        list.push_str(&project.id);
    }
    list
}
