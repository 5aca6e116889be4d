//! What is refused at the door, and that a refusal changes nothing.

mod desk;

use std::sync::OnceLock;

use desk::kit::{Story, Voter, rng};
use desk::{Client, Desk, ballot, people, refused};
use rand_core::Rng;
use voting_core::ballot::BallotContext;
use voting_core::encoding::MAX_ENTRY;
use voting_core::entry::*;
use voting_core::ledger::{Receipt, leaf_hash};
use voting_core::statement::Statement;

/// The golden election, open.
fn opened() -> &'static Story {
    static OPENED: OnceLock<Story> = OnceLock::new();
    OPENED.get_or_init(|| Story::whole_setup(people(|_| {})))
}

/// The same election run again: everything else is equal.
fn another() -> &'static Story {
    static ANOTHER: OnceLock<Story> = OnceLock::new();
    ANOTHER.get_or_init(|| Story::whole_setup(people(|manifest| manifest.nonce = [7; 32].into())))
}

/// The same for a ballot that is altered.
#[track_caller]
fn refused_ballot(client: &Client, alter: impl FnOnce(&mut BallotEntry), says: &str) {
    let mut ballot = opened().cast(2, 0);
    alter(&mut ballot);
    let bytes = Entry::Ballot(ballot).to_bytes();
    let problem = refused(client, "/ballots", &bytes, 422, "invalid-ballot");
    assert!(problem.detail.contains(says), "{problem:?}");
}

#[test]
fn other_requests_than_entries_are_refused() {
    let desk = Desk::with(opened());
    let client = &desk.client;
    let ballot = ballot(opened(), 0, 0).to_bytes();
    for path in ["/ballots", "/entries"] {
        let answer = client.request("POST", path, "application/json", &ballot);
        assert_eq!((answer.status, answer.code.as_str()), (415, "media-type"));
        let answer = client.request("DELETE", path, "application/cbor", b"");
        assert_eq!((answer.status, answer.code.as_str()), (405, "method"));
        refused(client, path, &vec![0; MAX_ENTRY + 1], 413, "too-large");
        refused(client, path, b"", 400, "malformed");
    }
    for path in ["/checkpoint", "/tile/0/000", "/status", "/healthz", "/content/a"] {
        let answer = client.request("PUT", path, "application/cbor", b"");
        assert_eq!((answer.status, answer.code.as_str()), (405, "method"));
    }
    let missing = [
        "nothing",
        "tile/0/0",
        "tile/0/001",
        "tile/0/000",
        "tile/64/000",
        "tile/entries/000.p/0",
        "tile/entries/000.p/256",
        "tile/entries/999",
        "tile/8/0/000",
        "content/..%2Fledger.key",
        "content/../ledger.key",
        "ledger.key",
    ];
    for path in missing {
        let answer = client.get(path).expect_err(path);
        assert_eq!(
            (answer.status, answer.code.as_str()),
            (404, "not-found"),
            "{path}"
        );
    }
}

#[test]
fn b7_bytes_that_are_no_entry_are_refused_whatever_lengths_they_state() {
    let desk = Desk::with(opened());
    let client = &desk.client;
    let whole = ballot(opened(), 0, 0).to_bytes();
    let mut longer = whole.clone();
    longer.push(0);
    refused(client, "/ballots", &longer, 400, "malformed");
    for cut in [1, 10, whole.len() / 2, whole.len() - 1] {
        refused(client, "/ballots", &whole[..cut], 400, "malformed");
    }
    // An array of 2^32 entries, a string of 1 GB, a nesting without end.
    let array = [0x9b, 0, 0, 0, 1, 0, 0, 0, 0].to_vec();
    let string = [0x82, 0x0e, 0x5a, 0x40, 0, 0, 0].to_vec();
    for bytes in [array, string, vec![0x81; 60_000]] {
        refused(client, "/ballots", &bytes, 400, "malformed");
        refused(client, "/entries", &bytes, 400, "malformed");
    }
    let mut rng = rng(3);
    for _ in 0..50 {
        let mut bytes = vec![0; rng.next_u32() as usize % 3_000];
        rng.fill_bytes(&mut bytes);
        refused(client, "/ballots", &bytes, 400, "malformed");
    }
}

