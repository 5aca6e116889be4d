//! Reading a whole ledger through an audit.

use std::sync::mpsc::{Receiver, sync_channel};

use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, SignedNote, TilePlace};

use super::bundles::{BundleError, Bundles, prepared};
use super::register::Spilling;
use super::source::{Source, SourceError};
use crate::audit::Audit;
pub(super) use crate::checkpoint::announced_size;
use crate::prepared::Prepared;
use crate::verdict::{Overall, Verdict};

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

/// Bundles that are asked for at once over a network.
const DOWNLOADS: usize = 2;

/// Audits the ledger of a source.
///
/// `expected` is the election id known from elsewhere, `kept` are checkpoints
/// from earlier visits. Where a source has kept files of an earlier run and
/// they do not lead to the announced root, they are dropped, and the ledger is
/// fetched and audited once more.
pub fn audit(
    source: &mut Source,
    expected: Option<Hash>,
    kept: &[Vec<u8>],
    on_step: &mut dyn FnMut(Step),
) -> Result<Verdict, AuditError> {
    let (mut verdict, mut right) = audit_once(source, expected, kept, on_step)?;
    if !right && source.forget_earlier() {
        (verdict, right) = audit_once(source, expected, kept, on_step)?;
    }
    if right && verdict.overall() == Overall::Held {
        source.finished();
    }
    Ok(verdict)
}

/// The verdict, and whether the entries lead to the announced root.
fn audit_once(
    source: &Source,
    expected: Option<Hash>,
    kept: &[Vec<u8>],
    on_step: &mut dyn FnMut(Step),
) -> Result<(Verdict, bool), AuditError> {
    let checkpoint = source.read("checkpoint")?;
    let size = announced_size(&checkpoint).ok_or(AuditError::Checkpoint)?;
    let mut audit = begin(expected);
    let mut recall = Bundles::new(source, size);
    read_ahead(source, size, |entries| {
        for entry in entries {
            audit.prepared(entry, &mut recall);
        }
        on_step(Step {
            entries: audit.size(),
            of: size,
        });
    })?;
    content(&mut audit, source)?;
    let mut checkpoints: Vec<&[u8]> = kept.iter().map(Vec::as_slice).collect();
    checkpoints.push(&checkpoint);
    let verdict = audit.verdict(&checkpoints, &mut recall);
    let announced = SignedNote::parse(&checkpoint).ok();
    let announced = announced.and_then(|note| Checkpoint::parse(note.text()).ok());
    let root = verdict.figures.as_ref().map(|figures| figures.root);
    let right = root.is_some() && root == announced.map(|head| head.root);
    Ok((verdict, right))
}

/// An audit whose memory does not grow with the number of voters.
pub(super) fn begin(expected: Option<Hash>) -> Audit {
    Audit::with_register(expected, rand::random(), Box::<Spilling>::default())
}

/// Reads all bundles, hashes and decodes their entries, each while those
/// before are being audited; hands them over in their order.
fn read_ahead(source: &Source, size: u64, mut take: impl FnMut(Vec<Prepared>)) -> Result<(), AuditError> {
    let readers = if source.is_remote() { DOWNLOADS } else { 1 };
    std::thread::scope(|scope| {
        let read = |reader: usize| {
            let (ready, bundles) = sync_channel(1);
            scope.spawn(move || {
                let own = (reader as u64..).step_by(readers);
                for place in own.map_while(|number| TilePlace::entries_at(number, size)) {
                    let bundle = prepared(source, place);
                    // After an error nobody waits for more.
                    let last = bundle.is_err();
                    if ready.send(bundle).is_err() || last {
                        return;
                    }
                }
            });
            bundles
        };
        let bundles: Vec<Receiver<_>> = (0..readers).map(read).collect();
        for bundle in bundles.iter().cycle() {
            match bundle.recv() {
                Ok(entries) => take(entries?),
                // All are read: the first reader that has none left is the next.
                Err(_) => return Ok(()),
            }
        }
        Ok(())
    })
}

/// Hands the audit every sealed content file that is at hand. One that is
/// missing is the audit's business, not an error.
pub(super) fn content(audit: &mut Audit, source: &Source) -> Result<(), SourceError> {
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
