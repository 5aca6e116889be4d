#![deny(missing_docs)]
//! The observer in WebAssembly: JavaScript's way into the auditor's library. A
//! shell without logic: it turns bytes into types, and answers into JSON.
//!
//! Both machines are driven alike: fetch what `wants` names below the ledger's
//! address, hand it to `take`, until nothing is wanted (specs/11a-oneself.md).
//! [`Observer`] audits a whole ledger, [`Finder`] looks up one receipt.
//!
//! It is a module of its own, so that a voter's booth does not carry it. Built
//! by `cargo xtask booth`.

mod audit;
mod find;
#[cfg(feature = "vectors")]
mod vectors;

pub use audit::Observer;
pub use find::Finder;
#[cfg(feature = "vectors")]
pub use vectors::judge_vectors;

use auditor::remote::Unreadable;
use getrandom::SysRng;
use rand_core::{Rng, UnwrapErr};
use voting_core::hash::Hash;
use wasm_bindgen::prelude::*;

/// A fresh secret seed.
fn seed() -> [u8; 32] {
    let mut seed = [0; 32];
    UnwrapErr(SysRng).fill_bytes(&mut seed);
    seed
}

/// The election id that a page names, if it names one.
fn election(text: Option<String>) -> Result<Option<Hash>, JsError> {
    let Some(text) = text else { return Ok(None) };
    let mut election = Hash::default();
    hex::decode_to_slice(text.trim(), &mut election)
        .map_err(|_| JsError::new("an election id is 64 hexadecimal digits"))?;
    Ok(Some(election))
}

/// Whether a file was taken; `false`: it is packed, and is to be unpacked first.
fn taken(error: Option<&Unreadable>) -> bool {
    !matches!(error, Some(Unreadable::Packed(_)))
}

/// Numbers as JavaScript has them. No ledger here has more entries.
fn number(count: u64) -> f64 {
    count as f64
}
