//! An issuer's key: its size and encoding, and the proven key of one issuer
//! and style of an election (specs/04-roll-and-tokens.md §4 and §5).

use alloc::vec::Vec;

use blind_rsa_signatures::PublicKeySha384PSSDeterministic as BlindRsaKey;
use crypto_bigint::BoxedUint;
use rsa::RsaPublicKey;
use sha2::{Digest, Sha256};

use super::spki;
use super::structures::{Token, TokenChallenge, TokenInput, TokenType};
use super::validity::{self, Context, EXPONENT, InvalidKey};
use super::verify::{InvalidToken, RsaTokenVerifier, TokenVerifier};
use crate::entry::IssuerKey;
use crate::hash::Hash;
use crate::manifest::Manifest;

/// Why an `issuer-key` entry is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefused {
    /// The manifest names no such issuer.
    #[error("the manifest has no issuer {0}")]
    UnknownIssuer(u32),
    /// The manifest has no such style.
    #[error("the manifest has no style {0}")]
    UnknownStyle(u32),
    /// The manifest seals a size that is none of ours.
    #[error("the manifest seals keys of {0} bits; 2048, 3072 and 4096 are possible")]
    UnknownSize(u32),
    /// The key or its proof is bad.
    #[error("the issuer's key is refused: {0}")]
    Invalid(#[from] InvalidKey),
}

/// An RSA key of a size in use, odd, with e = 65537: the form is checked, a
/// proof is not. Voters and verifiers of an election use [`IssuerPublicKey`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenKey {
    token_type: TokenType,
    modulus: Vec<u8>,
    id: Hash,
    rsa: BlindRsaKey,
}

impl TokenKey {
    /// A key by its modulus, big-endian.
    pub fn from_modulus(token_type: TokenType, modulus: &[u8]) -> Result<Self, InvalidKey> {
        let n = validity::check_shape(token_type, modulus)?;
        let rsa = RsaPublicKey::new_unchecked(n.get(), BoxedUint::from(EXPONENT));
        Ok(Self {
            token_type,
            modulus: modulus.to_vec(),
            id: Sha256::digest(spki::encode(modulus)).into(),
            rsa: BlindRsaKey::new(rsa),
        })
    }

    /// A key by its SPKI with the RSASSA-PSS identifier (RFC 9578 §6.5);
    /// `None` for anything but the one encoding of a key in use.
    pub fn from_spki(spki: &[u8]) -> Option<Self> {
        TokenType::ALL.into_iter().find_map(|token_type| {
            let modulus = spki::decode(spki, token_type.length())?;
            Self::from_modulus(token_type, modulus).ok()
        })
    }

    /// The key's SPKI, as issuers serve it.
    pub fn to_spki(&self) -> Vec<u8> {
        spki::encode(&self.modulus)
    }

    /// The type of this key's tokens.
    pub fn token_type(&self) -> TokenType {
        self.token_type
    }

    /// The modulus, big-endian, `Nk` bytes; e = 65537.
    pub fn modulus(&self) -> &[u8] {
        &self.modulus
    }

    /// `token_key_id`: SHA-256 of the SPKI.
    pub fn id(&self) -> &Hash {
        &self.id
    }

    /// The last byte of the key id, which token requests carry.
    pub fn truncated_id(&self) -> u8 {
        self.id[31]
    }

    pub(super) fn rsa(&self) -> &BlindRsaKey {
        &self.rsa
    }
}

/// The proven key of one issuer and style, with the challenge of its tokens.
///
/// There is no way to one but [`IssuerPublicKey::verify_entry`]: whoever holds
/// it knows that the key is the one on the ledger and blinds perfectly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuerPublicKey {
    issuer: u32,
    style: u32,
    key: TokenKey,
    challenge: TokenChallenge,
    challenge_digest: Hash,
}

impl IssuerPublicKey {
    /// Checks an `issuer-key` entry's body: size as sealed, e = 65537, no small
    /// factor, no prime power, and the validity proof. The entry's signature is
    /// the caller's to verify.
    pub fn verify_entry(
        election_id: &Hash,
        manifest: &Manifest,
        entry: &IssuerKey,
    ) -> Result<Self, KeyRefused> {
        let IssuerKey {
            issuer,
            style,
            modulus,
            proof,
        } = entry;
        let challenge = challenge(election_id, manifest, *issuer, *style)?;
        let context = Context {
            election_id,
            issuer: *issuer,
            style: *style,
        };
        validity::verify(&context, challenge.token_type, modulus, proof)?;
        Ok(Self {
            issuer: *issuer,
            style: *style,
            key: TokenKey::from_modulus(challenge.token_type, modulus)?,
            challenge_digest: challenge.digest(),
            challenge,
        })
    }

    /// Index of the issuer.
    pub fn issuer(&self) -> u32 {
        self.issuer
    }

    /// Index of the style.
    pub fn style(&self) -> u32 {
        self.style
    }

    /// The key itself.
    pub fn key(&self) -> &TokenKey {
        &self.key
    }

    /// The challenge of this key's tokens.
    pub fn challenge(&self) -> &TokenChallenge {
        &self.challenge
    }

    /// What the signature of a token for credential key `A` covers.
    pub fn token_input(&self, credential: &[u8; 32]) -> TokenInput {
        TokenInput {
            token_type: self.key.token_type,
            nonce: *credential,
            challenge_digest: self.challenge_digest,
            token_key_id: self.key.id,
        }
    }

    /// Verifies a whole token structure as a Privacy Pass client delivers it,
    /// and returns its nonce.
    pub fn verify_token(&self, token: &Token) -> Result<[u8; 32], InvalidToken> {
        let expected = self.token_input(&token.input.nonce);
        if token.input.token_type != expected.token_type {
            return Err(InvalidToken::Type);
        }
        if token.input.challenge_digest != expected.challenge_digest {
            return Err(InvalidToken::Challenge);
        }
        if token.input.token_key_id != expected.token_key_id {
            return Err(InvalidToken::Key);
        }
        RsaTokenVerifier.verify(self, &token.input.nonce, &token.authenticator)?;
        Ok(token.input.nonce)
    }
}

/// The token challenge of one issuer and style: issuer name, election id, style name.
pub fn challenge(
    election_id: &Hash,
    manifest: &Manifest,
    issuer: u32,
    style: u32,
) -> Result<TokenChallenge, KeyRefused> {
    let bits = manifest.issuers.token_bits;
    let issuer_entry = manifest
        .issuers
        .members
        .get(issuer as usize)
        .ok_or(KeyRefused::UnknownIssuer(issuer))?;
    let style_entry = manifest
        .styles
        .get(style as usize)
        .ok_or(KeyRefused::UnknownStyle(style))?;
    Ok(TokenChallenge {
        token_type: TokenType::for_bits(bits).ok_or(KeyRefused::UnknownSize(bits))?,
        issuer_name: issuer_entry.name.as_bytes().to_vec(),
        redemption_context: Some(*election_id),
        origin_info: style_entry.name.as_bytes().to_vec(),
    })
}
