//! A poll with the real issuer and the real ballot box, of which everything
//! is kept that either of them stores, logs or publishes.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use ballot_box::service::Service;
use issuer::enrol::{Letter, enrol, read_letters};
use issuer::roll_file;
use journal::{Index, Journal, JournalError};
use kit::{People, Story, rng};
use voting_core::ballot::Draft;
use voting_core::credential::Credential;
use voting_core::entry::Entry;
use voting_core::ledger::{TilePlace, parse_bundle};
use voting_core::manifest::{BatchRule, Issuer, Style};
use voting_core::token::Pending;

use crate::linker::{Ballot, Batch, Evidence, Issued};

#[path = "../../auditor/tests/attacks/kit/mod.rs"]
#[allow(dead_code, unused_imports)]
mod kit;

pub(crate) const BATCHES: usize = 24;
pub(crate) const PER_BATCH: usize = 8;
/// Between two voters of a batch.
const APART: Duration = Duration::from_millis(3);

/// What is left of a poll.
pub(crate) struct Poll {
    pub(crate) evidence: Evidence,
    /// Every voter's credential, by number.
    pub(crate) truth: Vec<[u8; 32]>,
    /// Sizes of all heads that were seen while the voters cast.
    pub(crate) heads: BTreeSet<u64>,
    /// Sizes at which a batch ends, and the one before the first.
    pub(crate) batch_ends: BTreeSet<u64>,
}

/// The log of both services.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Everything is logged, but what the test's own client says.
fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let writer = log.clone();
        tracing_subscriber::fmt()
            .with_env_filter("trace,ureq=off,ureq_proto=off,rustls=off")
            .with_writer(move || writer.clone())
            .init();
        log
    })
}

/// The golden people, one issuer with this key, one style, one contest.
fn people(key: [u8; 32]) -> Arc<People> {
    People::with(|manifest| {
        manifest.issuers.members = vec![Issuer {
            name: "issuer.example".into(),
            url: "https://issuer.example".into(),
            key: key.into(),
        }];
        manifest.contests.truncate(1);
        manifest.styles = vec![Style {
            name: "all".into(),
            contests: vec![0],
        }];
        manifest.batch = BatchRule {
            min_ballots: PER_BATCH as u32,
            min_ms: 1,
            max_ms: 60_000,
        };
    })
}

/// Somebody who talks to the ballot box.
#[derive(Clone)]
struct Client {
    url: String,
    agent: ureq::Agent,
}

impl Client {
    fn new(url: &str) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .into();
        let url = url.to_owned();
        Self { url, agent }
    }

    fn post(&self, path: &str, bytes: &[u8]) -> u16 {
        let request = self.agent.post(format!("{}{path}", self.url));
        let response = request.content_type("application/cbor").send(bytes);
        response.unwrap().status().as_u16()
    }

    fn get(&self, path: &str) -> Vec<u8> {
        let mut response = self.agent.get(format!("{}/{path}", self.url)).call().unwrap();
        response.body_mut().read_to_vec().unwrap()
    }

    /// The size of the newest head, as everybody sees it.
    fn size(&self) -> u64 {
        let note = String::from_utf8(self.get("checkpoint")).unwrap();
        note.lines().nth(1).unwrap().parse().unwrap()
    }
}

/// Both services of a poll that is open.
struct Office {
    story: Story,
    letters: Vec<Letter>,
    issuer_folder: issuer::folder::Folder,
    box_folder: ballot_box::folder::Folder,
    issuer: issuer::service::Service,
    ballot_box: Service,
    client: Client,
    _directory: tempfile::TempDir,
}

