//! A ballot box that lies with its real key. Whatever it shows instead of the
//! ledger it has shown before, honest witnesses refuse to cosign it, a voter's
//! device and an observer's copy notice, and both signed heads are kept as
//! evidence.

use auditor::witness::{self, Witness};
use base64ct::{Base64UrlUnpadded, Encoding};
use blind_rsa_signatures::SecretKeySha384PSSDeterministic;
use tempfile::TempDir;
use voting_core::contest::Choice;
use voting_core::entry::{BallotEntry, Entry};
use voting_core::hash::Hash;
use voting_core::ledger::{Submission, Trust, VerifierKey, consistency_proof};
use voting_core::voter::{CheckpointRefused, Poll, PollError, Stage, Unconfirmed, Voter};

use crate::kit::{Story, rng, rsa_key};
use crate::mirror::Mirror;
use crate::record::{Record, auditor, evidence};
use crate::sealed::{people, policy};

const NOW: u64 = 1_800_000_000;

/// What the ballot box showed first, and what it shows now.
struct Lie {
    name: &'static str,
    /// The honest ledger that was shown, signed and cosigned.
    shown: Story,
    /// Signed now, with the same key.
    now: Story,
    /// Whether the two signed heads contradict each other. Who only shows an
    /// old head again has signed nothing new.
    contradicts: bool,
}

/// The honest election with its witnesses, open.
fn opened() -> Story {
    Story::whole_setup(people(&[]))
}

/// An honest ledger of two batches, the voter's ballot in the first, and the
/// lies about it.
fn lies(open: &Story, own: &BallotEntry) -> Vec<Lie> {
    let cast = |voters: &[u64]| {
        voters
            .iter()
            .map(|&voter| open.cast(voter, 0))
            .collect::<Vec<_>>()
    };
    let with_own = |voters: &[u64]| [cast(voters), vec![own.clone()]].concat();
    let ledger = |batches: &[Vec<BallotEntry>]| {
        let mut story = open.clone();
        for batch in batches {
            story.batch(batch.clone());
        }
        story
    };
    let closed = |mut story: Story| {
        story.close();
        story.tally();
        story
    };
    let (first, second) = (with_own(&[0, 1, 2]), cast(&[5, 6, 7, 8]));
    let (exchanged, third) = (cast(&[5, 6, 7, 9]), cast(&[3, 4]));
    let honest = ledger(&[first.clone(), second.clone()]);
    let lie = |name, now, contradicts| Lie {
        name,
        shown: honest.clone(),
        now,
        contradicts,
    };
    vec![
        lie(
            "a fork of equal size",
            ledger(&[first.clone(), exchanged.clone()]),
            true,
        ),
        lie(
            "a fork that grows",
            ledger(&[first.clone(), exchanged.clone(), third.clone()]),
            true,
        ),
        lie("a roll-back", ledger(std::slice::from_ref(&first)), false),
        lie(
            "a receipted ballot dropped",
            ledger(&[cast(&[0, 1, 2]), second.clone(), third.clone()]),
            true,
        ),
        lie("another order", ledger(&[second.clone(), first.clone()]), true),
        Lie {
            name: "a ballot inserted after the close",
            shown: closed(honest.clone()),
            now: closed(ledger(&[first, second, third])),
            contradicts: true,
        },
    ]
}

/// A device with its passes.
fn device<'p>(poll: &'p Poll, story: &Story) -> Voter<'p> {
    let mut voter = Voter::begin(poll, &mut rng(1)).unwrap();
    for issuer in 0..poll.issuers().len() as u32 {
        let keys = story.election().issuer_keys.iter();
        let keys: Vec<String> = keys
            .filter(|((owner, _), _)| *owner == issuer)
            .map(|(_, key)| Base64UrlUnpadded::encode_string(&key.key().to_spki()))
            .collect();
        let served = poll.served(issuer, keys.iter().map(String::as_str)).unwrap();
        let request = voter.request(&served).unwrap().unwrap();
        let signer = SecretKeySha384PSSDeterministic::new(rsa_key(issuer, poll.style()).clone());
        let answer = signer.blind_sign_with_rng(&mut rng(2), &request.blinded_message);
        voter.answer(issuer, &answer.unwrap().0).unwrap();
    }
    voter
}

fn record(story: &Story) -> Record {
    let mut record = Record::with_entries(story.people.clone(), &[], 1);
    record.entries = story.entries.clone();
    record
}

fn proof(record: &Record, old: u64) -> Vec<Hash> {
    let levels = record.levels(record.size());
    consistency_proof(&levels, old, record.size()).unwrap_or_default()
}

fn submission(record: &Record, old: u64) -> Vec<u8> {
    let mut alone = record.clone();
    alone.witnesses = vec![];
    let submission = Submission {
        old,
        proof: proof(record, old),
        checkpoint: String::from_utf8(alone.note(record.size())).unwrap(),
    };
    submission.to_string().into_bytes()
}

