//! Admission: who is let in to wait for a batch (specs/06-ledger.md §7.2).
//!
//! What costs nothing comes first: form, phase, sequence. Then the tokens,
//! then possession of the credential's key, then, together with whatever else
//! waits, the proofs. A ballot that is sent again while it waits, or after it
//! was recorded, gets the same answer as the first time.

use std::collections::HashMap;
use std::collections::hash_map;
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use voting_core::entry::{BallotEntry, Entry};
use voting_core::hash::Hash;
use voting_core::ledger::leaf_hash;
use voting_core::lifecycle::Phase;
use voting_core::token::{RsaTokenVerifier, TokenVerifier};

use crate::problem::Refusal;
use crate::published::Standing;
use crate::sequencer::{Checked, Handed};
use crate::shared::Shared;
use crate::storage::{Entries, Latest};
use crate::verify::verify;

/// Where an entry is recorded, or why it is not.
pub type Answer = Result<u64, Refusal>;

/// Ballots that may wait; more are told to come again.
pub(crate) const LARGEST_POOL: usize = 8_192;
/// How long a receipt waits for the witnesses' cosignatures; without them the
/// entry is recorded all the same, and who wants them asks again.
const WITNESSED: Duration = Duration::from_secs(2);
/// Ballots verified together.
const PORTION: usize = 512;

/// A ballot whose proofs are still to be verified.
pub struct Candidate {
    bytes: Vec<u8>,
    leaf: Hash,
    ballot: BallotEntry,
}

/// What is handed in, in the order of its arrival.
pub(crate) enum Arrival {
    /// A ballot, to be verified first.
    Ballot(Box<Candidate>),
    /// An entry that is no ballot. It comes after the ballots that waited when
    /// it was handed in: who was let in before `close` is in the box.
    Entry(Handed),
    /// The server has stopped.
    End,
}

/// Takes what is handed in.
pub struct Admission {
    /// What is published.
    pub shared: Shared,
    /// The store, for reading.
    pub entries: Arc<dyn Entries>,
    /// Who waits for an answer.
    pub waiting: Arc<Waiting>,
    /// To the thread that verifies and hands on to the sequencer.
    pub(crate) arrivals: Sender<Arrival>,
}

impl Admission {
    /// Takes a ballot; gives its receipt when it is recorded.
    ///
    /// # Errors
    /// [`Refusal`]: nothing was changed.
    pub async fn ballot(&self, bytes: &[u8]) -> Result<String, Refusal> {
        let index = self.record_ballot(bytes).await?;
        self.receipt(index).await
    }

    async fn record_ballot(&self, bytes: &[u8]) -> Answer {
        let entry = decode(bytes)?;
        let Entry::Ballot(ballot) = entry else {
            let why = format!("a {} entry is no ballot", entry.kind());
            return Err(Refusal::Malformed(why));
        };
        let leaf = leaf_hash(bytes);
        if let Some(answer) = self.waiting.attach(&ballot.credential, &leaf)? {
            return wait(answer).await;
        }
        let latest = self.latest(&ballot)?;
        if let Some(index) = recorded(&self.shared, latest, &ballot, &leaf)? {
            return Ok(index);
        }
        let standing = self.shared.read().standing.clone();
        check(&standing, &ballot)?;
        let (answer, is_first) = self.waiting.enter(&ballot.credential, leaf)?;
        if is_first {
            let candidate = Candidate {
                bytes: bytes.to_vec(),
                leaf,
                ballot,
            };
            self.arrive(Arrival::Ballot(Box::new(candidate)))?;
        }
        wait(answer).await
    }

    /// Takes an entry that is no ballot; gives its receipt.
    ///
    /// # Errors
    /// [`Refusal`]: nothing was changed.
    pub async fn entry(&self, bytes: &[u8]) -> Result<String, Refusal> {
        let entry = decode(bytes)?;
        if matches!(
            entry,
            Entry::Ballot(_) | Entry::Batch(_) | Entry::Tally(_) | Entry::Manifest(..)
        ) {
            let why = format!("a {} entry", entry.kind());
            return Err(Refusal::Malformed(why));
        }
        let (reply, answer) = oneshot::channel();
        let (bytes, entry) = (bytes.to_vec(), Box::new(entry));
        self.arrive(Arrival::Entry(Handed::Entry { bytes, entry, reply }))?;
        self.receipt(wait(answer).await?).await
    }

