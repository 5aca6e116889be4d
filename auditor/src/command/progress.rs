//! A progress bar on standard error, only where a person is watching.

use indicatif::{ProgressBar, ProgressStyle};

use super::read::Step;

/// Shows entries, rate and time left. Hidden when standard error is no terminal.
pub(super) struct Progress(ProgressBar);

/// The bar itself.
pub(super) fn entries_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    let template = "{bar:30} {human_pos} of {human_len} entries, {per_sec}, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

impl Progress {
    pub(super) fn begin() -> Self {
        Self(entries_bar())
    }

    /// For who asked for quiet.
    pub(super) fn hidden() -> Self {
        Self(ProgressBar::hidden())
    }

    pub(super) fn step(&mut self, step: Step) {
        self.0.set_length(step.of);
        self.0.set_position(step.entries);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
