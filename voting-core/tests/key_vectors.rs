//! `specs/vectors/keys.json` and `decryption.json`: made from fixed seeds and
//! frozen, one negative vector for each defect.
//! `PSEPHOS_WRITE_VECTORS=1 cargo test -p voting-core --features trustee --test key_vectors` writes them.
#![cfg(feature = "trustee")]

mod frozen;

use frozen::{class, frozen};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use serde_json::{Value, json};
use voting_core::decrypt::{bounded_logarithms, combine, verify_share};
use voting_core::encoding::encode;
use voting_core::entry::{
    DecryptionShare, KeyCommitment, KeyComplaint, KeyConfirmation, KeyHash, KeyShares, Signed,
};
use voting_core::group::{RistrettoPoint, Scalar, message_base};
use voting_core::hash::Hash;
use voting_core::keys::*;
use voting_core::tally::Sums;

const ELECTION: Hash = [7; 32];
const OTHER: Hash = [8; 32];
const ROOT: Hash = [3; 32];

fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// Completes a vector with the verdict; the error is the defect's class.
fn vector<T>(name: &str, verdict: Result<T, String>, mut fields: Value) -> Value {
    let object = fields.as_object_mut().unwrap();
    object.insert("name".into(), json!(name));
    object.insert("valid".into(), json!(verdict.is_ok()));
    if let Err(class) = verdict {
        object.insert("defect".into(), json!(class));
    }
    fields
}

fn body<T: minicbor::Encode<()>>(value: &T) -> String {
    hex::encode(encode(value))
}

fn bodies<T: minicbor::Encode<()>>(values: &[T]) -> Vec<String> {
    values.iter().map(body).collect()
}

fn point(point: &RistrettoPoint) -> String {
    hex::encode(point.compress().as_bytes())
}

/// An honest round of three trustees, of whom two decrypt.
struct Round {
    dealings: Vec<Dealing>,
    hashes: Vec<KeyHash>,
    commitments: Vec<KeyCommitment>,
    dealers: Vec<Commitments>,
    shares: Vec<KeyShares>,
    keys: PublicKeys,
    transcript: Hash,
}

impl Round {
    fn run() -> Self {
        let deal = |trustee: u32| {
            let seed = DealingSeed::from_secret_bytes(&[trustee as u8 + 1; 32]);
            Dealing::new(&seed, &ELECTION, 0, trustee, 2)
        };
        let dealings: Vec<Dealing> = (0..3).map(deal).collect();
        let hashes: Vec<_> = dealings.iter().map(Dealing::hash).collect();
        let commitments: Vec<_> = dealings.iter().map(Dealing::commitment).collect();
        let verify = |body| verify_commitment(&ELECTION, 2, body).unwrap();
        let dealers: Vec<_> = commitments.iter().map(verify).collect();
        let mut rng = rng(1);
        let shares: Vec<_> = dealings
            .iter()
            .map(|dealing| dealing.shares(&hashes, &mut rng).unwrap())
            .collect();
        let keys = PublicKeys::derive(&dealers).unwrap();
        let transcript = transcript_hash(&ELECTION, &hashes, &commitments, &shares);
        Self {
            dealings,
            hashes,
            commitments,
            dealers,
            shares,
            keys,
            transcript,
        }
    }

    fn secret(&self, trustee: usize) -> SecretShare {
        self.dealings[trustee]
            .receive(&self.dealers, &self.shares)
            .unwrap()
    }

    fn share_keys(&self) -> Vec<String> {
        self.keys.shares.iter().map(point).collect()
    }
}

fn hash_vectors(round: &Round) -> Vec<Value> {
    let make = |name, key: [u8; 32]| {
        let mut hash = round.hashes[0].clone();
        hash.receiving_key = key.into();
        let verdict = verify_hash(&hash).map_err(|fault| class(&fault));
        vector(name, verdict, json!({"kind": "hash", "key_hash": body(&hash)}))
    };
    let mut small_order = [0; 32];
    small_order[0] = 1;
    let mut high_bit = *round.hashes[0].receiving_key;
    high_bit[31] |= 0x80;
    let mut above = [0xff; 32];
    (above[0], above[31]) = (0xf6, 0x7f);
    vec![
        make("a receiving key", *round.hashes[0].receiving_key),
        make("a receiving key that is zero", [0; 32]),
        make("a receiving key of small order", small_order),
        make("a receiving key with its highest bit set", high_bit),
        make("a receiving key above the prime", above),
    ]
}

