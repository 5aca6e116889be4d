//! What a ballot box does when its store fails, or when more is handed in
//! than fits.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use voting_core::entry::{Act, ActBody, Entry};
use voting_core::ledger::{Receipt, Trust, VerifierKey, leaf_hash, tree_root};

use super::*;
use crate::kit::{People, Story};
use crate::storage::{Fault, Memory};

mod crash_matrix;
mod rush;

/// The golden election, open, with batches that leave when they are full.
fn story(min_ballots: u32) -> Story {
    let people: Arc<People> = People::with(|manifest| {
        manifest.batch.min_ballots = min_ballots;
        manifest.batch.min_ms = 10;
        manifest.batch.max_ms = 60_000;
    });
    Story::whole_setup(people)
}

/// The ledger in a store, begun if the store is empty.
fn ledger(story: &Story, memory: &Memory) -> Ledger {
    let (first, key) = (&story.entries[0], &story.people.ledger);
    let (book, published, storage) = open_store(first, key, |rebuild| memory.open(rebuild)).unwrap();
    Ledger::new(book, published, Box::new(storage), Content::new(), Path::new("")).unwrap()
}

/// An answer: status, when to try again, text.
#[derive(Debug)]
struct Told {
    status: u16,
    retry: Option<String>,
    text: String,
}

/// Hands in bytes; `None` where nobody answers.
fn post(url: &str, path: &str, bytes: &[u8]) -> Option<Told> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .into();
    let request = agent
        .post(format!("{url}{path}"))
        .content_type("application/cbor");
    let mut response = request.send(bytes).ok()?;
    let retry = response.headers().get("retry-after");
    let retry = retry.map(|value| value.to_str().unwrap().to_owned());
    Some(Told {
        status: response.status().as_u16(),
        retry,
        text: response.body_mut().read_to_string().ok()?,
    })
}

/// A ballot box with everything up to opening handed in.
fn opened(story: &Story, memory: &Memory, pool: usize) -> Service {
    let service = Service::serve(ledger(story, memory), &Settings::default(), pool).unwrap();
    for entry in &story.entries[1..] {
        let told = post(&service.url(), "/entries", entry).unwrap();
        assert_eq!(told.status, 200, "{told:?}");
    }
    service
}

/// The status line of the health check on a connection that stays open.
fn health(line: &mut TcpStream) -> String {
    let asked = line.write_all(b"GET /healthz HTTP/1.1\r\nHost: ballots.example\r\n\r\n");
    let mut answer = [0; 4096];
    let length = asked.and_then(|()| line.read(&mut answer)).unwrap_or(0);
    let text = String::from_utf8_lossy(&answer[..length]).into_owned();
    text.lines().next().unwrap_or_default().to_owned()
}

fn ballots(story: &Story, voters: std::ops::Range<u64>) -> Vec<Vec<u8>> {
    voters
        .map(|voter| Entry::Ballot(story.cast(voter, 0)).to_bytes())
        .collect()
}

fn cast_all(url: &str, ballots: &[Vec<u8>]) -> Vec<Option<Told>> {
    thread::scope(|scope| {
        let cast = |ballot: &Vec<u8>| {
            let ballot = ballot.clone();
            scope.spawn(move || post(url, "/ballots", &ballot))
        };
        let sent: Vec<_> = ballots.iter().map(cast).collect();
        sent.into_iter().map(|sent| sent.join().unwrap()).collect()
    })
}

#[test]
fn e8_when_the_store_fails_nobody_is_acknowledged_and_the_ballot_box_stops() {
    let story = story(4);
    let ballots = ballots(&story, 0..4);
    for fault in [Fault::Fails, Fault::FailsButPersists] {
        let memory = Memory::default();
        let service = opened(&story, &memory, LARGEST_POOL);
        let url = service.url();
        let mut line = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
        line.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        assert_eq!(health(&mut line), "HTTP/1.1 200 OK");
        memory.fail_next(fault);
        for told in cast_all(&url, &ballots).into_iter().flatten() {
            assert_eq!(told.status, 503, "{told:?}");
            assert!(told.text.contains("urn:psephos:problem:stopped"), "{told:?}");
            assert_eq!(told.retry.as_deref(), Some("60"));
        }
        assert_ne!(health(&mut line), "HTTP/1.1 200 OK", "it says that it is well");
        drop(line);
        let ended = service.wait();
        assert!(
            matches!(ended, Err(ServiceError::Storage(StorageError::Asked))),
            "{ended:?}"
        );
        assert!(post(&url, "/ballots", &ballots[0]).is_none(), "it still answers");
        goes_on(&story, &memory, &ballots, fault == Fault::FailsButPersists);
    }
}

