//! One of two copies.

use serde::Serialize;
use sha2::{Digest, Sha256};
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, SignedNote, TilePlace, Trust, VerifierKey};
use voting_core::manifest::Manifest;

use crate::checkpoint::Witnessed;
use crate::command::bundles::{bundle, tile};
use crate::command::failure::Failure;
use crate::command::source::{Source, SourceError};
use crate::inspect::Within;

/// A copy, its head, and whom its own entry 0 says to believe.
pub(super) struct Side {
    place: String,
    pub(super) source: Source,
    pub(super) note: Vec<u8>,
    pub(super) checkpoint: Checkpoint,
    /// The bytes of entry 0, if it is a manifest.
    pub(super) entry: Option<Vec<u8>>,
    manifest: Option<(Hash, Manifest)>,
    pub(super) trust: Option<Trust>,
    /// Whether the sealed key has signed the checkpoint.
    pub(super) signed: bool,
    /// Names of the sealed witnesses who have cosigned it.
    pub(super) cosigned: Vec<String>,
}

/// A copy in the report.
#[derive(Debug, Serialize)]
pub(super) struct About {
    place: String,
    election: Option<String>,
    origin: String,
    size: u64,
    root: String,
    signed: bool,
    cosigned: Vec<String>,
    /// Whether its entries lead to its root; none if they were not read.
    sound: Option<bool>,
}

impl About {
    pub(super) fn in_words(&self) -> String {
        let signed = if self.signed {
            ""
        } else {
            ", NOT signed by the key that its entry 0 seals"
        };
        let cosigned = match self.cosigned.as_slice() {
            [] => String::new(),
            names => format!(", cosigned by {}", names.join(", ")),
        };
        format!(
            "{}: {} entries, root {}{signed}{cosigned}",
            self.place, self.size, self.root
        )
    }
}

impl Side {
    pub(super) fn open(place: &str, expected: Option<Hash>) -> Result<Self, Failure> {
        let source = Source::open(place)?;
        let note = source.read("checkpoint")?;
        let parsed = SignedNote::parse(&note)
            .ok()
            .and_then(|note| Checkpoint::parse(note.text()).ok());
        let checkpoint =
            parsed.ok_or_else(|| Failure::Cannot(format!("{place} has something else than a checkpoint")))?;
        let mut side = Self {
            place: place.to_owned(),
            source,
            note,
            checkpoint,
            entry: None,
            manifest: None,
            trust: None,
            signed: false,
            cosigned: Vec::new(),
        };
        side.read_manifest()?;
        if expected.is_some() && side.id() != expected.as_ref() {
            return Err(Failure::alarm(format!(
                "{place} is of another election than the one you asked for"
            )));
        }
        Ok(side)
    }

    /// Takes from entry 0 whom to believe. The policy is a content file, which
    /// may differ or be gone: the key alone tells what the ledger has signed.
    fn read_manifest(&mut self) -> Result<(), Failure> {
        let Some(place) = TilePlace::entries_at(0, self.checkpoint.size) else {
            return Ok(());
        };
        let (_, bytes) = tile(place, |path| self.source.read_immutable(path))?;
        let Some(entry) = bundle(place, &bytes)?.into_iter().next() else {
            return Ok(());
        };
        let Ok(Entry::Manifest(manifest, _)) = Entry::from_bytes(&entry) else {
            return Ok(());
        };
        if let Ok(key) = VerifierKey::ed25519(&manifest.ledger.origin, &manifest.ledger.key) {
            let policy = manifest.policy_file();
            let policy = policy.and_then(|file| self.source.read(&format!("content/{}", file.name)).ok());
            let trust = Trust::sealed(&manifest, policy.as_deref()).unwrap_or_else(|_| Trust::key_alone(key));
            if let Ok(head) = trust.head(&self.note) {
                self.signed = true;
                self.cosigned = Witnessed::of(&trust, &head).map_or_else(Vec::new, |found| found.cosigned);
            }
            self.trust = Some(trust);
        }
        self.manifest = Some((manifest.election_id(), manifest));
        self.entry = Some(entry);
        Ok(())
    }

    /// The election id.
    pub(super) fn id(&self) -> Option<&Hash> {
        self.manifest.as_ref().map(|(id, _)| id)
    }

    pub(super) fn within(&self) -> Option<Within<'_>> {
        let (id, manifest) = self.manifest.as_ref()?;
        Some(Within { id, manifest })
    }

    /// Names of the sealed content files.
    pub(super) fn content(&self) -> Vec<String> {
        let files = self.manifest.iter().flat_map(|(_, manifest)| &manifest.content);
        files.map(|file| file.name.clone()).collect()
    }

    /// SHA-256 of a content file, if it is there.
    pub(super) fn digest(&mut self, name: &str) -> Result<Option<String>, Failure> {
        match self.source.read(&format!("content/{name}")) {
            Ok(bytes) => Ok(Some(hex::encode(Sha256::digest(&bytes)))),
            Err(SourceError::Missing { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn about(&self, sound: Option<bool>) -> About {
        About {
            place: self.place.clone(),
            election: self.id().map(hex::encode),
            origin: self.checkpoint.origin.clone(),
            size: self.checkpoint.size,
            root: hex::encode(self.checkpoint.root),
            signed: self.signed,
            cosigned: self.cosigned.clone(),
            sound,
        }
    }
}
