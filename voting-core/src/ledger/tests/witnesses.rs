//! Witness policies, what is submitted to a witness, and its judgement.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use ed25519_dalek::SigningKey;
use proptest::prelude::*;

use super::*;

const ORIGIN: &str = "ledger.example/riverside";

fn signer() -> SignerKey {
    SignerKey::ed25519(ORIGIN, &SigningKey::from_bytes(&[7; 32])).unwrap()
}

fn witness(number: u8) -> Cosigner {
    let name = format!("witness{number}.example");
    Cosigner::ed25519(&name, &SigningKey::from_bytes(&[100 + number; 32])).unwrap()
}

/// The log, and so many witnesses.
fn lines(witnesses: u8) -> String {
    let mut lines = format!("log {} https://{ORIGIN}\n", signer().verifier());
    for number in 0..witnesses {
        lines += &format!("witness w{number} {}\n", witness(number).verifier());
    }
    lines
}

fn policy(rest: &str) -> Policy {
    Policy::parse((lines(5) + rest).as_bytes()).unwrap()
}

fn met(policy: &Policy, by: &[usize]) -> bool {
    policy.is_met(|witness| by.contains(&witness))
}

#[test]
fn groups_need_as_many_members_as_they_say() {
    let three = policy("group g 3 w0 w1 w2 w3\nquorum g\n");
    assert!(met(&three, &[0, 1, 3]) && met(&three, &[0, 1, 2, 3]));
    assert!(!met(&three, &[0, 1]) && !met(&three, &[0, 1, 4]));
    // An organisation with two witnesses counts once.
    let nested = policy("group city any w0 w1\n\tgroup q 2 city w2  w3 # of three\nquorum q\n\n");
    assert!(met(&nested, &[1, 3]) && met(&nested, &[2, 3]));
    assert!(!met(&nested, &[0, 1]));
    let all = policy("group g all w0 w1\nquorum g\n");
    assert!(met(&all, &[0, 1]) && !met(&all, &[1]));
    assert!(met(&policy("quorum w4\n"), &[4]) && !met(&policy("quorum w4\n"), &[3]));
    assert!(met(&policy("quorum none\n"), &[]));
    assert_eq!(three.witnesses().len(), 5);
    assert_eq!(
        three.logs()[0].url.as_deref(),
        Some("https://ledger.example/riverside")
    );
}

#[test]
fn a_policy_that_could_be_read_in_two_ways_is_refused() {
    use PolicyProblem::*;
    let (key, other) = (witness(0).verifier(), witness(9).verifier());
    for (rest, why) in [
        ("", NoQuorum),
        ("quorum none\nquorum w1\n", QuorumTwice),
        ("quorum w7\n", NameUnknown),
        ("group g 1 h\ngroup h 1 w0\nquorum g\n", NameUnknown),
        ("group g 1 g\nquorum g\n", NameUnknown),
        ("group g 2 w0 w0\nquorum g\n", MemberTwice),
        ("group g 1 w0\ngroup h 1 w0\nquorum g\n", MemberTwice),
        ("group g 3 w0 w1\nquorum g\n", Threshold),
        ("group g 0 w0 w1\nquorum g\n", Threshold),
        ("group g all\nquorum g\n", Threshold),
        ("group g +1 w0 w1\nquorum g\n", Statement),
        ("group g 01 w0 w1\nquorum g\n", Statement),
        ("group w0 1 w1\nquorum w0\n", NameTaken),
        ("group none 1 w1\nquorum none\n", NameTaken),
        (&format!("witness again {key}\nquorum again\n"), KeyTwice),
        (&format!("witness w0 {other}\nquorum w0\n"), NameTaken),
        (
            &format!("witness new {other} ftp://a.example\nquorum new\n"),
            Statement,
        ),
        (
            &format!("witness new {other} https://a.example more\nquorum new\n"),
            Statement,
        ),
        (
            &format!("witness new {}\nquorum new\n", signer().verifier()),
            Key(InvalidVkey::Type),
        ),
        ("witness new key\nquorum new\n", Key(InvalidVkey::Form)),
        ("signature\n", Statement),
        ("Quorum none\n", Statement),
    ] {
        let refused = Policy::parse((lines(5) + rest).as_bytes()).unwrap_err();
        assert_eq!(refused.why, why, "{rest}");
    }
    let long = lines(5) + "quorum none\n" + &"#".repeat(65_536);
    assert_eq!(Policy::parse(long.as_bytes()).unwrap_err().why, Text);
    let told = Policy::parse(b"# nothing\n\nquorum w\n").unwrap_err();
    assert_eq!(told.line, 3);
}

