//! Polls of many projects.

use voting_core::manifest::{BallotKind, Manifest, Project};

/// The first style's contest with so many projects, of which five can be chosen.
pub(crate) fn many(manifest: &mut Manifest, projects: u32) {
    let contest = &mut manifest.contests[0];
    contest.ballot = BallotKind::Approval {
        min_length: 0,
        max_length: 5,
    };
    let project = |number| Project {
        id: format!("p{number}"),
        cost: 1_000,
        groups: vec![],
    };
    contest.projects = (0..projects).map(project).collect();
}
