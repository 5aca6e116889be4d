//! Readers of transparency logs: `aics-tlog` over HTTP, `@sigstore/verify` on receipts.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use voting_core::ledger::Receipt;

use crate::installed::{Sigstore, aics, sigstore};
use crate::ledger::{Ledger, flip, size};

/// More than a bundle, so that there are full tiles, and tiles of tiles.
const BALLOTS: u64 = 260;

/// Runs a program; what it prints, or says where it refuses.
fn ask(command: &mut Command) -> Result<String, String> {
    let output = command.env("NO_PROXY", "127.0.0.1").output().unwrap();
    let (said, errors) = (
        String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    );
    match output.status.code() {
        Some(0) => Ok(said),
        Some(1) => Err(format!("{said}{errors}")),
        _ => panic!("the program broke: {said}{errors}"),
    }
}

/// `aics-tlog`, asked about a ledger by its URL or folder.
struct Tlog<'a> {
    python: &'a Path,
    place: String,
    vkey: String,
}

impl Tlog<'_> {
    fn says<S: AsRef<OsStr>>(&self, verb: &str, arguments: &[S]) -> Result<Value, String> {
        let mut command = Command::new(self.python);
        command
            .args(["-m", "aics_tlog", verb, "--tiles", &self.place])
            .args(["--log-key", &self.vkey]);
        let report = ask(command.args(arguments))?;
        Ok(serde_json::from_str(&report).unwrap())
    }

    fn audit(&self) -> Result<Value, String> {
        let script = self.python.ancestors().nth(3).unwrap().join("audit.py");
        let report = ask(Command::new(self.python)
            .arg(script)
            .args([&self.place, &self.vkey]))?;
        Ok(serde_json::from_str(&report).unwrap())
    }
}

#[test]
fn aics_tlog_verifies_checkpoint_inclusion_and_consistency_from_our_url() {
    let Some(python) = aics() else { return };
    let mut ledger = Ledger::open();
    let saved = ledger.write("before", ledger.checkpoint());
    ledger.vote(0..70);
    let later = ledger.write("while", ledger.checkpoint());
    let cast = ledger.vote(70..BALLOTS);
    let entries = ledger.desk.client.entries();
    let total = entries.len() as u64;
    assert!(total > 256, "{total} entries fill no bundle");
    let mut tlog = Tlog {
        python,
        place: ledger.desk.client.url.clone(),
        vkey: Ledger::key().to_string(),
    };

    // The checkpoint, and every tile and entry under it.
    let head = tlog
        .says("verify-checkpoint", &["--origin", ledger.origin()])
        .unwrap();
    assert_eq!((&head["size"], &head["tiles_ok"]), (&total.into(), &true.into()));
    let whole = tlog.audit().unwrap();
    assert_eq!((&whole["size"], &whole["bundles"]), (&total.into(), &2.into()));
    assert_eq!(whole["tiles"], 3, "two tiles of leaves, one above");

    // Inclusion, by their proof from our tiles and by the proof of our receipt.
    for index in [0, total / 2, total - 1] {
        let leaf = ledger.write("leaf", &entries[usize::try_from(index).unwrap()]);
        let index = index.to_string();
        let at = [OsStr::new("--index"), index.as_ref(), "--leaf".as_ref()];
        tlog.says("verify-inclusion", &[&at[..], &[leaf.as_ref()]].concat())
            .unwrap();
        let other = ledger.write("leaf", b"never cast");
        tlog.says("verify-inclusion", &[&at[..], &[other.as_ref()]].concat())
            .unwrap_err();
    }
    let (ballot, receipt) = &cast[0];
    let bytes = ballot.to_bytes();
    assert_eq!(
        by_receipt(&tlog, &ledger, &bytes, receipt).unwrap()["checkpoint_verified"],
        true
    );
    by_receipt(&tlog, &ledger, &entries[0], receipt).unwrap_err();

    // Consistency with what was saved before; a fork's head is not.
    for checkpoint in [&saved, &later] {
        let grown = tlog.says(
            "verify-consistency",
            &["--old-checkpoint".as_ref(), checkpoint.as_os_str()],
        );
        assert_eq!(grown.unwrap()["new_size"], total);
    }
    let fork = ledger.write("fork", ledger.fork(100));
    let refused = tlog.says(
        "verify-consistency",
        &["--old-checkpoint".as_ref(), fork.as_os_str()],
    );
    assert!(refused.unwrap_err().contains("history was rewritten"));

    // The exported files are the same ledger, until one byte of them is not.
    let record = ledger.export();
    tlog.place = record.display().to_string();
    assert_eq!(tlog.audit().unwrap(), whole);
    for file in ["tile/0/000", "tile/entries/000", "tile/1/000.p/1", "checkpoint"] {
        let file = record.join(file);
        flip(
            &file,
            60.min(std::fs::metadata(&file).unwrap().len() as usize - 1),
        );
        tlog.audit()
            .expect_err(&format!("{} has another byte", file.display()));
        flip(
            &file,
            60.min(std::fs::metadata(&file).unwrap().len() as usize - 1),
        );
    }
    assert_eq!(tlog.audit().unwrap(), whole);
}

