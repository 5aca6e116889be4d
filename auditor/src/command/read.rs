//! Reading a whole ledger through an audit.

use voting_core::hash::Hash;
use voting_core::ledger::BUNDLE_WIDTH;

use super::bundles::{BundleError, Bundles};
use super::source::{Source, SourceError};
use crate::audit::Audit;
use crate::verdict::Verdict;

/// Why a ledger could not be audited at all.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// A file is missing or unreadable.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The checkpoint is no checkpoint.
    #[error("checkpoint: this is not a C2SP tlog-checkpoint (origin, size and root on three lines)")]
    Checkpoint,
    /// A bundle is missing, unreadable or damaged.
    #[error(transparent)]
    Bundle(BundleError),
}

impl From<BundleError> for AuditError {
    fn from(error: BundleError) -> Self {
        match error {
            BundleError::Source(error) => Self::Source(error),
            damaged => Self::Bundle(damaged),
        }
    }
}

/// How far an audit has come.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Entries verified.
    pub entries: u64,
    /// Entries of the ledger.
    pub of: u64,
}

/// Audits the ledger of a source.
///
/// `expected` is the election id known from elsewhere, `kept` are checkpoints
/// from earlier visits.
pub fn audit(
    source: &mut Source,
    expected: Option<Hash>,
    kept: &[Vec<u8>],
    on_step: &mut dyn FnMut(Step),
) -> Result<Verdict, AuditError> {
    let checkpoint = source.read("checkpoint")?;
    let size = announced_size(&checkpoint).ok_or(AuditError::Checkpoint)?;
    let mut audit = Audit::begin(expected, rand::random());
    let mut ledger = Bundles::new(source, size);
    for index in 0..size {
        let entry = ledger.get(index)?;
        audit.entry(&entry, &mut ledger);
        if (index + 1) % BUNDLE_WIDTH == 0 || index + 1 == size {
            on_step(Step {
                entries: index + 1,
                of: size,
            });
        }
    }
    content(&mut audit, ledger.source)?;
    let mut checkpoints: Vec<&[u8]> = kept.iter().map(Vec::as_slice).collect();
    checkpoints.push(&checkpoint);
    Ok(audit.finish(&checkpoints, &mut ledger))
}

/// The size a checkpoint announces. It decides only how much is read: whether
/// the checkpoint is genuine is a claim of the audit.
pub(super) fn announced_size(checkpoint: &[u8]) -> Option<u64> {
    let text = core::str::from_utf8(checkpoint).ok()?;
    let mut lines = text.lines();
    let size = lines.nth(1)?;
    let canonical = !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_digit());
    lines.next()?;
    if canonical { size.parse().ok() } else { None }
}

/// Hands the audit every sealed content file that is at hand. One that is
/// missing is the audit's business, not an error.
pub(super) fn content(audit: &mut Audit, source: &mut Source) -> Result<(), SourceError> {
    let names: Vec<String> = audit
        .manifest()
        .map(|manifest| manifest.content.iter().map(|file| file.name.clone()).collect())
        .unwrap_or_default();
    for name in names {
        match source.read(&format!("content/{name}")) {
            Ok(bytes) => audit.content(&name, &bytes),
            Err(SourceError::Missing { .. } | SourceError::TooLarge { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
