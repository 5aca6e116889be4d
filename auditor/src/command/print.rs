//! The verdict as text: calm, by chapter, one line per claim.

use std::fmt;
use std::io::Write;

use super::style::{BOLD, GREEN, RED, YELLOW, coloured, paint};
use super::{BROKEN, HELD};
use crate::verdict::{Claim, ContestOutcome, Figures, Overall, Proven, Standing, Verdict};

pub(super) use crate::report::visible;

/// Findings of one claim that the terminal shows; `--json` lists all.
const SHOWN: usize = 20;
/// Width of the widest bar.
const BAR: u64 = 30;

/// Writes a line to standard output. A closed pipe ends the output, not the audit.
pub(super) fn line(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// The colour of what ends with an exit code.
pub(super) fn colour_of(code: u8) -> &'static str {
    match code {
        HELD => GREEN,
        BROKEN => RED,
        _ => YELLOW,
    }
}

/// Prints how a check ended: its word in the colour of the exit code, and what it says.
pub(super) fn last_words(word: &str, code: u8, says: &str) {
    let word = paint(&word.to_uppercase(), colour_of(code), coloured());
    line(&format!("{word}: {}.", visible(says)));
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
    line(&format!("\n{}", ending(verdict, colour)));
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
    let number = claim.number;
    line(&format!(
        "{number:>3}  {word}  {} ({})",
        claim.title,
        visible(&detail)
    ));
    let Standing::Broken { findings } = &claim.standing else {
        return;
    };
    for finding in findings.listed.iter().take(SHOWN) {
        line(&format!("                    {}", visible(&finding.to_string())));
    }
    let rest = findings.total.saturating_sub(SHOWN as u64);
    if rest > 0 {
        line(&format!("                    and {rest} more; --json lists them"));
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
            unanimous(outcome);
        }
    }
}

/// What the result tells of every voter, where all agree.
fn unanimous(outcome: &ContestOutcome) {
    let (by_all, by_none) = outcome.unanimous();
    for (says, ids) in [("every ballot names", by_all), ("no ballot names", by_none)] {
        if !ids.is_empty() {
            let ids: Vec<_> = ids.iter().map(|id| visible(id)).collect();
            line(&format!("  known of each voter: {says} {}", ids.join(", ")));
        }
    }
}

/// The verdict in a line.
fn ending(verdict: &Verdict, colour: bool) -> String {
    let code = match verdict.overall() {
        Overall::Held => GREEN,
        Overall::Broken => RED,
        Overall::Open | Overall::Incomplete => YELLOW,
    };
    paint(&verdict.ending(), code, colour)
}

/// Prints only what did not hold, and the verdict: for who asked for quiet.
pub(super) fn troubles(verdict: &Verdict) {
    let colour = coloured();
    for claim in verdict.claims.iter().filter(|claim| !claim.standing.is_held()) {
        self::claim(claim, colour);
    }
    line(&ending(verdict, colour));
}

/// Something to do next, or where something lies.
pub(super) struct Next {
    name: &'static str,
    says: String,
}

impl Next {
    pub(super) fn new(name: &'static str, says: impl Into<String>) -> Self {
        Self {
            name,
            says: visible(&says.into()),
        }
    }
}

impl fmt::Display for Next {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:<10} {}", self.name, self.says)
    }
}

/// The next command to run, by what came out.
pub(super) fn next(source: &str, verdict: &Verdict, reported: bool) {
    let first = |test: fn(&Standing) -> bool| verdict.claims.iter().find(|claim| test(&claim.standing));
    if let Some(claim) = first(Standing::is_broken).or_else(|| first(|standing| !standing.is_held())) {
        let number = claim.number;
        line(
            &Next::new(
                "Next",
                format!("auditor explain {number} (what claim {number} means)"),
            )
            .to_string(),
        );
    } else if !reported {
        line(
            &Next::new(
                "Next",
                format!("auditor verify {source} --report audit.html (a page to file)"),
            )
            .to_string(),
        );
    }
}
