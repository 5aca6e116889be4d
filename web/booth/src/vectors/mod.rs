//! Fixed randomness, bare contexts and ballots without a voter's state, for
//! vectors and measurements only: behind the feature `vectors`, never in the
//! shipped booth.

mod context;
mod credential;
mod draft;
mod opening;

pub use context::Context;
pub use credential::Credential;
pub use draft::VectorDraft;
pub use opening::VectorOpening;

use core::fmt::Debug;

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use voting_core::ballot::{BallotContext, verify};
use voting_core::entry::Entry;
use voting_core::group::decode_key;
use voting_core::statement::{Constraint, Statement, StatementError};
use wasm_bindgen::prelude::*;

use crate::bytes::array;

/// A ballot's context as the vectors state it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Parts {
    context: BallotContext,
}

#[wasm_bindgen]
impl Parts {
    /// `maxima` and `constraints` as in [`statement_digest`].
    #[wasm_bindgen(constructor)]
    pub fn new(
        election_id: &[u8],
        joint_key: &[u8],
        key_digest: &[u8],
        maxima: Vec<u64>,
        constraints: &[i64],
    ) -> Result<Parts, JsError> {
        Ok(Self {
            context: BallotContext {
                election_id: array(election_id, "the election id")?,
                joint_key: decode_key(joint_key)?,
                key_digest: array(key_digest, "the key digest")?,
                style: 0,
                statement: statement(maxima, constraints)?,
                issuers: 1,
                token_length: 0,
            },
        })
    }

    /// The context of a style, issuers and token length.
    pub fn context(self, style: u32, issuers: usize, token_length: usize) -> Context {
        Context::leak(BallotContext {
            style,
            issuers,
            token_length,
            ..self.context
        })
    }
}

/// The digest of a statement. `constraints` holds `lo, hi, number of terms,
/// cell, weight, cell, weight, …` of one constraint after the other.
#[wasm_bindgen(js_name = statementDigest)]
pub fn statement_digest(maxima: Vec<u64>, constraints: &[i64]) -> Result<Vec<u8>, JsError> {
    Ok(statement(maxima, constraints)?.digest().to_vec())
}

/// The class of a statement's defect, or nothing.
#[wasm_bindgen(js_name = statementDefect)]
pub fn statement_defect(maxima: Vec<u64>, constraints: &[i64]) -> Option<String> {
    statement(maxima, constraints).err().map(|error| class(&error))
}

#[wasm_bindgen]
impl Context {
    /// The class of a ballot entry's defect, or nothing. `seed` is of the
    /// verifier's own randomness, 32 bytes.
    pub fn defect(&self, entry: &[u8], seed: &[u8]) -> Result<Option<String>, JsError> {
        let Entry::Ballot(ballot) = Entry::from_bytes(entry)? else {
            return Err(JsError::new("the entry is not a ballot"));
        };
        let outcome = verify(self.get(), &ballot, &mut generator(seed)?);
        Ok(outcome.err().map(|error| class(&error)))
    }
}

fn generator(seed: &[u8]) -> Result<ChaCha20Rng, JsError> {
    Ok(ChaCha20Rng::from_seed(array(seed, "the generator's seed")?))
}

fn statement(maxima: Vec<u64>, constraints: &[i64]) -> Result<Statement, StatementError> {
    let mut parsed = Vec::new();
    let mut rest = constraints;
    while let [lo, hi, count, tail @ ..] = rest {
        let (terms, next) = tail.split_at((2 * *count as usize).min(tail.len()));
        let terms = terms
            .chunks_exact(2)
            .map(|term| (term[0] as u32, term[1]))
            .collect();
        parsed.push(Constraint {
            lo: *lo,
            hi: *hi,
            terms,
        });
        rest = next;
    }
    Statement::new(maxima, parsed)
}

/// The name of an error's variant.
fn class(error: &impl Debug) -> String {
    let text = format!("{error:?}");
    text.split([' ', '(', '{']).next().unwrap_or_default().to_owned()
}
