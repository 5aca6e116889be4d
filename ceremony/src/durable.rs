//! Files that are there whole or not at all.
//!
//! The order of writes: temporary file in the same folder, fsync, then link
//! or rename to its name, then fsync of the folder. A crash before the link
//! leaves the old state and a temporary file that the next run ignores; after
//! it, the new state.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::CeremonyFault;

/// Largest file read: a poll file with many votes.
const LARGEST: u64 = 256 << 20;

/// Writes a new file that only its owner may read; one that exists is never
/// overwritten.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), CeremonyFault> {
    let link = |temporary: &Path| {
        fs::hard_link(temporary, path)?;
        fs::remove_file(temporary)
    };
    write(path, bytes, link)
}

/// Replaces a file, or makes it.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), CeremonyFault> {
    write(path, bytes, |temporary| fs::rename(temporary, path))
}

/// Reads a file of a reasonable size.
pub fn read(path: &Path) -> Result<Vec<u8>, CeremonyFault> {
    let length = fs::metadata(path).map_err(|why| fault(path, why))?.len();
    if length > LARGEST {
        let why = format!("{length} bytes are too many for such a file");
        let path = path.display().to_string();
        return Err(CeremonyFault::Content { path, why });
    }
    fs::read(path).map_err(|why| fault(path, why))
}

/// An input or output error of a file.
pub(crate) fn fault(path: &Path, why: io::Error) -> CeremonyFault {
    let path = path.display().to_string();
    CeremonyFault::File { path, why }
}

fn write(path: &Path, bytes: &[u8], name: impl Fn(&Path) -> io::Result<()>) -> Result<(), CeremonyFault> {
    let temporary = temporary(path);
    let written = write_whole(&temporary, bytes).and_then(|()| name(&temporary));
    if let Err(why) = written {
        // The first error is the one to report.
        let _ = fs::remove_file(&temporary);
        return Err(fault(path, why));
    }
    sync_folder(path).map_err(|why| fault(path, why))
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
