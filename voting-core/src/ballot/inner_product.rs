//! The inner-product argument (Bünz et al. 2018 §3), prover's side
//! (specs/05-ballot.md §3.4).
//!
//! Everything here runs in variable time: the vectors are `l(x)` and `r(x)`,
//! which the protocol without this argument sends in the clear (§4.1 of the
//! paper) and which its simulator makes without the witness. `s_L` and `s_R`
//! hide the bits in them.

use alloc::vec::Vec;

use crate::ballot::generators::{Generators, vartime_sum};
use crate::group::{CompressedRistretto, RistrettoPoint, Scalar, vartime_invert};
use crate::transcript::Transcript;

/// Rounds after which folded generators are computed. Until then a round
/// multiplies the original ones by products of challenges: with tables that is
/// cheaper than folding, but folding now and then keeps the cost linear.
const ROUNDS_PER_FOLD: usize = 3;
/// Shorter bases are not folded.
const SHORTEST_FOLD: usize = 64;

/// The argument: `L, R` of every round and the last two scalars.
pub(crate) struct InnerProductProof {
    pub(crate) rounds: Vec<(CompressedRistretto, CompressedRistretto)>,
    pub(crate) a: Scalar,
    pub(crate) b: Scalar,
}

/// Generators with the factors that the rounds so far put on them.
struct Basis<'a> {
    fixed: Option<&'a Generators>,
    g: Vec<RistrettoPoint>,
    h: Vec<RistrettoPoint>,
    g_factors: Vec<Scalar>,
    h_factors: Vec<Scalar>,
    rounds: usize,
}

pub(crate) fn inner_product(a: &[Scalar], b: &[Scalar]) -> Scalar {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Proves `⟨a, b⟩` with respect to `G`, `h_factors ∘ H` and `weight·value_base`.
pub(crate) fn prove(
    transcript: &mut Transcript,
    generators: &Generators,
    h_factors: Vec<Scalar>,
    (weight, value_base): (&Scalar, &RistrettoPoint),
    mut a: Vec<Scalar>,
    mut b: Vec<Scalar>,
) -> InnerProductProof {
    let mut basis = Basis::new(generators, h_factors);
    let mut rounds = Vec::new();
    transcript.inner_product(a.len() as u64);
    while a.len() > 1 {
        let half = a.len() / 2;
        let (a_low, a_high) = a.split_at(half);
        let (b_low, b_high) = b.split_at(half);
        let c_l = inner_product(a_low, b_high) * weight;
        let c_r = inner_product(a_high, b_low) * weight;
        let l = basis
            .vartime_cross(half, true, a_low, b_high, c_l, value_base)
            .compress();
        let r = basis
            .vartime_cross(half, false, a_high, b_low, c_r, value_base)
            .compress();
        let u = transcript.inner_product_round(&l, &r);
        let inverse = vartime_invert(&u);
        rounds.push((l, r));
        a = (0..half).map(|i| a_low[i] * u + a_high[i] * inverse).collect();
        b = (0..half).map(|i| b_low[i] * inverse + b_high[i] * u).collect();
        basis.apply(half, &u, &inverse);
    }
    InnerProductProof {
        rounds,
        a: a[0],
        b: b[0],
    }
}

impl<'a> Basis<'a> {
    fn new(generators: &'a Generators, h_factors: Vec<Scalar>) -> Self {
        let g_factors = alloc::vec![Scalar::ONE; generators.length()];
        Self {
            fixed: Some(generators),
            g: Vec::new(),
            h: Vec::new(),
            g_factors,
            h_factors,
            rounds: 0,
        }
    }

    fn points(&self) -> (&[RistrettoPoint], &[RistrettoPoint]) {
        match self.fixed {
            Some(generators) => (generators.g(), generators.h()),
            None => (&self.g, &self.h),
        }
    }

    /// `⟨a, G'⟩ + ⟨b, H'⟩ + c·Q'`, with `G'` the high half of the folded
    /// generators and `H'` the low one (`L`), or the other way round (`R`).
    /// Position `p` of the basis belongs to folded generator `p mod 2·half`.
    fn vartime_cross(
        &self,
        half: usize,
        g_high: bool,
        a: &[Scalar],
        b: &[Scalar],
        c: Scalar,
        value_base: &RistrettoPoint,
    ) -> RistrettoPoint {
        let mut scalars = Vec::with_capacity(2 * self.g_factors.len());
        let mut side = |vector: &[Scalar], factors: &[Scalar], high: bool| {
            scalars.extend(factors.iter().enumerate().map(|(p, factor)| {
                let in_high = p & half != 0;
                if in_high == high {
                    vector[p & (half - 1)] * factor
                } else {
                    Scalar::ZERO
                }
            }));
        };
        side(a, &self.g_factors, g_high);
        side(b, &self.h_factors, !g_high);
        match self.fixed {
            Some(generators) => generators.vartime_sum(&scalars, &[c], &[value_base]),
            None => {
                let folded = scalars.iter().zip(self.g.iter().chain(&self.h));
                vartime_sum(folded.chain([(&c, value_base)]))
            }
        }
    }

    /// Puts a round's challenge on the generators: `u⁻¹·G_low + u·G_high`,
    /// `u·H_low + u⁻¹·H_high`.
    fn apply(&mut self, half: usize, u: &Scalar, inverse: &Scalar) {
        for (p, (g, h)) in self.g_factors.iter_mut().zip(&mut self.h_factors).enumerate() {
            let high = p & half != 0;
            *g *= if high { u } else { inverse };
            *h *= if high { inverse } else { u };
        }
        self.rounds += 1;
        if self.rounds == ROUNDS_PER_FOLD && self.g_factors.len() >= SHORTEST_FOLD {
            self.fold(half);
        }
    }

    /// Replaces the basis by the `length` folded generators themselves.
    fn fold(&mut self, length: usize) {
        let fold = |points: &[RistrettoPoint], factors: &[Scalar]| -> Vec<RistrettoPoint> {
            let one = |i: usize| vartime_sum(factors.iter().zip(points).skip(i).step_by(length));
            (0..length).map(one).collect()
        };
        let (g, h) = self.points();
        let folded = (fold(g, &self.g_factors), fold(h, &self.h_factors));
        (self.g, self.h) = folded;
        self.fixed = None;
        self.g_factors = alloc::vec![Scalar::ONE; length];
        self.h_factors = alloc::vec![Scalar::ONE; length];
        self.rounds = 0;
    }
}
