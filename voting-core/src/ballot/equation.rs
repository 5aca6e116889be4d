//! Many group equations as one weighted sum (specs/05-ballot.md §6).
//!
//! Every equation of every proof is multiplied by a fresh random 128-bit
//! weight; all hold exactly when the sum is the identity, but for chance
//! 2⁻¹²⁸. The fixed bases' scalars add up, so a ballot costs its own points.

use alloc::vec::Vec;

use rand_core::CryptoRng;

use crate::ballot::generators::Generators;
use crate::group::{RistrettoPoint, Scalar};
use curve25519_dalek::traits::IsIdentity;

/// The value base and the blinding base of commitments: `M` and `K`, or those
/// of the reference crate in comparisons with it.
#[derive(Debug, Clone, Copy)]
pub struct Bases<'a> {
    /// What values are multiplied with.
    pub value: &'a RistrettoPoint,
    /// What blindings are multiplied with.
    pub blinding: &'a RistrettoPoint,
}

/// A fresh weight. Secret until the sum is computed, never from a fixed seed.
pub(crate) fn weight<R: CryptoRng + ?Sized>(rng: &mut R) -> Scalar {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    Scalar::from(u128::from_le_bytes(bytes))
}

/// `basepoint·B + value·M + blinding·K + ⟨g, G⟩ + ⟨h, H⟩ + ⟨scalars, points⟩`.
pub(crate) struct Equation {
    pub(crate) basepoint: Scalar,
    pub(crate) value: Scalar,
    pub(crate) blinding: Scalar,
    pub(crate) g: Vec<Scalar>,
    pub(crate) h: Vec<Scalar>,
    scalars: Vec<Scalar>,
    points: Vec<RistrettoPoint>,
}

impl Equation {
    /// The empty sum over generators of this length, with room for points.
    pub(crate) fn new(length: usize, points: usize) -> Self {
        Self {
            basepoint: Scalar::ZERO,
            value: Scalar::ZERO,
            blinding: Scalar::ZERO,
            g: alloc::vec![Scalar::ZERO; length],
            h: alloc::vec![Scalar::ZERO; length],
            scalars: Vec::with_capacity(points + 3),
            points: Vec::with_capacity(points + 3),
        }
    }

    /// Adds `scalar·point`.
    pub(crate) fn add(&mut self, scalar: Scalar, point: &RistrettoPoint) {
        self.scalars.push(scalar);
        self.points.push(*point);
    }

    /// Whether the sum is the identity. Variable time: everything is public.
    pub(crate) fn vartime_holds(mut self, generators: &Generators, bases: Bases<'_>) -> bool {
        let (basepoint, value, blinding) = (self.basepoint, self.value, self.blinding);
        self.add(basepoint, &curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT);
        self.add(value, bases.value);
        self.add(blinding, bases.blinding);
        generators
            .vartime_sum(&self.g, &self.h, &self.scalars, &self.points)
            .is_identity()
    }
}
