//! A ballot box of the golden election, and somebody who talks to it.
#![allow(dead_code)] // each test binary uses a part

#[path = "../../../auditor/tests/attacks/kit/mod.rs"]
#[allow(unused_imports)]
pub(crate) mod kit;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ballot_box::folder::Folder;
use ballot_box::service::{Service, Settings};
use kit::{People, Story};
use serde_json::Value;
use voting_core::entry::Entry;
use voting_core::ledger::{Checkpoint, Receipt, TilePlace, Trust, VerifierKey, leaf_hash, parse_bundle};
use voting_core::manifest::{BatchRule, ContentFile, Manifest};

/// The golden people, with batches that leave soon.
pub(crate) fn people(change: impl FnOnce(&mut Manifest)) -> Arc<People> {
    People::with(|manifest| {
        manifest.batch = BatchRule {
            min_ballots: 4,
            min_ms: 10,
            max_ms: 150,
        };
        change(manifest);
    })
}

/// A folder with the golden ledger key, its election begun.
pub(crate) fn folder(path: &Path, story: &Story) -> Folder {
    folder_with(path, story, TEXT)
}

/// The same; every content file holds this text.
fn folder_with(path: &Path, story: &Story, text: &[u8]) -> Folder {
    let files = &story.people.manifest.content;
    let files: Vec<_> = files.iter().map(|file| (file.name.as_str(), text)).collect();
    folder_of(path, story, &files)
}

/// The same, with these content files.
pub(crate) fn folder_of(path: &Path, story: &Story, files: &[(&str, &[u8])]) -> Folder {
    std::fs::create_dir_all(path).unwrap();
    let key = hex::encode(story.people.ledger.to_bytes());
    std::fs::write(path.join("ledger.key"), key).unwrap();
    std::fs::write(path.join("name"), &story.people.manifest.ledger.origin).unwrap();
    let folder = Folder::open(path).unwrap();
    let texts = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(texts.path().join(name), bytes).unwrap();
    }
    folder.begin(&story.entries[0], Some(texts.path())).unwrap();
    folder
}

/// What stands in every content file.
pub(crate) const TEXT: &[u8] = b"How to vote\n";

/// A content file as a manifest seals it.
pub(crate) fn content(name: &str) -> ContentFile {
    use sha2::Digest;
    ContentFile {
        name: name.into(),
        sha256: <[u8; 32]>::from(sha2::Sha256::digest(TEXT)).into(),
        length: TEXT.len() as u64,
    }
}

/// A ballot box that runs in this process.
pub(crate) struct Desk {
    pub(crate) folder: Folder,
    pub(crate) client: Client,
    service: Option<Service>,
    _directory: tempfile::TempDir,
}

impl Desk {
    /// A ballot box with a story's entries handed in.
    pub(crate) fn with(story: &Story) -> Self {
        Self::serving(story, TEXT)
    }

    /// The same; every content file holds this text, such as the witness
    /// policy. Witnesses are asked without a pause.
    pub(crate) fn serving(story: &Story, text: &[u8]) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let folder = folder_with(&directory.path().join("box"), story, text);
        let settings = Settings {
            round: Duration::from_millis(20),
            ..Settings::default()
        };
        let service = Service::start(&folder, &settings).unwrap();
        let client = Client::new(&service.url(), story);
        for entry in &story.entries[1..] {
            client.post("/entries", entry).unwrap();
        }
        Self {
            folder,
            client,
            service: Some(service),
            _directory: directory,
        }
    }

    /// Ballots of ten voters, of whom two vote twice.
    pub(crate) fn vote(&self, story: &Story) {
        let cast = |voter, sequence| {
            let client = self.client.clone();
            let ballot = ballot(story, voter, sequence);
            move || client.cast(&ballot).unwrap()
        };
        std::thread::scope(|scope| {
            for voter in 0..10 {
                scope.spawn(cast(voter, 0));
            }
        });
        std::thread::scope(|scope| {
            for voter in [1, 6] {
                scope.spawn(cast(voter, 1));
            }
        });
    }

    /// Takes what the ballot box has recorded into the story.
    pub(crate) fn follow(&self, story: &mut Story) {
        for bytes in &self.client.entries()[story.entries.len()..] {
            story.push_bytes(bytes.clone());
            if let Ok(Entry::Ballot(ballot)) = Entry::from_bytes(bytes) {
                story.ballots.insert(*ballot.credential, ballot);
            }
        }
    }

    /// Everything from the first ballot to the last result.
    pub(crate) fn decide(&self, story: &mut Story) {
        self.vote(story);
        self.follow(story);
        let close = Entry::Close(story.act("close", ""));
        self.client.post("/entries", &close.to_bytes()).unwrap();
        self.follow(story);
        let tallied = story.entries.len();
        story.reports();
        story.shares(&[0, 2]);
        story.results();
        for entry in &story.entries[tallied..] {
            self.client.post("/entries", entry).unwrap();
        }
    }

    /// Stops; the folder stays.
    pub(crate) fn stop(&mut self) {
        self.service.take().unwrap().stop().unwrap();
    }

    pub(crate) fn restart(&mut self, story: &Story) {
        if self.service.is_some() {
            self.stop();
        }
        let service = Service::start(&self.folder, &Settings::default()).unwrap();
        self.client = Client::new(&service.url(), story);
        self.service = Some(service);
    }
}

/// A refusal, as it came over HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) detail: String,
}

/// Somebody who hands in and reads.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) url: String,
    agent: ureq::Agent,
    key: VerifierKey,
    origin: String,
    public: [u8; 32],
}