/// A new start finds the batch as a whole or nothing of it, and every voter
/// who asks again gets a receipt.
fn goes_on(story: &Story, memory: &Memory, ballots: &[Vec<u8>], persisted: bool) {
    let before = story.entries.len() as u64;
    let batch = ballots.len() as u64 + 1;
    let found = ledger(story, memory);
    let size = found.shared.read().tree.size();
    assert_eq!(size, before + if persisted { batch } else { 0 });
    let root = tree_root(&found.shared, before).unwrap();
    assert_eq!(
        root,
        story.tree.root(),
        "heads that were seen are beginnings of the ledger"
    );
    let service = Service::serve(found, &Settings::default(), LARGEST_POOL).unwrap();
    let mut places = Vec::new();
    for (told, ballot) in cast_all(&service.url(), ballots).into_iter().zip(ballots) {
        let receipt = Receipt::parse(told.unwrap().text.as_bytes()).unwrap();
        let origin = &story.people.manifest.ledger.origin;
        let key = story.people.ledger.verifying_key().to_bytes();
        let trust = Trust::key_alone(VerifierKey::ed25519(origin, &key).unwrap());
        let head = receipt.verify(&leaf_hash(ballot), &trust).unwrap().checkpoint;
        assert_eq!(head.size, before + batch);
        places.push(receipt.index);
    }
    places.sort_unstable();
    assert!(places.into_iter().eq(before..before + batch - 1));
    service.stop().unwrap();
}

#[test]
fn e9_more_ballots_than_fit_are_sent_away_with_a_time_and_lose_nothing() {
    let (story, memory) = (story(3), Memory::default());
    let ballots = ballots(&story, 0..3);
    let service = opened(&story, &memory, 2);
    let url = service.url();
    // Every act names the one before, and a head that they all know: the opening.
    let (mut counter, mut previous) = (1, leaf_hash(story.entries.last().unwrap()));
    let mut act = |kind: &str, make: fn(Act) -> Entry| {
        counter += 1;
        let body = ActBody {
            counter,
            previous: previous.into(),
            size: story.tree.size(),
            root: story.tree.root().into(),
            closing: 0,
            statement: String::new(),
        };
        let entry = make(story.signed_act(kind, body)).to_bytes();
        previous = leaf_hash(&entry);
        let told = post(&url, "/entries", &entry).unwrap();
        assert_eq!(told.status, 200, "{told:?}");
    };
    let probe = |voter: u64| {
        let mut probe = story.cast(voter, 1);
        probe.tokens[0] = vec![1; 256].into();
        Entry::Ballot(probe).to_bytes()
    };
    // A ballot waits once another one of its credential is told so.
    let waits = |probe: &[u8]| {
        let told = || post(&url, "/ballots", probe).unwrap();
        while !told().text.contains("urn:psephos:problem:waiting") {}
    };
    let probes = [probe(0), probe(1), probe(2)];
    thread::scope(|scope| {
        let sent = [0, 1].map(|voter: usize| {
            let (url, ballot) = (&url, &ballots[voter]);
            scope.spawn(move || post(url, "/ballots", ballot).unwrap())
        });
        probes[..2].iter().for_each(|probe| waits(probe));
        let told = post(&url, "/ballots", &ballots[2]).unwrap();
        assert_eq!((told.status, told.retry.as_deref()), (503, Some("3")), "{told:?}");
        assert!(told.text.contains("urn:psephos:problem:busy"), "{told:?}");
        act("pause", Entry::Pause);
        for sent in sent {
            assert_eq!(sent.join().unwrap().status, 200);
        }
        // There is room again.
        act("resume", Entry::Resume);
        let sent = scope.spawn(|| post(&url, "/ballots", &ballots[2]).unwrap());
        waits(&probes[2]);
        act("close", Entry::Close);
        assert_eq!(sent.join().unwrap().status, 200);
    });
    service.stop().unwrap();
}
