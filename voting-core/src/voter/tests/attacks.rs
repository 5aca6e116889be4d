//! Servers and devices that lie to a voter, by the ids of the design's list.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::story::{cast, choice, look};
use super::world::*;
use crate::ballot::Tracker;
use crate::entry::{BallotEntry, Entry};
use crate::ledger::InvalidCheckpoint;
use crate::token::BlindError;
use crate::voter::*;

fn ballot_of(bytes: &[u8]) -> BallotEntry {
    match Entry::from_bytes(bytes) {
        Ok(Entry::Ballot(ballot)) => ballot,
        other => panic!("not a ballot: {other:?}"),
    }
}

/// A voter whose ballot was sent, and the ballot.
fn sent<'p>(world: &World, poll: &'p Poll, seed: u64) -> (Voter<'p>, Vec<u8>) {
    let mut voter = ready(world, poll, seed);
    let draft = voter.choose(&choice(0), &mut rng(seed)).unwrap();
    let ballot = voter.cast(draft, &mut rng(seed + 1)).unwrap().to_vec();
    (voter, ballot)
}

#[test]
fn another_manifest_or_a_record_that_is_not_the_signed_one_is_no_poll() {
    let world = World::open();
    let (id, entries, checkpoint) = (world.id(), &world.entries, world.checkpoint());
    let read = |link: &_, entries: &[Vec<u8>], checkpoint: &str, proof: &[_]| {
        Poll::read(link, entries, checkpoint.as_bytes(), proof, 0, None).unwrap_err()
    };
    // The same poll run twice is two elections.
    let other = World::with(|manifest| manifest.nonce = [6; 32].into());
    assert_eq!(
        read(&id, &other.entries, &other.checkpoint(), &[]),
        PollError::OtherElection
    );
    assert_eq!(
        read(&id, entries, &other.checkpoint(), &[]),
        PollError::Entries(crate::ledger::InvalidProof::Root)
    );
    // Not signed by the officers, no entry at all, no manifest.
    let mut unsigned = entries.clone();
    let Ok(Entry::Manifest(manifest, _)) = Entry::from_bytes(&entries[0]) else {
        panic!("not a manifest");
    };
    unsigned[0] = Entry::Manifest(manifest, vec![]).to_bytes();
    assert!(matches!(
        read(&id, &unsigned, &checkpoint, &[]),
        PollError::Manifest(_)
    ));
    assert!(matches!(read(&id, &[], &checkpoint, &[]), PollError::Manifest(_)));
    assert!(matches!(
        read(&id, &entries[1..], &checkpoint, &[]),
        PollError::Manifest(_)
    ));
    // A key, an issuer's key or an opening that is not on the signed ledger.
    let mut swapped = entries.clone();
    swapped.swap(1, 2);
    assert!(matches!(
        read(&id, &swapped, &checkpoint, &[]),
        PollError::NoKey | PollError::Entries(_)
    ));
    let longer = [entries.clone(), vec![vec![0; 40]]].concat();
    assert!(matches!(
        read(&id, &longer, &checkpoint, &[]),
        PollError::Entries(_)
    ));
    let less = &entries[..entries.len() - 1];
    assert!(matches!(read(&id, less, &checkpoint, &[]), PollError::Entries(_)));
    // Under another ledger's name, or signed by somebody else.
    let misnamed = read(&id, entries, &world.misnamed_checkpoint(), &[]);
    assert_eq!(
        misnamed,
        PollError::Checkpoint(CheckpointRefused::Signature(InvalidCheckpoint::Origin))
    );
    let forged = world.forged_checkpoint();
    assert!(matches!(
        read(&id, entries, &forged, &[]),
        PollError::Checkpoint(CheckpointRefused::Signature(_))
    ));
}

