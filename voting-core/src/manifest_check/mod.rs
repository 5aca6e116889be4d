//! Define: a manifest is coherent, or it is refused before anybody signs it
//! (specs/02-define.md §5).

mod contests;
mod people;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::encoding::{MAX_ENTRY, encode};
use crate::manifest::{ContentFile, MAX_POLICY, Manifest, VERSION};

/// The most voters an election can have.
pub const MAX_VOTERS: u64 = 1 << 27;
/// The largest total that is ever searched for (attack B10): a cell's largest
/// value times [`MAX_VOTERS`] may not pass it, or the count could not be read.
pub const MAX_TOTAL: u64 = 1 << 42;
/// The largest amount of money, minor units, and the largest sum of costs.
pub const MAX_MONEY: u64 = 1 << 52;

/// Room in the manifest's entry for one officer's signature.
const SIGNATURE_ROOM: usize = 80;

/// One defect of a manifest. Whoever defines the election repairs it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}; {remedy}")]
pub struct ManifestProblem {
    /// Where: a path into the manifest, `contests[0].projects[3].id`.
    pub field: String,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

impl Manifest {
    /// Checks everything that must hold before the manifest may be signed.
    ///
    /// # Errors
    /// All defects, in the order of the manifest's fields.
    pub fn check(&self) -> Result<(), Vec<ManifestProblem>> {
        let mut problems = Problems(Vec::new());
        problems.texts(self);
        problems.officers_and_trustees(self);
        problems.issuers(self);
        problems.keys(self);
        for (index, contest) in self.contests.iter().enumerate() {
            problems.contest(&format!("contests[{index}]"), contest);
        }
        problems.contests_and_styles(self);
        problems.times(self);
        problems.content(self);
        problems.size(self);
        if problems.0.is_empty() {
            Ok(())
        } else {
            Err(problems.0)
        }
    }
}

struct Problems(Vec<ManifestProblem>);

impl Problems {
    fn add(&mut self, field: impl ToString, problem: impl ToString, remedy: impl ToString) {
        self.0.push(ManifestProblem {
            field: field.to_string(),
            problem: problem.to_string(),
            remedy: remedy.to_string(),
        });
    }

    fn require(&mut self, holds: bool, field: impl ToString, problem: impl ToString, remedy: &str) {
        if !holds {
            self.add(field, problem, remedy);
        }
    }

    /// Every name stands once and is something people can read (attack B8).
    fn names<'a>(&mut self, field: &str, names: impl Iterator<Item = &'a String>) {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, name) in names.enumerate() {
            let at = format!("{field}[{index}]");
            self.require(readable(name), &at, format!("'{name}' is empty, longer than 255 bytes, or has control characters or spaces at its ends"), "write a plain name");
            if let Some(earlier) = first.insert(name, index) {
                self.add(
                    at,
                    format!("'{name}' is already the name of number {earlier}"),
                    "give every one its own",
                );
            }
        }
    }

    fn url(&mut self, field: impl ToString, url: &str) {
        let rest = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"));
        let plain =
            rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic()));
        self.require(
            plain,
            field,
            format!("'{url}' is not an http or https address"),
            "write the full address",
        );
    }

    /// Indices ascend, so none stands twice, and exist.
    fn indices(&mut self, field: &str, indices: &[u32], length: usize, of: &str) {
        let ascend = indices.windows(2).all(|pair| pair[0] < pair[1]);
        self.require(
            ascend,
            field,
            "the indices do not ascend, or one stands twice",
            "list each once, in order",
        );
        for &index in indices.iter().filter(|&&index| index as usize >= length) {
            self.add(
                field,
                format!("there is no {of} number {index}"),
                format!("use 0 to {}", length.saturating_sub(1)),
            );
        }
    }

    fn texts(&mut self, manifest: &Manifest) {
        self.require(
            manifest.version == VERSION,
            "version",
            format!("version {} is not known", manifest.version),
            "use version 1",
        );
        self.require(
            readable(&manifest.title),
            "title",
            "the title is empty or not a plain line",
            "write one plain line of at most 255 bytes",
        );
        self.require(
            !manifest.languages.is_empty(),
            "languages",
            "no language is given",
            "name at least one, such as 'en'",
        );
        self.names("languages", manifest.languages.iter());
        for language in &manifest.languages {
            let tag = !language.is_empty()
                && language
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            self.require(
                tag,
                "languages",
                format!("'{language}' is not a BCP 47 tag"),
                "write a tag such as 'en' or 'pt-BR'",
            );
        }
        let origin = &manifest.ledger.origin;
        let key_name = readable(origin) && !origin.contains(char::is_whitespace) && !origin.contains('+');
        self.require(
            key_name,
            "ledger.origin",
            format!("'{origin}' cannot be the name of a signing key"),
            "write a name without spaces and '+'",
        );
        self.url("ledger.url", &manifest.ledger.url);
    }

    fn times(&mut self, manifest: &Manifest) {
        self.require(
            manifest.opening < manifest.closing,
            "closing",
            "the poll would close before it opens",
            "plan a later closing",
        );
        let batch = &manifest.batch;
        self.require(
            batch.min_ballots >= 1,
            "batch.min_ballots",
            "a batch of no ballots",
            "use at least 1",
        );
        self.require(
            batch.min_ms <= batch.max_ms,
            "batch.max_ms",
            "the longest wait is shorter than the shortest",
            "use at least min_ms",
        );
        self.require(
            (1..=600_000).contains(&batch.max_ms),
            "batch.max_ms",
            format!("{} ms", batch.max_ms),
            "let no ballot wait longer than ten minutes, nor not at all",
        );
        let duration = manifest.closing.saturating_sub(manifest.opening);
        self.require(
            u64::from(manifest.casting_delay) <= duration,
            "casting_delay",
            "the delay is longer than the poll",
            "shorten it",
        );
    }

    fn content(&mut self, manifest: &Manifest) {
        let fits = |file: &ContentFile| file.length <= MAX_POLICY as u64;
        self.names("content", manifest.content.iter().map(|file| &file.name));
        for (index, file) in manifest.content.iter().enumerate() {
            let safe = !file.name.starts_with('.')
                && file
                    .name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
            self.require(
                safe,
                format!("content[{index}].name"),
                format!("'{}' is not a safe file name", file.name),
                "use letters, digits, '-', '_' and '.', not first",
            );
        }
        self.require(
            manifest.witness_policy.is_none() || manifest.policy_file().is_some_and(fits),
            "witness_policy",
            "no content file of at most 65,536 bytes is the sealed policy",
            "list the policy's file among the content files",
        );
    }

    fn size(&mut self, manifest: &Manifest) {
        let bytes = encode(manifest).len() + SIGNATURE_ROOM * manifest.officers.members.len() + 16;
        self.require(
            bytes <= MAX_ENTRY,
            "manifest",
            format!("{bytes} bytes with its signatures; {MAX_ENTRY} are the most"),
            "move texts into content files",
        );
    }
}

fn readable(name: &str) -> bool {
    !name.is_empty() && name.len() <= 255 && name.trim() == name && !name.chars().any(char::is_control)
}

#[cfg(test)]
mod tests;