#[test]
fn b5_a_ballot_written_in_another_way_is_refused() {
    let desk = Desk::with(opened());
    let whole = ballot(opened(), 0, 0).to_bytes();
    // The kind, 14, as two bytes instead of one.
    let place = whole.iter().position(|&byte| byte == 14).unwrap();
    let mut other = whole.clone();
    other.splice(place..=place, [0x18, 14]);
    refused(&desk.client, "/ballots", &other, 400, "malformed");
}

#[test]
fn entries_that_only_the_ballot_box_writes_are_not_taken() {
    let desk = Desk::with(opened());
    let client = &desk.client;
    let batch = Entry::Batch(Batch { count: 1 }).to_bytes();
    let tally = Entry::Tally(opened().tally_entry(0)).to_bytes();
    let ballot = ballot(opened(), 0, 0).to_bytes();
    for bytes in [&batch, &tally, &opened().entries[0], &ballot] {
        refused(client, "/entries", bytes, 400, "malformed");
    }
    refused(client, "/ballots", &batch, 400, "malformed");
}

#[test]
fn entries_that_are_not_legal_are_refused_and_handed_in_again_get_the_same_place() {
    let desk = Desk::with(opened());
    let client = &desk.client;
    for (place, entry) in opened().entries.iter().enumerate().skip(1) {
        let again = client.post("/entries", entry).unwrap();
        assert_eq!(Receipt::parse(again.as_bytes()).unwrap().index, place as u64);
    }
    let second = Entry::Open(opened().act("open", "")).to_bytes();
    refused(client, "/entries", &second, 409, "illegal");
    // Signed by an officer, for the same election run again.
    let foreign = Entry::Close(another().act("close", "")).to_bytes();
    refused(client, "/entries", &foreign, 409, "illegal");
    let mut unsigned = opened().act("close", "");
    unsigned.signatures.pop();
    refused(
        client,
        "/entries",
        &Entry::Close(unsigned).to_bytes(),
        409,
        "illegal",
    );
}

#[test]
fn a4_and_f6_a_ballot_with_any_altered_field_is_refused() {
    let desk = Desk::with(opened());
    let client = &desk.client;
    refused_ballot(
        client,
        |ballot| ballot.tokens[0] = vec![1; 256].into(),
        "token of issuer 0",
    );
    refused_ballot(client, |ballot| drop(ballot.tokens.pop()), "tokens");
    refused_ballot(client, |ballot| ballot.tokens.swap(0, 1), "token of issuer 0");
    refused_ballot(client, |ballot| ballot.style = 1, "");
    refused_ballot(client, |ballot| ballot.style = 9, "no style 9");
    refused_ballot(client, |ballot| ballot.sequence = 5u32.to_be_bytes().into(), "");
    for byte in [0, 40, 100] {
        let flip = |bytes: &[u8]| {
            let mut bytes = bytes.to_vec();
            bytes[byte] ^= 1;
            bytes.into()
        };
        refused_ballot(client, |ballot| ballot.cells = flip(&ballot.cells), "");
        refused_ballot(
            client,
            |ballot| ballot.range_proof = flip(&ballot.range_proof),
            "",
        );
        refused_ballot(client, |ballot| ballot.link_proof[byte] ^= 1, "");
    }
}

#[test]
fn a10_and_a12_a_ballot_proven_for_other_rules_is_refused() {
    let desk = Desk::with(opened());
    let (voter, election) = (Voter::new(2), opened().election());
    let rules = election.ballot_context(0).unwrap().statement;
    let limits = || rules.constraints().to_vec();
    let statement = |maximum, limits| Statement::new(vec![maximum; 3], limits).unwrap();
    // Out of range with the rules' limits, then without any; and too many projects.
    let lies = [
        (statement(2, limits()), [2, 0, 0]),
        (statement(1 << 20, vec![]), [1_000_000, 0, 0]),
        (statement(1, vec![]), [1, 1, 1]),
        (statement(1, vec![]), [0, 0, 0]),
    ];
    for (statement, values) in lies {
        let context = election.ballot_context(0).unwrap();
        let context = BallotContext { statement, ..context };
        let ballot = voter.ballot_in(&context, voter.tokens(election), &values, 0);
        let bytes = Entry::Ballot(ballot).to_bytes();
        refused(&desk.client, "/ballots", &bytes, 422, "invalid-ballot");
    }
}

