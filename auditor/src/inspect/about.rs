//! What the numbers of an entry stand for.

use voting_core::ballot::{CELL_LENGTH, Tracker};
use voting_core::entry::{BallotEntry, ContestResult, Entry, OfficerSignature};
use voting_core::manifest::Manifest;

use super::{Shown, Within};

/// Names for an entry's numbers, and the sizes of a ballot's parts; `None` if
/// there is nothing to say.
pub(super) fn about(entry: &Entry, fields: &Shown, within: Option<Within<'_>>) -> Option<Shown> {
    let said = match (entry, within) {
        (Entry::Manifest(manifest, _), _) => {
            let id = manifest.election_id();
            let mut said = vec![("election-id", Shown::hex(&id))];
            said.extend(signed_by(entry, manifest));
            said
        }
        (Entry::Ballot(ballot), within) => self::ballot(ballot, within),
        (_, Some(within)) => {
            let mut said = names(fields, within.manifest);
            said.extend(signed_by(entry, within.manifest));
            if let Entry::Result(result) = entry {
                said.extend(winners(result, within.manifest));
            }
            said
        }
        (_, None) => Vec::new(),
    };
    (!said.is_empty()).then_some(Shown::Fields(said))
}

type Said = Vec<(&'static str, Shown)>;

fn text(text: &str) -> Shown {
    Shown::Text(text.to_owned())
}

/// The name of every index in an entry's body.
fn names(fields: &Shown, manifest: &Manifest) -> Said {
    let body = fields.field("body").unwrap_or(fields);
    let index = |field: &str| match body.field(field) {
        Some(Shown::Number(number)) => usize::try_from(*number).ok(),
        _ => None,
    };
    let trustee = |field| index(field).and_then(|at| manifest.trustees.members.get(at));
    let mut said = Vec::new();
    said.extend(trustee("trustee").map(|found| ("trustee", text(&found.name))));
    said.extend(trustee("dealer").map(|found| ("dealer", text(&found.name))));
    let issuer = index("issuer").and_then(|at| manifest.issuers.members.get(at));
    said.extend(issuer.map(|found| ("issuer", text(&found.name))));
    let style = index("style").and_then(|at| manifest.styles.get(at));
    said.extend(style.map(|found| ("style", text(&found.name))));
    let contest = index("contest").and_then(|at| manifest.contests.get(at));
    said.extend(contest.map(|found| ("contest", text(&found.id))));
    said
}

/// The officers whose signatures stand under an act or manifest; whether they
/// verify is the audit's business.
fn signed_by(entry: &Entry, manifest: &Manifest) -> Option<(&'static str, Shown)> {
    let signatures = match entry {
        Entry::Manifest(_, signatures) => signatures,
        other => &other.act()?.signatures,
    };
    let name = |signature: &OfficerSignature| {
        let officer = manifest.officers.members.get(signature.officer as usize);
        officer.map_or(Shown::Nothing, |officer| text(&officer.name))
    };
    Some(("officers", Shown::List(signatures.iter().map(name).collect())))
}

/// The ids of the winning projects.
fn winners(result: &ContestResult, manifest: &Manifest) -> Option<(&'static str, Shown)> {
    let contest = manifest.contests.get(result.contest as usize)?;
    let winners = result.winners.as_ref()?.iter().map(|&winner| {
        let project = contest.projects.get(winner as usize);
        project.map_or(Shown::Nothing, |project| text(&project.id))
    });
    Some(("winners", Shown::List(winners.collect())))
}

/// A ballot's style, contests, tracker, issuers, and the sizes of its parts.
fn ballot(ballot: &BallotEntry, within: Option<Within<'_>>) -> Said {
    let size = |length: usize| Shown::Number(length as i128);
    let manifest = within.map(|within| within.manifest);
    let mut said = Vec::new();
    if let Some(style) = manifest.and_then(|manifest| manifest.styles.get(ballot.style as usize)) {
        said.push(("style", text(&style.name)));
    }
    if let (Some(manifest), Some(style)) = (
        manifest,
        manifest.and_then(|manifest| manifest.styles.get(ballot.style as usize)),
    ) {
        let ids = style.contests.iter().map(|&contest| {
            let contest = manifest.contests.get(contest as usize);
            contest.map_or(Shown::Nothing, |contest| text(&contest.id))
        });
        said.push(("contests", Shown::List(ids.collect())));
    }
    if let Some(within) = within {
        let tracker = Tracker::of(within.id, ballot);
        said.push(("tracker", Shown::hex(tracker.as_bytes())));
    }
    let tokens = ballot.tokens.iter().enumerate().map(|(at, token)| {
        let issuer = manifest.and_then(|manifest| manifest.issuers.members.get(at));
        Shown::Fields(vec![
            (
                "issuer",
                issuer.map_or(Shown::Nothing, |issuer| text(&issuer.name)),
            ),
            ("bytes", size(token.len())),
        ])
    });
    said.push(("tokens", Shown::List(tokens.collect())));
    said.push(("cells", size(ballot.cells.len() / CELL_LENGTH)));
    said.push(("range-proof-bytes", size(ballot.range_proof.len())));
    said.push(("link-proof-bytes", size(ballot.link_proof.len())));
    said
}
