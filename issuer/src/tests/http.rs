//! Every refusal over HTTP is a clear error, and nothing changes.

use std::time::{Duration, Instant};

use voting_core::token::{RsaTokenVerifier, TokenVerifier};

use super::election::{Enrolled, enrolled};
use super::{ask, pending, problem, send};
use crate::records::{Records, read_all};
use crate::watch::Standing;

fn count(issuer: &Enrolled) -> usize {
    read_all(&issuer.folder.journal()).unwrap().len()
}

#[test]
fn a_voter_gets_a_token_and_the_same_one_again() {
    let issuer = enrolled(2);
    let (server, _gate) = issuer.serve(Standing::Issuing);
    for (letter, key) in issuer.letters.iter().zip(&issuer.enrolment.keys) {
        let pending = pending(&key.public, 1);
        let request = pending.request().to_bytes();
        let (status, answer) = ask(&server.url(), &letter.code, &request);
        assert_eq!(status, 200);
        let token = pending.finalize(&key.public, &answer).unwrap();
        RsaTokenVerifier
            .verify(&key.public, pending.credential(), &token)
            .unwrap();
        let typed = letter.code.to_lowercase().replace('-', "");
        assert_eq!(ask(&server.url(), &typed, &request), (200, answer));
    }
    assert_eq!(count(&issuer), 2);
    server.stop().unwrap();
}

#[test]
fn whatever_is_wrong_with_a_request_it_is_refused_and_nothing_changes() {
    let issuer = enrolled(2);
    let (server, _gate) = issuer.serve(Standing::Issuing);
    let url = server.url();
    let code = issuer.letters[0].code.as_str();
    let (north, south) = (&issuer.enrolment.keys[0].public, &issuer.enrolment.keys[1].public);
    let good = pending(north, 1).request().to_bytes();
    let unknown_code = "0000-0000-0000-0000-0000-0000-0000";
    let with = |place: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[place] = byte;
        bytes
    };
    let unused = (0..=255)
        .find(|id| ![north, south].iter().any(|key| key.key().truncated_id() == *id))
        .unwrap();
    let number = |last: u8| [&good[..3], [0; 255].as_slice(), &[last]].concat();
    let modulus = north.key().modulus();
    let largest = [&good[..3], &modulus[..255], &[modulus[255] - 1]].concat();

    let refusals: Vec<(&str, Vec<u8>, u16, &str)> = vec![
        (unknown_code, good.clone(), 401, "unauthorised"),
        ("not a code", good.clone(), 401, "unauthorised"),
        ("", good.clone(), 401, "unauthorised"),
        (code, Vec::new(), 422, "malformed-request"),
        (code, good[..258].to_vec(), 422, "malformed-request"),
        (code, [good.as_slice(), &[0]].concat(), 422, "malformed-request"),
        (code, with(1, 1), 422, "malformed-request"),
        (code, vec![0; 516], 413, "too-large"),
        (code, vec![0; 100_000], 413, "too-large"),
        (code, with(2, unused), 422, "unknown-key"),
        (code, pending(south, 1).request().to_bytes(), 403, "other-style"),
        (code, number(0), 422, "blinded-message"),
        (code, number(1), 422, "blinded-message"),
        (code, largest, 422, "blinded-message"),
        (code, [&good[..3], modulus].concat(), 422, "blinded-message"),
        (
            code,
            [&good[..3], [0xff; 256].as_slice()].concat(),
            422,
            "blinded-message",
        ),
    ];
    for (code, body, status, kind) in refusals {
        let (found, answer) = ask(&url, code, &body);
        assert_eq!((found, problem(&answer).as_str()), (status, kind));
    }
    let media = "application/private-token-request";
    for authorization in [None, Some("Basic abc"), Some(code), Some("Bearer")] {
        let (status, answer) = send(&url, authorization, media, &good);
        assert_eq!((status, problem(&answer).as_str()), (401, "unauthorised"));
    }
    let bearer = format!("Bearer {code}");
    let (status, answer) = send(&url, Some(&bearer), "application/json", &good);
    assert_eq!((status, problem(&answer).as_str()), (415, "media-type"));
    assert_eq!(count(&issuer), 0);

    // The code still works, once.
    assert_eq!(ask(&url, code, &good).0, 200);
    let (status, answer) = ask(&url, code, &pending(north, 2).request().to_bytes());
    assert_eq!((status, problem(&answer).as_str()), (409, "already-issued"));
    assert_eq!(count(&issuer), 1);
    server.stop().unwrap();
}

#[test]
fn nothing_is_issued_before_the_ledger_allows_it_or_after_close() {
    let issuer = enrolled(1);
    let (server, gate) = issuer.serve(Standing::Waiting);
    let request = pending(&issuer.enrolment.keys[0].public, 1).request().to_bytes();
    let ask = || ask(&server.url(), &issuer.letters[0].code, &request);
    let (status, answer) = ask();
    assert_eq!((status, problem(&answer).as_str()), (503, "not-yet"));
    gate.set(Standing::Closed);
    let (status, answer) = ask();
    assert_eq!((status, problem(&answer).as_str()), (410, "closed"));
    // Closing is for good.
    gate.set(Standing::Issuing);
    assert_eq!(ask().0, 410);
    assert_eq!(count(&issuer), 0);
    server.stop().unwrap();
}

