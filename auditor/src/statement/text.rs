//! The text of a statement: its one encoding, and its strict reader.

use std::fmt::Write;
use std::str::Lines;

use voting_core::hash::Hash;

use super::{InvalidStatement, StatedClaim, Statement, all_claims};
use crate::occasion::{SPECIFICATION, seconds, utc};
use crate::verdict::Overall;

/// The first line: what this is. No ledger's checkpoint can begin like this and
/// go on like this, so a key that signs both says nothing that it did not mean.
const FIRST: &str = "psephos/audit-statement/v1";
/// What stands in place of an unknown hash.
const UNKNOWN: &str = "unknown";

impl Statement {
    /// The text, in its one encoding.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "{FIRST}")?;
        writeln!(out, "auditor {}", self.auditor)?;
        writeln!(out, "time {}", utc(self.time))?;
        writeln!(out, "election {}", hex::encode(self.election))?;
        writeln!(out, "ledger {}", self.origin)?;
        writeln!(out, "size {}", self.size)?;
        writeln!(out, "root {}", hex::encode(self.root))?;
        writeln!(out, "verdict {}", self.verdict.word())?;
        for claim in &self.claims {
            writeln!(out, "claim {} {} {}", claim.number, claim.id, claim.standing)?;
        }
        writeln!(out, "results {}", hex::encode(self.results))?;
        let hash = self.tool_sha256.map_or(UNKNOWN.to_owned(), hex::encode);
        writeln!(out, "tool {} {} {hash}", self.tool.0, self.tool.1)?;
        writeln!(out, "specification {SPECIFICATION}")
    }

    /// Reads a text that somebody signed.
    pub(super) fn parse(text: &str) -> Result<Self, InvalidStatement> {
        let mut lines = Reader {
            lines: text.lines(),
            line: 0,
        };
        lines.take("the first line of a statement", |line| {
            (line == FIRST).then_some(())
        })?;
        let statement = Self {
            auditor: lines.word("auditor ", "the auditor's name", |name| Some(name.to_owned()))?,
            time: lines.word("time ", "a time like 2027-03-14T09:26:53Z", seconds)?,
            election: lines.word("election ", "the election id, 64 hexadecimal digits", hash)?,
            origin: lines.word("ledger ", "the ledger's name", |name| Some(name.to_owned()))?,
            size: lines.word("size ", "the number of entries", |size| size.parse().ok())?,
            root: lines.word("root ", "the root, 64 hexadecimal digits", hash)?,
            verdict: lines.word("verdict ", "a verdict", overall)?,
            claims: lines.claims()?,
            results: lines.word("results ", "the hash of the results, 64 hexadecimal digits", hash)?,
            tool: (String::new(), String::new()),
            tool_sha256: None,
        };
        let (tool, tool_sha256) = lines.word("tool ", "the program's name, version and hash", tool)?;
        lines.word("specification ", "the specification's name", |name| {
            (name == SPECIFICATION).then_some(())
        })?;
        let statement = Self {
            tool,
            tool_sha256,
            ..statement
        };
        // Whatever else could be read from other bytes is not this text.
        if statement.text() != text {
            return Err(lines.form("no other text"));
        }
        if !statement.follows() {
            return Err(InvalidStatement::Contradiction);
        }
        Ok(statement)
    }
}

/// A text's lines, one after the other.
struct Reader<'a> {
    lines: Lines<'a>,
    line: usize,
}

impl<'a> Reader<'a> {
    fn take<T>(
        &mut self,
        expected: &'static str,
        read: impl FnOnce(&'a str) -> Option<T>,
    ) -> Result<T, InvalidStatement> {
        self.line += 1;
        self.lines
            .next()
            .and_then(read)
            .ok_or_else(|| self.form(expected))
    }

    fn word<T>(
        &mut self,
        name: &str,
        expected: &'static str,
        read: impl FnOnce(&'a str) -> Option<T>,
    ) -> Result<T, InvalidStatement> {
        self.take(expected, |line| {
            read(line.strip_prefix(name).filter(|value| !value.is_empty())?)
        })
    }

    /// Every claim of the specification, in order, and no other.
    fn claims(&mut self) -> Result<Vec<StatedClaim>, InvalidStatement> {
        all_claims()
            .map(|(number, id)| {
                let name = format!("claim {number} {id} ");
                let standing = self.word(&name, "every claim, in order, with its standing", standing)?;
                Ok(StatedClaim { number, id, standing })
            })
            .collect()
    }

    fn form(&self, expected: &'static str) -> InvalidStatement {
        InvalidStatement::Form {
            line: self.line,
            expected,
        }
    }
}

fn hash(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    hex::decode_to_slice(text, &mut hash).ok().map(|()| hash)
}

fn overall(word: &str) -> Option<Overall> {
    [Overall::Held, Overall::Broken, Overall::Incomplete, Overall::Open]
        .into_iter()
        .find(|overall| overall.word() == word)
}

fn standing(word: &str) -> Option<&'static str> {
    ["held", "broken", "not checkable"]
        .into_iter()
        .find(|known| *known == word)
}

type ToolLine = ((String, String), Option<Hash>);

fn tool(line: &str) -> Option<ToolLine> {
    let mut words = line.split(' ');
    let (name, version, digest) = (words.next()?, words.next()?, words.next()?);
    let sha256 = if digest == UNKNOWN {
        None
    } else {
        Some(hash(digest)?)
    };
    let complete = words.next().is_none() && !name.is_empty() && !version.is_empty();
    complete.then(|| ((name.to_owned(), version.to_owned()), sha256))
}
