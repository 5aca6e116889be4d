//! What came out, for people: a table with bars, the auditor's claims, and
//! what was measured.

use std::cmp::Reverse;

use auditor::Verdict;
use ceremony::define::Poll;
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, CellAlignment, Table};
use voting_core::manifest::Project;

use super::summary::{Stated, Summary, Total};

/// Widest bar, in characters.
const BAR: i64 = 24;
/// Most lines that are printed of one kind; the JSON summary has all.
const LINES: usize = 20;

/// The whole report.
pub(crate) fn report(poll: &Poll, summary: &Summary, verdict: &Verdict) -> String {
    [
        result(poll, summary),
        claims(verdict),
        measured(summary),
        left_out(summary),
    ]
    .concat()
}

fn result(poll: &Poll, summary: &Summary) -> String {
    let score = |project: &Project| summary.totals.get(&project.id).map_or(0, |total| total.score);
    let mut projects: Vec<_> = poll.contest.projects.iter().collect();
    projects.sort_by_key(|project| Reverse(score(project)));
    let most = projects.first().map_or(1, |project| score(project).max(1));
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED);
    table.set_header(["", "project", "cost", "votes", "score", ""]);
    for project in projects {
        if let Some(total) = summary.totals.get(&project.id) {
            table.add_row(row(poll, summary, project, total, most));
        }
    }
    let winners = match (&summary.winners, &summary.winners_reason) {
        (Some(winners), _) => funded(poll, winners),
        (None, Some(reason)) => format!("Winners stay open: {reason}\n"),
        (None, None) => String::new(),
    };
    format!("\n{table}\n{winners}")
}

fn funded(poll: &Poll, winners: &[String]) -> String {
    let contest = &poll.contest;
    let won = contest
        .projects
        .iter()
        .filter(|project| winners.contains(&project.id));
    let cost: u128 = won.map(|project| u128::from(project.cost)).sum();
    format!(
        "✔ {} funded for {}, of a budget of {}.\n",
        winners.len(),
        contest.money(cost),
        contest.money(contest.budget.into())
    )
}

fn row(poll: &Poll, summary: &Summary, project: &Project, total: &Total, most: i64) -> Vec<Cell> {
    let won = summary
        .winners
        .as_ref()
        .is_some_and(|winners| winners.contains(&project.id));
    let name = poll
        .texts
        .get(&project.id)
        .map_or(project.id.as_str(), |text| text.name.as_str());
    let bar = total.score.max(0).saturating_mul(BAR) / most;
    let number = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
    vec![
        Cell::new(if won { "✔" } else { "" }),
        Cell::new(name.chars().take(48).collect::<String>()),
        number(poll.contest.money(project.cost.into())),
        number(total.votes.to_string()),
        number(total.score.to_string()),
        Cell::new("█".repeat(usize::try_from(bar).unwrap_or(0))),
    ]
}

fn claims(verdict: &Verdict) -> String {
    let mut text = String::from("\nWhat the auditor found, from the public record alone:\n");
    for claim in &verdict.claims {
        text.push_str(&format!("  {:<13} {}\n", claim.standing.word(), claim.title));
    }
    text
}

fn measured(summary: &Summary) -> String {
    let counts = &summary.ballots;
    let rate = |stage: &str| {
        let seconds = summary.seconds.get(stage).copied().unwrap_or(1.0);
        counts.sealed as f64 / seconds.max(0.001)
    };
    format!(
        "\nBallots: {} read, {} sealed, {} refused, {} cast, {} counted\n\
         Per second: {:.0} sealed, {:.0} cast, {:.0} audited\n\
         Ledger: {} entries, {} bytes\n",
        counts.read,
        counts.sealed,
        counts.refused.len(),
        counts.cast,
        counts.counted,
        rate("seal"),
        rate("cast"),
        rate("audit"),
        summary.ledger.entries,
        summary.ledger.bytes,
    )
}

fn left_out(summary: &Summary) -> String {
    let refused = summary
        .ballots
        .refused
        .iter()
        .map(|one| format!("Left out: voter {}: {}", one.voter_id, one.reason));
    let differences = summary.differences.iter().map(difference);
    [list(refused), list(differences)].concat()
}

fn difference(stated: &Stated) -> String {
    let Stated {
        project_id,
        column,
        stated: file,
        counted,
        refused,
        explained,
    } = stated;
    let verdict = if *explained {
        "that is all of it"
    } else {
        "THAT DOES NOT EXPLAIN IT"
    };
    format!(
        "The file states {column} {file} for project {project_id}, counted were {counted}; \
         ballots left out would add {refused}: {verdict}"
    )
}

/// The first lines, and how many more there are.
fn list(lines: impl ExactSizeIterator<Item = String>) -> String {
    let more = lines.len().saturating_sub(LINES);
    let mut text: String = lines.take(LINES).map(|line| line + "\n").collect();
    if more > 0 {
        text.push_str(&format!("… and {more} more; --json lists all\n"));
    }
    text
}
