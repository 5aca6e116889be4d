//! The issuer's folder: its identity, its enrolment, its journal.
//!
//! | file | what an attacker gains by reading it |
//! |---|---|
//! | `identity.key` | can sign rolls, keys and reports in the issuer's name |
//! | `enrolment/key-*.pkcs8` | can mint tokens |
//! | `enrolment/letters.csv` | can ask for tokens in voters' names; removed once handed over |
//! | `enrolment/roll.bin`, `journal/` | learns who (by pseudonym) asked for a token |
//!
//! Secret files are created with mode 0600 and never opened wider.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use rand::Rng;
use zeroize::Zeroizing;

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// `init` in a folder that is one already.
    #[error("{} is an issuer's folder already; its key is never replaced", .0.display())]
    Exists(PathBuf),
    /// A file does not contain what it should.
    #[error("{} is damaged", .0.display())]
    Damaged(PathBuf),
    /// No enrolment yet.
    #[error("{} has no enrolment yet: run `issuer enrol` first", .0.display())]
    NotEnrolled(PathBuf),
}

/// An issuer's folder.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes a new folder with a fresh identity.
    pub fn init(path: &Path, name: &str) -> Result<Self, FolderError> {
        let folder = Self(path.to_owned());
        fs::create_dir_all(path).map_err(|source| io_error(path, source))?;
        if folder.identity_path().exists() {
            return Err(FolderError::Exists(path.to_owned()));
        }
        let mut seed = Zeroizing::new([0; 32]);
        rand::rng().fill_bytes(seed.as_mut());
        write_whole(&folder.0.join("name"), format!("{name}\n").as_bytes(), 0o644)?;
        // Last: a folder with an identity is complete.
        let text = Zeroizing::new(format!("{}\n", hex::encode(seed.as_ref())));
        write_whole(&folder.identity_path(), text.as_bytes(), 0o600)?;
        Ok(folder)
    }

    /// Opens an existing folder.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let folder = Self(path.to_owned());
        folder.identity()?;
        Ok(folder)
    }

    /// The issuer's name, as in the manifest and in token challenges.
    pub fn name(&self) -> Result<String, FolderError> {
        Ok(read_text(&self.0.join("name"))?.trim().to_owned())
    }

    /// The Ed25519 key that signs this issuer's entries.
    pub fn identity(&self) -> Result<SigningKey, FolderError> {
        let path = self.identity_path();
        let text = Zeroizing::new(read_text(&path)?);
        let mut seed = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.trim(), seed.as_mut()).map_err(|_| FolderError::Damaged(path))?;
        Ok(SigningKey::from_bytes(&seed))
    }

    /// The finished enrolment; it exists as a whole or not at all.
    pub fn enrolment(&self) -> PathBuf {
        self.0.join("enrolment")
    }

    /// Where an enrolment is prepared.
    pub fn staging(&self) -> PathBuf {
        self.0.join("enrolment.unfinished")
    }

    /// The journal of issuance records.
    pub fn journal(&self) -> PathBuf {
        self.0.join("journal")
    }

    /// The index of issuance records; it can be deleted at any time.
    pub fn index(&self) -> PathBuf {
        self.0.join("index")
    }

    fn identity_path(&self) -> PathBuf {
        self.0.join("identity.key")
    }
}

/// [`journal::write_whole`], with the file's name in the error.
pub(crate) fn write_whole(path: &Path, bytes: &[u8], mode: u32) -> Result<(), FolderError> {
    journal::write_whole(path, bytes, mode).map_err(|source| io_error(path, source))
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>, FolderError> {
    fs::read(path).map_err(|source| io_error(path, source))
}

fn read_text(path: &Path) -> Result<String, FolderError> {
    fs::read_to_string(path).map_err(|source| io_error(path, source))
}

pub(crate) fn io_error(path: &Path, source: io::Error) -> FolderError {
    FolderError::Io {
        path: path.to_owned(),
        source,
    }
}
