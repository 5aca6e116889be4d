//! The pages' command.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, anyhow, ensure};
use clap::{Parser, Subcommand};
use web::booth::Booth;
use web::record::{Ledger, Patience};
use web::server::{Service, Settings};

/// Pages for citizens: polls, projects, results.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the pages of one or more polls, from their public records alone.
    #[command(after_help = "Examples:
  web serve --ledger https://ledger.example/budget-2027
  web serve --ledger 'https://ledger.example/budget-2027#9f2c…' --name 'Town of Riverside' --booth booth

It needs no key, no password and no storage. Put a server with TLS in front of it.")]
    Serve {
        /// A ledger's address, or a mirror's; `#` and the election id behind it refuse any other election.
        #[arg(long = "ledger", value_name = "URL[#ID]", required = true, value_parser = ledger)]
        ledgers: Vec<Ledger>,
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: SocketAddr,
        /// Whose pages these are.
        #[arg(long, default_value = "Psephos")]
        name: String,
        /// Where readers report what they cannot use: an e-mail or postal address, a telephone number.
        #[arg(long)]
        contact: Option<String>,
        /// The booth that voters' browsers run: a folder as `cargo xtask booth` builds it.
        #[arg(long, value_name = "DIR")]
        booth: Option<PathBuf>,
        /// Seconds between two looks at a ledger.
        #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=3600))]
        every: u64,
    },
}

/// The command failed; what it says tells what to do.
const FAILED: u8 = 1;
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
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("web: {error:#}");
            ExitCode::from(FAILED)
        }
    }
}

fn run(command: Command) -> Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env();
    tracing_subscriber::fmt()
        .with_env_filter(filter.unwrap_or_else(|_| "warn,web=info".into()))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    let Command::Serve {
        ledgers,
        listen,
        name,
        contact,
        booth,
        every,
    } = command;
    let settings = Settings {
        ledgers,
        listen,
        name,
        contact,
        booth: booth
            .map(|folder| Booth::read(&folder))
            .transpose()?
            .map(Arc::new),
        patience: Patience {
            every: Duration::from_secs(every),
            fresh: Duration::from_secs(every * 10),
        },
        signals: true,
    };
    let service = Service::start(settings)?;
    println!("listening on {}", service.url());
    Ok(service.wait()?)
}

/// A ledger as it is named on the command line.
fn ledger(text: &str) -> Result<Ledger> {
    let (url, election) = match text.split_once('#') {
        Some((url, id)) => {
            let mut election = [0; 32];
            hex::decode_to_slice(id, &mut election)
                .map_err(|_| anyhow!("an election id is 64 hexadecimal digits, behind `#`"))?;
            (url, Some(election))
        }
        None => (text, None),
    };
    ensure!(
        url.starts_with("http://") || url.starts_with("https://"),
        "an address begins with http:// or https://"
    );
    Ok(Ledger {
        url: url.to_owned(),
        election,
    })
}
