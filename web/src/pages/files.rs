//! What a page loads to run on the reader's device.

use crate::booth::{Booth, BoothFile};

/// The page's script, and the worker's script with its module.
pub(super) struct Files<'a> {
    pub(super) script: &'a BoothFile,
    pub(super) engine: &'a BoothFile,
    pub(super) module: &'a BoothFile,
}

impl<'a> Files<'a> {
    /// For a page by which voters vote, or check a vote.
    pub(super) fn of_booth(booth: &'a Booth, script: &str) -> Option<Self> {
        Self::of(booth, [script, Booth::ENGINE, Booth::MODULE])
    }

    /// For a page by which readers look themselves.
    pub(super) fn of_observer(booth: &'a Booth, script: &str) -> Option<Self> {
        Self::of(booth, [script, Booth::OBSERVE, Booth::OBSERVER])
    }

    fn of(booth: &'a Booth, [script, engine, module]: [&str; 3]) -> Option<Self> {
        Some(Self {
            script: booth.file(script)?,
            engine: booth.file(engine)?,
            module: booth.file(module)?,
        })
    }
}
