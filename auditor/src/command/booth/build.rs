//! The build manifest: which files the booth has (specs/11-web.md §8).

use std::collections::BTreeMap;

use base64ct::{Base64, Encoding};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use voting_core::hash::Hash;

/// Where a site shows it.
pub(super) const PATH: &str = "/booth/booth.manifest.json";

/// The files of a booth.
pub(super) struct Build(Vec<BuiltFile>);

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BuiltFile {
    /// Its name in the build manifest.
    pub(super) name: String,
    /// Where a site serves it.
    pub(super) path: String,
    pub(super) sha256: Hash,
}

#[derive(Deserialize)]
struct Manifest {
    files: BTreeMap<String, Listed>,
}

#[derive(Deserialize)]
struct Listed {
    sha256: String,
}

/// What is wrong with a build manifest.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoBuild {
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    #[error("{0} has no name or hash that a file of a booth can have")]
    File(String),
}

impl Build {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, NoBuild> {
        let manifest: Manifest = serde_json::from_slice(bytes)?;
        let files = manifest.files.into_iter().map(|(name, listed)| {
            let file = BuiltFile::of(&name, &listed.sha256);
            file.ok_or(NoBuild::File(name))
        });
        Ok(Self(files.collect::<Result<_, _>>()?))
    }

    pub(super) fn files(&self) -> &[BuiltFile] {
        &self.0
    }

    /// The file that is served at an address.
    pub(super) fn at(&self, path: &str) -> Option<&BuiltFile> {
        self.0.iter().find(|file| file.path == path)
    }
}

impl BuiltFile {
    fn of(name: &str, sha256: &str) -> Option<Self> {
        let (stem, extension) = name.split_once('.')?;
        let plain = |text: &str| {
            let letter = |c: u8| c.is_ascii_alphanumeric() || c == b'_';
            !text.is_empty() && text.bytes().all(letter)
        };
        let mut hash = Hash::default();
        hex::decode_to_slice(sha256, &mut hash).ok()?;
        let short = sha256.get(..16)?.to_ascii_lowercase();
        (plain(stem) && plain(extension)).then(|| Self {
            name: name.to_owned(),
            path: format!("/booth/{stem}.{short}.{extension}"),
            sha256: hash,
        })
    }
}

/// SHA-256.
pub(super) fn digest(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// The `integrity` attribute of a file (W3C Subresource Integrity).
pub(super) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", Base64::encode_string(&sha2::Sha384::digest(bytes)))
}
