//! The verifier is verified: one golden election, and every change to it that
//! somebody could make, each caught by the claim that is meant to catch it.

#[path = "../attacks/kit/mod.rs"]
#[allow(dead_code, unused_imports)]
mod kit;
#[path = "../attacks/sealed.rs"]
#[allow(dead_code)]
mod sealed;

mod cbor;
mod cddl;
mod edits;
mod fields;
mod files;
mod golden;
mod insiders;
mod mutants;
mod suite;
mod whole;

use auditor::Overall;
use golden::{golden, twin};

#[test]
fn the_golden_election_holds_in_every_claim() {
    for golden in [golden(), twin()] {
        let verdict = golden.record.audit(Some(golden.story.id()));
        assert_eq!(verdict.overall(), Overall::Held, "{:#?}", verdict.claims);
    }
}

#[test]
fn every_mutant_is_caught_by_the_claim_that_is_meant_to_catch_it() {
    let mut mutants = Vec::new();
    let long = std::env::var_os("PSEPHOS_LONG").is_some();
    mutants.extend(fields::mutants(long));
    mutants.extend(whole::mutants(&cddl::Cddl::read().kinds()));
    mutants.extend(files::mutants());
    let caught = suite::run(&mutants);
    let report = suite::report(&mutants, &caught);
    println!("{report}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/tamper.txt");
    std::fs::write(path, &report).unwrap();
    let wrong = report.lines().filter(|line| line.starts_with("NOT AS MEANT"));
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{} of {} mutants: {wrong:#?}", wrong.len(), mutants.len());
}
