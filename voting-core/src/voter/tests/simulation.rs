//! Random days in a voter's life: whatever order steps, lost answers, crashes
//! and lies come in, the promises of specs/05a-voter.md §1 hold.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::story::{choice, look};
use super::world::*;
use crate::entry::Entry;
use crate::voter::*;

/// What happens next.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// The voter has the device checked.
    Check(u32),
    /// The voter casts; the ballot is on its way.
    Cast(u32),
    /// What is on its way arrives, and the answer too.
    Arrive,
    /// It arrives, and the answer is lost.
    LoseAnswer,
    /// It is lost.
    LoseBallot,
    /// The box answers with somebody else's receipt.
    WrongReceipt,
    /// The box says that it does not take the ballot, and takes it or not.
    Refuse(bool),
    /// The device crashes.
    Crash,
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        (0..3u32).prop_map(Event::Check),
        (0..3u32).prop_map(Event::Cast),
        (0..3u32).prop_map(Event::Cast),
        Just(Event::Arrive),
        Just(Event::Arrive),
        Just(Event::LoseAnswer),
        Just(Event::LoseBallot),
        Just(Event::WrongReceipt),
        any::<bool>().prop_map(Event::Refuse),
        Just(Event::Crash),
    ];
    proptest::collection::vec(event, 1..14)
}

/// What must never be on the ledger, and what was sent.
#[derive(Default)]
struct Memory {
    opened: BTreeSet<[u8; 32]>,
    trackers: BTreeSet<[u8; 32]>,
    sequences: BTreeSet<u32>,
    pending: Option<Vec<u8>>,
}

fn happen(event: Event, world: &mut World, voter: &mut Voter<'_>, memory: &mut Memory, seed: u64) {
    match event {
        Event::Check(project) => {
            if let Ok(draft) = voter.choose(&choice(project), &mut rng(seed)) {
                let tracker = *draft.tracker().as_bytes();
                assert!(memory.trackers.insert(tracker), "a tracker twice");
                assert!(memory.sequences.insert(draft.sequence()), "a sequence twice");
                memory.opened.insert(tracker);
                draft.open();
            }
        }
        Event::Cast(project) => {
            let waits = voter.unconfirmed().is_some();
            let draft = voter.choose(&choice(project), &mut rng(seed));
            assert_eq!(draft.is_ok(), !waits, "a fresh seal while a ballot waits");
            if let Ok(draft) = draft {
                assert!(
                    memory.trackers.insert(*draft.tracker().as_bytes()),
                    "a tracker twice"
                );
                assert!(memory.sequences.insert(draft.sequence()), "a sequence twice");
                let ballot = voter.cast(draft, &mut rng(seed + 1)).unwrap();
                memory.pending = Some(ballot.to_vec());
            }
            assert_eq!(
                voter.unconfirmed(),
                memory.pending.as_deref(),
                "other bytes sent again"
            );
        }
        Event::Arrive => {
            if let Some(ballot) = memory.pending.take() {
                assert_eq!(voter.receive(world.take(&ballot).as_bytes()), Ok(Stage::Cast));
            }
        }
        Event::LoseAnswer => {
            if let Some(ballot) = &memory.pending {
                world.take(ballot);
            }
        }
        Event::LoseBallot => (),
        Event::WrongReceipt => assert!(voter.receive(world.receipt(3).as_bytes()).is_err()),
        Event::Refuse(takes) => {
            if let Some(ballot) = memory.pending.take() {
                if takes {
                    world.take(&ballot);
                }
                voter.refused();
            }
        }
        Event::Crash => {
            let state = voter.to_secret_bytes();
            *voter = Voter::resume(voter.poll(), &state).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_day_ends_with_two_votes_a_lost_one_or_a_false_word(events in events()) {
        let mut world = World::open();
        let poll = world.poll(0);
        let mut voter = ready(&world, &poll, 1);
        let mut memory = Memory::default();
        for (seed, event) in (100..).step_by(2).zip(events) {
            happen(event, &mut world, &mut voter, &mut memory, seed);
            let last = voter.ballots().last();
            let on_ledger = last.is_some_and(|last| world.entries.iter().any(|entry| entry == last.entry()));
            prop_assert!(!voter.stage().is_receipted() || on_ledger, "a false \"cast\"");
        }
        let status = look(&world, &mut voter);
        prop_assert_eq!((status.by_others(), status.invalid), (0, 0));
        prop_assert!(!status.contradicts_a_receipt() && !status.counts_an_earlier());
        let opened = status.recorded.iter().any(|ballot| memory.opened.contains(&ballot.tracker));
        prop_assert!(!opened, "an opened ballot was cast");
        let receipted = voter.ballots().iter().rfind(|own| own.recording().is_some());
        let counted = status.counted().map(|counted| counted.sequence);
        prop_assert!(receipted.is_none_or(|own| counted >= Some(own.sequence())), "a receipted vote was lost");
        let ballots = world.entries.iter().filter(|entry| matches!(Entry::from_bytes(entry), Ok(Entry::Ballot(_))));
        prop_assert!(ballots.count() <= voter.ballots().len());
    }
}
