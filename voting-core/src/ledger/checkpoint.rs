//! Checkpoints (C2SP tlog-checkpoint 1.0): a ledger's signed head.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};

use base64ct::{Base64, Encoding};

use super::note::{InvalidNote, SignedNote, SignerKey};
use super::vkey::VerifierKey;
use crate::hash::Hash;

/// Why a checkpoint is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCheckpoint {
    /// The note around it.
    #[error(transparent)]
    Note(#[from] InvalidNote),
    /// Not origin, size and root on three lines.
    #[error("this is not a checkpoint: origin, size and root on three lines (C2SP tlog-checkpoint)")]
    Form,
    /// Another ledger's name.
    #[error("the checkpoint is another ledger's: it names another origin")]
    Origin,
}

/// A ledger's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The ledger's name.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed.
    pub fn text(&self) -> String {
        format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            Base64::encode_string(&self.root)
        )
    }

    /// The signed checkpoint.
    pub fn sign(&self, key: &SignerKey) -> String {
        key.sign(&self.text())
    }

    /// Reads the text of a checkpoint, from its one form: extension lines are
    /// refused, because cosignatures of some kinds do not cover them.
    pub fn parse(text: &str) -> Result<Self, InvalidCheckpoint> {
        let mut lines = text.split('\n');
        let mut next = || lines.next().ok_or(InvalidCheckpoint::Form);
        let (origin, size, root) = (next()?, next()?, next()?);
        let root = Base64::decode_vec(root).map_err(|_| InvalidCheckpoint::Form)?;
        let checkpoint = Self {
            origin: origin.to_owned(),
            size: size.parse().map_err(|_| InvalidCheckpoint::Form)?,
            root: root.try_into().map_err(|_| InvalidCheckpoint::Form)?,
        };
        let canonical =
            !origin.is_empty() && checkpoint.size.to_string() == size && checkpoint.text() == text;
        if canonical {
            Ok(checkpoint)
        } else {
            Err(InvalidCheckpoint::Form)
        }
    }

    /// Verifies a signed checkpoint under the ledger's key. Whether its origin
    /// is the expected one is left to the caller.
    pub fn verify(note: &[u8], key: &VerifierKey) -> Result<Self, InvalidCheckpoint> {
        Self::parse(SignedNote::parse(note)?.verify(key)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_checkpoint_is_read_back(size: u64, root: [u8; 32]) {
            let checkpoint = Checkpoint { origin: "log.example/poll".into(), size, root };
            prop_assert_eq!(Checkpoint::parse(&checkpoint.text()), Ok(checkpoint));
        }

        #[test]
        fn random_text_never_panics(text in "\\PC*\n?[0-9]*\n?.*\n?") {
            let _ = Checkpoint::parse(&text);
        }
    }

    #[test]
    fn other_forms_are_refused() {
        let root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assert!(Checkpoint::parse(&format!("o\n0\n{root}\n")).is_ok());
        for text in [
            format!("o\n00\n{root}\n"),
            format!("o\n+1\n{root}\n"),
            format!("\n0\n{root}\n"),
            format!("o\n0\n{root}"),
            format!("o\n0\n{root}\nextension\n"),
            "o\n0\nAAAA\n".to_owned(),
        ] {
            assert_eq!(Checkpoint::parse(&text), Err(InvalidCheckpoint::Form), "{text}");
        }
    }
}
