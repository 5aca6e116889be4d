//! Outcome: who wins, from totals and sealed rules alone (specs/09-outcome.md).
//!
//! Integers only, no clock, no choice left to anybody: every reader of the
//! totals names the same winners.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::{Ordering, Reverse};

use crate::contest::ProjectTotal;
use crate::hash::{Hash, identifier};
use crate::manifest::{Contest, Method, RankBy, TieBreak};

/// What follows from the totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Indices of the winning projects, in the order they won.
    Winners(Vec<u32>),
    /// No winners follow from the totals alone.
    Open {
        /// Why, for people.
        reason: String,
    },
}

/// Names the winners of a contest. `totals` are those of its projects by
/// index; `lot` is the value officers entered after close, where the sealed
/// tie-break is a lot.
pub fn outcome(contest: &Contest, totals: &[ProjectTotal], lot: Option<&str>) -> Outcome {
    if let Some(reason) = open(contest, totals, lot) {
        return Outcome::Open { reason };
    }
    let ranking = ranking(contest, totals, lot.unwrap_or_default());
    let mut purse = Purse::new(contest);
    purse.spend(&ranking, true);
    if contest.rule.leftover {
        purse.spend(&ranking, false);
    }
    Outcome::Winners(purse.winners)
}

/// Where a lot puts a project among equals: smaller first.
pub fn lot_order(lot: &str, contest: &str, project: &str) -> Hash {
    let length = |text: &str| (text.len() as u64).to_be_bytes();
    identifier(
        "psephos/v1/lot",
        &[
            &length(lot),
            lot.as_bytes(),
            &length(contest),
            contest.as_bytes(),
            project.as_bytes(),
        ],
    )
}

fn open(contest: &Contest, totals: &[ProjectTotal], lot: Option<&str>) -> Option<String> {
    if totals.len() != contest.projects.len() {
        return Some(format!(
            "{} totals for {} projects",
            totals.len(),
            contest.projects.len()
        ));
    }
    match &contest.rule.method {
        Method::NotComputed { name } => Some(format!(
            "the winner rule '{name}' is not computed from totals; the officers apply it"
        )),
        _ if contest.tie_break == TieBreak::Lot && lot.is_none() => {
            Some("the public lot that decides between equals has not been entered yet".to_string())
        }
        _ => None,
    }
}

impl crate::manifest::WinnerRule {
    /// Least total of a winner: what nobody wants never wins.
    fn least(&self) -> i128 {
        let least = match self.method {
            Method::GreedyThreshold { least }
            | Method::GreedyNoSkip { least }
            | Method::GreedyExclusive { least, .. } => least,
            Method::Greedy | Method::VotesPerCost | Method::NotComputed { .. } => 0,
        };
        i128::from(least.max(1))
    }
}

/// The projects that may win, best first.
fn ranking(contest: &Contest, totals: &[ProjectTotal], lot: &str) -> Vec<usize> {
    let total = |project: usize| match contest.rule.by {
        RankBy::Votes => i128::from(totals[project].votes),
        RankBy::Score => i128::from(totals[project].score),
    };
    let mut projects: Vec<usize> = (0..contest.projects.len())
        .filter(|&project| total(project) >= contest.rule.least() && !contest.is_withdrawn(project))
        .collect();
    // The sort is stable: manifest order decides what is still equal.
    projects.sort_by(|&a, &b| {
        better(contest, (a, total(a)), (b, total(b))).then_with(|| tie_break(contest, a, b, lot))
    });
    projects
}

fn better(contest: &Contest, (a, total_a): (usize, i128), (b, total_b): (usize, i128)) -> Ordering {
    if contest.rule.method != Method::VotesPerCost {
        return total_b.cmp(&total_a);
    }
    // total_a / cost_a against total_b / cost_b, without division. What costs
    // nothing comes first.
    let cost = |project: usize| i128::from(contest.projects[project].cost);
    (total_b * cost(a)).cmp(&(total_a * cost(b)))
}

fn tie_break(contest: &Contest, a: usize, b: usize, lot: &str) -> Ordering {
    let (first, second) = (&contest.projects[a], &contest.projects[b]);
    match contest.tie_break {
        TieBreak::LowerCost => first.cost.cmp(&second.cost),
        TieBreak::HigherCost => Reverse(first.cost).cmp(&Reverse(second.cost)),
        TieBreak::ManifestOrder => Ordering::Equal,
        TieBreak::Lot => lot_order(lot, &contest.id, &first.id).cmp(&lot_order(lot, &contest.id, &second.id)),
    }
}

/// The money while it is given out.
struct Purse<'a> {
    contest: &'a Contest,
    left: u64,
    /// Left of each group's own budget; `None`: the group has none.
    groups: Vec<Option<u64>>,
    winners: Vec<u32>,
}

impl<'a> Purse<'a> {
    fn new(contest: &'a Contest) -> Self {
        let mut groups = vec![None; contest.groups.len()];
        for own in &contest.rule.group_budgets {
            if let Some(group) = groups.get_mut(own.group as usize) {
                *group = Some(own.budget);
            }
        }
        Self {
            contest,
            left: contest.budget,
            groups,
            winners: Vec::new(),
        }
    }

    /// Goes through the ranking once.
    fn spend(&mut self, ranking: &[usize], heed_groups: bool) {
        for &project in ranking {
            if self.winners.contains(&(project as u32)) || self.is_excluded(project) {
                continue;
            }
            if self.fits(project, heed_groups) {
                self.pay(project);
            } else if matches!(self.contest.rule.method, Method::GreedyNoSkip { .. }) {
                return;
            }
        }
    }

    fn fits(&self, project: usize, heed_groups: bool) -> bool {
        let project = &self.contest.projects[project];
        let in_groups = project.groups.iter().all(|&group| {
            let left = self.groups.get(group as usize).copied().flatten();
            left.is_none_or(|left| project.cost <= left)
        });
        project.cost <= self.left && (in_groups || !heed_groups)
    }

    fn pay(&mut self, project: usize) {
        self.winners.push(project as u32);
        let project = &self.contest.projects[project];
        self.left -= project.cost;
        for &group in &project.groups {
            if let Some(Some(left)) = self.groups.get_mut(group as usize) {
                *left = left.saturating_sub(project.cost);
            }
        }
    }

    fn is_excluded(&self, project: usize) -> bool {
        let Method::GreedyExclusive { exclusions, .. } = &self.contest.rule.method else {
            return false;
        };
        exclusions.iter().any(|group| {
            group.contains(&(project as u32)) && group.iter().any(|other| self.winners.contains(other))
        })
    }
}

#[cfg(test)]
mod tests;
