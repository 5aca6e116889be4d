//! Issuance records against the rolls, both ascending: compared like two sorted
//! lists. The rolls are read a second time for it, part by part, so that none
//! is ever kept.

use std::collections::BTreeMap;

use voting_core::entry::{Entry, IssuanceReport, Roll};
use voting_core::hash::Hash;
use voting_core::ledger::leaf_hash;
use voting_core::roll::records;

use crate::count::Recall;

/// Where the rolls stand on the ledger, and how far the reports have come.
#[derive(Default)]
pub(crate) struct Rolls {
    lists: BTreeMap<(u32, u32), List>,
    unread: Option<u64>,
}

/// The roll of one issuer and style.
#[derive(Default)]
struct List {
    /// Index and leaf hash of every part.
    parts: Vec<(u64, Hash)>,
    /// Parts that were read again.
    read: usize,
    /// What is left of the part that was read last.
    lines: std::vec::IntoIter<Hash>,
}

impl Rolls {
    /// A legal part of a roll.
    pub(crate) fn roll(&mut self, index: u64, leaf: Hash, roll: &Roll) {
        let list = self.lists.entry((roll.issuer, roll.style)).or_default();
        list.parts.push((index, leaf));
    }

    /// A legal part of a report: its pseudonyms that are on no roll of this
    /// issuer and style.
    pub(crate) fn report(&mut self, report: &IssuanceReport, recall: &mut dyn Recall) -> Vec<Hash> {
        let list = self.lists.entry((report.issuer, report.style)).or_default();
        let mut strangers = Vec::new();
        for record in records(report) {
            match list.advance_to(&record.pseudonym, recall) {
                Ok(true) => {}
                Ok(false) => strangers.push(record.pseudonym),
                Err(index) => {
                    self.unread.get_or_insert(index);
                    break;
                }
            }
        }
        strangers
    }

    /// A part that could not be read a second time: whether all records are
    /// on the roll is then not known.
    pub(crate) fn unread(&self) -> Option<u64> {
        self.unread
    }
}

impl List {
    /// Goes on to the first line that is not smaller; whether it is this one.
    /// An error is the index of a part that cannot be read again.
    fn advance_to(&mut self, pseudonym: &Hash, recall: &mut dyn Recall) -> Result<bool, u64> {
        loop {
            match self.lines.as_slice().first() {
                Some(line) if line == pseudonym => return Ok(true),
                Some(line) if line > pseudonym => return Ok(false),
                Some(_) => drop(self.lines.next()),
                None => {
                    let Some(&(index, leaf)) = self.parts.get(self.read) else {
                        return Ok(false);
                    };
                    self.lines = read_again(index, &leaf, recall).ok_or(index)?.into_iter();
                    self.read += 1;
                }
            }
        }
    }
}

/// The lines of a part, if the source still gives the very bytes that were legal.
fn read_again(index: u64, leaf: &Hash, recall: &mut dyn Recall) -> Option<Vec<Hash>> {
    let bytes = recall.entry(index)?;
    match Entry::from_bytes(&bytes) {
        Ok(Entry::Roll(signed)) if leaf_hash(&bytes) == *leaf => {
            Some(voting_core::roll::pseudonyms(&signed.body).collect())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::NoRecall;
    use voting_core::entry::Signed;

    fn line(number: u8) -> Hash {
        [number; 32]
    }

    fn roll(part: u32, lines: &[u8]) -> Roll {
        let pseudonyms: Vec<u8> = lines.iter().flat_map(|number| line(*number)).collect();
        Roll {
            issuer: 0,
            style: 0,
            part,
            parts: 2,
            pseudonyms: pseudonyms.into(),
        }
    }

    fn report(lines: &[u8]) -> IssuanceReport {
        let records: Vec<u8> = lines.iter().flat_map(|number| [*number; 64]).collect();
        IssuanceReport {
            issuer: 0,
            style: 0,
            part: 0,
            parts: 1,
            records: records.into(),
        }
    }

    fn rolls() -> (Rolls, Vec<Vec<u8>>) {
        let mut rolls = Rolls::default();
        let parts = [roll(0, &[1, 3, 5]), roll(1, &[7, 9])];
        let entries = (0..).zip(parts).map(|(index, part)| {
            let entry = Entry::Roll(Signed {
                body: part.clone(),
                signature: [0; 64].into(),
            });
            let bytes = entry.to_bytes();
            rolls.roll(index, leaf_hash(&bytes), &part);
            bytes
        });
        let entries = entries.collect();
        (rolls, entries)
    }

    #[test]
    fn a1_records_that_are_on_no_roll_are_found_across_parts() {
        for (records, strangers) in [
            (&[1, 5, 7][..], &[][..]),
            (&[1, 3, 5, 7, 9], &[]),
            (&[0, 1, 2, 6, 9, 10], &[0, 2, 6, 10]),
        ] {
            let (mut rolls, entries) = rolls();
            let found = rolls.report(&report(records), &mut entries.as_slice());
            assert_eq!(
                found,
                strangers.iter().map(|number| line(*number)).collect::<Vec<_>>()
            );
            assert_eq!(rolls.unread(), None);
        }
    }

    #[test]
    fn a_roll_that_cannot_be_read_again_or_has_changed_is_not_taken_for_read() {
        let (mut rolls, _) = rolls();
        rolls.report(&report(&[1]), &mut NoRecall);
        assert_eq!(rolls.unread(), Some(0));
        let (mut rolls, mut entries) = self::rolls();
        entries[1] = entries[0].clone();
        assert!(rolls.report(&report(&[1, 5]), &mut entries.as_slice()).is_empty());
        assert_eq!(rolls.unread(), None);
        rolls.report(&report(&[7]), &mut entries.as_slice());
        assert_eq!(rolls.unread(), Some(1));
    }
}
