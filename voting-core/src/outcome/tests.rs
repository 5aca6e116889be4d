use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::manifest::{BallotKind, GroupBudget, Project, WinnerRule};

fn contest(costs: &[u64], budget: u64, method: Method) -> Contest {
    Contest {
        id: "c".to_string(),
        budget,
        currency: "EUR".to_string(),
        decimals: 0,
        projects: costs
            .iter()
            .enumerate()
            .map(|(index, &cost)| Project {
                id: format!("p{index}"),
                cost,
                groups: vec![index as u32 % 2],
            })
            .collect(),
        groups: vec!["even".to_string(), "odd".to_string()],
        ballot: BallotKind::Approval {
            min_length: 0,
            max_length: costs.len() as u32,
        },
        limits: Vec::new(),
        rule: WinnerRule {
            method,
            by: RankBy::Votes,
            group_budgets: Vec::new(),
            leftover: false,
        },
        tie_break: TieBreak::LowerCost,
    }
}

fn votes(votes: &[u64]) -> Vec<ProjectTotal> {
    votes
        .iter()
        .map(|&votes| ProjectTotal {
            votes,
            score: votes as i64,
        })
        .collect()
}

fn winners(contest: &Contest, totals: &[u64]) -> Vec<u32> {
    match outcome(contest, &votes(totals), Some("3 7 12")) {
        Outcome::Winners(winners) => winners,
        Outcome::Open { reason } => panic!("{reason}"),
    }
}

#[test]
fn greedy_skips_what_does_not_fit() {
    let contest = contest(&[60, 50, 40], 100, Method::Greedy);
    assert_eq!(winners(&contest, &[9, 8, 7]), [0, 2]);
}

#[test]
fn greedy_no_skip_stops_at_the_first_that_does_not_fit() {
    let contest = contest(&[60, 50, 40], 100, Method::GreedyNoSkip { least: 0 });
    assert_eq!(winners(&contest, &[9, 8, 7]), [0]);
}

#[test]
fn a_threshold_keeps_out_what_too_few_want() {
    let all = [10, 10, 10];
    let threshold = contest(&all, 100, Method::GreedyThreshold { least: 5 });
    assert_eq!(winners(&threshold, &[4, 5, 6]), [2, 1]);
    let no_skip = contest(&all, 100, Method::GreedyNoSkip { least: 6 });
    assert_eq!(winners(&no_skip, &[4, 5, 6]), [2]);
}

#[test]
fn a_winner_excludes_the_others_of_its_group() {
    let method = Method::GreedyExclusive {
        least: 0,
        exclusions: vec![vec![0, 2]],
    };
    assert_eq!(winners(&contest(&[10, 10, 10], 100, method), &[4, 5, 6]), [2, 1]);
}

#[test]
fn votes_per_cost_prefers_the_cheap() {
    let mut contest = contest(&[100, 10, 30], 110, Method::VotesPerCost);
    assert_eq!(winners(&contest, &[50, 10, 20]), [1, 2]);
    // Equal ratios: the tie-break, here the dearer first.
    contest.tie_break = TieBreak::HigherCost;
    assert_eq!(winners(&contest, &[100, 10, 30]), [0, 1]);
    contest.projects[2].cost = 0;
    assert_eq!(winners(&contest, &[100, 10, 1]), [2, 0, 1]);
}

#[test]
fn a_group_has_its_own_budget_and_the_rest_may_be_spent_after() {
    let mut contest = contest(&[40, 20, 30, 20], 100, Method::Greedy);
    contest.rule.group_budgets = vec![GroupBudget { group: 0, budget: 50 }];
    assert_eq!(winners(&contest, &[9, 8, 7, 6]), [0, 1, 3]);
    contest.budget = 110;
    contest.rule.leftover = true;
    assert_eq!(winners(&contest, &[9, 8, 7, 6]), [0, 1, 3, 2]);
}

#[test]
fn the_sealed_tie_break_decides_between_equals() {
    let mut contest = contest(&[50, 40, 50, 40], 500, Method::Greedy);
    let equal = [3, 3, 3, 3];
    assert_eq!(winners(&contest, &equal), [1, 3, 0, 2]);
    contest.tie_break = TieBreak::HigherCost;
    assert_eq!(winners(&contest, &equal), [0, 2, 1, 3]);
    contest.tie_break = TieBreak::ManifestOrder;
    assert_eq!(winners(&contest, &equal), [0, 1, 2, 3]);
    contest.tie_break = TieBreak::Lot;
    let mut by_lot: Vec<u32> = vec![0, 1, 2, 3];
    by_lot.sort_by_key(|project| lot_order("3 7 12", "c", &format!("p{project}")));
    assert_eq!(winners(&contest, &equal), by_lot);
}

#[test]
fn without_the_lot_nobody_has_won_yet() {
    let mut contest = contest(&[1], 1, Method::Greedy);
    contest.tie_break = TieBreak::Lot;
    assert!(matches!(
        outcome(&contest, &votes(&[1]), None),
        Outcome::Open { .. }
    ));
}

#[test]
fn what_was_withdrawn_or_nobody_wants_never_wins() {
    let mut contest = contest(
        &[999_999_999, 10, 10],
        u64::MAX,
        Method::GreedyNoSkip { least: 0 },
    );
    assert_eq!(winners(&contest, &[9, 0, 1]), [2]);
    contest.decimals = 2;
    contest.projects[0].cost = 99_999_999_900;
    assert_eq!(winners(&contest, &[9, 0, 1]), [2]);
}

#[test]
fn f8_a_rule_that_is_not_computed_is_never_guessed() {
    let name = "equalshares/add1".to_string();
    let contest = contest(&[1], 1, Method::NotComputed { name });
    let Outcome::Open { reason } = outcome(&contest, &votes(&[1]), None) else {
        panic!("winners of a rule that is not computed");
    };
    assert!(reason.contains("equalshares/add1"));
}

#[test]
fn projects_are_ordered_by_score_where_the_rule_says_so() {
    let mut contest = contest(&[10, 10], 10, Method::Greedy);
    contest.rule.by = RankBy::Score;
    let totals = [
        ProjectTotal { votes: 9, score: 9 },
        ProjectTotal { votes: 3, score: 12 },
    ];
    assert_eq!(outcome(&contest, &totals, None), Outcome::Winners(vec![1]));
}