#[test]
fn b1_bad_points_in_every_field_of_a_ballot_are_refused() {
    let desk = Desk::with(opened());
    let honest = opened().cast(2, 0);
    let spoil = |spoil: &dyn Fn(&mut BallotEntry)| {
        let mut ballot = honest.clone();
        spoil(&mut ballot);
        let bytes = Entry::Ballot(ballot).to_bytes();
        refused(&desk.client, "/ballots", &bytes, 422, "invalid-ballot");
    };
    // The identity, and bytes that are no canonical point or scalar.
    for bad in [[0; 32], [0xff; 32]] {
        for place in (0..honest.cells.len()).step_by(32) {
            spoil(&|ballot| ballot.cells[place..][..32].copy_from_slice(&bad));
        }
        for place in (0..honest.range_proof.len()).step_by(32) {
            spoil(&|ballot| ballot.range_proof[place..][..32].copy_from_slice(&bad));
        }
        for place in (0..honest.link_proof.len()).step_by(32) {
            spoil(&|ballot| ballot.link_proof[place..][..32].copy_from_slice(&bad));
        }
        spoil(&|ballot| ballot.credential = bad.into());
    }
}

#[test]
fn c1_a_copy_under_another_credential_is_refused_and_a_repost_gets_the_same_place() {
    let desk = Desk::with(opened());
    let client = &desk.client;
    let original = opened().cast(3, 0);
    let bytes = Entry::Ballot(original.clone()).to_bytes();
    let first = Receipt::parse(client.post("/ballots", &bytes).unwrap().as_bytes()).unwrap();
    let thief = Voter::new(4);
    let mut copy = original;
    copy.credential = thief.credential.public().into();
    copy.tokens = thief
        .tokens(opened().election())
        .into_iter()
        .map(Into::into)
        .collect();
    let copy = Entry::Ballot(copy).to_bytes();
    refused(client, "/ballots", &copy, 422, "invalid-ballot");
    let again = Receipt::parse(client.post("/ballots", &bytes).unwrap().as_bytes()).unwrap();
    assert_eq!(again.index, first.index);
    let copies = client
        .entries()
        .into_iter()
        .filter(|entry| *entry == bytes)
        .count();
    assert_eq!(copies, 1);
}

#[test]
fn c2_a_ballot_of_another_election_is_refused() {
    let desk = Desk::with(opened());
    let bytes = ballot(another(), 2, 0).to_bytes();
    let problem = refused(&desk.client, "/ballots", &bytes, 422, "invalid-ballot");
    assert!(problem.detail.contains("token"), "{problem:?}");
    // The same proofs with passes that are good here.
    let mut ballot = another().cast(2, 0);
    let tokens = Voter::new(2).tokens(opened().election());
    ballot.tokens = tokens.into_iter().map(Into::into).collect();
    let bytes = Entry::Ballot(ballot).to_bytes();
    refused(&desk.client, "/ballots", &bytes, 422, "invalid-ballot");
}

#[test]
fn c3_two_different_ballots_of_one_credential_get_two_sequences_or_none() {
    let desk = Desk::with(opened());
    let client = &desk.client;
    client.cast(&ballot(opened(), 1, 0)).unwrap();
    let mut other = Voter::new(1);
    other.style = 0;
    let context = opened().election().ballot_context(0).unwrap();
    let tokens = other.tokens(opened().election());
    let values = other.values(opened().election(), 1);
    let clash = other.ballot_in(&context, tokens, &values, 0);
    let bytes = Entry::Ballot(clash).to_bytes();
    refused(client, "/ballots", &bytes, 409, "sequence");
}

