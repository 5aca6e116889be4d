//! What came out, as one JSON object.

use std::collections::BTreeMap;

use auditor::{ProjectOutcome, Proven, Verdict};
use ceremony::define::Poll;
use ceremony::pabulib::{Ballots, Difference, File, recount};
use serde::Serialize;
use voting_core::contest::ProjectTotal;

/// The summary of a run.
#[derive(Serialize)]
pub(crate) struct Summary {
    pub(crate) ballots: Counts,
    pub(crate) totals: BTreeMap<String, Total>,
    /// Where the file's own columns state something else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) differences: Vec<Stated>,
    pub(crate) winners: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) winners_reason: Option<String>,
    pub(crate) seconds: BTreeMap<&'static str, f64>,
    pub(crate) ledger: Size,
    pub(crate) audit: BTreeMap<String, String>,
    /// Decrypted totals are those of a plain recount, the refused ballots
    /// account for every difference to the file, and every claim held.
    #[serde(skip)]
    right: bool,
}

#[derive(Serialize)]
pub(crate) struct Counts {
    pub(crate) read: usize,
    pub(crate) sealed: usize,
    pub(crate) refused: Vec<Refused>,
    pub(crate) cast: usize,
    pub(crate) counted: u64,
}

#[derive(Serialize)]
pub(crate) struct Refused {
    pub(crate) voter_id: String,
    pub(crate) reason: String,
}

#[derive(Serialize, PartialEq)]
pub(crate) struct Total {
    pub(crate) votes: u64,
    pub(crate) score: i64,
}

/// A column of the file beside what was counted.
#[derive(Serialize)]
pub(crate) struct Stated {
    pub(crate) project_id: String,
    pub(crate) column: &'static str,
    pub(crate) stated: i64,
    pub(crate) counted: i64,
    /// What the refused ballots would have added.
    pub(crate) refused: i64,
    pub(crate) explained: bool,
}

impl From<Difference> for Stated {
    fn from(difference: Difference) -> Self {
        Self {
            explained: difference.is_explained(),
            project_id: difference.project_id,
            column: difference.column,
            stated: difference.stated,
            counted: difference.counted,
            refused: difference.refused,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct Size {
    pub(crate) entries: u64,
    pub(crate) bytes: u64,
}

impl Summary {
    pub(crate) fn new(
        poll: &Poll,
        file: &File,
        ballots: &Ballots,
        cast: usize,
        verdict: &Verdict,
        seconds: BTreeMap<&'static str, f64>,
    ) -> Self {
        let choices = ballots.accepted.iter().map(|ballot| &ballot.choice);
        let plain = recount(&poll.contest, choices);
        let differences = file.differences(ballots, &plain);
        let (totals, winners, winners_reason) = outcome(verdict);
        let right = totals == by_project(poll, &plain)
            && verdict.claims.iter().all(|claim| claim.standing.is_held())
            && differences.iter().all(Difference::is_explained);
        let figures = verdict.figures.as_ref();
        let refused = ballots.refused.iter().map(|one| Refused {
            voter_id: one.voter_id.clone(),
            reason: one.reason.clone(),
        });
        let claims = verdict.claims.iter();
        Self {
            ballots: Counts {
                read: ballots.accepted.len() + ballots.refused.len(),
                sealed: ballots.accepted.len(),
                refused: refused.collect(),
                cast,
                counted: figures.map_or(0, |figures| figures.counted),
            },
            totals,
            differences: differences.into_iter().map(Stated::from).collect(),
            winners,
            winners_reason,
            seconds,
            ledger: Size {
                entries: figures.map_or(0, |figures| figures.entries),
                bytes: figures.map_or(0, |figures| figures.bytes),
            },
            audit: claims
                .map(|claim| (claim.id.to_owned(), claim.standing.word().to_owned()))
                .collect(),
            right,
        }
    }

    /// Whether everything came out right.
    pub(crate) fn is_right(&self) -> bool {
        self.right
    }
}

fn by_project(poll: &Poll, totals: &[ProjectTotal]) -> BTreeMap<String, Total> {
    let projects = poll.contest.projects.iter().zip(totals);
    let total = |total: &ProjectTotal| Total {
        votes: total.votes,
        score: total.score,
    };
    projects
        .map(|(project, sums)| (project.id.clone(), total(sums)))
        .collect()
}

/// Totals and winners as the auditor found them proven.
fn outcome(verdict: &Verdict) -> (BTreeMap<String, Total>, Option<Vec<String>>, Option<String>) {
    let why = match verdict.results.first().map(|result| &result.standing) {
        Some(Proven::Totals {
            projects,
            winners,
            winners_reason,
        }) => {
            let total = |project: &ProjectOutcome| Total {
                votes: project.votes,
                score: project.score,
            };
            let totals = projects
                .iter()
                .map(|project| (project.project.clone(), total(project)));
            return (totals.collect(), winners.clone(), winners_reason.clone());
        }
        Some(Proven::Unproven { because }) => because.clone(),
        Some(Proven::NotDecrypted { smallest_group }) => {
            format!("fewer ballots than {smallest_group}")
        }
        None => "the record holds no result".to_owned(),
    };
    (BTreeMap::new(), None, Some(why))
}
