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
mod memory;
mod mutants;
mod stages;
mod states;
mod suite;
mod verdicts;
mod whole;

use std::collections::BTreeSet;

use auditor::{Fault, Overall, Standing};
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

#[test]
fn content_files_may_come_in_any_order() {
    let mut record = golden().record.clone();
    record.content.reverse();
    assert_eq!(record.audit(None).overall(), Overall::Held);
}

#[test]
fn every_claim_says_what_it_checked() {
    let verdict = golden().record.audit(Some(golden().story.id()));
    let notes = verdict.claims.iter().map(|claim| match &claim.standing {
        Standing::Held { note } => (claim.id, note.as_str()),
        other => panic!("{other:?}"),
    });
    let key = golden()
        .story
        .election()
        .keys
        .as_ref()
        .unwrap()
        .public
        .joint
        .compress();
    let key = &hex::encode(key.as_bytes())[..16];
    let root = &hex::encode(golden().story.tree.root())[..16];
    let joint_key = format!("3 trustees certified the same key {key}…; any 2 of them decrypt");
    let checkpoint = format!("size 92, root {root}… recomputed; 3 of 4 witnesses cosigned, not cy");
    let expected = [
        (
            "manifest",
            "signed by 2 of 2 officers needed; the election id is the one you asked for",
        ),
        ("content", "3 files compared"),
        ("joint-key", joint_key.as_str()),
        ("rehearsal", "3 rehearsed, 3 needed"),
        (
            "issuers",
            "2 issuers, 2008 lines on the roll, every key proven valid",
        ),
        ("ballots", "13 ballots verified"),
        ("tokens", "26 passes checked"),
        ("sequence", "3 ballots replaced by a later one"),
        ("order", "92 entries; the election is decided"),
        ("checkpoint", checkpoint.as_str()),
        (
            "batches",
            "3 batches; 1 of fewer than 4 ballots, after the longest wait",
        ),
        ("after-close", "voting ended for good at entry 56"),
        ("eligibility", "10 counted ballots with a record of every issuer"),
        ("counted", "10 count, 3 replaced ballots do not"),
        ("sums", "33 sums recomputed from the ballots"),
        ("shares", "14 shares proven"),
        ("plaintexts", "33 totals compared"),
        ("winners", "recomputed"),
    ];
    assert_eq!(notes.collect::<Vec<_>>(), expected);
}

#[test]
fn every_finding_names_whose_doing_it_is() {
    let people = [
        ("manifest", Fault::Officers),
        ("key-commitment", Fault::Trustee(1)),
        ("key-confirmation", Fault::Trustee(1)),
        ("rehearsal", Fault::Trustee(0)),
        ("issuer-key", Fault::Issuer(0)),
        ("roll", Fault::Issuer(0)),
        ("issuance-report", Fault::Issuer(0)),
        ("tally", Fault::BallotBox),
        ("decryption-share", Fault::Trustee(0)),
        ("result", Fault::BallotBox),
    ];
    let mutants = fields::mutants(true);
    for (kind, fault) in people {
        let place = match kind {
            "manifest" => "manifest.version",
            "key-commitment" => "key-commitment.possession",
            "key-confirmation" => "key-confirmation.transcript",
            "rehearsal" => "rehearsal.proof",
            "issuer-key" => "issuer-key.proof",
            "roll" => "roll.part",
            "issuance-report" => "issuance-report.records",
            "tally" => "tally.ballots",
            "decryption-share" => "decryption-share.proof",
            _ => "result.totals[]",
        };
        let unsigned = ["tally", "result"].contains(&kind);
        let when = if unsigned { When::AtOnce } else { When::SignedAgain };
        let mutant = mutants
            .iter()
            .find(|mutant| mutant.place == place && mutant.when == when);
        let mutant = mutant.unwrap_or_else(|| panic!("{place}"));
        let verdict = (mutant.make)().audit(mutant.expected());
        let Meant::Caught(claim) = mutant.meant else {
            panic!("{place}")
        };
        let Standing::Broken { findings } = &verdict.claim(claim).unwrap().standing else {
            panic!("{place}")
        };
        let first = &findings.listed[0];
        assert_eq!(first.fault, fault, "{place}: {first}");
        let index = mutants::example(kind) as u64;
        assert_eq!(first.entry, Some(index), "{place}: {first}");
        assert_eq!(first.clause, verdict.claim(claim).unwrap().clause);
    }
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
    let mut mutants = deeds::mutants();
    mutants.extend(files::mutants());
    mutants.extend(whole::mutants(&Cddl::read().kinds(), long));
    mutants.extend(fields::mutants(long));
    mutants
}

#[test]
fn f6_every_mutant_is_caught_by_the_claim_that_is_meant_to_catch_it() {
    let mutants = all_mutants(std::env::var_os("PSEPHOS_LONG").is_some());
    assert!(mutants.len() >= 400);
    let caught = suite::run(&mutants);
    let report = suite::report(&mutants, &caught);
    println!("{report}");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("tamper.txt"), &report).unwrap();
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
