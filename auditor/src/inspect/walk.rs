//! Bytes against a shape: every field by its name, or what is wrong and where.
//!
//! This is a reader of deterministic CBOR (RFC 8949 §4.2.1) of its own, and
//! takes exactly what `voting-core` takes: a test and the fuzzer hold both
//! against each other.

use serde::Serialize;

use super::shape::{ENTRIES, Field, Shape, Variant};
use super::shown::Shown;

/// Where and why bytes are no entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// Offset of the first byte that does not fit.
    pub at: usize,
    /// The field that begins or goes on there, as `manifest.contests[0].budget`.
    pub field: String,
    /// What is expected, and what stands there.
    pub says: String,
}

/// Name of the kind that an entry's first bytes announce.
pub(super) fn announced(bytes: &[u8]) -> Option<&'static str> {
    let mut reader = Reader::new(bytes);
    let (major, _) = reader.head().ok()?;
    let (kind, number) = reader.head().ok()?;
    let known = ENTRIES.iter().find(|variant| variant.0 == number)?;
    (major == ARRAY && kind == UNSIGNED).then_some(known.1)
}

/// The entry's kind and fields.
pub(super) fn entry(bytes: &[u8]) -> Result<(&'static str, Shown), Wrong> {
    let mut reader = Reader::new(bytes);
    let (kind, mut fields) = reader.variant(ENTRIES)?;
    if reader.at != bytes.len() {
        let rest = bytes.len() - reader.at;
        return reader.wrong(format!("the entry is over, but {rest} bytes follow"));
    }
    // What an entry consists of alone is shown in its place.
    let fields = match fields.len() {
        1 => fields.remove(0).1,
        _ => Shown::Fields(fields),
    };
    Ok((kind, fields))
}

const UNSIGNED: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const SIMPLE: u8 = 7;
const FALSE: u64 = 20;
const TRUE: u64 = 21;
const NULL: u64 = 22;

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    field: String,
}

