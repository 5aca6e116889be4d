//! The wait between pass and ballot (specs/05a-voter.md §3.3; attack G9): an
//! issuer knows when it gave a pass, and everybody sees when a ballot appears.

use rand_core::CryptoRng;

use super::{Poll, Voter};

impl Voter<'_> {
    /// When the ballot may leave this device, in seconds since 1970; not later
    /// than `now` where nothing is to wait for, `None` while a pass is missing.
    ///
    /// The first call with all passes draws the moment: ask as soon as the last
    /// pass is there, and store the state. Later calls give the same moment,
    /// and never one further away than a wait that begins now, so that a clock
    /// that was set back holds no ballot up.
    pub fn sends_at<R: CryptoRng + ?Sized>(&mut self, now: u64, rng: &mut R) -> Option<u64> {
        if self.outstanding().next().is_some() {
            return None;
        }
        let longest = longest(self.poll, now);
        if self.sends == 0 {
            let least = u64::from(self.poll.casting_delay()).min(longest / 2);
            self.sends = (now + least + below(longest - least, rng)).max(1);
        }
        Some(self.sends.min(now + longest))
    }

    /// The voter does not want to wait: the ballot may leave now.
    pub fn wait_no_longer(&mut self, now: u64) {
        if self.sends > now {
            self.sends = now.max(1);
        }
    }
}

/// The longest wait that may begin now: twice the sealed delay, and never more
/// than half of the time until the poll closes.
fn longest(poll: &Poll, now: u64) -> u64 {
    let left = poll.closing().saturating_sub(now);
    (2 * u64::from(poll.casting_delay())).min(left / 2)
}

/// A number from 0 to `most`, all alike but for less than 2⁻³².
fn below<R: CryptoRng + ?Sized>(most: u64, rng: &mut R) -> u64 {
    let scaled = u128::from(rng.next_u64()) * (u128::from(most) + 1);
    (scaled >> 64) as u64
}
