//! Fiat–Shamir: the one file that owns every transcript label.
//!
//! One Merlin transcript per proof. Its first message is the protocol label,
//! its second the election id; the whole statement goes in before the first
//! commitment, and a challenge comes last (specs/01-foundations.md §5). Nobody
//! else hashes into a challenge.

use crate::group::{RistrettoPoint, Scalar};
use crate::hash::Hash;

/// A proof's transcript, bound to one role and one election.
#[derive(Clone)]
pub struct Transcript(merlin::Transcript);

/// The roles a proof can have. The same scalars in another role are another
/// challenge (attack A9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A ballot: range proof and link proof.
    Ballot,
    /// A trustee's proof of possession of the dealt secret.
    Possession,
    /// A trustee's decryption of the rehearsal's canary.
    Rehearsal,
    /// A trustee's decryption share of a contest's sums.
    Decryption,
    /// A revealed key-share decryption in a complaint.
    Complaint,
}

impl Role {
    fn label(self) -> &'static [u8] {
        match self {
            Role::Ballot => b"psephos/v1/ballot",
            Role::Possession => b"psephos/v1/possession",
            Role::Rehearsal => b"psephos/v1/rehearsal",
            Role::Decryption => b"psephos/v1/decryption",
            Role::Complaint => b"psephos/v1/complaint",
        }
    }
}

impl Transcript {
    /// Starts the transcript of one proof.
    pub fn new(role: Role, election_id: &Hash) -> Self {
        let mut transcript = merlin::Transcript::new(role.label());
        transcript.append_message(b"election", election_id);
        Self(transcript)
    }

    /// Absorbs bytes.
    fn bytes(&mut self, label: &'static [u8], bytes: &[u8]) {
        self.0.append_message(label, bytes);
    }

    /// Absorbs an integer.
    fn number(&mut self, label: &'static [u8], value: u64) {
        self.0.append_u64(label, value);
    }

    /// Absorbs a point.
    fn point(&mut self, label: &'static [u8], point: &RistrettoPoint) {
        self.bytes(label, point.compress().as_bytes());
    }

    /// A challenge scalar from 64 bytes, so that it has no bias (attack A8).
    fn challenge(&mut self, label: &'static [u8]) -> Scalar {
        let mut wide = [0; 64];
        self.0.challenge_bytes(label, &mut wide);
        Scalar::from_bytes_mod_order_wide(&wide)
    }
}
