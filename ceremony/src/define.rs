//! Define: from a poll file to the draft of the manifest (specs/02-define.md).
//!
//! A [`Poll`] says what is voted on: a Pabulib file, or TOML with the same
//! keys. A [`Setting`] says who runs it: names and public keys. Together they
//! give the manifest that officers check and sign, and the content file with
//! the texts that the manifest only holds a hash of.

use std::collections::BTreeMap;

use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use voting_core::encoding::Fixed;
use voting_core::manifest::{
    BatchRule, ContentFile, Contest, Issuer, Issuers, LedgerIdentity, Limit, Manifest, Measure, Method,
    Officer, Officers, Style, TieBreak, Trustee, Trustees, VERSION,
};

use voting_core::manifest_check::ManifestProblem;

use crate::pabulib::{File, PabulibError, Purpose};

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
    /// The draft is not coherent.
    #[error("the manifest is not coherent:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Manifest(Vec<ManifestProblem>),
}

/// The texts of one project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectText {
    /// Its name.
    pub name: String,
    /// What it is about.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Its categories, for display.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
}

/// What is voted on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    /// Title.
    pub title: String,
    /// Language of the texts, a BCP 47 tag.
    pub language: String,
    /// The contest.
    pub contest: Contest,
    /// Texts by project id.
    pub texts: BTreeMap<String, ProjectText>,
}

impl Poll {
    /// The poll of a Pabulib file.
    ///
    /// # Errors
    /// The file describes no contest; says where.
    pub fn from_pabulib(file: &File, purpose: Purpose) -> Result<Self, DefineError> {
        let text = |row: &crate::pabulib::Row| {
            let field = |column: &str| row.get(column).unwrap_or_default().to_string();
            let id = field("project_id");
            let name = row
                .get("name")
                .map_or_else(|| format!("Project {id}"), str::to_string);
            let text = ProjectText {
                name,
                description: field("description"),
                category: field("category"),
            };
            (id, text)
        };
        let title = file.title().chars().filter(|character| !character.is_control());
        Ok(Self {
            title: title.take(60).collect::<String>().trim().to_string(),
            language: file.meta("language").unwrap_or("en").to_string(),
            contest: file.contest(purpose)?,
            texts: file.projects().iter().map(text).collect(),
        })
    }

    /// A poll in TOML: META's keys at the top, `[[projects]]` with PROJECTS'
    /// columns; lists may be TOML lists. Beyond Pabulib, `exclusions` (ids of
    /// which at most one wins), `ballot_exclusions` (of which a ballot names at
    /// most one) and `tie_break` (`lower-cost`, `higher-cost`,
    /// `manifest-order`, `lot`).
    ///
    /// # Errors
    /// What is wrong, by key.
    pub fn from_toml(text: &str) -> Result<Self, DefineError> {
        let mut table: toml::Table = toml::from_str(text)?;
        let groups = |table: &mut toml::Table, key: &str| match table.remove(key) {
            Some(value) => value
                .try_into::<Vec<Vec<String>>>()
                .map_err(|error| wrong(key, error)),
            None => Ok(Vec::new()),
        };
        let exclusions = groups(&mut table, "exclusions")?;
        let on_ballots = groups(&mut table, "ballot_exclusions")?;
        let tie_break = table.remove("tie_break");
        let projects = match table.remove("projects") {
            Some(value) => value
                .try_into::<Vec<toml::Table>>()
                .map_err(|error| wrong("projects", error))?,
            None => Vec::new(),
        };
        let projects = projects
            .into_iter()
            .map(|project| project.into_iter().map(cell).collect());
        let projects = projects.collect::<Result<Vec<BTreeMap<_, _>>, _>>()?;
        let meta = table.into_iter().map(cell).collect::<Result<Vec<_>, _>>()?;
        let mut poll = Self::from_pabulib(&File::from_tables(meta, projects)?, Purpose::Poll)?;
        if let Some(value) = tie_break {
            poll.contest.tie_break = tie_break_of(&value)?;
        }
        poll.exclude(&exclusions, &on_ballots)?;
        Ok(poll)
    }

    fn exclude(&mut self, winners: &[Vec<String>], ballots: &[Vec<String>]) -> Result<(), DefineError> {
        for group in ballots {
            let limit = Limit {
                projects: self.indices("ballot_exclusions", group)?,
                measure: Measure::Count,
                lo: 0,
                hi: 1,
            };
            self.contest.limits.push(limit);
        }
        let groups = winners.iter().map(|group| self.indices("exclusions", group));
        let groups = groups.collect::<Result<Vec<_>, _>>()?;
        if groups.is_empty() {
            return Ok(());
        }
        match &mut self.contest.rule.method {
            Method::GreedyExclusive { exclusions, .. } => *exclusions = groups,
            _ => return Err(wrong("exclusions", "needs rule = \"greedy-exclusive\"")),
        }
        Ok(())
    }

    fn indices(&self, key: &str, ids: &[String]) -> Result<Vec<u32>, DefineError> {
        let find = |id: &String| {
            let found = (0u32..)
                .zip(&self.contest.projects)
                .find(|(_, project)| project.id == *id);
            found
                .map(|found| found.0)
                .ok_or_else(|| wrong(key, format!("there is no project '{id}'")))
        };
        let mut indices = ids.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        indices.sort_unstable();
        Ok(indices)
    }