#[test]
fn c3_two_voters_never_have_one_tracker_nor_one_receipt() {
    let mut world = World::open();
    let poll = world.poll(0);
    // A compromised device with one generator for both, so one seed: the
    // tracker commits to the credential all the same.
    let (mut ann, mut bob) = (ready(&world, &poll, 1), ready(&world, &poll, 2));
    let of_ann = ann.choose(&choice(0), &mut rng(7)).unwrap();
    let of_bob = bob.choose(&choice(0), &mut rng(7)).unwrap();
    assert_ne!(of_ann.tracker(), of_bob.tracker());
    let scanned = *of_ann.tracker().as_bytes();
    // Showing Bob the tracker of Ann fails at his check.
    let opening = crate::encoding::encode(&of_bob.open());
    assert_eq!(
        poll.check(&opening, &scanned).unwrap_err(),
        CheckFailed::OtherTracker
    );
    // Handing Bob the receipt of Ann fails at his receipt.
    let ballot = ann.cast(of_ann, &mut rng(8)).unwrap().to_vec();
    let receipt = world.take(&ballot);
    assert_eq!(ann.receive(receipt.as_bytes()), Ok(Stage::Cast));
    let draft = bob.choose(&choice(0), &mut rng(9)).unwrap();
    bob.cast(draft, &mut rng(10)).unwrap();
    assert_eq!(bob.receive(receipt.as_bytes()), Err(ReceiptRefused::OtherBallot));
    assert_eq!(bob.stage(), Stage::Unconfirmed { earlier: false });
}

#[test]
fn c3_an_opened_ballot_that_was_cast_all_the_same_is_recognised() {
    let mut world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    // The device seals the same twice, opens one copy and casts the other.
    let copy = Voter::resume(&poll, &voter.to_secret_bytes());
    let shown = copy.unwrap().choose(&choice(0), &mut rng(7)).unwrap();
    let draft = voter.choose(&choice(0), &mut rng(7)).unwrap();
    let scanned = *shown.tracker().as_bytes();
    let checked = poll
        .check(&crate::encoding::encode(&shown.open()), &scanned)
        .unwrap();
    let ballot = voter.cast(draft, &mut rng(8)).unwrap().to_vec();
    world.take(&ballot);
    let cast_all_the_same = world.entries.iter().any(|entry| {
        matches!(Entry::from_bytes(entry), Ok(Entry::Ballot(ballot)) if checked.is_cast_as(&poll, &ballot))
    });
    assert!(cast_all_the_same);
}

#[test]
fn h3_a_device_that_sealed_another_choice_fails_the_check() {
    let world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    let draft = voter.choose(&choice(0), &mut rng(1)).unwrap();
    let scanned = *draft.tracker().as_bytes();
    let honest = draft.open();
    // It claims that it sealed the choice on the screen, which it did not.
    let mut claimed = honest.clone();
    claimed.values = vec![0, 1, 0];
    let check = |opening| poll.check(&crate::encoding::encode(&opening), &scanned);
    assert_eq!(check(claimed).unwrap_err(), CheckFailed::OtherTracker);
    let mut outside = honest.clone();
    outside.values = vec![1, 1, 1];
    assert!(matches!(check(outside), Err(CheckFailed::Opening(_))));
    assert_eq!(check(honest).unwrap().choices(), choice(0));
}

#[test]
fn c5_a_silent_recast_with_the_voters_credential_is_shown_and_counted() {
    let mut world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    assert_eq!(cast(&mut world, &mut voter, 0), Stage::Cast);
    // Somebody with a copy of the device's state votes later.
    let mut thief = Voter::resume(&poll, &voter.to_secret_bytes()).unwrap();
    assert_eq!(cast(&mut world, &mut thief, 2), Stage::Cast);
    let status = look(&world, &mut voter);
    assert_eq!((status.recorded.len(), status.by_others()), (2, 1));
    assert!(!status.counted().unwrap().by_this_device);
    assert!(status.to_string().contains("was NOT cast by this device"));
    // The own ballot is still there, replaced; no receipt is contradicted.
    assert!(matches!(status.own[..], [(0, Standing::Kept { .. })]));
    // The owner of the device votes again, above the thief's sequence.
    assert_eq!(cast(&mut world, &mut voter, 1), Stage::Cast);
    let status = look(&world, &mut voter);
    assert!(status.counted().unwrap().by_this_device);
    assert_eq!(status.by_others(), 1);
}

#[test]
fn c5_a_ballot_with_the_credential_that_proves_nothing_does_not_count() {
    let mut world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    cast(&mut world, &mut voter, 0);
    let mut forged = ballot_of(voter.ballots()[0].entry());
    forged.sequence = 9u32.to_be_bytes().into();
    world.append(Entry::Ballot(forged).to_bytes());
    let status = look(&world, &mut voter);
    assert_eq!((status.recorded.len(), status.invalid), (1, 1));
    assert!(status.counted().unwrap().by_this_device);
    assert!(status.to_string().contains("1 entry with your pass's number"));
}

