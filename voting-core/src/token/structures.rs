//! The byte structures of Privacy Pass (RFC 9577 §2.1 and §2.2, RFC 9578 §6).
//!
//! Numbers are big-endian. Decoding takes all bytes or refuses.

use alloc::vec::Vec;

use sha2::{Digest, Sha256};

use crate::hash::Hash;

/// Why bytes are not the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MalformedStructure {
    /// Fewer or more bytes than the structure has.
    #[error("wrong number of bytes for a {0}")]
    Length(&'static str),
    /// A token type other than blind RSA of 2048, 3072 or 4096 bits.
    #[error("token type {0:#06x} is none of ours")]
    Type(u16),
    /// A redemption context that is neither empty nor 32 bytes, or an empty issuer name.
    #[error("a field of the token challenge has a length RFC 9577 does not allow")]
    Field,
}

/// The token types in use: blind RSA by modulus size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenType {
    /// `0x0002`, "Blind RSA (2048-bit)" (RFC 9578 §8.2.1).
    BlindRsa2048,
    /// `0xff03`, for private use (RFC 9577 §5.2): the same structures with `Nk = 384`.
    BlindRsa3072,
    /// `0xff04`, for private use: the same structures with `Nk = 512`.
    BlindRsa4096,
}

impl TokenType {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::BlindRsa2048, Self::BlindRsa3072, Self::BlindRsa4096];

    /// The type for a modulus size; only 2048, 3072 and 4096 exist.
    pub fn for_bits(bits: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|token_type| token_type.bits() == bits)
    }

    /// The type with a number.
    pub fn from_code(code: u16) -> Result<Self, MalformedStructure> {
        Self::ALL
            .into_iter()
            .find(|token_type| token_type.code() == code)
            .ok_or(MalformedStructure::Type(code))
    }

    /// The number in the structures.
    pub fn code(self) -> u16 {
        match self {
            TokenType::BlindRsa2048 => 0x0002,
            TokenType::BlindRsa3072 => 0xff03,
            TokenType::BlindRsa4096 => 0xff04,
        }
    }

    /// Bits of the modulus.
    pub fn bits(self) -> u32 {
        match self {
            TokenType::BlindRsa2048 => 2048,
            TokenType::BlindRsa3072 => 3072,
            TokenType::BlindRsa4096 => 4096,
        }
    }

    /// `Nk`: bytes of a modulus, blinded message, blind signature and authenticator.
    pub fn length(self) -> usize {
        self.bits() as usize / 8
    }
}

/// `TokenChallenge` (RFC 9577 §2.1.1): what a token is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenChallenge {
    /// The type of the token asked for.
    pub token_type: TokenType,
    /// The issuer's name, 1 to 65,535 bytes.
    pub issuer_name: Vec<u8>,
    /// The election id: a token of one election is worth nothing in another.
    pub redemption_context: Option<Hash>,
    /// The name of the ballot style, at most 65,535 bytes.
    pub origin_info: Vec<u8>,
}

impl TokenChallenge {
    /// Encodes: type, then the three fields, each after its length (2, 1 and 2 bytes).
    pub fn to_bytes(&self) -> Vec<u8> {
        let context: &[u8] = self.redemption_context.as_ref().map_or(&[], |context| context);
        let mut bytes = self.token_type.code().to_be_bytes().to_vec();
        // A manifest is shorter than 65,536 bytes, and so are the names in it.
        bytes.extend_from_slice(&(self.issuer_name.len() as u16).to_be_bytes());
        bytes.extend_from_slice(&self.issuer_name);
        bytes.push(context.len() as u8);
        bytes.extend_from_slice(context);
        bytes.extend_from_slice(&(self.origin_info.len() as u16).to_be_bytes());
        bytes.extend_from_slice(&self.origin_info);
        bytes
    }

