//! Frozen vectors of define and outcome (specs/02-define.md, specs/09-outcome.md).
//!
//! Another implementation reads the contest or manifest from its CBOR and
//! must find the same statement, winners or refusal.

use std::path::PathBuf;

use serde_json::{Value, json};
use voting_core::contest::ProjectTotal;
use voting_core::encoding::{Fixed, encode};
use voting_core::manifest::*;
use voting_core::outcome::{Outcome, outcome};

fn frozen(name: &str, vectors: &[Value]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../specs/vectors")
        .join(name);
    let text = serde_json::to_string_pretty(&Value::from(vectors.to_vec())).unwrap() + "\n";
    if std::env::var_os("PSEPHOS_WRITE_VECTORS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(
        kept == text,
        "{name} is not what this code computes: a change of vectors is a change of the protocol"
    );
}

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
    BallotKind::Points {
        min_points,
        max_points,
        default_points: 0,
        sum: Some(SumLimit { least: 0, most }),
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
                "name": name, "valid": true, "contest": bytes, "maxima": statement.maxima(),
                "constraints": constraints.collect::<Vec<_>>(), "padded_bits": statement.padded_bits(),
                "digest": hex::encode(statement.digest()),
            })
        }
        Err(error) => {
            let class = format!("{error:?}");
            let class = class.split([' ', '(', '{']).next().unwrap();
            json!({ "name": name, "valid": false, "defect": class, "contest": bytes })
        }
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
    ];
    let vectors: Vec<Value> = list
        .iter()
        .map(|(name, contest)| statement_vector(name, contest))
        .collect();
    frozen("contest.json", &vectors);
}

#[test]
fn totals_give_the_frozen_winners() {
    let with = |method: Method, tie_break: TieBreak| {
        let mut contest = contest(&[60, 50, 40, 10], approval(0, 4));
        contest.rule.method = method;
        contest.tie_break = tie_break;
        contest
    };
    let cheap = |method| with(method, TieBreak::LowerCost);
    let exclusive = Method::GreedyExclusive {
        least: 0,
        exclusions: vec![vec![0, 3]],
    };
    let mut grouped = cheap(Method::Greedy);
    grouped.rule.group_budgets = vec![GroupBudget { group: 0, budget: 40 }];
    let mut leftover = grouped.clone();
    leftover.rule.leftover = true;
    let mut withdrawn = cheap(Method::GreedyNoSkip { least: 0 });
    withdrawn.projects[0].cost = 999_999_999;
    let not_computed = Method::NotComputed {
        name: "equalshares".into(),
    };
    let (order, equal) = ([9, 8, 7, 6], [5, 5, 5, 5]);
    let list = [
        ("greedy", cheap(Method::Greedy), [9, 8, 7, 0], None),
        (
            "greedy-no-skip",
            cheap(Method::GreedyNoSkip { least: 0 }),
            order,
            None,
        ),
        (
            "greedy-threshold",
            cheap(Method::GreedyThreshold { least: 8 }),
            order,
            None,
        ),
        ("greedy-exclusive", cheap(exclusive), order, None),
        (
            "votes per cost",
            cheap(Method::VotesPerCost),
            [12, 10, 9, 2],
            None,
        ),
        ("own budget of a group", grouped, order, None),
        ("leftover is spent", leftover, [9, 3, 5, 6], None),
        ("withdrawn", withdrawn, order, None),
        ("tie, lower cost", cheap(Method::Greedy), equal, None),
        (
            "tie, higher cost",
            with(Method::Greedy, TieBreak::HigherCost),
            equal,
            None,
        ),
        (
            "tie, manifest order",
            with(Method::Greedy, TieBreak::ManifestOrder),
            equal,
            None,
        ),
        (
            "tie, lot",
            with(Method::Greedy, TieBreak::Lot),
            equal,
            Some("3 7 12 28 41 45"),
        ),
        ("lot not drawn", with(Method::Greedy, TieBreak::Lot), equal, None),
        ("not computed", cheap(not_computed), order, None),
    ];
    let vectors = list.iter().map(|(name, contest, votes, lot)| {
        let totals = votes.map(|votes| ProjectTotal {
            votes,
            score: votes as i64,
        });
        let winners = match outcome(contest, &totals, *lot) {
            Outcome::Winners(winners) => Some(winners),
            Outcome::Open { .. } => None,
        };
        let contest = hex::encode(encode(contest));
        json!({ "name": name, "valid": winners.is_some(), "contest": contest, "votes": votes, "lot": lot, "winners": winners })
    });
    frozen("outcome.json", &vectors.collect::<Vec<_>>());
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

#[test]
fn defects_of_a_manifest_are_the_frozen_ones() {
    type Change = fn(&mut Manifest);
    let unsafe_name: Change = |m| {
        m.content = vec![ContentFile {
            name: "../keys".into(),
            sha256: [0; 32].into(),
            length: 1,
        }];
    };
    let list: [(&str, Change); 12] = [
        ("coherent", |_| {}),
        ("unknown version", |m| m.version = 2),
        ("one key in two roles", |m| m.issuers.members[0].key = key(2)),
        ("not a key", |m| m.ledger.key = [0; 32].into()),
        ("one trustee decrypts", |m| m.trustees.threshold = 1),
        ("a project id twice", |m| {
            m.contests[0].projects[1].id = "p0".into()
        }),
        ("a budget that could wrap", |m| m.contests[0].budget = 1 << 53),
        ("a style without contests", |m| m.styles[0].contests = vec![]),
        ("an unsafe content name", unsafe_name),
        ("closing before opening", |m| m.closing = 0),
        ("tokens of 1024 bits", |m| m.issuers.token_bits = 1024),
        ("an empty batch", |m| m.batch.min_ballots = 0),
    ];
    let vectors = list.iter().map(|(name, change)| {
        let mut manifest = manifest();
        change(&mut manifest);
        let problems = manifest.check().err().unwrap_or_default();
        let fields: Vec<String> = problems.into_iter().map(|problem| problem.field).collect();
        json!({
            "name": name, "valid": fields.is_empty(), "manifest": hex::encode(encode(&manifest)),
            "election_id": hex::encode(manifest.election_id()), "fields": fields,
        })
    });
    frozen("manifest.json", &vectors.collect::<Vec<_>>());
}
