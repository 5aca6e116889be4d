//! Many group equations as one weighted sum (specs/05-ballot.md §6).
//!
//! Every equation of every proof is multiplied by a fresh random 128-bit
//! weight; all hold exactly when the sum is the identity, but for chance
//! 2⁻¹²⁸. The fixed bases' scalars add up, so a ballot costs its own points.

use alloc::vec::Vec;

use curve25519_dalek::traits::IsIdentity;
use rand_core::CryptoRng;

use crate::ballot::generators::Generators;
use crate::ballot::products::Products;
use crate::group::{RistrettoPoint, Scalar, message_base};

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

/// `basepoint·B + value·M + blinding·K + ⟨g − shift, G⟩ + ⟨h + shift, H⟩ + ⟨scalars, points⟩`.
pub(crate) struct Equation<'a> {
    pub(crate) basepoint: Scalar,
    pub(crate) value: Scalar,
    pub(crate) blinding: Scalar,
    /// What all `G_p` and, negated, all `H_p` have in common.
    pub(crate) shift: Scalar,
    pub(crate) g: Vec<Products>,
    pub(crate) h: Vec<Products>,
    scalars: Vec<Scalar>,
    points: Vec<&'a RistrettoPoint>,
}

impl<'a> Equation<'a> {
    /// The empty sum over generators of this length, with room for points.
    pub(crate) fn new(length: usize, points: usize) -> Self {
        Self {
            basepoint: Scalar::ZERO,
            value: Scalar::ZERO,
            blinding: Scalar::ZERO,
            shift: Scalar::ZERO,
            g: alloc::vec![Products::ZERO; length],
            h: alloc::vec![Products::ZERO; length],
            scalars: Vec::with_capacity(points + 2),
            points: Vec::with_capacity(points + 2),
        }
    }

    /// Adds `scalar·point`.
    pub(crate) fn add(&mut self, scalar: Scalar, point: &'a RistrettoPoint) {
        self.scalars.push(scalar);
        self.points.push(point);
    }

    /// Whether the sum is the identity. Variable time: everything is public.
    pub(crate) fn vartime_holds(mut self, generators: &Generators, bases: Bases<'a>) -> bool {
        let mut message = Scalar::ZERO;
        if bases.value == message_base() {
            message = self.value;
        } else {
            self.add(self.value, bases.value);
        }
        self.add(self.blinding, bases.blinding);
        let g = self.g.iter().map(|sum| sum.reduce() - self.shift);
        let h = self.h.iter().map(|sum| sum.reduce() + self.shift);
        let fixed: Vec<Scalar> = g.chain(h).chain([self.basepoint, message]).collect();
        generators
            .vartime_sum(&fixed, &self.scalars, &self.points)
            .is_identity()
    }
}
