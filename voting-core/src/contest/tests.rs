use alloc::format;
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::manifest::{Limit, Measure, Method, PlacePoints, Project, RankBy, SumLimit, TieBreak, WinnerRule};

fn contest(costs: &[u64], ballot: BallotKind) -> Contest {
    let project = |(index, &cost): (usize, &u64)| Project {
        id: format!("p{index}"),
        cost,
        groups: vec![],
    };
    Contest {
        id: "c".to_string(),
        budget: 100,
        currency: "EUR".to_string(),
        decimals: 0,
        projects: costs.iter().enumerate().map(project).collect(),
        groups: vec![],
        ballot,
        limits: vec![],
        rule: WinnerRule {
            method: Method::Greedy,
            by: RankBy::Votes,
            group_budgets: vec![],
            leftover: false,
        },
        tie_break: TieBreak::LowerCost,
    }
}

fn approval(min_length: u32, max_length: u32) -> BallotKind {
    BallotKind::Approval {
        min_length,
        max_length,
    }
}

fn knapsack(min_length: u32, max_length: u32, max_sum_cost: u64) -> BallotKind {
    BallotKind::Knapsack {
        min_length,
        max_length,
        min_sum_cost: 0,
        max_sum_cost,
    }
}

fn points(range: (i64, i64), sum: Option<(i64, i64)>, length: (u32, u32)) -> BallotKind {
    BallotKind::Points {
        min_points: range.0,
        max_points: range.1,
        default_points: 0,
        sum: sum.map(|(least, most)| SumLimit { least, most }),
        min_length: length.0,
        max_length: length.1,
    }
}

fn ranking(min_length: u32, max_length: u32) -> BallotKind {
    BallotKind::Ranking {
        min_length,
        max_length,
        points: PlacePoints::FromLast,
    }
}

/// A constraint as `(lo, hi, terms)`.
type Plain = (i64, i64, Vec<(u32, i64)>);

fn constraints(contest: &Contest) -> Vec<Plain> {
    let statement = contest.statement().unwrap();
    let list = statement.constraints().iter();
    list.map(|one| (one.lo, one.hi, one.terms.clone())).collect()
}

#[test]
fn no_constraint_is_written_that_others_imply() {
    let count = |contest: &Contest| constraints(contest).len();
    assert_eq!(
        constraints(&contest(&[1, 1], BallotKind::ChooseOne { blank: false })),
        [(1, 1, vec![(0, 1), (1, 1)])]
    );
    assert_eq!(count(&contest(&[1, 1, 1], approval(0, 3))), 0);
    assert_eq!(count(&contest(&[1, 1, 1], approval(1, 3))), 1);
    // A budget that everything fits into is no limit, and one project at least
    // is the least cost at least.
    assert_eq!(count(&contest(&[30, 40], knapsack(0, 2, 70))), 0);
    assert_eq!(
        constraints(&contest(&[30, 40], knapsack(1, 2, 60))),
        [(3, 6, vec![(0, 3), (1, 4)])]
    );
    // At most five points in all, one at least for each named: five projects at most.
    assert_eq!(
        count(&contest(&[1; 6], points((1, 5), Some((1, 5)), (1, 5)))),
        6 + 1
    );
    assert_eq!(
        count(&contest(&[1; 6], points((0, 5), Some((0, 5)), (0, 5)))),
        6 + 2
    );
    assert_eq!(count(&contest(&[1; 3], points((1, 1), None, (0, 3)))), 0);
}

#[test]
fn costs_share_their_divisor_and_the_unaffordable_do_not_disturb_it() {
    let contest = contest(&[3_000, 999_999_999, 4_500], knapsack(0, 3, 6_100));
    assert_eq!(constraints(&contest), [(0, 4, vec![(0, 2), (1, 5), (2, 3)])]);
}

#[test]
fn a_ranking_allows_no_holes_and_no_project_twice() {
    let statement = contest(&[1; 3], ranking(1, 2)).statement().unwrap();
    // Cells: project · 2 + place, places from the last.
    let allowed: [[u64; 6]; 2] = [[1, 0, 0, 0, 0, 0], [1, 0, 0, 1, 0, 0]];
    let refused: [[u64; 6]; 5] = [
        [0, 0, 0, 0, 0, 0],
        [0, 1, 0, 0, 0, 0],
        [1, 1, 0, 0, 0, 0],
        [1, 0, 1, 0, 0, 0],
        [1, 0, 0, 1, 0, 1],
    ];
    assert!(allowed.iter().all(|values| statement.check(values).is_ok()));
    assert!(refused.iter().all(|values| statement.check(values).is_err()));
}

