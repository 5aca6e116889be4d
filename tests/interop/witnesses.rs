//! Witnesses: `aics-witness` cosigns our checkpoints as our own rules say, and
//! keeps the proof where we fork.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use sha2::{Digest, Sha256};
use voting_core::ledger::{NotWitnessed, Policy, Submission, Trust, VerifierKey};

use crate::desk::kit::Story;
use crate::desk::people;
use crate::installed::aics;
use crate::ledger::{Ledger, size};

/// An `aics-witness` that serves, until it is dropped.
struct Witness {
    python: PathBuf,
    folder: tempfile::TempDir,
    /// The key that verifies its cosignatures.
    vkey: String,
    url: String,
    process: Child,
}

impl Witness {
    /// A new witness of one ledger.
    fn of(python: &Path, log: &VerifierKey) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let own = |verb: &str| {
            let mut command = Command::new(python);
            command
                .args(["-m", "aics_witness", verb, "--config"])
                .arg(folder.path().join("witness.json"));
            command
        };
        let vkey = printed(own("init").args(["--name", "witness.example/aics"]));
        let log_vkey = log.to_string();
        printed(own("add-log").args(["--origin", log.name(), "--vkey", &log_vkey]));
        let mut process = own("serve")
            .args(["--listen", "127.0.0.1:0"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let said = lines
            .by_ref()
            .map_while(Result::ok)
            .find(|line| line.contains("listening on"));
        let said = said.expect("aics-witness serves");
        let url = said.split("listening on ").nth(1).unwrap();
        let url = url.split(' ').next().unwrap().to_owned();
        // What it says later is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self {
            python: python.to_owned(),
            vkey: vkey.trim().to_owned(),
            folder,
            url,
            process,
        }
    }

    /// Whom to believe about a ledger where this witness has to agree.
    fn policy(&self, log: &VerifierKey) -> String {
        format!(
            "log {log}\nwitness aics {} {}\nquorum aics\n",
            self.vkey, self.url
        )
    }

    /// What it has kept of a ledger that forked.
    fn evidence(&self) -> Vec<Value> {
        let kept = printed(
            Command::new(&self.python)
                .args(["-m", "aics_witness", "evidence", "--config"])
                .arg(self.folder.path().join("witness.json")),
        );
        serde_json::from_str(&kept).unwrap()
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs a command that must succeed; what it prints.
fn printed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

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
    let ledger = Ledger::open(Story::whole_setup(people(|_| {})));
    let key = ledger.key();
    let witness = Witness::of(python, &key);
    let policy = Policy::parse(witness.policy(&key).as_bytes()).unwrap();
    let trust = Trust::with_policy(key.clone(), policy).unwrap();

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
