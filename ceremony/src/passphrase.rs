//! Where a passphrase comes from: a file, the environment, or the terminal.

use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use clap::Args;
use zeroize::{Zeroize, Zeroizing};

use crate::{CeremonyFault, durable};

/// Options for the passphrase of a key file.
#[derive(Args, Clone)]
pub struct PassphraseArgs {
    /// File whose first line is the passphrase.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Hash the passphrase cheaply: for tests and demonstrations only.
    #[arg(long, value_name = "LOG2", hide = true)]
    demo_work_factor: Option<u8>,
}

impl PassphraseArgs {
    /// The cost that was asked for, where one was.
    pub fn work_factor(&self) -> Option<u8> {
        self.demo_work_factor
    }

    /// The passphrase of an existing file.
    ///
    /// # Errors
    /// It is empty, or cannot be read.
    pub fn ask(&self, file: &Path) -> Result<SecretString, CeremonyFault> {
        match self.given()? {
            Some(passphrase) => Ok(passphrase),
            None => prompt(&format!("Passphrase of {}: ", file.display())),
        }
    }

    /// The passphrase of a new file, asked for twice.
    ///
    /// # Errors
    /// It is empty, cannot be read, or differs the second time.
    pub fn choose(&self, file: &Path) -> Result<SecretString, CeremonyFault> {
        use age::secrecy::ExposeSecret;
        if let Some(passphrase) = self.given()? {
            return Ok(passphrase);
        }
        let first = prompt(&format!("New passphrase for {}: ", file.display()))?;
        let second = prompt("The same again: ")?;
        if first.expose_secret() != second.expose_secret() {
            return Err(CeremonyFault::NotNow(
                "the two passphrases differ; nothing was written".to_owned(),
            ));
        }
        checked(first)
    }

    fn given(&self) -> Result<Option<SecretString>, CeremonyFault> {
        if let Some(path) = &self.passphrase_file {
            let bytes = Zeroizing::new(durable::read(path)?);
            let not_text = |_| CeremonyFault::Content {
                path: path.display().to_string(),
                why: "the passphrase is not text".to_owned(),
            };
            let text = std::str::from_utf8(&bytes).map_err(not_text)?;
            let first = text.lines().next().unwrap_or_default();
            return checked(SecretString::from(first.to_owned())).map(Some);
        }
        match std::env::var("PSEPHOS_PASSPHRASE") {
            Ok(passphrase) => checked(SecretString::from(passphrase)).map(Some),
            Err(_) => Ok(None),
        }
    }
}

fn checked(passphrase: SecretString) -> Result<SecretString, CeremonyFault> {
    use age::secrecy::ExposeSecret;
    if passphrase.expose_secret().is_empty() {
        return Err(CeremonyFault::NotNow("the passphrase is empty".to_owned()));
    }
    Ok(passphrase)
}

fn prompt(question: &str) -> Result<SecretString, CeremonyFault> {
    let mut answer = rpassword::prompt_password(question).map_err(|why| CeremonyFault::File {
        path: "the terminal (without one, use --passphrase-file or PSEPHOS_PASSPHRASE)".to_owned(),
        why,
    })?;
    let secret = SecretString::from(answer.as_str());
    answer.zeroize();
    Ok(secret)
}