type Read<T> = Result<T, Wrong>;

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            field: String::new(),
        }
    }

    fn wrong<T>(&self, says: impl Into<String>) -> Read<T> {
        Err(Wrong {
            at: self.at,
            field: self.field.clone(),
            says: says.into(),
        })
    }

    fn take(&mut self, count: u64) -> Read<&'a [u8]> {
        let rest = &self.bytes[self.at..];
        match usize::try_from(count)
            .ok()
            .and_then(|count| rest.split_at_checked(count))
        {
            Some((taken, _)) => {
                self.at += taken.len();
                Ok(taken)
            }
            None => self.wrong(format!(
                "{count} bytes expected, but only {} are left",
                rest.len()
            )),
        }
    }

    /// Major type and argument of the next item, in their shortest form.
    fn head(&mut self) -> Read<(u8, u64)> {
        let start = self.at;
        let first = self.take(1)?[0];
        let (major, short) = (first >> 5, first & 0x1f);
        let argument = match short {
            0..24 => u64::from(short),
            24..28 => {
                let bytes = self.take(1 << (short - 24));
                let bytes = bytes?.iter();
                bytes.fold(0, |number, byte| number << 8 | u64::from(*byte))
            }
            _ => {
                self.at = start;
                return self.wrong(format!(
                    "the byte {first:#04x} begins nothing that an entry may have"
                ));
            }
        };
        let least = match short {
            24 if major == SIMPLE => 32,
            24 => 24,
            25 => 1 << 8,
            26 => 1 << 16,
            27 => 1 << 32,
            _ => 0,
        };
        if argument < least {
            self.at = start;
            return self.wrong("a number that is not written in its shortest form");
        }
        Ok((major, argument))
    }

    /// The argument of an item that must have this major type.
    fn expect(&mut self, major: u8, what: &str) -> Read<u64> {
        let start = self.at;
        let (found, argument) = self.head()?;
        if found == major {
            return Ok(argument);
        }
        self.at = start;
        self.wrong(format!("{what} expected, found {}", name(found, argument)))
    }

    /// Reads below a field's name.
    fn below<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        let length = self.field.len();
        if length > 0 && !name.is_empty() && !name.starts_with('[') {
            self.field.push('.');
        }
        self.field.push_str(name);
        let value = read(self)?;
        self.field.truncate(length);
        Ok(value)
    }

    fn value(&mut self, shape: &Shape) -> Read<Shown> {
        let start = self.at;
        match shape {
            Shape::Truth => {
                let value = self.expect(SIMPLE, "true or false")?;
                match value {
                    FALSE | TRUE => Ok(Shown::Truth(value == TRUE)),
                    _ => {
                        self.at = start;
                        self.wrong(format!("true or false expected, found {}", name(SIMPLE, value)))
                    }
                }
            }
            Shape::Number(most) => {
                let number = self.expect(UNSIGNED, "a number")?;
                if number > *most {
                    self.at = start;
                    return self.wrong(format!("a number up to {most} expected, found {number}"));
                }
                Ok(Shown::Number(number.into()))
            }
            Shape::Signed => {
                let (major, argument) = self.head()?;
                let magnitude = i128::from(argument);
                match major {
                    UNSIGNED if argument < 1 << 63 => Ok(Shown::Number(magnitude)),
                    NEGATIVE if argument < 1 << 63 => Ok(Shown::Number(-1 - magnitude)),
                    _ => {
                        self.at = start;
                        self.wrong(format!(
                            "a number of 64 bits with a sign expected, found {}",
                            name(major, argument)
                        ))
                    }
                }
            }
            Shape::Text => {
                let length = self.expect(TEXT, "a text")?;
                let start = self.at;
                let bytes = self.take(length)?;
                match core::str::from_utf8(bytes) {
                    Ok(text) => Ok(Shown::Text(text.to_owned())),
                    Err(error) => {
                        self.at = start + error.valid_up_to();
                        self.wrong("a text that is not UTF-8")
                    }
                }
            }
            Shape::Exactly(length) => Ok(Shown::hex(self.exactly(*length)?)),
            Shape::Sequence => {
                let bytes = self.exactly(4)?.iter();
                Ok(Shown::Number(
                    bytes.fold(0, |number, byte| number << 8 | i128::from(*byte)),
                ))
            }
            Shape::Bytes => {
                let length = self.expect(BYTES, "bytes")?;
                Ok(Shown::hex(self.take(length)?))
            }
            Shape::Rows(parts) => {
                let length = self.expect(BYTES, "bytes")?;
                Ok(rows(self.take(length)?, parts))
            }
            Shape::Word(words) => {
                let number = self.expect(UNSIGNED, "a number")?;
                match usize::try_from(number).ok().and_then(|number| words.get(number)) {
                    Some(word) => Ok(Shown::Text((*word).to_owned())),
                    None => {
                        self.at = start;
                        self.wrong(format!("one of {} expected, found {number}", words.join(", ")))
                    }
                }
            }
            Shape::List(shape) => {
                let length = self.expect(ARRAY, "a list")?;
                // A length is believed item by item: it may promise more than there is.
                let items =
                    (0..length).map(|at| self.below(&format!("[{at}]"), |reader| reader.value(shape)));
                Ok(Shown::List(items.collect::<Read<_>>()?))
            }
            Shape::Maybe(shape) => {
                if let Ok((SIMPLE, NULL)) = self.head() {
                    return Ok(Shown::Nothing);
                }
                self.at = start;
                self.value(shape)
            }
            Shape::Fields(fields) => {
                let length = self.expect(ARRAY, "a list of fields")?;
                Ok(Shown::Fields(self.fields(start, length, 0, fields)?))
            }
            Shape::Choice(variants) => {
                let (word, mut fields) = self.variant(variants)?;
                fields.insert(0, ("kind", Shown::Text(word.to_owned())));
                Ok(Shown::Fields(fields))
            }
        }
    }

    fn exactly(&mut self, length: usize) -> Read<&'a [u8]> {
        let start = self.at;
        let found = self.expect(BYTES, "bytes")?;
        if found != length as u64 {
            self.at = start;
            return self.wrong(format!("{length} bytes expected, found {found}"));
        }
        self.take(found)
    }

    fn variant(&mut self, variants: &'static [Variant]) -> Read<(&'static str, Vec<(&'static str, Shown)>)> {
        let start = self.at;
        let length = self.expect(ARRAY, "a list that begins with a kind")?;
        if length == 0 {
            self.at = start;
            return self.wrong("a list that begins with a kind expected, found an empty one");
        }
        let at = self.at;
        let number = self.expect(UNSIGNED, "the number of a kind")?;
        let Some((_, word, fields)) = variants.iter().find(|variant| variant.0 == number) else {
            self.at = at;
            return self.wrong(format!("there is no kind {number}"));
        };
        let entry = self.field.is_empty();
        let fields = if entry {
            self.below(word, |reader| reader.fields(start, length, 1, fields))?
        } else {
            self.fields(start, length, 1, fields)?
        };
        Ok((word, fields))
    }

    /// The named places of an array of `length`, of which `before` are read. A
    /// last one without a value is left out.
    fn fields(
        &mut self,
        start: usize,
        length: u64,
        before: usize,
        fields: &'static [Field],
    ) -> Read<Vec<(&'static str, Shown)>> {
        let most = (before + fields.len()) as u64;
        let optional = matches!(fields.last(), Some((_, Shape::Maybe(_))));
        let left_out = optional && length + 1 == most;
        if length != most && !left_out {
            self.at = start;
            return self.wrong(format!("{most} fields expected, found {length}"));
        }
        let mut shown = Vec::with_capacity(fields.len());
        for (at, (name, shape)) in fields.iter().enumerate() {
            let last = at + 1 == fields.len();
            if last && left_out {
                shown.push((*name, Shown::Nothing));
                break;
            }
            let start = self.at;
            let value = self.below(name, |reader| {
                let value = reader.value(shape)?;
                if last && optional && value == Shown::Nothing {
                    reader.at = start;
                    return reader.wrong("null, where a last field without a value is left out");
                }
                Ok(value)
            })?;
            shown.push((*name, value));
        }
        Ok(shown)
    }
}

