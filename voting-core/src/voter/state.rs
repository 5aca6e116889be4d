//! The saved state: secret bytes for encrypted storage on the voter's device
//! (specs/05a-voter.md §7).
//!
//! One deterministic CBOR encoding per state. Nothing is believed when it is
//! read back: passes and receipts are verified again, so a damaged state
//! never becomes an invalid ballot or a false "cast".

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::convert::Infallible;

use minicbor::data::Type;
use minicbor::{Decoder, Encoder, decode, encode};
use zeroize::Zeroizing;

use super::pass::Pass;
use super::receipt::Recording;
use super::{MAX_BALLOTS, MAX_RECEIPT, Outcome, OwnBallot, Poll, Voter};
use crate::ballot::{Tracker, precheck};
use crate::credential::Credential;
use crate::encoding::MAX_ENTRY;
use crate::entry::Entry;
use crate::hash::Hash;
use crate::ledger::leaf_hash;
use crate::token::{Pending, RsaTokenVerifier, TokenVerifier};

/// Bytes of the longest saved state.
pub const MAX_STATE: usize = MAX_BALLOTS * (MAX_RECEIPT + 256) + MAX_ENTRY + (1 << 18);

/// The one version of the format.
const VERSION: u8 = 1;

/// Why bytes are no state of this voter. They are damaged or belong elsewhere;
/// a copy that was saved elsewhere may help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// Longer than [`MAX_STATE`].
    #[error("{0} bytes are too many for a saved voting pass")]
    TooLong(usize),
    /// Not CBOR of the expected shape.
    #[error("the saved voting pass is damaged: {0}")]
    Malformed(String),
    /// Not the one encoding of what it says.
    #[error("the saved voting pass is damaged: it is not in its one encoding")]
    NotCanonical,
    /// A newer or unknown format.
    #[error("the saved voting pass has format {0}, which this version does not read")]
    Version(u8),
    /// Saved for another election.
    #[error("the saved voting pass is for another election")]
    OtherElection,
    /// Saved for another style.
    #[error("the saved voting pass is for another ballot style")]
    OtherStyle,
    /// The credential is no secret.
    #[error("the saved voting pass is damaged: its secret is no key")]
    Credential,
    /// A request or token that does not belong to the issuer's key on the ledger.
    #[error("the saved voting pass is damaged: the pass of issuer number {0} does not hold")]
    Pass(u32),
    /// A ballot that is not this voter's, or out of order.
    #[error("the saved voting pass is damaged: ballot number {0} does not hold")]
    Ballot(usize),
    /// A receipt that does not verify.
    #[error("the saved voting pass is damaged: the receipt of ballot number {0} does not hold")]
    Receipt(usize),
}

impl From<decode::Error> for StateError {
    fn from(error: decode::Error) -> Self {
        StateError::Malformed(error.to_string())
    }
}

impl<'p> Voter<'p> {
    /// The whole state as secret bytes. Whoever reads them can vote for this
    /// voter and knows which ballots are theirs: store them encrypted.
    pub fn to_secret_bytes(&self) -> Zeroizing<Vec<u8>> {
        // Allocated at full length: growing would leave copies behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(self.encoded_bound()));
        match write(self, &mut Encoder::new(&mut *bytes)) {
            Ok(()) => bytes,
            Err(never) => unreachable!("encoding into memory failed: {never}"),
        }
    }

    /// Goes on from saved bytes.
    ///
    /// # Errors
    /// Bytes of another poll, damaged ones, any other encoding.
    pub fn resume(poll: &'p Poll, secret: &[u8]) -> Result<Self, StateError> {
        if secret.len() > MAX_STATE {
            return Err(StateError::TooLong(secret.len()));
        }
        let voter = read(poll, &mut Decoder::new(secret))?;
        voter.check_ballots()?;
        match *voter.to_secret_bytes() == secret {
            true => Ok(voter),
            false => Err(StateError::NotCanonical),
        }
    }

    /// At least the bytes of the encoded state.
    pub(super) fn encoded_bound(&self) -> usize {
        let modulus = self.poll.context().token_length;
        let ballot = |ballot: &OwnBallot| {
            let receipt = ballot
                .recording()
                .map_or(0, |recording| recording.receipt().len());
            128 + ballot.entry.len() + receipt
        };
        128 + self.passes.len() * (48 + 2 * modulus) + self.ballots.iter().map(ballot).sum::<usize>()
    }

    /// Order, ownership and bytes of the saved ballots.
    fn check_ballots(&self) -> Result<(), StateError> {
        let mut least = 0;
        for (at, ballot) in self.ballots.iter().enumerate() {
            let last = at + 1 == self.ballots.len();
            let sequence = u64::from(ballot.sequence);
            let holds = sequence >= least
                && sequence < self.next
                && (last || ballot.outcome != Outcome::Unconfirmed)
                && ballot.entry.is_empty() != last
                && (!last || self.made(ballot));
            if !holds {
                return Err(StateError::Ballot(at));
            }
            least = sequence + 1;
        }
        Ok(())
    }

    /// Whether a ballot's bytes are a ballot of this voter with these marks.
    fn made(&self, ballot: &OwnBallot) -> bool {
        let Ok(Entry::Ballot(entry)) = Entry::from_bytes(&ballot.entry) else {
            return false;
        };
        *entry.credential == self.credential.public()
            && entry.style == self.poll.style()
            && u32::from_be_bytes(*entry.sequence) == ballot.sequence
            && leaf_hash(&ballot.entry) == ballot.leaf
            // The proof's challenge covers every byte before it.
            && precheck(self.poll.context(), &entry).is_ok()
            && *Tracker::of(self.poll.election_id(), &entry).as_bytes() == ballot.tracker
    }
}

