//! The decision: what is cosigned, what is refused, what is kept.

use std::collections::{BTreeMap, BTreeSet};

use journal::{Disk, RealDisk};
use sha2::{Digest, Sha256};
use voting_core::ledger::{
    Checkpoint, Cosigner, CosignerKey, InvalidNote, NotWitnessed, SignedNote, Submission, VerifierKey,
};

use super::error::WitnessError;
use super::evidence::{Files, Kept, Refused, Suspicion, suspicion};
use super::folder::Folder;
use super::heads::{Cosigned, Heads};
use super::report::{Event, Report};

/// Whoever asks again for the same head within so many seconds gets the same
/// cosignature: what anybody can send does not fill the disk.
const FRESH: u64 = 60;
/// The latest time that a cosignature can bear.
const MAX_TIME: u64 = i64::MAX as u64;

/// Why a witness gives no cosignature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// What was submitted.
    #[error(transparent)]
    NotWitnessed(#[from] NotWitnessed),
    /// A ledger that this witness was not asked to watch.
    #[error("this witness does not know the ledger {0}")]
    UnknownLedger(String),
    /// The witness cannot remember what it would cosign.
    #[error("this witness has stopped: its observer has to look at its disk")]
    Stopped,
}

impl Refusal {
    /// The status over HTTP (C2SP tlog-witness 1.0).
    pub fn status(&self) -> u16 {
        match self {
            Self::NotWitnessed(NotWitnessed::Form | NotWitnessed::Shrinks { .. }) => 400,
            Self::NotWitnessed(NotWitnessed::Signature(_)) => 403,
            Self::UnknownLedger(_) => 404,
            Self::NotWitnessed(NotWitnessed::Stale { .. }) => 409,
            Self::NotWitnessed(NotWitnessed::OtherRoot | NotWitnessed::Inconsistent(_)) => 422,
            Self::Stopped => 503,
        }
    }
}

/// A witness without a network.
pub struct Witness {
    cosigner: Cosigner,
    ledgers: BTreeMap<String, VerifierKey>,
    heads: Heads,
    evidence: Files,
    report: Report,
    /// Ledgers that were cosigned since the start.
    seen: BTreeSet<String>,
    stopped: Option<String>,
}

impl Witness {
    /// Opens the witness of a folder, for these ledgers. It is the only one of
    /// this folder until it is dropped.
    ///
    /// # Errors
    /// The folder is in use, damaged, or has lost its memory; or the keys are
    /// not those of as many ledgers.
    pub fn open(folder: &Folder, ledgers: &[VerifierKey], report: Report) -> Result<Self, WitnessError> {
        Self::open_on(Box::new(RealDisk), folder, ledgers, report)
    }

    /// [`Witness::open`] on another disk than the real one, for tests.
    pub(super) fn open_on(
        disk: Box<dyn Disk>,
        folder: &Folder,
        ledgers: &[VerifierKey],
        report: Report,
    ) -> Result<Self, WitnessError> {
        let ledgers = by_origin(ledgers)?;
        let heads = Heads::open(disk, &folder.journal(), folder.vkey())?;
        for (origin, key) in &ledgers {
            let known = heads.last(origin);
            if known.is_some_and(|head| Checkpoint::verify(head.note.as_bytes(), key).is_err()) {
                return Err(WitnessError::OtherKey(origin.clone()));
            }
        }
        Ok(Self {
            cosigner: folder.cosigner()?,
            ledgers,
            heads,
            evidence: Files::open(&folder.evidence())?,
            report,
            seen: BTreeSet::new(),
            stopped: None,
        })
    }

    /// Its public key with its name.
    pub fn vkey(&self) -> CosignerKey {
        self.cosigner.verifier()
    }

    /// Takes the body of `add-checkpoint` and returns the cosignature's line.
    /// It is remembered, durably, before this returns. `now` is the time in
    /// seconds since 1970-01-01 UTC; a cosignature's time never goes back.
    ///
    /// # Errors
    /// [`Refusal`]. Nothing was cosigned; after [`Refusal::Stopped`] nothing
    /// will be any more.
    pub fn add_checkpoint(&mut self, body: &[u8], now: u64) -> Result<String, Refusal> {
        if self.stopped.is_some() {
            return Err(Refusal::Stopped);
        }
        let submission = Submission::parse(body)?;
        let origin = submission.claimed()?.origin;
        let Some(key) = self.ledgers.get(&origin).cloned() else {
            return Err(Refusal::UnknownLedger(origin));
        };
        let last = self.heads.last(&origin).cloned();
        let known = last.as_ref().map(|head| &head.checkpoint);
        match submission.judge(&key, known) {
            Ok(head) => self.cosign(&key, &submission, head, last.as_ref(), now),
            Err(refusal) => {
                if !matches!(refusal, NotWitnessed::Signature(_)) {
                    self.suspect(&key, submission, last);
                }
                Err(refusal.into())
            }
        }
    }

