//! Small files that are there as a whole or not at all, and folders.

use std::fs;
use std::io;
use std::path::Path;

use crate::disk::{Disk, RealDisk};

/// Writes a file so that after a crash it is there as a whole or as it was
/// before: to a new name, synced, renamed, folder synced. `mode` are the
/// file's permissions; a secret's are `0o600`.
///
/// # Errors
/// The system's; the file is as it was before, or the new one as a whole.
pub fn write_whole(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    write_whole_on(&mut RealDisk, path, bytes, mode)
}

/// [`write_whole`] on another disk than the real one, for tests.
///
/// # Errors
/// As [`write_whole`].
pub fn write_whole_on(disk: &mut dyn Disk, path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    let unfinished = path.with_file_name(name);
    // A crash left it; it was never anything.
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let file = disk.create(&unfinished, mode)?;
    disk.write(&unfinished, &file, bytes, 0)?;
    disk.sync(&unfinished, &file)?;
    disk.rename(&unfinished, path)?;
    disk.sync_folder(parent(path))
}

/// Makes a folder that only its owner may enter, with its name durable, and
/// those above it; one that exists is left as it is.
///
/// # Errors
/// The system's.
pub fn make_folder_on(disk: &mut dyn Disk, folder: &Path) -> io::Result<()> {
    let above = parent(folder);
    if !above.is_dir() {
        make_folder_on(disk, above)?;
    }
    disk.create_folder(folder)?;
    // Also where it is there: a crash may have left its name visible only.
    disk.sync_folder(above)
}

/// Makes the names in this file's folder durable.
///
/// # Errors
/// The system's.
pub fn sync_folder_of(path: &Path) -> io::Result<()> {
    RealDisk.sync_folder(parent(path))
}

/// The folder of a file or folder.
fn parent(path: &Path) -> &Path {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}
