//! "Check my device", on the second device (specs/05a-voter.md §5.1; attacks
//! C3 and H3).

use alloc::vec::Vec;

use super::Poll;
use crate::ballot::{Opening, SealError, Tracker};
use crate::contest::Choice;
use crate::encoding::{DecodeError, decode};
use crate::entry::BallotEntry;
use crate::hash::Hash;

/// Why the first device failed the check, or could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckFailed {
    /// The bytes are no opening.
    #[error("what the device shows is not an opened ballot: {0}")]
    Unreadable(#[from] DecodeError),
    /// An opening of another style, without a key, or against the rules.
    #[error("what the device shows is not a ballot of this election: {0}")]
    Opening(#[from] SealError),
    /// The tracker scanned before the choice belongs to another sealed ballot.
    #[error(
        "the device sealed something else than it shows now: its tracker code was another. \
         Do not use this device, and report it"
    )]
    OtherTracker,
    /// The values are no choice of the contest with this index.
    #[error("what the device sealed is not a possible answer to question number {0}")]
    NoChoice(usize),
}

/// What an opened ballot contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    opening: Opening,
    tracker: Tracker,
    choices: Vec<Choice>,
}

impl Poll {
    /// Recomputes an opened ballot from its bytes. `scanned` is the tracker,
    /// all 32 bytes, as this second device read it *before* the voter chose to
    /// check; this poll is from the ledger, not from the first device.
    ///
    /// # Errors
    /// The opening is not of this poll, or not of the ballot with that tracker.
    pub fn check(&self, opening: &[u8], scanned: &Hash) -> Result<Checked, CheckFailed> {
        let opening: Opening = decode(opening)?;
        let tracker = opening.check(self.context())?;
        if tracker.as_bytes() != scanned {
            return Err(CheckFailed::OtherTracker);
        }
        let mut rest = opening.values.as_slice();
        let mut choices = Vec::with_capacity(self.contests().len());
        for (index, contest) in self.contests().iter().enumerate() {
            let (cells, others) = rest
                .split_at_checked(contest.cells())
                .ok_or(CheckFailed::NoChoice(index))?;
            choices.push(contest.decode(cells).ok_or(CheckFailed::NoChoice(index))?);
            rest = others;
        }
        Ok(Checked {
            opening,
            tracker,
            choices,
        })
    }
}

impl Checked {
    /// The choices, one for each contest: the voter compares them with what
    /// they entered.
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The tracker, which is the scanned one.
    pub fn tracker(&self) -> Tracker {
        self.tracker
    }

    /// The opening itself.
    pub fn opening(&self) -> &Opening {
        &self.opening
    }

    /// Whether a ballot on the ledger is the opened one. None may be: the
    /// device would have cast what it pretended to give up.
    pub fn is_cast_as(&self, poll: &Poll, ballot: &BallotEntry) -> bool {
        Tracker::of(poll.election_id(), ballot) == self.tracker
    }
}
