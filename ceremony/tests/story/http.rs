//! The command `ceremony` and the real ballot box, over HTTP.

use std::path::{Path, PathBuf};
use std::process::Command;

use age::secrecy::SecretString;
use ballot_box::folder::Folder;
use ballot_box::service::{Ledger, Service, Settings};
use ceremony::{Board, CeremonyFault, HttpBoard, Memory, Record, TrusteeKey};
use tempfile::TempDir;
use voting_core::entry::{Act, ActBody, Entry};
use voting_core::hash::Hash;

use crate::kit::{Poll, ballot, rng};
use crate::mirror::{Answer, Mirror};

const PASSPHRASE: &str = "correct horse";

/// A poll whose people work with files, and whose ballot box is the real one.
struct Town {
    poll: Poll,
    folder: TempDir,
    service: Option<Service>,
}

impl Town {
    fn begin() -> Self {
        let (poll, folder) = (Poll::begin(), TempDir::new().unwrap());
        let path = folder.path().join("box");
        std::fs::create_dir_all(&path).unwrap();
        let seed = hex::encode(poll.ledger.key.to_bytes());
        std::fs::write(path.join("ledger.key"), seed).unwrap();
        std::fs::write(path.join("name"), "ledger.example/street").unwrap();
        let ballot_box = Folder::open(&path).unwrap();
        ballot_box.begin(&poll.ledger.state().entries[0], None).unwrap();
        let secret = SecretString::from(PASSPHRASE.to_owned());
        for officer in &poll.officers {
            let file = folder.path().join(format!("{}.age", officer.name));
            std::fs::write(file, officer.seal(&secret, Some(2)).unwrap()).unwrap();
        }
        for trustee in &poll.trustees {
            let file = folder.path().join(format!("{}.age", trustee.name));
            std::fs::write(file, trustee.seal(&secret, Some(2)).unwrap()).unwrap();
        }
        let mut town = Self {
            poll,
            folder,
            service: None,
        };
        town.restart();
        town
    }

    fn ballot_box(&self) -> Folder {
        Folder::open(&self.folder.path().join("box")).unwrap()
    }

    fn stop(&mut self) {
        if let Some(service) = self.service.take() {
            service.stop().unwrap();
        }
    }

    fn restart(&mut self) {
        self.stop();
        let service = Service::start(&self.ballot_box(), &Settings::default()).unwrap();
        self.service = Some(service);
    }

    fn url(&self) -> String {
        self.service.as_ref().unwrap().url()
    }

    fn board(&self) -> HttpBoard {
        HttpBoard::new(&self.url())
    }

    fn record(&self) -> Record {
        Record::read(&self.board(), &self.poll.id).unwrap()
    }

