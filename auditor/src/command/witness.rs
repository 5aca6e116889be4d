//! `auditor witness`: makes a witness's key, then runs the witness.

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use voting_core::ledger::{Policy, VerifierKey};

use super::{HELD, NOT_CHECKABLE, USAGE, print};
use crate::witness::{Event, Folder, Report, Running, Settings, Witness, WitnessError};

pub(super) const HELP: &str = "Examples:
  1. Make the witness. It prints one line, its public key: give that to the
     election office, with the address at which the ledger will reach you.
       auditor witness ./alice --name witness.example/alice
  2. Run it, with the witness policy that the office publishes, or with the
     ledger's key. It keeps running; stop it with Ctrl-C, start it again any time.
       auditor witness ./alice --policy witness-policy.txt
       auditor witness ./alice --log ledger.town.example/2027+1f0a…+AV3n…

It listens on this machine alone; let a web server in front of it answer https
from the world. Keep the folder, and never restore an older copy of it: a witness
that has forgotten what it cosigned needs a new key and a new folder.

Exit codes: 0 stopped as asked, 2 cannot run or cannot write, 64 wrong usage.";

#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Arguments {
    /// The witness's folder: its key, what it has cosigned, evidence.
    folder: PathBuf,
    /// The witness's name, when it is made: an address you own, without https://.
    #[arg(long)]
    name: Option<String>,
    /// A ledger's key: the string of name, digits and base64 that its office publishes.
    #[arg(long, value_name = "VKEY", value_parser = VerifierKey::parse)]
    log: Vec<VerifierKey>,
    /// A witness policy: its `log` lines are the ledgers' keys.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Where to listen.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8060")]
    listen: SocketAddr,
    /// Prints the public key and does nothing else.
    #[arg(long, conflicts_with_all = ["log", "policy"])]
    show: bool,
}

/// Wrong usage that clap cannot see.
#[derive(Debug, thiserror::Error)]
enum Usage {
    #[error(
        "there is no witness in {0} yet. To make one, give it a name, an address you own: --name witness.example/alice"
    )]
    NoName(String),
    #[error("this witness is {0}; a name is given once. Another witness lives in another folder")]
    OtherName(String),
}

impl Arguments {
    pub(super) fn run(self) -> u8 {
        let Err(error) = self.witness() else {
            return HELD;
        };
        eprintln!("auditor: {error:#}");
        let usage = error.is::<Usage>()
            || matches!(
                error.downcast_ref(),
                Some(WitnessError::Name(_) | WitnessError::LedgerTwice(_))
            );
        if usage { USAGE } else { NOT_CHECKABLE }
    }

    fn witness(self) -> anyhow::Result<()> {
        if self.show {
            print::line(&Folder::open(&self.folder)?.vkey().to_string());
            return Ok(());
        }
        let policy = self.policy.as_deref().map(read_policy).transpose()?;
        let mut ledgers = self.log.clone();
        ledgers.extend(policy.iter().flat_map(Policy::logs).map(|log| log.key.clone()));
        let folder = self.folder()?;
        if ledgers.is_empty() {
            introduce(&folder);
            say_how_to_run(&folder);
            return Ok(());
        }
        let settings = Settings {
            listen: self.listen,
            signals: true,
            report: Report::to(tell),
        };
        let witness = Witness::open(&folder, &ledgers, settings.report.clone())?;
        describe(&folder, &witness, &ledgers);
        if policy.is_some_and(|policy| !policy.witnesses().iter().any(|one| one.key == *folder.vkey())) {
            eprintln!("  Note: the policy does not name this witness, so its cosignatures count for nobody.");
        }
        let running = Running::serve(witness, &settings).with_context(|| self.listen.to_string())?;
        print::line(&format!("listening on {}", running.url()));
        eprintln!("From here on it tells of first cosignatures and of trouble only. Ctrl-C stops it.");
        Ok(running.wait()?)
    }

    /// The witness's folder; a new one at the first run.
    fn folder(&self) -> anyhow::Result<Folder> {
        if Folder::exists(&self.folder) {
            let folder = Folder::open(&self.folder)?;
            let is = folder.vkey().name();
            return match &self.name {
                Some(name) if name != is => Err(Usage::OtherName(is.to_owned()).into()),
                _ => Ok(folder),
            };
        }
        let Some(name) = &self.name else {
            return Err(Usage::NoName(self.folder.display().to_string()).into());
        };
        let folder = Folder::init(&self.folder, name)?;
        eprintln!(
            "Made a new witness. Its secret key is {}.",
            folder.key_path().display()
        );
        if !self.log.is_empty() || self.policy.is_some() {
            introduce(&folder);
        }
        Ok(folder)
    }
}

/// A witness goes on when the terminal is gone: `eprintln!` would not.
fn tell(event: &Event) {
    let _ = writeln!(std::io::stderr(), "{event}");
}

fn read_policy(path: &Path) -> anyhow::Result<Policy> {
    let file = std::fs::read(path).with_context(|| path.display().to_string())?;
    let policy = Policy::parse(&file).with_context(|| path.display().to_string())?;
    if policy.logs().is_empty() {
        bail!("{} names no ledger: it has no line `log VKEY`", path.display());
    }
    Ok(policy)
}

/// Data on standard output, what to do with it beside.
fn introduce(folder: &Folder) {
    eprintln!("Give the election office this line, the witness's public key:");
    eprintln!();
    print::line(&folder.vkey().to_string());
    eprintln!();
}

fn say_how_to_run(folder: &Folder) {
    eprintln!("Then run it with the office's witness policy, or the ledger's key:");
    eprintln!(
        "  auditor witness {} --policy FILE     or     --log VKEY",
        folder.path().display()
    );
}

fn describe(folder: &Folder, witness: &Witness, ledgers: &[VerifierKey]) {
    eprintln!("Witness {}", witness.vkey());
    for ledger in ledgers {
        match witness.size(ledger.name()) {
            Some(size) => eprintln!("  watches {}, cosigned up to size {size}", ledger.name()),
            None => eprintln!("  watches {}, from its first checkpoint on", ledger.name()),
        }
    }
    match witness.evidence() {
        0 => {}
        files => eprintln!(
            "  keeps what it had to refuse: {files} file(s) in {}",
            folder.evidence().display()
        ),
    }
}
