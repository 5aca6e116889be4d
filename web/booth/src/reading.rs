//! The last look: the whole ledger with one voter's eyes (specs/05a-voter.md §8).

use getrandom::SysRng;
use rand_core::UnwrapErr;
use voting_core::ledger::parse_bundle;
use voting_core::voter;
use wasm_bindgen::prelude::*;

use crate::Voter;

/// A reading of the ledger, bundle after bundle; [`Voter::status`] ends it.
#[wasm_bindgen]
pub struct Reading(pub(crate) voter::Reading<'static>);

#[wasm_bindgen]
impl Reading {
    /// Begins with the ledger's first entry bundle.
    ///
    /// # Errors
    /// It does not begin with this election's manifest.
    #[wasm_bindgen(constructor)]
    pub fn new(voter: &Voter, bundle: &[u8]) -> Result<Reading, JsError> {
        let entries = parse_bundle(bundle)?;
        let (first, rest) = entries
            .split_first()
            .ok_or_else(|| JsError::new("the first bundle is empty"))?;
        let mut reading = Self(voter::Reading::begin(voter.get(), first)?);
        reading.take(rest);
        Ok(reading)
    }

    /// Takes the next bundle.
    ///
    /// # Errors
    /// It is no bundle.
    pub fn bundle(&mut self, bundle: &[u8]) -> Result<(), JsError> {
        self.take(&parse_bundle(bundle)?);
        Ok(())
    }
}

impl Reading {
    fn take(&mut self, entries: &[&[u8]]) {
        for entry in entries {
            self.0.entry(entry, &mut UnwrapErr(SysRng));
        }
    }
}

/// How a voter's ballots stand on the ledger.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Status(pub(crate) voter::Status);

#[wasm_bindgen]
impl Status {
    /// Sentences for the voter, one a line.
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.0.to_string()
    }

    /// Ballots with this voter's pass.
    #[wasm_bindgen(getter)]
    pub fn recorded(&self) -> usize {
        self.0.recorded.len()
    }

    /// Ballots with this voter's pass that this device did not cast.
    #[wasm_bindgen(getter, js_name = byOthers)]
    pub fn by_others(&self) -> usize {
        self.0.by_others()
    }

    /// Whether a receipt contradicts the ledger.
    #[wasm_bindgen(getter, js_name = contradictsReceipt)]
    pub fn contradicts_receipt(&self) -> bool {
        self.0.contradicts_a_receipt()
    }
}
