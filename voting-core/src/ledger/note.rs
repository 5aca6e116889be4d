//! Signed notes (C2SP signed-note 1.0): text and signature lines, of which
//! those of trusted keys count (specs/06-ledger.md §2.1).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use base64ct::{Base64, Encoding};
use ed25519_dalek::SigningKey;

use super::vkey::{CosignerKey, ED25519, NamedKey, SecretKey, VerifierKey, check_name};
use crate::entry::verify_signature;

/// Signature lines that are read; a longer note is refused, not searched.
const MAX_SIGNATURES: usize = 100;
/// Bytes of the longest note that is read.
pub(super) const MAX_NOTE: usize = 1_000_000;

/// Why a note is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNote {
    /// Not UTF-8 text, a blank line, and signature lines.
    #[error("this is not a signed note (C2SP signed-note)")]
    Form,
    /// A key name that a note cannot carry.
    #[error("a key name has 1 to 255 bytes and neither white space nor \"+\"")]
    Name,
    /// None of the signatures claims to be of the expected key.
    #[error("no signature of the expected key stands under it")]
    Unsigned,
    /// A signature of the expected key that does not verify.
    #[error("the signature of the expected key does not verify")]
    Signature,
    /// A cosignature of the expected key with an impossible time.
    #[error("a cosignature's time is 1 to 2^63 − 1 seconds since 1970")]
    Time,
}

/// A key that signs notes.
#[derive(Debug)]
pub struct SignerKey(SecretKey);

impl SignerKey {
    /// An Ed25519 key and its name.
    pub fn ed25519(name: &str, key: &SigningKey) -> Result<Self, InvalidNote> {
        SecretKey::new(name, ED25519, key).map(Self)
    }

    /// The key that verifies its notes.
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey(self.0.public().clone())
    }

    /// Signs a text, which ends in a newline, and returns the whole note.
    pub fn sign(&self, text: &str) -> String {
        format!("{text}\n{}", self.0.line(&[], text.as_bytes()))
    }
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line<'a> {
    whole: &'a str,
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
        if note.len() > MAX_NOTE {
            return Err(InvalidNote::Form);
        }
        let note = core::str::from_utf8(note).map_err(|_| InvalidNote::Form)?;
        if note.bytes().any(|byte| byte < b' ' && byte != b'\n') {
            return Err(InvalidNote::Form);
        }
        // The last blank line parts text and signatures.
        let blank = note.rfind("\n\n").ok_or(InvalidNote::Form)?;
        let (text, lines) = (&note[..=blank], &note[blank + 2..]);
        let lines = lines.strip_suffix('\n').ok_or(InvalidNote::Form)?;
        let mut lines = lines.split('\n');
        let read = lines.by_ref().take(MAX_SIGNATURES).map(line);
        let read = read.collect::<Result<_, _>>()?;
        match lines.next() {
            None => Ok(Self { text, lines: read }),
            Some(_) => Err(InvalidNote::Form),
        }
    }

    /// The text, which nobody may have signed: see [`SignedNote::verify`].
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The text, once a line of this key verifies. Lines of other keys are
    /// passed over; one of this key that fails refuses the whole note.
    pub fn verify(&self, key: &VerifierKey) -> Result<&'a str, InvalidNote> {
        let mut verified = false;
        for signature in self.signatures_of(&key.0) {
            let signature = signature.try_into().map_err(|_| InvalidNote::Signature)?;
            verify_signature(&key.0.public, self.text.as_bytes(), signature)
                .map_err(|_| InvalidNote::Signature)?;
            verified = true;
        }
        if verified {
            Ok(self.text)
        } else {
            Err(InvalidNote::Unsigned)
        }
    }

    /// The note with the lines of this key alone, unverified: what a ledger
    /// sends to a witness.
    pub fn only(&self, key: &VerifierKey) -> String {
        let mut note = format!("{}\n", self.text);
        for line in self.lines_of(&key.0) {
            note.push_str(line.whole);
            note.push('\n');
        }
        note
    }

    /// The lines of a witness, unverified, each with its newline.
    pub fn cosignature_lines(&self, key: &CosignerKey) -> String {
        let lines = self.lines_of(&key.0);
        lines.flat_map(|line| [line.whole, "\n"]).collect()
    }

    /// What follows the key id in the lines that claim to be of this key.
    pub(super) fn signatures_of<'b>(&'b self, key: &'b NamedKey) -> impl Iterator<Item = &'b [u8]> {
        self.lines_of(key).map(|line| line.signature.as_slice())
    }

    fn lines_of<'b>(&'b self, key: &'b NamedKey) -> impl Iterator<Item = &'b Line<'a>> {
        let id = key.id();
        self.lines
            .iter()
            .filter(move |line| line.name == key.name && line.key_id == id)
    }
}

