//! "Check my device", on the second device (specs/05a-voter.md §5.1).

use voting_core::contest::Choice;
use voting_core::entry::Entry;
use voting_core::ledger::parse_bundle;
use voting_core::voter::Checked;
use wasm_bindgen::prelude::*;

use crate::Poll;
use crate::bytes::array;

/// What an opened ballot contains.
#[wasm_bindgen]
#[derive(Debug)]
pub struct CheckedOpening(Checked);

#[wasm_bindgen]
impl CheckedOpening {
    /// Recomputes the sealed ballot from its opening. `scanned` is the tracker,
    /// 32 bytes, as this device read it before the voter chose to check.
    ///
    /// # Errors
    /// The first device failed the check.
    #[wasm_bindgen(constructor)]
    pub fn new(poll: &Poll, opening: &[u8], scanned: &[u8]) -> Result<CheckedOpening, JsError> {
        let scanned = array(scanned, "the tracker code")?;
        Ok(Self(poll.get().check(opening, &scanned)?))
    }

    /// The projects that the choice of a contest names, by place.
    pub fn projects(&self, contest: usize) -> Vec<u32> {
        let choice = self.0.choices().get(contest);
        choice.map(Choice::projects).unwrap_or_default()
    }

    /// Their points, where the ballot gives points.
    pub fn points(&self, contest: usize) -> Option<Vec<i64>> {
        match self.0.choices().get(contest) {
            Some(Choice::Points(points)) => Some(points.iter().map(|one| one.1).collect()),
            _ => None,
        }
    }

    /// Whether an entry of a bundle is the opened ballot: none may be.
    ///
    /// # Errors
    /// It is no bundle.
    #[wasm_bindgen(js_name = isCastIn)]
    pub fn is_cast_in(&self, poll: &Poll, bundle: &[u8]) -> Result<bool, JsError> {
        let entries = parse_bundle(bundle)?;
        Ok(entries.iter().any(|entry| self.is_cast_as(poll, entry)))
    }

    /// Whether a ledger entry is the opened ballot: none may be.
    #[wasm_bindgen(js_name = isCastAs)]
    pub fn is_cast_as(&self, poll: &Poll, entry: &[u8]) -> bool {
        matches!(Entry::from_bytes(entry), Ok(Entry::Ballot(ballot)) if self.0.is_cast_as(poll.get(), &ballot))
    }
}
