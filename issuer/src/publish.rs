//! Handing this issuer's entries to the ledger.

use crate::watch::{Follower, WatchError};

/// Why entries are not on the ledger.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The ledger could not be read.
    #[error(transparent)]
    Watch(#[from] WatchError),
    /// The ledger did not answer.
    #[error("POST {url}: {source}")]
    Http {
        /// Where.
        url: String,
        /// What happened.
        source: Box<ureq::Error>,
    },
    /// The ledger refused an entry.
    #[error("the ledger refused entry {number} of {count} with status {status}: {detail}")]
    Refused {
        /// Which, from 1.
        number: usize,
        /// Of how many.
        count: usize,
        /// HTTP status.
        status: u16,
        /// What the ledger says.
        detail: String,
    },
}

/// Posts the entries that the ledger does not have yet, in their order; says
/// how many. Done again, it goes on where it stopped.
pub fn publish(ledger: &str, entries: &[Vec<u8>]) -> Result<usize, PublishError> {
    let mut follower = Follower::new(ledger);
    let reading = follower.refresh()?;
    let missing: Vec<_> = (1..)
        .zip(entries)
        .filter(|(_, entry)| !reading.holds(entry))
        .collect();
    for (number, entry) in &missing {
        post(ledger, entry, *number, entries.len())?;
    }
    Ok(missing.len())
}

fn post(ledger: &str, entry: &[u8], number: usize, count: usize) -> Result<(), PublishError> {
    let url = format!("{}/entries", ledger.trim_end_matches('/'));
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let fault = |source| PublishError::Http {
        url: url.clone(),
        source: Box::new(source),
    };
    let mut response = agent
        .post(&url)
        .header("content-type", "application/cbor")
        .send(entry)
        .map_err(fault)?;
    let status = response.status().as_u16();
    if status == 200 {
        return Ok(());
    }
    let detail = response.body_mut().read_to_string().map_err(fault)?;
    Err(PublishError::Refused {
        number,
        count,
        status,
        detail,
    })
}