type Written = Result<(), encode::Error<Infallible>>;
type Out<'b> = Encoder<&'b mut Vec<u8>>;

fn write(voter: &Voter<'_>, out: &mut Out<'_>) -> Written {
    out.array(8)?
        .u8(VERSION)?
        .bytes(voter.poll.election_id())?
        .u32(voter.poll.style())?
        .bytes(&*voter.credential.to_secret_bytes())?
        .u64(voter.next)?
        .array(voter.passes.len() as u64)?;
    for pass in &voter.passes {
        match pass {
            Pass::Asked(pending) => out.array(2)?.u8(0)?.bytes(&pending.to_secret_bytes())?,
            Pass::Held(token) => out.array(2)?.u8(1)?.bytes(token)?,
        };
    }
    out.u64(voter.sends)?.array(voter.ballots.len() as u64)?;
    voter
        .ballots
        .iter()
        .try_for_each(|ballot| write_ballot(ballot, out))
}

fn write_ballot(ballot: &OwnBallot, out: &mut Out<'_>) -> Written {
    out.array(5)?
        .u32(ballot.sequence)?
        .bytes(&ballot.leaf)?
        .bytes(&ballot.tracker)?
        .bytes(&ballot.entry)?;
    match &ballot.outcome {
        Outcome::Unconfirmed => out.array(1)?.u8(0)?,
        Outcome::Refused => out.array(1)?.u8(1)?,
        Outcome::Recorded(recording) => out.array(2)?.u8(2)?.str(&recording.receipt())?,
    };
    Ok(())
}

fn read<'p>(poll: &'p Poll, input: &mut Decoder<'_>) -> Result<Voter<'p>, StateError> {
    array(input, 8)?;
    match input.u8()? {
        VERSION => (),
        other => return Err(StateError::Version(other)),
    }
    if hash(input)? != *poll.election_id() {
        return Err(StateError::OtherElection);
    }
    if input.u32()? != poll.style() {
        return Err(StateError::OtherStyle);
    }
    let secret = Zeroizing::new(hash(input)?);
    let credential = Credential::from_secret_bytes(&secret).map_err(|_| StateError::Credential)?;
    let next = input.u64()?;
    if next > u64::from(u32::MAX) + 1 {
        return Err(StateError::Malformed("a sequence is too large".to_string()));
    }
    array(input, poll.issuers().len() as u64)?;
    let issuers = 0..poll.issuers().len() as u32;
    let passes = issuers.map(|issuer| read_pass(poll, &credential, issuer, input));
    let passes = passes.collect::<Result<_, _>>()?;
    let sends = input.u64()?;
    let count = input.array()?.unwrap_or(u64::MAX);
    if count > MAX_BALLOTS as u64 {
        return Err(StateError::Malformed("too many ballots".to_string()));
    }
    let ballots = (0..count as usize).map(|at| read_ballot(poll, at, input));
    let ballots = ballots.collect::<Result<_, _>>()?;
    Ok(Voter {
        poll,
        credential,
        passes,
        sends,
        next,
        ballots,
    })
}

fn read_pass(
    poll: &Poll,
    credential: &Credential,
    index: u32,
    input: &mut Decoder<'_>,
) -> Result<Pass, StateError> {
    let refused = StateError::Pass(index);
    array(input, 2)?;
    let kind = input.u8()?;
    let bytes = input.bytes()?;
    let Some(issuer) = poll.issuer(index) else {
        return Err(refused);
    };
    match kind {
        0 => {
            let pending = Pending::from_secret_bytes(&issuer.key, bytes).map_err(|_| refused.clone())?;
            match *pending.credential() == credential.public() {
                true => Ok(Pass::Asked(pending)),
                false => Err(refused),
            }
        }
        1 => {
            let verified = RsaTokenVerifier.verify(&issuer.key, &credential.public(), bytes);
            verified.map_err(|_| refused)?;
            Ok(Pass::Held(Zeroizing::new(bytes.to_vec())))
        }
        _ => Err(refused),
    }
}

fn read_ballot(poll: &Poll, at: usize, input: &mut Decoder<'_>) -> Result<OwnBallot, StateError> {
    array(input, 5)?;
    let (sequence, leaf, tracker, entry) = (input.u32()?, hash(input)?, hash(input)?, input.bytes()?);
    let members = input.array()?;
    let outcome = match (members, input.u8()?) {
        (Some(1), 0) => Outcome::Unconfirmed,
        (Some(1), 1) => Outcome::Refused,
        (Some(2), 2) => {
            let receipt = input.str()?.as_bytes();
            let recording = Recording::verify(poll, &leaf, receipt);
            Outcome::Recorded(recording.map_err(|_| StateError::Receipt(at))?)
        }
        _ => return Err(StateError::Ballot(at)),
    };
    Ok(OwnBallot {
        sequence,
        leaf,
        tracker,
        entry: entry.to_vec(),
        outcome,
    })
}

/// The head of an array of exactly so many members.
fn array(input: &mut Decoder<'_>, members: u64) -> Result<(), StateError> {
    match input.array()? {
        Some(found) if found == members => Ok(()),
        _ => Err(decode::Error::type_mismatch(Type::Array).into()),
    }
}

fn hash(input: &mut Decoder<'_>) -> Result<Hash, StateError> {
    let bytes = input.bytes()?;
    Hash::try_from(bytes).map_err(|_| decode::Error::type_mismatch(Type::Bytes).into())
}
