//! The voters' ballots, batch by batch, on all processors.
//!
//! A voter's number decides everything about the voter, so the ballots are
//! the same whoever makes them. The batches come back in their order.

use std::ops::Range;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::{Context, Result};
use rsa::pss::Pss;
use sha2::{Digest, Sha384};
use voting_core::ballot::{BallotContext, Draft, VerifiedBallot, Verifier};
use voting_core::credential::Credential;
use voting_core::entry::{BallotEntry, Entry};
use voting_core::hash::Hash;
use voting_core::ledger::leaf_hash;
use voting_core::lifecycle::Election;
use voting_core::token::IssuerPublicKey;

use super::people::People;
use super::plan::Plan;

/// The one style.
const STYLE: u32 = 0;

/// A batch as it goes on the ledger.
pub(super) struct Made {
    /// Ballots by leaf hash.
    pub(super) ballots: Vec<(Hash, Entry, Vec<u8>)>,
    /// Those that no later one replaces.
    pub(super) counted: Vec<VerifiedBallot>,
}

/// All batches in the ledger's order: everybody's first ballot, then the
/// ballots of those who vote again.
fn batches(plan: &Plan) -> Vec<Range<u64>> {
    let step = plan.batch as usize;
    let cut = |range: Range<u64>| {
        let end = range.end;
        range
            .step_by(step)
            .map(move |first| first..end.min(first + step as u64))
    };
    cut(0..plan.voters())
        .chain(cut(plan.voters()..plan.ballots))
        .collect()
}

/// Whatever makes ballots.
pub(super) struct Booth<'a> {
    plan: &'a Plan,
    people: &'a People,
    context: BallotContext,
    verifier: Verifier<BallotContext>,
    keys: Vec<&'a IssuerPublicKey>,
}

impl<'a> Booth<'a> {
    /// A booth for an election whose keys are all there.
    pub(super) fn new(plan: &'a Plan, people: &'a People, election: &'a Election) -> Result<Self> {
        let context = election.ballot_context(STYLE).context("there is no joint key")?;
        Ok(Self {
            plan,
            people,
            verifier: Verifier::new(context.clone()),
            context,
            keys: election.issuer_keys.values().collect(),
        })
    }

    /// Makes all batches; `take` gets them in their order. At most two per
    /// processor are in memory.
    pub(super) fn make(&self, mut take: impl FnMut(Made) -> Result<()>) -> Result<()> {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let batches = batches(self.plan);
        std::thread::scope(|scope| {
            let work = |worker: usize| {
                let (done, made) = sync_channel(1);
                let own = batches.iter().skip(worker).step_by(workers);
                scope.spawn(move || self.work(own, &done));
                made
            };
            let made: Vec<Receiver<Result<Made>>> = (0..workers).map(work).collect();
            for batch in 0..batches.len() {
                take(made[batch % workers].recv().context("a batch was not made")??)?;
            }
            Ok(())
        })
    }

    fn work<'b>(&self, batches: impl Iterator<Item = &'b Range<u64>>, done: &SyncSender<Result<Made>>) {
        for batch in batches {
            // Nobody waits for more after an error.
            if done.send(self.batch(batch.clone())).is_err() {
                return;
            }
        }
    }

    /// Ballots by their number on the ledger.
    fn batch(&self, numbers: Range<u64>) -> Result<Made> {
        let voters = self.plan.voters();
        let entries = numbers.clone().map(|number| match number.checked_sub(voters) {
            None => self.ballot(number, 0),
            Some(voter) => self.ballot(voter, 1),
        });
        let entries = entries.collect::<Result<Vec<BallotEntry>>>()?;
        // A tally takes nothing but verified ballots, of whoever made them.
        let references: Vec<&BallotEntry> = entries.iter().collect();
        let mut rng = self.plan.seed.rng("weights", numbers.start);
        let verified = self.verifier.verify_batch(&references, &mut rng);
        let mut counted = Vec::new();
        for (number, verified) in numbers.zip(verified) {
            let verified = verified?;
            if number >= self.plan.again {
                counted.push(verified);
            }
        }
        let encoded = entries.into_iter().map(|entry| {
            let entry = Entry::Ballot(entry);
            let bytes = entry.to_bytes();
            (leaf_hash(&bytes), entry, bytes)
        });
        let mut ballots: Vec<_> = encoded.collect();
        ballots.sort_unstable_by_key(|ballot| ballot.0);
        Ok(Made { ballots, counted })
    }

    fn ballot(&self, voter: u64, sequence: u32) -> Result<BallotEntry> {
        let seed = self.plan.seed;
        let number = voter << 1 | u64::from(sequence);
        let credential = Credential::generate(&mut seed.rng("credential", voter));
        let values = self.plan.contest.encode(&self.plan.choice(voter, sequence))?;
        let cells = seed.bytes("cells", number);
        let draft = Draft::seal(&self.context, &credential, sequence, &values, cells)?;
        let tokens = self.tokens(voter, &credential)?;
        Ok(draft.cast(tokens, &credential, &mut seed.rng("proof", number))?)
    }

    /// A token of every issuer: RSASSA-PSS with SHA-384, as a blind signature
    /// is once it is unblinded.
    fn tokens(&self, voter: u64, credential: &Credential) -> Result<Vec<Vec<u8>>> {
        let mut rng = self.plan.seed.rng("tokens", voter);
        let mut token = |key: &&IssuerPublicKey| {
            let secret = &self.people.issuers[key.issuer() as usize].tokens;
            let message = key.token_input(&credential.public()).to_bytes();
            let digest = Sha384::digest(message);
            Ok(secret.sign_with_rng(&mut rng, Pss::<Sha384>::new(), &digest)?)
        };
        self.keys.iter().map(&mut token).collect()
    }
}
