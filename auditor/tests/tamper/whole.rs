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
                entries[index] = twin().record.entries[index].clone();
                touched.push(index);
            }
        }
        (entries != golden.record.entries).then_some(Tampered { entries, touched })
    }
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
        let mut same = ballots.iter().filter(|other| credential(**other) == credential(*first));
        same.clone().count() == 3 && same.next() == Some(first)
    };
    let first = *ballots.iter().find(|first| of_one(first)).unwrap();
    let last = ballots.iter().rfind(|last| credential(**last) == credential(first));
    examples.push(("ballot that was replaced".into(), first));
    examples.push(("ballot that replaced others".into(), *last.unwrap()));
    examples.push(("last result".into(), golden().record.entries.len() - 1));
    examples
}

pub(crate) fn mutants(kinds: &[String]) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (name, index) in examples(kinds) {
        for deed in [LeftOut, Doubled, SwappedWithTheNext, MovedToTheEnd, MovedToTheBeginning, AnotherElections] {
            for when in [When::Later, When::AtOnce] {
                if deed.done(golden(), index).is_none() {
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

fn meant(_name: &str, _deed: Deed, _when: When) -> Meant {
    Meant::Caught("order")
}
