//! The vectors of a whole election (specs/vectors/election.json): the honest
//! ledger of these tests, and what is illegal after each of its parts.
//! `PSEPHOS_WRITE_VECTORS=1 cargo test -p auditor --test attacks vectors` writes them.

use serde_json::{Value, json};
use voting_core::entry::*;
use voting_core::keys::commitment_hash;
use voting_core::ledger::leaf_hash;
use voting_core::lifecycle::{Illegal, Lifecycle};

use crate::kit::{People, Story, dealing, golden, opened, pseudonyms, ready, voted};

fn defect(illegal: &Illegal) -> String {
    let text = format!("{illegal:?}");
    text.chars().take_while(char::is_ascii_alphanumeric).collect()
}

/// The whole honest ledger, and what follows from it.
fn election() -> Value {
    let results = golden()
        .entries
        .iter()
        .filter_map(|entry| match Entry::from_bytes(entry) {
            Ok(Entry::Result(result)) => Some(json!([result.totals, result.winners])),
            _ => None,
        });
    json!({
        "kind": "election", "name": "an honest election", "valid": true,
        "entries": golden().entries.iter().map(hex::encode).collect::<Vec<_>>(),
        "checkpoint": String::from_utf8(golden().checkpoint()).unwrap(),
        "results": results.collect::<Vec<_>>(),
    })
}

/// An entry 0.
fn begins(name: &str, bytes: &[u8]) -> Value {
    let mut vector = json!({ "kind": "begin", "name": name, "valid": true, "entry": hex::encode(bytes) });
    if let Err(illegal) = Lifecycle::begin(bytes) {
        vector["valid"] = false.into();
        vector["defect"] = defect(&illegal).into();
    }
    vector
}

fn beginnings() -> Vec<Value> {
    let people = People::golden();
    let signed = |change: &dyn Fn(&mut Vec<OfficerSignature>)| {
        let Ok(Entry::Manifest(manifest, mut signatures)) = Entry::from_bytes(&golden().entries[0]) else {
            panic!("a manifest");
        };
        change(&mut signatures);
        Entry::Manifest(manifest, signatures).to_bytes()
    };
    let incoherent = People::with(|manifest| manifest.trustees.threshold = 1);
    assert_eq!(Story::manifest_entry(&people), golden().entries[0]);
    vec![
        begins("not an entry", b"manifest"),
        begins("a ledger that begins with another entry", &golden().entries[1]),
        begins(
            "a manifest that is not coherent",
            &Story::manifest_entry(&incoherent),
        ),
        begins(
            "a manifest signed by too few officers",
            &signed(&|all| all.truncate(1)),
        ),
        begins(
            "a manifest signed by one officer twice",
            &signed(&|all| all[1] = all[0].clone()),
        ),
        begins(
            "a manifest with signatures in another order",
            &signed(&|all| all.reverse()),
        ),
        begins(
            "a manifest signed by an officer it does not name",
            &signed(&|all| all[1].officer = 3),
        ),
        begins(
            "a manifest with an officer's signature under another's name",
            &signed(&|all| all[1].officer = 1),
        ),
    ]
}

/// The entry that `make` appends to a story, after its part of the honest
/// ledger and what else stands on it.
fn after(name: &str, story: &Story, make: impl FnOnce(&mut Story)) -> Value {
    let honest = golden().entries.iter().zip(&story.entries);
    let common = honest.take_while(|(honest, found)| honest == found).count();
    let mut next = story.clone();
    make(&mut next);
    assert_eq!(next.entries.len(), story.entries.len() + 1, "{name}");
    let bytes = next.entries.last().unwrap();
    let entry = Entry::from_bytes(bytes).unwrap();
    let verdict = story.honest.clone().apply(leaf_hash(bytes), &entry);
    let then: Vec<_> = story.entries[common..].iter().map(hex::encode).collect();
    let mut vector = json!({
        "kind": "next", "name": name, "valid": true, "after": common, "then": then, "entry": hex::encode(bytes),
    });
    if let Err(illegal) = verdict {
        vector["valid"] = false.into();
        vector["defect"] = defect(&illegal).into();
    }
    vector
}

/// A story after a further step.
fn and(story: &Story, step: impl FnOnce(&mut Story)) -> Story {
    let mut story = story.clone();
    step(&mut story);
    story
}

fn sign_trustee<T: Signable>(story: &Story, trustee: usize, body: T) -> Signed<T> {
    Signed::new(body, &story.id(), &story.people.trustees[trustee])
}

