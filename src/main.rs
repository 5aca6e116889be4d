#![forbid(unsafe_code)]
//! `psephos`: a whole election through every real component, or generated in
//! bulk; and a voter's device on the command line.

mod device;
mod election;
mod generate;
mod vote;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use ceremony::pabulib::File;
use clap::{Parser, Subcommand};
use election::story::Plan;
use election::talk::Talk;

/// Anonymous, verifiable voting for participatory budgets.
#[derive(Parser)]
#[command(
    version,
    after_help = "Exit codes: 0 everything came out right, 1 something did not, 2 the election could not be run, 64 wrong usage."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs a sample election of about 500 voters on this machine, and audits it.
    Demo {
        /// Where the public record goes; by default a new folder `demo-record`.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Casts the ballots of a Pabulib file again, through every component.
    Replay {
        /// The file.
        file: PathBuf,
        /// Where the public record goes; it must not exist yet.
        #[arg(long)]
        out: PathBuf,
        /// Prints one JSON object on standard output, everything else on standard error.
        #[arg(long)]
        json: bool,
    },
    Generate(generate::Arguments),
    Vote(vote::Arguments),
}

/// Something did not come out right.
const WRONG: u8 = 1;
/// The election could not be run.
const FAILED: u8 = 2;
/// The command was called wrongly.
const USAGE: u8 = 64;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Nothing is left to do if the terminal is gone.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { USAGE } else { 0 });
        }
    };
    match run(arguments.command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(WRONG),
        Err(error) => {
            eprintln!("psephos: {error:#}");
            ExitCode::from(if error.is::<generate::Refused>() {
                USAGE
            } else if error.is::<vote::Refused>() {
                WRONG
            } else {
                FAILED
            })
        }
    }
}

/// Whether everything came out right.
fn run(command: Command) -> Result<bool> {
    let (bytes, out, json, token_bits) = match command {
        Command::Demo { out } => (
            include_bytes!("../samples/riverside.pb").to_vec(),
            out.unwrap_or_else(new_folder),
            false,
            3072,
        ),
        Command::Replay { file, out, json } => {
            let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
            (bytes, out, json, 2048)
        }
        Command::Generate(arguments) => {
            generate::run(&arguments)?;
            return Ok(true);
        }
        Command::Vote(arguments) => return vote::run(&arguments),
    };
    let plan = Plan {
        file: File::parse(&bytes)?,
        out,
        token_bits,
    };
    let summary = election::story::run(&plan, &mut Talk::new(json))?;
    if json {
        println!("{}", serde_json::to_string(&summary)?);
    }
    Ok(summary.is_right())
}

/// `demo-record`, or the first `demo-record-<n>` that does not exist.
fn new_folder() -> PathBuf {
    let numbered = (2..).map(|number| PathBuf::from(format!("demo-record-{number}")));
    let mut names = std::iter::once(PathBuf::from("demo-record")).chain(numbered);
    names.find(|name| !name.exists()).expect("numbers do not end")
}
