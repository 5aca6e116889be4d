//! The frozen vectors of specs/vectors/, valid and negative.
//!
//! They are part of this binary: what is tested is this build, not the files
//! that happen to lie beside it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use serde_json::Value;
use voting_core::ballot::{BallotContext, Opening, SealError, Tracker, Verifier};
use voting_core::encoding::decode;
use voting_core::entry::{Entry, IssuerKey};
use voting_core::group::decode_key;
use voting_core::manifest::Manifest;
use voting_core::roll::{ActivationCode, RollLine, blinded_hash, pseudonym};
use voting_core::statement::{Constraint, Statement};
use voting_core::token::{
    IssuerPublicKey, KeyRefused, RsaTokenVerifier, Token, TokenChallenge, TokenKey, TokenRequest, TokenType,
    TokenVerifier,
};

use super::define_vectors::{contest, entries, manifest, outcomes};
use super::election_vectors::{self, election};
use super::key_vectors::{decryption, keys};
use super::ledger_vectors::ledger;
use super::{Agreement, Disagreement};
use crate::tokens;

/// What a verifier says of a vector: `Err` is the defect's class, or why the
/// vector itself makes no sense.
pub(super) type Judgement = Result<(), String>;
type Judge = fn(&Value) -> Judgement;

const FILES: [(&str, &str, Judge); 14] = [
    (
        "entries",
        include_str!("../../../specs/vectors/entries.json"),
        entries,
    ),
    (
        "manifest",
        include_str!("../../../specs/vectors/manifest.json"),
        manifest,
    ),
    (
        "contest",
        include_str!("../../../specs/vectors/contest.json"),
        contest,
    ),
    (
        "statement",
        include_str!("../../../specs/vectors/statement.json"),
        statement,
    ),
    (
        "ballot",
        include_str!("../../../specs/vectors/ballot.json"),
        ballot,
    ),
    (
        "opening",
        include_str!("../../../specs/vectors/opening.json"),
        opening,
    ),
    ("token", include_str!("../../../specs/vectors/token.json"), token),
    (
        "ledger",
        include_str!("../../../specs/vectors/ledger.json"),
        ledger,
    ),
    ("keys", include_str!("../../../specs/vectors/keys.json"), keys),
    (
        "decryption",
        include_str!("../../../specs/vectors/decryption.json"),
        decryption,
    ),
    (
        "outcome",
        include_str!("../../../specs/vectors/outcome.json"),
        outcomes,
    ),
    ("election", election_vectors::FILE, election),
    (
        "rfc9474",
        include_str!("../../../specs/vectors/rfc9474.json"),
        rfc9474,
    ),
    (
        "rfc9578-type2",
        include_str!("../../../specs/vectors/rfc9578-type2.json"),
        rfc9578,
    ),
];

/// Runs every vector of every file.
pub(super) fn all() -> Result<Vec<Agreement>, Disagreement> {
    FILES
        .iter()
        .map(|(name, text, judge)| file(name, text, *judge))
        .collect()
}

fn file(name: &str, text: &str, judge: Judge) -> Result<Agreement, Disagreement> {
    let what = format!("specs/vectors/{name}.json");
    let vectors: Vec<Value> = serde_json::from_str(text).map_err(|error| Disagreement {
        what: what.clone(),
        why: error.to_string(),
    })?;
    for vector in &vectors {
        let (found, expected) = (judge(vector), expected(vector));
        if found != expected {
            let word = |judgement: Judgement| {
                judgement.map_or_else(|class| format!("refused ({class})"), |()| "valid".into())
            };
            let vector = vector["name"].as_str().unwrap_or("without a name");
            let why = format!(
                "vector \"{vector}\" should be {}, but is {}",
                word(expected),
                word(found)
            );
            return Err(Disagreement { what, why });
        }
    }
    Ok(Agreement {
        what,
        cases: vectors.len(),
    })
}

/// What the file says. Vectors of an RFC are all valid and say nothing.
fn expected(vector: &Value) -> Judgement {
    match vector["valid"].as_bool() {
        Some(false) => Err(vector["defect"]
            .as_str()
            .unwrap_or("a defect without a class")
            .to_owned()),
        Some(true) | None => Ok(()),
    }
}

/// The name of an error's variant is the defect's class.
pub(super) fn class(defect: &impl core::fmt::Debug) -> String {
    let text = format!("{defect:?}");
    text.chars().take_while(char::is_ascii_alphanumeric).collect()
}

pub(super) fn text<'a>(vector: &'a Value, field: &str) -> Result<&'a str, String> {
    vector[field]
        .as_str()
        .ok_or_else(|| format!("the vector has no text \"{field}\""))
}

pub(super) fn number(vector: &Value, field: &str) -> Result<u64, String> {
    vector[field]
        .as_u64()
        .ok_or_else(|| format!("the vector has no number \"{field}\""))
}

pub(super) fn bytes(vector: &Value, field: &str) -> Result<Vec<u8>, String> {
    hex::decode(text(vector, field)?).map_err(|_| format!("\"{field}\" is not hexadecimal"))
}