fn poll(record: &Record) -> Result<Poll, PollError> {
    let (note, policy) = (record.note(record.size()), policy(&record.people, &[]));
    let policy = Some(policy.as_bytes());
    Poll::read(&record.id(), &record.entries, &note, &[], 0, policy)
}

#[test]
fn e1_e2_e3_e5_every_lie_of_a_ballot_box_with_its_key_is_refused_noticed_and_kept() {
    let open = opened();
    let poll = poll(&record(&open)).unwrap();
    let mut voter = device(&poll, &open);
    let draft = voter.choose(&[Choice::Projects(vec![1])], &mut rng(3)).unwrap();
    let own = voter.cast(draft, &mut rng(4)).unwrap().to_vec();
    let Ok(Entry::Ballot(ballot)) = Entry::from_bytes(&own) else {
        panic!("it is no ballot");
    };
    for lie in lies(&open, &ballot) {
        let (shown, now) = (record(&lie.shown), record(&lie.now));
        refused_by_a_witness(&lie, &shown, &now);
        noticed_by_a_device(&lie, &poll, &voter, &own, &shown, &now);
        noticed_by_an_observer(&lie, &shown, &now);
    }
}

fn refused_by_a_witness(lie: &Lie, shown: &Record, now: &Record) {
    let folder = TempDir::new().unwrap();
    let ledger = &shown.people.manifest.ledger;
    let key = VerifierKey::ed25519(&ledger.origin, &ledger.key).unwrap();
    let home = witness::Folder::init(folder.path(), "witness.example").unwrap();
    let mut witness = Witness::open(&home, &[key], witness::Report::default()).unwrap();
    witness.add_checkpoint(&submission(shown, 0), NOW).unwrap();
    for old in [shown.size(), now.size(), 0] {
        let refused = witness.add_checkpoint(&submission(now, old), NOW);
        assert!(refused.is_err(), "{}", lie.name);
    }
    assert_eq!(witness.evidence() > 0, lie.contradicts, "{}", lie.name);
    // The honest ledger is still cosigned.
    witness
        .add_checkpoint(&submission(shown, shown.size()), NOW)
        .unwrap();
}

/// Even where the witnesses collude.
fn noticed_by_a_device(lie: &Lie, poll: &Poll, voter: &Voter<'_>, own: &[u8], shown: &Record, now: &Record) {
    let mut voter = Voter::resume(poll, &voter.to_secret_bytes()).unwrap();
    let index = shown.entries.iter().position(|entry| entry == own).unwrap();
    let receipt = shown.receipt(index as u64, shown.size()).receipt;
    assert_eq!(voter.receive(receipt.to_string().as_bytes()), Ok(Stage::Cast));
    let noticed = voter.follow(&now.note(now.size()), &proof(now, shown.size()));
    match lie.contradicts {
        true => assert!(
            matches!(noticed, Err(Unconfirmed::Inconsistent(_))),
            "{}",
            lie.name
        ),
        false => assert_eq!(noticed, Err(Unconfirmed::Older), "{}", lie.name),
    }
}

/// Even where the witnesses collude.
fn noticed_by_an_observer(lie: &Lie, shown: &Record, now: &Record) {
    let folder = TempDir::new().unwrap();
    let export = |record: &Record, name: &str| {
        let path = folder.path().join(name);
        record.export(&path, record.size());
        path
    };
    let (first, second) = (export(shown, "shown"), export(now, "now"));
    let server = Mirror::of(&first);
    auditor(folder.path(), &["mirror", &server.url, "copy"], 0);
    server.turn(&second);
    auditor(folder.path(), &["mirror", &server.url, "copy"], 1);
    let kept = folder.path().join("copy/evidence");
    let files = evidence(&kept);
    assert!(!files.is_empty(), "{}", lie.name);
    for file in files {
        let id = hex::encode(shown.id());
        // An old head alone proves nothing: everybody has seen it before.
        let proven = if lie.contradicts { 1 } else { 2 };
        auditor(&kept, &["evidence", &file, "--election", &id], proven);
    }
    auditor(folder.path(), &["verify", "now", "--kept", "shown/checkpoint"], 1);
}

#[test]
fn e1_of_two_checkpoints_for_two_clients_one_lacks_its_witnesses() {
    let mut open = opened();
    let one = record(&open);
    open.batch(vec![open.cast(0, 0)]);
    let mut other = record(&open);
    // Honest witnesses have cosigned what the first client sees; the ballot
    // box has one of its own.
    other.witnesses = vec![3];
    assert!(poll(&one).is_ok());
    assert_eq!(
        poll(&other).unwrap_err(),
        PollError::Checkpoint(CheckpointRefused::NotWitnessed)
    );
    let policy = policy(&other.people, &[]);
    let trust = Trust::sealed(&other.people.manifest, Some(policy.as_bytes())).unwrap();
    assert!(!trust.head(&other.note(other.size())).unwrap().is_witnessed());
    let folder = TempDir::new().unwrap();
    other.export(folder.path(), other.size());
    let shown = auditor(folder.path(), &["verify", "."], 1);
    assert!(shown.contains("witness"), "{shown}");
}
