//! What was issued: one record for each roll line that ever asked.
//!
//! The journal is the truth, beside it lies an index. One thread owns both. It takes
//! whatever requests wait, decides them one after the other, makes the new
//! records durable together, and only then answers any of them. So two
//! requests for one roll line can never both be new, however they race.
//!
//! Order of durable writes:
//! 1. journal, synced — a crash before leaves nothing, or a torn frame that the
//!    next start moves aside, and nobody was answered;
//! 2. index — a crash before leaves records that the index lacks; the next start adds them;
//! 3. the answer.
//!
//! A journal that cannot be synced stops the process: after such an error
//! nobody knows what is on the disk. An index that knows more records than the
//! journal holds means that the journal lost some: it is refused, or a voter
//! could be given a second token.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use journal::{Disk, Index, IndexError, Journal, JournalError, Position, RealDisk, Settings};
use redb::TableDefinition;
use tokio::sync::{mpsc, oneshot};
use voting_core::hash::Hash;
use voting_core::roll::IssuanceRecord;

use crate::problem::Refusal;

/// Tells this journal from others: part of every frame's checksum.
const LABEL: &str = "psephos/v1/issuance-journal";

/// Most records made durable with one sync.
pub(crate) const BATCH: usize = 1_024;
/// Requests that may wait; more are told to come again.
const WAITING: usize = 8_192;
/// The index: pseudonym → hash of the blinded request.
const ISSUED: TableDefinition<&[u8; 32], &[u8; 32]> = TableDefinition::new("issued");
/// How many journal records the index holds.
const APPLIED: TableDefinition<(), u64> = TableDefinition::new("applied");

/// How a request stands to the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// The first of its roll line; the record is durable.
    New,
    /// The same request as before.
    Same,
    /// Another request than the one that was answered.
    Other,
}

