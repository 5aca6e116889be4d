//! What a key holder remembers between two runs, beside the key file.
//!
//! It is public, but losing it costs a safeguard: the newest ledger head seen
//! (a later one must contain it) and the checkpoint at which this trustee has
//! decrypted, written before any share leaves (attacks D9, D10).

use std::fs::File;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use voting_core::hash::Hash;

use crate::{CeremonyFault, durable};

/// A ledger head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of entries.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
}

/// A head as the file holds it.
#[derive(Serialize, Deserialize)]
struct StoredHead {
    size: u64,
    root: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    election: String,
    seen: Option<StoredHead>,
    decrypted: Option<StoredHead>,
}

/// What is remembered about one election. Holds a lock: two runs at once
/// could decrypt at two checkpoints.
#[derive(Debug)]
pub struct Memory {
    path: PathBuf,
    election: Hash,
    seen: Option<Head>,
    decrypted: Option<Head>,
    _lock: File,
}

impl Memory {
    /// Opens the memory beside a key file, or begins one.
    pub fn beside(key_file: &Path, election: &Hash) -> Result<Self, CeremonyFault> {
        let name = key_file.file_name().unwrap_or_default().to_string_lossy();
        let short = &hex::encode(election)[..16];
        Self::open(&key_file.with_file_name(format!("{name}.{short}.json")), election)
    }

    /// Opens a memory, or begins one where there is no file.
    pub fn open(path: &Path, election: &Hash) -> Result<Self, CeremonyFault> {
        let lock_path = path.with_extension("lock");
        let lock = File::create(&lock_path).map_err(|why| durable::fault(&lock_path, why))?;
        lock.lock().map_err(|why| durable::fault(&lock_path, why))?;
        let path = path.to_owned();
        let mut memory = Self {
            path,
            election: *election,
            seen: None,
            decrypted: None,
            _lock: lock,
        };
        if memory.path.exists() {
            memory.load()?;
        }
        Ok(memory)
    }

    /// The newest head seen.
    pub fn seen(&self) -> Option<Head> {
        self.seen
    }

    /// The checkpoint at which this trustee has decrypted.
    pub fn decrypted(&self) -> Option<Head> {
        self.decrypted
    }

    /// Remembers the newest head.
    pub fn see(&mut self, head: Head) -> Result<(), CeremonyFault> {
        self.seen = Some(head);
        self.store()
    }

    /// Remembers, for good, the checkpoint at which this trustee decrypts. On
    /// return it is on disk: only now may a share leave.
    pub fn decrypt_at(&mut self, head: Head) -> Result<(), CeremonyFault> {
        match self.decrypted {
            Some(stored) if stored != head => Err(decrypted_other(stored)),
            Some(_) => Ok(()),
            None => {
                self.decrypted = Some(head);
                self.store()
            }
        }
    }

    fn load(&mut self) -> Result<(), CeremonyFault> {
        let fault = |why: String| CeremonyFault::Content {
            path: self.path.display().to_string(),
            why,
        };
        let bytes = durable::read(&self.path)?;
        let stored: Stored = serde_json::from_slice(&bytes).map_err(|error| fault(error.to_string()))?;
        if stored.election != hex::encode(self.election) {
            return Err(fault("it belongs to another election".to_owned()));
        }
        let head = |stored: StoredHead| {
            let mut root = [0; 32];
            hex::decode_to_slice(&stored.root, &mut root).map_err(|error| fault(error.to_string()))?;
            Ok::<_, CeremonyFault>(Head {
                size: stored.size,
                root,
            })
        };
        let seen = stored.seen.map(head).transpose()?;
        let decrypted = stored.decrypted.map(head).transpose()?;
        (self.seen, self.decrypted) = (seen, decrypted);
        Ok(())
    }

    fn store(&self) -> Result<(), CeremonyFault> {
        let head = |head: Head| StoredHead {
            size: head.size,
            root: hex::encode(head.root),
        };
        let stored = Stored {
            election: hex::encode(self.election),
            seen: self.seen.map(head),
            decrypted: self.decrypted.map(head),
        };
        let fault = |error: serde_json::Error| CeremonyFault::Content {
            path: self.path.display().to_string(),
            why: error.to_string(),
        };
        durable::replace(&self.path, &serde_json::to_vec_pretty(&stored).map_err(fault)?)
    }
}

/// The refusal of any other decryption.
pub(crate) fn decrypted_other(stored: Head) -> CeremonyFault {
    CeremonyFault::DecryptedOther {
        size: stored.size,
        root: hex::encode(stored.root),
    }
}
