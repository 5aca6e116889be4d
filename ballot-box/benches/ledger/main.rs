//! What the ledger alone bears: entries that are verified already, through the
//! real sequencer and store, and how long a start with many of them takes.
//!
//!     cargo bench --package ballot-box --features bench --bench ledger
//!     … -- --rate 8000 --seconds 60 --entries 1000000
//!     … -- --folder kept      keeps the ledger there; once it is there, only starts
//!
//! The load comes from this process at a fixed rate, whether answers come or
//! not, and a ballot's time runs from when it was due. Ballots are copies of
//! verified ones under other credentials: real in form, never verified.

use std::collections::VecDeque;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use ballot_box::admission::Answer;
use ballot_box::folder::Folder;
use ballot_box::service::Ledger;
use ballot_box::service::bench::Writer;
use kit::{People, Story, rng};
use rand_core::Rng;
use tokio::sync::oneshot;
use voting_core::ballot::{VerifiedBallot, verify};
use voting_core::entry::{BallotEntry, Entry};
use voting_core::manifest::{BallotKind, BatchRule, Project};

#[path = "../../../auditor/tests/attacks/kit/mod.rs"]
#[allow(dead_code, unused_imports)]
mod kit;

/// The goals.
const RATE: f64 = 5_000.0;
const P99_MS: f64 = 500.0;
const START_S: f64 = 10.0;
/// Between two looks at the memory. The first look is after caches and pools
/// have filled.
const LOOK: Duration = Duration::from_secs(10);
/// Ballots under way while the ledger is filled.
const FILLING: usize = 6_000;

/// The value of `--name`.
fn argument(name: &str) -> Option<String> {
    env::args().skip_while(|argument| argument != name).nth(1)
}

/// The number that is the value of `--name`, or what it is without.
fn number(name: &str, otherwise: u64) -> u64 {
    argument(name).map_or(otherwise, |value| value.parse().expect("a number"))
}

fn main() {
    let rate = number("--rate", 6_000);
    let seconds = number("--seconds", 60);
    let entries = number("--entries", 1_000_000);
    // Beside the build, not in a folder that may be memory.
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let path = argument("--folder").map_or_else(|| directory.path().join("box"), PathBuf::from);
    if path.join("journal").exists() {
        return start(&Folder::open(&path).expect("it has a key"));
    }
    let story = Story::whole_setup(people());
    let folder = folder(&path, &story);
    let writer = Writer::start(Ledger::open(&folder).expect("the ledger begins"));
    for entry in &story.entries[1..] {
        let entry = Entry::from_bytes(entry).expect("an entry");
        writer.entry(entry).expect("it is legal");
    }
    let mut maker = Maker::new(&story);
    println!("entries of {} bytes, 200 ms between batches", maker.length());
    let load = under_load(&writer, &mut maker, rate, Duration::from_secs(seconds));
    load.print();
    if entries > writer.size() {
        let begun = Instant::now();
        let more = entries - writer.size();
        fill(&writer, &mut maker, more);
        let each = more as f64 / begun.elapsed().as_secs_f64();
        println!(
            "filled up to {} entries: {each:.0} entries/s, {FILLING} under way",
            writer.size()
        );
    }
    writer.stop().expect("it was written");
    start(&folder);
}

/// One contest of 20 projects, up to 5 of them; batches every 200 ms.
fn people() -> Arc<People> {
    People::with(|manifest| {
        let project = |number: u64| Project {
            id: format!("p{number}"),
            cost: 1 + number,
            groups: vec![],
        };
        manifest.contests[0].projects = (0..20).map(project).collect();
        manifest.contests[0].ballot = BallotKind::Approval {
            min_length: 1,
            max_length: 5,
        };
        manifest.batch = BatchRule {
            min_ballots: 32,
            min_ms: 200,
            max_ms: 1_000,
        };
    })
}

/// A folder whose election has begun.
fn folder(path: &Path, story: &Story) -> Folder {
    fs::create_dir_all(path).expect("a folder");
    let key = hex::encode(story.people.ledger.to_bytes());
    fs::write(path.join("ledger.key"), key).expect("written");
    fs::write(path.join("name"), &story.people.manifest.ledger.origin).expect("written");
    let folder = Folder::open(path).expect("it has a key");
    folder
        .begin(&story.entries[0], None)
        .expect("the manifest is for it");
    folder
}

/// Makes ballots out of a verified one.
struct Maker {
    ballot: BallotEntry,
    verified: VerifiedBallot,
    random: rand_chacha::ChaCha20Rng,
}

impl Maker {
    fn new(story: &Story) -> Self {
        let ballot = story.cast(0, 0);
        let context = story.election().ballot_context(0).expect("there is a style");
        let verified = verify(&context, &ballot, &mut rng(1)).expect("it is honest");
        Self {
            ballot,
            verified,
            random: rng(2),
        }
    }

    fn length(&self) -> usize {
        Entry::Ballot(self.ballot.clone()).to_bytes().len()
    }

