//! The verifier under test, before it judges anybody (specs/10-audit.md §7).

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
    pub cases: String,
}

/// The short form that precedes every audit.
pub fn quick() -> Result<Vec<Agreement>, Disagreement> {
    Ok(Vec::new())
}

/// Everything.
pub fn full() -> Result<Vec<Agreement>, Disagreement> {
    Ok(Vec::new())
}
