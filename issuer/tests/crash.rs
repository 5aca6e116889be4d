//! `kill -9` at any moment loses nothing that was acknowledged.
//!
//! The command itself is killed, while clients ask it without pause.

mod fake;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use fake::kit::Story;
use fake::{FakeLedger, people, serve};
use issuer::enrol::{Enrolment, Letter, enrol, read_letters};
use issuer::folder::Folder;
use issuer::records::read_all;
use issuer::roll_file;
use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};
use voting_core::token::TokenRequest;

const KILLS: usize = 50;
const VOTERS: usize = 4_000;
const CLIENTS: usize = 12;

/// An enrolled issuer, and a ledger that lets it issue.
struct Enrolled {
    folder: Folder,
    path: PathBuf,
    enrolment: Enrolment,
    letters: Vec<Letter>,
    ledger: FakeLedger,
    _directory: tempfile::TempDir,
}

fn enrolled() -> Enrolled {
    let directory = tempfile::tempdir().unwrap();
    let (path, letters) = (
        directory.path().join("issuer"),
        directory.path().join("letters.csv"),
    );
    let folder = Folder::init(&path, "issuer.example").unwrap();
    let key = folder.identity().unwrap().verifying_key().to_bytes();
    let mut story = Story::begin(people(key));
    let manifest = &story.people.manifest;
    let roll: String = (0..VOTERS).map(|voter| format!("Voter {voter}\n")).collect();
    let voters = roll_file::read(format!("line\n{roll}").as_bytes(), manifest).unwrap();
    let enrolment = enrol(&folder, manifest, &voters, &letters).unwrap();
    for entry in &enrolment.entries {
        story.push_bytes(entry.clone());
    }
    story.key_ceremony();
    let ledger = FakeLedger::start(&story);
    let letters = read_letters(&letters).unwrap();
    Enrolled {
        folder,
        path,
        enrolment,
        letters,
        ledger,
        _directory: directory,
    }
}

/// What the clients know: each voter's answer, once she has one.
#[derive(Default)]
struct Acknowledged(Mutex<HashMap<usize, Vec<u8>>>);

impl Acknowledged {
    fn add(&self, voter: usize, answer: Vec<u8>) {
        let mut answers = self.0.lock().unwrap();
        let first = answers.entry(voter).or_insert_with(|| answer.clone());
        assert_eq!(*first, answer, "voter {voter} got two different signatures");
    }
}

/// A number below the modulus stands for a blinded message.
fn request(issuer: &Enrolled, voter: usize, attempt: u64) -> Vec<u8> {
    let key = issuer.enrolment.keys[0].public.key();
    let mut blinded_message = vec![0; 256];
    StdRng::seed_from_u64(voter as u64 * 2 + attempt).fill_bytes(&mut blinded_message);
    blinded_message[0] = 0;
    let (token_type, truncated_token_key_id) = (key.token_type(), key.truncated_id());
    TokenRequest {
        token_type,
        truncated_token_key_id,
        blinded_message,
    }
    .to_bytes()
}

/// Asks; `None` where the server died meanwhile.
fn try_ask(agent: &ureq::Agent, url: &str, code: &str, body: &[u8]) -> Option<(u16, Vec<u8>)> {
    let mut response = agent
        .post(format!("{url}/token-request"))
        .header("content-type", "application/private-token-request")
        .header("authorization", format!("Bearer {code}"))
        .send(body)
        .ok()?;
    let body = response.body_mut().read_to_vec().ok()?;
    Some((response.status().as_u16(), body))
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(5)))
        .build()
        .into()
}

