//! Roll and tokens, first half: who may vote, without saying who
//! (specs/04-roll-and-tokens.md §2 and §3).
//!
//! An issuer writes every voter's roll line and one activation code. The code
//! has two separate uses, and neither value tells the other: its
//! *authorisation* hash is all the issuer keeps to recognise the code, and its
//! *secret* makes the voter's pseudonym. The published roll is the sorted list
//! of pseudonyms: voters find their own line, nobody finds another's.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::entry::{IssuanceReport, Roll};
use crate::hash::{Hash, identifier};

/// Pseudonyms in one `roll` entry; every part but the last is full.
pub const PSEUDONYMS_PER_PART: usize = 2_000;
/// Records in one `issuance-report` entry; every part but the last is full.
pub const RECORDS_PER_PART: usize = 1_000;
/// Bytes of the longest canonical roll line.
pub const MAX_LINE: usize = 500;

/// Symbols of an activation code that carry its 130 random bits.
const SYMBOLS: usize = 26;
/// Symbols with the checksum.
const WITH_CHECKSUM: usize = SYMBOLS + 2;
/// A prime below `32²`: any one wrong symbol and any swap of two symbols change the checksum.
const CHECKSUM_MODULUS: u32 = 1_021;
/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Why a roll line is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Nothing but white space.
    #[error("the roll line is empty")]
    Empty,
    /// More bytes than [`MAX_LINE`].
    #[error("the roll line has {0} bytes, at most 500 are allowed")]
    TooLong(usize),
    /// A control character, which no letter can show.
    #[error("the roll line contains a control character")]
    Control,
}

/// A roll line in canonical form: what the activation letter prints.
///
/// UTF-8; white space at both ends removed and every run of it inside made
/// one space; no control characters; at most [`MAX_LINE`] bytes. Letters keep
/// their case and their Unicode composition: the letter shows, and its QR code
/// carries, these very bytes (specs/04-roll-and-tokens.md §2.1).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RollLine(String);

impl RollLine {
    /// Brings a line into canonical form.
    pub fn parse(text: &str) -> Result<Self, LineError> {
        let mut line = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if line.is_empty() {
            return Err(LineError::Empty);
        }
        if line.len() > MAX_LINE {
            return Err(LineError::TooLong(line.len()));
        }
        if line.chars().any(char::is_control) {
            return Err(LineError::Control);
        }
        Ok(Self(line))
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why text is not an activation code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// A character outside the alphabet.
    #[error("{0:?} does not occur in activation codes")]
    Character(char),
    /// Too few or too many characters.
    #[error("an activation code has 28 letters and digits, this has {0}")]
    Length(usize),
    /// The checksum does not fit: a typing error.
    #[error("the activation code contains a typing error (its last two characters do not fit the rest)")]
    Checksum,
}

/// The code of an activation letter: 130 random bits, and a checksum.
///
/// Written in Crockford's base 32 as seven groups of four,
/// `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`; the last two characters are the
/// checksum. Read without regard to case, spaces and hyphens; `O` counts as
/// `0`, `I` and `L` as `1` (specs/04-roll-and-tokens.md §2.2).
pub struct ActivationCode(Zeroizing<[u8; SYMBOLS]>);

impl fmt::Debug for ActivationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ActivationCode(secret)")
    }
}

impl ActivationCode {
    /// Draws a fresh code.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let mut symbols = Zeroizing::new([0; SYMBOLS]);
        rng.fill_bytes(symbols.as_mut());
        // 256 is a multiple of 32: the low bits of a random byte are uniform.
        symbols.iter_mut().for_each(|symbol| *symbol &= 31);
        Self(symbols)
    }

    /// Reads a code as a person typed it.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let mut values = Zeroizing::new([0u8; WITH_CHECKSUM]);
        let mut length = 0;
        for character in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let value = symbol_value(character).ok_or(CodeError::Character(character))?;
            if let Some(place) = values.get_mut(length) {
                *place = value;
            }
            length += 1;
        }
        if length != WITH_CHECKSUM {
            return Err(CodeError::Length(length));
        }
        let mut symbols = Zeroizing::new([0; SYMBOLS]);
        symbols.copy_from_slice(&values[..SYMBOLS]);
        if checksum(&symbols) != [values[SYMBOLS], values[SYMBOLS + 1]] {
            return Err(CodeError::Checksum);
        }
        Ok(Self(symbols))
    }

    /// The code as the letter prints it.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(WITH_CHECKSUM + 6));
        for (place, value) in self.0.iter().copied().chain(checksum(&self.0)).enumerate() {
            if place > 0 && place % 4 == 0 {
                text.push('-');
            }
            text.push(char::from(ALPHABET[usize::from(value)]));
        }
        text
    }

    /// What the issuer keeps to recognise the code: a hash of 130 random
    /// bits, which nobody inverts.
    pub fn authorisation(&self, election_id: &Hash) -> Hash {
        identifier(
            "psephos/v1/activation-authorisation",
            &[election_id, self.0.as_ref()],
        )
    }

    /// The voter's own secret, from which the pseudonym is made.
    pub fn secret(&self, election_id: &Hash) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(identifier(
            "psephos/v1/activation-secret",
            &[election_id, self.0.as_ref()],
        ))
    }
}

