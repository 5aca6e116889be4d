//! Every ballot bears one valid voting pass of each issuer.

use super::{About, End, Observer, SeenBallot, number};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "tokens",
    title: "Every ballot bears one valid voting pass of each issuer",
    chapter: Chapter::Ballots,
    clause: "specs/10-audit.md §3.7",
};

/// Collects ballots with passes that fail.
#[derive(Default)]
pub(crate) struct TokensAreValid(Findings);

impl Observer for TokensAreValid {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn ballot(&mut self, ballot: &SeenBallot<'_>) {
        for fault in ballot.tokens {
            let finding = ABOUT.finding(
                Some(ballot.index),
                format!("tokens[{}]", fault.issuer),
                Fault::BallotBox,
            );
            self.0.push(finding.differs(
                "a pass that this issuer signed for this credential and style",
                fault.why.clone(),
            ));
        }
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let issuers = end.lifecycle.election().manifest.issuers.members.len() as u64;
        let standing = if end.lifecycle.election().keys.is_none() {
            Standing::to_come("there is no election key yet, so there are no ballots")
        } else {
            Standing::held(format!(
                "{} checked",
                number(end.count.seen() * issuers, "pass").replace("passs", "passes")
            ))
        };
        (self.0.clone(), standing)
    }
}
