//! The manifest is coherent, signed by the officers, and the one that was published.

use voting_core::lifecycle::Illegal;

use super::{About, End, Observer};
use crate::finding::{Fault, Finding, Findings};
use crate::verdict::{Chapter, Standing};

pub(crate) const ABOUT: About = About {
    id: "manifest",
    title: "The rules are coherent, and the officers signed them before anything else",
    chapter: Chapter::Define,
    clause: "specs/10-audit.md §3.1",
};

/// Entry 0 passed; nothing can change it later.
#[derive(Default)]
pub(crate) struct ManifestIsSigned;

impl Observer for ManifestIsSigned {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let mut findings = Findings::default();
        let election = end.lifecycle.election();
        let found = hex::encode(election.id);
        let mut note = format!(
            "signed by {} of {} officers needed",
            end.signatures, election.manifest.officers.threshold
        );
        match end.expected {
            Some(expected) if expected != election.id => {
                let finding = ABOUT.finding(Some(0), "election id", Fault::Source);
                findings.push(finding.differs(hex::encode(expected), found));
            }
            Some(_) => note.push_str("; the election id is the one you asked for"),
            None => note.push_str("; compare the election id with the published one"),
        }
        (findings, Standing::held(note))
    }
}

/// Everything wrong with an entry 0 that no election can begin with.
pub(crate) fn findings_of(illegal: &Illegal) -> Findings {
    let mut findings = Findings::default();
    match illegal {
        Illegal::Manifest(problems) => {
            for problem in problems {
                findings.push(finding(
                    "coherence",
                    "a manifest without contradictions",
                    problem.to_string(),
                ));
            }
        }
        Illegal::Contest { .. } | Illegal::Style { .. } => {
            findings.push(finding(
                "contests",
                "contests that compile to statements",
                illegal.to_string(),
            ));
        }
        Illegal::Decode(_) | Illegal::NoManifest => {
            findings.push(finding(
                "encoding",
                "a manifest in its one encoding",
                illegal.to_string(),
            ));
        }
        other => findings.push(finding(
            "signatures",
            "the threshold of officers' signatures",
            other.to_string(),
        )),
    }
    findings
}

/// The finding of a ledger that has not even an entry 0.
pub(crate) fn empty_ledger() -> Findings {
    let mut findings = Findings::default();
    findings.push(Finding {
        entry: None,
        field: "ledger".into(),
        expected: "at least entry 0, the manifest".into(),
        found: "no entry at all".into(),
        clause: ABOUT.clause,
        fault: Fault::Source,
    });
    findings
}

fn finding(field: &str, expected: &str, found: String) -> Finding {
    ABOUT
        .finding(Some(0), field, Fault::Officers)
        .differs(expected, found)
}
