//! Attacks that touch several modules at once, by the public interface alone
//! (specs/threat-model.md §3).

use std::collections::BTreeSet;

use crypto_bigint::{JacobiSymbol, Odd, U256};
use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use ed25519_dalek::{Signer, SigningKey};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sha2::{Digest, Sha512};
use voting_core::ballot::{BallotContext, Draft};
use voting_core::credential::Credential;
use voting_core::entry::verify_signature;
use voting_core::group::{RistrettoPoint, Scalar, decode_key, decode_point, identity, message_base};
use voting_core::statement::Statement;

fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// Any choice among `cells` projects.
fn context(cells: usize) -> BallotContext {
    BallotContext {
        election_id: [7; 32],
        joint_key: RistrettoPoint::mul_base(&Scalar::from(77_777u64)),
        key_digest: [9; 32],
        style: 0,
        statement: Statement::new(vec![1; cells], vec![]).unwrap(),
        issuers: 0,
        token_length: 256,
    }
}

/// The cells `(R, C)` of a ballot of these values.
fn cells(context: &BallotContext, values: &[u64], seed: u64) -> Vec<([u8; 32], [u8; 32])> {
    let credential = Credential::generate(&mut rng(seed));
    let mut fresh = [0; 32];
    fresh[..8].copy_from_slice(&seed.to_be_bytes());
    let draft = Draft::seal(context, &credential, 0, values, fresh).unwrap();
    let ballot = draft.cast(vec![], &credential, &mut rng(seed)).unwrap();
    let cell = |cell: &[u8]| (cell[..32].try_into().unwrap(), cell[32..].try_into().unwrap());
    ballot.cells.chunks(64).map(cell).collect()
}

/// `k = SHA-512(R ‖ A ‖ message)` of RFC 8032 §5.1.7.
fn ed25519_challenge(nonce: &[u8], key: &[u8; 32], message: &[u8]) -> Scalar {
    let hash = Sha512::new()
        .chain_update(nonce)
        .chain_update(key)
        .chain_update(message)
        .finalize();
    Scalar::from_bytes_mod_order_wide(&hash.into())
}

#[test]
fn a7_a_signature_mauled_for_a_related_key_is_refused() {
    // Who sees a signature (R, S) under A can make (R, S + k·d) for A + d·B,
    // whose secret nobody holds, wherever k does not depend on the key.
    let signing = SigningKey::from_bytes(&[1; 32]);
    let key = signing.verifying_key().to_bytes();
    let message = b"psephos/v1/sign/close";
    let signature = signing.sign(message).to_bytes();
    verify_signature(&key, message, &signature).unwrap();
    let (nonce, response) = signature.split_at(32);
    let (d, k) = (Scalar::from(5u64), ed25519_challenge(nonce, &key, message));
    let point = |bytes: &[u8]| {
        CompressedEdwardsY::from_slice(bytes)
            .unwrap()
            .decompress()
            .unwrap()
    };
    let related = point(&key) + EdwardsPoint::mul_base(&d);
    let response = Scalar::from_bytes_mod_order(response.try_into().unwrap()) + k * d;
    // The forgery is good under the challenge that leaves the key out …
    assert_eq!(EdwardsPoint::mul_base(&response), point(nonce) + k * related);
    // … and refused under the one that holds it.
    let mauled: [u8; 64] = [nonce, response.as_bytes()].concat().try_into().unwrap();
    let related = related.compress().to_bytes();
    assert!(verify_signature(&related, message, &mauled).is_err());
    assert!(verify_signature(&key, message, &mauled).is_err());
}

