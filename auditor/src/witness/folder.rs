//! The witness's folder (specs/06-ledger.md §2.4).
//!
//! | path | what an attacker gains |
//! |---|---|
//! | `witness.key` | reading: can cosign in this witness's name, forks too |
//! | `witness.vkey` | nothing: the public key with the witness's name |
//! | `journal/` | reading: nothing, the cosigned heads are public; writing or restoring an older copy: the witness may cosign a fork |
//! | `evidence/` | nothing to read: what it says is meant for everybody; writing: can hide it |
//!
//! The key is created with mode 0600 and never opened wider.

use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use ed25519_dalek::SigningKey;
use journal::write_whole;
use rand::Rng;
use voting_core::ledger::{Cosigner, CosignerKey};
use zeroize::Zeroizing;

use super::error::{WitnessError, at};
use super::heads;

/// A witness's folder.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    key: CosignerKey,
}

impl Folder {
    /// Makes a new witness with a fresh key. The folder may be there already,
    /// as long as no witness lives in it.
    ///
    /// # Errors
    /// One does; the name cannot stand in a note; nothing can be written.
    pub fn init(path: &Path, name: &str) -> Result<Self, WitnessError> {
        if key_path(path).exists() {
            return Err(WitnessError::Exists(path.to_owned()));
        }
        let mut seed = Zeroizing::new([0; 32]);
        rand::rng().fill_bytes(seed.as_mut());
        let public = SigningKey::from_bytes(&seed).verifying_key().to_bytes();
        let key = CosignerKey::ed25519(name, &public).map_err(WitnessError::Name)?;
        let mut folder = DirBuilder::new();
        folder
            .recursive(true)
            .mode(0o700)
            .create(path)
            .map_err(at(path))?;
        write(&vkey_path(path), format!("{key}\n").as_bytes(), 0o644)?;
        heads::begin(&path.join("journal"), &key)?;
        // Last: a folder with a key is complete. One without has told nobody its
        // public key, and the next try begins anew.
        let text = Zeroizing::new(format!("{}\n", hex::encode(seed.as_ref())));
        write(&key_path(path), text.as_bytes(), 0o600)?;
        Ok(Self {
            path: path.to_owned(),
            key,
        })
    }

    /// Opens an existing witness's folder.
    ///
    /// # Errors
    /// It is none, or its two keys do not belong together.
    pub fn open(path: &Path) -> Result<Self, WitnessError> {
        if !Self::exists(path) {
            return Err(WitnessError::NotThere(path.to_owned()));
        }
        let vkey = vkey_path(path);
        let text = fs::read_to_string(&vkey).map_err(at(&vkey))?;
        let key = CosignerKey::parse(text.trim_end());
        let folder = Self {
            path: path.to_owned(),
            key: key.map_err(|_| WitnessError::Damaged(vkey))?,
        };
        folder.cosigner()?;
        Ok(folder)
    }

    /// Whether a witness lives in a folder.
    pub fn exists(path: &Path) -> bool {
        key_path(path).exists()
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The witness's public key with its name: what the election office needs.
    pub fn vkey(&self) -> &CosignerKey {
        &self.key
    }

    /// Where the secret key is.
    pub fn key_path(&self) -> PathBuf {
        key_path(&self.path)
    }

    /// Where evidence of forks is kept.
    pub fn evidence(&self) -> PathBuf {
        self.path.join("evidence")
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.path.join("journal")
    }

    /// Reads the secret key, and compares it with the public one.
    pub(super) fn cosigner(&self) -> Result<Cosigner, WitnessError> {
        let path = self.key_path();
        let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
            ErrorKind::InvalidData => WitnessError::Damaged(path.clone()),
            _ => at(&path)(error),
        });
        let text = Zeroizing::new(text?);
        let mut seed = Zeroizing::new([0; 32]);
        let read = hex::decode_to_slice(text.trim_end(), seed.as_mut());
        read.map_err(|_| WitnessError::Damaged(path.clone()))?;
        let cosigner = Cosigner::ed25519(self.key.name(), &SigningKey::from_bytes(&seed));
        let cosigner = cosigner.map_err(WitnessError::Name)?;
        if cosigner.verifier() == self.key {
            Ok(cosigner)
        } else {
            Err(WitnessError::Damaged(path))
        }
    }
}

fn key_path(folder: &Path) -> PathBuf {
    folder.join("witness.key")
}

fn vkey_path(folder: &Path) -> PathBuf {
    folder.join("witness.vkey")
}

fn write(path: &Path, bytes: &[u8], mode: u32) -> Result<(), WitnessError> {
    write_whole(path, bytes, mode).map_err(at(path))
}
