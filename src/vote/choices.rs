//! A voter's choices from words, and back into words.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use voting_core::contest::Choice;
use voting_core::manifest::{BallotKind, Contest};

/// Reads `CONTEST=PROJECT,…`, one for each contest, into the poll's order. A
/// poll of one contest may leave `CONTEST=` out.
pub(super) fn parse(contests: &[Contest], texts: &[String]) -> Result<Vec<Choice>> {
    let mut given = BTreeMap::new();
    for text in texts {
        let (contest, named) = match (text.split_once('='), contests) {
            (Some((id, named)), _) if contests.iter().any(|contest| contest.id == id.trim()) => {
                (id.trim(), named)
            }
            (_, [only]) => (only.id.as_str(), text.as_str()),
            _ => bail!(
                "\"{text}\": write CONTEST=PROJECT,PROJECT; {}",
                known("contest", contests.iter().map(|c| &c.id))
            ),
        };
        if given.insert(contest, named).is_some() {
            bail!("{contest} is answered twice");
        }
    }
    let choices = contests.iter().map(|contest| {
        let named = given.get(contest.id.as_str());
        let named = named.with_context(|| {
            let id = &contest.id;
            format!("{id} is not answered: add --choose \"{id}=…\", or --choose \"{id}=\" to name nothing")
        })?;
        choice(contest, named).with_context(|| contest.id.clone())
    });
    choices.collect()
}

fn choice(contest: &Contest, named: &str) -> Result<Choice> {
    let words = named.split(',').map(str::trim).filter(|word| !word.is_empty());
    Ok(match contest.ballot {
        BallotKind::Points { .. } => {
            Choice::Points(words.map(|word| points(contest, word)).collect::<Result<_>>()?)
        }
        BallotKind::Ranking { .. } => {
            Choice::Ranking(words.map(|word| project(contest, word)).collect::<Result<_>>()?)
        }
        BallotKind::ChooseOne { .. } | BallotKind::Approval { .. } | BallotKind::Knapsack { .. } => {
            Choice::Projects(words.map(|word| project(contest, word)).collect::<Result<_>>()?)
        }
    })
}

fn points(contest: &Contest, word: &str) -> Result<(u32, i64)> {
    let pair = word.rsplit_once(':');
    let pair = pair.and_then(|(id, points)| Some((id.trim(), points.trim().parse().ok()?)));
    let (id, points) = pair.with_context(|| format!("\"{word}\": write PROJECT:POINTS"))?;
    Ok((project(contest, id)?, points))
}

fn project(contest: &Contest, id: &str) -> Result<u32> {
    let place = contest.projects.iter().position(|project| project.id == id);
    let place = place.with_context(|| {
        let ids = contest.projects.iter().map(|project| &project.id);
        format!("there is no project \"{id}\"; {}", known("project", ids))
    })?;
    Ok(place as u32)
}

fn known<'a>(what: &str, ids: impl Iterator<Item = &'a String>) -> String {
    let ids: Vec<&str> = ids.map(String::as_str).collect();
    format!("each {what} is one of {}", ids.join(", "))
}

/// A choice as the voter reads it again before casting, a line a project.
pub(super) fn lines(contest: &Contest, choice: &Choice) -> Vec<String> {
    let id = |project: u32| {
        contest
            .projects
            .get(project as usize)
            .map_or("?", |project| project.id.as_str())
    };
    let mut lines: Vec<String> = match choice {
        Choice::Projects(projects) => projects.iter().map(|&project| id(project).to_owned()).collect(),
        Choice::Points(points) => points
            .iter()
            .map(|&(project, points)| format!("{}: {points} points", id(project)))
            .collect(),
        Choice::Ranking(projects) => {
            let placed = (1..).zip(projects);
            placed
                .map(|(place, &project)| format!("{place}. {}", id(project)))
                .collect()
        }
    };
    if lines.is_empty() {
        lines.push("nothing: a blank ballot".to_owned());
    }
    lines
}