/// Rows of parts; bytes that are not whole rows stay in one piece.
fn rows(bytes: &[u8], parts: &'static [(&'static str, usize)]) -> Shown {
    let width = parts.iter().map(|part| part.1).sum();
    if !bytes.len().is_multiple_of(width) {
        return Shown::hex(bytes);
    }
    let row = |row: &[u8]| match parts {
        [_] => Shown::hex(row),
        _ => {
            let mut at = 0;
            let part = |&(name, length): &(&'static str, usize)| {
                at += length;
                (name, Shown::hex(&row[at - length..at]))
            };
            Shown::Fields(parts.iter().map(part).collect())
        }
    };
    Shown::List(bytes.chunks(width).map(row).collect())
}

/// An item in words.
fn name(major: u8, argument: u64) -> String {
    match (major, argument) {
        (UNSIGNED, number) => format!("the number {number}"),
        (NEGATIVE, number) => format!("the number {}", -1 - i128::from(number)),
        (BYTES, length) => format!("{length} bytes"),
        (TEXT, length) => format!("a text of {length} bytes"),
        (ARRAY, length) => format!("a list of {length}"),
        (SIMPLE, FALSE) => "false".to_owned(),
        (SIMPLE, TRUE) => "true".to_owned(),
        (SIMPLE, NULL) => "null".to_owned(),
        (major, _) => format!("CBOR of major type {major}"),
    }
}
