//! Verifying a ballot's token (specs/04-roll-and-tokens.md §6.3).
//!
//! The check stands behind a small trait, so that the auditor can use another
//! RSA library than the issuer's (RSASSA-PSS, SHA-384, MGF1 with SHA-384, salt
//! of 48 bytes, RFC 8017 §8.1.2, over [`TokenInput`](super::TokenInput)).

use blind_rsa_signatures::Signature;

use super::key::{IssuerPublicKey, TokenKey};

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidToken {
    /// Not as long as the issuer's modulus.
    #[error("a token of this issuer has {expected} bytes, this has {found}")]
    Length {
        /// `Nk`.
        expected: usize,
        /// Bytes given.
        found: usize,
    },
    /// The signature is not the issuer's over this credential in this election and style.
    #[error("the token is not this issuer's signature for this credential, election and style")]
    Signature,
    /// A whole token of another type.
    #[error("the token is of another type than this issuer's")]
    Type,
    /// A whole token for another challenge: another election, issuer or style.
    #[error("the token answers another challenge: another election, issuer or style")]
    Challenge,
    /// A whole token under another key.
    #[error("the token names another key than the one on the ledger")]
    Key,
}

/// Verifies an authenticator under an issuer's key for a credential key `A`.
pub trait TokenVerifier {
    /// Accepts exactly the RSASSA-PSS signatures over
    /// [`IssuerPublicKey::token_input`] that are numbers below the modulus,
    /// written with the modulus' length.
    fn verify(
        &self,
        key: &IssuerPublicKey,
        credential: &[u8; 32],
        authenticator: &[u8],
    ) -> Result<(), InvalidToken>;
}

/// The verifier on the `rsa` crate: ballot box, booth, and wherever no other is at hand.
#[derive(Debug, Clone, Copy, Default)]
pub struct RsaTokenVerifier;

impl TokenVerifier for RsaTokenVerifier {
    fn verify(
        &self,
        key: &IssuerPublicKey,
        credential: &[u8; 32],
        authenticator: &[u8],
    ) -> Result<(), InvalidToken> {
        let (expected, found) = (key.key().token_type().length(), authenticator.len());
        if expected != found {
            return Err(InvalidToken::Length { expected, found });
        }
        key.key()
            .verify(&key.token_input(credential).to_bytes(), authenticator)
    }
}

impl TokenKey {
    /// Checks a signature of any message under this key: RSASSA-PSS as above.
    ///
    /// # Errors
    /// It is not this key's, or not a number below the modulus of its length.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), InvalidToken> {
        // A number above the modulus would be a second encoding of a signature.
        // Both are big-endian of one length, so they compare as bytes.
        if signature >= self.modulus() {
            return Err(InvalidToken::Signature);
        }
        self.rsa()
            .verify(&Signature(signature.to_vec()), None, message)
            .map_err(|_| InvalidToken::Signature)
    }
}
