//! The command: arguments in, verdict out, exit code by decision
//! (specs/10-audit.md §6).

mod ballot;
mod bundles;
mod cache;
mod compare;
mod copy;
mod document;
mod duration;
mod evidence;
mod failure;
mod follow;
mod follower;
mod inspect;
mod mirror;
mod node;
mod poll;
mod print;
mod progress;
mod read;
mod receipt;
mod register;
mod source;
mod style;
mod witness;

use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use voting_core::hash::Hash;

use crate::selftest;
use crate::verdict::{Overall, Verdict};

pub use bundles::{BundleError, DamagedBundle};
pub use document::document;
pub use read::{AuditError, audit};
pub use source::{Source, SourceError};

/// Everything held.
const HELD: u8 = 0;
/// At least one claim is broken.
const BROKEN: u8 = 1;
/// Something is not checkable, or could not be read.
const NOT_CHECKABLE: u8 = 2;
/// The command was called wrongly.
const USAGE: u8 = 64;

/// The worse of two ends: an alarm outweighs everything, and everything
/// outweighs all being well.
fn worse(one: u8, other: u8) -> u8 {
    match (one, other) {
        (BROKEN, _) | (_, BROKEN) => BROKEN,
        (one, other) => one.max(other),
    }
}

/// Audits an election from its public record alone.
#[derive(Debug, Parser)]
#[command(name = "auditor", version, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  auditor verify ./record
  auditor verify https://ledger.example/budget-2027 --election 9f2c…
  auditor verify ./record --json > audit.json
  auditor mirror https://ledger.example/budget-2027 ./mirror
  auditor follow https://ledger.example/budget-2027
  auditor receipt receipt.txt --ledger https://ledger.example/budget-2027
  auditor ballot opening.cbor --ledger ./record --tracker '07f1 …'
  auditor inspect ./record 0
  auditor compare ./mine ./yours
  auditor selftest
  auditor witness ./alice --name witness.example/alice

Exit codes: 0 everything held, 1 something is broken, 2 something is not
checkable or could not be read, 64 wrong usage.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Reads a whole ledger, checks every claim, and prints the verdict.
    Verify(Verify),
    Receipt(receipt::CheckReceipt),
    Evidence(evidence::CheckEvidence),
    Mirror(mirror::Mirror),
    Follow(follow::Follow),
    Ballot(ballot::OpenBallot),
    Inspect(inspect::InspectEntries),
    Compare(compare::Compare),
    /// Puts this verifier to the test: all vectors, and the reference implementation beside it.
    Selftest,
    /// Runs a witness: cosigns what a ledger shows as long as it takes nothing back.
    Witness(witness::Arguments),
}

#[derive(Debug, clap::Args)]
struct Verify {
    /// A folder or URL with the ledger's files (checkpoint, tile/entries/…).
    #[arg(value_name = "DIR|URL")]
    source: String,
    /// Prints one JSON document instead of text.
    #[arg(long)]
    json: bool,
    /// Exit code 0 although the poll is still open, if nothing else is wrong.
    #[arg(long)]
    while_open: bool,
    /// The election id published by the council, in hexadecimal. Any other election is refused.
    #[arg(long, visible_alias = "manifest-hash", value_name = "ID", value_parser = election_id)]
    election: Option<Hash>,
    /// A checkpoint kept from an earlier visit: the ledger must be consistent with it.
    #[arg(long, value_name = "FILE")]
    kept: Vec<std::path::PathBuf>,
    /// Where what comes from a URL is kept until the audit holds, so that an interrupted one
    /// goes on; by default below $XDG_CACHE_HOME/psephos.
    #[arg(long, value_name = "DIR")]
    cache: Option<std::path::PathBuf>,
    /// How long an address that fails is asked again, `10m` say.
    #[arg(long, value_name = "TIME", value_parser = duration::duration, default_value = "1m")]
    patience: Duration,
}

fn election_id(text: &str) -> Result<Hash, String> {
    let bytes = hex::decode(text.trim()).map_err(|_| "not hexadecimal".to_owned())?;
    bytes
        .try_into()
        .map_err(|bytes: Vec<u8>| format!("an election id has 32 bytes, this has {}", bytes.len()))
}

/// Runs the command; the process's exit code says how it went.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let code = match Arguments::try_parse_from(arguments) {
        Ok(Arguments { command }) => match command {
            Command::Verify(verify) => verify.run(),
            Command::Receipt(receipt) => receipt.run(),
            Command::Evidence(evidence) => evidence.run(),
            Command::Mirror(mirror) => mirror.run(),
            Command::Follow(follow) => follow.run(),
            Command::Ballot(ballot) => ballot.run(),
            Command::Inspect(inspect) => inspect.run(),
            Command::Compare(compare) => compare.run(),
            Command::Selftest => self_test(),
            Command::Witness(witness) => witness.run(),
        },
        Err(error) => {
            // Nothing is left to do if the terminal is gone.
            let _ = error.print();
            if error.use_stderr() { USAGE } else { HELD }
        }
    };
    ExitCode::from(code)
}

impl Verify {
    fn run(self) -> u8 {
        match self.verdict() {
            Ok(verdict) => {
                self.show(&verdict);
                exit_code(&verdict, self.while_open)
            }
            Err(error) => {
                eprintln!("auditor: {error:#}");
                if self.json {
                    print::line(&document::failure(&self.source, &format!("{error:#}")));
                }
                NOT_CHECKABLE
            }
        }
    }

    fn verdict(&self) -> anyhow::Result<Verdict> {
        selftest::quick()
            .map_err(|error| anyhow::anyhow!("the self-test failed, so no audit was made: {error}"))?;
        let kept = self.kept.iter().map(|path| {
            std::fs::read(path).map_err(|error| {
                anyhow::anyhow!("cannot read the kept checkpoint {}: {error}", path.display())
            })
        });
        let kept = kept.collect::<anyhow::Result<Vec<_>>>()?;
        let mut source = self.open()?;
        let mut progress = progress::Progress::begin();
        Ok(audit(&mut source, self.election, &kept, &mut |step| {
            progress.step(step)
        })?)
    }

    fn open(&self) -> anyhow::Result<Source> {
        let folder = self.cache.clone().or_else(|| cache::folder_of(&self.source));
        Ok(match folder.filter(|_| source::is_url(&self.source)) {
            Some(folder) => Source::kept(&self.source, &folder, self.patience)?,
            None => Source::open(&self.source)?,
        })
    }

    fn show(&self, verdict: &Verdict) {
        if self.json {
            print::line(&document(&self.source, verdict));
        } else {
            print::verdict(verdict);
        }
    }
}

fn self_test() -> u8 {
    match selftest::full() {
        Ok(checks) => {
            for check in checks {
                print::line(&format!("agrees   {} ({})", check.what, check.cases));
            }
            print::line("The verifier agrees with every vector and with the reference implementation.");
            HELD
        }
        Err(error) => {
            eprintln!("auditor: {error}");
            eprintln!("This build of the verifier must not be used. Take another one, or report it.");
            BROKEN
        }
    }
}

/// 0 held, 1 broken, 2 not checkable; an open poll is 0 only on request.
fn exit_code(verdict: &Verdict, while_open: bool) -> u8 {
    match verdict.overall() {
        Overall::Held => HELD,
        Overall::Broken => BROKEN,
        Overall::Open if while_open => HELD,
        Overall::Open | Overall::Incomplete => NOT_CHECKABLE,
    }
}