#[test]
fn c4_an_earlier_sequence_after_a_later_one_is_refused() {
    let desk = Desk::with(opened());
    let client = &desk.client;
    client.cast(&ballot(opened(), 1, 1)).unwrap();
    let problem = refused(
        client,
        "/ballots",
        &ballot(opened(), 1, 0).to_bytes(),
        409,
        "sequence",
    );
    assert!(problem.detail.contains("sequence 1"), "{problem:?}");
}

#[test]
fn c4_two_ballots_of_one_credential_never_share_a_batch() {
    let desk = Desk::with(opened());
    std::thread::scope(|scope| {
        for sequence in 0..4 {
            let client = desk.client.clone();
            scope.spawn(move || match client.cast(&ballot(opened(), 1, sequence)) {
                Ok(_) => {}
                Err(problem) => assert!(["waiting", "sequence"].contains(&&*problem.code), "{problem:?}"),
            });
        }
    });
    let mut credentials = Vec::new();
    for entry in desk.client.entries() {
        match Entry::from_bytes(&entry).unwrap() {
            Entry::Ballot(ballot) => credentials.push(*ballot.credential),
            Entry::Batch(_) => credentials.clear(),
            _ => {}
        }
        assert!(credentials.len() <= 1);
    }
}

#[test]
fn c6_one_bad_ballot_never_takes_good_ones_with_it() {
    let desk = Desk::with(opened());
    let client = &desk.client;
    std::thread::scope(|scope| {
        for voter in 0..8 {
            scope.spawn(move || {
                let mut entry = opened().cast(voter, 0);
                if voter % 2 == 1 {
                    let mut proof = entry.range_proof.to_vec();
                    let last = proof.len() - 1;
                    proof[last - 31] ^= 1;
                    entry.range_proof = proof.into();
                }
                let answer = client.cast(&Entry::Ballot(entry));
                assert_eq!(answer.is_ok(), voter % 2 == 0, "{answer:?}");
            });
        }
    });
    assert_eq!(client.status()["ballots"], 4);
}

#[test]
fn c7_no_ballot_is_taken_before_opening_while_paused_or_after_close() {
    let mut story = Story::begin(people(|_| {}));
    story.key_ceremony();
    story.issuers();
    for trustee in 0..3 {
        story.rehearse(trustee);
    }
    let desk = Desk::with(&story);
    let client = &desk.client;
    let vote = ballot(&story, 0, 0).to_bytes();
    let act = |story: &mut Story, make: fn(Act) -> Entry, kind: &str| {
        let act = story.act(kind, "");
        story.push_act(make(act));
        client.post("/entries", story.entries.last().unwrap()).unwrap();
    };
    let not_open = |status: &str| {
        let problem = refused(client, "/ballots", &vote, 409, "not-open");
        assert!(problem.detail.contains(status), "{problem:?}");
    };
    not_open("setup");
    act(&mut story, Entry::Open, "open");
    act(&mut story, Entry::Pause, "pause");
    not_open("paused");
    act(&mut story, Entry::Resume, "resume");
    let mut closing = story.clone();
    let receipt = client.post("/ballots", &vote).unwrap();
    // Two more entries stand on the ledger now: the ballot and its batch.
    for entry in &client.entries()[closing.entries.len()..] {
        closing.push_bytes(entry.clone());
    }
    act(&mut closing, Entry::Close, "close");
    let late = ballot(&closing, 1, 0).to_bytes();
    let problem = refused(client, "/ballots", &late, 409, "not-open");
    assert!(problem.detail.contains("decided"), "{problem:?}");
    // Who asks again after close is told that the ballot stands.
    let again = client.post("/ballots", &vote).unwrap();
    let index = |text: &str| Receipt::parse(text.as_bytes()).unwrap().index;
    assert_eq!(index(&again), index(&receipt));
}

#[test]
fn c9_a_ballot_of_another_style_does_not_replace() {
    let desk = Desk::with(opened());
    desk.client.cast(&ballot(opened(), 2, 0)).unwrap();
    let mut voter = Voter::new(2);
    voter.style = 1;
    let moved = Entry::Ballot(voter.ballot(opened().election(), 1)).to_bytes();
    refused(&desk.client, "/ballots", &moved, 409, "other-style");
}

