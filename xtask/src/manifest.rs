//! `booth.manifest.json`: what was built from what, for everybody who wants to
//! build it again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::booth::Variant;
use crate::compiler::{Compiler, Library, TARGET};
use crate::wasm::{PROFILE, published_flags};

/// The build manifest. An election's manifest seals its SHA-256.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct BuildManifest {
    /// First line of `rustc --version`: another compiler gives other bytes.
    pub(crate) rustc: String,
    target: String,
    profile: String,
    features: Vec<String>,
    standard_library: String,
    flags: Vec<String>,
    /// Every file of the booth, by name.
    pub(crate) files: BTreeMap<String, FileHash>,
}

/// One file of the booth.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileHash {
    /// Its length.
    pub(crate) bytes: u64,
    /// Its SHA-256, hexadecimal.
    pub(crate) sha256: String,
}

/// Two builds side by side.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// The same compiler gave the same files.
    Equal,
    /// The same compiler gave other files, or was told otherwise: which.
    Different(Vec<String>),
    /// Nothing follows from a comparison.
    AnotherCompiler,
}

impl BuildManifest {
    /// The manifest's file name.
    pub(crate) const FILE: &str = "booth.manifest.json";

    /// Describes what was just built into a folder.
    pub(crate) fn of(folder: &Path, compiler: &Compiler, variant: Variant) -> Result<Self> {
        let mut files = BTreeMap::new();
        for name in variant.files() {
            let file = folder.join(name);
            let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
            let hash = FileHash {
                bytes: bytes.len() as u64,
                sha256: hex::encode(Sha256::digest(&bytes)),
            };
            files.insert(name.to_owned(), hash);
        }
        let standard_library = match compiler.library {
            Library::Bundled => "the compiler's own",
            Library::Sources { .. } => "built from the compiler's sources (-Zbuild-std=std,panic_abort)",
        };
        Ok(Self {
            rustc: compiler.version.clone(),
            target: TARGET.to_owned(),
            profile: PROFILE.to_owned(),
            features: variant
                .features()
                .iter()
                .map(|&feature| feature.to_owned())
                .collect(),
            standard_library: standard_library.to_owned(),
            flags: published_flags(),
            files,
        })
    }

    /// Reads a published manifest.
    pub(crate) fn read(file: &Path) -> Result<Self> {
        let text = fs::read(file)
            .with_context(|| format!("reading {}: build with `cargo xtask booth` first", file.display()))?;
        serde_json::from_slice(&text).with_context(|| format!("{} is no build manifest", file.display()))
    }

    /// Writes the manifest beside the files.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)? + "\n";
        let file = folder.join(Self::FILE);
        fs::write(&file, text).with_context(|| format!("writing {}", file.display()))
    }

    /// Compares a published build with a rebuild.
    pub(crate) fn compare(&self, rebuilt: &Self) -> Comparison {
        if (&self.rustc, &self.standard_library) != (&rebuilt.rustc, &rebuilt.standard_library) {
            return Comparison::AnotherCompiler;
        }
        let mut different = Vec::new();
        let how = |build: &Self| {
            (
                build.target.clone(),
                build.profile.clone(),
                build.features.clone(),
                build.flags.clone(),
            )
        };
        if how(self) != how(rebuilt) {
            different.push("target, profile, features or flags".to_owned());
        }
        let names = self.files.keys().chain(rebuilt.files.keys());
        different.extend(
            names
                .filter(|name| self.files.get(*name) != rebuilt.files.get(*name))
                .cloned(),
        );
        different.sort();
        different.dedup();
        if different.is_empty() {
            Comparison::Equal
        } else {
            Comparison::Different(different)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(rustc: &str, hash: &str) -> BuildManifest {
        BuildManifest {
            rustc: rustc.to_owned(),
            target: TARGET.to_owned(),
            profile: PROFILE.to_owned(),
            features: vec![],
            standard_library: "the compiler's own".to_owned(),
            flags: published_flags(),
            files: BTreeMap::from([(
                "booth.js".to_owned(),
                FileHash {
                    bytes: 3,
                    sha256: hash.to_owned(),
                },
            )]),
        }
    }

    #[test]
    fn only_builds_of_one_compiler_are_compared() {
        let published = build("rustc 1.95.0", "aa");
        assert_eq!(published.compare(&build("rustc 1.95.0", "aa")), Comparison::Equal);
        assert_eq!(
            published.compare(&build("rustc 1.96.0", "aa")),
            Comparison::AnotherCompiler
        );
        assert_eq!(
            published.compare(&build("rustc 1.95.0", "bb")),
            Comparison::Different(vec!["booth.js".to_owned()])
        );
    }

    #[test]
    fn a_missing_file_and_another_flag_are_differences() {
        let published = build("rustc 1.95.0", "aa");
        let mut rebuilt = build("rustc 1.95.0", "aa");
        rebuilt.files.clear();
        rebuilt.flags.pop();
        assert_eq!(
            published.compare(&rebuilt),
            Comparison::Different(vec![
                "booth.js".to_owned(),
                "target, profile, features or flags".to_owned()
            ])
        );
    }
}
