//! The booth as it was built: module and scripts, under names that are their
//! hashes, and the build manifest that lists them (specs/11-web.md §8).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding};
use serde::Deserialize;
use sha2::{Digest, Sha256, Sha384};
use voting_core::hash::Hash;

use crate::assets::assets;
use crate::body::Body;

/// The build manifest's file name, in its folder and on this site.
pub const MANIFEST: &str = "booth.manifest.json";

/// Why a folder is not a booth.
#[derive(Debug, thiserror::Error)]
pub enum NotABooth {
    /// A file.
    #[error("{}: {why}; build the booth with `cargo xtask booth`", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why it cannot be read.
        why: std::io::Error,
    },
    /// The build manifest.
    #[error("{} is no build manifest: {why}", .path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: serde_json::Error,
    },
    /// A file that is not the one that was built.
    #[error("{0} is not what the build manifest says: build the booth again, or copy all of its folder")]
    Other(String),
    /// A file that pages need.
    #[error("the booth has no {0}: build it from the sources of this program")]
    Lacks(&'static str),
}

/// What the build manifest says about files; the rest is for those who build it again.
#[derive(Deserialize)]
struct Built {
    files: BTreeMap<String, BuiltFile>,
}

#[derive(Deserialize)]
struct BuiltFile {
    bytes: u64,
    sha256: String,
}

/// A file of the booth.
#[derive(Debug)]
pub struct BoothFile {
    /// Its address on this site.
    pub path: String,
    /// Its `integrity` attribute (W3C Subresource Integrity).
    pub integrity: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub body: Body,
}

/// A booth, every file of which is the one that was built.
#[derive(Debug)]
pub struct Booth {
    /// SHA-256 of the build manifest: what an election's manifest seals.
    pub sha256: Hash,
    /// The build manifest's bytes.
    pub manifest: Vec<u8>,
    files: BTreeMap<String, BoothFile>,
}

impl Booth {
    /// The module.
    pub const MODULE: &str = "booth_bg.wasm";
    /// What the worker runs.
    pub const ENGINE: &str = "engine.js";
    /// What the page for voting runs.
    pub const VOTE: &str = "vote.js";
    /// What the page of the second device runs.
    pub const CHECK: &str = "check.js";
    /// The observer's module.
    pub const OBSERVER: &str = "observer_bg.wasm";
    /// What the observer's worker runs.
    pub const OBSERVE: &str = "observe.js";
    /// What the page "find my ballot" runs.
    pub const FIND: &str = "find.js";
    /// What the page of the recount runs.
    pub const RECOUNT: &str = "recount.js";
    /// What pages load.
    const NEEDED: [&str; 10] = [
        Self::MODULE,
        Self::ENGINE,
        Self::VOTE,
        Self::CHECK,
        Self::OBSERVER,
        Self::OBSERVE,
        Self::FIND,
        Self::RECOUNT,
        "page.js",
        "style.css",
    ];

    /// Reads a folder that `cargo xtask booth` built.
    ///
    /// # Errors
    /// It is none, or not whole.
    pub fn read(folder: &Path) -> Result<Self, NotABooth> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|why| NotABooth::File { path, why })
        };
        let manifest = read(MANIFEST)?;
        let built: Built = serde_json::from_slice(&manifest).map_err(|why| NotABooth::Manifest {
            path: folder.join(MANIFEST),
            why,
        })?;
        let mut found = Vec::new();
        for (name, promised) in built.files {
            // A name leads nowhere else than into the folder.
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let (stem, extension) = name.split_once('.').unwrap_or_default();
            let media_type = match extension {
                "js" => "text/javascript; charset=utf-8",
                "wasm" => "application/wasm",
                "css" => "text/css; charset=utf-8",
                _ => return Err(NotABooth::Other(name)),
            };
            if stem.is_empty() || !stem.chars().all(plain) {
                return Err(NotABooth::Other(name));
            }
            let bytes = read(&name)?;
            let sha256 = hex::encode(Sha256::digest(&bytes));
            if sha256 != promised.sha256 || bytes.len() as u64 != promised.bytes {
                return Err(NotABooth::Other(name));
            }
            let path = format!("/booth/{stem}.{}.{extension}", &sha256[..16]);
            found.push((name, path, media_type, bytes));
        }
        let files = sent(found);
        for needed in Self::NEEDED {
            if !files.contains_key(needed) {
                return Err(NotABooth::Lacks(needed));
            }
        }
        // Every page loads these from this program: they must be the sealed ones.
        let assets = assets();
        for (name, asset) in [("page.js", &assets.script), ("style.css", &assets.style)] {
            if files
                .get(name)
                .is_some_and(|file| file.body.plain() != asset.body.plain())
            {
                return Err(NotABooth::Other(name.to_owned()));
            }
        }
        Ok(Self {
            sha256: Sha256::digest(&manifest).into(),
            manifest,
            files,
        })
    }

    /// A file by its name in the build manifest.
    pub fn file(&self, name: &str) -> Option<&BoothFile> {
        self.files.get(name)
    }

    /// The file with this address.
    pub fn find(&self, path: &str) -> Option<&BoothFile> {
        self.files.values().find(|file| file.path == path)
    }
}

