//! Pabulib files (pabulib.org/format): real elections, read strictly.
//!
//! A file has three sections, META, PROJECTS and VOTES, each with a header
//! line and `;` between fields. [`File::parse`] reads the tables,
//! [`File::contest`] derives the contest, [`File::ballots`] the choices. What
//! breaks the file's own rules is reported, never lost silently
//! (specs/02-define.md §6).

mod amount;
mod ballots;
mod contest;
mod export;
mod stated;

pub use ballots::{Ballot, Ballots, Refused, recount};
pub use contest::Purpose;
pub use export::totals_file;
pub use stated::Difference;

use std::collections::{BTreeMap, BTreeSet};

/// Why a file, or one line of it, cannot be used. Whoever wrote the file
/// repairs it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PabulibError {
    /// Not text.
    #[error("the file is not UTF-8 text")]
    NotText,
    /// A line that does not fit the format.
    #[error("line {line}: {problem}")]
    Line {
        /// Line number, from 1.
        line: u64,
        /// What is wrong.
        problem: String,
    },
    /// Something is missing or contradicts itself.
    #[error("{0}")]
    File(String),
}

pub(crate) fn at(line: u64, problem: impl Into<String>) -> PabulibError {
    PabulibError::Line {
        line,
        problem: problem.into(),
    }
}

/// A line of PROJECTS or VOTES: its fields by column name, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line number, from 1.
    pub line: u64,
    fields: BTreeMap<String, String>,
}

impl Row {
    /// A field; `None` where the column is absent or the field empty.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.fields
            .get(column)
            .map(String::as_str)
            .filter(|field| !field.is_empty())
    }

    /// A field of a list, its items trimmed.
    fn list(&self, column: &str) -> Vec<&str> {
        self.get(column).map(split_list).unwrap_or_default()
    }
}

/// The items of a list cell.
pub(crate) fn split_list(cell: &str) -> Vec<&str> {
    cell.split(',').map(str::trim).collect()
}

/// One parsed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    meta: Vec<(String, String, u64)>,
    project_columns: Vec<String>,
    projects: Vec<Row>,
    vote_columns: Vec<String>,
    votes: Vec<Row>,
}

impl File {
    /// Reads a file. A byte order mark, line ends of either kind and spaces
    /// around fields are accepted.
    ///
    /// # Errors
    /// The first line that does not fit the format, by its number.
    pub fn parse(bytes: &[u8]) -> Result<Self, PabulibError> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|_| PabulibError::NotText)?;
        let mut lines = Lines::new(text)?;
        let meta = lines.meta()?;
        let (project_columns, projects) = lines.table("PROJECTS", &["project_id", "cost"], true)?;
        let (vote_columns, votes) = lines.table("VOTES", &["voter_id", "vote"], false)?;
        let file = Self {
            meta,
            project_columns,
            projects,
            vote_columns,
            votes,
        };
        file.check_counts()?;
        file.check_projects()?;
        Ok(file)
    }

    /// A file without ballots from its META values and projects, for polls
    /// written in another form. Lines count the values given.
    pub(crate) fn from_tables(
        meta: Vec<(String, String)>,
        projects: Vec<BTreeMap<String, String>>,
    ) -> Result<Self, PabulibError> {
        let columns: BTreeSet<String> = projects.iter().flat_map(|row| row.keys().cloned()).collect();
        let rows = (1..).zip(projects).map(|(line, fields)| Row { line, fields });
        let file = Self {
            meta: (1..)
                .zip(meta)
                .map(|(line, (key, value))| (key, value, line))
                .collect(),
            project_columns: columns.into_iter().collect(),
            projects: rows.collect(),
            vote_columns: vec!["voter_id".into(), "vote".into()],
            votes: Vec::new(),
        };
        file.check_projects()?;
        Ok(file)
    }

    /// META's keys and values, in order.
    pub fn meta_entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.meta
            .iter()
            .map(|(key, value, _)| (key.as_str(), value.as_str()))
    }

    /// A META value; `None` where absent or empty.
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta_line(key).map(|found| found.0)
    }

    fn meta_line(&self, key: &str) -> Option<(&str, u64)> {
        let found = self.meta.iter().find(|entry| entry.0 == key)?;
        (!found.1.is_empty()).then_some((found.1.as_str(), found.2))
    }

    /// The lines of PROJECTS.
    pub fn projects(&self) -> &[Row] {
        &self.projects
    }

    /// The lines of VOTES.
    pub fn votes(&self) -> &[Row] {
        &self.votes
    }

    /// The poll's title: description, else instance.
    pub fn title(&self) -> &str {
        self.meta("description")
            .or_else(|| self.meta("instance"))
            .unwrap_or("Participatory budget")
    }

    /// The file's text again: what [`File::parse`] reads back as the same file.
    pub fn print(&self) -> String {
        let mut text = String::from("META\nkey;value\n");
        for (key, value, _) in &self.meta {
            print_row(&mut text, [key.as_str(), value.as_str()].into_iter());
        }
        for (section, columns, rows) in [
            ("PROJECTS", &self.project_columns, &self.projects),
            ("VOTES", &self.vote_columns, &self.votes),
        ] {
            text.push_str(section);
            text.push('\n');
            print_row(&mut text, columns.iter().map(String::as_str));
            for row in rows {
                print_row(
                    &mut text,
                    columns.iter().map(|column| row.get(column).unwrap_or("")),
                );
            }
        }
        text
    }

    fn check_counts(&self) -> Result<(), PabulibError> {
        for (key, found) in [
            ("num_projects", self.projects.len()),
            ("num_votes", self.votes.len()),
        ] {
            let Some((value, line)) = self.meta_line(key) else {
                continue;
            };
            if value.parse() != Ok(found) {
                return Err(at(line, format!("{key} is {value}, but the file has {found}")));
            }
        }
        Ok(())
    }

    fn check_projects(&self) -> Result<(), PabulibError> {
        let mut seen = BTreeSet::new();
        for row in &self.projects {
            let Some(id) = row.get("project_id") else {
                return Err(at(row.line, "the project has no project_id"));
            };
            if !seen.insert(id) {
                return Err(at(row.line, format!("project {id} is listed twice")));
            }
        }
        if seen.is_empty() {
            return Err(PabulibError::File("the file lists no projects".into()));
        }
        Ok(())
    }
}

