//! After close: what was issued, style by style, sorted by pseudonym.

use voting_core::entry::{Entry, Signed};
use voting_core::hash::Hash;
use voting_core::roll::{IssuanceRecord, ListFault, check_records_on_roll, report_parts};

use crate::enrol::{EnrolError, Enrolment};
use crate::folder::{Folder, FolderError};
use crate::records::{RecordsError, read_all};

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The enrolment.
    #[error(transparent)]
    Enrolment(#[from] EnrolError),
    /// The folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The journal.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// Two records of one line, or a record of no line: not this enrolment's journal.
    #[error("the journal does not fit the roll: {0}")]
    List(#[from] ListFault),
}

/// The signed `issuance-report` entries, in the order to publish them. The same
/// journal gives the same bytes.
pub fn entries(folder: &Folder) -> Result<Vec<Vec<u8>>, ReportError> {
    let enrolment = Enrolment::open(folder)?;
    let identity = folder.identity()?;
    let records = read_all(&folder.journal())?;
    check_records_on_roll(&pseudonyms(&enrolment, None), &records)?;
    let mut entries = Vec::new();
    for style in 0..enrolment.manifest.styles.len() as u32 {
        let roll = pseudonyms(&enrolment, Some(style));
        let issued: Vec<IssuanceRecord> = records
            .iter()
            .filter(|record| roll.binary_search(&record.pseudonym).is_ok())
            .copied()
            .collect();
        for part in report_parts(enrolment.issuer, style, &issued)? {
            let signed = Signed::new(part, &enrolment.election_id, &identity);
            entries.push(Entry::IssuanceReport(signed).to_bytes());
        }
    }
    Ok(entries)
}

/// Pseudonyms of a style, or of all, ascending.
fn pseudonyms(enrolment: &Enrolment, style: Option<u32>) -> Vec<Hash> {
    let lines = enrolment
        .lines
        .iter()
        .filter(|line| style.is_none_or(|style| line.style == style));
    let mut pseudonyms: Vec<Hash> = lines.map(|line| line.pseudonym).collect();
    pseudonyms.sort_unstable();
    pseudonyms
}
