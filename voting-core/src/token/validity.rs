//! The proof that an issuer's RSA key blinds perfectly
//! (specs/04-roll-and-tokens.md §5).
//!
//! **Relation.** `x ↦ x^e mod N` is a permutation of `Z_N*`, that is
//! `gcd(e, φ(N)) = 1`. Then the factor `r^e` that hides a voter's message is
//! uniform, and nothing the issuer chose in `N` lets it recognise a token again
//! (attack G3).
//!
//! **Proof** (Goldberg, Reyzin, Sagga, Baldimtsi 2018, for a fixed prime `e`).
//! Eight values `ρ_i` are hashed from `N`, `e` and the context; the issuer shows
//! their `e`-th roots `σ_i`. If `e` divides `φ(N)`, at most one element of
//! `Z_N*` in `e` has a root: the chance that eight have is `65537^−8 < 2^−128`.
//! The bound counts elements of `Z_N*`, so a `ρ_i` that shares a factor with `N`
//! refuses the key.
//!
//! Besides, the verifier divides `N` by every prime up to [`TRIAL_BOUND`] (the
//! paper's `α`, here `e` itself), and refuses primes and prime powers: their
//! secret is public.
//!
//! | paper | here |
//! |---|---|
//! | `N`, `e` | modulus, 65537 |
//! | `α` | [`TRIAL_BOUND`] |
//! | `m` | [`ROOTS`] |
//! | `ρ_i` | `challenge` |
//! | `σ_i` | the `i`-th root in the proof |

use alloc::vec::Vec;

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Gcd, NonZero, Odd, Resize};
use rand_core::CryptoRng;
use rsa::RsaPrivateKey;
use rsa::hazmat::rsa_decrypt_and_check;
use rsa::traits::PublicKeyParts;
use sha3::Shake256;
use sha3::digest::{ExtendableOutput, Update, XofReader};

use super::structures::TokenType;
use crate::hash::Hash;

/// The public exponent of every issuer key.
pub const EXPONENT: u32 = 65_537;
/// Roots in a proof.
pub const ROOTS: usize = 8;
/// A modulus has no prime factor up to this bound.
pub const TRIAL_BOUND: u32 = 65_537;

/// Hashed bits beyond the modulus' own: the reduced value is uniform up to `2^−128`.
const EXCESS_BITS: u32 = 128;

/// What a proof is bound to, besides the modulus and `e`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context<'a> {
    /// The election.
    pub election_id: &'a Hash,
    /// Index of the issuer.
    pub issuer: u32,
    /// Index of the style.
    pub style: u32,
}

/// Why a key or its proof is refused. The issuer is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKey {
    /// The modulus has another size than the manifest seals.
    #[error("the modulus has {found} bits, the manifest seals {expected}")]
    Size {
        /// Bits by the manifest.
        expected: u32,
        /// Bits of the modulus.
        found: u32,
    },
    /// The modulus is even.
    #[error("the modulus is even")]
    Even,
    /// A small prime divides the modulus.
    #[error("the modulus is divisible by {0}")]
    SmallFactor(u32),
    /// The modulus is a prime or a power of one: everybody knows its secret key.
    #[error("the modulus is a prime or a power of a prime")]
    PrimePower,
    /// The proof is not eight numbers of the modulus' length.
    #[error("the proof has {found} bytes instead of {expected}")]
    ProofLength {
        /// Eight times the modulus' bytes.
        expected: usize,
        /// Bytes of the proof.
        found: usize,
    },
    /// A root that is not below the modulus.
    #[error("root {0} of the proof is not below the modulus")]
    RootRange(usize),
    /// A number that is no root of the hashed value.
    #[error("number {0} of the proof is not the e-th root of its hashed value")]
    NotARoot(usize),
    /// A hashed value shares a factor with the modulus.
    #[error("hashed value {0} shares a factor with the modulus")]
    SharedFactor(usize),
}

/// Why a proof could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The key is not of a size in use, or e is not 65537.
    #[error("issuer keys have 2048, 3072 or 4096 bits and e = 65537")]
    Parameters,
    /// The private operation failed: the key is inconsistent.
    #[error("the private key does not compute roots: its parts do not belong together")]
    Inconsistent,
}

/// Makes the proof with the issuer's private key. Roots are computed in
/// constant time with blinding and checked before they are returned.
pub fn prove<R: CryptoRng + ?Sized>(
    context: &Context<'_>,
    key: &RsaPrivateKey,
    rng: &mut R,
) -> Result<Vec<u8>, ProofError> {
    let bits = key.n().bits();
    let known = TokenType::for_bits(bits).is_some();
    if !known || *key.e() != BoxedUint::from(EXPONENT) {
        return Err(ProofError::Parameters);
    }
    let modulus = key.n().as_ref().clone();
    let mut proof = Vec::with_capacity(ROOTS * bits as usize / 8);
    for index in 0..ROOTS {
        let value = challenge(context, &modulus, index);
        let root = rsa_decrypt_and_check(key, Some(rng), &value).map_err(|_| ProofError::Inconsistent)?;
        proof.extend_from_slice(&root.to_be_bytes());
    }
    Ok(proof)
}

