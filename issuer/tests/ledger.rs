//! The issuer and the ledger: what it believes, and the command from `init` to `report`.

mod fake;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use ed25519_dalek::SigningKey;
use fake::{FakeLedger, close, confirmations, manifest, note, people, root, serve};
use issuer::enrol::{Enrolment, read_letters};
use issuer::folder::Folder;
use issuer::reading::{Contradiction, Reading, bundle, checkpoint, leaf};
use issuer::watch::{Follower, WatchError};
use rand::SeedableRng;
use rand::rngs::StdRng;
use voting_core::entry::Entry;
use voting_core::token::{Pending, RsaTokenVerifier, TokenVerifier};

#[test]
fn roots_are_those_of_rfc_6962() {
    let people = people();
    let manifest = manifest(&people, "issuer.example", [0; 32]);
    let mut entries = vec![Entry::Manifest(manifest.clone(), vec![]).to_bytes()];
    entries.extend(
        confirmations(&people, &manifest.election_id())
            .into_iter()
            .cycle()
            .take(20),
    );
    let mut reading = Reading::begin(&entries[0]).unwrap();
    for size in 1..entries.len() {
        let leaves: Vec<_> = entries[..size].iter().map(|entry| leaf(entry)).collect();
        assert_eq!((reading.size(), reading.root()), (size as u64, root(&leaves)));
        reading.apply(&entries[size]).unwrap();
    }
}

#[test]
fn e6_a_checkpoint_of_another_key_origin_or_form_is_refused() {
    let people = people();
    let ledger = manifest(&people, "issuer.example", [0; 32]).ledger;
    let good = note(&people.ledger, 5, &[9; 32]);
    let head = checkpoint(&good, &ledger).unwrap();
    assert_eq!((head.size, head.root), (5, [9; 32]));
    let by_another = note(&people.officer, 5, &[9; 32]);
    assert_eq!(
        checkpoint(&by_another, &ledger),
        Err(Contradiction::CheckpointSignature)
    );
    let altered = good.replacen("\n5\n", "\n6\n", 1);
    assert_eq!(
        checkpoint(&altered, &ledger),
        Err(Contradiction::CheckpointSignature)
    );
    let elsewhere = good.replace("ledger.example", "other.example");
    assert_eq!(checkpoint(&elsewhere, &ledger), Err(Contradiction::Checkpoint));
    for text in [
        "",
        "\n\n",
        "ledger.example\n5\n\n",
        "ledger.example\nfive\nAAAA\n\n",
    ] {
        assert!(checkpoint(text, &ledger).is_err());
    }
}

#[test]
fn bundles_that_are_cut_or_too_long_are_refused() {
    let bytes = [0, 2, 1, 2, 0, 1, 9];
    assert_eq!(bundle(&bytes, 2).unwrap(), [&[1, 2][..], &[9]]);
    for (bytes, expected) in [(&bytes[..6], 2), (&bytes[..5], 2), (&bytes, 1), (&bytes, 3)] {
        assert_eq!(bundle(bytes, expected), Err(Contradiction::Bundle));
    }
}

#[test]
fn e2_a_ledger_that_shrinks_or_whose_entries_miss_its_root_is_not_believed() {
    let people = people();
    let manifest = manifest(&people, "issuer.example", [0; 32]);
    let ledger = FakeLedger::start(&manifest, people.ledger.clone());
    ledger.push(confirmations(&people, &manifest.election_id()));
    let mut follower = Follower::new(&ledger.url);
    assert!(follower.refresh().unwrap().key_is_confirmed());
    // An entry read before is exchanged.
    let kept = ledger.entries.lock().unwrap().clone();
    ledger.entries.lock().unwrap()[1] = kept[2].clone();
    let error = follower.refresh().map(|_| ()).unwrap_err();
    assert!(
        matches!(error, WatchError::Contradiction(Contradiction::Root { size: 4 })),
        "{error}"
    );
    ledger.entries.lock().unwrap().truncate(3);
    let error = follower.refresh().map(|_| ()).unwrap_err();
    assert!(
        matches!(
            error,
            WatchError::Contradiction(Contradiction::Shrunk { seen: 4, found: 3 })
        ),
        "{error}"
    );
    *ledger.entries.lock().unwrap() = kept;
    assert!(follower.refresh().is_ok());
}