fn sign_issuer<T: Signable>(story: &Story, issuer: usize, body: T) -> Signed<T> {
    Signed::new(body, &story.id(), &story.people.issuers[issuer])
}

/// An officers' act with a changed body.
fn act(story: &mut Story, kind: &str, make: fn(Act) -> Entry, change: impl FnOnce(&mut ActBody)) {
    let mut body = story.act(kind, "").body;
    change(&mut body);
    let act = story.signed_act(kind, body);
    story.push_act(make(act));
}

fn plain(story: &mut Story, kind: &str, make: fn(Act) -> Entry) {
    act(story, kind, make, |_| {});
}

fn ceremony() -> Vec<Value> {
    let begun = Story::begin(People::golden());
    let hashed = and(&begun, Story::hashes);
    let committed = and(&hashed, Story::commitments);
    let dealt = and(&committed, Story::deal);
    let certified = and(&begun, Story::key_ceremony);
    let id = begun.id();
    let hash = |change: &dyn Fn(&mut KeyHash)| {
        let mut body = dealing(&id, 0).hash();
        change(&mut body);
        Entry::KeyHash(sign_trustee(&begun, 0, body))
    };
    let complaint = KeyComplaint {
        round: 0,
        trustee: 1,
        dealer: 0,
        evidence: [3; 32].into(),
    };
    let complain = |story: &mut Story| {
        let complaint = sign_trustee(story, 1, complaint.clone());
        story.push(&Entry::KeyComplaint(complaint));
    };
    let confirm = |change: &dyn Fn(&mut KeyConfirmation)| {
        let mut body = dealt.confirmation(0);
        change(&mut body);
        Entry::KeyConfirmation(sign_trustee(&dealt, 0, body))
    };
    let commit = |change: &dyn Fn(&mut KeyCommitment)| {
        let mut body = dealing(&id, 0).commitment();
        change(&mut body);
        body
    };
    // Promised with its defect, so that the defect itself is what is left.
    let with_promise = |change: &dyn Fn(&mut KeyCommitment)| {
        let body = commit(change);
        let hash = commitment_hash(&id, &body).into();
        let promised = and(&begun, |story| {
            story.push_hash(KeyHash {
                hash,
                ..dealing(&id, 0).hash()
            });
            for trustee in 1..3 {
                story.push_hash(dealing(&id, trustee).hash());
            }
        });
        (promised, body)
    };
    let (rogue, rogue_body) = with_promise(&|body| body.possession[40] ^= 1);
    let (identity, identity_body) = with_promise(&|body| body.points[32..].fill(0));
    let (short, short_body) = with_promise(&|body| body.points.truncate(32));
    vec![
        after("a second manifest", &begun, |story| {
            story.push_bytes(golden().entries[0].clone());
        }),
        after("a key-hash of a trustee that is not enrolled", &begun, |story| {
            story.push(&hash(&|body| body.trustee = 3));
        }),
        after("a key-hash signed by another trustee", &begun, |story| {
            story.push(&hash(&|body| body.trustee = 1));
        }),
        after("a key-hash of another round", &begun, |story| {
            story.push(&hash(&|body| body.round = 1));
        }),
        after(
            "a key-hash with a receiving key of small order",
            &begun,
            |story| {
                story.push(&hash(&|body| body.receiving_key = [0; 32].into()));
            },
        ),
        after("commitments before every hash", &begun, |story| {
            story.push_commitment(commit(&|_| {}));
        }),
        after("a second key-hash", &hashed, |story| {
            story.push(&hash(&|_| {}));
        }),
        after("other commitments than were promised", &hashed, |story| {
            story.push_commitment(commit(&|body| body.possession[0] ^= 1));
        }),
        after("commitments without possession", &rogue, |story| {
            story.push_commitment(rogue_body);
        }),
        after("the identity among the commitments", &identity, |story| {
            story.push_commitment(identity_body);
        }),
        after("a commitment too few", &short, |story| {
            story.push_commitment(short_body);
        }),
        after("shares before every commitment", &hashed, |story| {
            let receivers: Vec<_> = story.honest.setup().round().hashes.values().cloned().collect();
            let shares = dealing(&id, 0)
                .shares(&receivers, &mut crate::kit::rng(80))
                .unwrap();
            story.push(&Entry::KeyShares(sign_trustee(story, 0, shares)));
        }),
        after("commitments twice", &committed, |story| {
            story.push_commitment(commit(&|_| {}));
        }),
        after("shares for two of three", &committed, |story| {
            let shares = KeyShares {
                round: 0,
                trustee: 0,
                shares: vec![[1; 80].into(); 2],
            };
            story.push(&Entry::KeyShares(sign_trustee(story, 0, shares)));
        }),
        after("a certificate before every share", &committed, |story| {
            let body = KeyConfirmation {
                round: 0,
                trustee: 0,
                joint_key: [1; 32].into(),
                transcript: [1; 32].into(),
            };
            story.push(&Entry::KeyConfirmation(sign_trustee(story, 0, body)));
        }),
        after("a complaint before every share", &committed, complain),
        after("a complaint without ground", &dealt, complain),
        after("a certificate of another key", &dealt, |story| {
            story.push(&confirm(&|body| body.joint_key = [1; 32].into()));
        }),
        after("a certificate of another transcript", &dealt, |story| {
            story.push(&confirm(&|body| body.transcript = [1; 32].into()));
        }),
        after("a rehearsal before the key is certified", &dealt, |story| {
            let body = Rehearsal {
                trustee: 0,
                point: [1; 32].into(),
                proof: [1; 64].into(),
            };
            story.push(&Entry::Rehearsal(sign_trustee(story, 0, body)));
        }),
        after("a second certificate", &certified, |story| {
            story.confirm(0);
        }),
        after("a complaint after the key is certified", &certified, complain),
        after("a rehearsal that proves nothing", &certified, |story| {
            let Some(Ok(Entry::Rehearsal(mut signed))) = rehearsal(story) else {
                panic!("a rehearsal")
            };
            signed.body.proof[40] ^= 1;
            story.push(&Entry::Rehearsal(sign_trustee(story, 0, signed.body)));
        }),
        after("opening without issuers", &certified, |story| {
            story.open();
        }),
    ]
}

