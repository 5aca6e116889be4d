//! `specs/vectors/statement.json`, `ballot.json` and `opening.json`: made from fixed seeds and
//! frozen. `PSEPHOS_WRITE_VECTORS=1 cargo test -p voting-core vectors` writes them.

use alloc::format;
use alloc::string::{String, ToString};
use std::path::PathBuf;

use serde_json::{Value, json};

use super::*;
use crate::encoding::{decode, encode};
use crate::entry::Entry;
use crate::statement::StatementError;

fn path(part: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../specs/vectors")
        .join(format!("{part}.json"))
}

/// Compares with the frozen file, or writes it.
fn freeze(part: &str, vectors: &[Value]) {
    let lines: Vec<String> = vectors.iter().map(|vector| format!("  {vector}")).collect();
    let text = format!("[\n{}\n]\n", lines.join(",\n"));
    if std::env::var_os("PSEPHOS_WRITE_VECTORS").is_some() {
        std::fs::create_dir_all(path(part).parent().unwrap()).unwrap();
        std::fs::write(path(part), text).unwrap();
        return;
    }
    let frozen = std::fs::read_to_string(path(part)).unwrap();
    assert!(
        frozen == text,
        "{part}.json changed: a change here is another protocol"
    );
}

/// The name of an error's variant.
fn class(error: &impl core::fmt::Debug) -> String {
    let text = format!("{error:?}");
    text.split([' ', '(', '{']).next().unwrap().to_string()
}

fn statement_json(maxima: &[u64], constraints: &[Constraint]) -> Value {
    let constraints: Vec<Value> = constraints
        .iter()
        .map(|c| json!({"lo": c.lo, "hi": c.hi, "terms": c.terms}))
        .collect();
    json!({"maxima": maxima, "constraints": constraints})
}

fn bad_statements() -> Vec<(&'static str, Vec<u64>, Vec<Constraint>)> {
    let limit = |lo, hi, terms| vec![Constraint { lo, hi, terms }];
    vec![
        ("no cells", vec![], vec![]),
        ("a maximum of 2^53", vec![1 << 53], vec![]),
        (
            "terms out of order",
            vec![1, 1],
            limit(0, 1, vec![(1, 1), (0, 1)]),
        ),
        ("a cell twice", vec![1, 1], limit(0, 1, vec![(0, 1), (0, 1)])),
        ("a weight of zero", vec![1], limit(0, 1, vec![(0, 0)])),
        ("a cell that does not exist", vec![1], limit(0, 1, vec![(1, 1)])),
        ("lo above hi", vec![1], limit(1, 0, vec![(0, 1)])),
        ("a width of 2^53", vec![1], limit(0, 1 << 53, vec![(0, 1)])),
        ("a sum above 2^60", vec![2], limit(0, 1, vec![(0, 1 << 60)])),
        ("nothing to choose", vec![0], limit(0, 0, vec![(0, 1)])),
    ]
}

#[test]
fn statement_vectors() {
    let mut vectors = Vec::new();
    for (name, statement, values) in kinds() {
        let mut vector = statement_json(statement.maxima(), statement.constraints());
        vector["name"] = name.into();
        vector["valid"] = true.into();
        vector["satisfying"] = json!(values);
        vector["padded_bits"] = statement.padded_bits().into();
        vector["digest"] = hex::encode(statement.digest()).into();
        vectors.push(vector);
    }
    for (name, maxima, constraints) in bad_statements() {
        let error: StatementError = Statement::new(maxima.clone(), constraints.clone()).unwrap_err();
        let mut vector = statement_json(&maxima, &constraints);
        vector["name"] = name.into();
        vector["valid"] = false.into();
        vector["defect"] = class(&error).into();
        vectors.push(vector);
    }
    freeze("statement", &vectors);
}

