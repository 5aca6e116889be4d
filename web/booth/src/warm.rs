//! Browsers compile a module well only where it has run for a while. So it runs
//! while the voter chooses, and sealing does not wait for it.

use getrandom::SysRng;
use rand_core::{CryptoRng, UnwrapErr};
use voting_core::ballot::{BallotContext, Draft};
use voting_core::credential::Credential;
use voting_core::statement::{Constraint, Statement};
use wasm_bindgen::prelude::*;

use crate::Poll;

/// So many cells are sealed and proven, in whole ballots.
const CELLS: usize = 80;

#[wasm_bindgen]
impl Poll {
    /// Seals and proves ballots that say nothing, for no election, under
    /// credentials of their own, and forgets them.
    ///
    /// # Errors
    /// None that anything follows from.
    #[wasm_bindgen(js_name = warmUp)]
    pub fn warm_up(&self) -> Result<(), JsError> {
        let context = blank(self.get().context())?;
        let cells = context.statement.maxima().len();
        for _ in 0..CELLS.div_ceil(cells.max(1)) {
            seal_and_prove(&context, &mut UnwrapErr(SysRng))?;
        }
        Ok(())
    }
}

/// The poll's number of cells, each 0 or 1, and no election.
fn blank(of: &BallotContext) -> Result<BallotContext, JsError> {
    let cells = of.statement.maxima().len();
    let all = Constraint {
        lo: 0,
        hi: cells as i64,
        terms: (0..cells as u32).map(|cell| (cell, 1)).collect(),
    };
    Ok(BallotContext {
        election_id: [0; 32],
        statement: Statement::new(vec![1; cells], vec![all])?,
        ..of.clone()
    })
}

fn seal_and_prove(context: &BallotContext, rng: &mut impl CryptoRng) -> Result<(), JsError> {
    let credential = Credential::generate(rng);
    let mut seed = [0; 32];
    rng.fill_bytes(&mut seed);
    let values = vec![0; context.statement.maxima().len()];
    let tokens = vec![vec![0; context.token_length]; context.issuers];
    Draft::seal(context, &credential, 0, &values, seed)?.cast(tokens, &credential, rng)?;
    Ok(())
}