/// Why the records cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// The journal.
    #[error("the journal of issuance records: {0}")]
    Journal(#[from] JournalError),
    /// The index, which can be deleted.
    #[error("the index of issuance records: {0}")]
    Index(#[from] IndexError),
    /// The journal holds fewer records than the index knows of.
    #[error("{} holds {held} issuance records, but {known} were made: it was cut or replaced by an older copy. Put the newest copy back; issuing on would give voters second tokens", journal.display())]
    RolledBack {
        /// The journal's folder.
        journal: PathBuf,
        /// Records in the journal.
        held: u64,
        /// Records that the index knows of.
        known: u64,
    },
    /// The thread that owns the records cannot be started.
    #[error("no thread for the issuance records: {0}")]
    Thread(std::io::Error),
    /// A journal record of another form.
    #[error("record {0} of the journal is not an issuance record")]
    Form(u64),
}

struct Request {
    record: IssuanceRecord,
    reply: oneshot::Sender<Claim>,
}

/// The records, as the server uses them.
#[derive(Clone)]
pub struct Records(mpsc::Sender<Request>);

impl Records {
    /// Opens journal and index and starts the thread that owns them.
    pub fn open(journal: &Path, index: &Path) -> Result<Self, RecordsError> {
        let book = Book::open(Box::new(RealDisk), journal, index)?;
        let (send, receive) = mpsc::channel(WAITING);
        std::thread::Builder::new()
            .name("issuer-records".to_owned())
            .spawn(move || book.serve(receive))
            .map_err(RecordsError::Thread)?;
        Ok(Self(send))
    }

    /// Records a request, or says how it stands to the record there is. What
    /// is returned is durable.
    pub async fn claim(&self, pseudonym: Hash, blinded: Hash) -> Result<Claim, Refusal> {
        let (reply, answer) = oneshot::channel();
        let request = Request {
            record: IssuanceRecord { pseudonym, blinded },
            reply,
        };
        self.0.try_send(request).map_err(|_| Refusal::Busy)?;
        answer.await.map_err(|_| Refusal::Fault)
    }
}

/// All records of a journal, ascending by pseudonym, for the report. The
/// journal may be in use.
pub fn read_all(journal: &Path) -> Result<Vec<IssuanceRecord>, RecordsError> {
    let mut records = Vec::new();
    journal::read(journal, LABEL, |group| parse_group(group, &mut records))?;
    records.sort_unstable();
    Ok(records)
}

/// Takes the records of a group to those before it.
fn parse_group(group: &[(Position, &[u8])], records: &mut Vec<IssuanceRecord>) -> Result<(), RecordsError> {
    for (_, bytes) in group {
        records.push(parse(records.len() as u64, bytes)?);
    }
    Ok(())
}

/// What owns journal and index.
pub(crate) struct Book {
    journal: Journal,
    index: Index,
    applied: u64,
}

impl Book {
    pub(crate) fn open(disk: Box<dyn Disk>, path: &Path, index: &Path) -> Result<Self, RecordsError> {
        let index = Index::open(index)?;
        index.write(|changes| {
            changes.open_table(ISSUED)?;
            changes.open_table(APPLIED)?;
            Ok(())
        })?;
        let known = index.read(|index| {
            Ok(index
                .open_table(APPLIED)?
                .get(())?
                .map_or(0, |known| known.value()))
        })?;
        let mut records = Vec::new();
        let journal = Journal::open_on(disk, path, Settings::new(LABEL), |group| {
            parse_group(group, &mut records)
        })?;
        let held = records.len() as u64;
        if known > held {
            let journal = path.to_owned();
            return Err(RecordsError::RolledBack { journal, held, known });
        }
        let mut book = Self {
            journal,
            index,
            applied: known,
        };
        book.apply(&records[known as usize..])?;
        Ok(book)
    }

    /// Takes durable records into the index, all or none.
    fn apply(&mut self, records: &[IssuanceRecord]) -> Result<(), RecordsError> {
        let applied = self.applied + records.len() as u64;
        self.index.write(|changes| {
            let mut issued = changes.open_table(ISSUED)?;
            for record in records {
                issued.insert(&record.pseudonym, &record.blinded)?;
            }
            changes.open_table(APPLIED)?.insert((), applied)?;
            Ok(())
        })?;
        self.applied = applied;
        Ok(())
    }

    fn serve(mut self, mut requests: mpsc::Receiver<Request>) {
        let mut waiting = Vec::with_capacity(BATCH);
        while requests.blocking_recv_many(&mut waiting, BATCH) > 0 {
            let asked = waiting.iter().map(|request| request.record);
            let claims = match self.decide(asked) {
                Ok(claims) => claims,
                Err(error) => {
                    tracing::error!(%error, "stopping: issuance records cannot be made durable");
                    std::process::abort();
                }
            };
            for (request, claim) in waiting.drain(..).zip(claims) {
                // Who has gone away asks again and gets the same answer.
                let _ = request.reply.send(claim);
            }
        }
    }

    /// Decides requests in their order and makes the new records durable.
    pub(crate) fn decide(
        &mut self,
        requests: impl IntoIterator<Item = IssuanceRecord>,
    ) -> Result<Vec<Claim>, RecordsError> {
        let mut claims = Vec::new();
        let mut fresh: HashMap<Hash, Hash> = HashMap::new();
        let mut records = Vec::new();
        for record in requests {
            let known = match fresh.get(&record.pseudonym) {
                Some(blinded) => Some(*blinded),
                None => self.issued(&record.pseudonym)?,
            };
            claims.push(match known {
                Some(blinded) if blinded == record.blinded => Claim::Same,
                Some(_) => Claim::Other,
                None => {
                    fresh.insert(record.pseudonym, record.blinded);
                    records.push(record);
                    Claim::New
                }
            });
        }
        if !records.is_empty() {
            let bytes: Vec<_> = records.iter().map(to_bytes).collect();
            self.journal.append(&bytes)?;
            self.apply(&records)?;
        }
        Ok(claims)
    }

    /// The hash of the blinded request that a roll line's record is of.
    fn issued(&self, pseudonym: &Hash) -> Result<Option<Hash>, RecordsError> {
        let read = |index: &redb::ReadTransaction| {
            let issued = index.open_table(ISSUED)?;
            Ok(issued.get(pseudonym)?.map(|blinded| *blinded.value()))
        };
        Ok(self.index.read(read)?)
    }
}

/// A record in the journal: pseudonym, then the hash of the blinded request.
fn to_bytes(record: &IssuanceRecord) -> Vec<u8> {
    [record.pseudonym, record.blinded].concat()
}

fn parse(number: u64, bytes: &[u8]) -> Result<IssuanceRecord, RecordsError> {
    let bytes: &[u8; 64] = bytes.try_into().map_err(|_| RecordsError::Form(number))?;
    let (mut pseudonym, mut blinded) = ([0; 32], [0; 32]);
    pseudonym.copy_from_slice(&bytes[..32]);
    blinded.copy_from_slice(&bytes[32..]);
    Ok(IssuanceRecord { pseudonym, blinded })
}
