//! A poll with its projects.

use std::collections::BTreeSet;

use askama::Template;
use voting_core::lifecycle::Phase;
use voting_core::manifest::{BallotKind, Contest};

use super::Frame;
use super::words::{Moment, Words, anchor, first_language, phase, title};
use crate::content::ProjectText;
use crate::projects::{Order, Query, matches, place};
use crate::record::Record;

/// Letters of a description that is shown whole.
const SHORT: usize = 320;

/// A poll's page.
#[derive(Template)]
#[template(path = "poll.html")]
struct Poll<'a> {
    frame: Frame<'a>,
    title: Words,
    slug: String,
    /// What only a fresh record says; `None` while the ledger is out of reach.
    standing: Option<Standing>,
    /// Whether this site has a booth for it.
    votes_here: bool,
    filter: Filter,
    found: String,
    contests: Vec<Ballot>,
    origin: String,
    id: String,
}

/// How a poll stands now.
struct Standing {
    phase: &'static str,
    open: bool,
    opening: Option<Moment>,
    closing: Moment,
    over: bool,
    ballots: String,
    turnout: String,
    has_results: bool,
}

/// The form above the projects.
struct Filter {
    search: String,
    groups: Vec<Choice>,
    orders: Vec<Choice>,
    seed: String,
    reset: String,
    active: bool,
}

/// One of several to choose from.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// A contest: what a ballot may say, and its projects.
pub(super) struct Ballot {
    /// Index in the manifest.
    pub(super) index: u32,
    pub(super) heading: Option<Words>,
    pub(super) budget: Option<String>,
    pub(super) kind: String,
    pub(super) projects: Vec<Project>,
}

/// A project.
pub(super) struct Project {
    /// Index in its contest.
    pub(super) number: u32,
    pub(super) anchor: String,
    pub(super) name: Words,
    pub(super) cost: String,
    pub(super) groups: Vec<Words>,
    pub(super) place: Option<Words>,
    pub(super) paragraphs: Vec<String>,
    pub(super) long: bool,
    pub(super) picture: Option<Picture>,
}

pub(super) struct Picture {
    pub(super) src: String,
    pub(super) alt: String,
}

/// The page. `current` is false while the ledger is out of reach; `votes_here`
/// is true where this site has the poll's booth.
pub(crate) fn poll(
    frame: Frame<'_>,
    record: &Record,
    current: bool,
    votes_here: bool,
    query: &Query,
) -> askama::Result<String> {
    let groups = groups(&frame, record);
    // A category of another language, say, leaves out nothing.
    let known = query.group.is_empty() || groups.contains(&query.group);
    let unfiltered = Query {
        group: String::new(),
        ..query.clone()
    };
    let query = if known { query } else { &unfiltered };
    let contests: Vec<Ballot> = ballots(&frame, record, query)
        .filter(|ballot| !ballot.projects.is_empty())
        .collect();
    let found: usize = contests.iter().map(|contest| contest.projects.len()).sum();
    let page = Poll {
        title: title(record, &frame),
        slug: record.slug(),
        standing: current.then(|| standing(&frame, record)),
        votes_here,
        filter: filter(&frame, record, groups, query),
        found: frame.language.count("projects-found", found as u64),
        contests,
        origin: record.manifest.ledger.origin.clone(),
        id: hex::encode(record.id),
        frame,
    };
    page.render()
}

fn standing(frame: &Frame<'_>, record: &Record) -> Standing {
    let figures = record.verdict.figures.as_ref();
    let roll: u64 = figures.map_or(0, |figures| {
        figures.turnout.iter().map(|turnout| turnout.roll).sum()
    });
    let counted = figures.map_or(0, |figures| figures.counted);
    let turnout = [
        ("count", frame.language.number(counted).into()),
        ("roll", frame.language.number(roll).into()),
    ];
    let over = record.phase >= Phase::Closed;
    Standing {
        phase: phase(record.phase),
        open: record.phase == Phase::Open,
        opening: (record.phase == Phase::Setup).then(|| Moment::at(record.manifest.opening, frame)),
        closing: match over {
            true => Moment::past(record.closing, frame),
            false => Moment::at(record.closing, frame),
        },
        over,
        ballots: frame.language.number(counted),
        turnout: match roll {
            0 => String::new(),
            _ => frame.language.say_with("turnout", &turnout),
        },
        has_results: over,
    }
}

/// The contests, each with the projects that are asked for, in the order asked for.
pub(super) fn ballots<'a>(
    frame: &'a Frame<'_>,
    record: &'a Record,
    query: &'a Query,
) -> impl Iterator<Item = Ballot> {
    let contests = (0..).zip(&record.manifest.contests);
    contests.map(move |(index, contest)| ballot(frame, record, query, index, contest))
}

/// Every category and neighbourhood, by name.
pub(super) fn groups(frame: &Frame<'_>, record: &Record) -> BTreeSet<String> {
    let contests = &record.manifest.contests;
    let sealed = contests.iter().flat_map(|contest| &contest.groups).cloned();
    let projects = contests.iter().flat_map(|contest| &contest.projects);
    let named = projects.flat_map(|project| {
        let text = record.texts.project(frame.language.tag, &project.id);
        text.into_iter()
            .flat_map(|found| categories(found.text))
            .map(str::to_owned)
    });
    sealed.chain(named).collect()
}