    /// The receipt of what is recorded, after a moment for the witnesses.
    async fn receipt(&self, index: u64) -> Result<String, Refusal> {
        let mut heads = self.shared.heads();
        let covered = heads.wait_for(|&size| size > index);
        // Witnesses that are slow or gone hold nothing up: the ledger's own
        // signature is on the receipt in any case.
        let _ = tokio::time::timeout(WITNESSED, covered).await;
        self.shared.receipt(index).ok_or(Refusal::Stopped)
    }

    fn arrive(&self, arrival: Arrival) -> Result<(), Refusal> {
        self.arrivals.send(arrival).map_err(|_| Refusal::Stopped)
    }

    fn latest(&self, ballot: &BallotEntry) -> Result<Option<Latest>, Refusal> {
        self.entries.latest(&ballot.credential).map_err(|error| {
            tracing::error!(%error, "the index cannot be read");
            Refusal::Stopped
        })
    }
}

fn decode(bytes: &[u8]) -> Result<Entry, Refusal> {
    Entry::from_bytes(bytes).map_err(|error| Refusal::Malformed(error.to_string()))
}

async fn wait(answer: oneshot::Receiver<Answer>) -> Answer {
    answer.await.unwrap_or(Err(Refusal::Stopped))
}

/// How a ballot stands to the one of its credential that counts: its index
/// if it is that one, nothing if it may replace it.
pub(crate) fn recorded(
    shared: &Shared,
    latest: Option<Latest>,
    ballot: &BallotEntry,
    leaf: &Hash,
) -> Result<Option<u64>, Refusal> {
    let Some(latest) = latest else {
        return Ok(None);
    };
    if latest.index >= shared.read().tree.size() {
        // It is about to be published: the sequencer will know.
        return Ok(None);
    }
    if shared.holds(latest.index, leaf) {
        return Ok(Some(latest.index));
    }
    if !shared.read().standing.election.manifest.revoting {
        return Err(Refusal::NoRevoting);
    }
    if ballot.style != latest.style {
        return Err(Refusal::OtherStyle);
    }
    if u32::from_be_bytes(*ballot.sequence) <= latest.sequence {
        return Err(Refusal::Sequence(latest.sequence));
    }
    Ok(None)
}

/// Phase, style, tokens, form and possession.
fn check(standing: &Standing, ballot: &BallotEntry) -> Result<(), Refusal> {
    if standing.phase != Phase::Open {
        return Err(Refusal::NotOpen(standing.phase.name()));
    }
    let invalid = |why: String| Refusal::Invalid(why);
    let verifier = standing.verifiers.get(ballot.style as usize);
    let verifier = verifier.ok_or_else(|| invalid(format!("there is no style {}", ballot.style)))?;
    let (found, expected) = (ballot.tokens.len(), verifier.context().issuers);
    if found != expected {
        return Err(invalid(format!(
            "{found} tokens, but there are {expected} issuers"
        )));
    }
    for (issuer, token) in (0u32..).zip(&ballot.tokens) {
        let key = standing.election.issuer_keys.get(&(issuer, ballot.style));
        let key = key.ok_or_else(|| invalid(format!("issuer {issuer} has no key")))?;
        RsaTokenVerifier
            .verify(key, &ballot.credential, token)
            .map_err(|error| invalid(format!("the token of issuer {issuer}: {error}")))?;
    }
    verifier
        .precheck(ballot)
        .map_err(|error| invalid(error.to_string()))
}

