//! Cosignatures (C2SP tlog-cosignature 1.0, Ed25519): a witness's word that a
//! checkpoint continues every one it has seen (specs/06-ledger.md §2.2).

use alloc::format;
use alloc::string::String;

use ed25519_dalek::SigningKey;

use super::note::{InvalidNote, SignedNote};
use super::vkey::{COSIGNATURE, CosignerKey, SecretKey};
use crate::entry::verify_signature;

/// The latest time that a cosignature can bear.
const MAX_TIME: u64 = i64::MAX as u64;

/// A verified cosignature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cosignature {
    /// When the witness signed, in seconds since 1970-01-01 UTC, by its own clock.
    pub time: u64,
}

/// What is signed: the time, and the checkpoint's whole text.
fn message(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

impl SignedNote<'_> {
    /// The cosignature of this witness, `None` if it has no line here; the
    /// latest, if it has several. A line of its name and key id that does not
    /// verify refuses the whole note. The note's own signature is another
    /// question: [`SignedNote::verify`].
    ///
    /// A time of 0, by which a cosigner claims nothing about older
    /// checkpoints, or beyond `2^63 − 1` is refused.
    pub fn cosignature(&self, key: &CosignerKey) -> Result<Option<Cosignature>, InvalidNote> {
        let mut latest = None;
        for signature in self.signatures_of(&key.0) {
            let (time, signature) = signature.split_first_chunk().ok_or(InvalidNote::Signature)?;
            let signature = signature.try_into().map_err(|_| InvalidNote::Signature)?;
            let time = u64::from_be_bytes(*time);
            if !(1..=MAX_TIME).contains(&time) {
                return Err(InvalidNote::Time);
            }
            verify_signature(&key.0.public, message(self.text(), time).as_bytes(), signature)
                .map_err(|_| InvalidNote::Signature)?;
            latest = latest.max(Some(Cosignature { time }));
        }
        Ok(latest)
    }
}

/// A witness's secret key.
#[derive(Debug)]
pub struct Cosigner(SecretKey);

impl Cosigner {
    /// An Ed25519 key and the witness's name. The key must serve nothing else:
    /// neither notes nor a second name.
    pub fn ed25519(name: &str, key: &SigningKey) -> Result<Self, InvalidNote> {
        SecretKey::new(name, COSIGNATURE, key).map(Self)
    }

    /// The key that verifies its cosignatures.
    pub fn verifier(&self) -> CosignerKey {
        CosignerKey(self.0.public().clone())
    }

    /// The line that cosigns a checkpoint's text at a time, in seconds since
    /// 1970-01-01 UTC. The caller has verified the ledger's signature, and
    /// consistency with the last checkpoint of this ledger that it cosigned.
    pub fn cosign(&self, text: &str, time: u64) -> Result<String, InvalidNote> {
        if !(1..=MAX_TIME).contains(&time) {
            return Err(InvalidNote::Time);
        }
        Ok(self.0.line(&time.to_be_bytes(), message(text, time).as_bytes()))
    }
}
