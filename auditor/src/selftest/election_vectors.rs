//! The vectors of a whole election: the honest ledger, audited, and what is
//! illegal after each of its parts (specs/vectors/election.json).

use std::sync::OnceLock;

use serde_json::Value;
use voting_core::entry::{ContestResult, Entry};
use voting_core::ledger::leaf_hash;
use voting_core::lifecycle::Lifecycle;

use super::vectors::{Judgement, bytes, class, number, parsed, same, text};
use crate::{Audit, Overall};

/// The file; the honest ledger that all its vectors speak of is the first.
pub(super) const FILE: &str = include_str!("../../../specs/vectors/election.json");

/// The honest ledger's state after each entry.
static HONEST: OnceLock<Vec<Lifecycle>> = OnceLock::new();

/// Judges a vector of the election.
pub(super) fn election(vector: &Value) -> Judgement {
    match text(vector, "kind")? {
        "election" => whole(vector),
        "begin" => Lifecycle::begin(&bytes(vector, "entry")?)
            .map(drop)
            .map_err(|illegal| class(&illegal)),
        "next" => next(vector),
        other => Err(format!("unknown kind {other}")),
    }
}

/// Every entry is legal, every claim holds, and the results are the stated ones.
fn whole(vector: &Value) -> Judgement {
    let entries = entries(&vector["entries"])?;
    let mut recall = entries.as_slice();
    let mut audit = Audit::begin(None, rand::random());
    let mut states = Vec::with_capacity(entries.len());
    for entry in &entries {
        audit.entry(entry, &mut recall);
        states.extend(audit.lifecycle().cloned());
    }
    // All other vectors begin with a part of the file's first election.
    HONEST.get_or_init(|| states);
    let checkpoint = text(vector, "checkpoint")?;
    let verdict = audit.finish(&[checkpoint.as_bytes()], &mut recall);
    same("verdict", verdict.overall(), Overall::Held)?;
    let results: Vec<(Vec<u64>, Option<Vec<u32>>)> = entries
        .iter()
        .filter_map(|entry| match Entry::from_bytes(entry) {
            Ok(Entry::Result(ContestResult { totals, winners, .. })) => Some((totals, winners)),
            _ => None,
        })
        .collect();
    same("list of results", results, parsed(&vector["results"])?)
}

/// An entry after a part of the honest ledger, and after what else stands on it.
fn next(vector: &Value) -> Judgement {
    let after = usize::try_from(number(vector, "after")?).map_err(|_| "a part of no ledger")?;
    let states = HONEST.get().ok_or("an honest election comes first")?;
    // After 0 entries stands the state after 1: nothing but entry 0 can come first.
    let state = states.get(after.saturating_sub(1)).ok_or("a part of no ledger")?;
    let mut ledger = state.clone();
    for bytes in entries(&vector["then"])? {
        apply(&mut ledger, &bytes)?;
    }
    apply(&mut ledger, &bytes(vector, "entry")?)
}

fn apply(ledger: &mut Lifecycle, bytes: &[u8]) -> Judgement {
    let entry = Entry::from_bytes(bytes).map_err(|error| class(&error))?;
    ledger
        .apply(leaf_hash(bytes), &entry)
        .map_err(|illegal| class(&illegal))
}

fn entries(list: &Value) -> Result<Vec<Vec<u8>>, String> {
    let texts: Vec<String> = parsed(list)?;
    let decoded = texts.iter().map(hex::decode);
    decoded
        .collect::<Result<_, _>>()
        .map_err(|_| "an entry is not hexadecimal".to_owned())
}
