//! One ledger at one address, and one's own copy of it: every head that the
//! address shows is compared with what the copy knows (specs/10-audit.md §10).

use std::time::Duration;

use sha2::{Digest, Sha256};
use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, Head};

use super::bundles;
use super::copy::{Copy, NotGrown};
use super::failure::Failure;
use super::poll::Poll;
use super::read::announced_size;
use super::source::{Source, SourceError};
use crate::evidence::{Contradiction, Evidence};
use crate::relation::{Past, past, tiles_for_past};

/// An older head is believed to be one only if it is shown again after this
/// long: a cache may lag.
const AGAIN: Duration = Duration::from_secs(2);

/// An address and a copy.
pub(super) struct Node {
    /// The address as given.
    pub(super) place: String,
    pub(super) copy: Copy,
    source: Source,
    expected: Option<Hash>,
    poll: Option<Poll>,
    /// Whether all sealed content is in the copy.
    complete: bool,
}

/// What a visit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    /// Entries of the copy before.
    pub(super) before: u64,
    /// Entries of the copy now.
    pub(super) now: u64,
    /// Sealed content files that could not be had, and why.
    pub(super) lacking: Vec<String>,
}

impl Node {
    /// Opens the copy; asks the address nothing yet.
    pub(super) fn open(place: &str, copy: Copy, expected: Option<Hash>) -> Result<Self, Failure> {
        let poll = copy.poll(expected)?;
        Ok(Self {
            place: place.to_owned(),
            source: Source::open(place)?,
            copy,
            expected,
            poll,
            complete: false,
        })
    }

    /// The poll, once the copy has entry 0.
    pub(super) fn poll(&self) -> Option<&Poll> {
        self.poll.as_ref()
    }

    /// The election id asked for, if one was.
    pub(super) fn expected(&self) -> Option<Hash> {
        self.expected
    }

    /// Compares two copies of one ledger; of two ledgers there is nothing to compare.
    pub(super) fn agrees(&self, other: &Self) -> Result<(), Failure> {
        let (Some(ours), Some(theirs)) = (&self.poll, &other.poll) else {
            return Ok(());
        };
        let (Some(own), Some(head)) = (self.copy.head(), other.copy.head()) else {
            return Ok(());
        };
        if ours.trust.key() != theirs.trust.key() {
            return Ok(());
        }
        if head.size <= own.size {
            self.compare(head, other.copy.note())
        } else {
            other.compare(own, self.copy.note())
        }
    }

    /// Reads the head that the address shows now, verifies it, and grows the
    /// copy up to it.
    pub(super) fn visit(&mut self, on_bundle: &mut dyn FnMut(u64, u64)) -> Result<Visit, Failure> {
        let before = self.copy.size();
        let note = self.source.read("checkpoint")?;
        if self.poll.is_none() {
            let size = announced_size(&note).ok_or_else(|| {
                Failure::Cannot(format!("{} sent something that is no checkpoint", self.place))
            })?;
            self.poll = Some(Poll::read(&self.source, size, self.expected)?);
        }
        let head = self.believed(&note)?;
        let now = head.checkpoint.size;
        // The policy among them must be there before the head that it vouches for.
        let lacking = self.content()?;
        match self.copy.head().cloned() {
            Some(own) if own.size > now => return self.older(&own, head.checkpoint, &note),
            Some(own) if own == head.checkpoint => self.renew(&head, &note)?,
            Some(own) if own.size == now => {
                let same = Past::Rewritten {
                    root: head.checkpoint.root,
                    proof: Vec::new(),
                };
                return Err(self.forked(same, (&own, self.copy.note()), (&head.checkpoint, &note)));
            }
            _ => self.grow(&head, &note, &mut |entries| on_bundle(entries, now))?,
        }
        Ok(Visit { before, now, lacking })
    }

    fn known(&self) -> Result<&Poll, Failure> {
        self.poll
            .as_ref()
            .ok_or_else(|| Failure::cannot("there is no manifest yet"))
    }

    /// A head with the ledger's signature and the quorum's.
    fn believed(&self, note: &[u8]) -> Result<Head, Failure> {
        let poll = self.known()?;
        let head = poll.head(note, &self.place)?;
        poll.witnessed(&head)?;
        Ok(head)
    }

    /// The same head may come with more cosignatures.
    fn renew(&mut self, head: &Head, note: &[u8]) -> Result<(), Failure> {
        if note == self.copy.note() {
            Ok(())
        } else {
            self.copy.sign(head, note)
        }
    }

    fn grow(&mut self, head: &Head, note: &[u8], on_bundle: &mut dyn FnMut(u64)) -> Result<(), Failure> {
        match self.copy.grow(&self.source, head, note, on_bundle) {
            Ok(()) => Ok(()),
            Err(NotGrown::Failed(failure)) => Err(failure),
            Err(NotGrown::OtherRoot) => Err(self.why_another_root(&head.checkpoint, note)),
        }
    }

