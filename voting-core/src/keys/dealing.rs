//! A trustee's secret polynomial of one round, and what is made of it.
//!
//! Everything a dealer keeps is one seed: the polynomial, the receiving key
//! and the nonce of the proof of possession follow from it, from election,
//! round and trustee. A trustee restored from its key file says the same
//! again and never something else; another round has other secrets.

use alloc::vec::Vec;
use core::fmt;

use rand_core::CryptoRng;
use sha3::{Digest, Sha3_512};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::envelope::{self, Address};
use super::{Commitments, KeyFault, SecretShare, commitment_hash, verify_hash};
use crate::entry::{KeyCommitment, KeyComplaint, KeyHash, KeyShares};
use crate::group::{RistrettoPoint, Scalar};
use crate::hash::Hash;
use crate::transcript::Transcript;

/// The 32 secret bytes behind all of a trustee's dealings.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct DealingSeed([u8; 32]);

impl DealingSeed {
    /// Draws a seed.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        let mut seed = Self([0; 32]);
        rng.fill_bytes(&mut seed.0);
        seed
    }

    /// The seed's bytes, for encrypted storage only.
    pub fn to_secret_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0)
    }

    /// The seed from stored bytes.
    pub fn from_secret_bytes(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }
}

impl fmt::Debug for DealingSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DealingSeed(redacted)")
    }
}

/// A dealer's share that does not open or does not fit its commitments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("trustee {dealer} sent a share that does not open or does not fit its commitments")]
pub struct BadShare {
    /// Index of the dealer at fault.
    pub dealer: u32,
}

/// A trustee's secrets of one round.
pub struct Dealing {
    election_id: Hash,
    round: u32,
    trustee: u32,
    /// `a_0 … a_{t−1}` of `f(x) = Σ a_k·x^k`.
    coefficients: Vec<Scalar>,
    nonce: Scalar,
    receiving: [u8; 32],
}

impl Drop for Dealing {
    fn drop(&mut self) {
        self.coefficients.zeroize();
        self.nonce.zeroize();
        self.receiving.zeroize();
    }
}

impl fmt::Debug for Dealing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dealing")
            .field("round", &self.round)
            .field("trustee", &self.trustee)
            .finish_non_exhaustive()
    }
}

impl Dealing {
    /// The dealing of a trustee in a round.
    ///
    /// # Panics
    /// With a threshold of 0, which no coherent manifest has.
    pub fn new(seed: &DealingSeed, election_id: &Hash, round: u32, trustee: u32, threshold: u32) -> Self {
        assert!(threshold > 0, "a manifest's threshold is at least 1");
        let derive = |part: &[u8], index: u32| {
            let mut hash = Sha3_512::new();
            for bytes in [b"psephos/v1/dealing".as_slice(), &seed.0, election_id, part] {
                hash.update(bytes);
            }
            for number in [round, trustee, threshold, index] {
                hash.update(number.to_be_bytes());
            }
            Zeroizing::new(<[u8; 64]>::from(hash.finalize()))
        };
        let scalar = |part: &[u8], index| Scalar::from_bytes_mod_order_wide(&derive(part, index));
        let mut receiving = [0; 32];
        receiving.copy_from_slice(&derive(b"rcv", 0)[..32]);
        Self {
            election_id: *election_id,
            round,
            trustee,
            coefficients: (0..threshold).map(|index| scalar(b"cof", index)).collect(),
            nonce: scalar(b"pop", 0),
            receiving,
        }
    }

    /// Step 1: hash of the commitments to come, and the receiving key.
    pub fn hash(&self) -> KeyHash {
        let receiving_key =
            envelope::receiving_key(&self.receiving).expect("32 bytes are an X25519 private key");
        KeyHash {
            round: self.round,
            trustee: self.trustee,
            hash: commitment_hash(&self.election_id, &self.commitment()).into(),
            receiving_key: receiving_key.into(),
        }
    }

