//! The wait between pass and ballot: whoever knows when a pass was given does
//! not know when its ballot comes.

use alloc::vec::Vec;

use super::story::choice;
use super::world::*;
use crate::voter::*;

const CLOSING: u64 = 1_801_000_000;
const HOUR: u64 = 3_600;

fn world(delay: u32) -> World {
    World::with(|manifest| manifest.casting_delay = delay)
}

/// The waits that many devices draw at once.
fn waits(delay: u32, now: u64) -> Vec<u64> {
    let world = world(delay);
    let poll = world.poll(0);
    let first = ready(&world, &poll, 1).to_secret_bytes();
    let draw = |seed| {
        let mut voter = Voter::resume(&poll, &first).unwrap();
        voter.sends_at(now, &mut rng(seed)).unwrap() - now
    };
    (0..400).map(draw).collect()
}

#[test]
fn g9_a_ballot_waits_the_sealed_delay_and_up_to_as_much_again_by_chance() {
    let waits = waits(HOUR as u32, CLOSING - 100 * HOUR);
    assert!(waits.iter().all(|wait| (HOUR..=2 * HOUR).contains(wait)));
    // Every part of the hour is drawn about equally often: 100 of 400, give or take five deviations.
    for quarter in 0..4 {
        let part = HOUR + quarter * HOUR / 4..HOUR + (quarter + 1) * HOUR / 4;
        let drawn = waits.iter().filter(|wait| part.contains(wait)).count();
        assert!((56..=144).contains(&drawn), "{drawn} in {part:?}");
    }
}

#[test]
fn g9_near_closing_the_wait_shrinks_and_it_never_reaches_beyond() {
    for left in [3 * HOUR, HOUR, 60, 3, 1] {
        let waits = waits(HOUR as u32, CLOSING - left);
        assert!(
            waits.iter().all(|wait| (left / 4..=left / 2).contains(wait)),
            "{left}: {waits:?}"
        );
    }
    assert_eq!(waits(HOUR as u32, CLOSING), [0; 400]);
    assert_eq!(waits(HOUR as u32, CLOSING + HOUR), [0; 400]);
    assert_eq!(waits(0, CLOSING - HOUR), [0; 400]);
}

#[test]
fn g9_the_moment_is_drawn_once_and_is_stored() {
    let world = world(600);
    let poll = world.poll(0);
    let now = CLOSING - 100 * HOUR;
    let mut voter = voter(&poll, 1);
    assert_eq!(voter.sends_at(now, &mut rng(1)), None, "a pass is missing");
    fetch_passes(&world, &mut voter);
    let drawn = voter.sends_at(now, &mut rng(2));
    assert_eq!(voter.sends_at(now + 5, &mut rng(3)), drawn);
    let draft = voter.choose(&choice(0), &mut rng(4)).unwrap();
    voter.cast(draft, &mut rng(5)).unwrap();
    let state = voter.to_secret_bytes();
    let mut later = Voter::resume(&poll, &state).unwrap();
    assert_eq!(later.to_secret_bytes(), state);
    assert_eq!(later.sends_at(now + 9, &mut rng(6)), drawn);
    assert_eq!(later.sends_at(drawn.unwrap() + HOUR, &mut rng(7)), drawn);
    // A clock that was set back by a year holds no ballot up for a year.
    let back = now - 365 * 24 * HOUR;
    assert_eq!(later.sends_at(back, &mut rng(8)), Some(back + 1_200));
    later.wait_no_longer(now + 10);
    assert_eq!(later.sends_at(now + 10, &mut rng(9)), Some(now + 10));
    assert_eq!(later.sends_at(now + 20, &mut rng(9)), Some(now + 10));
}
