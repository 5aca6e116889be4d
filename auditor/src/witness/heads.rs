//! What the witness remembers: the last head that it cosigned of every ledger.
//!
//! The journal holds every head that was ever cosigned, each as one group of
//! one record. `key <vkey>` begins the history of a key; `head`, a newline and
//! the cosigned checkpoint follow.

use std::collections::BTreeMap;
use std::path::Path;

use journal::{Disk, Journal, JournalError, Settings};
use voting_core::ledger::{Checkpoint, CosignerKey, SignedNote};

use super::error::WitnessError;

const LABEL: &[u8] = b"psephos/v1/witness";
const KEY: &str = "key ";
const HEAD: &str = "head\n";

/// A head that this witness has cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cosigned {
    pub(super) checkpoint: Checkpoint,
    /// Seconds since 1970-01-01 UTC, as the cosignature says.
    pub(super) time: u64,
    /// The checkpoint with the ledger's lines and the witness's.
    pub(super) note: String,
}

/// Begins the journal of a new key. A journal that is there already belongs to
/// a key that nobody ever had: see `Folder::init`.
pub(super) fn begin(folder: &Path, key: &CosignerKey) -> Result<(), WitnessError> {
    let mut journal = Journal::open(folder, Settings::new(LABEL), |_| Ok::<(), JournalError>(()))?;
    journal.append(&[format!("{KEY}{key}")])?;
    Ok(())
}

/// The last head of every ledger.
pub(super) struct Heads {
    journal: Journal,
    last: BTreeMap<String, Cosigned>,
}

impl Heads {
    /// Reads all that was cosigned with this key.
    pub(super) fn open(disk: Box<dyn Disk>, folder: &Path, key: &CosignerKey) -> Result<Self, WitnessError> {
        let mut history = History::default();
        let journal = Journal::open_on(disk, folder, Settings::new(LABEL), |group| {
            let mut records = group.iter().map(|(_, record)| *record);
            records
                .try_for_each(|record| history.read(record, key))
                .ok_or_else(|| WitnessError::Forgotten(folder.to_owned()))
        })?;
        if history.begun {
            Ok(Self {
                journal,
                last: history.last,
            })
        } else {
            Err(WitnessError::Forgotten(folder.to_owned()))
        }
    }

    /// The last head of a ledger.
    pub(super) fn last(&self, origin: &str) -> Option<&Cosigned> {
        self.last.get(origin)
    }

    /// All ledgers' last heads.
    pub(super) fn all(&self) -> impl Iterator<Item = &Cosigned> {
        self.last.values()
    }

    /// Remembers a head in place of its ledger's last one. When this returns it
    /// is durable. After an error nobody knows whether it is.
    pub(super) fn keep(&mut self, head: Cosigned) -> Result<(), JournalError> {
        self.journal.append(&[format!("{HEAD}{}", head.note)])?;
        self.last.insert(head.checkpoint.origin.clone(), head);
        Ok(())
    }
}

#[derive(Default)]
struct History {
    /// The journal names the key we have.
    begun: bool,
    last: BTreeMap<String, Cosigned>,
}

impl History {
    /// `None` if the record is none of this key's history.
    fn read(&mut self, record: &[u8], key: &CosignerKey) -> Option<()> {
        let record = std::str::from_utf8(record).ok()?;
        if let Some(begun) = record.strip_prefix(KEY) {
            self.begun = begun == key.to_string();
            self.last.clear();
            return Some(());
        }
        let note = record.strip_prefix(HEAD).filter(|_| self.begun)?;
        let parsed = SignedNote::parse(note.as_bytes()).ok()?;
        let checkpoint = Checkpoint::parse(parsed.text()).ok()?;
        let time = parsed.cosignature(key).ok()??.time;
        let head = Cosigned {
            checkpoint,
            time,
            note: note.to_owned(),
        };
        self.last.insert(head.checkpoint.origin.clone(), head);
        Some(())
    }
}