    /// Step 2: the commitments with the proof of possession. The same every
    /// time, so the nonce never meets two challenges.
    pub fn commitment(&self) -> KeyCommitment {
        let points: Vec<_> = self.coefficients.iter().map(RistrettoPoint::mul_base).collect();
        let nonce = RistrettoPoint::mul_base(&self.nonce).compress().to_bytes();
        let challenge = Transcript::possession(&self.election_id, self.round, self.trustee, &points, &nonce);
        let response = self.nonce + challenge * self.coefficients[0];
        let mut possession = [0; 64];
        possession[..32].copy_from_slice(&nonce);
        possession[32..].copy_from_slice(response.as_bytes());
        let points: Vec<u8> = points
            .iter()
            .flat_map(|point| point.compress().to_bytes())
            .collect();
        KeyCommitment {
            round: self.round,
            trustee: self.trustee,
            points: points.into(),
            possession: possession.into(),
        }
    }

    /// Step 3: a share for every trustee, encrypted to the receiving keys of
    /// this round's hashes (by trustee index).
    ///
    /// A receiving key that nobody can encrypt to is its owner's fault.
    pub fn shares<R: CryptoRng + ?Sized>(
        &self,
        receivers: &[KeyHash],
        rng: &mut R,
    ) -> Result<KeyShares, KeyFault> {
        let mut shares = Vec::with_capacity(receivers.len());
        for (index, receiver) in (0..).zip(receivers) {
            if receiver.trustee != index || receiver.round != self.round {
                return Err(KeyFault::ShareCount);
            }
            verify_hash(receiver)?;
            let share = Zeroizing::new(self.evaluate(index));
            let sealed = envelope::seal(
                &self.address(self.trustee, index),
                &receiver.receiving_key,
                &share,
                rng,
            )
            .ok_or(KeyFault::ReceivingKey)?;
            shares.push(sealed.into());
        }
        Ok(KeyShares {
            round: self.round,
            trustee: self.trustee,
            shares,
        })
    }

    /// Step 4: receives every dealer's share (lists by trustee index), or
    /// names the first dealer to [complain](Self::complain) about.
    pub fn receive(&self, dealers: &[Commitments], shares: &[KeyShares]) -> Result<SecretShare, BadShare> {
        let mut sum = Zeroizing::new(Scalar::ZERO);
        for (dealer, shares) in dealers.iter().zip(shares) {
            *sum += *self.open(dealer, shares)?;
        }
        Ok(SecretShare::new(self.trustee, *sum))
    }

    fn open(&self, dealer: &Commitments, shares: &KeyShares) -> Result<Zeroizing<Scalar>, BadShare> {
        let bad = BadShare {
            dealer: dealer.trustee(),
        };
        let address = self.address(dealer.trustee(), self.trustee);
        let sealed = shares.shares.get(self.trustee as usize).ok_or(bad)?;
        let share = envelope::open(&address, &self.receiving, sealed).ok_or(bad)?;
        if RistrettoPoint::mul_base(&share) != dealer.at(self.trustee) {
            return Err(bad);
        }
        Ok(share)
    }

    /// A complaint about a dealer. It reveals this round's receiving key: a
    /// trustee publishes it only about a [`BadShare`], and never certifies
    /// the round afterwards.
    pub fn complain(&self, bad: BadShare) -> KeyComplaint {
        KeyComplaint {
            round: self.round,
            trustee: self.trustee,
            dealer: bad.dealer,
            evidence: self.receiving.into(),
        }
    }

    fn address(&self, dealer: u32, receiver: u32) -> Address<'_> {
        Address {
            election_id: &self.election_id,
            round: self.round,
            dealer,
            receiver,
        }
    }

    /// `f(j + 1)`, constant time.
    fn evaluate(&self, receiver: u32) -> Scalar {
        let x = Scalar::from(u64::from(receiver) + 1);
        self.coefficients
            .iter()
            .rev()
            .fold(Scalar::ZERO, |sum, coefficient| sum * x + coefficient)
    }
}
