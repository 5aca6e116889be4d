//! Our own vectors, frozen in `specs/vectors/token.json`: valid ones, and one
//! negative per defect. Written with `PSEPHOS_WRITE_VECTORS=1`.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt::Debug;
use std::path::Path;

use serde_json::{Value, json};

use super::crafted_keys::{key_with_e_in_phi, largest_prime, multiple_of};
use super::test_keys::{entry, manifest, modulus, private_key, proven, rng, sign};
use super::*;
use crate::encoding::{decode, encode};
use crate::entry::IssuerKey;
use crate::manifest::Manifest;
use crate::roll::{ActivationCode, RollLine, blinded_hash, pseudonym};

/// The outer variant's name is the defect's class.
fn class(defect: &impl Debug) -> String {
    let text = format!("{defect:?}");
    let inner = text.strip_prefix("Invalid(").unwrap_or(&text);
    inner.chars().take_while(char::is_ascii_alphanumeric).collect()
}

fn text<'a>(vector: &'a Value, field: &str) -> &'a str {
    vector[field].as_str().unwrap()
}

fn bytes(vector: &Value, field: &str) -> Vec<u8> {
    hex::decode(text(vector, field)).unwrap()
}

fn array(vector: &Value, field: &str) -> [u8; 32] {
    bytes(vector, field).try_into().unwrap()
}

/// What a second verifier does with a vector: `Err` is the defect's class.
fn verdict(vector: &Value) -> Result<(), String> {
    match text(vector, "kind") {
        "issuer-key" => issuer_key(vector).map(drop),
        "token" => {
            let key = issuer_key(vector).unwrap();
            let (credential, token) = (array(vector, "credential"), bytes(vector, "token"));
            RsaTokenVerifier
                .verify(&key, &credential, &token)
                .map_err(|defect| class(&defect))
        }
        "whole-token" => {
            let key = issuer_key(vector).unwrap();
            let token = Token::from_bytes(&bytes(vector, "token")).map_err(|defect| class(&defect))?;
            key.verify_token(&token)
                .map(drop)
                .map_err(|defect| class(&defect))
        }
        "token-challenge" => {
            let challenge =
                TokenChallenge::from_bytes(&bytes(vector, "bytes")).map_err(|defect| class(&defect))?;
            assert_eq!(challenge.digest(), array(vector, "digest"));
            Ok(())
        }
        "token-request" => {
            let election = array(vector, "election_id");
            let request =
                TokenRequest::from_bytes(&bytes(vector, "bytes")).map_err(|defect| class(&defect))?;
            assert_eq!(
                blinded_hash(&election, &request.blinded_message),
                array(vector, "blinded_hash")
            );
            Ok(())
        }
        "activation-code" => {
            let code = ActivationCode::parse(text(vector, "code")).map_err(|defect| class(&defect))?;
            let (election, line) = (
                array(vector, "election_id"),
                RollLine::parse(text(vector, "line")).unwrap(),
            );
            assert_eq!(code.authorisation(&election), array(vector, "authorisation"));
            assert_eq!(*code.secret(&election), array(vector, "secret"));
            assert_eq!(
                pseudonym(&election, &code.secret(&election), &line),
                array(vector, "pseudonym")
            );
            Ok(())
        }
        other => panic!("unknown kind {other}"),
    }
}

fn issuer_key(vector: &Value) -> Result<IssuerPublicKey, String> {
    let manifest: Manifest = decode(&bytes(vector, "manifest")).unwrap();
    let entry: IssuerKey = decode(&bytes(vector, "entry")).unwrap();
    IssuerPublicKey::verify_entry(&manifest.election_id(), &manifest, &entry).map_err(|defect| class(&defect))
}

/// Adds to `vector` what its verdict is.
fn judged(name: &str, kind: &str, mut vector: Value) -> Value {
    vector["name"] = name.into();
    vector["kind"] = kind.into();
    match verdict(&vector) {
        Ok(()) => vector["valid"] = true.into(),
        Err(defect) => {
            vector["valid"] = false.into();
            vector["defect"] = defect.into();
        }
    }
    vector
}

