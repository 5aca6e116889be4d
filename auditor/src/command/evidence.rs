//! `auditor evidence`: checks a file of evidence that somebody publishes
//! (specs/10-audit.md §8).

use std::path::PathBuf;

use voting_core::hash::Hash;
use voting_core::ledger::VerifierKey;

use super::print::{last_words, line, visible};
use super::{BROKEN, NOT_CHECKABLE, election_id};
use crate::evidence::{Evidence, InvalidEvidence, Shown};

/// The longest file of evidence that is read: two notes, a receipt, and a manifest.
const MAX_EVIDENCE: u64 = 8_000_000;

/// Checks evidence that a ledger contradicts its own signature, without asking anybody.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 1 the evidence is valid: the ledger is broken; 2 it proves nothing.

Examples:
  auditor evidence evidence-1a2b3c4d5e6f.json --election 9f2c…
  auditor evidence evidence-1a2b3c4d5e6f.json --key 'ledger.example/budget+1a2b3c4d+AQ…'"
)]
pub(super) struct CheckEvidence {
    /// The file.
    file: PathBuf,
    /// The election id published by the council: the evidence must be about its ledger.
    #[arg(long, value_name = "ID", value_parser = election_id)]
    election: Option<Hash>,
    /// The ledger's key (a vkey), instead of the election id.
    #[arg(long, value_name = "VKEY")]
    key: Option<String>,
}

impl CheckEvidence {
    pub(super) fn run(self) -> u8 {
        match self.check() {
            Ok((evidence, shown)) => {
                let (word, code, says) = match shown {
                    Shown::Fork { older, newer } => (
                        "forked",
                        BROKEN,
                        format!(
                            "the ledger signed a tree of {newer} entries that does not begin with the tree of {older} that it signed too"
                        ),
                    ),
                    Shown::Dropped { index, size } => (
                        "dropped",
                        BROKEN,
                        format!(
                            "the ledger gave a receipt for entry {index}, and signed a ledger of {size} entries that does not have it and never can"
                        ),
                    ),
                    Shown::Undecided { signed, shown } => (
                        "undecided",
                        NOT_CHECKABLE,
                        format!(
                            "the ledger has signed {signed} entries; whoever still shows the head of {shown} shows an old copy. Signatures do not tell who showed it when"
                        ),
                    ),
                };
                line(&format!("Ledger     {}", visible(&evidence.ledger)));
                match (evidence.accused(), self.election.is_some() || self.key.is_some()) {
                    (_, true) => line("           the one you asked for"),
                    (Ok((_, Some(id))), _) => {
                        line(&format!(
                            "Election   {} (compare it with the published one)",
                            hex::encode(id)
                        ));
                    }
                    _ => line("           compare this key with the one that the election's manifest seals"),
                }
                last_words(word, code, &says);
                code
            }
            Err(why) => {
                last_words("no evidence", NOT_CHECKABLE, &why.to_string());
                NOT_CHECKABLE
            }
        }
    }

    fn check(&self) -> anyhow::Result<(Evidence, Shown)> {
        let length = std::fs::metadata(&self.file)?.len();
        anyhow::ensure!(length <= MAX_EVIDENCE, "the file is longer than evidence can be");
        let evidence: Evidence = serde_json::from_slice(&std::fs::read(&self.file)?)?;
        let (key, election) = evidence.accused()?;
        let wanted = self
            .key
            .as_deref()
            .map(|key| VerifierKey::parse(key.trim()))
            .transpose()?;
        let other_key = wanted.is_some_and(|wanted| wanted != key);
        let other_election = self.election.is_some() && self.election != election;
        if other_key || other_election {
            return Err(InvalidEvidence::OtherLedger.into());
        }
        let shown = evidence.check()?;
        Ok((evidence, shown))
    }
}
