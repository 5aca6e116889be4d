//! The contest a file describes (specs/02-define.md §6.2).

use std::str::FromStr;

use voting_core::manifest::{
    BallotKind, Contest, GroupBudget, Limit, Measure, Method, PlacePoints, Project, RankBy, SumLimit,
    TieBreak, WinnerRule,
};

use super::amount::Amount;
use super::{File, PabulibError, Row, at, split_list};

/// What the contest is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A new poll: every limit must be stated or have a bound of its own.
    Poll,
    /// The ballots present are cast again: a limit the file does not state is
    /// the largest value present.
    Replay,
}

/// Most decimal places of money.
const MAX_DECIMALS: u32 = 4;

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

    fn ballot_kind(&self, contest: &Contest, purpose: Purpose) -> Result<BallotKind, PabulibError> {
        let projects = contest.projects.len() as u32;
        let min_length = self
            .first_number(["min_length", "min_length_unit", "min_length_district"])?
            .unwrap_or(1);
        let stated = self.first_number(["max_length", "max_length_unit", "max_length_district"])?;
        let max_length = stated.unwrap_or(projects).min(projects);
        let (kind, line) = self.meta_line("vote_type").ok_or_else(|| missing("vote_type"))?;
        match kind {
            "choose-1" => Ok(BallotKind::ChooseOne {
                blank: self.meta("min_length") == Some("0"),
            }),
            "approval" => self.approval(contest, min_length, max_length),
            "ordinal" => self.ordinal(
                min_length,
                stated.map(|length| length.min(projects)),
                projects,
                purpose,
            ),
            "cumulative" | "scoring" => self.points(kind == "cumulative", min_length, max_length, purpose),
            other => Err(at(line, format!("vote_type '{other}' is not known"))),
        }
    }

    fn approval(
        &self,
        contest: &Contest,
        min_length: u32,
        max_length: u32,
    ) -> Result<BallotKind, PabulibError> {
        let decimals = u32::from(contest.decimals);
        let least = self.money("min_sum_cost", decimals, Amount::ceil)?;
        let most = self.money("max_sum_cost", decimals, Amount::floor)?;
        if least.is_none() && most.is_none() {
            return Ok(BallotKind::Approval {
                min_length,
                max_length,
            });
        }
        let everything = contest
            .projects
            .iter()
            .map(|project| project.cost)
            .fold(0, u64::saturating_add);
        Ok(BallotKind::Knapsack {
            min_length,
            max_length,
            min_sum_cost: least.unwrap_or(0),
            max_sum_cost: most.unwrap_or(everything),
        })
    }

    fn ordinal(
        &self,
        min_length: u32,
        stated: Option<u32>,
        projects: u32,
        purpose: Purpose,
    ) -> Result<BallotKind, PabulibError> {
        if let Some((function, line)) = self.meta_line("scoring_fn")
            && !function.eq_ignore_ascii_case("borda")
        {
            return Err(at(
                line,
                format!("scoring_fn '{function}' is not known; Borda is"),
            ));
        }
        let longest = self
            .votes()
            .iter()
            .map(|row| row.list("vote").len() as u32)
            .max()
            .unwrap_or(0);
        let max_length = match (stated, purpose) {
            (Some(stated), _) => stated,
            (None, Purpose::Replay) => longest.clamp(min_length.max(1), projects.max(min_length)),
            (None, Purpose::Poll) => projects,
        };
        Ok(BallotKind::Ranking {
            min_length,
            max_length,
            points: PlacePoints::FromLast,
        })
    }

    fn points(
        &self,
        shared: bool,
        min_length: u32,
        max_length: u32,
        purpose: Purpose,
    ) -> Result<BallotKind, PabulibError> {
        let found = self.points_present(purpose);
        let sum = self.sum_limit(shared, &found)?;
        let min_points = match self.number("min_points")? {
            Some(stated) => stated,
            // Naming a project means giving it something, unless ballots show otherwise.
            None => found.iter().flatten().copied().min().unwrap_or(1).min(1),
        };
        let max_points = match (self.number("max_points")?, sum) {
            (Some(stated), _) => stated,
            (None, Some(sum)) => {
                let below = min_points.min(0).saturating_mul(i64::from(max_length) - 1);
                sum.most.saturating_sub(below)
            }
            (None, None) => match found.iter().flatten().copied().max() {
                Some(largest) => largest.max(min_points),
                None => {
                    return Err(PabulibError::File(
                        "neither max_points nor max_sum_points bounds the points of a project; state one"
                            .into(),
                    ));
                }
            },
        };
        Ok(BallotKind::Points {
            min_points,
            max_points,
            default_points: self.number("default_score")?.unwrap_or(0),
            sum,
            min_length,
            max_length,
        })
    }

    /// The points of every ballot, where ballots count for the rules.
    fn points_present(&self, purpose: Purpose) -> Vec<Vec<i64>> {
        if purpose == Purpose::Poll {
            return Vec::new();
        }
        let rows = self.votes().iter();
        rows.map(|row| {
            row.list("points")
                .iter()
                .filter_map(|points| points.parse().ok())
                .collect()
        })
        .collect()
    }

    fn sum_limit(&self, shared: bool, found: &[Vec<i64>]) -> Result<Option<SumLimit>, PabulibError> {
        let least: Option<i64> = self.number("min_sum_points")?;
        let sums = || {
            found
                .iter()
                .map(|points| points.iter().copied().fold(0, i64::saturating_add))
        };
        let most = match self.number("max_sum_points")? {
            Some(stated) => Some(stated),
            None if shared => Some(sums().max().ok_or_else(|| missing("max_sum_points"))?),
            None => None,
        };
        Ok(match (least, most) {
            (None, None) => None,
            (least, Some(most)) => Some(SumLimit {
                least: least.unwrap_or(0),
                most,
            }),
            (Some(least), None) => Some(SumLimit {
                least,
                most: sums().max().unwrap_or(i64::from(u32::MAX)).max(least),
            }),
        })
    }

    /// Limits per category and neighbourhood, and the groups' own budgets.
    fn group_rules(&self, contest: &mut Contest, groups: &[Group]) -> Result<(), PabulibError> {
        let decimals = u32::from(contest.decimals);
        for kind in [GroupKind::Category, GroupKind::Neighbourhood] {
            let members: Vec<u32> = (0u32..)
                .zip(groups)
                .filter(|(_, group)| group.kind == kind)
                .map(|one| one.0)
                .collect();
            let money = |prefix: &str, round: fn(Amount, u32) -> Option<u64>| {
                self.per_group(prefix, kind, members.len(), |text| amount(text, decimals, round))
            };
            let least_cost = money("min_sum_cost", Amount::ceil)?;
            let most_cost = money("max_sum_cost", Amount::floor)?;
            let budgets = money("budget", Amount::floor)?;
            let least = self.per_group("min_length", kind, members.len(), parse_number)?;
            let most = self.per_group("max_length", kind, members.len(), parse_number)?;
            for (position, &group) in members.iter().enumerate() {
                push_limit(
                    contest,
                    group,
                    Measure::Count,
                    least.get(position),
                    most.get(position),
                );
                push_limit(
                    contest,
                    group,
                    Measure::Cost,
                    least_cost.get(position),
                    most_cost.get(position),
                );
                if let Some(&budget) = budgets.get(position) {
                    contest.rule.group_budgets.push(GroupBudget { group, budget });
                }
            }
        }
        Ok(())
    }

    /// A list with one value per group, or one value for all of them.
    fn per_group<T: Copy>(
        &self,
        prefix: &str,
        kind: GroupKind,
        groups: usize,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Vec<T>, PabulibError> {
        let key = format!("{prefix}_per_{}", kind.column());
        let Some((text, line)) = self.meta_line(&key) else {
            return Ok(Vec::new());
        };
        let values: Vec<T> = split_list(text)
            .into_iter()
            .map(&parse)
            .collect::<Result<_, _>>()
            .map_err(|problem| at(line, format!("{key}: {problem}")))?;
        match values.as_slice() {
            [one] => Ok(vec![*one; groups]),
            all if all.len() == groups => Ok(values),
            all => Err(at(
                line,
                format!("{key} has {} values for {groups} groups", all.len()),
            )),
        }
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

    /// Decimal places of the file's money.
    fn decimals(&self) -> Result<u32, PabulibError> {
        let mut places = 0;
        for row in self.projects() {
            let cost = cost_amount(row)?;
            if cost.places() > MAX_DECIMALS {
                return Err(at(
                    row.line,
                    format!("the cost has more than {MAX_DECIMALS} decimal places"),
                ));
            }
            places = places.max(cost.places());
        }
        for key in ["budget", "max_sum_cost", "min_sum_cost"] {
            if let Some((text, line)) = self.meta_line(key) {
                let amount = Amount::parse(text).map_err(|problem| at(line, format!("{key}: {problem}")))?;
                places = places.max(amount.places().min(MAX_DECIMALS));
            }
        }
        Ok(places)
    }

    fn money(
        &self,
        key: &str,
        decimals: u32,
        round: fn(Amount, u32) -> Option<u64>,
    ) -> Result<Option<u64>, PabulibError> {
        let Some((text, line)) = self.meta_line(key) else {
            return Ok(None);
        };
        let value = amount(text, decimals, round).map_err(|problem| at(line, format!("{key}: {problem}")))?;
        Ok(Some(value))
    }

    fn first_number(&self, keys: [&str; 3]) -> Result<Option<u32>, PabulibError> {
        for key in keys {
            if let Some(found) = self.number(key)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn number<T: FromStr>(&self, key: &str) -> Result<Option<T>, PabulibError> {
        let Some((text, line)) = self.meta_line(key) else {
            return Ok(None);
        };
        match parse_number(text) {
            Ok(number) => Ok(Some(number)),
            Err(problem) => Err(at(line, format!("{key}: {problem}"))),
        }
    }

    /// Categories, then neighbourhoods: as META lists them, else as they appear.
    fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for kind in [GroupKind::Category, GroupKind::Neighbourhood] {
            let listed = self.meta(kind.list()).map(split_list).unwrap_or_default();
            let mut values: Vec<&str> = listed.clone();
            for row in self.projects() {
                for value in group_values(row, kind, &listed) {
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
            }
            for value in values.into_iter().filter(|value| !value.is_empty()) {
                let taken = groups.iter().any(|group| group.name == value);
                groups.push(Group {
                    kind,
                    value: value.to_string(),
                    name: if taken {
                        format!("{} {value}", kind.column())
                    } else {
                        value.to_string()
                    },
                });
            }
        }
        groups
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GroupKind {
    Category,
    Neighbourhood,
}

impl GroupKind {
    fn column(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Neighbourhood => "neighborhood",
        }
    }

    fn list(self) -> &'static str {
        match self {
            Self::Category => "categories",
            Self::Neighbourhood => "neighborhoods",
        }
    }
}

struct Group {
    kind: GroupKind,
    value: String,
    name: String,
}

/// The groups a project belongs to. A listed name may contain commas.
fn group_values<'a>(row: &'a Row, kind: GroupKind, listed: &[&str]) -> Vec<&'a str> {
    let Some(cell) = row.get(kind.column()) else {
        return Vec::new();
    };
    if listed.contains(&cell) || kind == GroupKind::Neighbourhood {
        return vec![cell];
    }
    split_list(cell)
        .into_iter()
        .filter(|value| !value.is_empty() && *value != "None")
        .collect()
}

fn project(row: &Row, decimals: u32, groups: &[Group]) -> Result<Project, PabulibError> {
    let belongs = |group: &Group| {
        let cell = row.get(group.kind.column()).unwrap_or_default();
        cell == group.value
            || (group.kind == GroupKind::Category && split_list(cell).contains(&group.value.as_str()))
    };
    Ok(Project {
        id: row.get("project_id").unwrap_or_default().to_string(),
        cost: cost_amount(row)?
            .floor(decimals)
            .ok_or_else(|| at(row.line, "the cost is too large"))?,
        groups: (0u32..)
            .zip(groups)
            .filter(|(_, group)| belongs(group))
            .map(|one| one.0)
            .collect(),
    })
}

fn cost_amount(row: &Row) -> Result<Amount, PabulibError> {
    Amount::parse(row.get("cost").unwrap_or_default())
        .map_err(|problem| at(row.line, format!("cost: {problem}")))
}

fn amount(text: &str, decimals: u32, round: fn(Amount, u32) -> Option<u64>) -> Result<u64, String> {
    round(Amount::parse(text)?, decimals).ok_or_else(|| format!("'{text}' is too large"))
}

fn parse_number<T: FromStr>(text: &str) -> Result<T, String> {
    // Some files write whole numbers as "5.0".
    text.strip_suffix(".0")
        .unwrap_or(text)
        .parse()
        .map_err(|_| format!("'{text}' is not a whole number in range"))
}

fn push_limit(contest: &mut Contest, group: u32, measure: Measure, least: Option<&u64>, most: Option<&u64>) {
    let members = (0u32..)
        .zip(&contest.projects)
        .filter(|(_, project)| project.groups.contains(&group));
    let (projects, costs): (Vec<u32>, Vec<u64>) =
        members.map(|(index, project)| (index, project.cost)).unzip();
    let everything = match measure {
        Measure::Count => projects.len() as u64,
        Measure::Cost => costs.into_iter().fold(0, u64::saturating_add),
    };
    let (lo, hi) = (
        least.copied().unwrap_or(0),
        most.copied().unwrap_or(everything).min(everything),
    );
    if !projects.is_empty() && (lo > 0 || hi < everything) {
        contest.limits.push(Limit {
            projects,
            measure,
            lo,
            hi,
        });
    }
}

fn missing(key: &str) -> PabulibError {
    PabulibError::File(format!("META has no {key}"))
}
