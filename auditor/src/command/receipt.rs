//! `auditor receipt`: what a kept receipt proves, and whether the ledger still
//! keeps its word (specs/10-audit.md §9).

mod against;
mod closed;

use std::path::{Path, PathBuf};

use serde::Serialize;
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::{Head, KeptReceipt, Policy, Receipt, Trust, VerifierKey, leaf_hash};

use self::against::Against;
use super::failure::Failure;
use super::poll::Poll;
use super::print::{last_words, line, visible};
use super::read::announced_size;
use super::source::Source;
use super::{USAGE, code, election_id};
use crate::checkpoint::Witnessed;

/// Checks a receipt, and says what it proves and what not.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  auditor receipt receipt.txt --ledger https://ledger.example/budget-2027 --election 9f2c…
  auditor receipt receipt.txt --ledger ./mirror
  auditor receipt receipt.txt --key 'ledger.example/budget+1a2b3c4d+AQ…' --policy witnesses.txt

With --ledger the receipt is also held against the ledger as it is now. If the
entry is gone, this prints DROPPED and writes a file that proves it to anybody:
`auditor evidence FILE` checks it again.")]
pub(super) struct CheckReceipt {
    /// The receipt, as the voting page or `psephos vote` saved it.
    file: PathBuf,
    /// A folder or URL with the ledger's files: its owner's, a mirror's, or one's own copy.
    #[arg(long, value_name = "DIR|URL")]
    ledger: Option<String>,
    /// The election id published by the council, in hexadecimal. Any other election is refused.
    #[arg(long, value_name = "ID", value_parser = election_id, requires = "ledger")]
    election: Option<Hash>,
    /// The bytes of the entry that was handed in, for a receipt that does not name its leaf hash.
    #[arg(long, value_name = "FILE")]
    ballot: Option<PathBuf>,
    /// The ledger's key (a vkey): checks without any ledger at hand.
    #[arg(long, value_name = "VKEY", conflicts_with = "ledger")]
    key: Option<String>,
    /// The sealed witness policy, with --key.
    #[arg(long, value_name = "FILE", requires = "key")]
    policy: Option<PathBuf>,
    /// Where evidence is written, should there be any.
    #[arg(long, value_name = "DIR", default_value = ".")]
    evidence: PathBuf,
    /// Prints one JSON document instead of text.
    #[arg(long)]
    json: bool,
}

/// What came out, and what was found on the way.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Report {
    schema: &'static str,
    receipt: String,
    verdict: &'static str,
    /// One word more about the ledger as it is now.
    ledger: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    election: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_size: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    present_size: Option<u64>,
    cosigned: Vec<String>,
    not_cosigned: Vec<String>,
    proves: Vec<String>,
    says: String,
    evidence: Option<PathBuf>,
}

impl Report {
    fn of(file: &Path) -> Self {
        Self {
            schema: "psephos/receipt/v1",
            receipt: file.display().to_string(),
            verdict: "not checkable",
            ledger: None,
            election: None,
            index: None,
            signed_size: None,
            present_size: None,
            cosigned: Vec::new(),
            not_cosigned: Vec::new(),
            proves: Vec::new(),
            says: String::new(),
            evidence: None,
        }
    }

    fn ends(&mut self, verdict: &'static str, says: impl Into<String>) {
        (self.verdict, self.says) = (verdict, says.into());
    }
}

impl CheckReceipt {
    pub(super) fn run(self) -> u8 {
        if self.ledger.is_none() && self.key.is_none() {
            eprintln!(
                "auditor: whose signature should be under it? Give --ledger DIR|URL, or --key VKEY and --policy FILE"
            );
            return USAGE;
        }
        let mut report = Report::of(&self.file);
        match self.check(&mut report) {
            Ok(()) => {}
            Err(Failure::Cannot(why)) => report.ends("not checkable", why),
            Err(Failure::Alarm(alarm)) => {
                report.evidence = alarm.keep_evidence(&self.evidence);
                report.ends("broken", alarm.says);
            }
        }
        self.show(&report);
        code(report.verdict)
    }

    fn check(&self, report: &mut Report) -> Result<(), Failure> {
        let handed_in = self.ballot.as_deref().map(read).transpose()?;
        let receipt = self.receipt(handed_in.as_deref().map(leaf_hash))?;
        let ballot = handed_in.filter(|bytes| matches!(Entry::from_bytes(bytes), Ok(Entry::Ballot(_))));
        report.index = Some(receipt.receipt.index);
        let Some(place) = &self.ledger else {
            let trust = self.trust()?;
            let head = verified(&receipt, &trust, report)?;
            return alone(&trust, &head, report);
        };
        let source = Source::open(place)?;
        let note = source.read("checkpoint")?;
        let size = announced_size(&note)
            .ok_or_else(|| Failure::Cannot(format!("{place} has something else than a checkpoint")))?;
        let poll = Poll::read(&source, size, self.election)?;
        report.election = Some(hex::encode(poll.id));
        let signed = verified(&receipt, &poll.trust, report)?;
        let present = poll.head(&note, place)?;
        report.present_size = Some(present.checkpoint.size);
        Against {
            poll: &poll,
            receipt: &receipt,
            ballot: ballot.as_deref(),
            signed: &signed.checkpoint,
            note: &note,
            present: &present.checkpoint,
        }
        .check(&source, report)?;
        if present.is_witnessed() {
            if let Some(found) = Witnessed::of(&poll.trust, &present) {
                report
                    .proves
                    .push(format!("of the ledger's present head, {found}"));
            }
            report.ends(
                "held",
                "the ledger keeps its word: your entry stands where the receipt says",
            );
            return Ok(());
        }
        alone(&poll.trust, &signed, report)
    }

