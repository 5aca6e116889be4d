//! The saved state: one encoding for each state, nothing believed when it is
//! read back, nothing shown of it.

use alloc::format;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::story::{cast, choice};
use super::world::*;
use crate::credential::Credential;
use crate::ledger::leaf_hash;
use crate::voter::*;

/// A state of every stage, by name.
fn states(world: &mut World, poll: &Poll) -> Vec<(&'static str, Vec<u8>)> {
    let mut states = Vec::new();
    let mut save = |name, voter: &Voter<'_>| states.push((name, voter.to_secret_bytes().to_vec()));
    let mut voter = voter(poll, 1);
    save("no pass", &voter);
    fetch_passes(world, &mut voter);
    voter.sends_at(1_800_000_500, &mut rng(9));
    save("not cast", &voter);
    let draft = voter.choose(&choice(0), &mut rng(2)).unwrap();
    save("drafted", &voter);
    let ballot = voter.cast(draft, &mut rng(3)).unwrap().to_vec();
    save("unconfirmed", &voter);
    let mut refused = Voter::resume(poll, &voter.to_secret_bytes()).unwrap();
    refused.refused();
    save("refused", &refused);
    voter.receive(world.take(&ballot).as_bytes()).unwrap();
    save("cast", &voter);
    cast(world, &mut voter, 1);
    save("cast twice", &voter);
    states
}

#[test]
fn every_state_comes_back_as_it_was() {
    let mut world = World::open();
    let poll = world.poll(0);
    for (name, bytes) in states(&mut world, &poll) {
        let voter = Voter::resume(&poll, &bytes).expect(name);
        assert_eq!(*voter.to_secret_bytes(), bytes, "{name}");
        let room = voter.to_secret_bytes().capacity();
        assert_eq!(
            room,
            voter.encoded_bound(),
            "{name}: growing would leave copies of secrets"
        );
    }
}

#[test]
fn a_state_is_for_one_election_style_and_version() {
    let mut world = World::open();
    let poll = world.poll(0);
    let bytes = states(&mut world, &poll).pop().unwrap().1;
    let other = World::with(|manifest| manifest.nonce = [6; 32].into());
    let resume = |poll: &Poll, bytes: &[u8]| Voter::resume(poll, bytes).unwrap_err();
    assert_eq!(resume(&other.poll(0), &bytes), StateError::OtherElection);
    assert_eq!(resume(&world.poll(1), &bytes), StateError::OtherStyle);
    let mut newer = bytes.clone();
    newer[1] = 2;
    assert_eq!(resume(&poll, &newer), StateError::Version(2));
    let longer = [&bytes[..], &[0]].concat();
    assert_eq!(resume(&poll, &longer), StateError::NotCanonical);
    assert!(matches!(resume(&poll, &[]), StateError::Malformed(_)));
    let too_long = alloc::vec![0; MAX_STATE + 1];
    assert_eq!(resume(&poll, &too_long), StateError::TooLong(MAX_STATE + 1));
}

/// Replaces one part of a state by another of the same length.
fn replace(bytes: &[u8], part: &[u8], by: &[u8]) -> Vec<u8> {
    assert_eq!(part.len(), by.len());
    let at = bytes
        .windows(part.len())
        .position(|window| window == part)
        .unwrap();
    [&bytes[..at], by, &bytes[at + part.len()..]].concat()
}

#[test]
fn passes_ballots_and_receipts_are_verified_again() {
    let mut world = World::open();
    let poll = world.poll(0);
    let all = states(&mut world, &poll);
    let state = |name| &all.iter().find(|state| state.0 == name).unwrap().1;
    let resume = |bytes: &[u8]| Voter::resume(&poll, bytes).unwrap_err();
    // The credential of somebody else: the passes are not good for it.
    let mine = Voter::resume(&poll, state("not cast")).unwrap();
    let other = Credential::generate(&mut rng(9));
    let secret = mine.credential.to_secret_bytes();
    let swapped = replace(state("not cast"), &*secret, &*other.to_secret_bytes());
    assert_eq!(resume(&swapped), StateError::Pass(0));
    assert_eq!(
        resume(&replace(state("not cast"), &*secret, &[0; 32])),
        StateError::Credential
    );
    let asked = Voter::resume(&poll, state("no pass")).unwrap();
    let secret = asked.credential.to_secret_bytes();
    let swapped = replace(state("no pass"), &*secret, &*other.to_secret_bytes());
    assert_eq!(resume(&swapped), StateError::Pass(0));
    // A ballot with one byte changed is never sent.
    let cast = Voter::resume(&poll, state("cast")).unwrap();
    let ballot = cast.ballots()[0].entry();
    for at in (0..ballot.len()).step_by(97) {
        let mut damaged = ballot.to_vec();
        damaged[at] ^= 1;
        let refused = resume(&replace(state("cast"), ballot, &damaged));
        assert_eq!(refused, StateError::Ballot(0), "byte {at}");
    }
    // Nor one that was exchanged with its leaf hash: its proof does not hold.
    let mut damaged = ballot.to_vec();
    let last = damaged.len() - 1 - 192;
    damaged[last - 40] ^= 1;
    let exchanged = replace(state("cast"), ballot, &damaged);
    let exchanged = replace(&exchanged, &leaf_hash(ballot), &leaf_hash(&damaged));
    assert_eq!(resume(&exchanged), StateError::Receipt(0));
    let unsent = replace(state("unconfirmed"), ballot, &damaged);
    let unsent = replace(&unsent, &leaf_hash(ballot), &leaf_hash(&damaged));
    assert_eq!(resume(&unsent), StateError::Ballot(0));
    // A receipt for another ballot does not say "cast".
    let twice = Voter::resume(&poll, state("cast twice")).unwrap();
    let receipts: Vec<_> = twice
        .ballots()
        .iter()
        .map(|own| own.recording().unwrap().receipt())
        .collect();
    let foreign = receipts[0].replacen(
        &format!("index {}", twice.ballots()[0].recording().unwrap().index()),
        "index 10",
        1,
    );
    let swapped = replace(state("cast twice"), receipts[0].as_bytes(), foreign.as_bytes());
    assert_eq!(resume(&swapped), StateError::Receipt(0));
}