#[test]
fn c10_tokens_swapped_between_two_voters_are_refused() {
    let desk = Desk::with(opened());
    let (mut one, mut two) = (opened().cast(2, 0), opened().cast(3, 0));
    core::mem::swap(&mut one.tokens, &mut two.tokens);
    for ballot in [one, two] {
        let bytes = Entry::Ballot(ballot).to_bytes();
        refused(&desk.client, "/ballots", &bytes, 422, "invalid-ballot");
    }
}

#[test]
fn g10_one_corrupt_issuer_mints_nothing_without_the_other() {
    let desk = Desk::with(opened());
    let election = opened().election();
    let (ghost, victim) = (Voter::new(13), Voter::new(3));
    let minted = ghost.tokens(election)[0].clone();
    let context = election.ballot_context(0).unwrap();
    // Its own token once more, another voter's of the honest issuer, or none at all.
    let others = [minted.clone(), victim.tokens(election)[1].clone(), vec![0; 256]];
    for other in others {
        let tokens = vec![minted.clone(), other];
        let ballot = ghost.ballot_in(&context, tokens, &ghost.values(election, 0), 0);
        let bytes = Entry::Ballot(ballot).to_bytes();
        let problem = refused(&desk.client, "/ballots", &bytes, 422, "invalid-ballot");
        assert!(problem.detail.contains("token of issuer 1"), "{problem:?}");
    }
}

#[test]
fn g1_and_g4_tokens_of_other_keys_are_refused() {
    let desk = Desk::with(opened());
    // Style 1's tokens on a ballot of style 0, and another voter's.
    let tokens = |number, style| {
        let mut voter = Voter::new(number);
        voter.style = style;
        voter.tokens(opened().election())
    };
    for foreign in [tokens(2, 1), tokens(3, 0)] {
        let replace = |ballot: &mut BallotEntry| {
            ballot.tokens = foreign.into_iter().map(Into::into).collect();
        };
        refused_ballot(&desk.client, replace, "token of issuer 0");
    }
}

#[test]
fn e7_cheap_checks_come_before_costly_ones() {
    let desk = Desk::with(opened());
    // Everything is wrong with it: the token is complained about, not the proofs.
    let spoil = |ballot: &mut BallotEntry| {
        ballot.tokens[0] = vec![1; 256].into();
        let length = ballot.range_proof.len();
        ballot.range_proof = vec![0xff; length].into();
    };
    refused_ballot(&desk.client, spoil, "token of issuer 0");
    // Possession is complained about before the range proof.
    let spoil = |ballot: &mut BallotEntry| {
        let last = ballot.link_proof.len() - 1;
        ballot.link_proof[last - 31] ^= 1;
    };
    refused_ballot(&desk.client, spoil, "");
    // A used sequence is complained about before the token.
    desk.client.cast(&ballot(opened(), 2, 0)).unwrap();
    let mut other = opened().cast(2, 0);
    other.tokens[0] = vec![1; 256].into();
    let bytes = Entry::Ballot(other).to_bytes();
    refused(&desk.client, "/ballots", &bytes, 409, "sequence");
}

#[test]
fn nobody_votes_again_where_the_manifest_forbids_it() {
    let story = Story::whole_setup(people(|manifest| manifest.revoting = false));
    let desk = Desk::with(&story);
    desk.client.cast(&ballot(&story, 1, 0)).unwrap();
    let again = ballot(&story, 1, 1).to_bytes();
    refused(&desk.client, "/ballots", &again, 409, "no-revoting");
}

#[test]
fn the_same_ballot_sent_by_many_at_once_is_recorded_once() {
    let desk = Desk::with(opened());
    let ballot = ballot(opened(), 0, 0);
    let places: Vec<u64> = std::thread::scope(|scope| {
        let sent: Vec<_> = (0..16)
            .map(|_| scope.spawn(|| desk.client.cast(&ballot).unwrap()))
            .collect();
        let receipts = sent.into_iter().map(|sent| sent.join().unwrap());
        receipts
            .map(|receipt| Receipt::parse(receipt.as_bytes()).unwrap().index)
            .collect()
    });
    assert!(places.iter().all(|place| *place == places[0]));
    let leaf = leaf_hash(&ballot.to_bytes());
    let entries = desk.client.entries();
    assert_eq!(entries.iter().filter(|entry| leaf_hash(entry) == leaf).count(), 1);
}

