//! The ballot box's folder (specs/06-ledger.md §8.1).
//!
//! | file | what an attacker gains |
//! |---|---|
//! | `ledger.key` | reading: can sign checkpoints in this ledger's name, so fork it |
//! | `name` | nothing: the ledger's origin, as in every checkpoint |
//! | `manifest` | nothing: entry 0, public |
//! | `content/` | nothing: public files, each checked against its sealed hash |
//! | `witnessed` | nothing: the newest checkpoint that witnesses cosigned, public |
//! | `journal/`, `index/` | nothing to read: the public entries; writing: can stop the ledger |
//!
//! Secret files are created with mode 0600 and never opened wider.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use journal::{Disk, RealDisk, make_folder_on, write_whole_on};
use rand::Rng;
use sha2::{Digest, Sha256};
use voting_core::entry::Entry;
use voting_core::lifecycle::Lifecycle;
use voting_core::manifest::{ContentFile, Manifest};
use zeroize::Zeroizing;

use crate::witnesses::trust;

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
    #[error("{} is a ballot box's folder already; its key is never replaced", .0.display())]
    Exists(PathBuf),
    /// A file does not contain what it should.
    #[error("{} is damaged", .0.display())]
    Damaged(PathBuf),
    /// No manifest yet.
    #[error("{} has no election yet: run `ballot-box begin` first", .0.display())]
    NotBegun(PathBuf),
    /// `begin` with another manifest.
    #[error("{} belongs to another election; one ledger and one key are for one election", .0.display())]
    OtherElection(PathBuf),
    /// The manifest is none, or not for this ledger.
    #[error("the manifest: {0}")]
    Manifest(String),
    /// A content file that is not the one that the manifest seals.
    #[error("content file {name}: {why}")]
    Content {
        /// Its name in the manifest.
        name: String,
        /// What is wrong.
        why: String,
    },
}

/// Content files by name.
pub type Content = BTreeMap<String, Vec<u8>>;

