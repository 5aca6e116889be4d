//! The witness over HTTP and as a command, and against what others' witnesses
//! answered to the same requests (C2SP tlog-witness 1.0).

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use auditor::Evidence;
use auditor::witness::{Folder, Running, Settings, start};
use ed25519_dalek::SigningKey;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use voting_core::ledger::{
    Checkpoint, CosignerKey, Levels, SignedNote, SignerKey, Submission, VerifierKey, consistency_proof,
    leaf_hash, tree_root,
};

const ORIGIN: &str = "ledger.example/2027";

/// An answer: status, content type, body.
type Answer = (u16, String, String);

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder();
    config
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(20)))
        .build()
        .into()
}

fn read(mut response: ureq::http::Response<ureq::Body>) -> Answer {
    let kind = response.headers().get("content-type");
    let kind = kind.map_or("", |kind| kind.to_str().unwrap()).to_owned();
    let body = response.body_mut().read_to_string().unwrap();
    (response.status().as_u16(), kind, body)
}

fn post(url: &str, body: &[u8]) -> Answer {
    read(agent().post(format!("{url}/add-checkpoint")).send(body).unwrap())
}

fn get(url: &str) -> Answer {
    read(agent().get(url).call().unwrap())
}

fn monitored(url: &str, origin: &str) -> Answer {
    get(&format!(
        "{url}/{}/checkpoint",
        hex::encode(Sha256::digest(origin))
    ))
}

/// A witness of these ledgers.
fn witness(folder: &TempDir, name: &str, ledgers: &[VerifierKey]) -> (Folder, Running) {
    let folder = Folder::init(&folder.path().join("witness"), name).unwrap();
    let running = start(&folder, ledgers, &Settings::default()).unwrap();
    (folder, running)
}

/// A ledger of 40 entries, which parts from the honest one at an entry.
struct Ledger(SignerKey, Levels);

impl Ledger {
    fn parting_at(common: u64) -> Self {
        let key = SigningKey::from_bytes(&[7; 32]);
        let branch = |index| if index < common { "honest" } else { "forked" };
        let leaf = |index| leaf_hash(format!("{} {index}", branch(index)).as_bytes());
        let signer = SignerKey::ed25519(ORIGIN, &key).unwrap();
        Self(signer, (0..40).map(leaf).collect())
    }

    fn key(&self) -> VerifierKey {
        self.0.verifier()
    }

    fn head(&self, size: u64) -> Checkpoint {
        Checkpoint {
            origin: ORIGIN.to_owned(),
            size,
            root: tree_root(&self.1, size).unwrap(),
        }
    }

    fn body(&self, old: u64, new: u64) -> Vec<u8> {
        let submission = Submission {
            old,
            proof: consistency_proof(&self.1, old, new).unwrap_or_default(),
            checkpoint: self.head(new).sign(&self.0),
        };
        submission.to_string().into_bytes()
    }
}

