//! Answers get lost and devices crash at every step; nobody votes twice, and
//! nobody loses the vote.

use alloc::vec::Vec;

use super::story::{cast, choice, look};
use super::world::*;
use crate::voter::*;

/// A crash: all that is left is the stored state.
fn crash<'p>(voter: Voter<'p>) -> Voter<'p> {
    let stored = voter.to_secret_bytes();
    Voter::resume(voter.poll(), &stored).unwrap()
}

#[test]
fn a_lost_answer_of_an_issuer_is_asked_for_again_with_the_same_request() {
    let world = World::open();
    let poll = world.poll(0);
    let directories = [world.directory(0), world.directory(1)];
    let served: Vec<_> = (0..)
        .zip(&directories)
        .map(|(issuer, keys)| poll.served(issuer, keys.iter().map(|key| key.as_str())).unwrap())
        .collect();
    let mut voter = voter(&poll, 1);
    let requests: Vec<_> = served
        .iter()
        .map(|served| voter.request(served).unwrap().unwrap())
        .collect();
    // The first issuer's answer is lost with the device's memory.
    voter = crash(voter);
    let again = voter.request(&served[0]).unwrap().unwrap();
    assert_eq!(again.to_bytes(), requests[0].to_bytes());
    voter.answer(0, &world.issue(0, 0, &again)).unwrap();
    voter = crash(voter);
    assert_eq!(voter.outstanding().collect::<Vec<_>>(), [1]);
    assert_eq!(voter.request(&served[0]).unwrap(), None);
    voter.answer(1, &world.issue(1, 0, &requests[1])).unwrap();
    voter = crash(voter);
    assert_eq!(voter.stage(), Stage::NotCast);
    // A second copy of an answer changes nothing.
    let state = voter.to_secret_bytes();
    voter.answer(1, &world.issue(1, 0, &requests[1])).unwrap();
    assert_eq!(voter.to_secret_bytes(), state);
}

#[test]
fn a_ballot_without_a_receipt_is_sent_again_and_never_sealed_afresh() {
    let mut world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    let draft = voter.choose(&choice(0), &mut rng(1)).unwrap();
    let sent = voter.cast(draft, &mut rng(2)).unwrap().to_vec();
    // The box has it, the answer is lost, the device crashes.
    world.take(&sent);
    voter = crash(voter);
    assert_eq!(voter.stage(), Stage::Unconfirmed { earlier: false });
    assert_eq!(
        voter.choose(&choice(1), &mut rng(3)).unwrap_err(),
        ChooseError::Blocked(Blocked::Unconfirmed)
    );
    let again = voter.unconfirmed().unwrap().to_vec();
    assert_eq!(again, sent);
    let receipt = world.take(&again);
    assert_eq!(voter.receive(receipt.as_bytes()), Ok(Stage::Cast));
    voter = crash(voter);
    assert_eq!((voter.stage(), voter.unconfirmed()), (Stage::Cast, None));
    assert_eq!(look(&world, &mut voter).recorded.len(), 1);
}

#[test]
fn a_ballot_that_never_arrived_is_sent_after_the_crash() {
    let mut world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    let draft = voter.choose(&choice(0), &mut rng(1)).unwrap();
    voter.cast(draft, &mut rng(2)).unwrap();
    voter = crash(voter);
    assert_eq!(look(&world, &mut voter).own, [(0, Standing::NotThere)]);
    let receipt = world.take(voter.unconfirmed().unwrap());
    assert_eq!(voter.receive(receipt.as_bytes()), Ok(Stage::Cast));
}

#[test]
fn a_draft_that_a_crash_lost_leaves_its_sequence_unused() {
    let mut world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    let lost = *voter
        .choose(&choice(0), &mut rng(1))
        .unwrap()
        .tracker()
        .as_bytes();
    voter = crash(voter);
    assert_eq!(cast(&mut world, &mut voter, 0), Stage::Cast);
    assert_ne!(voter.ballots()[0].tracker, lost);
    assert_eq!(voter.ballots()[0].sequence(), 1);
}

#[test]
fn a_refused_ballot_makes_room_and_is_known_if_it_appears_all_the_same() {
    let mut world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    let draft = voter.choose(&choice(0), &mut rng(1)).unwrap();
    let refused = voter.cast(draft, &mut rng(2)).unwrap().to_vec();
    voter.refused();
    voter = crash(voter);
    assert_eq!(voter.stage(), Stage::Refused { earlier: false });
    // The box lied, or an earlier copy got through.
    let late = world.take(&refused);
    assert_eq!(cast(&mut world, &mut voter, 1), Stage::Cast);
    voter = crash(voter);
    // A receipt that comes too late is of another ballot than the last.
    assert_eq!(voter.receive(late.as_bytes()), Err(ReceiptRefused::OtherBallot));
    let status = look(&world, &mut voter);
    assert_eq!((status.recorded.len(), status.by_others()), (2, 0));
    assert_eq!(status.counted().unwrap().sequence, 1);
    assert!(matches!(status.own[0], (0, Standing::WithoutReceipt { .. })));
    assert!(matches!(status.own[1], (1, Standing::Kept { .. })));

    // A receipt for the last ballot is taken even after a refusal.
    let draft = voter.choose(&choice(0), &mut rng(5)).unwrap();
    let ballot = voter.cast(draft, &mut rng(6)).unwrap().to_vec();
    voter.refused();
    assert_eq!(voter.stage(), Stage::Refused { earlier: true });
    let receipt = world.take(&ballot);
    assert_eq!(voter.receive(receipt.as_bytes()), Ok(Stage::Cast));
    // Once receipted, a refusal is a lie.
    voter.refused();
    assert_eq!(voter.stage(), Stage::Cast);
}

#[test]
fn an_old_saved_state_learns_the_later_sequences_from_the_ledger() {
    let mut world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    let old = voter.to_secret_bytes();
    cast(&mut world, &mut voter, 0);
    cast(&mut world, &mut voter, 1);
    let mut restored = Voter::resume(&poll, &old).unwrap();
    let status = look(&world, &mut restored);
    assert_eq!((status.recorded.len(), status.by_others()), (2, 2));
    assert_eq!(cast(&mut world, &mut restored, 2), Stage::Cast);
    assert_eq!(restored.ballots()[0].sequence(), 2);
    assert!(look(&world, &mut restored).counted().unwrap().by_this_device);
}
