//! What a verdict says beside its claims: what was audited, whether a trustee
//! may decrypt, what a result tells of everybody.

use auditor::{
    ContestOutcome, Fault, Finding, Findings, LISTED, Overall, ProjectOutcome, Proven, Standing, Verdict,
};
use voting_core::entry::Entry;

use crate::golden::{Record, golden};
use crate::insiders::Tampered;
use crate::mutants::{kind_of, of_kind};
use crate::sealed::cosigned;
use crate::stages::first;

fn signed(record: &Record) -> bool {
    record.audit(None).figures.unwrap().signed
}

/// The golden record under another head.
fn under(checkpoint: Vec<u8>) -> Record {
    Record {
        checkpoint,
        ..golden().record.clone()
    }
}

#[test]
fn a_record_is_signed_if_the_ledger_signed_all_of_it() {
    let story = &golden().story;
    let (size, root) = (story.tree.size(), story.tree.root());
    assert!(signed(&golden().record));
    // Without witnesses it is signed all the same, whoever adds a line to it.
    assert!(signed(&under(story.checkpoint())));
    let honest = String::from_utf8(golden().record.checkpoint.clone()).unwrap();
    let last = honest.lines().last().unwrap();
    let forged = format!("{}A{}\n", &last[..last.len() - 8], &last[last.len() - 7..]);
    assert!(signed(&under(
        honest.replace(&format!("{last}\n"), &forged).into_bytes()
    )));
    // Another root, another size, or nothing.
    let mut other = root;
    other[0] ^= 1;
    assert!(!signed(&under(cosigned(
        &story.checkpoint_of(size, other),
        &[0, 1, 3]
    ))));
    let before = first(&golden().record.entries[..size as usize - 1]);
    assert!(!signed(&under(before.checkpoint)));
    assert!(!signed(&under(Vec::new())));
}

#[test]
fn a_ledger_that_ends_inside_a_batch_breaks_its_order_and_its_head_is_true() {
    let entries = &golden().record.entries;
    let ballot = of_kind(golden(), "ballot")[0];
    let verdict = first(&entries[..=ballot]).audit(None);
    let broken = verdict.claims.iter().filter(|claim| claim.standing.is_broken());
    assert_eq!(broken.map(|claim| claim.id).collect::<Vec<_>>(), ["order"]);
}

#[test]
fn totals_that_are_no_plaintexts_are_no_result() {
    let entries = &golden().record.entries;
    let index = of_kind(golden(), "result")[1];
    let Ok(Entry::Result(mut result)) = Entry::from_bytes(&entries[index]) else {
        panic!("{}", kind_of(&entries[index]))
    };
    result.totals[0] += 1;
    let contest = result.contest as usize;
    let mut entries = entries.clone();
    entries[index] = Entry::Result(result).to_bytes();
    let touched = vec![index];
    let record = Tampered { entries, touched }.at_once(golden()).record(golden());
    let verdict = record.audit(None);
    let honest = golden().record.audit(None);
    for (place, (found, honest)) in verdict.results.iter().zip(&honest.results).enumerate() {
        let unproven = matches!(found.standing, Proven::Unproven { .. });
        assert_eq!(unproven, place == contest, "{place}: {found:?}");
        assert!(unproven || found == honest, "{place}");
    }
}

/// Its proof is right; but nobody knows whether its trustee gave it.
#[test]
fn a_share_that_is_badly_signed_opens_nothing() {
    let mut entries = golden().record.entries.clone();
    let index = of_kind(golden(), "decryption-share")[0];
    let Ok(Entry::DecryptionShare(mut share)) = Entry::from_bytes(&entries[index]) else {
        panic!("{}", kind_of(&entries[index]))
    };
    share.signature[5] ^= 1;
    let contest = share.body.contest as usize;
    entries[index] = Entry::DecryptionShare(share).to_bytes();
    let touched = vec![index];
    let verdict = Tampered { entries, touched }
        .at_once(golden())
        .record(golden())
        .audit(None);
    let unproven = |result: &ContestOutcome| matches!(result.standing, Proven::Unproven { .. });
    let unproven: Vec<_> = verdict.results.iter().map(unproven).collect();
    assert!(
        (0..unproven.len()).all(|place| unproven[place] == (place == contest)),
        "{unproven:?}"
    );
}

/// The golden election when its sums have just been published.
fn tallied() -> Record {
    let entries = &golden().record.entries;
    let last = *of_kind(golden(), "tally").last().unwrap();
    first(&entries[..=last])
}

