//! What voters, the ballot box, issuers and trustees do with their own keys,
//! alone or together: nothing is badly signed, and it must be noticed all the same.

use voting_core::ballot::BallotContext;
use voting_core::entry::{Batch, DecryptionShare, Entry, Signed};
use voting_core::roll::{IssuanceRecord, report_parts, roll_parts};
use voting_core::statement::Statement;

use crate::golden::{Record, cast, finish, golden, records, roll, twin, values, voted};
use crate::insiders::Tampered;
use crate::kit::{Story, Voter, rsa_key, token};
use crate::mutants::{Meant, Mutant, When, of_kind};

fn ballot_of(voter: u32, sequence: u32) -> usize {
    let ballot = Entry::Ballot(cast(&golden().story, voter, sequence)).to_bytes();
    let found = golden().record.entries.iter().position(|entry| *entry == ballot);
    found.expect("an honest ballot of the golden election")
}

/// The record with other entries in place of one; others go on with them.
fn with(index: usize, entries: Vec<Entry>) -> Record {
    let mut tampered = Tampered {
        touched: (index..index + entries.len()).collect(),
        entries: golden().record.entries.clone(),
    };
    let bytes = entries.iter().map(Entry::to_bytes);
    tampered.entries.splice(index..=index, bytes);
    tampered.at_once(golden()).record(golden())
}

/// The voter's ballot with these cell values, proven as far as a modified
/// device can: for a statement without the rules they break.
fn proven(voter: u32, values: &[u64]) -> Record {
    let story = &golden().story;
    let person = Voter::new(voter.into());
    let honest = story.election().ballot_context(person.style).unwrap();
    let maxima = honest.statement.maxima().iter().zip(values);
    let maxima = maxima.map(|(maximum, value)| *maximum.max(value)).collect();
    let statement = Statement::new(maxima, vec![]).unwrap();
    let context = BallotContext { statement, ..honest };
    let ballot = person.ballot_in(&context, person.tokens(story.election()), values, 0);
    with(ballot_of(voter, 0), vec![Entry::Ballot(ballot)])
}

/// The voter's honest ballot with some cells changed.
fn cells(voter: u32, change: &[(usize, u64)]) -> Record {
    let style = Voter::new(voter.into()).style;
    let mut values = values(golden().story.election(), voter, style, 0);
    for &(cell, value) in change {
        values[cell] = value;
    }
    proven(voter, &values)
}

/// The voter's ballot sealed again with other passes, style or sequence.
fn sealed(voter: u32, style: u32, sequence: u32, tokens: impl FnOnce(&Voter) -> Vec<Vec<u8>>) -> Entry {
    let election = golden().story.election();
    let person = Voter::new(voter.into());
    let context = election.ballot_context(style).unwrap();
    let values = values(election, voter, style, sequence);
    Entry::Ballot(person.ballot_in(&context, tokens(&person), &values, sequence))
}

/// The passes of any credential and style.
fn passes(credential: &[u8; 32], style: u32) -> Vec<Vec<u8>> {
    let election = golden().story.election();
    let pass = |issuer| {
        token(
            &election.issuer_keys[&(issuer, style)],
            rsa_key(issuer, style),
            credential,
        )
    };
    vec![pass(0), pass(1)]
}

fn own(voter: &Voter) -> Vec<Vec<u8>> {
    passes(&voter.credential.public(), voter.style)
}

/// The whole election held anew, with a change while it is open.
fn anew(change: impl FnOnce(&mut Story)) -> Record {
    let mut story = voted(golden().story.people.clone());
    change(&mut story);
    story.close();
    finish(&mut story);
    Record::of(&story)
}

/// The officers move the closing a second time, from where it is.
fn extended_again(to: impl FnOnce(u64) -> u64) -> Record {
    anew(|story| {
        let extended = story.honest.acts().extended_closing().unwrap();
        story.officers("extend", "for the storm", to(extended), Entry::Extend);
    })
}

