//! Observers who audit by URL: servers that fail, and servers that lie.

use std::io::Write;

use assert_cmd::Command;
use auditor::Verdict;
use auditor::command::{AuditError, Source, SourceError, audit};
use ed25519_dalek::SigningKey;
use voting_core::ledger::{Checkpoint, SignerKey, bundle_path, encode_bundle};

use crate::command::folder;
use crate::kit::{broken, golden, voted};
use crate::mirror::{Answer, Mirror};

/// The audit as `auditor verify` makes it.
fn verdict(mirror: &Mirror, kept: &[Vec<u8>]) -> Result<Verdict, AuditError> {
    audit(&mut Source::open(&mirror.url)?, None, kept, &mut |_| {})
}

/// The command itself: asserts its exit code, returns all it printed.
fn command(arguments: &[&str], code: i32) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_auditor"));
    let cache = tempfile::tempdir().unwrap();
    let run = command.env("NO_COLOR", "1").env("XDG_CACHE_HOME", cache.path());
    let run = run.args(["verify", "--patience", "0s"]).args(arguments);
    let run = run.assert().code(code);
    let output = run.get_output();
    String::from_utf8([&output.stdout[..], &output.stderr].concat()).unwrap()
}

/// A mirror of the golden election, and the path of its only bundle.
fn mirror() -> (Mirror, String) {
    let bundle = bundle_path(0, golden().entries.len() as u32);
    (Mirror::of(folder(golden()).path()), bundle)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn an_honest_url_holds_with_code_0_and_an_open_poll_on_request() {
    let (mirror, bundle) = mirror();
    let id = hex::encode(golden().id());
    let shown = command(&[&format!("{}/", mirror.url), "--election", &id], 0);
    assert!(shown.contains("HELD: all 18 claims hold."), "{shown}");
    command(&[&mirror.url, "--election", &"ab".repeat(32)], 1);
    // A bundle may come packed although nobody asked for that.
    mirror.lie(&bundle, Answer::Packed(packed(&mirror.file(&bundle))));
    assert_eq!(broken(&verdict(&mirror, &[]).unwrap()), Vec::<&str>::new());

    let open = Mirror::of(folder(voted()).path());
    command(&[&open.url], 2);
    command(&[&open.url, "--while-open"], 0);
}

#[test]
fn f6_changed_entries_break_claims() {
    let (mirror, path) = mirror();
    let mut entries = golden().entries.clone();
    let place = entries.len() / 2;
    *entries[place].last_mut().unwrap() ^= 1;
    mirror.lie(&path, Answer::File(encode_bundle(&entries)));
    let shown = command(&[&mirror.url], 1);
    assert!(
        shown.contains("BROKEN") && shown.contains(&format!("entry {place}")),
        "{shown}"
    );
    entries = golden().entries.clone();
    entries.swap(place, place + 1);
    mirror.lie(&path, Answer::File(encode_bundle(&entries)));
    assert!(broken(&verdict(&mirror, &[]).unwrap()).contains(&"checkpoint"));
}

#[test]
fn e6_checkpoints_of_another_origin_key_root_or_size_break_the_claim() {
    let (mirror, path) = mirror();
    let ours = &golden().people.ledger;
    let honest = Checkpoint {
        origin: golden().people.manifest.ledger.origin.clone(),
        size: golden().tree.size(),
        root: golden().tree.root(),
    };
    let with = |change: fn(&mut Checkpoint), key: &SigningKey| {
        let mut head = honest.clone();
        change(&mut head);
        let key = SignerKey::ed25519(&head.origin, key).unwrap();
        head.sign(&key).into_bytes()
    };
    assert_eq!(with(|_| {}, ours), mirror.file("checkpoint"));
    // The longer bundle may stand in place of the one of that size.
    let shorter = bundle_path(0, golden().entries.len() as u32 - 1);
    mirror.lie(&shorter, Answer::File(mirror.file(&path)));
    for (what, note) in [
        (
            "another origin",
            with(|head| head.origin = "ledger.example/other".into(), ours),
        ),
        ("another key", with(|_| {}, &SigningKey::from_bytes(&[99; 32]))),
        ("another root", with(|head| head.root[0] ^= 1, ours)),
        ("another size", with(|head| head.size -= 1, ours)),
    ] {
        mirror.lie("checkpoint", Answer::File(note));
        let verdict = verdict(&mirror, &[]).unwrap();
        assert!(broken(&verdict).contains(&"checkpoint"), "{what}");
    }
    // More entries than there are, and no checkpoint at all.
    mirror.lie("checkpoint", Answer::File(with(|head| head.size <<= 40, ours)));
    let shown = command(&[&mirror.url], 2);
    assert!(shown.contains("tile/entries/000 is missing"), "{shown}");
    mirror.lie("checkpoint", Answer::File(b"a page about elections\n".to_vec()));
    let shown = command(&[&mirror.url], 2);
    assert!(shown.contains("not a C2SP tlog-checkpoint"), "{shown}");
}

#[test]
fn e2_an_older_head_than_was_seen_is_not_believed() {
    let (mirror, path) = mirror();
    let seen = mirror.file("checkpoint");
    let size = golden().entries.len() - 1;
    let note = golden().checkpoint_of(size as u64, golden().head_before_last());
    mirror.lie("checkpoint", Answer::File(note));
    mirror.lie(&path, Answer::Status(404));
    let bundle = encode_bundle(&golden().entries[..size]);
    mirror.lie(&bundle_path(0, size as u32), Answer::File(bundle));
    let alone = verdict(&mirror, &[]).unwrap();
    assert!(
        !broken(&alone).contains(&"checkpoint"),
        "whoever saw no more cannot tell"
    );
    let verdict = verdict(&mirror, &[seen]).unwrap();
    assert!(broken(&verdict).contains(&"checkpoint"));
}

#[test]
fn f5_a_server_that_fails_is_named_with_the_file_and_breaks_nothing() {
    let (mirror, path) = mirror();
    let bundle = mirror.file(&path);
    let dropped = encode_bundle(&golden().entries[1..]);
    let refused = |file: &str, answer: Answer, says: &str| {
        mirror.lie(file, answer);
        let error = verdict(&mirror, &[]).expect_err("it cannot be audited");
        let error = error.to_string();
        assert!(error.contains(says) && error.contains(file), "{says}: {error}");
    };
    for (answer, says) in [
        (Answer::File(bundle[..bundle.len() - 7].to_vec()), "truncated"),
        (Answer::File(dropped), "expected"),
        (Answer::File(Vec::new()), "found 0"),
        (Answer::Status(500), "status 500"),
        (Answer::Status(403), "status 403"),
        (Answer::Status(404), "missing"),
        (Answer::Endless, "larger than any file"),
        (Answer::Packed(b"not packed".to_vec()), "cannot be read"),
        (Answer::HangsUp(bundle.clone()), "cannot be read"),
    ] {
        refused(&path, answer, says);
    }
    let shown = command(&[&mirror.url, "--json"], 2);
    assert!(shown.contains(r#""verdict":"not checkable""#), "{shown}");
    assert!(!shown.contains("broken"), "{shown}");
    mirror.lie(&path, Answer::File(bundle));
    for (answer, says) in [
        (Answer::Status(503), "status 503"),
        (Answer::Status(404), "missing"),
        (Answer::Endless, "larger than any file"),
        (Answer::HangsUp(mirror.file("checkpoint")), "cannot be read"),
    ] {
        refused("checkpoint", answer, says);
    }
}

#[test]
fn f5_a_small_answer_that_unpacks_to_a_huge_one_is_refused() {
    let (mirror, path) = mirror();
    let bomb = packed(&vec![0; 64 << 20]);
    mirror.lie(&path, Answer::Packed(bomb.clone()));
    let by_server = verdict(&mirror, &[]);
    assert!(matches!(
        by_server,
        Err(AuditError::Source(SourceError::TooLarge { .. }))
    ));
    mirror.lie(&path, Answer::File(bomb));
    let as_file = verdict(&mirror, &[]);
    assert!(matches!(as_file, Err(AuditError::Bundle { .. })));
}
