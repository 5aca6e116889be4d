//! The verdict as text: calm, by chapter, one line per claim.

use std::io::Write;

use super::style::{BOLD, GREEN, RED, YELLOW, coloured, paint};
use crate::verdict::{Claim, ContestOutcome, Figures, Overall, Proven, Standing, Verdict};

/// Findings of one claim that the terminal shows; `--json` lists all.
const SHOWN: usize = 20;
/// Width of the widest bar.
const BAR: u64 = 30;

/// Writes a line to standard output. A closed pipe ends the output, not the audit.
pub(super) fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Prints the whole verdict.
pub(super) fn verdict(verdict: &Verdict) {
    let colour = coloured();
    if let Some(figures) = &verdict.figures {
        header(figures, colour);
    }
    let mut chapter = None;
    for claim in &verdict.claims {
        if chapter.replace(claim.chapter) != Some(claim.chapter) {
            line(&format!("\n{}", paint(claim.chapter.heading(), BOLD, colour)));
        }
        self::claim(claim, colour);
    }
    for outcome in &verdict.results {
        contest(outcome, colour);
    }
    line(&format!("\n{}", sentence(verdict, colour)));
}

fn header(figures: &Figures, colour: bool) {
    line(&format!(
        "Election   {}",
        paint(&visible(&figures.title), BOLD, colour)
    ));
    line(&format!("           id {}", hex::encode(figures.election_id)));
    line(&format!(
        "Ledger     {} entries, {} bytes; the election is {}",
        figures.entries, figures.bytes, figures.phase
    ));
    line(&format!("           root {}", hex::encode(figures.root)));
    line(&format!(
        "Ballots    {} on the ledger, {} counted, {} replaced by a later one",
        figures.ballots, figures.counted, figures.replaced
    ));
    for turnout in &figures.turnout {
        let percent = (turnout.counted * 100).checked_div(turnout.roll).unwrap_or(0);
        let style = visible(&turnout.style);
        line(&format!(
            "Turnout    {style}: {} of {} voters ({percent} %)",
            turnout.counted, turnout.roll
        ));
    }
}

fn claim(claim: &Claim, colour: bool) {
    let (code, detail) = match &claim.standing {
        Standing::Held { note } => (GREEN, note.clone()),
        Standing::Broken { findings } => (RED, format!("{} found", findings.total)),
        Standing::NotCheckable { because, .. } => (YELLOW, because.clone()),
    };
    let word = paint(&format!("{:<13}", claim.standing.word()), code, colour);
    line(&format!("  {word}  {} ({})", claim.title, visible(&detail)));
    let Standing::Broken { findings } = &claim.standing else {
        return;
    };
    for finding in findings.listed.iter().take(SHOWN) {
        line(&format!("                 {}", visible(&finding.to_string())));
    }
    let rest = findings.total.saturating_sub(SHOWN as u64);
    if rest > 0 {
        line(&format!("                 and {rest} more; --json lists them"));
    }
}

fn contest(outcome: &ContestOutcome, colour: bool) {
    let name = paint(&visible(&outcome.contest), BOLD, colour);
    line(&format!("\nResult of {name}: {} ballots", outcome.ballots));
    match &outcome.standing {
        Proven::NotDecrypted { smallest_group } => {
            line(&format!(
                "  not decrypted: fewer than {smallest_group} ballots would show how single voters voted"
            ));
        }
        Proven::Unproven { because } => line(&format!("  no proven result: {}", visible(because))),
        Proven::Totals {
            projects,
            winners_reason,
            ..
        } => {
            let most = projects
                .iter()
                .map(|project| project.votes)
                .max()
                .unwrap_or(0)
                .max(1);
            let width = projects
                .iter()
                .map(|project| visible(&project.project).chars().count())
                .max()
                .unwrap_or(0);
            for project in projects {
                let name = visible(&project.project);
                let bar = "█".repeat((project.votes * BAR / most) as usize);
                let won = if project.won {
                    paint("  wins", GREEN, colour)
                } else {
                    String::new()
                };
                let score = if project.score == project.votes as i64 {
                    String::new()
                } else {
                    format!(", score {}", project.score)
                };
                line(&format!(
                    "  {name:<width$} {:>8} votes{score}{won}  {bar}",
                    project.votes
                ));
            }
            if let Some(reason) = winners_reason {
                line(&format!("  winners stay open: {}", visible(reason)));
            }
        }
    }
}

fn sentence(verdict: &Verdict, colour: bool) -> String {
    let total = verdict.claims.len();
    let broken = verdict
        .claims
        .iter()
        .filter(|claim| claim.standing.is_broken())
        .count();
    let held = verdict
        .claims
        .iter()
        .filter(|claim| claim.standing.is_held())
        .count();
    match verdict.overall() {
        Overall::Held => paint(&format!("HELD: all {total} claims hold."), GREEN, colour),
        Overall::Broken => paint(
            &format!("BROKEN: {broken} of {total} claims are broken."),
            RED,
            colour,
        ),
        Overall::Open => paint(
            &format!("NOT FINISHED: {held} of {total} claims hold; the others wait for the poll."),
            YELLOW,
            colour,
        ),
        Overall::Incomplete => paint(
            &format!("INCOMPLETE: {held} of {total} claims hold; evidence is missing for the others."),
            YELLOW,
            colour,
        ),
    }
}

/// Texts of the ledger cannot steer the reader's terminal: control characters
/// and those that turn the direction of writing are made visible.
pub(super) fn visible(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|c| if steers(c) { '\u{fffd}' } else { c })
        .collect()
}
