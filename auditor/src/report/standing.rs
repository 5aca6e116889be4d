//! The claims as the page shows them: where each stands, what that means, and
//! everything that was found.

use super::chart::number;
use super::escape::shown;
use super::explain::explanation;
use crate::finding::{Fault, Finding};
use crate::verdict::{Claim, Standing, Verdict};

/// Findings of one claim that the page shows; the JSON document lists more.
pub(super) const SHOWN: usize = 100;

/// Claims of one part of the election's story.
pub(super) struct Chapter {
    pub(super) heading: &'static str,
    pub(super) claims: Vec<ClaimView>,
}

/// One claim.
pub(super) struct ClaimView {
    pub(super) number: u32,
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) clause: &'static str,
    pub(super) word: &'static str,
    pub(super) sign: &'static str,
    pub(super) class: &'static str,
    /// What was found out.
    pub(super) says: String,
    pub(super) checked: &'static str,
    pub(super) matters: &'static str,
    /// What it means that the claim is broken; empty if it is not.
    pub(super) broken: &'static str,
    pub(super) findings: Vec<FindingView>,
    /// How many findings are not shown, and where they are; empty if all are.
    pub(super) more: String,
}

/// One finding.
pub(super) struct FindingView {
    /// Where: the entry, and the field in it.
    pub(super) place: String,
    pub(super) expected: String,
    pub(super) found: String,
    pub(super) fault: String,
    pub(super) clause: &'static str,
}

/// Every claim, by chapter, in the order of the story.
pub(super) fn of_claims(verdict: &Verdict) -> Vec<Chapter> {
    let mut chapters: Vec<Chapter> = Vec::new();
    let claims = verdict.claims.iter();
    for (claim, words) in claims.filter_map(|claim| Some((claim, explanation(claim.id)?))) {
        let heading = claim.chapter.heading();
        if chapters.last().is_none_or(|last| last.heading != heading) {
            chapters.push(Chapter {
                heading,
                claims: Vec::new(),
            });
        }
        let (sign, class, says) = standing(claim);
        let mut view = ClaimView {
            number: claim.number,
            id: claim.id,
            title: claim.title,
            clause: claim.clause,
            word: claim.standing.word(),
            sign,
            class,
            says,
            checked: words.checked,
            matters: words.matters,
            broken: "",
            findings: Vec::new(),
            more: String::new(),
        };
        if let Standing::Broken { findings } = &claim.standing {
            view.broken = words.broken;
            view.findings = findings
                .listed
                .iter()
                .take(SHOWN)
                .map(|finding| of_finding(finding, verdict))
                .collect();
            let more = findings.total.saturating_sub(view.findings.len() as u64);
            if more > 0 {
                view.more = format!(
                    "{} more findings are not shown here. The JSON document (auditor verify --json) lists them, up to {} of a claim.",
                    number(more),
                    number(crate::finding::LISTED as u64)
                );
            }
        }
        if let Some(chapter) = chapters.last_mut() {
            chapter.claims.push(view);
        }
    }
    chapters
}

/// Sign, colours, and what was found out.
fn standing(claim: &Claim) -> (&'static str, &'static str, String) {
    match &claim.standing {
        Standing::Held { note } => ("✓", "held", sentence(note)),
        Standing::Broken { findings } if findings.total == 1 => {
            ("✗", "broken", "One thing is wrong.".to_owned())
        }
        Standing::Broken { findings } => (
            "✗",
            "broken",
            format!("{} things are wrong.", number(findings.total)),
        ),
        Standing::NotCheckable {
            because,
            to_come: true,
        } => ("…", "open", format!("Still to come. {}", sentence(because))),
        Standing::NotCheckable {
            because,
            to_come: false,
        } => ("?", "open", format!("Evidence is missing. {}", sentence(because))),
    }
}

/// A note as a sentence.
fn sentence(note: &str) -> String {
    let note = shown(note);
    let mut letters = note.chars();
    let first = letters
        .next()
        .map(|first| first.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

fn of_finding(finding: &Finding, verdict: &Verdict) -> FindingView {
    let field = shown(&finding.field);
    FindingView {
        place: match finding.entry {
            Some(entry) => format!("Entry {entry}: {field}"),
            None => field,
        },
        expected: shown(&finding.expected),
        found: shown(&finding.found),
        fault: shown(&who(finding.fault, verdict)),
        clause: finding.clause,
    }
}

/// Whose doing it is, with the name that the manifest gives.
fn who(fault: Fault, verdict: &Verdict) -> String {
    let manifest = verdict.manifest.as_ref();
    let name = match fault {
        Fault::Trustee(index) => {
            manifest.and_then(|manifest| Some(&manifest.trustees.members.get(index as usize)?.name))
        }
        Fault::Issuer(index) => {
            manifest.and_then(|manifest| Some(&manifest.issuers.members.get(index as usize)?.name))
        }
        Fault::Officers | Fault::BallotBox | Fault::Source => None,
    };
    match name {
        Some(name) => format!("{fault} ({name})"),
        None => fault.to_string(),
    }
}
