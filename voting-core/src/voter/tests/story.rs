//! The honest way, from the link to the last look, for every kind of ballot.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use core::slice;

use super::world::*;
use crate::contest::{Choice, ChoiceError};
use crate::entry::Entry;
use crate::ledger::NoTrust;
use crate::lifecycle::Phase;
use crate::manifest::{BallotKind, PlacePoints};
use crate::voter::*;

/// Reads the whole ledger with a voter's eyes.
pub(super) fn look<'p>(world: &World, voter: &mut Voter<'p>) -> Status {
    let mut reading = Reading::begin(voter, &world.entries[0]).unwrap();
    for entry in &world.entries[1..] {
        reading.entry(entry, &mut rng(1));
    }
    voter.status(reading, world.checkpoint().as_bytes()).unwrap()
}

pub(super) fn choice(project: u32) -> Vec<Choice> {
    vec![Choice::Projects(vec![project])]
}

/// Seals, casts, and brings the receipt home.
pub(super) fn cast(world: &mut World, voter: &mut Voter<'_>, project: u32) -> Stage {
    let draft = voter.choose(&choice(project), &mut rng(2)).unwrap();
    let ballot = voter.cast(draft, &mut rng(3)).unwrap().to_vec();
    let receipt = world.take(&ballot);
    voter.receive(receipt.as_bytes()).unwrap()
}

#[test]
fn a_voter_reads_votes_checks_votes_again_and_finds_the_ballot_that_counts() {
    let mut world = World::open();
    let poll = world.poll(1);
    assert_eq!((poll.phase(), poll.contests().len()), (Phase::Open, 2));
    let mut voter = voter(&poll, 1);
    assert_eq!(voter.stage(), Stage::NoPass);
    fetch_passes(&world, &mut voter);
    assert_eq!(voter.stage(), Stage::NotCast);

    // Checked: opened, and never cast.
    let choices = [Choice::Projects(vec![2]), Choice::Points(vec![(0, 5), (2, 1)])];
    let draft = voter.choose(&choices, &mut rng(2)).unwrap();
    let scanned = *draft.tracker().as_bytes();
    let opening = crate::encoding::encode(&draft.open());
    let second_device = world.poll(1);
    let checked = second_device.check(&opening, &scanned).unwrap();
    assert_eq!(checked.choices(), choices);

    // Sealed afresh, and cast.
    let draft = voter.choose(&choices, &mut rng(4)).unwrap();
    let tracker = *draft.tracker().as_bytes();
    assert_ne!(tracker, scanned);
    let ballot = voter.cast(draft, &mut rng(5)).unwrap().to_vec();
    assert_eq!(voter.stage(), Stage::Unconfirmed { earlier: false });
    let receipt = world.take(&ballot);
    assert_eq!(voter.receive(receipt.as_bytes()), Ok(Stage::Cast));
    let Ok(Entry::Ballot(entry)) = Entry::from_bytes(&ballot) else {
        panic!("not a ballot");
    };
    assert!(!checked.is_cast_as(&poll, &entry));

    // Changed once; the later one counts.
    let changed = [Choice::Projects(vec![0]), Choice::Points(vec![])];
    let draft = voter.choose(&changed, &mut rng(6)).unwrap();
    let ballot = voter.cast(draft, &mut rng(7)).unwrap().to_vec();
    assert_eq!(voter.stage(), Stage::Unconfirmed { earlier: true });
    let receipt = world.take(&ballot);
    assert_eq!(voter.receive(receipt.as_bytes()), Ok(Stage::Cast));
    world.close();
    let promised = voter.ballots()[1].recording().unwrap().head().size;
    let head = voter.follow(world.checkpoint().as_bytes(), &world.consistency(promised));
    assert_eq!(head.unwrap().size, world.size());

    let status = look(&world, &mut voter);
    assert_eq!(status.phase, Phase::Closed);
    assert_eq!(
        (status.recorded.len(), status.by_others(), status.invalid),
        (2, 0, 0)
    );
    let counted = status.counted().unwrap();
    assert_eq!((counted.sequence, counted.by_this_device), (2, true));
    assert_eq!(counted.tracker, voter.ballots()[1].tracker);
    assert!(!status.contradicts_a_receipt());
    assert_eq!(
        status.to_string(),
        alloc::format!(
            "2 ballots were recorded with your pass, this device cast 2.\n\
             A ballot of this device counts: entry {}.",
            counted.index
        )
    );
}