/// One client: new voters one after the other, and now and then an old one.
fn client(
    issuer: &Enrolled,
    url: &Mutex<String>,
    next: &AtomicUsize,
    acknowledged: &Acknowledged,
    stop: &AtomicBool,
    seed: u64,
) {
    let (agent, mut rng) = (agent(), StdRng::seed_from_u64(seed));
    let mut voter = next.fetch_add(1, Ordering::Relaxed);
    while !stop.load(Ordering::Relaxed) {
        let old = voter >= VOTERS || rng.random_bool(0.2);
        let asked = if old {
            rng.random_range(0..voter.clamp(1, VOTERS))
        } else {
            voter
        };
        let code = issuer.letters[asked].code.as_str();
        let url = url.lock().unwrap().clone();
        match try_ask(&agent, &url, code, &request(issuer, asked, 0)) {
            Some((200, answer)) => {
                acknowledged.add(asked, answer);
                if asked == voter {
                    voter = next.fetch_add(1, Ordering::Relaxed);
                }
            }
            // Just started: it has not looked at the ledger yet.
            Some((503, _)) => std::thread::sleep(Duration::from_millis(5)),
            Some((status, answer)) => panic!("{status}: {}", String::from_utf8_lossy(&answer)),
            // Killed: the same request goes to the next process.
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

#[test]
fn e8_fifty_kills_under_load_lose_nothing_acknowledged_and_repeat_the_same_signatures() {
    let issuer = enrolled();
    let path = issuer.path.to_str().unwrap();
    let mut served = Some(serve(path, &issuer.ledger.url));
    let first = served.as_ref().map(|served| served.1.clone()).unwrap();
    let (url, next) = (Mutex::new(first), AtomicUsize::new(0));
    let (acknowledged, stop) = (Acknowledged::default(), AtomicBool::new(false));
    let mut rng = StdRng::seed_from_u64(11);
    std::thread::scope(|scope| {
        for seed in 0..CLIENTS as u64 {
            let (issuer, url, next, acknowledged, stop) = (&issuer, &url, &next, &acknowledged, &stop);
            scope.spawn(move || client(issuer, url, next, acknowledged, stop, seed));
        }
        for _ in 0..KILLS {
            std::thread::sleep(Duration::from_millis(rng.random_range(10..250)));
            // Dropping kills with SIGKILL.
            drop(served.take());
            let restarted = serve(path, &issuer.ledger.url);
            *url.lock().unwrap() = restarted.1.clone();
            served = Some(restarted);
        }
        stop.store(true, Ordering::Relaxed);
    });
    let url = url.into_inner().unwrap();
    let acknowledged = acknowledged.0.into_inner().unwrap();
    assert!(
        acknowledged.len() > 200,
        "only {} answers: too little load to mean anything",
        acknowledged.len()
    );
    let agent = agent();
    while try_ask(&agent, &url, "", &[]).is_none_or(|(status, _)| status == 503) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let answers: Vec<_> = acknowledged.iter().collect();
    std::thread::scope(|scope| {
        for part in answers.chunks(answers.len().div_ceil(CLIENTS)) {
            let (issuer, url, agent) = (&issuer, &url, &agent);
            scope.spawn(move || {
                part.iter()
                    .for_each(|(voter, answer)| check(issuer, url, agent, **voter, answer))
            });
        }
    });
    drop(served);
    let records = read_all(&issuer.folder.journal()).unwrap();
    assert!(records.len() >= acknowledged.len());
    assert!(
        records
            .windows(2)
            .all(|pair| pair[0].pseudonym < pair[1].pseudonym),
        "a line has two records"
    );
    println!(
        "{KILLS} kills, {} answers, {} records",
        acknowledged.len(),
        records.len()
    );
}

/// The same request gets the same signature, another one none.
fn check(issuer: &Enrolled, url: &str, agent: &ureq::Agent, voter: usize, answer: &[u8]) {
    let code = issuer.letters[voter].code.as_str();
    let again = try_ask(agent, url, code, &request(issuer, voter, 0)).unwrap();
    assert_eq!(again, (200, answer.to_vec()));
    if voter.is_multiple_of(10) {
        assert_eq!(
            try_ask(agent, url, code, &request(issuer, voter, 1)).unwrap().0,
            409
        );
    }
}