/// Files by name, each compressed on a thread of its own.
fn sent(found: Vec<(String, String, &'static str, Vec<u8>)>) -> BTreeMap<String, BoothFile> {
    let file = |(name, path, media_type, bytes): (_, _, _, Vec<u8>)| {
        let file = BoothFile {
            path,
            integrity: format!("sha384-{}", Base64::encode_string(&Sha384::digest(&bytes))),
            media_type,
            body: Body::of(bytes),
        };
        (name, file)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = found.into_iter().map(|one| scope.spawn(|| file(one))).collect();
        let ended = threads.into_iter().map(|thread| thread.join());
        ended
            .map(|file| file.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// The origin of an address (RFC 6454), as a Content-Security-Policy names it;
/// `None` where the address is not one that can stand there.
pub fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme, "http" | "https") {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let fits = !authority.is_empty() && authority.chars().all(plain);
    fits.then(|| format!("{scheme}://{}", authority.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let listed: serde_json::Map<_, _> = files
            .iter()
            .map(|(name, text)| {
                let sha256 = hex::encode(Sha256::digest(text));
                (
                    (*name).to_owned(),
                    serde_json::json!({ "bytes": text.len(), "sha256": sha256 }),
                )
            })
            .collect();
        for (name, text) in files {
            if !name.contains('/') {
                std::fs::write(folder.path().join(name), text).unwrap();
            }
        }
        let manifest = serde_json::json!({ "rustc": "any", "files": listed });
        std::fs::write(folder.path().join(MANIFEST), manifest.to_string()).unwrap();
        folder
    }

    const WHOLE: [(&str, &str); 10] = [
        ("booth_bg.wasm", "m"),
        ("engine.js", "e"),
        ("vote.js", "v"),
        ("check.js", "c"),
        ("observer_bg.wasm", "o"),
        ("observe.js", "w"),
        ("find.js", "f"),
        ("recount.js", "r"),
        ("page.js", include_str!("../assets/page.js")),
        ("style.css", include_str!("../assets/style.css")),
    ];

    #[test]
    fn a_booth_is_what_its_build_manifest_says() {
        let whole = folder(&WHOLE);
        let booth = Booth::read(whole.path()).unwrap();
        let engine = booth.file(Booth::ENGINE).unwrap();
        let sha256 = hex::encode(Sha256::digest("e"));
        assert_eq!(engine.path, format!("/booth/engine.{}.js", &sha256[..16]));
        assert!(booth.find(&engine.path).is_some() && booth.find("/booth/engine.js").is_none());
        assert_eq!(
            booth.sha256,
            <[u8; 32]>::from(Sha256::digest(
                std::fs::read(whole.path().join(MANIFEST)).unwrap()
            ))
        );
    }

    #[test]
    fn h1_a_changed_or_missing_file_is_no_booth() {
        let changed = folder(&WHOLE);
        std::fs::write(changed.path().join("vote.js"), "x").unwrap();
        assert!(matches!(Booth::read(changed.path()), Err(NotABooth::Other(_))));
        // A booth that seals another script than this program's pages load.
        let mut other = WHOLE;
        other[8].1 = "another";
        let other = folder(&other);
        assert!(matches!(Booth::read(other.path()), Err(NotABooth::Other(name)) if name == "page.js"));
        let lacking = folder(&WHOLE[..2]);
        assert!(matches!(
            Booth::read(lacking.path()),
            Err(NotABooth::Lacks("vote.js"))
        ));
        for name in ["../booth_bg.wasm", "page.html", ".js"] {
            let odd = folder(&[(name, "x")]);
            assert!(
                matches!(Booth::read(odd.path()), Err(NotABooth::Other(_))),
                "{name}"
            );
        }
        let none = tempfile::tempdir().unwrap();
        assert!(matches!(Booth::read(none.path()), Err(NotABooth::File { .. })));
    }

    #[test]
    fn an_address_gives_its_origin_and_nothing_else() {
        for (url, wanted) in [
            ("https://Ledger.Example/golden", Some("https://ledger.example")),
            ("http://127.0.0.1:8080", Some("http://127.0.0.1:8080")),
            ("http://[::1]:80/x", Some("http://[::1]:80")),
            ("https://a.example; script-src *", None),
            ("https://a.example *", None),
            ("javascript://x", None),
            ("https://user@a.example", None),
            ("https:///x", None),
            ("*", None),
        ] {
            assert_eq!(origin(url).as_deref(), wanted, "{url}");
        }
    }
}