/// Trustee 0's honest rehearsal.
fn rehearsal(story: &Story) -> Option<Result<Entry, voting_core::encoding::DecodeError>> {
    let next = and(story, |story| {
        story.rehearse(0);
    });
    next.entries.last().map(|entry| Entry::from_bytes(entry))
}

fn setup() -> Vec<Value> {
    let begun = Story::begin(People::golden());
    let certified = and(&begun, Story::key_ceremony);
    let keyed = and(&certified, |story| {
        story.issuer_key(0, 0);
    });
    let two_rehearsed = and(&certified, |story| {
        story.issuers();
        story.rehearse(0);
        story.rehearse(1);
    });
    let lines = pseudonyms(0, 0);
    let roll = |change: &dyn Fn(&mut Roll)| {
        let mut body = Roll {
            issuer: 0,
            style: 0,
            part: 0,
            parts: 1,
            pseudonyms: lines.concat().into(),
        };
        change(&mut body);
        Entry::Roll(sign_issuer(&begun, 0, body))
    };
    let Ok(Entry::IssuerKey(key)) = Entry::from_bytes(keyed.entries.last().unwrap()) else {
        panic!("an issuer's key")
    };
    let unsorted = [lines[1], lines[0]].concat();
    vec![
        after("a roll of an issuer that is not enrolled", &keyed, |story| {
            story.push(&roll(&|body| body.issuer = 2));
        }),
        after("a roll of a style that is not there", &keyed, |story| {
            story.push(&roll(&|body| body.style = 2));
        }),
        after("a roll signed by another issuer", &keyed, |story| {
            story.push(&roll(&|body| body.issuer = 1));
        }),
        after("a roll out of order", &keyed, |story| {
            story.push(&roll(&|body| body.pseudonyms = unsorted.clone().into()));
        }),
        after("a roll's second part first", &keyed, |story| {
            story.push(&roll(&|body| (body.part, body.parts) = (1, 2)));
        }),
        after("a roll's part that is not full", &keyed, |story| {
            story.push(&roll(&|body| body.parts = 2));
        }),
        after("a roll of half a pseudonym", &keyed, |story| {
            story.push(&roll(&|body| body.pseudonyms.truncate(48)));
        }),
        after("another issuer's key", &keyed, |story| {
            let body = IssuerKey {
                issuer: 1,
                ..key.body.clone()
            };
            story.push(&Entry::IssuerKey(sign_issuer(story, 1, body)));
        }),
        after("an issuer's second key", &keyed, |story| {
            story.issuer_key(0, 0);
        }),
        after("a ballot before opening", ready(), |story| {
            let ballot = opened().cast(0, 0);
            story.push(&Entry::Ballot(ballot));
        }),
        after("close before opening", ready(), |story| {
            plain(story, "close", Entry::Close)
        }),
        after("a tally before close", ready(), |story| {
            story.push(&Entry::Tally(golden().tally_entry(0)));
        }),
        after(
            "opening after two rehearsals of three needed",
            &two_rehearsed,
            |story| {
                story.open();
            },
        ),
        after("a second rehearsal", ready(), |story| {
            story.rehearse(0);
        }),
        after("a roll once more", ready(), |story| {
            story.push(&roll(&|_| {}));
        }),
        after("opening with another counter", ready(), |story| {
            act(story, "open", Entry::Open, |body| body.counter = 2)
        }),
        after("opening after another act", ready(), |story| {
            act(story, "open", Entry::Open, |body| body.previous = [1; 32].into())
        }),
        after("opening at a head that never was", ready(), |story| {
            act(story, "open", Entry::Open, |body| body.root = [1; 32].into())
        }),
        after("opening that names a closing", ready(), |story| {
            act(story, "open", Entry::Open, |body| body.closing = 1_900_000_000)
        }),
        after("opening by one officer of two needed", ready(), |story| {
            let mut act = story.act("open", "");
            act.signatures.pop();
            story.push_act(Entry::Open(act));
        }),
        after("a signature for another act", ready(), |story| {
            let act = story.act("close", "");
            story.push_act(Entry::Open(act));
        }),
    ]
}

