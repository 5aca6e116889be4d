//! Any threshold of proven shares opens the sums (specs/08-decrypt.md §4).

use alloc::vec::Vec;

use curve25519_dalek::traits::VartimeMultiscalarMul;

use super::VerifiedShare;
use crate::group::{RistrettoPoint, Scalar};
use crate::tally::Sums;

/// Why shares do not open the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CombineFault {
    /// Too few trustees.
    #[error("{found} proven share(s), but {threshold} are needed")]
    TooFew {
        /// Shares of different trustees.
        found: usize,
        /// Shares needed.
        threshold: u32,
    },
    /// Shares of several contests, or of sums with another number of cells.
    #[error("the share of trustee {trustee} belongs to other sums")]
    OtherSums {
        /// The trustee.
        trustee: u32,
    },
    /// A share off the polynomial that the others lie on. With shares proven
    /// against the keys of one ceremony this cannot happen.
    #[error("the share of trustee {trustee} does not lie on one polynomial with the others")]
    OffPolynomial {
        /// The trustee.
        trustee: u32,
    },
}

/// Combines proven shares of a contest into `v·M` of every cell. Shares
/// beyond the threshold must lie on the same polynomial.
pub fn combine(
    threshold: u32,
    sums: &Sums,
    shares: &[VerifiedShare],
) -> Result<Vec<RistrettoPoint>, CombineFault> {
    let mut by_trustee: Vec<&VerifiedShare> = shares.iter().collect();
    by_trustee.sort_by_key(|share| share.trustee());
    by_trustee.dedup_by_key(|share| share.trustee());
    check_same_sums(sums, &by_trustee)?;
    let (found, needed) = (by_trustee.len(), threshold as usize);
    if found < needed || needed == 0 {
        return Err(CombineFault::TooFew { found, threshold });
    }
    let (first, others) = by_trustee.split_at(needed);
    for other in others {
        let at = Scalar::from(u64::from(other.trustee()) + 1);
        if interpolate(first, at) != other.points() {
            let trustee = other.trustee();
            return Err(CombineFault::OffPolynomial { trustee });
        }
    }
    let decrypted = interpolate(first, Scalar::ZERO);
    let opened = sums
        .cells()
        .iter()
        .zip(decrypted)
        .map(|(cell, secret)| cell.1 - secret);
    Ok(opened.collect())
}

fn check_same_sums(sums: &Sums, shares: &[&VerifiedShare]) -> Result<(), CombineFault> {
    let cells = sums.cells().len();
    let contest = shares.first().map(|share| share.contest());
    let belongs = |share: &&&VerifiedShare| share.points().len() == cells && Some(share.contest()) == contest;
    match shares.iter().find(|share| !belongs(share)) {
        Some(share) => Err(CombineFault::OtherSums {
            trustee: share.trustee(),
        }),
        None => Ok(()),
    }
}

/// The value at `at`, in the exponent, of the polynomial through the shares:
/// `Σ_i λ_i·D_i`, `λ_i = Π_{j≠i} (at − x_j) / (x_i − x_j)`.
fn interpolate(shares: &[&VerifiedShare], at: Scalar) -> Vec<RistrettoPoint> {
    let x = |share: &VerifiedShare| Scalar::from(u64::from(share.trustee()) + 1);
    let weights: Vec<Scalar> = shares
        .iter()
        .map(|share| {
            let others = shares.iter().filter(|other| other.trustee() != share.trustee());
            let (over, under) = others.fold((Scalar::ONE, Scalar::ONE), |(over, under), other| {
                (over * (at - x(other)), under * (x(share) - x(other)))
            });
            over * under.invert()
        })
        .collect();
    let cells = shares.first().map_or(0, |share| share.points().len());
    (0..cells)
        .map(|cell| {
            let points = shares.iter().map(|share| share.points()[cell]);
            RistrettoPoint::vartime_multiscalar_mul(&weights, points)
        })
        .collect()
}
