//! Signed audit statements: genuine ones are read, all others refused.

use auditor::statement::{AuditorKey, InvalidStatement, MAX_STATEMENT, Statement};
use auditor::{CLAIMS, Overall};
use ed25519_dalek::SigningKey;
use tempfile::TempDir;
use voting_core::ledger::{InvalidNote, SignerKey, VerifierKey};

use crate::kit::{golden, voted};
use crate::record::{broken, folder, in_folder, occasion, run, text};

const NAME: &str = "observer.example/alice";

fn key(folder: &TempDir) -> AuditorKey {
    AuditorKey::make(&in_folder(folder, "alice.key"), NAME).unwrap()
}

fn signer() -> (SignerKey, VerifierKey) {
    let signer = SignerKey::ed25519(NAME, &SigningKey::from_bytes(&[5; 32])).unwrap();
    let verifier = signer.verifier();
    (signer, verifier)
}

fn statement() -> Statement {
    Statement::new(NAME, &golden().audit(), &occasion()).unwrap()
}

#[test]
fn a_statement_says_what_the_audit_found() {
    let folder = TempDir::new().unwrap();
    let key = key(&folder);
    let verdict = golden().audit();
    let statement = statement();
    let note = statement.sign(&key);
    let read = Statement::verify(note.as_bytes(), &key.verifier()).unwrap();
    assert_eq!(read, statement);
    let figures = verdict.figures.unwrap();
    assert_eq!(
        (read.election, read.size, read.root),
        (golden().id(), figures.entries, figures.root)
    );
    assert_eq!(read.verdict, Overall::Held);
    assert_eq!(read.claims.len(), verdict.claims.len());
    let open = Statement::new(NAME, &voted().audit(), &occasion()).unwrap();
    assert_eq!(
        Statement::verify(open.sign(&key).as_bytes(), &key.verifier()).unwrap(),
        open
    );
    let none = crate::kit::audit(&[b"no manifest".to_vec()], &[]);
    assert!(Statement::new(NAME, &none, &occasion()).is_err());
}

#[test]
fn a_statement_with_any_byte_changed_is_refused() {
    let folder = TempDir::new().unwrap();
    let key = key(&folder);
    let note = statement().sign(&key).into_bytes();
    for place in 0..note.len() {
        for flip in [1, 0x20, 0x80] {
            let mut note = note.clone();
            note[place] ^= flip;
            assert!(
                Statement::verify(&note, &key.verifier()).is_err(),
                "byte {place}, flip {flip:#x}"
            );
        }
        let mut shorter = note.clone();
        shorter.remove(place);
        assert!(
            Statement::verify(&shorter, &key.verifier()).is_err(),
            "without byte {place}"
        );
    }
}

#[test]
fn a_statement_of_another_key_is_refused() {
    let folder = TempDir::new().unwrap();
    let (_, other) = signer();
    let note = statement().sign(&key(&folder));
    assert_eq!(
        Statement::verify(note.as_bytes(), &other),
        Err(InvalidStatement::Note(InvalidNote::Unsigned))
    );
}

/// What a dishonest auditor could sign: the signature is right, the text is not a statement.
#[test]
fn a_signed_text_in_another_encoding_is_refused() {
    let (signer, verifier) = signer();
    let good = statement().text();
    Statement::verify(signer.sign(&good).as_bytes(), &verifier).unwrap();
    let last = "specification psephos/v1\n";
    let changes = [
        ("\n", "\r\n"),
        ("psephos/audit-statement/v1", "psephos/audit-statement/v2"),
        ("time 2027-03-08T09:20:13Z", "time 2027-03-08T09:20:13+00:00"),
        ("time 2027-03-08", "time 2027-02-30"),
        ("size ", "size 0"),
        ("size ", "size +"),
        ("claim 3 joint-key held\n", ""),
        (
            "claim 3 joint-key held\n",
            "claim 3 joint-key held\nclaim 3 joint-key held\n",
        ),
        ("claim 3 joint-key held", "claim 4 joint-key held"),
        ("claim 3 joint-key held", "claim 3 joint-key  held"),
        ("claim 3 joint-key held", "claim 3 joint-key ok"),
        ("election ", "election A"),
        ("ledger ledger.example/golden", "ledger "),
        ("tool auditor", "tool  auditor"),
        ("tool auditor", "tool of auditor"),
        ("psephos/v1\n", "psephos/v2\n"),
        (last, ""),
        (last, "specification psephos/v1"),
        (last, "specification psephos/v1\nmore\n"),
        ("results ", "Results "),
    ];
    for (from, to) in changes {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from:?}");
        let verified = Statement::verify(signer.sign(&text).as_bytes(), &verifier);
        assert!(verified.is_err(), "{from:?} → {to:?}");
    }
    let upper = good.replace(&hex::encode(golden().id()), &hex::encode_upper(golden().id()));
    assert!(matches!(
        Statement::verify(signer.sign(&upper).as_bytes(), &verifier),
        Err(InvalidStatement::Form { .. })
    ));
}

