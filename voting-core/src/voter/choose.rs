//! Choose, then check or cast (specs/05a-voter.md §4 and §5).
//!
//! A [`Draft`] is the stage between: opening uses it up, and so does casting,
//! so an opened ballot can never be cast. Every draft takes a sequence and a
//! seed of its own, and no other draft ever gets them.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::pass::Pass;
use super::{MAX_BALLOTS, Outcome, OwnBallot, Poll, Voter};
use crate::ballot::{Draft, SealError, Tracker};
use crate::contest::{Choice, ChoiceError};
use crate::entry::Entry;
use crate::ledger::leaf_hash;

/// Why no further ballot can be made now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Blocked {
    /// The outcome of the ballot cast before is not known.
    #[error(
        "your last ballot has no receipt yet and may be in the ballot box: send the same ballot again first"
    )]
    Unconfirmed,
    /// A second ballot is not allowed.
    #[error("your ballot is in the ballot box, and this election does not let you replace it")]
    Once,
    /// [`MAX_BALLOTS`] are kept already.
    #[error("this device has cast {MAX_BALLOTS} ballots, and cannot keep more receipts")]
    TooMany,
}

/// Why a choice was not sealed. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChooseError {
    /// Too few or too many choices.
    #[error("this ballot has {expected} questions, but {found} are answered")]
    Questions {
        /// Contests of the style.
        expected: usize,
        /// Choices given.
        found: usize,
    },
    /// A choice breaks a rule of its contest.
    #[error("{contest}: {error}")]
    Rule {
        /// The contest's id.
        contest: String,
        /// The rule, in a voter's words.
        error: Box<ChoiceError>,
    },
    /// An earlier ballot stands in the way.
    #[error(transparent)]
    Blocked(#[from] Blocked),
    /// Every sequence is used.
    #[error("no further ballot can be made with this voting pass")]
    Exhausted,
    /// The contests' rules and the style's statement disagree.
    #[error("the choice cannot be sealed: {0}")]
    Seal(SealError),
}

/// Why a sealed ballot was not cast. The draft is gone: seal the choice again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CastError {
    /// A pass is missing.
    #[error("the voting pass of the issuer {0} is still missing: ask for it first")]
    NoPass(String),
    /// An earlier ballot stands in the way.
    #[error(transparent)]
    Blocked(#[from] Blocked),
    /// The draft was sealed before a ballot that was cast since.
    #[error(
        "this ballot was sealed before the one that you cast last, and cannot replace it: make your choice again"
    )]
    Older,
    /// Sealed with another credential.
    #[error("the ballot cannot be cast: {0}")]
    Seal(#[from] SealError),
}

impl<'p> Voter<'p> {
    /// Seals one choice for each contest of the style, in its order. Show the
    /// draft's tracker, then let the voter decide: [`Draft::open`] or
    /// [`Voter::cast`]. Store the state before the tracker is shown.
    ///
    /// # Errors
    /// Which rule is broken, in a voter's words; or an earlier ballot stands
    /// in the way.
    pub fn choose<R: CryptoRng + ?Sized>(
        &mut self,
        choices: &[Choice],
        rng: &mut R,
    ) -> Result<Draft<'p>, ChooseError> {
        self.check_free()?;
        let values = values(self.poll, choices)?;
        let sequence = u32::try_from(self.next).map_err(|_| ChooseError::Exhausted)?;
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *seed);
        let draft = Draft::seal(self.poll.context(), &self.credential, sequence, &values, *seed)
            .map_err(ChooseError::Seal)?;
        self.next += 1;
        Ok(draft)
    }

    /// Proves the sealed ballot and keeps it: the ledger entry's bytes to
    /// post, and to post again until [`Voter::receive`] has its receipt. Store
    /// the state before they are sent.
    ///
    /// # Errors
    /// A pass is missing, or another ballot stands in the way.
    pub fn cast<R: CryptoRng + ?Sized>(&mut self, draft: Draft<'p>, rng: &mut R) -> Result<&[u8], CastError> {
        self.check_free()?;
        let sequence = draft.sequence();
        if self
            .ballots
            .last()
            .is_some_and(|last| last.sequence() >= sequence)
        {
            return Err(CastError::Older);
        }
        let ballot = draft.cast(self.tokens()?, &self.credential, rng)?;
        let tracker = Tracker::of(self.poll.election_id(), &ballot);
        let entry = Entry::Ballot(ballot).to_bytes();
        if let Some(last) = self.ballots.last_mut() {
            // Its receipt is all that is needed of a ballot that was replaced.
            last.entry = Vec::new();
        }
        self.ballots.push(OwnBallot {
            sequence,
            leaf: leaf_hash(&entry),
            tracker: *tracker.as_bytes(),
            entry,
            outcome: Outcome::Unconfirmed,
        });
        Ok(self.unconfirmed().unwrap_or_default())
    }

    /// The ballot that was cast and has no receipt yet, or one that the
    /// witnesses have not cosigned: these bytes, and no others, are posted
    /// until there is one that they have.
    pub fn unconfirmed(&self) -> Option<&[u8]> {
        let last = self.ballots.last()?;
        let waits = match &last.outcome {
            Outcome::Unconfirmed => true,
            Outcome::Refused => false,
            Outcome::Recorded(recording) => !recording.is_witnessed(),
        };
        waits.then_some(&last.entry)
    }

    /// Whether nothing cast before stands in the way of another ballot.
    ///
    /// # Errors
    /// What does.
    pub fn check_free(&self) -> Result<(), Blocked> {
        let recorded = |ballot: &OwnBallot| ballot.recording().is_some();
        let last = self.ballots.last();
        if last.is_some_and(|last| last.outcome == Outcome::Unconfirmed) {
            return Err(Blocked::Unconfirmed);
        }
        if !self.poll.revoting() && self.ballots.iter().any(recorded) {
            return Err(Blocked::Once);
        }
        if self.ballots.len() >= MAX_BALLOTS {
            return Err(Blocked::TooMany);
        }
        Ok(())
    }

    /// The tokens, by issuer index.
    fn tokens(&self) -> Result<Vec<Vec<u8>>, CastError> {
        let passes = self.passes.iter().zip(self.poll.issuers());
        let tokens = passes.map(|(pass, issuer)| match pass {
            Pass::Held(token) => Ok(token.to_vec()),
            Pass::Asked(_) => Err(CastError::NoPass(issuer.name.clone())),
        });
        tokens.collect()
    }
}

/// The values of all cells of the style.
fn values(poll: &Poll, choices: &[Choice]) -> Result<Zeroizing<Vec<u64>>, ChooseError> {
    let contests = poll.contests();
    if choices.len() != contests.len() {
        return Err(ChooseError::Questions {
            expected: contests.len(),
            found: choices.len(),
        });
    }
    // Allocated at full length: growing would leave copies of the choice behind.
    let cells = poll.context().statement.maxima().len();
    let mut values = Zeroizing::new(Vec::with_capacity(cells));
    for (contest, choice) in contests.iter().zip(choices) {
        let part = contest.encode(choice).map_err(|error| ChooseError::Rule {
            contest: contest.id.clone(),
            error: Box::new(error),
        })?;
        values.extend_from_slice(&Zeroizing::new(part));
    }
    Ok(values)
}
