//! Sections F2, F5 and F8 on the golden election: what signatures cover, what
//! a beginning is worth, and who wins.

use auditor::{Overall, Proven};
use voting_core::contest::Choice;
use voting_core::entry::{signed_message, verify_signature};
use voting_core::ledger::{Tree, leaf_hash};

use crate::cbor::{Item, Place};
use crate::cddl::Cddl;
use crate::edits::Edit;
use crate::golden::{Record, choice, golden, twin};
use crate::mutants::{example, fields, kind_of};
use crate::sealed::cosigned;

/// Who signed an entry: places of body and signature, and the key.
fn signature(kind: &str, entry: &Item) -> Option<(Place, Place, [u8; 32])> {
    let people = &golden().story.people;
    let number = |place: &[usize]| match entry.at(place) {
        Some(&Item::Number(number)) => number as usize,
        other => panic!("{other:?}"),
    };
    let signed = |keys: &[ed25519_dalek::SigningKey], author: &[usize]| {
        let key = keys[number(author)].verifying_key().to_bytes();
        Some((vec![1, 0], vec![1, 1], key))
    };
    let officer = |list: &[usize]| {
        people.officers[number(&[list, &[0, 0]].concat())]
            .verifying_key()
            .to_bytes()
    };
    match kind {
        "ballot" | "batch" | "tally" | "result" => None,
        "manifest" => Some((vec![1], vec![2, 0, 1], officer(&[2]))),
        "open" | "pause" | "resume" | "extend" | "close" | "lot" => {
            Some((vec![1, 0], vec![1, 1, 0, 1], officer(&[1, 1])))
        }
        "roll" | "issuer-key" | "issuance-report" => signed(&people.issuers, &[1, 0, 0]),
        "rehearsal" | "decryption-share" => signed(&people.trustees, &[1, 0, 0]),
        _ => signed(&people.trustees, &[1, 0, 1]),
    }
}

#[test]
fn f2_every_change_of_a_signed_body_breaks_its_signature() {
    let (cddl, id, other_id) = (Cddl::read(), golden().story.id(), twin().story.id());
    let mut changes = 0;
    for kind in cddl.kinds() {
        let entry = Item::read(&golden().record.entries[example(&kind)]);
        let Some((body, place, key)) = signature(&kind, &entry) else {
            continue;
        };
        let Some(Item::Bytes(bytes)) = entry.at(&place) else {
            panic!("{kind}")
        };
        let signature: [u8; 64] = bytes.as_slice().try_into().unwrap();
        let verify = |kind: &str, id, item: &Item| {
            let message = signed_message(kind, id, item.at(&body).unwrap_or(&Item::Null));
            verify_signature(&key, &message, &signature).is_ok()
        };
        assert!(verify(&kind, &id, &entry), "{kind}");
        assert!(!verify(&kind, &other_id, &entry), "{kind} of another election");
        for other in cddl.kinds().iter().filter(|other| **other != kind) {
            assert!(!verify(other, &id, &entry), "{kind} as {other}");
        }
        for field in fields(&cddl, &entry) {
            if !field.place.starts_with(&body) {
                continue;
            }
            for edit in Edit::all(&field, entry.at(&field.place).unwrap()) {
                if let Some(edited) = edit.apply(&entry, &field, None, None) {
                    assert!(!verify(&kind, &id, &edited), "{}: {}", field.path, edit.says());
                    changes += 1;
                }
            }
        }
    }
    assert!(changes > 500, "{changes}");
}

#[test]
fn f5_no_beginning_of_a_ledger_holds() {
    let whole = &golden().record;
    let mut tree = Tree::default();
    let mut stages = Vec::new();
    for (size, entry) in (1..whole.entries.len()).zip(&whole.entries) {
        tree.push(leaf_hash(entry));
        // One kind of entry begins like the next; the last of each says enough.
        if kind_of(entry) == kind_of(&whole.entries[size]) {
            continue;
        }
        let head = golden().story.checkpoint_of(tree.size(), tree.root());
        let beginning = Record {
            entries: whole.entries[..size].to_vec(),
            checkpoint: cosigned(&head, &[0, 1, 3]),
            ..whole.clone()
        };
        let verdict = beginning.audit(Some(golden().story.id()));
        let inside_a_batch = kind_of(entry) == "ballot";
        let expected = if inside_a_batch {
            Overall::Broken
        } else {
            Overall::Open
        };
        assert_eq!(
            verdict.overall(),
            expected,
            "{size} entries: {:#?}",
            verdict.claims
        );
        assert!(
            !verdict
                .results
                .iter()
                .any(|result| matches!(result.standing, Proven::Totals { .. }))
        );
        let open = verdict.claims.iter().filter(|claim| !claim.standing.is_held());
        let open: Vec<_> = open.map(|claim| claim.id).collect();
        stages.push((kind_of(entry), open.join(" ")));
    }
    stages.dedup();
    for stage in &stages {
        println!("{stage:?}");
    }
}

