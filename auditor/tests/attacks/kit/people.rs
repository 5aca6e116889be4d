//! Everybody who holds a key, and the manifest that names them.

use std::sync::{Arc, OnceLock};

use ed25519_dalek::SigningKey;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};
use rsa::RsaPrivateKey;
use sha2::{Digest, Sha256};
use voting_core::manifest::*;

/// A fixed generator: tests must not depend on luck.
pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// Everybody's keys. Never more than a test's.
pub(crate) struct People {
    pub(crate) manifest: Manifest,
    pub(crate) officers: Vec<SigningKey>,
    pub(crate) trustees: Vec<SigningKey>,
    pub(crate) issuers: Vec<SigningKey>,
    pub(crate) ledger: SigningKey,
}

fn signing_key(role: u8, index: u8) -> SigningKey {
    let mut seed = [role; 32];
    seed[1] = index;
    SigningKey::from_bytes(&seed)
}

fn public(key: &SigningKey) -> voting_core::encoding::Fixed<32> {
    key.verifying_key().to_bytes().into()
}

impl People {
    /// The people of the golden election.
    pub(crate) fn golden() -> Arc<Self> {
        static GOLDEN: OnceLock<Arc<People>> = OnceLock::new();
        GOLDEN.get_or_init(|| People::with(|_| {})).clone()
    }

    /// The same people in another election: the change makes the manifest.
    pub(crate) fn with(change: impl FnOnce(&mut Manifest)) -> Arc<Self> {
        let keys = |role| (0..3).map(|index| signing_key(role, index)).collect::<Vec<_>>();
        let mut people = Self {
            officers: keys(1),
            trustees: keys(2),
            issuers: keys(3),
            ledger: signing_key(4, 0),
            manifest: golden_manifest(),
        };
        people.enrol();
        change(&mut people.manifest);
        Arc::new(people)
    }

    fn enrol(&mut self) {
        let manifest = &mut self.manifest;
        manifest.ledger.key = public(&self.ledger);
        for (member, key) in manifest.officers.members.iter_mut().zip(&self.officers) {
            member.key = public(key);
        }
        for (index, member) in manifest.trustees.members.iter_mut().enumerate() {
            member.key = public(&self.trustees[index]);
        }
        for (member, key) in manifest.issuers.members.iter_mut().zip(&self.issuers) {
            member.key = public(key);
        }
    }
}

/// The RSA key of an issuer for a style; making one takes a tenth of a second.
pub(crate) fn rsa_key(issuer: u32, style: u32) -> &'static RsaPrivateKey {
    static KEYS: [OnceLock<RsaPrivateKey>; 4] = [const { OnceLock::new() }; 4];
    let place = (issuer * 2 + style) as usize;
    KEYS[place].get_or_init(|| {
        let mut key = RsaPrivateKey::new(&mut rng(1_000 + place as u64), 2048).unwrap();
        key.precompute().unwrap();
        key
    })
}

fn project(id: &str, cost: u64) -> Project {
    Project {
        id: id.into(),
        cost,
        groups: vec![],
    }
}

fn contest(id: &str, projects: Vec<Project>, ballot: BallotKind, by: RankBy) -> Contest {
    Contest {
        id: id.into(),
        budget: 100,
        currency: "EUR".into(),
        decimals: 0,
        projects,
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

/// Two contests, two styles, two issuers, three trustees of whom two decrypt.
pub(crate) fn golden_manifest() -> Manifest {
    let parks = vec![project("pond", 40), project("trees", 30), project("slide", 60)];
    let roads = vec![project("bench", 20), project("bridge", 90), project("lights", 50)];
    let points = BallotKind::Points {
        min_points: 1,
        max_points: 5,
        default_points: 0,
        sum: Some(SumLimit { least: 0, most: 10 }),
        min_length: 0,
        max_length: 3,
    };
    let mut nonce = [0; 32];
    rng(9).fill_bytes(&mut nonce);
    let key = || [0; 32].into();
    let officer = |name: &str| Officer {
        name: name.into(),
        key: key(),
    };
    let trustee = |name: &str| Trustee {
        name: name.into(),
        key: key(),
    };
    let issuer = |name: &str| Issuer {
        name: name.into(),
        url: format!("https://{name}"),
        key: key(),
    };
    Manifest {
        version: VERSION,
        title: "Golden budget".into(),
        languages: vec!["en".into()],
        nonce: nonce.into(),
        ledger: LedgerIdentity {
            origin: "ledger.example/golden".into(),
            key: key(),
            url: "https://ledger.example/golden".into(),
        },
        officers: Officers {
            threshold: 2,
            members: vec![officer("Ada"), officer("Ben"), officer("Cleo")],
        },
        trustees: Trustees {
            threshold: 2,
            members: vec![trustee("Dora"), trustee("Emil"), trustee("Fay")],
        },
        issuers: Issuers {
            token_bits: 2048,
            members: vec![issuer("one.example"), issuer("two.example")],
        },
        witness_policy: None,
        contests: vec![
            contest(
                "parks",
                parks,
                BallotKind::Approval {
                    min_length: 1,
                    max_length: 2,
                },
                RankBy::Votes,
            ),
            contest("roads", roads, points, RankBy::Score),
        ],
        styles: vec![
            Style {
                name: "north".into(),
                contests: vec![0],
            },
            Style {
                name: "south".into(),
                contests: vec![0, 1],
            },
        ],
        revoting: true,
        smallest_group: 3,
        batch: BatchRule {
            min_ballots: 4,
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

/// Seals a witness policy, and its file among the content files.
pub(crate) fn seal_policy(manifest: &mut Manifest, name: &str, policy: &str) {
    let sha256: [u8; 32] = Sha256::digest(policy).into();
    manifest.witness_policy = Some(sha256.into());
    manifest.content.push(ContentFile {
        name: name.into(),
        sha256: sha256.into(),
        length: policy.len() as u64,
    });
}
