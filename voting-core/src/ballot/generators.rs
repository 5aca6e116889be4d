//! The vector generators `G_p`, `H_p` of the range proof
//! (specs/05-ballot.md §3.1).
//!
//! They are hashed to the group, so nobody knows a relation between them, and
//! they are no parameter: a ledger cannot ship others (attacks A13, A14). The
//! chain is that of the `bulletproofs` crate:
//! `SHAKE256("GeneratorsChain" ‖ 'G' or 'H' ‖ u32le(party))`, 64 bytes a point.

use alloc::boxed::Box;
use alloc::vec::Vec;

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT;
use curve25519_dalek::ristretto::VartimeRistrettoPrecomputation;
use curve25519_dalek::traits::{VartimeMultiscalarMul, VartimePrecomputedMultiscalarMul};
use once_cell::race::OnceBox;
use sha3::Shake256;
use sha3::digest::{ExtendableOutput, Update, XofReader};

use crate::group::{RistrettoPoint, Scalar, message_base};
use crate::statement::MAX_PADDED_BITS;

/// Vectors up to this length carry tables of odd multiples (10 kB a point);
/// longer ones are summed faster without.
const MAX_TABLED: usize = 128;
/// Beside more points than these the tables do not pay: points without a table
/// cost less in a sum that sorts all of them into buckets.
const MAX_BESIDE_TABLES: usize = 76;
/// Points that are sorted into buckets at once, 32 times over: the library keeps
/// 224 bytes of each, and so many fit into a core's second-level cache.
const MAX_SORTED: usize = 1 << 13;
/// One set for each power of two up to [`MAX_PADDED_BITS`].
const SETS: usize = MAX_PADDED_BITS.trailing_zeros() as usize + 1;

/// `G` and `H` of one length `N`, and with them the other points that every
/// verifier's sum has: `B` and `M`.
pub struct Generators {
    length: usize,
    /// `G_0 … G_(N−1), H_0 … H_(N−1), B, M`.
    fixed: Vec<RistrettoPoint>,
    tables: Option<VartimeRistrettoPrecomputation>,
}

/// The first `count` points of a chain.
fn chain(kind: u8, party: u32, count: usize) -> impl Iterator<Item = RistrettoPoint> {
    let mut shake = Shake256::default();
    shake.update(b"GeneratorsChain");
    shake.update(&[kind]);
    shake.update(&party.to_le_bytes());
    let mut reader = shake.finalize_xof();
    (0..count).map(move |_| {
        let mut uniform = [0; 64];
        reader.read(&mut uniform);
        RistrettoPoint::from_uniform_bytes(&uniform)
    })
}

impl Generators {
    /// The generators of party 0 for a length `N`: a power of two, at most
    /// [`MAX_PADDED_BITS`]. Computed once per length.
    pub fn of_length(length: usize) -> &'static Generators {
        static CACHE: [OnceBox<Generators>; SETS] = [const { OnceBox::new() }; SETS];
        let index = length.trailing_zeros() as usize;
        CACHE[index].get_or_init(|| Box::new(Self::for_parties(1 << index, 1)))
    }

    /// The generators the `bulletproofs` crate uses for `parties` values of
    /// `bits` bits each. For comparisons with that crate.
    pub fn for_parties(bits: usize, parties: u32) -> Generators {
        let of_kind = |kind| (0..parties).flat_map(move |party| chain(kind, party, bits));
        let fixed: Vec<RistrettoPoint> = of_kind(b'G')
            .chain(of_kind(b'H'))
            .chain([RISTRETTO_BASEPOINT_POINT, *message_base()])
            .collect();
        let length = fixed.len() / 2 - 1;
        let tables = (length <= MAX_TABLED).then(|| VartimeRistrettoPrecomputation::new(&fixed));
        Generators {
            length,
            fixed,
            tables,
        }
    }

    /// The length `N`.
    pub fn length(&self) -> usize {
        self.length
    }

    /// `G_0 … G_(N−1)`.
    pub fn g(&self) -> &[RistrettoPoint] {
        &self.fixed[..self.length]
    }

    /// `H_0 … H_(N−1)`.
    pub fn h(&self) -> &[RistrettoPoint] {
        &self.fixed[self.length..2 * self.length]
    }

    /// The sum of `fixed` times `G, H, B, M`, in this order (the last ones may
    /// be left out), and of all `scalars` times `points`. In variable time, for
    /// public data.
    pub(crate) fn vartime_sum(
        &self,
        fixed: &[Scalar],
        scalars: &[Scalar],
        points: &[&RistrettoPoint],
    ) -> RistrettoPoint {
        let others = points.iter().copied();
        match &self.tables {
            Some(tables) if points.len() <= MAX_BESIDE_TABLES => {
                tables.vartime_mixed_multiscalar_mul(fixed, scalars, others)
            }
            _ => vartime_sum(fixed.iter().zip(&self.fixed).chain(scalars.iter().zip(others))),
        }
    }
}

/// `Σ s·P` over all terms, leaving out zeros, in variable time.
pub(crate) fn vartime_sum<'a>(
    terms: impl Iterator<Item = (&'a Scalar, &'a RistrettoPoint)>,
) -> RistrettoPoint {
    // Collected, because the multiplication chooses its algorithm by the exact length.
    let (scalars, points): (Vec<&Scalar>, Vec<&RistrettoPoint>) =
        terms.filter(|(scalar, _)| **scalar != Scalar::ZERO).unzip();
    let parts = scalars.chunks(MAX_SORTED).zip(points.chunks(MAX_SORTED));
    parts
        .map(|(scalars, points)| {
            RistrettoPoint::vartime_multiscalar_mul(scalars.iter().copied(), points.iter().copied())
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a13_generators_are_the_reference_crates_and_no_parameter() {
        // The crate shows G only.
        let reference = bulletproofs::BulletproofGens::new(64, 4);
        for party in 0..4 {
            let ours: Vec<_> = chain(b'G', party, 64)
                .map(|point| point.compress().to_bytes())
                .collect();
            let theirs: Vec<_> = reference
                .share(party as usize)
                .G(64)
                .map(|point| point.compress().to_bytes())
                .collect();
            assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn a14_the_generators_are_frozen() {
        let set = Generators::of_length(32);
        let mut bytes = Vec::new();
        for point in set.g().iter().chain(set.h()) {
            bytes.extend_from_slice(point.compress().as_bytes());
        }
        let digest = crate::hash::identifier("test", &[&bytes]);
        assert_eq!(
            hex::encode(digest),
            "07c9ddb4b9c93f9b895148cfef33ef9653097f14a3931ca74d8632ac0de20bcb"
        );
    }
}
