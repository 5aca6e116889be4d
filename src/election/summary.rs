//! What came out: the JSON summary, and the same for people.

use std::collections::BTreeMap;

use auditor::{Proven, Verdict};
use ceremony::define::Poll;
use ceremony::pabulib::{Ballots, recount};
use serde::Serialize;

/// The summary of a run.
#[derive(Serialize)]
pub(crate) struct Summary {
    pub(crate) ballots: Counts,
    pub(crate) totals: BTreeMap<String, Total>,
    pub(crate) winners: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) winners_reason: Option<String>,
    pub(crate) seconds: BTreeMap<&'static str, f64>,
    pub(crate) ledger: Size,
    pub(crate) audit: BTreeMap<String, String>,
    /// Decrypted totals are those of a plain recount, and every claim held.
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

#[derive(Serialize)]
pub(crate) struct Size {
    pub(crate) entries: u64,
    pub(crate) bytes: u64,
}

impl Summary {
    pub(crate) fn new(
        poll: &Poll,
        ballots: &Ballots,
        cast: usize,
        verdict: &Verdict,
        seconds: BTreeMap<&'static str, f64>,
    ) -> Self {
        let mut totals = BTreeMap::new();
        let (winners, winners_reason) = match verdict.results.first().map(|result| &result.standing) {
            Some(Proven::Totals {
                projects,
                winners: won,
                winners_reason: reason,
            }) => {
                for project in projects {
                    let total = Total {
                        votes: project.votes,
                        score: project.score,
                    };
                    totals.insert(project.project.clone(), total);
                }
                (won.clone(), reason.clone())
            }
            Some(Proven::Unproven { because }) => (None, Some(because.clone())),
            Some(Proven::NotDecrypted { smallest_group }) => {
                (None, Some(format!("fewer ballots than {smallest_group}")))
            }
            None => (None, Some("the record holds no result".to_owned())),
        };
        let plain = recount(
            &poll.contest,
            ballots.accepted.iter().map(|ballot| &ballot.choice),
        );
        let plain = poll.contest.projects.iter().zip(plain).map(|(project, total)| {
            let total = Total {
                votes: total.votes,
                score: total.score,
            };
            (project.id.clone(), total)
        });
        let right = plain.collect::<BTreeMap<_, _>>() == totals
            && verdict.claims.iter().all(|claim| claim.standing.is_held());
        let figures = verdict.figures.as_ref();
        let refused = ballots.refused.iter().map(|one| Refused {
            voter_id: one.voter_id.clone(),
            reason: one.reason.clone(),
        });
        Self {
            ballots: Counts {
                read: ballots.accepted.len() + ballots.refused.len(),
                sealed: ballots.accepted.len(),
                refused: refused.collect(),
                cast,
                counted: figures.map_or(0, |figures| figures.counted),
            },
            totals,
            winners,
            winners_reason,
            seconds,
            ledger: Size {
                entries: figures.map_or(0, |figures| figures.entries),
                bytes: figures.map_or(0, |figures| figures.bytes),
            },
            audit: verdict
                .claims
                .iter()
                .map(|claim| (claim.id.to_owned(), claim.standing.word().to_owned()))
                .collect(),
            right,
        }
    }

    /// Whether everything came out right.
    pub(crate) fn is_right(&self) -> bool {
        self.right
    }

    /// The result as a table with bars, the claims, and what was measured.
    pub(crate) fn for_people(&self, poll: &Poll) -> String {
        let mut table = comfy_table::Table::new();
        table.set_header(["", "project", "cost", "votes", "score", ""]);
        let most = self
            .totals
            .values()
            .map(|total| total.score)
            .max()
            .unwrap_or(0)
            .max(1);
        let mut projects: Vec<_> = poll.contest.projects.iter().collect();
        projects.sort_by_key(|project| {
            std::cmp::Reverse(self.totals.get(&project.id).map_or(0, |total| total.score))
        });
        for project in projects {
            let Some(total) = self.totals.get(&project.id) else {
                continue;
            };
            let won = self
                .winners
                .as_ref()
                .is_some_and(|winners| winners.contains(&project.id));
            let name = poll
                .texts
                .get(&project.id)
                .map_or(project.id.as_str(), |text| text.name.as_str());
            let bar = "█".repeat(usize::try_from(total.score.max(0) * 24 / most).unwrap_or(0));
            table.add_row([
                if won { "✔" } else { "" }.to_owned(),
                name.chars().take(48).collect(),
                poll.contest.money(project.cost.into()),
                total.votes.to_string(),
                total.score.to_string(),
                bar,
            ]);
        }
        let mut text = format!("\n{table}\n");
        if let Some(reason) = &self.winners_reason {
            text.push_str(&format!("Winners stay open: {reason}\n"));
        }
        text.push_str("\nWhat the auditor claims, from the public record alone:\n");
        for (claim, standing) in &self.audit {
            text.push_str(&format!("  {standing:<13} {claim}\n"));
        }
        let rate = |stage: &str| {
            self.ballots.sealed as f64 / self.seconds.get(stage).copied().unwrap_or(1.0).max(0.001)
        };
        text.push_str(&format!(
            "\n{} ballots read, {} sealed, {} refused, {} cast, {} counted\n",
            self.ballots.read,
            self.ballots.sealed,
            self.ballots.refused.len(),
            self.ballots.cast,
            self.ballots.counted
        ));
        text.push_str(&format!(
            "per second: {:.0} sealed, {:.0} cast, {:.0} audited; ledger: {} entries, {} bytes\n",
            rate("seal"),
            rate("cast"),
            rate("audit"),
            self.ledger.entries,
            self.ledger.bytes
        ));
        for refused in &self.ballots.refused {
            text.push_str(&format!(
                "left out: voter {}: {}\n",
                refused.voter_id, refused.reason
            ));
        }
        text
    }
}
