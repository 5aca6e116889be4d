//! Keys as a dishonest issuer would make them.

use alloc::vec;
use alloc::vec::Vec;

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd, Resize};
use rsa::traits::PrivateKeyParts;

use super::structures::TokenType;
use super::test_keys::private_key;
use super::validity::{self, Context, InvalidKey, ROOTS};
use crate::hash::Hash;

/// The election in which keys are refused.
pub(super) const ELECTION: Hash = [1; 32];

pub(super) fn refuse(modulus: &[u8], proof: &[u8]) -> InvalidKey {
    let context = Context {
        election_id: &ELECTION,
        issuer: 0,
        style: 0,
    };
    validity::verify(&context, TokenType::BlindRsa2048, modulus, proof).unwrap_err()
}

/// The larger prime of the first test key, with room for a product.
fn half() -> BoxedUint {
    let primes = private_key(0).primes();
    let largest = core::cmp::max(&primes[0], &primes[1]);
    largest.resize_unchecked(2048)
}

fn has_small_factor(n: &BoxedUint) -> bool {
    (3u32..400).step_by(2).any(|p| {
        let p = crypto_bigint::NonZero::new(crypto_bigint::Limb::from(p)).unwrap();
        n.rem_limb(p) == crypto_bigint::Limb::ZERO
    })
}

/// Whether `2^n = 2` modulo `n`, which for the numbers of these tests means: prime.
fn is_prime(n: &BoxedUint) -> bool {
    if has_small_factor(n) {
        return false;
    }
    let params = BoxedMontyParams::new_vartime(Odd::new(n.clone()).unwrap());
    let two = BoxedMontyForm::new(
        BoxedUint::from(2u32).resize_unchecked(n.bits_precision()),
        &params,
    );
    two.pow(n).retrieve() == two.retrieve()
}

/// A proof for the first style of an election's first issuer, whose numbers
/// are roots modulo every `m` that divides `n` and has `x^order = 1`.
fn roots(election_id: &Hash, n: &BoxedUint, order: &BoxedUint) -> Vec<u8> {
    let params = BoxedMontyParams::new_vartime(Odd::new(n.clone()).unwrap());
    let e = BoxedUint::from(validity::EXPONENT).resize_unchecked(2048);
    let order = crypto_bigint::NonZero::new(order.clone()).unwrap();
    let exponent = Option::<BoxedUint>::from(e.invert_mod(&order)).unwrap();
    let context = Context {
        election_id,
        issuer: 0,
        style: 0,
    };
    let root = |index| {
        let value = BoxedMontyForm::new(validity::challenge(&context, n, index), &params);
        value.pow(&exponent).retrieve().to_be_bytes().to_vec()
    };
    (0..ROOTS).flat_map(root).collect()
}

/// The largest prime of 2048 bits, and its true roots.
pub(super) fn largest_prime(election_id: &Hash) -> (Vec<u8>, Vec<u8>) {
    let mut prime = BoxedUint::max(2048);
    while !is_prime(&prime) {
        prime = prime.wrapping_sub(BoxedUint::from(2u32));
    }
    let order = prime.wrapping_sub(BoxedUint::from(1u32));
    (prime.to_be_bytes().to_vec(), roots(election_id, &prime, &order))
}

/// The square of a prime, and its true roots.
pub(super) fn prime_square(election_id: &Hash) -> (Vec<u8>, Vec<u8>) {
    let prime = half();
    let square = prime.wrapping_mul(&prime);
    assert_eq!(square.bits(), 2048);
    let order = square.wrapping_sub(&prime);
    (square.to_be_bytes().to_vec(), roots(election_id, &square, &order))
}

/// A number of 2048 bits divisible by a prime and by none below it.
pub(super) fn multiple_of(prime: u32) -> Vec<u8> {
    let prime = BoxedUint::from(prime).resize_unchecked(2048);
    let mut factor = BoxedUint::max(2048) / crypto_bigint::NonZero::new(prime.clone()).unwrap();
    loop {
        let product = prime.wrapping_mul(&factor).to_be_bytes().to_vec();
        let found = refuse(&product, &vec![0; ROOTS * 256]);
        if found == InvalidKey::SmallFactor(65_537) {
            return product;
        }
        factor = factor.wrapping_sub(BoxedUint::from(1u32));
    }
}

/// `N = p·q` with `p = 2·e·k + 1`, and numbers that are roots modulo q, the
/// best a cheating issuer has for almost all hashed values.
pub(super) fn key_with_e_in_phi(election_id: &Hash) -> (Vec<u8>, Vec<u8>) {
    let step = BoxedUint::from(2 * validity::EXPONENT).resize_unchecked(1024);
    let q = half();
    let mut k = BoxedUint::max(1024) / crypto_bigint::NonZero::new(step.clone()).unwrap();
    let p = loop {
        let candidate = step.wrapping_mul(&k).wrapping_add(BoxedUint::from(1u32));
        if is_prime(&candidate) {
            break candidate;
        }
        k = k.wrapping_sub(BoxedUint::from(1u32));
    };
    let n = p.resize_unchecked(2048).wrapping_mul(&q);
    assert_eq!(n.bits(), 2048);
    let order = q.wrapping_sub(BoxedUint::from(1u32));
    (n.to_be_bytes().to_vec(), roots(election_id, &n, &order))
}
