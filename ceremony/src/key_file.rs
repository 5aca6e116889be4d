//! Key files: what an officer or trustee must keep, under a passphrase.
//!
//! The file is a [`crate::sealed`] one. Inside stand short lines:
//!
//! ```text
//! psephos-key v1
//! role trustee
//! name Ada
//! signing <64 hex digits>
//! dealing <64 hex digits, trustees only>
//! ```

use std::fmt;

use age::secrecy::SecretString;
use ed25519_dalek::SigningKey;
use rand::CryptoRng;
use voting_core::keys::DealingSeed;
use zeroize::Zeroizing;

use crate::{CeremonyFault, sealed};

/// The first line of every key file.
const HEADER: &str = "psephos-key v1";

/// What an officer keeps.
pub struct OfficerKey {
    /// Name, for people.
    pub name: String,
    /// Signs manifest and acts.
    pub signing: SigningKey,
}

/// What a trustee keeps. Everything else follows from it and the ledger: a
/// trustee restored from this file can go on at any step.
pub struct TrusteeKey {
    /// Name, for people.
    pub name: String,
    /// Signs the trustee's entries.
    pub signing: SigningKey,
    /// The secret behind all dealings.
    pub dealing: DealingSeed,
}

impl fmt::Debug for OfficerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OfficerKey({}, redacted)", self.name)
    }
}

impl fmt::Debug for TrusteeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TrusteeKey({}, redacted)", self.name)
    }
}

impl OfficerKey {
    /// Makes a key.
    pub fn generate<R: CryptoRng + ?Sized>(name: &str, rng: &mut R) -> Self {
        let signing = signing_key(rng);
        Self {
            name: one_line(name),
            signing,
        }
    }

    /// The public key, as the manifest names it.
    pub fn public(&self) -> [u8; 32] {
        self.signing.verifying_key().to_bytes()
    }

    /// The key file's bytes. `work_factor` is for tests and demonstrations;
    /// without it opening takes about a second.
    pub fn seal(&self, passphrase: &SecretString, work_factor: Option<u8>) -> Result<Vec<u8>, CeremonyFault> {
        let text = lines("officer", &self.name, &self.signing, None);
        sealed::seal(text.as_bytes(), passphrase, work_factor)
    }

    /// Opens a key file.
    pub fn open(path: &str, bytes: &[u8], passphrase: &SecretString) -> Result<Self, CeremonyFault> {
        let text = open(bytes, passphrase)?;
        let fields = Fields::read(path, "officer", &text)?;
        let signing = SigningKey::from_bytes(&*fields.secret("signing")?);
        Ok(Self {
            name: fields.get("name")?.to_owned(),
            signing,
        })
    }
}

impl TrusteeKey {
    /// Makes a key.
    pub fn generate<R: CryptoRng + ?Sized>(name: &str, rng: &mut R) -> Self {
        let signing = signing_key(rng);
        let dealing = DealingSeed::generate(rng);
        Self {
            name: one_line(name),
            signing,
            dealing,
        }
    }

    /// The public key, as the manifest names it.
    pub fn public(&self) -> [u8; 32] {
        self.signing.verifying_key().to_bytes()
    }

    /// The key file's bytes. `work_factor` is for tests and demonstrations;
    /// without it opening takes about a second.
    pub fn seal(&self, passphrase: &SecretString, work_factor: Option<u8>) -> Result<Vec<u8>, CeremonyFault> {
        let dealing = self.dealing.to_secret_bytes();
        let text = lines("trustee", &self.name, &self.signing, Some(&dealing));
        sealed::seal(text.as_bytes(), passphrase, work_factor)
    }

    /// Opens a key file.
    pub fn open(path: &str, bytes: &[u8], passphrase: &SecretString) -> Result<Self, CeremonyFault> {
        let text = open(bytes, passphrase)?;
        let fields = Fields::read(path, "trustee", &text)?;
        Ok(Self {
            name: fields.get("name")?.to_owned(),
            signing: SigningKey::from_bytes(&*fields.secret("signing")?),
            dealing: DealingSeed::from_secret_bytes(&*fields.secret("dealing")?),
        })
    }
}

fn signing_key<R: CryptoRng + ?Sized>(rng: &mut R) -> SigningKey {
    let mut seed = Zeroizing::new([0; 32]);
    rng.fill_bytes(&mut *seed);
    SigningKey::from_bytes(&seed)
}

fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lines(role: &str, name: &str, signing: &SigningKey, dealing: Option<&[u8; 32]>) -> Zeroizing<String> {
    // Enough room from the start: a growing string would leave copies behind.
    let mut text = Zeroizing::new(String::with_capacity(512 + name.len()));
    for part in [HEADER, "\nrole ", role, "\nname ", name, "\nsigning "] {
        text.push_str(part);
    }
    push_hex(&mut text, &Zeroizing::new(signing.to_bytes()));
    if let Some(dealing) = dealing {
        text.push_str("\ndealing ");
        push_hex(&mut text, dealing);
    }
    text.push('\n');
    text
}

fn push_hex(text: &mut String, bytes: &[u8; 32]) {
    let digits = Zeroizing::new(hex::encode(bytes));
    text.push_str(&digits);
}

/// The lines of an opened key file.
fn open(bytes: &[u8], passphrase: &SecretString) -> Result<Zeroizing<String>, CeremonyFault> {
    let text = sealed::open(bytes, passphrase)?;
    let text = std::str::from_utf8(&text).map_err(|_| CeremonyFault::Passphrase)?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// The lines of a key file of the expected role.
struct Fields<'a> {
    path: &'a str,
    lines: Vec<(&'a str, &'a str)>,
}

impl<'a> Fields<'a> {
    fn read(path: &'a str, role: &str, text: &'a str) -> Result<Self, CeremonyFault> {
        let mut lines = text.lines();
        let header = lines.next();
        let fields = Self {
            path,
            lines: lines.filter_map(|line| line.split_once(' ')).collect(),
        };
        if header != Some(HEADER) {
            return Err(fields.fault("not a key file of this version"));
        }
        let found = fields.get("role")?;
        if found != role {
            return Err(fields.fault(&format!("this is the key of a {found}, but a {role}'s is needed")));
        }
        Ok(fields)
    }

    fn get(&self, field: &str) -> Result<&'a str, CeremonyFault> {
        let mut values = self.lines.iter().filter(|line| line.0 == field);
        match (values.next(), values.next()) {
            (Some(value), None) => Ok(value.1),
            _ => Err(self.fault(&format!("it must have one line \"{field}\""))),
        }
    }

    fn secret(&self, field: &str) -> Result<Zeroizing<[u8; 32]>, CeremonyFault> {
        let mut bytes = Zeroizing::new([0; 32]);
        let decoded = hex::decode_to_slice(self.get(field)?, &mut *bytes);
        decoded.map_err(|_| self.fault(&format!("the line \"{field}\" must have 64 hex digits")))?;
        Ok(bytes)
    }

    fn fault(&self, why: &str) -> CeremonyFault {
        let (path, why) = (self.path.to_owned(), why.to_owned());
        CeremonyFault::Content { path, why }
    }
}
