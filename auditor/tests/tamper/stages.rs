//! What an observer reads of an honest election after each of its entries:
//! every claim in its own words, from the manifest to the result.

use auditor::{Overall, Standing, Verdict};
use voting_core::ledger::{Tree, leaf_hash};

use crate::golden::{Record, golden};
use crate::mutants::kind_of;
use crate::sealed::cosigned;

/// `PSEPHOS_WRITE_VECTORS=1 cargo test -p auditor --test tamper stages` writes it.
const KNOWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tamper/stages.txt");

/// The first entries, under a head of their own.
pub(crate) fn first(entries: &[Vec<u8>]) -> Record {
    let golden = golden();
    let mut tree = Tree::default();
    entries.iter().for_each(|entry| tree.push(leaf_hash(entry)));
    let head = golden.story.checkpoint_of(tree.size(), tree.root());
    Record {
        entries: entries.to_vec(),
        checkpoint: cosigned(&head, &[0, 1, 3]),
        ..golden.record.clone()
    }
}

fn words(standing: &Standing) -> String {
    match standing {
        Standing::Held { note } => format!("held: {note}"),
        Standing::Broken { findings } => format!("broken: {}", findings.listed[0]),
        Standing::NotCheckable { because, to_come } => format!("not checkable ({to_come}): {because}"),
    }
}

/// A line for every claim, every result, and the whole.
fn lines(verdict: &Verdict) -> Vec<String> {
    let figures = verdict.figures.as_ref().unwrap();
    let size = format!("size {}", figures.entries);
    let claims = verdict.claims.iter().map(|claim| {
        let words = words(&claim.standing);
        // The size is the entry's number, told already; the root says no more.
        match words.split_once(&size) {
            Some((before, after)) if claim.id == "checkpoint" => {
                format!("{}: {before}size …{}", claim.id, after.split_once('…').unwrap().1)
            }
            _ if claim.id == "order" => format!("order: {}", words.split_once("; ").unwrap().1),
            _ => format!("{}: {words}", claim.id),
        }
    });
    let results = verdict
        .results
        .iter()
        .map(|result| format!("result of {}: {:?}", result.contest, result.standing));
    let whole = format!(
        "{:?}, {}: {} ballots, {} count, {} replaced; signed {}",
        verdict.overall(),
        figures.phase,
        figures.ballots,
        figures.counted,
        figures.replaced,
        figures.signed
    );
    claims.chain(results).chain([whole]).collect()
}

#[test]
fn every_claim_says_after_every_entry_how_far_the_election_is() {
    let entries = &golden().record.entries;
    let mut told = String::new();
    let mut before = Vec::new();
    // No head ends inside a batch.
    let ends = (1..=entries.len()).filter(|size| kind_of(&entries[size - 1]) != "ballot");
    for size in ends {
        let verdict = first(&entries[..size]).audit(None);
        assert!(
            matches!(verdict.overall(), Overall::Open | Overall::Held),
            "{size}: {:#?}",
            verdict.claims
        );
        let bytes: usize = entries[..size].iter().map(Vec::len).sum();
        assert_eq!(verdict.figures.as_ref().unwrap().bytes, bytes as u64);
        let now = lines(&verdict);
        told += &format!("{} {}\n", size - 1, kind_of(&entries[size - 1]));
        for line in now.iter().filter(|line| !before.contains(*line)) {
            told += &format!("  {line}\n");
        }
        before = now;
    }
    if std::env::var_os("PSEPHOS_WRITE_VECTORS").is_some() {
        std::fs::write(KNOWN, &told).unwrap();
    }
    let known = std::fs::read_to_string(KNOWN).unwrap();
    let different = known
        .lines()
        .zip(told.lines())
        .find(|(known, told)| known != told);
    assert_eq!(different, None, "{KNOWN}");
    assert_eq!(known.len(), told.len(), "{KNOWN}");
}