#[test]
fn every_ballot_kind_is_chosen_sealed_and_checked() {
    let ranking = BallotKind::Ranking {
        min_length: 1,
        max_length: 2,
        points: PlacePoints::FromLast,
    };
    let knapsack = BallotKind::Knapsack {
        min_length: 0,
        max_length: 3,
        min_sum_cost: 0,
        max_sum_cost: 90,
    };
    let kinds = [
        (
            BallotKind::ChooseOne { blank: false },
            Choice::Projects(vec![1]),
            Choice::Projects(vec![]),
        ),
        (
            approval(),
            Choice::Projects(vec![0, 2]),
            Choice::Projects(vec![0, 1, 2]),
        ),
        (
            knapsack,
            Choice::Projects(vec![1, 2]),
            Choice::Projects(vec![0, 2]),
        ),
        (
            points(),
            Choice::Points(vec![(1, 5), (2, 5)]),
            Choice::Points(vec![(1, 6)]),
        ),
        (ranking, Choice::Ranking(vec![2, 0]), Choice::Ranking(vec![2, 2])),
    ];
    for (kind, allowed, refused) in kinds {
        let mut world = World::with(|manifest| manifest.contests[0] = contest("parks", kind.clone()));
        let poll = world.poll(0);
        let mut voter = ready(&world, &poll, 1);
        let before = voter.to_secret_bytes();
        let error = voter.choose(&[refused], &mut rng(2)).unwrap_err();
        assert!(
            matches!(&error, ChooseError::Rule { contest, .. } if contest == "parks"),
            "{error}"
        );
        assert_eq!(
            voter.to_secret_bytes(),
            before,
            "a refused choice changes nothing"
        );

        let draft = voter.choose(slice::from_ref(&allowed), &mut rng(3)).unwrap();
        let scanned = *draft.tracker().as_bytes();
        let checked = poll
            .check(&crate::encoding::encode(&draft.open()), &scanned)
            .unwrap();
        assert_eq!(checked.choices(), slice::from_ref(&allowed));
        let draft = voter.choose(&[allowed], &mut rng(4)).unwrap();
        let ballot = voter.cast(draft, &mut rng(5)).unwrap().to_vec();
        let receipt = world.take(&ballot);
        assert_eq!(voter.receive(receipt.as_bytes()), Ok(Stage::Cast));
        assert!(look(&world, &mut voter).counted().unwrap().by_this_device);
    }
}

#[test]
fn limits_are_said_in_a_voters_words() {
    let world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    let mut refused = |choices: &[Choice]| voter.choose(choices, &mut rng(2)).unwrap_err().to_string();
    assert_eq!(
        refused(&[Choice::Projects(vec![0, 1, 2])]),
        "parks: names 3 projects, but at most 2 may be named"
    );
    assert_eq!(
        refused(&[Choice::Projects(vec![7])]),
        "parks: there is no project number 7 in this contest"
    );
    assert_eq!(refused(&[]), "this ballot has 1 questions, but 0 are answered");
    let wrong_kind = voter
        .choose(&[Choice::Ranking(vec![0])], &mut rng(2))
        .unwrap_err();
    assert!(
        matches!(&wrong_kind, ChooseError::Rule { error, .. } if matches!(**error, ChoiceError::Kind { .. }))
    );
}

#[test]
fn with_sealed_witnesses_a_receipt_is_handed_in_and_not_yet_cast() {
    let mut world = World::witnessed();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    world.cosigning = 1;
    assert_eq!(cast(&mut world, &mut voter, 0), Stage::HandedIn);
    assert_eq!(
        Stage::HandedIn.to_string(),
        "Your vote is handed in, and not yet confirmed by the witnesses."
    );
    // The same bytes again, once two witnesses have cosigned: it is cast. A
    // receipt without them does not take that back, nor does a new start.
    let ballot = voter.unconfirmed().unwrap().to_vec();
    world.cosigning = 2;
    assert_eq!(voter.receive(world.take(&ballot).as_bytes()), Ok(Stage::Cast));
    assert_eq!(voter.unconfirmed(), None);
    world.cosigning = 0;
    assert_eq!(voter.receive(world.take(&ballot).as_bytes()), Ok(Stage::Cast));
    let state = voter.to_secret_bytes();
    assert_eq!(Voter::resume(&poll, &state).unwrap().stage(), Stage::Cast);
}

