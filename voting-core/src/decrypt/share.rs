//! A trustee's decryption of a contest's sums, with one proof for all cells.
//!
//! Relation: *I know `z` with `Z = z·B` and `D_k = z·ΣR_k` for every cell `k`.*
//!
//! | symbol | meaning |
//! |---|---|
//! | `Z` | the trustee's public share, from the commitments |
//! | `ΣR_k`, `ΣC_k` | the cell's sums |
//! | `D_k` | the cell's decrypted point |
//! | `τ` | challenge after *everything* above, election, closing head and `K` |
//!
//! The cells are folded with powers of the one `τ`: `X = Σ τ^k·ΣR_k`,
//! `Y = Σ τ^k·D_k`, and one proof of equal logarithms shows `Y = z·X`. A wrong
//! `D_k` leaves a non-zero polynomial of degree below the number of cells in
//! `τ`, which vanishes with negligible probability. Weights per item, as in
//! RFC 9497, are not used: with them, totals can be forged by a generalised
//! birthday attack (specs/08-decrypt.md §3).

use alloc::vec::Vec;

use crate::entry::DecryptionShare;
use crate::group::{ENCODED_LENGTH, GroupError, RistrettoPoint, Scalar, decode_point, identity};
use crate::hash::Hash;
use crate::keys::Equality;
use crate::tally::Sums;
use crate::transcript::Transcript;

/// What is wrong with a decryption share. Its trustee is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShareFault {
    /// Not one point for every cell: no cell may lack its proof (attacks D12, D15).
    #[error("{found} bytes of points, but the contest's {cells} cells have 32 bytes each")]
    Length {
        /// The contest's cells.
        cells: usize,
        /// Bytes found.
        found: usize,
    },
    /// A point that does not decode.
    #[error("cell {cell}: {error}")]
    Point {
        /// The cell.
        cell: usize,
        /// What is wrong.
        error: GroupError,
    },
    /// A proof that does not hold.
    #[error("the proof does not verify: these points are not the sums decrypted with this trustee's share")]
    Proof,
}

/// A proven share. [`verify_share`] is the only way to make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedShare {
    trustee: u32,
    contest: u32,
    points: Vec<RistrettoPoint>,
}

impl VerifiedShare {
    /// Index of the trustee.
    pub fn trustee(&self) -> u32 {
        self.trustee
    }

    /// Index of the contest.
    pub fn contest(&self) -> u32 {
        self.contest
    }

    /// `D_k` of every cell.
    pub fn points(&self) -> &[RistrettoPoint] {
        &self.points
    }
}

/// Verifies a share of a contest's sums. `share_key` is `Z_i` of the trustee
/// that the share names; the sums are those the caller added up.
pub fn verify_share(
    election_id: &Hash,
    joint_key: &RistrettoPoint,
    share_key: &RistrettoPoint,
    sums: &Sums,
    share: &DecryptionShare,
) -> Result<VerifiedShare, ShareFault> {
    let cells = sums.cells().len();
    let found = share.points.len();
    if Some(found) != cells.checked_mul(ENCODED_LENGTH) {
        return Err(ShareFault::Length { cells, found });
    }
    let decode = |(cell, bytes)| decode_point(bytes).map_err(|error| ShareFault::Point { cell, error });
    let encoded = share.points.chunks_exact(ENCODED_LENGTH).enumerate();
    let points: Vec<RistrettoPoint> = encoded.map(decode).collect::<Result<_, _>>()?;
    let (statement, transcript) = fold(election_id, joint_key, share_key, sums, share, &points);
    statement
        .verify(transcript, &share.proof)
        .map_err(|_| ShareFault::Proof)?;
    Ok(VerifiedShare {
        trustee: share.trustee,
        contest: share.contest,
        points,
    })
}

/// The folded statement and the transcript that has absorbed all of it.
/// Public values only: time may vary.
fn fold(
    election_id: &Hash,
    joint_key: &RistrettoPoint,
    share_key: &RistrettoPoint,
    sums: &Sums,
    share: &DecryptionShare,
    points: &[RistrettoPoint],
) -> (Equality, Transcript) {
    use curve25519_dalek::traits::VartimeMultiscalarMul;
    let (head, who) = ((share.size, &*share.root), (share.trustee, share.contest));
    let mut transcript = Transcript::decryption(election_id, head, who, joint_key, share_key, points.len());
    let bytes = sums.to_bytes();
    let (cells, _) = bytes.as_chunks::<64>();
    for (cell, point) in cells.iter().zip(share.points.chunks_exact(ENCODED_LENGTH)) {
        transcript.decryption_cell(cell, point);
    }
    let tau = transcript.decryption_fold();
    let powers: Vec<Scalar> = core::iter::successors(Some(Scalar::ONE), |power| Some(power * tau))
        .take(points.len())
        .collect();
    let fold = |points: &mut dyn Iterator<Item = RistrettoPoint>| {
        // Zero cells fold to the identity.
        let points: Vec<RistrettoPoint> = points.collect();
        if points.is_empty() {
            return identity();
        }
        RistrettoPoint::vartime_multiscalar_mul(&powers, &points)
    };
    let statement = Equality {
        key: *share_key,
        base: fold(&mut sums.cells().iter().map(|cell| cell.0)),
        image: fold(&mut points.iter().copied()),
    };
    (statement, transcript)
}

#[cfg(feature = "trustee")]
impl crate::keys::SecretShare {
    /// Decrypts a contest's sums, with proof. `size` and `root` are the
    /// closing checkpoint that the trustee audited and stored before.
    ///
    /// Constant time in the secret. The caller has added up `sums` from that
    /// very checkpoint and decrypts once only (attacks D9, D10).
    pub fn decrypt<R: rand_core::CryptoRng + ?Sized>(
        &self,
        election_id: &Hash,
        joint_key: &RistrettoPoint,
        contest: u32,
        (size, root): (u64, &Hash),
        sums: &Sums,
        rng: &mut R,
    ) -> DecryptionShare {
        let points: Vec<RistrettoPoint> = sums.cells().iter().map(|cell| cell.0 * self.secret()).collect();
        let encoded: Vec<u8> = points
            .iter()
            .flat_map(|point| point.compress().to_bytes())
            .collect();
        let mut share = DecryptionShare {
            trustee: self.trustee(),
            contest,
            size,
            root: (*root).into(),
            points: encoded.into(),
            proof: [0; 64].into(),
        };
        let (statement, transcript) = fold(election_id, joint_key, &self.public(), sums, &share, &points);
        share.proof = statement.prove(transcript, self.secret(), rng).into();
        share
    }
}
