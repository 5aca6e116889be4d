//! What a file says came out, beside what was counted.

use std::collections::BTreeMap;

use voting_core::contest::ProjectTotal;

use super::{Ballots, File};

/// A `votes` or `score` of PROJECTS that is not what was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The project's id.
    pub project_id: String,
    /// `votes` or `score`.
    pub column: &'static str,
    /// What the file states.
    pub stated: i64,
    /// The total of the ballots that count.
    pub counted: i64,
    /// What the refused ballots would have added.
    pub refused: i64,
}

impl Difference {
    /// The refused ballots account for all of it.
    pub fn is_explained(&self) -> bool {
        self.stated == self.counted.saturating_add(self.refused)
    }
}

impl File {
    /// Compares totals, project by project in the file's order, with the
    /// columns `votes` and `score` where the file has whole numbers there.
    pub fn differences(&self, ballots: &Ballots, counted: &[ProjectTotal]) -> Vec<Difference> {
        let mut refused: BTreeMap<u32, (i64, i64)> = BTreeMap::new();
        for &(project, votes, score) in ballots.refused.iter().flat_map(|one| &one.would_add) {
            let sums = refused.entry(project).or_default();
            *sums = (sums.0 + votes as i64, sums.1.saturating_add(score));
        }
        let mut differences = Vec::new();
        for ((index, row), total) in (0..).zip(self.projects()).zip(counted) {
            let refused = refused.get(&index).copied().unwrap_or_default();
            for (column, counted, refused) in [
                ("votes", total.votes as i64, refused.0),
                ("score", total.score, refused.1),
            ] {
                let stated = row.get(column).and_then(|text| text.parse().ok());
                if let Some(stated) = stated.filter(|stated| *stated != counted) {
                    differences.push(Difference {
                        project_id: row.get("project_id").unwrap_or_default().to_owned(),
                        column,
                        stated,
                        counted,
                        refused,
                    });
                }
            }
        }
        differences
    }
}