#[test]
fn a_signed_statement_that_contradicts_itself_is_refused() {
    let (signer, verifier) = signer();
    let good = statement().text();
    for text in [
        good.replace("verdict held", "verdict broken"),
        good.replace("verdict held", "verdict not finished"),
        good.replace("claim 15 sums held", "claim 15 sums broken"),
        good.replace("claim 15 sums held", "claim 15 sums not checkable"),
    ] {
        assert_ne!(text, good);
        assert_eq!(
            Statement::verify(signer.sign(&text).as_bytes(), &verifier),
            Err(InvalidStatement::Contradiction)
        );
    }
    let other = good.replace("auditor observer.example/alice", "auditor observer.example/bob");
    assert!(matches!(
        Statement::verify(signer.sign(&other).as_bytes(), &verifier),
        Err(InvalidStatement::OtherName { .. })
    ));
    let long = good.replace(
        "ledger ledger.example",
        &format!("ledger {}", "x".repeat(MAX_STATEMENT)),
    );
    assert_eq!(
        Statement::verify(signer.sign(&long).as_bytes(), &verifier),
        Err(InvalidStatement::TooLong)
    );
}

/// A key, a ledger's statement by the command, and where they lie.
fn signed(record: &TempDir, code: i32) -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    let secret = in_folder(&folder, "alice.key");
    let (public, said) = run(0, &["key", text(&secret), "--name", NAME]);
    assert!(said.contains("alice.key"), "{said}");
    assert_eq!(run(0, &["key", text(&secret)]).0, public);
    let file = in_folder(&folder, "statement.txt");
    let words = [
        "verify",
        text(record.path()),
        "--sign",
        text(&secret),
        "--statement",
        text(&file),
    ];
    let (printed, _) = run(code, &words);
    assert!(printed.contains("auditor statement "), "{printed}");
    (folder, public.trim_end().to_owned())
}

#[test]
fn the_command_signs_and_checks_statements() {
    let record = folder(golden());
    let (kept, public) = signed(&record, 0);
    let file = in_folder(&kept, "statement.txt");
    let (printed, _) = run(0, &["statement", text(&file), "--key", &public]);
    for said in [NAME, "genuine", "HELD", "ledger.example/golden", " 15  held "] {
        assert!(printed.contains(said), "{said:?}: {printed}");
    }
    let (printed, _) = run(
        0,
        &["statement", text(&file), "--key", &public, text(record.path())],
    );
    assert!(printed.contains("its present head"), "{printed}");
    let (_, other) = signer();
    let (printed, _) = run(1, &["statement", text(&file), "--key", &other.to_string()]);
    assert!(printed.contains("REFUSED"), "{printed}");

    let document = |code, words: &[&str]| -> serde_json::Value {
        let words = [&["statement", text(&file), "--json", "--key"], words].concat();
        serde_json::from_str(&run(code, &words).0).unwrap()
    };
    let found = document(0, &[&public, text(record.path())]);
    assert_eq!(found["signature"]["answer"], "genuine");
    assert_eq!(found["ledger"]["answer"], "this ledger");
    assert_eq!(found["statement"]["auditor"], NAME);
    assert_eq!(found["statement"]["verdict"], "held");
    assert_eq!(
        found["statement"]["claims"].as_array().map(Vec::len),
        Some(CLAIMS.len())
    );
    let found = document(2, &[&public, "/no/such/folder"]);
    assert_eq!(found["ledger"]["answer"], "not checkable");
    let found = document(1, &[&other.to_string()]);
    assert_eq!(found["signature"]["answer"], "refused");
    assert!(found["statement"].is_null() && found["ledger"].is_null());
    run(2, &["statement", text(kept.path()), "--key", &public]);
    run(
        2,
        &["statement", text(&file), "--key", &public, "/no/such/folder"],
    );
    run(64, &["statement", text(&file)]);
    run(64, &["statement", text(&file), "--key", "no key"]);
}

#[test]
fn a_statement_is_held_against_the_ledger_that_it_speaks_of() {
    // Of an open poll, whose ledger has grown since.
    let early = folder(voted());
    let (kept, public) = signed(&early, 2);
    let file = in_folder(&kept, "statement.txt");
    let now = folder(golden());
    let (printed, _) = run(2, &["statement", text(&file), "--key", &public, text(now.path())]);
    assert!(printed.contains("it has grown to"), "{printed}");

    // The later statement, and a copy that is older than it.
    let (later, later_public) = signed(&now, 0);
    let later_file = in_folder(&later, "statement.txt");
    let words = [
        "statement",
        text(&later_file),
        "--key",
        &later_public,
        text(early.path()),
    ];
    assert!(run(2, &words).0.contains("this copy is older"));

    // Another past of the same ledger: somebody was shown something else.
    let mut other = voted().clone();
    let swapped = other.entries.len() - 1;
    other.entries[swapped] = other.entries[swapped - 1].clone();
    let mut forked = crate::kit::Story::begin(other.people.clone());
    for entry in &other.entries[1..] {
        forked.push_bytes(entry.clone());
    }
    let (forked_kept, forked_public) = signed(&folder(&forked), 1);
    let forked_file = in_folder(&forked_kept, "statement.txt");
    let words = [
        "statement",
        text(&forked_file),
        "--key",
        &forked_public,
        text(now.path()),
    ];
    let (printed, _) = run(1, &words);
    assert!(printed.contains("another root than this ledger"), "{printed}");

    // Another election.
    let people = crate::kit::People::with(|manifest| manifest.title = "Another".into());
    let another = folder(&crate::kit::Story::begin(people));
    let words = [
        "statement",
        text(&later_file),
        "--key",
        &later_public,
        text(another.path()),
    ];
    assert!(run(1, &words).0.contains("the statement speaks of another"));
}

#[test]
fn a_broken_ledger_can_be_stated_too() {
    let (kept, public) = signed(&broken(), 1);
    let file = in_folder(&kept, "statement.txt");
    let (printed, _) = run(1, &["statement", text(&file), "--key", &public]);
    assert!(
        printed.contains("BROKEN, says observer.example/alice"),
        "{printed}"
    );
}
