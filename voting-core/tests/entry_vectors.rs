//! Frozen entries of every kind (specs/vectors/entries.json), and their grammar.
//!
//! The bodies are made up, their signatures are not. The grammar of
//! specs/entries.cddl is judged by another implementation of RFC 8610: what it
//! accepts the decoder accepts, and every frozen entry is accepted by both.
//! `PSEPHOS_WRITE_VECTORS=1 cargo test -p voting-core --test entry_vectors` writes the file.

mod frozen;

use cddl_cat::context::BasicContext;
use ciborium::Value as Cbor;
use ed25519_dalek::{Signer, SigningKey};
use frozen::{class, frozen};
use serde_json::{Value, json};
use voting_core::encoding::{Fixed, decode, encode};
use voting_core::entry::*;
use voting_core::hash::Hash;
use voting_core::ledger::leaf_hash;
use voting_core::manifest::*;

const ELECTION: Hash = [7; 32];

fn signing_key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn fill<const N: usize>(byte: u8) -> Fixed<N> {
    [byte; N].into()
}

/// Contests of every ballot kind, winner rule, measure and tie-break.
fn contests() -> Vec<Contest> {
    let kinds = [
        BallotKind::ChooseOne { blank: true },
        BallotKind::Approval {
            min_length: 1,
            max_length: 2,
        },
        BallotKind::Knapsack {
            min_length: 0,
            max_length: 2,
            min_sum_cost: 1,
            max_sum_cost: 1 << 40,
        },
        points(Some(SumLimit { least: -3, most: 300 })),
        points(None),
        BallotKind::Ranking {
            min_length: 1,
            max_length: 2,
            points: PlacePoints::FromLast,
        },
        BallotKind::Ranking {
            min_length: 1,
            max_length: 2,
            points: PlacePoints::FromFirst { table: vec![2, 1] },
        },
    ];
    let methods = [
        Method::Greedy,
        Method::GreedyNoSkip { least: 0 },
        Method::GreedyThreshold { least: 500 },
        Method::GreedyExclusive {
            least: 24,
            exclusions: vec![vec![0, 1]],
        },
        Method::VotesPerCost,
        Method::NotComputed {
            name: "equalshares".into(),
        },
        Method::Greedy,
    ];
    kinds
        .into_iter()
        .zip(methods)
        .zip(0u8..)
        .map(|((kind, method), at)| contest(at, kind, method))
        .collect()
}

fn points(sum: Option<SumLimit>) -> BallotKind {
    BallotKind::Points {
        min_points: -1,
        max_points: 5,
        default_points: 0,
        sum,
        min_length: 0,
        max_length: 2,
    }
}

fn contest(at: u8, ballot: BallotKind, method: Method) -> Contest {
    let project = |id: &str, cost, groups| Project {
        id: id.into(),
        cost,
        groups,
    };
    let measure = if at.is_multiple_of(2) {
        Measure::Count
    } else {
        Measure::Cost
    };
    let tie_break = [
        TieBreak::LowerCost,
        TieBreak::HigherCost,
        TieBreak::ManifestOrder,
        TieBreak::Lot,
    ];
    Contest {
        id: format!("contest {at}"),
        budget: 100_000,
        currency: "EUR".into(),
        decimals: 2,
        projects: vec![project("pond", 23, vec![0]), project("árboles", 24, vec![0, 1])],
        groups: vec!["parks".into(), "north".into()],
        ballot,
        limits: vec![Limit {
            projects: vec![0, 1],
            measure,
            lo: 0,
            hi: 255,
        }],
        rule: WinnerRule {
            method,
            by: if at.is_multiple_of(2) {
                RankBy::Votes
            } else {
                RankBy::Score
            },
            group_budgets: vec![GroupBudget {
                group: 1,
                budget: 256,
            }],
            leftover: at % 2 == 1,
        },
        tie_break: tie_break[usize::from(at % 4)],
    }
}

