//! The verdict as one JSON document (specs/10-audit.md §5).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::verdict::{Claim, ContestOutcome, Figures, Overall, Verdict};

/// Name and version of the document's shape.
const SCHEMA: &str = "psephos/audit/v1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: Tool,
    source: &'a str,
    verdict: &'static str,
    claims: BTreeMap<&'static str, &'static str>,
    details: &'a [Claim],
    figures: Option<&'a Figures>,
    results: &'a [ContestOutcome],
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

const TOOL: Tool = Tool {
    name: env!("CARGO_PKG_NAME"),
    version: env!("CARGO_PKG_VERSION"),
};

/// The document of a verdict.
pub fn document(source: &str, verdict: &Verdict) -> String {
    let word = match verdict.overall() {
        Overall::Held => "held",
        Overall::Broken => "broken",
        Overall::Open | Overall::Incomplete => "not checkable",
    };
    let document = Document {
        schema: SCHEMA,
        tool: TOOL,
        source,
        verdict: word,
        claims: verdict
            .claims
            .iter()
            .map(|claim| (claim.id, claim.standing.word()))
            .collect(),
        details: &verdict.claims,
        figures: verdict.figures.as_ref(),
        results: &verdict.results,
    };
    serde_json::to_string_pretty(&document).expect("strings and numbers are always JSON")
}

/// The document of a ledger that could not be read.
pub(super) fn failure(source: &str, error: &str) -> String {
    let document = serde_json::json!({
        "schema": SCHEMA,
        "tool": { "name": TOOL.name, "version": TOOL.version },
        "source": source,
        "verdict": "not checkable",
        "error": error,
    });
    document.to_string()
}
