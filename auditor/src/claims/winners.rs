//! The winners follow from the totals by the rule sealed in the manifest.

use voting_core::lifecycle::Phase;
use voting_core::outcome::{Outcome, outcome};

use super::{About, End, Observer};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "winners",
    title: "The winners follow from the totals by the sealed rule",
    chapter: Chapter::Outcome,
    clause: "specs/10-audit.md §3.18",
};

/// Recomputes the winners of every contest from its published totals.
#[derive(Default)]
pub(crate) struct WinnersFollow;

impl Observer for WinnersFollow {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let mut findings = Findings::default();
        // How many ballots a contest has decides whether it is decrypted.
        if let Some(why) = end.count.lost() {
            return (findings, Standing::missing(why));
        }
        let mut missing = Vec::new();
        for contest in end.decrypted() {
            let Some((index, result)) = end.opening.result_of(contest) else {
                missing.push(format!("contest {contest} has no result yet"));
                continue;
            };
            let at = |field: &str| {
                ABOUT.finding(
                    Some(index),
                    format!("result of contest {contest}: {field}"),
                    Fault::BallotBox,
                )
            };
            let found = match &result.winners {
                Some(winners) => format!("{winners:?}"),
                None => "no winners".to_owned(),
            };
            match expected(end, contest, &result.totals) {
                Err(why) => findings.push(at("totals").differs("totals that the ballots can add up to", why)),
                Ok(expected) if expected != result.winners => {
                    let expected = expected.map_or("no winners".to_owned(), |winners| format!("{winners:?}"));
                    findings.push(at("winners").differs(expected, found));
                }
                Ok(_) => {}
            }
        }
        let standing = if end.lifecycle.phase() < Phase::Tallied {
            Standing::to_come("there is no result yet")
        } else if missing.is_empty() {
            Standing::held(format!("recomputed{}", end.small_groups()))
        } else {
            Standing::to_come(missing.join(", "))
        };
        (findings, standing)
    }
}

/// The winners by the sealed rule, as a `result` entry states them.
fn expected(end: &End<'_>, contest: u32, totals: &[u64]) -> Result<Option<Vec<u32>>, String> {
    let election = end.lifecycle.election();
    let sealed = election
        .manifest
        .contests
        .get(contest as usize)
        .ok_or("the contest does not exist")?;
    let ballots = end.count.counted_in(election, contest);
    let totals = sealed
        .totals(totals, ballots)
        .map_err(|error| error.to_string())?;
    Ok(match outcome(sealed, &totals, end.lifecycle.closing().lot()) {
        Outcome::Winners(winners) => Some(winners),
        Outcome::Open { .. } => None,
    })
}
