//! A whole election by hand: every program as a process of its own, over files
//! and URLs, in the order that the commands' help texts tell.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use ceremony::{HttpBoard, Record};
use issuer::enrol::{Letter, read_letters};
use voting_core::contest::Choice;
use voting_core::voter::{Poll, Voter};

const POLL: &str = "META\nkey;value\ndescription;Three benches\nbudget;300\ncurrency;EUR\n\
    vote_type;approval\nmax_length;2\nrule;greedy\nnum_projects;3\nnum_votes;0\n\
    PROJECTS\nproject_id;cost;name\noak;100;Bench under the oak\nlake;150;Bench at the lake\n\
    hill;200;Bench on the hill\nVOTES\nvoter_id;vote\n";
const ROLL: &str = "line,style\nAda,everyone\nBen,everyone\nCleo,everyone\nDan,everyone\n";
/// What the voters name: three of the four on the roll vote.
const CHOICES: [&[u32]; 3] = [&[0, 2], &[0], &[1, 0]];

/// The folder where everybody works, and the programs.
struct Town {
    folder: tempfile::TempDir,
    programs: PathBuf,
}

impl Town {
    /// `None` where the other programs were not built.
    fn new() -> Option<Self> {
        let programs = Path::new(env!("CARGO_BIN_EXE_psephos"))
            .parent()
            .unwrap()
            .to_owned();
        for program in ["ceremony", "ballot-box", "issuer", "auditor"] {
            if !programs.join(program).exists() {
                println!("skipped: {program} is not built; run cargo test --workspace");
                return None;
            }
        }
        Some(Self {
            folder: tempfile::tempdir().unwrap(),
            programs,
        })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn command(&self, line: &str) -> Command {
        let mut words = line.split_whitespace();
        let mut command = Command::new(self.programs.join(words.next().unwrap()));
        command
            .args(words)
            .current_dir(self.folder.path())
            .env("PSEPHOS_PASSPHRASE", "correct horse battery staple");
        command
    }

    fn run(&self, line: &str) -> Output {
        self.command(line).output().unwrap()
    }

    /// Runs a command that must succeed; what it prints.
    fn ok(&self, line: &str) -> String {
        let run = self.run(line);
        let errors = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{line}: {}\n{errors}", run.status);
        String::from_utf8(run.stdout).unwrap().trim().to_owned()
    }

    fn ends_with(&self, code: i32, line: &str) -> String {
        let run = self.run(line);
        let errors = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(code), "{line}\n{errors}");
        errors
    }

    /// Starts a server and waits until it says where it listens.
    fn serve(&self, line: &str) -> Server {
        let mut child = self.command(line).stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut said)
            .unwrap();
        assert!(said.starts_with("listening on http"), "{line}: {said}");
        Server(child)
    }

    /// Keys of everybody, and the setting that names them.
    fn setting(&self, ledger: &str, issuer: &str) -> String {
        let person = |role: &str, name: &str| {
            self.ok(&format!(
                "ceremony {role} key --name {name} --out {name}.age --demo-work-factor 2"
            )) + "\n"
        };
        let members =
            |role: &str, names: &[&str]| -> String { names.iter().map(|name| person(role, name)).collect() };
        let box_key = self.ok("ballot-box init box --origin ledger.town.example/2027");
        let issuer_key = self.ok("issuer init desk --name roll.town.example");
        format!(
            "opening = 1\nclosing = 4102444800\nbatch = {{ min_ballots = 32, min_ms = 50, max_ms = 200 }}\n\
             [ledger]\norigin = \"ledger.town.example/2027\"\nkey = \"{box_key}\"\nurl = \"{ledger}\"\n\
             [issuers]\ntoken_bits = 2048\n[[issuers.members]]\nname = \"roll.town.example\"\n\
             url = \"{issuer}\"\nkey = \"{issuer_key}\"\n\
             [officers]\nthreshold = 2\n{}[trustees]\nthreshold = 2\n{}",
            members("officer", &["ada", "ben"]),
            members("trustee", &["dora", "emil", "fay"])
        )
    }
}

struct Server(Child);