    /// The entries do not lead to the signed root: either this address serves
    /// other entries, or the ledger's signed tree does not go on from the
    /// copy's. Only the signed tree's own hashes tell.
    fn why_another_root(&mut self, head: &Checkpoint, note: &[u8]) -> Failure {
        let served = || {
            Failure::alarm(format!(
                "{} serves entries that do not lead to the root of its signed head of {} entries: whoever serves them changed them, or serves another ledger's. Nothing of it was kept",
                self.place, head.size
            ))
        };
        let Some(own) = self.copy.head() else {
            return served();
        };
        let Ok(tiles) = bundles::tiles(&self.source, &tiles_for_past(own.size, head.size)) else {
            return served();
        };
        match past(&tiles, own, head) {
            Some(rewritten @ Past::Rewritten { .. }) => {
                self.forked(rewritten, (own, self.copy.note()), (head, note))
            }
            _ => served(),
        }
    }

    /// The address shows fewer entries than the copy has.
    fn older(&mut self, own: &Checkpoint, shown: Checkpoint, note: &[u8]) -> Result<Visit, Failure> {
        self.compare(&shown, note)?;
        std::thread::sleep(AGAIN);
        let again = self.source.read("checkpoint")?;
        let head = self.believed(&again)?.checkpoint;
        if head.size >= own.size {
            // A cache lagged; the next visit takes the head in.
            let (before, lacking) = (own.size, Vec::new());
            return Ok(Visit {
                before,
                now: before,
                lacking,
            });
        }
        self.compare(&head, &again)?;
        let proof = Contradiction::RolledBack {
            seen: text(self.copy.note()),
            shown: text(&again),
        };
        let says = format!(
            "{} shows {} entries, after the ledger had signed {}: it was rolled back, or this address shows an old copy",
            self.place, head.size, own.size
        );
        Err(self.proven(proof, says))
    }

    /// Compares any signed head of this ledger that is not larger than the
    /// copy with the copy. One that does not fit is proof of a fork.
    pub(super) fn compare(&self, head: &Checkpoint, note: &[u8]) -> Result<(), Failure> {
        let Some(own) = self.copy.head() else {
            return Ok(());
        };
        let tiles = self.copy.tiles(&tiles_for_past(head.size, own.size))?;
        match past(&tiles, head, own) {
            Some(Past::Continues) => Ok(()),
            Some(rewritten) => Err(self.forked(rewritten, (head, note), (own, self.copy.note()))),
            None => Err(Failure::Cannot(format!(
                "{}: the copy's tiles are damaged: move the folder aside and mirror again",
                self.copy.folder().display()
            ))),
        }
    }

    fn forked(&self, past: Past, older: (&Checkpoint, &[u8]), newer: (&Checkpoint, &[u8])) -> Failure {
        let Past::Rewritten { root, proof } = past else {
            return Failure::cannot("the two heads agree");
        };
        let says = format!(
            "the ledger has forked: its signed head of {} entries does not go on from its signed head of {}",
            newer.0.size, older.0.size
        );
        let proof = Contradiction::fork(text(older.1), text(newer.1), &root, &proof);
        self.proven(proof, says)
    }

    /// An alarm with evidence against this ledger.
    pub(super) fn proven(&self, proof: Contradiction, says: String) -> Failure {
        match &self.poll {
            Some(poll) => Failure::proven(Evidence::new(&poll.trust, Some(&poll.entry), proof, says)),
            None => Failure::alarm(says),
        }
    }

    /// Fetches the sealed content files that the copy lacks; names those that
    /// cannot be had, or are not the sealed ones.
    fn content(&mut self) -> Result<Vec<String>, Failure> {
        if self.complete {
            return Ok(Vec::new());
        }
        let sealed = self.known()?.manifest.content.clone();
        let mut lacking = Vec::new();
        let own = self.copy.source();
        for file in sealed {
            let path = format!("content/{}", file.name);
            let fits = |bytes: &Vec<u8>| Sha256::digest(bytes).as_slice() == file.sha256.as_slice();
            if own.read(&path).is_ok_and(|bytes| fits(&bytes)) {
                continue;
            }
            match self.source.read(&path) {
                Ok(bytes) if fits(&bytes) => self.copy.write(&path, &bytes)?,
                Ok(_) => lacking.push(format!("{} is not the sealed one", file.name)),
                Err(SourceError::Missing { .. }) => lacking.push(format!("{} is missing", file.name)),
                Err(error) => return Err(error.into()),
            }
        }
        self.complete = lacking.is_empty();
        Ok(lacking)
    }
}

pub(super) fn text(note: &[u8]) -> String {
    String::from_utf8_lossy(note).into_owned()
}
