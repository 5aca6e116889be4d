//! Witnesses: `aics-witness` cosigns our checkpoints as our own rules say, and
//! keeps the proof where we fork.

use std::process::Command;
use std::time::{Duration, Instant};

use ballot_box::folder::Folder;
use ballot_box::service::{Service, ServiceError, Settings};
use ballot_box::witnesses::StartRefused;
use sha2::{Digest, Sha256};
use voting_core::entry::Entry;
use voting_core::ledger::{NotWitnessed, Receipt, Submission, Trust, leaf_hash};

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
