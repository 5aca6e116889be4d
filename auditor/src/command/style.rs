//! Colour, where the reader has not asked for none. Words always say the same.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether `--no-color` was not given.
static ALLOWED: AtomicBool = AtomicBool::new(true);

/// Takes what the command's arguments say about colours.
pub(super) fn allow(colours: bool) {
    ALLOWED.store(colours, Ordering::Relaxed);
}

/// Whether to colour standard output (<https://no-color.org>).
pub(super) fn coloured() -> bool {
    let unwanted = || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    ALLOWED.load(Ordering::Relaxed) && std::io::stdout().is_terminal() && !unwanted()
}

/// Text in one of the terminal's colours.
pub(super) fn paint(text: &str, code: &str, coloured: bool) -> String {
    if coloured {
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

pub(super) const GREEN: &str = "32";
pub(super) const RED: &str = "31;1";
pub(super) const YELLOW: &str = "33";
pub(super) const BOLD: &str = "1";
