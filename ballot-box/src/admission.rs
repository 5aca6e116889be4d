//! Admission: proofs and tokens of the ballots of a batch, on all cores.

use voting_core::ballot::{BallotContext, VerifiedBallot, verify_batch};
use voting_core::entry::BallotEntry;
use voting_core::lifecycle::Election;
use voting_core::token::{RsaTokenVerifier, TokenVerifier};

use crate::problem::Refusal;

/// Verifies ballots, one result each, in their order.
pub fn verify(election: &Election, ballots: &[&BallotEntry]) -> Vec<Result<VerifiedBallot, Refusal>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = ballots.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = ballots
            .chunks(share)
            .map(|part| scope.spawn(move || verify_part(election, part)))
            .collect();
        parts
            .into_iter()
            .zip(ballots.chunks(share))
            .flat_map(|(part, ballots)| {
                part.join()
                    .unwrap_or_else(|_| vec![Err(Refusal::Stopped); ballots.len()])
            })
            .collect()
    })
}

fn verify_part(election: &Election, ballots: &[&BallotEntry]) -> Vec<Result<VerifiedBallot, Refusal>> {
    let mut results: Vec<_> = ballots
        .iter()
        .map(|_| Err(Refusal::Invalid("unknown style".to_string())))
        .collect();
    for style in 0..election.manifest.styles.len() as u32 {
        let Some(context) = election.ballot_context(style) else {
            continue;
        };
        let of_style = |ballot: &&BallotEntry| ballot.style == style;
        let places: Vec<usize> = (0..ballots.len())
            .filter(|&place| of_style(&ballots[place]))
            .collect();
        let same: Vec<&BallotEntry> = places.iter().map(|&place| ballots[place]).collect();
        // The weights are fresh: the generator is the system's.
        let verified = verify_batch(&context, &same, &mut rand::rng());
        for ((place, ballot), result) in places.into_iter().zip(same).zip(verified) {
            results[place] = match result {
                Ok(verified) => check_tokens(election, &context, ballot).map(|()| verified),
                Err(error) => Err(Refusal::Invalid(error.to_string())),
            };
        }
    }
    results
}

fn check_tokens(election: &Election, context: &BallotContext, ballot: &BallotEntry) -> Result<(), Refusal> {
    if ballot.tokens.len() != context.issuers {
        return Err(Refusal::Invalid(format!(
            "{} tokens, not {}",
            ballot.tokens.len(),
            context.issuers
        )));
    }
    for (issuer, token) in (0u32..).zip(&ballot.tokens) {
        let key = election.issuer_keys.get(&(issuer, ballot.style));
        let key = key.ok_or_else(|| Refusal::Invalid(format!("issuer {issuer} has no key")))?;
        let checked = RsaTokenVerifier.verify(key, &ballot.credential, token);
        checked.map_err(|error| Refusal::Invalid(format!("the token of issuer {issuer}: {error}")))?;
    }
    Ok(())
}
