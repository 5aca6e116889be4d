//! The files of a ledger at an address (specs/06-ledger.md §3), within limits:
//! whoever serves them is not trusted.

use std::io::Read;
use std::time::Duration;

use auditor::Recall;
use voting_core::ledger::{BUNDLE_WIDTH, TilePlace, parse_bundle};

/// The largest bundle: 256 entries of 65,535 bytes with their lengths.
const MAX_BUNDLE: u64 = 256 * (65_535 + 2);
/// The largest checkpoint, with its cosignatures.
const MAX_CHECKPOINT: u64 = 65_536;

/// Why a file could not be read. Nothing is known about the ledger then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    /// The address has no such file.
    #[error("{0} is missing")]
    Missing(String),
    /// It does not answer, or not as it should.
    #[error("{path} cannot be read: {why}")]
    Failed {
        /// The file.
        path: String,
        /// Why.
        why: String,
    },
}

/// A ledger's address.
pub(crate) struct Source {
    prefix: String,
    agent: ureq::Agent,
}

impl Source {
    /// Asks nothing yet.
    pub(crate) fn new(address: &str) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_connect(Some(Duration::from_secs(5)))
            .timeout_global(Some(Duration::from_secs(30)))
            .http_status_as_error(false)
            .user_agent(concat!("psephos-web/", env!("CARGO_PKG_VERSION")))
            .build()
            .into();
        Self {
            prefix: address.trim_end_matches('/').to_owned(),
            agent,
        }
    }

    /// The signed checkpoint as it is shown now.
    pub(crate) fn checkpoint(&self) -> Result<Vec<u8>, Unreadable> {
        self.get("checkpoint", MAX_CHECKPOINT)
    }

    /// A content file of at most so many bytes.
    pub(crate) fn content(&self, name: &str, most: u64) -> Result<Vec<u8>, Unreadable> {
        self.get(&format!("content/{name}"), most)
    }

    /// The entries of a bundle. Where a partial one is gone, the full one has
    /// taken its place.
    pub(crate) fn bundle(&self, place: TilePlace) -> Result<Vec<Vec<u8>>, Unreadable> {
        let full = place.full();
        let bytes = match self.get(&place.to_string(), MAX_BUNDLE) {
            Err(Unreadable::Missing(_)) if place != full => self.get(&full.to_string(), MAX_BUNDLE)?,
            other => other?,
        };
        let short = |why: &str| Unreadable::Failed {
            path: place.to_string(),
            why: why.to_owned(),
        };
        let entries = parse_bundle(&bytes).map_err(|_| short("it is no bundle of entries"))?;
        let entries = entries
            .get(..place.width().into())
            .ok_or_else(|| short("it has too few entries"))?;
        Ok(entries.iter().map(|entry| entry.to_vec()).collect())
    }

    fn get(&self, path: &str, most: u64) -> Result<Vec<u8>, Unreadable> {
        let failed = |why: String| Unreadable::Failed {
            path: path.to_owned(),
            why,
        };
        let url = format!("{}/{path}", self.prefix);
        let mut response = self
            .agent
            .get(&url)
            .call()
            .map_err(|why| failed(why.to_string()))?;
        match response.status().as_u16() {
            200 => {}
            404 | 410 => return Err(Unreadable::Missing(path.to_owned())),
            status => return Err(failed(format!("the server answered with status {status}"))),
        }
        let mut bytes = Vec::new();
        let mut reader = response.body_mut().as_reader().take(most + 1);
        reader
            .read_to_end(&mut bytes)
            .map_err(|why| failed(why.to_string()))?;
        if bytes.len() as u64 > most {
            return Err(failed("it is larger than it may be".to_owned()));
        }
        Ok(bytes)
    }
}

/// Reads single entries a second time; a few bundles stay in memory.
pub(crate) struct Again<'a> {
    source: &'a Source,
    size: u64,
    latest: Vec<(u64, Vec<Vec<u8>>)>,
}

impl<'a> Again<'a> {
    /// Bundles kept.
    const KEPT: usize = 4;

    /// Of a ledger of so many entries.
    pub(crate) fn new(source: &'a Source, size: u64) -> Self {
        Self {
            source,
            size,
            latest: Vec::new(),
        }
    }
}

impl Recall for Again<'_> {
    fn entry(&mut self, index: u64) -> Option<Vec<u8>> {
        let (number, place) = (index / BUNDLE_WIDTH, (index % BUNDLE_WIDTH) as usize);
        if let Some((_, entries)) = self.latest.iter().find(|kept| kept.0 == number) {
            return entries.get(place).cloned();
        }
        let entries = self
            .source
            .bundle(TilePlace::entries_at(number, self.size)?)
            .ok()?;
        let entry = entries.get(place).cloned();
        if self.latest.len() == Self::KEPT {
            self.latest.remove(0);
        }
        self.latest.push((number, entries));
        entry
    }
}
