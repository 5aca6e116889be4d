//! The durable ledger: one append-only file of commits.
//!
//! A commit is a frame: length (8 bytes big-endian), SHA-256 of the payload
//! with the leaf prefix, payload: a bundle of entries. It is written at once
//! and synced with one `fdatasync`; only then may anybody be answered.
//!
//! A crash before the sync leaves a torn last frame: it was never released,
//! and the next start cuts it off. A damaged frame that is not the last one
//! is not repaired: the ledger is refused.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use voting_core::ledger::{encode_bundle, leaf_hash, parse_bundle};

const HEAD: usize = 8 + 32;

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Reading, writing or syncing.
    #[error("the ledger's journal: {0}")]
    Io(#[from] io::Error),
    /// A frame that is neither whole nor torn.
    #[error("the ledger's journal is damaged at byte {0}; restore it from a mirror, do not go on")]
    Damaged(u64),
    /// Another process has it open.
    #[error("another process writes this ledger")]
    Locked,
}

/// The open file, locked against a second writer.
pub struct Store(File);

impl Store {
    /// Opens or makes the journal, and reads all entries.
    ///
    /// # Errors
    /// It cannot be read, is damaged, or is in use.
    pub fn open(folder: &Path) -> Result<(Self, Vec<Vec<u8>>), StoreError> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join("journal");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)?;
        file.try_lock().map_err(|_| StoreError::Locked)?;
        // The file's name is durable before the first entry is.
        File::open(folder)?.sync_all()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let (entries, whole) = read_frames(&bytes)?;
        file.set_len(whole)?;
        file.seek(SeekFrom::End(0))?;
        Ok((Self(file), entries))
    }

    /// Makes entries durable, all or none.
    ///
    /// # Errors
    /// After an error nobody knows what is on the disk: the caller stops.
    pub fn commit(&mut self, entries: &[Vec<u8>]) -> Result<(), StoreError> {
        let payload = encode_bundle(entries);
        let mut frame = Vec::with_capacity(HEAD + payload.len());
        frame.extend_from_slice(&(payload.len() as u64).to_be_bytes());
        frame.extend_from_slice(&leaf_hash(&payload));
        frame.extend_from_slice(&payload);
        self.0.write_all(&frame)?;
        self.0.sync_data()?;
        Ok(())
    }
}

/// The entries, and the bytes of whole frames.
fn read_frames(bytes: &[u8]) -> Result<(Vec<Vec<u8>>, u64), StoreError> {
    let mut entries = Vec::new();
    let mut at = 0;
    while let Some(head) = bytes.get(at..at + HEAD) {
        let (length, hash) = head.split_at(8);
        let length = length
            .iter()
            .fold(0u64, |length, &byte| length << 8 | u64::from(byte));
        let end = usize::try_from(length)
            .ok()
            .and_then(|length| (at + HEAD).checked_add(length));
        let Some(payload) = end.and_then(|end| bytes.get(at + HEAD..end)) else {
            break; // torn: the file ends within the frame
        };
        let parsed = (leaf_hash(payload) == *hash)
            .then(|| parse_bundle(payload).ok())
            .flatten();
        let Some(parsed) = parsed else {
            if at + HEAD + payload.len() == bytes.len() {
                break; // torn: written out of order, never synced
            }
            return Err(StoreError::Damaged(at as u64));
        };
        entries.extend(parsed.into_iter().map(<[u8]>::to_vec));
        at += HEAD + payload.len();
    }
    Ok((entries, at as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_committed_is_there_and_a_torn_end_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, entries) = Store::open(folder.path()).unwrap();
        assert!(entries.is_empty());
        assert!(matches!(Store::open(folder.path()), Err(StoreError::Locked)));
        store.commit(&[vec![1], vec![2, 3]]).unwrap();
        store.commit(&[vec![4; 300]]).unwrap();
        drop(store);
        let path = folder.path().join("journal");
        let whole = std::fs::read(&path).unwrap();
        let first = HEAD + 2 + 1 + 2 + 2;
        for cut in first..whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            assert_eq!(Store::open(folder.path()).unwrap().1, [vec![1], vec![2, 3]]);
        }
        let mut damaged = whole.clone();
        damaged[HEAD + 2] ^= 1;
        std::fs::write(&path, &damaged).unwrap();
        assert!(matches!(Store::open(folder.path()), Err(StoreError::Damaged(0))));
    }
}
