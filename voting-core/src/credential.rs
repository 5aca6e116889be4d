//! A voter's credential: the secret `s` on the device, the key `A = s·B` on
//! the ledger (specs/05-ballot.md §4).
//!
//! A token is issued for `A` and is good for the holder of `s` alone: every
//! ballot proves possession of it.

use core::fmt;

use rand_core::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::group::{GroupError, RistrettoPoint, Scalar, decode_scalar};

/// The secret of one voter in one election. Wiped on drop, never printed.
#[derive(ZeroizeOnDrop)]
pub struct Credential {
    secret: Scalar,
    #[zeroize(skip)]
    public: [u8; 32],
}

impl Credential {
    /// A fresh credential.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let mut secret = Scalar::random(rng);
        // Zero has probability 2^-252; a caller's broken generator may hit it.
        while secret == Scalar::ZERO {
            secret = Scalar::random(rng);
        }
        Self::from_scalar(secret)
    }

    /// Restores a credential from [`Credential::to_secret_bytes`].
    pub fn from_secret_bytes(bytes: &[u8; 32]) -> Result<Self, GroupError> {
        let secret = decode_scalar(bytes)?;
        if secret == Scalar::ZERO {
            return Err(GroupError::Identity);
        }
        Ok(Self::from_scalar(secret))
    }

    /// The secret, for encrypted storage on the voter's device only.
    pub fn to_secret_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.secret.to_bytes())
    }

    /// The encoded key `A`.
    pub fn public(&self) -> [u8; 32] {
        self.public
    }

    /// The secret `s`, for the link proof.
    pub(crate) fn secret(&self) -> &Scalar {
        &self.secret
    }

    fn from_scalar(mut secret: Scalar) -> Self {
        let public = RistrettoPoint::mul_base(&secret).compress().to_bytes();
        let credential = Self { secret, public };
        secret.zeroize();
        credential
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("public", &hex::encode(self.public))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    #[test]
    fn a_credential_survives_storage_and_is_never_printed() {
        let credential = Credential::generate(&mut ChaCha20Rng::seed_from_u64(1));
        let secret = credential.to_secret_bytes();
        assert_eq!(
            Credential::from_secret_bytes(&secret).unwrap().public(),
            credential.public()
        );
        assert!(!format!("{credential:?}").contains(&hex::encode(*secret)));
    }

    #[test]
    fn zero_and_non_canonical_secrets_are_refused() {
        assert_eq!(
            Credential::from_secret_bytes(&[0; 32]).unwrap_err(),
            GroupError::Identity
        );
        assert_eq!(
            Credential::from_secret_bytes(&[0xff; 32]).unwrap_err(),
            GroupError::Scalar
        );
    }
}
