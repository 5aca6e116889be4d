//! A whole election by hand: every program as a process of its own, over files
//! and URLs, in the order that the commands' help texts tell.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use issuer::enrol::{Letter, read_letters};

const POLL: &str = "META\nkey;value\ndescription;Three benches\nbudget;300\ncurrency;EUR\n\
    vote_type;approval\nmax_length;2\nrule;greedy\nnum_projects;3\nnum_votes;0\n\
    PROJECTS\nproject_id;cost;name\noak;100;Bench under the oak\nlake;150;Bench at the lake\n\
    hill;200;Bench on the hill\nVOTES\nvoter_id;vote\n";
const ROLL: &str = "line,style\nAda,everyone\nBen,everyone\nCleo,everyone\nDan,everyone\n";
/// What the voters name: three of the four on the roll vote.
const CHOICES: [&str; 3] = ["oak,hill", "oak", "lake,oak"];

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
            "opening = 1\nclosing = 4102444800\ncasting_delay = 6\nbatch = {{ min_ballots = 32, min_ms = 50, max_ms = 200 }}\n\
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

/// A voter with a letter, at a poll.
struct Citizen<'a> {
    town: &'a Town,
    poll: String,
    name: String,
}

impl<'a> Citizen<'a> {
    fn new(town: &'a Town, poll: &str, letter: &Letter) -> Self {
        town.write(&format!("{}.code", letter.line), &letter.code);
        let (poll, name) = (poll.to_owned(), letter.line.clone());
        Self { town, poll, name }
    }

    fn line(&self, options: &str) -> String {
        let Self { poll, name, .. } = self;
        format!(
            "psephos vote {poll} --pass {name}.pass --code-file {name}.code --demo-work-factor 2 {options}"
        )
    }

    fn says(&self, options: &str) -> String {
        self.town.ok(&self.line(options))
    }

    /// The issuer may not have seen the opening yet.
    fn gets_a_pass(&self) {
        let begun = Instant::now();
        while !self.town.run(&self.line("")).status.success() {
            assert!(
                begun.elapsed() < Duration::from_secs(30),
                "{} gets no pass",
                self.name
            );
            std::thread::sleep(Duration::from_millis(100));
        }
        assert!(self.says("").contains("Not cast yet. Your voting pass is here"));
    }

    fn casts(&self, choice: &str) {
        let said = self.says(&format!(
            "--choose {choice} --cast --now --receipt {}.receipt",
            self.name
        ));
        assert!(said.contains("Your vote is in the ballot box."), "{said}");
    }
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
    let letters = read_letters(&town.path("letters.csv")).unwrap();
    assert_eq!(letters.len(), 4);
    let poll = format!("{ledger_url} --election {election}");
    for (letter, choice) in letters.iter().zip(CHOICES) {
        let citizen = Citizen::new(&town, &poll, letter);
        citizen.gets_a_pass();
        match choice {
            "oak" => waits(&citizen, &ledger_url, choice),
            _ => citizen.casts(choice),
        }
    }
    careful(&town, &poll, &letters);
    mistaken(&town, &poll, &letters);
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
            .contains("ballots        4")
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

/// A voter who waits: the program is killed meanwhile, and goes on later.
fn waits(citizen: &Citizen, ledger: &str, choice: &str) {
    let status = format!("{ledger}/status");
    let ballots = || {
        let text = ureq::get(&status).call().unwrap().body_mut().read_to_string();
        json(&text.unwrap())["ballots"].clone()
    };
    let (town, before) = (citizen.town, ballots());
    let mut first = town
        .command(&citizen.line(&format!("--choose {choice} --cast")))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(first.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let waits = lines.find(|line| line.contains("your ballot waits"));
    assert!(waits.is_some_and(|line| line.starts_with("Not cast yet:")));
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(ballots(), before, "nothing has left");
    let said = citizen.says("");
    assert!(said.contains("Your vote is in the ballot box."), "{said}");
    assert_ne!(ballots(), before);
}

/// The first voter checks the device, looks after the vote, and keeps the receipt.
fn careful(town: &Town, poll: &str, letters: &[Letter]) {
    let citizen = Citizen::new(town, poll, &letters[0]);
    let said = citizen.says("--choose lake --check checked.opening");
    let tracker = said
        .lines()
        .find_map(|line| line.strip_prefix("Tracker  "))
        .unwrap();
    assert!(
        said.contains("Your vote is in the ballot box."),
        "the earlier one: {said}"
    );
    let ledger = poll.split(' ').next().unwrap();
    let mut check = town.command(&format!("auditor ballot checked.opening --ledger {ledger}"));
    let checked = check.args(["--tracker", tracker]).output().unwrap();
    let shown = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success() && shown.contains("lake"), "{shown}");
    citizen.casts("oak,hill");
    let look = citizen.says("--look");
    assert!(
        look.contains("2 ballots were recorded with your pass, this device cast 2."),
        "{look}"
    );
    town.ok(&format!(
        "auditor receipt {}.receipt --ledger {ledger}",
        citizen.name
    ));
}

/// Whatever is wrong is said, and nothing is cast.
fn mistaken(town: &Town, poll: &str, letters: &[Letter]) {
    let citizen = Citizen::new(town, poll, &letters[3]);
    for (choice, says) in [
        (
            "elm",
            "there is no project \"elm\"; each project is one of oak, lake, hill",
        ),
        ("oak,lake,hill", "at most 2 may be named"),
        ("oak,oak", "more than once"),
    ] {
        let said = town.ends_with(2, &citizen.line(&format!("--choose {choice} --cast")));
        assert!(said.contains(says), "{said}");
    }
    let undecided = town.ends_with(2, &citizen.line("--choose oak"));
    assert!(undecided.contains("add --cast, or --check FILE"), "{undecided}");
    assert!(citizen.says("").contains("Not cast yet."));
    town.write("wrong.code", "AAAA-BBBB-CCCC-DDDD");
    let line = format!("psephos vote {poll} --pass new.pass --code-file wrong.code --demo-work-factor 2");
    let refused = town.ends_with(1, &line);
    assert!(refused.contains("gives no voting pass"), "{refused}");
    let (ledger, _) = poll.split_once(' ').unwrap();
    let other = format!(
        "psephos vote {ledger} --election {} --pass other.pass",
        "00".repeat(32)
    );
    let other = town.ends_with(2, &other);
    assert!(other.contains("another election"), "{other}");
    town.write("someone.txt", "x");
    let wrong = town.ends_with(2, &format!("psephos vote {poll} --pass someone.txt"));
    assert!(wrong.contains("does not open"), "{wrong}");
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}
