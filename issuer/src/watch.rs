//! Following the ledger: whether tokens may be issued now.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use crate::enrol::Enrolment;
use crate::reading::{Contradiction, Reading, bundle, checkpoint};

/// Entries in a full bundle (C2SP tlog-tiles).
const BUNDLE: u64 = 256;

/// Whether tokens are issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not yet: the ledger lacks the confirmed key, or this issuer's keys and whole roll.
    Waiting,
    /// Yes.
    Issuing,
    /// No longer: the poll is closed.
    Closed,
}

impl Standing {
    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Waiting => "waiting",
            Standing::Issuing => "issuing",
            Standing::Closed => "closed",
        }
    }
}

/// What a ledger's entries mean for an enrolment.
pub fn standing(reading: &Reading, enrolment: &Enrolment) -> Standing {
    if *reading.manifest() != enrolment.manifest {
        return Standing::Waiting;
    }
    if reading.is_closed() {
        return Standing::Closed;
    }
    let announced = enrolment.entries.iter().all(|entry| reading.holds(entry));
    if announced && reading.key_is_confirmed() {
        Standing::Issuing
    } else {
        Standing::Waiting
    }
}

/// The standing that the server looks at, and the watcher sets.
#[derive(Debug)]
pub struct Gate(AtomicU8);

impl Gate {
    /// A gate in a standing.
    pub fn new(standing: Standing) -> Self {
        Self(AtomicU8::new(standing as u8))
    }

    /// The standing now.
    pub fn standing(&self) -> Standing {
        match self.0.load(Ordering::Acquire) {
            1 => Standing::Issuing,
            2 => Standing::Closed,
            _ => Standing::Waiting,
        }
    }

    /// Sets it. A closed gate stays closed.
    pub fn set(&self, standing: Standing) {
        if self.standing() != Standing::Closed {
            self.0.store(standing as u8, Ordering::Release);
        }
    }
}

/// Why the ledger could not be followed.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// It did not answer.
    #[error("GET {url}: {source}")]
    Http {
        /// Where.
        url: String,
        /// What happened.
        source: Box<ureq::Error>,
    },
    /// It contradicts itself, or is no ledger.
    #[error("{0}")]
    Contradiction(#[from] Contradiction),
}

impl WatchError {
    /// Whether the ledger is at fault, and not the connection.
    pub fn is_contradiction(&self) -> bool {
        matches!(self, WatchError::Contradiction(_))
    }
}

/// Reads a ledger over HTTP, each entry once.
pub struct Follower {
    base: String,
    agent: ureq::Agent,
    reading: Option<Reading>,
}

impl Follower {
    /// A follower of the ledger at a URL.
    pub fn new(url: &str) -> Self {
        let timeout = Some(Duration::from_secs(30));
        let agent = ureq::Agent::config_builder()
            .timeout_global(timeout)
            .build()
            .into();
        Self {
            base: url.trim_end_matches('/').to_owned(),
            agent,
            reading: None,
        }
    }

    /// Reads what is new up to the ledger's checkpoint; nothing of it is taken
    /// in unless it all adds up to the signed root.
    pub fn refresh(&mut self) -> Result<&Reading, WatchError> {
        let note = String::from_utf8(self.get("/checkpoint")?).map_err(|_| Contradiction::Checkpoint)?;
        let mut reading = match &self.reading {
            Some(reading) => reading.clone(),
            None => Reading::begin(&self.first_entry(&note)?)?,
        };
        self.read_to(&mut reading, &note)?;
        Ok(self.reading.insert(reading))
    }

    fn read_to(&self, reading: &mut Reading, note: &str) -> Result<(), WatchError> {
        let head = checkpoint(note, &reading.manifest().ledger)?;
        if head.size < reading.size() {
            return Err(Contradiction::Shrunk {
                seen: reading.size(),
                found: head.size,
            }
            .into());
        }
        while reading.size() < head.size {
            let number = reading.size() / BUNDLE;
            let width = (head.size - number * BUNDLE).min(BUNDLE);
            let bytes = self.bundle(number, width)?;
            let skip = (reading.size() % BUNDLE) as usize;
            for entry in bundle(&bytes, width as usize)?.into_iter().skip(skip) {
                reading.apply(entry)?;
            }
        }
        if reading.root() != head.root {
            return Err(Contradiction::Root { size: head.size }.into());
        }
        Ok(())
    }

    /// Entry 0, which names the key that the checkpoint is verified with.
    fn first_entry(&self, note: &str) -> Result<Vec<u8>, WatchError> {
        let size: u64 = note
            .lines()
            .nth(1)
            .and_then(|line| line.parse().ok())
            .ok_or(Contradiction::Checkpoint)?;
        if size == 0 {
            return Err(Contradiction::Entry(0).into());
        }
        let width = size.min(BUNDLE);
        let bytes = self.bundle(0, width)?;
        let entries = bundle(&bytes, width as usize)?;
        Ok(entries.first().ok_or(Contradiction::Entry(0))?.to_vec())
    }

    /// The first `width` entries of a bundle. A partial bundle may have given
    /// way to the full one.
    fn bundle(&self, number: u64, width: u64) -> Result<Vec<u8>, WatchError> {
        let path = bundle_path(number);
        if width == BUNDLE {
            return self.get(&path);
        }
        match self.get(&format!("{path}.p/{width}")) {
            Err(WatchError::Http { .. }) => Ok(shorten(&self.get(&path)?, width).to_vec()),
            result => result,
        }
    }

    fn get(&self, path: &str) -> Result<Vec<u8>, WatchError> {
        let url = format!("{}{path}", self.base);
        let read = || {
            self.agent
                .get(&url)
                .call()?
                .body_mut()
                .with_config()
                .limit(BUNDLE * 65_537)
                .read_to_vec()
        };
        read().map_err(|source| WatchError::Http {
            url: url.clone(),
            source: Box::new(source),
        })
    }
}

/// The bytes of a bundle's first entries.
fn shorten(bytes: &[u8], width: u64) -> &[u8] {
    let mut end = 0;
    for _ in 0..width {
        let Some(length) = bytes.get(end..end + 2) else {
            break;
        };
        end += 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
    }
    &bytes[..end.min(bytes.len())]
}

/// `/tile/entries/<N>`, N in groups of three digits, all but the last after an `x`.
fn bundle_path(number: u64) -> String {
    let mut path = format!("{:03}", number % 1_000);
    let mut rest = number / 1_000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1_000);
        rest /= 1_000;
    }
    format!("/tile/entries/{path}")
}

#[cfg(test)]
mod tests {
    use super::bundle_path;

    #[test]
    fn bundle_paths_are_those_of_tlog_tiles() {
        assert_eq!(bundle_path(5), "/tile/entries/005");
        assert_eq!(bundle_path(1_234_067), "/tile/entries/x001/x234/067");
    }
}
