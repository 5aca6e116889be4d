//! Figures and results of the verdict: only what the record proves.

use voting_core::ledger::Trust;
use voting_core::lifecycle::Election;
use voting_core::outcome::{Outcome, outcome};

use crate::claims::{End, checkpoint};
use crate::verdict::{ContestOutcome, Figures, ProjectOutcome, Proven, Turnout, Witnesses};

/// What was audited, in numbers.
pub(crate) fn figures(end: &End<'_>, bytes: u64) -> Figures {
    let election = end.lifecycle.election();
    let turnout = (0..)
        .zip(&election.manifest.styles)
        .map(|(style, sealed)| Turnout {
            style: sealed.name.clone(),
            counted: end.count.counted_of(style),
            roll: election.roll_lines(style),
        });
    Figures {
        election_id: election.id,
        title: election.manifest.title.clone(),
        phase: end.lifecycle.phase().name(),
        entries: end.size,
        bytes,
        root: end.root,
        origin: election.manifest.ledger.origin.clone(),
        signed: end
            .checkpoints
            .iter()
            .any(|checkpoint| checkpoint.size == Some(end.size) && checkpoint.is_the_ledgers()),
        witnesses: witnesses(end),
        ballots: end.count.seen(),
        counted: end.count.counted(),
        replaced: end.count.replaced(),
        turnout: turnout.collect(),
    }
}

fn witnesses(end: &End<'_>) -> Witnesses {
    let policy = match end.trust.as_ref().map(Trust::policy) {
        Ok(Some(policy)) => policy,
        Ok(None) => return Witnesses::None,
        Err(why) => {
            return Witnesses::Unknown {
                because: why.to_string(),
            };
        }
    };
    match checkpoint::witnesses(end) {
        Some(head) => Witnesses::Sealed {
            quorum: head.met,
            cosigned: head.cosigned.clone(),
            not_cosigned: head.missing.clone(),
        },
        None => Witnesses::Sealed {
            quorum: false,
            cosigned: Vec::new(),
            not_cosigned: policy
                .witnesses()
                .iter()
                .map(|witness| witness.name.clone())
                .collect(),
        },
    }
}

/// The result of every contest as far as it is proven.
pub(crate) fn outcomes(end: &End<'_>) -> Vec<ContestOutcome> {
    let election = end.lifecycle.election();
    let contests = (0..).zip(&election.manifest.contests);
    contests
        .map(|(contest, sealed)| ContestOutcome {
            contest: sealed.id.clone(),
            ballots: end.count.counted_in(election, contest),
            standing: proven(end, election, contest),
        })
        .collect()
}

fn proven(end: &End<'_>, election: &Election, contest: u32) -> Proven {
    let unproven = |because: &str| Proven::Unproven {
        because: because.to_owned(),
    };
    if end.lifecycle.closing().tallied_at() == 0 {
        return unproven("the sums are not published yet");
    }
    if let Some(why) = end.count.uncertain() {
        return unproven(&why);
    }
    if end.is_small(contest) {
        return Proven::NotDecrypted {
            smallest_group: election.manifest.smallest_group,
        };
    }
    let Some(result) = end.opening.proven(contest) else {
        return unproven("no published totals are proven to be the plaintexts of the sums");
    };
    let sealed = &election.manifest.contests[contest as usize];
    let ballots = end.count.counted_in(election, contest);
    let totals = match sealed.totals(&result.totals, ballots) {
        Ok(totals) => totals,
        Err(error) => return unproven(&error.to_string()),
    };
    let (winners, winners_reason) = match outcome(sealed, &totals, end.lifecycle.closing().lot()) {
        Outcome::Winners(winners) => (Some(winners), None),
        Outcome::Open { reason } => (None, Some(reason)),
    };
    let won = |project: u32| winners.as_ref().is_some_and(|winners| winners.contains(&project));
    let projects = (0..)
        .zip(sealed.projects.iter().zip(&totals))
        .map(|(index, (project, total))| ProjectOutcome {
            project: project.id.clone(),
            votes: total.votes,
            score: total.score,
            won: won(index),
        });
    let name = |index: &u32| {
        sealed
            .projects
            .get(*index as usize)
            .map(|project| project.id.clone())
    };
    Proven::Totals {
        projects: projects.collect(),
        winners: winners
            .as_ref()
            .map(|winners| winners.iter().filter_map(name).collect()),
        winners_reason,
    }
}
