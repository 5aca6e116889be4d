//! Reading a whole ledger through an audit.

use voting_core::hash::Hash;
use voting_core::ledger::{bundle_path, parse_bundle};

use super::source::{Source, SourceError, unpacked};
use crate::audit::Audit;
use crate::count::Recall;
use crate::verdict::Verdict;

/// Entries in a full bundle (C2SP tlog-tiles).
const WIDTH: u64 = 256;

/// Why a ledger could not be audited at all.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// A file is missing or unreadable.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The checkpoint is no checkpoint.
    #[error("checkpoint: this is not a C2SP tlog-checkpoint (origin, size and root on three lines)")]
    Checkpoint,
    /// A bundle ends early or is no bundle.
    #[error(
        "{path}: expected {expected} entries, found {found}; the file is truncated or damaged. Fetch it again"
    )]
    Bundle {
        /// Path of the bundle.
        path: String,
        /// Entries it must have.
        expected: u64,
        /// Entries it has.
        found: u64,
    },
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
    let mut ledger = Bundles {
        source,
        size,
        latest: None,
    };
    for index in 0..size {
        let entry = ledger.get(index)?;
        audit.entry(&entry, &mut ledger);
        if (index + 1) % WIDTH == 0 || index + 1 == size {
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
fn announced_size(checkpoint: &[u8]) -> Option<u64> {
    let text = core::str::from_utf8(checkpoint).ok()?;
    let mut lines = text.lines();
    let size = lines.nth(1)?;
    let canonical = !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_digit());
    lines.next()?;
    if canonical { size.parse().ok() } else { None }
}

/// Hands the audit every sealed content file that is at hand. One that is
/// missing is the audit's business, not an error.
fn content(audit: &mut Audit, source: &mut Source) -> Result<(), AuditError> {
    let names: Vec<String> = audit
        .manifest()
        .map(|manifest| manifest.content.iter().map(|file| file.name.clone()).collect())
        .unwrap_or_default();
    for name in names {
        match source.read(&format!("content/{name}")) {
            Ok(bytes) => audit.content(&name, &bytes),
            Err(SourceError::Missing { .. } | SourceError::TooLarge { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// A ledger's entry bundles, the latest one in memory.
struct Bundles<'a> {
    source: &'a mut Source,
    size: u64,
    latest: Option<(u64, Vec<Vec<u8>>)>,
}

impl Bundles<'_> {
    fn get(&mut self, index: u64) -> Result<Vec<u8>, AuditError> {
        let (bundle, place) = (index / WIDTH, (index % WIDTH) as usize);
        if let Some((latest, entries)) = &self.latest
            && *latest == bundle
        {
            return Ok(entries[place].clone());
        }
        let entries = self.read(bundle)?;
        let entry = entries[place].clone();
        self.latest = Some((bundle, entries));
        Ok(entry)
    }

    /// All entries of a bundle that belong to the audited size. A partial
    /// bundle may have been replaced by a longer one since.
    fn read(&mut self, bundle: u64) -> Result<Vec<Vec<u8>>, AuditError> {
        let expected = (self.size - bundle * WIDTH).min(WIDTH);
        let path = bundle_path(bundle, if expected < WIDTH { expected as u32 } else { 0 });
        let full = bundle_path(bundle, 0);
        let bytes = match self.source.read_immutable(&path) {
            Err(SourceError::Missing { .. }) if expected < WIDTH => {
                // The longer bundle may be there; the error names the shorter.
                self.source
                    .read_immutable(&full)
                    .or_else(|_| self.source.read_immutable(&path))?
            }
            other => other?,
        };
        let mut entries = parse(&bytes, &path)?;
        if (entries.len() as u64) < expected {
            return Err(AuditError::Bundle {
                path,
                expected,
                found: entries.len() as u64,
            });
        }
        entries.truncate(expected as usize);
        Ok(entries)
    }
}

/// Parses a bundle as it is, and unpacked if only that makes sense of it.
fn parse(bytes: &[u8], path: &str) -> Result<Vec<Vec<u8>>, AuditError> {
    let damaged = || AuditError::Bundle {
        path: path.to_owned(),
        expected: WIDTH,
        found: 0,
    };
    if let Ok(entries) = parse_bundle(bytes) {
        return Ok(entries.into_iter().map(Into::into).collect());
    }
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(damaged());
    }
    let unpacked = unpacked(bytes, path).map_err(|_| damaged())?;
    let entries = parse_bundle(&unpacked).map_err(|_| damaged())?;
    Ok(entries.into_iter().map(Into::into).collect())
}

impl Recall for Bundles<'_> {
    fn entry(&mut self, index: u64) -> Option<Vec<u8>> {
        // Keeps the bundle that is being read: a replaced ballot is far back.
        let latest = self.latest.take();
        let entry = (index < self.size)
            .then(|| self.read(index / WIDTH).ok())
            .flatten();
        self.latest = latest;
        entry?.into_iter().nth((index % WIDTH) as usize)
    }
}
