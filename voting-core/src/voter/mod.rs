//! The voter's device, from the pass to the receipt, as a state machine
//! without I/O, clock or randomness source (specs/05a-voter.md).
//!
//! [`Poll`] is what a device verified on the ledger: one for all voters of a
//! style. [`Voter`] is one person's state. Its way:
//!
//! | step | method | what leaves the device |
//! |---|---|---|
//! | begin | [`Voter::begin`] | |
//! | pass | [`Voter::request`], [`Voter::answer`] | the same request until its answer verifies |
//! | wait | [`Voter::sends_at`] | no ballot before then |
//! | choose | [`Voter::choose`] | a [`Draft`]'s tracker, shown before the next step |
//! | check | [`Draft::open`], [`Poll::check`] | an opening; the draft is used up |
//! | cast | [`Voter::cast`], [`Voter::unconfirmed`] | the same ballot until there is a receipt |
//! | receipt | [`Voter::receive`], [`Voter::stage`] | |
//! | later | [`Voter::follow`]; [`Reading`], [`Voter::status`] | |
//!
//! [`Voter::to_secret_bytes`] and [`Voter::resume`] keep the state between any
//! two steps. The rule for whoever drives it: **store the state before anything
//! leaves the device**, so that a crash never makes it send something else.
//!
//! [`Draft`]: crate::ballot::Draft
//! [`Draft::open`]: crate::ballot::Draft::open

mod poll;
mod beginning;
mod served;
mod pass;
mod wait;
mod choose;
mod receipt;
mod stage;
mod state;
mod check;
mod reading;
mod status;

pub use beginning::{Beginning, NotWanted};
pub use check::{CheckFailed, Checked};
pub use choose::{Blocked, CastError, ChooseError};
pub use pass::PassError;
pub use poll::{CheckpointRefused, Poll, PollError};
pub use reading::{Reading, ReadingError};
pub use receipt::{MAX_RECEIPT, Outcome, OwnBallot, ReceiptRefused, Recording, Unconfirmed};
pub use served::{ServedKeys, ServedOther};
pub use stage::Stage;
pub use state::{MAX_STATE, StateError};
pub use status::{Recorded, Standing, Status};

use core::fmt;

use alloc::vec::Vec;

use crate::credential::Credential;
use pass::Pass;

/// The most ballots one device casts in an election: its state stays small.
pub const MAX_BALLOTS: usize = 100;

/// One voter in one election: credential, passes, and the ballots this device
/// cast. Wiped on drop, never printed, not copied.
pub struct Voter<'p> {
    poll: &'p Poll,
    credential: Credential,
    /// By issuer index.
    passes: Vec<Pass>,
    /// When the first ballot may leave, in seconds since 1970; 0: not drawn yet.
    sends: u64,
    /// The next ballot's sequence; above `u32::MAX` none is left.
    next: u64,
    /// Ascending by sequence. Only the last can be unconfirmed.
    ballots: Vec<OwnBallot>,
}

impl<'p> Voter<'p> {
    /// The poll this voter votes in.
    pub fn poll(&self) -> &'p Poll {
        self.poll
    }

    /// The encoded credential key `A`, which stands on every ballot of this voter.
    pub fn credential(&self) -> [u8; 32] {
        self.credential.public()
    }

    /// The ballots this device cast, the oldest first.
    pub fn ballots(&self) -> &[OwnBallot] {
        &self.ballots
    }
}

/// Redacted: whoever knows the credential's key finds the ballot.
impl fmt::Debug for Voter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Voter")
            .field("style", &self.poll.style())
            .field("outstanding", &self.outstanding().count())
            .field("ballots", &self.ballots.len())
            .finish_non_exhaustive()
    }
}

#[cfg(all(test, feature = "trustee"))]
mod tests;