#[test]
fn a_restart_answers_the_same_request_alike_and_refuses_another_even_without_its_index() {
    let issuer = enrolled(1);
    let key = &issuer.enrolment.keys[0].public;
    let request = pending(key, 1).request().to_bytes();
    let code = issuer.letters[0].code.as_str();
    let (server, _gate) = issuer.serve(Standing::Issuing);
    let first = ask(&server.url(), code, &request);
    server.stop().unwrap();
    for delete_index in [false, true] {
        // The owning thread lets go of the index a moment after the server.
        while Records::open(&issuer.folder.journal(), &issuer.folder.index()).is_err() {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(Duration::from_millis(50));
        if delete_index {
            std::fs::remove_dir_all(issuer.folder.index()).unwrap();
        }
        let (server, _gate) = issuer.serve(Standing::Issuing);
        assert_eq!(ask(&server.url(), code, &request), first);
        assert_eq!(
            ask(&server.url(), code, &pending(key, 2).request().to_bytes()).0,
            409
        );
        server.stop().unwrap();
    }
}

#[test]
fn g5_the_directory_serves_the_keys_of_the_ledger_and_no_others() {
    let issuer = enrolled(1);
    let (server, _gate) = issuer.serve(Standing::Waiting);
    let mut response = ureq::get(format!(
        "{}/.well-known/private-token-issuer-directory",
        server.url()
    ))
    .call()
    .unwrap();
    let media = response.headers()["content-type"].to_str().unwrap().to_owned();
    assert_eq!(media, "application/private-token-issuer-directory");
    let directory: serde_json::Value =
        serde_json::from_slice(&response.body_mut().read_to_vec().unwrap()).unwrap();
    use base64ct::Encoding;
    for (served, key) in directory["token-keys"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&issuer.enrolment.keys)
    {
        let spki = base64ct::Base64Url::decode_vec(served["token-key"].as_str().unwrap()).unwrap();
        assert_eq!(
            voting_core::token::TokenKey::from_spki(&spki).as_ref(),
            Some(key.public.key())
        );
        assert_eq!(served["token-type"], 2);
    }
    server.stop().unwrap();
}

#[test]
fn a_browser_on_another_origin_may_ask() {
    let issuer = enrolled(1);
    let (server, _gate) = issuer.serve(Standing::Waiting);
    let response = ureq::options(format!("{}/token-request", server.url()))
        .call()
        .unwrap();
    assert_eq!(response.status().as_u16(), 204);
    assert_eq!(response.headers()["access-control-allow-origin"], "*");
    assert!(
        response.headers()["access-control-allow-headers"]
            .to_str()
            .unwrap()
            .contains("authorization")
    );
    server.stop().unwrap();
}

#[test]
fn e9_above_the_rate_limit_voters_are_told_to_come_again() {
    let issuer = enrolled(1);
    let gate = std::sync::Arc::new(crate::watch::Gate::new(Standing::Issuing));
    let records = Records::open(&issuer.folder.journal(), &issuer.folder.index()).unwrap();
    let settings = crate::server::Settings {
        rate: 2,
        ..Default::default()
    };
    let server = crate::server::start(issuer.enrolment.clone(), records, gate, &settings).unwrap();
    let refused: Vec<_> = (0..4)
        .map(|_| ask(&server.url(), "x", &[]))
        .filter(|answer| answer.0 == 429)
        .collect();
    assert!(!refused.is_empty());
    assert_eq!(problem(&refused[0].1), "busy");
    server.stop().unwrap();
}

#[test]
fn g7_answers_leave_on_a_grid_of_time_whatever_they_say() {
    const STEP: Duration = Duration::from_millis(600);
    let issuer = enrolled(1);
    let gate = std::sync::Arc::new(crate::watch::Gate::new(Standing::Issuing));
    let records = Records::open(&issuer.folder.journal(), &issuer.folder.index()).unwrap();
    let settings = crate::server::Settings {
        tick: STEP,
        ..Default::default()
    };
    let start = Instant::now();
    let server = crate::server::start(issuer.enrolment.clone(), records, gate, &settings).unwrap();
    let request = pending(&issuer.enrolment.keys[0].public, 1).request().to_bytes();
    let code = issuer.letters[0].code.as_str();
    // Granted, unknown code, malformed: each asked at another moment within a step.
    let asked: [(u16, &str, &[u8], u64); 3] = [
        (200, code, &request, 0),
        (401, "x", &request, 150),
        (422, code, b"x", 300),
    ];
    std::thread::scope(|scope| {
        for (status, code, body, wait) in asked {
            let url = server.url();
            scope.spawn(move || {
                std::thread::sleep(Duration::from_millis(wait));
                assert_eq!(ask(&url, code, body).0, status);
                let late = start.elapsed().as_millis() % STEP.as_millis();
                assert!(
                    late < STEP.as_millis() / 2,
                    "{status} came {late} ms after a step"
                );
            });
        }
    });
    server.stop().unwrap();
}
