//! The witness policy's file (C2SP tlog-policy; specs/06-ledger.md §2.3).

use std::fmt::Write;

use voting_core::ledger::VerifierKey;

use super::{DefineError, Ledger, Setting, Witnesses};

/// Its name among the content files.
pub(super) const FILE: &str = "witness-policy.txt";

/// The file: the one given, or the one that the setting's witnesses make;
/// `None` where there are neither. What it says is checked by its reader.
pub(super) fn policy(setting: &Setting, given: Option<Vec<u8>>) -> Result<Option<Vec<u8>>, DefineError> {
    match (&setting.witnesses, given) {
        (Some(_), Some(_)) => Err(DefineError::Value {
            key: "witnesses".to_owned(),
            problem: "a policy file was given too; one of the two says who must cosign".to_owned(),
        }),
        (None, given) => Ok(given),
        (Some(witnesses), None) => written(&setting.ledger, witnesses).map(Some),
    }
}

fn written(ledger: &Ledger, witnesses: &Witnesses) -> Result<Vec<u8>, DefineError> {
    let key = VerifierKey::ed25519(&ledger.origin, &ledger.key).map_err(|error| DefineError::Value {
        key: "ledger.origin".to_owned(),
        problem: error.to_string(),
    })?;
    let mut text = format!("log {key} {}\n", ledger.url);
    let mut names = String::new();
    for (number, witness) in (1..).zip(&witnesses.members) {
        // Writing into a string does not fail.
        let _ = writeln!(text, "witness w{number} {} {}", witness.key, witness.url);
        let _ = write!(names, " w{number}");
    }
    let needed = witnesses.needed;
    let _ = writeln!(text, "group witnesses {needed}{names}\nquorum witnesses");
    Ok(text.into_bytes())
}
