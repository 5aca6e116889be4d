//! The ballot box's command.

use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use ballot_box::export::export;
use ballot_box::folder::Folder;
use ballot_box::service::{Ledger, Service, Settings};
use clap::{Parser, Subcommand};

/// Keeps the ledger of one election: takes ballots, serves the public record.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes a folder with a fresh ledger key; prints the public key for the manifest.
    Init {
        /// The new folder.
        folder: PathBuf,
        /// The ledger's name, as the manifest will state it: its URL without `https://`.
        #[arg(long)]
        origin: String,
    },
    /// Takes the signed manifest (entry 0) and the content files it seals.
    Begin {
        /// The ballot box's folder.
        folder: PathBuf,
        /// File with entry 0.
        #[arg(long)]
        manifest: PathBuf,
        /// Folder with the content files, if the manifest names any.
        #[arg(long)]
        content: Option<PathBuf>,
    },
    /// Takes ballots and serves the public record.
    Serve {
        /// The ballot box's folder.
        folder: PathBuf,
        /// Where to listen.
        #[arg(long, default_value = "127.0.0.1:8081")]
        listen: SocketAddr,
    },
    /// Writes the public record as files, as they are served. The ballot box must be stopped.
    Export {
        /// The ballot box's folder.
        folder: PathBuf,
        /// The folder to write to.
        out: PathBuf,
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
            eprintln!("ballot-box: {error:#}");
            ExitCode::from(FAILED)
        }
    }
}

fn run(command: Command) -> Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env();
    tracing_subscriber::fmt()
        .with_env_filter(filter.unwrap_or_else(|_| "warn,ballot_box=info".into()))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    match command {
        Command::Init { folder, origin } => init(&folder, &origin),
        Command::Begin {
            folder,
            manifest,
            content,
        } => begin(&folder, &manifest, content.as_deref()),
        Command::Serve { folder, listen } => serve(&folder, listen),
        Command::Export { folder, out } => write_record(&folder, &out),
    }
}

fn init(folder: &Path, origin: &str) -> Result<()> {
    let key = Folder::init(folder, origin)?.key()?;
    println!("{}", hex::encode(key.verifying_key().to_bytes()));
    Ok(())
}

fn begin(folder: &Path, manifest: &Path, content: Option<&Path>) -> Result<()> {
    let first = std::fs::read(manifest).with_context(|| manifest.display().to_string())?;
    Folder::open(folder)?.begin(&first, content)?;
    println!("ready: ballot-box serve {}", folder.display());
    Ok(())
}

fn serve(folder: &Path, listen: SocketAddr) -> Result<()> {
    let settings = Settings {
        listen,
        signals: true,
        ..Settings::default()
    };
    let service = Service::start(&Folder::open(folder)?, &settings)?;
    println!("listening on {}", service.url());
    Ok(service.wait()?)
}

fn write_record(folder: &Path, out: &Path) -> Result<()> {
    let ledger = Ledger::open(&Folder::open(folder)?)?;
    let files = export(&ledger.files(), out)?;
    println!("{files} files in {}", out.display());
    Ok(())
}