fn filter(frame: &Frame<'_>, record: &Record, groups: BTreeSet<String>, query: &Query) -> Filter {
    let everything = Choice {
        value: String::new(),
        label: frame.say("filter-all"),
        chosen: query.group.is_empty(),
    };
    let group = |name: String| Choice {
        chosen: query.group == name,
        value: name.clone(),
        label: name,
    };
    let order = |order: Order| Choice {
        value: order.word().to_owned(),
        label: frame.say(&format!("order-{}", order.word())),
        chosen: query.order() == order,
    };
    let groups: Vec<Choice> = groups.into_iter().map(group).collect();
    Filter {
        search: query.search(),
        groups: match groups.is_empty() {
            true => groups,
            false => std::iter::once(everything).chain(groups).collect(),
        },
        orders: Order::ALL.map(order).into(),
        seed: query.seed.clone(),
        reset: frame.link(&format!("/polls/{}?seed={}", record.slug(), query.seed)),
        active: query.filters(),
    }
}

/// The categories that a project's text names.
fn categories(text: &ProjectText) -> impl Iterator<Item = &str> {
    text.category
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

fn ballot(frame: &Frame<'_>, record: &Record, query: &Query, index: u32, contest: &Contest) -> Ballot {
    let mut shown: Vec<(u32, Project)> = (0..)
        .zip(&contest.projects)
        .filter_map(|(number, sealed)| {
            let found = project(frame, record, (index, contest), (number, sealed));
            wanted(query, &found, &sealed.id).then_some((number, found))
        })
        .collect();
    let cost = |number: u32| contest.projects[number as usize].cost;
    match query.order() {
        Order::Shuffled => shown.sort_by_key(|(number, _)| place(&query.seed, &record.id, index, *number)),
        Order::Cost => shown.sort_by_key(|(number, _)| cost(*number)),
        Order::Name => shown.sort_by_key(|(_, project)| project.name.text.to_lowercase()),
    }
    let several = record.manifest.contests.len() > 1;
    Ballot {
        index,
        heading: several.then(|| heading(frame, record, contest)),
        budget: (contest.budget > 0).then(|| {
            frame
                .language
                .money(contest.budget, &contest.currency, contest.decimals)
        }),
        kind: kind(frame, contest),
        projects: shown.into_iter().map(|(_, project)| project).collect(),
    }
}

/// A contest's heading: its text, or else its id.
pub(super) fn heading(frame: &Frame<'_>, record: &Record, contest: &Contest) -> Words {
    let texts = &record.texts;
    let found = texts.find(frame.language.tag, |text| {
        text.contests.get(&contest.id).map(String::as_str)
    });
    found.map_or_else(|| Words::new(&contest.id, first_language(record)), Words::of)
}

/// A project's name: its text's, or else its id.
pub(super) fn name(frame: &Frame<'_>, record: &Record, id: &str) -> Words {
    match record.texts.project(frame.language.tag, id) {
        Some(found) => Words::new(&found.text.name, found.language),
        None => Words::new(id, first_language(record)),
    }
}

fn project(
    frame: &Frame<'_>,
    record: &Record,
    (contest_index, contest): (u32, &Contest),
    (number, sealed): (u32, &voting_core::manifest::Project),
) -> Project {
    let none = ProjectText::default();
    let found = record.texts.project(frame.language.tag, &sealed.id);
    let (text, language) = found.map_or((&none, first_language(record)), |found| {
        (found.text, found.language)
    });
    let mut groups: Vec<&str> = categories(text).collect();
    let of_rules = sealed
        .groups
        .iter()
        .filter_map(|group| contest.groups.get(*group as usize));
    for group in of_rules.map(String::as_str) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let picture = record.pictures.get(&text.picture).map(|_| Picture {
        src: format!("/pictures/{}/{}", record.slug(), text.picture),
        alt: text.picture_alt.clone(),
    });
    let paragraphs: Vec<String> = text
        .description
        .split("\n\n")
        .map(|paragraph| paragraph.trim().to_owned())
        .filter(|paragraph| !paragraph.is_empty())
        .collect();
    Project {
        number,
        anchor: anchor(contest_index, number),
        name: name(frame, record, &sealed.id),
        cost: frame
            .language
            .money(sealed.cost, &contest.currency, contest.decimals),
        groups: groups
            .into_iter()
            .map(|group| Words::new(group, language))
            .collect(),
        place: (!text.place.is_empty()).then(|| Words::new(&text.place, language)),
        long: text.description.chars().count() > SHORT,
        paragraphs,
        picture,
    }
}

fn wanted(query: &Query, project: &Project, id: &str) -> bool {
    let in_group = query.group.is_empty() || project.groups.iter().any(|group| group.text == query.group);
    let mut texts = vec![id, &project.name.text];
    texts.extend(project.place.iter().map(|place| place.text.as_str()));
    texts.extend(project.groups.iter().map(|group| group.text.as_str()));
    texts.extend(project.paragraphs.iter().map(String::as_str));
    in_group && matches(&query.search(), &texts)
}

/// What a ballot of a contest may say, in a sentence.
fn kind(frame: &Frame<'_>, contest: &Contest) -> String {
    let language = frame.language;
    match &contest.ballot {
        BallotKind::ChooseOne { .. } => frame.say("kind-choose-one"),
        BallotKind::Approval { max_length, .. } => language.count("kind-approval", (*max_length).into()),
        BallotKind::Knapsack { max_sum_cost, .. } => {
            let amount = language.money(*max_sum_cost, &contest.currency, contest.decimals);
            language.say_with("kind-knapsack", &[("amount", amount.into())])
        }
        BallotKind::Points { sum: Some(sum), .. } => language.count("kind-points", sum.most.unsigned_abs()),
        BallotKind::Points { max_points, .. } => language.count("kind-scores", max_points.unsigned_abs()),
        BallotKind::Ranking { max_length, .. } => language.count("kind-ranking", (*max_length).into()),
    }
}