#[test]
fn d8_and_d9_shares_and_results_that_do_not_fit_the_sums_are_refused() {
    let mut story = opened().clone();
    let desk = Desk::with(&story);
    let client = &desk.client;
    std::thread::scope(|scope| {
        for voter in 0..10 {
            scope.spawn(move || client.cast(&ballot(opened(), voter, 0)).unwrap());
        }
    });
    let close = |story: &mut Story| {
        for bytes in &client.entries()[story.entries.len()..] {
            story.push_bytes(bytes.clone());
            if let Ok(Entry::Ballot(ballot)) = Entry::from_bytes(bytes) {
                story.ballots.insert(*ballot.credential, ballot);
            }
        }
    };
    close(&mut story);
    let act = Entry::Close(story.act("close", "")).to_bytes();
    client.post("/entries", &act).unwrap();
    close(&mut story);
    let tallied = story.clone();
    story.shares(&[0, 2]);
    let shares: Vec<_> = story.entries[tallied.entries.len()..].to_vec();
    for bytes in &shares {
        let Ok(Entry::DecryptionShare(signed)) = Entry::from_bytes(bytes) else {
            panic!("a share");
        };
        let mut body = signed.body.clone();
        let mut points = body.points.to_vec();
        points.rotate_left(32);
        body.points = points.into();
        let key = &story.people.trustees[body.trustee as usize];
        let forged = Entry::DecryptionShare(Signed::new(body, &story.id(), key)).to_bytes();
        refused(client, "/entries", &forged, 409, "illegal");
        client.post("/entries", bytes).unwrap();
    }
    for contest in 0..2 {
        let honest = story.result(contest);
        let mut forged = honest.clone();
        forged.totals[0] += 1;
        refused(
            client,
            "/entries",
            &Entry::Result(forged).to_bytes(),
            409,
            "illegal",
        );
        let mut forged = honest.clone();
        forged.winners = Some(vec![2]);
        refused(
            client,
            "/entries",
            &Entry::Result(forged).to_bytes(),
            409,
            "illegal",
        );
        client
            .post("/entries", &Entry::Result(honest).to_bytes())
            .unwrap();
    }
    assert_eq!(client.status()["phase"], "decided");
}

#[test]
fn only_the_officers_can_end_a_batch_early() {
    let story = Story::whole_setup(people(|manifest| manifest.batch.max_ms = 4_000));
    let desk = Desk::with(&story);
    let client = &desk.client;
    let waiting = ballot(&story, 0, 0).to_bytes();
    std::thread::scope(|scope| {
        let sent = scope.spawn(|| client.post("/ballots", &waiting).unwrap());
        // The ballot waits once another one of its credential is told so.
        let other = ballot(&story, 0, 1).to_bytes();
        while client
            .post("/ballots", &other)
            .is_err_and(|problem| problem.code != "waiting")
        {}
        // What is on the ledger, what nobody signed, what belongs to another phase.
        let opening = story.entries.last().unwrap();
        client.post("/entries", opening).unwrap();
        let mut unsigned = story.act("pause", "");
        unsigned.signatures[0].signature = [1; 64].into();
        refused(
            client,
            "/entries",
            &Entry::Pause(unsigned).to_bytes(),
            409,
            "illegal",
        );
        let mut rehearsal = story.entries[1].clone();
        let last = rehearsal.len() - 1;
        rehearsal[last] ^= 1;
        refused(client, "/entries", &rehearsal, 409, "illegal");
        assert_eq!(client.status()["ballots"], 0, "the ballot was recorded alone");
        // An officers' act does end it.
        let pause = Entry::Pause(story.act("pause", "")).to_bytes();
        let after = Receipt::parse(client.post("/entries", &pause).unwrap().as_bytes()).unwrap();
        let before = Receipt::parse(sent.join().unwrap().as_bytes()).unwrap();
        assert!(before.index < after.index);
    });
    assert_eq!(client.status()["ballots"], 1);
}
