//! A poll as a source has it: its manifest, and whom to believe about its heads.

use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, Head, PolicyWitness, SignedNote, TilePlace, Trust};
use voting_core::lifecycle::Lifecycle;
use voting_core::manifest::Manifest;

use super::bundles::{bundle, tile};
use super::failure::Failure;
use super::source::{Source, SourceError};
use crate::checkpoint::Witnessed;

/// A poll, from entry 0.
pub(super) struct Poll {
    /// The bytes of entry 0.
    pub(super) entry: Vec<u8>,
    /// The election id.
    pub(super) id: Hash,
    /// What is sealed.
    pub(super) manifest: Manifest,
    /// Whom to believe about heads.
    pub(super) trust: Trust,
}

impl Poll {
    /// Reads entry 0 and the witness policy of a ledger of `size` entries.
    /// Whether entry 0 is the one under the signed head is for the caller.
    pub(super) fn read(source: &Source, size: u64, expected: Option<Hash>) -> Result<Self, Failure> {
        let place = TilePlace::entries_at(0, size).ok_or_else(|| Failure::cannot("the ledger is empty"))?;
        let (_, bytes) = tile(place, |path| source.read(path))?;
        let entries = bundle(place, &bytes)?;
        let entry = entries.into_iter().next().unwrap_or_default();
        let policy = |name: &str| match source.read(&format!("content/{name}")) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(SourceError::Missing { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        };
        Self::of(entry, expected, policy)
    }

    /// The poll of an entry 0; `policy` gives the witness policy by its name.
    pub(super) fn of(
        entry: Vec<u8>,
        expected: Option<Hash>,
        mut policy: impl FnMut(&str) -> Result<Option<Vec<u8>>, Failure>,
    ) -> Result<Self, Failure> {
        let lifecycle = Lifecycle::begin(&entry).map_err(|illegal| {
            Failure::alarm(format!("entry 0 is no coherent signed manifest: {illegal}"))
        })?;
        let election = lifecycle.election();
        if let Some(expected) = expected.filter(|expected| *expected != election.id) {
            return Err(Failure::alarm(format!(
                "this is another election than the one you asked for: expected {}, found {}",
                hex::encode(expected),
                hex::encode(election.id)
            )));
        }
        let manifest = election.manifest.clone();
        let policy = match manifest.policy_file() {
            Some(file) => policy(&file.name)?,
            None => None,
        };
        let trust = Trust::sealed(&manifest, policy.as_deref()).map_err(Failure::cannot)?;
        Ok(Self {
            id: election.id,
            entry,
            manifest,
            trust,
        })
    }

    /// Verifies a checkpoint of this poll's ledger. Bytes that are no
    /// checkpoint at all are a server's failure; one that this ledger has not
    /// signed is an alarm.
    pub(super) fn head(&self, note: &[u8], from: &str) -> Result<Head, Failure> {
        let parsed = SignedNote::parse(note).map(|note| Checkpoint::parse(note.text()).is_ok());
        if parsed != Ok(true) {
            return Err(Failure::Cannot(format!(
                "{from} sent something that is no checkpoint"
            )));
        }
        self.trust.head(note).map_err(|why| {
            Failure::alarm(format!(
                "{from} shows a checkpoint that this election's ledger has not signed: {why}"
            ))
        })
    }

    /// Refuses a head that the sealed witnesses have not cosigned.
    pub(super) fn witnessed(&self, head: &Head) -> Result<(), Failure> {
        if head.is_witnessed() {
            return Ok(());
        }
        Err(Failure::alarm(format!(
            "its head of {} entries lacks the quorum of the sealed witnesses: {}. Others may be shown another one",
            head.checkpoint.size,
            Witnessed::of(&self.trust, head).map_or_else(String::new, |found| found.to_string())
        )))
    }
}

impl Witnessed {
    /// Who has cosigned a verified head; `None` where no witnesses are sealed.
    pub(super) fn of(trust: &Trust, head: &Head) -> Option<Self> {
        let (policy, found) = (trust.policy()?, head.cosignatures.as_ref()?);
        let each = policy.witnesses().iter().zip(&found.each);
        let (cosigned, missing): (Vec<_>, Vec<_>) = each.partition(|(_, cosignature)| cosignature.is_some());
        let names = |some: Vec<(&PolicyWitness, _)>| some.into_iter().map(|one| one.0.name.clone()).collect();
        Some(Self {
            cosigned: names(cosigned),
            missing: names(missing),
            met: found.met,
        })
    }
}
