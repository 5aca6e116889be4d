//! The projects' names, from the sealed content file beside a ledger.

use sha2::{Digest, Sha256};
use voting_core::manifest::Manifest;

use super::source::Source;
use crate::report::{ProjectNames, TEXTS};

/// Names that a report shows beside the projects' identifiers: those of the
/// sealed file. Where it is not at hand there are none, and claim `content` says so.
pub fn project_names(source: &Source, manifest: Option<&Manifest>) -> ProjectNames {
    let sealed = |manifest: &Manifest| {
        let file = manifest.content.iter().find(|file| file.name == TEXTS)?;
        let bytes = source.read(&format!("content/{TEXTS}")).ok()?;
        (Sha256::digest(&bytes).as_slice() == file.sha256.as_slice()).then(|| ProjectNames::read(&bytes))
    };
    manifest.and_then(sealed).unwrap_or_default()
}