fn stops(verdict: &Verdict) -> Vec<(&'static str, &'static str)> {
    verdict
        .fit_to_decrypt()
        .err()
        .map(|not_fit| not_fit.0)
        .unwrap_or_default()
}

#[test]
fn a_trustee_decrypts_what_held_up_to_there_and_nothing_else() {
    // Reports are still to come then, and shares and results.
    let verdict = tallied().audit(None);
    assert_eq!(verdict.overall(), Overall::Open);
    verdict.fit_to_decrypt().unwrap();
    golden().record.audit(None).fit_to_decrypt().unwrap();
    let mut without = tallied();
    without.content.remove(0);
    let verdict = without.audit(None);
    assert!(!verdict.claim("content").unwrap().standing.is_held());
    verdict.fit_to_decrypt().unwrap();
    // A file that is not the sealed one stops them.
    let mut other = tallied();
    other.content[0].1.push(b' ');
    assert_eq!(stops(&other.audit(None)), [("content", "broken")]);
    let mut unsigned = tallied();
    unsigned.checkpoint.clear();
    let verdict = unsigned.audit(None);
    assert_eq!(stops(&verdict), [("checkpoint", "broken")]);
    assert_eq!(
        verdict.fit_to_decrypt().unwrap_err().to_string(),
        "do not decrypt: claim \"checkpoint\" is broken"
    );
    // Before the sums are there, they are what it waits for.
    let entries = &golden().record.entries;
    let close = of_kind(golden(), "close")[0];
    let early = stops(&first(&entries[..=close]).audit(None));
    assert_eq!(early, [("counted", "not checkable"), ("sums", "not checkable")]);
    // A result that is wrong comes too late to stop them.
    let mut verdict = golden().record.audit(None);
    let winners = verdict.claims.last_mut().unwrap();
    let findings = Findings::default();
    winners.standing = Standing::Broken { findings };
    verdict.fit_to_decrypt().unwrap();
}

#[test]
fn f3_a_verdict_that_lacks_a_claim_is_neither_held_nor_fit_to_decrypt() {
    let mut verdict = golden().record.audit(None);
    verdict.claims.pop();
    assert_eq!(verdict.overall(), Overall::Incomplete);
    assert_eq!(stops(&verdict), [("list of claims", "not whole")]);
    let mut verdict = golden().record.audit(None);
    verdict.claims.swap(0, 1);
    assert_eq!(verdict.overall(), Overall::Incomplete);
    let words = [Overall::Held, Overall::Broken, Overall::Open, Overall::Incomplete].map(Overall::word);
    assert_eq!(words, ["held", "broken", "not finished", "incomplete"]);
}

#[test]
fn h6_a_result_tells_of_everybody_what_all_or_none_named() {
    let project = |(project, votes): (&str, u64)| ProjectOutcome {
        project: project.into(),
        votes,
        score: 0,
        won: false,
    };
    let outcome = |ballots: u64, votes: [u64; 3]| ContestOutcome {
        contest: "parks".into(),
        ballots,
        standing: Proven::Totals {
            projects: ["pond", "trees", "slide"]
                .into_iter()
                .zip(votes)
                .map(project)
                .collect(),
            winners: None,
            winners_reason: None,
        },
    };
    assert_eq!(outcome(5, [5, 0, 3]).unanimous(), (vec!["pond"], vec!["trees"]));
    assert_eq!(outcome(5, [5, 5, 4]).unanimous(), (vec!["pond", "trees"], vec![]));
    assert_eq!(
        outcome(5, [1, 0, 0]).unanimous(),
        (vec![], vec!["trees", "slide"])
    );
    assert_eq!(outcome(0, [0, 0, 0]).unanimous(), (vec![], vec![]));
    let unproven = ContestOutcome {
        standing: Proven::Unproven {
            because: String::new(),
        },
        ..outcome(5, [5, 0, 3])
    };
    assert_eq!(unproven.unanimous(), (vec![], vec![]));
}

#[test]
fn findings_beyond_those_listed_are_counted() {
    let mut findings = Findings::default();
    assert!(findings.is_empty());
    let one = Finding {
        entry: None,
        field: "cell".into(),
        expected: "one".into(),
        found: "another".into(),
        clause: "specs/10-audit.md §3.1",
        fault: Fault::BallotBox,
    };
    (0..=LISTED).for_each(|_| findings.push(one.clone()));
    assert_eq!(
        (findings.listed.len(), findings.total),
        (LISTED, LISTED as u64 + 1)
    );
}