    /// The last cosigned checkpoint of a ledger, with the ledger's lines and
    /// the witness's; `ledger` is the SHA-256 of its origin in hexadecimal.
    pub fn checkpoint(&self, ledger: &str) -> Option<&str> {
        let of = |head: &&Cosigned| hex::encode(Sha256::digest(&head.checkpoint.origin)) == ledger;
        self.heads.all().find(of).map(|head| head.note.as_str())
    }

    /// The size cosigned last of a ledger, by its origin.
    pub fn size(&self, origin: &str) -> Option<u64> {
        self.heads.last(origin).map(|head| head.checkpoint.size)
    }

    /// How many files of evidence are kept.
    pub fn evidence(&self) -> usize {
        self.evidence.len()
    }

    /// Why it has stopped, if it has.
    pub fn stopped(&self) -> Option<&str> {
        self.stopped.as_deref()
    }

    fn cosign(
        &mut self,
        key: &VerifierKey,
        submission: &Submission,
        head: Checkpoint,
        last: Option<&Cosigned>,
        now: u64,
    ) -> Result<String, Refusal> {
        let text = head.text();
        let before = last.map_or(1, |last| last.time);
        let again = last.is_some_and(|last| last.checkpoint == head);
        if again && now < before.saturating_add(FRESH) {
            return self.cosigner.cosign(&text, before).map_err(unsignable);
        }
        let time = now.clamp(before, MAX_TIME);
        let line = self.cosigner.cosign(&text, time).map_err(unsignable)?;
        let signed = SignedNote::parse(submission.checkpoint.as_bytes()).map_err(unsignable)?;
        let cosigned = Cosigned {
            note: format!("{}{line}", signed.only(key)),
            checkpoint: head.clone(),
            time,
        };
        // A crash before this leaves the last head, and one after it the new:
        // nobody has the line yet, and whoever asks again gets it.
        if let Err(error) = self.heads.keep(cosigned) {
            self.stopped = Some(error.to_string());
            return Err(Refusal::Stopped);
        }
        self.evidence.settle(&head);
        if self.seen.insert(head.origin.clone()) {
            let Checkpoint { origin, size, .. } = head;
            self.report.tell(&Event::Witnessing { origin, size });
        }
        Ok(line)
    }

    /// Keeps what the ledger has signed, if it accuses the ledger.
    fn suspect(&mut self, key: &VerifierKey, mut submission: Submission, last: Option<Cosigned>) {
        let (Some(last), Ok(head)) = (last, submission.claimed()) else {
            return;
        };
        // What was judged before the signature was looked at accuses nobody.
        if Checkpoint::verify(submission.checkpoint.as_bytes(), key).is_err() {
            return;
        }
        let Some(suspicion) = suspicion(&last.checkpoint, &head, &submission) else {
            return;
        };
        if let Ok(note) = SignedNote::parse(submission.checkpoint.as_bytes()) {
            submission.checkpoint = note.only(key);
        }
        let refused = Refused {
            ledger: key.clone(),
            witness: self.cosigner.verifier(),
            cosigned: last.note,
            submitted: submission,
        };
        let kept = self.evidence.keep(&refused, &head, &suspicion);
        let Checkpoint { origin, size, .. } = head;
        let event = match (kept, suspicion) {
            (Ok(Kept::New(evidence)), Suspicion::Fork { .. }) => Event::Fork {
                origin,
                size,
                evidence,
            },
            (Ok(Kept::New(evidence)), Suspicion::Unproved) => Event::Unproved {
                origin,
                size,
                evidence,
            },
            (Ok(Kept::Known), _) => return,
            (Ok(Kept::Enough), _) => Event::Enough { origin },
            (Err(error), _) => Event::NotKept {
                why: error.to_string(),
            },
        };
        self.report.tell(&event);
    }
}

/// Names and times are in range, and the note was parsed before.
fn unsignable(_: InvalidNote) -> Refusal {
    Refusal::Stopped
}

fn by_origin(keys: &[VerifierKey]) -> Result<BTreeMap<String, VerifierKey>, WitnessError> {
    let mut ledgers = BTreeMap::new();
    let mut publics = BTreeSet::new();
    for key in keys {
        let before = ledgers.insert(key.name().to_owned(), key.clone());
        match before {
            Some(before) if before == *key => {}
            None if publics.insert(*key.public()) => {}
            _ => return Err(WitnessError::LedgerTwice(key.name().to_owned())),
        }
    }
    match ledgers.is_empty() {
        true => Err(WitnessError::NoLedger),
        false => Ok(ledgers),
    }
}