/// Verifies size, shape and proof of a modulus. All inputs are public.
pub fn verify(
    context: &Context<'_>,
    token_type: TokenType,
    modulus: &[u8],
    proof: &[u8],
) -> Result<(), InvalidKey> {
    let n = check_shape(token_type, modulus)?;
    let expected = ROOTS * modulus.len();
    if proof.len() != expected {
        return Err(InvalidKey::ProofLength {
            expected,
            found: proof.len(),
        });
    }
    check_small_factors(&n)?;
    let params = BoxedMontyParams::new_vartime(n);
    for (index, root) in proof.chunks_exact(modulus.len()).enumerate() {
        check_root(context, &params, index, root)?;
    }
    // Last, because it takes longest.
    check_prime_power(&params)
}

/// Size and oddness: what every reader of a modulus asks.
pub(super) fn check_shape(token_type: TokenType, modulus: &[u8]) -> Result<Odd<BoxedUint>, InvalidKey> {
    let n = BoxedUint::from_be_slice_vartime(modulus);
    let (expected, found) = (token_type.bits(), n.bits_vartime());
    if modulus.len() != token_type.length() || found != expected {
        return Err(InvalidKey::Size { expected, found });
    }
    Odd::new(n).into_option().ok_or(InvalidKey::Even)
}

/// Divides by several primes at a time: by products of them below 2^64.
fn check_small_factors(n: &BoxedUint) -> Result<(), InvalidKey> {
    let bytes = n.to_be_bytes();
    let words = bytes.as_chunks::<8>().0;
    let remainder = |divisor: u64| {
        let divisor = u128::from(divisor);
        let step =
            |rest: u128, word: &[u8; 8]| (rest << 64 | u128::from(u64::from_be_bytes(*word))) % divisor;
        words.iter().fold(0, step)
    };
    let primes: Vec<u32> = primes(TRIAL_BOUND).collect();
    // No prime is longer than 17 bits, and no group of three than 51.
    for group in primes.chunks(3) {
        let product = group.iter().map(|prime| u64::from(*prime)).product();
        let rest = remainder(product);
        if let Some(prime) = group.iter().find(|prime| rest % u128::from(**prime) == 0) {
            return Err(InvalidKey::SmallFactor(*prime));
        }
    }
    Ok(())
}

/// The primes up to a bound, by the sieve of Eratosthenes.
fn primes(bound: u32) -> impl Iterator<Item = u32> {
    let mut composite = alloc::vec![false; bound as usize + 1];
    (2..=bound).filter(move |candidate| {
        if composite[*candidate as usize] {
            return false;
        }
        (candidate * 2..=bound)
            .step_by(*candidate as usize)
            .for_each(|multiple| composite[multiple as usize] = true);
        true
    })
}

/// For `N = p^k`, p divides `2^N − 2` (Fermat); for an honest `N = p·q` that
/// happens only if `2^(q−1) = 1` modulo p, which nobody will ever see.
fn check_prime_power(params: &BoxedMontyParams) -> Result<(), InvalidKey> {
    let n = params.modulus().as_ref();
    let two = BoxedMontyForm::new(BoxedUint::from(2u32).resize_unchecked(n.bits_precision()), params);
    // N is public: where its bit is set, the square is doubled.
    let mut power = BoxedMontyForm::one(params);
    for bit in (0..n.bits_vartime()).rev() {
        power = power.square();
        if n.bit_vartime(bit) {
            power = power.double();
        }
    }
    let difference = power.sub(&two).retrieve();
    if is_coprime(&difference, n) {
        Ok(())
    } else {
        Err(InvalidKey::PrimePower)
    }
}

fn check_root(
    context: &Context<'_>,
    params: &BoxedMontyParams,
    index: usize,
    root: &[u8],
) -> Result<(), InvalidKey> {
    let n = params.modulus().as_ref();
    let root = BoxedUint::from_be_slice_vartime(root);
    if root >= *n {
        return Err(InvalidKey::RootRange(index));
    }
    let value = challenge(context, n, index);
    if !is_coprime(&value, n) {
        return Err(InvalidKey::SharedFactor(index));
    }
    // e = 2^16 + 1: sixteen squares and one product.
    let root = BoxedMontyForm::new(root, params);
    let square = (0..16).fold(root.clone(), |power, _| power.square());
    if square.mul(&root).retrieve() != value {
        return Err(InvalidKey::NotARoot(index));
    }
    Ok(())
}

fn is_coprime(value: &BoxedUint, n: &BoxedUint) -> bool {
    bool::from(n.gcd_vartime(value).is_one())
}

/// `ρ_i`: SHAKE256 of domain, election id, issuer, style, e, index (4 bytes each,
/// big-endian) and the modulus, as a number 128 bits longer than it, modulo `N`.
pub(super) fn challenge(context: &Context<'_>, n: &BoxedUint, index: usize) -> BoxedUint {
    let bits = n.bits_precision();
    let mut hash = Shake256::default();
    hash.update(b"psephos/v1/key-validity");
    hash.update(context.election_id);
    for number in [context.issuer, context.style, EXPONENT, index as u32] {
        hash.update(&number.to_be_bytes());
    }
    hash.update(&n.to_be_bytes());
    let mut wide = alloc::vec![0; (bits + EXCESS_BITS) as usize / 8];
    hash.finalize_xof().read(&mut wide);
    let wide = BoxedUint::from_be_slice_vartime(&wide);
    let n = NonZero::new(n.clone()).expect("an odd modulus is not zero");
    wide.rem_vartime(&n).resize_unchecked(bits)
}
