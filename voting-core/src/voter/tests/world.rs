//! An election around the voter: officers, trustees, two issuers, a ballot box,
//! all in memory, and as honest as a test wants them.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use std::sync::OnceLock;

use base64ct::{Base64UrlUnpadded, Encoding};
use blind_rsa_signatures::SecretKeySha384PSSDeterministic;
use ed25519_dalek::{Signer, SigningKey};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use rsa::RsaPrivateKey;
use rsa::traits::PublicKeyParts;
use sha2::{Digest, Sha256};

use crate::entry::*;
use crate::hash::{Hash, identifier};
use crate::keys::{Commitments, Dealing, DealingSeed};
use crate::ledger::{
    Checkpoint, Cosigner, Levels, Receipt, SignerKey, TilePlace, consistency_proof, encode_bundle,
    inclusion_proof, leaf_hash,
};
use crate::lifecycle::{Election, Lifecycle};
use crate::manifest::*;
use crate::roll::roll_parts;
use crate::token::{TokenRequest, validity};
use crate::voter::{Poll, Voter};

/// A fixed generator: tests must not depend on luck.
pub(super) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

fn key(role: u8, index: u32) -> SigningKey {
    let mut seed = [role; 32];
    seed[1] = index as u8;
    SigningKey::from_bytes(&seed)
}

const OFFICER: u8 = 1;
const TRUSTEE: u8 = 2;
const ISSUER: u8 = 3;
const LEDGER: u8 = 4;
const WITNESS: u8 = 5;

fn witness(index: u32) -> Cosigner {
    Cosigner::ed25519(&alloc::format!("witness.example/{index}"), &key(WITNESS, index)).unwrap()
}

fn public(role: u8, index: u32) -> crate::encoding::Fixed<32> {
    key(role, index).verifying_key().to_bytes().into()
}

/// The RSA key of an issuer for a style; making one takes a tenth of a second.
fn rsa_key(issuer: u32, style: u32) -> &'static RsaPrivateKey {
    static KEYS: [OnceLock<RsaPrivateKey>; 4] = [const { OnceLock::new() }; 4];
    let place = (issuer * 2 + style) as usize;
    KEYS[place].get_or_init(|| {
        let mut key = RsaPrivateKey::new(&mut rng(1_000 + place as u64), 2048).unwrap();
        key.precompute().unwrap();
        key
    })
}

pub(super) fn contest(id: &str, ballot: BallotKind) -> Contest {
    let project = |(id, cost): (&str, u64)| Project {
        id: id.into(),
        cost,
        groups: vec![],
    };
    let by = match ballot {
        BallotKind::Points { .. } | BallotKind::Ranking { .. } => RankBy::Score,
        _ => RankBy::Votes,
    };
    Contest {
        id: id.into(),
        budget: 100,
        currency: "EUR".into(),
        decimals: 0,
        projects: [("pond", 40), ("trees", 30), ("slide", 60)].map(project).into(),
        groups: vec![],
        ballot,
        limits: vec![],
        rule: WinnerRule {
            method: Method::Greedy,
            by,
            group_budgets: vec![],
            leftover: false,
        },
        tie_break: TieBreak::LowerCost,
    }
}

pub(super) fn approval() -> BallotKind {
    BallotKind::Approval {
        min_length: 1,
        max_length: 2,
    }
}

pub(super) fn points() -> BallotKind {
    BallotKind::Points {
        min_points: 1,
        max_points: 5,
        default_points: 0,
        sum: Some(SumLimit { least: 0, most: 10 }),
        min_length: 0,
        max_length: 3,
    }
}

/// Two styles: north answers the first contest, south both.
fn manifest() -> Manifest {
    let style = |name: &str, contests| Style {
        name: name.into(),
        contests,
    };
    Manifest {
        version: VERSION,
        title: "Budget".into(),
        languages: vec!["en".into()],
        nonce: [5; 32].into(),
        ledger: LedgerIdentity {
            origin: "ledger.example/voter".into(),
            key: public(LEDGER, 0),
            url: "https://ledger.example/voter".into(),
        },
        officers: Officers {
            threshold: 1,
            members: vec![Officer {
                name: "Ada".into(),
                key: public(OFFICER, 0),
            }],
        },
        trustees: Trustees {
            threshold: 2,
            members: (0..)
                .zip(["Dora", "Emil", "Fay"])
                .map(|(index, name)| Trustee {
                    name: name.into(),
                    key: public(TRUSTEE, index),
                })
                .collect(),
        },
        issuers: Issuers {
            token_bits: 2048,
            members: (0..)
                .zip(["one.example", "two.example"])
                .map(|(index, name)| Issuer {
                    name: name.into(),
                    url: alloc::format!("https://{name}"),
                    key: public(ISSUER, index),
                })
                .collect(),
        },
        witness_policy: None,
        contests: vec![contest("parks", approval()), contest("roads", points())],
        styles: vec![style("north", vec![0]), style("south", vec![0, 1])],
        revoting: true,
        smallest_group: 1,
        batch: BatchRule {
            min_ballots: 1,
            min_ms: 1,
            max_ms: 1_000,
        },
        opening: 1_800_000_000,
        closing: 1_801_000_000,
        casting_delay: 0,
        booth: None,
        retention_days: 365,
        content: vec![],
    }
}