impl Office {
    fn open() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let issuer_folder =
            issuer::folder::Folder::init(&directory.path().join("issuer"), "issuer.example").unwrap();
        let key = issuer_folder.identity().unwrap().verifying_key().to_bytes();
        let mut story = Story::begin(people(key));
        let roll: String = (0..BATCHES * PER_BATCH)
            .map(|voter| format!("Voter {voter}\n"))
            .collect();
        let manifest = &story.people.manifest;
        let voters = roll_file::read(format!("line\n{roll}").as_bytes(), manifest).unwrap();
        let letters = directory.path().join("letters.csv");
        let enrolment = enrol(&issuer_folder, manifest, &voters, &letters).unwrap();
        for entry in enrolment.entries {
            story.push_bytes(entry);
        }
        story.key_ceremony();
        for trustee in 0..3 {
            story.rehearse(trustee);
        }
        story.open();
        let box_folder = begin(&directory.path().join("box"), &story);
        let ballot_box = Service::start(&box_folder, &Default::default()).unwrap();
        let settings = issuer::server::Settings {
            tick: Duration::from_millis(2),
            ..Default::default()
        };
        let issuer = issuer::service::Service::start(&issuer_folder, &ballot_box.url(), &settings).unwrap();
        let office = Self {
            letters: read_letters(&letters).unwrap(),
            story,
            issuer_folder,
            box_folder,
            issuer,
            client: Client::new(&ballot_box.url()),
            ballot_box,
            _directory: directory,
        };
        for entry in &office.story.entries[1..] {
            assert_eq!(office.client.post("/entries", entry), 200);
        }
        office
    }

    /// A voter's ballot, with the pass she asks for.
    fn ballot(&self, number: usize) -> (Vec<u8>, [u8; 32]) {
        let credential = Credential::generate(&mut rng(70_000 + number as u64));
        let election = self.story.election();
        let key = &election.issuer_keys[&(0, 0)];
        let pending = Pending::new(key, &credential.public(), &mut rng(80_000 + number as u64)).unwrap();
        let answer = self.ask(self.letters[number].code.as_str(), &pending.request().to_bytes());
        let token = pending.finalize(key, &answer).unwrap();
        let context = election.ballot_context(0).unwrap();
        let mut random = rng(90_000 + number as u64);
        let mut seed = [0; 32];
        rand_core::Rng::fill_bytes(&mut random, &mut seed);
        let mut values = [0; 3];
        values[number % 3] = 1;
        let draft = Draft::seal(&context, &credential, 0, &values, seed).unwrap();
        let ballot = draft.cast(vec![token], &credential, &mut random).unwrap();
        (Entry::Ballot(ballot).to_bytes(), credential.public())
    }

    /// Asks the issuer, until it has seen on the ledger that it may issue.
    fn ask(&self, code: &str, request: &[u8]) -> Vec<u8> {
        loop {
            let mut response = self
                .client
                .agent
                .post(format!("{}/token-request", self.issuer.url()))
                .header("content-type", "application/private-token-request")
                .header("authorization", format!("Bearer {code}"))
                .send(request)
                .unwrap();
            match response.status().as_u16() {
                200 => return response.body_mut().read_to_vec().unwrap(),
                503 => thread::sleep(Duration::from_millis(20)),
                status => panic!("{status}"),
            }
        }
    }
}

/// A ballot box's folder, its election begun.
fn begin(path: &Path, story: &Story) -> ballot_box::folder::Folder {
    fs::create_dir(path).unwrap();
    fs::write(
        path.join("ledger.key"),
        hex::encode(story.people.ledger.to_bytes()),
    )
    .unwrap();
    fs::write(path.join("name"), &story.people.manifest.ledger.origin).unwrap();
    let folder = ballot_box::folder::Folder::open(path).unwrap();
    folder.begin(&story.entries[0], None).unwrap();
    folder
}

/// Casts batch after batch, each voter a little after the one before her.
fn cast(client: &Client, ballots: &[Vec<u8>]) {
    for batch in ballots.chunks(PER_BATCH) {
        thread::scope(|scope| {
            for ballot in batch {
                scope.spawn(|| assert_eq!(client.post("/ballots", ballot), 200));
                thread::sleep(APART);
            }
        });
    }
}

/// Looks at the head without pause while `work` is done.
fn watched(client: &Client, work: impl FnOnce()) -> BTreeSet<u64> {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut heads = BTreeSet::new();
            while !done.load(Ordering::Relaxed) {
                heads.insert(client.size());
                thread::sleep(Duration::from_millis(1));
            }
            heads
        });
        work();
        done.store(true, Ordering::Relaxed);
        watcher.join().unwrap()
    })
}

/// All files below a folder, by name.
fn files(folder: &Path, within: &str) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{within}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            found.extend(files(&path, &format!("{name}/")));
        } else {
            found.push((name, fs::read(path).unwrap()));
        }
    }
    found
}

