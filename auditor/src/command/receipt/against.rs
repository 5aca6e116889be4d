//! A receipt against the ledger as it is now: kept, dropped, or rewritten.

use voting_core::ledger::{Checkpoint, KeptReceipt, TilePlace, leaf_hash};

use super::{Report, closed};
use crate::command::bundles::{self, bundle, tile};
use crate::command::failure::Failure;
use crate::command::node::text;
use crate::command::poll::Poll;
use crate::command::source::{Source, SourceError};
use crate::evidence::{Contradiction, Evidence};
use crate::relation::{Past, Place, past, place, tiles_for_past, tiles_for_place};

/// A receipt held against the ledger as a source has it.
pub(super) struct Against<'a> {
    pub(super) poll: &'a Poll,
    pub(super) receipt: &'a KeptReceipt,
    /// The entry's bytes, where they are a ballot's and at hand.
    pub(super) ballot: Option<&'a [u8]>,
    /// The receipt's head.
    pub(super) signed: &'a Checkpoint,
    /// The ledger's present checkpoint as signed.
    pub(super) note: &'a [u8],
    pub(super) present: &'a Checkpoint,
}

impl Against<'_> {
    /// Compares in the order of specs/10-audit.md §9; what speaks for the
    /// ledger is added to the report.
    pub(super) fn check(&self, source: &Source, report: &mut Report) -> Result<(), Failure> {
        let (index, size) = (self.receipt.receipt.index, self.present.size);
        if index >= size {
            return Err(self.ends_before(source, report)?);
        }
        self.manifest(source)?;
        self.leaf(source, report)?;
        if self.signed.size > size {
            report.ledger = Some("older");
            return Err(Failure::Cannot(format!(
                "your entry stands in this copy, but the copy has {size} entries and your receipt was signed over {}: it is older than your receipt, or the ledger was rolled back. Ask another mirror",
                self.signed.size
            )));
        }
        self.past(source, report)?;
        self.bytes(source)?;
        report.ledger = Some("kept");
        report.proves.push(format!(
            "the ledger as it is now, {size} entries, goes on from what it signed then, and still has your entry there"
        ));
        Ok(())
    }

    /// The copy ends before the entry. If its poll is closed, a ballot is gone
    /// for good; otherwise the copy may be old.
    fn ends_before(&self, source: &Source, report: &mut Report) -> Result<Failure, Failure> {
        let (index, size) = (self.receipt.receipt.index, self.present.size);
        report.ledger = Some("older");
        let Some(close) = closed::find(source, self.present)? else {
            return Ok(Failure::Cannot(format!(
                "this copy ends with {size} entries, before your entry {index}, although the ledger has signed {}. It is older than your receipt, or the ledger was rolled back: ask another mirror, and keep the receipt, which is the proof",
                self.signed.size
            )));
        };
        let Some(ballot) = self.ballot else {
            return Ok(Failure::Cannot(format!(
                "this copy ends with {size} entries, before your entry {index}, and its poll was closed at entry {}. If yours was a ballot, it was dropped: give its bytes with --ballot FILE to prove it",
                close.index
            )));
        };
        report.ledger = Some("dropped");
        let proof = Contradiction::DroppedAtClose {
            receipt: self.receipt.to_string(),
            ballot: hex::encode(ballot),
            checkpoint: text(self.note),
            close: hex::encode(&close.entry),
            close_index: close.index,
            proof: close.proof.iter().map(hex::encode).collect(),
        };
        let says = format!(
            "the ledger signed for your ballot at index {index}, and has closed the poll at entry {} without it",
            close.index
        );
        Ok(self.proven(proof, says))
    }

    /// Entry 0, from which the key was taken, stands under the signed head.
    fn manifest(&self, source: &Source) -> Result<(), Failure> {
        let tiles = bundles::tiles(source, &tiles_for_place(0, self.present.size))?;
        match place(&tiles, &leaf_hash(&self.poll.entry), 0, self.present) {
            Some(Place::Held) => Ok(()),
            _ => Err(unproven()),
        }
    }

    fn leaf(&self, source: &Source, report: &mut Report) -> Result<(), Failure> {
        let index = self.receipt.receipt.index;
        let tiles = bundles::tiles(source, &tiles_for_place(index, self.present.size))?;
        match place(&tiles, &self.receipt.leaf, index, self.present).ok_or_else(unproven)? {
            Place::Held => Ok(()),
            Place::Taken { leaf, proof } => {
                report.ledger = Some("dropped");
                Err(self.proven(
                    Contradiction::Dropped {
                        receipt: self.receipt.to_string(),
                        checkpoint: text(self.note),
                        other_leaf: hex::encode(leaf),
                        proof: proof.iter().map(hex::encode).collect(),
                    },
                    format!(
                        "the ledger signed for an entry at index {index}, and has another one there in its signed head of {} entries",
                        self.present.size
                    ),
                ))
            }
        }
    }

    fn past(&self, source: &Source, report: &mut Report) -> Result<(), Failure> {
        let (older, newer) = (self.signed, self.present);
        let tiles = bundles::tiles(source, &tiles_for_past(older.size, newer.size))?;
        match past(&tiles, older, newer).ok_or_else(unproven)? {
            Past::Continues => Ok(()),
            Past::Rewritten { root, proof } => {
                report.ledger = Some("rewritten");
                let bears = self.receipt.receipt.checkpoint.clone();
                Err(self.proven(
                    Contradiction::fork(bears, text(self.note), &root, &proof),
                    format!(
                        "your entry is still there, but the ledger has changed others since: its signed head of {} entries does not go on from the one of {} that your receipt bears",
                        newer.size, older.size
                    ),
                ))
            }
        }
    }

    /// The entry itself, in a bundle of 256: who watches does not learn which.
    fn bytes(&self, source: &Source) -> Result<(), Failure> {
        let index = self.receipt.receipt.index;
        let place = TilePlace::entries_at(index / 256, self.present.size).ok_or_else(unproven)?;
        let (_, bytes) = tile(place, |path| source.read(path)).map_err(|error| match error {
            SourceError::Missing { place } => Failure::Cannot(format!(
                "the ledger still commits to your entry, but this copy does not have its bytes: {place} is missing"
            )),
            other => other.into(),
        })?;
        let entries = bundle(place, &bytes)?;
        match entries.get((index % 256) as usize) {
            Some(entry) if leaf_hash(entry) == self.receipt.leaf => Ok(()),
            _ => Err(Failure::alarm(
                "the ledger still commits to your entry, but this copy has other bytes in its place",
            )),
        }
    }

    fn proven(&self, proof: Contradiction, says: String) -> Failure {
        Failure::proven(Evidence::new(
            &self.poll.trust,
            Some(&self.poll.entry),
            proof,
            says,
        ))
    }
}

pub(super) fn unproven() -> Failure {
    Failure::cannot(
        "the hashes that this address serves do not lead to the root of its own signed head, so nothing can be told from them: ask another mirror",
    )
}
