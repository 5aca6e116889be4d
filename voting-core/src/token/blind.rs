//! The voter's side of issuance (RFC 9474 §4.2 and §4.4, RFC 9578 §6.1 and
//! §6.3; specs/04-roll-and-tokens.md §6).

use alloc::vec::Vec;
use core::fmt;

use blind_rsa_signatures::{BlindMessage, BlindSignature, BlindingResult, Secret};
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use super::key::{IssuerPublicKey, TokenKey};
use super::structures::{TokenInput, TokenRequest};

/// Why a request could not be made or an answer is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BlindError {
    /// The message shares a factor with the modulus: the key is bad.
    #[error("the message cannot be blinded under this issuer's key")]
    Blinding,
    /// The answer is not as long as the modulus, or not below it.
    #[error("the issuer's answer is not a number below its modulus")]
    Answer,
    /// The unblinded answer is no valid token. The issuer is at fault; asking
    /// again sends the same request.
    #[error("the issuer's answer is not a valid signature")]
    Signature,
    /// The kept state belongs to another key.
    #[error("the kept request belongs to another issuer, style or election")]
    OtherKey,
    /// The kept state has the wrong form.
    #[error("the kept request is damaged")]
    Damaged,
}

/// A request that was sent, or will be: the blinded message and what unblinds it.
///
/// Whoever learns the state can link request and token: it is secret. It is
/// kept until the token is verified, because an issuer answers one voter only
/// the *same* blinded message again.
pub struct Pending {
    input: TokenInput,
    blinded: Vec<u8>,
    inverse: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending(secret)")
    }
}

impl Pending {
    /// Blinds the message for credential key `A`.
    pub fn new<R: CryptoRng + ?Sized>(
        key: &IssuerPublicKey,
        credential: &[u8; 32],
        rng: &mut R,
    ) -> Result<Self, BlindError> {
        let input = key.token_input(credential);
        let (blinded, inverse) = blind(key.key(), &input.to_bytes(), rng)?;
        Ok(Self {
            input,
            blinded,
            inverse,
        })
    }

    /// The request to send; the same one however often it is asked for.
    pub fn request(&self) -> TokenRequest {
        TokenRequest {
            token_type: self.input.token_type,
            truncated_token_key_id: self.input.token_key_id[31],
            blinded_message: self.blinded.clone(),
        }
    }

    /// The credential key the token will be good for.
    pub fn credential(&self) -> &[u8; 32] {
        &self.input.nonce
    }

    /// Unblinds the issuer's answer and verifies the token; nothing is
    /// returned that does not verify (attack G14). The state is kept, so that a
    /// bad answer can be followed by the same request.
    pub fn finalize(&self, key: &IssuerPublicKey, answer: &[u8]) -> Result<Vec<u8>, BlindError> {
        if key.token_input(&self.input.nonce) != self.input {
            return Err(BlindError::OtherKey);
        }
        unblind(key.key(), &self.input.to_bytes(), &self.inverse, answer)
    }

    /// The state as secret bytes, for encrypted storage: credential key,
    /// blinded message, unblinding factor.
    pub fn to_secret_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(32 + 2 * self.blinded.len()));
        bytes.extend_from_slice(&self.input.nonce);
        bytes.extend_from_slice(&self.blinded);
        bytes.extend_from_slice(&self.inverse);
        bytes
    }

    /// The state from its secret bytes, for the key it was made for.
    pub fn from_secret_bytes(key: &IssuerPublicKey, bytes: &[u8]) -> Result<Self, BlindError> {
        let length = key.key().modulus().len();
        let (nonce, numbers) = bytes.split_first_chunk::<32>().ok_or(BlindError::Damaged)?;
        if numbers.len() != 2 * length {
            return Err(BlindError::Damaged);
        }
        let (blinded, inverse) = numbers.split_at(length);
        if blinded >= key.key().modulus() || inverse >= key.key().modulus() {
            return Err(BlindError::Damaged);
        }
        Ok(Self {
            input: key.token_input(nonce),
            blinded: blinded.to_vec(),
            inverse: Zeroizing::new(inverse.to_vec()),
        })
    }
}

/// `Blind` of RFC 9474 §4.2: the blinded message, and the inverse that unblinds.
pub(super) fn blind<R: CryptoRng + ?Sized>(
    key: &TokenKey,
    message: &[u8],
    rng: &mut R,
) -> Result<(Vec<u8>, Zeroizing<Vec<u8>>), BlindError> {
    let result = key.rsa().blind(rng, message).map_err(|_| BlindError::Blinding)?;
    let BlindingResult {
        blind_message,
        secret,
        ..
    } = result;
    Ok((blind_message.0, Zeroizing::new(secret.0)))
}

/// `Finalize` of RFC 9474 §4.4: unblinds and verifies.
pub(super) fn unblind(
    key: &TokenKey,
    message: &[u8],
    inverse: &[u8],
    answer: &[u8],
) -> Result<Vec<u8>, BlindError> {
    if answer.len() != key.modulus().len() || answer >= key.modulus() {
        return Err(BlindError::Answer);
    }
    let mut state = BlindingResult {
        blind_message: BlindMessage(Vec::new()),
        secret: Secret(inverse.to_vec()),
        msg_randomizer: None,
    };
    let token = key
        .rsa()
        .finalize(&BlindSignature(answer.to_vec()), &state, message);
    state.secret.0.zeroize();
    token.map(|token| token.0).map_err(|_| BlindError::Signature)
}
