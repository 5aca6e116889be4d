//! Colour, where the reader has not asked for none. Words always say the same.

use std::io::IsTerminal;

/// Whether to colour standard output (<https://no-color.org>).
pub(super) fn coloured() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
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
