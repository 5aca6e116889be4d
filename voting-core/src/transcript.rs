//! Fiat–Shamir: the one file that owns every transcript label.
//!
//! One Merlin transcript per proof. Its first message is the protocol label,
//! its second the election id; the whole statement goes in before the first
//! commitment, and a challenge comes last (specs/01-foundations.md §5). Nobody
//! else hashes into a challenge.

use crate::encoding::Bytes;
use crate::group::{CompressedRistretto, RistrettoPoint, Scalar};
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
}

impl Role {
    fn label(self) -> &'static [u8] {
        match self {
            Role::Ballot => b"psephos/v1/ballot",
            Role::Possession => b"psephos/v1/possession",
            Role::Rehearsal => b"psephos/v1/rehearsal",
            Role::Decryption => b"psephos/v1/decryption",
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

/// The ballot's statement, range proof and link proof (specs/05-ballot.md §5).
/// The range proof's labels are those of the `bulletproofs` crate.
impl Transcript {
    /// A transcript that starts with nothing but a label, as the
    /// `bulletproofs` crate's callers start theirs.
    ///
    /// For comparing [`crate::ballot::range`] with that crate only: no ballot
    /// verifies under it, because every role's transcript begins with
    /// [`Transcript::new`], which adds the election.
    pub fn for_reference(label: &'static [u8]) -> Self {
        Self(merlin::Transcript::new(label))
    }

    /// Absorbs what a ballot is about, before any of its commitments.
    pub(crate) fn ballot_context(
        &mut self,
        key: &RistrettoPoint,
        key_digest: &Hash,
        style: u32,
        statement: &Hash,
    ) {
        self.point(b"key", key);
        self.bytes(b"key-digest", key_digest);
        self.number(b"style", style.into());
        self.bytes(b"statement", statement);
    }

    /// Absorbs whose ballot it is and its tokens, by issuer index.
    pub(crate) fn ballot_voter(&mut self, sequence: &[u8; 4], credential: &[u8; 32], tokens: &[Bytes]) {
        self.bytes(b"sequence", sequence);
        self.bytes(b"credential", credential);
        self.number(b"tokens", tokens.len() as u64);
        for token in tokens {
            self.bytes(b"token", token);
        }
    }

    /// Absorbs all `R_i ‖ C_i`.
    pub(crate) fn ballot_cells(&mut self, cells: &[u8]) {
        self.bytes(b"cells", cells);
    }

    /// Begins the range proof: bits (of all values, or of one in the
    /// reference's aggregation), number of values, their commitments.
    pub(crate) fn range_values(&mut self, bits: u64, commitments: &[CompressedRistretto]) {
        self.bytes(b"dom-sep", b"rangeproof v1");
        self.number(b"n", bits);
        self.number(b"m", commitments.len() as u64);
        for commitment in commitments {
            self.bytes(b"V", commitment.as_bytes());
        }
    }

    /// Absorbs `A` and `S`; gives `(y, z)`.
    pub(crate) fn range_bits(
        &mut self,
        a: &CompressedRistretto,
        s: &CompressedRistretto,
    ) -> (Scalar, Scalar) {
        self.bytes(b"A", a.as_bytes());
        self.bytes(b"S", s.as_bytes());
        (self.challenge(b"y"), self.challenge(b"z"))
    }

    /// Absorbs `T_1` and `T_2`; gives `x`.
    pub(crate) fn range_polynomial(
        &mut self,
        t_1: &CompressedRistretto,
        t_2: &CompressedRistretto,
    ) -> Scalar {
        self.bytes(b"T_1", t_1.as_bytes());
        self.bytes(b"T_2", t_2.as_bytes());
        self.challenge(b"x")
    }

    /// Absorbs the three evaluations; gives `w`.
    pub(crate) fn range_evaluation(
        &mut self,
        t_x: &Scalar,
        t_x_blinding: &Scalar,
        e_blinding: &Scalar,
    ) -> Scalar {
        self.bytes(b"t_x", t_x.as_bytes());
        self.bytes(b"t_x_blinding", t_x_blinding.as_bytes());
        self.bytes(b"e_blinding", e_blinding.as_bytes());
        self.challenge(b"w")
    }

    /// Begins the inner-product argument over vectors of this length.
    pub(crate) fn inner_product(&mut self, length: u64) {
        self.bytes(b"dom-sep", b"ipp v1");
        self.number(b"n", length);
    }

    /// Absorbs a round's `L` and `R`; gives `u`.
    pub(crate) fn inner_product_round(&mut self, l: &CompressedRistretto, r: &CompressedRistretto) -> Scalar {
        self.bytes(b"L", l.as_bytes());
        self.bytes(b"R", r.as_bytes());
        self.challenge(b"u")
    }

    /// Absorbs the range proof's last scalars, `a` and `b`; gives `ρ`.
    pub(crate) fn link_weight(&mut self, a: &Scalar, b: &Scalar) -> Scalar {
        self.bytes(b"a", a.as_bytes());
        self.bytes(b"b", b.as_bytes());
        self.challenge(b"rho")
    }

    /// Absorbs the link proof's commitments; gives its challenge, the last.
    pub(crate) fn link_challenge(&mut self, commitments: &[CompressedRistretto; 3]) -> Scalar {
        let [k_1, k_2, k_3] = commitments;
        self.bytes(b"k_1", k_1.as_bytes());
        self.bytes(b"k_2", k_2.as_bytes());
        self.bytes(b"k_3", k_3.as_bytes());
        self.challenge(b"link")
    }
}

// --- The ceremony and the decryption: specs/03-ceremony.md §4 and §8, specs/08-decrypt.md §3.

impl Transcript {
    /// The challenge of a trustee's proof of possession.
    pub(crate) fn possession(
        election_id: &Hash,
        round: u32,
        trustee: u32,
        points: &[RistrettoPoint],
        commitment: &[u8; 32],
    ) -> Scalar {
        let mut transcript = Self::new(Role::Possession, election_id);
        transcript.number(b"round", round.into());
        transcript.number(b"trustee", trustee.into());
        transcript.number(b"threshold", points.len() as u64);
        for point in points {
            transcript.point(b"A", point);
        }
        transcript.bytes(b"commitment", commitment);
        transcript.challenge(b"c")
    }

    /// The statement of a rehearsal: `Z_i = z_i·B` and `P = z_i·canary`.
    pub(crate) fn rehearsal(
        election_id: &Hash,
        key_transcript: &Hash,
        trustee: u32,
        share_key: &RistrettoPoint,
        canary: &RistrettoPoint,
        point: &RistrettoPoint,
    ) -> Self {
        let mut transcript = Self::new(Role::Rehearsal, election_id);
        transcript.bytes(b"key transcript", key_transcript);
        transcript.number(b"trustee", trustee.into());
        transcript.point(b"Z", share_key);
        transcript.point(b"canary", canary);
        transcript.point(b"P", point);
        transcript
    }

    /// The head of a decryption share's statement: who decrypts what, at
    /// which closing checkpoint, under which keys. The cells follow one by
    /// one with [`Transcript::decryption_cell`].
    pub(crate) fn decryption(
        election_id: &Hash,
        (size, root): (u64, &Hash),
        (trustee, contest): (u32, u32),
        joint_key: &RistrettoPoint,
        share_key: &RistrettoPoint,
        cells: usize,
    ) -> Self {
        let mut transcript = Self::new(Role::Decryption, election_id);
        transcript.number(b"size", size);
        transcript.bytes(b"root", root);
        transcript.number(b"trustee", trustee.into());
        transcript.number(b"contest", contest.into());
        transcript.point(b"K", joint_key);
        transcript.point(b"Z", share_key);
        transcript.number(b"cells", cells as u64);
        transcript
    }

    /// Absorbs one cell of a decryption share: `ΣR ‖ ΣC` and `D`, as encoded.
    pub(crate) fn decryption_cell(&mut self, sums: &[u8; 64], decrypted: &[u8]) {
        self.bytes(b"sums", sums);
        self.bytes(b"D", decrypted);
    }

    /// The one challenge whose powers fold all cells of a decryption share,
    /// drawn after every cell is in.
    pub(crate) fn decryption_fold(&mut self) -> Scalar {
        self.challenge(b"tau")
    }

    /// The challenge of a proof that two logarithms are equal, after its statement.
    pub(crate) fn equality(mut self, on_base: &RistrettoPoint, on_other: &RistrettoPoint) -> Scalar {
        self.point(b"k1", on_base);
        self.point(b"k2", on_other);
        self.challenge(b"c")
    }
}
