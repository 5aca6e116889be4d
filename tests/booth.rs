//! The booth in WebAssembly: the same seed gives the same bytes as natively,
//! the frozen vectors hold, a voter goes the whole way, and what voters get has
//! no entry points for tests.
//!
//! Builds the booth through `cargo xtask`; says so and skips where Node or a
//! compiler for WebAssembly is absent.

#[path = "booth/elsewhere.rs"]
mod elsewhere;
#[path = "booth/observer.rs"]
mod observer;
#[path = "booth/voter.rs"]
mod voter;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use rand::RngExt;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};
use voting_core::ballot::{BallotContext, Draft, Tracker};
use voting_core::credential::Credential;
use voting_core::entry::Entry;
use voting_core::group::point_from_hash;
use voting_core::statement::{Constraint, Statement};

/// `cargo xtask`'s exit code where nothing can build for WebAssembly.
const NO_COMPILER: i32 = 69;

fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--locked", "--package", "xtask", "--"])
        .args(arguments)
        .current_dir(workspace())
        .output()
        .expect("cargo runs")
}

/// Whether the shipped booth is built: once, for no test may read its folder
/// while another makes it again.
fn shipped() -> bool {
    static BUILT: LazyLock<bool> = LazyLock::new(|| built(&["booth"]));
    *BUILT
}

/// Whether the modules with entry points for vectors are built.
fn with_vectors() -> bool {
    static BUILT: LazyLock<bool> = LazyLock::new(|| built(&["booth", "--vectors"]));
    *BUILT
}

/// Builds a booth. `false`, with a line that says why, where that is impossible.
fn built(arguments: &[&str]) -> bool {
    let output = xtask(arguments);
    let message = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(NO_COMPILER) {
        println!("skipped: {message}");
        return false;
    }
    assert!(output.status.success(), "{message}");
    true
}

fn node_is_here() -> bool {
    let here = Command::new("node").arg("--version").output().is_ok();
    if !here {
        println!("skipped: no `node` in the path to run WebAssembly in");
    }
    here
}

/// A ballot sealed natively just now, as specs/vectors/ballot.json states it.
fn native_ballot(projects: u32) -> Value {
    let mut random = rand::rng();
    let [secret_seed, seed, proof_seed]: [[u8; 32]; 3] = random.random();
    let terms: Vec<(u32, i64)> = (0..projects).map(|cell| (cell, 1)).collect();
    let limit = Constraint {
        lo: 0,
        hi: 5,
        terms: terms.clone(),
    };
    let context = BallotContext {
        election_id: random.random(),
        joint_key: point_from_hash(&[b"the key of this test"]),
        key_digest: random.random(),
        style: 4,
        statement: Statement::new(vec![1; projects as usize], vec![limit]).unwrap(),
        issuers: 2,
        token_length: 384,
    };
    let credential = Credential::generate(&mut ChaCha20Rng::from_seed(secret_seed));
    let values: Vec<u64> = (0..projects)
        .map(|cell| u64::from(cell % (projects / 5) == 1))
        .collect();
    let tokens = vec![vec![0x5a; 384], vec![0xa5; 384]];
    let draft = Draft::seal(&context, &credential, 7, &values, seed).unwrap();
    let ballot = draft
        .cast(
            tokens.clone(),
            &credential,
            &mut ChaCha20Rng::from_seed(proof_seed),
        )
        .unwrap();
    json!({
        "name": format!("{projects} projects, sealed natively"),
        "valid": true,
        "election_id": hex(&context.election_id),
        "joint_key": hex(context.joint_key.compress().as_bytes()),
        "key_digest": hex(&context.key_digest),
        "style": context.style,
        "statement": {"maxima": vec![1; projects as usize], "constraints": [{"lo": 0, "hi": 5, "terms": terms}]},
        "issuers": context.issuers,
        "token_length": context.token_length,
        "entry": hex(&Entry::Ballot(ballot.clone()).to_bytes()),
        "tracker": hex(Tracker::of(&context.election_id, &ballot).as_bytes()),
        "secret": hex(&*credential.to_secret_bytes()),
        "sequence": 7,
        "values": values,
        "seed": hex(&seed),
        "proof_chacha20_seed": hex(&proof_seed),
        "tokens": tokens.iter().map(|token| hex(token)).collect::<Vec<_>>(),
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn run_vectors(native: &Path) -> Value {
    let vectors = workspace().join("specs/vectors");
    let output = Command::new("node")
        .arg(workspace().join("tests/booth/vectors.mjs"))
        .arg(workspace().join("target/booth-vectors"))
        .args(["statement.json", "opening.json", "ballot.json"].map(|file| vectors.join(file)))
        .arg(native)
        .output()
        .expect("node runs");
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("the harness broke: {}", String::from_utf8_lossy(&output.stderr)))
}

/// How many vectors of a file satisfy a condition.
fn count(part: &str, condition: impl Fn(&Value) -> bool) -> usize {
    let file = workspace().join("specs/vectors").join(part);
    let vectors: Vec<Value> = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    vectors.iter().filter(|vector| condition(vector)).count()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_all_vectors_hold_in_webassembly() {
    if !node_is_here() || !with_vectors() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let native = folder.path().join("native.json");
    let ballots = json!([native_ballot(20), native_ballot(200)]);
    std::fs::write(&native, ballots.to_string()).unwrap();

    let ran = run_vectors(&native);
    assert_eq!(ran["failures"], json!([]), "native and WebAssembly differ");
    assert_eq!(ran["statements"], count("statement.json", |_| true));
    assert_eq!(ran["openings"], count("opening.json", |_| true));
    assert_eq!(ran["ballots"], 2 + count("ballot.json", |_| true));
    assert_eq!(
        ran["sealed"],
        2 + count("ballot.json", |vector| vector.get("secret").is_some())
    );
    println!("in WebAssembly: {ran}");
}

#[test]
fn the_shipped_booth_has_no_fixed_randomness_and_can_be_built_again() {
    if !shipped() {
        return;
    }
    let folder = workspace().join("target/booth");
    let script = std::fs::read_to_string(folder.join("booth.js")).unwrap();
    for name in [
        "sealSeeded",
        "castSeeded",
        "class Parts",
        "class Credential",
        "class VectorDraft",
    ] {
        assert!(
            !script.contains(name),
            "{name} is for vectors only, but voters would get it"
        );
    }
    let observer = std::fs::read_to_string(folder.join("observer.js")).unwrap();
    assert!(!observer.contains("judgeVectors"));
    for name in ["class Poll", "class Voter", "class Draft"] {
        assert!(script.contains(name), "the booth has no {name}");
    }

    for module in ["booth_bg.wasm", "observer_bg.wasm"] {
        let bytes = std::fs::read(folder.join(module)).unwrap();
        for place in [workspace(), std::env::home_dir().unwrap_or_default()] {
            let place = place.display().to_string();
            let found = place.len() > 1 && bytes.windows(place.len()).any(|part| part == place.as_bytes());
            assert!(
                !found,
                "{module} names {place}: others could not build the same bytes"
            );
        }
    }
    let again = xtask(&["booth", "--check"]);
    assert!(
        again.status.success(),
        "{}{}",
        String::from_utf8_lossy(&again.stdout),
        String::from_utf8_lossy(&again.stderr)
    );
}
