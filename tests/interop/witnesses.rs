//! Witnesses: `aics-witness` cosigns our checkpoints as our own rules say, and
//! keeps the proof where we fork.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use auditor::witness::Running;
use ballot_box::folder::Folder;
use ballot_box::service::{Service, ServiceError, Settings};
use ballot_box::witnesses::StartRefused;
use sha2::{Digest, Sha256};
use voting_core::entry::Entry;
use voting_core::ledger::{NotWitnessed, Policy, Receipt, SignedNote, Submission, Trust, leaf_hash};

use crate::aics_witness::Witness;
use crate::installed::aics;
use crate::ledger::{Ledger, size};

/// An answer: status, media type, body.
struct Answer(u16, String, String);

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into()
}

fn answer(response: ureq::http::Response<ureq::Body>) -> Answer {
    let kind = response.headers().get("content-type");
    let kind = kind.map_or(String::new(), |kind| kind.to_str().unwrap().to_owned());
    let status = response.status().as_u16();
    Answer(status, kind, response.into_body().read_to_string().unwrap())
}

fn submit(url: &str, body: &str) -> Answer {
    let request = agent().post(format!("{url}/add-checkpoint"));
    answer(request.send(body).unwrap())
}

/// The status that C2SP tlog-witness gives what our own witness says.
fn status(judged: &NotWitnessed) -> u16 {
    match judged {
        NotWitnessed::Form | NotWitnessed::Shrinks { .. } => 400,
        NotWitnessed::Signature(_) => 403,
        NotWitnessed::Stale { .. } => 409,
        NotWitnessed::OtherRoot | NotWitnessed::Inconsistent(_) => 422,
    }
}

#[test]
fn aics_witness_cosigns_as_our_ledger_grows_and_refuses_what_we_refuse() {
    let Some(python) = aics() else { return };
    let ledger = Ledger::open();
    let key = Ledger::key();
    let witness = Witness::of(python, &key);
    let trust = witness.trust();

    // From nothing: cosigned, and believed under a policy that asks for it.
    let first = ledger.checkpoint();
    let Answer(code, _, lines) = submit(&witness.url, &ledger.submission(0, &first).to_string());
    assert_eq!(code, 200, "{lines}");
    assert!(!trust.head(first.as_bytes()).unwrap().is_witnessed());
    let cosigned = trust.head((first.clone() + &lines).as_bytes()).unwrap();
    assert!(cosigned.is_witnessed());
    let known = cosigned.checkpoint;
    assert_eq!(known.size, size(&first));

    // Whoever does not know how far it is learns that, and goes on from there.
    ledger.vote(0..8);
    let second = ledger.checkpoint();
    let Answer(code, kind, said) = submit(&witness.url, &ledger.submission(0, &second).to_string());
    assert_eq!(
        (code, kind.as_str(), said),
        (409, "text/x.tlog.size", format!("{}\n", known.size))
    );

    // What both refuse, and why.
    let good = ledger.submission(known.size, &second);
    let mut mangled = good.clone();
    mangled.proof[0][0] ^= 1;
    let mut unsigned = good.clone();
    unsigned.checkpoint = second.replace(&format!("\n{}\n", size(&second)), "\n99\n");
    let backwards = Submission {
        old: size(&second) + 1,
        ..good.clone()
    };
    let head = |checkpoint: String| Submission {
        old: known.size,
        proof: Vec::new(),
        checkpoint,
    };
    let refused = [
        (mangled, 422),
        (unsigned, 403),
        (backwards, 400),
        (head(ledger.fork(known.size)), 422),
        (head(ledger.fork(known.size + 5)), 422),
    ];
    for (submission, code) in &refused {
        let ours = submission.judge(&key, Some(&known)).unwrap_err();
        let Answer(theirs, _, said) = submit(&witness.url, &submission.to_string());
        assert_eq!((theirs, status(&ours)), (*code, *code), "{ours}: {said}");
    }
    // Forks are kept as proof; so is the wrong proof, which nobody can tell from one.
    let kept: Vec<String> = witness
        .evidence()
        .iter()
        .map(|kept| kept["request"].to_string())
        .collect();
    assert_eq!(kept.len(), 3, "{kept:?}");

    // Refusals have changed nothing: it goes on from where it was.
    let Answer(code, _, lines) = submit(&witness.url, &good.to_string());
    assert_eq!(code, 200, "{lines}");
    assert!(
        trust
            .head((second.clone() + &lines).as_bytes())
            .unwrap()
            .is_witnessed()
    );

    // What it shows to whoever monitors it.
    let place = hex::encode(Sha256::digest(ledger.origin()));
    let shown = agent().get(format!("{}/{place}/checkpoint", witness.url)).call();
    let Answer(code, _, shown) = answer(shown.unwrap());
    assert_eq!(code, 200, "{shown}");
    let shown = trust.head(shown.as_bytes()).unwrap();
    assert!(shown.is_witnessed());
    assert_eq!(shown.checkpoint.size, size(&second));
}

