//! What is voted on, from a Pabulib file or from TOML.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use voting_core::manifest::{Contest, Limit, Measure, Method, TieBreak};

use super::DefineError;
use crate::pabulib::{File, Purpose};

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
    /// Where it is, for display.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Name of the content file with its picture.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub picture: String,
    /// The picture in words, for those who do not see it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub picture_alt: String,
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
                place: row
                    .get("place")
                    .or(row.get("neighborhood"))
                    .unwrap_or_default()
                    .to_string(),
                picture: field("picture"),
                picture_alt: field("picture_alt"),
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
    /// `manifest-order`, `lot`); of a project, `place`, `picture` and
    /// `picture_alt`.
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