#[test]
fn h5_a_state_that_claims_a_receipt_without_one_is_refused() {
    let mut world = World::open();
    let poll = world.poll(0);
    let all = states(&mut world, &poll);
    let unconfirmed = &all.iter().find(|state| state.0 == "unconfirmed").unwrap().1;
    // The last two bytes are the outcome: an array of one, number 0.
    assert_eq!(unconfirmed[unconfirmed.len() - 2..], [0x81, 0x00]);
    let body = &unconfirmed[..unconfirmed.len() - 2];
    let claims: [&[u8]; 3] = [&[0x82, 0x02, 0x60], &[0x82, 0x02, 0x61, 0x78], &[0x81, 0x02]];
    for claim in claims {
        let refused = Voter::resume(&poll, &[body, claim].concat()).unwrap_err();
        assert!(
            matches!(refused, StateError::Receipt(0) | StateError::Ballot(0)),
            "{refused}"
        );
    }
}

#[test]
fn nothing_printed_tells_a_voter_from_another() {
    let mut world = World::open();
    let poll = world.poll(0);
    for (name, bytes) in states(&mut world, &poll) {
        let voter = Voter::resume(&poll, &bytes).unwrap();
        let shown = format!("{voter:?}");
        let secret = hex::encode(voter.credential());
        assert!(
            !shown.contains(&secret) && !shown.contains("secret"),
            "{name}: {shown}"
        );
        assert!(shown.len() < 120, "{name}: {shown}");
    }
}

#[test]
fn a_device_keeps_a_hundred_ballots_and_no_more() {
    let world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    for number in 0..MAX_BALLOTS {
        let draft = voter.choose(&choice(number as u32 % 3), &mut rng(2)).unwrap();
        voter.cast(draft, &mut rng(3)).unwrap();
        voter.refused();
    }
    assert_eq!(
        voter.choose(&choice(0), &mut rng(2)).unwrap_err(),
        ChooseError::Blocked(Blocked::TooMany)
    );
    let bytes = voter.to_secret_bytes();
    assert!(bytes.len() < MAX_STATE);
    assert_eq!(Voter::resume(&poll, &bytes).unwrap().ballots().len(), MAX_BALLOTS);
}

/// Poll and states, made once for all cases.
fn made() -> &'static (Poll, Vec<Vec<u8>>) {
    static MADE: std::sync::OnceLock<(Poll, Vec<Vec<u8>>)> = std::sync::OnceLock::new();
    MADE.get_or_init(|| {
        let mut world = World::open();
        let poll = world.poll(0);
        let states = states(&mut world, &poll);
        (poll, states.into_iter().map(|state| state.1).collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn arbitrary_bytes_are_no_state_and_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..700)) {
        prop_assert!(Voter::resume(&made().0, &bytes).is_err());
    }

    #[test]
    fn a_mangled_state_is_refused_or_says_the_same_as_it_encodes(
        which in 0..7usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
        shorten in any::<bool>(),
    ) {
        let (poll, states) = made();
        let mut bytes = states[which].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if shorten {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(voter) = Voter::resume(poll, &bytes) {
            prop_assert_eq!(&*voter.to_secret_bytes(), &bytes);
        }
    }

    #[test]
    fn arbitrary_answers_change_nothing(bytes in proptest::collection::vec(any::<u8>(), 0..700)) {
        let (poll, states) = made();
        for state in states {
            let mut voter = Voter::resume(poll, state).unwrap();
            prop_assert!(voter.receive(&bytes).is_err());
            let asked = voter.outstanding().count() > 0;
            prop_assert_eq!(voter.answer(0, &bytes).is_err(), asked);
            prop_assert!(poll.check(&bytes, &[0; 32]).is_err());
            prop_assert_eq!(&*voter.to_secret_bytes(), state);
        }
    }
}
