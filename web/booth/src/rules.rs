//! What a ballot of a contest may say, as the manifest seals it: for the
//! page's meters. Whether a choice keeps the rules is the core's to say.

use voting_core::manifest::{BallotKind, Contest, Limit, Measure};
use wasm_bindgen::prelude::*;

/// The rules of one contest.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Rules(&'static Contest);

#[wasm_bindgen]
impl Rules {
    /// `choose-one`, `approval`, `knapsack`, `points` (shared out), `scores` or `ranking`.
    #[wasm_bindgen(getter)]
    pub fn kind(&self) -> String {
        let kind = match &self.0.ballot {
            BallotKind::ChooseOne { .. } => "choose-one",
            BallotKind::Approval { .. } => "approval",
            BallotKind::Knapsack { .. } => "knapsack",
            BallotKind::Points { sum: Some(_), .. } => "points",
            BallotKind::Points { .. } => "scores",
            BallotKind::Ranking { .. } => "ranking",
        };
        kind.to_owned()
    }

    /// Fewest and most projects that a ballot names.
    #[wasm_bindgen(getter)]
    pub fn lengths(&self) -> Vec<u32> {
        match self.0.ballot {
            BallotKind::ChooseOne { blank } => vec![u32::from(!blank), 1],
            BallotKind::Approval {
                min_length,
                max_length,
            }
            | BallotKind::Knapsack {
                min_length,
                max_length,
                ..
            }
            | BallotKind::Points {
                min_length,
                max_length,
                ..
            }
            | BallotKind::Ranking {
                min_length,
                max_length,
                ..
            } => vec![min_length, max_length],
        }
    }

    /// Least and largest total cost, in minor units; empty where it has no limit.
    #[wasm_bindgen(getter)]
    pub fn spending(&self) -> Vec<u64> {
        match self.0.ballot {
            BallotKind::Knapsack {
                min_sum_cost,
                max_sum_cost,
                ..
            } => vec![min_sum_cost, max_sum_cost],
            _ => vec![],
        }
    }

    /// Least and most points of a named project, then of all together where
    /// that has a limit; empty where a ballot gives none.
    #[wasm_bindgen(getter)]
    pub fn points(&self) -> Vec<i64> {
        match &self.0.ballot {
            BallotKind::Points {
                min_points,
                max_points,
                sum,
                ..
            } => {
                let sum = sum.iter().flat_map(|sum| [sum.least, sum.most]);
                [*min_points, *max_points].into_iter().chain(sum).collect()
            }
            _ => vec![],
        }
    }

    /// The projects' costs in minor units.
    #[wasm_bindgen(getter)]
    pub fn costs(&self) -> Vec<u64> {
        self.0.projects.iter().map(|project| project.cost).collect()
    }

    /// The number of further limits.
    #[wasm_bindgen(getter)]
    pub fn limits(&self) -> usize {
        self.0.limits.len()
    }

    /// The projects that a further limit counts.
    #[wasm_bindgen(js_name = limitProjects)]
    pub fn limit_projects(&self, limit: usize) -> Vec<u32> {
        let limit = self.0.limits.get(limit);
        limit.map(|limit| limit.projects.clone()).unwrap_or_default()
    }

    /// Whether it adds up costs, not projects.
    #[wasm_bindgen(js_name = limitIsCost)]
    pub fn limit_is_cost(&self, limit: usize) -> bool {
        let limit: Option<&Limit> = self.0.limits.get(limit);
        limit.is_some_and(|limit| limit.measure == Measure::Cost)
    }

    /// Its least and largest sum.
    #[wasm_bindgen(js_name = limitRange)]
    pub fn limit_range(&self, limit: usize) -> Vec<u64> {
        let limit = self.0.limits.get(limit);
        limit.map(|limit| vec![limit.lo, limit.hi]).unwrap_or_default()
    }
}

impl Rules {
    pub(crate) fn of(contest: &'static Contest) -> Self {
        Self(contest)
    }
}
