//! The keys an issuer serves, against those on the ledger
//! (specs/05a-voter.md §3.1; attack G5: a key of one's own for each voter
//! would tell the voters apart).

use alloc::string::String;

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};

use super::Poll;
use crate::hash::Hash;

/// The issuer serves something else than what stands on the ledger. It is
/// asked for nothing; the voter reports it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServedOther {
    /// No issuer has this index.
    #[error("this election has no issuer number {0}")]
    UnknownIssuer(u32),
    /// A key is not base64url.
    #[error("the directory of the issuer {0} holds something that is no key")]
    Unreadable(String),
    /// A key that is not on the ledger.
    #[error(
        "the issuer {0} shows you a key that is not in the public record: it could recognise you by it; \
         do not ask it for a voting pass, and report it"
    )]
    OtherKey(String),
    /// The key of the voter's style is not among them.
    #[error("the issuer {0} does not serve the key that the public record names for your ballot")]
    Missing(String),
}

/// Evidence that an issuer serves exactly keys of the ledger. A request is
/// made for its holder only.
#[derive(Debug)]
pub struct ServedKeys<'p> {
    pub(super) poll: &'p Poll,
    pub(super) issuer: u32,
}

impl Poll {
    /// Compares an issuer's directory (RFC 9578 §4) with the ledger. `keys` are
    /// all of its `token-key` values, base64url, padded or not. Tokens are
    /// blinded under the ledger's key in any case; a difference is a reason to
    /// stop and tell.
    ///
    /// # Errors
    /// A key that is not this issuer's on the ledger, or this style's missing.
    pub fn served<'k>(
        &self,
        issuer: u32,
        keys: impl IntoIterator<Item = &'k str>,
    ) -> Result<ServedKeys<'_>, ServedOther> {
        let expected = self.issuer(issuer).ok_or(ServedOther::UnknownIssuer(issuer))?;
        let name = || expected.issuer.name.clone();
        let mut found = false;
        for key in keys {
            let spki = Base64UrlUnpadded::decode_vec(key.trim_end_matches('='))
                .map_err(|_| ServedOther::Unreadable(name()))?;
            let id: Hash = Sha256::digest(&spki).into();
            if !expected.key_ids.contains(&id) {
                return Err(ServedOther::OtherKey(name()));
            }
            found |= id == *expected.key.key().id();
        }
        match found {
            true => Ok(ServedKeys { poll: self, issuer }),
            false => Err(ServedOther::Missing(name())),
        }
    }
}
