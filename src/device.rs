//! How a voter's device talks to issuers and to the ballot box. What it says,
//! and what it believes of the answers, is the core's [`Voter`](voting_core::voter::Voter).

use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use voting_core::token::TokenRequest;
use voting_core::voter::MAX_RECEIPT;

/// Longest answer that is read.
const LARGEST: u64 = MAX_RECEIPT as u64 + 1;
/// How long a server may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// RFC 9578 §4.
#[derive(Deserialize)]
struct Directory {
    #[serde(rename = "token-keys")]
    keys: Vec<DirectoryKey>,
}

#[derive(Deserialize)]
struct DirectoryKey {
    #[serde(rename = "token-key")]
    key: String,
}

/// RFC 9457.
#[derive(Default, Deserialize)]
struct Problem {
    title: Option<String>,
    detail: Option<String>,
}

/// What a server says to something handed in.
pub(crate) enum Answer {
    /// It took it; nothing of this is verified yet.
    Given(Vec<u8>),
    /// It does not take it, and says why.
    Refused(String),
    /// Nothing is known: the same is sent again later.
    Unknown(String),
}

/// A device's connections.
pub(crate) struct Device(ureq::Agent);

impl Device {
    /// At most so many connections are kept.
    pub(crate) fn new(connections: usize) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_idle_connections(connections)
            .max_idle_connections_per_host(connections)
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_global(Some(PATIENCE))
            .build();
        Self(agent.into())
    }

    /// The keys that an issuer serves, base64url.
    pub(crate) fn served_keys(&self, issuer: &str) -> Result<Vec<String>> {
        let url = format!("{issuer}/.well-known/private-token-issuer-directory");
        let mut response = self.0.get(&url).call().with_context(|| url.clone())?;
        if response.status() != 200 {
            bail!("{url} answers with status {}", response.status());
        }
        let directory: Directory = response.body_mut().read_json().with_context(|| url.clone())?;
        Ok(directory.keys.into_iter().map(|key| key.key).collect())
    }

    /// Asks an issuer for a voting pass, with the code of the letter.
    pub(crate) fn ask_for_pass(&self, issuer: &str, request: &TokenRequest, code: &str) -> Answer {
        let post = self
            .0
            .post(format!("{issuer}/token-request"))
            .header("authorization", format!("Bearer {code}"))
            .content_type("application/private-token-request");
        answer(post.send(&request.to_bytes()[..]))
    }

    /// Hands in a ballot.
    pub(crate) fn hand_in(&self, ledger: &str, ballot: &[u8]) -> Answer {
        let post = self
            .0
            .post(format!("{ledger}/ballots"))
            .content_type("application/cbor");
        answer(post.send(ballot))
    }
}

/// A server's answer (specs/05a-voter.md §6).
fn answer(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut response = match response {
        Ok(response) => response,
        Err(error) => return Answer::Unknown(error.to_string()),
    };
    let status = response.status().as_u16();
    let body = match response.body_mut().with_config().limit(LARGEST).read_to_vec() {
        Ok(body) => body,
        Err(error) => return Answer::Unknown(error.to_string()),
    };
    if status == 200 {
        return Answer::Given(body);
    }
    let problem: Problem = serde_json::from_slice(&body).unwrap_or_default();
    let says = problem.detail.or(problem.title);
    let says = says.unwrap_or_else(|| format!("status {status}, without a reason"));
    match status {
        408 | 429 => Answer::Unknown(says),
        400..=499 => Answer::Refused(says),
        _ => Answer::Unknown(says),
    }
}