fn commitment_vectors(round: &Round) -> Vec<Value> {
    let fields = |election: &Hash, threshold: u32, hash: &Hash, commitment: &KeyCommitment| {
        json!({
            "kind": "commitment", "election_id": hex::encode(election), "threshold": threshold,
            "hash": hex::encode(hash), "commitment": body(commitment),
        })
    };
    // Every commitment is the promised one, but for the last.
    let make = |name: &str, election: &Hash, threshold: u32, mutate: &dyn Fn(&mut KeyCommitment)| {
        let mut commitment = round.commitments[0].clone();
        mutate(&mut commitment);
        let verdict = verify_commitment(election, threshold, &commitment).map_err(|fault| class(&fault));
        let hash = commitment_hash(election, &commitment);
        vector(name, verdict, fields(election, threshold, &hash, &commitment))
    };
    let other = fields(&ELECTION, 2, &round.hashes[0].hash, &round.commitments[1]);
    vec![
        make("commitments", &ELECTION, 2, &|_| {}),
        make("fewer commitments than the threshold", &ELECTION, 3, &|_| {}),
        make("more commitments than the threshold", &ELECTION, 1, &|_| {}),
        make("no commitments", &ELECTION, 0, &|commitment| {
            commitment.points = vec![].into()
        }),
        make("the identity as a commitment", &ELECTION, 2, &|commitment| {
            commitment.points[32..].fill(0)
        }),
        make("a commitment that is no point", &ELECTION, 2, &|commitment| {
            commitment.points[32..].fill(0xff)
        }),
        make("a proof for another election", &OTHER, 2, &|_| {}),
        make("a proof for another round", &ELECTION, 2, &|commitment| {
            commitment.round = 1
        }),
        make("a proof of another trustee", &ELECTION, 2, &|commitment| {
            commitment.trustee = 1
        }),
        make("a proof with another response", &ELECTION, 2, &|commitment| {
            commitment.possession[40] ^= 1
        }),
        make("a response that is not canonical", &ELECTION, 2, &|commitment| {
            commitment.possession[32..].fill(0xff);
        }),
        make(
            "a proof whose own commitment is the identity",
            &ELECTION,
            2,
            &|commitment| {
                commitment.possession[..32].fill(0);
            },
        ),
        vector(
            "commitments other than promised",
            Err::<(), _>("Hash".to_owned()),
            other,
        ),
    ]
}

fn complaint_vectors(round: &Round) -> Vec<Value> {
    let mut wrong = round.shares[0].clone();
    wrong.shares[1][50] ^= 1;
    let honest = round.dealings[1].complain(BadShare { dealer: 0 });
    let make = |name: &str, shares: &KeyShares, mutate: &dyn Fn(&mut KeyComplaint)| {
        let mut complaint = honest.clone();
        mutate(&mut complaint);
        let verdict = verify_complaint(&ELECTION, &round.hashes[1], &round.dealers[0], shares, &complaint);
        let fields = json!({
            "kind": "complaint", "election_id": hex::encode(ELECTION), "threshold": 2,
            "receiver": body(&round.hashes[1]), "dealer": body(&round.commitments[0]),
            "shares": body(shares), "complaint": body(&complaint),
        });
        vector(name, verdict.map_err(|fault| class(&fault)), fields)
    };
    let other = Dealing::new(&DealingSeed::from_secret_bytes(&[9; 32]), &ELECTION, 0, 0, 2);
    let other = other.shares(&round.hashes, &mut rng(5)).unwrap();
    vec![
        make("a share that does not open", &wrong, &|_| {}),
        make("a share that does not fit", &other, &|_| {}),
        make("a share that is right", &round.shares[0], &|_| {}),
        make("evidence that is another key", &wrong, &|complaint| {
            complaint.evidence[3] ^= 1
        }),
        make("a complaint about another dealer", &wrong, &|complaint| {
            complaint.dealer = 2
        }),
        make("a complaint of another trustee", &wrong, &|complaint| {
            complaint.trustee = 2
        }),
        make("a complaint of another round", &wrong, &|complaint| {
            complaint.round = 1
        }),
    ]
}