fn manifest() -> Manifest {
    let url = || "https://ledger.example".to_string();
    Manifest {
        version: VERSION,
        title: "Riverside".into(),
        languages: vec!["en".into(), "pt-BR".into()],
        nonce: fill(7),
        ledger: LedgerIdentity {
            origin: "ledger.example/1".into(),
            key: fill(1),
            url: url(),
        },
        officers: Officers {
            threshold: 1,
            members: vec![Officer {
                name: "Ada".into(),
                key: fill(2),
            }],
        },
        trustees: Trustees {
            threshold: 2,
            members: vec![Trustee {
                name: "Dora".into(),
                key: fill(3),
            }],
        },
        issuers: Issuers {
            token_bits: 3072,
            members: vec![Issuer {
                name: "one.example".into(),
                url: url(),
                key: fill(4),
            }],
        },
        witness_policy: None,
        contests: contests(),
        styles: vec![Style {
            name: "everyone".into(),
            contests: vec![0, 1],
        }],
        revoting: true,
        smallest_group: 10,
        batch: BatchRule {
            min_ballots: 32,
            min_ms: 1_000,
            max_ms: 10_000,
        },
        opening: 1_800_000_000,
        closing: 1_801_000_000,
        casting_delay: 0,
        booth: Some(fill(5)),
        retention_days: 365,
        content: vec![ContentFile {
            name: "projects.en.json".into(),
            sha256: fill(6),
            length: 70_000,
        }],
    }
}

/// The same manifest with everything left out that may be.
fn sparse_manifest() -> Manifest {
    Manifest {
        witness_policy: Some(fill(8)),
        booth: None,
        contests: vec![],
        content: vec![],
        ..manifest()
    }
}

fn by_officer<T: minicbor::Encode<()>>(kind: &str, body: &T) -> Vec<OfficerSignature> {
    let signature = signing_key()
        .sign(&signed_message(kind, &ELECTION, body))
        .to_bytes();
    vec![OfficerSignature {
        officer: 0,
        signature: signature.into(),
    }]
}

fn act(kind: &str, make: fn(Act) -> Entry, statement: &str) -> Entry {
    let body = ActBody {
        counter: 1,
        previous: fill(1),
        size: 70_000,
        root: fill(2),
        closing: if kind == "extend" { 1_802_000_000 } else { 0 },
        statement: statement.into(),
    };
    make(Act {
        signatures: by_officer(kind, &body),
        body,
    })
}

fn sign<T: Signable>(body: T) -> Signed<T> {
    Signed::new(body, &ELECTION, &signing_key())
}

/// An entry of every kind, and variants with and without what may be absent.
fn entries() -> Vec<(&'static str, Entry)> {
    let (round, trustee, issuer, style) = (0, 2, 0, 24);
    let of_manifest =
        |manifest: Manifest| Entry::Manifest(manifest.clone(), by_officer("manifest", &manifest));
    let shares = vec![fill::<80>(3); 3];
    vec![
        ("manifest", of_manifest(manifest())),
        (
            "manifest without what may be absent",
            of_manifest(sparse_manifest()),
        ),
        (
            "key-hash",
            Entry::KeyHash(sign(KeyHash {
                round,
                trustee,
                hash: fill(1),
                receiving_key: fill(2),
            })),
        ),
        (
            "key-commitment",
            Entry::KeyCommitment(sign(KeyCommitment {
                round,
                trustee,
                points: vec![9; 64].into(),
                possession: fill(3),
            })),
        ),
        (
            "key-shares",
            Entry::KeyShares(sign(KeyShares {
                round,
                trustee,
                shares,
            })),
        ),
        (
            "key-complaint",
            Entry::KeyComplaint(sign(KeyComplaint {
                round,
                trustee,
                dealer: 1,
                evidence: fill(4),
            })),
        ),
        (
            "key-confirmation",
            Entry::KeyConfirmation(sign(KeyConfirmation {
                round: 1,
                trustee,
                joint_key: fill(5),
                transcript: fill(6),
            })),
        ),
        (
            "rehearsal",
            Entry::Rehearsal(sign(Rehearsal {
                trustee,
                point: fill(7),
                proof: fill(8),
            })),
        ),
        (
            "roll",
            Entry::Roll(sign(Roll {
                issuer,
                style,
                part: 0,
                parts: 1,
                pseudonyms: vec![1; 96].into(),
            })),
        ),
        (
            "roll of nobody",
            Entry::Roll(sign(Roll {
                issuer,
                style,
                part: 0,
                parts: 1,
                pseudonyms: vec![].into(),
            })),
        ),
        (
            "issuer-key",
            Entry::IssuerKey(sign(IssuerKey {
                issuer,
                style,
                modulus: vec![0xff; 384].into(),
                proof: vec![1; 3_072].into(),
            })),
        ),
        ("open", act("open", Entry::Open, "")),
        ("pause", act("pause", Entry::Pause, "flood")),
        ("resume", act("resume", Entry::Resume, "flood is over")),
        ("extend", act("extend", Entry::Extend, "one day lost")),
        ("close", act("close", Entry::Close, "")),
        ("ballot", Entry::Ballot(ballot(vec![vec![2; 384].into()]))),
        (
            "ballot with two tokens",
            Entry::Ballot(ballot(vec![vec![2; 256].into(), vec![3; 256].into()])),
        ),
        ("batch", Entry::Batch(Batch { count: 32 })),
        (
            "issuance-report",
            Entry::IssuanceReport(sign(IssuanceReport {
                issuer,
                style,
                part: 1,
                parts: 2,
                records: vec![1; 128].into(),
            })),
        ),
        (
            "tally",
            Entry::Tally(Tally {
                contest: 0,
                ballots: 1 << 33,
                sums: vec![9; 128].into(),
            }),
        ),
        (
            "decryption-share",
            Entry::DecryptionShare(sign(DecryptionShare {
                trustee,
                contest: 0,
                size: 1 << 33,
                root: fill(1),
                points: vec![9; 64].into(),
                proof: fill(2),
            })),
        ),
        (
            "result",
            Entry::Result(ContestResult {
                contest: 0,
                totals: vec![0, 23, 24, 255, 1 << 40],
                winners: Some(vec![2, 0]),
            }),
        ),
        (
            "result where nobody wins",
            Entry::Result(ContestResult {
                contest: 0,
                totals: vec![0],
                winners: Some(vec![]),
            }),
        ),
        (
            "result without winners",
            Entry::Result(ContestResult {
                contest: 1,
                totals: vec![1],
                winners: None,
            }),
        ),
        ("lot", act("lot", Entry::Lot, "3 7 12 28 41 45")),
    ]
}

