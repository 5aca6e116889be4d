//! How a command ends other than well: with an alarm, or without an answer.

use std::path::{Path, PathBuf};

use super::bundles::{BundleError, DamagedBundle};
use super::source::SourceError;
use crate::evidence::Evidence;

/// Why a command stops.
#[derive(Debug)]
pub(super) enum Failure {
    /// Something is wrong with the ledger, or with whoever serves it.
    Alarm(Box<Alarm>),
    /// Nothing can be said: unreachable, unreadable, not enough at hand.
    Cannot(String),
}

/// Something wrong, and the proof of it where there is one.
#[derive(Debug)]
pub(super) struct Alarm {
    /// What is wrong, for people.
    pub(super) says: String,
    /// What convinces others.
    pub(super) evidence: Option<Evidence>,
}

impl Failure {
    /// An alarm that nobody else can be convinced of by a file.
    pub(super) fn alarm(says: impl Into<String>) -> Self {
        let says = says.into();
        Self::Alarm(Box::new(Alarm { says, evidence: None }))
    }

    /// An alarm with its proof, which says it too.
    pub(super) fn proven(evidence: Evidence) -> Self {
        Self::Alarm(Box::new(Alarm {
            says: evidence.says.clone(),
            evidence: Some(evidence),
        }))
    }

    /// Nothing can be said.
    pub(super) fn cannot(why: impl ToString) -> Self {
        Self::Cannot(why.to_string())
    }
}

impl Alarm {
    /// Writes the proof, if there is one, into a folder; says so if it cannot be written.
    pub(super) fn keep_evidence(&self, folder: &Path) -> Option<PathBuf> {
        keep(self.evidence.as_ref()?, folder)
            .inspect_err(|error| eprintln!("auditor: the evidence cannot be written: {error}"))
            .ok()
    }
}

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        Self::cannot(error)
    }
}

impl From<BundleError> for Failure {
    fn from(error: BundleError) -> Self {
        Self::cannot(error)
    }
}

impl From<DamagedBundle> for Failure {
    fn from(error: DamagedBundle) -> Self {
        Self::cannot(error)
    }
}

/// Writes evidence into a folder, under a name that tells it from others.
pub(super) fn keep(evidence: &Evidence, folder: &Path) -> std::io::Result<PathBuf> {
    use sha2::{Digest, Sha256};
    let mut file = serde_json::to_string_pretty(evidence)?;
    file.push('\n');
    let digest = hex::encode(Sha256::digest(&file));
    let path = folder.join(format!("evidence-{}.json", &digest[..12]));
    std::fs::create_dir_all(folder)?;
    journal::write_whole(&path, file.as_bytes(), 0o644)?;
    Ok(path)
}
