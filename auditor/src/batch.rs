//! Ballots waiting to be verified together, on all cores.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use voting_core::ballot::{BallotContext, InvalidBallot, VerifiedBallot, verify_batch};
use voting_core::entry::BallotEntry;
use voting_core::hash::Hash;
use voting_core::lifecycle::Election;
use voting_core::token::TokenVerifier;

use crate::tokens::{self, TokenFault};

/// Ballots verified as one sum of group equations.
pub(crate) const CHUNK: usize = 1_024;

/// A ballot on its way through verification.
pub(crate) struct Waiting {
    pub(crate) index: u64,
    pub(crate) leaf: Hash,
    pub(crate) entry: BallotEntry,
}

/// What verification says about one ballot.
pub(crate) struct Checked {
    pub(crate) proof: Result<VerifiedBallot, InvalidBallot>,
    pub(crate) tokens: Vec<TokenFault>,
}

/// Verifies proofs and passes; the answers stand in the order of the ballots.
///
/// `rng` draws a fresh seed for every chunk: the weights of a batch must be
/// unknown to whoever made the ballots.
pub(crate) fn check(
    election: &Election,
    waiting: &[Waiting],
    workers: usize,
    rng: &mut ChaCha20Rng,
) -> Vec<Option<Checked>> {
    let verifier = tokens::verifier(election);
    let chunks = chunks(election, waiting, rng);
    let mut checked: Vec<Option<Checked>> = Vec::new();
    checked.resize_with(waiting.len(), || None);
    for (place, result) in on_all_cores(chunks, workers, |chunk| chunk.verify(election, &*verifier)) {
        checked[place] = Some(result);
    }
    checked
}

/// Ballots of one style.
struct Chunk<'a> {
    context: BallotContext,
    places: Vec<usize>,
    ballots: Vec<&'a BallotEntry>,
    rng: ChaCha20Rng,
}

impl Chunk<'_> {
    fn verify(mut self, election: &Election, verifier: &dyn TokenVerifier) -> Vec<(usize, Checked)> {
        let proofs = verify_batch(&self.context, &self.ballots, &mut self.rng);
        let tokens = self
            .ballots
            .iter()
            .map(|ballot| tokens::check(election, verifier, ballot));
        let checked = proofs
            .into_iter()
            .zip(tokens)
            .map(|(proof, tokens)| Checked { proof, tokens });
        self.places.into_iter().zip(checked).collect()
    }
}

fn chunks<'a>(election: &Election, waiting: &'a [Waiting], rng: &mut ChaCha20Rng) -> Vec<Chunk<'a>> {
    let mut chunks = Vec::new();
    for style in 0..election.manifest.styles.len() as u32 {
        let of_style = |place: &usize| waiting[*place].entry.style == style;
        let places: Vec<usize> = (0..waiting.len()).filter(of_style).collect();
        for places in places.chunks(CHUNK) {
            // Legal ballots come after the key, so the context exists.
            let Some(context) = election.ballot_context(style) else {
                continue;
            };
            let ballots = places.iter().map(|place| &waiting[*place].entry).collect();
            chunks.push(Chunk {
                context,
                places: places.to_vec(),
                ballots,
                rng: ChaCha20Rng::from_rng(rng),
            });
        }
    }
    chunks
}

#[cfg(not(target_family = "wasm"))]
fn on_all_cores<T: Send, U: Send>(jobs: Vec<T>, workers: usize, work: impl Fn(T) -> Vec<U> + Sync) -> Vec<U> {
    let queue = std::sync::Mutex::new(jobs);
    let next = || queue.lock().ok()?.pop();
    let one = || {
        let mut done = Vec::new();
        while let Some(job) = next() {
            done.extend(work(job));
        }
        done
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (1..workers).map(|_| scope.spawn(one)).collect();
        let mut done = one();
        for thread in threads {
            // A ballot whose verification ended without an answer stays
            // unanswered and is reported; it is never taken for valid.
            done.extend(thread.join().unwrap_or_default());
        }
        done
    })
}

#[cfg(target_family = "wasm")]
fn on_all_cores<T, U>(jobs: Vec<T>, _workers: usize, work: impl Fn(T) -> Vec<U>) -> Vec<U> {
    jobs.into_iter().flat_map(work).collect()
}