#[test]
fn c10_the_box_files_a_ballot_under_another_credential() {
    let mut world = World::open();
    let poll = world.poll(0);
    let (mut victim, ballot) = sent(&world, &poll, 1);
    let attacker = ready(&world, &poll, 5);
    // Relabelled, or with the attacker's passes: other bytes, no valid proof,
    // and no receipt that the victim's device takes.
    for change in [0, 1] {
        let mut filed = ballot_of(&ballot);
        match change {
            0 => filed.credential = attacker.credential().into(),
            _ => filed.tokens.reverse(),
        }
        assert!(crate::ballot::precheck(poll.context(), &filed).is_err());
        let receipt = world.take(&Entry::Ballot(filed).to_bytes());
        assert_eq!(
            victim.receive(receipt.as_bytes()),
            Err(ReceiptRefused::OtherBallot)
        );
    }
    // Filed nowhere, with the receipt of somebody else's ballot.
    let (_, other) = sent(&world, &poll, 9);
    let receipt = world.take(&other);
    assert_eq!(
        victim.receive(receipt.as_bytes()),
        Err(ReceiptRefused::OtherBallot)
    );
    assert_eq!(victim.stage(), Stage::Unconfirmed { earlier: false });
    let status = look(&world, &mut victim);
    assert_eq!(
        (status.counted(), &status.own[..]),
        (None, &[(0, Standing::NotThere)][..])
    );
    assert!(status.to_string().contains("is not recorded"));
}

#[test]
fn c10_a_ballot_that_the_box_pretends_to_refuse_and_records_late_is_said_so() {
    let mut world = World::with(|manifest| manifest.revoting = false);
    let poll = world.poll(0);
    let (mut voter, hidden) = sent(&world, &poll, 1);
    voter.refused();
    // The voter changes their mind; the box records the first ballot before it.
    world.take(&hidden);
    assert_eq!(cast(&mut world, &mut voter, 2), Stage::Cast);
    let status = look(&world, &mut voter);
    assert!(status.counted().unwrap().by_this_device && status.counts_an_earlier());
    assert!(status.to_string().contains("NOT the last one of this device"));
}

#[test]
fn g5_a_key_of_ones_own_is_refused_before_anything_is_asked() {
    let world = World::open();
    let poll = world.poll(0);
    let keys = [world.directory(0), world.directory(1)];
    let served = |issuer, keys: &[String]| poll.served(issuer, keys.iter().map(String::as_str));
    let name = || "one.example".to_string();
    assert!(served(0, &keys[0]).is_ok());
    let padded: Vec<_> = keys[0].iter().map(|key| alloc::format!("{key}==")).collect();
    assert!(served(0, &padded).is_ok());
    // Another issuer's key, alone or among the right ones.
    assert_eq!(served(0, &keys[1]).unwrap_err(), ServedOther::OtherKey(name()));
    let more = [keys[0].clone(), keys[1].clone()].concat();
    assert_eq!(served(0, &more).unwrap_err(), ServedOther::OtherKey(name()));
    // The other style's alone; none; nonsense; an issuer that is none.
    assert_eq!(
        served(0, &keys[0][1..]).unwrap_err(),
        ServedOther::Missing(name())
    );
    assert_eq!(served(0, &[]).unwrap_err(), ServedOther::Missing(name()));
    assert_eq!(
        served(0, &["!".to_string()]).unwrap_err(),
        ServedOther::Unreadable(name())
    );
    assert_eq!(served(2, &keys[0]).unwrap_err(), ServedOther::UnknownIssuer(2));
    // Evidence about another poll asks for nothing in this one.
    let other = world.poll(1);
    let evidence = other.served(0, keys[0].iter().map(String::as_str)).unwrap();
    assert_eq!(
        voter(&poll, 1).request(&evidence).unwrap_err(),
        PassError::OtherPoll
    );
}

