//! The issuer's command.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use issuer::folder::Folder;
use issuer::server::Settings;
use issuer::service::Service;
use issuer::watch::Follower;
use issuer::{enrol, publish, report, roll_file};
use voting_core::entry::Entry;
use voting_core::manifest::Manifest;

/// Says who may vote, and gives each of them one blind token.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes a folder with a fresh signing key; prints the public key for the manifest.
    Init {
        /// The new folder.
        folder: PathBuf,
        /// The issuer's name, as the manifest will state it.
        #[arg(long)]
        name: String,
    },
    /// Enrols the voters of a roll, once: RSA keys, activation letters, entries for the ledger.
    Enrol {
        /// The issuer's folder.
        folder: PathBuf,
        /// File with ledger entry 0; without it, the ledger is asked.
        #[arg(long, required_unless_present = "ledger")]
        manifest: Option<PathBuf>,
        /// The ledger's URL; without it, nothing is published yet.
        #[arg(long)]
        ledger: Option<String>,
        /// The roll: CSV with the columns `line` and `style`.
        #[arg(long)]
        roll: PathBuf,
        /// Where the activation letters are written, once.
        #[arg(long)]
        letters: PathBuf,
    },
    /// Answers token requests while the ledger allows it.
    Serve {
        /// The issuer's folder.
        folder: PathBuf,
        /// The ledger's URL.
        #[arg(long)]
        ledger: String,
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:8082")]
        listen: SocketAddr,
    },
    /// Publishes after close what was issued.
    Report {
        /// The issuer's folder.
        folder: PathBuf,
        /// The ledger's URL.
        #[arg(long)]
        ledger: String,
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
            eprintln!("issuer: {error:#}");
            ExitCode::from(FAILED)
        }
    }
}

fn run(command: Command) -> Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env();
    tracing_subscriber::fmt()
        .with_env_filter(filter.unwrap_or_else(|_| "warn,issuer=info".into()))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match command {
        Command::Init { folder, name } => init(&folder, &name),
        Command::Enrol {
            folder,
            manifest,
            ledger,
            roll,
            letters,
        } => enrol_voters(&folder, manifest.as_deref(), ledger.as_deref(), &roll, &letters),
        Command::Serve {
            folder,
            ledger,
            listen,
        } => serve(&folder, &ledger, listen),
        Command::Report { folder, ledger } => publish_report(&folder, &ledger),
    }
}

fn init(folder: &Path, name: &str) -> Result<()> {
    let key = Folder::init(folder, name)?.identity()?;
    println!("{}", hex::encode(key.verifying_key().to_bytes()));
    Ok(())
}

fn enrol_voters(
    folder: &Path,
    manifest: Option<&Path>,
    ledger: Option<&str>,
    roll: &Path,
    letters: &Path,
) -> Result<()> {
    let folder = Folder::open(folder)?;
    let manifest = match (manifest, ledger) {
        (Some(path), _) => manifest_from(path)?,
        (None, Some(url)) => Follower::new(url).refresh()?.manifest().clone(),
        (None, None) => bail!("name the manifest's file or the ledger"),
    };
    let bytes = std::fs::read(roll).with_context(|| roll.display().to_string())?;
    let voters = roll_file::read(&bytes, &manifest)?;
    let enrolment = enrol::enrol(&folder, &manifest, &voters, letters)?;
    println!("election {}", hex::encode(enrolment.election_id));
    println!(
        "{} voters enrolled; letters: {}",
        enrolment.lines.len(),
        letters.display()
    );
    if let Some(url) = ledger {
        let posted = publish::publish(url, &enrolment.entries)?;
        println!(
            "{posted} of {} entries published, the others were there",
            enrolment.entries.len()
        );
    }
    Ok(())
}

fn manifest_from(path: &Path) -> Result<Manifest> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    match Entry::from_bytes(&bytes) {
        Ok(Entry::Manifest(manifest, _)) => Ok(manifest),
        Ok(other) => bail!("{} is a {} entry, not the manifest", path.display(), other.kind()),
        Err(error) => bail!("{}: {error}", path.display()),
    }
}

fn serve(folder: &Path, ledger: &str, listen: SocketAddr) -> Result<()> {
    let settings = Settings {
        listen,
        signals: true,
        ..Settings::default()
    };
    let service = Service::start(&Folder::open(folder)?, ledger, &settings)?;
    println!("listening on {}", service.url());
    Ok(service.wait()?)
}

fn publish_report(folder: &Path, ledger: &str) -> Result<()> {
    let entries = report::entries(&Folder::open(folder)?)?;
    let posted = publish::publish(ledger, &entries)?;
    println!(
        "{posted} of {} report entries published, the others were there",
        entries.len()
    );
    Ok(())
}
