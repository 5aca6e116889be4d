//! What an audit remembers of ballots, and what it reads a second time.

use std::collections::BTreeMap;

use auditor::{Audit, ContestOutcome, Latest, Lost, Overall, Proven, Recall, Register, Standing, Verdict};

use crate::golden::{Record, cast, finish, golden, voted};
use crate::mutants::of_kind;

fn standing<'a>(verdict: &'a Verdict, claim: &str) -> &'a Standing {
    &verdict.claim(claim).unwrap().standing
}

fn audited(mut audit: Audit, recall: &mut dyn Recall) -> Verdict {
    let record = &golden().record;
    for (index, entry) in record.entries.iter().enumerate() {
        audit.entry(entry, recall);
        if index == 0 {
            record
                .content
                .iter()
                .for_each(|(name, bytes)| audit.content(name, bytes));
        }
    }
    audit.finish(&[&record.checkpoint], recall)
}

#[test]
fn a_ballot_that_breaks_the_sequence_is_in_no_sum() {
    let mut story = voted(golden().story.people.clone());
    let counted = story.ballots.clone();
    story.batch(vec![cast(&story, 1, 1)]);
    story.ballots = counted;
    story.close();
    finish(&mut story);
    let verdict = Record::of(&story).audit(None);
    assert!(standing(&verdict, "sequence").is_broken());
    for claim in ["counted", "sums", "shares", "plaintexts", "winners"] {
        assert!(standing(&verdict, claim).is_held(), "{}", open(&verdict));
    }
}

/// A register that breaks at some question.
struct Breaks {
    left: usize,
    ballots: BTreeMap<[u8; 32], Latest>,
}

impl Breaks {
    fn asked(&mut self) -> Result<(), Lost> {
        self.left = self
            .left
            .checked_sub(1)
            .ok_or_else(|| Lost("the disk is full".into()))?;
        Ok(())
    }
}

impl Register for Breaks {
    fn get(&mut self, credential: &[u8; 32]) -> Result<Option<Latest>, Lost> {
        self.asked()?;
        Ok(self.ballots.get(credential).copied())
    }

    fn set(&mut self, credential: &[u8; 32], latest: Latest) -> Result<(), Lost> {
        self.asked()?;
        self.ballots.insert(*credential, latest);
        Ok(())
    }
}

/// What is not held, in words.
fn open(verdict: &Verdict) -> String {
    let claims = verdict.claims.iter().filter(|claim| !claim.standing.is_held());
    claims
        .map(|claim| format!("{}: {:?}\n", claim.id, claim.standing))
        .collect()
}

#[test]
fn a_register_that_is_lost_leaves_open_what_depends_on_it() {
    for left in [0, 1, 12, 25] {
        let register = Breaks {
            left,
            ballots: BTreeMap::new(),
        };
        let audit = Audit::with_register(None, [1; 32], Box::new(register));
        let verdict = audited(audit, &mut golden().record.entries.as_slice());
        for claim in [
            "sequence",
            "eligibility",
            "counted",
            "sums",
            "shares",
            "plaintexts",
            "winners",
        ] {
            let Standing::NotCheckable { because, to_come } = standing(&verdict, claim) else {
                panic!("{claim}: {:?}", standing(&verdict, claim))
            };
            assert!(
                because.contains("the disk is full") && !to_come,
                "{claim}: {because}"
            );
        }
        // Nobody is accused of what the observer's own disk did.
        assert_eq!(
            verdict.overall(),
            Overall::Incomplete,
            "{left}: {}",
            open(&verdict)
        );
        assert!(verdict.fit_to_decrypt().is_err());
        let unproven = |result: &ContestOutcome| matches!(result.standing, Proven::Unproven { .. });
        assert!(verdict.results.iter().all(unproven));
    }
}

/// The honest entries; a second time, other ballots in the place of ballots.
struct Twisted;

impl Recall for Twisted {
    fn entry(&mut self, index: u64) -> Option<Vec<u8>> {
        let ballots = of_kind(golden(), "ballot");
        let place = ballots.iter().position(|ballot| *ballot as u64 == index);
        let index = place.map_or(index as usize, |place| ballots[(place + 1) % ballots.len()]);
        golden().record.entries.get(index).cloned()
    }
}

#[test]
fn another_ballot_in_the_place_of_a_replaced_one_is_not_subtracted() {
    let verdict = audited(Audit::begin(None, [1; 32]), &mut Twisted);
    assert_eq!(verdict.overall(), Overall::Incomplete, "{}", open(&verdict));
    for claim in ["counted", "sums", "shares", "plaintexts"] {
        let Standing::NotCheckable { because, .. } = standing(&verdict, claim) else {
            panic!("{claim}: {:?}", standing(&verdict, claim))
        };
        assert!(because.contains("could not be read a second time"), "{because}");
    }
}
