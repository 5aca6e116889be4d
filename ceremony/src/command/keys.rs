//! `officer key` and `trustee key`.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use rand::rngs::SysRng;
use rand::{TryRng, rand_core::UnwrapErr};

use super::{Ended, PassphraseArgs};
use crate::{CeremonyFault, OfficerKey, TrusteeKey, durable};

/// What can be done with a key.
#[derive(Subcommand)]
pub(super) enum KeyStep {
    /// Makes a key file; prints the line for the election's definition.
    Key {
        /// Name, for people.
        #[arg(long)]
        name: String,
        /// The key file to write; it must not exist.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        passphrase: PassphraseArgs,
    },
    /// Opens a key file and prints its public half.
    Public {
        /// The key file.
        key: PathBuf,
        #[command(flatten)]
        passphrase: PassphraseArgs,
    },
}

/// The system's randomness; without it nothing can go on.
pub(super) fn system_rng() -> Result<UnwrapErr<SysRng>, CeremonyFault> {
    let unavailable = |error| CeremonyFault::Encryption(format!("the system gives no randomness: {error}"));
    SysRng.try_next_u64().map_err(unavailable)?;
    Ok(UnwrapErr(SysRng))
}

pub(super) fn officer(step: &KeyStep) -> Result<Ended, CeremonyFault> {
    match step {
        KeyStep::Key {
            name,
            out,
            passphrase,
        } => {
            let secret = passphrase.choose(out)?;
            let key = OfficerKey::generate(name, &mut system_rng()?);
            durable::create(out, &key.seal(&secret, passphrase.work_factor())?)?;
            print("officers", &key.name, &key.public(), out)
        }
        KeyStep::Public {
            key: path,
            passphrase,
        } => {
            let key = open_officer(path, passphrase)?;
            print("officers", &key.name, &key.public(), path)
        }
    }
}

pub(super) fn trustee(step: &KeyStep) -> Result<Ended, CeremonyFault> {
    match step {
        KeyStep::Key {
            name,
            out,
            passphrase,
        } => {
            let secret = passphrase.choose(out)?;
            let key = TrusteeKey::generate(name, &mut system_rng()?);
            durable::create(out, &key.seal(&secret, passphrase.work_factor())?)?;
            print("trustees", &key.name, &key.public(), out)
        }
        KeyStep::Public {
            key: path,
            passphrase,
        } => {
            let key = open_trustee(path, passphrase)?;
            print("trustees", &key.name, &key.public(), path)
        }
    }
}

pub(super) fn open_officer(path: &Path, passphrase: &PassphraseArgs) -> Result<OfficerKey, CeremonyFault> {
    let bytes = durable::read(path)?;
    OfficerKey::open(&path.display().to_string(), &bytes, &passphrase.ask(path)?)
}

pub(super) fn open_trustee(path: &Path, passphrase: &PassphraseArgs) -> Result<TrusteeKey, CeremonyFault> {
    let bytes = durable::read(path)?;
    TrusteeKey::open(&path.display().to_string(), &bytes, &passphrase.ask(path)?)
}

/// The member's entry in the definition of an election.
fn print(role: &str, name: &str, public: &[u8; 32], file: &Path) -> Result<Ended, CeremonyFault> {
    println!(
        "[[{role}.members]]\nname = {name:?}\nkey = \"{}\"",
        hex::encode(public)
    );
    eprintln!(
        "The secret half is in {}; keep a copy and the passphrase in two places.",
        file.display()
    );
    Ok(Ended::Done)
}
