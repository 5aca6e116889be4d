//! Attacks on keys, requests and tokens, each named with its id.

use alloc::vec;
use alloc::vec::Vec;

use crypto_bigint::{BoxedUint, Resize};
use proptest::prelude::*;

use super::crafted_keys::{ELECTION, key_with_e_in_phi, largest_prime, multiple_of, prime_square, refuse};
use super::test_keys::{entry, manifest, modulus, private_key, proven, rng, sign};
use super::validity::{self, Context, InvalidKey};
use super::*;
use crate::entry::IssuerKey;

const CREDENTIAL: [u8; 32] = [42; 32];

/// A valid token of issuer 0, style 0 in `manifest(0)`.
fn token() -> (IssuerPublicKey, Vec<u8>) {
    let key = proven(&manifest(0), 0, 0);
    let pending = Pending::new(&key, &CREDENTIAL, &mut rng(1)).unwrap();
    let answer = sign(private_key(0), &pending.request());
    let token = pending.finalize(&key, &answer).unwrap();
    (key, token)
}

#[test]
fn a_token_is_issued_and_verified() {
    let (key, token) = token();
    assert_eq!(RsaTokenVerifier.verify(&key, &CREDENTIAL, &token), Ok(()));
    let whole = Token {
        input: key.token_input(&CREDENTIAL),
        authenticator: token,
    };
    assert_eq!(
        key.verify_token(&Token::from_bytes(&whole.to_bytes()).unwrap()),
        Ok(CREDENTIAL)
    );
}

#[test]
fn g1_a_token_of_one_election_issuer_or_style_is_refused_in_another() {
    let (key, token) = token();
    // The same RSA key everywhere: what separates is the challenge.
    let other_election = proven(&manifest(1), 0, 0);
    let other_style = proven(&manifest(0), 1, 0);
    let election = manifest(0).election_id();
    let other_issuer =
        IssuerPublicKey::verify_entry(&election, &manifest(0), &entry(&election, 1, 0, private_key(0)))
            .unwrap();
    for other in [&other_election, &other_style, &other_issuer] {
        assert_eq!(
            RsaTokenVerifier.verify(other, &CREDENTIAL, &token),
            Err(InvalidToken::Signature)
        );
        let whole = Token {
            input: key.token_input(&CREDENTIAL),
            authenticator: token.clone(),
        };
        assert_eq!(other.verify_token(&whole), Err(InvalidToken::Challenge));
    }
}

#[test]
fn g3_eight_crafted_keys_are_refused() {
    let good = modulus(private_key(0));
    let proof = entry(&ELECTION, 0, 0, private_key(0)).proof.to_vec();

    // 1: another size, though as many bytes.
    let mut short = good.clone();
    short[0] &= 0x7f;
    assert!(matches!(
        refuse(&short, &proof),
        InvalidKey::Size { expected: 2048, .. }
    ));
    // 2: even.
    let mut even = good.clone();
    even[255] &= 0xfe;
    assert_eq!(refuse(&even, &proof), InvalidKey::Even);
    // 3: a small factor, the largest that trial division must find.
    assert_eq!(
        refuse(&multiple_of(65_537), &proof),
        InvalidKey::SmallFactor(65_537)
    );
    // 4: a prime: everybody could sign. Its roots are true.
    let (prime, roots) = largest_prime(&ELECTION);
    assert_eq!(refuse(&prime, &roots), InvalidKey::PrimePower);
    // 5: the square of a prime, again with true roots.
    let (square, roots) = prime_square(&ELECTION);
    assert_eq!(refuse(&square, &roots), InvalidKey::PrimePower);
    // 6: e divides φ(N); the issuer answers with the best it has.
    let (bad, forged) = key_with_e_in_phi(&ELECTION);
    assert!(matches!(refuse(&bad, &forged), InvalidKey::NotARoot(_)));
    // 7: the proof of another key.
    let other = modulus(private_key(1));
    let found = refuse(&other, &proof);
    assert!(matches!(
        found,
        InvalidKey::NotARoot(_) | InvalidKey::RootRange(_)
    ));
    // 8: fewer roots than eight.
    let shorter = &proof[..7 * 256];
    assert_eq!(
        refuse(&good, shorter),
        InvalidKey::ProofLength {
            expected: 2048,
            found: 1792
        }
    );
}

