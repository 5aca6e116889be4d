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

/// The short form that precedes every audit: all vectors, and the reference
/// implementation on one fresh statement of a size that chance picks.
pub fn quick() -> Result<Vec<Agreement>, Disagreement> {
    let place = rand::random::<u32>() as usize % range::BITS.len();
    run(1, &range::BITS[place..=place], &[1])
}

/// Everything.
pub fn full() -> Result<Vec<Agreement>, Disagreement> {
    run(4, &range::BITS, &[1, 2, 4, 8])
}

fn run(rounds: usize, bits: &[usize], aggregated: &[usize]) -> Result<Vec<Agreement>, Disagreement> {
    let mut rng = ChaCha20Rng::from_seed(rand::random());
    let mut agreements = vectors::all()?;
    agreements.push(range::compare(rounds, bits, aggregated, &mut rng)?);
    Ok(agreements)
}
