//! What must hold on an honest ledger, at every stage.

use auditor::{Overall, Proven, Standing};

use crate::kit::{People, Story, Voter, assert_only, golden, opened, ready, voted};

#[test]
fn the_honest_election_holds_in_every_claim() {
    let verdict = golden().audit();
    assert_only(&verdict, &[]);
    assert_eq!(verdict.overall(), Overall::Held, "{:#?}", verdict.claims);
    assert_eq!(verdict.claims.len(), 18);
    verdict.fit_to_decrypt().unwrap();
    let figures = verdict.figures.unwrap();
    assert_eq!((figures.ballots, figures.counted, figures.replaced), (12, 10, 2));
    assert_eq!(figures.entries, golden().entries.len() as u64);
}

#[test]
fn the_proven_totals_are_a_plain_recount() {
    let verdict = golden().audit();
    let election = golden().election();
    let mut votes = [0; 3];
    for voter in 0..10 {
        let sequence = u32::from(voter == 1 || voter == 6);
        for (project, value) in Voter::new(voter).values(election, sequence)[..3]
            .iter()
            .enumerate()
        {
            votes[project] += value;
        }
    }
    let Proven::Totals {
        projects, winners, ..
    } = &verdict.results[0].standing
    else {
        panic!()
    };
    assert_eq!(
        projects.iter().map(|project| project.votes).collect::<Vec<_>>(),
        votes
    );
    assert!(winners.is_some());
    assert_eq!(
        projects.iter().filter(|project| project.won).count(),
        winners.as_ref().unwrap().len()
    );
}

#[test]
fn an_open_poll_is_not_checkable_and_says_what_is_to_come() {
    for story in [ready(), opened(), voted()] {
        let verdict = story.audit();
        assert_eq!(verdict.overall(), Overall::Open, "{:#?}", verdict.claims);
        let waits = &verdict.claim("sums").unwrap().standing;
        assert!(matches!(waits, Standing::NotCheckable { to_come: true, .. }));
        assert!(verdict.fit_to_decrypt().is_err());
    }
}

#[test]
fn trustees_decrypt_after_the_tally_even_if_an_issuer_never_reports() {
    let mut story = voted().clone();
    story.close();
    assert!(story.audit().fit_to_decrypt().is_err());
    story.tally();
    let verdict = story.audit();
    assert_eq!(verdict.overall(), Overall::Open);
    verdict.fit_to_decrypt().unwrap();
}

#[test]
fn a_contest_below_the_smallest_group_is_not_decrypted_and_that_holds() {
    let mut story = Story::whole_setup(People::with(|manifest| manifest.smallest_group = 6));
    let ballots = (0..10).map(|voter| story.cast(voter, 0)).collect();
    story.batch(ballots);
    story.close();
    story.tally();
    story.reports();
    for trustee in [0, 1] {
        let share = story.share(trustee, 0);
        story.push_share(share);
    }
    let result = story.result(0);
    story.push(&voting_core::entry::Entry::Result(result));
    let verdict = story.audit();
    assert_eq!(verdict.overall(), Overall::Held, "{:#?}", verdict.claims);
    assert_eq!(
        verdict.results[1].standing,
        Proven::NotDecrypted { smallest_group: 6 }
    );
}

#[test]
fn f5_an_election_without_a_single_ballot_is_no_broken_one() {
    let mut story = opened().clone();
    story.close();
    story.tally();
    story.reports();
    let verdict = story.audit();
    assert_eq!(verdict.overall(), Overall::Held, "{:#?}", verdict.claims);
    let closed = Proven::NotDecrypted { smallest_group: 3 };
    assert!(verdict.results.iter().all(|result| result.standing == closed));
}
