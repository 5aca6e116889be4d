//! Begin, and the passes: one blind signature of every issuer
//! (specs/05a-voter.md §3).

use alloc::string::String;
use alloc::vec::Vec;

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::{Poll, ServedKeys, Voter};
use crate::credential::Credential;
use crate::token::{BlindError, IssuerPublicKey, Pending, TokenRequest};

/// Why a pass could not be asked for, or an answer is refused. Nothing was
/// changed, and the same request can be sent again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PassError {
    /// No issuer has this index.
    #[error("this election has no issuer number {0}")]
    UnknownIssuer(u32),
    /// The evidence is about another poll's issuer.
    #[error("the issuer's keys were compared for another election or ballot style")]
    OtherPoll,
    /// Nothing can be blinded under the issuer's key.
    #[error(
        "no voting pass can be had from the issuer {issuer}: its key in the public record is bad; report it ({error})"
    )]
    Key {
        /// The issuer's name.
        issuer: String,
        /// What is wrong.
        error: BlindError,
    },
    /// The issuer answered something else than a pass.
    #[error(
        "the issuer {issuer} did not answer with a voting pass: ask again, and report it if that stays ({error})"
    )]
    Answer {
        /// The issuer's name.
        issuer: String,
        /// What is wrong.
        error: BlindError,
    },
}

/// What this device has of one issuer.
pub(super) enum Pass {
    /// A request, sent or not, without a valid answer.
    Asked(Pending),
    /// The verified token.
    Held(Zeroizing<Vec<u8>>),
}

impl<'p> Voter<'p> {
    /// A fresh credential, and a blinded request for every issuer. Store the
    /// state before a request is sent: an issuer signs only the first.
    ///
    /// # Errors
    /// A key on the ledger under which nothing can be blinded.
    pub fn begin<R: CryptoRng + ?Sized>(poll: &'p Poll, rng: &mut R) -> Result<Self, PassError> {
        let credential = Credential::generate(rng);
        let mut passes = Vec::with_capacity(poll.issuers().len());
        for index in 0..poll.issuers().len() as u32 {
            let (name, key) = issuer(poll, index)?;
            let pending = Pending::new(key, &credential.public(), rng);
            passes.push(Pass::Asked(pending.map_err(|error| PassError::Key {
                issuer: name.into(),
                error,
            })?));
        }
        Ok(Self {
            poll,
            credential,
            passes,
            sends: 0,
            next: 0,
            ballots: Vec::new(),
        })
    }

    /// The issuers, by index, whose pass is still missing.
    pub fn outstanding(&self) -> impl Iterator<Item = u32> + '_ {
        let passes = (0..).zip(&self.passes);
        passes.filter_map(|(issuer, pass)| matches!(pass, Pass::Asked(_)).then_some(issuer))
    }

    /// The request for an issuer: the same bytes however often it is asked
    /// for, so a lost answer costs nothing. `None` once the pass is there.
    ///
    /// # Errors
    /// The evidence is of another poll.
    pub fn request(&self, served: &ServedKeys<'_>) -> Result<Option<TokenRequest>, PassError> {
        if !core::ptr::eq(served.poll, self.poll) {
            return Err(PassError::OtherPoll);
        }
        match self.pass(served.issuer)? {
            Pass::Asked(pending) => Ok(Some(pending.request())),
            Pass::Held(_) => Ok(None),
        }
    }

    /// Takes an issuer's answer, the `TokenResponse`: unblinds it, verifies the
    /// token, and only then keeps it (attack G14). A second answer changes nothing.
    ///
    /// # Errors
    /// The answer is not this issuer's signature on the request. The request
    /// stays as it is.
    pub fn answer(&mut self, index: u32, response: &[u8]) -> Result<(), PassError> {
        let (name, key) = issuer(self.poll, index)?;
        let Pass::Asked(pending) = self.pass(index)? else {
            return Ok(());
        };
        let token = pending
            .finalize(key, response)
            .map_err(|error| PassError::Answer {
                issuer: name.into(),
                error,
            })?;
        self.passes[index as usize] = Pass::Held(Zeroizing::new(token));
        Ok(())
    }

    fn pass(&self, issuer: u32) -> Result<&Pass, PassError> {
        self.passes
            .get(issuer as usize)
            .ok_or(PassError::UnknownIssuer(issuer))
    }
}

/// An issuer's name and key.
fn issuer(poll: &Poll, index: u32) -> Result<(&str, &IssuerPublicKey), PassError> {
    let issuer = poll.issuer(index).ok_or(PassError::UnknownIssuer(index))?;
    Ok((&issuer.issuer.name, &issuer.key))
}
