//! The wait between pass and ballot (specs/05a-voter.md §3.3): nobody shall tell
//! by the times which letter a ballot belongs to.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use indicatif::{HumanDuration, ProgressBar, ProgressStyle};
use voting_core::voter::Stage;

use super::{Desk, say};

impl Desk<'_, '_> {
    /// When the ballot may leave; drawn as soon as the passes are here.
    pub(super) fn sends_at(&mut self) -> Result<u64> {
        let before = self.voter.to_secret_bytes();
        let at = self.voter.sends_at(now()?, &mut rand::rng()).unwrap_or_default();
        if self.voter.to_secret_bytes() != before {
            self.file.store(&self.voter)?;
        }
        Ok(at)
    }

    /// Waits until a ballot that was cast may leave, unless the voter will not.
    pub(super) fn wait(&mut self) -> Result<()> {
        if !matches!(self.voter.stage(), Stage::Unconfirmed { .. }) {
            return Ok(());
        }
        if self.arguments.now {
            self.voter.wait_no_longer(now()?);
            self.file.store(&self.voter)?;
        }
        let at = self.sends_at()?;
        let begun = now()?;
        let wait = at.saturating_sub(begun);
        if wait == 0 {
            return Ok(());
        }
        let time = HumanDuration(Duration::from_secs(wait));
        say(&format!(
            "Not cast yet: your ballot waits {time} more, so that nobody can tell by the times which letter\n\
             it belongs to. You may stop here: the same command goes on. With --now it does not wait."
        ));
        let bar = ProgressBar::new(wait);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} waits, {eta} left") {
            bar.set_style(style);
        }
        while now()? < at {
            bar.set_position(now()?.saturating_sub(begun).min(wait));
            std::thread::sleep(Duration::from_millis(200));
        }
        bar.finish_and_clear();
        Ok(())
    }
}

/// Seconds since 1970.
fn now() -> Result<u64> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Ok(since.context("this computer's clock is before 1970")?.as_secs())
}
