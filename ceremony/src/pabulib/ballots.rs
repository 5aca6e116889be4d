//! The ballots of a file, sorted into those the contest's rules allow and
//! those they refuse.

use std::collections::{BTreeMap, BTreeSet};

use voting_core::contest::{Choice, ProjectTotal};
use voting_core::manifest::{BallotKind, Contest, PlacePoints};

use super::{File, Row};

/// A ballot that keeps the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// The file's voter id.
    pub voter_id: String,
    /// What the ballot says.
    pub choice: Choice,
}

/// A ballot that breaks the file's own rules and cannot be sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The file's voter id.
    pub voter_id: String,
    /// Line number in the file.
    pub line: u64,
    /// Which rule, in plain words.
    pub reason: String,
    /// What it would have added to each project, counted as the file does: by
    /// project index, votes and score. It explains a difference to the file's
    /// own columns.
    pub would_add: Vec<(u32, u64, i64)>,
}

/// All ballots of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ballots {
    /// Those that can be sealed, in the file's order.
    pub accepted: Vec<Ballot>,
    /// Those that cannot.
    pub refused: Vec<Refused>,
}

impl File {
    /// Reads every ballot against the contest's rules.
    pub fn ballots(&self, contest: &Contest) -> Ballots {
        let index = contest
            .projects
            .iter()
            .zip(0..)
            .map(|(project, index)| (project.id.as_str(), index));
        let index: BTreeMap<&str, u32> = index.collect();
        let mut ballots = Ballots::default();
        let mut voters = BTreeSet::new();
        for row in self.votes() {
            let voter_id = row.get("voter_id").unwrap_or_default().to_string();
            let read = read(contest, row, &index).and_then(|choice| match contest.encode(&choice) {
                Ok(_) => Ok(choice),
                Err(error) => Err(error.to_string()),
            });
            let result = if voter_id.is_empty() {
                Err("the ballot has no voter_id".to_string())
            } else if !voters.insert(voter_id.clone()) {
                Err("another ballot has the same voter_id".to_string())
            } else {
                read
            };
            match result {
                Ok(choice) => ballots.accepted.push(Ballot { voter_id, choice }),
                Err(reason) => ballots.refused.push(Refused {
                    voter_id,
                    line: row.line,
                    reason,
                    would_add: would_add(contest, row, &index),
                }),
            }
        }
        ballots
    }
}

fn read(contest: &Contest, row: &Row, index: &BTreeMap<&str, u32>) -> Result<Choice, String> {
    let mut projects = Vec::new();
    for id in row.list("vote") {
        let Some(&project) = index.get(id) else {
            return Err(format!("names project '{id}', which is not on the list"));
        };
        projects.push(project);
    }
    match contest.ballot {
        BallotKind::Points { .. } => Ok(Choice::Points(points(row, &projects)?)),
        BallotKind::Ranking { .. } => Ok(Choice::Ranking(projects)),
        _ => Ok(Choice::Projects(projects)),
    }
}

fn points(row: &Row, projects: &[u32]) -> Result<Vec<(u32, i64)>, String> {
    let given = row.list("points");
    if given.len() != projects.len() {
        return Err(format!(
            "names {} projects but gives points {} times",
            projects.len(),
            given.len()
        ));
    }
    let pairs = projects.iter().zip(given);
    pairs
        .map(|(&project, points)| match points.parse() {
            Ok(points) => Ok((project, points)),
            Err(_) => Err(format!("'{points}' is not a whole number of points")),
        })
        .collect()
}

/// Each mention counts, as the cities counted them.
fn would_add(contest: &Contest, row: &Row, index: &BTreeMap<&str, u32>) -> Vec<(u32, u64, i64)> {
    let named = row.list("vote");
    let given = row.list("points");
    let mut added: BTreeMap<u32, (u64, i64)> = BTreeMap::new();
    for (position, id) in named.iter().enumerate() {
        let Some(&project) = index.get(id) else {
            continue;
        };
        let score = match contest.ballot {
            BallotKind::Points { .. } => given
                .get(position)
                .and_then(|points| points.parse().ok())
                .unwrap_or(0),
            BallotKind::Ranking { .. } => (named.len() - position) as i64,
            _ => 1,
        };
        let sums = added.entry(project).or_default();
        sums.0 += 1;
        sums.1 = sums.1.saturating_add(score);
    }
    added
        .into_iter()
        .map(|(project, (votes, score))| (project, votes, score))
        .collect()
}

/// A plain recount of open ballots, project by project, without cells: the
/// reference for decrypted totals.
pub fn recount<'a>(contest: &Contest, choices: impl IntoIterator<Item = &'a Choice>) -> Vec<ProjectTotal> {
    let mut totals = vec![ProjectTotal { votes: 0, score: 0 }; contest.projects.len()];
    let mut ballots = 0u64;
    for choice in choices {
        ballots += 1;
        let named = choice.projects();
        for (position, &project) in named.iter().enumerate() {
            let total = &mut totals[project as usize];
            total.votes += 1;
            total.score += match (choice, &contest.ballot) {
                (Choice::Points(points), _) => points[position].1,
                (
                    _,
                    BallotKind::Ranking {
                        points: PlacePoints::FromFirst { table },
                        ..
                    },
                ) => table.get(position).copied().unwrap_or(0).into(),
                (Choice::Ranking(_), _) => (named.len() - position) as i64,
                (Choice::Projects(_), _) => 1,
            };
        }
    }
    if let BallotKind::Points { default_points, .. } = contest.ballot {
        for total in &mut totals {
            total.score += default_points * (ballots - total.votes) as i64;
        }
    }
    totals
}
