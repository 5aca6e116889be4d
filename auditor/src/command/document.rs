//! The verdict as one JSON document (specs/10-audit.md §5), in the form that
//! specs/audit.schema.json describes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::occasion::{Occasion, SPECIFICATION, utc};
use crate::statement::results_hash;
use crate::verdict::{Claim, ContestOutcome, Figures, Overall, Verdict};

/// Name and version of the document's shape.
const SCHEMA: &str = "psephos/audit/v1";

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    claims: BTreeMap<&'static str, &'static str>,
    details: &'a [Claim],
    figures: Option<&'a Figures>,
    results: &'a [ContestOutcome],
    results_hash: String,
}

#[derive(Serialize)]
struct Failure<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    error: &'a str,
}

/// What every document begins with.
#[derive(Serialize)]
struct Head<'a> {
    schema: &'static str,
    specification: &'static str,
    tool: Tool<'a>,
    source: &'a str,
    time: String,
    verdict: &'static str,
    outcome: &'static str,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    version: &'a str,
    sha256: Option<String>,
}

impl<'a> Head<'a> {
    fn new(overall: Option<Overall>, occasion: &'a Occasion) -> Self {
        let tool = &occasion.tool;
        Self {
            schema: SCHEMA,
            specification: SPECIFICATION,
            tool: Tool {
                name: tool.name,
                version: tool.version,
                sha256: tool.sha256.map(hex::encode),
            },
            source: &occasion.source,
            time: utc(occasion.time),
            verdict: match overall {
                Some(Overall::Held) => "held",
                Some(Overall::Broken) => "broken",
                Some(Overall::Open | Overall::Incomplete) | None => "not checkable",
            },
            outcome: overall.map_or("unreadable", Overall::word),
        }
    }
}

/// The document of a verdict that was reached on an occasion.
pub fn document(verdict: &Verdict, occasion: &Occasion) -> String {
    text(&Document {
        head: Head::new(Some(verdict.overall()), occasion),
        claims: verdict
            .claims
            .iter()
            .map(|claim| (claim.id, claim.standing.word()))
            .collect(),
        details: &verdict.claims,
        figures: verdict.figures.as_ref(),
        results: &verdict.results,
        results_hash: hex::encode(results_hash(&verdict.results)),
    })
}

/// The document of a ledger that could not be read.
pub(super) fn failure(error: &str, occasion: &Occasion) -> String {
    let document = Failure {
        head: Head::new(None, occasion),
        error,
    };
    serde_json::to_string(&document).expect("strings are always JSON")
}

fn text(document: &impl Serialize) -> String {
    serde_json::to_string_pretty(document).expect("strings and numbers are always JSON")
}
