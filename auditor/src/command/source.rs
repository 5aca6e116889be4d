//! Where a ledger is read: a folder, or a URL.
//!
//! Both serve the files of C2SP tlog-tiles. What comes from a URL is kept in
//! a temporary folder, so that an entry can be read a second time.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

/// The largest file of a ledger: a bundle of 256 entries of 65,535 bytes with
/// their lengths. A server that sends more is not believed.
const MAX_FILE: u64 = 256 * (65_535 + 2);

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Neither a folder nor a URL.
    #[error("{0} is neither a folder nor an http(s) URL")]
    Neither(String),
    /// The file is not there.
    #[error("{place} is missing")]
    Missing {
        /// Path or URL.
        place: String,
    },
    /// The file is there but cannot be read.
    #[error("{place} cannot be read: {why}")]
    Unreadable {
        /// Path or URL.
        place: String,
        /// Why.
        why: String,
    },
    /// The file is larger than any file of a ledger.
    #[error("{place} is larger than any file of a ledger may be")]
    TooLarge {
        /// Path or URL.
        place: String,
    },
}

/// A ledger's files.
pub struct Source(Kind);

enum Kind {
    Folder(PathBuf),
    Url {
        prefix: String,
        agent: ureq::Agent,
        cache: TempDir,
    },
}

impl Source {
    /// A folder, or a URL beginning with `http://` or `https://`.
    pub fn open(place: &str) -> Result<Self, SourceError> {
        if place.starts_with("http://") || place.starts_with("https://") {
            let unreadable = |why: std::io::Error| SourceError::Unreadable {
                place: "the folder for temporary files".to_owned(),
                why: why.to_string(),
            };
            let agent = agent(Duration::from_secs(60));
            let cache = TempDir::new().map_err(unreadable)?;
            return Ok(Self(Kind::Url {
                prefix: place.trim_end_matches('/').to_owned(),
                agent,
                cache,
            }));
        }
        let folder = PathBuf::from(place);
        if folder.is_dir() {
            Ok(Self::folder(folder))
        } else {
            Err(SourceError::Neither(place.to_owned()))
        }
    }

    /// A folder, which may have nothing in it yet.
    pub(super) fn folder(folder: PathBuf) -> Self {
        Self(Kind::Folder(folder))
    }

    /// Reads a file by its path in the ledger, `checkpoint` say.
    pub fn read(&mut self, path: &str) -> Result<Vec<u8>, SourceError> {
        match &self.0 {
            Kind::Folder(folder) => read_file(&folder.join(path)),
            Kind::Url { prefix, agent, .. } => fetch(agent, &format!("{prefix}/{path}")),
        }
    }

    /// Reads a file that never changes: from the temporary copy if there is one.
    pub fn read_immutable(&mut self, path: &str) -> Result<Vec<u8>, SourceError> {
        let Kind::Url { cache, .. } = &self.0 else {
            return self.read(path);
        };
        let copy = cache.path().join(path.replace('/', "_"));
        if let Ok(bytes) = read_file(&copy) {
            return Ok(bytes);
        }
        let bytes = self.read(path)?;
        // A copy that cannot be kept costs another download, nothing more.
        let _ = std::fs::write(&copy, &bytes);
        Ok(bytes)
    }
}

/// A client that gives up after so long.
fn agent(patience: Duration) -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_connect(Some(patience.min(Duration::from_secs(10))))
        .timeout_global(Some(patience))
        .http_status_as_error(false)
        .user_agent(concat!("psephos-auditor/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}

/// Fetches a small file from an address that is no ledger's: a witness's.
pub(super) fn fetch_once(url: &str, patience: Duration) -> Result<Vec<u8>, SourceError> {
    fetch(&agent(patience), url)
}

fn read_file(path: &Path) -> Result<Vec<u8>, SourceError> {
    let place = path.display().to_string();
    let file = std::fs::File::open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
            SourceError::Missing { place: place.clone() }
        }
        _ => SourceError::Unreadable {
            place: place.clone(),
            why: error.to_string(),
        },
    })?;
    read_limited(file, place)
}

fn fetch(agent: &ureq::Agent, url: &str) -> Result<Vec<u8>, SourceError> {
    let place = url.to_owned();
    let mut response = agent.get(url).call().map_err(|error| SourceError::Unreadable {
        place: place.clone(),
        why: error.to_string(),
    })?;
    match response.status().as_u16() {
        200 => read_limited(response.body_mut().as_reader(), place),
        404 | 410 => Err(SourceError::Missing { place }),
        status => Err(SourceError::Unreadable {
            place,
            why: format!("the server answered with status {status}"),
        }),
    }
}

fn read_limited(reader: impl Read, place: String) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    let read = reader.take(MAX_FILE + 1).read_to_end(&mut bytes);
    match read {
        Err(error) => Err(SourceError::Unreadable {
            place,
            why: error.to_string(),
        }),
        Ok(length) if length as u64 > MAX_FILE => Err(SourceError::TooLarge { place }),
        Ok(_) => Ok(bytes),
    }
}

/// Unpacks gzip, as a mirror may have stored a bundle.
pub(super) fn unpacked(bytes: &[u8], place: &str) -> Result<Vec<u8>, SourceError> {
    read_limited(flate2::read::GzDecoder::new(bytes), place.to_owned())
}