pub(super) fn array(vector: &Value, field: &str) -> Result<[u8; 32], String> {
    bytes(vector, field)?
        .try_into()
        .map_err(|_| format!("\"{field}\" has not 32 bytes"))
}

pub(super) fn same<T: PartialEq>(what: &str, ours: T, theirs: T) -> Judgement {
    if ours == theirs {
        Ok(())
    } else {
        Err(format!("another {what} than the vector's"))
    }
}

pub(super) fn parsed<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_json::from_value(value.clone()).map_err(|error| error.to_string())
}

fn compiled(vector: &Value) -> Result<Statement, String> {
    let maxima: Vec<u64> = parsed(&vector["maxima"])?;
    let mut constraints = Vec::new();
    for constraint in vector["constraints"].as_array().into_iter().flatten() {
        constraints.push(Constraint {
            lo: parsed(&constraint["lo"])?,
            hi: parsed(&constraint["hi"])?,
            terms: parsed(&constraint["terms"])?,
        });
    }
    Statement::new(maxima, constraints).map_err(|defect| class(&defect))
}

fn statement(vector: &Value) -> Judgement {
    let statement = compiled(vector)?;
    same(
        "padded length",
        statement.padded_bits() as u64,
        number(vector, "padded_bits")?,
    )?;
    same("digest", statement.digest(), array(vector, "digest")?)?;
    let values: Vec<u64> = parsed(&vector["satisfying"])?;
    statement.check(&values).map_err(|defect| class(&defect))
}

fn context(vector: &Value) -> Result<BallotContext, String> {
    Ok(BallotContext {
        election_id: array(vector, "election_id")?,
        joint_key: decode_key(&bytes(vector, "joint_key")?).map_err(|defect| class(&defect))?,
        key_digest: array(vector, "key_digest")?,
        style: parsed(&vector["style"])?,
        statement: compiled(&vector["statement"])?,
        issuers: parsed(&vector["issuers"])?,
        token_length: parsed(&vector["token_length"])?,
    })
}

fn opening(vector: &Value) -> Judgement {
    let opening: Opening = decode(&bytes(vector, "opening")?).map_err(|defect| class(&defect))?;
    let tracker = opening.check(&context(vector)?).map_err(|defect| match defect {
        SealError::Unsatisfied(rule) => class(&rule),
        other => class(&other),
    })?;
    match *tracker.as_bytes() == array(vector, "tracker")? {
        true => Ok(()),
        false => Err("AnotherTracker".into()),
    }
}

fn ballot(vector: &Value) -> Judgement {
    let context = context(vector)?;
    let entry = Entry::from_bytes(&bytes(vector, "entry")?).map_err(|defect| class(&defect))?;
    let Entry::Ballot(entry) = entry else {
        return Err("the entry is no ballot".into());
    };
    same(
        "tracker",
        *Tracker::of(&context.election_id, &entry).as_bytes(),
        array(vector, "tracker")?,
    )?;
    let mut rng = ChaCha20Rng::from_seed(rand::random());
    let verifier = Verifier::new(&context);
    let alone = verifier
        .verify(&entry, &mut rng)
        .map(drop)
        .map_err(|defect| class(&defect));
    let batch = verifier
        .verify_batch(&[&entry], &mut rng)
        .pop()
        .ok_or("no answer for a batch of one")?;
    same(
        "answer of the batch verifier",
        &alone,
        &batch.map(drop).map_err(|defect| class(&defect)),
    )?;
    alone
}

/// The key of a vector. Several vectors have the same valid key, whose proof
/// takes longer than all else in them: it is verified once.
fn issuer_key(vector: &Value) -> Result<IssuerPublicKey, String> {
    type Known = Mutex<BTreeMap<(String, String), IssuerPublicKey>>;
    static KNOWN: Known = Mutex::new(BTreeMap::new());
    let field = |name| text(vector, name).map(str::to_owned);
    let place = (field("manifest")?, field("entry")?);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    match known.get(&place) {
        Some(key) => Ok(key.clone()),
        None => {
            let key = proven_key(vector)?;
            known.insert(place, key.clone());
            Ok(key)
        }
    }
}

fn proven_key(vector: &Value) -> Result<IssuerPublicKey, String> {
    let manifest: Manifest = decode(&bytes(vector, "manifest")?).map_err(|defect| class(&defect))?;
    let entry: IssuerKey = decode(&bytes(vector, "entry")?).map_err(|defect| class(&defect))?;
    IssuerPublicKey::verify_entry(&manifest.election_id(), &manifest, &entry).map_err(|refused| match refused
    {
        KeyRefused::Invalid(defect) => class(&defect),
        other => class(&other),
    })
}

/// All RSA libraries at hand must give one answer.
fn bare_token(key: &IssuerPublicKey, credential: &[u8; 32], token: &[u8]) -> Judgement {
    let answer = RsaTokenVerifier.verify(key, credential, token);
    let auditors = tokens::verifier_for([key]).verify(key, credential, token);
    same(
        "answer of the auditor's library",
        auditors.is_ok(),
        answer.is_ok(),
    )?;
    answer.map_err(|defect| class(&defect))
}

