//! Define: a manifest is coherent, or it is refused before anybody signs it
//! (specs/02-define.md §5).

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::encoding::{MAX_ENTRY, encode};
use crate::manifest::{BallotKind, Contest, Manifest, Measure, Method, VERSION};
use crate::statement::{MAX_CELLS, Statement};

/// The most voters an election can have.
pub const MAX_VOTERS: u64 = 1 << 27;
/// The largest total that is ever searched for (attack B10): a cell's largest
/// value times [`MAX_VOTERS`] may not pass it, or the count could not be read.
pub const MAX_TOTAL: u64 = 1 << 42;
/// The largest amount of money, minor units, and the largest sum of costs.
pub const MAX_MONEY: u64 = 1 << 52;

/// Room in a ballot's entry beside cells and tokens: proofs and framing.
const BALLOT_OVERHEAD: usize = 1_536;
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

    fn officers_and_trustees(&mut self, manifest: &Manifest) {
        let (threshold, members) = (
            manifest.officers.threshold as usize,
            manifest.officers.members.len(),
        );
        self.names(
            "officers.members",
            manifest.officers.members.iter().map(|one| &one.name),
        );
        self.require(
            (1..=members).contains(&threshold),
            "officers.threshold",
            format!("{threshold} of {members} officers can never sign"),
            "need at least 1 and at most all of them",
        );
        let (threshold, members) = (
            manifest.trustees.threshold as usize,
            manifest.trustees.members.len(),
        );
        self.names(
            "trustees.members",
            manifest.trustees.members.iter().map(|one| &one.name),
        );
        self.require(
            threshold <= members && members <= 255,
            "trustees.threshold",
            format!("{threshold} of {members} trustees can never decrypt"),
            "need at most all of at most 255 trustees",
        );
        self.require(
            threshold >= 2,
            "trustees.threshold",
            format!("{threshold} trustee alone could read single ballots"),
            "need at least 2",
        );
        self.require(
            2 * threshold > members,
            "trustees.threshold",
            format!("two groups of {threshold} of {members} could decrypt different sums"),
            "need more than half of the trustees",
        );
    }

    fn issuers(&mut self, manifest: &Manifest) {
        let issuers = &manifest.issuers;
        self.require(
            (1..=8).contains(&issuers.members.len()),
            "issuers.members",
            format!("{} issuers", issuers.members.len()),
            "name 1 to 8",
        );
        self.names("issuers.members", issuers.members.iter().map(|one| &one.name));
        self.require(
            [2048, 3072, 4096].contains(&issuers.token_bits),
            "issuers.token_bits",
            format!("{} bits", issuers.token_bits),
            "use 2048, 3072 or 4096",
        );
        for (index, issuer) in issuers.members.iter().enumerate() {
            self.url(format!("issuers.members[{index}].url"), &issuer.url);
        }
    }

    /// No key stands twice, not even in two roles, and each is a key.
    fn keys(&mut self, manifest: &Manifest) {
        let mut signing: Vec<(String, &[u8; 32])> = Vec::new();
        signing.push(("ledger.key".to_string(), &manifest.ledger.key));
        for (index, one) in manifest.officers.members.iter().enumerate() {
            signing.push((format!("officers.members[{index}].key"), &one.key));
        }
        for (index, one) in manifest.trustees.members.iter().enumerate() {
            signing.push((format!("trustees.members[{index}].key"), &one.key));
        }
        for (index, one) in manifest.issuers.members.iter().enumerate() {
            signing.push((format!("issuers.members[{index}].key"), &one.key));
        }
        for (field, key) in &signing {
            let valid = ed25519_dalek::VerifyingKey::from_bytes(key).is_ok_and(|key| !key.is_weak());
            self.require(
                valid,
                field,
                "these 32 bytes are not an Ed25519 public key",
                "take the key its owner made",
            );
        }
        let mut first: BTreeMap<&[u8; 32], &str> = BTreeMap::new();
        for (field, key) in &signing {
            if let Some(earlier) = first.insert(key, field) {
                self.add(
                    field,
                    format!("the key is already that of {earlier}"),
                    "every role needs its own key",
                );
            }
        }
    }

    fn contest(&mut self, at: &str, contest: &Contest) {
        if let Err(error) = contest.statement() {
            self.add(format!("{at}.ballot"), error, "correct the ballot's rules");
        }
        self.names(
            &format!("{at}.projects"),
            contest.projects.iter().map(|project| &project.id),
        );
        self.names(&format!("{at}.groups"), contest.groups.iter());
        for (index, project) in contest.projects.iter().enumerate() {
            self.indices(
                &format!("{at}.projects[{index}].groups"),
                &project.groups,
                contest.groups.len(),
                "group",
            );
        }
        for (index, limit) in contest.limits.iter().enumerate() {
            let field = format!("{at}.limits[{index}]");
            self.indices(&field, &limit.projects, contest.projects.len(), "project");
            self.require(
                !limit.projects.is_empty(),
                &field,
                "the limit counts no project",
                "leave it out",
            );
            let empty = limit.measure == Measure::Count && limit.hi == 0;
            self.require(
                !empty,
                &field,
                "nobody could name any of its projects",
                "leave the projects out",
            );
        }
        self.money(at, contest);
        self.points(at, contest);
        self.rule(at, contest);
    }

    fn money(&mut self, at: &str, contest: &Contest) {
        self.require(
            contest.decimals <= 4,
            format!("{at}.decimals"),
            format!("{} decimal places", contest.decimals),
            "use at most 4",
        );
        let code = contest.currency.is_empty()
            || (contest.currency.len() == 3
                && contest.currency.bytes().all(|byte| byte.is_ascii_uppercase()));
        self.require(
            code,
            format!("{at}.currency"),
            format!("'{}' is not an ISO 4217 code", contest.currency),
            "write three capital letters, or nothing",
        );
        let costs: u128 = contest
            .projects
            .iter()
            .map(|project| u128::from(project.cost))
            .sum();
        let largest = costs.max(contest.budget.into());
        self.require(
            largest <= MAX_MONEY.into(),
            format!("{at}.budget"),
            "budget or costs together pass 2^52 minor units",
            "use a larger unit of money",
        );
    }

    /// Every total can be read, and no sum leaves 64 bits (attacks A11, B10).
    fn points(&mut self, at: &str, contest: &Contest) {
        let largest = (0..contest.cells().min(MAX_CELLS))
            .map(|cell| contest.cell_maximum(cell))
            .max()
            .unwrap_or(0);
        let readable = largest
            .checked_mul(MAX_VOTERS)
            .is_some_and(|total| total <= MAX_TOTAL);
        self.require(
            readable,
            format!("{at}.ballot"),
            format!("one ballot can add {largest} to a total, and totals above 2^42 cannot be decrypted"),
            "allow at most 32,768 points between least and most",
        );
        if let BallotKind::Points {
            min_points,
            max_points,
            default_points,
            ..
        } = contest.ballot
        {
            let far = [min_points, max_points, default_points]
                .iter()
                .any(|points| points.unsigned_abs() > MAX_TOTAL / MAX_VOTERS);
            self.require(
                !far,
                format!("{at}.ballot"),
                "points are beyond ±32,768",
                "use smaller points",
            );
        }
    }

    fn rule(&mut self, at: &str, contest: &Contest) {
        let groups: Vec<u32> = contest.rule.group_budgets.iter().map(|own| own.group).collect();
        self.indices(
            &format!("{at}.rule.group_budgets"),
            &groups,
            contest.groups.len(),
            "group",
        );
        let spare = contest.rule.leftover && groups.is_empty();
        self.require(
            !spare,
            format!("{at}.rule.leftover"),
            "there are no group budgets to leave anything over",
            "turn it off",
        );
        match &contest.rule.method {
            Method::GreedyExclusive { exclusions, .. } => {
                for (index, group) in exclusions.iter().enumerate() {
                    self.indices(
                        &format!("{at}.rule.exclusions[{index}]"),
                        group,
                        contest.projects.len(),
                        "project",
                    );
                }
            }
            Method::NotComputed { name } => {
                self.require(
                    readable(name),
                    format!("{at}.rule"),
                    "the rule has no name",
                    "name the rule",
                );
            }
            _ => {}
        }
    }

    fn contests_and_styles(&mut self, manifest: &Manifest) {
        self.require(
            !manifest.contests.is_empty(),
            "contests",
            "there is nothing to vote on",
            "add a contest",
        );
        self.names("contests", manifest.contests.iter().map(|contest| &contest.id));
        self.require(
            !manifest.styles.is_empty(),
            "styles",
            "nobody sees any contest",
            "add a style",
        );
        self.names("styles", manifest.styles.iter().map(|style| &style.name));
        for (index, style) in manifest.styles.iter().enumerate() {
            let at = format!("styles[{index}]");
            self.require(
                !style.name.contains(','),
                &at,
                "a comma separates origins in token challenges",
                "leave it out of the name",
            );
            self.require(
                !style.contests.is_empty(),
                &at,
                "its voters see no contest",
                "name one",
            );
            self.indices(&at, &style.contests, manifest.contests.len(), "contest");
            self.style_size(&at, manifest, &style.contests);
        }
        let seen: BTreeSet<u32> = manifest
            .styles
            .iter()
            .flat_map(|style| style.contests.iter().copied())
            .collect();
        for index in (0..manifest.contests.len() as u32).filter(|index| !seen.contains(index)) {
            self.add(
                format!("contests[{index}]"),
                "no style shows this contest",
                "add it to a style or leave it out",
            );
        }
    }

    /// A ballot of the style fits into an entry.
    fn style_size(&mut self, at: &str, manifest: &Manifest, contests: &[u32]) {
        let contests: Vec<&Contest> = contests
            .iter()
            .filter_map(|&index| manifest.contests.get(index as usize))
            .collect();
        let cells = contests
            .iter()
            .fold(0usize, |sum, contest| sum.saturating_add(contest.cells()));
        let token = manifest.issuers.token_bits as usize / 8 + 3;
        let bytes = cells
            .saturating_mul(64)
            .saturating_add(manifest.issuers.members.len().saturating_mul(token))
            .saturating_add(BALLOT_OVERHEAD);
        if cells > MAX_CELLS || bytes > MAX_ENTRY {
            self.add(at, format!("a ballot would have {cells} cells and about {bytes} bytes; {MAX_CELLS} cells and {MAX_ENTRY} bytes are the most"), "show fewer contests in one style, or allow fewer places");
            return;
        }
        let parts: Vec<Statement> = contests
            .iter()
            .filter_map(|contest| contest.statement().ok())
            .collect();
        if parts.len() < contests.len() || parts.is_empty() {
            return; // already said at the contest
        }
        if let Err(error) = Statement::join(&parts.iter().collect::<Vec<_>>()) {
            self.add(at, error, "show fewer contests in one style");
        }
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
