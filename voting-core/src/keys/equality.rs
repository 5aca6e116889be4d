//! Proof that two logarithms are equal (Chaum–Pedersen).
//!
//! Relation: *I know `z` with `Z = z·B` and `Y = z·X`.*
//!
//! | symbol | field | |
//! |---|---|---|
//! | `Z` | `key` | the trustee's public share |
//! | `X` | `base` | what was decrypted |
//! | `Y` | `image` | what came out |
//!
//! Proof: `k_1 = k·B`, `k_2 = k·X`, challenge `c`, response `s = k + c·z`;
//! its bytes are `c ‖ s`. The verifier computes `k_1 = s·B − c·Z`,
//! `k_2 = s·X − c·Y` and compares the challenge. The caller's transcript has
//! absorbed the whole statement before (attacks A3, A4).

use curve25519_dalek::traits::VartimeMultiscalarMul;

#[cfg(feature = "trustee")]
use crate::group::Scalar;
use crate::group::{RistrettoPoint, decode_scalar};
use crate::transcript::Transcript;

/// A proof of equal logarithms that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct InvalidEquality;

/// The statement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Equality {
    pub(crate) key: RistrettoPoint,
    pub(crate) base: RistrettoPoint,
    pub(crate) image: RistrettoPoint,
}

impl Equality {
    /// Proves; `transcript` has absorbed the whole statement.
    #[cfg(feature = "trustee")]
    pub(crate) fn prove<R: rand_core::CryptoRng + ?Sized>(
        &self,
        transcript: Transcript,
        secret: &Scalar,
        rng: &mut R,
    ) -> [u8; 64] {
        let nonce = zeroize::Zeroizing::new(Scalar::random(rng));
        let on_base = RistrettoPoint::mul_base(&nonce);
        let challenge = transcript.equality(&on_base, &(self.base * *nonce));
        let response = *nonce + challenge * secret;
        let mut proof = [0; 64];
        proof[..32].copy_from_slice(challenge.as_bytes());
        proof[32..].copy_from_slice(response.as_bytes());
        proof
    }

    /// Verifies; `transcript` has absorbed the whole statement.
    pub(crate) fn verify(&self, transcript: Transcript, proof: &[u8; 64]) -> Result<(), InvalidEquality> {
        let challenge = decode_scalar(&proof[..32]).map_err(|_| InvalidEquality)?;
        let response = decode_scalar(&proof[32..]).map_err(|_| InvalidEquality)?;
        let on_base = RistrettoPoint::vartime_double_scalar_mul_basepoint(&-challenge, &self.key, &response);
        let on_other =
            RistrettoPoint::vartime_multiscalar_mul([response, -challenge], [self.base, self.image]);
        if transcript.equality(&on_base, &on_other) != challenge {
            return Err(InvalidEquality);
        }
        Ok(())
    }
}
