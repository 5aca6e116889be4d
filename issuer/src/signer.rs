//! The blind signature itself (RFC 9474 §4.3).
//!
//! The `rsa` crate carries RUSTSEC-2023-0071 (timing). The issuer has no
//! padding oracle to offer; what remains is key recovery by timing, and against
//! it stand: base blinding at every operation, constant-time exponentiation,
//! one signature per roll line, one key per election, signing on threads of
//! their own, and answers that leave on a fixed grid of time
//! (specs/04-roll-and-tokens.md §7.4).

use blind_rsa_signatures::SecretKeySha384PSSDeterministic;
use voting_core::token::TokenKey;

/// Why a blinded message is not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// Not a number between 1 and N − 1, both excluded, of the modulus' length.
    #[error("the blinded message is not a number between 1 and the modulus less 1")]
    Range,
    /// The operation failed or its result did not verify: a fault in the machine or key.
    #[error("signing failed its own check")]
    Fault,
}

/// Whatever holds the private key: this process, or a device.
pub trait BlindSigner: Send + Sync {
    /// Raises the blinded message to the private exponent. The result has been
    /// checked: `m = s^e mod N` (RFC 9474 §4.3, step 5).
    fn sign(&self, blinded: &[u8]) -> Result<Vec<u8>, SignError>;
}

/// The key in this process' memory.
pub struct SoftwareSigner {
    secret: SecretKeySha384PSSDeterministic,
}

impl SoftwareSigner {
    /// A signer from a key in PKCS#8.
    pub fn from_pkcs8(der: &[u8]) -> Option<Self> {
        SecretKeySha384PSSDeterministic::from_der(der)
            .ok()
            .map(|secret| Self { secret })
    }
}

impl BlindSigner for SoftwareSigner {
    fn sign(&self, blinded: &[u8]) -> Result<Vec<u8>, SignError> {
        // Blinds the base, uses CRT, and compares the re-encrypted result.
        self.secret
            .blind_sign_with_rng(&mut rand::rng(), blinded)
            .map(|signature| signature.0)
            .map_err(|_| SignError::Fault)
    }
}

/// Refuses 0, 1, N − 1 and anything not below N: they are no blinded messages.
pub fn check_range(key: &TokenKey, blinded: &[u8]) -> Result<(), SignError> {
    let modulus = key.modulus();
    let small = blinded
        .split_last()
        .is_none_or(|(last, rest)| *last <= 1 && rest.iter().all(|byte| *byte == 0));
    // N is odd: N − 1 differs from it in the last bit only.
    let same_but_last =
        blinded.len() == modulus.len() && blinded[..blinded.len() - 1] == modulus[..modulus.len() - 1];
    let largest = same_but_last && blinded[blinded.len() - 1] | 1 == modulus[modulus.len() - 1];
    if blinded.len() != modulus.len() || small || largest || blinded >= modulus {
        return Err(SignError::Range);
    }
    Ok(())
}
