//! Results and turnout, with bars: only what the record proves.

use std::cmp::Reverse;

use voting_core::manifest::{self, Manifest, RankBy};

use super::ProjectNames;
use super::chart::{Bar, number, percent};
use super::escape::shown;
use crate::verdict::{ContestOutcome, Figures, ProjectOutcome, Proven, Verdict};

/// The result of one contest.
pub(super) struct ContestResult {
    pub(super) id: String,
    pub(super) says: String,
    /// What the money does; empty where no money is known.
    pub(super) money: String,
    /// What it tells of every voter: one sentence each, or none.
    pub(super) unanimous: Vec<String>,
    pub(super) projects: Vec<Project>,
    /// Whether scores are something else than votes.
    pub(super) scored: bool,
}

/// One project's line.
pub(super) struct Project {
    pub(super) id: String,
    /// Empty where no content file gives it.
    pub(super) name: String,
    pub(super) cost: String,
    pub(super) votes: String,
    pub(super) score: String,
    pub(super) outcome: &'static str,
    pub(super) won: bool,
    pub(super) bar: Bar,
}

/// Turnout of a style.
pub(super) struct Style {
    pub(super) name: String,
    pub(super) roll: String,
    pub(super) counted: String,
    pub(super) percent: String,
    pub(super) bar: Bar,
    /// Whether it is the sum of the lines above.
    pub(super) total: bool,
}

/// Every contest's result.
pub(super) fn of_contests(verdict: &Verdict, names: &ProjectNames) -> Vec<ContestResult> {
    let Some(manifest) = &verdict.manifest else {
        return Vec::new();
    };
    let contests = manifest.contests.iter().zip(&verdict.results);
    contests
        .map(|(sealed, outcome)| of_contest(manifest, sealed, outcome, names))
        .collect()
}

fn of_contest(
    manifest: &Manifest,
    sealed: &manifest::Contest,
    outcome: &ContestOutcome,
    names: &ProjectNames,
) -> ContestResult {
    let ballots = number(outcome.ballots);
    let mut result = ContestResult {
        id: shown(&outcome.contest),
        says: String::new(),
        money: String::new(),
        unanimous: unanimous(outcome),
        projects: Vec::new(),
        scored: false,
    };
    match &outcome.standing {
        Proven::NotDecrypted { smallest_group } => {
            result.says = format!(
                "{ballots} ballots. Not opened: a sum of fewer than {smallest_group} ballots would show how single voters voted."
            );
        }
        Proven::Unproven { because } => {
            result.says = format!("{ballots} ballots. No proven result: {}.", shown(because));
        }
        Proven::Totals {
            projects,
            winners,
            winners_reason,
        } => {
            result.says = match (winners, winners_reason) {
                (Some(winners), _) => format!(
                    "{ballots} ballots; {} of {} projects win.",
                    winners.len(),
                    projects.len()
                ),
                (None, Some(reason)) => {
                    format!("{ballots} ballots. The winners stay open: {}.", shown(reason))
                }
                (None, None) => format!("{ballots} ballots."),
            };
            if winners.is_some() {
                result.money = money(sealed, projects);
            }
            result.scored = projects
                .iter()
                .any(|project| i128::from(project.score) != i128::from(project.votes));
            let name = |id: &str| names.of(id).filter(|_| is_of_one_contest(manifest, id));
            result.projects = lines(sealed, projects, winners.is_some(), name);
        }
    }
    result
}

/// Where all voters agree, the result tells how each of them voted.
fn unanimous(outcome: &ContestOutcome) -> Vec<String> {
    let (by_all, by_none) = outcome.unanimous();
    let listed = |ids: &[&str]| {
        let ids: Vec<_> = ids.iter().map(|id| shown(id)).collect();
        ids.join(", ")
    };
    let mut says = Vec::new();
    if !by_all.is_empty() {
        says.push(format!(
            "Every ballot names {}: so everybody who voted is known to have chosen it.",
            listed(&by_all)
        ));
    }
    if !by_none.is_empty() {
        says.push(format!(
            "No ballot names {}: so everybody who voted is known not to have chosen it.",
            listed(&by_none)
        ));
    }
    says
}

/// Whether an identifier names one project: each contest has its own.
fn is_of_one_contest(manifest: &Manifest, id: &str) -> bool {
    let has = |contest: &&manifest::Contest| contest.projects.iter().any(|project| project.id == id);
    manifest.contests.iter().filter(has).count() == 1
}

/// What the winners cost, of which budget.
fn money(sealed: &manifest::Contest, projects: &[ProjectOutcome]) -> String {
    let won = sealed
        .projects
        .iter()
        .zip(projects)
        .filter(|(_, outcome)| outcome.won);
    let cost: u128 = won.map(|(project, _)| u128::from(project.cost)).sum();
    format!(
        "The winners cost {} of a budget of {}.",
        shown(&sealed.money(cost)),
        shown(&sealed.money(sealed.budget.into()))
    )
}

/// The projects, best first by what the sealed rule ranks by.
fn lines<'a>(
    sealed: &manifest::Contest,
    projects: &[ProjectOutcome],
    decided: bool,
    name: impl Fn(&str) -> Option<&'a str>,
) -> Vec<Project> {
    let value = |outcome: &ProjectOutcome| match sealed.rule.by {
        RankBy::Votes => i64::try_from(outcome.votes).unwrap_or(i64::MAX),
        RankBy::Score => outcome.score,
    };
    let unit = match sealed.rule.by {
        RankBy::Votes => "votes",
        RankBy::Score => "points",
    };
    let most = projects
        .iter()
        .map(value)
        .max()
        .unwrap_or(0)
        .max(1)
        .unsigned_abs();
    let mut ranked: Vec<_> = sealed.projects.iter().zip(projects).collect();
    ranked.sort_by_key(|(_, outcome)| (Reverse(value(outcome)), Reverse(outcome.won)));
    let line = |(project, outcome): (&manifest::Project, &ProjectOutcome)| {
        let value = value(outcome);
        let length = u64::try_from(value).unwrap_or(0);
        Project {
            id: shown(&outcome.project),
            name: name(&outcome.project).map(shown).unwrap_or_default(),
            cost: shown(&sealed.money(project.cost.into())),
            votes: number(outcome.votes),
            score: number(outcome.score),
            outcome: match (decided, outcome.won) {
                (false, _) => "open",
                (true, true) => "wins",
                (true, false) => "does not win",
            },
            won: outcome.won,
            bar: Bar::new(
                length,
                most,
                &format!("{} {unit}; the most are {}", number(value), number(most)),
            ),
        }
    };
    ranked.into_iter().map(line).collect()
}

/// Turnout by style, and of all where there are several.
pub(super) fn of_turnout(figures: &Figures) -> Vec<Style> {
    let line = |name: &str, counted: u64, roll: u64, total: bool| Style {
        name: shown(name),
        roll: number(roll),
        counted: number(counted),
        percent: percent(counted, roll),
        bar: Bar::new(
            counted,
            roll,
            &format!(
                "{} of {} voters, {}",
                number(counted),
                number(roll),
                percent(counted, roll)
            ),
        ),
        total,
    };
    let styles = &figures.turnout;
    let mut lines: Vec<_> = styles
        .iter()
        .map(|style| line(&style.style, style.counted, style.roll, false))
        .collect();
    if styles.len() > 1 {
        let sum =
            |of: fn(&crate::verdict::Turnout) -> u64| styles.iter().map(of).fold(0u64, u64::saturating_add);
        lines.push(line(
            "All",
            sum(|style| style.counted),
            sum(|style| style.roll),
            true,
        ));
    }
    lines
}