fn key_vectors() -> Vec<Value> {
    let manifest = manifest(0);
    let id = manifest.election_id();
    let good = entry(&id, 0, 0, private_key(0));
    let with = |change: &dyn Fn(&mut IssuerKey)| {
        let mut entry = good.clone();
        change(&mut entry);
        entry
    };
    let (bad, forged) = key_with_e_in_phi(&id);
    let (prime, roots) = largest_prime(&id);
    let cases = vec![
        ("a proven key", good.clone()),
        (
            "an issuer the manifest does not have",
            with(&|entry| entry.issuer = 2),
        ),
        (
            "a style the manifest does not have",
            with(&|entry| entry.style = 2),
        ),
        ("a proof made for another style", with(&|entry| entry.style = 1)),
        (
            "a modulus one bit too short",
            with(&|entry| entry.modulus[0] &= 0x7f),
        ),
        ("an even modulus", with(&|entry| entry.modulus[255] &= 0xfe)),
        (
            "a modulus with the factor 65537",
            with(&|entry| entry.modulus = multiple_of(65_537).into()),
        ),
        (
            "a prime modulus",
            with(&|entry| {
                entry.modulus = prime.clone().into();
                entry.proof = roots.clone().into();
            }),
        ),
        (
            "e divides phi of N",
            with(&|entry| {
                entry.modulus = bad.clone().into();
                entry.proof = forged.clone().into();
            }),
        ),
        ("seven roots", with(&|entry| entry.proof.truncate(7 * 256))),
        (
            "a root that is the modulus",
            with(&|entry| entry.proof[..256].copy_from_slice(&modulus(private_key(0)))),
        ),
        ("a root with one wrong bit", with(&|entry| entry.proof[2047] ^= 1)),
    ];
    let manifest = hex::encode(encode(&manifest));
    cases
        .into_iter()
        .map(|(name, entry)| {
            judged(
                name,
                "issuer-key",
                json!({ "manifest": manifest, "entry": hex::encode(encode(&entry)) }),
            )
        })
        .collect()
}

fn token_vectors() -> Vec<Value> {
    let manifest = manifest(0);
    let id = manifest.election_id();
    let key = proven(&manifest, 0, 0);
    let pending = Pending::new(&key, &[42; 32], &mut rng(1)).unwrap();
    let token = pending
        .finalize(&key, &sign(private_key(0), &pending.request()))
        .unwrap();
    let whole = Token {
        input: key.token_input(&[42; 32]),
        authenticator: token.clone(),
    }
    .to_bytes();
    let flipped = |bytes: &[u8], place: usize| {
        let mut bytes = bytes.to_vec();
        bytes[place] ^= 1;
        bytes
    };
    let common = json!({
        "manifest": hex::encode(encode(&manifest)),
        "entry": hex::encode(encode(&entry(&id, 0, 0, private_key(0)))),
        "key_id": hex::encode(key.key().id()),
        "challenge": hex::encode(key.challenge().to_bytes()),
    });
    let bare = |name: &str, credential: [u8; 32], token: &[u8]| {
        let mut vector = common.clone();
        vector["credential"] = hex::encode(credential).into();
        vector["token"] = hex::encode(token).into();
        judged(name, "token", vector)
    };
    let full = |name: &str, token: &[u8]| {
        let mut vector = common.clone();
        vector["token"] = hex::encode(token).into();
        judged(name, "whole-token", vector)
    };
    let mut other_type = whole.clone();
    other_type.splice(..2, [0xff, 0x03]);
    other_type.extend([0; 128]);
    vec![
        bare("a token", [42; 32], &token),
        bare("a token for another credential", [43; 32], &token),
        bare("a token with one wrong bit", [42; 32], &flipped(&token, 255)),
        bare("a token one byte short", [42; 32], &token[..255]),
        full("a whole token", &whole),
        full("a whole token of another type", &other_type),
        full("a whole token of an unknown type", &flipped(&whole, 1)),
        full("a whole token for another challenge", &flipped(&whole, 40)),
        full("a whole token of another key", &flipped(&whole, 70)),
        full(
            "a whole token with a byte too many",
            &[whole.as_slice(), &[0]].concat(),
        ),
    ]
}

