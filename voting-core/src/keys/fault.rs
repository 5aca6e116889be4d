//! What can be wrong with a trustee's entry.

use crate::group::GroupError;

/// What is wrong with a trustee's key entry. The author of the entry is at
/// fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Commitments other than those promised.
    #[error("the commitments are not those whose hash was published first")]
    Hash,
    /// A receiving key that nobody can encrypt to.
    #[error("the receiving key is not a canonical X25519 key of large order")]
    ReceivingKey,
    /// More or fewer commitments than the threshold.
    #[error("{found} bytes of commitments, but the threshold asks for exactly {expected}")]
    CommitmentLength {
        /// Bytes that the threshold asks for.
        expected: usize,
        /// Bytes found.
        found: usize,
    },
    /// A commitment that is no point, or the identity.
    #[error("commitment {index}: {error}")]
    Commitment {
        /// Index of the commitment.
        index: usize,
        /// What is wrong with it.
        error: GroupError,
    },
    /// A proof of possession that does not hold.
    #[error("the proof of possession of the dealt secret does not verify")]
    Possession,
    /// Shares for another number of trustees.
    #[error("there must be exactly one encrypted share for every trustee")]
    ShareCount,
    /// A complaint that does not speak of the dealer's, receiver's or round's entries.
    #[error("the complaint does not name this round's dealer, or accuses its own author")]
    ComplaintSubject,
    /// Evidence that is not the private half of the published receiving key.
    #[error("the complaint's evidence is not the private half of its author's receiving key")]
    ComplaintEvidence,
    /// A complaint about a share that is right.
    #[error("the complaint is unfounded: the share opens and fits the dealer's commitments")]
    ComplaintUnfounded,
    /// A joint key or a share key that is the identity.
    #[error("the commitments add up to the identity")]
    IdentityKey,
    /// A certificate of another key or transcript.
    #[error("the certificate is of another joint key or transcript than this round's entries give")]
    Certificate,
    /// A rehearsal whose point does not decode.
    #[error("the rehearsal's point: {0}")]
    RehearsalPoint(GroupError),
    /// A rehearsal of another trustee.
    #[error("the rehearsal names another trustee")]
    RehearsalTrustee,
    /// A rehearsal that is not proven.
    #[error("the proof of the rehearsal does not verify: this share does not decrypt")]
    Rehearsal,
}
