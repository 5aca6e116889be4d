//! Which files a page reads to know its poll (specs/05a-voter.md §2).

use voting_core::voter;
use wasm_bindgen::prelude::*;

use crate::Poll;
use crate::bytes::array;

/// The reading of a ledger's beginning, file by file.
#[wasm_bindgen]
pub struct Beginning(voter::Beginning);

#[wasm_bindgen]
impl Beginning {
    /// Begins with the checkpoint that the ledger shows now.
    ///
    /// # Errors
    /// It is none.
    #[wasm_bindgen(constructor)]
    pub fn new(checkpoint: &[u8]) -> Result<Beginning, JsError> {
        Ok(Self(voter::Beginning::of(checkpoint)?))
    }

    /// The path of the next file to [`Beginning::take`]; nothing once all are there.
    pub fn wanted(&self) -> Option<String> {
        self.0.wanted()
    }

    /// Takes the wanted file, or the full tile in the stead of a partial one.
    ///
    /// # Errors
    /// It is not what was wanted.
    pub fn take(&mut self, path: &str, bytes: &[u8]) -> Result<(), JsError> {
        Ok(self.0.take(path, bytes)?)
    }

    /// The path of a bundle of entries of the checkpoint's ledger; nothing
    /// behind its last.
    pub fn bundle(&self, number: u32) -> Option<String> {
        self.0.bundle_of(number.into())
    }

    /// The names of the ballot styles, by index.
    #[wasm_bindgen(getter)]
    pub fn styles(&self) -> Vec<String> {
        self.0.styles().map(str::to_owned).collect()
    }

    /// The poll of a style, verified. `link` is the election id of the voter's
    /// link, 32 bytes.
    ///
    /// # Errors
    /// What was read is not this election's signed ledger, or its keys are not
    /// there yet.
    pub fn poll(&self, link: &[u8], style: u32) -> Result<Poll, JsError> {
        let link = array(link, "the election id")?;
        Ok(Poll::of(self.0.poll(&link, style)?))
    }
}
