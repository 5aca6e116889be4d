//! The booth: what is needed to vote, and for browsers that can, everything
//! that the booth's scripts fill (specs/11-web.md §9).

use askama::Template;
use voting_core::lifecycle::Phase;
use voting_core::manifest::{BallotKind, Contest};

use super::Frame;
use super::files::Files;
use super::poll::{Ballot, ballots, groups, heading};
use super::said;
use super::words::{Moment, Words, phase, title};
use crate::booth::Booth;
use crate::projects::Query;
use crate::record::Record;

/// The booth's page.
#[derive(Template)]
#[template(path = "vote.html")]
struct Vote<'a> {
    frame: Frame<'a>,
    title: Words,
    slug: String,
    id: String,
    origin: &'a str,
    /// The sealed address of the ledger, where ballots are cast.
    ledger: &'a str,
    /// How the poll stands, where no ballots are taken.
    shut: Option<&'static str>,
    closing: Moment,
    styles: Vec<&'a str>,
    issuers: Vec<&'a str>,
    groups: Vec<String>,
    contests: Vec<Question<'a>>,
    seed: &'a str,
    booth: Option<Files<'a>>,
    said: Vec<(&'static str, String)>,
}

/// A contest with what its form needs.
pub(super) struct Question<'a> {
    pub(super) ballot: Ballot,
    pub(super) id: &'a str,
    pub(super) heading: Words,
    /// `one`, `several`, `points` or `rank`.
    control: &'static str,
    /// Whether it may be left empty.
    blank: bool,
    /// An amount, with `{amount}` where the number stands.
    money: String,
    decimals: u8,
    /// By index, as everything that names projects.
    ids: Vec<&'a str>,
    costs: Vec<u64>,
}

/// The page; without a booth it says how to vote otherwise.
pub(crate) fn vote(
    frame: Frame<'_>,
    record: &Record,
    booth: Option<&Booth>,
    query: &Query,
) -> askama::Result<String> {
    let manifest = &record.manifest;
    let page = Vote {
        title: title(record, &frame),
        slug: record.slug(),
        id: hex::encode(record.id),
        origin: &manifest.ledger.origin,
        ledger: &manifest.ledger.url,
        shut: (record.phase != Phase::Open).then(|| phase(record.phase)),
        closing: match record.phase < Phase::Closed {
            true => Moment::at(record.closing, &frame),
            false => Moment::past(record.closing, &frame),
        },
        styles: manifest.styles.iter().map(|style| style.name.as_str()).collect(),
        issuers: manifest
            .issuers
            .members
            .iter()
            .map(|issuer| issuer.name.as_str())
            .collect(),
        groups: groups(&frame, record).into_iter().collect(),
        contests: questions(&frame, record, query),
        seed: &query.seed,
        booth: booth.and_then(|booth| Files::of_booth(booth, Booth::VOTE)),
        said: said::all(frame.language),
        frame,
    };
    page.render()
}

/// Every contest with all its projects, in the order of the seed.
pub(super) fn questions<'a>(frame: &Frame<'_>, record: &'a Record, query: &Query) -> Vec<Question<'a>> {
    let all = Query {
        seed: query.seed.clone(),
        ..Query::default()
    };
    let contests = &record.manifest.contests;
    let ballots = ballots(frame, record, &all).zip(contests);
    let question = |(ballot, contest): (Ballot, &'a Contest)| Question {
        ballot,
        id: &contest.id,
        heading: heading(frame, record, contest),
        control: match contest.ballot {
            BallotKind::ChooseOne { .. } => "one",
            BallotKind::Approval { .. } | BallotKind::Knapsack { .. } => "several",
            BallotKind::Points { .. } => "points",
            BallotKind::Ranking { .. } => "rank",
        },
        blank: matches!(contest.ballot, BallotKind::ChooseOne { blank: true }),
        money: frame.language.money_pattern(&contest.currency),
        decimals: contest.decimals.min(9),
        ids: contest
            .projects
            .iter()
            .map(|project| project.id.as_str())
            .collect(),
        costs: contest.projects.iter().map(|project| project.cost).collect(),
    };
    ballots.map(question).collect()
}
