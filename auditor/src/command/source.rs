//! Where a ledger is read: a folder, or a URL.
//!
//! Both serve the files of C2SP tlog-tiles. What comes from a URL is kept in
//! a folder, so that an entry can be read a second time.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::cache::Cache;

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
    /// The server says something else than the file.
    #[error("{place} cannot be read: the server answered with status {status}")]
    Status {
        /// URL.
        place: String,
        /// The status.
        status: u16,
    },
    /// The file is larger than any file of a ledger.
    #[error("{place} is larger than any file of a ledger may be")]
    TooLarge {
        /// Path or URL.
        place: String,
    },
}

impl SourceError {
    /// Whether it may be otherwise a moment later.
    fn may_pass(&self) -> bool {
        match self {
            Self::Unreadable { .. } => true,
            Self::Status { status, .. } => *status == 429 || *status >= 500,
            _ => false,
        }
    }
}

/// The pause after a failure; it doubles with every further one.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// A ledger's files.
pub struct Source(Kind);

enum Kind {
    Folder(PathBuf),
    Url {
        prefix: String,
        agent: ureq::Agent,
        cache: Cache,
        /// How long a file is asked for again after a failure.
        patience: Duration,
    },
}

impl Source {
    /// A folder, or a URL beginning with `http://` or `https://`.
    pub fn open(place: &str) -> Result<Self, SourceError> {
        Self::of(place, Cache::temporary, Duration::ZERO)
    }

    /// As [`Source::open`]. What comes from a URL is kept in `cache` until an
    /// audit of it holds, and asked for again for as long as `patience` when
    /// the network fails.
    pub fn kept(place: &str, cache: &Path, patience: Duration) -> Result<Self, SourceError> {
        Self::of(place, || Cache::kept(cache), patience)
    }

    fn of(
        place: &str,
        cache: impl FnOnce() -> std::io::Result<Cache>,
        patience: Duration,
    ) -> Result<Self, SourceError> {
        if is_url(place) {
            let unreadable = |why: std::io::Error| SourceError::Unreadable {
                place: "the folder for downloads".to_owned(),
                why: why.to_string(),
            };
            return Ok(Self(Kind::Url {
                prefix: place.trim_end_matches('/').to_owned(),
                agent: agent(Duration::from_secs(60)),
                cache: cache().map_err(unreadable)?,
                patience,
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
    pub fn read(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        match &self.0 {
            Kind::Folder(folder) => read_file(&folder.join(path)),
            Kind::Url {
                prefix,
                agent,
                patience,
                ..
            } => fetch_patiently(agent, &format!("{prefix}/{path}"), *patience),
        }
    }

    /// Reads a file that never changes: what was kept of it, if there is any.
    pub fn read_immutable(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        let Kind::Url { cache, .. } = &self.0 else {
            return self.read(path);
        };
        if let Ok(bytes) = read_file(&cache.file(path)) {
            return Ok(bytes);
        }
        let bytes = self.read(path)?;
        cache.keep(path, &bytes);
        Ok(bytes)
    }

    /// Whether the files come over a network, where it helps to ask for
    /// several at once.
    pub(super) fn is_remote(&self) -> bool {
        matches!(self.0, Kind::Url { .. })
    }

    /// Drops what was kept of a file; whether there was anything.
    pub(super) fn forget(&self, path: &str) -> bool {
        matches!(&self.0, Kind::Url { cache, .. } if cache.forget(path))
    }

    /// Drops everything, if an earlier run has left any of it.
    pub(super) fn forget_earlier(&self) -> bool {
        matches!(&self.0, Kind::Url { cache, .. } if cache.forget_earlier())
    }

    /// Keeps nothing any longer: the audit is over.
    pub(super) fn finished(&self) {
        if let Kind::Url { cache, .. } = &self.0 {
            cache.remove();
        }
    }
}

/// Whether a place is a URL.
pub(super) fn is_url(place: &str) -> bool {
    place.starts_with("http://") || place.starts_with("https://")
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

/// Fetches a file; asks again while the network or the server fails, until
/// the patience ends.
fn fetch_patiently(agent: &ureq::Agent, url: &str, patience: Duration) -> Result<Vec<u8>, SourceError> {
    let begun = Instant::now();
    let mut pause = FIRST_PAUSE;
    loop {
        match fetch(agent, url) {
            Err(error) if error.may_pass() && begun.elapsed() + pause <= patience => {}
            ended => return ended,
        }
        std::thread::sleep(pause);
        pause = (2 * pause).min(LONGEST_PAUSE);
    }
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
        status => Err(SourceError::Status { place, status }),
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