/// Everybody but the voters, and the ledger as it grows.
#[derive(Clone)]
pub(super) struct World {
    pub(super) entries: Vec<Vec<u8>>,
    levels: Levels,
    lifecycle: Lifecycle,
    acts: (u32, Hash),
    /// The sealed witness policy's file.
    pub(super) policy: Option<Vec<u8>>,
    /// How many witnesses cosign from now on.
    pub(super) cosigning: usize,
}

impl World {
    /// An open election whose checkpoints two of three witnesses must cosign;
    /// all of them do, for now.
    pub(super) fn witnessed() -> Self {
        let log = SignerKey::ed25519(&manifest().ledger.origin, &key(LEDGER, 0)).unwrap();
        let witness = |index| alloc::format!("witness w{index} {}\n", witness(index).verifier());
        let policy = [
            alloc::format!("log {}\n", log.verifier()),
            (0..3).map(witness).collect(),
            "group all-of-us 2 w0 w1 w2\nquorum all-of-us\n".into(),
        ];
        let policy = policy.concat().into_bytes();
        let sha256: [u8; 32] = Sha256::digest(&policy).into();
        let mut world = Self::with(|manifest| {
            manifest.witness_policy = Some(sha256.into());
            manifest.content = vec![ContentFile {
                name: "witness-policy.txt".into(),
                sha256: sha256.into(),
                length: policy.len() as u64,
            }];
        });
        world.policy = Some(policy);
        world.cosigning = 3;
        world
    }

    /// The usual election, open.
    pub(super) fn open() -> Self {
        static OPEN: OnceLock<World> = OnceLock::new();
        OPEN.get_or_init(|| Self::with(|_| ())).clone()
    }

    /// An open election with another manifest.
    pub(super) fn with(change: impl FnOnce(&mut Manifest)) -> Self {
        let mut world = Self::defined(change);
        let shares = world.ceremony();
        world.issuers();
        for (trustee, share) in (0..).zip(shares) {
            let transcript = world.election().keys.as_ref().unwrap().transcript;
            let body = share.rehearse(&world.id(), &transcript, &mut rng(90));
            world.push(&Entry::Rehearsal(world.signed(TRUSTEE, trustee, body)));
        }
        let open = world.act("open");
        world.push_act(Entry::Open(open));
        world
    }

    /// Entry 0 alone.
    pub(super) fn defined(change: impl FnOnce(&mut Manifest)) -> Self {
        let mut manifest = manifest();
        change(&mut manifest);
        let id = manifest.election_id();
        let signatures = officers_sign("manifest", &id, &manifest);
        let entry = Entry::Manifest(manifest, signatures).to_bytes();
        let mut levels = Levels::default();
        levels.push(leaf_hash(&entry));
        Self {
            levels,
            lifecycle: Lifecycle::begin(&entry).unwrap(),
            acts: (0, leaf_hash(&entry)),
            entries: vec![entry],
            policy: None,
            cosigning: 0,
        }
    }

    pub(super) fn election(&self) -> &Election {
        self.lifecycle.election()
    }

    pub(super) fn id(&self) -> Hash {
        self.election().id
    }

    pub(super) fn size(&self) -> u64 {
        self.levels.size()
    }

    /// Appends bytes, legal or not.
    pub(super) fn append(&mut self, bytes: Vec<u8>) -> u64 {
        let leaf = leaf_hash(&bytes);
        let legal = Entry::from_bytes(&bytes).is_ok_and(|entry| self.lifecycle.apply(leaf, &entry).is_ok());
        if !legal {
            self.lifecycle.skip(leaf);
        }
        self.levels.push(leaf);
        self.entries.push(bytes);
        self.size() - 1
    }

