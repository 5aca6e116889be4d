//! Define: from a poll file to the draft of the manifest (specs/02-define.md).
//!
//! A [`Poll`] says what is voted on: a Pabulib file, or TOML with the same
//! keys. A [`Setting`] says who runs it: names and public keys. Together they
//! give the manifest that officers check and sign, and the content files that
//! the manifest only holds hashes of: the poll's texts, and the witness policy.

mod beside;
mod booth;
mod poll;
mod setting;
mod witnesses;

pub use poll::{Poll, ProjectText};
pub use setting::{Batch, Group, IssuerGroup, IssuerMember, Ledger, Person, Setting, Witness, Witnesses};

use rand::CryptoRng;
use sha2::{Digest, Sha256};
use voting_core::encoding::Fixed;
use voting_core::ledger::NoTrust;
use voting_core::ledger::Trust;
use voting_core::manifest::{
    BatchRule, ContentFile, Issuer, Issuers, LedgerIdentity, Manifest, Officer, Officers, Style, Trustee,
    Trustees, VERSION,
};
use voting_core::manifest_check::ManifestProblem;

use crate::pabulib::PabulibError;

/// Why there is no draft.
#[derive(Debug, thiserror::Error)]
pub enum DefineError {
    /// The poll file.
    #[error("the poll: {0}")]
    Poll(#[from] PabulibError),
    /// TOML that is not a poll or a setting.
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    /// A value of the TOML poll.
    #[error("{key}: {problem}")]
    Value {
        /// Its key.
        key: String,
        /// What is wrong.
        problem: String,
    },
    /// The witnesses.
    #[error("the witnesses: {0}")]
    Witnesses(#[from] NoTrust),
    /// A file to seal beside the poll's texts.
    #[error("{name}: {problem}")]
    Beside {
        /// Its name.
        name: String,
        /// What is wrong.
        problem: String,
    },
    /// The draft is not coherent.
    #[error("the manifest is not coherent:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Manifest(Vec<ManifestProblem>),
}

/// A manifest, and the content files that it seals.
pub struct Draft {
    /// The manifest, checked. Officers sign it next.
    pub manifest: Manifest,
    /// The files, by name.
    pub content: Vec<(String, Vec<u8>)>,
}

/// The draft of an election. `policy` is the file of a witness policy, where
/// the setting's witnesses do not say enough.
///
/// # Errors
/// Every defect, with what to do about it.
pub fn draft<R: CryptoRng + ?Sized>(
    poll: &Poll,
    setting: &Setting,
    policy: Option<Vec<u8>>,
    rng: &mut R,
) -> Result<Draft, DefineError> {
    let mut nonce = [0; 32];
    rng.fill_bytes(&mut nonce);
    let policy = witnesses::policy(setting, policy)?;
    let mut content = vec![poll.content()];
    content.extend(policy.clone().map(|policy| (witnesses::FILE.to_owned(), policy)));
    let manifest = Manifest {
        version: VERSION,
        title: poll.title.clone(),
        languages: vec![poll.language.clone()],
        nonce: nonce.into(),
        ledger: LedgerIdentity {
            origin: setting.ledger.origin.clone(),
            key: setting.ledger.key.into(),
            url: setting.ledger.url.clone(),
        },
        officers: Officers {
            threshold: setting.officers.threshold,
            members: people(&setting.officers, |name, key| Officer { name, key }),
        },
        trustees: Trustees {
            threshold: setting.trustees.threshold,
            members: people(&setting.trustees, |name, key| Trustee { name, key }),
        },
        issuers: issuers(&setting.issuers),
        witness_policy: policy.as_deref().map(sha256),
        contests: vec![poll.contest.clone()],
        styles: vec![Style {
            name: setting.style.clone(),
            contests: vec![0],
        }],
        revoting: setting.revoting,
        smallest_group: setting.smallest_group,
        batch: BatchRule {
            min_ballots: setting.batch.min_ballots,
            min_ms: setting.batch.min_ms,
            max_ms: setting.batch.max_ms,
        },
        opening: setting.opening,
        closing: setting.closing,
        casting_delay: setting.casting_delay,
        booth: None,
        retention_days: setting.retention_days,
        content: content.iter().map(content_file).collect(),
    };
    manifest.check().map_err(DefineError::Manifest)?;
    Trust::sealed(&manifest, policy.as_deref())?;
    Ok(Draft { manifest, content })
}

fn content_file((name, bytes): &(String, Vec<u8>)) -> ContentFile {
    ContentFile {
        name: name.clone(),
        sha256: sha256(bytes),
        length: bytes.len() as u64,
    }
}

fn sha256(bytes: &[u8]) -> Fixed<32> {
    <[u8; 32]>::from(Sha256::digest(bytes)).into()
}

fn people<T>(group: &Group, make: impl Fn(String, Fixed<32>) -> T) -> Vec<T> {
    group
        .members
        .iter()
        .map(|one| make(one.name.clone(), one.key.into()))
        .collect()
}

fn issuers(group: &IssuerGroup) -> Issuers {
    let member = |one: &IssuerMember| Issuer {
        name: one.name.clone(),
        url: one.url.clone(),
        key: one.key.into(),
    };
    Issuers {
        token_bits: group.token_bits,
        members: group.members.iter().map(member).collect(),
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use voting_core::manifest::{Method, TieBreak};

    use super::*;
    use crate::pabulib::{File, Purpose};

    const RIVERSIDE: &[u8] = include_bytes!("../../../samples/riverside.pb");
    const SETTING: &str = include_str!("../../../samples/riverside.toml");

    const TOML: &str = r#"
description = "Two squares"
vote_type = "cumulative"
rule = "greedy-exclusive"
budget = 100.5
max_sum_points = 5
tie_break = "lot"
exclusions = [["b", "a"]]
ballot_exclusions = [["a", "b"]]
projects = [{ project_id = "a", cost = 60, category = ["x", "y"] }, { project_id = "b", cost = "40.25" }]
"#;

    #[test]
    fn the_sample_becomes_a_manifest_that_seals_its_texts() {
        let poll = Poll::from_pabulib(&File::parse(RIVERSIDE).unwrap(), Purpose::Poll).unwrap();
        let setting: Setting = toml::from_str(SETTING).unwrap();
        let Draft { manifest, content } = draft(&poll, &setting, None, &mut rng()).unwrap();
        assert_eq!(manifest.contests[0].projects.len(), 12);
        assert_eq!(content[0], poll.content());
        for (sealed, (name, bytes)) in manifest.content.iter().zip(&content) {
            assert_eq!((&sealed.name, sealed.length), (name, bytes.len() as u64));
            assert_eq!(*sealed.sha256, <[u8; 32]>::from(Sha256::digest(bytes)));
        }
        // Three of its four witnesses must cosign.
        let trust = Trust::sealed(&manifest, Some(&content[1].1)).unwrap();
        let policy = trust.policy().unwrap();
        assert_eq!(policy.witnesses().len(), 4);
        assert!(policy.is_met(|witness| witness != 1) && !policy.is_met(|witness| witness > 1));
    }

    #[test]
    fn witnesses_that_could_not_be_asked_are_not_sealed() {
        let poll = Poll::from_toml(TOML).unwrap();
        let define = |setting: &str, policy: Option<&str>| {
            let setting: Setting = toml::from_str(setting).unwrap();
            let policy = policy.map(|policy| policy.as_bytes().to_vec());
            draft(&poll, &setting, policy, &mut rng())
        };
        let refused = |setting: &str, policy: Option<&str>, says: &str| {
            let refused = define(setting, policy).err().unwrap().to_string();
            assert!(refused.contains(says), "{refused}");
        };
        let needed = SETTING.replace("needed = 3", "needed = 5");
        refused(
            &needed,
            None,
            "a group needs at least one of its members, and at most all",
        );
        let damaged = SETTING.replace("witness.library.riverside.example+", "witness.library+");
        refused(
            &damaged,
            None,
            "the key's hash does not belong to its name and bytes",
        );
        refused(
            SETTING,
            Some("quorum none\n"),
            "one of the two says who must cosign",
        );
        // A policy of one's own, and no witnesses at all.
        let (alone, _) = SETTING.split_once("[witnesses]").unwrap();
        refused(
            alone,
            Some("quorum none\n"),
            "does not name this ledger and its key",
        );
        let sealed = define(alone, None).unwrap();
        assert_eq!((sealed.manifest.witness_policy, sealed.content.len()), (None, 1));
        let own = define(SETTING, None).unwrap().content[1].1.clone();
        let own = String::from_utf8(own).unwrap() + "# as the council decided\n";
        let sealed = define(alone, Some(&own)).unwrap();
        assert_eq!(
            sealed.content[1],
            ("witness-policy.txt".to_owned(), own.into_bytes())
        );
    }

    fn rng() -> rand::rngs::StdRng {
        rand::rngs::StdRng::from_seed([7; 32])
    }

    #[test]
    fn the_sample_states_its_own_result() {
        let file = File::parse(RIVERSIDE).unwrap();
        let contest = file.contest(Purpose::Replay).unwrap();
        let ballots = file.ballots(&contest);
        assert!(ballots.refused.is_empty());
        let totals = crate::pabulib::recount(&contest, ballots.accepted.iter().map(|ballot| &ballot.choice));
        for (row, total) in file.projects().iter().zip(&totals) {
            assert_eq!(row.get("votes"), Some(total.votes.to_string().as_str()));
        }
        let voting_core::outcome::Outcome::Winners(winners) =
            voting_core::outcome::outcome(&contest, &totals, None)
        else {
            panic!("no winners");
        };
        for (index, row) in (0u32..).zip(file.projects()) {
            assert_eq!(row.get("selected") == Some("1"), winners.contains(&index));
        }
    }

    #[test]
    fn a_poll_in_toml_may_say_more_than_pabulib() {
        let contest = Poll::from_toml(TOML).unwrap().contest;
        assert_eq!((contest.budget, contest.decimals), (10_050, 2));
        assert_eq!(contest.tie_break, TieBreak::Lot);
        assert_eq!(contest.projects[0].groups, [0, 1]);
        assert_eq!(contest.limits[0].projects, [0, 1]);
        let exclusions = vec![vec![0, 1]];
        assert_eq!(
            contest.rule.method,
            Method::GreedyExclusive { least: 0, exclusions }
        );
    }

    #[test]
    fn a_wrong_value_is_named_by_its_key() {
        let problem = |from: &str, to: &str| {
            assert!(TOML.contains(from));
            Poll::from_toml(&TOML.replacen(from, to, 1))
                .unwrap_err()
                .to_string()
        };
        assert!(problem("\"lot\"", "\"coin\"").starts_with("tie_break:"));
        assert!(problem("[\"b\", \"a\"]", "[\"c\"]").contains("no project 'c'"));
        assert!(problem("greedy-exclusive", "greedy").starts_with("exclusions:"));
        assert!(problem("max_sum_points = 5", "").contains("max_sum_points"));
    }

    #[test]
    fn b8_b10_and_d11_such_polls_are_not_defined() {
        let define = |poll: &str, setting: &str| -> Result<Manifest, DefineError> {
            let setting = toml::from_str(setting)?;
            Ok(draft(&Poll::from_toml(poll)?, &setting, None, &mut rng())?.manifest)
        };
        assert!(define(TOML, SETTING).is_ok());
        let refused = |poll: &str, setting: &str, says: &str| {
            let refused = define(poll, setting).unwrap_err().to_string();
            assert!(refused.contains(says), "{refused}");
        };
        let twice = TOML.replace("project_id = \"b\"", "project_id = \"a\"");
        refused(&twice, SETTING, "project a is listed twice");
        let vast = TOML.replace("max_sum_points = 5", "max_sum_points = 40000");
        refused(&vast, SETTING, "totals above 2^42 cannot be decrypted");
        let lonely = SETTING.replacen("threshold = 2", "threshold = 1", 1);
        refused(TOML, &lonely, "1 trustee alone could read single ballots");
    }
}