fn context_json(name: &str, context: &BallotContext) -> Value {
    json!({
        "name": name,
        "election_id": hex::encode(context.election_id),
        "joint_key": hex::encode(context.joint_key.compress().as_bytes()),
        "key_digest": hex::encode(context.key_digest),
        "style": context.style,
        "statement": statement_json(context.statement.maxima(), context.statement.constraints()),
        "issuers": context.issuers,
        "token_length": context.token_length,
    })
}

fn ballot_json(name: &str, context: &BallotContext, ballot: &BallotEntry) -> Value {
    let outcome = verify(context, ballot, &mut rng(1));
    assert_eq!(
        outcome.as_ref().err(),
        verify_batch(context, &[ballot], &mut rng(2))[0].as_ref().err()
    );
    let mut vector = context_json(name, context);
    vector["valid"] = outcome.is_ok().into();
    vector["entry"] = hex::encode(Entry::Ballot(ballot.clone()).to_bytes()).into();
    vector["tracker"] = hex::encode(Tracker::of(&context.election_id, ballot).as_bytes()).into();
    if let Err(invalid) = outcome {
        vector["defect"] = class(&invalid).into();
    }
    vector
}

/// A valid vector also says how to make it: secret, seed and values, and the
/// ChaCha20 seed of the proof's randomness.
fn valid_vector(name: &str, context: &BallotContext, values: &[u64], number: u8) -> Value {
    let randomness = [number; 32];
    let credential = Credential::generate(&mut ChaCha20Rng::from_seed([0xc0 ^ number; 32]));
    let seed = [0x5e ^ number; 32];
    let draft = Draft::seal(context, &credential, number.into(), values, seed).unwrap();
    let ballot = draft
        .cast(
            tokens(context),
            &credential,
            &mut ChaCha20Rng::from_seed(randomness),
        )
        .unwrap();
    let mut vector = ballot_json(name, context, &ballot);
    vector["secret"] = hex::encode(*credential.to_secret_bytes()).into();
    vector["sequence"] = number.into();
    vector["values"] = json!(values);
    vector["seed"] = hex::encode(seed).into();
    vector["proof_chacha20_seed"] = hex::encode(randomness).into();
    vector["tokens"] = tokens(context).iter().map(hex::encode).collect();
    vector
}

