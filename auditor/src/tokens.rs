//! Voting passes verified with another library than the issuer's.
//!
//! RSASSA-PSS with SHA-384, MGF1 with SHA-384 and a salt of 48 bytes (RFC 8017
//! §8.1.2). Natively AWS-LC verifies, an implementation that shares no code
//! with the `rsa` crate the issuers sign with; in WebAssembly, where it does
//! not build, voting-core's verifier does.

use voting_core::entry::BallotEntry;
use voting_core::lifecycle::Election;
#[cfg(feature = "vectors")]
use voting_core::token::TokenKey;
use voting_core::token::{IssuerPublicKey, TokenVerifier};

/// Why one of a ballot's passes fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TokenFault {
    /// Index of the issuer.
    pub(crate) issuer: u32,
    /// What is wrong.
    pub(crate) why: String,
}

/// Checks that a ballot bears one valid pass of each issuer.
pub(crate) fn check(
    election: &Election,
    verifier: &dyn TokenVerifier,
    ballot: &BallotEntry,
) -> Vec<TokenFault> {
    let issuers = election.manifest.issuers.members.len() as u32;
    let mut faults = Vec::new();
    for issuer in 0..issuers.max(ballot.tokens.len() as u32) {
        let key = election.issuer_keys.get(&(issuer, ballot.style));
        let why = match (key, ballot.tokens.get(issuer as usize)) {
            (Some(key), Some(token)) => match verifier.verify(key, &ballot.credential, token) {
                Ok(()) => continue,
                Err(invalid) => invalid.to_string(),
            },
            (_, None) => "no pass of this issuer".to_owned(),
            (None, Some(_)) => "a pass of an issuer without a key for this style".to_owned(),
        };
        faults.push(TokenFault { issuer, why });
    }
    faults
}

#[cfg(feature = "native")]
pub use independent::AwsLcVerifier;

#[cfg(feature = "native")]
mod independent {
    use std::collections::BTreeMap;

    use aws_lc_rs::signature::{ParsedPublicKey, RSA_PSS_2048_8192_SHA384, RsaPublicKeyComponents};
    #[cfg(feature = "vectors")]
    use voting_core::token::TokenKey;
    use voting_core::token::{InvalidToken, IssuerPublicKey, TokenVerifier};

    /// `e`, big-endian; sealed keys have no other.
    const EXPONENT: [u8; 3] = [1, 0, 1];

    /// The verifier on AWS-LC. Keys are parsed once, from their modulus.
    #[derive(Default)]
    pub struct AwsLcVerifier(BTreeMap<Vec<u8>, ParsedPublicKey>);

    impl AwsLcVerifier {
        /// Parses the keys that tokens will be verified under.
        pub fn new<'a>(keys: impl IntoIterator<Item = &'a IssuerPublicKey>) -> Self {
            let parsed = keys.into_iter().filter_map(|key| {
                let modulus = key.key().modulus();
                Some((modulus.to_vec(), parse(modulus)?))
            });
            Self(parsed.collect())
        }
    }

    fn parse(modulus: &[u8]) -> Option<ParsedPublicKey> {
        let components = RsaPublicKeyComponents {
            n: modulus,
            e: EXPONENT.as_slice(),
        };
        components.to_parsed_public_key(&RSA_PSS_2048_8192_SHA384).ok()
    }

    #[cfg(feature = "vectors")]
    pub(super) fn verifies(key: &TokenKey, message: &[u8], signature: &[u8]) -> bool {
        parse(key.modulus()).is_some_and(|parsed| parsed.verify_sig(message, signature).is_ok())
    }

    impl TokenVerifier for AwsLcVerifier {
        fn verify(
            &self,
            key: &IssuerPublicKey,
            credential: &[u8; 32],
            authenticator: &[u8],
        ) -> Result<(), InvalidToken> {
            let modulus = key.key().modulus();
            let (expected, found) = (modulus.len(), authenticator.len());
            if expected != found {
                return Err(InvalidToken::Length { expected, found });
            }
            // A number above the modulus would be a second encoding of a signature.
            if authenticator >= modulus {
                return Err(InvalidToken::Signature);
            }
            let parsed = self.0.get(modulus).ok_or(InvalidToken::Key)?;
            parsed
                .verify_sig(&key.token_input(credential).to_bytes(), authenticator)
                .map_err(|_| InvalidToken::Signature)
        }
    }
}

/// The best verifier at hand for an election's keys.
pub(crate) fn verifier(election: &Election) -> Box<dyn TokenVerifier + Send + Sync> {
    verifier_for(election.issuer_keys.values())
}

/// The best verifier at hand for some keys.
pub(crate) fn verifier_for<'a>(
    keys: impl IntoIterator<Item = &'a IssuerPublicKey>,
) -> Box<dyn TokenVerifier + Send + Sync> {
    #[cfg(feature = "native")]
    return Box::new(AwsLcVerifier::new(keys));
    #[cfg(not(feature = "native"))]
    {
        let _ = keys;
        Box::new(voting_core::token::RsaTokenVerifier)
    }
}

/// What the best verifier at hand says of a signature of any message.
#[cfg(feature = "vectors")]
pub(crate) fn verifies(key: &TokenKey, message: &[u8], signature: &[u8]) -> bool {
    #[cfg(feature = "native")]
    return independent::verifies(key, message, signature);
    #[cfg(not(feature = "native"))]
    key.verify(message, signature).is_ok()
}