fn ballot(tokens: Vec<voting_core::encoding::Bytes>) -> BallotEntry {
    BallotEntry {
        style: 1,
        credential: fill(1),
        sequence: 3u32.to_be_bytes().into(),
        tokens,
        cells: vec![9; 128].into(),
        range_proof: vec![8; 480].into(),
        link_proof: fill(7),
    }
}

/// Bytes that are no entry: one defect each.
fn defects() -> Vec<(&'static str, Vec<u8>)> {
    let batch = |count: &[u8]| [&[0x82, 15, 0x81], count].concat();
    let confirmation = Entry::KeyConfirmation(sign(KeyConfirmation {
        round: 0,
        trustee: 0,
        joint_key: fill(5),
        transcript: fill(6),
    }))
    .to_bytes();
    // 82 05 82 84 00 00 5820 … : the joint key's length stands at byte 7.
    let key_of = |length: usize| {
        let mut bytes = confirmation.clone();
        bytes[7] = length as u8;
        bytes.splice(8..40, vec![5; length]);
        bytes
    };
    let result = |tail: &[u8]| [&[0x82, 19], tail].concat();
    let mut without_length = batch(&[1]);
    without_length[2] = 0x9f;
    without_length.push(0xff);
    vec![
        ("no bytes", vec![]),
        ("not an array", vec![0x0f]),
        ("a kind alone", vec![0x81, 15]),
        ("the reserved kind 20", vec![0x82, 20, 0x81, 1]),
        ("the reserved kind 25", vec![0x82, 25, 0x81, 1]),
        ("the unknown kind 27", vec![0x82, 0x18, 27, 0x81, 1]),
        ("a kind as text", vec![0x82, 0x61, b'f', 0x81, 1]),
        ("one field too many", batch(&[1, 1]).tap(|bytes| bytes[2] = 0x82)),
        ("one field too few", vec![0x82, 15, 0x80]),
        ("a count below zero", batch(&[0x20])),
        ("a count of 33 bits", batch(&[0x1b, 0, 0, 0, 1, 0, 0, 0, 0])),
        ("a count as text", batch(&[0x61, b'1'])),
        ("a map in place of a list", vec![0x82, 15, 0xa1, 0, 1]),
        ("a count under a tag", batch(&[0xc1, 1])),
        ("a count as a float", batch(&[0xf9, 0x3c, 0])),
        ("a key of 31 bytes", key_of(31)),
        ("a key of 33 bytes", key_of(33)),
        ("cut short", confirmation[..confirmation.len() - 1].to_vec()),
        ("text that is not UTF-8", non_utf8()),
        ("a byte after the entry", batch(&[1, 0])),
        ("a count in two bytes instead of one", batch(&[0x18, 1])),
        (
            "a kind in two bytes instead of one",
            vec![0x82, 0x18, 15, 0x81, 1],
        ),
        ("a list without its length", without_length),
        (
            "winners as null instead of left out",
            result(&[0x83, 0, 0x81, 1, 0xf6]),
        ),
        (
            "a list's length in two bytes instead of one",
            result(&[0x98, 2, 0, 0x81, 1]),
        ),
    ]
}