/// Whether a receipt bears the cosignatures that a policy asks for.
fn is_witnessed(trust: &Trust, (ballot, receipt): &(Entry, String)) -> bool {
    let receipt = Receipt::parse(receipt.as_bytes()).unwrap();
    let head = receipt.verify(&leaf_hash(&ballot.to_bytes()), trust);
    head.unwrap().is_witnessed()
}

#[test]
fn aics_witness_cosigns_for_our_ballot_box_and_keeps_an_old_copy_from_starting() {
    let Some(python) = aics() else { return };
    let mut witness = Witness::of(python, &Ledger::key());
    let trust = witness.trust();
    let mut ledger = Ledger::watched(&witness.policy());

    // Receipts come cosigned, and the head is, for others' readers too.
    let cast = ledger.vote(0..4);
    assert!(cast.iter().all(|cast| is_witnessed(&trust, cast)));
    let shown = ledger.checkpoint();
    assert!(trust.head(shown.as_bytes()).unwrap().is_witnessed());
    let read = |quorum: &str, witness_key: &str| {
        let mut command = Command::new(python);
        command
            .args([
                "-m",
                "aics_tlog",
                "verify-checkpoint",
                "--tiles",
                &ledger.desk.client.url,
            ])
            .args([
                "--log-key",
                &Ledger::key().to_string(),
                "--witness-key",
                witness_key,
            ])
            .args(["--quorum", quorum, "--max-age", "600"])
            .env("NO_PROXY", "127.0.0.1");
        command.output().unwrap().status.code()
    };
    assert_eq!(read("1", &witness.vkey), Some(0));
    assert_eq!(read("2", &witness.vkey), Some(1));

    // It dies: ballots are taken, and readers see the head before them.
    witness.die();
    let cast = ledger.vote(4..8);
    assert!(!cast.iter().any(|cast| is_witnessed(&trust, cast)));
    assert_eq!(size(&ledger.checkpoint()), size(&shown));

    // It comes back, and catches up.
    witness.serve();
    let begun = Instant::now();
    while size(&ledger.checkpoint()) == size(&shown) {
        assert!(begun.elapsed() < Duration::from_secs(20), "never witnessed");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(trust.head(ledger.checkpoint().as_bytes()).unwrap().is_witnessed());

    // An old copy of the folder, as a backup brings it back: what this witness
    // shows keeps it from starting.
    ledger.desk.stop();
    let old = tempfile::tempdir().unwrap();
    let copied = Command::new("cp")
        .arg("-r")
        .args([&ledger.desk.folder.path().join("."), old.path()])
        .status();
    assert!(copied.unwrap().success());
    ledger.desk.restart(&ledger.story);
    ledger.vote(8..12);
    ledger.desk.stop();
    let started = Service::start(&Folder::open(old.path()).unwrap(), &Settings::default());
    let refused = started.map(drop).unwrap_err();
    assert!(
        matches!(&refused, ServiceError::Witnesses(StartRefused::Behind { witness, .. }) if witness == "aics"),
        "{refused}"
    );
}

/// `aics-witness`'s client, that brings heads of a ledger to a witness of ours.
struct Feeder<'a> {
    python: &'a Path,
    ledger: &'a Ledger,
    witness: &'a Running,
}

