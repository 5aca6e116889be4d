//! Frozen vectors of define and outcome (specs/02-define.md, specs/09-outcome.md).
//!
//! Another implementation reads the contest or manifest from its CBOR and
//! must find the same statement, winners or refusal.

mod frozen;

use frozen::{class, frozen};
use serde_json::{Value, json};
use voting_core::contest::{Choice, ProjectTotal};
use voting_core::encoding::{Fixed, encode};
use voting_core::manifest::*;
use voting_core::outcome::{Outcome, outcome};

fn contest(costs: &[u64], ballot: BallotKind) -> Contest {
    let project = |(index, &cost): (usize, &u64)| Project {
        id: format!("p{index}"),
        cost,
        groups: vec![(index % 2) as u32],
    };
    Contest {
        id: "budget".into(),
        budget: 100,
        currency: "EUR".into(),
        decimals: 0,
        projects: costs.iter().enumerate().map(project).collect(),
        groups: vec!["north".into(), "south".into()],
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

fn knapsack(min_length: u32) -> BallotKind {
    BallotKind::Knapsack {
        min_length,
        max_length: 3,
        min_sum_cost: 0,
        max_sum_cost: 60,
    }
}

fn points(min_points: i64, max_points: i64, most: i64) -> BallotKind {
    points_between(min_points, max_points, (0, most))
}

fn points_between(min_points: i64, max_points: i64, (least, most): (i64, i64)) -> BallotKind {
    BallotKind::Points {
        min_points,
        max_points,
        default_points: 0,
        sum: Some(SumLimit { least, most }),
        min_length: 1,
        max_length: 3,
    }
}

fn ranking(min_length: u32, max_length: u32, points: PlacePoints) -> BallotKind {
    BallotKind::Ranking {
        min_length,
        max_length,
        points,
    }
}

fn table(length: u32) -> PlacePoints {
    PlacePoints::FromFirst {
        table: (1..=length).rev().collect(),
    }
}

fn limit(projects: &[u32], measure: Measure, hi: u64) -> Limit {
    Limit {
        projects: projects.to_vec(),
        measure,
        lo: 0,
        hi,
    }
}

fn statement_vector(name: &str, contest: &Contest) -> Value {
    let bytes = hex::encode(encode(contest));
    match contest.statement() {
        Ok(statement) => {
            let constraints = statement
                .constraints()
                .iter()
                .map(|one| json!([one.lo, one.hi, one.terms]));
            json!({
                "kind": "statement", "name": name, "valid": true, "contest": bytes, "maxima": statement.maxima(),
                "constraints": constraints.collect::<Vec<_>>(), "padded_bits": statement.padded_bits(),
                "digest": hex::encode(statement.digest()),
            })
        }
        Err(error) => json!({
            "kind": "statement", "name": name, "valid": false, "defect": class(&error), "contest": bytes,
        }),
    }
}

#[test]
fn contests_compile_to_the_frozen_statements() {
    let costs = [30, 40, 50];
    let mut limited = contest(&costs, approval(0, 3));
    limited.limits = vec![
        limit(&[0, 2], Measure::Count, 1),
        limit(&[0, 2], Measure::Cost, 60),
    ];
    let mut unknown = contest(&costs, approval(0, 3));
    unknown.limits = vec![limit(&[3], Measure::Count, 1)];
    let mut unreachable = contest(&costs, approval(0, 1));
    unreachable.limits = vec![Limit {
        lo: 3,
        ..limit(&[0, 1], Measure::Count, 3)
    }];
    let mut vast = contest(&[(1 << 59) + 1, (1 << 59) + 3, 7], knapsack(0));
    if let BallotKind::Knapsack { max_sum_cost, .. } = &mut vast.ballot {
        *max_sum_cost = (1 << 59) + 5;
    }
    let of = |kind| contest(&costs, kind);
    let list = [
        ("choose one", of(BallotKind::ChooseOne { blank: false })),
        ("choose one or none", of(BallotKind::ChooseOne { blank: true })),
        ("approval of one to two", of(approval(1, 2))),
        ("approval without limits", of(approval(0, 3))),
        ("knapsack", of(knapsack(0))),
        ("knapsack of one at least", of(knapsack(1))),
        (
            "knapsack with a withdrawn project",
            contest(&[30, 999_999_999, 45], knapsack(0)),
        ),
        ("points shared out", of(points(1, 5, 7))),
        ("points from zero", of(points(0, 5, 7))),
        ("points below zero", of(points(-2, 2, 3))),
        ("one point each", of(points(1, 1, 2))),
        ("ranking by Borda", of(ranking(1, 3, PlacePoints::FromLast))),
        ("ranking of two by a table", of(ranking(2, 2, table(2)))),
        ("ranking of all", of(ranking(3, 3, PlacePoints::FromLast))),
        ("limits of a group", limited),
        ("no projects", contest(&[], approval(0, 1))),
        ("least above most", of(approval(3, 2))),
        ("more than there are", of(approval(4, 5))),
        (
            "more places than projects",
            of(ranking(1, 4, PlacePoints::FromLast)),
        ),
        ("a table of another length", of(ranking(1, 2, table(3)))),
        (
            "too many cells",
            contest(&[1; 31], ranking(1, 30, PlacePoints::FromLast)),
        ),
        ("a limit on no project", unknown),
        ("a limit that no ballot can reach", unreachable),
        (
            "every ballot is above the limit",
            of(points_between(-2, 2, (-200, -100))),
        ),
        ("a cost of 64 bits", contest(&[1 << 63, 1, 2], knapsack(0))),
        ("a cost beyond the proofs", vast),
    ];
    let statements = list.iter().map(|(name, contest)| statement_vector(name, contest));
    let vectors: Vec<Value> = statements.chain(choice_vectors()).chain(stray_values()).collect();
    frozen("contest", &vectors);
}

fn choice_json(choice: &Choice) -> Value {
    match choice {
        Choice::Projects(projects) => json!({ "projects": projects }),
        Choice::Points(points) => json!({ "points": points }),
        Choice::Ranking(ranking) => json!({ "ranking": ranking }),
    }
}

/// Choices and the cell values they become, or the rule they break.
fn choice_vectors() -> Vec<Value> {
    let costs = [30, 40, 50];
    let of = |kind| contest(&costs, kind);
    let mut limited = of(approval(0, 3));
    limited.limits = vec![limit(&[0, 2], Measure::Count, 1)];
    let mut dear = of(approval(0, 3));
    dear.limits = vec![Limit {
        lo: 40,
        ..limit(&[0, 1], Measure::Cost, 60)
    }];
    let (named, given, ranked) = (Choice::Projects, Choice::Points, Choice::Ranking);
    let list = [
        (
            "one project",
            of(BallotKind::ChooseOne { blank: false }),
            named(vec![1]),
        ),
        (
            "none where blank is allowed",
            of(BallotKind::ChooseOne { blank: true }),
            named(vec![]),
        ),
        ("two projects", of(approval(1, 2)), named(vec![0, 2])),
        ("two projects within the budget", of(knapsack(0)), named(vec![0])),
        ("points", of(points(1, 5, 7)), given(vec![(0, 5), (2, 2)])),
        ("points of zero", of(points(0, 5, 7)), given(vec![(1, 0), (2, 5)])),
        (
            "points below zero given",
            of(points_between(-2, 2, (-3, 3))),
            given(vec![(0, -2), (1, 1)]),
        ),
        (
            "one point each given",
            of(points(1, 1, 2)),
            given(vec![(0, 1), (2, 1)]),
        ),
        (
            "an order, counted from the last",
            of(ranking(1, 3, PlacePoints::FromLast)),
            ranked(vec![2, 0]),
        ),
        (
            "an order, counted from the first",
            of(ranking(1, 2, table(2))),
            ranked(vec![2, 0]),
        ),
        ("within a group's limits", dear.clone(), named(vec![1, 2])),
        ("another kind of choice", of(approval(1, 2)), ranked(vec![0])),
        ("a project that is not there", of(approval(1, 2)), named(vec![3])),
        ("a project named twice", of(approval(1, 2)), named(vec![1, 1])),
        ("too few projects", of(approval(1, 2)), named(vec![])),
        ("too many projects", of(approval(1, 2)), named(vec![0, 1, 2])),
        ("over the budget", of(knapsack(0)), named(vec![0, 1])),
        (
            "too many points for one project",
            of(points(1, 5, 7)),
            given(vec![(0, 6)]),
        ),
        (
            "too few points for one project",
            of(points(1, 5, 7)),
            given(vec![(0, 0)]),
        ),
        (
            "too many points in all",
            of(points(1, 5, 7)),
            given(vec![(0, 5), (1, 3)]),
        ),
        ("too many of a group", limited, named(vec![0, 2])),
        ("too little for a group", dear, named(vec![0])),
    ];
    let vector = |(name, contest, choice): &(&str, Contest, Choice)| {
        let bytes = hex::encode(encode(contest));
        let mut vector =
            json!({ "kind": "choice", "name": name, "contest": bytes, "choice": choice_json(choice) });
        let fields = vector.as_object_mut().unwrap();
        match contest.encode(choice) {
            Ok(values) => {
                assert_eq!(contest.statement().unwrap().check(&values), Ok(()));
                fields.insert("valid".into(), json!(true));
                fields.insert("values".into(), json!(values));
            }
            Err(error) => {
                fields.insert("valid".into(), json!(false));
                fields.insert("defect".into(), json!(class(&error)));
            }
        }
        vector
    };
    list.iter().map(vector).collect()
}

/// Cell values that stand for no choice; the statement refuses them too.
fn stray_values() -> Vec<Value> {
    let costs = [30, 40, 50];
    let of = |kind| contest(&costs, kind);
    let list: [(&str, Contest, &[u64]); 6] = [
        (
            "two where one is allowed",
            of(BallotKind::ChooseOne { blank: false }),
            &[1, 1, 0],
        ),
        ("a cell of two", of(approval(1, 2)), &[2, 0, 0]),
        ("a cell too few", of(approval(1, 2)), &[1, 0]),
        (
            "points without the project",
            of(points(1, 5, 7)),
            &[0, 3, 1, 0, 0, 0],
        ),
        (
            "a place left empty",
            of(ranking(1, 2, table(2))),
            &[0, 1, 0, 0, 0, 0],
        ),
        (
            "two projects in one place",
            of(ranking(1, 2, table(2))),
            &[1, 0, 1, 0, 0, 0],
        ),
    ];
    let vector = |(name, contest, values): (&str, Contest, &[u64])| {
        assert_eq!(contest.decode(values), None);
        assert!(contest.statement().unwrap().check(values).is_err());
        json!({
            "kind": "values", "name": name, "valid": false, "defect": "NoChoice",
            "contest": hex::encode(encode(&contest)), "values": values,
        })
    };
    list.into_iter().map(vector).collect()
}

/// Four projects, and what the winner rule says of them.
fn ruled(method: Method, tie_break: TieBreak) -> Contest {
    let mut contest = contest(&[60, 50, 40, 10], approval(0, 4));
    contest.rule.method = method;
    contest.tie_break = tie_break;
    contest
}

const NO_SKIP: Method = Method::GreedyNoSkip { least: 0 };

fn exclusive(least: u64, exclusions: &[&[u32]]) -> Method {
    Method::GreedyExclusive {
        least,
        exclusions: exclusions.iter().map(|group| group.to_vec()).collect(),
    }
}

type Election = (&'static str, Contest, [i64; 4], Option<&'static str>);

/// Every winner rule.
fn rules() -> Vec<Election> {
    let cheap = |method| ruled(method, TieBreak::LowerCost);
    let order = [9, 8, 7, 6];
    let mut grouped = cheap(Method::Greedy);
    grouped.rule.group_budgets = vec![GroupBudget { group: 0, budget: 40 }];
    let mut leftover = grouped.clone();
    leftover.rule.leftover = true;
    let mut both = cheap(Method::Greedy);
    both.rule.group_budgets = vec![
        GroupBudget { group: 0, budget: 60 },
        GroupBudget { group: 1, budget: 10 },
    ];
    let mut two_groups = cheap(Method::Greedy);
    two_groups.projects[0].groups = vec![0, 1];
    two_groups.rule.group_budgets = both.rule.group_budgets.clone();
    let mut no_skip_groups = both.clone();
    no_skip_groups.rule.method = NO_SKIP;
    let mut withdrawn = cheap(NO_SKIP);
    withdrawn.projects[0].cost = 999_999_999;
    let mut withdrawn_in_cents = withdrawn.clone();
    withdrawn_in_cents.decimals = 2;
    withdrawn_in_cents.projects[0].cost = 99_999_999_900;
    let mut by_score = cheap(Method::Greedy);
    by_score.rule.by = RankBy::Score;
    let mut free = cheap(Method::VotesPerCost);
    free.projects[3].cost = 0;
    let not_computed = Method::NotComputed {
        name: "equalshares".into(),
    };
    vec![
        ("greedy", cheap(Method::Greedy), [9, 8, 7, 0], None),
        (
            "greedy, the budget to the last cent",
            cheap(Method::Greedy),
            [9, 1, 8, 7],
            None,
        ),
        ("greedy by score, some below zero", by_score, [-3, 9, 0, 1], None),
        ("nobody wants anything", cheap(Method::Greedy), [0; 4], None),
        ("greedy-no-skip", cheap(NO_SKIP), order, None),
        (
            "greedy-no-skip with a least total",
            cheap(Method::GreedyNoSkip { least: 8 }),
            [9, 7, 8, 6],
            None,
        ),
        (
            "greedy-threshold",
            cheap(Method::GreedyThreshold { least: 8 }),
            order,
            None,
        ),
        (
            "greedy-threshold that none reaches",
            cheap(Method::GreedyThreshold { least: 10 }),
            order,
            None,
        ),
        ("greedy-exclusive", cheap(exclusive(0, &[&[0, 3]])), order, None),
        (
            "greedy-exclusive with a least total",
            cheap(exclusive(7, &[&[0, 1]])),
            order,
            None,
        ),
        (
            "greedy-exclusive, what does not win excludes nothing",
            cheap(exclusive(0, &[&[1, 2]])),
            order,
            None,
        ),
        (
            "greedy-exclusive in two groups",
            cheap(exclusive(0, &[&[0, 1], &[1, 3]])),
            [5, 9, 7, 8],
            None,
        ),
        (
            "votes per cost",
            cheap(Method::VotesPerCost),
            [12, 10, 9, 2],
            None,
        ),
        ("votes per cost with a free project", free, [12, 10, 9, 1], None),
        ("own budget of a group", grouped, order, None),
        ("own budgets of two groups", both, order, None),
        ("a project of two groups", two_groups, order, None),
        (
            "greedy-no-skip stops at a group's budget",
            no_skip_groups,
            order,
            None,
        ),
        ("leftover is spent", leftover, [9, 3, 5, 6], None),
        ("withdrawn", withdrawn, order, None),
        ("withdrawn, in cents", withdrawn_in_cents, order, None),
        ("not computed", cheap(not_computed), order, None),
    ]
}

/// Every tie-break, under every rule where it matters.
fn ties() -> Vec<Election> {
    let (equal, lot) = ([5; 4], Some("3 7 12 28 41 45"));
    let twins = |tie_break| {
        let mut contest = contest(&[50, 40, 50, 40], approval(0, 4));
        contest.budget = 130;
        contest.tie_break = tie_break;
        contest
    };
    // Votes in the proportion of the costs: equal per cost.
    let per_cost = |tie_break| ruled(Method::VotesPerCost, tie_break);
    let mut leftover = ruled(Method::Greedy, TieBreak::HigherCost);
    leftover.rule.group_budgets = vec![GroupBudget { group: 0, budget: 0 }];
    leftover.rule.leftover = true;
    vec![
        (
            "tie, lower cost",
            ruled(Method::Greedy, TieBreak::LowerCost),
            equal,
            None,
        ),
        (
            "tie, higher cost",
            ruled(Method::Greedy, TieBreak::HigherCost),
            equal,
            None,
        ),
        (
            "tie, manifest order",
            ruled(Method::Greedy, TieBreak::ManifestOrder),
            equal,
            None,
        ),
        ("tie, lot", ruled(Method::Greedy, TieBreak::Lot), equal, lot),
        (
            "tie, another lot",
            ruled(Method::Greedy, TieBreak::Lot),
            equal,
            Some("3 7 12 28 41 46"),
        ),
        (
            "tie, an empty lot",
            ruled(Method::Greedy, TieBreak::Lot),
            equal,
            Some(""),
        ),
        ("lot not drawn", ruled(Method::Greedy, TieBreak::Lot), equal, None),
        (
            "lot not drawn and not needed",
            ruled(Method::Greedy, TieBreak::Lot),
            [9, 8, 7, 6],
            None,
        ),
        (
            "a lot where the rule needs none",
            ruled(Method::Greedy, TieBreak::LowerCost),
            equal,
            lot,
        ),
        (
            "tie of lower costs, then manifest order",
            twins(TieBreak::LowerCost),
            equal,
            None,
        ),
        (
            "tie of higher costs, then manifest order",
            twins(TieBreak::HigherCost),
            equal,
            None,
        ),
        (
            "tie between some",
            twins(TieBreak::HigherCost),
            [5, 7, 5, 7],
            None,
        ),
        (
            "tie per cost, lower cost",
            per_cost(TieBreak::LowerCost),
            [12, 10, 8, 2],
            None,
        ),
        (
            "tie per cost, higher cost",
            per_cost(TieBreak::HigherCost),
            [12, 10, 8, 2],
            None,
        ),
        (
            "tie per cost, manifest order",
            per_cost(TieBreak::ManifestOrder),
            [12, 10, 8, 2],
            None,
        ),
        ("tie per cost, lot", per_cost(TieBreak::Lot), [12, 10, 8, 2], lot),
        (
            "tie without skipping",
            ruled(NO_SKIP, TieBreak::HigherCost),
            equal,
            None,
        ),
        (
            "tie at the least total",
            ruled(Method::GreedyThreshold { least: 5 }, TieBreak::HigherCost),
            equal,
            None,
        ),
        (
            "tie within an exclusion group",
            ruled(exclusive(0, &[&[0, 1, 2, 3]]), TieBreak::HigherCost),
            equal,
            None,
        ),
        ("tie for what is left over", leftover, equal, None),
    ]
}

/// Totals of cells, and the votes and score they are.
fn totals_vectors() -> Vec<Value> {
    let costs = [30, 40, 50];
    let of = |kind| contest(&costs, kind);
    let mut defaults = of(points(1, 5, 7));
    if let BallotKind::Points { default_points, .. } = &mut defaults.ballot {
        *default_points = -1;
    }
    let list: [(&str, Contest, &[u64], u64); 14] = [
        ("totals of approvals", of(approval(0, 3)), &[4, 0, 10], 10),
        ("totals of points", of(points(1, 5, 7)), &[4, 16, 0, 0, 10, 1], 10),
        (
            "totals of points with a default",
            defaults,
            &[4, 16, 0, 0, 10, 1],
            10,
        ),
        (
            "totals of points below zero",
            of(points_between(-2, 2, (-3, 3))),
            &[4, 16, 3, 0, 10, 1],
            10,
        ),
        ("totals of one point each", of(points(1, 1, 2)), &[4, 0, 10], 10),
        (
            "totals of an order by Borda",
            of(ranking(1, 3, PlacePoints::FromLast)),
            &[5, 1, 0, 3, 2, 1, 2, 0, 0],
            10,
        ),
        (
            "totals of an order by a table",
            of(ranking(1, 2, table(2))),
            &[5, 1, 3, 2, 2, 0],
            10,
        ),
        ("totals of nobody", of(approval(0, 3)), &[0, 0, 0], 0),
        ("a total too few", of(approval(0, 3)), &[4, 0], 10),
        ("more votes than ballots", of(approval(0, 3)), &[4, 0, 11], 10),
        (
            "more votes than ballots over the places",
            of(ranking(1, 2, table(2))),
            &[6, 5, 0, 0, 0, 0],
            10,
        ),
        (
            "more points than the votes can give",
            of(points(1, 5, 7)),
            &[4, 17, 0, 0, 0, 0],
            10,
        ),
        (
            "a score beyond 64 bits",
            of(points(1 << 62, 1 << 62, 0)),
            &[4, 0, 0],
            10,
        ),
        (
            "points without votes",
            of(points(1, 5, 7)),
            &[0, 1, 0, 0, 0, 0],
            10,
        ),
    ];
    let vector = |(name, contest, cells, ballots): (&str, Contest, &[u64], u64)| {
        let bytes = hex::encode(encode(&contest));
        let mut vector =
            json!({ "kind": "totals", "name": name, "contest": bytes, "cells": cells, "ballots": ballots });
        let fields = vector.as_object_mut().unwrap();
        let totals = contest.totals(cells, ballots);
        fields.insert("valid".into(), json!(totals.is_ok()));
        match totals {
            Ok(totals) => {
                let votes: Vec<u64> = totals.iter().map(|total| total.votes).collect();
                let score: Vec<i64> = totals.iter().map(|total| total.score).collect();
                fields.insert("votes".into(), json!(votes));
                fields.insert("score".into(), json!(score));
            }
            Err(error) => drop(fields.insert("defect".into(), json!(class(&error)))),
        }
        vector
    };
    list.into_iter().map(vector).collect()
}

fn winners_vector((name, contest, score, lot): &Election) -> Value {
    let votes = score.map(|score| score.max(0) as u64);
    let totals: Vec<ProjectTotal> = votes
        .iter()
        .zip(score)
        .map(|(&votes, &score)| ProjectTotal { votes, score })
        .collect();
    let mut vector = json!({
        "kind": "winners", "name": name, "contest": hex::encode(encode(contest)),
        "votes": votes, "score": score, "lot": lot,
    });
    let fields = vector.as_object_mut().unwrap();
    match outcome(contest, &totals, *lot) {
        Outcome::Winners(winners) => {
            fields.insert("valid".into(), json!(true));
            fields.insert("winners".into(), json!(winners));
        }
        Outcome::Open { .. } => {
            fields.insert("valid".into(), json!(false));
            fields.insert("defect".into(), json!("Open"));
        }
    }
    vector
}

#[test]
fn totals_give_the_frozen_winners() {
    let winners = [rules(), ties()].concat();
    let vectors: Vec<Value> = winners
        .iter()
        .map(winners_vector)
        .chain(totals_vectors())
        .collect();
    frozen("outcome", &vectors);
}

fn key(seed: u8) -> Fixed<32> {
    ed25519_dalek::SigningKey::from_bytes(&[seed; 32])
        .verifying_key()
        .to_bytes()
        .into()
}

fn manifest() -> Manifest {
    let trustee = |index: u8| Trustee {
        name: format!("trustee {index}"),
        key: key(10 + index),
    };
    Manifest {
        version: VERSION,
        title: "Riverside".into(),
        languages: vec!["en".into()],
        nonce: [7; 32].into(),
        ledger: LedgerIdentity {
            origin: "ledger.example/riverside".into(),
            key: key(1),
            url: "https://ledger.example".into(),
        },
        officers: Officers {
            threshold: 1,
            members: vec![Officer {
                name: "Ada".into(),
                key: key(2),
            }],
        },
        trustees: Trustees {
            threshold: 2,
            members: (0..3).map(trustee).collect(),
        },
        issuers: Issuers {
            token_bits: 3072,
            members: vec![Issuer {
                name: "issuer.example".into(),
                url: "https://issuer.example".into(),
                key: key(3),
            }],
        },
        witness_policy: None,
        contests: vec![contest(&[30, 40, 50], approval(1, 2))],
        styles: vec![Style {
            name: "everyone".into(),
            contests: vec![0],
        }],
        revoting: true,
        smallest_group: 1,
        batch: BatchRule {
            min_ballots: 32,
            min_ms: 1_000,
            max_ms: 10_000,
        },
        opening: 1,
        closing: 2,
        casting_delay: 0,
        booth: None,
        retention_days: 30,
        content: vec![],
    }
}

type Change = (&'static str, fn(&mut Manifest));

fn content(name: &str) -> Vec<ContentFile> {
    vec![ContentFile {
        name: name.into(),
        sha256: [0; 32].into(),
        length: 1,
    }]
}

/// One thing wrong with who runs the election.
const PEOPLE: &[Change] = &[
    ("no officers", |m| m.officers.members.clear()),
    ("officers that can never sign", |m| m.officers.threshold = 2),
    ("an act that nobody signs", |m| m.officers.threshold = 0),
    ("one name for two trustees", |m| {
        m.trustees.members[1].name = "trustee 0".into()
    }),
    ("one trustee decrypts", |m| m.trustees.threshold = 1),
    ("more trustees needed than there are", |m| {
        m.trustees.threshold = 4
    }),
    ("two groups could decrypt", |m| {
        let (name, key) = ("trustee 3".into(), key(13));
        m.trustees.members.push(Trustee { name, key });
    }),
    ("no issuers", |m| m.issuers.members.clear()),
    ("nine issuers", |m| {
        let issuer = |n: u8| Issuer {
            name: format!("{n}.example"),
            url: "https://x".into(),
            key: key(20 + n),
        };
        m.issuers.members = (0..9).map(issuer).collect();
    }),
    ("tokens of 1024 bits", |m| m.issuers.token_bits = 1024),
    ("an issuer without an address", |m| {
        m.issuers.members[0].url = "".into()
    }),
    ("one key in two roles", |m| m.issuers.members[0].key = key(2)),
    ("one key for two trustees", |m| {
        m.trustees.members[1].key = key(10)
    }),
    ("not a key", |m| m.ledger.key = [0; 32].into()),
    ("a key of small order", |m| {
        let mut identity = [0; 32];
        identity[0] = 1;
        m.officers.members[0].key = identity.into();
    }),
];

/// One thing wrong with what is voted on.
const CONTESTS: &[Change] = &[
    ("nothing to vote on", |m| m.contests.clear()),
    ("one name for two contests", |m| {
        m.contests.push(m.contests[0].clone());
        m.styles[0].contests = vec![0, 1];
    }),
    ("a ballot rule that nobody can meet", |m| {
        m.contests[0].ballot = approval(4, 4)
    }),
    ("a project id twice", |m| {
        m.contests[0].projects[1].id = "p0".into()
    }),
    ("a project without an id", |m| {
        m.contests[0].projects[1].id = "".into()
    }),
    ("a group twice", |m| m.contests[0].groups[1] = "north".into()),
    ("a project in no group that exists", |m| {
        m.contests[0].projects[0].groups = vec![2]
    }),
    ("groups that do not ascend", |m| {
        m.contests[0].projects[0].groups = vec![1, 0]
    }),
    ("a limit on nothing", |m| {
        m.contests[0].limits = vec![limit(&[], Measure::Count, 1)]
    }),
    ("a limit that names a project twice", |m| {
        m.contests[0].limits = vec![limit(&[1, 1], Measure::Count, 1)]
    }),
    ("a limit that excludes its projects", |m| {
        m.contests[0].limits = vec![limit(&[0, 1], Measure::Count, 0)]
    }),
    ("five decimal places", |m| m.contests[0].decimals = 5),
    ("a currency that is none", |m| {
        m.contests[0].currency = "Euro".into()
    }),
    ("a budget that could wrap", |m| m.contests[0].budget = 1 << 53),
    ("costs that could wrap", |m| {
        m.contests[0].projects[0].cost = 1 << 52
    }),
    ("totals that could not be read", |m| {
        m.contests[0].ballot = points(0, 32_769, 32_769)
    }),
    ("points far from zero", |m| {
        m.contests[0].ballot = points_between(-32_769, -32_769, (-99_999, 0))
    }),
    ("a group's budget twice", |m| {
        m.contests[0].rule.group_budgets = vec![GroupBudget { group: 1, budget: 1 }; 2];
    }),
    ("a budget of no group", |m| {
        m.contests[0].rule.group_budgets = vec![GroupBudget { group: 2, budget: 1 }];
    }),
    ("nothing that could be left over", |m| {
        m.contests[0].rule.leftover = true
    }),
    ("an exclusion of no project", |m| {
        m.contests[0].rule.method = exclusive(0, &[&[0, 3]])
    }),
    ("a rule without a name", |m| {
        m.contests[0].rule.method = Method::NotComputed { name: "".into() }
    }),
    ("no styles", |m| m.styles.clear()),
    ("one name for two styles", |m| m.styles.push(m.styles[0].clone())),
    ("a comma in a style's name", |m| {
        m.styles[0].name = "north,south".into()
    }),
    ("a style without contests", |m| m.styles[0].contests = vec![]),
    ("a style with no contest that exists", |m| {
        m.styles[0].contests = vec![0, 5]
    }),
    ("a contest that nobody sees", |m| {
        m.contests.push(Contest {
            id: "other".into(),
            ..m.contests[0].clone()
        });
    }),
    ("a ballot of too many cells", |m| {
        let wide = |id: &str| Contest {
            id: id.into(),
            ..contest(&[1; 30], ranking(1, 20, PlacePoints::FromLast))
        };
        m.contests = vec![wide("first"), wide("second")];
        m.styles[0].contests = vec![0, 1];
    }),
];

/// One thing wrong with everything else.
const SETTING: &[Change] = &[
    ("unknown version", |m| m.version = 2),
    ("no title", |m| m.title = "".into()),
    ("a title of two lines", |m| m.title = "River\nside".into()),
    ("no languages", |m| m.languages.clear()),
    ("a language that is no tag", |m| {
        m.languages = vec!["English (UK)".into()]
    }),
    ("a ledger name with a space", |m| {
        m.ledger.origin = "ledger example".into()
    }),
    ("a ledger address that is none", |m| {
        m.ledger.url = "ftp://ledger.example".into()
    }),
    ("closing before opening", |m| m.closing = 0),
    ("an empty batch", |m| m.batch.min_ballots = 0),
    ("a longest wait below the shortest", |m| m.batch.max_ms = 999),
    ("a wait of more than ten minutes", |m| m.batch.max_ms = 600_001),
    ("a delay longer than the poll", |m| m.casting_delay = 2),
    ("an unsafe content name", |m| m.content = content("../keys")),
    ("a hidden content name", |m| m.content = content(".keys")),
    ("a content name twice", |m| {
        m.content = [content("a"), content("a")].concat()
    }),
];

fn manifest_vector((name, change): &Change) -> Value {
    let mut manifest = manifest();
    change(&mut manifest);
    let problems = manifest.check().err().unwrap_or_default();
    let fields: Vec<String> = problems.into_iter().map(|problem| problem.field).collect();
    let mut vector = json!({
        "name": name, "valid": fields.is_empty(), "manifest": hex::encode(encode(&manifest)),
        "election_id": hex::encode(manifest.election_id()), "fields": fields,
    });
    if vector["valid"] == false {
        vector["defect"] = "Incoherent".into();
    }
    vector
}

#[test]
fn defects_of_a_manifest_are_the_frozen_ones() {
    let valid: &[Change] = &[("coherent", |_| {})];
    let vectors: Vec<Value> = [valid, PEOPLE, CONTESTS, SETTING]
        .concat()
        .iter()
        .map(manifest_vector)
        .collect();
    let wrong: Vec<_> = vectors
        .iter()
        .filter(|vector| vector["valid"] == true)
        .map(|vector| &vector["name"])
        .collect();
    assert_eq!(wrong, ["coherent"], "each of the others has a defect");
    frozen("manifest", &vectors);
}
