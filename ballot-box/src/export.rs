//! The public record written to a folder, for any web server or observer
//! (specs/06-ledger.md §9.1).

use std::fs;
use std::path::{Path, PathBuf};

use journal::write_whole;

use crate::files::Files;
use crate::problem::Refusal;

/// Why the record was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A file that cannot be served either.
    #[error("{path}: {refusal}")]
    File {
        /// Its path in the record.
        path: String,
        /// Why.
        refusal: Refusal,
    },
    /// A file that cannot be written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Writes every public file into a folder, byte for byte as it is served, the
/// checkpoint last. What is there already is replaced; a crash leaves an older
/// checkpoint with all its entries. Returns the number of files.
///
/// # Errors
/// A file cannot be read or written.
pub fn export(files: &Files, folder: &Path) -> Result<usize, ExportError> {
    let paths = files.paths();
    for path in &paths {
        let file = files.get(path).map_err(|refusal| ExportError::File {
            path: path.clone(),
            refusal,
        })?;
        let target = folder.join(path);
        let fault = |source| ExportError::Io {
            path: target.clone(),
            source,
        };
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(fault)?;
        }
        write_whole(&target, &file.bytes, 0o644).map_err(fault)?;
    }
    Ok(paths.len())
}