fn joint_vectors(round: &Round) -> Vec<Value> {
    let key = ed25519_dalek::SigningKey::from_bytes(&[1; 32]);
    let confirm = |trustee| {
        let joint_key = round.keys.joint.compress().to_bytes().into();
        let transcript = round.transcript.into();
        Signed::new(
            KeyConfirmation {
                round: 0,
                trustee,
                joint_key,
                transcript,
            },
            &ELECTION,
            &key,
        )
    };
    let confirmations: Vec<_> = (0..3).map(confirm).collect();
    let fields = json!({
        "kind": "joint", "election_id": hex::encode(ELECTION), "threshold": 2,
        "hashes": bodies(&round.hashes), "commitments": bodies(&round.commitments),
        "shares": bodies(&round.shares), "confirmations": bodies(&confirmations),
        "joint_key": point(&round.keys.joint), "share_keys": round.share_keys(),
        "transcript": hex::encode(round.transcript), "key_digest": hex::encode(key_digest(&confirmations)),
        "canary": point(&canary(&ELECTION, &round.transcript)),
    });
    vec![vector("a whole round", Ok(()), fields)]
}

fn rehearsal_vectors(round: &Round) -> Vec<Value> {
    let honest = round
        .secret(1)
        .rehearse(&ELECTION, &round.transcript, &mut rng(6));
    let make = |name: &str, election: &Hash, trustee: u32, flip: Option<usize>| {
        let mut rehearsal = honest.clone();
        match flip {
            Some(at) if at < 32 => rehearsal.point[at] ^= 1,
            Some(at) => rehearsal.proof[at - 32] ^= 1,
            None => {}
        }
        let key = &round.keys.shares[trustee as usize];
        let verdict = verify_rehearsal(election, &round.transcript, trustee, key, &rehearsal);
        let fields = json!({
            "kind": "rehearsal", "election_id": hex::encode(election),
            "transcript": hex::encode(round.transcript), "trustee": trustee, "share_key": point(key),
            "rehearsal": body(&rehearsal),
        });
        vector(name, verdict.map_err(|fault| class(&fault)), fields)
    };
    vec![
        make("a rehearsal", &ELECTION, 1, None),
        make("a rehearsal of another election", &OTHER, 1, None),
        make("a rehearsal of another trustee", &ELECTION, 2, None),
        make("a rehearsal whose point does not decode", &ELECTION, 1, Some(0)),
        make("a rehearsal with another challenge", &ELECTION, 1, Some(40)),
        make("a rehearsal with another response", &ELECTION, 1, Some(70)),
    ]
}

#[test]
fn the_vectors_of_the_ceremony_are_frozen() {
    let round = Round::run();
    let vectors = [
        hash_vectors(&round),
        commitment_vectors(&round),
        complaint_vectors(&round),
        joint_vectors(&round),
        rehearsal_vectors(&round),
    ];
    frozen("keys", &vectors.concat());
}

fn sums_of(round: &Round, totals: &[u64]) -> Sums {
    let mut rng = rng(2);
    let mut bytes = Vec::new();
    for &total in totals {
        let r = Scalar::random(&mut rng);
        bytes.extend(RistrettoPoint::mul_base(&r).compress().to_bytes());
        bytes.extend(
            (Scalar::from(total) * message_base() + r * round.keys.joint)
                .compress()
                .to_bytes(),
        );
    }
    Sums::from_bytes(totals.len(), &bytes).unwrap()
}

fn decrypt(round: &Round, trustee: usize, sums: &Sums) -> DecryptionShare {
    let (joint, mut rng) = (&round.keys.joint, rng(10 + trustee as u64));
    round
        .secret(trustee)
        .decrypt(&ELECTION, joint, 0, (1_000, &ROOT), sums, &mut rng)
}

