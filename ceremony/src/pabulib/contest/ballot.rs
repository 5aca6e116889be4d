//! What a ballot of the contest may say: vote type and limits.

use voting_core::manifest::{BallotKind, Contest, PlacePoints, SumLimit};

use super::super::amount::Amount;
use super::super::{File, PabulibError, at};
use super::Purpose;
use super::values::missing;

impl File {
    pub(super) fn ballot_kind(
        &self,
        contest: &Contest,
        purpose: Purpose,
    ) -> Result<BallotKind, PabulibError> {
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
}