    fn push(&mut self, entry: &Entry) {
        let bytes = entry.to_bytes();
        self.lifecycle.clone().apply(leaf_hash(&bytes), entry).unwrap();
        self.append(bytes);
    }

    fn signed<T: Signable>(&self, role: u8, index: u32, body: T) -> Signed<T> {
        Signed::new(body, &self.id(), &key(role, index))
    }

    fn act(&self, kind: &str) -> Act {
        let body = ActBody {
            counter: self.acts.0 + 1,
            previous: self.acts.1.into(),
            size: self.size(),
            root: self.levels.root().into(),
            closing: 0,
            statement: "".into(),
        };
        let signatures = officers_sign(kind, &self.id(), &body);
        Act { body, signatures }
    }

    fn push_act(&mut self, entry: Entry) {
        self.acts = (self.acts.0 + 1, leaf_hash(&entry.to_bytes()));
        self.push(&entry);
    }

    pub(super) fn close(&mut self) {
        let close = self.act("close");
        self.push_act(Entry::Close(close));
    }

    /// The key ceremony; the trustees' shares.
    fn ceremony(&mut self) -> Vec<crate::keys::SecretShare> {
        let id = self.id();
        let dealing = |trustee: u32| {
            let seed = DealingSeed::from_secret_bytes(&[60 + trustee as u8; 32]);
            Dealing::new(&seed, &id, 0, trustee, 2)
        };
        for trustee in 0..3 {
            let body = dealing(trustee).hash();
            self.push(&Entry::KeyHash(self.signed(TRUSTEE, trustee, body)));
        }
        for trustee in 0..3 {
            let body = dealing(trustee).commitment();
            self.push(&Entry::KeyCommitment(self.signed(TRUSTEE, trustee, body)));
        }
        let round = self.lifecycle.setup().round().clone();
        let receivers: Vec<_> = round.hashes.values().cloned().collect();
        let mut shares = Vec::new();
        for trustee in 0..3 {
            let body = dealing(trustee).shares(&receivers, &mut rng(80)).unwrap();
            shares.push(body.clone());
            self.push(&Entry::KeyShares(self.signed(TRUSTEE, trustee, body)));
        }
        let (public, transcript) = self.lifecycle.setup().derive(self.election()).unwrap();
        for trustee in 0..3 {
            let body = KeyConfirmation {
                round: 0,
                trustee,
                joint_key: public.joint.compress().to_bytes().into(),
                transcript: transcript.into(),
            };
            self.push(&Entry::KeyConfirmation(self.signed(TRUSTEE, trustee, body)));
        }
        let dealers: Vec<Commitments> = (0..3)
            .map(|trustee| round.verified(trustee).unwrap().clone())
            .collect();
        (0..3)
            .map(|trustee| dealing(trustee).receive(&dealers, &shares).unwrap())
            .collect()
    }

