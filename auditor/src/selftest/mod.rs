//! The verifier under test, before it judges anybody (specs/10-audit.md §7).

mod range;
mod define_vectors;
mod election_vectors;
mod key_vectors;
mod ledger_vectors;
mod vectors;

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

/// Something this build of the verifier gets wrong.
#[derive(Debug, thiserror::Error)]
#[error("{what}: {why}")]
pub struct Disagreement {
    /// What was compared.
    pub what: String,
    /// How the answers differ.
    pub why: String,
}

/// A group of cases on which all answers agreed.
#[derive(Debug)]
pub struct Agreement {
    /// What was compared.
    pub what: String,
    /// How many cases.
    pub cases: usize,
}

/// The short form that precedes every audit: all vectors that are cheap, and
/// the reference implementation on one fresh statement of each size.
pub fn quick() -> Result<Vec<Agreement>, Disagreement> {
    run(1, &[1])
}

/// Everything.
pub fn full() -> Result<Vec<Agreement>, Disagreement> {
    run(4, &[1, 2, 4, 8])
}

fn run(rounds: usize, aggregated: &[usize]) -> Result<Vec<Agreement>, Disagreement> {
    let mut rng = ChaCha20Rng::from_seed(rand::random());
    let mut agreements = vectors::all()?;
    agreements.push(range::compare(rounds, aggregated, &mut rng)?);
    Ok(agreements)
}