#[test]
fn g3_a_proof_holds_in_one_election_for_one_issuer_and_style() {
    let proof = entry(&[1; 32], 0, 0, private_key(0)).proof.to_vec();
    let good = modulus(private_key(0));
    let verify = |election: [u8; 32], issuer, style| {
        let context = Context {
            election_id: &election,
            issuer,
            style,
        };
        validity::verify(&context, TokenType::BlindRsa2048, &good, &proof)
    };
    assert_eq!(verify([1; 32], 0, 0), Ok(()));
    for (election, issuer, style) in [([2; 32], 0, 0), ([1; 32], 1, 0), ([1; 32], 0, 1)] {
        assert_eq!(verify(election, issuer, style), Err(InvalidKey::NotARoot(0)));
    }
}

#[test]
fn g3_a_root_plus_the_modulus_or_a_zero_root_is_refused() {
    let mut proof = entry(&[1; 32], 0, 0, private_key(0)).proof.to_vec();
    let good = modulus(private_key(0));
    proof[256 * 7..].copy_from_slice(&good);
    assert_eq!(refuse(&good, &proof), InvalidKey::RootRange(7));
    proof[256 * 7..].fill(0);
    assert_eq!(refuse(&good, &proof), InvalidKey::NotARoot(7));
}

#[test]
fn g4_a_token_under_any_other_key_is_refused() {
    let (_, token) = token();
    let substituted = proven(&manifest(0), 0, 1);
    assert_eq!(
        RsaTokenVerifier.verify(&substituted, &CREDENTIAL, &token),
        Err(InvalidToken::Signature)
    );
    let (key, token) = self::token();
    let whole = Token {
        input: substituted.token_input(&CREDENTIAL),
        authenticator: token,
    };
    assert_eq!(key.verify_token(&whole), Err(InvalidToken::Key));
}

#[test]
fn g5_an_answer_under_a_key_of_the_voters_own_is_refused() {
    let key = proven(&manifest(0), 0, 0);
    let pending = Pending::new(&key, &CREDENTIAL, &mut rng(1)).unwrap();
    let marked = sign(private_key(1), &pending.request());
    assert!(pending.finalize(&key, &marked).is_err());
    let per_voter = proven(&manifest(0), 0, 1);
    assert_eq!(pending.finalize(&per_voter, &marked), Err(BlindError::OtherKey));
}

#[test]
fn g6_the_exponent_is_never_taken_from_outside() {
    // An entry has no exponent, and an SPKI with e = 3 is no key.
    let mut spki = proven(&manifest(0), 0, 0).key().to_spki();
    assert!(TokenKey::from_spki(&spki).is_some());
    let end = spki.len();
    spki[end - 3..].copy_from_slice(&[0, 0, 3]);
    assert!(TokenKey::from_spki(&spki).is_none());
    // Roots for e = 3 prove nothing: the hashed values are bound to 65537.
    let key = rsa::RsaPrivateKey::new_with_exp_unchecked(&mut rng(3), 2048, BoxedUint::from(3u32)).unwrap();
    let context = Context {
        election_id: &[1; 32],
        issuer: 0,
        style: 0,
    };
    assert_eq!(
        validity::prove(&context, &key, &mut rng(4)),
        Err(validity::ProofError::Parameters)
    );
}