fn share_vectors(round: &Round, sums: &Sums) -> Vec<Value> {
    let honest = decrypt(round, 0, sums);
    let make = |name: &str, election: &Hash, key: usize, mutate: &dyn Fn(&mut DecryptionShare)| {
        let mut share = honest.clone();
        mutate(&mut share);
        let key = &round.keys.shares[key];
        let verdict = verify_share(election, &round.keys.joint, key, sums, &share);
        let fields = json!({
            "kind": "share", "election_id": hex::encode(election), "joint_key": point(&round.keys.joint),
            "share_key": point(key), "cells": sums.cells().len(), "sums": hex::encode(sums.to_bytes()),
            "share": body(&share),
        });
        vector(name, verdict.map_err(|fault| class(&fault)), fields)
    };
    vec![
        make("a share", &ELECTION, 0, &|_| {}),
        make("a share of another election", &OTHER, 0, &|_| {}),
        make("a share under another trustee's key", &ELECTION, 1, &|_| {}),
        make("a share of another trustee", &ELECTION, 0, &|share| {
            share.trustee = 1
        }),
        make("a share of another contest", &ELECTION, 0, &|share| {
            share.contest = 1
        }),
        make("a share at another size", &ELECTION, 0, &|share| share.size += 1),
        make("a share at another root", &ELECTION, 0, &|share| {
            share.root[0] ^= 1
        }),
        make("a share without its last cell", &ELECTION, 0, &|share| {
            share.points = share.points[..64].to_vec().into();
        }),
        make("a share whose points are swapped", &ELECTION, 0, &|share| {
            share.points[..64].rotate_left(32)
        }),
        make("a point that does not decode", &ELECTION, 0, &|share| {
            share.points[..32].fill(0xff)
        }),
        make("another challenge", &ELECTION, 0, &|share| share.proof[0] ^= 1),
        make("another response", &ELECTION, 0, &|share| share.proof[33] ^= 1),
        make("a response that is not canonical", &ELECTION, 0, &|share| {
            share.proof[32..].fill(0xff)
        }),
        make("no proof", &ELECTION, 0, &|share| share.proof = [0; 64].into()),
    ]
}

fn combination_vectors(round: &Round, sums: &Sums, totals: &[u64]) -> Vec<Value> {
    let make = |name: &str, trustees: &[usize], max: u64| {
        let shares: Vec<_> = trustees
            .iter()
            .map(|&trustee| decrypt(round, trustee, sums))
            .collect();
        let verify = |share: &DecryptionShare| {
            let key = &round.keys.shares[share.trustee as usize];
            verify_share(&ELECTION, &round.keys.joint, key, sums, share).unwrap()
        };
        let proven: Vec<_> = shares.iter().map(verify).collect();
        let opened = combine(2, sums, &proven).map_err(|fault| class(&fault));
        let verdict =
            opened.and_then(|points| bounded_logarithms(&points, max).map_err(|fault| class(&fault)));
        assert!(verdict.as_ref().map_or(true, |found| found == totals));
        let fields = json!({
            "kind": "combination", "election_id": hex::encode(ELECTION), "threshold": 2,
            "joint_key": point(&round.keys.joint), "share_keys": round.share_keys(),
            "cells": sums.cells().len(), "sums": hex::encode(sums.to_bytes()),
            "shares": bodies(&shares), "max": max, "totals": totals,
        });
        vector(name, verdict, fields)
    };
    vec![
        make("trustees 0 and 1", &[0, 1], 5_000),
        make("trustees 0 and 2", &[2, 0], 5_000),
        make("all trustees", &[0, 1, 2], 5_000),
        make("one trustee alone", &[1], 5_000),
        make("one trustee twice", &[1, 1], 5_000),
        make("a total above the bound", &[1, 2], 4_999),
        make("a bound above the largest total", &[1, 2], (1 << 44) + 1),
    ]
}

#[test]
fn the_vectors_of_the_decryption_are_frozen() {
    let round = Round::run();
    let totals = [0, 17, 5_000];
    let sums = sums_of(&round, &totals);
    let vectors = [
        share_vectors(&round, &sums),
        combination_vectors(&round, &sums, &totals),
    ];
    frozen("decryption", &vectors.concat());
}