#[test]
fn borda_counts_own_length_minus_position() {
    let contest = contest(&[1; 4], ranking(1, 3));
    let mut sums = vec![0; 12];
    for ballot in [vec![2, 0, 1], vec![0]] {
        for (sum, value) in sums
            .iter_mut()
            .zip(contest.encode(&Choice::Ranking(ballot)).unwrap())
        {
            *sum += value;
        }
    }
    let totals = contest.totals(&sums, 2).unwrap();
    let scores: Vec<_> = totals.iter().map(|total| (total.votes, total.score)).collect();
    assert_eq!(scores, [(2, 3), (1, 1), (1, 3), (0, 0)]);
}

#[test]
fn unnamed_projects_count_the_default_points() {
    let mut contest = contest(&[1; 2], points((-2, 3), None, (0, 2)));
    if let BallotKind::Points { default_points, .. } = &mut contest.ballot {
        *default_points = -1;
    }
    let values = contest.encode(&Choice::Points(vec![(1, -2)])).unwrap();
    assert_eq!(values, [0, 0, 1, 0]);
    let totals = contest.totals(&values, 1).unwrap();
    assert_eq!((totals[0].score, totals[1].score), (-1, -2));
}

#[test]
fn broken_rules_are_said_in_plain_words() {
    let say = |contest: &Contest, choice: Choice| contest.encode(&choice).unwrap_err().to_string();
    let plain = contest(&[1; 3], approval(1, 2));
    assert_eq!(
        say(&plain, Choice::Projects(vec![])),
        "names 0 projects, but at least 1 must be named"
    );
    assert_eq!(
        say(&plain, Choice::Projects(vec![0, 1, 2])),
        "names 3 projects, but at most 2 may be named"
    );
    assert_eq!(
        say(&plain, Choice::Projects(vec![1, 1])),
        "project p1 is named more than once"
    );
    assert_eq!(
        say(&plain, Choice::Projects(vec![7])),
        "there is no project number 7 in this contest"
    );
    let mut money = contest(&[123_450, 2], knapsack(0, 2, 100_000));
    money.decimals = 2;
    assert_eq!(
        say(&money, Choice::Projects(vec![0])),
        "over budget: the named projects cost 1,234.50 EUR, but at most 1,000 EUR may be spent"
    );
    let shared = contest(&[1; 2], points((1, 3), Some((2, 4)), (1, 2)));
    assert_eq!(
        say(&shared, Choice::Points(vec![(0, 4)])),
        "gives project p0 4 points, but a named project gets 1 to 3"
    );
    assert_eq!(
        say(&shared, Choice::Points(vec![(0, 1)])),
        "gives 1 points in all, but the sum must be 2 to 4"
    );
    assert!(say(&shared, Choice::Ranking(vec![0])).contains("takes projects with points"));
    let mut grouped = contest(&[1; 3], approval(0, 3));
    grouped.groups = vec!["Parks".to_string()];
    grouped.projects[0].groups = vec![0];
    grouped.projects[2].groups = vec![0];
    let limit = |measure, lo, hi| Limit {
        projects: vec![0, 2],
        measure,
        lo,
        hi,
    };
    grouped.limits = vec![limit(Measure::Count, 0, 1)];
    assert_eq!(
        say(&grouped, Choice::Projects(vec![0, 2])),
        "names 2 projects in Parks, but at most 1 may be named"
    );
    grouped.limits = vec![limit(Measure::Cost, 2, 2)];
    assert_eq!(
        say(&grouped, Choice::Projects(vec![0])),
        "names projects for 1 EUR in Parks, but at least 2 EUR must be named"
    );
}

#[test]
fn contradictory_rules_are_refused_at_define() {
    let refused = |costs: &[u64], kind| contest(costs, kind).statement().unwrap_err().to_string();
    assert!(refused(&[], approval(0, 1)).contains("no projects"));
    assert!(refused(&[1, 1], approval(2, 1)).contains("above the most"));
    assert!(refused(&[1, 1], approval(3, 3)).contains("no ballot can reach 3"));
    assert!(refused(&[1; 31], ranking(1, 30)).contains("930 cells"));
    assert!(refused(&[1; 2], ranking(1, 3)).contains("the number of places"));
    assert!(refused(&[1; 2], points((3, 1), None, (0, 2))).contains("above the most"));
}