/// A change in passing.
trait Tap: Sized {
    fn tap(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }
}

impl Tap for Vec<u8> {}

fn non_utf8() -> Vec<u8> {
    let bytes = act("lot", Entry::Lot, "3 7").to_bytes();
    let at = bytes.windows(3).position(|window| window == b"3 7").unwrap();
    bytes.tap(|bytes| bytes[at] = 0xff)
}

#[test]
fn entries_are_the_frozen_ones() {
    let key = hex::encode(signing_key().verifying_key().to_bytes());
    let mut vectors: Vec<Value> = Vec::new();
    for (name, entry) in entries() {
        let bytes = entry.to_bytes();
        assert_eq!(Entry::from_bytes(&bytes).as_ref(), Ok(&entry));
        vectors.push(json!({
            "name": name, "valid": true, "kind": entry.kind(), "entry": hex::encode(&bytes),
            "leaf": hex::encode(leaf_hash(&bytes)), "election_id": hex::encode(ELECTION), "key": key,
        }));
    }
    for (name, entry) in entries() {
        // The same entries, each with a signature for another election.
        if let Some(bytes) = signed_elsewhere(&entry) {
            vectors.push(json!({
                "name": format!("{name}, signed for another election"), "valid": false, "defect": "InvalidSignature",
                "kind": entry.kind(), "entry": hex::encode(&bytes), "leaf": hex::encode(leaf_hash(&bytes)),
                "election_id": hex::encode(ELECTION), "key": key,
            }));
        }
    }
    for (name, bytes) in defects() {
        let defect = class(&Entry::from_bytes(&bytes).expect_err(name));
        vectors.push(json!({ "name": name, "valid": false, "defect": defect, "entry": hex::encode(bytes) }));
    }
    frozen("entries", &vectors);
}

/// A signed entry with the signature that its author would give elsewhere.
fn signed_elsewhere(entry: &Entry) -> Option<Vec<u8>> {
    const ELSEWHERE: Hash = [8; 32];
    let key = signing_key();
    let entry = match entry.clone() {
        Entry::KeyHash(one) => Entry::KeyHash(Signed::new(one.body, &ELSEWHERE, &key)),
        Entry::KeyCommitment(one) => Entry::KeyCommitment(Signed::new(one.body, &ELSEWHERE, &key)),
        Entry::KeyShares(one) => Entry::KeyShares(Signed::new(one.body, &ELSEWHERE, &key)),
        Entry::KeyComplaint(one) => Entry::KeyComplaint(Signed::new(one.body, &ELSEWHERE, &key)),
        Entry::KeyConfirmation(one) => Entry::KeyConfirmation(Signed::new(one.body, &ELSEWHERE, &key)),
        Entry::Rehearsal(one) => Entry::Rehearsal(Signed::new(one.body, &ELSEWHERE, &key)),
        Entry::DecryptionShare(one) => Entry::DecryptionShare(Signed::new(one.body, &ELSEWHERE, &key)),
        _ => return None,
    };
    Some(entry.to_bytes())
}

// --- the grammar ---------------------------------------------------------------

fn grammar() -> BasicContext {
    let text = include_str!("../../specs/entries.cddl");
    BasicContext::new(cddl_cat::flatten::flatten_from_str(text).expect("entries.cddl is CDDL"))
}

fn conforms(grammar: &BasicContext, rule: &str, value: &Cbor) -> bool {
    cddl_cat::cbor::validate_cbor(&grammar.rules[rule], value, grammar).is_ok()
}

fn read(bytes: &[u8]) -> Option<Cbor> {
    ciborium::from_reader(bytes).ok()
}

fn write(value: &Cbor) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes
}

