//! Signed notes (C2SP signed-note 1.0) with Ed25519 lines.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

use crate::entry::verify_signature;

/// The algorithm byte of an Ed25519 key.
const ED25519: u8 = 0x01;
/// Signature lines that are read; a longer note is refused, not searched.
const MAX_SIGNATURES: usize = 100;

/// Why a note is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNote {
    /// Not UTF-8 text, a blank line, and signature lines.
    #[error("this is not a signed note (C2SP signed-note)")]
    Form,
    /// A key name that a note cannot carry.
    #[error("a key name is not empty and has neither white space nor \"+\"")]
    Name,
    /// None of the signatures claims to be of the expected key.
    #[error("no signature of the expected key stands under it")]
    Unsigned,
    /// A signature of the expected key that does not verify.
    #[error("the signature of the expected key does not verify")]
    Signature,
}

/// A name that notes can carry: it ends at a space in the signature line.
fn check_name(name: &str) -> Result<(), InvalidNote> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.contains(bad) {
        Err(InvalidNote::Name)
    } else {
        Ok(())
    }
}

/// The first four bytes of `SHA-256(name ‖ "\n" ‖ algorithm ‖ key)`.
fn key_id(name: &str, public: &[u8; 32]) -> [u8; 4] {
    let hash = Sha256::new().chain_update(name).chain_update([b'\n', ED25519]);
    let digest = hash.chain_update(public).finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}

/// A key that notes are verified with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    public: [u8; 32],
}

impl VerifierKey {
    /// An Ed25519 key and its name.
    pub fn ed25519(name: &str, public: &[u8; 32]) -> Result<Self, InvalidNote> {
        check_name(name)?;
        Ok(Self {
            name: name.to_owned(),
            public: *public,
        })
    }
}

/// A key that signs notes.
pub struct SignerKey {
    name: String,
    key: SigningKey,
}

impl SignerKey {
    /// An Ed25519 key and its name.
    pub fn ed25519(name: &str, key: &SigningKey) -> Result<Self, InvalidNote> {
        check_name(name)?;
        Ok(Self {
            name: name.to_owned(),
            key: key.clone(),
        })
    }

    /// Signs a text, which ends in a newline, and returns the whole note.
    pub fn sign(&self, text: &str) -> String {
        let public = self.key.verifying_key().to_bytes();
        let mut payload = key_id(&self.name, &public).to_vec();
        payload.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        format!("{text}\n— {} {}\n", self.name, Base64::encode_string(&payload))
    }
}

impl core::fmt::Debug for SignerKey {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.debug_struct("SignerKey")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line<'a> {
    name: &'a str,
    key_id: [u8; 4],
    signature: Vec<u8>,
}

/// A note's text and its signature lines, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNote<'a> {
    text: &'a str,
    lines: Vec<Line<'a>>,
}

impl<'a> SignedNote<'a> {
    /// Takes a note apart.
    pub fn parse(note: &'a [u8]) -> Result<Self, InvalidNote> {
        let note = core::str::from_utf8(note).map_err(|_| InvalidNote::Form)?;
        if note.chars().any(|c| c < ' ' && c != '\n') {
            return Err(InvalidNote::Form);
        }
        // The last blank line parts text and signatures.
        let blank = note.rfind("\n\n").ok_or(InvalidNote::Form)?;
        let (text, lines) = (&note[..=blank], &note[blank + 2..]);
        let lines: Vec<_> = lines
            .strip_suffix('\n')
            .ok_or(InvalidNote::Form)?
            .split('\n')
            .collect();
        if lines.len() > MAX_SIGNATURES {
            return Err(InvalidNote::Form);
        }
        let lines = lines.into_iter().map(line).collect::<Result<_, _>>()?;
        Ok(Self { text, lines })
    }

    /// The text, once a line of this key verifies. Lines of other keys are
    /// passed over; one of this key that fails refuses the whole note.
    pub fn verify(&self, key: &VerifierKey) -> Result<&'a str, InvalidNote> {
        let id = key_id(&key.name, &key.public);
        let mut verified = false;
        for line in self
            .lines
            .iter()
            .filter(|line| line.name == key.name && line.key_id == id)
        {
            let signature = line
                .signature
                .as_slice()
                .try_into()
                .map_err(|_| InvalidNote::Signature)?;
            verify_signature(&key.public, self.text.as_bytes(), signature)
                .map_err(|_| InvalidNote::Signature)?;
            verified = true;
        }
        if verified {
            Ok(self.text)
        } else {
            Err(InvalidNote::Unsigned)
        }
    }
}

/// `— <name> base64(key id ‖ signature)`.
fn line(line: &str) -> Result<Line<'_>, InvalidNote> {
    let (name, payload) = line
        .strip_prefix("— ")
        .and_then(|line| line.split_once(' '))
        .ok_or(InvalidNote::Form)?;
    check_name(name).map_err(|_| InvalidNote::Form)?;
    let payload = Base64::decode_vec(payload).map_err(|_| InvalidNote::Form)?;
    let (key_id, signature) = payload.split_first_chunk::<4>().ok_or(InvalidNote::Form)?;
    Ok(Line {
        name,
        key_id: *key_id,
        signature: signature.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys() -> (SignerKey, VerifierKey) {
        let key = SigningKey::from_bytes(&[7; 32]);
        let public = key.verifying_key().to_bytes();
        (
            SignerKey::ed25519("log.example", &key).unwrap(),
            VerifierKey::ed25519("log.example", &public).unwrap(),
        )
    }

    #[test]
    fn what_is_signed_verifies_and_what_is_changed_does_not() {
        let (signer, verifier) = keys();
        let note = signer.sign("a text\nin two lines\n");
        let parsed = SignedNote::parse(note.as_bytes()).unwrap();
        assert_eq!(parsed.verify(&verifier), Ok("a text\nin two lines\n"));
        let changed = note.replace("two", "six");
        assert_eq!(
            SignedNote::parse(changed.as_bytes()).unwrap().verify(&verifier),
            Err(InvalidNote::Signature)
        );
        let other = VerifierKey::ed25519("other.example", &verifier.public).unwrap();
        assert_eq!(parsed.verify(&other), Err(InvalidNote::Unsigned));
    }

    #[test]
    fn names_that_would_break_a_line_are_refused() {
        let (_, verifier) = keys();
        for name in ["", "two words", "a+b", "a\u{2003}b", "a\nb"] {
            assert_eq!(
                VerifierKey::ed25519(name, &verifier.public),
                Err(InvalidNote::Name)
            );
        }
    }

    proptest! {
        #[test]
        fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0usize..120, byte: u8) {
            let _ = SignedNote::parse(&bytes);
            let (signer, verifier) = keys();
            let mut note = signer.sign("text\n").into_bytes();
            let place = at % note.len();
            if note[place] != byte {
                note[place] = byte;
                let verified = SignedNote::parse(&note).and_then(|note| note.verify(&verifier).map(str::len));
                prop_assert!(verified.is_err());
            }
        }
    }
}
