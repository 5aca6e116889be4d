//! Attacks on trustees and officers.

use ceremony::decrypt::Decrypted;
use ceremony::memory::Head;
use ceremony::officer::{self, ActKind};
use ceremony::publish::result;
use ceremony::{CeremonyFault, Record, TrusteeKey};
use ed25519_dalek::SigningKey;
use voting_core::entry::{Entry, Signed};
use voting_core::keys::{Dealing, DealingSeed};

use crate::kit::{Poll, rng};
use crate::{Task, all, closed, decrypts, go_on, go_on_with, ready};

/// A trustee's signing key with other dealings: what a thief of the signing
/// key, or an administrator with a parallel world, has.
fn impostor(of: &TrusteeKey) -> TrusteeKey {
    TrusteeKey {
        name: of.name.clone(),
        signing: SigningKey::from_bytes(&of.signing.to_bytes()),
        dealing: DealingSeed::generate(&mut rng(666)),
    }
}

#[test]
fn d4_a_trustee_refuses_a_ledger_with_other_commitments_in_its_name() {
    let poll = Poll::begin();
    let impostor = impostor(&poll.trustees[1]);
    for _ in 0..4 {
        go_on(&poll, 0, Task::Deal).unwrap();
        go_on_with(&poll, 1, &impostor, Task::Deal).unwrap();
        go_on(&poll, 2, Task::Deal).unwrap();
    }
    for task in [Task::Deal, Task::Certify] {
        let refused = go_on(&poll, 1, task).unwrap_err();
        assert!(
            matches!(refused, CeremonyFault::NotMine { step: "key-hash" }),
            "{refused}"
        );
    }
    go_on_with(&poll, 1, &impostor, Task::Certify).unwrap();
    go_on(&poll, 0, Task::Certify).unwrap();
    go_on(&poll, 2, Task::Certify).unwrap();
    let refused = go_on(&poll, 1, Task::Rehearse).unwrap_err();
    assert!(matches!(refused, CeremonyFault::NotMine { .. }), "{refused}");
}

#[test]
fn d4_a_trustee_refuses_another_election_than_the_one_it_knows() {
    let poll = Poll::begin();
    let Err(refused) = Record::read(&poll.ledger, &[1; 32]) else {
        panic!("must refuse")
    };
    assert!(
        matches!(refused, CeremonyFault::OtherElection { .. }),
        "{refused}"
    );
}

#[test]
fn d5_a_step_in_a_trustees_name_needs_its_enrolled_key() {
    let poll = Poll::begin();
    let dealing = Dealing::new(&DealingSeed::generate(&mut rng(1)), &poll.id, 0, 0, 2);
    let forged = Signed::new(dealing.hash(), &poll.id, &SigningKey::from_bytes(&[4; 32]));
    let refused = poll.record().check_next(&Entry::KeyHash(forged)).unwrap_err();
    assert!(
        refused.to_string().contains("signature of trustee 0"),
        "{refused}"
    );
    let stranger = TrusteeKey::generate("Mallory", &mut rng(2));
    let refused = go_on_with(&poll, 0, &stranger, Task::Deal).unwrap_err();
    assert!(matches!(refused, CeremonyFault::NotEnrolled { role: "trustee" }));
}

#[test]
fn a_bad_share_is_complained_about_and_the_ceremony_starts_again() {
    let poll = Poll::begin();
    // Hashes and commitments of all, shares of 0 and 1 only.
    for trustee in [0, 1, 2, 0, 1] {
        go_on(&poll, trustee, Task::Deal).unwrap();
    }
    let hashes: Vec<_> = poll
        .ledger
        .state()
        .lifecycle
        .setup()
        .round()
        .hashes
        .values()
        .cloned()
        .collect();
    if poll.ledger.state().lifecycle.setup().round().commitments.len() < 3 {
        let commitment = Dealing::new(&poll.trustees[2].dealing, &poll.id, 0, 2, 2).commitment();
        poll.ledger.push(&Entry::KeyCommitment(Signed::new(
            commitment,
            &poll.id,
            &poll.trustees[2].signing,
        )));
    }
    // Fay sends Emil garbage.
    let dealing = Dealing::new(&poll.trustees[2].dealing, &poll.id, 0, 2, 2);
    let mut shares = dealing.shares(&hashes, &mut rng(8)).unwrap();
    shares.shares[1][40] ^= 1;
    if poll.ledger.state().lifecycle.setup().round().shares.has(2) {
        panic!("the test must be first");
    }
    poll.ledger.push(&Entry::KeyShares(Signed::new(
        shares,
        &poll.id,
        &poll.trustees[2].signing,
    )));
    go_on(&poll, 0, Task::Deal).unwrap();
    go_on(&poll, 1, Task::Deal).unwrap();
    let kinds = |poll: &Poll| -> Vec<_> { poll.record().decoded().map(|(_, entry)| entry.kind()).collect() };
    assert!(kinds(&poll).contains(&"key-complaint"));
    assert_eq!(poll.ledger.state().lifecycle.setup().round().number, 1);
    // Round 1, honestly.
    all(&poll, Task::Deal);
    all(&poll, Task::Certify);
    all(&poll, Task::Rehearse);
    assert_eq!(poll.ledger.state().lifecycle.setup().rehearsed().len(), 3);
}