impl Feeder<'_> {
    /// The cosigned checkpoint, or why there is none. It brings the head that
    /// is served, or another.
    fn brings(&self, checkpoint: Option<&str>) -> Result<String, String> {
        let folder = self.python.ancestors().nth(3).unwrap();
        let mut command = Command::new(self.python);
        command
            .arg(folder.join("feed.py"))
            .args([&self.ledger.desk.client.url, &Ledger::key().to_string()])
            .args([&self.witness.url(), &self.witness.vkey().to_string()])
            .arg(self.ledger.place("feeder.json"))
            .args(checkpoint.map(|note| self.ledger.write("note", note)))
            .env("NO_PROXY", "127.0.0.1");
        let output = command.output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        match output.status.code() {
            Some(0) => Ok(String::from_utf8(output.stdout).unwrap()),
            Some(1) if !errors.contains("Traceback") => Err(errors),
            _ => panic!("the program broke: {errors}"),
        }
    }
}

#[test]
fn our_witness_cosigns_for_the_client_of_aics_witness_and_refuses_forks() {
    let Some(python) = aics() else { return };
    let ledger = Ledger::open();
    let key = Ledger::key();
    let home = tempfile::tempdir().unwrap();
    let folder = auditor::witness::Folder::init(&home.path().join("w"), "witness.example/ours").unwrap();
    let witness = auditor::witness::start(&folder, std::slice::from_ref(&key), &Default::default()).unwrap();
    let policy = format!(
        "log {key}\nwitness ours {} {}\nquorum ours\n",
        witness.vkey(),
        witness.url()
    );
    let trust = Trust::with_policy(key, Policy::parse(policy.as_bytes()).unwrap()).unwrap();
    let feeder = Feeder {
        python,
        ledger: &ledger,
        witness: &witness,
    };

    // As the ledger grows, and for a client that has forgotten how far it was.
    let first = feeder.brings(None).unwrap();
    assert!(trust.head(first.as_bytes()).unwrap().is_witnessed());
    ledger.vote(0..6);
    let second = feeder.brings(None).unwrap();
    assert!(trust.head(second.as_bytes()).unwrap().is_witnessed());
    std::fs::remove_file(ledger.place("feeder.json")).unwrap();
    ledger.vote(6..12);
    let third = feeder.brings(None).unwrap();
    let cosigned = trust.head(third.as_bytes()).unwrap();
    assert!(cosigned.is_witnessed());
    let known = cosigned.checkpoint.size;
    assert_eq!(witness.size(ledger.origin()), Some(known));

    // A fork of the same size, one that grows, an older head, a changed one.
    ledger.vote(12..18);
    let served = ledger.checkpoint();
    let grown = size(&served);
    let older = SignedNote::parse(first.as_bytes()).unwrap().only(trust.key());
    let root = |checkpoint: &str| checkpoint.lines().nth(2).unwrap().to_owned();
    let changed = served.replace(&root(&served), &root(&ledger.fork(grown)));
    for (checkpoint, refused) in [
        (ledger.fork(known), "WitnessRejected: witness answered 422"),
        (ledger.fork(grown), "WitnessRejected: witness answered 422"),
        (older, "WitnessAhead"),
        (changed, "WitnessRejected: witness answered 403"),
    ] {
        let said = feeder.brings(Some(&checkpoint)).unwrap_err();
        assert!(said.contains(refused), "{said}");
    }
    let evidence = std::fs::read_dir(folder.evidence()).unwrap().count();
    assert_eq!(evidence, 2, "both forks are kept as evidence");

    // Nothing of that moved it.
    assert_eq!(witness.size(ledger.origin()), Some(known));
    feeder.brings(None).unwrap();
    witness.stop().unwrap();
}