    /// The content file: its name, and its bytes as the manifest's hash seals them.
    pub fn content(&self) -> (String, Vec<u8>) {
        #[derive(Serialize)]
        struct Content<'a> {
            title: &'a str,
            language: &'a str,
            projects: &'a BTreeMap<String, ProjectText>,
        }
        let content = Content {
            title: &self.title,
            language: &self.language,
            projects: &self.texts,
        };
        let mut bytes = serde_json::to_vec_pretty(&content).expect("texts are always JSON");
        bytes.push(b'\n');
        ("projects.json".to_string(), bytes)
    }
}

fn wrong(key: &str, problem: impl ToString) -> DefineError {
    DefineError::Value {
        key: key.to_string(),
        problem: problem.to_string(),
    }
}

/// A TOML value as the text of a Pabulib cell.
fn cell((key, value): (String, toml::Value)) -> Result<(String, String), DefineError> {
    let text = match &value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(_) | toml::Value::Float(_) | toml::Value::Boolean(_) => value.to_string(),
        toml::Value::Array(items) => {
            let items = items.iter().map(|item| Ok(cell((key.clone(), item.clone()))?.1));
            items.collect::<Result<Vec<String>, DefineError>>()?.join(",")
        }
        _ => return Err(wrong(&key, "expected a text, a number or a list")),
    };
    Ok((key, text))
}

fn tie_break_of(value: &toml::Value) -> Result<TieBreak, DefineError> {
    match value.as_str() {
        Some("lower-cost") => Ok(TieBreak::LowerCost),
        Some("higher-cost") => Ok(TieBreak::HigherCost),
        Some("manifest-order") => Ok(TieBreak::ManifestOrder),
        Some("lot") => Ok(TieBreak::Lot),
        _ => Err(wrong(
            "tie_break",
            "use lower-cost, higher-cost, manifest-order or lot",
        )),
    }
}

/// Who runs the poll, and when. Keys are hexadecimal.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Planned opening, seconds since 1970-01-01 UTC.
    pub opening: u64,
    /// Planned closing.
    pub closing: u64,
    /// Whether a later ballot replaces an earlier one.
    #[serde(default = "yes")]
    pub revoting: bool,
    /// A contest with fewer counted ballots is not decrypted.
    #[serde(default)]
    pub smallest_group: u32,
    /// When waiting ballots enter the ledger; by default 32 ballots and 1 s, or 10 s.
    #[serde(default)]
    pub batch: Batch,
    /// Seconds between token and casting.
    #[serde(default)]
    pub casting_delay: u32,
    /// Days the ledger stays published after the result.
    #[serde(default = "ten_years")]
    pub retention_days: u32,
    /// Name of the one ballot style.
    #[serde(default = "everyone")]
    pub style: String,
    /// The ledger.
    pub ledger: Ledger,
    /// The officers.
    pub officers: Group,
    /// The trustees.
    pub trustees: Group,
    /// The issuers.
    pub issuers: IssuerGroup,
}

/// A batch rule, as in the manifest.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Ballots of a full batch.
    pub min_ballots: u32,
    /// Shortest time between batches, milliseconds.
    pub min_ms: u32,
    /// Longest wait, milliseconds.
    pub max_ms: u32,
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            min_ballots: 32,
            min_ms: 1_000,
            max_ms: 10_000,
        }
    }
}

/// Name, key and address of the ledger.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// The checkpoint's origin line.
    pub origin: String,
    /// Ed25519 key.
    #[serde(with = "hex::serde")]
    pub key: [u8; 32],
    /// Address.
    pub url: String,
}

/// People who act together.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// How many must.
    pub threshold: u32,
    /// All of them, in order.
    pub members: Vec<Person>,
}

/// One of them.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Ed25519 key.
    #[serde(with = "hex::serde")]
    pub key: [u8; 32],
}

/// The issuers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerGroup {
    /// RSA key size: 2048, 3072 or 4096.
    pub token_bits: u32,
    /// All of them, in order.
    pub members: Vec<IssuerMember>,
}

/// One issuer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerMember {
    /// Name in token challenges.
    pub name: String,
    /// Address.
    pub url: String,
    /// Ed25519 key.
    #[serde(with = "hex::serde")]
    pub key: [u8; 32],
}

fn yes() -> bool {
    true
}

fn ten_years() -> u32 {
    3_650
}

fn everyone() -> String {
    "everyone".to_string()
}

/// The draft of the manifest, checked. Officers sign it next.
///
/// # Errors
/// Every defect, with what to do about it.
pub fn manifest<R: CryptoRng + ?Sized>(
    poll: &Poll,
    setting: &Setting,
    rng: &mut R,
) -> Result<Manifest, DefineError> {
    let mut nonce = [0; 32];
    rng.fill_bytes(&mut nonce);
    let (name, content) = poll.content();
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
        witness_policy: None,
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
        content: vec![ContentFile {
            name,
            sha256: <[u8; 32]>::from(Sha256::digest(&content)).into(),
            length: content.len() as u64,
        }],
    };
    manifest.check().map_err(DefineError::Manifest)?;
    Ok(manifest)
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

    use super::*;

    const RIVERSIDE: &[u8] = include_bytes!("../../samples/riverside.pb");
    const SETTING: &str = include_str!("../../samples/riverside.toml");

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
        let manifest = manifest(&poll, &setting, &mut rand::rngs::StdRng::from_seed([7; 32])).unwrap();
        assert_eq!(manifest.contests[0].projects.len(), 12);
        let (name, bytes) = poll.content();
        let sealed = &manifest.content[0];
        assert_eq!(
            (sealed.name.as_str(), sealed.length),
            (name.as_str(), bytes.len() as u64)
        );
        assert_eq!(*sealed.sha256, <[u8; 32]>::from(Sha256::digest(&bytes)));
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
}
