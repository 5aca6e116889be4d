//! A poll's results: only what the auditor's library has proven from the record.

use askama::Template;
use auditor::{Chapter, ContestOutcome, Proven, Standing as ClaimStanding, Verdict};
use voting_core::lifecycle::Phase;
use voting_core::manifest::{BallotKind, Contest, RankBy};

use super::Frame;
use super::poll::{heading, name};
use super::words::{Moment, Words, phase, title};
use crate::record::Record;

/// A poll's results.
#[derive(Template)]
#[template(path = "results.html")]
struct Results<'a> {
    frame: Frame<'a>,
    title: Words,
    slug: String,
    phase: &'static str,
    over: bool,
    closing: Moment,
    contests: Vec<Outcome>,
    checks: Checks,
    origin: String,
    id: String,
    ledger: String,
}

/// The result of a contest.
struct Outcome {
    heading: Option<Words>,
    ballots: String,
    /// Why there are no totals, in words.
    none: Option<String>,
    rows: Vec<Row>,
    /// Whether a column of points stands beside the votes.
    points: bool,
    winners_open: bool,
    spent: Option<String>,
}

/// A project's totals.
struct Row {
    name: Words,
    votes: String,
    points: String,
    cost: String,
    won: bool,
    /// Share of the largest total, in thousandths: the bar's length.
    bar: u64,
}

/// What the verdict says, in numbers.
struct Checks {
    summary: String,
    to_come: Option<String>,
    entries: String,
    chapters: Vec<ChapterLine>,
}

struct ChapterLine {
    name: String,
    held: String,
}

/// The page.
pub(crate) fn results(frame: Frame<'_>, record: &Record, ledger: &str) -> askama::Result<String> {
    let several = record.manifest.contests.len() > 1;
    let contests = record.manifest.contests.iter().zip(&record.verdict.results);
    let contests = contests.map(|(contest, outcome)| {
        let heading = several.then(|| heading(&frame, record, contest));
        contest_outcome(&frame, record, heading, contest, outcome)
    });
    let page = Results {
        title: title(record, &frame),
        slug: record.slug(),
        phase: phase(record.phase),
        over: record.phase >= Phase::Closed,
        closing: Moment::at(record.closing, &frame),
        contests: contests.collect(),
        checks: checks(&frame, &record.verdict),
        origin: record.manifest.ledger.origin.clone(),
        id: hex::encode(record.id),
        ledger: ledger.to_owned(),
        frame,
    };
    page.render()
}

fn contest_outcome(
    frame: &Frame<'_>,
    record: &Record,
    heading: Option<Words>,
    contest: &Contest,
    outcome: &ContestOutcome,
) -> Outcome {
    let language = frame.language;
    let mut shown = Outcome {
        heading,
        ballots: language.count("ballots-counted", outcome.ballots),
        none: None,
        rows: Vec::new(),
        points: matches!(
            contest.ballot,
            BallotKind::Points { .. } | BallotKind::Ranking { .. }
        ),
        winners_open: false,
        spent: None,
    };
    match &outcome.standing {
        Proven::Unproven { .. } => shown.none = Some(frame.say("result-not-yet")),
        Proven::NotDecrypted { smallest_group } => {
            shown.none = Some(language.count("result-too-few", (*smallest_group).into()));
        }
        Proven::Totals {
            projects, winners, ..
        } => {
            let total = |row: usize| match contest.rule.by {
                RankBy::Votes => i64::try_from(projects[row].votes).unwrap_or(i64::MAX),
                RankBy::Score => projects[row].score,
            };
            let most = (0..projects.len()).map(total).max().unwrap_or(0).max(1);
            let mut order: Vec<usize> = (0..projects.len()).collect();
            order.sort_by_key(|row| (!projects[*row].won, std::cmp::Reverse(total(*row))));
            let row = |place: usize| {
                let (found, sealed) = (&projects[place], &contest.projects[place]);
                Row {
                    name: name(frame, record, &found.project),
                    votes: language.number(found.votes),
                    points: language.signed(found.score),
                    cost: language.money(sealed.cost, &contest.currency, contest.decimals),
                    won: found.won,
                    bar: total(place).max(0).unsigned_abs() * 1_000 / most.unsigned_abs(),
                }
            };
            shown.rows = order.into_iter().map(row).collect();
            shown.winners_open = winners.is_none();
            shown.spent = winners.as_ref().and(spent(frame, contest, projects));
        }
    }
    shown
}

/// What the funded projects cost together, of the budget.
fn spent(frame: &Frame<'_>, contest: &Contest, projects: &[auditor::ProjectOutcome]) -> Option<String> {
    if contest.budget == 0 {
        return None;
    }
    let money = |amount| frame.language.money(amount, &contest.currency, contest.decimals);
    let won = contest
        .projects
        .iter()
        .zip(projects)
        .filter(|(_, found)| found.won);
    let spent = won.map(|(sealed, _)| sealed.cost).sum();
    let arguments = [
        ("amount", money(spent).into()),
        ("budget", money(contest.budget).into()),
    ];
    Some(frame.language.say_with("result-spent", &arguments))
}

fn checks(frame: &Frame<'_>, verdict: &Verdict) -> Checks {
    const CHAPTERS: [(Chapter, &str); 8] = [
        (Chapter::Define, "chapter-define"),
        (Chapter::Ceremony, "chapter-ceremony"),
        (Chapter::Roll, "chapter-roll"),
        (Chapter::Ballots, "chapter-ballots"),
        (Chapter::Ledger, "chapter-ledger"),
        (Chapter::Tally, "chapter-tally"),
        (Chapter::Decrypt, "chapter-decrypt"),
        (Chapter::Outcome, "chapter-outcome"),
    ];
    let language = frame.language;
    let ratio = |held: usize, all: usize| {
        let arguments = [
            ("count", language.number(held as u64).into()),
            ("of", language.number(all as u64).into()),
        ];
        language.say_with("checks-held", &arguments)
    };
    let held = |claims: &[&auditor::Claim]| claims.iter().filter(|claim| claim.standing.is_held()).count();
    let all: Vec<&auditor::Claim> = verdict.claims.iter().collect();
    let chapters = CHAPTERS.iter().map(|(chapter, message)| {
        let own: Vec<_> = all
            .iter()
            .copied()
            .filter(|claim| claim.chapter == *chapter)
            .collect();
        ChapterLine {
            name: frame.say(message),
            held: ratio(held(&own), own.len()),
        }
    });
    let waits = |claim: &&&auditor::Claim| matches!(claim.standing, ClaimStanding::NotCheckable { .. });
    let to_come = all.iter().filter(waits).count() as u64;
    Checks {
        summary: ratio(held(&all), all.len()),
        to_come: (to_come > 0).then(|| language.count("checks-to-come", to_come)),
        entries: language.number(verdict.figures.as_ref().map_or(0, |figures| figures.entries)),
        chapters: chapters.collect(),
    }
}