/// Their verdict on an entry by the proof and the checkpoint of a receipt alone.
fn by_receipt(tlog: &Tlog<'_>, ledger: &Ledger, entry: &[u8], receipt: &str) -> Result<Value, String> {
    let receipt = Receipt::parse(receipt.as_bytes()).unwrap();
    let hashes: String = receipt
        .proof
        .iter()
        .map(|hash| hex::encode(hash) + "\n")
        .collect();
    let report = ask(Command::new(tlog.python)
        .args(["-m", "aics_tlog", "verify-inclusion", "--log-key", &tlog.vkey])
        .args(["--index", &receipt.index.to_string(), "--leaf"])
        .arg(ledger.write("entry", entry))
        .arg("--proof")
        .arg(ledger.write("proof", hashes))
        .arg("--checkpoint")
        .arg(ledger.write("checkpoint", &receipt.checkpoint)))?;
    Ok(serde_json::from_str(&report).unwrap())
}

#[test]
fn sigstore_verifies_our_checkpoints_and_inclusions() {
    let Some(sigstore) = sigstore() else { return };
    let ledger = Ledger::open();
    let cast = ledger.vote(0..12);
    for (ballot, receipt) in cast.iter().step_by(5) {
        let entry = ballot.to_bytes();
        let total = check(sigstore, &ledger, &entry, receipt.as_bytes()).unwrap();
        assert_eq!(
            total,
            size(&Receipt::parse(receipt.as_bytes()).unwrap().checkpoint).to_string()
        );
    }

    // One byte of the entry, of a hash, of the root, of the signature.
    let (ballot, receipt) = &cast[0];
    let entry = ballot.to_bytes();
    let mut other = entry.clone();
    *other.last_mut().unwrap() ^= 1;
    let refused = check(sigstore, &ledger, &other, receipt.as_bytes()).unwrap_err();
    assert!(refused.starts_with("TLOG_INCLUSION_PROOF_ERROR"), "{refused}");
    let lines: Vec<&str> = receipt.lines().collect();
    let head = lines.iter().position(|line| line.is_empty()).unwrap() + 1;
    let signature = lines.len() - 1;
    for (line, says) in [
        (2, "root hash"),
        (head + 2, "signature"),
        (signature, "signature"),
    ] {
        let mut forged = lines.clone();
        let mangled = mangle(forged[line]);
        forged[line] = &mangled;
        let forged = forged.join("\n") + "\n";
        let refused = check(sigstore, &ledger, &entry, forged.as_bytes()).unwrap_err();
        assert!(refused.contains(says), "line {line}: {refused}");
    }
}

/// Another Base64 letter in the middle of a line's end.
fn mangle(line: &str) -> String {
    let (start, end) = line.split_at(line.len() - 20);
    let other = if end.starts_with('A') { "B" } else { "A" };
    format!("{start}{other}{}", &end[1..])
}

fn check(sigstore: &Sigstore, ledger: &Ledger, entry: &[u8], receipt: &[u8]) -> Result<String, String> {
    ask(Command::new(&sigstore.node)
        .arg(&sigstore.script)
        .arg(ledger.write("receipt", receipt))
        .arg(ledger.write("entry", entry))
        .args([ledger.origin(), &hex::encode(ledger.public_key())]))
}