#[test]
fn g8_blinding_depends_on_the_argument_generator_alone_and_the_salt_is_fixed() {
    let key = proven(&manifest(0), 0, 0);
    let first = Pending::new(&key, &CREDENTIAL, &mut rng(9)).unwrap();
    let second = Pending::new(&key, &CREDENTIAL, &mut rng(9)).unwrap();
    assert_eq!(*first.to_secret_bytes(), *second.to_secret_bytes());
    // A signature with any other salt length is no token.
    let message = key.token_input(&CREDENTIAL).to_bytes();
    for salt in [0, 32, 47, 49] {
        let signing = rsa::pss::SigningKey::<sha2::Sha384>::new_with_salt_len(private_key(0).clone(), salt);
        use rsa::signature::{RandomizedSigner, SignatureEncoding};
        let signature = signing.sign_with_rng(&mut rng(2), message.as_slice()).to_vec();
        assert_eq!(
            RsaTokenVerifier.verify(&key, &CREDENTIAL, &signature),
            Err(InvalidToken::Signature)
        );
    }
}

#[test]
fn g12_a_stolen_token_is_worth_nothing_with_another_credential() {
    let (key, token) = token();
    assert_eq!(
        RsaTokenVerifier.verify(&key, &[43; 32], &token),
        Err(InvalidToken::Signature)
    );
}

#[test]
fn g13_signatures_of_the_same_key_for_other_protocols_are_no_tokens() {
    let (key, token) = token();
    let input = key.token_input(&CREDENTIAL).to_bytes();
    // The signed bytes begin with type and nonce and have one length only.
    assert_eq!(input.len(), TokenInput::LENGTH);
    let signing = rsa::pkcs1v15::SigningKey::<sha2::Sha384>::new_unprefixed(private_key(0).clone());
    use rsa::signature::{SignatureEncoding, Signer};
    let other = signing.sign(&input).to_vec();
    assert_eq!(
        RsaTokenVerifier.verify(&key, &CREDENTIAL, &other),
        Err(InvalidToken::Signature)
    );
    for length in [0, 255, 257, 384] {
        let wrong = vec![1; length];
        let expected = InvalidToken::Length {
            expected: 256,
            found: length,
        };
        assert_eq!(RsaTokenVerifier.verify(&key, &CREDENTIAL, &wrong), Err(expected));
    }
    assert!(RsaTokenVerifier.verify(&key, &CREDENTIAL, &token).is_ok());
}

#[test]
fn b6_a_token_plus_the_modulus_is_refused() {
    let key = proven(&manifest(0), 0, 0);
    let wide = |bytes: &[u8]| BoxedUint::from_be_slice_vartime(bytes).resize_unchecked(2112);
    let modulus = wide(key.key().modulus());
    // A second encoding exists where the sum still has 2048 bits: try tokens until it does.
    let (token, second) = (0..)
        .map(|seed| {
            let pending = Pending::new(&key, &CREDENTIAL, &mut rng(seed)).unwrap();
            let token = pending
                .finalize(&key, &sign(private_key(0), &pending.request()))
                .unwrap();
            let sum = wide(&token).wrapping_add(&modulus);
            (token, sum)
        })
        .find(|(_, sum)| sum.bits() <= 2048)
        .map(|(token, sum)| (token, sum.to_be_bytes()[8..].to_vec()))
        .unwrap();
    assert_eq!(RsaTokenVerifier.verify(&key, &CREDENTIAL, &token), Ok(()));
    assert_eq!(
        RsaTokenVerifier.verify(&key, &CREDENTIAL, &second),
        Err(InvalidToken::Signature)
    );
}

#[test]
fn g14_a_wrong_answer_is_refused_and_the_next_request_is_the_same() {
    let key = proven(&manifest(0), 0, 0);
    let pending = Pending::new(&key, &CREDENTIAL, &mut rng(1)).unwrap();
    let before = pending.request().to_bytes();
    let answer = sign(private_key(0), &pending.request());
    let mut marked = answer.clone();
    marked[100] ^= 1;
    assert_eq!(pending.finalize(&key, &marked), Err(BlindError::Signature));
    assert_eq!(pending.finalize(&key, &answer[1..]), Err(BlindError::Answer));
    assert_eq!(pending.finalize(&key, &[0xff; 256]), Err(BlindError::Answer));
    assert_eq!(pending.request().to_bytes(), before);
    assert!(pending.finalize(&key, &answer).is_ok());
}

