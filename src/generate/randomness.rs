//! All randomness, from one seed: a generator of its own for every purpose
//! and number, so that it does not matter who asks first.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use voting_core::hash::{Hash, identifier};

/// Where all randomness comes from.
#[derive(Clone, Copy)]
pub(super) struct Seed(u64);

impl Seed {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 32 bytes for a purpose and number.
    pub(super) fn bytes(self, purpose: &str, number: u64) -> Hash {
        let parts: [&[u8]; 3] = [&self.0.to_be_bytes(), &number.to_be_bytes(), purpose.as_bytes()];
        identifier("psephos/v1/generate", &parts)
    }

    /// A generator for a purpose and number.
    pub(super) fn rng(self, purpose: &str, number: u64) -> ChaCha20Rng {
        ChaCha20Rng::from_seed(self.bytes(purpose, number))
    }
}
