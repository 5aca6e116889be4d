//! One frame: a group of records with its checksum (specs/06-ledger.md §8.2).

use sha2::{Digest, Sha256};

use crate::error::JournalError;

/// First bytes of a frame: a search for frames after a damaged one looks for them.
pub(crate) const MAGIC: [u8; 8] = *b"\xf0psj\x01\r\n\x00";
/// Magic, length and checksum.
pub(crate) const HEAD: usize = 8 + 4 + 32;
/// Longest payload: a reader never allocates more for a length it has not checked.
pub(crate) const LONGEST: usize = 64 << 20;
const LENGTH: usize = 4;

/// The frame of a group of records at a logical offset, and where in it each
/// record begins.
pub(crate) fn frame<R: AsRef<[u8]>>(
    label: &[u8],
    offset: u64,
    records: &[R],
) -> Result<(Vec<u8>, Vec<usize>), JournalError> {
    let length: usize = records.iter().map(|record| LENGTH + record.as_ref().len()).sum();
    if length > LONGEST {
        return Err(JournalError::TooLong(length));
    }
    let mut bytes = Vec::with_capacity(HEAD + length);
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&short(length));
    bytes.extend_from_slice(&[0; 32]);
    let mut starts = Vec::with_capacity(records.len());
    for record in records.iter().map(AsRef::as_ref) {
        bytes.extend_from_slice(&short(record.len()));
        starts.push(bytes.len());
        bytes.extend_from_slice(record);
    }
    let sum = checksum(label, offset, &bytes[HEAD..]);
    bytes[HEAD - 32..HEAD].copy_from_slice(&sum);
    Ok((bytes, starts))
}

/// A length of at most [`LONGEST`].
fn short(length: usize) -> [u8; LENGTH] {
    (length as u32).to_be_bytes()
}

fn checksum(label: &[u8], offset: u64, payload: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update((label.len() as u64).to_be_bytes());
    hash.update(label);
    hash.update(offset.to_be_bytes());
    hash.update((payload.len() as u64).to_be_bytes());
    hash.update(payload);
    hash.finalize().into()
}

/// What stands at the beginning of some bytes.
pub(crate) enum Found {
    /// A whole frame of this length.
    Whole(usize),
    /// Nothing.
    End,
    /// No whole frame.
    Broken,
}

/// Reads the frame at the beginning of `bytes`, which stand at a logical offset.
pub(crate) fn read(label: &[u8], offset: u64, bytes: &[u8]) -> Found {
    if bytes.is_empty() {
        return Found::End;
    }
    let Some((head, rest)) = bytes.split_at_checked(HEAD) else {
        return Found::Broken;
    };
    let length = be32(&head[8..12]);
    let payload = (head[..8] == MAGIC && length <= LONGEST)
        .then(|| rest.get(..length))
        .flatten();
    match payload {
        Some(payload) if checksum(label, offset, payload) == head[12..] => Found::Whole(HEAD + length),
        _ => Found::Broken,
    }
}

fn be32(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .fold(0, |number, &byte| number << 8 | usize::from(byte))
}

/// Whether the broken frame at the beginning of `bytes` is damage: something
/// was written after it, so it was durable once. A whole frame anywhere after
/// its first byte tells, or the beginning of one at its end.
pub(crate) fn is_damage(label: &[u8], offset: u64, bytes: &[u8]) -> bool {
    let begins = |at: usize| bytes.get(at..).is_some_and(|rest| rest.starts_with(&MAGIC));
    let end = (begins(0) && bytes.len() >= HEAD).then(|| HEAD + be32(&bytes[8..12]));
    let is_whole = |at| matches!(read(label, offset + at as u64, &bytes[at..]), Found::Whole(..));
    end.is_some_and(begins) || (1..bytes.len()).any(|at| begins(at) && is_whole(at))
}

/// The records of a payload, each with its place in the payload; `None` if
/// they do not fill it.
pub(crate) fn records(payload: &[u8]) -> Option<Vec<(usize, &[u8])>> {
    let mut records = Vec::new();
    let mut at = 0;
    while at < payload.len() {
        let start = at + LENGTH;
        let length = be32(payload.get(at..start)?);
        records.push((start, payload.get(start..start.checked_add(length)?)?));
        at = start + length;
    }
    Some(records)
}
