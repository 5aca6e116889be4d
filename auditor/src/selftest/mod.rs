//! The verifier under test, before it judges anybody (specs/10-audit.md §7).

mod define_vectors;
mod election_vectors;
mod key_vectors;
mod ledger_vectors;
#[cfg(feature = "command")]
mod range;
mod vectors;

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

/// All frozen vectors, on this build.
pub fn vectors() -> Result<Vec<Agreement>, Disagreement> {
    vectors::all()
}

/// The short form that precedes every audit: all vectors, and the reference
/// implementation on one fresh statement of a size that chance picks.
#[cfg(feature = "command")]
pub fn quick() -> Result<Vec<Agreement>, Disagreement> {
    let place = rand::random::<u32>() as usize % range::BITS.len();
    run(1, &range::BITS[place..=place], &[1])
}

/// Everything.
#[cfg(feature = "command")]
pub fn full() -> Result<Vec<Agreement>, Disagreement> {
    run(4, &range::BITS, &[1, 2, 4, 8])
}

#[cfg(feature = "command")]
fn run(rounds: usize, bits: &[usize], aggregated: &[usize]) -> Result<Vec<Agreement>, Disagreement> {
    use rand_core::SeedableRng;
    let mut rng = rand_chacha::ChaCha20Rng::from_seed(rand::random());
    let mut agreements = vectors::all()?;
    agreements.push(range::compare(rounds, bits, aggregated, &mut rng)?);
    Ok(agreements)
}
