//! The state of an election that readers of a ledger come to: which heads it
//! has, what may come next, and its sums.

use std::collections::BTreeSet;

use voting_core::ballot::{VerifiedBallot, verify};
use voting_core::entry::Entry;
use voting_core::ledger::{Tree, leaf_hash};
use voting_core::lifecycle::Illegal;
use voting_core::tally::{CELL_LENGTH, Sums, SumsFault};

use crate::golden::golden;
use crate::kit::rng;
use crate::mutants::{example, kind_of};

#[test]
fn a_state_has_the_heads_between_batches_and_no_others() {
    let entries = &golden().record.entries;
    let state = &golden().story.honest;
    let mut tree = Tree::default();
    for (index, entry) in entries.iter().enumerate() {
        tree.push(leaf_hash(entry));
        let inside = kind_of(entry) == "ballot";
        assert_eq!(state.has_head(tree.size(), &tree.root()), !inside, "{index}");
        let mut other = tree.root();
        other[31] ^= 1;
        assert!(!state.has_head(tree.size(), &other), "{index}");
    }
    assert!(!state.has_head(tree.size() + 1, &tree.root()));
}

/// One entry of every kind at every state: what is foreseen to be refused is
/// refused; its phase, and of an act all of it, is always foreseen.
#[test]
fn what_cannot_come_next_is_foreseen() {
    let entries = &golden().record.entries;
    let kinds: BTreeSet<_> = entries[1..].iter().map(|entry| kind_of(entry)).collect();
    let (mut refused, mut fits) = (0, 0);
    for kind in kinds {
        let index = example(kind);
        let (leaf, entry) = (
            leaf_hash(&entries[index]),
            Entry::from_bytes(&entries[index]).unwrap(),
        );
        assert_eq!(golden().states[index].foresee(leaf, &entry), Ok(()), "{kind}");
        for (at, state) in golden().states.iter().enumerate().skip(1) {
            let applied = state.clone().apply(leaf, &entry);
            match state.foresee(leaf, &entry) {
                Err(_) => assert!(applied.is_err(), "{kind} at {at}"),
                // What it does not see of an act is that a batch has to end first.
                Ok(()) if entry.act().is_some() => {
                    assert!(
                        matches!(applied, Ok(()) | Err(Illegal::UnfinishedBatch)),
                        "{kind} at {at}"
                    );
                }
                Ok(()) => assert!(!matches!(applied, Err(Illegal::Order { .. })), "{kind} at {at}"),
            }
            match applied {
                Ok(()) => fits += 1,
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > 1_000 && fits > 20, "{refused} refused, {fits} fit");
}

#[test]
fn the_closing_is_where_the_last_extension_moved_it() {
    let extend = example("extend");
    let Ok(Entry::Extend(act)) = Entry::from_bytes(&golden().record.entries[extend]) else {
        panic!("an extension")
    };
    for (index, state) in golden().states.iter().enumerate() {
        let moved = (index > extend).then_some(act.body.closing);
        assert_eq!(state.acts().extended_closing(), moved, "{index}");
    }
}

#[test]
fn ballots_on_the_ledger_are_counted() {
    let entries = &golden().record.entries;
    for (index, state) in golden().states.iter().enumerate().skip(1) {
        let before = entries[..index].iter().filter(|entry| kind_of(entry) == "ballot");
        assert_eq!(state.voting().ballots(), before.count() as u64, "{index}");
    }
}

#[test]
fn a_contest_has_its_result_once_it_is_there() {
    let entries = &golden().record.entries;
    let mut there = BTreeSet::new();
    for (bytes, state) in entries.iter().zip(&golden().states) {
        for contest in 0..golden().sums.len() as u32 {
            assert_eq!(state.closing().has_result(contest), there.contains(&contest));
        }
        if let Ok(Entry::Result(result)) = Entry::from_bytes(bytes) {
            there.insert(result.contest);
        }
    }
    assert_eq!(there.len(), golden().sums.len());
}

#[test]
fn ballots_leave_sums_as_they_came() {
    let (story, election) = (&golden().story, golden().story.election());
    let verified = story.ballots.values().filter_map(|ballot| {
        let offset = election.cell_offset(ballot.style, 0)?;
        let context = election.ballot_context(ballot.style)?;
        Some((offset, verify(&context, ballot, &mut rng(7)).unwrap()))
    });
    let [one, other] = verified.take(2).collect::<Vec<_>>().try_into().unwrap();
    let empty = Sums::new(golden().sums[0].cells().len());
    let with = |ballots: &[&(usize, VerifiedBallot)]| {
        let mut sums = empty.clone();
        ballots
            .iter()
            .for_each(|(offset, ballot)| sums.add(ballot, *offset));
        sums
    };
    let both = with(&[&one, &other]);
    assert_ne!(both, with(&[&one]));
    let mut sums = both.clone();
    sums.subtract(&other.1, other.0);
    assert_eq!(sums, with(&[&one]));
    sums.add_sums(&with(&[&other]));
    assert_eq!(sums, both);
    sums.subtract_sums(&both);
    assert_eq!(sums, empty);
}

#[test]
fn sums_have_64_bytes_for_every_cell() {
    for sums in &golden().sums {
        let (cells, bytes) = (sums.cells().len(), sums.to_bytes());
        assert_eq!(bytes.len(), cells * CELL_LENGTH);
        assert_eq!(Sums::from_bytes(cells, &bytes).as_ref(), Ok(sums));
        for found in [0, bytes.len() - 1, bytes.len() - CELL_LENGTH] {
            assert_eq!(
                Sums::from_bytes(cells, &bytes[..found]),
                Err(SumsFault::Length { cells, found })
            );
        }
        let found = bytes.len();
        assert_eq!(
            Sums::from_bytes(usize::MAX, &bytes),
            Err(SumsFault::Length {
                cells: usize::MAX,
                found
            })
        );
        for half in [0, CELL_LENGTH / 2] {
            let mut bad = bytes.clone();
            bad[(cells - 1) * CELL_LENGTH + half..][..CELL_LENGTH / 2].fill(0xff);
            let found = Sums::from_bytes(cells, &bad);
            assert!(
                matches!(found, Err(SumsFault::Point { cell, .. }) if cell == cells - 1),
                "{found:?}"
            );
        }
    }
}
