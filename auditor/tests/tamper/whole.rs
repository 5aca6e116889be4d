//! Whole entries left out, doubled, swapped, moved, replayed.

use voting_core::entry::Entry;

use crate::golden::{Golden, golden, twin};
use crate::insiders::Tampered;
use crate::mutants::{Meant, Mutant, When, example, kind_of, of_kind};

/// What is done to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    LeftOut,
    Doubled,
    SwappedWithTheNext,
    MovedToTheEnd,
    MovedToTheBeginning,
    AnotherElections,
}

use Deed::*;

impl Deed {
    fn says(self) -> &'static str {
        match self {
            LeftOut => "left out",
            Doubled => "doubled",
            SwappedWithTheNext => "swapped with the next",
            MovedToTheEnd => "moved to the end",
            MovedToTheBeginning => "moved to the beginning",
            AnotherElections => "another election's in its place",
        }
    }

    fn done(self, golden: &Golden, index: usize) -> Option<Tampered> {
        let mut entries = golden.record.entries.clone();
        let mut touched = Vec::new();
        match self {
            LeftOut => drop(entries.remove(index)),
            Doubled => {
                entries.insert(index + 1, entries[index].clone());
                touched.push(index + 1);
            }
            SwappedWithTheNext if index + 1 == entries.len() => return None,
            SwappedWithTheNext => entries.swap(index, index + 1),
            MovedToTheEnd => entries[index..].rotate_left(1),
            MovedToTheBeginning if index <= 1 => return None,
            MovedToTheBeginning => entries[1..=index].rotate_right(1),
            AnotherElections => {
                entries[index] = again(&entries[index], index);
                touched.push(index);
            }
        }
        (entries != golden.record.entries).then_some(Tampered { entries, touched })
    }
}

/// The entry of the same kind, place and author in the same poll held a
/// second time. A voter's ballots stand elsewhere there.
fn again(entry: &[u8], index: usize) -> Vec<u8> {
    let voter = |bytes: &[u8]| match Entry::from_bytes(bytes) {
        Ok(Entry::Ballot(ballot)) => Some((*ballot.credential, *ballot.sequence)),
        _ => None,
    };
    let entries = &twin().record.entries;
    let same = voter(entry).and_then(|of| entries.iter().find(|other| voter(other) == Some(of)));
    same.unwrap_or(&entries[index]).clone()
}

/// The entries this is done to: one of every kind, and a ballot that was
/// replaced, the one that replaced it, and the last entry.
fn examples(kinds: &[String]) -> Vec<(String, usize)> {
    let mut examples: Vec<_> = kinds.iter().map(|kind| (kind.clone(), example(kind))).collect();
    let ballots = of_kind(golden(), "ballot");
    let credential = |index: usize| match Entry::from_bytes(&golden().record.entries[index]) {
        Ok(Entry::Ballot(ballot)) => *ballot.credential,
        other => panic!("{other:?}"),
    };
    let of_one = |first: &usize| {
        let mut same = ballots
            .iter()
            .filter(|other| credential(**other) == credential(*first));
        same.clone().count() == 3 && same.next() == Some(first)
    };
    let first = *ballots.iter().find(|first| of_one(first)).unwrap();
    let last = ballots
        .iter()
        .rfind(|last| credential(**last) == credential(first));
    examples.push(("ballot that was replaced".into(), first));
    examples.push(("ballot that replaced others".into(), *last.unwrap()));
    examples.push(("last result".into(), golden().record.entries.len() - 1));
    examples
}

