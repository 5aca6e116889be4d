//! Roll and tokens, second half: one unlinkable token for each voter
//! (specs/04-roll-and-tokens.md §4 to §7).
//!
//! Privacy Pass with publicly verifiable tokens: the structures of RFC 9577,
//! the issuance protocol of RFC 9578 §6 with RSABSSA-SHA384-PSS-Deterministic
//! of RFC 9474. The nonce of a token is the voter's credential key `A`, so a
//! token is good for the holder of one credential only, and it has the entropy
//! the deterministic variant needs.
//!
//! The way of a token: the issuer's `issuer-key` entry becomes an
//! [`IssuerPublicKey`] only after its [`validity`] proof holds; a voter makes
//! a [`Pending`] request, the issuer signs its blinded message, and
//! [`Pending::finalize`] unblinds and verifies. Ballots carry only the
//! *authenticator*, the RSA signature; whoever verifies rebuilds the signed
//! bytes from `A`, the challenge and the key ([`TokenVerifier`]).
//!
//! `blind-rsa-signatures` needs `std`; the rest of the crate does not.

pub mod blind;
pub mod key;
pub mod spki;
pub mod structures;
pub mod validity;
pub mod verify;

pub use blind::{BlindError, Pending};
pub use key::{IssuerPublicKey, KeyRefused, TokenKey};
pub use structures::{MalformedStructure, Token, TokenChallenge, TokenInput, TokenRequest, TokenType};
pub use verify::{InvalidToken, RsaTokenVerifier, TokenVerifier};

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod crafted_keys;
#[cfg(test)]
mod standards;
#[cfg(test)]
mod test_keys;
#[cfg(test)]
mod vectors;
