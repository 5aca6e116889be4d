//! A share on its way: HPKE (RFC 9180) base mode, DHKEM(X25519, HKDF-SHA256),
//! HKDF-SHA256, ChaCha20Poly1305 (specs/03-ceremony.md §5).
//!
//! The info string binds election, round, dealer and receiver; the ledger
//! entry's signature says who sent it.

use alloc::vec::Vec;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, Serializable, single_shot_open};
use zeroize::Zeroizing;

use crate::group::{Scalar, decode_scalar};
use crate::hash::Hash;

/// Bytes of the encapsulated key, which stands before the ciphertext.
const ENCAPSULATED: usize = 32;

/// Who sends which share to whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Address<'a> {
    pub(super) election_id: &'a Hash,
    pub(super) round: u32,
    pub(super) dealer: u32,
    pub(super) receiver: u32,
}

impl Address<'_> {
    /// `"psephos/v1/key-share" ‖ election id ‖ round ‖ dealer ‖ receiver`,
    /// numbers of 4 bytes, big-endian.
    fn info(&self) -> Vec<u8> {
        let mut info = b"psephos/v1/key-share".to_vec();
        info.extend_from_slice(self.election_id);
        for number in [self.round, self.dealer, self.receiver] {
            info.extend_from_slice(&number.to_be_bytes());
        }
        info
    }
}

/// The public half of a receiving key.
pub(super) fn receiving_key(private: &[u8; 32]) -> Option<[u8; 32]> {
    let private = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(private).ok()?;
    let public = X25519HkdfSha256::sk_to_pk(&private).to_bytes();
    public.as_slice().try_into().ok()
}

/// Encrypts a share. `None`: nobody can encrypt to this receiving key.
#[cfg(feature = "trustee")]
pub(super) fn seal<R: rand_core::CryptoRng + ?Sized>(
    address: &Address<'_>,
    receiver: &[u8; 32],
    share: &Scalar,
    mut rng: &mut R,
) -> Option<[u8; 80]> {
    let receiver = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(receiver).ok()?;
    let plaintext = Zeroizing::new(share.to_bytes());
    let (key, ciphertext) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &hpke::OpModeS::Base,
            &receiver,
            &address.info(),
            plaintext.as_slice(),
            b"",
            &mut rng,
        )
        .ok()?;
    let mut sealed = [0; 80];
    sealed[..ENCAPSULATED].copy_from_slice(&key.to_bytes());
    sealed[ENCAPSULATED..].copy_from_slice(ciphertext.get(..48)?);
    Some(sealed)
}

/// Opens a share. `None`: it does not open, or holds no canonical scalar;
/// the dealer is at fault.
pub(super) fn open(
    address: &Address<'_>,
    private: &[u8; 32],
    sealed: &[u8; 80],
) -> Option<Zeroizing<Scalar>> {
    let private = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(private).ok()?;
    let (key, ciphertext) = sealed.split_at(ENCAPSULATED);
    let key = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(key).ok()?;
    let plaintext = single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &private,
        &key,
        &address.info(),
        ciphertext,
        b"",
    )
    .ok()?;
    let plaintext = Zeroizing::new(plaintext);
    decode_scalar(&plaintext).ok().map(Zeroizing::new)
}
