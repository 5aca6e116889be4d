//! What a trustee does next: deal, certify, rehearse (specs/03-ceremony.md).
//!
//! Every function looks at the ledger and gives the trustee's next entry, or
//! says what it waits for. Nothing is kept between two calls but the key file:
//! a trustee that lost its machine goes on from there.
//!
//! A trustee believes its own commitments only: it goes on only while the
//! ledger holds exactly what its key file gives (attack D4).

use std::time::{Duration, Instant};

use rand::CryptoRng;
use voting_core::entry::{Entry, KeyCommitment, KeyConfirmation, KeyHash, KeyShares, Signable, Signed};
use voting_core::hash::Hash;
use voting_core::keys::{Commitments, Dealing, PublicKeys, SecretShare, transcript_hash};
use voting_core::lifecycle::ByTrustee;

use crate::{Board, CeremonyFault, Memory, Record, TrusteeKey};

/// How long an accepted entry may take to appear under the checkpoint.
const PATIENCE: Duration = Duration::from_secs(30);

/// What comes next.
#[derive(Debug)]
pub enum Step {
    /// Hand in this entry.
    Post(Box<Entry>),
    /// Others have to act first; says who and what.
    Wait(String),
    /// Nothing is left to do; says what was reached.
    Done(String),
}

/// How far a person got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// Others have to act first; says who and what.
    Waiting(String),
    /// Nothing is left to do; says what was reached.
    Finished(String),
}

