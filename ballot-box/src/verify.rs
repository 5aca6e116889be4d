//! The proofs of many ballots, on all cores.

use voting_core::ballot::{BallotContext, VerifiedBallot, Verifier};
use voting_core::entry::BallotEntry;

use crate::problem::Refusal;

/// Verifies ballots; one result each, in their order. `verifiers` are those of
/// the styles, by index.
pub fn verify(
    verifiers: &[Verifier<BallotContext>],
    ballots: &[&BallotEntry],
) -> Vec<Result<VerifiedBallot, Refusal>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = ballots.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = ballots
            .chunks(share)
            .map(|part| (part.len(), scope.spawn(move || verify_part(verifiers, part))))
            .collect();
        parts
            .into_iter()
            .flat_map(|(length, part)| {
                part.join()
                    .unwrap_or_else(|_| vec![Err(Refusal::Stopped); length])
            })
            .collect()
    })
}

fn verify_part(
    verifiers: &[Verifier<BallotContext>],
    ballots: &[&BallotEntry],
) -> Vec<Result<VerifiedBallot, Refusal>> {
    let unknown =
        |ballot: &&BallotEntry| Err(Refusal::Invalid(format!("there is no style {}", ballot.style)));
    let mut results: Vec<_> = ballots.iter().map(unknown).collect();
    for (style, verifier) in (0..).zip(verifiers) {
        let places: Vec<usize> = (0..ballots.len())
            .filter(|&place| ballots[place].style == style)
            .collect();
        let same: Vec<&BallotEntry> = places.iter().map(|&place| ballots[place]).collect();
        // The weights are fresh: the generator is the system's.
        let verified = verifier.verify_batch(&same, &mut rand::rng());
        for (place, result) in places.into_iter().zip(verified) {
            results[place] = result.map_err(|error| Refusal::Invalid(error.to_string()));
        }
    }
    results
}
