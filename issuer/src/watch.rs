//! Following the ledger: whether tokens may be issued now.

use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use voting_core::encoding::MAX_ENTRY;
use voting_core::ledger::{BUNDLE_WIDTH, Trust, bundle_path};

use crate::enrol::Enrolment;
use crate::reading::{Contradiction, Reading, checkpoint, entries, unverified_size};

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
    /// What was read so far, and whom to believe about it.
    known: Option<(Reading, Trust)>,
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
            known: None,
        }
    }

    /// Reads what is new up to the ledger's checkpoint; nothing of it is taken
    /// in unless it all adds up to the signed root.
    pub fn refresh(&mut self) -> Result<&Reading, WatchError> {
        let note = self.get("checkpoint")?;
        let (mut reading, trust) = match &self.known {
            Some(known) => known.clone(),
            None => {
                let reading = Reading::begin(&self.first_entry(&note)?)?;
                let trust = self.trust(&reading)?;
                (reading, trust)
            }
        };
        self.read_to(&mut reading, &trust, &note)?;
        Ok(&self.known.insert((reading, trust)).0)
    }

    /// Whom the manifest names to be believed.
    fn trust(&self, reading: &Reading) -> Result<Trust, WatchError> {
        let file = reading.manifest().policy_file();
        let policy = file.map(|file| self.get(&format!("content/{}", file.name)));
        let trust = Trust::sealed(reading.manifest(), policy.transpose()?.as_deref());
        Ok(trust.map_err(Contradiction::from)?)
    }

    fn read_to(&self, reading: &mut Reading, trust: &Trust, note: &[u8]) -> Result<(), WatchError> {
        let head = checkpoint(note, trust)?;
        if head.size < reading.size() {
            return Err(Contradiction::Shrunk {
                seen: reading.size(),
                found: head.size,
            }
            .into());
        }
        while reading.size() < head.size {
            let number = reading.size() / BUNDLE_WIDTH;
            let width = (head.size - number * BUNDLE_WIDTH).min(BUNDLE_WIDTH);
            let skip = (reading.size() % BUNDLE_WIDTH) as usize;
            let bundle = self.bundle(number, width)?;
            for entry in entries(&bundle, width)?.into_iter().skip(skip) {
                reading.apply(entry);
            }
        }
        if reading.root() != head.root {
            return Err(Contradiction::Root { size: head.size }.into());
        }
        Ok(())
    }

    /// Entry 0, which names the key that the checkpoint is verified with.
    fn first_entry(&self, note: &[u8]) -> Result<Vec<u8>, WatchError> {
        let width = unverified_size(note)?.min(BUNDLE_WIDTH);
        let bundle = self.bundle(0, width)?;
        let first = entries(&bundle, width)?;
        Ok(first.first().ok_or(Contradiction::Empty)?.to_vec())
    }

    /// A bundle with at least its first `width` entries. A partial bundle may
    /// have given way to the full one.
    fn bundle(&self, number: u64, width: u64) -> Result<Vec<u8>, WatchError> {
        let full = bundle_path(number, 0);
        if width == BUNDLE_WIDTH {
            return self.get(&full);
        }
        match self.get(&bundle_path(number, width as u32)) {
            Err(WatchError::Http { .. }) => self.get(&full),
            result => result,
        }
    }

    fn get(&self, path: &str) -> Result<Vec<u8>, WatchError> {
        let url = format!("{}/{path}", self.base);
        let read = || {
            self.agent
                .get(&url)
                .call()?
                .body_mut()
                .with_config()
                .limit(BUNDLE_WIDTH * (MAX_ENTRY as u64 + 2))
                .read_to_vec()
        };
        read().map_err(|source| WatchError::Http {
            url: url.clone(),
            source: Box::new(source),
        })
    }
}
