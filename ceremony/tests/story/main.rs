//! The ceremony as it happens, from the first hash to the result, and what
//! must stop it. Names of attack tests start with the id of the attack.

mod attacks;
mod files;
mod http;
mod kit;
#[path = "../../../auditor/tests/attacks/mirror.rs"]
mod mirror;

use ceremony::decrypt::{Decrypted, decrypt};
use ceremony::officer::ActKind;
use ceremony::publish::{Published, entry, result};
use ceremony::trustee::{Progress, Trustee, advance, hand_in};
use ceremony::{CeremonyFault, TrusteeKey};

use kit::{Poll, rng};

/// What a trustee is told to do.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Task {
    Deal,
    Certify,
    Rehearse,
}

pub(crate) fn go_on(poll: &Poll, trustee: usize, task: Task) -> Result<Progress, CeremonyFault> {
    go_on_with(poll, trustee, &poll.trustees[trustee], task)
}

pub(crate) fn go_on_with(
    poll: &Poll,
    trustee: usize,
    key: &TrusteeKey,
    task: Task,
) -> Result<Progress, CeremonyFault> {
    let step = |record: &ceremony::Record| {
        let trustee = Trustee::new(key, record)?;
        match task {
            Task::Deal => trustee.deal(&mut rng(3)),
            Task::Certify => trustee.certify(),
            Task::Rehearse => trustee.rehearse(&mut rng(4)),
        }
    };
    advance(&poll.ledger, &poll.id, &mut poll.memory(trustee), step, |_| {})
}

/// All trustees, round and round, until nobody waits any more.
pub(crate) fn all(poll: &Poll, task: Task) {
    for _ in 0..6 {
        let progress: Vec<_> = (0..3)
            .map(|trustee| go_on(poll, trustee, task).unwrap())
            .collect();
        if progress
            .iter()
            .all(|progress| matches!(progress, Progress::Finished(_)))
        {
            return;
        }
    }
    panic!("{task:?} does not come to an end");
}

/// A poll up to its opening.
pub(crate) fn ready() -> Poll {
    let poll = Poll::begin();
    all(&poll, Task::Deal);
    all(&poll, Task::Certify);
    all(&poll, Task::Rehearse);
    poll.issue();
    poll
}

/// A poll that four voters voted in, closed.
pub(crate) fn closed(poll: Poll) -> Poll {
    poll.act(ActKind::Open).unwrap();
    poll.vote(&[vec![0], vec![0, 1], vec![1, 2], vec![0, 2]]);
    poll.act(ActKind::Close).unwrap();
    poll
}

pub(crate) fn decrypts(poll: &Poll, trustee: usize) -> Result<Vec<Decrypted>, CeremonyFault> {
    let key = &poll.trustees[trustee];
    decrypt(
        &poll.ledger,
        &poll.id,
        key,
        &mut poll.memory(trustee),
        &mut rng(6),
    )
}

pub(crate) fn publish(poll: &Poll) -> Published {
    let (published, shares) = result(&poll.record(), 0).unwrap();
    assert!(shares.culprits.is_empty());
    if let Published::Result(result) = &published {
        hand_in(&poll.ledger, &poll.id, &entry(result.clone())).unwrap();
    }
    published
}

#[test]
fn the_ceremony_from_the_first_hash_to_the_result() {
    let poll = Poll::begin();
    // Nobody gets further than the others let them.
    let Progress::Waiting(why) = go_on(&poll, 0, Task::Deal).unwrap() else {
        panic!("must wait")
    };
    assert_eq!(
        why,
        "waiting for Emil, Fay to publish the hash of their commitments"
    );
    assert_eq!(poll.ledger.state().entries.len(), 2);
    all(&poll, Task::Deal);
    assert!(matches!(
        go_on(&poll, 1, Task::Certify).unwrap(),
        Progress::Waiting(_)
    ));
    assert!(matches!(
        go_on(&poll, 1, Task::Rehearse).unwrap(),
        Progress::Waiting(_)
    ));
    all(&poll, Task::Certify);
    all(&poll, Task::Rehearse);
    poll.issue();
    let poll = closed(poll);
    assert_eq!(
        publish(&poll),
        Published::Waiting("0 of 2 needed decryption shares are there".into())
    );
    assert_eq!(decrypts(&poll, 0).unwrap(), [Decrypted::Published]);
    assert_eq!(decrypts(&poll, 2).unwrap(), [Decrypted::Published]);
    let Published::Result(result) = publish(&poll) else {
        panic!("must be a result")
    };
    assert_eq!(result.totals, [3, 2, 2]);
    assert_eq!(result.winners, Some(vec![0, 1]));
    assert_eq!(publish(&poll), Published::AlreadyThere);
}

#[test]
fn officers_pause_resume_and_extend() {
    let poll = ready();
    poll.act(ActKind::Open).unwrap();
    poll.act(ActKind::Pause("power cut".into())).unwrap();
    poll.act(ActKind::Resume("power is back".into())).unwrap();
    let extend = |closing| ActKind::Extend {
        closing,
        reason: "the power cut".into(),
    };
    assert!(poll.act(extend(1_800_500_000)).is_err(), "earlier than planned");
    poll.act(extend(1_801_003_600)).unwrap();
    poll.act(ActKind::Close).unwrap();
    assert!(poll.act(ActKind::Open).is_err(), "close is terminal");
}

#[test]
fn d6_any_one_trustee_may_be_lost_after_certification() {
    for lost in 0..3 {
        let poll = Poll::begin();
        all(&poll, Task::Deal);
        all(&poll, Task::Certify);
        all(&poll, Task::Rehearse);
        poll.issue();
        let poll = closed(poll);
        for trustee in (0..3).filter(|trustee| *trustee != lost) {
            decrypts(&poll, trustee).unwrap();
        }
        assert!(
            matches!(publish(&poll), Published::Result(_)),
            "without trustee {lost}"
        );
    }
}

#[test]
fn d6_a_trustee_lost_before_certification_is_named() {
    let poll = Poll::begin();
    for task in [Task::Deal, Task::Certify] {
        for trustee in [0, 1, 0, 1] {
            let Progress::Waiting(why) = go_on(&poll, trustee, task).unwrap() else {
                panic!("must wait")
            };
            assert!(why.contains("Fay"), "{why}");
        }
    }
}

#[test]
fn a_trustee_restored_from_its_key_file_goes_on_at_any_step() {
    let poll = Poll::begin();
    let restored = |trustee: usize, tasks: Task| {
        let key = &poll.trustees[trustee];
        let passphrase = age::secrecy::SecretString::from("pass".to_owned());
        let file = key.seal(&passphrase, Some(2)).unwrap();
        let key = TrusteeKey::open("copy", &file, &passphrase).unwrap();
        go_on_with(&poll, trustee, &key, tasks).unwrap()
    };
    for task in [Task::Deal, Task::Certify, Task::Rehearse] {
        for _ in 0..4 {
            for trustee in 0..3 {
                restored(trustee, task);
            }
        }
    }
    assert_eq!(poll.ledger.state().lifecycle.setup().rehearsed().len(), 3);
}
