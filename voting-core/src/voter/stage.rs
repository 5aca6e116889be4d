//! How far a voter has come, in words (specs/05a-voter.md §6.2). "Cast" is
//! said for a verified receipt and for nothing else.

use core::fmt;

use super::{Outcome, OwnBallot, Voter};

/// How far a voter has come on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A pass is missing. Nothing was cast.
    NoPass,
    /// The passes are there. Nothing was cast.
    NotCast,
    /// A ballot may have been sent, and there is no receipt for it.
    Unconfirmed {
        /// Whether an earlier ballot has a receipt.
        earlier: bool,
    },
    /// The ballot box said that it does not take the last ballot.
    Refused {
        /// Whether an earlier ballot has a receipt.
        earlier: bool,
    },
    /// The ballot box has signed for the ballot. The election asks for
    /// witnesses, and not enough of them have cosigned yet: the same bytes,
    /// handed in again, get a receipt with their cosignatures.
    HandedIn,
    /// The ballot box has signed for the ballot, and so have the witnesses that
    /// the election asks for.
    Cast,
}

impl Voter<'_> {
    /// How far this voter has come.
    pub fn stage(&self) -> Stage {
        let Some((last, before)) = self.ballots.split_last() else {
            return match self.outstanding().next() {
                Some(_) => Stage::NoPass,
                None => Stage::NotCast,
            };
        };
        let earlier = before.iter().any(|ballot| OwnBallot::recording(ballot).is_some());
        match last.outcome {
            Outcome::Unconfirmed => Stage::Unconfirmed { earlier },
            Outcome::Refused => Stage::Refused { earlier },
            Outcome::Recorded(ref recording) if recording.is_witnessed() => Stage::Cast,
            Outcome::Recorded(_) => Stage::HandedIn,
        }
    }
}

impl Stage {
    /// In a word, for programs.
    pub fn name(self) -> &'static str {
        match self {
            Stage::NoPass => "no-pass",
            Stage::NotCast => "not-cast",
            Stage::Unconfirmed { .. } => "unconfirmed",
            Stage::Refused { .. } => "refused",
            Stage::HandedIn => "handed-in",
            Stage::Cast => "cast",
        }
    }

    /// Whether the last ballot has a verified receipt.
    pub fn is_receipted(self) -> bool {
        matches!(self, Stage::HandedIn | Stage::Cast)
    }
}

/// A sentence for the voter, and what to do next.
impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stage::NoPass => "Not cast yet. Get your voting pass first.",
            Stage::NotCast => "Not cast yet. Your voting pass is here: make your choice.",
            Stage::Unconfirmed { earlier: false } => {
                "Not cast yet. There is no receipt: send the same vote again."
            }
            Stage::Unconfirmed { earlier: true } => {
                "Your new vote is not cast yet. There is no receipt: send the same vote again."
            }
            Stage::Refused { earlier: false } => {
                "Not cast: the ballot box says that it did not take your vote. The public record shows whether that is so."
            }
            Stage::Refused { earlier: true } => {
                "Your new vote is not cast: the ballot box says that it did not take it. You have a receipt for your earlier vote."
            }
            Stage::HandedIn => "Your vote is handed in, and not yet confirmed by the witnesses.",
            Stage::Cast => "Your vote is in the ballot box.",
        })
    }
}
