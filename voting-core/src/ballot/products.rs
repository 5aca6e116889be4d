//! Sums of products of scalars, reduced modulo `ℓ` only once, when read.
//!
//! A batch adds up products of every ballot's factors for every generator;
//! reducing each of them would cost several times what multiplying does.
//! For public data: nothing here is wiped.

use crate::group::Scalar;

const LIMB_BITS: usize = 52;
const LIMB_MASK: u64 = (1 << LIMB_BITS) - 1;

/// A scalar as five limbs of 52 bits, lowest first.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limbs([u64; 5]);

impl From<&Scalar> for Limbs {
    fn from(scalar: &Scalar) -> Self {
        let (words, _) = scalar.as_bytes().as_chunks::<8>();
        let word = |index: usize| u64::from_le_bytes(words[index]);
        let (low, second, third, high) = (word(0), word(1), word(2), word(3));
        Self([
            low & LIMB_MASK,
            (low >> 52 | second << 12) & LIMB_MASK,
            (second >> 40 | third << 24) & LIMB_MASK,
            (third >> 28 | high << 36) & LIMB_MASK,
            high >> 16,
        ])
    }
}

/// `Σ a·b`, column by column: column `k` counts `2^(52·k)`. A product adds less
/// than 2^107 to a column, so there is room for two million of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Products([u128; 9]);

impl Products {
    pub(crate) const ZERO: Self = Self([0; 9]);

    /// Adds `a·b`.
    #[inline]
    pub(crate) fn add(&mut self, Limbs(a): &Limbs, Limbs(b): &Limbs) {
        let m = |i: usize, j: usize| u128::from(a[i]) * u128::from(b[j]);
        // Written out, so that every column is read and written only once.
        let columns = &mut self.0;
        columns[0] += m(0, 0);
        columns[1] += m(0, 1) + m(1, 0);
        columns[2] += m(0, 2) + m(1, 1) + m(2, 0);
        columns[3] += m(0, 3) + m(1, 2) + m(2, 1) + m(3, 0);
        columns[4] += m(0, 4) + m(1, 3) + m(2, 2) + m(3, 1) + m(4, 0);
        columns[5] += m(1, 4) + m(2, 3) + m(3, 2) + m(4, 1);
        columns[6] += m(2, 4) + m(3, 3) + m(4, 2);
        columns[7] += m(3, 4) + m(4, 3);
        columns[8] += m(4, 4);
    }

    /// The sum modulo `ℓ`.
    pub(crate) fn reduce(&self) -> Scalar {
        let mut wide = [0; 64];
        let (words, _) = wide.as_chunks_mut::<8>();
        let mut words = words.iter_mut();
        let (mut carry, mut pending, mut filled) = (0u128, 0u128, 0);
        for column in self.0.into_iter().chain([0]) {
            carry += column;
            pending |= (carry & u128::from(LIMB_MASK)) << filled;
            carry >>= LIMB_BITS;
            filled += LIMB_BITS;
            if filled >= 64 {
                if let Some(word) = words.next() {
                    *word = (pending as u64).to_le_bytes();
                }
                pending >>= 64;
                filled -= 64;
            }
        }
        // What is left lies above 512 bits: only very many products reach it.
        let low = Scalar::from_bytes_mod_order_wide(&wide);
        match pending | carry << filled {
            0 => low,
            high => low + Scalar::from(high) * two_to_512(),
        }
    }
}

/// `2^512` modulo `ℓ`.
fn two_to_512() -> Scalar {
    Scalar::from_bytes_mod_order_wide(&[0xff; 64]) + Scalar::ONE
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    fn sum(pairs: &[(Scalar, Scalar)]) -> Scalar {
        let mut products = Products::ZERO;
        for (a, b) in pairs {
            products.add(&Limbs::from(a), &Limbs::from(b));
        }
        products.reduce()
    }

    proptest! {
        #[test]
        fn a_sum_of_products_is_the_scalars(bytes in proptest::collection::vec(any::<[[u8; 32]; 2]>(), 0..20)) {
            let pairs: Vec<_> = bytes.iter()
                .map(|[a, b]| (Scalar::from_bytes_mod_order(*a), Scalar::from_bytes_mod_order(*b))).collect();
            prop_assert_eq!(sum(&pairs), pairs.iter().map(|(a, b)| a * b).sum::<Scalar>());
        }
    }

    #[test]
    fn thousands_of_the_largest_products_do_not_overflow() {
        let largest = -Scalar::ONE;
        for count in [1u64, 63, 64, 255, 256, 257, 512, 100_000] {
            let pairs = alloc::vec![(largest, largest); count as usize];
            assert_eq!(sum(&pairs), Scalar::from(count));
        }
    }
}
