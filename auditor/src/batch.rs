//! Ballots verified together: proofs as one sum, and every pass.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use voting_core::ballot::{BallotContext, InvalidBallot, VerifiedBallot, Verifier};
use voting_core::entry::BallotEntry;
use voting_core::hash::Hash;
use voting_core::lifecycle::Election;
use voting_core::tally::Sums;
use voting_core::token::TokenVerifier;

use crate::tokens::{self, TokenFault};

/// A ballot on its way through verification.
pub(crate) struct Waiting {
    pub(crate) index: u64,
    pub(crate) leaf: Hash,
    pub(crate) entry: BallotEntry,
}

/// What a portion is verified for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The ballots may count.
    Count,
    /// The ballots have counted, and later ones have replaced them. Verifying
    /// them once more is the only way to the type that can be subtracted.
    Subtract,
}

/// Ballots to be verified together, in the ledger's order.
pub(crate) struct Portion {
    pub(crate) purpose: Purpose,
    pub(crate) ballots: Vec<Waiting>,
    /// Makes the weights, which must be unknown to whoever made the ballots.
    pub(crate) seed: [u8; 32],
}

/// What verification says about one ballot.
pub(crate) struct Checked {
    pub(crate) index: u64,
    pub(crate) leaf: Hash,
    /// `None`: verification ended without an answer.
    pub(crate) proof: Option<Result<VerifiedBallot, InvalidBallot>>,
    pub(crate) tokens: Vec<TokenFault>,
}

impl Checked {
    /// The ballot, if its proof and passes are valid.
    pub(crate) fn valid(&self) -> Option<&VerifiedBallot> {
        let proof = self.proof.as_ref()?.as_ref().ok()?;
        self.tokens.is_empty().then_some(proof)
    }
}

/// A verified portion.
pub(crate) struct Done {
    pub(crate) purpose: Purpose,
    pub(crate) ballots: Vec<Checked>,
    /// By contest, the sums over the valid ones.
    pub(crate) sums: Vec<Sums>,
}

/// Everything that ballots of an election are verified with, made once: the
/// keys do not change after the poll has opened.
pub(crate) struct Checker {
    election: Election,
    styles: Vec<Option<Verifier<BallotContext>>>,
    tokens: Box<dyn TokenVerifier + Send + Sync>,
}

impl Checker {
    pub(crate) fn new(election: &Election) -> Self {
        let styles = 0..election.manifest.styles.len() as u32;
        Self {
            styles: styles
                .map(|style| election.ballot_context(style).map(Verifier::new))
                .collect(),
            tokens: tokens::verifier(election),
            election: election.clone(),
        }
    }

    /// Verifies a portion.
    pub(crate) fn check(&self, portion: &Portion) -> Done {
        let mut done = unanswered(portion);
        let mut rng = ChaCha20Rng::from_seed(portion.seed);
        for (style, verifier) in (0..).zip(&self.styles) {
            let of_style = |place: &usize| portion.ballots[*place].entry.style == style;
            let places: Vec<usize> = (0..portion.ballots.len()).filter(of_style).collect();
            // Legal ballots come after the key, so there is a verifier.
            if let (Some(verifier), false) = (verifier, places.is_empty()) {
                let ballots: Vec<&BallotEntry> = places
                    .iter()
                    .map(|place| &portion.ballots[*place].entry)
                    .collect();
                let proofs = verifier.verify_batch(&ballots, &mut rng);
                for (place, proof) in places.into_iter().zip(proofs) {
                    done.ballots[place].proof = Some(proof);
                }
            }
        }
        if portion.purpose == Purpose::Count {
            for (checked, waiting) in done.ballots.iter_mut().zip(&portion.ballots) {
                checked.tokens = tokens::check(&self.election, &*self.tokens, &waiting.entry);
            }
        }
        done.sums = self.sums(&done.ballots);
        done
    }

    fn sums(&self, ballots: &[Checked]) -> Vec<Sums> {
        let mut sums = empty_sums(&self.election);
        for ballot in ballots.iter().filter_map(Checked::valid) {
            add(&self.election, &mut sums, ballot);
        }
        sums
    }
}

/// A portion as it is when its verification ended without an answer. Its
/// ballots are reported, and never taken for valid.
pub(crate) fn unanswered(portion: &Portion) -> Done {
    let unanswered = |ballot: &Waiting| Checked {
        index: ballot.index,
        leaf: ballot.leaf,
        proof: None,
        tokens: Vec::new(),
    };
    Done {
        purpose: portion.purpose,
        ballots: portion.ballots.iter().map(unanswered).collect(),
        sums: Vec::new(),
    }
}

/// By contest, sums over no ballots.
pub(crate) fn empty_sums(election: &Election) -> Vec<Sums> {
    let cells = election.contests.iter().map(|statement| statement.maxima().len());
    cells.map(Sums::new).collect()
}

/// Adds a ballot to the sums of the contests that its style shows.
pub(crate) fn add(election: &Election, sums: &mut [Sums], ballot: &VerifiedBallot) {
    for (contest, sums) in (0..).zip(sums) {
        if let Some(offset) = election.cell_offset(ballot.style(), contest) {
            sums.add(ballot, offset);
        }
    }
}
