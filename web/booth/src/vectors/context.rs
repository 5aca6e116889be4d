//! A ballot's context, without an election around it.

use voting_core::ballot::BallotContext;
use wasm_bindgen::prelude::*;

/// What ballots are sealed for and checked against. Its memory is never given
/// back, so that a draft can refer to it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Context(&'static BallotContext);

impl Context {
    pub(super) fn leak(context: BallotContext) -> Self {
        Self(Box::leak(Box::new(context)))
    }

    pub(super) fn get(&self) -> &'static BallotContext {
        self.0
    }
}
