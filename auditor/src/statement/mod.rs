//! What an observer publishes under their own name: a short text that says
//! which ledger was audited and what came out (specs/10-audit.md §16).
//!
//! It is a C2SP signed note. Its text has one encoding; a statement in any
//! other, or one that contradicts itself, is refused.

mod key;
mod results;
mod text;

use voting_core::hash::Hash;
use voting_core::ledger::{InvalidNote, SignedNote, VerifierKey};

use crate::occasion::Occasion;
use crate::verdict::{CLAIMS, Overall, Verdict};

pub use key::{AuditorKey, InvalidKey};
pub use results::results_hash;

/// Bytes of the longest statement; the origin and four names are its only long parts.
pub const MAX_STATEMENT: usize = 65_536;

/// What an observer states about a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The name of the key that signs.
    pub auditor: String,
    /// When, by that observer's clock: seconds since 1970-01-01 UTC.
    pub time: u64,
    /// The election id.
    pub election: Hash,
    /// The ledger's name.
    pub origin: String,
    /// Entries that were audited.
    pub size: u64,
    /// The root that the observer computed from them.
    pub root: Hash,
    /// The verdict, in a word.
    pub verdict: Overall,
    /// How each claim stands, in the order of the story.
    pub claims: Vec<StatedClaim>,
    /// Hash of the results as far as they are proven.
    pub results: Hash,
    /// Name and version of the program.
    pub tool: (String, String),
    /// SHA-256 of the program's file, where the observer could read it.
    pub tool_sha256: Option<Hash>,
}

/// One claim of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedClaim {
    /// Its number, from 1.
    pub number: u32,
    /// Its short name.
    pub id: &'static str,
    /// `held`, `broken` or `not checkable`.
    pub standing: &'static str,
}

/// Why a statement is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidStatement {
    /// The signature, or what should be a note.
    #[error(transparent)]
    Note(#[from] InvalidNote),
    /// A line is missing, or is not written as the specification says.
    #[error("line {line}: expected {expected}. This is not an audit statement in its one encoding")]
    Form {
        /// The line, from 1.
        line: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// Another name than that of the key that signed.
    #[error("it speaks in the name of \"{stated}\", but the key is that of \"{key}\"")]
    OtherName {
        /// The name in the text.
        stated: String,
        /// The key's name.
        key: String,
    },
    /// The verdict does not follow from the claims.
    #[error("it contradicts itself: its verdict does not follow from its claims")]
    Contradiction,
    /// Longer than a statement can be.
    #[error("this is longer than an audit statement can be")]
    TooLong,
}

/// Why there is nothing to state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no election to make a statement about: entry 0 holds no rules that officers signed")]
pub struct NoElection;

impl Statement {
    /// What a verdict, reached on an occasion, is worth stating.
    ///
    /// # Errors
    /// [`NoElection`].
    pub fn new(auditor: &str, verdict: &Verdict, occasion: &Occasion) -> Result<Self, NoElection> {
        let figures = verdict.figures.as_ref().ok_or(NoElection)?;
        let claims = verdict.claims.iter().map(|claim| StatedClaim {
            number: claim.number,
            id: claim.id,
            standing: claim.standing.word(),
        });
        Ok(Self {
            auditor: auditor.to_owned(),
            time: occasion.time,
            election: figures.election_id,
            origin: figures.origin.clone(),
            size: figures.entries,
            root: figures.root,
            verdict: verdict.overall(),
            claims: claims.collect(),
            results: results_hash(&verdict.results),
            tool: (occasion.tool.name.to_owned(), occasion.tool.version.to_owned()),
            tool_sha256: occasion.tool.sha256,
        })
    }

    /// The signed note. Sign with the key whose name the statement bears.
    pub fn sign(&self, key: &AuditorKey) -> String {
        key.signer().sign(&self.text())
    }

    /// Reads a signed statement that verifies under an observer's key.
    ///
    /// # Errors
    /// Not signed with this key, changed, or no statement.
    pub fn verify(note: &[u8], key: &VerifierKey) -> Result<Self, InvalidStatement> {
        if note.len() > MAX_STATEMENT {
            return Err(InvalidStatement::TooLong);
        }
        let statement = Self::parse(SignedNote::parse(note)?.verify(key)?)?;
        if statement.auditor != key.name() {
            return Err(InvalidStatement::OtherName {
                stated: statement.auditor,
                key: key.name().to_owned(),
            });
        }
        Ok(statement)
    }

    /// Whether the verdict can follow from the claims. Whether evidence is
    /// missing or still to come, the claims alone do not tell.
    fn follows(&self) -> bool {
        let any = |word| self.claims.iter().any(|claim| claim.standing == word);
        match self.verdict {
            Overall::Broken => any("broken"),
            Overall::Held => !any("broken") && !any("not checkable"),
            Overall::Open | Overall::Incomplete => !any("broken") && any("not checkable"),
        }
    }
}

/// Numbers and names of all claims: a statement that leaves one out is none.
fn all_claims() -> impl Iterator<Item = (u32, &'static str)> {
    (1..).zip(CLAIMS)
}
