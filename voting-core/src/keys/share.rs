//! A trustee's share of the joint secret, `z_i = Σ f_j(i + 1)`.

use core::fmt;

use rand_core::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::rehearsal::{canary, statement};
use crate::entry::Rehearsal;
use crate::group::{GroupError, RistrettoPoint, Scalar, decode_scalar};
use crate::hash::Hash;

/// `z_i`. No `Clone`, redacted `Debug`, wiped on drop; everything computed
/// with it takes constant time.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct SecretShare {
    trustee: u32,
    secret: Scalar,
}

impl SecretShare {
    pub(super) fn new(trustee: u32, secret: Scalar) -> Self {
        Self { trustee, secret }
    }

    /// Index of the trustee it belongs to.
    pub fn trustee(&self) -> u32 {
        self.trustee
    }

    /// `Z_i = z_i·B`.
    pub fn public(&self) -> RistrettoPoint {
        RistrettoPoint::mul_base(&self.secret)
    }

    /// The share's bytes, for encrypted storage only.
    pub fn to_secret_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.secret.to_bytes())
    }

    /// The share of a trustee from stored bytes.
    pub fn from_secret_bytes(trustee: u32, bytes: &[u8; 32]) -> Result<Self, GroupError> {
        Ok(Self::new(trustee, decode_scalar(bytes)?))
    }

    /// Decrypts the canary, with proof.
    pub fn rehearse<R: CryptoRng + ?Sized>(
        &self,
        election_id: &Hash,
        key_transcript: &Hash,
        rng: &mut R,
    ) -> Rehearsal {
        let image = canary(election_id, key_transcript) * self.secret;
        let (statement, transcript) =
            statement(election_id, key_transcript, self.trustee, &self.public(), image);
        Rehearsal {
            trustee: self.trustee,
            point: image.compress().to_bytes().into(),
            proof: statement.prove(transcript, &self.secret, rng).into(),
        }
    }

    /// The scalar itself, for the decryption of sums.
    pub(crate) fn secret(&self) -> &Scalar {
        &self.secret
    }
}

impl fmt::Debug for SecretShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretShare(trustee {}, redacted)", self.trustee)
    }
}
