//! A poll in a process: people with keys, and a ledger that takes entries as
//! the ballot box does.

use std::sync::{Mutex, MutexGuard, OnceLock};

use blind_rsa_signatures::SecretKeySha384PSSDeterministic;
use ceremony::{Board, CeremonyFault, Memory, OfficerKey, Record, TrusteeKey};
use ed25519_dalek::SigningKey;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use rsa::RsaPrivateKey;
use rsa::traits::PublicKeyParts;
use tempfile::TempDir;
use voting_core::ballot::{Draft, verify};
use voting_core::contest::Choice;
use voting_core::credential::Credential;
use voting_core::entry::{BallotEntry, Batch, Entry, IssuerKey, Roll, Signed, Tally};
use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, SignerKey, leaf_hash};
use voting_core::lifecycle::Lifecycle;
use voting_core::manifest::*;
use voting_core::tally::Sums;
use voting_core::token::{Pending, validity};

pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// Everybody, and the ledger.
pub(crate) struct Poll {
    pub(crate) officers: Vec<OfficerKey>,
    pub(crate) trustees: Vec<TrusteeKey>,
    pub(crate) ledger: FakeBox,
    pub(crate) id: Hash,
    issuer: SigningKey,
    folder: TempDir,
}

/// A ballot box in memory. `wrong_sums` makes it publish a vote too many.
pub(crate) struct FakeBox {
    state: Mutex<State>,
    pub(crate) key: SigningKey,
    pub(crate) wrong_sums: bool,
}

#[derive(Clone)]
pub(crate) struct State {
    pub(crate) lifecycle: Lifecycle,
    pub(crate) entries: Vec<Vec<u8>>,
}

impl Poll {
    /// A manifest signed by two of three officers, three trustees of whom two decrypt.
    pub(crate) fn begin() -> Self {
        let officer =
            |index: u64| OfficerKey::generate(["Ada", "Ben", "Cleo"][index as usize], &mut rng(index));
        let trustee =
            |index: u64| TrusteeKey::generate(["Dora", "Emil", "Fay"][index as usize], &mut rng(10 + index));
        let officers: Vec<_> = (0..3).map(officer).collect();
        let trustees: Vec<_> = (0..3).map(trustee).collect();
        let (issuer, key) = (SigningKey::from_bytes(&[3; 32]), SigningKey::from_bytes(&[4; 32]));
        let manifest = manifest(&officers, &trustees, &issuer, &key);
        let id = manifest.election_id();
        let mut draft = ceremony::officer::draft_manifest(manifest);
        ceremony::officer::sign(&mut draft, None, &officers[2]).unwrap();
        ceremony::officer::sign(&mut draft, None, &officers[0]).unwrap();
        let first = draft.to_bytes();
        let lifecycle = Lifecycle::begin(&first).unwrap();
        let state = Mutex::new(State {
            lifecycle,
            entries: vec![first],
        });
        let ledger = FakeBox {
            state,
            key,
            wrong_sums: false,
        };
        Self {
            officers,
            trustees,
            ledger,
            id,
            issuer,
            folder: TempDir::new().unwrap(),
        }
    }

    pub(crate) fn memory(&self, trustee: usize) -> Memory {
        self.memory_named(&format!("trustee-{trustee}.age"))
    }

    pub(crate) fn memory_named(&self, name: &str) -> Memory {
        Memory::beside(&self.folder.path().join(name), &self.id).unwrap()
    }

    pub(crate) fn record(&self) -> Record {
        Record::read(&self.ledger, &self.id).unwrap()
    }

    /// The issuer's key and roll, on the ledger.
    pub(crate) fn issue(&self) {
        self.issued().iter().for_each(|entry| self.ledger.push(entry));
    }

