//! The file of activation letters.

use std::path::Path;

use zeroize::Zeroizing;

use crate::enrol::EnrolError;

/// A letter's contents, as `letters.csv` has them.
#[derive(Debug)]
pub struct Letter {
    /// The canonical roll line.
    pub line: String,
    /// The ballot style's name.
    pub style: String,
    /// The activation code as printed.
    pub code: Zeroizing<String>,
}

/// Reads a letters file: for mail merge, tests and the demonstration.
pub fn read_letters(path: &Path) -> Result<Vec<Letter>, EnrolError> {
    let mut reader = csv::Reader::from_path(path)?;
    let records = reader.deserialize::<(String, String, String)>();
    records
        .map(|record| {
            let (line, style, code) = record?;
            Ok(Letter {
                line,
                style,
                code: Zeroizing::new(code),
            })
        })
        .collect()
}