/// A file of the shared vectors, if they are here.
fn shared(path: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("PSEPHOS_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    );
    let path = root.join("data/tlog-vectors").join(path);
    let file = std::fs::read(&path).ok();
    if file.is_none() {
        println!("skipped: {} is not here", path.display());
    }
    file
}

#[test]
fn the_requests_to_litewitness_are_answered_as_it_answers_them() {
    let Some(file) = shared("torchwood/litewitness-add-checkpoint.json") else {
        return;
    };
    let file: Value = serde_json::from_slice(&file).unwrap();
    let public = hex::decode(file["log_public_key_hex"].as_str().unwrap()).unwrap();
    let origin = format!("sigsum.org/v1/tree/{}", hex::encode(Sha256::digest(&public)));
    let key = VerifierKey::ed25519(&origin, &public.try_into().unwrap()).unwrap();
    let temporary = tempfile::tempdir().unwrap();
    let (_, running) = witness(&temporary, "example.com/witness", &[key]);
    let cases = file["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 9);
    for case in cases {
        let (status, kind, body) = post(&running.url(), case["request_body"].as_str().unwrap().as_bytes());
        assert_eq!(Some(u64::from(status)), case["want_status"].as_u64(), "{case}");
        let expected = case["assert"].as_str().unwrap();
        match status {
            // `body contains "— example.com/witness"`
            200 => assert!(body.starts_with("— example.com/witness "), "{body}"),
            409 => {
                assert_eq!(expected, format!("body == {body:?}"));
                assert_eq!(kind, "text/x.tlog.size");
            }
            _ => assert!(kind.starts_with("text/plain"), "{kind}"),
        }
    }
    running.stop().unwrap();
}

#[test]
fn the_requests_that_three_witnesses_answered_are_answered_alike() {
    let folder = "interop-2026-11";
    let Some(vkey) = shared(&format!("{folder}/log.vkey")) else {
        return;
    };
    let file = |name: &str| shared(&format!("{folder}/{name}")).unwrap();
    let text = |name: &str| String::from_utf8(file(name)).unwrap();
    let key = VerifierKey::parse(str::from_utf8(&vkey).unwrap().lines().next().unwrap().trim()).unwrap();
    let temporary = tempfile::tempdir().unwrap();
    let (folder, running) = witness(&temporary, "witness.example/ours", std::slice::from_ref(&key));
    for (request, note) in [("add0.req", "cp300.note"), ("add1.req", "cp700.note")] {
        let (status, _, line) = post(&running.url(), &file(request));
        assert_eq!(status, 200, "{line}");
        // Our line under the ledger's note is a note whose every line verifies.
        let cosigned = text(note) + &line;
        let parsed = SignedNote::parse(cosigned.as_bytes()).unwrap();
        parsed.verify(&key).unwrap();
        assert!(parsed.cosignature(folder.vkey()).unwrap().is_some());
        let (status, kind, shown) = monitored(&running.url(), key.name());
        assert_eq!((status, kind.as_str()), (200, "text/plain; charset=utf-8"));
        assert_eq!(shown, cosigned);
    }
    let (status, kind, body) = post(&running.url(), &file("add0.req"));
    assert_eq!((status, kind.as_str()), (409, "text/x.tlog.size"));
    for witness in ["aics-witness-0.1.0", "litewitness-0.9.0", "omniwitness-54dbcdd1"] {
        assert_eq!(text(&format!("responses/{witness}.replay.409")), body);
    }
    // A ledger that signs with a second, post-quantum key as well.
    let mut request = Submission::parse(&file("add1.req")).unwrap();
    (request.old, request.proof) = (700, Vec::new());
    request.checkpoint = text("cp700.pq.note");
    let (status, _, line) = post(&running.url(), request.to_string().as_bytes());
    assert_eq!((status, line.lines().count()), (200, 1));
    running.stop().unwrap();
}

#[test]
fn e1_a_ledger_that_forks_is_refused_and_convicted() {
    let (honest, forked) = (Ledger::parting_at(40), Ledger::parting_at(10));
    let temporary = tempfile::tempdir().unwrap();
    let (folder, running) = witness(&temporary, "witness.example/alice", &[honest.key()]);
    assert_eq!(monitored(&running.url(), ORIGIN).0, 404);
    assert_eq!(post(&running.url(), &honest.body(0, 20)).0, 200);
    let (status, kind, why) = post(&running.url(), &forked.body(20, 20));
    assert_eq!((status, kind.as_str()), (422, "text/plain; charset=utf-8"));
    assert!(why.contains("it has forked"), "{why}");
    assert_eq!(post(&running.url(), &forked.body(20, 30)).0, 422);
    // The very same head once more, by whoever has it: accuses nobody.
    assert_eq!(post(&running.url(), &honest.body(20, 20)).0, 200);
    running.stop().unwrap();
    // Anybody can check what it kept, with the ledger's key alone.
    let mut found = BTreeSet::new();
    for file in std::fs::read_dir(folder.evidence()).unwrap() {
        let path = file.unwrap().path();
        let evidence: Evidence = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        found.insert(format!("{:?}", evidence.check().unwrap()));
        let mut command = Command::new(env!("CARGO_BIN_EXE_auditor"));
        command.arg("evidence").arg(&path);
        let output = command
            .args(["--key", &honest.key().to_string()])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains("FORKED"), "{said}");
    }
    let forks = ["Fork { older: 20, newer: 20 }", "Fork { older: 20, newer: 30 }"];
    assert_eq!(found, forks.map(str::to_owned).into());
}

#[test]
fn of_many_at_once_one_goes_on_and_nothing_forks() {
    let (honest, forked) = (Ledger::parting_at(40), Ledger::parting_at(10));
    let temporary = tempfile::tempdir().unwrap();
    let (folder, running) = witness(&temporary, "witness.example/alice", &[honest.key()]);
    let url = running.url();
    let mut stays_with = None;
    for old in (0..40).step_by(8) {
        let new = old + 8;
        // The one ledger from eight threads, the other from eight beside them.
        let answers: Vec<_> = std::thread::scope(|scope| {
            let ask = |thread: usize| {
                let (branch, url) = (thread % 2, &url);
                let body = [&honest, &forked][branch].body(old, new);
                scope.spawn(move || (branch, post(url, &body)))
            };
            let threads: Vec<_> = (0..16).map(ask).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|(_, answer)| answer.0 == 200);
        assert_eq!(won.len(), 1, "{answers:?}");
        // Whichever came first after they parted, it stays with that one.
        if new > 10 {
            assert_eq!(*stays_with.get_or_insert(won[0].0), won[0].0);
        }
        for (_, (status, _, body)) in lost {
            assert!(
                *status == 422 || (*status, body.as_str()) == (409, &format!("{new}\n")),
                "{body}"
            );
        }
    }
    running.stop().unwrap();
    let running = start(&folder, &[honest.key()], &Settings::default()).unwrap();
    assert_eq!(running.size(ORIGIN), Some(40));
    running.stop().unwrap();
}

#[test]
fn other_addresses_methods_and_lengths_are_answered_in_their_form() {
    let temporary = tempfile::tempdir().unwrap();
    let (_, running) = witness(
        &temporary,
        "witness.example/alice",
        &[Ledger::parting_at(40).key()],
    );
    let url = running.url();
    assert_eq!(
        get(&format!("{url}/healthz")),
        (200, "text/plain; charset=utf-8".to_owned(), "ok\n".to_owned())
    );
    let (status, kind, body) = get(&format!("{url}/checkpoint"));
    assert_eq!((status, kind.as_str()), (404, "application/problem+json"));
    assert!(body.contains("urn:psephos:problem:not-found"), "{body}");
    let (status, _, body) = get(&format!("{url}/add-checkpoint"));
    assert_eq!(status, 405, "{body}");
    let (status, ..) = read(agent().put(format!("{url}/healthz")).send("").unwrap());
    assert_eq!(status, 405);
    assert_eq!(post(&url, &vec![b'a'; 16_385]).0, 400);
    let (status, kind, body) = post(&url, b"hello");
    assert_eq!((status, kind.as_str()), (400, "text/plain; charset=utf-8"));
    assert!(body.starts_with("this is not a submission"), "{body}");
    // A body that ends too early.
    let address: SocketAddr = url.strip_prefix("http://").unwrap().parse().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .write_all(b"POST /add-checkpoint HTTP/1.1\r\nHost: a\r\nContent-Length: 90\r\n\r\nold 0\n")
        .unwrap();
    drop(stream);
    assert_eq!(get(&format!("{url}/healthz")).0, 200);
    running.stop().unwrap();
}

// --- the command -----------------------------------------------------------

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_auditor"));
    command.arg("witness").arg(folder).args(arguments);
    command.stdin(Stdio::null());
    command
}

/// Runs it to its end: exit code, standard output, standard error.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = command(folder, arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// Runs it until it listens; returns its address.
fn serve(folder: &Path, arguments: &[&str]) -> (Child, String) {
    let mut command = command(folder, arguments);
    command.args(["--listen", "127.0.0.1:0"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut lines = lines.map_while(Result::ok);
    if let Some(url) = lines.find_map(|line| Some(line.strip_prefix("listening on ")?.to_owned())) {
        return (child, url);
    }
    let why = child.wait_with_output().unwrap().stderr;
    let why = String::from_utf8_lossy(&why);
    panic!("it does not listen: {why}");
}

#[test]
fn a_key_is_made_at_the_first_run_and_kept() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("alice");
    let (code, _, why) = run(&folder, &[]);
    assert_eq!(code, 64, "{why}");
    assert!(why.contains("--name witness.example/alice"), "{why}");
    assert!(!folder.exists());
    assert_eq!(run(&folder, &["--show"]).0, 2);
    let (code, vkey, said) = run(&folder, &["--name", "witness.example/alice"]);
    assert_eq!(code, 0, "{said}");
    let key = CosignerKey::parse(vkey.trim()).unwrap();
    assert_eq!(key.name(), "witness.example/alice");
    assert!(
        said.contains("witness.key") && said.contains("election office"),
        "{said}"
    );
    // Again, and to be read by a program.
    assert_eq!(run(&folder, &["--name", "witness.example/alice"]).1, vkey);
    assert_eq!(run(&folder, &["--show"]), (0, vkey, String::new()));
    let (code, _, why) = run(&folder, &["--name", "witness.example/bob"]);
    assert_eq!(code, 64);
    assert!(why.contains("witness.example/alice"), "{why}");
    assert_eq!(run(&folder, &["--log", "nonsense"]).0, 64);
    assert_eq!(run(&temporary.path().join("bad"), &["--name", "two words"]).0, 64);
}

#[test]
fn e2_a_killed_command_goes_on_and_refuses_what_it_refused() {
    let (honest, forked) = (Ledger::parting_at(40), Ledger::parting_at(10));
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("alice");
    let key = honest.key().to_string();
    // One line for everything.
    let (mut child, url) = serve(&folder, &["--name", "witness.example/alice", "--log", &key]);
    assert_eq!(post(&url, &honest.body(0, 20)).0, 200);
    child.kill().unwrap();
    child.wait().unwrap();
    // From a policy now, which names this witness.
    let vkey = run(&folder, &["--show"]).1;
    let policy = temporary.path().join("policy.txt");
    let text = format!("log {key}\nwitness alice {vkey}\nquorum alice\n");
    std::fs::write(&policy, text).unwrap();
    let (mut child, url) = serve(&folder, &["--policy", policy.to_str().unwrap()]);
    let (status, _, note) = monitored(&url, ORIGIN);
    assert_eq!(status, 200);
    Checkpoint::verify(note.as_bytes(), &honest.key()).unwrap();
    assert_eq!(post(&url, &forked.body(20, 30)).0, 422);
    assert_eq!(post(&url, &honest.body(20, 30)).0, 200);
    // Nobody else can be this witness meanwhile.
    let (code, _, why) = run(&folder, &["--log", &key, "--listen", "127.0.0.1:0"]);
    assert_eq!(code, 2);
    assert!(why.contains("in use by another process"), "{why}");
    let stopped = Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(stopped.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut said = String::new();
    child.stderr.unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("cosigned up to size 20"), "{said}");
    assert!(said.contains("FORK: ledger.example/2027 has signed"), "{said}");
    assert!(!said.contains("does not name this witness"), "{said}");
    assert!(!said.contains("127.0.0.1"), "nothing about who asked: {said}");
}
