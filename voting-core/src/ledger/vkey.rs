//! The keys of signed notes: of ledgers, Ed25519 (C2SP signed-note, type 0x01),
//! and of witnesses, Ed25519 cosignatures (tlog-cosignature, type 0x04).

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use base64ct::{Base64, Encoding};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

use super::note::InvalidNote;

/// The type byte of a ledger's key.
pub(super) const ED25519: u8 = 0x01;
/// The type byte of a witness's key.
pub(super) const COSIGNATURE: u8 = 0x04;
/// Characters of a name; C2SP sets no limit, and no address needs more.
const MAX_NAME: usize = 255;

/// Why a key's string is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidVkey {
    /// Not `name+<8 hex digits>+base64`.
    #[error("this is not a key's string: name, 8 hex digits and base64, joined by \"+\" (C2SP signed-note)")]
    Form,
    /// The digits are not the hash of this name and key.
    #[error("the key's hash does not belong to its name and bytes: one of them was changed")]
    Id,
    /// Another kind of key than is wanted here.
    #[error("this is another kind of key: ledgers have type 1, witnesses type 4, both with 32 bytes")]
    Type,
}

/// A name that notes can carry: it ends at a space in the signature line.
pub(super) fn check_name(name: &str) -> Result<(), InvalidNote> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.len() > MAX_NAME || name.contains(bad) {
        Err(InvalidNote::Name)
    } else {
        Ok(())
    }
}

/// A public key with its name: what lines are told apart by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedKey {
    pub(super) name: String,
    kind: u8,
    pub(super) public: [u8; 32],
}

impl NamedKey {
    fn new(name: &str, kind: u8, public: &[u8; 32]) -> Result<Self, InvalidNote> {
        check_name(name)?;
        Ok(Self {
            name: name.to_owned(),
            kind,
            public: *public,
        })
    }

    /// The first four bytes of `SHA-256(name ‖ "\n" ‖ type ‖ key)`.
    pub(super) fn id(&self) -> [u8; 4] {
        key_id(&self.name, self.kind, &self.public)
    }

    fn parse(vkey: &str, kind: u8) -> Result<Self, InvalidVkey> {
        // Base64 has "+" too: only the first two part the string.
        let mut parts = vkey.splitn(3, '+');
        let mut next = || parts.next().ok_or(InvalidVkey::Form);
        let (name, id, key) = (next()?, next()?, next()?);
        let typed = Base64::decode_vec(key).map_err(|_| InvalidVkey::Form)?;
        let (found, public) = typed.split_first().ok_or(InvalidVkey::Form)?;
        let mut written = [0; 4];
        hex::decode_to_slice(id, &mut written).map_err(|_| InvalidVkey::Form)?;
        if id.bytes().any(|digit| digit.is_ascii_uppercase()) {
            return Err(InvalidVkey::Form);
        }
        if written != key_id(name, *found, public) {
            return Err(InvalidVkey::Id);
        }
        let public = public.try_into().map_err(|_| InvalidVkey::Type)?;
        if *found != kind {
            return Err(InvalidVkey::Type);
        }
        Self::new(name, kind, public).map_err(|_| InvalidVkey::Form)
    }
}

fn key_id(name: &str, kind: u8, public: &[u8]) -> [u8; 4] {
    let hash = Sha256::new().chain_update(name).chain_update([b'\n', kind]);
    let digest = hash.chain_update(public).finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}

impl fmt::Display for NamedKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typed = [&[self.kind], self.public.as_slice()].concat();
        let id = hex::encode(self.id());
        write!(out, "{}+{id}+{}", self.name, Base64::encode_string(&typed))
    }
}

/// A ledger's key: notes are verified with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey(pub(super) NamedKey);

impl VerifierKey {
    /// An Ed25519 key and its name.
    pub fn ed25519(name: &str, public: &[u8; 32]) -> Result<Self, InvalidNote> {
        NamedKey::new(name, ED25519, public).map(Self)
    }

    /// Reads a key's string, a *vkey*: `name+<8 hex digits>+base64(0x01 ‖ key)`.
    pub fn parse(vkey: &str) -> Result<Self, InvalidVkey> {
        NamedKey::parse(vkey, ED25519).map(Self)
    }

    /// The key's name; of a ledger, its origin.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The public key.
    pub fn public(&self) -> &[u8; 32] {
        &self.0.public
    }
}

impl fmt::Display for VerifierKey {
    /// The key's string, as [`VerifierKey::parse`] reads it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// A witness's key: cosignatures are verified with it.
///
/// The name is not signed. One key must never be trusted under two names, or
/// one witness counts twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosignerKey(pub(super) NamedKey);

impl CosignerKey {
    /// An Ed25519 key and its name.
    pub fn ed25519(name: &str, public: &[u8; 32]) -> Result<Self, InvalidNote> {
        NamedKey::new(name, COSIGNATURE, public).map(Self)
    }

    /// Reads a key's string, a *vkey*: `name+<8 hex digits>+base64(0x04 ‖ key)`.
    pub fn parse(vkey: &str) -> Result<Self, InvalidVkey> {
        NamedKey::parse(vkey, COSIGNATURE).map(Self)
    }

    /// The witness's name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The public key.
    pub fn public(&self) -> &[u8; 32] {
        &self.0.public
    }
}

impl fmt::Display for CosignerKey {
    /// The key's string, as [`CosignerKey::parse`] reads it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// A secret key and its public side with its name; shows the latter alone.
pub(super) struct SecretKey {
    public: NamedKey,
    key: SigningKey,
}

impl SecretKey {
    pub(super) fn new(name: &str, kind: u8, key: &SigningKey) -> Result<Self, InvalidNote> {
        Ok(Self {
            public: NamedKey::new(name, kind, key.verifying_key().as_bytes())?,
            key: key.clone(),
        })
    }

    pub(super) fn public(&self) -> &NamedKey {
        &self.public
    }

    /// A signature line: `— <name> base64(key id ‖ prefix ‖ signature)`.
    pub(super) fn line(&self, prefix: &[u8], message: &[u8]) -> String {
        let signature = self.key.sign(message).to_bytes();
        let payload: Vec<u8> = [&self.public.id(), prefix, &signature].concat();
        let payload = Base64::encode_string(&payload);
        alloc::format!("— {} {payload}\n", self.public.name)
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = out.debug_struct("SecretKey");
        out.field("name", &self.public.name).finish_non_exhaustive()
    }
}