#[test]
fn thirty_two_witnesses_and_groups_are_read() {
    let mut text = lines(32);
    for number in 0..32 {
        text += &format!("group g{number} any w{number}\n");
    }
    let members: Vec<String> = (0..32).map(|number| format!("g{number}")).collect();
    text += &format!("group q 17 {}\nquorum q\n", members.join(" "));
    let policy = Policy::parse(text.as_bytes()).unwrap();
    assert!(policy.is_met(|witness| witness < 17) && !policy.is_met(|witness| witness < 16));
}

fn levels(size: usize) -> Levels {
    (0..size).map(|index| leaf_hash(&index.to_be_bytes())).collect()
}

fn head(levels: &Levels) -> Checkpoint {
    Checkpoint {
        origin: ORIGIN.into(),
        size: levels.size(),
        root: levels.root(),
    }
}

#[test]
fn e1_a_head_is_witnessed_when_the_sealed_quorum_has_cosigned_it() {
    let policy = policy("group g 3 w0 w1 w2 w3\nquorum g\n");
    let trust = Trust::with_policy(signer().verifier(), policy.clone()).unwrap();
    let head = head(&levels(5));
    let cosigned = |text: &str, by: &[u8]| {
        let mut note = head.sign(&signer());
        for &number in by {
            note += &witness(number).cosign(text, 1_800_000_000).unwrap();
        }
        note
    };
    let text = head.text();
    let verify = |note: String| trust.head(note.as_bytes());
    assert!(verify(cosigned(&text, &[0, 1, 2])).unwrap().is_witnessed());
    assert!(verify(cosigned(&text, &[3, 1, 2, 0])).unwrap().is_witnessed());
    // Too few, one of them twice, one that is not in the group, one that nobody knows.
    for few in [&[] as &[u8], &[0, 1], &[0, 1, 1, 0], &[0, 1, 4], &[0, 1, 77]] {
        let found = verify(cosigned(&text, few)).unwrap();
        assert!(!found.is_witnessed(), "{few:?}");
        assert_eq!(found.checkpoint, head);
    }
    // A forged line of a known witness refuses the note.
    let forged = cosigned("other\n1\nAAAA\n", &[0]);
    let refused = verify(cosigned(&text, &[1, 2, 3]) + forged.lines().last().unwrap() + "\n");
    assert_eq!(refused, Err(InvalidNote::Signature.into()));
    let nobody = Trust::with_policy(signer().verifier(), self::policy("quorum none\n"));
    assert_eq!(nobody, Err(NoTrust::Nobody));
    // A policy for other ledgers says nothing about this one.
    let other = SignerKey::ed25519(ORIGIN, &SigningKey::from_bytes(&[8; 32])).unwrap();
    let refused = Trust::with_policy(other.verifier(), policy).unwrap_err();
    assert_eq!(refused, NoTrust::OtherLedger(other.verifier()));
}

fn submission(old: &Levels, new: &Levels) -> Submission {
    Submission {
        old: old.size(),
        proof: consistency_proof(new, old.size(), new.size()).unwrap(),
        checkpoint: head(new).sign(&signer()),
    }
}

#[test]
fn a_witness_goes_on_only_from_what_it_has_cosigned() {
    let key = signer().verifier();
    let (none, five, nine) = (levels(0), levels(5), levels(9));
    let judge = |submission: &Submission, last: Option<&Checkpoint>| {
        let read = Submission::parse(submission.to_string().as_bytes()).unwrap();
        assert_eq!(read, *submission);
        read.judge(&key, last)
    };
    let first = submission(&none, &five);
    assert_eq!(judge(&first, None), Ok(head(&five)));
    assert_eq!(judge(&submission(&none, &none), None), Ok(head(&none)));
    let last = head(&five);
    assert_eq!(judge(&submission(&five, &nine), Some(&last)), Ok(head(&nine)));
    // The same again is cosigned again.
    assert_eq!(judge(&submission(&five, &five), Some(&last)), Ok(head(&five)));
    // What it has not cosigned, or not last, it says.
    assert_eq!(judge(&first, Some(&last)), Err(NotWitnessed::Stale { size: 5 }));
    assert_eq!(
        judge(&submission(&five, &nine), None),
        Err(NotWitnessed::Stale { size: 0 })
    );
}