#[test]
fn totals_that_ballots_cannot_give_are_refused() {
    let contest = contest(&[1; 2], points((1, 3), None, (0, 2)));
    assert!(contest.totals(&[1, 2, 0, 0], 1).is_ok());
    assert!(matches!(
        contest.totals(&[1, 2, 0], 1),
        Err(TotalsError::Length { .. })
    ));
    assert!(matches!(
        contest.totals(&[2, 0, 0, 0], 1),
        Err(TotalsError::TooLarge { .. })
    ));
    assert!(matches!(
        contest.totals(&[0, 2, 0, 0], 1),
        Err(TotalsError::Contradiction { project: 0 })
    ));
}

fn kinds() -> impl Strategy<Value = (Vec<u64>, BallotKind)> {
    let costs = proptest::collection::vec(0u64..9, 1..4);
    (costs, 0u32..3, 1u32..4, 0u64..20, -2i64..3, 0i64..4, 0usize..5).prop_map(
        |(costs, min, max, sum, least, span, kind)| {
            let max = max.min(costs.len() as u32);
            let min = min.min(max);
            let kind = match kind {
                0 => BallotKind::ChooseOne { blank: min == 0 },
                1 => approval(min, max),
                2 => BallotKind::Knapsack {
                    min_length: min,
                    max_length: max,
                    min_sum_cost: sum / 4,
                    max_sum_cost: sum,
                },
                3 => points(
                    (least, least + span),
                    (sum > 4).then_some((sum as i64 / 5, sum as i64)),
                    (min, max),
                ),
                _ => ranking(min, max),
            };
            (costs, kind)
        },
    )
}

/// All choices of the contest's kind, allowed or not.
fn choices(contest: &Contest) -> Vec<Choice> {
    let projects = contest.projects.len() as u32;
    let mut orders: Vec<Vec<u32>> = vec![vec![]];
    let mut at = 0;
    while at < orders.len() {
        let order = orders[at].clone();
        for next in (0..projects).filter(|next| !order.contains(next)) {
            orders.push(order.iter().copied().chain([next]).collect());
        }
        at += 1;
    }
    match contest.ballot {
        BallotKind::Ranking { .. } => orders.into_iter().map(Choice::Ranking).collect(),
        BallotKind::Points {
            min_points,
            max_points,
            ..
        } => {
            let mut all = vec![vec![]];
            for project in 0..projects {
                let longer: Vec<Vec<(u32, i64)>> = all
                    .iter()
                    .flat_map(|one: &Vec<(u32, i64)>| {
                        (min_points..=max_points)
                            .map(move |given| one.iter().copied().chain([(project, given)]).collect())
                    })
                    .collect();
                all.extend(longer);
            }
            all.into_iter().map(Choice::Points).collect()
        }
        _ => {
            let ascending = |order: &Vec<u32>| order.is_sorted();
            orders
                .into_iter()
                .filter(ascending)
                .map(Choice::Projects)
                .collect()
        }
    }
}

proptest! {
    /// The statement allows exactly the ballots of the rules: of all cell
    /// values within their maxima, those that an allowed choice encodes to.
    #[test]
    fn a11_the_statement_allows_exactly_the_rules_ballots((costs, kind) in kinds()) {
        let contest = contest(&costs, kind);
        let mut by_rules: Vec<Vec<u64>> = choices(&contest).iter().filter_map(|choice| contest.encode(choice).ok()).collect();
        by_rules.sort();
        let Ok(statement) = contest.statement() else {
            // Refused at define: no ballot keeps the rules, or nothing is left to prove.
            return Ok(());
        };
        let mut by_statement = Vec::new();
        let mut values = vec![0u64; statement.maxima().len()];
        loop {
            if statement.check(&values).is_ok() {
                by_statement.push(values.clone());
            }
            let Some(cell) = values.iter().zip(statement.maxima()).rposition(|(value, maximum)| value < maximum) else { break };
            values[cell] += 1;
            values[cell + 1..].fill(0);
        }
        prop_assert_eq!(&by_statement, &by_rules);
        for values in &by_statement {
            let again = contest.decode(values).and_then(|choice| contest.encode(&choice).ok());
            prop_assert_eq!(again.as_ref(), Some(values));
        }
    }

    #[test]
    fn any_cell_values_decode_without_panic((costs, kind) in kinds(), values: Vec<u64>) {
        let contest = contest(&costs, kind);
        let _ = contest.decode(&values);
        let _ = contest.totals(&values, 3);
    }
}
