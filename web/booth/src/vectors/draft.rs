//! Sealing, opening and casting by values, sequence and tokens of any kind.

use getrandom::SysRng;
use rand_core::{CryptoRng, TryRng, UnwrapErr};
use voting_core::ballot;
use voting_core::encoding::encode;
use voting_core::entry::Entry;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use super::{Context, Credential, generator};
use crate::bytes::array;

/// A sealed ballot without a proof.
#[wasm_bindgen]
#[derive(Debug)]
pub struct VectorDraft {
    draft: ballot::Draft<'static>,
    token_length: usize,
}

#[wasm_bindgen]
impl VectorDraft {
    /// Encrypts the values of all cells under a fresh seed.
    ///
    /// # Errors
    /// The rule that the values break.
    pub fn seal(
        context: &Context,
        credential: &Credential,
        sequence: u32,
        values: Vec<u64>,
    ) -> Result<VectorDraft, JsError> {
        let mut seed = Zeroizing::new([0; 32]);
        SysRng.try_fill_bytes(&mut *seed)?;
        Self::with_seed(context, credential, sequence, values, *seed)
    }

    /// [`VectorDraft::seal`] with a stated seed.
    #[wasm_bindgen(js_name = sealSeeded)]
    pub fn seal_seeded(
        context: &Context,
        credential: &Credential,
        sequence: u32,
        values: Vec<u64>,
        seed: &[u8],
    ) -> Result<VectorDraft, JsError> {
        let seed = array(seed, "the seed")?;
        Self::with_seed(context, credential, sequence, values, seed)
    }

    /// The tracker as the page shows it, in groups of four digits.
    pub fn tracker(&self) -> String {
        self.draft.tracker().to_string()
    }

    /// The tracker's 32 bytes, as the QR code carries them.
    #[wasm_bindgen(js_name = trackerBytes)]
    pub fn tracker_bytes(&self) -> Vec<u8> {
        self.draft.tracker().as_bytes().to_vec()
    }

    /// Opens the ballot for a check on a second device: the opening's bytes.
    /// The draft is gone.
    pub fn open(self) -> Vec<u8> {
        encode(&self.draft.open())
    }

    /// Proves the ballot: the ledger entry's bytes. `tokens` stand one after
    /// the other, by issuer index. The draft is gone.
    ///
    /// # Errors
    /// Another credential, or tokens of another number or length.
    pub fn cast(self, credential: &Credential, tokens: &[u8]) -> Result<Vec<u8>, JsError> {
        self.cast_with(credential, tokens, &mut UnwrapErr(SysRng))
    }

    /// [`VectorDraft::cast`] with the proof's randomness from ChaCha20.
    #[wasm_bindgen(js_name = castSeeded)]
    pub fn cast_seeded(
        self,
        credential: &Credential,
        tokens: &[u8],
        seed: &[u8],
    ) -> Result<Vec<u8>, JsError> {
        self.cast_with(credential, tokens, &mut generator(seed)?)
    }
}

impl VectorDraft {
    fn with_seed(
        context: &Context,
        credential: &Credential,
        sequence: u32,
        values: Vec<u64>,
        seed: [u8; 32],
    ) -> Result<VectorDraft, JsError> {
        let values = Zeroizing::new(values);
        let context = context.get();
        let draft = ballot::Draft::seal(context, credential.get(), sequence, &values, seed)?;
        let token_length = context.token_length;
        Ok(Self { draft, token_length })
    }

    fn cast_with<R: CryptoRng>(
        self,
        credential: &Credential,
        tokens: &[u8],
        rng: &mut R,
    ) -> Result<Vec<u8>, JsError> {
        // A rest of another length is one token too many, which the core refuses.
        let tokens = tokens
            .chunks(self.token_length.max(1))
            .map(<[u8]>::to_vec)
            .collect();
        let entry = self.draft.cast(tokens, credential.get(), rng)?;
        Ok(Entry::Ballot(entry).to_bytes())
    }
}
