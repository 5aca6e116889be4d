//! The verifier is verified: one golden election, and every change to it that
//! somebody could make, each caught by the claim that is meant to catch it.

#[path = "../attacks/kit/mod.rs"]
#[allow(dead_code, unused_imports)]
mod kit;
#[path = "../attacks/sealed.rs"]
#[allow(dead_code)]
mod sealed;

mod golden;

use auditor::Overall;
use golden::{golden, twin};

#[test]
fn the_golden_election_holds_in_every_claim() {
    for golden in [golden(), twin()] {
        let start = std::time::Instant::now();
        let verdict = golden.record.audit(Some(golden.story.id()));
        eprintln!("{:?} {}", start.elapsed(), golden.record.entries.len());
        assert_eq!(verdict.overall(), Overall::Held, "{:#?}", verdict.claims);
        eprintln!("{:#?}", verdict.results);
    }
}