#[test]
fn b3_the_group_has_one_prime_order_of_252_bits() {
    // RFC 9496 §4: l = 2^252 + 27742317777372353535851937790883648493.
    let order = U256::from_be_hex("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");
    assert_eq!(order.bits_vartime(), 253);
    let largest = order.wrapping_sub(&U256::ONE).to_le_bytes();
    let largest = Scalar::from_canonical_bytes(largest.into()).unwrap();
    assert_eq!(largest, -Scalar::ONE);
    assert!(bool::from(
        Scalar::from_canonical_bytes(order.to_le_bytes().into()).is_none()
    ));
    for base in [RistrettoPoint::mul_base(&Scalar::ONE), *message_base()] {
        assert_ne!(base, identity());
        // l·P is the identity and, as l is prime, no smaller multiple is.
        assert_eq!(largest * base + base, identity());
        // No point lies in a subgroup: each is twice another, and eight times another.
        for small in [2u64, 3, 8] {
            let part = Scalar::from(small).invert() * base;
            assert_eq!(Scalar::from(small) * part, base);
        }
    }
    // A key of another size is no key.
    for length in [0, 31, 33, 64] {
        assert!(decode_key(&vec![1; length]).is_err());
    }
}

#[test]
fn b3_no_residue_or_bit_tells_a_vote_from_none() {
    // What broke the Moscow scheme's second version: one bit of the plaintext
    // showed in whether a ciphertext is a square. Each predicate here must be
    // as frequent among votes as among cells without one.
    const CELLS: usize = 40;
    const BALLOTS: u64 = 60;
    let prime = U256::from_be_hex("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
    let prime = Odd::new(prime).unwrap();
    let square = |bytes: &[u8; 32]| U256::from_le_slice(bytes).jacobi_symbol(&prime) == JacobiSymbol::One;
    type Predicate<'a> = &'a dyn Fn(&[u8; 32], &[u8; 32]) -> bool;
    let predicates: [(&str, Predicate); 6] = [
        ("C is a square", &|_, c| square(c)),
        ("R is a square", &|r, _| square(r)),
        ("both or neither is a square", &|r, c| square(r) == square(c)),
        ("second bit of C", &|_, c| c[0] & 2 == 0),
        ("top bit of C", &|_, c| c[31] & 0x40 == 0),
        ("C above R", &|r, c| c > r),
    ];
    let context = context(CELLS);
    let values: Vec<u64> = (0..CELLS as u64).map(|cell| cell % 2).collect();
    let mut seen = [[[0u32; 2]; 2]; 6];
    for ballot in 0..BALLOTS {
        for ((r, c), value) in cells(&context, &values, ballot).iter().zip(&values) {
            for (counts, (_, predicate)) in seen.iter_mut().zip(&predicates) {
                counts[*value as usize][usize::from(predicate(r, c))] += 1;
            }
        }
    }
    for (counts, (name, _)) in seen.iter().zip(&predicates) {
        // Fair, the difference has variance 2·n/4; four deviations happen once in 15,000.
        let sample = f64::from(counts[0][0] + counts[0][1]);
        let difference = f64::from(counts[0][1]) - f64::from(counts[1][1]);
        assert!(
            difference.abs() < 4.0 * (sample / 2.0).sqrt(),
            "{name}: {counts:?}"
        );
    }
}

#[test]
fn d14_cells_share_no_offset_and_none_is_the_identity() {
    // Equal choices hidden with one and the same offset show that they are equal.
    let context = context(12);
    for values in [[0; 12], [1; 12]] {
        let ballots = [cells(&context, &values, 1), cells(&context, &values, 2)];
        let points: Vec<(RistrettoPoint, RistrettoPoint)> = ballots
            .iter()
            .flatten()
            .map(|(r, c)| (decode_point(r).unwrap(), decode_point(c).unwrap()))
            .collect();
        let mut differences = BTreeSet::new();
        for (at, one) in points.iter().enumerate() {
            assert!(one.0 != identity() && one.1 != identity());
            // Hidden by r·K, not by r·B alone: R tells nothing of C.
            assert!(one.0 != one.1 && one.0 + message_base() != one.1);
            for other in &points[at + 1..] {
                for (a, b) in [(one.0, other.0), (one.1, other.1)] {
                    assert!(differences.insert((a - b).compress().to_bytes()));
                }
            }
        }
        assert_eq!(differences.len(), 24 * 23);
    }
}