type Change = (&'static str, fn(&mut BallotEntry));

const DEFECTS: [Change; 14] = [
    ("another style", |b| b.style ^= 1),
    ("no token", |b| b.tokens.clear()),
    ("a token too short", |b| b.tokens[0].truncate(31)),
    ("a cell too few", |b| b.cells.truncate(192)),
    ("a range proof a round short", |b| {
        let shorter = b.range_proof.len() - 64;
        b.range_proof.truncate(shorter);
    }),
    ("a credential that is no point", |b| b.credential[31] = 0xff),
    ("the identity as credential", |b| b.credential = [0; 32].into()),
    ("a commitment that is no point", |b| b.cells[63] = 0xff),
    ("the identity as commitment", |b| b.cells[32..64].fill(0)),
    ("a range proof scalar that is not reduced", |b| {
        b.range_proof[128..160].fill(0xff)
    }),
    ("a link proof scalar that is not reduced", |b| {
        b.link_proof[96..128].fill(0xff)
    }),
    ("another token", |b| b.tokens[0][0] ^= 1),
    ("another sequence", |b| b.sequence[3] ^= 1),
    ("another ciphertext", |b| b.cells.swap(0, 1)),
];

#[test]
fn ballot_vectors() {
    let small = |statement| BallotContext {
        token_length: 32,
        ..context(statement)
    };
    let mut vectors = Vec::new();
    for ((name, statement, values), number) in kinds().into_iter().zip(1..) {
        vectors.push(valid_vector(name, &small(statement), &values, number));
    }
    let two = BallotContext {
        issuers: 2,
        ..small(choose(4, 0, 2))
    };
    vectors.push(valid_vector("tokens of two issuers", &two, &[0, 1, 0, 0], 20));

    let context = small(choose(4, 0, 2));
    let good = cast(&context, &[1, 0, 0, 1], 1);
    for (name, change) in DEFECTS {
        let mut bad = good.clone();
        change(&mut bad);
        vectors.push(ballot_json(name, &context, &bad));
    }
    let crooked = forgery::ballot_with_one_vote_too_many(&context, 1);
    vectors.push(ballot_json("one vote too many", &context, &crooked));
    let unlinked = forgery::ballot_off_by(&context, 1, 2);
    vectors.push(ballot_json("a link proof off by one", &context, &unlinked));
    freeze("ballot", &vectors);
}

/// An opening beside the tracker that the voter took down before.
fn opening_json(name: &str, context: &BallotContext, opening: &[u8], noted: &Tracker) -> Value {
    let mut vector = context_json(name, context);
    vector["opening"] = hex::encode(opening).into();
    vector["tracker"] = hex::encode(noted.as_bytes()).into();
    let defect = match decode::<Opening>(opening) {
        Err(error) => Some(class(&error)),
        Ok(opening) => match opening.check(context) {
            Err(SealError::Unsatisfied(rule)) => Some(class(&rule)),
            Err(error) => Some(class(&error)),
            Ok(tracker) => (tracker != *noted).then(|| "AnotherTracker".to_string()),
        },
    };
    vector["valid"] = defect.is_none().into();
    if let Some(defect) = defect {
        vector["defect"] = defect.into();
    }
    vector
}

type Slip = (&'static str, fn(&mut Opening));

const SLIPS: [Slip; 11] = [
    ("of another style", |o| o.style ^= 1),
    ("whose credential is no point", |o| o.credential[31] = 0xff),
    ("whose credential is the identity", |o| {
        o.credential = [0; 32].into()
    }),
    ("of another credential", |o| {
        o.credential = Credential::generate(&mut rng(5)).public().into()
    }),
    ("of another sequence", |o| o.sequence[3] ^= 1),
    ("with another seed", |o| o.seed[0] ^= 1),
    ("of another choice", |o| o.values.rotate_right(1)),
    ("with a value too few", |o| o.values.truncate(3)),
    ("with a value too many", |o| o.values.push(0)),
    ("with a value above the maximum", |o| o.values[0] = 2),
    ("with a project too many", |o| o.values[1] = 1),
];

#[test]
fn opening_vectors() {
    let mut vectors = Vec::new();
    for ((name, statement, values), number) in kinds().into_iter().zip(1u8..) {
        let context = context(statement);
        let credential = Credential::generate(&mut rng(number.into()));
        let draft = Draft::seal(&context, &credential, number.into(), &values, [number; 32]).unwrap();
        let tracker = draft.tracker();
        vectors.push(opening_json(name, &context, &encode(&draft.open()), &tracker));
    }

    let context = context(choose(4, 0, 2));
    let draft = Draft::seal(
        &context,
        &Credential::generate(&mut rng(3)),
        7,
        &[1, 0, 0, 1],
        [4; 32],
    )
    .unwrap();
    let tracker = draft.tracker();
    let good = draft.open();
    for (name, slip) in SLIPS {
        let mut bad = good.clone();
        slip(&mut bad);
        vectors.push(opening_json(name, &context, &encode(&bad), &tracker));
    }
    let bytes = encode(&good);
    let longer = [&bytes[..], &[0]].concat();
    vectors.push(opening_json("with a byte after it", &context, &longer, &tracker));
    // The style, 3, in two bytes where one is enough.
    let wide = [&bytes[..1], &[0x18, 3], &bytes[2..]].concat();
    vectors.push(opening_json("in another encoding", &context, &wide, &tracker));
    assert_eq!(
        vectors.iter().filter(|vector| vector["valid"] == true).count(),
        kinds().len()
    );
    freeze("opening", &vectors);
}
