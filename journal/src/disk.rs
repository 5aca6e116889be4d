//! The two calls whose failure matters, so that tests can make them fail.

use std::fs::File;
use std::io::{self, Write};

/// How bytes reach the disk. The methods' own bodies are the real thing; a
/// test replaces them by a disk that fails, tears or lies.
pub trait Disk: Send {
    /// Writes all bytes at the file's end.
    ///
    /// # Errors
    /// The system's. Any part of the bytes may have been written.
    fn write(&mut self, file: &mut File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    /// Makes what was written durable (`fdatasync`).
    ///
    /// # Errors
    /// The system's. Afterwards nobody knows what is on the disk.
    fn sync(&mut self, file: &File) -> io::Result<()> {
        file.sync_data()
    }
}

/// The real disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {}
