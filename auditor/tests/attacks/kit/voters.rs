//! Voters: credentials, passes, ballots.

use blind_rsa_signatures::SecretKeySha384PSSDeterministic;
use rsa::RsaPrivateKey;
use voting_core::ballot::{BallotContext, Draft};
use voting_core::contest::Choice;
use voting_core::credential::Credential;
use voting_core::entry::BallotEntry;
use voting_core::lifecycle::Election;
use voting_core::token::{IssuerPublicKey, Pending};

use super::people::{rng, rsa_key};

/// A voter by number; the number decides credential, style and choices.
pub(crate) struct Voter {
    pub(crate) style: u32,
    pub(crate) credential: Credential,
    number: u64,
}

impl Voter {
    pub(crate) fn new(number: u64) -> Self {
        let credential = Credential::generate(&mut rng(5_000 + number));
        Self {
            style: u32::from(number % 10 >= 5),
            credential,
            number,
        }
    }

    /// A pass of every issuer.
    pub(crate) fn tokens(&self, election: &Election) -> Vec<Vec<u8>> {
        (0..election.manifest.issuers.members.len() as u32)
            .map(|issuer| {
                let key = &election.issuer_keys[&(issuer, self.style)];
                token(key, rsa_key(issuer, self.style), &self.credential.public())
            })
            .collect()
    }

    /// Cell values of this voter's choice; it depends on the sequence.
    pub(crate) fn values(&self, election: &Election, sequence: u32) -> Vec<u64> {
        let pick = (self.number as u32 + sequence) % 3;
        let contests = &election.manifest.contests;
        let mut values = contests[0].encode(&Choice::Projects(vec![pick])).unwrap();
        if self.style == 1 {
            let points = vec![(pick.min(1), 4), (2, i64::from(pick) + 1)];
            values.extend(contests[1].encode(&Choice::Points(points)).unwrap());
        }
        values
    }

    /// An honest ballot.
    pub(crate) fn ballot(&self, election: &Election, sequence: u32) -> BallotEntry {
        let context = election.ballot_context(self.style).unwrap();
        let values = self.values(election, sequence);
        self.ballot_in(&context, self.tokens(election), &values, sequence)
    }

    /// A ballot of any values in any context: what a modified device can make.
    pub(crate) fn ballot_in(
        &self,
        context: &BallotContext,
        tokens: Vec<Vec<u8>>,
        values: &[u64],
        sequence: u32,
    ) -> BallotEntry {
        let seed = [(self.number as u8).wrapping_add(100u8.wrapping_mul(sequence as u8)); 32];
        let draft = Draft::seal(context, &self.credential, sequence, values, seed).unwrap();
        draft
            .cast(tokens, &self.credential, &mut rng(9_000 + self.number))
            .unwrap()
    }
}

/// A pass as an issuer with this private key signs it.
pub(crate) fn token(key: &IssuerPublicKey, private: &RsaPrivateKey, credential: &[u8; 32]) -> Vec<u8> {
    let pending = Pending::new(key, credential, &mut rng(11)).unwrap();
    let secret = SecretKeySha384PSSDeterministic::new(private.clone());
    let answer = secret
        .blind_sign_with_rng(&mut rng(12), &pending.request().blinded_message)
        .unwrap();
    pending.finalize(key, &answer.0).unwrap()
}
