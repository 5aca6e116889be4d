//! The contest a file describes (specs/02-define.md §6.2).

mod ballot;
mod groups;
mod values;

use voting_core::manifest::{BallotKind, Contest, Method, Project, RankBy, TieBreak, WinnerRule};

use self::groups::Group;
use self::values::{cost_amount, missing};
use super::amount::Amount;
use super::{File, PabulibError, Row, at};

/// What the contest is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A new poll: every limit must be stated or have a bound of its own.
    Poll,
    /// The ballots present are cast again: a limit the file does not state is
    /// the largest value present.
    Replay,
}

impl File {
    /// Derives the contest.
    ///
    /// # Errors
    /// A missing or unreadable value, with its line; or rules that no ballot
    /// could carry.
    pub fn contest(&self, purpose: Purpose) -> Result<Contest, PabulibError> {
        let decimals = self.decimals()?;
        let groups = self.groups();
        let projects: Vec<Project> = self
            .projects()
            .iter()
            .map(|row| project(row, decimals, &groups))
            .collect::<Result<_, _>>()?;
        let mut contest = Contest {
            id: "budget".to_string(),
            budget: self
                .money("budget", decimals, Amount::floor)?
                .ok_or_else(|| missing("budget"))?,
            currency: self.meta("currency").unwrap_or_default().to_string(),
            decimals: decimals as u8,
            projects,
            groups: groups.iter().map(|group| group.name.clone()).collect(),
            ballot: BallotKind::ChooseOne { blank: false },
            limits: Vec::new(),
            rule: WinnerRule {
                method: Method::Greedy,
                by: RankBy::Votes,
                group_budgets: Vec::new(),
                leftover: false,
            },
            tie_break: TieBreak::LowerCost,
        };
        contest.ballot = self.ballot_kind(&contest, purpose)?;
        self.group_rules(&mut contest, &groups)?;
        self.winner_rule(&mut contest)?;
        contest
            .statement()
            .map_err(|error| PabulibError::File(error.to_string()))?;
        Ok(contest)
    }

    fn winner_rule(&self, contest: &mut Contest) -> Result<(), PabulibError> {
        let least = self.number("min_project_score_threshold")?.unwrap_or(0);
        let name = self.meta("rule").unwrap_or("unknown");
        contest.rule.method = match name {
            "greedy" | "greedy-threshold" if least > 0 => Method::GreedyThreshold { least },
            "greedy" | "greedy-threshold" => Method::Greedy,
            "greedy-no-skip" => Method::GreedyNoSkip { least },
            // The format has no column for exclusive projects: what the file
            // does not state is not applied.
            "greedy-exclusive" => Method::GreedyExclusive {
                least,
                exclusions: Vec::new(),
            },
            other => Method::NotComputed {
                name: other.to_string(),
            },
        };
        if let Some(text) = self
            .meta("leftover_budget")
            .filter(|_| !contest.rule.group_budgets.is_empty())
        {
            contest.rule.leftover =
                text.starts_with("Fund additional projects that fit within leftover budget");
            if !contest.rule.leftover {
                contest.rule.method = Method::NotComputed {
                    name: format!("{name} with leftover_budget"),
                };
            }
        }
        contest.rule.by = match contest.ballot {
            BallotKind::Points { .. } | BallotKind::Ranking { .. } => RankBy::Score,
            _ => RankBy::Votes,
        };
        Ok(())
    }
}

fn project(row: &Row, decimals: u32, groups: &[Group]) -> Result<Project, PabulibError> {
    Ok(Project {
        id: row.get("project_id").unwrap_or_default().to_string(),
        cost: cost_amount(row)?
            .floor(decimals)
            .ok_or_else(|| at(row.line, "the cost is too large"))?,
        groups: (0u32..)
            .zip(groups)
            .filter(|(_, group)| group.has(row))
            .map(|one| one.0)
            .collect(),
    })
}
