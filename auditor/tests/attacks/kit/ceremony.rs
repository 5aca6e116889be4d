//! The key ceremony, step by step, and what trustees do with their shares.

use std::sync::Arc;

use voting_core::decrypt::{bounded_logarithms, combine, verify_share};
use voting_core::entry::*;
use voting_core::hash::Hash;
use voting_core::keys::{Commitments, Dealing, DealingSeed, SecretShare};
use voting_core::outcome::{Outcome, outcome};
use voting_core::tally::Sums;

use super::people::rng;
use super::story::Story;

/// The trustees' secret shares, by index.
#[derive(Default)]
pub(crate) struct Secrets(Vec<SecretShare>);

/// The secrets of one trustee in the first round.
pub(crate) fn dealing(election_id: &Hash, trustee: u32) -> Dealing {
    dealing_in(election_id, 0, trustee)
}

/// The secrets of one trustee in any round.
pub(crate) fn dealing_in(election_id: &Hash, round: u32, trustee: u32) -> Dealing {
    let seed = DealingSeed::from_secret_bytes(&[60 + trustee as u8; 32]);
    Dealing::new(&seed, election_id, round, trustee, 2)
}

impl Story {
    /// The whole ceremony, honestly.
    pub(crate) fn key_ceremony(&mut self) {
        self.hashes();
        self.commitments();
        self.deal();
        for trustee in 0..3 {
            self.confirm(trustee);
        }
    }

    /// A round that fails: what `dealer` sends to `receiver` does not fit its
    /// commitments, and the receiver proves it.
    pub(crate) fn failed_round(&mut self, dealer: u32, receiver: u32) {
        self.hashes();
        self.commitments();
        let dealt: Vec<_> = (0..3).map(|trustee| self.dealt(trustee)).collect();
        let all: Vec<_> = (0..)
            .zip(dealt)
            .map(|(trustee, mut body)| {
                if trustee == dealer {
                    body.shares[receiver as usize][79] ^= 1;
                }
                self.push(&Entry::KeyShares(self.sign_trustee(trustee, body.clone())));
                body
            })
            .collect();
        let bad = self.secrets(receiver).receive(&self.dealers(), &all).unwrap_err();
        let body = self.secrets(receiver).complain(bad);
        self.push(&Entry::KeyComplaint(self.sign_trustee(receiver, body)));
    }

    fn secrets(&self, trustee: u32) -> Dealing {
        dealing_in(&self.id(), self.honest.setup().round().number, trustee)
    }

    fn dealt(&self, trustee: u32) -> KeyShares {
        let round = self.honest.setup().round();
        let receivers: Vec<_> = round.hashes.values().cloned().collect();
        let secrets = self.secrets(trustee);
        secrets
            .shares(&receivers, &mut rng(80 + u64::from(trustee)))
            .unwrap()
    }

    fn dealers(&self) -> Vec<Commitments> {
        let round = self.honest.setup().round();
        (0..3)
            .map(|trustee| round.verified(trustee).unwrap().clone())
            .collect()
    }

    fn sign_trustee<T: Signable>(&self, trustee: u32, body: T) -> Signed<T> {
        Signed::new(body, &self.id(), &self.people.trustees[trustee as usize])
    }

    pub(crate) fn hashes(&mut self) {
        for trustee in 0..3 {
            let body = self.secrets(trustee).hash();
            self.push_hash(body);
        }
    }

    pub(crate) fn push_hash(&mut self, body: KeyHash) -> u64 {
        self.push(&Entry::KeyHash(self.sign_trustee(body.trustee, body)))
    }

    pub(crate) fn commitments(&mut self) {
        for trustee in 0..3 {
            let body = self.secrets(trustee).commitment();
            self.push_commitment(body);
        }
    }

    pub(crate) fn push_commitment(&mut self, body: KeyCommitment) -> u64 {
        self.push(&Entry::KeyCommitment(self.sign_trustee(body.trustee, body)))
    }

    pub(crate) fn deal(&mut self) {
        let dealt: Vec<_> = (0..3).map(|trustee| self.dealt(trustee)).collect();
        for body in &dealt {
            self.push(&Entry::KeyShares(self.sign_trustee(body.trustee, body.clone())));
        }
        let dealers = self.dealers();
        let receive = |trustee| self.secrets(trustee).receive(&dealers, &dealt).unwrap();
        self.ceremony = Arc::new(Secrets((0..3).map(receive).collect()));
    }

    pub(crate) fn confirmation(&self, trustee: u32) -> KeyConfirmation {
        let (public, transcript) = self.honest.setup().derive(self.election()).unwrap();
        let joint_key = public.joint.compress().to_bytes().into();
        KeyConfirmation {
            round: self.honest.setup().round().number,
            trustee,
            joint_key,
            transcript: transcript.into(),
        }
    }

    pub(crate) fn confirm(&mut self, trustee: u32) -> u64 {
        let body = self.confirmation(trustee);
        self.push_confirmation(body)
    }

    pub(crate) fn push_confirmation(&mut self, body: KeyConfirmation) -> u64 {
        self.push(&Entry::KeyConfirmation(self.sign_trustee(body.trustee, body)))
    }

    pub(crate) fn rehearse(&mut self, trustee: u32) -> u64 {
        let keys = self.election().keys.as_ref().unwrap();
        let secret = &self.ceremony.0[trustee as usize];
        let body = secret.rehearse(&self.id(), &keys.transcript, &mut rng(90));
        self.push(&Entry::Rehearsal(self.sign_trustee(trustee, body)))
    }

    /// An honest decryption share at the present head.
    pub(crate) fn share(&self, trustee: u32, contest: u32) -> DecryptionShare {
        let closing = (self.tree.size(), self.tree.root());
        self.share_at(trustee, contest, closing)
    }

    pub(crate) fn share_at(&self, trustee: u32, contest: u32, closing: (u64, Hash)) -> DecryptionShare {
        self.share_of(trustee, contest, closing, &self.sums(contest).1)
    }

    /// A share of sums that are already added up.
    pub(crate) fn share_of(
        &self,
        trustee: u32,
        contest: u32,
        closing: (u64, Hash),
        sums: &Sums,
    ) -> DecryptionShare {
        let election = self.election();
        let joint = &election.keys.as_ref().unwrap().public.joint;
        let secret = &self.ceremony.0[trustee as usize];
        secret.decrypt(
            &self.id(),
            joint,
            contest,
            (closing.0, &closing.1),
            sums,
            &mut rng(95),
        )
    }

    /// The honest result of a contest, opened by trustees 0 and 2.
    pub(crate) fn result(&self, contest: u32) -> ContestResult {
        let election = self.election();
        let keys = &election.keys.as_ref().unwrap().public;
        let (ballots, sums) = self.sums(contest);
        let verified = |trustee: u32| {
            let share = self.share(trustee, contest);
            verify_share(
                &self.id(),
                &keys.joint,
                &keys.shares[trustee as usize],
                &sums,
                &share,
            )
            .unwrap()
        };
        let points = combine(2, &sums, &[verified(0), verified(2)]).unwrap();
        let sealed = &election.manifest.contests[contest as usize];
        let largest = (0..points.len())
            .map(|cell| sealed.largest_total(cell, ballots))
            .max()
            .unwrap_or(0);
        let totals = bounded_logarithms(&points, largest).unwrap();
        let projects = sealed.totals(&totals, ballots).unwrap();
        let winners = match outcome(sealed, &projects, self.honest.closing().lot()) {
            Outcome::Winners(winners) => Some(winners),
            Outcome::Open { .. } => None,
        };
        ContestResult {
            contest,
            totals,
            winners,
        }
    }
}