    /// Decodes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MalformedStructure> {
        let mut reader = Reader {
            bytes,
            what: "TokenChallenge",
        };
        let token_type = reader.token_type()?;
        let issuer_name = reader.vector16()?;
        let length = usize::from(reader.array::<1>()?[0]);
        let context = reader.take(length)?;
        let origin_info = reader.vector16()?;
        reader.end()?;
        let redemption_context = match context {
            [] => None,
            bytes => Some(bytes.try_into().map_err(|_| MalformedStructure::Field)?),
        };
        if issuer_name.is_empty() {
            return Err(MalformedStructure::Field);
        }
        Ok(Self {
            token_type,
            issuer_name,
            redemption_context,
            origin_info,
        })
    }

    /// SHA-256 of the encoding: the token's `challenge_digest`.
    pub fn digest(&self) -> Hash {
        Sha256::digest(self.to_bytes()).into()
    }
}

/// `token_input` (RFC 9578 §6.1), the message that the RSA signature covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenInput {
    /// The token's type.
    pub token_type: TokenType,
    /// The voter's credential key `A`.
    pub nonce: [u8; 32],
    /// [`TokenChallenge::digest`].
    pub challenge_digest: Hash,
    /// SHA-256 of the issuer key's SPKI (RFC 9578 §6.5).
    pub token_key_id: Hash,
}

impl TokenInput {
    /// Bytes of the encoding.
    pub const LENGTH: usize = 98;

    /// Encodes.
    pub fn to_bytes(&self) -> [u8; Self::LENGTH] {
        let mut bytes = [0; Self::LENGTH];
        bytes[..2].copy_from_slice(&self.token_type.code().to_be_bytes());
        bytes[2..34].copy_from_slice(&self.nonce);
        bytes[34..66].copy_from_slice(&self.challenge_digest);
        bytes[66..].copy_from_slice(&self.token_key_id);
        bytes
    }
}

/// `Token` (RFC 9577 §2.2), as a Privacy Pass client delivers it: 354, 482 or
/// 610 bytes. Ballots carry only the authenticator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What is signed.
    pub input: TokenInput,
    /// The RSA signature, `Nk` bytes.
    pub authenticator: Vec<u8>,
}

impl Token {
    /// Encodes.
    pub fn to_bytes(&self) -> Vec<u8> {
        [self.input.to_bytes().as_slice(), &self.authenticator].concat()
    }

    /// Decodes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MalformedStructure> {
        let mut reader = Reader { bytes, what: "Token" };
        let token_type = reader.token_type()?;
        let input = TokenInput {
            token_type,
            nonce: reader.array()?,
            challenge_digest: reader.array()?,
            token_key_id: reader.array()?,
        };
        let authenticator = reader.take(token_type.length())?.to_vec();
        reader.end()?;
        Ok(Self { input, authenticator })
    }
}

/// `TokenRequest` (RFC 9578 §6.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRequest {
    /// The type of the token asked for.
    pub token_type: TokenType,
    /// The last byte of the `token_key_id`.
    pub truncated_token_key_id: u8,
    /// The blinded message, `Nk` bytes.
    pub blinded_message: Vec<u8>,
}

impl TokenRequest {
    /// Bytes of the longest request.
    pub const MAX_LENGTH: usize = 3 + 512;

    /// Encodes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.token_type.code().to_be_bytes().to_vec();
        bytes.push(self.truncated_token_key_id);
        bytes.extend_from_slice(&self.blinded_message);
        bytes
    }

    /// Decodes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MalformedStructure> {
        let mut reader = Reader {
            bytes,
            what: "TokenRequest",
        };
        let token_type = reader.token_type()?;
        let [truncated_token_key_id] = reader.array()?;
        let blinded_message = reader.take(token_type.length())?.to_vec();
        reader.end()?;
        Ok(Self {
            token_type,
            truncated_token_key_id,
            blinded_message,
        })
    }
}