    /// The issuer's key and roll.
    pub(crate) fn issued(&self) -> [Entry; 2] {
        let private = rsa_key();
        let context = validity::Context {
            election_id: &self.id,
            issuer: 0,
            style: 0,
        };
        let proof = validity::prove(&context, private, &mut rng(5)).unwrap();
        let modulus = private.n().to_be_bytes().to_vec().into();
        let key = IssuerKey {
            issuer: 0,
            style: 0,
            modulus,
            proof: proof.into(),
        };
        let key = Entry::IssuerKey(Signed::new(key, &self.id, &self.issuer));
        let mut lines: Vec<Hash> = (0..8)
            .map(|line| voting_core::hash::identifier("line", &[&[line]]))
            .collect();
        lines.sort_unstable();
        let pseudonyms = lines.concat().into();
        let roll = Roll {
            issuer: 0,
            style: 0,
            part: 0,
            parts: 1,
            pseudonyms,
        };
        [key, Entry::Roll(Signed::new(roll, &self.id, &self.issuer))]
    }

    /// Ballots for the given projects, one voter each, in one batch.
    pub(crate) fn vote(&self, choices: &[Vec<u32>]) {
        let record = self.record();
        let mut ballots: Vec<Entry> = (0..)
            .zip(choices)
            .map(|(voter, choice)| Entry::Ballot(ballot(&record, voter, choice.clone())))
            .collect();
        ballots.sort_by_key(|ballot| leaf_hash(&ballot.to_bytes()));
        let count = ballots.len() as u32;
        ballots.iter().for_each(|ballot| self.ledger.push(ballot));
        self.ledger.push(&Entry::Batch(Batch { count }));
    }

    /// An act of officers 0 and 1.
    pub(crate) fn act(&self, kind: ceremony::officer::ActKind) -> Result<(), CeremonyFault> {
        let record = self.record();
        let mut draft = ceremony::officer::draft(&record, kind);
        for officer in [1, 0] {
            ceremony::officer::sign(&mut draft, Some(&record), &self.officers[officer])?;
        }
        record.check_next(&draft)?;
        ceremony::trustee::hand_in(&self.ledger, &self.id, &draft)
    }
}

impl FakeBox {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Appends an entry, legal or the test fails.
    pub(crate) fn push(&self, entry: &Entry) {
        self.append(entry).unwrap();
    }

    fn append(&self, entry: &Entry) -> Result<(), CeremonyFault> {
        let mut state = self.state();
        let bytes = entry.to_bytes();
        let refused = |illegal: voting_core::lifecycle::Illegal| CeremonyFault::Refused {
            status: 409,
            detail: illegal.to_string(),
        };
        state.lifecycle.apply(leaf_hash(&bytes), entry).map_err(refused)?;
        state.entries.push(bytes);
        Ok(())
    }

    /// What the ballot box appends at once after close.
    fn tally(&self) {
        let election = self.state().lifecycle.election().clone();
        let context = election.ballot_context(0).unwrap();
        let mut sums = Sums::new(election.contests[0].maxima().len());
        let mut ballots = 0;
        for bytes in self.state().entries.clone() {
            if let Ok(Entry::Ballot(ballot)) = Entry::from_bytes(&bytes) {
                let verified = verify(&context, &ballot, &mut rng(1)).unwrap();
                sums.add(&verified, 0);
                ballots += 1;
                if self.wrong_sums && ballots == 1 {
                    sums.add(&verified, 0);
                }
            }
        }
        self.push(&Entry::Tally(Tally {
            contest: 0,
            ballots,
            sums: sums.to_bytes().into(),
        }));
    }
}

impl Board for FakeBox {
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, CeremonyFault> {
        let state = self.state();
        let size = state.entries.len() as u64;
        if path == "checkpoint" {
            let origin = state.lifecycle.election().manifest.ledger.origin.clone();
            let signer = SignerKey::ed25519(&origin, &self.key).unwrap();
            let root = state.lifecycle.root();
            return Ok(Some(Checkpoint { origin, size, root }.sign(&signer).into()));
        }
        assert!(size < 256, "a test's ledger is small");
        if path != format!("tile/entries/000.p/{size}") {
            return Ok(None);
        }
        let length = |entry: &Vec<u8>| (entry.len() as u16).to_be_bytes().to_vec();
        Ok(Some(
            state
                .entries
                .iter()
                .flat_map(|entry| [length(entry), entry.clone()].concat())
                .collect(),
        ))
    }

