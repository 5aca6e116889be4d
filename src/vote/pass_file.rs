//! The voting pass on disk: everything the device must remember, encrypted
//! under a passphrase (specs/05a-voter.md §7).
//!
//! It is replaced as a whole before anything leaves the device: a crash leaves
//! the state before or after, never a mixture, and the same is sent again.

use std::fs::File;
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use anyhow::{Context, Result, bail};
use ceremony::passphrase::PassphraseArgs;
use ceremony::{durable, sealed};
use voting_core::voter::Voter;
use zeroize::Zeroizing;

/// An encrypted file, and how to write it again.
pub(super) struct PassFile {
    path: PathBuf,
    passphrase: SecretString,
    work_factor: Option<u8>,
    /// Two devices with one state would seal two ballots with one sequence.
    _lock: File,
}

impl PassFile {
    /// Opens the file; gives what it says, if it is there already.
    pub(super) fn open(path: PathBuf, asked: &PassphraseArgs) -> Result<(Self, Option<Zeroizing<Vec<u8>>>)> {
        let lock = lock(&path)?;
        let (passphrase, saved) = match path.exists() {
            false => (asked.choose(&path)?, None),
            true => {
                let passphrase = asked.ask(&path)?;
                let saved = sealed::open(&durable::read(&path)?, &passphrase)?;
                (passphrase, Some(saved))
            }
        };
        let file = Self {
            path,
            passphrase,
            work_factor: asked.work_factor(),
            _lock: lock,
        };
        Ok((file, saved))
    }

    /// Stores a voter's state.
    pub(super) fn store(&self, voter: &Voter<'_>) -> Result<()> {
        let bytes = sealed::seal(&voter.to_secret_bytes(), &self.passphrase, self.work_factor)?;
        Ok(durable::replace(&self.path, &bytes)?)
    }
}

/// Holds `<file>.lock` as long as it is open.
fn lock(path: &Path) -> Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = File::create(&name).with_context(|| PathBuf::from(&name).display().to_string())?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => bail!("{} is in use by another `psephos vote`", path.display()),
    }
}