/// Verifies what waits, as much as there is at once, and hands everything to
/// the sequencer in the order of its arrival, until it is told to end.
pub(crate) fn verify_waiting(
    shared: &Shared,
    waiting: &Waiting,
    arrivals: &Receiver<Arrival>,
    to_sequencer: &Sender<Handed>,
) {
    while let Ok(first) = arrivals.recv() {
        let (mut portion, mut next) = (Vec::new(), None);
        for arrival in std::iter::once(first).chain(arrivals.try_iter().take(PORTION - 1)) {
            match arrival {
                Arrival::Ballot(candidate) => portion.push(*candidate),
                other => {
                    next = Some(other);
                    break;
                }
            }
        }
        verify_portion(shared, waiting, portion, to_sequencer);
        match next {
            // A sequencer that has ended answers nobody: its channel is gone.
            Some(Arrival::Entry(entry)) => drop(to_sequencer.send(entry)),
            Some(Arrival::End) => return,
            Some(Arrival::Ballot(_)) | None => {}
        }
    }
}

fn verify_portion(
    shared: &Shared,
    waiting: &Waiting,
    portion: Vec<Candidate>,
    to_sequencer: &Sender<Handed>,
) {
    let standing = shared.read().standing.clone();
    let ballots: Vec<&BallotEntry> = portion.iter().map(|candidate| &candidate.ballot).collect();
    let verified = verify(&standing.verifiers, &ballots);
    for (candidate, verified) in portion.into_iter().zip(verified) {
        let Candidate { bytes, leaf, ballot } = candidate;
        match verified {
            Ok(verified) => {
                let checked = Box::new(Checked {
                    bytes,
                    leaf,
                    entry: Entry::Ballot(ballot),
                    verified,
                });
                // A sequencer that has ended answers nobody: the pool is stopped.
                let _ = to_sequencer.send(Handed::Ballot(checked));
            }
            Err(refusal) => waiting.answer(&ballot.credential, Err(refusal)),
        }
    }
}

/// Who waits for an answer, by credential. Nothing of it is ever written.
pub struct Waiting {
    pool: Mutex<Pool>,
    /// Most credentials that may wait.
    most: usize,
}

#[derive(Default)]
struct Pool {
    slots: HashMap<[u8; 32], Slot>,
    stopped: bool,
}

/// One ballot, and everybody who sent it.
struct Slot {
    leaf: Hash,
    replies: Vec<oneshot::Sender<Answer>>,
}

impl Waiting {
    /// Nobody yet, and so many at most.
    pub(crate) fn at_most(most: usize) -> Self {
        let pool = Mutex::default();
        Self { pool, most }
    }