impl Client {
    pub(crate) fn new(url: &str, story: &Story) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .build()
            .into();
        let origin = story.people.manifest.ledger.origin.clone();
        let public = story.people.ledger.verifying_key().to_bytes();
        Self {
            url: url.to_owned(),
            agent,
            key: VerifierKey::ed25519(&origin, &public).unwrap(),
            origin,
            public,
        }
    }

    /// Hands in bytes; returns the receipt's text, once verified.
    pub(crate) fn post(&self, path: &str, bytes: &[u8]) -> Result<String, Problem> {
        let answer = self.try_post(path, bytes).expect("the ballot box answers")?;
        self.verify(&answer, bytes);
        Ok(answer)
    }

    pub(crate) fn cast(&self, ballot: &Entry) -> Result<String, Problem> {
        self.post("/ballots", &ballot.to_bytes())
    }

    /// Hands in bytes; `None` where nobody answers.
    pub(crate) fn try_post(&self, path: &str, bytes: &[u8]) -> Option<Result<String, Problem>> {
        let request = self.agent.post(format!("{}{path}", self.url));
        let mut response = request.content_type("application/cbor").send(bytes).ok()?;
        let status = response.status().as_u16();
        let kind = response.headers().get("content-type")?.to_str().ok()?.to_owned();
        let text = response.body_mut().read_to_string().ok()?;
        if status == 200 {
            return Some(Ok(text));
        }
        Some(Err(problem(status, &kind, &text)))
    }

    /// A receipt says where these bytes stand, under a checkpoint of this ledger.
    pub(crate) fn verify(&self, receipt: &str, bytes: &[u8]) -> Checkpoint {
        let receipt = Receipt::parse(receipt.as_bytes()).unwrap();
        let trust = Trust::key_alone(VerifierKey::ed25519(&self.origin, &self.public).unwrap());
        receipt.verify(&leaf_hash(bytes), &trust).unwrap().checkpoint
    }

    /// Any request: method, path, media type, body.
    pub(crate) fn request(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> Problem {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header("content-type", kind)
            .body(body)
            .unwrap();
        let mut response = self.agent.run(request).unwrap();
        let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
        let text = response.body_mut().read_to_string().unwrap();
        problem(response.status().as_u16(), &kind, &text)
    }

    pub(crate) fn get(&self, path: &str) -> Result<Vec<u8>, Problem> {
        let mut response = self.agent.get(format!("{}/{path}", self.url)).call().unwrap();
        let status = response.status().as_u16();
        let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
        let bytes = response.body_mut().read_to_vec().unwrap();
        match status {
            200 => Ok(bytes),
            _ => Err(problem(status, &kind, &String::from_utf8(bytes).unwrap())),
        }
    }

    pub(crate) fn checkpoint(&self) -> Checkpoint {
        Checkpoint::verify(&self.get("checkpoint").unwrap(), &self.key).unwrap()
    }

    pub(crate) fn status(&self) -> Value {
        serde_json::from_slice(&self.get("status").unwrap()).unwrap()
    }

    /// All entries, read as everybody reads them.
    pub(crate) fn entries(&self) -> Vec<Vec<u8>> {
        let size = self.checkpoint().size;
        let places = (0..).map_while(|number| TilePlace::entries_at(number, size));
        let bundles = places.map(|place| self.get(&place.to_string()).unwrap());
        bundles
            .flat_map(|bundle| {
                let entries = parse_bundle(&bundle).unwrap();
                entries.into_iter().map(<[u8]>::to_vec).collect::<Vec<_>>()
            })
            .collect()
    }
}

fn problem(status: u16, kind: &str, text: &str) -> Problem {
    assert_eq!(kind, "application/problem+json", "{status}: {text}");
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(value["status"], status);
    let code = value["type"].as_str().unwrap();
    Problem {
        status,
        code: code.strip_prefix("urn:psephos:problem:").unwrap().to_owned(),
        detail: value["detail"].as_str().unwrap().to_owned(),
    }
}

/// Asserts that bytes are refused with a code, and that nothing is changed.
#[track_caller]
pub(crate) fn refused(client: &Client, path: &str, bytes: &[u8], status: u16, code: &str) -> Problem {
    let before = (client.get("checkpoint").unwrap(), client.status());
    let problem = client.post(path, bytes).expect_err("it should be refused");
    assert_eq!(
        (problem.status, problem.code.as_str()),
        (status, code),
        "{problem:?}"
    );
    assert!(!problem.detail.is_empty());
    let after = (client.get("checkpoint").unwrap(), client.status());
    assert_eq!(before, after, "a refusal changed something");
    problem
}

/// A ballot of a voter, sealed for a story's election.
pub(crate) fn ballot(story: &Story, voter: u64, sequence: u32) -> Entry {
    Entry::Ballot(story.cast(voter, sequence))
}

/// The command, serving a folder.
pub(crate) fn serve(folder: &Path) -> (Killed, String) {
    use std::io::{BufRead, BufReader};
    // Tests of other packages share this desk, and have no such command.
    let Some(command) = option_env!("CARGO_BIN_EXE_ballot-box") else {
        panic!("only a test of the ballot box can start its command");
    };
    let mut child = std::process::Command::new(command)
        .args(["serve", folder.to_str().unwrap(), "--listen", "127.0.0.1:0"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::inherit())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let stdout = child.stdout.take().unwrap();
    BufReader::new(stdout).read_line(&mut line).unwrap();
    let url = line
        .trim()
        .strip_prefix("listening on ")
        .expect("it serves")
        .to_owned();
    (Killed(child), url)
}

/// A process that is killed, not asked to end, when it is dropped.
pub(crate) struct Killed(std::process::Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(crate) fn path_of(desk: &Desk) -> PathBuf {
    desk.folder.path().to_owned()
}
