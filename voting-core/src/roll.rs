//! Roll and tokens, first half: who may vote, without saying who
//! (specs/04-roll-and-tokens.md §2 and §3).
//!
//! An issuer writes every voter's roll line and one activation code. The code
//! has two separate uses, and neither value tells the other: its
//! *authorisation* hash is all the issuer keeps to recognise the code, and its
//! *secret* makes the voter's pseudonym. The published roll is the sorted list
//! of pseudonyms: voters find their own line, nobody finds another's.

use alloc::borrow::ToOwned;
use alloc::vec::Vec;
mod letter;

pub use letter::{ActivationCode, CodeError, LineError, MAX_LINE, RollLine};

use crate::entry::{IssuanceReport, Roll};
use crate::hash::{Hash, identifier};

/// Pseudonyms in one `roll` entry; every part but the last is full.
pub const PSEUDONYMS_PER_PART: usize = 2_000;
/// Records in one `issuance-report` entry; every part but the last is full.
pub const RECORDS_PER_PART: usize = 1_000;
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
        let fits = match last_part {
            true => items.len() <= full,
            false => items.len() == full,
        };
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