/// Takes fields from the front; `TokenResponse` needs none: it is the blind
/// signature alone.
struct Reader<'a> {
    bytes: &'a [u8],
    what: &'static str,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], MalformedStructure> {
        let (field, rest) = self
            .bytes
            .split_at_checked(length)
            .ok_or(MalformedStructure::Length(self.what))?;
        self.bytes = rest;
        Ok(field)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], MalformedStructure> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn token_type(&mut self) -> Result<TokenType, MalformedStructure> {
        TokenType::from_code(u16::from_be_bytes(self.array()?))
    }

    fn vector16(&mut self) -> Result<Vec<u8>, MalformedStructure> {
        let length = usize::from(u16::from_be_bytes(self.array()?));
        Ok(self.take(length)?.to_vec())
    }

    fn end(self) -> Result<(), MalformedStructure> {
        if self.bytes.is_empty() {
            Ok(())
        } else {
            Err(MalformedStructure::Length(self.what))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use proptest::prelude::*;

    fn any_type() -> impl Strategy<Value = TokenType> {
        (0usize..3).prop_map(|index| TokenType::ALL[index])
    }

    fn any_challenge() -> impl Strategy<Value = TokenChallenge> {
        let name = proptest::collection::vec(any::<u8>(), 1..40);
        let origin = proptest::collection::vec(any::<u8>(), 0..40);
        (any_type(), name, any::<Option<[u8; 32]>>(), origin).prop_map(
            |(token_type, issuer_name, redemption_context, origin_info)| TokenChallenge {
                token_type,
                issuer_name,
                redemption_context,
                origin_info,
            },
        )
    }

    #[test]
    fn sizes_are_those_of_the_rfc() {
        let token = Token {
            input: TokenInput {
                token_type: TokenType::BlindRsa3072,
                nonce: [1; 32],
                challenge_digest: [2; 32],
                token_key_id: [3; 32],
            },
            authenticator: vec![4; 384],
        };
        assert_eq!(token.to_bytes().len(), 482);
    }

    proptest! {
        #[test]
        fn challenges_round_trip(challenge in any_challenge()) {
            prop_assert_eq!(TokenChallenge::from_bytes(&challenge.to_bytes()), Ok(challenge));
        }

        #[test]
        fn tokens_and_requests_round_trip(token_type in any_type(), byte: u8, nonce: [u8; 32], digest: [u8; 32], key: [u8; 32]) {
            let payload = vec![byte; token_type.length()];
            let input = TokenInput { token_type, nonce, challenge_digest: digest, token_key_id: key };
            let token = Token { input, authenticator: payload.clone() };
            prop_assert_eq!(Token::from_bytes(&token.to_bytes()), Ok(token));
            let request = TokenRequest { token_type, truncated_token_key_id: byte, blinded_message: payload };
            prop_assert_eq!(TokenRequest::from_bytes(&request.to_bytes()), Ok(request));
        }

        #[test]
        fn mangled_bytes_never_panic_and_never_decode_to_another_encoding(
            mut bytes in proptest::collection::vec(any::<u8>(), 0..700), code in 0usize..4,
        ) {
            if let (Some(token_type), true) = (TokenType::ALL.get(code), bytes.len() > 2) {
                bytes[..2].copy_from_slice(&token_type.code().to_be_bytes());
            }
            if let Ok(challenge) = TokenChallenge::from_bytes(&bytes) { prop_assert_eq!(challenge.to_bytes(), bytes.clone()); }
            if let Ok(token) = Token::from_bytes(&bytes) { prop_assert_eq!(token.to_bytes(), bytes.clone()); }
            if let Ok(request) = TokenRequest::from_bytes(&bytes) { prop_assert_eq!(request.to_bytes(), bytes.clone()); }
        }

        #[test]
        fn a_byte_more_or_less_is_refused(challenge in any_challenge()) {
            let mut bytes = challenge.to_bytes();
            bytes.push(0);
            prop_assert!(TokenChallenge::from_bytes(&bytes).is_err());
            bytes.truncate(bytes.len() - 2);
            prop_assert!(TokenChallenge::from_bytes(&bytes).is_err());
        }
    }
}