/// The election without some ballots, as a box would show it that never took
/// them in, and as everybody after it went on.
fn without(dropped: &[usize]) -> Record {
    let all = &golden().record.entries;
    let close = of_kind(golden(), "close")[0];
    let mut story = Story::begin(golden().story.people.clone());
    story.ceremony = golden().story.ceremony.clone();
    let mut batch = 0;
    for (index, bytes) in all.iter().enumerate().take(close).skip(1) {
        match Entry::from_bytes(bytes).unwrap() {
            Entry::Ballot(_) if dropped.contains(&index) => {}
            Entry::Ballot(ballot) => {
                batch += 1;
                story.ballots.insert(*ballot.credential, ballot);
                story.push_bytes(bytes.clone());
            }
            Entry::Batch(_) if batch == 0 => {}
            Entry::Batch(_) => {
                story.push(&Entry::Batch(Batch { count: batch }));
                batch = 0;
            }
            Entry::Open(_) => {
                story.open();
            }
            Entry::Pause(act) => {
                story.officers("pause", &act.body.statement, 0, Entry::Pause);
            }
            Entry::Resume(act) => {
                story.officers("resume", &act.body.statement, 0, Entry::Resume);
            }
            Entry::Extend(act) => {
                story.officers("extend", &act.body.statement, act.body.closing, Entry::Extend);
            }
            _ => {
                story.push_bytes(bytes.clone());
            }
        }
    }
    story.close();
    finish(&mut story);
    Record::of(&story)
}

fn share(trustee: usize, change: impl FnOnce(&mut DecryptionShare)) -> Record {
    let index = of_kind(golden(), "decryption-share")[0];
    let Ok(Entry::DecryptionShare(mut signed)) = Entry::from_bytes(&golden().record.entries[index]) else {
        panic!("a share")
    };
    change(&mut signed.body);
    let story = &golden().story;
    let signed = Signed::new(signed.body, &story.id(), &story.people.trustees[trustee]);
    with(index, vec![Entry::DecryptionShare(signed)])
}

/// The second issuer's report on a style, its last part in place of the honest one.
fn report(style: u32, change: impl FnOnce(&mut Vec<IssuanceRecord>)) -> Record {
    let issuer = 1;
    let mut records = records(issuer, style);
    change(&mut records);
    let body = report_parts(issuer, style, &records).unwrap().pop().unwrap();
    let signed = Signed::new(body, &golden().story.id(), &golden().story.people.issuers[1]);
    let index = of_kind(golden(), "issuance-report")[[3, 5][style as usize]];
    with(index, vec![Entry::IssuanceReport(signed)])
}

/// An issuer's roll of the second style, in place of the honest one.
fn rolled(change: impl FnOnce(&mut Vec<[u8; 32]>)) -> Record {
    let (issuer, style) = (1, 1);
    let mut lines = roll(issuer, style);
    change(&mut lines);
    lines.sort_unstable();
    let body = roll_parts(issuer, style, &lines).unwrap().remove(0);
    let signed = Signed::new(body, &golden().story.id(), &golden().story.people.issuers[1]);
    let index = *of_kind(golden(), "roll").last().unwrap();
    with(index, vec![Entry::Roll(signed)])
}

/// A voter's ballot and its batch entry, where the poll stands after an entry.
fn late(after: &str) -> Record {
    let index = *of_kind(golden(), after).last().unwrap();
    let honest = Entry::from_bytes(&golden().record.entries[index]).unwrap();
    let mut tampered = Tampered {
        entries: golden().record.entries.clone(),
        touched: vec![index + 1, index + 2],
    };
    assert_eq!(honest.kind(), after);
    let entries = [sealed(2, 0, 1, own), Entry::Batch(Batch { count: 1 })];
    tampered
        .entries
        .splice(index + 1..index + 1, entries.iter().map(Entry::to_bytes));
    tampered.go_on(golden()).record(golden())
}

