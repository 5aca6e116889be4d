//! What is said while the election runs, and how long each stage takes.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

/// Speaks to people, and keeps the stages' times.
pub(crate) struct Talk {
    json: bool,
    stage: Option<(&'static str, Instant)>,
    bar: ProgressBar,
    seconds: BTreeMap<&'static str, f64>,
}

impl Talk {
    /// With `json`, people read standard error.
    pub(crate) fn new(json: bool) -> Self {
        Self {
            json,
            stage: None,
            bar: ProgressBar::hidden(),
            seconds: BTreeMap::new(),
        }
    }

    pub(crate) fn stage(&mut self, name: &'static str, line: &str) {
        self.end_stage();
        self.say(&format!("{name:<9} {line}"));
        self.stage = Some((name, Instant::now()));
    }

    /// A progress bar for the present stage, on standard error, where a person
    /// is watching.
    pub(crate) fn bar(&mut self, steps: usize) -> ProgressBar {
        let bar = ProgressBar::new(steps as u64);
        let template = "          {bar:30} {human_pos} of {human_len}, {per_sec}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        self.bar = bar.clone();
        bar
    }

    fn end_stage(&mut self) {
        self.bar.finish_and_clear();
        if let Some((name, begun)) = self.stage.take() {
            let seconds = begun.elapsed().as_secs_f64();
            self.say(&format!("          {seconds:.1} s"));
            self.seconds.insert(name, seconds);
        }
    }

    pub(crate) fn finish(&mut self) -> BTreeMap<&'static str, f64> {
        self.end_stage();
        std::mem::take(&mut self.seconds)
    }

    pub(crate) fn say(&self, text: &str) {
        // A reader who left does not stop the election.
        let _ = if self.json {
            writeln!(std::io::stderr(), "{text}")
        } else {
            writeln!(std::io::stdout(), "{text}")
        };
    }
}