#[test]
fn d7_opening_is_refused_until_one_trustee_more_than_needed_has_rehearsed() {
    let poll = Poll::begin();
    poll.issue();
    let refused = |poll: &Poll| {
        let refused = poll.act(ActKind::Open).unwrap_err().to_string();
        assert!(refused.contains("the poll cannot open"), "{refused}");
    };
    refused(&poll);
    all(&poll, Task::Deal);
    refused(&poll);
    all(&poll, Task::Certify);
    for trustee in 0..3 {
        refused(&poll);
        go_on(&poll, trustee, Task::Rehearse).unwrap();
    }
    poll.act(ActKind::Open).unwrap();
}

#[test]
fn d9_sums_that_are_not_those_of_the_ballots_are_not_decrypted() {
    let mut poll = ready();
    poll.ledger.wrong_sums = true;
    let poll = closed(poll);
    let refused = decrypts(&poll, 0).unwrap_err();
    assert!(
        matches!(&refused, CeremonyFault::Audit(why) if why.contains("sums")),
        "{refused}"
    );
    assert_eq!(poll.memory(0).decrypted(), None);
    assert!(poll.record().lifecycle.closing().trustees(0).next().is_none());
}

#[test]
fn d9_nothing_is_decrypted_before_close() {
    let poll = ready();
    poll.act(ActKind::Open).unwrap();
    poll.vote(&[vec![0], vec![1], vec![2]]);
    assert!(matches!(decrypts(&poll, 0), Err(CeremonyFault::NotNow(_))));
}

#[test]
fn d10_a_trustee_decrypts_once_and_finds_its_share_again() {
    let poll = closed(ready());
    assert_eq!(decrypts(&poll, 0).unwrap(), [Decrypted::Published]);
    assert_eq!(decrypts(&poll, 0).unwrap(), [Decrypted::AlreadyThere]);
    // Restored without its memory.
    let mut memory = poll.memory_named("restored.age");
    let key = &poll.trustees[0];
    let again = ceremony::decrypt::decrypt(&poll.ledger, &poll.id, key, &mut memory, &mut rng(1));
    assert_eq!(again.unwrap(), [Decrypted::AlreadyThere]);
    assert_eq!(poll.record().lifecycle.closing().trustees(0).count(), 1);
}

#[test]
fn d10_another_checkpoint_than_the_stored_one_is_refused() {
    let poll = closed(ready());
    let head = Head {
        size: 5,
        root: [5; 32],
    };
    poll.memory(0).decrypt_at(head).unwrap();
    let refused = decrypts(&poll, 0).unwrap_err();
    assert!(
        matches!(refused, CeremonyFault::RolledBack { size: 5 }),
        "{refused}"
    );
    let refused = poll.memory(0).decrypt_at(poll.record().head()).unwrap_err();
    assert!(
        matches!(refused, CeremonyFault::DecryptedOther { size: 5, .. }),
        "{refused}"
    );
    assert!(poll.record().lifecycle.closing().trustees(0).next().is_none());
}