#[test]
fn e1_e2_forks_and_roll_backs_are_not_witnessed() {
    let key = signer().verifier();
    let last = head(&levels(5));
    let fork: Levels = (0u64..9).map(|index| leaf_hash(&[index as u8])).collect();
    let forked: Levels = (0u64..5).map(|index| leaf_hash(&[index as u8])).collect();
    let judge = |submission: Submission| submission.judge(&key, Some(&last));
    assert_eq!(judge(submission(&forked, &forked)), Err(NotWitnessed::OtherRoot));
    assert!(matches!(
        judge(submission(&forked, &fork)),
        Err(NotWitnessed::Inconsistent(_))
    ));
    let back = Submission {
        old: 5,
        proof: Vec::new(),
        checkpoint: head(&levels(3)).sign(&signer()),
    };
    assert_eq!(judge(back), Err(NotWitnessed::Shrinks { old: 5, size: 3 }));
    // A proof that is too long or not there.
    let mut longer = submission(&levels(5), &levels(9));
    longer.proof.push([0; 32]);
    assert!(matches!(judge(longer), Err(NotWitnessed::Inconsistent(_))));
    let mut none = submission(&levels(5), &levels(9));
    none.proof.clear();
    assert!(matches!(judge(none), Err(NotWitnessed::Inconsistent(_))));
    // An empty ledger has one root.
    let empty = Checkpoint {
        root: [1; 32],
        ..head(&levels(0))
    };
    let empty = Submission {
        old: 0,
        proof: Vec::new(),
        checkpoint: empty.sign(&signer()),
    };
    assert_eq!(empty.judge(&key, None), Err(NotWitnessed::OtherRoot));
    // Signed by another key.
    let other = SignerKey::ed25519(ORIGIN, &SigningKey::from_bytes(&[8; 32])).unwrap();
    let unsigned = submission(&levels(5), &levels(9)).judge(&other.verifier(), Some(&last));
    assert!(matches!(unsigned, Err(NotWitnessed::Signature(_))));
}

#[test]
fn kept_receipts_are_checked_with_the_leaf_they_name() {
    let levels = levels(9);
    let kept = KeptReceipt {
        leaf: leaf_hash(&4usize.to_be_bytes()),
        receipt: Receipt {
            index: 4,
            proof: inclusion_proof(&levels, 4, 9).unwrap(),
            checkpoint: head(&levels).sign(&signer()),
        },
    };
    let trust = Trust::key_alone(signer().verifier());
    let read = KeptReceipt::parse(kept.to_string().as_bytes()).unwrap();
    assert_eq!(read, kept);
    assert_eq!(read.verify(&trust).unwrap().checkpoint, head(&levels));
    let other = KeptReceipt {
        leaf: [0; 32],
        ..kept.clone()
    };
    assert_eq!(other.verify(&trust), Err(InvalidProof::Root.into()));
    // The ballot box's answer names no leaf, and a kept one is no answer.
    assert!(KeptReceipt::parse(kept.receipt.to_string().as_bytes()).is_err());
    assert!(Receipt::parse(kept.to_string().as_bytes()).is_err());
}

proptest! {
    #[test]
    fn submissions_are_read_back_and_random_bytes_never_panic(
        old: u64, proof in prop::collection::vec(any::<[u8; 32]>(), 0..63), bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let submission = Submission { old, proof, checkpoint: head(&levels(3)).sign(&signer()) };
        prop_assert_eq!(Submission::parse(submission.to_string().as_bytes()), Ok(submission));
        prop_assert!(Submission::parse(&bytes).is_err());
        prop_assert!(KeptReceipt::parse(&bytes).is_err());
        prop_assert!(Policy::parse(&bytes).is_err());
    }

    #[test]
    fn random_statements_never_panic(text in "((log|witness|group|quorum|#|w0|none|2| |\t|\n){0,8}\n){0,6}") {
        let _ = Policy::parse((lines(2) + &text).as_bytes());
    }
}