#[test]
fn a_lost_answer_is_asked_for_again_with_the_same_request() {
    let key = proven(&manifest(0), 0, 0);
    let pending = Pending::new(&key, &CREDENTIAL, &mut rng(1)).unwrap();
    let answer = sign(private_key(0), &pending.request());
    let kept = pending.to_secret_bytes();
    let resumed = Pending::from_secret_bytes(&key, &kept).unwrap();
    assert_eq!(resumed.request(), pending.request());
    assert_eq!(resumed.credential(), &CREDENTIAL);
    let token = resumed.finalize(&key, &answer).unwrap();
    assert_eq!(RsaTokenVerifier.verify(&key, &CREDENTIAL, &token), Ok(()));
    let other = proven(&manifest(1), 0, 0);
    assert!(
        Pending::from_secret_bytes(&other, &kept)
            .unwrap()
            .finalize(&other, &answer)
            .is_err()
    );
    assert_eq!(
        Pending::from_secret_bytes(&key, &kept[1..]).unwrap_err(),
        BlindError::Damaged
    );
}

#[test]
fn unknown_issuers_styles_and_sizes_are_refused() {
    let mut manifest = manifest(0);
    let id = manifest.election_id();
    let good = entry(&id, 0, 0, private_key(0));
    let verify = |manifest: &crate::manifest::Manifest, entry: &IssuerKey| {
        IssuerPublicKey::verify_entry(&id, manifest, entry).unwrap_err()
    };
    assert_eq!(
        verify(
            &manifest,
            &IssuerKey {
                issuer: 2,
                ..good.clone()
            }
        ),
        KeyRefused::UnknownIssuer(2)
    );
    assert_eq!(
        verify(
            &manifest,
            &IssuerKey {
                style: 2,
                ..good.clone()
            }
        ),
        KeyRefused::UnknownStyle(2)
    );
    manifest.issuers.token_bits = 1024;
    assert_eq!(verify(&manifest, &good), KeyRefused::UnknownSize(1024));
    manifest.issuers.token_bits = 3072;
    let size = InvalidKey::Size {
        expected: 3072,
        found: 2048,
    };
    assert_eq!(verify(&manifest, &good), KeyRefused::Invalid(size));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn mangled_tokens_are_refused(place in 0usize..256, flip in 1u8..) {
        let (key, mut token) = token();
        token[place] ^= flip;
        prop_assert_eq!(RsaTokenVerifier.verify(&key, &CREDENTIAL, &token), Err(InvalidToken::Signature));
    }

    #[test]
    fn arbitrary_keys_and_proofs_never_panic(modulus in proptest::collection::vec(any::<u8>(), 0..300), proof in proptest::collection::vec(any::<u8>(), 0..64)) {
        let context = Context { election_id: &[1; 32], issuer: 0, style: 0 };
        prop_assert!(validity::verify(&context, TokenType::BlindRsa2048, &modulus, &proof).is_err());
        let _ = TokenKey::from_spki(&modulus);
    }

    #[test]
    fn arbitrary_kept_states_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let key = proven_once();
        let _ = Pending::from_secret_bytes(key, &bytes);
        let exact: Vec<u8> = bytes.iter().copied().cycle().take(544).collect();
        if let (true, Ok(pending)) = (!bytes.is_empty(), Pending::from_secret_bytes(key, &exact)) {
            prop_assert_eq!(&**pending.to_secret_bytes(), exact.as_slice());
            prop_assert!(pending.finalize(key, &exact[..256]).is_err());
        }
    }
}

fn proven_once() -> &'static IssuerPublicKey {
    static KEY: std::sync::OnceLock<IssuerPublicKey> = std::sync::OnceLock::new();
    KEY.get_or_init(|| proven(&manifest(0), 0, 0))
}
