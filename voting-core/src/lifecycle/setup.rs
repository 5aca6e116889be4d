//! Before opening: the key ceremony, the rolls, the issuers' keys, the rehearsal.

use alloc::format;
use alloc::vec::Vec;

use super::authors::{Trustee, check_issuer, turn};
use super::lists::Lists;
use super::{ByTrustee, Election, ElectionKeys, Illegal};
use crate::entry::{
    Entry, IssuerKey, KeyCommitment, KeyComplaint, KeyConfirmation, KeyHash, KeyShares, Rehearsal, Roll,
    Signable, Signed,
};
use crate::keys::{
    Commitments, KeyFault, PublicKeys, commitment_hash, key_digest, transcript_hash, verify_commitment,
    verify_complaint, verify_hash, verify_rehearsal,
};
use crate::token::IssuerPublicKey;

/// One round of the key ceremony, by trustee index. Each step waits for all
/// of the step before, so that nobody chooses after seeing others.
#[derive(Debug, Clone, Default)]
pub struct Round {
    /// The round's number, from 0; every proven complaint starts the next.
    pub number: u32,
    /// Hashes of the commitments to come.
    pub hashes: ByTrustee<KeyHash>,
    /// Commitments.
    pub commitments: ByTrustee<KeyCommitment>,
    /// Encrypted shares.
    pub shares: ByTrustee<KeyShares>,
    /// Certificates.
    pub confirmations: ByTrustee<Signed<KeyConfirmation>>,
    verified: ByTrustee<Commitments>,
}

impl Round {
    /// The verified commitments of a trustee.
    pub fn verified(&self, trustee: u32) -> Option<&Commitments> {
        self.verified.get(trustee)
    }
}

/// The entries before opening.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    round: Round,
    rehearsed: ByTrustee<Rehearsal>,
    rolls: Lists,
}

impl Setup {
    /// The current round of the key ceremony.
    pub fn round(&self) -> &Round {
        &self.round
    }

    /// Rehearsals by trustee.
    pub fn rehearsed(&self) -> &ByTrustee<Rehearsal> {
        &self.rehearsed
    }

    pub(super) fn apply(&mut self, election: &mut Election, entry: &Entry) -> Result<(), Illegal> {
        match entry {
            Entry::KeyHash(signed) => self.hash(election, signed),
            Entry::KeyCommitment(signed) => self.commitment(election, signed),
            Entry::KeyShares(signed) => self.shares(election, signed),
            Entry::KeyComplaint(signed) => self.complaint(election, signed),
            Entry::KeyConfirmation(signed) => self.confirmation(election, signed),
            Entry::Rehearsal(signed) => self.rehearsal(election, signed),
            Entry::Roll(signed) => self.roll(election, signed),
            Entry::IssuerKey(signed) => issuer_key(election, signed),
            other => Err(Illegal::Order {
                kind: other.kind(),
                phase: "setup",
            }),
        }
    }

    fn hash(&mut self, election: &Election, signed: &Signed<KeyHash>) -> Result<(), Illegal> {
        let body = &signed.body;
        let trustee = self.step(election, signed, (body.trustee, body.round))?;
        trustee.once(&self.round.hashes, "has published its hash already")?;
        verify_hash(body).map_err(|fault| trustee.at_fault(fault))?;
        self.round.hashes.insert(body.trustee, body.clone());
        Ok(())
    }

    fn commitment(&mut self, election: &Election, signed: &Signed<KeyCommitment>) -> Result<(), Illegal> {
        let body = &signed.body;
        let trustee = self.step(election, signed, (body.trustee, body.round))?;
        trustee.after_all(&self.round.hashes, "commits before every trustee's hash is there")?;
        trustee.once(&self.round.commitments, "has published its commitments already")?;
        let fault = |fault| trustee.at_fault(fault);
        let promised = self.round.hashes.get(body.trustee);
        if promised.is_none_or(|promised| commitment_hash(&election.id, body) != *promised.hash) {
            return Err(fault(KeyFault::Hash));
        }
        let threshold = election.manifest.trustees.threshold;
        let verified = verify_commitment(&election.id, threshold, body).map_err(fault)?;
        self.round.verified.insert(body.trustee, verified);
        self.round.commitments.insert(body.trustee, body.clone());
        Ok(())
    }

    fn shares(&mut self, election: &Election, signed: &Signed<KeyShares>) -> Result<(), Illegal> {
        let body = &signed.body;
        let trustee = self.step(election, signed, (body.trustee, body.round))?;
        trustee.after_all(
            &self.round.commitments,
            "deals before every trustee's commitments are there",
        )?;
        trustee.once(&self.round.shares, "has published its shares already")?;
        if body.shares.len() != election.manifest.trustees.members.len() {
            return Err(trustee.at_fault(KeyFault::ShareCount));
        }
        self.round.shares.insert(body.trustee, body.clone());
        Ok(())
    }

    /// A proven complaint ends the round: all start again with fresh secrets.
    fn complaint(&mut self, election: &Election, signed: &Signed<KeyComplaint>) -> Result<(), Illegal> {
        let body = &signed.body;
        let trustee = self.step(election, signed, (body.trustee, body.round))?;
        trustee.after_all(
            &self.round.shares,
            "complains before every trustee's shares are there",
        )?;
        if election.keys.is_some() {
            return Err(trustee.out_of_turn("complains after the key was certified by all"));
        }
        let unknown = Illegal::Unknown {
            what: "trustee",
            index: body.dealer,
        };
        let dealer = self.round.verified.get(body.dealer).ok_or(unknown.clone())?;
        let shares = self.round.shares.get(body.dealer).ok_or(unknown.clone())?;
        let receiver = self.round.hashes.get(body.trustee).ok_or(unknown)?;
        verify_complaint(&election.id, receiver, dealer, shares, body)
            .map_err(|fault| trustee.at_fault(fault))?;
        self.round = Round {
            number: self.round.number + 1,
            ..Round::default()
        };
        Ok(())
    }

