//! What a page has verified of the ledger (specs/05a-voter.md §2).

use voting_core::ledger::parse_bundle;
use voting_core::voter;
use wasm_bindgen::prelude::*;

use crate::Rules;
use crate::bytes::{array, hashes};

/// The poll of one ballot style. It has no secrets. A page makes one and keeps
/// it: its memory is never given back, so that voters and drafts can refer to it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Poll(&'static voter::Poll);

#[wasm_bindgen]
impl Poll {
    /// `link` is the election id of the voter's link, 32 bytes. `bundles` are the
    /// ledger's entry bundles from the first on, one after the other; `proof` is
    /// the consistency proof from their number of entries to the checkpoint;
    /// `policy` the witness policy's file, where the manifest seals one.
    ///
    /// # Errors
    /// What was read is not this election's signed ledger, or its keys are not
    /// there yet.
    #[wasm_bindgen(constructor)]
    pub fn new(
        link: &[u8],
        bundles: &[u8],
        checkpoint: &[u8],
        proof: &[u8],
        style: u32,
        policy: Option<Box<[u8]>>,
    ) -> Result<Poll, JsError> {
        let link = array(link, "the election id")?;
        let entries = parse_bundle(bundles)?;
        let poll = voter::Poll::read(
            &link,
            entries,
            checkpoint,
            &hashes(proof)?,
            style,
            policy.as_deref(),
        )?;
        Ok(Self::of(poll))
    }

    /// The phase at the last entry read, in a word; ballots are taken in `open`.
    #[wasm_bindgen(getter)]
    pub fn phase(&self) -> String {
        self.0.phase().name().to_owned()
    }

    /// Whether a later ballot replaces the earlier one.
    #[wasm_bindgen(getter)]
    pub fn revoting(&self) -> bool {
        self.0.revoting()
    }

    /// Whether the election seals witnesses.
    #[wasm_bindgen(getter, js_name = hasWitnesses)]
    pub fn has_witnesses(&self) -> bool {
        self.0.has_witnesses()
    }

    /// The ids of the style's contests, in the order of [`Choices`](crate::Choices).
    #[wasm_bindgen(getter)]
    pub fn contests(&self) -> Vec<String> {
        let contests = self.0.contests().iter();
        contests.map(|contest| contest.id.clone()).collect()
    }

    /// The ids of a contest's projects: choices name them by place.
    pub fn projects(&self, contest: usize) -> Vec<String> {
        let contest = self.0.contests().get(contest);
        let projects = contest.into_iter().flat_map(|contest| &contest.projects);
        projects.map(|project| project.id.clone()).collect()
    }

    /// What a ballot of a contest may say.
    pub fn rules(&self, contest: usize) -> Option<Rules> {
        self.0.contests().get(contest).map(Rules::of)
    }

    /// The style's index.
    #[wasm_bindgen(getter)]
    pub fn style(&self) -> u32 {
        self.0.style()
    }

    /// The issuers' names, by index.
    #[wasm_bindgen(getter, js_name = issuerNames)]
    pub fn issuer_names(&self) -> Vec<String> {
        self.0.issuers().map(|issuer| issuer.name.clone()).collect()
    }

    /// The issuers' addresses, by index.
    #[wasm_bindgen(getter)]
    pub fn issuers(&self) -> Vec<String> {
        self.0.issuers().map(|issuer| issuer.url.clone()).collect()
    }

    /// The ballot box's address.
    #[wasm_bindgen(getter)]
    pub fn ledger(&self) -> String {
        self.0.ledger().url.clone()
    }
}

impl Poll {
    pub(crate) fn of(poll: voter::Poll) -> Self {
        Self(Box::leak(Box::new(poll)))
    }

    pub(crate) fn get(&self) -> &'static voter::Poll {
        self.0
    }
}