fn voting() -> Vec<Value> {
    let paused = and(opened(), |story| plain(story, "pause", Entry::Pause));
    let extended = and(opened(), |story| {
        act(story, "extend", Entry::Extend, |body| {
            body.closing = 1_802_000_000
        });
    });
    // The first ballot of the first batch, and ballots that cannot follow it.
    let first = golden().entries[opened().entries.len()].clone();
    let Ok(Entry::Ballot(ballot)) = Entry::from_bytes(&first) else {
        panic!("a ballot")
    };
    let inside = and(opened(), |story| {
        story.push_bytes(first.clone());
    });
    let voter = (0..10).find(|voter| opened().cast(*voter, 0) == ballot).unwrap();
    let cast = |voter, wanted: &dyn Fn(&[u8; 32]) -> bool| {
        let mut ballots = (1..40).map(|sequence| opened().cast(voter, sequence));
        let fits = ballots.find(|ballot| wanted(&leaf_hash(&Entry::Ballot(ballot.clone()).to_bytes())));
        Entry::Ballot(fits.expect("one of forty"))
    };
    let leaf = leaf_hash(&first);
    vec![
        after("opening twice", opened(), |story| {
            story.open();
        }),
        after("a key-hash after opening", opened(), |story| {
            story.push_hash(dealing(&story.id(), 0).hash());
        }),
        after("a roll after opening", opened(), |story| {
            story.push_bytes(ready().entries[14].clone());
        }),
        after("resuming what was not paused", opened(), |story| {
            plain(story, "resume", Entry::Resume)
        }),
        after("an empty batch", opened(), |story| {
            story.push(&Entry::Batch(Batch { count: 0 }));
        }),
        after("a batch without ballots", opened(), |story| {
            story.push(&Entry::Batch(Batch { count: 1 }));
        }),
        after("a ballot of a style that is not there", opened(), |story| {
            let ballot = BallotEntry {
                style: 2,
                ..ballot.clone()
            };
            story.push(&Entry::Ballot(ballot));
        }),
        after("an extension to a later closing", opened(), |story| {
            act(story, "extend", Entry::Extend, |body| {
                body.closing = 1_801_000_001
            })
        }),
        after("an extension to the planned closing", opened(), |story| {
            act(story, "extend", Entry::Extend, |body| {
                body.closing = 1_801_000_000
            })
        }),
        after("an extension back to the first plan", &extended, |story| {
            act(story, "extend", Entry::Extend, |body| {
                body.closing = 1_801_500_000
            })
        }),
        after("a pause that names a closing", opened(), |story| {
            act(story, "pause", Entry::Pause, |body| body.closing = 1_802_000_000)
        }),
        after("a ballot while paused", &paused, |story| {
            story.push_bytes(first.clone());
        }),
        after("closing while paused", &paused, |story| {
            story.close();
        }),
        after("an act within a batch", &inside, |story| {
            story.close();
        }),
        after("a batch entry of another count", &inside, |story| {
            story.push(&Entry::Batch(Batch { count: 2 }));
        }),
        after("ballots that do not ascend", &inside, |story| {
            story.push(&cast((voter + 1) % 10, &|other| *other < leaf));
        }),
        after("two ballots of one credential in a batch", &inside, |story| {
            story.push(&cast(voter, &|other| *other > leaf));
        }),
        after("an act signed within a batch", voted(), |story| {
            let size = opened().entries.len() as u64 + 1;
            let root = inside.tree.root();
            act(story, "close", Entry::Close, |body| {
                (body.size, body.root) = (size, root.into())
            });
        }),
        after("a tally while open", voted(), |story| {
            story.push(&Entry::Tally(golden().tally_entry(0)));
        }),
    ]
}