#[test]
fn d10_a_ledger_that_went_back_behind_what_was_seen_is_refused() {
    let poll = ready();
    poll.act(ActKind::Open).unwrap();
    poll.vote(&[vec![0], vec![1], vec![2], vec![0, 1]]);
    let before = poll.ledger.state().clone();
    poll.act(ActKind::Close).unwrap();
    assert_eq!(decrypts(&poll, 0).unwrap(), [Decrypted::Published]);
    // The same poll, one ballot more: differencing would open that ballot.
    *poll.ledger.state() = before;
    poll.act(ActKind::Pause("x".into())).unwrap();
    poll.act(ActKind::Close).unwrap();
    let refused = decrypts(&poll, 0).unwrap_err();
    assert!(matches!(refused, CeremonyFault::RolledBack { .. }), "{refused}");
}

#[test]
fn d10_a_contest_below_the_smallest_group_is_not_decrypted() {
    let poll = ready();
    poll.act(ActKind::Open).unwrap();
    poll.vote(&[vec![0], vec![1]]);
    poll.act(ActKind::Close).unwrap();
    assert_eq!(
        decrypts(&poll, 0).unwrap(),
        [Decrypted::SmallGroup { ballots: 2 }]
    );
    assert_eq!(poll.memory(0).decrypted(), None);
}

#[test]
fn d8_a_wrong_share_is_left_out_and_its_trustee_named() {
    let poll = closed(ready());
    decrypts(&poll, 0).unwrap();
    let record = poll.record();
    let (_, own) = record
        .decoded()
        .find(|(_, entry)| entry.kind() == "decryption-share")
        .unwrap();
    let Entry::DecryptionShare(mut share) = own else {
        panic!("a share")
    };
    share.body.trustee = 1;
    poll.ledger.push(&Entry::DecryptionShare(Signed::new(
        share.body,
        &poll.id,
        &poll.trustees[1].signing,
    )));
    decrypts(&poll, 2).unwrap();
    let (published, shares) = result(&poll.record(), 0).unwrap();
    assert!(matches!(published, ceremony::publish::Published::Result(_)));
    assert_eq!(shares.culprits.len(), 1);
    assert_eq!(shares.culprits[0].0, 1);
    assert_eq!(shares.proven.len(), 2);
}

#[test]
fn an_act_that_does_not_follow_the_ledger_is_not_signed() {
    let poll = ready();
    let record = poll.record();
    let mut stale = officer::draft(&record, ActKind::Open);
    let Entry::Open(act) = &mut stale else {
        panic!("an act")
    };
    act.body.root = [1; 32].into();
    let refused = officer::sign(&mut stale, Some(&record), &poll.officers[0]).unwrap_err();
    assert!(refused.to_string().contains("never had"), "{refused}");
    let Entry::Open(act) = &mut stale else {
        panic!("an act")
    };
    act.body.counter = 2;
    assert!(officer::sign(&mut stale, Some(&record), &poll.officers[0]).is_err());
    let mut draft = officer::draft(&record, ActKind::Open);
    let stranger = ceremony::OfficerKey::generate("Mallory", &mut rng(99));
    assert!(officer::sign(&mut draft, Some(&record), &stranger).is_err());
    officer::sign(&mut draft, Some(&record), &poll.officers[0]).unwrap();
    officer::sign(&mut draft, Some(&record), &poll.officers[0]).unwrap();
    assert_eq!(
        officer::signatures_missing(&draft, &record.election().manifest),
        1
    );
    assert!(
        record.check_next(&draft).is_err(),
        "one officer twice is one officer"
    );
}

#[test]
fn a_ledger_with_another_root_size_or_damaged_entry_is_refused() {
    let poll = ready();
    let record = poll.record();
    let put_together =
        |entries: Vec<Vec<u8>>, note: Vec<u8>| Record::put_together(entries, note, &poll.id, None);
    assert!(put_together(record.entries.clone(), record.note.clone()).is_ok());
    let mut fewer = record.entries.clone();
    fewer.pop();
    assert!(put_together(fewer, record.note.clone()).is_err());
    assert!(put_together(vec![], record.note.clone()).is_err());
    let mut note = record.note.clone();
    let last = note.len() - 10;
    note[last] ^= 1;
    assert!(put_together(record.entries.clone(), note).is_err());
    for entry in 0..record.entries.len() {
        let mut mangled = record.entries.clone();
        let middle = mangled[entry].len() / 2;
        mangled[entry][middle] ^= 1;
        assert!(
            put_together(mangled, record.note.clone()).is_err(),
            "entry {entry}"
        );
    }
}