    fn pool(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits with the same ballot, if it waits already.
    fn attach(
        &self,
        credential: &[u8; 32],
        leaf: &Hash,
    ) -> Result<Option<oneshot::Receiver<Answer>>, Refusal> {
        let mut pool = self.pool();
        if pool.stopped {
            return Err(Refusal::Stopped);
        }
        match pool.slots.get_mut(credential) {
            None => Ok(None),
            Some(slot) => slot.attach(leaf).map(Some),
        }
    }

    /// Takes a place for a ballot; says whether it is the first to take it.
    /// Whoever is not finds the same ballot on its way: it must not be sent on
    /// a second time.
    pub(crate) fn enter(
        &self,
        credential: &[u8; 32],
        leaf: Hash,
    ) -> Result<(oneshot::Receiver<Answer>, bool), Refusal> {
        let mut pool = self.pool();
        if pool.stopped {
            return Err(Refusal::Stopped);
        }
        let full = pool.slots.len() >= self.most;
        match pool.slots.entry(*credential) {
            hash_map::Entry::Occupied(mut slot) => Ok((slot.get_mut().attach(&leaf)?, false)),
            hash_map::Entry::Vacant(_) if full => Err(Refusal::Busy),
            hash_map::Entry::Vacant(place) => {
                let replies = Vec::new();
                let slot = place.insert(Slot { leaf, replies });
                Ok((slot.attach(&leaf)?, true))
            }
        }
    }

    /// Answers everybody who sent the credential's ballot, and frees its place.
    pub(crate) fn answer(&self, credential: &[u8; 32], answer: Answer) {
        let slot = self.pool().slots.remove(credential);
        for reply in slot.into_iter().flat_map(|slot| slot.replies) {
            // Who has gone away sends the ballot again and gets the same answer.
            let _ = reply.send(answer.clone());
        }
    }

    /// Whether nobody is answered any more.
    pub(crate) fn is_stopped(&self) -> bool {
        self.pool().stopped
    }

    /// Answers nobody any more, with a receipt least of all.
    pub(crate) fn stop(&self) {
        let mut pool = self.pool();
        pool.stopped = true;
        pool.slots.clear();
    }
}

impl Slot {
    fn attach(&mut self, leaf: &Hash) -> Result<oneshot::Receiver<Answer>, Refusal> {
        if self.leaf != *leaf {
            return Err(Refusal::Waiting);
        }
        let (reply, answer) = oneshot::channel();
        self.replies.push(reply);
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CREDENTIAL: [u8; 32] = [1; 32];
    const MOST: usize = 20;

    fn credential(number: usize) -> [u8; 32] {
        let mut credential = [0; 32];
        credential[..8].copy_from_slice(&number.to_be_bytes());
        credential
    }

    #[test]
    fn only_the_first_to_take_a_place_sends_the_ballot_on() {
        let waiting = Waiting::at_most(MOST);
        // Two requests may both find no place taken, and only then take it.
        assert!(waiting.attach(&CREDENTIAL, &[7; 32]).unwrap().is_none());
        let (mut one, first) = waiting.enter(&CREDENTIAL, [7; 32]).unwrap();
        let (mut two, second) = waiting.enter(&CREDENTIAL, [7; 32]).unwrap();
        assert!(first && !second);
        let mut three = waiting.attach(&CREDENTIAL, &[7; 32]).unwrap().unwrap();
        assert_eq!(waiting.enter(&CREDENTIAL, [8; 32]).unwrap_err(), Refusal::Waiting);
        waiting.answer(&CREDENTIAL, Ok(7));
        for answer in [&mut one, &mut two, &mut three] {
            assert_eq!(answer.try_recv().unwrap(), Ok(7));
        }
        // The place is free again.
        assert!(waiting.enter(&CREDENTIAL, [8; 32]).unwrap().1);
    }

    #[test]
    fn e9_a_full_pool_sends_new_ballots_away_and_keeps_those_that_wait() {
        let waiting = Waiting::at_most(MOST);
        let mut answers: Vec<_> = (0..MOST)
            .map(|number| waiting.enter(&credential(number), [7; 32]).unwrap().0)
            .collect();
        let late = credential(MOST);
        assert_eq!(waiting.enter(&late, [7; 32]).unwrap_err(), Refusal::Busy);
        // Who waits already may ask again.
        assert!(waiting.attach(&credential(5), &[7; 32]).unwrap().is_some());
        assert!(!waiting.enter(&credential(5), [7; 32]).unwrap().1);
        waiting.answer(&credential(5), Ok(7));
        assert_eq!(answers[5].try_recv().unwrap(), Ok(7));
        assert!(waiting.enter(&late, [7; 32]).unwrap().1);
    }

    #[test]
    fn after_the_stop_nobody_gets_a_receipt_any_more() {
        let waiting = Waiting::at_most(MOST);
        let (mut answer, _) = waiting.enter(&CREDENTIAL, [7; 32]).unwrap();
        assert!(!waiting.is_stopped());
        waiting.stop();
        waiting.answer(&CREDENTIAL, Ok(7));
        assert!(answer.try_recv().is_err(), "a receipt left after the stop");
        assert!(waiting.is_stopped());
        assert_eq!(waiting.enter(&CREDENTIAL, [7; 32]).unwrap_err(), Refusal::Stopped);
        assert_eq!(
            waiting.attach(&CREDENTIAL, &[7; 32]).unwrap_err(),
            Refusal::Stopped
        );
    }
}
