//! What is wrong, where, what was expected instead, and whose doing it is.

use core::fmt;

use serde::Serialize;

/// Who must answer for a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "role", content = "index")]
pub enum Fault {
    /// The officers who defined, opened or closed the poll.
    Officers,
    /// The trustee with this index.
    Trustee(u32),
    /// The issuer with this index.
    Issuer(u32),
    /// The ballot box: it must refuse what is wrong and add up what is right.
    BallotBox,
    /// Whoever served this copy of the record.
    Source,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Officers => write!(out, "the officers"),
            Fault::Trustee(index) => write!(out, "trustee {index}"),
            Fault::Issuer(index) => write!(out, "issuer {index}"),
            Fault::BallotBox => write!(out, "the ballot box"),
            Fault::Source => write!(out, "whoever served this copy"),
        }
    }
}

/// One failure of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Index of the ledger entry, where one is at fault.
    pub entry: Option<u64>,
    /// The field or rule within the entry.
    pub field: String,
    /// What the specification asks for.
    pub expected: String,
    /// What the ledger says.
    pub found: String,
    /// The clause that asks for it.
    pub clause: &'static str,
    /// Whose doing it is.
    pub fault: Fault,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(entry) = self.entry {
            write!(out, "entry {entry}, ")?;
        }
        write!(
            out,
            "{}: expected {}, found {}",
            self.field, self.expected, self.found
        )?;
        write!(out, " (fault of {}; {})", self.fault, self.clause)
    }
}

/// Findings kept in full; of a ledger with more, the rest is counted.
pub const LISTED: usize = 10_000;

/// All failures of one claim.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// The first [`LISTED`] findings, in the order of the ledger.
    pub listed: Vec<Finding>,
    /// All of them.
    pub total: u64,
}

impl Findings {
    /// Takes one more.
    pub fn push(&mut self, finding: Finding) {
        self.total += 1;
        if self.listed.len() < LISTED {
            self.listed.push(finding);
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }
}
