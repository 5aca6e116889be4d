//! The frozen vectors of `specs/vectors`, judged in WebAssembly.

use std::collections::BTreeMap;

use auditor::selftest;
use wasm_bindgen::prelude::*;

/// Judges every vector. Returns the number of cases of each file, as JSON.
///
/// # Errors
/// The first vector on which this module is of another opinion.
#[wasm_bindgen(js_name = judgeVectors)]
pub fn judge_vectors() -> Result<String, JsError> {
    let agreements = selftest::vectors()?;
    let cases: BTreeMap<_, _> = agreements
        .into_iter()
        .map(|agreement| (agreement.what, agreement.cases))
        .collect();
    Ok(serde_json::to_string(&cases)?)
}