#[test]
fn e1_nobody_votes_by_a_record_that_its_witnesses_have_not_cosigned() {
    let mut world = World::witnessed();
    let read = |world: &World, policy: Option<&[u8]>| {
        let checkpoint = world.checkpoint();
        Poll::read(&world.id(), &world.entries, checkpoint.as_bytes(), &[], 0, policy)
    };
    let policy = world.policy.clone().unwrap();
    assert!(read(&world, Some(&policy)).unwrap().has_witnesses());
    assert_eq!(
        read(&world, None).unwrap_err(),
        PollError::Trust(NoTrust::Missing)
    );
    let laxer = [policy.as_slice(), b"# changed\n"].concat();
    assert_eq!(
        read(&world, Some(&laxer)).unwrap_err(),
        PollError::Trust(NoTrust::NotSealed)
    );
    world.cosigning = 1;
    assert_eq!(
        read(&world, Some(&policy)).unwrap_err(),
        PollError::Checkpoint(CheckpointRefused::NotWitnessed)
    );
}

#[test]
fn without_revoting_the_first_ballot_is_the_last() {
    let mut world = World::with(|manifest| manifest.revoting = false);
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    // What was opened for a check does not count.
    voter.choose(&choice(0), &mut rng(1)).unwrap().open();
    let spare = voter.choose(&choice(1), &mut rng(2)).unwrap();
    assert_eq!(cast(&mut world, &mut voter, 2), Stage::Cast);
    assert_eq!(
        voter.choose(&choice(0), &mut rng(3)).unwrap_err(),
        ChooseError::Blocked(Blocked::Once)
    );
    assert_eq!(
        voter.cast(spare, &mut rng(4)).unwrap_err(),
        CastError::Blocked(Blocked::Once)
    );
}

#[test]
fn nothing_is_cast_without_every_pass_nor_in_the_wrong_order() {
    let mut world = World::open();
    let poll = world.poll(0);
    let mut voter = voter(&poll, 1);
    let draft = voter.choose(&choice(0), &mut rng(1)).unwrap();
    assert_eq!(
        voter.cast(draft, &mut rng(2)).unwrap_err(),
        CastError::NoPass("one.example".into())
    );
    fetch_passes(&world, &mut voter);
    assert_eq!(voter.stage(), Stage::NotCast);
    let (older, newer) = (
        voter.choose(&choice(0), &mut rng(1)).unwrap(),
        voter.choose(&choice(1), &mut rng(2)).unwrap(),
    );
    let ballot = voter.cast(newer, &mut rng(3)).unwrap().to_vec();
    voter.receive(world.take(&ballot).as_bytes()).unwrap();
    assert_eq!(voter.cast(older, &mut rng(4)).unwrap_err(), CastError::Older);
    assert_eq!(look(&world, &mut voter).recorded.len(), 1);

    let mut other = ready(&world, &poll, 2);
    let foreign = other.choose(&choice(0), &mut rng(1)).unwrap();
    let mut third = ready(&world, &poll, 3);
    assert!(matches!(
        third.cast(foreign, &mut rng(1)),
        Err(CastError::Seal(_))
    ));
    assert_eq!(third.unconfirmed(), None);
}

#[test]
fn nobody_can_vote_before_the_keys_are_there() {
    let world = World::defined(|_| ());
    let read = |style| {
        Poll::read(
            &world.id(),
            &world.entries,
            world.checkpoint().as_bytes(),
            &[],
            style,
            None,
        )
    };
    assert_eq!(read(9).unwrap_err(), PollError::UnknownStyle(9));
    let refused = read(0).unwrap_err();
    assert!(
        matches!(refused, PollError::NoKey | PollError::NoIssuerKey(_)),
        "{refused}"
    );
    // The keys, and not yet the opening: a voter can prepare, and sees the phase.
    let open = World::open();
    let before = open.entries.len() - 1;
    let poll = Poll::read(
        &open.id(),
        &open.entries[..before],
        open.checkpoint().as_bytes(),
        &open.consistency(before as u64),
        0,
        None,
    );
    assert_eq!(poll.unwrap().phase(), Phase::Setup);
}
