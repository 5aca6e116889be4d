//! The ballot box and its witnesses: good, slow, dead and lying ones, and what
//! a start does when they know more than the journal.

#[path = "../desk/mod.rs"]
mod desk;
mod double;
mod ours;

use std::path::Path;
use std::time::{Duration, Instant};

use ballot_box::export::export;
use ballot_box::folder::{Folder, FolderError};
use ballot_box::service::{Ledger, Service, ServiceError, Settings};
use ballot_box::witnesses::StartRefused;
use voting_core::entry::Entry;
use voting_core::ledger::{Head, Policy, Receipt, Trust, VerifierKey, leaf_hash};

use self::desk::kit::{self, Story};
use self::desk::{Client, ballot, people};
use self::double::{Double, Manner};

/// An election whose ledger four witnesses watch; three must cosign.
struct Watched {
    witnesses: Vec<Double>,
    story: Story,
    policy: String,
    trust: Trust,
    directory: tempfile::TempDir,
}

impl Watched {
    fn new() -> Self {
        let key = ledger_key();
        let witnesses: Vec<Double> = (0..4).map(|number| Double::start(number, &key)).collect();
        let lines = witnesses.iter().enumerate();
        let lines: String = lines.map(|(number, witness)| witness.line(number)).collect();
        Self::by(witnesses, &lines)
    }

    /// Watched by the four witnesses of these policy lines, `w0` to `w3`.
    fn by(witnesses: Vec<Double>, lines: &str) -> Self {
        let key = ledger_key();
        let policy = format!("log {key}\n{lines}group g 3 w0 w1 w2 w3\nquorum g\n");
        let trust = Trust::with_policy(key, Policy::parse(policy.as_bytes()).unwrap()).unwrap();
        Self::sealed(witnesses, policy, trust)
    }

    /// With a policy that may be anything.
    fn sealed(witnesses: Vec<Double>, policy: String, trust: Trust) -> Self {
        let story = Story::whole_setup(people(|manifest| {
            kit::seal_policy(manifest, "witness-policy.txt", &policy);
        }));
        Self {
            trust,
            directory: tempfile::tempdir().unwrap(),
            witnesses,
            story,
            policy,
        }
    }

    /// A folder, begun.
    fn folder(&self, name: &str) -> Folder {
        let folder = self.prepared(name);
        self.begin(&folder).unwrap();
        folder
    }

    fn begin(&self, folder: &Folder) -> Result<(), FolderError> {
        folder.begin(&self.story.entries[0], Some(folder.path()))
    }

    /// A folder with the ledger's key, and the policy to begin with.
    fn prepared(&self, name: &str) -> Folder {
        let path = self.directory.path().join(name);
        std::fs::create_dir_all(&path).unwrap();
        let key = hex::encode(self.story.people.ledger.to_bytes());
        std::fs::write(path.join("ledger.key"), key).unwrap();
        std::fs::write(path.join("name"), &self.story.people.manifest.ledger.origin).unwrap();
        std::fs::write(path.join("witness-policy.txt"), &self.policy).unwrap();
        Folder::open(&path).unwrap()
    }

    fn start(&self, folder: &Folder) -> Result<(Service, Client), ServiceError> {
        let settings = Settings {
            round: Duration::from_millis(20),
            ..Settings::default()
        };
        let service = Service::start(folder, &settings)?;
        let client = Client::new(&service.url(), &self.story);
        Ok((service, client))
    }

    /// An open election.
    fn open(&self, folder: &Folder) -> (Service, Client) {
        let (service, client) = self.start(folder).unwrap();
        for entry in &self.story.entries[1..] {
            let receipt = client.post("/entries", entry).unwrap();
            assert!(self.verify(&receipt, entry).is_witnessed());
        }
        (service, client)
    }

    fn verify(&self, receipt: &str, bytes: &[u8]) -> Head {
        let receipt = Receipt::parse(receipt.as_bytes()).unwrap();
        receipt.verify(&leaf_hash(bytes), &self.trust).unwrap()
    }