    fn make(&mut self) -> (BallotEntry, VerifiedBallot) {
        let mut credential = [0; 32];
        self.random.fill_bytes(&mut credential);
        let mut ballot = self.ballot.clone();
        ballot.credential = credential.into();
        (ballot, self.verified.as_if_of(credential))
    }
}

/// A ballot under way, and when it was due.
type Sent = (Instant, oneshot::Receiver<Answer>);

/// What a load showed.
struct Load {
    sent: u64,
    refused: u64,
    took: Duration,
    /// Milliseconds to the answer, ascending.
    answers: Vec<f64>,
    /// Entries and bytes of memory, from time to time.
    memory: Vec<(u64, u64)>,
}

/// Hands in ballots at a rate, for a time.
fn under_load(writer: &Writer, maker: &mut Maker, rate: u64, time: Duration) -> Load {
    let (send, receive) = channel::<Sent>();
    let most = (rate as f64 * time.as_secs_f64()) as u64;
    let begun = Instant::now();
    let (mut refused, mut memory) = (0, Vec::new());
    let answers = thread::scope(|scope| {
        let collector = scope.spawn(move || collect(&receive, most as usize));
        for number in 0..most {
            let due = begun + time.mul_f64(number as f64 / most as f64);
            if let Some(early) = due.checked_duration_since(Instant::now()) {
                thread::sleep(early.max(Duration::from_millis(1)));
            }
            if begun.elapsed() >= LOOK.min(time / 2) * (memory.len() as u32 + 1) {
                memory.push((writer.size(), resident()));
            }
            let (ballot, verified) = maker.make();
            match writer.ballot(ballot, verified) {
                Ok(answer) => send.send((due, answer)).expect("they are collected"),
                Err(_) => refused += 1,
            }
        }
        drop(send);
        collector.join().expect("it collects")
    });
    memory.push((writer.size(), resident()));
    Load {
        sent: most,
        refused,
        took: begun.elapsed(),
        answers,
        memory,
    }
}

/// Waits for answers in the order of the ballots. Who is answered before the
/// one ahead counts as answered with it, so times are never too short.
fn collect(sent: &Receiver<Sent>, most: usize) -> Vec<f64> {
    let mut times = Vec::with_capacity(most);
    for (due, answer) in sent {
        if matches!(answer.blocking_recv(), Ok(Ok(_))) {
            times.push(due.elapsed().as_secs_f64() * 1e3);
        }
    }
    times.sort_by(f64::total_cmp);
    times
}

/// Hands in ballots as fast as they are taken.
fn fill(writer: &Writer, maker: &mut Maker, more: u64) {
    let mut under_way = VecDeque::with_capacity(FILLING);
    for _ in 0..more {
        if under_way.len() == FILLING {
            let answer: oneshot::Receiver<Answer> = under_way.pop_front().expect("there are some");
            answer.blocking_recv().expect("an answer").expect("a receipt");
        }
        let (ballot, verified) = maker.make();
        under_way.push_back(writer.ballot(ballot, verified).expect("there is room"));
    }
    for answer in under_way {
        answer.blocking_recv().expect("an answer").expect("a receipt");
    }
}

/// Opens the store again.
fn start(folder: &Folder) {
    let (begun, before) = (Instant::now(), resident());
    let ledger = Ledger::open(folder).expect("it opens");
    let took = begun.elapsed().as_secs_f64();
    let writer = Writer::start(ledger);
    let size = writer.size();
    println!(
        "start with {size} entries: {took:.2} s (goal {START_S} s: {}), resident {} MiB before, {} MiB after",
        said(took <= START_S),
        before >> 20,
        resident() >> 20
    );
    writer.stop().expect("nothing was written");
}

impl Load {
    fn print(&self) {
        let rate = self.answers.len() as f64 / self.took.as_secs_f64();
        let at = |part: f64| {
            let place = (self.answers.len() as f64 * part) as usize;
            self.answers.get(place).copied().unwrap_or(f64::INFINITY)
        };
        println!(
            "{} handed in, {} answered with a receipt, {} told to come again, in {:.1} s",
            self.sent,
            self.answers.len(),
            self.refused,
            self.took.as_secs_f64()
        );
        println!("{rate:.0} entries/s (goal {RATE}: {})", said(rate >= RATE));
        println!(
            "answer after p50 {:.0} ms, p99 {:.0} ms (goal {P99_MS} ms: {}), longest {:.0} ms",
            at(0.5),
            at(0.99),
            said(at(0.99) <= P99_MS),
            at(1.0 - f64::EPSILON)
        );
        for (entries, bytes) in &self.memory {
            println!("resident {} MiB at {entries} entries", bytes >> 20);
        }
        let (warm, end) = (self.memory[0], self.memory[self.memory.len() - 1]);
        let grown = end.1 as f64 - warm.1 as f64;
        println!(
            "grown by {:.0} bytes an entry after the first look",
            grown / (end.0 - warm.0).max(1) as f64
        );
    }
}

fn said(reached: bool) -> &'static str {
    if reached { "reached" } else { "not reached" }
}

/// Bytes of this process in memory.
fn resident() -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse::<u64>().ok()).unwrap_or(0) * 1024
}