#[test]
fn d5_confirmations_and_closings_count_only_with_the_right_signatures() {
    let people = people();
    let manifest = manifest(&people, "issuer.example", [0; 32]);
    let id = manifest.election_id();
    let mut reading = Reading::begin(&Entry::Manifest(manifest.clone(), vec![]).to_bytes()).unwrap();
    let mut forged = fake::people();
    forged.trustees[2] = SigningKey::from_bytes(&[9; 32]);
    for entry in confirmations(&forged, &id) {
        reading.apply(&entry).unwrap();
    }
    assert!(!reading.key_is_confirmed());
    reading.apply(&confirmations(&people, &id)[2]).unwrap();
    assert!(reading.key_is_confirmed());
    reading.apply(&close(&people.trustees[0], &id)).unwrap();
    assert!(!reading.is_closed());
    reading.apply(&close(&people.officer, &[1; 32])).unwrap();
    assert!(!reading.is_closed());
    reading.apply(&close(&people.officer, &id)).unwrap();
    assert!(reading.is_closed());
    assert_eq!(reading.apply(&[1, 2, 3]), Err(Contradiction::Entry(8)));
}

fn command(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_issuer"))
        .args(arguments)
        .output()
        .unwrap()
}

fn succeed(arguments: &[&str]) -> String {
    let output = command(arguments);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn ask(url: &str, code: &str, body: &[u8]) -> (u16, Vec<u8>) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut response = agent
        .post(format!("{url}/token-request"))
        .header("content-type", "application/private-token-request")
        .header("authorization", format!("Bearer {code}"))
        .send(body)
        .unwrap();
    (
        response.status().as_u16(),
        response.body_mut().read_to_vec().unwrap(),
    )
}

/// Asks until the service has looked at the ledger.
fn ask_until(status: u16, url: &str, code: &str, body: &[u8]) -> Vec<u8> {
    for _ in 0..100 {
        let (found, answer) = ask(url, code, body);
        if found == status {
            return answer;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("status {status} did not come");
}

#[test]
fn the_command_goes_from_init_to_report_and_every_step_can_be_repeated() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).to_str().unwrap().to_owned();
    let (folder, roll, letters) = (path("issuer"), path("roll.csv"), path("letters.csv"));
    let key = succeed(&["init", &folder, "--name", "issuer.example"]);
    assert!(
        !command(&["init", &folder, "--name", "issuer.example"])
            .status
            .success()
    );

    let people = people();
    let key: [u8; 32] = hex::decode(key.trim()).unwrap().try_into().unwrap();
    let manifest = manifest(&people, "issuer.example", key);
    let ledger = FakeLedger::start(&manifest, people.ledger.clone());
    std::fs::write(&roll, "line;style\nAda;all\nBob;none\nAda;all\n").unwrap();
    let enrol = [
        "enrol",
        &folder,
        "--ledger",
        &ledger.url,
        "--roll",
        &roll,
        "--letters",
        &letters,
    ];
    let refused = command(&enrol);
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        message.contains("line 3:") && message.contains("line 4:"),
        "{message}"
    );
    std::fs::write(&roll, "line;style\nAda;all\nBob;all\n").unwrap();
    succeed(&enrol);
    let published = ledger.entries.lock().unwrap().len();
    assert!(succeed(&enrol).contains("0 of 2 entries published"));
    assert_eq!(ledger.entries.lock().unwrap().len(), published);

    let served = serve(&folder, &ledger.url);
    let enrolment = Enrolment::open(&Folder::open(Path::new(&folder)).unwrap()).unwrap();
    let public = &enrolment.keys[0].public;
    let codes = read_letters(Path::new(&letters)).unwrap();
    let mut rng = StdRng::seed_from_u64(1);
    let pending = Pending::new(public, &[5; 32], &mut rng).unwrap();
    let request = pending.request().to_bytes();
    assert_eq!(ask(&served.1, &codes[0].code, &request).0, 503);
    ledger.push(confirmations(&people, &manifest.election_id()));
    let answer = ask_until(200, &served.1, &codes[0].code, &request);
    let token = pending.finalize(public, &answer).unwrap();
    assert_eq!(RsaTokenVerifier.verify(public, &[5; 32], &token), Ok(()));

    ledger.push([close(&people.officer, &manifest.election_id())]);
    ask_until(410, &served.1, &codes[0].code, &request);
    drop(served);
    succeed(&["report", &folder, "--ledger", &ledger.url]);
    assert!(succeed(&["report", &folder, "--ledger", &ledger.url]).contains("0 of 1"));
    let last = ledger.entries.lock().unwrap().last().unwrap().clone();
    let Ok(Entry::IssuanceReport(report)) = Entry::from_bytes(&last) else {
        panic!("no report")
    };
    assert_eq!(report.body.records.len(), 64);
}