/// A ballot box's folder.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes a new folder with a fresh key for a ledger of this name.
    ///
    /// # Errors
    /// The folder is one already, or cannot be written.
    pub fn init(path: &Path, name: &str) -> Result<Self, FolderError> {
        Self::init_on(&mut RealDisk, path, name)
    }

    /// [`Folder::init`] on another disk than the real one, for tests.
    fn init_on(disk: &mut dyn Disk, path: &Path, name: &str) -> Result<Self, FolderError> {
        let folder = Self(path.to_owned());
        make_folder_on(disk, path).map_err(at(path))?;
        if folder.key_path().exists() {
            return Err(FolderError::Exists(path.to_owned()));
        }
        folder.write(disk, "name", format!("{name}\n").as_bytes(), 0o644)?;
        let mut seed = Zeroizing::new([0; 32]);
        rand::rng().fill_bytes(seed.as_mut());
        // Last: a folder with a key is complete.
        let text = Zeroizing::new(format!("{}\n", hex::encode(seed.as_ref())));
        folder.write(disk, "ledger.key", text.as_bytes(), 0o600)?;
        Ok(folder)
    }

    /// Opens an existing folder.
    ///
    /// # Errors
    /// It is none.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let folder = Self(path.to_owned());
        folder.key()?;
        Ok(folder)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The key that signs checkpoints.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn key(&self) -> Result<SigningKey, FolderError> {
        let path = self.key_path();
        let text = Zeroizing::new(fs::read_to_string(&path).map_err(at(&path))?);
        let mut seed = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.trim(), seed.as_mut()).map_err(|_| FolderError::Damaged(path))?;
        Ok(SigningKey::from_bytes(&seed))
    }

    /// The ledger's name, the checkpoints' origin.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn name(&self) -> Result<String, FolderError> {
        let path = self.0.join("name");
        let text = fs::read_to_string(&path).map_err(at(&path))?;
        Ok(text.trim().to_owned())
    }

    /// Takes entry 0, and the content files it seals from another folder. What
    /// was begun can be begun again with the same manifest.
    ///
    /// # Errors
    /// The manifest is not coherent, not signed, or for another ledger; a
    /// content file is missing or another one. Then nothing is written.
    pub fn begin(&self, first: &[u8], content: Option<&Path>) -> Result<(), FolderError> {
        self.begin_on(&mut RealDisk, first, content)
    }

    /// [`Folder::begin`] on another disk than the real one, for tests.
    fn begin_on(&self, disk: &mut dyn Disk, first: &[u8], content: Option<&Path>) -> Result<(), FolderError> {
        let manifest = self.check(first)?;
        let path = self.0.join("manifest");
        if path.exists() && fs::read(&path).map_err(at(&path))? != first {
            return Err(FolderError::OtherElection(self.0.clone()));
        }
        let files = read_content(&manifest, content.unwrap_or(Path::new(".")))?;
        trust(&manifest, &files).map_err(|error| FolderError::Manifest(error.to_string()))?;
        let folder = self.0.join("content");
        make_folder_on(disk, &folder).map_err(at(&folder))?;
        for (name, bytes) in files {
            self.write(disk, &format!("content/{name}"), &bytes, 0o644)?;
        }
        // Last: a folder with a manifest has its content.
        self.write(disk, "manifest", first, 0o644)
    }

    /// Entry 0, and the content files it seals, checked again.
    ///
    /// # Errors
    /// There is no manifest yet, or a content file is not what was sealed.
    pub fn election(&self) -> Result<(Vec<u8>, Content), FolderError> {
        let path = self.0.join("manifest");
        if !path.exists() {
            return Err(FolderError::NotBegun(self.0.clone()));
        }
        let first = fs::read(&path).map_err(at(&path))?;
        let manifest = self.check(&first)?;
        Ok((first, read_content(&manifest, &self.0.join("content"))?))
    }

    /// Checks that entry 0 is a signed, coherent manifest for this ledger.
    fn check(&self, first: &[u8]) -> Result<Manifest, FolderError> {
        Lifecycle::begin(first).map_err(|error| FolderError::Manifest(error.to_string()))?;
        let Ok(Entry::Manifest(manifest, _)) = Entry::from_bytes(first) else {
            return Err(FolderError::Manifest("it is none".to_owned()));
        };
        let (name, key) = (self.name()?, self.key()?.verifying_key().to_bytes());
        if manifest.ledger.origin != name || *manifest.ledger.key != key {
            let why = format!(
                "it seals the ledger {} with key {}, but this is {name} with key {}",
                manifest.ledger.origin,
                hex::encode(*manifest.ledger.key),
                hex::encode(key)
            );
            return Err(FolderError::Manifest(why));
        }
        Ok(manifest)
    }

    fn key_path(&self) -> PathBuf {
        self.0.join("ledger.key")
    }

    fn write(&self, disk: &mut dyn Disk, name: &str, bytes: &[u8], mode: u32) -> Result<(), FolderError> {
        let path = self.0.join(name);
        write_whole_on(disk, &path, bytes, mode).map_err(at(&path))
    }
}

/// Reads the content files that a manifest seals, and compares each with its hash.
fn read_content(manifest: &Manifest, folder: &Path) -> Result<Content, FolderError> {
    let read = |file: &ContentFile| {
        let wrong = |why: String| FolderError::Content {
            name: file.name.clone(),
            why,
        };
        let path = folder.join(&file.name);
        let bytes = fs::read(&path).map_err(|error| wrong(format!("{}: {error}", path.display())))?;
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        if bytes.len() as u64 != file.length || hash != *file.sha256 {
            return Err(wrong(format!(
                "{} is not the file that the manifest seals",
                path.display()
            )));
        }
        Ok((file.name.clone(), bytes))
    };
    manifest.content.iter().map(read).collect()
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> FolderError + '_ {
    |source| FolderError::Io {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests;