fn vectors(name: &str) -> Vec<Value> {
    let path = format!("{}/../specs/vectors/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_frozen_example_is_of_the_grammar() {
    let grammar = grammar();
    // File, field, rule; for keys and decryptions bodies stand under their names.
    let bodies = [
        ("entries", "entry", "entry"),
        ("ballot", "entry", "ballot"),
        ("manifest", "manifest", "manifest"),
        ("contest", "contest", "contest"),
        ("outcome", "contest", "contest"),
        ("token", "entry", "issuer-key-body"),
        ("keys", "key_hash", "key-hash-body"),
        ("keys", "commitment", "key-commitment-body"),
        ("keys", "shares", "key-shares-body"),
        ("keys", "complaint", "key-complaint-body"),
        ("keys", "rehearsal", "rehearsal-body"),
        ("decryption", "share", "decryption-share-body"),
    ];
    for (file, field, rule) in bodies {
        let mut seen = 0;
        for vector in vectors(file).iter().filter(|vector| vector["valid"] == true) {
            let Some(text) = vector[field].as_str() else {
                continue;
            };
            let value = read(&hex::decode(text).unwrap()).expect("CBOR");
            assert!(conforms(&grammar, rule, &value), "{file}: {}", vector["name"]);
            seen += 1;
        }
        assert!(seen > 0, "{file}.json has no valid {field}");
    }
    // A whole election, and what is no entry of it only where it stands.
    let election = vectors("election");
    let honest = election[0]["entries"].as_array().unwrap().iter();
    let others = election
        .iter()
        .filter(|vector| vector["kind"] == "next")
        .map(|vector| &vector["entry"]);
    for entry in honest.chain(others) {
        let value = read(&hex::decode(entry.as_str().unwrap()).unwrap()).expect("CBOR");
        assert!(conforms(&grammar, "entry", &value), "{entry}");
    }
}

#[test]
fn what_is_malformed_is_not_of_the_grammar() {
    let grammar = grammar();
    for vector in vectors("entries") {
        let bytes = hex::decode(vector["entry"].as_str().unwrap()).unwrap();
        match (vector["defect"].as_str(), read(&bytes)) {
            (Some("Malformed"), Some(value)) => {
                assert!(!conforms(&grammar, "entry", &value), "{}", vector["name"]);
            }
            // A decoder of CBOR alone cannot read it, or it is another writing of an entry.
            (Some("Malformed" | "NotCanonical" | "InvalidSignature"), _) | (None, Some(_)) => {}
            other => panic!("{}: {other:?}", vector["name"]),
        }
    }
}

/// Every way to spoil one place of a value.
fn mutants(value: &Cbor) -> Vec<Cbor> {
    let mut all = vec![
        Cbor::Float(0.5),
        Cbor::Map(vec![]),
        Cbor::Null,
        Cbor::Text("x".into()),
        Cbor::Bytes(vec![1]),
    ];
    all.extend([
        Cbor::Array(vec![]),
        Cbor::Bool(true),
        Cbor::from(u64::MAX),
        Cbor::from(-1),
    ]);
    match value {
        Cbor::Array(items) => {
            all.push(Cbor::Array([items.as_slice(), &[Cbor::Bool(true)]].concat()));
            if let Some((_, but_last)) = items.split_last() {
                all.push(Cbor::Array(but_last.to_vec()));
                all.push(Cbor::Array(items[1..].to_vec()));
            }
            for (place, item) in items.iter().enumerate() {
                for mutant in mutants(item) {
                    let mut items = items.clone();
                    items[place] = mutant;
                    all.push(Cbor::Array(items));
                }
            }
        }
        Cbor::Bytes(bytes) => {
            all.push(Cbor::Bytes([bytes.as_slice(), &[0]].concat()));
            all.push(Cbor::Bytes(bytes[..bytes.len().saturating_sub(1)].to_vec()));
        }
        _ => {}
    }
    all
}

#[test]
fn grammar_and_decoder_accept_the_same_values() {
    let grammar = grammar();
    let (mut accepted, mut refused) = (0, 0);
    for (name, entry) in entries() {
        let value = read(&entry.to_bytes()).unwrap();
        assert_eq!(
            write(&value),
            entry.to_bytes(),
            "{name}: ciborium writes it alike"
        );
        for mutant in mutants(&value) {
            let bytes = write(&mutant);
            let decodes = Entry::from_bytes(&bytes).is_ok();
            assert_eq!(
                conforms(&grammar, "entry", &mutant),
                decodes,
                "{name}: {}",
                hex::encode(&bytes)
            );
            if decodes { accepted += 1 } else { refused += 1 }
        }
    }
    // Both happen: a shorter list or another number is an entry still.
    assert!(
        accepted > 100 && refused > 1_000,
        "{accepted} accepted, {refused} refused"
    );
}

/// Whether the signatures of a signed entry hold; `None`: nobody signs it.
fn verifies(entry: &Entry) -> Option<bool> {
    let key = signing_key().verifying_key().to_bytes();
    fn officers<T: minicbor::Encode<()>>(
        key: &[u8; 32],
        kind: &str,
        body: &T,
        all: &[OfficerSignature],
    ) -> bool {
        let message = signed_message(kind, &ELECTION, body);
        !all.is_empty()
            && all
                .iter()
                .all(|one| verify_signature(key, &message, &one.signature).is_ok())
    }
    macro_rules! signed {
        ($one:expr) => {
            $one.verify(&ELECTION, &key).is_ok()
        };
    }
    Some(match entry {
        Entry::Manifest(manifest, signatures) => officers(&key, "manifest", manifest, signatures),
        Entry::Open(act)
        | Entry::Pause(act)
        | Entry::Resume(act)
        | Entry::Extend(act)
        | Entry::Close(act)
        | Entry::Lot(act) => officers(&key, entry.kind(), &act.body, &act.signatures),
        Entry::KeyHash(one) => signed!(one),
        Entry::KeyCommitment(one) => signed!(one),
        Entry::KeyShares(one) => signed!(one),
        Entry::KeyComplaint(one) => signed!(one),
        Entry::KeyConfirmation(one) => signed!(one),
        Entry::Rehearsal(one) => signed!(one),
        Entry::Roll(one) => signed!(one),
        Entry::IssuerKey(one) => signed!(one),
        Entry::IssuanceReport(one) => signed!(one),
        Entry::DecryptionShare(one) => signed!(one),
        Entry::Ballot(_) | Entry::Batch(_) | Entry::Tally(_) | Entry::Result(_) => return None,
    })
}

#[test]
fn f2_every_field_of_a_signed_body_and_its_kind_are_signed() {
    let mut refused = 0;
    for (name, entry) in entries() {
        let Some(holds) = verifies(&entry) else { continue };
        assert!(holds, "{name}");
        let honest = entry.to_bytes();
        for mutant in mutants(&read(&honest).unwrap()) {
            let bytes = write(&mutant);
            let Ok(altered) = Entry::from_bytes(&bytes) else {
                continue;
            };
            // An officer's number beside the signature is no part of what is signed.
            if bytes == honest || same_but_for_the_officer(&altered, &entry) {
                continue;
            }
            assert_eq!(verifies(&altered), Some(false), "{name}: {}", hex::encode(&bytes));
            refused += 1;
        }
        // The same body under the kinds that share its form.
        for kind in [9, 10, 11, 12, 13, 26] {
            let mut value = read(&honest).unwrap();
            value.as_array_mut().unwrap()[0] = Cbor::from(kind);
            let Ok(other) = Entry::from_bytes(&write(&value)) else {
                continue;
            };
            assert_eq!(
                verifies(&other),
                Some(other == entry),
                "{name} as {}",
                other.kind()
            );
        }
    }
    assert!(refused > 200, "{refused} alterations");
}

/// Whether two entries differ in the number of a signing officer alone.
fn same_but_for_the_officer(one: &Entry, other: &Entry) -> bool {
    let zero = |entry: &Entry| {
        let mut entry = entry.clone();
        let signatures = match &mut entry {
            Entry::Manifest(_, signatures) => signatures,
            other => &mut other.act_mut()?.signatures,
        };
        signatures.iter_mut().for_each(|one| one.officer = 0);
        Some(entry)
    };
    zero(one).is_some() && zero(one) == zero(other)
}

#[test]
fn contests_decode_as_the_grammar_says() {
    let grammar = grammar();
    for contest in contests() {
        let value = read(&encode(&contest)).unwrap();
        assert!(conforms(&grammar, "contest", &value));
        for mutant in mutants(&value) {
            let decodes = decode::<Contest>(&write(&mutant)).is_ok();
            assert_eq!(conforms(&grammar, "contest", &mutant), decodes, "{mutant:?}");
        }
    }
}
