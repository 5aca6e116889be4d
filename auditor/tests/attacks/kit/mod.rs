//! Ledgers made by hand: a whole honest election, and every insider's keys.
//!
//! A [`Story`] is a ledger in the making. Tests clone one of the honest
//! stories at the stage they attack, go on as an insider would, re-signing
//! what an insider could re-sign, and let the auditor judge.

mod ceremony;
pub(crate) mod files;
mod people;
mod story;
mod voters;

pub(crate) use ceremony::dealing;
pub(crate) use people::{People, rng, rsa_key, seal_policy};
pub(crate) use story::{Story, audit, pseudonyms};
pub(crate) use voters::{Voter, token};

use std::sync::OnceLock;

use auditor::{Standing, Verdict};
use voting_core::entry::BallotEntry;

/// The honest election, complete.
pub(crate) fn golden() -> &'static Story {
    static GOLDEN: OnceLock<Story> = OnceLock::new();
    GOLDEN.get_or_init(|| {
        let mut story = voted().clone();
        story.close();
        story.finish();
        story
    })
}

/// The honest election up to opening: keys, rolls and rehearsals are there.
pub(crate) fn ready() -> &'static Story {
    static READY: OnceLock<Story> = OnceLock::new();
    READY.get_or_init(|| {
        let mut story = Story::begin(People::golden());
        story.key_ceremony();
        story.issuers();
        for trustee in 0..3 {
            story.rehearse(trustee);
        }
        story
    })
}

/// The honest election, open, before the first ballot.
pub(crate) fn opened() -> &'static Story {
    static OPENED: OnceLock<Story> = OnceLock::new();
    OPENED.get_or_init(|| {
        let mut story = ready().clone();
        story.open();
        story
    })
}

/// The honest election with all ballots, still open. Voters 0 to 4 are of
/// style 0, voters 5 to 9 of style 1; voters 1 and 6 voted twice.
pub(crate) fn voted() -> &'static Story {
    static VOTED: OnceLock<Story> = OnceLock::new();
    VOTED.get_or_init(|| {
        let mut story = opened().clone();
        let first: Vec<_> = (0..10).map(|voter| story.cast(voter, 0)).collect();
        story.batch(first);
        let again = vec![story.cast(1, 1), story.cast(6, 1)];
        story.batch(again);
        story
    })
}

/// Names of the claims that are broken.
pub(crate) fn broken(verdict: &Verdict) -> Vec<&'static str> {
    verdict
        .claims
        .iter()
        .filter(|claim| claim.standing.is_broken())
        .map(|claim| claim.id)
        .collect()
}

/// Asserts that a claim is broken, and that a finding says so.
#[track_caller]
pub(crate) fn assert_breaks(verdict: &Verdict, claim: &str, says: &str) {
    let standing = &verdict.claim(claim).expect("the claim exists").standing;
    let Standing::Broken { findings } = standing else {
        panic!(
            "claim {claim} should be broken, but is {standing:?}; broken: {:?}",
            broken(verdict)
        );
    };
    let lines: Vec<String> = findings.listed.iter().map(ToString::to_string).collect();
    assert!(
        lines.iter().any(|line| line.contains(says)),
        "no finding of {claim} says {says:?}: {lines:#?}"
    );
    assert!(
        verdict.fit_to_decrypt().is_err()
            || verdict.claim(claim).unwrap().chapter >= auditor::Chapter::Decrypt
    );
}

/// Asserts that exactly these claims are broken.
#[track_caller]
pub(crate) fn assert_only(verdict: &Verdict, claims: &[&str]) {
    let details: Vec<_> = verdict
        .claims
        .iter()
        .filter(|claim| claim.standing.is_broken())
        .collect();
    assert_eq!(broken(verdict), claims, "{details:#?}");
}

/// The verdict on a closed poll in which voters 2, 3 and 4 voted honestly,
/// and somebody cast this ballot.
pub(crate) fn audited_with(ballot: BallotEntry) -> Verdict {
    let mut story = opened().clone();
    let mut ballots: Vec<_> = [2, 3, 4].map(|voter| story.cast(voter, 0)).into();
    ballots.push(ballot);
    story.batch(ballots);
    story.close();
    story.tally();
    story.audit()
}

/// The order of the group, little-endian.
pub(crate) const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// `number + order`, where it still fits into 32 bytes.
pub(crate) fn plus_order(number: &[u8]) -> [u8; 32] {
    let mut sum = [0; 32];
    let mut carry = 0;
    for (place, digit) in sum.iter_mut().enumerate() {
        let all = u16::from(number[place]) + u16::from(ORDER[place]) + carry;
        *digit = all as u8;
        carry = all >> 8;
    }
    assert_eq!(carry, 0);
    sum
}