/// What the ten voters' last ballots say of a contest, by project: votes and score.
fn recount(contest: u32, score: impl Fn(&Choice, u32) -> i64) -> Vec<(u64, i64)> {
    let manifest = &golden().story.people.manifest;
    let kind = &manifest.contests[contest as usize].ballot;
    let mut totals = vec![(0, 0); 3];
    for voter in 0..10 {
        if !manifest.styles[usize::from(voter >= 5)]
            .contests
            .contains(&contest)
        {
            continue;
        }
        let sequence = [0, 2, 0, 0, 0, 0, 1, 0, 0, 0][voter as usize];
        let choice = choice(kind, voter, sequence);
        for project in 0..3 {
            let total = &mut totals[project as usize];
            total.0 += u64::from(choice.projects().contains(&project));
            total.1 += score(&choice, project);
        }
    }
    totals
}

/// One for every ballot that names a project.
fn named(choice: &Choice, project: u32) -> i64 {
    i64::from(choice.projects().contains(&project))
}

fn points(choice: &Choice, project: u32, default: i64) -> i64 {
    let Choice::Points(points) = choice else {
        panic!("{choice:?}")
    };
    points
        .iter()
        .find(|one| one.0 == project)
        .map_or(default, |one| one.1)
}

/// Points by place, given the ballot's own length.
fn placed(choice: &Choice, project: u32, points: impl Fn(usize, usize) -> i64) -> i64 {
    let Choice::Ranking(ranked) = choice else {
        panic!("{choice:?}")
    };
    let place = ranked.iter().position(|one| *one == project);
    place.map_or(0, |place| points(place, ranked.len()))
}

#[test]
fn f8_totals_and_winners_by_every_rule_are_those_of_a_plain_recount() {
    let verdict = golden().record.audit(None);
    let recounts = [
        recount(0, named),
        recount(1, named),
        recount(2, named),
        recount(3, |choice, project| points(choice, project, 0)),
        recount(4, |choice, project| points(choice, project, 1)),
        recount(5, |choice, project| {
            placed(choice, project, |place, _| [3, 1][place])
        }),
        recount(6, |choice, project| {
            placed(choice, project, |place, length| (length - place) as i64)
        }),
    ];
    let mut all = Vec::new();
    for (result, recount) in verdict.results.iter().zip(recounts) {
        let Proven::Totals {
            projects, winners, ..
        } = &result.standing
        else {
            panic!("{}: not proven", result.contest)
        };
        let proven: Vec<_> = projects
            .iter()
            .map(|project| (project.votes, project.score))
            .collect();
        assert_eq!(proven, recount, "{}", result.contest);
        all.push((
            result.contest.as_str(),
            winners.as_ref().map(|winners| winners.join(" ")),
        ));
    }
    // Worked out by hand from the totals, budgets of 100 and costs of 40, 30 and 60.
    let by_hand = [
        // Four votes, then three each: the lot puts the slide before the trees.
        ("one", Some("pond slide")),
        // The pond excludes the slide.
        ("some", Some("trees pond")),
        // North of the river 35 are enough for the trees, south 65 for the slide.
        ("basket", Some("trees slide")),
        // The pond no longer fits, and nothing after it is looked at.
        ("points", Some("slide trees")),
        ("scores", Some("trees slide")),
        ("table", Some("pond trees")),
        ("borda", None),
    ];
    let all: Vec<_> = all
        .iter()
        .map(|(contest, winners)| (*contest, winners.as_deref()))
        .collect();
    assert_eq!(all, by_hand);
}
