//! Checking an opening, on the second device (specs/05-ballot.md §7.3).

use voting_core::ballot::{Opening, Tracker};
use voting_core::encoding::decode;
use wasm_bindgen::prelude::*;

use crate::Context;

/// What an opened ballot contains, and the tracker it must have had.
#[wasm_bindgen]
#[derive(Debug)]
pub struct CheckedOpening {
    opening: Opening,
    tracker: Tracker,
}

#[wasm_bindgen]
impl CheckedOpening {
    /// Decodes an opening and recomputes the sealed ballot from it.
    ///
    /// # Errors
    /// Bytes that are no opening, or values that break the rules.
    #[wasm_bindgen(constructor)]
    pub fn new(context: &Context, opening: &[u8]) -> Result<CheckedOpening, JsError> {
        let opening: Opening = decode(opening)?;
        let tracker = opening.check(context.get())?;
        Ok(Self { opening, tracker })
    }

    /// The recomputed tracker, in groups of four digits: it must be the one
    /// that was scanned before the voter chose to check.
    pub fn tracker(&self) -> String {
        self.tracker.to_string()
    }

    /// The recomputed tracker's 32 bytes.
    #[wasm_bindgen(js_name = trackerBytes)]
    pub fn tracker_bytes(&self) -> Vec<u8> {
        self.tracker.as_bytes().to_vec()
    }

    /// The values of the cells.
    #[wasm_bindgen(getter)]
    pub fn values(&self) -> Vec<u64> {
        self.opening.values.clone()
    }

    /// The credential key `A`, 32 bytes.
    #[wasm_bindgen(getter)]
    pub fn credential(&self) -> Vec<u8> {
        self.opening.credential.to_vec()
    }

    /// The ballot's sequence.
    #[wasm_bindgen(getter)]
    pub fn sequence(&self) -> u32 {
        u32::from_be_bytes(*self.opening.sequence)
    }
}
