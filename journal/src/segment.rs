//! The segment files of a folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{JournalError, at};

/// One segment file.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    /// Logical offset of its first byte.
    pub(crate) start: u64,
    /// The file.
    pub(crate) path: PathBuf,
}

impl Segment {
    pub(crate) fn new(folder: &Path, start: u64) -> Self {
        let path = folder.join(format!("{start:020}.seg"));
        Self { start, path }
    }
}

/// The segments of a folder, ascending. Files of other names are not ours.
pub(crate) fn list(folder: &Path) -> Result<Vec<Segment>, JournalError> {
    let mut segments = Vec::new();
    for file in fs::read_dir(folder).map_err(at(folder))? {
        let name = file.map_err(at(folder))?.file_name();
        let start = name
            .to_str()
            .and_then(|name| name.strip_suffix(".seg"))
            .filter(|digits| digits.len() == 20)
            .and_then(|digits| digits.parse().ok());
        if let Some(start) = start {
            segments.push(Segment::new(folder, start));
        }
    }
    segments.sort_unstable_by_key(|segment| segment.start);
    Ok(segments)
}
