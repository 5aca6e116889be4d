//! The ballot box as the ceremony sees it: files to read, entries to hand in.

use std::io::Read;
use std::time::{Duration, Instant};

use crate::CeremonyFault;

/// Largest answer read: a full bundle of 256 entries.
const LARGEST_ANSWER: u64 = 32 << 20;

/// How long an entry is handed in again while witnesses are behind.
const WITNESSES_PATIENCE: Duration = Duration::from_secs(30);

/// Reads the ledger's files and takes entries.
pub trait Board {
    /// The bytes of a file, `checkpoint` say (C2SP tlog-tiles). `None`: there
    /// is no such file.
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, CeremonyFault>;

    /// Hands in an entry; the answer is its receipt.
    fn post(&self, entry: &[u8]) -> Result<Vec<u8>, CeremonyFault>;
}

/// A ballot box at a URL.
pub struct HttpBoard {
    url: String,
    agent: ureq::Agent,
}

impl HttpBoard {
    /// A ballot box at an address.
    pub fn new(url: &str) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_global(Some(Duration::from_secs(120)))
            .http_status_as_error(false)
            .build()
            .into();
        Self {
            url: url.trim_end_matches('/').to_owned(),
            agent,
        }
    }

    fn unreachable(&self, why: impl ToString) -> CeremonyFault {
        CeremonyFault::Unreachable {
            address: self.url.clone(),
            why: why.to_string(),
        }
    }

    fn body(&self, response: &mut ureq::http::Response<ureq::Body>) -> Result<Vec<u8>, CeremonyFault> {
        let mut bytes = Vec::new();
        let mut reader = response.body_mut().as_reader().take(LARGEST_ANSWER + 1);
        reader
            .read_to_end(&mut bytes)
            .map_err(|why| self.unreachable(why))?;
        if bytes.len() as u64 > LARGEST_ANSWER {
            return Err(self.unreachable("its answer is too long"));
        }
        Ok(bytes)
    }

    fn problem(&self, response: &mut ureq::http::Response<ureq::Body>) -> Problem {
        let body = self.body(response).unwrap_or_default();
        serde_json::from_slice(&body).unwrap_or_default()
    }
}

/// What an error answer says (RFC 9457 problem details).
#[derive(Default, serde::Deserialize)]
struct Problem {
    r#type: Option<String>,
    title: Option<String>,
    detail: Option<String>,
}

impl Problem {
    /// Whether the witnesses have yet to cosign what an entry builds on.
    fn is_not_witnessed(&self) -> bool {
        self.r#type.as_deref() == Some("urn:psephos:problem:not-witnessed")
    }

    fn refused(self, status: u16) -> CeremonyFault {
        let detail = self.detail.or(self.title);
        CeremonyFault::Refused {
            status,
            detail: detail.unwrap_or_else(|| "it gives no reason".to_owned()),
        }
    }
}

impl Board for HttpBoard {
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, CeremonyFault> {
        let url = format!("{}/{path}", self.url);
        let mut response = self.agent.get(&url).call().map_err(|why| self.unreachable(why))?;
        match response.status().as_u16() {
            200 => self.body(&mut response).map(Some),
            404 | 410 => Ok(None),
            status => Err(self.problem(&mut response).refused(status)),
        }
    }

    fn post(&self, entry: &[u8]) -> Result<Vec<u8>, CeremonyFault> {
        let begun = Instant::now();
        loop {
            let request = self
                .agent
                .post(format!("{}/entries", self.url))
                .content_type("application/cbor");
            let mut response = request.send(entry).map_err(|why| self.unreachable(why))?;
            let status = response.status().as_u16();
            if status == 200 {
                return self.body(&mut response);
            }
            let problem = self.problem(&mut response);
            if !problem.is_not_witnessed() || begun.elapsed() > WITNESSES_PATIENCE {
                return Err(problem.refused(status));
            }
            std::thread::sleep(Duration::from_secs(1));
        }
    }
}
