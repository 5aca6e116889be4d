//! The verifier is verified: one golden election, and every change to it that
//! somebody could make, each caught by the claim that is meant to catch it.

#[path = "../attacks/kit/mod.rs"]
#[allow(dead_code, unused_imports)]
mod kit;
#[path = "../attacks/sealed.rs"]
#[allow(dead_code)]
mod sealed;

mod bindings;
mod cbor;
mod cddl;
mod deeds;
mod edits;
mod fields;
mod files;
mod golden;
mod insiders;
mod mutants;
mod suite;
mod whole;

use std::collections::BTreeSet;

use auditor::Overall;
use cbor::Item;
use cddl::Cddl;
use golden::{golden, twin};
use mutants::{Meant, Mutant, When};

#[test]
fn the_golden_election_holds_in_every_claim() {
    for golden in [golden(), twin()] {
        let verdict = golden.record.audit(Some(golden.story.id()));
        assert_eq!(verdict.overall(), Overall::Held, "{:#?}", verdict.claims);
        assert_eq!(verdict.claims.len(), 18);
        assert!(
            verdict
                .results
                .iter()
                .all(|result| matches!(result.standing, auditor::Proven::Totals { .. }))
        );
        let figures = verdict.figures.unwrap();
        assert_eq!((figures.ballots, figures.counted, figures.replaced), (13, 10, 3));
    }
    // Going on after no change changes nothing.
    let same = insiders::Tampered {
        entries: golden().record.entries.clone(),
        touched: vec![],
    };
    let same = same.at_once(golden()).record(golden());
    assert_eq!(same.audit(None).overall(), Overall::Held);
}

/// All fields that the golden election's entries have, by path.
fn paths() -> BTreeSet<String> {
    let cddl = Cddl::read();
    let entries = golden().record.entries.iter();
    let fields = entries.flat_map(|entry| {
        let item = Item::read(entry);
        assert_eq!(item.bytes(), *entry);
        cddl.fields(&item)
    });
    fields.map(|field| mutants::general(&field.path)).collect()
}

/// The words of all paths.
fn words() -> BTreeSet<String> {
    let paths = paths();
    let words = paths.iter().flat_map(|path| path.split(['.', '[', ']']));
    words.map(str::to_owned).collect()
}

#[test]
fn f6_the_golden_election_has_every_kind_of_entry_and_every_field_of_the_specification() {
    let cddl = Cddl::read();
    let kinds: BTreeSet<_> = golden()
        .record
        .entries
        .iter()
        .map(|entry| mutants::kind_of(entry))
        .collect();
    assert_eq!(kinds, cddl.kinds().iter().map(String::as_str).collect());
    let words = words();
    for label in cddl.labels() {
        assert!(
            words.contains(&label),
            "no entry of the golden election has a {label}"
        );
    }
    for (choice, names) in cddl.choices() {
        for name in names {
            assert!(
                words.contains(&name),
                "the golden election has no {choice} of the kind {name}"
            );
        }
    }
}

#[test]
fn f6_the_specification_names_every_field_of_the_code() {
    // Where the specification uses another word than the code.
    let other_words = [
        ("ballot", "ballot-kind"),
        ("by", "rank-by"),
        ("points", "place-points"),
        ("signatures", "officer-signatures"),
        ("hi", "hi"),
    ];
    let words = words();
    for file in ["entry", "manifest"] {
        let path = format!("{}/../voting-core/src/{file}.rs", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let mut numbered = false;
        let mut fields = 0;
        for line in text.lines().map(str::trim) {
            if let (true, Some((name, _))) = (numbered, line.trim_start_matches("pub ").split_once(':')) {
                let name = name.replace('_', "-");
                let aliases = other_words.iter().filter(|(code, _)| *code == name);
                let known = words.contains(&name) || aliases.clone().any(|(_, word)| words.contains(*word));
                // What wraps a body bears no name of its own.
                assert!(
                    known || name == "body",
                    "{file}.rs has a field {name} that no path names"
                );
                fields += 1;
            }
            numbered = line.starts_with("#[n(");
        }
        assert!(fields > 40, "{fields} fields in {file}.rs");
    }
}

fn all_mutants(long: bool) -> Vec<Mutant> {
    let mut mutants = fields::mutants(long);
    mutants.extend(whole::mutants(&Cddl::read().kinds(), long));
    mutants.extend(files::mutants());
    mutants.extend(deeds::mutants());
    mutants
}

#[test]
fn f6_every_mutant_is_caught_by_the_claim_that_is_meant_to_catch_it() {
    let mutants = all_mutants(std::env::var_os("PSEPHOS_LONG").is_some());
    assert!(mutants.len() >= 400);
    let caught = suite::run(&mutants);
    let report = suite::report(&mutants, &caught);
    println!("{report}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/tamper.txt");
    std::fs::write(path, &report).unwrap();
    let wrong: Vec<_> = report
        .lines()
        .filter(|line| line.starts_with("NOT AS MEANT"))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} mutants: {wrong:#?}",
        wrong.len(),
        mutants.len()
    );
}

#[test]
fn f6_every_field_has_mutants_and_every_equivalent_one_its_reason() {
    let mutants = all_mutants(true);
    let changed: BTreeSet<&str> = mutants.iter().map(|mutant| mutant.place.as_str()).collect();
    for path in paths() {
        assert!(changed.contains(path.as_str()), "no mutant changes {path}");
    }
    // One name, one mutant: nothing is counted twice.
    let names: BTreeSet<_> = mutants.iter().map(Mutant::name).collect();
    assert_eq!(names.len(), mutants.len());
    // No row of the tables speaks of a mutant that there is not.
    let equivalent = |mutant: &&Mutant| matches!(mutant.meant, Meant::Equivalent(_));
    let listed = fields::equivalents() + whole::equivalents() + deeds::equivalents();
    assert_eq!(mutants.iter().filter(equivalent).count(), listed);
    assert!(mutants.iter().any(|mutant| mutant.when == When::Unpinned));
}
