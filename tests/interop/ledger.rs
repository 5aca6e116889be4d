//! A ballot box with an open poll, and what a reader keeps of it.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use voting_core::entry::Entry;
use voting_core::ledger::{
    Checkpoint, Levels, SignerKey, Submission, VerifierKey, consistency_proof, leaf_hash,
};

use crate::desk::kit::{self, Story};
use crate::desk::{Desk, ballot, people};

/// The ballot box, and a folder for what is taken from it.
pub(crate) struct Ledger {
    pub(crate) story: Story,
    pub(crate) desk: Desk,
    folder: tempfile::TempDir,
}

impl Ledger {
    pub(crate) fn open() -> Self {
        let story = Story::whole_setup(people(|_| {}));
        Self {
            desk: Desk::with(&story),
            story,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// The same, with a sealed witness policy.
    pub(crate) fn watched(policy: &str) -> Self {
        let story = Story::whole_setup(people(|manifest| {
            kit::seal_policy(manifest, "witness-policy.txt", policy);
        }));
        Self {
            desk: Desk::serving(&story, policy.as_bytes()),
            story,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// Ballots of other voters than those before, at once. Every receipt is verified.
    pub(crate) fn vote(&self, voters: std::ops::Range<u64>) -> Vec<(Entry, String)> {
        // Style 0: five of every ten voters (kit).
        let voters = Mutex::new(voters.map(|voter| voter / 5 * 10 + voter % 5));
        let cast = Mutex::new(Vec::new());
        let (story, client) = (&self.story, &self.desk.client);
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    loop {
                        let next = voters.lock().unwrap().next();
                        let Some(voter) = next else { return };
                        let ballot = ballot(story, voter, 0);
                        let receipt = client.cast(&ballot).unwrap();
                        cast.lock().unwrap().push((ballot, receipt));
                    }
                });
            }
        });
        cast.into_inner().unwrap()
    }

    /// The checkpoint as it is served.
    pub(crate) fn checkpoint(&self) -> String {
        String::from_utf8(self.desk.client.get("checkpoint").unwrap()).unwrap()
    }

    pub(crate) fn origin(&self) -> &str {
        &self.story.people.manifest.ledger.origin
    }

    pub(crate) fn public_key(&self) -> [u8; 32] {
        self.story.people.ledger.verifying_key().to_bytes()
    }

    /// Its key; the same for all of these ballot boxes, before there is one.
    pub(crate) fn key() -> VerifierKey {
        let people = people(|_| {});
        let public = people.ledger.verifying_key().to_bytes();
        VerifierKey::ed25519(&people.manifest.ledger.origin, &public).unwrap()
    }

    /// What the true key would sign of another ledger: a fork's head.
    pub(crate) fn fork(&self, size: u64) -> String {
        let signer = SignerKey::ed25519(self.origin(), &self.story.people.ledger).unwrap();
        let head = Checkpoint {
            origin: self.origin().to_owned(),
            size,
            root: leaf_hash(b"of another history"),
        };
        head.sign(&signer)
    }

    /// A checkpoint for a witness that has cosigned size `old` of this ledger.
    pub(crate) fn submission(&self, old: u64, checkpoint: &str) -> Submission {
        let size = size(checkpoint);
        let mut levels = Levels::default();
        for entry in &self.desk.client.entries()[..usize::try_from(size).unwrap()] {
            levels.push(leaf_hash(entry));
        }
        let proof = match old {
            0 => Vec::new(),
            old => consistency_proof(&levels, old, size).unwrap(),
        };
        Submission {
            old,
            proof,
            checkpoint: checkpoint.to_owned(),
        }
    }

    /// Where a file for others is.
    pub(crate) fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file for others to read.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.place(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Stops serving, and exports the public record as files.
    pub(crate) fn export(&mut self) -> PathBuf {
        self.desk.stop();
        let record = self.folder.path().join("record");
        let ledger = ballot_box::service::Ledger::open(&self.desk.folder).unwrap();
        ballot_box::export::export(&ledger.files(), &record).unwrap();
        record
    }
}

/// The size that a checkpoint claims.
pub(crate) fn size(checkpoint: &str) -> u64 {
    checkpoint.lines().nth(1).unwrap().parse().unwrap()
}

/// Flips the lowest bit of a byte of a file.
pub(crate) fn flip(file: &Path, at: usize) {
    let mut bytes = std::fs::read(file).unwrap();
    bytes[at] ^= 1;
    std::fs::write(file, bytes).unwrap();
}
