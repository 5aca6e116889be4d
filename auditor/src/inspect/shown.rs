//! An entry's fields by name, for people and for other programs.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A value with the names of its fields, in the order of the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// No value.
    Nothing,
    /// Yes or no.
    Truth(bool),
    /// An integer.
    Number(i128),
    /// A text; bytes are lower-case hexadecimal.
    Text(String),
    /// Values without names.
    List(Vec<Shown>),
    /// Values with names.
    Fields(Vec<(&'static str, Shown)>),
}

impl Shown {
    /// Bytes in hexadecimal.
    pub(super) fn hex(bytes: &[u8]) -> Self {
        Self::Text(hex::encode(bytes))
    }

    /// The value of a field.
    pub fn field(&self, name: &str) -> Option<&Shown> {
        let Self::Fields(fields) = self else { return None };
        fields
            .iter()
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    }
}

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => to.serialize_none(),
            Self::Truth(value) => to.serialize_bool(*value),
            Self::Number(number) => match (u64::try_from(*number), i64::try_from(*number)) {
                (Ok(number), _) => to.serialize_u64(number),
                (_, Ok(number)) => to.serialize_i64(number),
                _ => to.serialize_str(&number.to_string()),
            },
            Self::Text(text) => to.serialize_str(text),
            Self::List(list) => list.serialize(to),
            Self::Fields(fields) => {
                let mut map = to.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// A place where two values differ.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// The place, as `manifest.contests[0].budget`.
    pub field: String,
    /// The value of the one, `null` if it has none there.
    pub a: Shown,
    /// The value of the other.
    pub b: Shown,
}

/// The places where two values differ, at most so many, in order.
pub fn differences(a: &Shown, b: &Shown, most: usize) -> Vec<Difference> {
    let mut found = Vec::new();
    differ(String::new(), a, b, most, &mut found);
    found
}

fn differ(field: String, a: &Shown, b: &Shown, most: usize, found: &mut Vec<Difference>) {
    if a == b || found.len() >= most {
        return;
    }
    match (a, b) {
        (Shown::Fields(one), Shown::Fields(other)) => {
            let names = one
                .iter()
                .chain(other.iter().filter(|(name, _)| a.field(name).is_none()));
            for (name, _) in names {
                let (ours, theirs) = (a.field(name), b.field(name));
                let below = if field.is_empty() {
                    (*name).to_owned()
                } else {
                    format!("{field}.{name}")
                };
                let (ours, theirs) = (ours.unwrap_or(&Shown::Nothing), theirs.unwrap_or(&Shown::Nothing));
                differ(below, ours, theirs, most, found);
            }
        }
        (Shown::List(one), Shown::List(other)) => {
            for at in 0..one.len().max(other.len()) {
                let value = |list: &[Shown]| list.get(at).cloned().unwrap_or(Shown::Nothing);
                differ(format!("{field}[{at}]"), &value(one), &value(other), most, found);
            }
        }
        _ => found.push(Difference {
            field,
            a: a.clone(),
            b: b.clone(),
        }),
    }
}

/// JSON in which no text can steer the reader's terminal: control characters
/// and those that turn the direction of writing are escaped. It is the same
/// JSON to every parser.
pub fn plain(json: &str) -> String {
    let mut plain = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && steers(c) {
            plain.push_str(&format!("\\u{:04x}", c as u32));
        } else {
            plain.push(c);
        }
    }
    plain
}

/// Whether a character would change how the text around it is shown. All of
/// them are of the basic plane.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contest(budget: i128, groups: &[i128]) -> Shown {
        let groups = groups.iter().map(|group| Shown::Number(*group)).collect();
        Shown::Fields(vec![
            ("budget", Shown::Number(budget)),
            ("groups", Shown::List(groups)),
        ])
    }

    #[test]
    fn every_difference_has_its_place() {
        let (a, b) = (contest(7, &[1, 2]), contest(8, &[1, 3, 4]));
        let found = differences(&Shown::List(vec![a.clone()]), &Shown::List(vec![b.clone()]), 9);
        let places: Vec<&str> = found.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(places, ["[0].budget", "[0].groups[1]", "[0].groups[2]"]);
        assert_eq!(found[2].a, Shown::Nothing);
        assert_eq!(differences(&a, &b, 1).len(), 1);
        assert_eq!(differences(&a, &a, 9), []);
    }

    #[test]
    fn a_text_cannot_steer_the_terminal_and_stays_the_same_text() {
        let text = "a\u{1b}[2J\u{202e}b\u{7f}\u{85}\nc";
        let json = serde_json::to_string_pretty(&Shown::List(vec![Shown::Text(text.into())])).unwrap();
        let shown = plain(&json);
        assert!(shown.chars().all(|c| c == '\n' || !steers(c)), "{shown:?}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&shown).unwrap(), [text]);
    }

    #[test]
    fn numbers_of_both_signs_and_of_64_bits_are_shown_in_full() {
        let all = [i128::from(u64::MAX), i128::from(i64::MIN), 0].map(Shown::Number);
        let json = serde_json::to_string(&Shown::List(all.to_vec())).unwrap();
        assert_eq!(json, "[18446744073709551615,-9223372036854775808,0]");
    }
}