pub(crate) fn print_row<'a>(text: &mut String, fields: impl Iterator<Item = &'a str>) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            text.push(';');
        }
        if field.contains([';', '"']) {
            text.push('"');
            text.push_str(&field.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(field);
        }
    }
    text.push('\n');
}

/// The records of a file, with their line numbers.
struct Lines {
    records: std::iter::Peekable<std::vec::IntoIter<(u64, Vec<String>)>>,
    last: u64,
}

const SECTIONS: [&str; 3] = ["META", "PROJECTS", "VOTES"];

impl Lines {
    fn new(text: &str) -> Result<Self, PabulibError> {
        // The reader counts a line end of two characters late.
        let text = text.replace("\r\n", "\n");
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut records = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| PabulibError::File(error.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            if record.iter().any(|field| field.contains(['\n', '\r'])) {
                return Err(at(
                    line,
                    "a line break inside quotation marks; is a closing one missing?",
                ));
            }
            records.push((
                line,
                record.iter().map(|field| field.trim().to_string()).collect(),
            ));
        }
        Ok(Self {
            last: records.last().map_or(0, |record: &(u64, Vec<String>)| record.0),
            records: records.into_iter().peekable(),
        })
    }

    fn section(&mut self, name: &str) -> Result<(), PabulibError> {
        match self.records.next() {
            Some((_, fields)) if is_section(&fields, name) => Ok(()),
            Some((line, _)) => Err(at(line, format!("expected the section {name}"))),
            None => Err(at(self.last, format!("the file ends before the section {name}"))),
        }
    }

    /// The next record of the section, if there is one.
    fn row(&mut self) -> Option<(u64, Vec<String>)> {
        self.records
            .next_if(|record| !SECTIONS.iter().any(|name| is_section(&record.1, name)))
    }

    fn meta(&mut self) -> Result<Vec<(String, String, u64)>, PabulibError> {
        self.section("META")?;
        match self.row() {
            Some((_, fields)) if fits(&fields, 2) && fields[0] == "key" && fields[1] == "value" => {}
            found => {
                return Err(at(
                    found.map_or(self.last, |row| row.0),
                    "expected the header 'key;value'",
                ));
            }
        }
        let mut meta: Vec<(String, String, u64)> = Vec::new();
        while let Some((line, mut fields)) = self.row() {
            if !fits(&fields, 2) {
                return Err(at(
                    line,
                    "expected a key and a value; quote a value that contains ';'",
                ));
            }
            let (key, value) = (std::mem::take(&mut fields[0]), std::mem::take(&mut fields[1]));
            if meta.iter().any(|entry| entry.0 == key) {
                return Err(at(line, format!("the key {key} stands twice")));
            }
            meta.push((key, value, line));
        }
        Ok(meta)
    }

    fn table(
        &mut self,
        name: &str,
        required: &[&str],
        filled: bool,
    ) -> Result<(Vec<String>, Vec<Row>), PabulibError> {
        self.section(name)?;
        let Some((line, mut columns)) = self.row() else {
            return Err(at(self.last, format!("the section {name} has no header line")));
        };
        while columns.len() > 1 && columns.last().is_some_and(String::is_empty) {
            columns.pop();
        }
        if let Some(missing) = required
            .iter()
            .find(|column| !columns.iter().any(|one| one == *column))
        {
            return Err(at(line, format!("the section {name} has no column {missing}")));
        }
        if columns.iter().collect::<BTreeSet<_>>().len() < columns.len() {
            return Err(at(line, "a column stands twice in the header"));
        }
        let mut rows = Vec::new();
        while let Some((line, fields)) = self.row() {
            if !fits(&fields, columns.len()) {
                return Err(at(
                    line,
                    format!("{} fields for {} columns", fields.len(), columns.len()),
                ));
            }
            let fields = columns.iter().cloned().zip(fields).collect();
            let row = Row { line, fields };
            if let Some(column) = required.iter().find(|column| filled && row.get(column).is_none()) {
                return Err(at(line, format!("{column} is empty")));
            }
            rows.push(row);
        }
        Ok((columns, rows))
    }
}

fn is_section(fields: &[String], name: &str) -> bool {
    fields.first().is_some_and(|first| first == name) && fields[1..].iter().all(String::is_empty)
}

/// The wanted number of fields; empty ones at the end may follow.
fn fits(fields: &[String], wanted: usize) -> bool {
    fields.len() >= wanted && fields[wanted..].iter().all(String::is_empty)
}

#[cfg(test)]
mod tests;
