//! The command: arguments in, verdict out, exit code by decision
//! (specs/10-audit.md §6).

mod ballot;
mod booth;
mod bundles;
mod cache;
mod compare;
mod copy;
mod document;
mod duration;
mod evidence;
mod explain;
mod failure;
mod follow;
mod follower;
mod inspect;
mod key;
mod mirror;
mod node;
mod poll;
mod print;
mod progress;
mod read;
mod receipt;
mod register;
mod source;
mod statement;
mod style;
mod texts;
mod verify;
mod witness;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use voting_core::hash::Hash;

use crate::selftest;

pub use bundles::{BundleError, DamagedBundle};
pub use document::document;
pub use read::{AuditError, audit};
pub use source::{Source, SourceError};
pub use texts::project_names;
pub use verify::now;

/// Everything held.
const HELD: u8 = 0;
/// At least one claim is broken.
const BROKEN: u8 = 1;
/// Something is not checkable, or could not be read.
const NOT_CHECKABLE: u8 = 2;
/// The command was called wrongly.
const USAGE: u8 = 64;

/// The exit code of a check that ended with this word.
fn code(verdict: &str) -> u8 {
    match verdict {
        "held" => HELD,
        "broken" => BROKEN,
        _ => NOT_CHECKABLE,
    }
}

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
    /// Prints without colours (so does the environment variable NO_COLOR).
    #[arg(long, global = true)]
    no_color: bool,
}

const EXAMPLES: &str = "Examples:
  auditor verify ./record
  auditor verify https://ledger.example/budget-2027 --election 9f2c…
  auditor verify ./record --report audit.html --json > audit.json
  auditor explain 13
  auditor mirror https://ledger.example/budget-2027 ./mirror
  auditor follow https://ledger.example/budget-2027
  auditor receipt receipt.txt --ledger https://ledger.example/budget-2027
  auditor ballot opening.cbor --ledger ./record --tracker '07f1 …'
  auditor booth https://vote.example/en/polls/9f2c1a7be0d3c455/vote --ledger ./record
  auditor inspect ./record 0
  auditor compare ./mine ./yours
  auditor selftest
  auditor witness ./alice --name witness.example/alice

Exit codes: 0 everything held, 1 something is broken, 2 something is not
checkable or could not be read, 64 wrong usage.";

#[derive(Debug, Subcommand)]
enum Command {
    Verify(verify::Verify),
    Explain(explain::Explain),
    Statement(statement::CheckStatement),
    Key(key::MakeKey),
    Receipt(receipt::CheckReceipt),
    Evidence(evidence::CheckEvidence),
    Mirror(mirror::Mirror),
    Follow(follow::Follow),
    Ballot(ballot::OpenBallot),
    Booth(booth::CheckBooth),
    Inspect(inspect::InspectEntries),
    Compare(compare::Compare),
    /// Puts this verifier to the test: all vectors, and the reference implementation beside it.
    Selftest,
    /// Runs a witness: cosigns what a ledger shows as long as it takes nothing back.
    Witness(witness::Arguments),
}

/// An election id as people give it to a command: 64 hexadecimal digits.
pub fn election_id(text: &str) -> Result<Hash, String> {
    let bytes = hex::decode(text.trim()).map_err(|_| "not hexadecimal".to_owned())?;
    bytes
        .try_into()
        .map_err(|bytes: Vec<u8>| format!("an election id has 32 bytes, this has {}", bytes.len()))
}

impl Command {
    /// Before anything is printed.
    fn with_colours(self, wanted: bool) -> Self {
        style::allow(wanted);
        self
    }
}

/// Runs the command; the process's exit code says how it went.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let code = match Arguments::try_parse_from(arguments) {
        Ok(Arguments { command, no_color }) => match command.with_colours(!no_color) {
            Command::Verify(verify) => verify.run(),
            Command::Explain(explain) => explain.run(),
            Command::Statement(statement) => statement.run(),
            Command::Key(key) => key.run(),
            Command::Receipt(receipt) => receipt.run(),
            Command::Evidence(evidence) => evidence.run(),
            Command::Mirror(mirror) => mirror.run(),
            Command::Follow(follow) => follow.run(),
            Command::Ballot(ballot) => ballot.run(),
            Command::Booth(booth) => booth.run(),
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