fn structure_vectors() -> Vec<Value> {
    let manifest = manifest(0);
    let key = proven(&manifest, 0, 0);
    let challenge = key.challenge().to_bytes();
    let request = Pending::new(&key, &[42; 32], &mut rng(1)).unwrap().request();
    let digest = hex::encode(key.challenge().digest());
    let id = manifest.election_id();
    let blinded = hex::encode(blinded_hash(&id, &request.blinded_message));
    let of_challenge = |name: &str, bytes: &[u8]| {
        judged(
            name,
            "token-challenge",
            json!({ "bytes": hex::encode(bytes), "digest": digest }),
        )
    };
    let of_request = |name: &str, bytes: &[u8]| {
        let vector =
            json!({ "bytes": hex::encode(bytes), "election_id": hex::encode(id), "blinded_hash": blinded });
        judged(name, "token-request", vector)
    };
    let mut short_context = challenge.clone();
    short_context[18] = 31;
    short_context.remove(19);
    let request = request.to_bytes();
    vec![
        of_challenge("a challenge", &challenge),
        of_challenge(
            "a challenge with a byte too many",
            &[challenge.as_slice(), &[0]].concat(),
        ),
        of_challenge("a challenge of type 1", &[&[0, 1], &challenge[2..]].concat()),
        of_challenge("a redemption context of 31 bytes", &short_context),
        of_request("a token request", &request),
        of_request("a token request one byte short", &request[..258]),
        of_request("a token request of type 1", &[&[0, 1], &request[2..]].concat()),
    ]
}

fn code_vectors() -> Vec<Value> {
    let (id, line) = (
        manifest(0).election_id(),
        RollLine::parse("Ada Lovelace, 12 Main St").unwrap(),
    );
    let code = ActivationCode::generate(&mut rng(3));
    let printed = code.to_text().to_string();
    let judge = |name: &str, text: &str| {
        let vector = json!({
            "code": text,
            "line": line.as_str(),
            "election_id": hex::encode(id),
            "authorisation": hex::encode(code.authorisation(&id)),
            "secret": hex::encode(*code.secret(&id)),
            "pseudonym": hex::encode(pseudonym(&id, &code.secret(&id), &line)),
        });
        judged(name, "activation-code", vector)
    };
    let last = if printed.ends_with('0') { "1" } else { "0" };
    vec![
        judge("a code as printed", &printed),
        judge(
            "a code as typed",
            &printed.to_lowercase().replace('-', " ").replace('0', "O"),
        ),
        judge(
            "a code with a wrong last character",
            &format!("{}{last}", &printed[..33]),
        ),
        judge("a code with a U", &format!("U{}", &printed[1..])),
        judge("a code that is too long", &format!("{printed}0")),
    ]
}

#[test]
fn the_frozen_vectors_are_what_this_code_makes_and_judges() {
    let made = Value::from(
        [
            key_vectors(),
            token_vectors(),
            structure_vectors(),
            code_vectors(),
        ]
        .concat(),
    );
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/vectors/token.json");
    if std::env::var_os("PSEPHOS_WRITE_VECTORS").is_some() {
        std::fs::write(&path, serde_json::to_string_pretty(&made).unwrap() + "\n").unwrap();
    }
    let frozen: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(
        made, frozen,
        "the vectors are frozen; a change is another protocol"
    );
    for vector in frozen.as_array().unwrap() {
        let expected = if vector["valid"] == true {
            Ok(())
        } else {
            Err(text(vector, "defect").to_string())
        };
        assert_eq!(verdict(vector), expected, "{}", vector["name"]);
    }
}