    /// The receipt with the leaf hash it is for.
    fn receipt(&self, handed_in: Option<Hash>) -> Result<KeptReceipt, Failure> {
        let bytes = read(&self.file)?;
        match (KeptReceipt::parse(&bytes), handed_in) {
            (Ok(kept), Some(leaf)) if kept.leaf != leaf => Err(Failure::alarm(
                "this receipt is for another entry than the one in --ballot",
            )),
            (Ok(kept), _) => Ok(kept),
            (Err(why), leaf) => {
                let receipt = Receipt::parse(&bytes).map_err(|_| Failure::cannot(why))?;
                let leaf = leaf.ok_or_else(|| {
                    Failure::cannot(
                        "this receipt does not name the entry it is for: give the entry's bytes with --ballot FILE",
                    )
                })?;
                Ok(KeptReceipt { leaf, receipt })
            }
        }
    }

    fn trust(&self) -> Result<Trust, Failure> {
        let key = self.key.as_deref().unwrap_or_default().trim();
        let key = VerifierKey::parse(key).map_err(|why| Failure::Cannot(format!("--key: {why}")))?;
        let Some(path) = &self.policy else {
            return Ok(Trust::key_alone(key));
        };
        let policy = Policy::parse(&read(path)?).map_err(Failure::cannot)?;
        Trust::with_policy(key, policy).map_err(Failure::cannot)
    }

    fn show(&self, report: &Report) {
        if self.json {
            let text = serde_json::to_string_pretty(report).expect("strings and numbers are always JSON");
            line(&text);
            return;
        }
        if let Some(index) = report.index {
            line(&format!(
                "Receipt    for entry {index} ({})",
                visible(&report.receipt)
            ));
        }
        if let Some(election) = &report.election {
            let pinned = match self.election {
                Some(_) => "the one you asked for",
                None => "compare it with the published one",
            };
            line(&format!("Election   {election} ({pinned})"));
        }
        if let Some(size) = report.present_size {
            line(&format!("Ledger     has {size} entries now"));
        }
        if !report.proves.is_empty() {
            line("\nWhat this proves:");
            report
                .proves
                .iter()
                .for_each(|proven| line(&format!("  - {}", visible(proven))));
            line("What it does not prove:");
            line("  - what is in the ballot; nobody can tell from a receipt");
            line("  - that it counts: a later ballot of the same voting pass replaces it");
            line("    (`auditor verify` checks the ballots and the count)");
        }
        let word = match report.ledger {
            Some(word @ ("dropped" | "rewritten")) => word,
            _ => report.verdict,
        };
        line("");
        last_words(word, code(report.verdict), &report.says);
        if let Some(path) = &report.evidence {
            line(&format!(
                "Proof for anybody: {0} (`auditor evidence {0}` checks it). Keep it and your receipt; publish it.",
                path.display()
            ));
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::Cannot(format!("{}: {error}", path.display())))
}

/// The receipt under the ledger's signature.
fn verified(receipt: &KeptReceipt, trust: &Trust, report: &mut Report) -> Result<Head, Failure> {
    let head = receipt
        .verify(trust)
        .map_err(|why| Failure::alarm(format!("this receipt is not the ledger's word: {why}")))?;
    let (index, size) = (receipt.receipt.index, head.checkpoint.size);
    report.signed_size = Some(size);
    report.proves.push(format!(
        "the ledger \"{}\" signed that the entry with leaf hash {} stands at index {index} of its first {size} entries",
        trust.key().name(),
        hex::encode(receipt.leaf),
    ));
    if let Some(found) = Witnessed::of(trust, &head) {
        report.proves.push(format!("of the receipt's own head, {found}"));
        (report.cosigned, report.not_cosigned) = (found.cosigned, found.missing);
    }
    Ok(head)
}

/// What a receipt is worth by itself: held if its head is witnessed.
fn alone(trust: &Trust, head: &Head, report: &mut Report) -> Result<(), Failure> {
    match (trust.policy(), head.is_witnessed()) {
        (None, _) => report.ends(
            "held",
            "the ledger signed for your entry (no witnesses are asked for: compare the ledger's head with other people's)",
        ),
        (Some(_), true) => report.ends("held", "the ledger signed for your entry, and its witnesses saw it"),
        (Some(_), false) => {
            return Err(Failure::cannot(
                "handed in, not yet confirmed: the ledger signed for your entry, but too few witnesses have seen that head. Keep the receipt and ask again with --ledger",
            ));
        }
    }
    Ok(())
}