#[test]
fn g14_a_marked_pass_is_refused_and_the_request_stays_the_same() {
    let world = World::open();
    let poll = world.poll(0);
    let directory = world.directory(0);
    let served = poll.served(0, directory.iter().map(String::as_str)).unwrap();
    let mut voter = voter(&poll, 1);
    let before = voter.to_secret_bytes();
    let request = voter.request(&served).unwrap().unwrap();
    let good = world.issue(0, 0, &request);
    let other_style = world.issue(0, 1, &request);
    let other_issuer = world.issue(1, 0, &request);
    let mut flipped = good.clone();
    flipped[200] ^= 1;
    for bad in [
        other_style,
        other_issuer,
        flipped,
        vec![0; 256],
        vec![0xff; 256],
        vec![],
        vec![1; 255],
    ] {
        let refused = voter.answer(0, &bad).unwrap_err();
        let blamed = matches!(
            &refused,
            PassError::Answer { issuer, error: BlindError::Signature | BlindError::Answer } if issuer == "one.example"
        );
        assert!(blamed, "{refused}");
        assert_eq!(voter.to_secret_bytes(), before, "a bad answer changes nothing");
    }
    assert_eq!(
        voter.request(&served).unwrap().unwrap().to_bytes(),
        request.to_bytes()
    );
    assert_eq!(voter.stage(), Stage::NoPass);
    voter.answer(0, &good).unwrap();
    assert_eq!(voter.answer(7, &good).unwrap_err(), PassError::UnknownIssuer(7));
}

#[test]
fn h5_nothing_but_the_right_receipt_makes_the_device_say_cast() {
    let mut world = World::open();
    let poll = world.poll(0);
    let (mut voter, ballot) = sent(&world, &poll, 1);
    let stranger = sent(&world, &poll, 5).1;
    let earlier = world.take(&stranger);
    let other_leaf = world.receipt(0);
    let good = world.take(&ballot);
    let index = world.entries.iter().position(|entry| *entry == ballot).unwrap();

    // Another ledger: the same entries in another election's name and key.
    let mut other = World::with(|manifest| manifest.ledger.origin = "ledger.example/other".into());
    let elsewhere = other.take(&ballot);
    let (body, _) = good.split_once("\n\n").unwrap();
    let unsigned = alloc::format!("{body}\n\n{}", world.forged_checkpoint());
    // Another size: the right index under a head that does not hold it.
    let (_, early_head) = earlier.split_once("\n\n").unwrap();
    let too_early = alloc::format!("{body}\n\n{early_head}");
    let elsewhere_in_tree = good.replacen(&alloc::format!("index {index}"), "index 3", 1);
    let oversized = "x".repeat(MAX_RECEIPT + 1);
    for (bad, expected) in [
        (earlier.as_str(), ReceiptRefused::OtherBallot),
        (&other_leaf, ReceiptRefused::OtherBallot),
        (&too_early, ReceiptRefused::OtherBallot),
        (&elsewhere_in_tree, ReceiptRefused::OtherBallot),
        (&elsewhere, ReceiptRefused::OtherLedger),
        (&unsigned, ReceiptRefused::OtherLedger),
        (&oversized, ReceiptRefused::Unreadable),
        ("", ReceiptRefused::Unreadable),
        ("{\"status\":\"accepted\"}", ReceiptRefused::Unreadable),
    ] {
        assert_eq!(voter.receive(bad.as_bytes()), Err(expected), "{bad}");
        assert!(!voter.stage().is_receipted());
        assert!(voter.stage().to_string().starts_with("Not cast yet."));
        assert_eq!(voter.unconfirmed(), Some(&ballot[..]));
    }
    // Every byte of the right one matters.
    for at in 0..good.len() {
        let mut bad = good.clone().into_bytes();
        bad[at] ^= 1;
        assert!(voter.receive(&bad).is_err(), "byte {at} is not checked");
    }
    assert_eq!(voter.receive(good.as_bytes()), Ok(Stage::Cast));
    // Later bad answers take nothing away.
    assert!(voter.receive(earlier.as_bytes()).is_err());
    assert_eq!(voter.stage(), Stage::Cast);
}

