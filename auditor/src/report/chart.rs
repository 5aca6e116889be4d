//! Bars: a number's length beside the number itself.

use super::escape::shown;

/// The whole length of a bar, in the units of its picture.
const WHOLE: u64 = 1_000;

/// One bar. Its picture has its words; nothing is told by length or colour alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bar {
    /// Length, of [`WHOLE`].
    pub(super) length: u64,
    /// The same in words.
    pub(super) says: String,
}

impl Bar {
    /// A bar of `value` where `most` is the whole length.
    pub(super) fn new(value: u64, most: u64, says: &str) -> Self {
        let length = u128::from(value.min(most)) * u128::from(WHOLE);
        let length = length.checked_div(u128::from(most)).unwrap_or(0);
        Self {
            length: u64::try_from(length).unwrap_or(WHOLE),
            says: shown(says),
        }
    }
}

/// A share in per cent with one decimal, rounded down: 100.0 means all.
pub(super) fn percent(part: u64, whole: u64) -> String {
    let tenths = u128::from(part) * 1_000;
    match tenths.checked_div(u128::from(whole)) {
        Some(tenths) => format!("{}.{} %", tenths / 10, tenths % 10),
        None => "–".to_owned(),
    }
}

/// A number with its thousands apart: `131,778`.
pub(super) fn number(value: impl Into<i128>) -> String {
    let value = value.into();
    let digits = value.unsigned_abs().to_string();
    let mut text = String::from(if value < 0 { "−" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_numbers() {
        assert_eq!(Bar::new(1, 4, "").length, 250);
        assert_eq!(Bar::new(9, 4, "").length, WHOLE);
        assert_eq!(Bar::new(u64::MAX, u64::MAX, "").length, WHOLE);
        assert_eq!(Bar::new(0, 0, "").length, 0);
    }

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(number(131_778u64), "131,778");
        assert_eq!(number(-1_000i64), "−1,000");
        assert_eq!(number(999u64), "999");
        assert_eq!(percent(2, 3), "66.6 %");
        assert_eq!(percent(5, 5), "100.0 %");
        assert_eq!(percent(0, 0), "–");
    }
}
