//! Tests over the real server: what it refuses, races, restarts, and what it keeps.

mod anonymity;
mod crash_matrix;
pub(crate) mod election;
mod enrolment;
mod http;
mod interop;
mod races;
mod records;
mod report;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use voting_core::token::{IssuerPublicKey, Pending};

/// Posts a token request; status and body.
fn ask(url: &str, code: &str, body: &[u8]) -> (u16, Vec<u8>) {
    send(
        url,
        Some(&format!("Bearer {code}")),
        "application/private-token-request",
        body,
    )
}

fn send(url: &str, authorization: Option<&str>, media_type: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut request = agent
        .post(format!("{url}/token-request"))
        .header("content-type", media_type);
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    let mut response = request.send(body).unwrap();
    let body = response.body_mut().read_to_vec().unwrap();
    (response.status().as_u16(), body)
}

fn pending(key: &IssuerPublicKey, seed: u64) -> Pending {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut credential = [0; 32];
    rng.fill_bytes(&mut credential);
    Pending::new(key, &credential, &mut rng).unwrap()
}

/// The code of a problem document.
fn problem(body: &[u8]) -> String {
    let value: serde_json::Value = serde_json::from_slice(body).unwrap();
    value["type"]
        .as_str()
        .unwrap()
        .strip_prefix("urn:psephos:problem:")
        .unwrap()
        .to_owned()
}