    /// Casts, and says whether the receipt is witnessed.
    fn cast(&self, client: &Client, voter: u64) -> bool {
        let ballot = ballot(&self.story, voter, 0).to_bytes();
        let receipt = client.post("/ballots", &ballot).unwrap();
        self.verify(&receipt, &ballot).is_witnessed()
    }

    fn shown(&self, client: &Client) -> Head {
        self.trust.head(&client.get("checkpoint").unwrap()).unwrap()
    }

    fn refused(&self, folder: &Folder) -> ServiceError {
        self.start(folder).map(|_| ()).expect_err("it should not start")
    }

    /// Waits until what is recorded is witnessed.
    fn catch_up(&self, client: &Client) {
        let begun = Instant::now();
        while client.status()["witnessed"] != client.status()["entries"] {
            assert!(begun.elapsed() < Duration::from_secs(20), "never witnessed");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The key of everybody's ledger here.
fn ledger_key() -> VerifierKey {
    let golden = people(|_| ());
    let key = golden.ledger.verifying_key().to_bytes();
    VerifierKey::ed25519(&golden.manifest.ledger.origin, &key).unwrap()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

#[test]
fn three_of_four_witnesses_cosign_whatever_the_fourth_does() {
    let watched = Watched::new();
    let folder = watched.folder("box");
    let (service, client) = watched.open(&folder);
    for (voter, manner) in (0..).zip([
        Manner::Dead,
        Manner::Forges,
        Manner::Impersonates,
        Manner::Claims(1_000_000),
        Manner::Slanders,
        Manner::Babbles,
        Manner::Slow(Duration::from_secs(3)),
    ]) {
        watched.witnesses[3].behave(manner);
        let begun = Instant::now();
        assert!(watched.cast(&client, voter), "{manner:?}");
        assert!(begun.elapsed() < Duration::from_secs(2), "{manner:?}");
        let head = watched.shown(&client);
        let each = head.cosignatures.unwrap().each;
        assert!(each[..3].iter().all(Option::is_some), "{manner:?}");
    }
    // What is exported is what is shown, witnesses included, and a start that
    // asks nobody still has it.
    service.stop().unwrap();
    let out = watched.directory.path().join("record");
    export(&Ledger::open(&folder).unwrap().files(), &out).unwrap();
    let exported = std::fs::read(out.join("checkpoint")).unwrap();
    assert!(watched.trust.head(&exported).unwrap().is_witnessed());
    assert_eq!(
        std::fs::read(out.join("content/witness-policy.txt")).unwrap(),
        watched.policy.as_bytes()
    );
}

#[test]
fn e1_without_a_quorum_ballots_are_taken_and_nothing_is_shown_or_closed() {
    let mut watched = Watched::new();
    let folder = watched.folder("box");
    let (service, client) = watched.open(&folder);
    let before = watched.shown(&client);
    watched.witnesses[1].behave(Manner::Dead);
    watched.witnesses[2].behave(Manner::Slanders);
    let begun = Instant::now();
    assert!(!watched.cast(&client, 1));
    assert!(begun.elapsed() < Duration::from_secs(4));
    assert_eq!(watched.shown(&client).checkpoint, before.checkpoint);
    assert!(client.status()["entries"].as_u64() > client.status()["witnessed"].as_u64());
    // An act that was signed against a head that nobody cosigned is refused:
    // the officers cannot have seen it there.
    let witnessed = watched.story.entries.len();
    let size = client.status()["entries"].as_u64().unwrap();
    let ballot = ballot(&watched.story, 1, 0).to_bytes();
    watched.story.push_bytes(ballot.clone());
    watched
        .story
        .push_bytes(Entry::Batch(voting_core::entry::Batch { count: 1 }).to_bytes());
    assert_eq!(watched.story.entries.len() as u64, size);
    assert!(witnessed < watched.story.entries.len());
    let close = Entry::Close(watched.story.act("close", "")).to_bytes();
    let refused = client.post("/entries", &close).unwrap_err();
    assert_eq!((refused.status, refused.code.as_str()), (409, "not-witnessed"));
    // One of them comes back: the same ballot gets a witnessed receipt, and
    // the same act is taken.
    watched.witnesses[2].behave(Manner::Honest);
    watched.catch_up(&client);
    let receipt = client.post("/ballots", &ballot).unwrap();
    assert!(watched.verify(&receipt, &ballot).is_witnessed());
    let receipt = client.post("/entries", &close).unwrap();
    assert!(watched.verify(&receipt, &close).is_witnessed());
    // One ballot alone is not decrypted.
    assert_eq!(client.status()["phase"], "decided");
    service.stop().unwrap();
}

#[test]
fn dead_witnesses_are_left_alone_for_a_while() {
    let watched = Watched::new();
    let (service, client) = watched.open(&watched.folder("box"));
    for witness in &watched.witnesses[1..] {
        witness.behave(Manner::Slanders);
    }
    let before = watched.witnesses[1].asked();
    assert!(!watched.cast(&client, 1));
    std::thread::sleep(Duration::from_secs(1));
    assert!(
        watched.witnesses[1].asked() - before <= 1,
        "it is asked every 20 ms"
    );
    service.stop().unwrap();
}

#[test]
fn a_restart_goes_on_and_witnesses_who_forgot_are_told_again() {
    let watched = Watched::new();
    let folder = watched.folder("box");
    let (service, client) = watched.open(&folder);
    assert!(watched.cast(&client, 1));
    service.stop().unwrap();
    watched.witnesses[0].forget();
    let (service, client) = watched.start(&folder).unwrap();
    assert!(watched.cast(&client, 2));
    assert!(watched.cast(&client, 1), "the same ballot has its receipt again");
    service.stop().unwrap();
    // The kept head can be lost: it is asked for again.
    std::fs::remove_file(folder.path().join("witnessed")).unwrap();
    let (service, client) = watched.start(&folder).unwrap();
    assert!(watched.shown(&client).is_witnessed());
    service.stop().unwrap();
}

#[test]
fn e2_an_old_copy_of_the_whole_folder_does_not_start() {
    let watched = Watched::new();
    let folder = watched.folder("box");
    let (service, client) = watched.open(&folder);
    service.stop().unwrap();
    let old = watched.directory.path().join("old");
    copy(folder.path(), &old);
    let old = Folder::open(&old).unwrap();
    // After the copy one more ballot: at first only one witness hears of it.
    drop(client);
    let (service, client) = watched.start(&folder).unwrap();
    for witness in &watched.witnesses[1..] {
        witness.behave(Manner::Dead);
    }
    assert!(!watched.cast(&client, 1));
    service.stop().unwrap();
    for witness in &watched.witnesses[1..] {
        witness.behave(Manner::Honest);
    }
    let refused = watched.refused(&old);
    let ServiceError::Witnesses(StartRefused::Behind {
        witness,
        theirs,
        ours,
    }) = &refused
    else {
        panic!("{refused}");
    };
    assert_eq!((witness.as_str(), *theirs, *ours + 2), ("w0", *ours + 2, *theirs));
    assert!(refused.to_string().contains("would fork the ledger"));
    // The newest copy starts.
    watched.start(&folder).unwrap().0.stop().unwrap();
}

#[test]
fn nothing_starts_while_witnesses_who_could_know_more_do_not_answer() {
    let watched = Watched::new();
    let folder = watched.folder("box");
    watched.open(&folder).0.stop().unwrap();
    // Three of four could have cosigned what the fourth has not seen.
    for witness in &watched.witnesses[1..] {
        witness.behave(Manner::Dead);
    }
    let refused = watched.refused(&folder);
    assert!(matches!(
        refused,
        ServiceError::Witnesses(StartRefused::TooFew { .. })
    ));
    let told = refused.to_string();
    assert!(
        told.contains("w0: agrees") && told.contains("Start again then"),
        "{told}"
    );
    // Two that agree are enough to know: no three others are left.
    watched.witnesses[1].behave(Manner::Honest);
    let (service, client) = watched.start(&folder).unwrap();
    assert!(!watched.cast(&client, 1));
    service.stop().unwrap();
    // Two that say what they cannot show do not count, and stop nothing.
    watched.witnesses[2].behave(Manner::Claims(1_000_000));
    watched.witnesses[3].behave(Manner::Slanders);
    watched.start(&folder).unwrap().0.stop().unwrap();
    watched.witnesses[1].behave(Manner::Claims(1_000_000));
    let refused = watched.refused(&folder).to_string();
    assert!(
        refused.contains("w1: says it has cosigned 1000000 entries, and shows no"),
        "{refused}"
    );
}

/// Puts a folder where a file is to be written, once nobody is writing it.
fn obstruct(path: &Path) {
    while std::fs::create_dir(path).is_err() {
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn e8_a_witnessed_head_that_cannot_be_kept_is_not_shown_and_nothing_else_is_lost() {
    let watched = Watched::new();
    let folder = watched.folder("box");
    let (service, client) = watched.open(&folder);
    let before = watched.shown(&client).checkpoint;
    // Where the head is written before it takes its place.
    let unfinished = folder.path().join("witnessed.unfinished");
    obstruct(&unfinished);
    assert!(!watched.cast(&client, 1), "signed and durable, not shown");
    assert_eq!(watched.shown(&client).checkpoint, before);
    // The disk is well again: without a new start, or with one.
    std::fs::remove_dir(&unfinished).unwrap();
    watched.catch_up(&client);
    assert!(watched.cast(&client, 1));
    obstruct(&unfinished);
    assert!(!watched.cast(&client, 2));
    service.stop().unwrap();
    std::fs::remove_dir(&unfinished).unwrap();
    let (service, client) = watched.start(&folder).unwrap();
    assert!(watched.cast(&client, 2) && watched.cast(&client, 1));
    service.stop().unwrap();
}

#[test]
fn e2_a_journal_that_lacks_what_is_kept_as_witnessed_does_not_start() {
    let watched = Watched::new();
    let folder = watched.folder("box");
    let (service, client) = watched.open(&folder);
    service.stop().unwrap();
    drop(client);
    let old = watched.directory.path().join("old");
    copy(folder.path(), &old);
    let (service, client) = watched.start(&folder).unwrap();
    assert!(watched.cast(&client, 1));
    service.stop().unwrap();
    // Journal and index of yesterday, the rest of today.
    for part in ["journal", "index"] {
        std::fs::remove_dir_all(folder.path().join(part)).unwrap();
        copy(&old.join(part), &folder.path().join(part));
    }
    let refused = Ledger::open(&folder).map(|_| ()).unwrap_err();
    assert!(
        matches!(refused, ServiceError::Witnesses(StartRefused::Kept { .. })),
        "{refused}"
    );
    // A kept head that is none is said to be one.
    std::fs::write(folder.path().join("witnessed"), "nothing").unwrap();
    let refused = Ledger::open(&folder).map(|_| ()).unwrap_err();
    assert!(matches!(
        refused,
        ServiceError::Witnesses(StartRefused::File { .. })
    ));
}

#[test]
fn a_policy_for_another_ledger_is_not_begun() {
    let key = ledger_key();
    let policy = format!("log {key}\nquorum none\n").replace("/golden+", "/gold+");
    let watched = Watched::sealed(vec![], policy, Trust::key_alone(key));
    let folder = watched.prepared("other");
    let refused = watched.begin(&folder).unwrap_err();
    assert!(
        refused.to_string().contains("line 1 of the witness policy"),
        "{refused}"
    );
    assert!(!folder.path().join("manifest").exists());
}
