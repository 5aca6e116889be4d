//! The group: Ristretto255 (RFC 9496), its strict decoding, and the message
//! base `M`.
//!
//! Every point and scalar that comes from outside passes through this file:
//! decoding accepts the canonical encoding only, and [`decode_key`] refuses
//! the identity too (specs/01-foundations.md §2).

use alloc::boxed::Box;
use alloc::vec::Vec;

pub use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
pub use curve25519_dalek::scalar::Scalar;

#[cfg(not(target_arch = "wasm32"))]
use crypto_bigint::{Odd, U256};
use curve25519_dalek::traits::Identity;
use once_cell::race::OnceBox;
use sha3::{Digest, Sha3_512};

/// Bytes of an encoded point or scalar.
pub const ENCODED_LENGTH: usize = 32;

/// Why 32 bytes are not the point or scalar they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GroupError {
    /// Not the canonical encoding of a Ristretto255 element.
    #[error("not a canonical Ristretto255 point")]
    Point,
    /// The identity, where a key or commitment is expected.
    #[error("the identity point is not allowed here")]
    Identity,
    /// Not a scalar below the group order.
    #[error("not a canonical scalar")]
    Scalar,
    /// Not 32 bytes.
    #[error("expected 32 bytes")]
    Length,
}

fn array(bytes: &[u8]) -> Result<[u8; 32], GroupError> {
    bytes.try_into().map_err(|_| GroupError::Length)
}

/// Decodes a point; the identity is accepted.
pub fn decode_point(bytes: &[u8]) -> Result<RistrettoPoint, GroupError> {
    CompressedRistretto(array(bytes)?)
        .decompress()
        .ok_or(GroupError::Point)
}

/// Decodes a point that is a key or a commitment: the identity is refused.
pub fn decode_key(bytes: &[u8]) -> Result<RistrettoPoint, GroupError> {
    // The identity's one canonical encoding is 32 zero bytes.
    if bytes == [0; ENCODED_LENGTH] {
        return Err(GroupError::Identity);
    }
    decode_point(bytes)
}

/// Decodes a scalar, canonical only.
pub fn decode_scalar(bytes: &[u8]) -> Result<Scalar, GroupError> {
    Option::from(Scalar::from_canonical_bytes(array(bytes)?)).ok_or(GroupError::Scalar)
}

/// The group order `ℓ` (RFC 9496 §4.4).
#[cfg(not(target_arch = "wasm32"))]
const ORDER: Odd<U256> =
    Odd::<U256>::from_be_hex("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");

/// The inverse of a public scalar in variable time, a third of what constant
/// time takes. Zero, which has none, gives zero.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn vartime_invert(scalar: &Scalar) -> Scalar {
    let inverse: Option<U256> = U256::from_le_slice(scalar.as_bytes())
        .invert_odd_mod_vartime(&ORDER)
        .into();
    let bytes = inverse.unwrap_or(U256::ZERO).to_le_bytes();
    Scalar::from_bytes_mod_order(bytes.into())
}

/// The inverse of a public scalar; zero gives zero. Here in constant time,
/// which every voter has loaded anyway.
#[cfg(target_arch = "wasm32")]
pub(crate) fn vartime_invert(scalar: &Scalar) -> Scalar {
    scalar.invert()
}

/// Replaces public scalars by their inverses, and zeros by ones, in variable
/// time: one inversion, and three multiplications for each.
pub(crate) fn vartime_invert_all(scalars: &mut [Scalar]) {
    let mut product = Scalar::ONE;
    let mut before = Vec::with_capacity(scalars.len());
    for scalar in scalars.iter_mut() {
        if *scalar == Scalar::ZERO {
            *scalar = Scalar::ONE;
        }
        before.push(product);
        product *= *scalar;
    }
    let mut inverse = vartime_invert(&product);
    for (scalar, before) in scalars.iter_mut().zip(before).rev() {
        let own = inverse * before;
        inverse *= *scalar;
        *scalar = own;
    }
}

/// The identity point.
pub fn identity() -> RistrettoPoint {
    RistrettoPoint::identity()
}

/// Maps a SHA3-512 digest of the concatenated parts onto the group
/// (RFC 9496 §4.3.4). Nobody knows the logarithm of the result.
pub fn point_from_hash(parts: &[&[u8]]) -> RistrettoPoint {
    let mut hash = Sha3_512::new();
    for part in parts {
        hash.update(part);
    }
    RistrettoPoint::from_uniform_bytes(&hash.finalize().into())
}

/// The message base `M = from_uniform_bytes(SHA3-512("psephos/v1/message-base"))`.
///
/// Nobody knows `log_B(M)`: with a joint key `K = x·B` the commitment
/// `v·M + r·K` stays binding even against all trustees together
/// (specs/01-foundations.md §2).
pub fn message_base() -> &'static RistrettoPoint {
    static BASE: OnceBox<RistrettoPoint> = OnceBox::new();
    BASE.get_or_init(|| Box::new(point_from_hash(&[b"psephos/v1/message-base"])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_base_is_the_published_constant() {
        // Frozen: a change here is another protocol.
        assert_eq!(
            hex::encode(message_base().compress().as_bytes()),
            "dee8492b29559d02f300dd58eb92f13640ce3c1ff76961013eb749d8f678424a"
        );
    }

    #[test]
    fn the_identity_is_a_point_but_no_key() {
        assert!(decode_point(&[0; 32]).is_ok());
        assert_eq!(decode_key(&[0; 32]), Err(GroupError::Identity));
    }

    #[test]
    fn only_canonical_scalars_decode() {
        let mut order_minus_one = (-Scalar::ONE).to_bytes();
        assert!(decode_scalar(&order_minus_one).is_ok());
        order_minus_one[0] += 1;
        assert_eq!(decode_scalar(&order_minus_one), Err(GroupError::Scalar));
        assert_eq!(decode_scalar(&[0; 31]), Err(GroupError::Length));
    }
    #[test]
    fn inverses_are_those_of_constant_time() {
        let mut scalars: Vec<Scalar> = (1..50u64)
            .map(|i| Scalar::from(i) * Scalar::from_bytes_mod_order([i as u8; 32]) - Scalar::ONE)
            .chain([Scalar::ONE, -Scalar::ONE])
            .collect();
        let expected: Vec<Scalar> = scalars.iter().map(Scalar::invert).collect();
        assert_eq!(scalars.iter().map(vartime_invert).collect::<Vec<_>>(), expected);
        vartime_invert_all(&mut scalars);
        assert_eq!(scalars, expected);
        assert_eq!(vartime_invert(&Scalar::ZERO), Scalar::ZERO);
        let mut with_zero = [Scalar::ZERO, Scalar::from(2u64)];
        vartime_invert_all(&mut with_zero);
        assert_eq!(with_zero, [Scalar::ONE, Scalar::from(2u64).invert()]);
    }
}
