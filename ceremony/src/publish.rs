//! From shares to the result: combine, find the totals, apply the sealed rule
//! (specs/08-decrypt.md §4, specs/09-outcome.md). Needs no secret: anybody may.

use voting_core::decrypt::{VerifiedShare, bounded_logarithms, combine, verify_share};
use voting_core::entry::{ContestResult, Entry};
use voting_core::outcome::{Outcome, outcome};
use voting_core::tally::Sums;

use crate::decrypt::published_sums;
use crate::{CeremonyFault, Record};

/// What became of a contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    /// Its result, to be handed in.
    Result(ContestResult),
    /// Its result is on the ledger already.
    AlreadyThere,
    /// Too few ballots: nobody decrypts it.
    SmallGroup,
    /// Not enough proven shares, or the lot is not drawn; says what is missing.
    Waiting(String),
}

/// The shares of a contest that hold, and the trustees whose shares do not
/// (attack D8).
#[derive(Debug, Clone, Default)]
pub struct Shares {
    /// Proven shares.
    pub proven: Vec<VerifiedShare>,
    /// Trustees whose share is wrong, and why.
    pub culprits: Vec<(u32, String)>,
}

/// The result of a contest as the record gives it.
pub fn result(record: &Record, contest: u32) -> Result<(Published, Shares), CeremonyFault> {
    let election = record.election();
    let closing = record.lifecycle.closing();
    let Some(sealed) = election.manifest.contests.get(contest as usize) else {
        return Err(CeremonyFault::NotNow(format!(
            "the manifest has no contest {contest}"
        )));
    };
    let Some(ballots) = closing.counted(contest) else {
        return Ok((
            Published::Waiting("its sums are not published yet".to_owned()),
            Shares::default(),
        ));
    };
    if ballots < u64::from(election.manifest.smallest_group) {
        return Ok((Published::SmallGroup, Shares::default()));
    }
    let sums = published_sums(record, contest)?;
    let shares = shares(record, contest, &sums);
    if closing.has_result(contest) {
        return Ok((Published::AlreadyThere, shares));
    }
    let threshold = election.manifest.trustees.threshold;
    if shares.proven.len() < threshold as usize {
        let why = format!(
            "{} of {threshold} needed decryption shares are there",
            shares.proven.len()
        );
        return Ok((Published::Waiting(why), shares));
    }
    let fault = |why: String| CeremonyFault::Opening {
        contest: sealed.id.clone(),
        why,
    };
    let points = combine(threshold, &sums, &shares.proven).map_err(|why| fault(why.to_string()))?;
    let largest = (0..points.len())
        .map(|cell| sealed.largest_total(cell, ballots))
        .max()
        .unwrap_or(0);
    let cells = bounded_logarithms(&points, largest).map_err(|why| fault(why.to_string()))?;
    let totals = sealed
        .totals(&cells, ballots)
        .map_err(|why| fault(why.to_string()))?;
    let winners = match outcome(sealed, &totals, closing.lot()) {
        Outcome::Winners(winners) => Some(winners),
        Outcome::Open { .. } => None,
    };
    Ok((
        Published::Result(ContestResult {
            contest,
            totals: cells,
            winners,
        }),
        shares,
    ))
}

/// Verifies every share of a contest on the ledger.
fn shares(record: &Record, contest: u32, sums: &Sums) -> Shares {
    let mut shares = Shares::default();
    let election = record.election();
    let Some(keys) = &election.keys else { return shares };
    for (_, entry) in record.decoded() {
        let Entry::DecryptionShare(signed) = entry else {
            continue;
        };
        let share = &signed.body;
        let Some(share_key) = keys.public.shares.get(share.trustee as usize) else {
            continue;
        };
        if share.contest != contest {
            continue;
        }
        match verify_share(&election.id, &keys.public.joint, share_key, sums, share) {
            Ok(proven) => shares.proven.push(proven),
            Err(fault) => shares.culprits.push((share.trustee, fault.to_string())),
        }
    }
    shares
}

/// The entry of a result.
pub fn entry(result: ContestResult) -> Entry {
    Entry::Result(result)
}