/// The ballots of the first batch as they came, not sorted.
fn unsorted() -> Record {
    let ballots = of_kind(golden(), "ballot");
    let mut tampered = Tampered {
        entries: golden().record.entries.clone(),
        touched: vec![],
    };
    tampered.entries[ballots[0]..ballots[0] + 6].reverse();
    tampered.go_on(golden()).record(golden())
}

type Deed = (&'static str, &'static str, fn() -> Record, Meant);

use Meant::{Caught, Equivalent};

const UNRECEIPTED: &str = "a ballot that never got a receipt can be dropped before anything is signed over it; a device without a receipt hands it in again";

/// Cells of the first style: one (3), some (3), basket (3), table (3 × 2).
/// Of the second: one (3), points (3 × 2), scores (3 × 2), borda (3 × 2).
const DEEDS: &[Deed] = &[
    // A voter's device that breaks the rules of its ballot, kind by kind.
    (
        "ballot: choose one",
        "two named",
        || cells(0, &[(0, 1), (1, 1), (2, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: choose one",
        "none named",
        || cells(0, &[(0, 0), (1, 0), (2, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: choose one",
        "a thousand votes",
        || cells(0, &[(0, 1_000)]),
        Caught("ballots"),
    ),
    (
        "ballot: approval",
        "too many",
        || cells(0, &[(3, 1), (4, 1), (5, 1)]),
        Caught("ballots"),
    ),
    (
        "ballot: approval",
        "none",
        || cells(0, &[(3, 0), (4, 0), (5, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: approval",
        "two that exclude each other",
        || cells(0, &[(3, 1), (4, 0), (5, 1)]),
        Caught("ballots"),
    ),
    (
        "ballot: knapsack",
        "over budget",
        || cells(0, &[(6, 1), (7, 0), (8, 1)]),
        Caught("ballots"),
    ),
    (
        "ballot: knapsack",
        "none",
        || cells(0, &[(6, 0), (7, 0), (8, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: ranking",
        "a hole",
        || cells(1, &[(9, 0), (10, 0), (11, 0), (12, 1), (13, 0), (14, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: ranking",
        "two first places",
        || cells(1, &[(9, 1), (10, 0), (11, 1), (12, 0), (13, 0), (14, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: ranking",
        "one project twice",
        || cells(1, &[(9, 1), (10, 1), (11, 0), (12, 0), (13, 0), (14, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: ranking",
        "nothing ranked",
        || cells(1, &[(9, 0), (10, 0), (11, 0), (12, 0), (13, 0), (14, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: points",
        "more than the sum",
        || cells(5, &[(3, 1), (4, 2), (5, 1), (6, 2), (7, 0), (8, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: points",
        "for a project not named",
        || cells(5, &[(3, 0), (4, 2), (5, 1), (6, 1), (7, 0), (8, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: points",
        "more than a project's most",
        || cells(5, &[(3, 1), (4, 3), (5, 0), (6, 0), (7, 0), (8, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: scores",
        "too many projects",
        || cells(5, &[(9, 1), (10, 0), (11, 1), (12, 0), (13, 1), (14, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: scores",
        "none",
        || cells(5, &[(9, 0), (10, 0), (11, 0), (12, 0), (13, 0), (14, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: scores",
        "more than a project's most",
        || cells(5, &[(9, 1), (10, 5), (11, 0), (12, 0), (13, 0), (14, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: borda",
        "a hole",
        || cells(5, &[(15, 0), (16, 1), (17, 0), (18, 0), (19, 0), (20, 0)]),
        Caught("ballots"),
    ),
    (
        "ballot: borda",
        "one project twice",
        || cells(5, &[(15, 1), (16, 1), (17, 0), (18, 0), (19, 0), (20, 0)]),
        Caught("ballots"),
    ),
    // A voter's own key, within the rules of one ballot.
    (
        "ballot",
        "other choices, after the sums",
        || {
            with(
                ballot_of(0, 0),
                vec![Entry::Ballot({
                    let (story, person) = (&golden().story, Voter::new(0));
                    let context = story.election().ballot_context(0).unwrap();
                    person.ballot_in(&context, own(&person), &values(story.election(), 1, 0, 0), 0)
                })],
            )
        },
        Caught("sums"),
    ),
    (
        "ballot.sequence",
        "an earlier one again",
        || with(ballot_of(1, 2), vec![sealed(1, 0, 1, own)]),
        Caught("sequence"),
    ),
    (
        "ballot.sequence",
        "the first one again",
        || with(ballot_of(6, 1), vec![sealed(6, 1, 0, own)]),
        Caught("sequence"),
    ),
    (
        "ballot.sequence",
        "another one, after the sums",
        || {
            with(
                ballot_of(1, 2),
                vec![{
                    let (story, person) = (&golden().story, Voter::new(1));
                    let context = story.election().ballot_context(0).unwrap();
                    Entry::Ballot(person.ballot_in(
                        &context,
                        own(&person),
                        &values(story.election(), 1, 0, 2),
                        7,
                    ))
                }],
            )
        },
        Caught("sums"),
    ),
    (
        "ballot.style",
        "with passes of its own style",
        || with(ballot_of(0, 0), vec![sealed(0, 1, 0, own)]),
        Caught("tokens"),
    ),
    (
        "ballot.style",
        "replaced with passes of another",
        || {
            with(
                ballot_of(1, 2),
                vec![sealed(1, 1, 2, |voter| passes(&voter.credential.public(), 1))],
            )
        },
        Caught("sequence"),
    ),
    (
        "ballot.credential",
        "with another voter's passes",
        || with(ballot_of(0, 0), vec![sealed(12, 0, 0, |_| own(&Voter::new(0)))]),
        Caught("tokens"),
    ),
    (
        "ballot.tokens",
        "in another order",
        || {
            with(
                ballot_of(0, 0),
                vec![sealed(0, 0, 0, |voter| own(voter).into_iter().rev().collect())],
            )
        },
        Caught("tokens"),
    ),
    (
        "ballot.tokens",
        "one of a single corrupt issuer",
        || {
            with(
                ballot_of(0, 0),
                vec![sealed(12, 0, 0, |voter| {
                    vec![own(voter)[0].clone(), vec![1; 256]]
                })],
            )
        },
        Caught("tokens"),
    ),
    (
        "ballot.tokens",
        "of another election",
        || {
            with(
                ballot_of(0, 0),
                vec![sealed(0, 0, 0, |voter| voter.tokens(twin().story.election()))],
            )
        },
        Caught("tokens"),
    ),
    (
        "ballot",
        "sealed for another election",
        || with(ballot_of(0, 0), vec![Entry::Ballot(cast(&twin().story, 0, 0))]),
        Caught("ballots"),
    ),
    (
        "ballot",
        "a copy under another credential",
        || {
            with(
                ballot_of(0, 0),
                vec![Entry::Ballot({
                    let thief = Voter::new(12);
                    let mut copy = cast(&golden().story, 0, 0);
                    copy.credential = thief.credential.public().into();
                    copy.tokens = own(&thief).into_iter().map(Into::into).collect();
                    copy
                })],
            )
        },
        Caught("ballots"),
    ),
    // The ballot box.
    (
        "ballot",
        "two of one credential in a batch",
        || {
            anew(|story| {
                let both = vec![cast(story, 2, 1), cast(story, 2, 2)];
                story.batch(both);
            })
        },
        Caught("batches"),
    ),
    ("ballot", "in order of arrival", unsorted, Caught("batches")),
    (
        "ballot",
        "while the poll is interrupted",
        || late("pause"),
        Caught("order"),
    ),
    ("ballot", "before opening", || late("rehearsal"), Caught("order")),
    (
        "extend.closing",
        "moved back",
        || extended_again(|extended| extended - 1),
        Caught("order"),
    ),
    (
        "extend.closing",
        "where it is already",
        || extended_again(|extended| extended),
        Caught("order"),
    ),
    ("ballot", "after close", || late("close"), Caught("after-close")),
    (
        "ballot",
        "after the results",
        || late("result"),
        Caught("after-close"),
    ),
    (
        "ballot",
        "dropped before anything was signed over it",
        || without(&[ballot_of(0, 0)]),
        Equivalent(UNRECEIPTED),
    ),
    (
        "ballot",
        "a replacement dropped",
        || without(&[ballot_of(1, 2)]),
        Equivalent(UNRECEIPTED),
    ),
    (
        "ballot",
        "a whole batch dropped",
        || without(&[ballot_of(1, 2), ballot_of(6, 1), ballot_of(9, 0)]),
        Equivalent(UNRECEIPTED),
    ),
    (
        "ballot",
        "a voter of a replaced ballot forged",
        || without(&[ballot_of(1, 0), ballot_of(1, 1)]),
        Equivalent(UNRECEIPTED),
    ),
    (
        "batch",
        "cut in two",
        || {
            with(of_kind(golden(), "ballot")[2], {
                let ballot =
                    Entry::from_bytes(&golden().record.entries[of_kind(golden(), "ballot")[2]]).unwrap();
                vec![Entry::Batch(Batch { count: 2 }), ballot]
            })
        },
        Caught("batches"),
    ),
    (
        "tally",
        "a ballot counted twice",
        || {
            let index = of_kind(golden(), "tally")[0];
            let mut tally = golden().story.tally_entry(0);
            let election = golden().story.election();
            let context = election.ballot_context(0).unwrap();
            let ballot = cast(&golden().story, 0, 0);
            let verified = voting_core::ballot::verify(&context, &ballot, &mut crate::kit::rng(1)).unwrap();
            let mut sums = golden().sums[0].clone();
            sums.add(&verified, 0);
            tally.sums = sums.to_bytes().into();
            with(index, vec![Entry::Tally(tally)])
        },
        Caught("sums"),
    ),
    (
        "tally",
        "two contests' swapped",
        || {
            let tallies = of_kind(golden(), "tally");
            let entry = |place: usize| Entry::from_bytes(&golden().record.entries[tallies[place]]).unwrap();
            let mut tampered = Tampered {
                entries: golden().record.entries.clone(),
                touched: vec![],
            };
            tampered.entries[tallies[0]] = entry(1).to_bytes();
            tampered.entries[tallies[1]] = entry(0).to_bytes();
            tampered.go_on(golden()).record(golden())
        },
        Caught("counted"),
    ),
    (
        "result",
        "a rule that is not computed, with winners",
        || {
            let index = *of_kind(golden(), "result").last().unwrap();
            let Ok(Entry::Result(mut result)) = Entry::from_bytes(&golden().record.entries[index]) else {
                panic!("a result")
            };
            result.winners = Some(vec![0]);
            with(index, vec![Entry::Result(result)])
        },
        Caught("winners"),
    ),
    (
        "result",
        "two projects' totals exchanged",
        || {
            let index = of_kind(golden(), "result")[0];
            let Ok(Entry::Result(mut result)) = Entry::from_bytes(&golden().record.entries[index]) else {
                panic!("a result")
            };
            result.totals.rotate_left(1);
            with(index, vec![Entry::Result(result)])
        },
        Caught("plaintexts"),
    ),
    // Issuers.
    (
        "issuers",
        "all mint a pass for an abstainer",
        || {
            anew(|story| {
                let stuffed = cast(story, 13, 0);
                story.batch(vec![stuffed]);
            })
        },
        Equivalent(
            "all issuers and the box together vote for abstainers who never look up their line (§3.13)",
        ),
    ),
    (
        "issuers",
        "all mint more passes than voters, and do not report",
        || {
            let mut story = voted(golden().story.people.clone());
            let stuffed = cast(&story, 15, 0);
            story.batch(vec![stuffed]);
            story.close();
            story.tally();
            Record::of(&story)
        },
        Caught("eligibility"),
    ),
    (
        "issuers",
        "all mint more passes than they report",
        || {
            anew(|story| {
                let stuffed = (15..18).map(|voter| cast(story, voter, 0)).collect();
                story.batch(stuffed);
            })
        },
        Caught("eligibility"),
    ),
    (
        "issuance-report",
        "a record off the roll",
        || report(1, |records| records[4].pseudonym = [0xff; 32]),
        Caught("eligibility"),
    ),
    (
        "issuance-report",
        "fewer records than ballots",
        || report(1, |records| records.truncate(records.len() - 1)),
        Caught("eligibility"),
    ),
    (
        "issuance-report",
        "more records than the roll",
        || {
            report(1, |records| {
                records.extend((0..3).map(|line| IssuanceRecord {
                    pseudonym: [0xf0 + line; 32],
                    blinded: [0; 32],
                }));
            })
        },
        Caught("eligibility"),
    ),
    (
        "issuance-report",
        "records of another line",
        || {
            report(0, |records| {
                records[1_001].pseudonym = roll(1, 0)[1_500];
            })
        },
        Equivalent(
            "an issuer that reports another line convicts itself before two voters, who look it up; the numbers are right",
        ),
    ),
    (
        "roll",
        "a line less than the others'",
        || rolled(|lines| lines.truncate(lines.len() - 1)),
        Caught("issuers"),
    ),
    (
        "roll",
        "a line more than the others'",
        || rolled(|lines| lines.push([3; 32])),
        Caught("issuers"),
    ),
    (
        "roll",
        "a reported line exchanged",
        || rolled(|lines| lines[0] = [3; 32]),
        Caught("eligibility"),
    ),
    // Trustees.
    (
        "decryption-share",
        "of other sums",
        || {
            share(0, |share| {
                let story = &golden().story;
                *share = story.share_of(0, 0, (share.size, *share.root), &golden().sums[1]);
            })
        },
        Caught("shares"),
    ),
    (
        "decryption-share",
        "for a head before the sums",
        || {
            share(0, |share| {
                let close = of_kind(golden(), "close")[0];
                let state = &golden().states[close];
                *share = golden()
                    .story
                    .share_of(0, 0, (state.size(), state.root()), &golden().sums[0]);
            })
        },
        Caught("shares"),
    ),
    (
        "decryption-share",
        "in the absent trustee's name",
        || share(0, |share| share.trustee = 1),
        Caught("shares"),
    ),
    (
        "decryption-share",
        "of one trustee by another, signed by the other",
        || share(1, |share| share.trustee = 1),
        Caught("shares"),
    ),
    (
        "decryption-share",
        "of all trustees",
        || {
            let index = of_kind(golden(), "decryption-share")[0];
            let honest = Entry::from_bytes(&golden().record.entries[index]).unwrap();
            let Entry::DecryptionShare(first) = &honest else {
                panic!("a share")
            };
            let story = &golden().story;
            let third = story.share_of(1, 0, (first.body.size, *first.body.root), &golden().sums[0]);
            let third = Signed::new(third, &story.id(), &story.people.trustees[1]);
            with(index, vec![honest, Entry::DecryptionShare(third)])
        },
        Equivalent("a trustee more than needed opened the sums, and all agree"),
    ),
];

pub(crate) fn mutants() -> Vec<Mutant> {
    let one = |&(place, edit, make, meant): &Deed| Mutant {
        kind: place.split(['.', ':']).next().unwrap_or(place).into(),
        place: place.into(),
        edit: edit.into(),
        when: When::SignedAgain,
        meant,
        make: Box::new(make),
    };
    DEEDS.iter().map(one).collect()
}

/// Deeds after which every claim rightly holds.
pub(crate) fn equivalents() -> usize {
    DEEDS
        .iter()
        .filter(|deed| matches!(deed.3, Equivalent(_)))
        .count()
}