fn closing() -> Vec<Value> {
    let closed = and(voted(), |story| {
        story.close();
    });
    let tallied = and(&closed, Story::tally);
    let reported = and(&tallied, Story::reports);
    let shared = and(&reported, |story| story.shares(&[0, 2]));
    let one_share = and(&tallied, |story| {
        let share = story.share(0, 0);
        story.push_share(share);
    });
    let result = |contest| Entry::Result(golden().result(contest));
    let decided_once = and(&shared, |story| {
        story.push(&result(0));
    });
    vec![
        after("a ballot after close", &closed, |story| {
            story.push(&Entry::Ballot(opened().cast(5, 7)));
        }),
        after("resuming after close", &closed, |story| {
            plain(story, "resume", Entry::Resume)
        }),
        after("extending after close", &closed, |story| {
            act(story, "extend", Entry::Extend, |body| {
                body.closing = 1_802_000_000
            })
        }),
        after("closing twice", &closed, |story| {
            story.close();
        }),
        after("a lot that no contest asks for", &closed, |story| {
            plain(story, "lot", Entry::Lot)
        }),
        after("the second contest's tally first", &closed, |story| {
            story.push(&Entry::Tally(story.tally_entry(1)));
        }),
        after("a tally of a contest that is not there", &closed, |story| {
            let tally = Tally {
                contest: 2,
                ..story.tally_entry(1)
            };
            story.push(&Entry::Tally(tally));
        }),
        after("a share before every tally", &closed, |story| {
            let share = story.share(0, 0);
            story.push_share(share);
        }),
        after("a report before the tally", &closed, |story| {
            story.report(0, 0, 5)
        }),
        after("a tally once more", &tallied, |story| {
            story.push(&Entry::Tally(story.tally_entry(0)));
        }),
        after("a share of a head before the tallies", &tallied, |story| {
            let share = story.share_at(0, 0, (closed.tree.size(), closed.tree.root()));
            story.push_share(share);
        }),
        after("a share of a contest that is not there", &tallied, |story| {
            let share = DecryptionShare {
                contest: 2,
                ..story.share(0, 0)
            };
            story.push_share(share);
        }),
        after("a second share of a trustee", &one_share, |story| {
            let share = story.share(0, 0);
            story.push_share(share);
        }),
        after("a result before enough shares", &one_share, |story| {
            story.push(&result(0));
        }),
        after("a report once more", &reported, |story| story.report(0, 0, 5)),
        after("a result of a contest that is not there", &shared, |story| {
            story.push(&Entry::Result(ContestResult {
                contest: 2,
                ..golden().result(0)
            }));
        }),
        after("a result once more", &decided_once, |story| {
            story.push(&result(0));
        }),
        after("a result after the last", golden(), |story| {
            story.push(&result(0));
        }),
        after("a late share of the third trustee", golden(), |story| {
            let share = story.share(1, 0);
            story.push_share(share);
        }),
        after("a ballot after the last result", golden(), |story| {
            story.push(&Entry::Ballot(opened().cast(5, 7)));
        }),
    ]
}

#[test]
fn the_whole_election_and_its_legal_order_are_frozen() {
    let vectors = [
        vec![election()],
        beginnings(),
        ceremony(),
        setup(),
        voting(),
        closing(),
    ]
    .concat();
    let lines: Vec<String> = vectors.iter().map(|vector| format!("  {vector}")).collect();
    let text = format!("[\n{}\n]\n", lines.join(",\n"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/vectors/election.json");
    if std::env::var_os("PSEPHOS_WRITE_VECTORS").is_some() {
        std::fs::write(path, text).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert!(
        kept == text,
        "election.json is not what this code makes: a change here is another protocol"
    );
}
