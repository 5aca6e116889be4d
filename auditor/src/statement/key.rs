//! An observer's key: made once, and kept in one file with its name.
//!
//! The file holds one line in the form of Go's `note` package,
//! `PRIVATE+KEY+<name>+<key id>+base64(0x01 ‖ seed)`, with mode 0600. Who
//! reads it can make statements in this observer's name.

use std::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding};
use ed25519_dalek::SigningKey;
use journal::write_whole;
use rand::Rng;
use voting_core::ledger::{InvalidNote, SignerKey, VerifierKey};
use zeroize::Zeroizing;

const PRIVATE: &str = "PRIVATE+KEY+";
/// The type byte of an Ed25519 key for notes.
const ED25519: u8 = 0x01;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum InvalidKey {
    /// The file could not be read or written.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file that is there already.
    #[error("{} exists already; a key is never replaced", .0.display())]
    Exists(PathBuf),
    /// A name that no note can carry.
    #[error("the auditor's name: {0}")]
    Name(#[from] InvalidNote),
    /// The file is no key, or was damaged.
    #[error("{} is not a key that `auditor key` made, or it is damaged", .0.display())]
    Damaged(PathBuf),
}

/// An observer's secret key and its name.
#[derive(Debug)]
pub struct AuditorKey(SignerKey);

impl AuditorKey {
    /// Makes a key and writes its file, which must not exist yet.
    ///
    /// # Errors
    /// [`InvalidKey::Exists`], [`InvalidKey::Name`], or the system's.
    pub fn make(path: &Path, name: &str) -> Result<Self, InvalidKey> {
        if path.symlink_metadata().is_ok() {
            return Err(InvalidKey::Exists(path.to_owned()));
        }
        let mut seed = Zeroizing::new([0; 32]);
        rand::rng().fill_bytes(seed.as_mut());
        let key = Self(SignerKey::ed25519(name, &SigningKey::from_bytes(&seed))?);
        let line = Zeroizing::new(format!("{}\n", key.line(&seed).as_str()));
        write_whole(path, line.as_bytes(), 0o600).map_err(at(path))?;
        Ok(key)
    }

    /// Reads a key's file.
    ///
    /// # Errors
    /// [`InvalidKey::Damaged`], or the system's.
    pub fn open(path: &Path) -> Result<Self, InvalidKey> {
        let text = fs::read_to_string(path).map_err(|error| match error.kind() {
            ErrorKind::InvalidData => InvalidKey::Damaged(path.to_owned()),
            _ => at(path)(error),
        });
        let text = Zeroizing::new(text?);
        Self::parse(&text).ok_or_else(|| InvalidKey::Damaged(path.to_owned()))
    }

    fn parse(text: &str) -> Option<Self> {
        let line = text.strip_suffix('\n').unwrap_or(text);
        // Base64 has "+" too: only the first two part the rest.
        let mut parts = line.strip_prefix(PRIVATE)?.splitn(3, '+');
        let (name, _id, payload) = (parts.next()?, parts.next()?, parts.next()?);
        let payload = Zeroizing::new(Base64::decode_vec(payload).ok()?);
        let seed: Zeroizing<[u8; 32]> = Zeroizing::new(payload.strip_prefix(&[ED25519])?.try_into().ok()?);
        let key = Self(SignerKey::ed25519(name, &SigningKey::from_bytes(&seed)).ok()?);
        // The id binds name and key: a file with another name is damaged.
        (key.line(&seed).as_str() == line).then_some(key)
    }

    /// The secret file's line.
    fn line(&self, seed: &[u8; 32]) -> Zeroizing<String> {
        let payload = Zeroizing::new([&[ED25519], seed.as_slice()].concat());
        let payload = Zeroizing::new(Base64::encode_string(&payload));
        let public = self.verifier().to_string();
        let id = public[self.verifier().name().len() + 1..]
            .split('+')
            .next()
            .unwrap_or_default()
            .to_owned();
        Zeroizing::new(format!(
            "{PRIVATE}{}+{id}+{}",
            self.verifier().name(),
            payload.as_str()
        ))
    }

    /// The public key with its name: a vkey, to publish.
    pub fn verifier(&self) -> VerifierKey {
        self.0.verifier()
    }

    pub(super) fn signer(&self) -> &SignerKey {
        &self.0
    }
}

impl fmt::Display for AuditorKey {
    /// The public key.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.verifier().fmt(out)
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> InvalidKey + '_ {
    |source| InvalidKey::Io {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_kept_with_its_name_and_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("alice.key");
        let made = AuditorKey::make(&path, "observer.example/alice").unwrap();
        let mode = std::os::unix::fs::MetadataExt::mode(&fs::metadata(&path).unwrap());
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(AuditorKey::open(&path).unwrap().verifier(), made.verifier());
        assert!(matches!(
            AuditorKey::make(&path, "bob"),
            Err(InvalidKey::Exists(_))
        ));
        let kept = fs::read_to_string(&path).unwrap();
        // After two words, the name and the id; base64 has `+` too.
        let secret = kept.trim_end().splitn(5, '+').nth(4).unwrap();
        assert!(!format!("{made:?}{made}").contains(secret));
        assert!(matches!(
            AuditorKey::make(&folder.path().join("other"), "two words"),
            Err(InvalidKey::Name(_))
        ));
    }

    #[test]
    fn a_damaged_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("alice.key");
        AuditorKey::make(&path, "observer.example/alice").unwrap();
        let good = fs::read_to_string(&path).unwrap();
        for bad in [
            good.replace("alice", "carol"),
            good.replace("PRIVATE", "private"),
            good.replace('\n', "\n\n"),
            good[..good.len() - 3].to_owned(),
            String::new(),
        ] {
            fs::write(&path, bad).unwrap();
            assert!(matches!(AuditorKey::open(&path), Err(InvalidKey::Damaged(_))));
        }
        assert!(matches!(
            AuditorKey::open(folder.path()),
            Err(InvalidKey::Io { .. })
        ));
    }
}