    fn issuers(&mut self) {
        let id = self.id();
        for (issuer, style) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let private = rsa_key(issuer, style);
            let context = validity::Context {
                election_id: &id,
                issuer,
                style,
            };
            let body = IssuerKey {
                issuer,
                style,
                modulus: private.n().to_be_bytes().to_vec().into(),
                proof: validity::prove(&context, private, &mut rng(5)).unwrap().into(),
            };
            self.push(&Entry::IssuerKey(self.signed(ISSUER, issuer, body)));
            let mut lines: Vec<_> = (0..8)
                .map(|line| identifier("test", &[&[issuer as u8, style as u8, line]]))
                .collect();
            lines.sort_unstable();
            for roll in roll_parts(issuer, style, &lines).unwrap() {
                self.push(&Entry::Roll(self.signed(ISSUER, issuer, roll)));
            }
        }
    }

    // --- what servers answer -------------------------------------------------

    /// The signed checkpoint of the whole ledger.
    pub(super) fn checkpoint(&self) -> String {
        let mut note = self.checkpoint_by(LEDGER, &self.origin());
        let (text, _) = note.split_once("\n\n").unwrap();
        let text = [text, "\n"].concat();
        for index in 0..self.cosigning {
            note.push_str(&witness(index as u32).cosign(&text, 1_800_000_000).unwrap());
        }
        note
    }

    /// A file of the ledger by its path.
    pub(super) fn file(&self, path: &str) -> Vec<u8> {
        match TilePlace::parse(path) {
            Ok(TilePlace::Entries { number, width }) => {
                let entries = self.entries.iter().skip(number as usize * 256);
                encode_bundle(&entries.take(width.into()).collect::<Vec<_>>())
            }
            Ok(TilePlace::Hashes { level, number, width }) => self.levels.tile(level, number, width).unwrap(),
            Err(_) => self.policy.clone().unwrap(),
        }
    }

    /// The checkpoint, signed by somebody else.
    pub(super) fn forged_checkpoint(&self) -> String {
        self.checkpoint_by(ISSUER, &self.origin())
    }

    /// The checkpoint, rightly signed, under another ledger's name.
    pub(super) fn misnamed_checkpoint(&self) -> String {
        self.checkpoint_by(LEDGER, "ledger.example/other")
    }

    fn origin(&self) -> String {
        self.election().manifest.ledger.origin.clone()
    }

    fn checkpoint_by(&self, role: u8, named: &str) -> String {
        let head = Checkpoint {
            size: self.size(),
            root: self.levels.root(),
            origin: named.into(),
        };
        head.sign(&SignerKey::ed25519(&self.origin(), &key(role, 0)).unwrap())
    }

    /// The proof that the ledger goes on from an earlier size.
    pub(super) fn consistency(&self, old: u64) -> Vec<Hash> {
        consistency_proof(&self.levels, old, self.size()).unwrap()
    }

    /// What a voter of a style reads before the vote.
    pub(super) fn poll(&self, style: u32) -> Poll {
        Poll::read(
            &self.id(),
            &self.entries,
            self.checkpoint().as_bytes(),
            &[],
            style,
            self.policy.as_deref(),
        )
        .unwrap()
    }

    /// An issuer's directory, as of RFC 9578 §4.
    pub(super) fn directory(&self, issuer: u32) -> Vec<String> {
        let keys = self
            .election()
            .issuer_keys
            .range((issuer, 0)..=(issuer, u32::MAX));
        keys.map(|(_, key)| Base64UrlUnpadded::encode_string(&key.key().to_spki()))
            .collect()
    }

    /// An issuer's blind signature.
    pub(super) fn issue(&self, issuer: u32, style: u32, request: &TokenRequest) -> Vec<u8> {
        SecretKeySha384PSSDeterministic::new(rsa_key(issuer, style).clone())
            .blind_sign_with_rng(&mut rng(6), &request.blinded_message)
            .unwrap()
            .0
    }

    /// The ballot box takes an entry, once, and answers with a receipt.
    pub(super) fn take(&mut self, ballot: &[u8]) -> String {
        let known = self.entries.iter().position(|entry| entry == ballot);
        let index = match known {
            Some(index) => index as u64,
            None => {
                let index = self.append(ballot.to_vec());
                self.push(&Entry::Batch(Batch { count: 1 }));
                index
            }
        };
        self.receipt(index)
    }

    /// A receipt for whatever stands at an index.
    pub(super) fn receipt(&self, index: u64) -> String {
        let receipt = Receipt {
            index,
            proof: inclusion_proof(&self.levels, index, self.size()).unwrap(),
            checkpoint: self.checkpoint(),
        };
        alloc::string::ToString::to_string(&receipt)
    }
}

fn officers_sign<T: minicbor::Encode<()>>(kind: &str, id: &Hash, body: &T) -> Vec<OfficerSignature> {
    let message = signed_message(kind, id, body);
    vec![OfficerSignature {
        officer: 0,
        signature: key(OFFICER, 0).sign(&message).to_bytes().into(),
    }]
}

/// A voter who has asked for nothing yet.
pub(super) fn voter(poll: &Poll, seed: u64) -> Voter<'_> {
    Voter::begin(poll, &mut rng(seed)).unwrap()
}

/// Gets every pass that is missing.
pub(super) fn fetch_passes(world: &World, voter: &mut Voter<'_>) {
    let poll = voter.poll();
    for issuer in voter.outstanding().collect::<Vec<_>>() {
        let directory = world.directory(issuer);
        let served = poll.served(issuer, directory.iter().map(String::as_str)).unwrap();
        let request = voter.request(&served).unwrap().unwrap();
        let answer = world.issue(issuer, poll.style(), &request);
        voter.answer(issuer, &answer).unwrap();
    }
}

/// A voter with all passes.
pub(super) fn ready<'p>(world: &World, poll: &'p Poll, seed: u64) -> Voter<'p> {
    let mut voter = voter(poll, seed);
    fetch_passes(world, &mut voter);
    voter
}
