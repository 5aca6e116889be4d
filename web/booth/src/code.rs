//! Codes for eyes and cameras: QR codes (ISO/IEC 18004), and the letter's.

use qrcodegen::{QrCode, QrCodeEcc};
use voting_core::roll::ActivationCode;
use wasm_bindgen::prelude::*;

/// A QR code of a text, row after row, one byte a module: 1 is dark. It is as
/// wide as the square root of its length.
///
/// # Errors
/// More than a QR code can hold.
#[wasm_bindgen]
pub fn qr(text: &str) -> Result<Vec<u8>, JsError> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low)?;
    let rows = 0..code.size();
    let modules = rows.flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    Ok(modules.map(|(x, y)| code.get_module(x, y).into()).collect())
}

/// Whether a letter's code is written as one: its checksum holds
/// (specs/04-roll-and-tokens.md §2.2).
#[wasm_bindgen(js_name = isCode)]
pub fn is_code(text: &str) -> bool {
    ActivationCode::parse(text).is_ok()
}
