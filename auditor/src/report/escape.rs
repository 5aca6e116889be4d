//! Texts of the ledger cannot steer their reader. HTML's own characters are
//! escaped by the template; here is what no template escapes.

use std::borrow::Cow;

/// Characters of a text that a page shows; the rest of a longer one is cut off.
const LONGEST: usize = 300;

/// The text with every character made visible that would steer a terminal,
/// turn the direction of writing, break a line, or hide.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .map(|c| if steers(c) { char::REPLACEMENT_CHARACTER } else { c })
        .collect()
}

fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Turn the direction of writing (Unicode's Bidi_Control).
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // Break a line.
            | '\u{2028}' | '\u{2029}'
            // Take no place: two names could look the same. Joiners stay, scripts need them.
            | '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// A ledger's text as a page shows it: visible, and not endless.
pub(super) fn shown(text: &str) -> String {
    let text = match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    };
    visible(&text)
}

/// A hash in groups of eight digits, as people compare it.
pub(super) fn grouped(hash: &[u8]) -> String {
    let groups = hash.chunks(4).map(hex::encode);
    groups.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_or_hides_is_made_visible() {
        assert_eq!(
            visible("a\u{202e}b\nc\u{1b}[31m"),
            "a\u{fffd}b\u{fffd}c\u{fffd}[31m"
        );
        for c in [
            '\u{61c}',
            '\u{2028}',
            '\u{200b}',
            '\u{feff}',
            '\u{e0041}',
            '\u{2066}',
        ] {
            assert_eq!(visible(&c.to_string()), "\u{fffd}");
        }
        let words = "Fußweg — प्रेम, مرحبا, 🌳, می\u{200c}خواهم";
        assert_eq!(visible(words), words);
    }

    #[test]
    fn endless_texts_end() {
        assert_eq!(shown(&"é".repeat(5_000)).chars().count(), LONGEST + 1);
        assert_eq!(shown("short"), "short");
    }

    #[test]
    fn hashes_are_grouped_for_the_eye() {
        assert_eq!(grouped(&[0xab; 8]), "abababab abababab");
    }
}
