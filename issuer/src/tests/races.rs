//! Requests that race: never more tokens than roll lines.

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use voting_core::token::{RsaTokenVerifier, TokenRequest, TokenVerifier};

use super::election::enrolled;
use super::{ask, pending};
use crate::records::{Claim, Records, read_all};
use crate::watch::Standing;

#[test]
fn g11_a_thousand_parallel_requests_for_one_voter_give_one_token() {
    let issuer = enrolled(1);
    let (server, _gate) = issuer.serve(Standing::Issuing);
    let key = issuer.enrolment.keys[0].public.key();
    let (url, code) = (server.url(), issuer.letters[0].code.as_str());
    // Numbers below the modulus stand for blinded messages: the issuer sees no difference.
    let request = |seed: u64| {
        let mut message = vec![0; 256];
        StdRng::seed_from_u64(seed).fill_bytes(&mut message);
        message[0] = 0;
        let truncated_token_key_id = key.truncated_id();
        TokenRequest {
            token_type: key.token_type(),
            truncated_token_key_id,
            blinded_message: message,
        }
        .to_bytes()
    };
    let answers: Vec<(u16, Vec<u8>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..50)
            .map(|thread| {
                let url = &url;
                scope.spawn(move || {
                    (0..20)
                        .map(|index| ask(url, code, &request(thread * 20 + index)))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap())
            .collect()
    });
    let issued = answers.iter().filter(|(status, _)| *status == 200).count();
    let refused = answers.iter().filter(|(status, _)| *status == 409).count();
    assert_eq!((issued, refused), (1, 999));
    assert_eq!(read_all(&issuer.folder.journal()).unwrap().len(), 1);
    server.stop().unwrap();
}

#[test]
fn g2_as_many_concurrent_sessions_as_voters_yield_exactly_as_many_tokens() {
    const VOTERS: usize = 60;
    let issuer = enrolled(VOTERS);
    let (server, _gate) = issuer.serve(Standing::Issuing);
    let url = server.url();
    let tokens: Vec<bool> = std::thread::scope(|scope| {
        let sessions: Vec<_> = issuer
            .letters
            .iter()
            .enumerate()
            .flat_map(|(voter, letter)| [(voter, letter, 0), (voter, letter, 1)])
            .map(|(voter, letter, attempt)| {
                let key = &issuer.enrolment.keys[voter % 2].public;
                let url = &url;
                scope.spawn(move || {
                    let pending = pending(key, (voter * 2 + attempt) as u64);
                    let (status, answer) = ask(url, &letter.code, &pending.request().to_bytes());
                    let token = (status == 200).then(|| pending.finalize(key, &answer).unwrap());
                    token.is_some_and(|token| {
                        RsaTokenVerifier.verify(key, pending.credential(), &token).is_ok()
                    })
                })
            })
            .collect();
        sessions
            .into_iter()
            .map(|session| session.join().unwrap())
            .collect()
    });
    // Each voter tried two different messages at once; one of them succeeded.
    for attempts in tokens.chunks(2) {
        assert_eq!(attempts.iter().filter(|token| **token).count(), 1);
    }
    assert_eq!(read_all(&issuer.folder.journal()).unwrap().len(), VOTERS);
    server.stop().unwrap();
}

#[test]
fn g2_ten_thousand_interleaved_claims_leave_one_record_for_each_line() {
    let directory = tempfile::tempdir().unwrap();
    let (journal, index) = (directory.path().join("journal"), directory.path().join("index"));
    let records = Records::open(&journal, &index).unwrap();
    let mut claims: Vec<([u8; 32], [u8; 32])> = (0..10_000u32)
        .map(|i| ([(i % 100) as u8; 32], [(i / 100 % 7) as u8; 32]))
        .collect();
    claims.shuffle(&mut StdRng::seed_from_u64(1));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let outcomes: Vec<_> = runtime.block_on(async {
        let mut outcomes = Vec::new();
        for chunk in claims.chunks(500) {
            let tasks: Vec<_> = chunk
                .iter()
                .map(|(pseudonym, blinded)| {
                    let (records, pseudonym, blinded) = (records.clone(), *pseudonym, *blinded);
                    tokio::spawn(async move {
                        (
                            pseudonym,
                            blinded,
                            records.claim(pseudonym, blinded).await.unwrap(),
                        )
                    })
                })
                .collect();
            for task in tasks {
                outcomes.push(task.await.unwrap());
            }
        }
        outcomes
    });
    let stored = read_all(&journal).unwrap();
    assert_eq!(stored.len(), 100);
    for (pseudonym, blinded, claim) in outcomes {
        let record = stored
            .iter()
            .find(|record| record.pseudonym == pseudonym)
            .unwrap();
        assert_eq!(claim != Claim::Other, record.blinded == blinded);
    }
}
