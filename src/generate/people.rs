//! Everybody who holds a key, and the manifest that names them.

use ::ceremony::define::{
    Batch, Draft, Group, IssuerGroup, IssuerMember, Ledger, Person, Poll, ProjectText, Setting, Witness,
    Witnesses, draft,
};
use ::ceremony::{OfficerKey, TrusteeKey};
use anyhow::Result;
use ed25519_dalek::SigningKey;
use rsa::RsaPrivateKey;
use voting_core::ledger::{Checkpoint, Cosigner, SignerKey};
use voting_core::manifest::Manifest;

use super::plan::Plan;

/// The ledger's name.
const ORIGIN: &str = "ledger.example/generated";
/// Planned opening; the witnesses cosign a day after the planned closing.
const OPENING: u64 = 1_800_000_000;
const DAY: u64 = 86_400;
const CLOSING: u64 = OPENING + 14 * DAY;

/// Everybody, and what they have agreed on.
pub(super) struct People {
    pub(super) officer: OfficerKey,
    pub(super) trustees: Vec<TrusteeKey>,
    pub(super) issuers: Vec<Issuer>,
    ledger: SigningKey,
    witnesses: Vec<Cosigner>,
    pub(super) manifest: Manifest,
    /// The content files that the manifest seals.
    pub(super) content: Vec<(String, Vec<u8>)>,
}

/// An issuer's keys.
pub(super) struct Issuer {
    name: String,
    /// Signs its entries.
    pub(super) identity: SigningKey,
    /// Signs tokens.
    pub(super) tokens: RsaPrivateKey,
}

impl People {
    pub(super) fn of(plan: &Plan) -> Result<Self> {
        let key = |purpose: &str, number| SigningKey::from_bytes(&plan.seed.bytes(purpose, number));
        let officer = OfficerKey::generate("City clerk", &mut plan.seed.rng("officer", 0));
        let trustees: Vec<_> = (0..u64::from(plan.trustees))
            .map(|number| {
                let name = format!("Trustee {}", number + 1);
                TrusteeKey::generate(&name, &mut plan.seed.rng("trustee", number))
            })
            .collect();
        let issuers = (0..u64::from(plan.issuers)).map(|number| {
            Ok(Issuer {
                name: format!("issuer-{}.example", number + 1),
                identity: key("issuer", number),
                tokens: token_key(plan, number)?,
            })
        });
        let issuers = issuers.collect::<Result<Vec<_>>>()?;
        let ledger = key("ledger", 0);
        let witnesses = (0..u64::from(plan.witnesses)).map(|number| {
            let name = format!("witness-{}.example", number + 1);
            Ok(Cosigner::ed25519(&name, &key("witness", number))?)
        });
        let witnesses = witnesses.collect::<Result<Vec<_>>>()?;
        let setting = setting(plan, &officer, &trustees, &issuers, &ledger, &witnesses);
        let Draft { manifest, content } =
            draft(&poll(plan), &setting, None, &mut plan.seed.rng("manifest", 0))?;
        Ok(Self {
            officer,
            trustees,
            issuers,
            ledger,
            witnesses,
            manifest,
            content,
        })
    }

    /// The checkpoint, signed by the ledger and every witness.
    pub(super) fn sign(&self, checkpoint: &Checkpoint) -> Result<String> {
        let mut note = checkpoint.sign(&SignerKey::ed25519(ORIGIN, &self.ledger)?);
        for witness in &self.witnesses {
            note.push_str(&witness.cosign(&checkpoint.text(), CLOSING + DAY)?);
        }
        Ok(note)
    }
}

fn token_key(plan: &Plan, issuer: u64) -> Result<RsaPrivateKey> {
    let mut rng = plan.seed.rng("token key", issuer);
    let mut key = RsaPrivateKey::new(&mut rng, plan.token_bits as usize)?;
    key.precompute()?;
    Ok(key)
}

fn poll(plan: &Plan) -> Poll {
    let text = |id: &String| ProjectText {
        name: format!("Project {id}"),
        ..ProjectText::default()
    };
    let projects = plan.contest.projects.iter();
    Poll {
        title: "Generated election".to_owned(),
        language: "en".to_owned(),
        contest: plan.contest.clone(),
        texts: projects
            .map(|project| (project.id.clone(), text(&project.id)))
            .collect(),
    }
}

fn setting(
    plan: &Plan,
    officer: &OfficerKey,
    trustees: &[TrusteeKey],
    issuers: &[Issuer],
    ledger: &SigningKey,
    witnesses: &[Cosigner],
) -> Setting {
    let person = |name: &str, key| Person {
        name: name.to_owned(),
        key,
    };
    let issuer = |issuer: &Issuer| IssuerMember {
        name: issuer.name.clone(),
        url: format!("https://{}", issuer.name),
        key: issuer.identity.verifying_key().to_bytes(),
    };
    let witness = |witness: &Cosigner| {
        let key = witness.verifier();
        Witness {
            url: format!("https://{}", key.name()),
            key: key.to_string(),
        }
    };
    Setting {
        opening: OPENING,
        closing: CLOSING,
        revoting: true,
        smallest_group: 1,
        batch: Batch {
            min_ballots: plan.batch.min(32),
            min_ms: 1_000,
            max_ms: 10_000,
        },
        casting_delay: 0,
        retention_days: 3_650,
        style: "everyone".to_owned(),
        ledger: Ledger {
            origin: ORIGIN.to_owned(),
            key: ledger.verifying_key().to_bytes(),
            url: format!("https://{ORIGIN}"),
        },
        officers: Group {
            threshold: 1,
            members: vec![person(&officer.name, officer.public())],
        },
        trustees: Group {
            threshold: plan.trustees / 2 + 1,
            members: trustees
                .iter()
                .map(|one| person(&one.name, one.public()))
                .collect(),
        },
        issuers: IssuerGroup {
            token_bits: plan.token_bits,
            members: issuers.iter().map(issuer).collect(),
        },
        witnesses: (!witnesses.is_empty()).then(|| Witnesses {
            needed: witnesses.len() as u32 / 2 + 1,
            members: witnesses.iter().map(witness).collect(),
        }),
    }
}
