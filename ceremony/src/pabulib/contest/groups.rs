//! Categories and neighbourhoods, with their limits and budgets.

use voting_core::manifest::{Contest, GroupBudget, Limit, Measure};

use super::super::amount::Amount;
use super::super::{File, PabulibError, Row, at, split_list};
use super::values::{amount, parse_number};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupKind {
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

pub(super) struct Group {
    kind: GroupKind,
    value: String,
    pub(super) name: String,
}

impl Group {
    /// Whether a project belongs to it.
    pub(super) fn has(&self, row: &Row) -> bool {
        let cell = row.get(self.kind.column()).unwrap_or_default();
        cell == self.value
            || (self.kind == GroupKind::Category && split_list(cell).contains(&self.value.as_str()))
    }
}

impl File {
    /// Categories, then neighbourhoods: as META lists them, else as they appear.
    pub(super) fn groups(&self) -> Vec<Group> {
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

    /// Limits per category and neighbourhood, and the groups' own budgets.
    pub(super) fn group_rules(&self, contest: &mut Contest, groups: &[Group]) -> Result<(), PabulibError> {
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
    pub(super) fn per_group<T: Copy>(
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
