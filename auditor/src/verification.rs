//! From legal ballots to counted ones: in portions through the crew, and back
//! in the ledger's order (specs/10-audit.md §2.2).

use std::sync::Arc;

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use voting_core::ballot::CELL_LENGTH;
use voting_core::lifecycle::Election;

use crate::batch::{Checker, Done, Portion, Purpose, Waiting};
use crate::claims::{Observer, SeenBallot};
use crate::count::{Count, Recall, read_again};
use crate::crew::Crew;
use crate::register::Latest;

/// Ballots of a style that are summed together gain nothing from more company.
const BALLOTS: usize = 256;
/// Most styles for which a portion grows.
const STYLES: usize = 4;
/// Cells of a portion. Decoded they take 320 bytes each.
const CELLS: usize = 1 << 16;

/// Ballots on their way through verification.
pub(crate) struct Verification {
    rng: ChaCha20Rng,
    checker: Option<Arc<Checker>>,
    crew: Crew,
    largest: usize,
    count: Queue,
    subtract: Queue,
}

/// Ballots that wait until they are enough for a portion.
#[derive(Default)]
struct Queue {
    ballots: Vec<Waiting>,
    cells: usize,
}

impl Verification {
    /// `rng` must be unknown to whoever made the ballots.
    pub(crate) fn begin(rng: &mut ChaCha20Rng) -> Self {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            rng: ChaCha20Rng::from_rng(rng),
            checker: None,
            crew: Crew::new(workers),
            // Many processors share the memory that two may take.
            largest: CELLS * 2 / workers.max(2),
            count: Queue::default(),
            subtract: Queue::default(),
        }
    }

    /// A legal ballot.
    pub(crate) fn push(&mut self, election: &Election, ballot: Waiting) {
        self.count.push(ballot);
        if self.count.is_full(election, self.largest) {
            self.submit(election, Purpose::Count, true);
        }
    }

    /// Counts what is verified, and waits only if too much is under way.
    pub(crate) fn settle(
        &mut self,
        election: &Election,
        count: &mut Count,
        observers: &mut [Box<dyn Observer>],
        recall: &mut dyn Recall,
    ) {
        while let Some(done) = self.crew.next(self.crew.is_busy()) {
            self.take(election, &done, count, observers, recall);
        }
    }

    /// Verifies and counts everything that waits.
    pub(crate) fn flush(
        &mut self,
        election: &Election,
        count: &mut Count,
        observers: &mut [Box<dyn Observer>],
        recall: &mut dyn Recall,
    ) {
        self.submit(election, Purpose::Count, false);
        loop {
            while let Some(done) = self.crew.next(true) {
                self.take(election, &done, count, observers, recall);
            }
            if self.subtract.ballots.is_empty() {
                return;
            }
            self.submit(election, Purpose::Subtract, false);
        }
    }

    fn submit(&mut self, election: &Election, purpose: Purpose, full: bool) {
        let queue = match purpose {
            Purpose::Count => &mut self.count,
            Purpose::Subtract => &mut self.subtract,
        };
        let ballots = core::mem::take(queue).ballots;
        if ballots.is_empty() {
            return;
        }
        let mut seed = [0; 32];
        self.rng.fill_bytes(&mut seed);
        let checker = self
            .checker
            .get_or_insert_with(|| Arc::new(Checker::new(election)));
        let portion = Portion {
            purpose,
            ballots,
            seed,
        };
        self.crew.submit(checker, portion, full);
    }

    fn take(
        &mut self,
        election: &Election,
        done: &Done,
        count: &mut Count,
        observers: &mut [Box<dyn Observer>],
        recall: &mut dyn Recall,
    ) {
        if done.purpose == Purpose::Subtract {
            count.subtract(done);
            return;
        }
        let replaced = count.take(election, done, |checked, sequence| {
            let invalid = match &checked.proof {
                Some(Ok(_)) => None,
                Some(Err(error)) => Some(error.to_string()),
                None => Some("verification ended without an answer".to_owned()),
            };
            let seen = SeenBallot {
                index: checked.index,
                invalid: invalid.as_deref(),
                tokens: &checked.tokens,
                sequence,
            };
            for observer in observers.iter_mut() {
                observer.ballot(&seen);
            }
        });
        for earlier in replaced {
            self.replaced(election, &earlier, count, recall);
        }
    }

    /// A ballot that a later one has replaced is read a second time.
    fn replaced(
        &mut self,
        election: &Election,
        earlier: &Latest,
        count: &mut Count,
        recall: &mut dyn Recall,
    ) {
        let Some(ballot) = read_again(earlier, recall) else {
            count.not_read(earlier.index);
            return;
        };
        self.subtract.push(ballot);
        if self.subtract.is_full(election, self.largest) {
            self.submit(election, Purpose::Subtract, true);
        }
    }
}

impl Queue {
    fn push(&mut self, ballot: Waiting) {
        self.cells += ballot.entry.cells.len() / CELL_LENGTH;
        self.ballots.push(ballot);
    }

    fn is_full(&self, election: &Election, largest: usize) -> bool {
        let ballots = BALLOTS * election.manifest.styles.len().clamp(1, STYLES);
        self.ballots.len() >= ballots || self.cells >= largest
    }
}