    fn post(&self, entry: &[u8]) -> Result<Vec<u8>, CeremonyFault> {
        let entry = Entry::from_bytes(entry).unwrap();
        self.append(&entry)?;
        if matches!(entry, Entry::Close(_)) {
            self.tally();
        }
        Ok(b"receipt".to_vec())
    }
}

fn rsa_key() -> &'static RsaPrivateKey {
    static KEY: OnceLock<RsaPrivateKey> = OnceLock::new();
    KEY.get_or_init(|| {
        let mut key = RsaPrivateKey::new(&mut rng(1_000), 2048).unwrap();
        key.precompute().unwrap();
        key
    })
}

pub(crate) fn ballot(record: &Record, voter: u64, choice: Vec<u32>) -> BallotEntry {
    let election = record.election();
    let credential = Credential::generate(&mut rng(5_000 + voter));
    let key = &election.issuer_keys[&(0, 0)];
    let pending = Pending::new(key, &credential.public(), &mut rng(11)).unwrap();
    let secret = SecretKeySha384PSSDeterministic::new(rsa_key().clone());
    let answer = secret
        .blind_sign_with_rng(&mut rng(12), &pending.request().blinded_message)
        .unwrap();
    let token = pending.finalize(key, &answer.0).unwrap();
    let context = election.ballot_context(0).unwrap();
    let values = election.manifest.contests[0]
        .encode(&Choice::Projects(choice))
        .unwrap();
    let draft = Draft::seal(&context, &credential, 0, &values, [voter as u8; 32]).unwrap();
    draft
        .cast(vec![token], &credential, &mut rng(9_000 + voter))
        .unwrap()
}

fn manifest(
    officers: &[OfficerKey],
    trustees: &[TrusteeKey],
    issuer: &SigningKey,
    ledger: &SigningKey,
) -> Manifest {
    let project = |id: &str, cost| Project {
        id: id.into(),
        cost,
        groups: vec![],
    };
    let public = |key: &SigningKey| key.verifying_key().to_bytes().into();
    let officer = |key: &OfficerKey| Officer {
        name: key.name.clone(),
        key: key.public().into(),
    };
    let trustee = |key: &TrusteeKey| Trustee {
        name: key.name.clone(),
        key: key.public().into(),
    };
    let issuer = Issuer {
        name: "one.example".into(),
        url: "https://one.example".into(),
        key: public(issuer),
    };
    let rule = WinnerRule {
        method: Method::Greedy,
        by: RankBy::Votes,
        group_budgets: vec![],
        leftover: false,
    };
    Manifest {
        version: VERSION,
        title: "A street's budget".into(),
        languages: vec!["en".into()],
        nonce: [9; 32].into(),
        ledger: LedgerIdentity {
            origin: "ledger.example/street".into(),
            key: public(ledger),
            url: "https://ledger.example/street".into(),
        },
        officers: Officers {
            threshold: 2,
            members: officers.iter().map(officer).collect(),
        },
        trustees: Trustees {
            threshold: 2,
            members: trustees.iter().map(trustee).collect(),
        },
        issuers: Issuers {
            token_bits: 2048,
            members: vec![issuer],
        },
        witness_policy: None,
        contests: vec![Contest {
            id: "street".into(),
            budget: 100,
            currency: "EUR".into(),
            decimals: 0,
            projects: vec![project("pond", 40), project("trees", 30), project("slide", 60)],
            groups: vec![],
            ballot: BallotKind::Approval {
                min_length: 0,
                max_length: 2,
            },
            limits: vec![],
            rule,
            tie_break: TieBreak::LowerCost,
        }],
        styles: vec![Style {
            name: "all".into(),
            contests: vec![0],
        }],
        revoting: true,
        smallest_group: 3,
        batch: BatchRule {
            min_ballots: 2,
            min_ms: 1_000,
            max_ms: 10_000,
        },
        opening: 1_800_000_000,
        closing: 1_801_000_000,
        casting_delay: 0,
        booth: None,
        retention_days: 365,
        content: vec![],
    }
}