pub(crate) fn mutants(kinds: &[String], long: bool) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (name, index) in examples(kinds) {
        for deed in [
            LeftOut,
            Doubled,
            SwappedWithTheNext,
            MovedToTheEnd,
            MovedToTheBeginning,
            AnotherElections,
        ] {
            for when in [When::Later, When::AtOnce] {
                // Later, what was signed since gives every deed away alike.
                let alike =
                    when == When::Later && !matches!(deed, LeftOut | SwappedWithTheNext | MovedToTheEnd);
                if !long && alike || deed.done(golden(), index).is_none() {
                    continue;
                }
                let make = move || {
                    let tampered = deed.done(golden(), index).unwrap();
                    // Ballots out of place stay there; others' are sorted.
                    let tampered = match when {
                        When::Later => tampered,
                        _ if deed == SwappedWithTheNext => tampered.go_on(golden()),
                        _ => tampered.at_once(golden()),
                    };
                    tampered.record(golden())
                };
                mutants.push(Mutant {
                    kind: kind_of(&golden().record.entries[index]).into(),
                    place: name.clone(),
                    edit: deed.says().into(),
                    when,
                    meant: meant(&name, deed, when),
                    make: Box::new(make),
                });
            }
        }
    }
    mutants
}

fn meant(name: &str, deed: Deed, when: When) -> Meant {
    if let Some((_, _, _, reason)) = EQUIVALENT
        .iter()
        .find(|row| (row.0, row.1, row.2) == (name, deed, when))
    {
        return Meant::Equivalent(reason);
    }
    if name.ends_with("result") && deed == LeftOut {
        return Meant::Open("plaintexts");
    }
    Meant::Caught(match (name, deed) {
        ("manifest", Doubled | MovedToTheBeginning) => "order",
        ("manifest", _) => "manifest",
        ("result" | "last result", _) => "plaintexts",
        // What was signed after it names a head that is no more.
        _ if when == When::Later => "order",
        ("rehearsal", _) => "rehearsal",
        ("roll" | "issuer-key", _) => "issuers",
        (ballot, AnotherElections) if ballot.starts_with("ballot") => "ballots",
        (ballot, _) if ballot.starts_with("ballot") => "batches",
        ("batch", _) => "batches",
        ("issuance-report", _) => "eligibility",
        ("tally", AnotherElections) => "sums",
        ("tally", _) => "counted",
        ("decryption-share", MovedToTheEnd) => "plaintexts",
        ("decryption-share", _) => "shares",
        (key, _) if key.starts_with("key-") => "joint-key",
        _ => "order",
    })
}

const STEP: &str = "trustees take one step of the ceremony in any order, as long as nobody takes the next";
const LISTS: &str = "issuers publish keys and rolls in any order before opening";
const INTERRUPTED: &str =
    "officers may extend a poll before, while or after it is interrupted, or not at all";
const RESULTS: &str = "results come in any order, and nobody signs a head after the last";

/// Deeds after which every claim rightly holds, and why.
const EQUIVALENT: &[(&str, Deed, When, &str)] = &[
    ("key-hash", SwappedWithTheNext, When::AtOnce, STEP),
    ("key-commitment", SwappedWithTheNext, When::AtOnce, STEP),
    ("key-shares", SwappedWithTheNext, When::AtOnce, STEP),
    ("key-confirmation", SwappedWithTheNext, When::AtOnce, STEP),
    ("rehearsal", SwappedWithTheNext, When::AtOnce, STEP),
    ("roll", MovedToTheBeginning, When::AtOnce, LISTS),
    ("issuer-key", MovedToTheBeginning, When::AtOnce, LISTS),
    ("issuer-key", SwappedWithTheNext, When::AtOnce, LISTS),
    ("pause", SwappedWithTheNext, When::AtOnce, INTERRUPTED),
    ("extend", SwappedWithTheNext, When::AtOnce, INTERRUPTED),
    ("extend", LeftOut, When::AtOnce, INTERRUPTED),
    (
        "decryption-share",
        SwappedWithTheNext,
        When::AtOnce,
        "trustees decrypt in any order",
    ),
    (
        "lot",
        SwappedWithTheNext,
        When::AtOnce,
        "the lot is drawn any time after close and before the results",
    ),
    ("result", SwappedWithTheNext, When::Later, RESULTS),
    ("result", SwappedWithTheNext, When::AtOnce, RESULTS),
    ("result", MovedToTheEnd, When::Later, RESULTS),
    ("result", MovedToTheEnd, When::AtOnce, RESULTS),
];

/// How many there are.
pub(crate) fn equivalents() -> usize {
    EQUIVALENT.len()
}