impl Server {
    /// Stops it as an operator does.
    fn stop(mut self) {
        let pid = self.0.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(self.0.wait().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
    }
}

fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

/// Posts until the service answers 200: it may not have seen the ledger yet.
fn post(url: &str, kind: &str, code: Option<&str>, body: &[u8]) -> Vec<u8> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let begun = Instant::now();
    loop {
        let mut request = agent.post(url).content_type(kind);
        if let Some(code) = code {
            request = request.header("authorization", format!("Bearer {code}"));
        }
        let mut response = request.send(body).unwrap();
        let answer = response.body_mut().read_to_vec().unwrap();
        if response.status() == 200 {
            return answer;
        }
        let text = String::from_utf8_lossy(&answer);
        assert!(begun.elapsed() < Duration::from_secs(30), "{url}: {text}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// A voter's device: a pass for the letter's code, then the sealed ballot, and
/// the receipt that it verifies.
fn vote(poll: &Poll, letter: &Letter, projects: &[u32]) {
    let mut rng = rand::rng();
    let mut voter = Voter::begin(poll, &mut rng).unwrap();
    let issuer = &poll.issuers().next().expect("the poll has an issuer").url;
    let keys = served_keys(issuer);
    let served = poll.served(0, keys.iter().map(String::as_str)).unwrap();
    let request = voter.request(&served).unwrap().expect("a device that is new");
    let pass = post(
        &format!("{issuer}/token-request"),
        "application/private-token-request",
        Some(&letter.code),
        &request.to_bytes(),
    );
    voter.answer(0, &pass).unwrap();
    let choice = Choice::Projects(projects.to_vec());
    let draft = voter.choose(&[choice], &mut rng).unwrap();
    voter.cast(draft, &mut rng).unwrap();
    let ballot = voter.unconfirmed().expect("it was just cast").to_vec();
    let url = format!("{}/ballots", poll.ledger().url);
    let receipt = post(&url, "application/cbor", None, &ballot);
    voter.receive(&receipt).unwrap();
}

/// The keys that an issuer serves (RFC 9578 §4), base64url.
fn served_keys(issuer: &str) -> Vec<String> {
    let url = format!("{issuer}/.well-known/private-token-issuer-directory");
    let directory = ureq::get(url).call().unwrap().into_body().read_to_string();
    let directory = json(&directory.unwrap());
    let keys = directory["token-keys"].as_array().unwrap().iter();
    keys.map(|key| key["token-key"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_town_votes_with_the_commands_alone() {
    let Some(town) = Town::new() else { return };
    let (ledger, issuer) = (free_address(), free_address());
    let (ledger_url, issuer_url) = (format!("http://{ledger}"), format!("http://{issuer}"));

    // Define.
    town.write("poll.pb", POLL);
    town.write("roll.csv", ROLL);
    town.write("setting.toml", &town.setting(&ledger_url, &issuer_url));
    let election = town.ok("ceremony define poll.pb --setting setting.toml --out manifest.cbor");
    let unsigned = town.ends_with(1, "ballot-box begin box --manifest manifest.cbor --content .");
    assert!(unsigned.contains("signed"), "{unsigned}");
    town.ends_with(2, "ceremony sign manifest.cbor --key ada.age");
    town.ok("ceremony sign manifest.cbor --key ben.age");
    town.ends_with(1, &format!("ballot-box serve box --listen {ledger}"));
    town.ok("ballot-box begin box --manifest manifest.cbor --content .");
    let ballot_box = town.serve(&format!("ballot-box serve box --listen {ledger}"));

    // The trustees' ceremony: each takes steps as far as the others allow.
    let at = format!("--ledger {ledger_url} --election {election}");
    for step in ["deal", "certify", "rehearse"] {
        for _ in 0..4 {
            for trustee in ["dora", "emil", "fay"] {
                let line = format!("ceremony {step} {at} --key {trustee}.age");
                let run = town.run(&line);
                let errors = String::from_utf8_lossy(&run.stderr);
                assert!(matches!(run.status.code(), Some(0 | 2)), "{line}\n{errors}");
            }
        }
    }

    // Roll and letters; nobody votes before two officers open.
    town.ok(&format!(
        "issuer enrol desk --ledger {ledger_url} --roll roll.csv --letters letters.csv"
    ));
    let desk = town.serve(&format!(
        "issuer serve desk --ledger {ledger_url} --listen {issuer}"
    ));
    town.ends_with(2, &format!("ceremony open {at} --key ada.age --out open.draft"));
    town.ok(&format!("ceremony sign open.draft {at} --key ben.age"));
    town.ok(&format!("ceremony submit open.draft {at}"));

    // Votes.
    let record = Record::read(&HttpBoard::new(&ledger_url), &record_id(&election)).unwrap();
    let poll = Poll::of(&record.lifecycle, 0, record.trust).unwrap();
    let letters = read_letters(&town.path("letters.csv")).unwrap();
    assert_eq!(letters.len(), 4);
    for (letter, projects) in letters.iter().zip(CHOICES) {
        vote(&poll, letter, projects);
    }
    let open = town.run("auditor verify box-is-no-record");
    assert_eq!(open.status.code(), Some(2));
    let open = town.run(&format!("auditor verify {ledger_url} --election {election}"));
    assert_eq!(open.status.code(), Some(2), "an open poll is not audited yet");
    town.ok(&format!(
        "auditor verify {ledger_url} --election {election} --while-open"
    ));

    // Close, count, decrypt with two of three.
    town.ends_with(1, &format!("ceremony decrypt {at} --key dora.age"));
    town.ok(&format!("ceremony close {at} --key ada.age --key ben.age"));
    desk.stop();
    town.ok(&format!("issuer report desk --ledger {ledger_url}"));
    for trustee in ["fay", "dora"] {
        town.ok(&format!("ceremony decrypt {at} --key {trustee}.age"));
    }
    town.ok(&format!("ceremony publish {at}"));
    assert!(
        town.ok(&format!("ceremony status {at}"))
            .contains("ballots        3")
    );

    // Audit, from the running ledger and from its files.
    let audit = format!("auditor verify {ledger_url} --election {election} --json");
    let online = json(&town.ok(&audit));
    ballot_box.stop();
    town.ok("ballot-box export box record");
    let offline = json(&town.ok(&format!("auditor verify record --election {election} --json")));
    for part in ["claims", "results"] {
        assert_eq!(online[part], offline[part]);
    }
    let votes: Vec<_> = offline["results"][0]["projects"]
        .as_array()
        .unwrap_or_else(|| panic!("{offline:#}"))
        .iter()
        .map(|project| (project["project"].clone(), project["votes"].clone()))
        .collect();
    assert_eq!(
        votes,
        [
            ("oak".into(), 3.into()),
            ("lake".into(), 1.into()),
            ("hill".into(), 1.into())
        ]
    );
    town.ends_with(
        1,
        &format!("auditor verify record --election {}", "00".repeat(32)),
    );
}

fn record_id(election: &str) -> [u8; 32] {
    hex::decode(election).unwrap().try_into().unwrap()
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}
