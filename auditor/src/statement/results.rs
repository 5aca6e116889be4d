//! The hash of an audit's results (specs/10-audit.md §16.2): two observers of
//! one ledger state the same one, or one of them is wrong.

use std::fmt::Write;

use sha2::{Digest, Sha256};
use voting_core::hash::Hash;

use crate::verdict::{ContestOutcome, Proven};

/// SHA-256 of the results' text. Contests and projects stand in it by their
/// places in the manifest, which the election id fixes.
pub fn results_hash(results: &[ContestOutcome]) -> Hash {
    let mut text = String::from("psephos/audit-results/v1\n");
    for (place, outcome) in results.iter().enumerate() {
        // Writing into a string cannot fail.
        let _ = write(&mut text, place, outcome);
    }
    Sha256::digest(text).into()
}

fn write(out: &mut String, place: usize, outcome: &ContestOutcome) -> std::fmt::Result {
    let standing = match &outcome.standing {
        Proven::Totals { .. } => "totals",
        Proven::NotDecrypted { .. } => "not-decrypted",
        Proven::Unproven { .. } => "unproven",
    };
    writeln!(out, "contest {place} {} {standing}", outcome.ballots)?;
    let Proven::Totals {
        projects, winners, ..
    } = &outcome.standing
    else {
        return Ok(());
    };
    for (place, project) in projects.iter().enumerate() {
        writeln!(out, "project {place} {} {}", project.votes, project.score)?;
    }
    let Some(winners) = winners else {
        return writeln!(out, "winners open");
    };
    write!(out, "winners")?;
    for winner in winners {
        if let Some(place) = projects.iter().position(|project| project.project == *winner) {
            write!(out, " {place}")?;
        }
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::ProjectOutcome;

    fn totals(winners: Option<&[&str]>) -> ContestOutcome {
        let project = |id: &str, votes, won| ProjectOutcome {
            project: id.into(),
            votes,
            score: -3,
            won,
        };
        ContestOutcome {
            contest: "parks".into(),
            ballots: 9,
            standing: Proven::Totals {
                projects: vec![project("pond", 4, true), project("trees", 7, true)],
                winners: winners.map(|winners| winners.iter().map(|&winner| winner.into()).collect()),
                winners_reason: None,
            },
        }
    }

    #[test]
    fn the_hash_is_that_of_the_specified_text() {
        let small = ContestOutcome {
            standing: Proven::NotDecrypted { smallest_group: 5 },
            ..totals(None)
        };
        let text = "psephos/audit-results/v1\n\
            contest 0 9 totals\nproject 0 4 -3\nproject 1 7 -3\nwinners 1 0\n\
            contest 1 9 totals\nproject 0 4 -3\nproject 1 7 -3\nwinners\n\
            contest 2 9 totals\nproject 0 4 -3\nproject 1 7 -3\nwinners open\n\
            contest 3 9 not-decrypted\n";
        let expected: Hash = Sha256::digest(text).into();
        let results = [
            totals(Some(&["trees", "pond"])),
            totals(Some(&[])),
            totals(None),
            small,
        ];
        assert_eq!(results_hash(&results), expected);
    }
}
