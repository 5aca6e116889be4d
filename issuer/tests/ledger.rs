//! The issuer and the ledger: what it believes, and the command from `init` to `report`.

mod fake;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use fake::kit::{People, Story, ready};
use fake::{FakeLedger, people, serve, signed_head};
use issuer::enrol::{Enrolment, read_letters};
use issuer::folder::Folder;
use issuer::reading::{Contradiction, Reading, checkpoint, entries};
use issuer::watch::{Follower, WatchError};
use rand::SeedableRng;
use rand::rngs::StdRng;
use voting_core::entry::{Entry, Signed};
use voting_core::ledger::{Checkpoint, InvalidCheckpoint, SignerKey, Trust};
use voting_core::token::{Pending, RsaTokenVerifier, TokenVerifier};

#[test]
fn e6_a_checkpoint_of_another_key_origin_or_form_is_refused() {
    let people = People::golden();
    let ledger = &people.manifest.ledger;
    let trust = &Trust::sealed(&people.manifest, None).unwrap();
    let good = signed_head(&people.ledger, &ledger.origin, 5, [9; 32]);
    let head = checkpoint(good.as_bytes(), trust).unwrap();
    assert_eq!((head.size, head.root), (5, [9; 32]));
    let by_another = signed_head(&people.officers[0], &ledger.origin, 5, [9; 32]);
    let altered = good.replacen("\n5\n", "\n6\n", 1);
    let renamed = good.replace("golden", "silver");
    let elsewhere = signed_head(&people.ledger, "other.example", 5, [9; 32]);
    for text in [
        &by_another,
        &altered,
        &renamed,
        &elsewhere,
        "",
        "\n\n",
        &good[..good.len() - 1],
    ] {
        let refused = checkpoint(text.as_bytes(), trust).unwrap_err();
        assert!(matches!(refused, Contradiction::Checkpoint(_)), "{refused}");
    }
    // The right key, over another ledger's head.
    let signer = SignerKey::ed25519(&ledger.origin, &people.ledger).unwrap();
    let other = Checkpoint {
        origin: "other.example".to_owned(),
        ..head
    }
    .sign(&signer);
    let refused = checkpoint(other.as_bytes(), trust).unwrap_err();
    assert_eq!(refused, Contradiction::Checkpoint(InvalidCheckpoint::Origin));
}

#[test]
fn bundles_that_are_cut_are_refused_and_longer_ones_are_cut() {
    let bytes = [0, 2, 1, 2, 0, 1, 9];
    assert_eq!(entries(&bytes, 2).unwrap(), [&[1, 2][..], &[9]]);
    assert_eq!(entries(&bytes, 1).unwrap(), [&[1, 2]]);
    for (bytes, width) in [(&bytes[..6], 2), (&bytes[..5], 2), (&bytes, 3), (&[], 1)] {
        assert_eq!(entries(bytes, width), Err(Contradiction::Bundle));
    }
}

#[test]
fn e2_a_ledger_that_shrinks_or_whose_entries_miss_its_root_is_not_believed() {
    let ledger = FakeLedger::start(ready());
    let size = ready().entries.len() as u64;
    let mut follower = Follower::new(&ledger.url);
    assert!(follower.refresh().unwrap().key_is_confirmed());
    // An entry read before is exchanged.
    ledger.entries.lock().unwrap()[1] = ready().entries[2].clone();
    let error = follower.refresh().map(|_| ()).unwrap_err();
    assert!(
        matches!(error, WatchError::Contradiction(Contradiction::Root { size: found }) if found == size),
        "{error}"
    );
    ledger.entries.lock().unwrap().truncate(3);
    let error = follower.refresh().map(|_| ()).unwrap_err();
    assert!(
        matches!(
            error,
            WatchError::Contradiction(Contradiction::Shrunk { seen, found: 3 }) if seen == size
        ),
        "{error}"
    );
    *ledger.entries.lock().unwrap() = ready().entries.clone();
    assert!(follower.refresh().is_ok());
    ledger.entries.lock().unwrap()[0] = ready().entries[1].clone();
    let error = Follower::new(&ledger.url).refresh().map(|_| ()).unwrap_err();
    assert!(
        matches!(error, WatchError::Contradiction(Contradiction::Manifest(_))),
        "{error}"
    );
}

/// What an issuer makes of a story.
fn read(story: &Story) -> Reading {
    let mut reading = Reading::begin(&story.entries[0]).unwrap();
    story.entries[1..].iter().for_each(|entry| reading.apply(entry));
    assert_eq!(
        (reading.size(), reading.root()),
        (story.tree.size(), story.tree.root())
    );
    reading
}

#[test]
fn d5_confirmations_and_closings_count_only_with_the_right_signatures() {
    let mut story = Story::begin(People::golden());
    story.hashes();
    story.commitments();
    story.deal();
    story.confirm(0);
    story.confirm(1);
    let id = story.id();
    // Signed by another key than the trustee's; for another election; of another key.
    let honest = story.confirmation(2);
    let mut other_key = honest.clone();
    other_key.joint_key = [5; 32].into();
    let people = story.people.clone();
    for forged in [
        Signed::new(honest.clone(), &id, &people.ledger),
        Signed::new(honest, &[1; 32], &people.trustees[2]),
        Signed::new(other_key, &id, &people.trustees[2]),
    ] {
        story.push(&Entry::KeyConfirmation(forged));
        assert!(!read(&story).key_is_confirmed());
    }
    story.confirm(2);
    assert!(read(&story).key_is_confirmed());

    let mut story = ready().clone();
    story.push_bytes(vec![1, 2, 3]);
    let early = story.act("close", "");
    story.push(&Entry::Close(early));
    story.open();
    let mut few = story.act("close", "");
    few.signatures.pop();
    story.push(&Entry::Close(few));
    let mut another = story.act("pause", "");
    another.body.counter += 1;
    story.push(&Entry::Close(another));
    assert!(!read(&story).is_closed());
    story.close();
    assert!(read(&story).is_closed());
}

#[test]
fn an_issuers_entry_is_held_only_where_it_is_legal() {
    let mut story = Story::begin(People::golden());
    story.issuer_key(0, 0);
    let honest = story.entries[1].clone();
    // For another style than the one it was signed for.
    let Ok(Entry::IssuerKey(mut again)) = Entry::from_bytes(&honest) else {
        panic!("an issuer key");
    };
    again.body.style = 1;
    let again = Entry::IssuerKey(again).to_bytes();
    story.push_bytes(again.clone());
    let reading = read(&story);
    assert!(reading.holds(&honest) && !reading.holds(&again));
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

    let key: [u8; 32] = hex::decode(key.trim()).unwrap().try_into().unwrap();
    let mut story = Story::begin(people(key));
    let ledger = FakeLedger::start(&story);
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
    ledger.go_on(&mut story, Story::key_ceremony);
    let answer = ask_until(200, &served.1, &codes[0].code, &request);
    let token = pending.finalize(public, &answer).unwrap();
    assert_eq!(RsaTokenVerifier.verify(public, &[5; 32], &token), Ok(()));

    ledger.go_on(&mut story, |story| {
        for trustee in 0..3 {
            story.rehearse(trustee);
        }
        story.open();
        story.close();
    });
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
