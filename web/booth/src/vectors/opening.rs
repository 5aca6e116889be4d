//! Recomputing a ballot from an opening, by a bare context.

use voting_core::ballot::{Opening, Tracker};
use voting_core::encoding::decode;
use wasm_bindgen::prelude::*;

use super::Context;

/// What an opened ballot contains, and the tracker it must have had.
#[wasm_bindgen]
#[derive(Debug)]
pub struct VectorOpening {
    opening: Opening,
    tracker: Tracker,
}

#[wasm_bindgen]
impl VectorOpening {
    /// Decodes an opening and recomputes the sealed ballot from it.
    ///
    /// # Errors
    /// Bytes that are no opening, or values that break the rules.
    #[wasm_bindgen(constructor)]
    pub fn new(context: &Context, opening: &[u8]) -> Result<VectorOpening, JsError> {
        let opening: Opening = decode(opening)?;
        let tracker = opening.check(context.get())?;
        Ok(Self { opening, tracker })
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
}