fn token(vector: &Value) -> Judgement {
    match text(vector, "kind")? {
        "issuer-key" => issuer_key(vector).map(drop),
        "token" => bare_token(
            &issuer_key(vector)?,
            &array(vector, "credential")?,
            &bytes(vector, "token")?,
        ),
        "whole-token" => {
            let token = Token::from_bytes(&bytes(vector, "token")?).map_err(|defect| class(&defect))?;
            issuer_key(vector)?
                .verify_token(&token)
                .map(drop)
                .map_err(|defect| class(&defect))
        }
        "token-challenge" => {
            let challenge =
                TokenChallenge::from_bytes(&bytes(vector, "bytes")?).map_err(|defect| class(&defect))?;
            same("digest", challenge.digest(), array(vector, "digest")?)
        }
        "token-request" => {
            let request =
                TokenRequest::from_bytes(&bytes(vector, "bytes")?).map_err(|defect| class(&defect))?;
            let hash = blinded_hash(&array(vector, "election_id")?, &request.blinded_message);
            same("blinded hash", hash, array(vector, "blinded_hash")?)
        }
        "activation-code" => activation_code(vector),
        other => Err(format!("unknown kind {other}")),
    }
}

fn activation_code(vector: &Value) -> Judgement {
    let code = ActivationCode::parse(text(vector, "code")?).map_err(|defect| class(&defect))?;
    let election = array(vector, "election_id")?;
    let line = RollLine::parse(text(vector, "line")?).map_err(|defect| class(&defect))?;
    same(
        "authorisation",
        code.authorisation(&election),
        array(vector, "authorisation")?,
    )?;
    let secret = code.secret(&election);
    same("secret", *secret, array(vector, "secret")?)?;
    same(
        "pseudonym",
        pseudonym(&election, &secret, &line),
        array(vector, "pseudonym")?,
    )
}

/// RSASSA-PSS with SHA-384 and a salt of 48 bytes.
fn pss_verifies(key: &TokenKey, message: &[u8], signature: &[u8]) -> Result<bool, String> {
    let answer = key.verify(message, signature).is_ok();
    let auditors = tokens::verifies(key, message, signature);
    same("answer of the auditor's library", auditors, answer)?;
    Ok(answer)
}

/// The variants with a salt of 48 bytes are ours; the others must be refused.
fn rfc9474(vector: &Value) -> Judgement {
    let message = [bytes(vector, "msg_prefix")?, bytes(vector, "msg")?].concat();
    let modulus = bytes(vector, "n")?;
    let key = TokenKey::from_modulus(TokenType::BlindRsa4096, &modulus).map_err(|defect| class(&defect))?;
    let accepted = pss_verifies(&key, &message, &bytes(vector, "sig")?)?;
    same("answer", accepted, bytes(vector, "salt")?.len() == 48)
}

/// A whole token of another implementation.
fn rfc9578(vector: &Value) -> Judgement {
    let key = TokenKey::from_spki(&bytes(vector, "pkS")?).ok_or("the key is refused")?;
    let token = Token::from_bytes(&bytes(vector, "token")?).map_err(|defect| class(&defect))?;
    same("key id", token.input.token_key_id, *key.id())?;
    let accepted = pss_verifies(&key, &token.input.to_bytes(), &token.authenticator)?;
    same("answer", accepted, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A vector that says the opposite of what it should.
    fn reversed(mut vector: Value) -> Value {
        let valid = vector["valid"] != false;
        vector["valid"] = Value::from(!valid);
        vector["defect"] = if valid { "Any".into() } else { Value::Null };
        vector
    }

    #[test]
    fn a_vector_that_says_the_opposite_is_noticed() {
        for (name, text, judge) in FILES {
            let vectors: Vec<Value> = serde_json::from_str(text).unwrap();
            for vector in vectors {
                let wrong = Value::from(vec![reversed(vector.clone())]).to_string();
                let noticed = file(name, &wrong, judge).unwrap_err();
                assert!(noticed.why.contains("should be"), "{name}: {}", vector["name"]);
            }
        }
    }

    #[test]
    fn a_defect_of_another_class_is_noticed() {
        for (name, text, judge) in FILES {
            let mut vectors: Vec<Value> = serde_json::from_str(text).unwrap();
            vectors.retain(|vector| vector["valid"] == false);
            for mut vector in vectors {
                vector["defect"] = "Another".into();
                let text = Value::from(vec![vector]).to_string();
                assert!(file(name, &text, judge).is_err());
            }
        }
    }

    #[test]
    fn every_kind_of_entry_has_a_vector() {
        let kinds: std::collections::BTreeSet<String> = FILES
            .iter()
            .find(|file| file.0 == "entries")
            .map(|file| serde_json::from_str::<Vec<Value>>(file.1).unwrap())
            .unwrap()
            .iter()
            .filter_map(|vector| vector["kind"].as_str().map(str::to_owned))
            .collect();
        assert_eq!(kinds.len(), 21);
    }
}