#[test]
fn h5_a_later_head_must_go_on_from_the_receipt() {
    let mut world = World::open();
    let poll = world.poll(0);
    let early = world.checkpoint();
    let mut voter = ready(&world, &poll, 1);
    assert_eq!(
        voter.follow(early.as_bytes(), &[]).unwrap_err(),
        Unconfirmed::NoReceipt
    );
    cast(&mut world, &mut voter, 0);
    let size = world.size();
    // A box that dropped the ballot, and signs on.
    let mut dropped = World::open();
    for seed in 20..22 {
        let (_, other) = sent(&dropped, &poll, seed);
        dropped.take(&other);
    }
    assert!(matches!(
        voter.follow(dropped.checkpoint().as_bytes(), &dropped.consistency(size)),
        Err(Unconfirmed::Inconsistent(_))
    ));
    let (_, other) = sent(&world, &poll, 30);
    world.take(&other);
    let (head, proof) = (world.checkpoint(), world.consistency(size));
    assert!(matches!(
        voter.follow(head.as_bytes(), &[]),
        Err(Unconfirmed::Inconsistent(_))
    ));
    assert_eq!(voter.follow(early.as_bytes(), &proof), Err(Unconfirmed::Older));
    assert!(matches!(
        voter.follow(world.forged_checkpoint().as_bytes(), &proof),
        Err(Unconfirmed::Checkpoint(_))
    ));
    assert_eq!(voter.follow(head.as_bytes(), &proof).unwrap().size, world.size());
}

#[test]
fn e3_a_receipted_ballot_that_is_missing_or_a_changed_past_is_said_so() {
    let mut world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    cast(&mut world, &mut voter, 0);
    // Dropped, with others in its place.
    let mut dropped = World::open();
    for seed in 20..22 {
        let (_, other) = sent(&dropped, &poll, seed);
        dropped.take(&other);
    }
    let status = look(&dropped, &mut voter);
    assert_eq!(status.own, [(0, Standing::Missing)]);
    assert!(status.contradicts_a_receipt());
    assert!(status.to_string().contains("MISSING"));
    // Still there, on a ledger with another past.
    let mut rewritten = World::open();
    let (_, other) = sent(&rewritten, &poll, 20);
    rewritten.take(&other);
    rewritten.take(voter.ballots()[0].entry());
    let status = look(&rewritten, &mut voter);
    assert!(matches!(status.own[..], [(0, Standing::Rewritten { .. })]));
    assert!(status.contradicts_a_receipt());
    // A copy from before says nothing about it.
    let status = look(&World::open(), &mut voter);
    assert_eq!(status.own, [(0, Standing::Older)]);
    assert!(!status.contradicts_a_receipt());
}

#[test]
fn a_reading_of_something_else_than_the_signed_ledger_says_nothing() {
    let mut world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    cast(&mut world, &mut voter, 0);
    let other = World::with(|manifest| manifest.nonce = [6; 32].into());
    let begin = |voter: &Voter<'_>, entry: &[u8]| Reading::begin(voter, entry).err();
    assert_eq!(
        begin(&voter, &other.entries[0]),
        Some(ReadingError::OtherElection)
    );
    assert!(matches!(
        begin(&voter, b"no entry"),
        Some(ReadingError::Manifest(_))
    ));
    fn read<'p>(voter: &Voter<'p>, entries: &[Vec<u8>]) -> Reading<'p> {
        let mut reading = Reading::begin(voter, &entries[0]).unwrap();
        for entry in &entries[1..] {
            reading.entry(entry, &mut rng(1));
        }
        reading
    }
    let checkpoint = world.checkpoint();
    let left_out = read(&voter, &world.entries[..world.entries.len() - 1]);
    assert_eq!(
        voter.status(left_out, checkpoint.as_bytes()),
        Err(ReadingError::Entries)
    );
    let all = read(&voter, &world.entries);
    let forged = voter.status(all, world.forged_checkpoint().as_bytes());
    assert!(matches!(forged, Err(ReadingError::Checkpoint(_))));
}

#[test]
fn the_tracker_shown_before_casting_is_the_one_on_the_ledger() {
    let world = World::open();
    let poll = world.poll(0);
    let mut voter = ready(&world, &poll, 1);
    let draft = voter.choose(&choice(0), &mut rng(1)).unwrap();
    let shown = draft.tracker();
    let ballot = voter.cast(draft, &mut rng(2)).unwrap().to_vec();
    assert_eq!(Tracker::of(&world.id(), &ballot_of(&ballot)), shown);
    assert_eq!(voter.ballots()[0].tracker(), shown.as_bytes());
}
