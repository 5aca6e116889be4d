//! The command `ceremony`: every step of officers and trustees, over files and
//! addresses. Results go to standard output, everything else to standard error.

mod act;
mod define;
mod keys;
mod steps;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use voting_core::hash::Hash;

use crate::{CeremonyFault, HttpBoard};

use crate::passphrase::PassphraseArgs;

/// The people who hold keys: officers and trustees.
#[derive(Parser)]
#[command(name = "ceremony", version, after_help = EXAMPLES)]
struct Command {
    #[command(subcommand)]
    step: Step,
}

const EXAMPLES: &str = "In the order of an election:
  ceremony officer key --name 'Ada' --out ada.age
  ceremony trustee key --name 'Grace' --out grace.age
  ceremony define poll.pb --setting setting.toml --out manifest.cbor
  ceremony sign manifest.cbor --key ada.age
  ceremony deal     --ledger URL --election HASH --key grace.age --wait
  ceremony certify  --ledger URL --election HASH --key grace.age --wait
  ceremony rehearse --ledger URL --election HASH --key grace.age
  ceremony open     --ledger URL --election HASH --key ada.age --out open.draft
  ceremony sign open.draft --ledger URL --election HASH --key bob.age
  ceremony submit open.draft --ledger URL --election HASH
  ceremony close    --ledger URL --election HASH --key ada.age --key bob.age
  ceremony decrypt  --ledger URL --election HASH --key grace.age
  ceremony publish  --ledger URL --election HASH

Exit codes: 0 done, 1 failed, 2 others have to act first, 64 wrong usage.
The passphrase is asked for, or taken from PSEPHOS_PASSPHRASE or --passphrase-file.";

#[derive(Subcommand)]
enum Step {
    /// An officer's key.
    #[command(subcommand)]
    Officer(keys::KeyStep),
    /// A trustee's key.
    #[command(subcommand)]
    Trustee(keys::KeyStep),
    /// Makes the manifest from a poll file; prints the election id.
    Define(define::DefineArgs),
    /// Shows what a draft, manifest or other entry file says.
    Show {
        /// The file.
        file: PathBuf,
    },
    /// Adds an officer's signature to a manifest or to the draft of an act.
    Sign(act::SignArgs),
    /// Hands a signed draft in to the ballot box.
    Submit {
        /// The draft.
        draft: PathBuf,
        #[command(flatten)]
        ledger: LedgerArgs,
    },
    /// A trustee deals: as far as the ledger allows.
    Deal(steps::TrusteeArgs),
    /// A trustee certifies the joint key, or complains about a bad share.
    Certify(steps::TrusteeArgs),
    /// A trustee decrypts a canary: shows before opening that its share works.
    Rehearse(steps::TrusteeArgs),
    /// Officers open voting.
    Open(act::ActArgs),
    /// Officers interrupt voting.
    Pause(act::ReasonArgs),
    /// Officers let voting go on.
    Resume(act::ReasonArgs),
    /// Officers move the planned closing.
    Extend(act::ExtendArgs),
    /// Officers end voting, for good.
    Close(act::ActArgs),
    /// Officers enter the drawn value of the announced lot.
    Lot(act::LotArgs),
    /// A trustee audits the whole record, then decrypts the sums, once.
    Decrypt(steps::TrusteeArgs),
    /// Anybody: combines the shares and publishes totals and winners.
    Publish {
        #[command(flatten)]
        ledger: LedgerArgs,
    },
    /// Where the election stands, from the checked ledger.
    Status {
        #[command(flatten)]
        ledger: LedgerArgs,
    },
}

/// Which ledger, and which election it must hold.
#[derive(Args, Clone)]
struct LedgerArgs {
    /// Address of the ballot box.
    #[arg(long, value_name = "URL")]
    ledger: String,
    /// Election id: the manifest's hash, 64 hex digits, known from elsewhere.
    #[arg(long, value_name = "HASH", value_parser = parse_hash)]
    election: Hash,
}

impl LedgerArgs {
    fn board(&self) -> HttpBoard {
        HttpBoard::new(&self.ledger)
    }
}

fn parse_hash(text: &str) -> Result<Hash, String> {
    let mut hash = [0; 32];
    match hex::decode_to_slice(text, &mut hash) {
        Ok(()) => Ok(hash),
        Err(_) => Err("an election id has 64 hex digits".to_owned()),
    }
}

/// How a step ended, when it did not fail.
enum Ended {
    Done,
    Waiting,
}

/// Reads the arguments, takes the step, gives the exit code.
pub fn main() -> ExitCode {
    let command = match Command::try_parse() {
        Ok(command) => command,
        Err(error) => {
            // Printing help to a closed pipe is no failure of ours.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 64 } else { 0 });
        }
    };
    match run(command.step) {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::Waiting) => ExitCode::from(2),
        Err(fault) => {
            eprintln!("ceremony: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(step: Step) -> Result<Ended, CeremonyFault> {
    match step {
        Step::Officer(step) => keys::officer(&step),
        Step::Trustee(step) => keys::trustee(&step),
        Step::Define(args) => define::define(&args),
        Step::Show { file } => act::show(&file),
        Step::Sign(args) => act::sign(&args),
        Step::Submit { draft, ledger } => act::submit(&draft, &ledger),
        Step::Deal(args) => steps::deal(&args),
        Step::Certify(args) => steps::certify(&args),
        Step::Rehearse(args) => steps::rehearse(&args),
        Step::Open(args) => act::open(&args),
        Step::Pause(args) => act::pause(&args),
        Step::Resume(args) => act::resume(&args),
        Step::Extend(args) => act::extend(&args),
        Step::Close(args) => act::close(&args),
        Step::Lot(args) => act::lot(&args),
        Step::Decrypt(args) => steps::decrypt(&args),
        Step::Publish { ledger } => steps::publish(&ledger),
        Step::Status { ledger } => steps::status(&ledger),
    }
}
