//! `auditor key`: makes the key that signs an observer's statements.

use std::path::PathBuf;

use super::print::line;
use super::{HELD, NOT_CHECKABLE, USAGE};
use crate::statement::{AuditorKey, InvalidKey};

/// Makes a key to sign audit statements with, and prints its public half.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  auditor key alice.key --name observer.example/alice     makes the key
  auditor key alice.key                                   prints its public half again

Publish the printed line where people know it is yours; with it they check your
statements. Keep the file to yourself: who has it can speak in your name.

Exit codes: 0 done, 2 cannot be read or written, 64 wrong usage.")]
pub(super) struct MakeKey {
    /// The secret key's file.
    file: PathBuf,
    /// Your name as an auditor, when the key is made: an address you own, without https://.
    #[arg(long)]
    name: Option<String>,
}

impl MakeKey {
    pub(super) fn run(self) -> u8 {
        let key = match &self.name {
            Some(name) => AuditorKey::make(&self.file, name),
            None => AuditorKey::open(&self.file),
        };
        match key {
            Ok(key) => {
                if self.name.is_some() {
                    eprintln!(
                        "Made a new key; its secret half is {}. Publish this line:",
                        self.file.display()
                    );
                }
                line(&key.to_string());
                HELD
            }
            Err(error) => {
                eprintln!("auditor: {error}");
                if self.name.is_none() && !self.file.exists() {
                    eprintln!(
                        "To make a key, give it a name, an address you own: --name observer.example/alice"
                    );
                    return USAGE;
                }
                match error {
                    InvalidKey::Name(_) | InvalidKey::Exists(_) => USAGE,
                    InvalidKey::Io { .. } | InvalidKey::Damaged(_) => NOT_CHECKABLE,
                }
            }
        }
    }
}