fn symbol_value(character: char) -> Option<u8> {
    let symbol = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    (0u8..32).find(|value| char::from(ALPHABET[usize::from(*value)]) == symbol)
}

/// `Σ (i + 1)·symbol_i mod 1021`, in two symbols.
fn checksum(symbols: &[u8; SYMBOLS]) -> [u8; 2] {
    let sum: u32 = (1..)
        .zip(symbols)
        .map(|(weight, symbol)| weight * u32::from(*symbol))
        .sum();
    let sum = sum % CHECKSUM_MODULUS;
    // 1,021 < 32², so both halves are symbols.
    [(sum / 32) as u8, (sum % 32) as u8]
}

/// `SHA3-256("psephos/v1/pseudonym" ‖ election id ‖ the voter's secret ‖ canonical roll line)`.
pub fn pseudonym(election_id: &Hash, secret: &[u8; 32], line: &RollLine) -> Hash {
    identifier(
        "psephos/v1/pseudonym",
        &[election_id, secret, line.as_str().as_bytes()],
    )
}

/// `SHA3-256("psephos/v1/blinded-message" ‖ election id ‖ blinded message)`: what
/// an issuance record says about the request.
pub fn blinded_hash(election_id: &Hash, blinded_message: &[u8]) -> Hash {
    identifier("psephos/v1/blinded-message", &[election_id, blinded_message])
}

/// One issued token, as the report after close publishes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct IssuanceRecord {
    /// The voter's pseudonym.
    pub pseudonym: Hash,
    /// [`blinded_hash`] of the request that was signed.
    pub blinded: Hash,
}

/// Why a list of pseudonyms or records is refused. The issuer is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ListFault {
    /// A part out of order.
    #[error("part {found} where part {expected} is due")]
    PartOrder {
        /// The part that is due.
        expected: u32,
        /// The part that came.
        found: u32,
    },
    /// The number of parts is not what the first part said, or is zero.
    #[error("says {found} parts where the first part says {expected}")]
    PartCount {
        /// What the first part says.
        expected: u32,
        /// What this part says.
        found: u32,
    },
    /// Not a whole number of items.
    #[error("{0} bytes are not a whole number of items")]
    Length(usize),
    /// A part that is neither full nor the last, or overfull, or an empty last one.
    #[error("part {part} has {items} items; every part but the last is full, and none is overfull or empty")]
    PartSize {
        /// The part.
        part: u32,
        /// Its items.
        items: usize,
    },
    /// Pseudonyms out of order or twice.
    #[error("pseudonyms do not ascend at item {0}, counted from 0 over all parts")]
    Order(u64),
    /// More items than parts can hold.
    #[error("too many items for one list")]
    TooMany,
    /// A record of a pseudonym that is not on the roll.
    #[error("record {0} bears a pseudonym that is not on the roll")]
    NotOnRoll(usize),
}

/// Follows the parts of one list, of one issuer and style: order, sizes and
/// ascent over all parts, in constant memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    parts: u32,
    next: u32,
    count: u64,
    last: Option<Hash>,
}

impl Parts {
    /// Takes the next `roll` entry; nothing changes when it is refused.
    pub fn accept_roll(&mut self, roll: &Roll) -> Result<(), ListFault> {
        let bytes = &roll.pseudonyms;
        self.accept::<32>((roll.part, roll.parts), bytes, PSEUDONYMS_PER_PART)
    }

    /// Takes the next `issuance-report` entry; nothing changes when it is refused.
    pub fn accept_report(&mut self, report: &IssuanceReport) -> Result<(), ListFault> {
        let bytes = &report.records;
        self.accept::<64>((report.part, report.parts), bytes, RECORDS_PER_PART)
    }

    /// Whether every part has come.
    pub fn is_complete(&self) -> bool {
        self.parts > 0 && self.next == self.parts
    }