/// `— <name> base64(key id ‖ signature)`.
fn line(whole: &str) -> Result<Line<'_>, InvalidNote> {
    let (name, payload) = whole
        .strip_prefix("— ")
        .and_then(|line| line.split_once(' '))
        .ok_or(InvalidNote::Form)?;
    check_name(name).map_err(|_| InvalidNote::Form)?;
    let payload = Base64::decode_vec(payload).map_err(|_| InvalidNote::Form)?;
    match payload.split_first_chunk::<4>() {
        Some((key_id, signature)) if !signature.is_empty() => Ok(Line {
            whole,
            name,
            key_id: *key_id,
            signature: signature.to_vec(),
        }),
        _ => Err(InvalidNote::Form),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Cosigner;
    use super::*;
    use alloc::format;
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
        let other = VerifierKey::ed25519("other.example", verifier.public()).unwrap();
        assert_eq!(parsed.verify(&other), Err(InvalidNote::Unsigned));
    }

    #[test]
    fn a_note_of_a_million_bytes_is_read_and_a_longer_one_is_not() {
        let (signer, _) = keys();
        let around = signer.sign("\n").len() - 1;
        let of = |length: usize| signer.sign(&format!("{}\n", "x".repeat(length - around - 1)));
        assert_eq!(of(MAX_NOTE).len(), MAX_NOTE);
        assert!(SignedNote::parse(of(MAX_NOTE).as_bytes()).is_ok());
        assert_eq!(
            SignedNote::parse(of(MAX_NOTE + 1).as_bytes()),
            Err(InvalidNote::Form)
        );
    }

    #[test]
    fn a_line_without_a_signature_is_refused() {
        let line = |payload: &[u8]| format!("text\n\n— log.example {}\n", Base64::encode_string(payload));
        assert!(SignedNote::parse(line(&[1, 2, 3, 4, 5]).as_bytes()).is_ok());
        for short in [&[1, 2, 3, 4][..], &[1, 2, 3], &[]] {
            assert_eq!(SignedNote::parse(line(short).as_bytes()), Err(InvalidNote::Form));
        }
    }

    #[test]
    fn a_witness_gets_its_own_lines_back() {
        let (signer, _) = keys();
        let text = "log.example\n1\nAAAA\n";
        let key = SigningKey::from_bytes(&[8; 32]);
        let cosigners = ["w0.example", "w1.example"].map(|name| Cosigner::ed25519(name, &key).unwrap());
        let lines = cosigners
            .each_ref()
            .map(|one| one.cosign(text, 1_800_000_000).unwrap());
        let note = format!("{}{}", signer.sign(text), lines.concat());
        let parsed = SignedNote::parse(note.as_bytes()).unwrap();
        for (cosigner, line) in cosigners.iter().zip(&lines) {
            assert_eq!(parsed.cosignature_lines(&cosigner.verifier()), *line);
        }
        let stranger = Cosigner::ed25519("w2.example", &key).unwrap();
        assert_eq!(parsed.cosignature_lines(&stranger.verifier()), "");
    }

    #[test]
    fn names_that_would_break_a_line_are_refused() {
        let (_, verifier) = keys();
        for name in ["", "two words", "a+b", "a\u{2003}b", "a\nb"] {
            assert_eq!(
                VerifierKey::ed25519(name, verifier.public()),
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