    fn key(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("{name}.age"))
    }

    /// A step of a person at a ledger: exit code and what was printed.
    fn step_at(&self, url: &str, election: &Hash, step: &str, names: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ceremony"));
        command.env("PSEPHOS_PASSPHRASE", PASSPHRASE);
        command.args([step, "--ledger", url, "--election", &hex::encode(election)]);
        for name in names {
            command.arg("--key").arg(self.key(name));
        }
        let output = command.output().unwrap();
        let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code().unwrap(), printed)
    }

    fn step(&self, step: &str, names: &[&str]) -> (i32, String) {
        self.step_at(&self.url(), &self.poll.id, step, names)
    }

    /// Done, or the test fails.
    fn done(&self, step: &str, names: &[&str]) -> String {
        let (code, printed) = self.step(step, names);
        assert_eq!(code, 0, "{step} {names:?}: {printed}");
        printed
    }

    /// All trustees take a step, again and again while they wait for each other.
    fn all(&mut self, step: &str) {
        for _ in 0..8 {
            let names = ["Dora", "Emil", "Fay"];
            let codes = names.map(|name| {
                let (code, printed) = self.step(step, &[name]);
                assert!([0, 2].contains(&code), "{step} {name}: {printed}");
                code
            });
            if codes == [0; 3] {
                return;
            }
            // A ballot box that stops in between costs nobody anything.
            self.restart();
        }
        panic!("{step} does not come to an end");
    }

    fn cast(&self, choices: &[Vec<u32>]) {
        let (record, url) = (self.record(), format!("{}/ballots", self.url()));
        std::thread::scope(|scope| {
            for (voter, choice) in (0..).zip(choices) {
                let ballot = Entry::Ballot(ballot(&record, voter, choice.clone())).to_bytes();
                let url = &url;
                scope.spawn(move || {
                    let request = ureq::post(url).content_type("application/cbor");
                    assert_eq!(request.send(&ballot).unwrap().status(), 200);
                });
            }
        });
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The record as any web server can serve it.
fn export(town: &mut Town, out: &Path) {
    town.stop();
    let ledger = Ledger::open(&town.ballot_box()).unwrap();
    ballot_box::export::export(&ledger.files(), out).unwrap();
}

#[test]
fn the_commands_lead_a_poll_through_the_real_ballot_box() {
    let mut town = Town::begin();
    let (code, printed) = town.step("deal", &["Dora"]);
    assert_eq!(code, 2);
    assert!(printed.contains("key-hash: on the ledger"), "{printed}");
    assert!(printed.contains("waiting for Emil, Fay"), "{printed}");
    let (code, printed) = town.step("open", &["Ada", "Ben"]);
    assert_eq!(code, 1);
    assert!(printed.contains("the poll cannot open"), "{printed}");

    for step in ["deal", "certify", "rehearse"] {
        town.all(step);
    }
    for entry in town.poll.issued() {
        ceremony::trustee::hand_in(&town.board(), &town.poll.id, &entry).unwrap();
    }
    assert!(town.done("open", &["Ada", "Ben"]).contains("open: on the ledger"));
    town.cast(&[vec![0], vec![0, 1], vec![1, 2], vec![0, 2]]);
    assert!(town.done("status", &[]).contains("ballots        4"));
    town.done("close", &["Cleo", "Ada"]);

    let (code, printed) = town.step("publish", &[]);
    assert_eq!(code, 2);
    assert!(printed.contains("0 of 2 needed"), "{printed}");
    for trustee in ["Emil", "Fay"] {
        let printed = town.done("decrypt", &[trustee]);
        assert!(printed.contains("contest 0: share on the ledger"), "{printed}");
    }
    town.done("publish", &[]);
    assert!(town.done("publish", &[]).contains("already"));
    let record = town.record();
    let result = record.decoded().find_map(|(_, entry)| match entry {
        Entry::Result(result) => Some(result),
        _ => None,
    });
    let result = result.unwrap();
    assert_eq!((result.totals, result.winners), (vec![3, 2, 2], Some(vec![0, 1])));
}

#[test]
fn refusals_of_the_ballot_box_are_shown_as_it_words_them() {
    let mut town = Town::begin();
    let board = town.board();
    let record = town.record();
    let before = record.entries.len();
    let body = ActBody {
        counter: 1,
        previous: record.lifecycle.acts().previous().into(),
        size: record.head().size,
        root: record.head().root.into(),
        closing: 0,
        statement: String::new(),
    };
    let unsigned = Act {
        body,
        signatures: vec![],
    };
    for (entry, status, says) in [
        (
            Entry::Pause(unsigned).to_bytes(),
            409,
            "a pause entry is not legal in phase \"setup\"",
        ),
        (
            b"no entry".to_vec(),
            400,
            "not an entry that can be handed in here",
        ),
        (record.entries[0].clone(), 400, "a manifest entry"),
        (vec![0; 70_000], 413, "longer than 65535 bytes"),
    ] {
        let refused = board.post(&entry).unwrap_err();
        let CeremonyFault::Refused {
            status: found,
            detail,
        } = &refused
        else {
            panic!("{refused}");
        };
        assert_eq!(*found, status);
        assert!(detail.contains(says), "{detail}");
        let shown = refused.to_string();
        assert!(
            shown.starts_with(&format!("the ballot box refuses ({status}): ")),
            "{shown}"
        );
    }
    assert_eq!(town.record().entries.len(), before);
    assert!(board.get("tile/entries/999").unwrap().is_none());

    // What people do wrong themselves never reaches the ballot box.
    let (code, printed) = town.step_at(&town.url(), &[7; 32], "deal", &["Dora"]);
    assert_eq!(code, 1);
    assert!(printed.contains("you asked for 0707"), "{printed}");
    let stranger = TrusteeKey::generate("Gil", &mut rng(99));
    let secret = SecretString::from(PASSPHRASE.to_owned());
    std::fs::write(town.key("Gil"), stranger.seal(&secret, Some(2)).unwrap()).unwrap();
    let (code, printed) = town.step("deal", &["Gil"]);
    assert_eq!(code, 1);
    assert!(printed.contains("names no trustee with this key"), "{printed}");

    let url = town.url();
    town.stop();
    let (code, printed) = town.step_at(&url, &town.poll.id, "deal", &["Dora"]);
    assert_eq!(code, 1);
    assert!(printed.contains(&format!("{url} cannot be reached")), "{printed}");
}

#[test]
fn servers_that_are_no_ballot_box_are_named_and_not_believed() {
    let mut town = Town::begin();
    let record = TempDir::new().unwrap();
    export(&mut town, record.path());
    let mirror = Mirror::of(record.path());
    let board = HttpBoard::new(&mirror.url);
    let read = || Record::read(&board, &town.poll.id).map(|record| record.entries.len());
    assert_eq!(read().unwrap(), 1);
    let (path, checkpoint) = ("tile/entries/000.p/1", mirror.file("checkpoint"));
    let bundle = mirror.file(path);
    for (file, answer, says) in [
        (path, Answer::Status(500), "refuses (500): it gives no reason"),
        (path, Answer::Status(404), "bundle 0 is missing"),
        (path, Answer::Endless, "its answer is too long"),
        (path, Answer::HangsUp(bundle.clone()), "cannot be reached"),
        (
            path,
            Answer::File(bundle[..bundle.len() - 1].to_vec()),
            "not an entry bundle",
        ),
        (path, Answer::File(vec![]), "fewer than 1 entries"),
        ("checkpoint", Answer::File(b"hello\n".to_vec()), "not one"),
        ("checkpoint", Answer::Status(404), "no checkpoint"),
    ] {
        let honest = mirror.file(file);
        mirror.lie(file, answer);
        let refused = read().unwrap_err().to_string();
        assert!(refused.contains(says), "{says}: {refused}");
        mirror.lie(file, Answer::File(honest));
    }
    // Another line where the signature stands.
    let forged = String::from_utf8(checkpoint)
        .unwrap()
        .replacen("\n1\n", "\n2\n", 1);
    mirror.lie("checkpoint", Answer::File(forged.into_bytes()));
    mirror.lie(
        "tile/entries/000.p/2",
        Answer::File([bundle.clone(), bundle].concat()),
    );
    let refused = read().unwrap_err().to_string();
    assert!(refused.contains("does not hold together"), "{refused}");
}

#[test]
fn e2_a_trustee_does_not_go_on_where_the_ledger_was_rolled_back() {
    let mut town = Town::begin();
    let early = TempDir::new().unwrap();
    export(&mut town, early.path());
    town.restart();
    for trustee in ["Dora", "Emil"] {
        assert_eq!(town.step("deal", &[trustee]).0, 2);
    }
    // The same folder, as it was before the hashes.
    let mirror = Mirror::of(early.path());
    let (code, printed) = town.step_at(&mirror.url, &town.poll.id, "deal", &["Dora"]);
    assert_eq!(code, 1);
    assert!(
        printed.contains("rolled back or forked: do not go on"),
        "{printed}"
    );
    // Who has not seen more cannot tell, but hands nothing in at a mirror.
    let (code, printed) = town.step_at(&mirror.url, &town.poll.id, "deal", &["Fay"]);
    assert_eq!(code, 1);
    assert!(printed.contains("refuses (404)"), "{printed}");
    let mut memory = Memory::beside(&town.key("Dora"), &town.poll.id).unwrap();
    let board = HttpBoard::new(&mirror.url);
    assert!(matches!(
        Record::read_again(&board, &town.poll.id, &mut memory),
        Err(CeremonyFault::RolledBack { size: 2 })
    ));
}