    /// Items so far.
    pub fn count(&self) -> u64 {
        self.count
    }

    fn accept<const ITEM: usize>(
        &mut self,
        (part, parts): (u32, u32),
        bytes: &[u8],
        full: usize,
    ) -> Result<(), ListFault> {
        let expected = if self.next == 0 { parts.max(1) } else { self.parts };
        if parts != expected {
            return Err(ListFault::PartCount {
                expected,
                found: parts,
            });
        }
        if part != self.next || part >= parts {
            return Err(ListFault::PartOrder {
                expected: self.next,
                found: part,
            });
        }
        let (items, rest) = bytes.as_chunks::<ITEM>();
        if !rest.is_empty() {
            return Err(ListFault::Length(bytes.len()));
        }
        let last_part = part + 1 == parts;
        // Only a list that is empty as a whole has an empty part.
        let fits = items.len() == full || last_part && items.len() < full;
        if !fits || items.is_empty() && parts > 1 {
            return Err(ListFault::PartSize {
                part,
                items: items.len(),
            });
        }
        let mut last = self.last;
        for (place, item) in (self.count..).zip(items) {
            let mut pseudonym = [0; 32];
            pseudonym.copy_from_slice(&item[..32]);
            if last.is_some_and(|last| last >= pseudonym) {
                return Err(ListFault::Order(place));
            }
            last = Some(pseudonym);
        }
        *self = Self {
            parts,
            next: part + 1,
            count: self.count + items.len() as u64,
            last,
        };
        Ok(())
    }
}

/// Divides the sorted pseudonyms of one issuer and style into `roll` entries.
pub fn roll_parts(issuer: u32, style: u32, pseudonyms: &[Hash]) -> Result<Vec<Roll>, ListFault> {
    let mut check = Parts::default();
    let chunks = chunks(pseudonyms, PSEUDONYMS_PER_PART);
    let parts = u32::try_from(chunks.len()).map_err(|_| ListFault::TooMany)?;
    (0..)
        .zip(chunks)
        .map(|(part, chunk)| {
            let pseudonyms = chunk.concat().into();
            let roll = Roll {
                issuer,
                style,
                part,
                parts,
                pseudonyms,
            };
            check.accept_roll(&roll).map(|()| roll)
        })
        .collect()
}

/// Divides the records of one issuer and style, sorted by pseudonym, into
/// `issuance-report` entries.
pub fn report_parts(
    issuer: u32,
    style: u32,
    records: &[IssuanceRecord],
) -> Result<Vec<IssuanceReport>, ListFault> {
    let mut check = Parts::default();
    let chunks = chunks(records, RECORDS_PER_PART);
    let parts = u32::try_from(chunks.len()).map_err(|_| ListFault::TooMany)?;
    (0..)
        .zip(chunks)
        .map(|(part, chunk)| {
            let records: Vec<u8> = chunk
                .iter()
                .flat_map(|record| [record.pseudonym, record.blinded])
                .flatten()
                .collect();
            let report = IssuanceReport {
                issuer,
                style,
                part,
                parts,
                records: records.into(),
            };
            check.accept_report(&report).map(|()| report)
        })
        .collect()
}

/// The items in full parts; an empty list is one empty part.
fn chunks<T>(items: &[T], full: usize) -> Vec<&[T]> {
    if items.is_empty() {
        return [items].as_slice().to_owned();
    }
    items.chunks(full).collect()
}

/// The records of one report part. The length is checked by [`Parts`].
pub fn records(report: &IssuanceReport) -> impl Iterator<Item = IssuanceRecord> + '_ {
    report.records.as_chunks::<64>().0.iter().map(|bytes| {
        let (mut pseudonym, mut blinded) = ([0; 32], [0; 32]);
        pseudonym.copy_from_slice(&bytes[..32]);
        blinded.copy_from_slice(&bytes[32..]);
        IssuanceRecord { pseudonym, blinded }
    })
}

/// The pseudonyms of one roll part. The length is checked by [`Parts`].
pub fn pseudonyms(roll: &Roll) -> impl Iterator<Item = Hash> + '_ {
    roll.pseudonyms.as_chunks::<32>().0.iter().copied()
}

/// Checks that every record's pseudonym is on the roll; both lists ascend.
pub fn check_records_on_roll(roll: &[Hash], records: &[IssuanceRecord]) -> Result<(), ListFault> {
    for (place, record) in records.iter().enumerate() {
        roll.binary_search(&record.pseudonym)
            .map_err(|_| ListFault::NotOnRoll(place))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