    fn confirmation(
        &mut self,
        election: &mut Election,
        signed: &Signed<KeyConfirmation>,
    ) -> Result<(), Illegal> {
        let body = &signed.body;
        let trustee = self.step(election, signed, (body.trustee, body.round))?;
        trustee.after_all(
            &self.round.shares,
            "certifies before every trustee's shares are there",
        )?;
        trustee.once(&self.round.confirmations, "has certified already")?;
        let (public, transcript) = self.derive(election).map_err(|fault| trustee.at_fault(fault))?;
        let same = public.joint.compress().as_bytes() == &*body.joint_key && transcript == *body.transcript;
        if !same {
            return Err(trustee.at_fault(KeyFault::Certificate));
        }
        self.round.confirmations.insert(body.trustee, signed.clone());
        if self.round.confirmations.len() == election.manifest.trustees.members.len() {
            let confirmations: Vec<_> = self.round.confirmations.values().cloned().collect();
            election.keys = Some(ElectionKeys {
                public,
                transcript,
                digest: key_digest(&confirmations),
            });
        }
        Ok(())
    }

    /// What this round's entries make of the key; all commitments are there.
    pub fn derive(&self, election: &Election) -> Result<(PublicKeys, crate::hash::Hash), KeyFault> {
        let verified: Vec<_> = self.round.verified.values().cloned().collect();
        let hashes: Vec<_> = self.round.hashes.values().cloned().collect();
        let commitments: Vec<_> = self.round.commitments.values().cloned().collect();
        let shares: Vec<_> = self.round.shares.values().cloned().collect();
        let transcript = transcript_hash(&election.id, &hashes, &commitments, &shares);
        Ok((PublicKeys::derive(&verified)?, transcript))
    }

    fn rehearsal(&mut self, election: &Election, signed: &Signed<Rehearsal>) -> Result<(), Illegal> {
        let body = &signed.body;
        let trustee = Trustee::of(election, signed, body.trustee)?;
        let Some(keys) = &election.keys else {
            return Err(trustee.out_of_turn("rehearses before every trustee has certified the key"));
        };
        trustee.once(&self.rehearsed, "has rehearsed already")?;
        let share_key = &keys.public.shares[body.trustee as usize];
        verify_rehearsal(&election.id, &keys.transcript, body.trustee, share_key, body)
            .map_err(|fault| trustee.at_fault(fault))?;
        self.rehearsed.insert(body.trustee, body.clone());
        Ok(())
    }

    fn roll(&mut self, election: &mut Election, signed: &Signed<Roll>) -> Result<(), Illegal> {
        let (issuer, style) = (signed.body.issuer, signed.body.style);
        check_issuer(election, signed, issuer, style)?;
        self.rolls
            .apply(issuer, style, |list| list.accept_roll(&signed.body))?;
        if let Some(lines) = self.rolls.whole(issuer, style) {
            election.roll_lines.insert((issuer, style), lines);
        }
        Ok(())
    }

    /// A trustee's step in the current round.
    fn step<'a, T: Signable>(
        &self,
        election: &'a Election,
        signed: &Signed<T>,
        (trustee, round): (u32, u32),
    ) -> Result<Trustee<'a>, Illegal> {
        Trustee::of(election, signed, trustee)?.in_round(round, self.round.number)
    }

    /// Opening needs the certified key, every issuer's keys and rolls, and
    /// t + 1 rehearsals (all, if n = t).
    pub(super) fn ready(&self, election: &Election) -> Result<(), Illegal> {
        let trustees = &election.manifest.trustees;
        if election.keys.is_none() {
            return Err(Illegal::NotReady(
                "the trustees have not all certified the key".into(),
            ));
        }
        let needed = trustees.members.len().min(trustees.threshold as usize + 1);
        if self.rehearsed.len() < needed {
            let rehearsed = self.rehearsed.len();
            return Err(Illegal::NotReady(format!(
                "{rehearsed} of {needed} needed trustees have rehearsed"
            )));
        }
        for style in 0..election.manifest.styles.len() as u32 {
            for issuer in 0..election.manifest.issuers.members.len() as u32 {
                if !election.issuer_keys.contains_key(&(issuer, style)) {
                    return Err(Illegal::NotReady(format!(
                        "issuer {issuer} has no key for style {style} on the ledger"
                    )));
                }
                let Some(lines) = election.roll_lines.get(&(issuer, style)) else {
                    return Err(Illegal::NotReady(format!(
                        "issuer {issuer} has no complete roll of style {style} on the ledger"
                    )));
                };
                if *lines != election.roll_lines(style) {
                    return Err(Illegal::NotReady(format!(
                        "the issuers' rolls of style {style} differ in length"
                    )));
                }
            }
        }
        Ok(())
    }
}

fn issuer_key(election: &mut Election, signed: &Signed<IssuerKey>) -> Result<(), Illegal> {
    let body = &signed.body;
    check_issuer(election, signed, body.issuer, body.style)?;
    let place = (body.issuer, body.style);
    if election.issuer_keys.contains_key(&place) {
        return Err(turn(
            "issuer",
            body.issuer,
            "has published its key for this style already",
        ));
    }
    let key = IssuerPublicKey::verify_entry(&election.id, &election.manifest, body).map_err(|refused| {
        Illegal::IssuerKey {
            issuer: body.issuer,
            style: body.style,
            refused,
        }
    })?;
    election.issuer_keys.insert(place, key);
    Ok(())
}