impl Poll {
    /// Holds the poll, once for all tests.
    pub(crate) fn hold() -> &'static Self {
        static HELD: OnceLock<Poll> = OnceLock::new();
        HELD.get_or_init(hold)
    }

    /// The evidence of a ballot box that does not sort: its ballots stand as
    /// they came, moved by `place` within a batch.
    pub(crate) fn unsorted(&self, place: fn(usize) -> usize) -> Evidence {
        let mut evidence = self.evidence.clone();
        let folder = tempfile::tempdir().unwrap();
        let settings = journal::Settings::new("unsorted");
        let nothing = |_: &[(journal::Position, &[u8])]| Ok::<(), JournalError>(());
        let mut journal = Journal::open(folder.path(), settings, nothing).unwrap();
        for batch in &mut evidence.batches {
            let ballot = |credential: &[u8; 32]| {
                let mut ballots = batch.ballots.iter();
                ballots
                    .find(|ballot| ballot.credential == *credential)
                    .unwrap()
                    .clone()
            };
            let came: Vec<_> = batch
                .voters
                .iter()
                .map(|&voter| ballot(&self.truth[voter]))
                .collect();
            batch.ballots = (0..came.len()).map(|at| came[place(at)].clone()).collect();
            let records: Vec<_> = batch.ballots.iter().map(|ballot| ballot.credential).collect();
            journal.append(&records).unwrap();
        }
        drop(journal);
        evidence.files = files(folder.path(), "journal/");
        evidence
    }
}

/// What every index says, whatever it is of.
fn bare_index() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap();
    for _ in 0..3 {
        index
            .write(|changes| {
                let table: redb::TableDefinition<u64, u64> = redb::TableDefinition::new("table");
                changes.open_table(table)?.insert(1, 1)?;
                Ok(())
            })
            .unwrap();
    }
    drop(index);
    fs::read(folder.path().join("redb")).unwrap()
}

fn hold() -> Poll {
    let log = log();
    let office = Office::open();
    let voters = 0..BATCHES * PER_BATCH;
    let (ballots, truth): (Vec<_>, Vec<_>) = voters.map(|number| office.ballot(number)).unzip();
    let client = &office.client;
    // The setup, and what the formats of files repeat.
    let before = files(office.box_folder.path(), "")
        .into_iter()
        .map(|(_, bytes)| bytes)
        .chain([bare_index()]);
    let public = office.story.entries.iter().cloned().chain(before).collect();
    let heads = watched(client, || cast(client, &ballots));
    let size = client.size();
    let places = (0..).map_while(|number| TilePlace::entries_at(number, size));
    let entries: Vec<Vec<u8>> = places
        .flat_map(|place| {
            let bundle = client.get(&place.to_string());
            let entries = parse_bundle(&bundle).unwrap();
            entries.into_iter().map(<[u8]>::to_vec).collect::<Vec<_>>()
        })
        .collect();
    office.issuer.stop().unwrap();
    office.ballot_box.stop().unwrap();
    let (batches, batch_ends) = batches(&entries, office.story.entries.len());
    let mut stored = files(office.box_folder.path(), "");
    stored.push(("the log".to_owned(), log.0.lock().unwrap().clone()));
    Poll {
        evidence: Evidence {
            issued: issued(&office.issuer_folder.journal()),
            batches,
            files: stored,
            issuer: files(&office.issuer_folder.journal().join(".."), ""),
            public,
        },
        truth,
        heads,
        batch_ends,
    }
}

/// The ledger's batches, and the sizes at which they end.
fn batches(entries: &[Vec<u8>], before: usize) -> (Vec<Batch>, BTreeSet<u64>) {
    let (mut batches, mut ballots) = (Vec::new(), Vec::new());
    let mut ends = BTreeSet::from([before as u64]);
    for (index, bytes) in (0u64..).zip(entries).skip(before) {
        match Entry::from_bytes(bytes).unwrap() {
            Entry::Ballot(ballot) => ballots.push(Ballot {
                credential: *ballot.credential,
                token: ballot.tokens[0].to_vec(),
                cells: ballot.cells.to_vec(),
            }),
            Entry::Batch(_) => {
                let first = batches.len() * PER_BATCH;
                assert_eq!(ballots.len(), PER_BATCH, "one batch after the other");
                batches.push(Batch {
                    voters: (first..first + PER_BATCH).collect(),
                    ballots: std::mem::take(&mut ballots),
                });
                ends.insert(index + 1);
            }
            other => panic!("{}", other.kind()),
        }
    }
    assert_eq!(batches.len(), BATCHES);
    (batches, ends)
}

/// The issuer's records, in the order of issuance.
fn issued(folder: &Path) -> Vec<Issued> {
    let mut issued = Vec::new();
    journal::read(folder, "psephos/v1/issuance-journal", |group| {
        for (_, record) in group {
            issued.push(Issued {
                pseudonym: record[..32].try_into().unwrap(),
                blinded: record[32..].try_into().unwrap(),
            });
        }
        Ok::<(), JournalError>(())
    })
    .unwrap();
    assert_eq!(issued.len(), BATCHES * PER_BATCH);
    issued
}
