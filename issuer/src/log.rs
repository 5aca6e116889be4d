//! The file of issuance records: 64 bytes each, with a checksum of 8.
//!
//! Records are only ever appended, and synced before anybody is answered. At
//! the end, what is cut short or does not fit its checksum was being written
//! when the machine stopped: nobody was answered, and it is dropped.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use voting_core::hash::identifier;

use crate::folder::sync_folder_of;
use crate::records::RecordsError;

const RECORD: usize = 64;
const FRAME: usize = RECORD + 8;

/// The open file, positioned at its end.
pub(crate) struct Log(File);

impl Log {
    /// Opens the file and hands each record to `each`, with its number.
    pub(crate) fn open(
        path: &Path,
        mut each: impl FnMut(u64, &[u8]) -> Result<(), RecordsError>,
    ) -> Result<Self, RecordsError> {
        let fault = |error: io::Error| RecordsError::Journal(error.to_string());
        let mut options = OpenOptions::new();
        let mut file = options
            .read(true)
            .append(true)
            .create(true)
            .mode(0o600)
            .open(path)
            .map_err(fault)?;
        sync_folder_of(path).map_err(fault)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(fault)?;
        let mut whole = 0;
        for (number, frame) in (0..).zip(bytes.as_chunks::<FRAME>().0) {
            let (record, sum) = frame.split_at(RECORD);
            if checksum(record) != sum {
                break;
            }
            each(number, record)?;
            whole += FRAME;
        }
        // One append may be torn anywhere in it; damage before that was not a crash.
        if bytes.len() - whole > FRAME * crate::records::BATCH {
            return Err(RecordsError::Journal(format!(
                "damaged at byte {whole}, not only at its end"
            )));
        }
        if whole < bytes.len() {
            file.set_len(whole as u64)
                .and_then(|()| file.sync_all())
                .map_err(fault)?;
        }
        Ok(Self(file))
    }

    /// Appends records of 64 bytes and makes them durable together.
    pub(crate) fn append(&mut self, records: &[Vec<u8>]) -> Result<(), RecordsError> {
        let frames: Vec<u8> = records
            .iter()
            .flat_map(|record| [record.as_slice(), &checksum(record)].concat())
            .collect();
        let written = self.0.write_all(&frames).and_then(|()| self.0.sync_data());
        written.map_err(|error| RecordsError::Journal(error.to_string()))
    }
}

fn checksum(record: &[u8]) -> [u8; 8] {
    let hash = identifier("psephos/v1/issuance-journal", &[record]);
    let mut sum = [0; 8];
    sum.copy_from_slice(&hash[..8]);
    sum
}
