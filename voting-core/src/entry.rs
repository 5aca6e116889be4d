//! The ledger's entries: one closed set (specs/entries.cddl).
//!
//! An entry is a CBOR array that starts with its kind. What a person or
//! service signs is `"psephos/v1/sign/<kind>" ‖ election id ‖ body`.

use alloc::string::String;
use alloc::vec::Vec;
use minicbor::{Decode, Encode};

use crate::encoding::{Bytes, DecodeError, Fixed, SignatureBytes, decode, encode};
use crate::hash::Hash;
use crate::manifest::Manifest;

/// One ledger entry.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(flat)]
#[allow(clippy::large_enum_variant)] // one entry is held at a time
pub enum Entry {
    /// Entry 0: the election, signed by officers.
    #[n(0)]
    Manifest(#[n(0)] Manifest, #[n(1)] Vec<OfficerSignature>),
    /// Hash of a trustee's commitments.
    #[n(1)]
    KeyHash(#[n(0)] Signed<KeyHash>),
    /// A trustee's commitments.
    #[n(2)]
    KeyCommitment(#[n(0)] Signed<KeyCommitment>),
    /// A trustee's encrypted shares for all others.
    #[n(3)]
    KeyShares(#[n(0)] Signed<KeyShares>),
    /// A proof that a share was wrong; the ceremony starts again.
    #[n(4)]
    KeyComplaint(#[n(0)] Signed<KeyComplaint>),
    /// A trustee certifies joint key and transcript.
    #[n(5)]
    KeyConfirmation(#[n(0)] Signed<KeyConfirmation>),
    /// A trustee proves before opening that its share decrypts.
    #[n(6)]
    Rehearsal(#[n(0)] Signed<Rehearsal>),
    /// Pseudonyms of those who may vote.
    #[n(7)]
    Roll(#[n(0)] Signed<Roll>),
    /// An issuer's RSA key for one style.
    #[n(8)]
    IssuerKey(#[n(0)] Signed<IssuerKey>),
    /// Voting begins.
    #[n(9)]
    Open(#[n(0)] Act),
    /// Voting is interrupted.
    #[n(10)]
    Pause(#[n(0)] Act),
    /// Voting goes on.
    #[n(11)]
    Resume(#[n(0)] Act),
    /// The planned closing moves.
    #[n(12)]
    Extend(#[n(0)] Act),
    /// Voting ends, for good.
    #[n(13)]
    Close(#[n(0)] Act),
    /// A sealed ballot; its own proof is its signature.
    #[n(14)]
    Ballot(#[n(0)] BallotEntry),
    /// Ends a batch of ballots.
    #[n(15)]
    Batch(#[n(0)] Batch),
    /// What an issuer issued.
    #[n(16)]
    IssuanceReport(#[n(0)] Signed<IssuanceReport>),
    /// A contest's encrypted sums.
    #[n(17)]
    Tally(#[n(0)] Tally),
    /// A trustee's decryption of a contest's sums.
    #[n(18)]
    DecryptionShare(#[n(0)] Signed<DecryptionShare>),
    /// A contest's totals and winners.
    #[n(19)]
    Result(#[n(0)] ContestResult),
    /// The value of the announced lot, entered after close.
    #[n(26)]
    Lot(#[n(0)] Act),
}

/// Kinds 20 to 25 are reserved: roll-amendment, access-log-head, paper-totals,
/// adopted, annul, officer-replacement. An entry of a reserved kind does not decode.
pub const RESERVED_KINDS: core::ops::RangeInclusive<u64> = 20..=25;

impl Entry {
    /// The entry's deterministic encoding.
    pub fn to_bytes(&self) -> Vec<u8> {
        encode(self)
    }

    /// Decodes an entry from its one encoding.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        decode(bytes)
    }

    /// The kind's name, as in the specification.
    pub fn kind(&self) -> &'static str {
        match self {
            Entry::Manifest(..) => "manifest",
            Entry::KeyHash(_) => "key-hash",
            Entry::KeyCommitment(_) => "key-commitment",
            Entry::KeyShares(_) => "key-shares",
            Entry::KeyComplaint(_) => "key-complaint",
            Entry::KeyConfirmation(_) => "key-confirmation",
            Entry::Rehearsal(_) => "rehearsal",
            Entry::Roll(_) => "roll",
            Entry::IssuerKey(_) => "issuer-key",
            Entry::Open(_) => "open",
            Entry::Pause(_) => "pause",
            Entry::Resume(_) => "resume",
            Entry::Extend(_) => "extend",
            Entry::Close(_) => "close",
            Entry::Ballot(_) => "ballot",
            Entry::Batch(_) => "batch",
            Entry::IssuanceReport(_) => "issuance-report",
            Entry::Tally(_) => "tally",
            Entry::DecryptionShare(_) => "decryption-share",
            Entry::Result(_) => "result",
            Entry::Lot(_) => "lot",
        }
    }

    /// What the officers do, if this is an act of theirs.
    pub fn act(&self) -> Option<&Act> {
        match self {
            Entry::Open(act)
            | Entry::Pause(act)
            | Entry::Resume(act)
            | Entry::Extend(act)
            | Entry::Close(act)
            | Entry::Lot(act) => Some(act),
            _ => None,
        }
    }

    /// As [`Entry::act`], to sign it or to bring it up to date.
    pub fn act_mut(&mut self) -> Option<&mut Act> {
        match self {
            Entry::Open(act)
            | Entry::Pause(act)
            | Entry::Resume(act)
            | Entry::Extend(act)
            | Entry::Close(act)
            | Entry::Lot(act) => Some(act),
            _ => None,
        }
    }
}

/// A body and its author's Ed25519 signature.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Signed<T> {
    /// What is signed.
    #[n(0)]
    pub body: T,
    /// Over `"psephos/v1/sign/<kind>" ‖ election id ‖ body`.
    #[n(1)]
    pub signature: SignatureBytes,
}

/// One officer's signature under a manifest or an act.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct OfficerSignature {
    /// Index of the officer; a list of signatures ascends by it.
    #[n(0)]
    pub officer: u32,
    /// The signature.
    #[n(1)]
    pub signature: SignatureBytes,
}

/// `key-hash`: `SHA3-256("psephos/v1/key-hash" ‖ election id ‖ commitment body)`,
/// and the key that receives this round's shares.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct KeyHash {
    /// Ceremony round from 0; a proven complaint starts the next.
    #[n(0)]
    pub round: u32,
    /// Index of the dealing trustee.
    #[n(1)]
    pub trustee: u32,
    /// Hash of the [`KeyCommitment`] body to come.
    #[n(2)]
    pub hash: Fixed<32>,
    /// X25519 public key that receives this round's shares, and nothing else
    /// (HPKE, RFC 9180): a complaint reveals its private key.
    #[n(3)]
    pub receiving_key: Fixed<32>,
}

/// `key-commitment`: Feldman commitments `a_k·B` and a proof of possession of `a_0`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct KeyCommitment {
    /// Ceremony round.
    #[n(0)]
    pub round: u32,
    /// Index of the dealing trustee.
    #[n(1)]
    pub trustee: u32,
    /// Exactly `t` points of 32 bytes, none the identity.
    #[n(2)]
    pub points: Bytes,
    /// Schnorr proof of `a_0`: commitment point and response, 64 bytes.
    #[n(3)]
    pub possession: Fixed<64>,
}

/// `key-shares`: `f_i(j + 1)` for every trustee `j`, each under HPKE.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct KeyShares {
    /// Ceremony round.
    #[n(0)]
    pub round: u32,
    /// Index of the dealing trustee.
    #[n(1)]
    pub trustee: u32,
    /// By receiver index, the dealer's own included: encapsulated key (32) and ciphertext (48).
    #[n(2)]
    pub shares: Vec<Fixed<80>>,
}

/// `key-complaint`: lets anybody recompute the share a dealer sent.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct KeyComplaint {
    /// Ceremony round.
    #[n(0)]
    pub round: u32,
    /// Index of the complaining receiver.
    #[n(1)]
    pub trustee: u32,
    /// Index of the accused dealer.
    #[n(2)]
    pub dealer: u32,
    /// The private half of the complainer's receiving key of this round: it
    /// opens the dealer's share for everybody (specs/03-ceremony.md §6).
    #[n(3)]
    pub evidence: Fixed<32>,
}

/// `key-confirmation`: every trustee signs the same key and transcript.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct KeyConfirmation {
    /// Ceremony round.
    #[n(0)]
    pub round: u32,
    /// Index of the trustee.
    #[n(1)]
    pub trustee: u32,
    /// The joint key `K`.
    #[n(2)]
    pub joint_key: Fixed<32>,
    /// Hash of the round's key entries.
    #[n(3)]
    pub transcript: Fixed<32>,
}

/// `rehearsal`: `z_i·canary` with its proof.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Rehearsal {
    /// Index of the trustee.
    #[n(0)]
    pub trustee: u32,
    /// `z_i·canary`.
    #[n(1)]
    pub point: Fixed<32>,
    /// DLEQ proof: challenge and response, 64 bytes.
    #[n(2)]
    pub proof: Fixed<64>,
}

/// `roll`: one part of an issuer's pseudonyms of one style.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Roll {
    /// Index of the issuer.
    #[n(0)]
    pub issuer: u32,
    /// Index of the style.
    #[n(1)]
    pub style: u32,
    /// Part, from 0.
    #[n(2)]
    pub part: u32,
    /// Number of parts, at least 1.
    #[n(3)]
    pub parts: u32,
    /// Pseudonyms of 32 bytes, ascending over all parts, none twice.
    #[n(4)]
    pub pseudonyms: Bytes,
}

/// `issuer-key`: an issuer's RSA key for one style.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct IssuerKey {
    /// Index of the issuer.
    #[n(0)]
    pub issuer: u32,
    /// Index of the style.
    #[n(1)]
    pub style: u32,
    /// The modulus, big-endian, `token_bits / 8` bytes; `e = 65537`.
    #[n(2)]
    pub modulus: Bytes,
    /// The key-validity proof: 8 e-th roots of `token_bits / 8` bytes each.
    #[n(3)]
    pub proof: Bytes,
}

/// An officer act: what, in which order, and against which ledger head.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Act {
    /// The act itself.
    #[n(0)]
    pub body: ActBody,
    /// At least the threshold of officers, ascending by index.
    #[n(1)]
    pub signatures: Vec<OfficerSignature>,
}

/// What officers sign: `"psephos/v1/sign/<kind>" ‖ election id ‖ body`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct ActBody {
    /// Counts the acts, from 1 (the manifest is 0).
    #[n(0)]
    pub counter: u32,
    /// Leaf hash of the previous act's entry (the manifest's at first).
    #[n(1)]
    pub previous: Fixed<32>,
    /// Size of the checkpoint the officers saw.
    #[n(2)]
    pub size: u64,
    /// Root of that checkpoint.
    #[n(3)]
    pub root: Fixed<32>,
    /// `extend`: the new planned closing. Otherwise 0.
    #[n(4)]
    pub closing: u64,
    /// Why, for people (`pause`, `resume`, `extend`), or the drawn value (`lot`).
    #[n(5)]
    pub statement: String,
}

/// `ballot` (specs/05-ballot.md).
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct BallotEntry {
    /// Index of the style.
    #[n(0)]
    pub style: u32,
    /// The credential key `A`.
    #[n(1)]
    pub credential: Fixed<32>,
    /// Sequence, 4 bytes big-endian.
    #[n(2)]
    pub sequence: Fixed<4>,
    /// One token (its RSA signature) per issuer, by issuer index.
    #[n(3)]
    pub tokens: Vec<Bytes>,
    /// `R_i ‖ C_i` for every cell, 64 bytes each.
    #[n(4)]
    pub cells: Bytes,
    /// The aggregated range proof.
    #[n(5)]
    pub range_proof: Bytes,
    /// The link proof: `k_1 ‖ k_2 ‖ k_3 ‖ three responses`, 192 bytes.
    #[n(6)]
    pub link_proof: Fixed<192>,
}

/// `batch`: ends each batch of ballots.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Batch {
    /// Ballots since the previous batch entry or act.
    #[n(0)]
    pub count: u32,
}

/// `issuance-report`: one part of what an issuer issued for one style.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct IssuanceReport {
    /// Index of the issuer.
    #[n(0)]
    pub issuer: u32,
    /// Index of the style.
    #[n(1)]
    pub style: u32,
    /// Part, from 0.
    #[n(2)]
    pub part: u32,
    /// Number of parts, at least 1.
    #[n(3)]
    pub parts: u32,
    /// Records of 64 bytes, pseudonym and hash of the blinded message, ascending by pseudonym.
    #[n(4)]
    pub records: Bytes,
}

/// `tally`: a contest's encrypted sums over the counted ballots.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Tally {
    /// Index of the contest.
    #[n(0)]
    pub contest: u32,
    /// Counted ballots.
    #[n(1)]
    pub ballots: u64,
    /// `ΣR ‖ ΣC` for every cell of the contest, 64 bytes each.
    #[n(2)]
    pub sums: Bytes,
}

/// `decryption-share`: `z_i·ΣR` for every cell of a contest, with one proof.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct DecryptionShare {
    /// Index of the trustee.
    #[n(0)]
    pub trustee: u32,
    /// Index of the contest.
    #[n(1)]
    pub contest: u32,
    /// Size of the closing checkpoint this trustee audited.
    #[n(2)]
    pub size: u64,
    /// Root of that checkpoint.
    #[n(3)]
    pub root: Fixed<32>,
    /// Points of 32 bytes.
    #[n(4)]
    pub points: Bytes,
    /// Batched DLEQ proof: challenge and response, 64 bytes.
    #[n(5)]
    pub proof: Fixed<64>,
}

/// `result`: a contest's totals and winners.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct ContestResult {
    /// Index of the contest.
    #[n(0)]
    pub contest: u32,
    /// The plaintext sum of every cell.
    #[n(1)]
    pub totals: Vec<u64>,
    /// Indices of the winning projects in the order they won; `None` with a
    /// rule that is not computed.
    #[n(2)]
    pub winners: Option<Vec<u32>>,
}

/// A body that somebody signs.
pub trait Signable: Encode<()> {
    /// The entry kind's name in the signed message.
    const KIND: &'static str;
}

macro_rules! signable {
    ($($body:ty => $kind:literal),* $(,)?) => { $(impl Signable for $body { const KIND: &'static str = $kind; })* };
}

signable! {
    KeyHash => "key-hash",
    KeyCommitment => "key-commitment",
    KeyShares => "key-shares",
    KeyComplaint => "key-complaint",
    KeyConfirmation => "key-confirmation",
    Rehearsal => "rehearsal",
    Roll => "roll",
    IssuerKey => "issuer-key",
    IssuanceReport => "issuance-report",
    DecryptionShare => "decryption-share",
}

/// `"psephos/v1/sign/<kind>" ‖ election id ‖ body`: what a signature covers.
pub fn signed_message<T: Encode<()>>(kind: &str, election_id: &Hash, body: &T) -> Vec<u8> {
    let mut message = b"psephos/v1/sign/".to_vec();
    message.extend_from_slice(kind.as_bytes());
    // The kind ends at a byte no kind contains.
    message.push(0);
    message.extend_from_slice(election_id);
    message.extend_from_slice(&encode(body));
    message
}

/// A signature that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not verify under the key sealed in the manifest")]
pub struct InvalidSignature;

/// Verifies one Ed25519 signature strictly: canonical scalar, no small-order
/// points (RFC 8032, and `verify_strict` of ed25519-dalek; attack B6).
pub fn verify_signature(
    key: &[u8; 32],
    message: &[u8],
    signature: &[u8; 64],
) -> Result<(), InvalidSignature> {
    let key = ed25519_dalek::VerifyingKey::from_bytes(key).map_err(|_| InvalidSignature)?;
    let signature = ed25519_dalek::Signature::from_bytes(signature);
    key.verify_strict(message, &signature)
        .map_err(|_| InvalidSignature)
}

impl<T: Signable> Signed<T> {
    /// Signs a body.
    pub fn new(body: T, election_id: &Hash, key: &ed25519_dalek::SigningKey) -> Self {
        use ed25519_dalek::Signer;
        let signature = key.sign(&signed_message(T::KIND, election_id, &body));
        Self {
            body,
            signature: signature.to_bytes().into(),
        }
    }

    /// Verifies the signature under the author's key from the manifest.
    pub fn verify(&self, election_id: &Hash, key: &[u8; 32]) -> Result<(), InvalidSignature> {
        verify_signature(
            key,
            &signed_message(T::KIND, election_id, &self.body),
            &self.signature,
        )
    }
}