/// Goes as far as the ledger allows: reads it, takes the step, hands in the
/// entry, waits until it is under the checkpoint, and again. `told` hears the
/// kind of every entry handed in.
pub fn advance(
    board: &dyn Board,
    election: &Hash,
    memory: &mut Memory,
    mut step: impl FnMut(&Record) -> Result<Step, CeremonyFault>,
    mut told: impl FnMut(&'static str),
) -> Result<Progress, CeremonyFault> {
    loop {
        let record = Record::read_again(board, election, memory)?;
        match step(&record)? {
            Step::Post(entry) => {
                record.check_next(&entry)?;
                hand_in(board, election, &entry)?;
                told(entry.kind());
            }
            Step::Wait(why) => return Ok(Progress::Waiting(why)),
            Step::Done(what) => return Ok(Progress::Finished(what)),
        }
    }
}

/// Hands in an entry and waits until the ledger's signed checkpoint covers it.
pub fn hand_in(board: &dyn Board, election: &Hash, entry: &Entry) -> Result<(), CeremonyFault> {
    let bytes = entry.to_bytes();
    board.post(&bytes)?;
    let begun = Instant::now();
    while !Record::read(board, election)?.contains(&bytes) {
        if begun.elapsed() > PATIENCE {
            let why = format!(
                "the ballot box took the {} entry but does not publish it",
                entry.kind()
            );
            return Err(CeremonyFault::Record(why));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// A trustee in the current round of an election's ceremony.
pub struct Trustee<'a> {
    key: &'a TrusteeKey,
    record: &'a Record,
    index: u32,
    dealing: Dealing,
}

impl<'a> Trustee<'a> {
    /// Finds the trustee in the manifest.
    pub fn new(key: &'a TrusteeKey, record: &'a Record) -> Result<Self, CeremonyFault> {
        let election = record.election();
        let trustees = &election.manifest.trustees;
        let public = key.public();
        let place = trustees.members.iter().position(|member| *member.key == public);
        let index = place.ok_or(CeremonyFault::NotEnrolled { role: "trustee" })? as u32;
        let round = record.lifecycle.setup().round().number;
        let dealing = Dealing::new(&key.dealing, &election.id, round, index, trustees.threshold);
        Ok(Self {
            key,
            record,
            index,
            dealing,
        })
    }

    /// Index in the manifest.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// Deals: hash, commitments, shares; or complains about a bad share.
    pub fn deal<R: CryptoRng + ?Sized>(&self, rng: &mut R) -> Result<Step, CeremonyFault> {
        let round = self.record.lifecycle.setup().round();
        match round.hashes.get(self.index) {
            None => return Ok(self.post(self.dealing.hash(), Entry::KeyHash)),
            Some(hash) if *hash != self.dealing.hash() => return Err(not_mine("key-hash")),
            Some(_) => {}
        }
        if let Some(wait) = self.missing(&round.hashes, "publish the hash of their commitments") {
            return Ok(wait);
        }
        match round.commitments.get(self.index) {
            None => return Ok(self.post(self.dealing.commitment(), Entry::KeyCommitment)),
            Some(commitment) if *commitment != self.dealing.commitment() => {
                return Err(not_mine("key-commitment"));
            }
            Some(_) => {}
        }
        if let Some(wait) = self.missing(&round.commitments, "publish their commitments") {
            return Ok(wait);
        }
        if !round.shares.has(self.index) {
            let hashes: Vec<KeyHash> = round.hashes.values().cloned().collect();
            let shares = self.dealing.shares(&hashes, rng);
            let shares = shares.map_err(|fault| CeremonyFault::Key {
                trustee: self.index,
                fault,
            })?;
            return Ok(self.post(shares, Entry::KeyShares));
        }
        if let Some(wait) = self.missing(&round.shares, "send their shares") {
            return Ok(wait);
        }
        match self.receive()? {
            Ok(_) => Ok(Step::Done(
                "all shares arrived and are right; certify the key next".to_owned(),
            )),
            Err(complaint) => Ok(complaint),
        }
    }

    /// Certifies joint key and transcript, or complains about a bad share.
    pub fn certify(&self) -> Result<Step, CeremonyFault> {
        let round = self.record.lifecycle.setup().round();
        if let Some(wait) = self.missing(&round.shares, "finish dealing (command `deal`)") {
            return Ok(wait);
        }
        self.check_own_entries()?;
        if !round.confirmations.has(self.index) {
            if let Err(complaint) = self.receive()? {
                return Ok(complaint);
            }
            let (public, transcript) = self.derive()?;
            let confirmation = KeyConfirmation {
                round: round.number,
                trustee: self.index,
                joint_key: public.joint.compress().to_bytes().into(),
                transcript: transcript.into(),
            };
            return Ok(self.post(confirmation, Entry::KeyConfirmation));
        }
        let wait = self.missing(&round.confirmations, "certify the key");
        Ok(wait.unwrap_or_else(|| Step::Done("every trustee has certified the joint key".to_owned())))
    }

    /// Rehearses: decrypts the canary, so that the poll may open.
    pub fn rehearse<R: CryptoRng + ?Sized>(&self, rng: &mut R) -> Result<Step, CeremonyFault> {
        let election = self.record.election();
        let Some(keys) = &election.keys else {
            return Ok(Step::Wait(
                "not every trustee has certified the joint key".to_owned(),
            ));
        };
        if self.record.lifecycle.setup().rehearsed().has(self.index) {
            return Ok(Step::Done(
                "the rehearsal is on the ledger: this share decrypts".to_owned(),
            ));
        }
        let rehearsal = self.secret_share()?.rehearse(&election.id, &keys.transcript, rng);
        Ok(self.post(rehearsal, Entry::Rehearsal))
    }

    /// The share of the certified key, computed again from key file and ledger.
    pub fn secret_share(&self) -> Result<SecretShare, CeremonyFault> {
        let Some(keys) = &self.record.election().keys else {
            return Err(CeremonyFault::NotNow(
                "not every trustee has certified the joint key".to_owned(),
            ));
        };
        self.check_own_entries()?;
        let share = self.receive()?.map_err(|_| not_mine("key-confirmation"))?;
        if keys.public.shares.get(self.index as usize) != Some(&share.public()) {
            return Err(not_mine("key-confirmation"));
        }
        Ok(share)
    }

    /// The ledger holds what this key file gives, and nothing else, in this
    /// trustee's name (attack D4).
    fn check_own_entries(&self) -> Result<(), CeremonyFault> {
        let round = self.record.lifecycle.setup().round();
        if round.hashes.get(self.index) != Some(&self.dealing.hash()) {
            return Err(not_mine("key-hash"));
        }
        if round.commitments.get(self.index) != Some(&self.dealing.commitment()) {
            return Err(not_mine("key-commitment"));
        }
        Ok(())
    }

    /// The share, or the complaint about a bad one. All shares are there.
    fn receive(&self) -> Result<Result<SecretShare, Step>, CeremonyFault> {
        let round = self.record.lifecycle.setup().round();
        let shares: Vec<KeyShares> = round.shares.values().cloned().collect();
        match self.dealing.receive(&self.dealers()?, &shares) {
            Ok(share) => Ok(Ok(share)),
            // Own shares that do not open are not another's fault.
            Err(bad) if bad.dealer == self.index => Err(not_mine("key-shares")),
            Err(bad) => Ok(Err(self.post(self.dealing.complain(bad), Entry::KeyComplaint))),
        }
    }

    fn derive(&self) -> Result<(PublicKeys, Hash), CeremonyFault> {
        let round = self.record.lifecycle.setup().round();
        let hashes: Vec<KeyHash> = round.hashes.values().cloned().collect();
        let commitments: Vec<KeyCommitment> = round.commitments.values().cloned().collect();
        let shares: Vec<KeyShares> = round.shares.values().cloned().collect();
        let public = PublicKeys::derive(&self.dealers()?);
        let public = public.map_err(|fault| CeremonyFault::Key {
            trustee: self.index,
            fault,
        })?;
        Ok((
            public,
            transcript_hash(&self.record.election().id, &hashes, &commitments, &shares),
        ))
    }

    fn dealers(&self) -> Result<Vec<Commitments>, CeremonyFault> {
        let round = self.record.lifecycle.setup().round();
        let trustees = self.record.election().manifest.trustees.members.len() as u32;
        let dealers: Option<Vec<_>> = (0..trustees)
            .map(|index| round.verified(index).cloned())
            .collect();
        dealers.ok_or_else(|| {
            CeremonyFault::NotNow("not every trustee has published its commitments".to_owned())
        })
    }

    /// Who has not taken a step yet.
    fn missing<T>(&self, done: &ByTrustee<T>, step: &str) -> Option<Step> {
        let members = (0..).zip(&self.record.election().manifest.trustees.members);
        let names: Vec<_> = members
            .filter(|(index, _)| !done.has(*index))
            .map(|(_, member)| member.name.as_str())
            .collect();
        (!names.is_empty()).then(|| Step::Wait(format!("waiting for {} to {step}", names.join(", "))))
    }

    fn post<T: Signable>(&self, body: T, entry: impl Fn(Signed<T>) -> Entry) -> Step {
        let signed = Signed::new(body, &self.record.election().id, &self.key.signing);
        Step::Post(Box::new(entry(signed)))
    }
}

fn not_mine(step: &'static str) -> CeremonyFault {
    CeremonyFault::NotMine { step }
}
