//! Every call that makes something durable, in one place: tests can make each
//! of them fail, and count them.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::Path;

/// How bytes and names reach the disk. The methods' own bodies are the real
/// thing; a test replaces them by a disk that fails, tears or lies. Each gets
/// the path of what it changes.
///
/// After an error of any of them nobody knows what is on the disk. What was
/// written may stay visible to every reader of this machine, and still be gone
/// after the power went off; a later sync that succeeds says nothing about it.
pub trait Disk: Send {
    /// Makes a folder that only its owner may enter; one that exists is left as it is.
    /// Names in it are not durable yet, nor is its own.
    ///
    /// # Errors
    /// The system's.
    fn create_folder(&mut self, folder: &Path) -> io::Result<()> {
        match fs::DirBuilder::new().mode(0o700).create(folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
            made => made,
        }
    }

    /// Makes an empty file where there is none. Its name is not durable yet.
    ///
    /// # Errors
    /// The system's.
    fn create(&mut self, path: &Path, mode: u32) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).mode(mode).open(path)
    }

    /// Writes all bytes at an offset.
    ///
    /// # Errors
    /// The system's. Any part of the bytes may have been written.
    fn write(&mut self, _path: &Path, file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
        file.write_all_at(bytes, offset)
    }

    /// Cuts a file off.
    ///
    /// # Errors
    /// The system's.
    fn cut(&mut self, _path: &Path, file: &File, length: u64) -> io::Result<()> {
        file.set_len(length)
    }

    /// Makes what was written to a file durable (`fdatasync`).
    ///
    /// # Errors
    /// The system's.
    fn sync(&mut self, _path: &Path, file: &File) -> io::Result<()> {
        file.sync_data()
    }

    /// Gives a file another name, in place of the file that has it.
    ///
    /// # Errors
    /// The system's.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    /// Makes the names in a folder durable.
    ///
    /// # Errors
    /// The system's.
    fn sync_folder(&mut self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }
}

/// The real disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {}
