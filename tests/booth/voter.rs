//! One voter in WebAssembly, and this test as the servers: the same shell that
//! voters get reads the poll, fetches passes, checks, casts, crashes and looks.

#[path = "../../auditor/tests/attacks/kit/mod.rs"]
#[allow(dead_code, unused_imports)]
pub(crate) mod kit;

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use base64ct::{Base64UrlUnpadded, Encoding};
use blind_rsa_signatures::SecretKeySha384PSSDeterministic;
use kit::{Story, rng, rsa_key};
use serde_json::{Value, json};
use voting_core::entry::Entry;
use voting_core::ledger::{Levels, Receipt, consistency_proof, encode_bundle, inclusion_proof, leaf_hash};
use voting_core::token::TokenRequest;

use super::{hex, node_is_here, shipped, workspace};

/// The voter's style, which answers both contests.
const STYLE: u32 = 1;

/// What the servers answer to a question.
fn answer(story: &mut Story, question: &Value) -> Value {
    let bytes = |name: &str| unhex(question[name].as_str().unwrap());
    let issuer = question["issuer"].as_u64().unwrap_or_default() as u32;
    match question["ask"].as_str().unwrap() {
        "ledger" => json!({
            "link": hex(&story.id()),
            "bundle": hex(&encode_bundle(&story.entries)),
            "checkpoint": String::from_utf8(story.checkpoint()).unwrap(),
        }),
        "entries" => story.entries.iter().map(|entry| hex(entry)).collect(),
        "keys" => {
            let keys = story.election().issuer_keys.range((issuer, 0)..=(issuer, 9));
            keys.map(|(_, key)| Base64UrlUnpadded::encode_string(&key.key().to_spki()))
                .collect()
        }
        "issue" => {
            let request = TokenRequest::from_bytes(&bytes("request")).unwrap();
            let key = SecretKeySha384PSSDeterministic::new(rsa_key(issuer, STYLE).clone());
            let signed = key.blind_sign_with_rng(&mut rng(6), &request.blinded_message);
            json!(hex(&signed.unwrap().0))
        }
        "cast" => {
            let ballot = bytes("ballot");
            json!({ "receipt": cast(story, &ballot), "manifest": receipt(story, 0) })
        }
        "consistency" => {
            let receipt = Receipt::parse(question["receipt"].as_str().unwrap().as_bytes()).unwrap();
            let size = receipt.checkpoint.lines().nth(1).unwrap().parse().unwrap();
            // The ledger goes on, so that there is something to prove.
            let (first, second) = (story.cast(5, 0), story.cast(6, 0));
            story.batch(vec![first, second]);
            let levels = levels(story);
            let proof = consistency_proof(&levels, size, levels.size()).unwrap();
            json!({ "proof": hex(&proof.concat()) })
        }
        other => panic!("the voter asks for {other}"),
    }
}

/// Takes a ballot once, and gives its receipt however often it comes.
fn cast(story: &mut Story, ballot: &[u8]) -> String {
    let Entry::Ballot(entry) = Entry::from_bytes(ballot).unwrap() else {
        panic!("not a ballot");
    };
    if !story.entries.iter().any(|known| known == ballot) {
        story.batch(vec![entry]);
    }
    let index = story.entries.iter().position(|known| known == ballot);
    receipt(story, index.unwrap() as u64)
}

fn levels(story: &Story) -> Levels {
    story.entries.iter().map(|entry| leaf_hash(entry)).collect()
}

fn receipt(story: &Story, index: u64) -> String {
    let levels = levels(story);
    let receipt = Receipt {
        index,
        proof: inclusion_proof(&levels, index, levels.size()).unwrap(),
        checkpoint: String::from_utf8(story.checkpoint()).unwrap(),
    };
    receipt.to_string()
}

fn unhex(text: &str) -> Vec<u8> {
    hex::decode(text).unwrap()
}

#[test]
fn a_voter_in_webassembly_goes_the_whole_way_and_refuses_what_lies() {
    if !node_is_here() || !shipped() {
        return;
    }
    let mut story = kit::opened().clone();
    let mut node = Command::new("node")
        .arg(workspace().join("tests/booth/voter.mjs"))
        .arg(workspace().join("target/booth"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    let mut answers = node.stdin.take().unwrap();
    let questions = BufReader::new(node.stdout.take().unwrap());
    let mut done = None;
    for question in questions.lines() {
        let question: Value = serde_json::from_str(&question.unwrap()).unwrap();
        if question["ask"] == "done" {
            done = Some(question["failures"].clone());
            writeln!(answers, "null").unwrap();
        } else {
            writeln!(answers, "{}", answer(&mut story, &question)).unwrap();
        }
    }
    assert!(node.wait().unwrap().success());
    assert_eq!(
        done,
        Some(json!([])),
        "the voter stopped, or something went wrong"
    );
}
