//! Lists that an issuer publishes in numbered parts: roll and issuance report.

use alloc::collections::BTreeMap;

use super::Illegal;

/// How far a list has come.
#[derive(Debug, Clone, Default)]
struct Progress {
    next: u32,
    parts: u32,
    records: u64,
    last: Option<[u8; 32]>,
}

/// Lists by (issuer, style), each in order and ascending by its records' first 32 bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts(BTreeMap<(u32, u32), Progress>);

/// One part as it stands in an entry.
pub(super) struct Part<'a> {
    pub(super) issuer: u32,
    pub(super) style: u32,
    pub(super) part: u32,
    pub(super) parts: u32,
    /// Bytes of one record; the first 32 are its key.
    pub(super) record: usize,
    pub(super) bytes: &'a [u8],
}

impl Parts {
    /// Takes the next part, or changes nothing.
    pub(super) fn apply(&mut self, part: &Part<'_>) -> Result<(), Illegal> {
        let illegal = |why| Illegal::Parts {
            issuer: part.issuer,
            style: part.style,
            why,
        };
        let key = (part.issuer, part.style);
        let mut progress = self.0.get(&key).cloned().unwrap_or(Progress {
            parts: part.parts,
            ..Progress::default()
        });
        if part.parts == 0 || part.parts != progress.parts {
            return Err(illegal(
                "the number of parts is zero or differs from the first part's",
            ));
        }
        if part.part != progress.next || part.part >= part.parts {
            return Err(illegal("this part is not the next one"));
        }
        if !part.bytes.len().is_multiple_of(part.record) {
            return Err(illegal("the length is not a whole number of records"));
        }
        if part.bytes.is_empty() && part.parts > 1 {
            return Err(illegal("a part of several is empty"));
        }
        for record in part.bytes.chunks_exact(part.record) {
            let mut pseudonym = [0; 32];
            pseudonym.copy_from_slice(&record[..32]);
            if progress.last.is_some_and(|last| last >= pseudonym) {
                return Err(illegal("the records do not ascend, or one stands twice"));
            }
            progress.last = Some(pseudonym);
            progress.records += 1;
        }
        progress.next += 1;
        self.0.insert(key, progress);
        Ok(())
    }

    /// Records of a list whose parts are all there.
    pub(super) fn whole(&self, issuer: u32, style: u32) -> Option<u64> {
        let progress = self.0.get(&(issuer, style))?;
        (progress.next == progress.parts).then_some(progress.records)
    }
}
