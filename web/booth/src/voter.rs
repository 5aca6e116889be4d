//! One voter's way, from the pass to the receipt.

use getrandom::SysRng;
use rand_core::UnwrapErr;
use voting_core::voter;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::bytes::hashes;
use crate::{Choices, Draft, Poll, Reading, Status};

/// One voter on this device; wiped when freed.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Voter(voter::Voter<'static>);

#[wasm_bindgen]
impl Voter {
    /// A fresh credential, and requests for it.
    ///
    /// # Errors
    /// A key on the ledger under which nothing can be blinded.
    pub fn begin(poll: &Poll) -> Result<Voter, JsError> {
        Ok(Self(voter::Voter::begin(poll.get(), &mut UnwrapErr(SysRng))?))
    }

    /// Goes on from [`Voter::save`]'s bytes.
    ///
    /// # Errors
    /// Bytes of another poll, damaged ones.
    pub fn resume(poll: &Poll, secret: Vec<u8>) -> Result<Voter, JsError> {
        let secret = Zeroizing::new(secret);
        Ok(Self(voter::Voter::resume(poll.get(), &secret)?))
    }

    /// The state, for encrypted storage on the voter's device only. Stored
    /// before anything is sent.
    pub fn save(&self) -> Vec<u8> {
        self.0.to_secret_bytes().to_vec()
    }

    /// How far the voter has come, in words for the voter.
    #[wasm_bindgen(getter)]
    pub fn stage(&self) -> String {
        self.0.stage().to_string()
    }

    /// The same for programs: `no-pass`, `not-cast`, `unconfirmed`, `refused`,
    /// `handed-in` or `cast`.
    #[wasm_bindgen(getter, js_name = stageName)]
    pub fn stage_name(&self) -> String {
        self.0.stage().name().to_owned()
    }

    /// Whether a ballot before the last has a receipt.
    #[wasm_bindgen(getter, js_name = hasEarlier)]
    pub fn has_earlier(&self) -> bool {
        let mut before = self.0.ballots().iter().rev().skip(1);
        before.any(|ballot| ballot.recording().is_some())
    }

    /// Whether nothing cast before stands in the way of another ballot.
    #[wasm_bindgen(getter, js_name = isFree)]
    pub fn is_free(&self) -> bool {
        self.0.check_free().is_ok()
    }

    /// The tracker of the last ballot cast, 32 bytes.
    #[wasm_bindgen(getter)]
    pub fn tracker(&self) -> Option<Vec<u8>> {
        let last = self.0.ballots().last()?;
        Some(last.tracker().to_vec())
    }

    /// The index of the last ballot's entry, once it has a receipt.
    #[wasm_bindgen(getter)]
    pub fn index(&self) -> Option<f64> {
        let recording = self.0.ballots().last()?.recording()?;
        // Exact: a ledger has fewer than 2^53 entries.
        Some(recording.index() as f64)
    }

    /// The last ballot's receipt as a file to keep, for `auditor receipt`.
    #[wasm_bindgen(getter, js_name = receiptFile)]
    pub fn receipt_file(&self) -> Option<String> {
        let kept = self.0.ballots().last()?.kept_receipt()?;
        Some(kept.to_string())
    }

    /// Whether the last ballot has a verified receipt.
    #[wasm_bindgen(getter, js_name = isReceipted)]
    pub fn is_receipted(&self) -> bool {
        self.0.stage().is_receipted()
    }

    /// The issuers, by index, whose pass is missing.
    #[wasm_bindgen(getter)]
    pub fn outstanding(&self) -> Vec<u32> {
        self.0.outstanding().collect()
    }

    /// The request for an issuer whose directory serves these `token-key`s, or
    /// nothing once the pass is there.
    ///
    /// # Errors
    /// The issuer serves other keys than the ledger's: nothing may be sent.
    pub fn request(&self, issuer: u32, keys: Vec<String>) -> Result<Option<Vec<u8>>, JsError> {
        let served = self.0.poll().served(issuer, keys.iter().map(String::as_str))?;
        Ok(self.0.request(&served)?.map(|request| request.to_bytes()))
    }

    /// Takes an issuer's answer.
    ///
    /// # Errors
    /// It is no pass. The request stays as it is.
    pub fn answer(&mut self, issuer: u32, response: &[u8]) -> Result<(), JsError> {
        Ok(self.0.answer(issuer, response)?)
    }

    /// When the ballot may leave, in seconds since 1970 (specs/05a-voter.md
    /// §3.3); nothing while a pass is missing. Asked as soon as the last pass is
    /// there; store the state.
    #[wasm_bindgen(js_name = sendsAt)]
    pub fn sends_at(&mut self, now: f64) -> Option<f64> {
        // Exact: seconds are below 2^53.
        let at = self.0.sends_at(now as u64, &mut UnwrapErr(SysRng))?;
        Some(at as f64)
    }

    /// The voter does not want to wait.
    #[wasm_bindgen(js_name = waitNoLonger)]
    pub fn wait_no_longer(&mut self, now: f64) {
        self.0.wait_no_longer(now as u64);
    }

    /// Seals the choices. Store the state, show the tracker, let the voter decide.
    ///
    /// # Errors
    /// The rule that is broken, in the voter's words.
    pub fn choose(&mut self, choices: &Choices) -> Result<Draft, JsError> {
        Ok(Draft(self.0.choose(choices.get(), &mut UnwrapErr(SysRng))?))
    }

    /// Proves a sealed ballot: the bytes to post, once the state is stored.
    ///
    /// # Errors
    /// A pass is missing, or another ballot stands in the way.
    pub fn cast(&mut self, draft: Draft) -> Result<Vec<u8>, JsError> {
        Ok(self.0.cast(draft.0, &mut UnwrapErr(SysRng))?.to_vec())
    }

    /// The ballot that has no receipt yet: these bytes are posted until it has one.
    #[wasm_bindgen(getter)]
    pub fn unconfirmed(&self) -> Option<Vec<u8>> {
        self.0.unconfirmed().map(<[u8]>::to_vec)
    }

    /// Takes the ballot box's answer; [`Voter::stage`] says what it means.
    ///
    /// # Errors
    /// It is no receipt for the ballot.
    pub fn receive(&mut self, answer: &[u8]) -> Result<String, JsError> {
        Ok(self.0.receive(answer)?.to_string())
    }

    /// The ballot box does not take the ballot (HTTP 4xx other than 408 and 429).
    pub fn refused(&mut self) {
        self.0.refused();
    }

    /// Verifies that a later checkpoint goes on from the receipt's head.
    ///
    /// # Errors
    /// It does not.
    pub fn follow(&self, checkpoint: &[u8], proof: &[u8]) -> Result<(), JsError> {
        self.0.follow(checkpoint, &hashes(proof)?)?;
        Ok(())
    }

    /// The last receipt, to keep as evidence.
    #[wasm_bindgen(getter)]
    pub fn receipt(&self) -> Option<String> {
        let mut recordings = self.0.ballots().iter().rev().filter_map(|own| own.recording());
        recordings.next().map(|recording| recording.receipt())
    }

    /// Ends a reading of the ledger under a signed checkpoint.
    ///
    /// # Errors
    /// What was read is not the signed ledger.
    pub fn status(&mut self, reading: Reading, checkpoint: &[u8]) -> Result<Status, JsError> {
        Ok(Status(self.0.status(reading.0, checkpoint)?))
    }
}

impl Voter {
    pub(crate) fn get(&self) -> &voter::Voter<'static> {
        &self.0
    }
}
