//! What can be done to one field of an entry.

use crate::cbor::Item;
use crate::cddl::Field;

/// One change of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Edit {
    FirstBit,
    MiddleBit,
    LastBit,
    Zeros,
    Shorter,
    Longer,
    TwoSwapped,
    OneMore,
    OneLess,
    Far,
    OtherText,
    Emptied,
    Toggled,
    LeftOut,
    Doubled,
    Absent,
    /// As the same field reads in the same poll held a second time.
    OfAnotherElection,
    /// As the same field reads in the next entry of this kind.
    OfItsNeighbour,
}

use Edit::*;

impl Edit {
    pub(crate) fn says(self) -> &'static str {
        match self {
            FirstBit => "first bit flipped",
            MiddleBit => "middle bit flipped",
            LastBit => "last bit flipped",
            Zeros => "all zeros",
            Shorter => "last part dropped",
            Longer => "last part doubled",
            TwoSwapped => "first two swapped",
            OneMore => "one more",
            OneLess => "one less",
            Far => "far larger",
            OtherText => "other text",
            Emptied => "emptied",
            Toggled => "toggled",
            LeftOut => "left out",
            Doubled => "doubled",
            Absent => "null",
            OfAnotherElection => "another election's",
            OfItsNeighbour => "its neighbour's",
        }
    }

    /// Everything that can be done to a field, the plainest first.
    pub(crate) fn all(field: &Field, item: &Item) -> Vec<Edit> {
        let mut edits = match item {
            Item::Number(_) => vec![OneMore, OneLess, Far],
            Item::Bytes(_) => vec![
                FirstBit, MiddleBit, LastBit, Zeros, Shorter, Longer, TwoSwapped, Absent,
            ],
            Item::Text(_) => vec![OtherText, Longer, Emptied],
            Item::Flag(_) => vec![Toggled],
            Item::Null => vec![Zeros],
            Item::List(_) if field.list => vec![Shorter, Longer, TwoSwapped, Emptied],
            Item::List(_) => vec![Absent],
        };
        edits.extend([LeftOut, Doubled, OfAnotherElection, OfItsNeighbour]);
        edits
    }

    /// Changes the field within the entry; `None` if that changes nothing or
    /// is not possible.
    pub(crate) fn apply(
        self,
        entry: &Item,
        field: &Field,
        twin: Option<&Item>,
        next: Option<&Item>,
    ) -> Option<Item> {
        let mut edited = entry.clone();
        let (&last, parent) = field.place.split_last()?;
        match self {
            LeftOut | Doubled => {
                let Item::List(items) = edited.at_mut(parent)? else {
                    return None;
                };
                match self {
                    LeftOut => drop(items.remove(last)),
                    _ => items.insert(last, items[last].clone()),
                }
            }
            OfAnotherElection => *edited.at_mut(&field.place)? = twin?.at(&field.place)?.clone(),
            OfItsNeighbour => *edited.at_mut(&field.place)? = next?.at(&field.place)?.clone(),
            Absent => *edited.at_mut(&field.place)? = Item::Null,
            _ => self.change(edited.at_mut(&field.place)?, part(&field.path)),
        }
        (edited != *entry).then_some(edited)
    }

    fn change(self, item: &mut Item, part: usize) {
        match item {
            Item::Number(number) => match self {
                OneMore => *number += 1,
                OneLess if *number == 0 => {}
                OneLess => *number -= 1,
                _ => *number = i128::from(u32::MAX),
            },
            Item::Bytes(bytes) => self.change_bytes(bytes, part),
            Item::Text(text) => match self {
                OtherText => {
                    let last = text.pop();
                    text.push(if last == Some('7') { '8' } else { '7' });
                }
                Longer => text.push('s'),
                _ => text.clear(),
            },
            Item::Flag(flag) => *flag = !*flag,
            Item::Null => *item = Item::Bytes(vec![0; 32]),
            Item::List(items) => match self {
                Shorter => drop(items.pop()),
                Longer => items.extend(items.last().cloned()),
                TwoSwapped if items.len() > 1 => items.swap(0, 1),
                Emptied => items.clear(),
                _ => {}
            },
        }
    }

    fn change_bytes(self, bytes: &mut Vec<u8>, part: usize) {
        let (length, part) = (bytes.len(), part.min(bytes.len()));
        match self {
            FirstBit => bytes[0] ^= 0x80,
            MiddleBit => bytes[length / 2] ^= 1,
            LastBit => bytes[length - 1] ^= 1,
            Zeros => bytes.fill(0),
            Shorter => bytes.truncate(length - part),
            Longer => bytes.extend_from_within(length - part..),
            _ if length >= 2 * part => bytes[..2 * part].rotate_left(part),
            _ => bytes.rotate_left(length / 2),
        }
    }
}

/// Bytes of one item of a field that holds several.
fn part(path: &str) -> usize {
    let field = path.rsplit('.').next().unwrap_or_default();
    match field {
        "cells" | "sums" | "records" => 64,
        "proof" if path.starts_with("issuer-key") => 256,
        _ => 32,
    }
}
