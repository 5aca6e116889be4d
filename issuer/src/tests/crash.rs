//! `kill -9` at any moment loses nothing that was acknowledged.
//!
//! The server runs in a process of its own: this test binary, started again
//! for the ignored test below.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};
use voting_core::token::TokenRequest;

use super::election::{Enrolled, enrolled};
use crate::enrol::Enrolment;
use crate::folder::Folder;
use crate::records::{Records, read_all};
use crate::server::{Settings, start};
use crate::watch::{Gate, Standing};

const KILLS: usize = 50;
const VOTERS: usize = 4_000;
const CLIENTS: usize = 4;
const FOLDER: &str = "PSEPHOS_CRASH_FOLDER";

#[test]
#[ignore = "the server's side of the crash test, started by it"]
fn child_server() {
    let Some(path) = std::env::var_os(FOLDER) else {
        return;
    };
    let folder = Folder::open(&PathBuf::from(path)).unwrap();
    let records = Records::open(&folder.journal(), &folder.index()).unwrap();
    let settings = Settings {
        rate: 100_000,
        tick: Duration::from_millis(2),
        ..Settings::default()
    };
    let gate = Arc::new(Gate::new(Standing::Issuing));
    let server = start(Enrolment::open(&folder).unwrap(), records, gate, &settings).unwrap();
    println!("\nlistening on {}", server.url());
    server.wait().unwrap();
}

fn spawn(issuer: &Enrolled) -> (Child, String) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--exact",
            "tests::crash::child_server",
            "--nocapture",
        ])
        .env(FOLDER, issuer.root().join("issuer"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let url = lines.find_map(|line| line.unwrap().strip_prefix("listening on ").map(str::to_owned));
    // Keep the pipe open, or the child's harness stumbles over it.
    std::thread::spawn(move || lines.for_each(drop));
    (child, url.expect("the server says where it listens"))
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
    let key = issuer.enrolment.keys[voter % 2].public.key();
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
                // The voters last until the last kill, and the processors are others' too.
                std::thread::sleep(Duration::from_millis(15));
            }
            Some((status, answer)) => panic!("{status}: {}", String::from_utf8_lossy(&answer)),
            // Killed: the same request goes to the next process.
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

#[test]
fn e8_fifty_kills_under_load_lose_nothing_acknowledged_and_repeat_the_same_signatures() {
    let issuer = enrolled(VOTERS);
    let (child, url) = spawn(&issuer);
    let (url, next) = (Mutex::new(url), AtomicUsize::new(0));
    let (acknowledged, stop) = (Acknowledged::default(), AtomicBool::new(false));
    let mut rng = StdRng::seed_from_u64(11);
    let mut child = child;
    std::thread::scope(|scope| {
        for seed in 0..CLIENTS as u64 {
            let (issuer, url, next, acknowledged, stop) = (&issuer, &url, &next, &acknowledged, &stop);
            scope.spawn(move || client(issuer, url, next, acknowledged, stop, seed));
        }
        for _ in 0..KILLS {
            std::thread::sleep(Duration::from_millis(rng.random_range(10..250)));
            child.kill().unwrap();
            child.wait().unwrap();
            let (restarted, address) = spawn(&issuer);
            child = restarted;
            *url.lock().unwrap() = address;
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
    for (voter, answer) in &acknowledged {
        let code = issuer.letters[*voter].code.as_str();
        let again = try_ask(&agent, &url, code, &request(&issuer, *voter, 0)).unwrap();
        assert_eq!(again, (200, answer.clone()));
        if voter % 10 == 0 {
            assert_eq!(
                try_ask(&agent, &url, code, &request(&issuer, *voter, 1))
                    .unwrap()
                    .0,
                409
            );
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
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
