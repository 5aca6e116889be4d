//! Vectors of the cited standards: RFC 9474 appendix A, RFC 9578 appendix B
//! (issuance protocol 2, type 0x0002).

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::convert::Infallible;

use blind_rsa_signatures as brsa;
use crypto_bigint::{BoxedUint, NonZero};
use rand_core::{TryCryptoRng, TryRng};
use serde::Deserialize;

use super::blind::{blind, unblind};
use super::*;

/// Hands out prepared bytes, in the order they are asked for.
struct Prepared(Vec<Vec<u8>>);

impl TryRng for Prepared {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("only bytes are drawn")
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("only bytes are drawn")
    }
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.copy_from_slice(&self.0.remove(0));
        Ok(())
    }
}

impl TryCryptoRng for Prepared {}

/// Salt first, then the blinding factor, whose bytes are drawn little-endian.
fn prepared(salt: &[u8], factor: &[u8]) -> Prepared {
    Prepared(vec![salt.to_vec(), factor.iter().rev().copied().collect()])
}

fn bytes(hex: &str) -> Vec<u8> {
    hex::decode(hex).unwrap()
}

fn number(hex: &str) -> BoxedUint {
    BoxedUint::from_be_slice_vartime(&bytes(hex))
}

#[derive(Deserialize)]
struct BlindSignatureVector {
    name: String,
    n: String,
    p: String,
    q: String,
    msg: String,
    msg_prefix: String,
    salt: String,
    inv: String,
    blinded_msg: String,
    blind_sig: String,
    sig: String,
}

impl BlindSignatureVector {
    fn factor(&self) -> Vec<u8> {
        let n = NonZero::new(number(&self.n)).unwrap();
        let factor: Option<BoxedUint> = number(&self.inv).invert_mod(&n).into();
        factor.unwrap().to_be_bytes().to_vec()
    }

    fn secret(&self) -> rsa::RsaPrivateKey {
        let primes = [&self.p, &self.q].map(|prime| BoxedUint::from_be_slice(&bytes(prime), 2_048).unwrap());
        let [p, q] = primes;
        rsa::RsaPrivateKey::from_p_q(p, q, BoxedUint::from(65_537u32)).unwrap()
    }

    /// Signs and verifies in one of the four variants.
    fn check<S: brsa::SaltMode, M: brsa::MessagePrepare>(&self) {
        let secret = brsa::SecretKey::<brsa::Sha384, S, M>::new(self.secret());
        let signed = secret.blind_sign(bytes(&self.blinded_msg)).unwrap();
        assert_eq!(signed.0, bytes(&self.blind_sig), "{}", self.name);
        let randomizer =
            M::RANDOMIZE.then(|| brsa::MessageRandomizer(bytes(&self.msg_prefix).try_into().unwrap()));
        let signature = brsa::Signature(bytes(&self.sig));
        secret
            .public_key()
            .unwrap()
            .verify(&signature, randomizer, bytes(&self.msg))
            .unwrap();
    }
}

#[test]
fn rfc_9474_vectors_of_all_variants_hold_and_ours_through_our_own_functions() {
    let text = include_str!("../../../specs/vectors/rfc9474.json");
    let vectors: Vec<BlindSignatureVector> = serde_json::from_str(text).unwrap();
    let mut ours = 0;
    for vector in &vectors {
        match vector.name.as_str() {
            "RSABSSA-SHA384-PSS-Randomized" => vector.check::<brsa::PSS, brsa::Randomized>(),
            "RSABSSA-SHA384-PSSZERO-Randomized" => vector.check::<brsa::PSSZero, brsa::Randomized>(),
            "RSABSSA-SHA384-PSSZERO-Deterministic" => vector.check::<brsa::PSSZero, brsa::Deterministic>(),
            "RSABSSA-SHA384-PSS-Deterministic" => {
                vector.check::<brsa::PSS, brsa::Deterministic>();
                let key = TokenKey::from_modulus(TokenType::BlindRsa4096, &bytes(&vector.n)).unwrap();
                let (message, salt) = (bytes(&vector.msg), bytes(&vector.salt));
                let (blinded, inverse) =
                    blind(&key, &message, &mut prepared(&salt, &vector.factor())).unwrap();
                assert_eq!(blinded, bytes(&vector.blinded_msg));
                assert_eq!(*inverse, bytes(&vector.inv));
                let signature = unblind(&key, &message, &inverse, &bytes(&vector.blind_sig)).unwrap();
                assert_eq!(signature, bytes(&vector.sig));
                assert_eq!(key.verify(&message, &signature), Ok(()));
                ours += 1;
            }
            other => panic!("unknown variant {other}"),
        }
    }
    assert_eq!((vectors.len(), ours), (4, 1));
}

#[derive(Deserialize)]
#[allow(non_snake_case)]
struct IssuanceVector {
    pkS: String,
    token_challenge: String,
    nonce: String,
    blind: String,
    salt: String,
    token_request: String,
    token_response: String,
    token: String,
}

#[test]
fn rfc_9578_vectors_hold_from_challenge_to_token() {
    let text = include_str!("../../../specs/vectors/rfc9578-type2.json");
    for vector in serde_json::from_str::<Vec<IssuanceVector>>(text).unwrap() {
        let key = TokenKey::from_spki(&bytes(&vector.pkS)).unwrap();
        assert_eq!(key.to_spki(), bytes(&vector.pkS));
        let challenge = TokenChallenge::from_bytes(&bytes(&vector.token_challenge)).unwrap();
        let input = TokenInput {
            token_type: TokenType::BlindRsa2048,
            nonce: bytes(&vector.nonce).try_into().unwrap(),
            challenge_digest: challenge.digest(),
            token_key_id: *key.id(),
        };
        let mut rng = prepared(&bytes(&vector.salt), &bytes(&vector.blind));
        let (blinded_message, inverse) = blind(&key, &input.to_bytes(), &mut rng).unwrap();
        let request = TokenRequest {
            token_type: TokenType::BlindRsa2048,
            truncated_token_key_id: key.truncated_id(),
            blinded_message,
        };
        assert_eq!(hex::encode(request.to_bytes()), vector.token_request);
        let authenticator =
            unblind(&key, &input.to_bytes(), &inverse, &bytes(&vector.token_response)).unwrap();
        let token = Token { input, authenticator };
        assert_eq!(hex::encode(token.to_bytes()), vector.token);
        assert_eq!(Token::from_bytes(&bytes(&vector.token)), Ok(token));
    }
}
