mod limits;

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::manifest::*;

fn key(seed: u8) -> crate::encoding::Fixed<32> {
    ed25519_dalek::SigningKey::from_bytes(&[seed; 32])
        .verifying_key()
        .to_bytes()
        .into()
}

fn manifest() -> Manifest {
    let project = |id: &str| Project {
        id: id.to_string(),
        cost: 100,
        groups: vec![],
    };
    Manifest {
        version: VERSION,
        title: "Riverside".to_string(),
        languages: vec!["en".to_string()],
        nonce: [7; 32].into(),
        ledger: LedgerIdentity {
            origin: "ledger.example/riverside".to_string(),
            key: key(1),
            url: "https://ledger.example".to_string(),
        },
        officers: Officers {
            threshold: 1,
            members: vec![Officer {
                name: "Ada".to_string(),
                key: key(2),
            }],
        },
        trustees: Trustees {
            threshold: 2,
            members: (0..3u8)
                .map(|index| Trustee {
                    name: format!("trustee {index}"),
                    key: key(10 + index),
                })
                .collect(),
        },
        issuers: Issuers {
            token_bits: 3072,
            members: vec![Issuer {
                name: "issuer.example".to_string(),
                url: "https://issuer.example".to_string(),
                key: key(3),
            }],
        },
        witness_policy: None,
        contests: vec![Contest {
            id: "budget".to_string(),
            budget: 200,
            currency: "EUR".to_string(),
            decimals: 0,
            projects: vec![project("a"), project("b"), project("c")],
            groups: vec![],
            ballot: BallotKind::Approval {
                min_length: 1,
                max_length: 2,
            },
            limits: vec![],
            rule: WinnerRule {
                method: Method::Greedy,
                by: RankBy::Votes,
                group_budgets: vec![],
                leftover: false,
            },
            tie_break: TieBreak::LowerCost,
        }],
        styles: vec![Style {
            name: "all".to_string(),
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

/// The fields that a change makes the check complain about.
fn fields(change: impl FnOnce(&mut Manifest)) -> Vec<String> {
    let mut manifest = manifest();
    change(&mut manifest);
    manifest
        .check()
        .err()
        .into_iter()
        .flatten()
        .map(|problem| problem.field)
        .collect()
}

#[test]
fn a_coherent_manifest_is_accepted() {
    assert_eq!(manifest().check(), Ok(()));
}

#[test]
fn b8_a_project_id_that_stands_twice_is_refused() {
    assert_eq!(
        fields(|m| m.contests[0].projects[2].id = "a".to_string()),
        ["contests[0].projects[2]"]
    );
}

#[test]
fn b8_a_style_or_contest_name_that_stands_twice_is_refused() {
    let style = |m: &mut Manifest| m.styles.push(m.styles[0].clone());
    assert_eq!(fields(style), ["styles[1]"]);
    let contest = |m: &mut Manifest| {
        m.contests.push(m.contests[0].clone());
        m.styles[0].contests = vec![0, 1];
    };
    assert_eq!(fields(contest), ["contests[1]"]);
}

#[test]
fn e6_one_key_in_two_roles_is_refused() {
    assert_eq!(
        fields(|m| m.trustees.members[1].key = key(2)),
        ["trustees.members[1].key"]
    );
    assert_eq!(
        fields(|m| m.issuers.members[0].key = key(1)),
        ["issuers.members[0].key"]
    );
}

#[test]
fn d11_so_few_trustees_that_two_groups_or_one_alone_could_read_are_refused() {
    assert_eq!(fields(|m| m.trustees.threshold = 1).len(), 2);
    let half = |m: &mut Manifest| {
        let mut fourth = m.trustees.members[0].clone();
        (fourth.name, fourth.key) = ("d".to_string(), key(40));
        m.trustees.members.push(fourth);
    };
    assert_eq!(fields(half), ["trustees.threshold"]);
}

#[test]
fn thresholds_that_nobody_can_reach_are_refused() {
    assert_eq!(fields(|m| m.trustees.threshold = 4), ["trustees.threshold"]);
    assert_eq!(fields(|m| m.officers.threshold = 2), ["officers.threshold"]);
}

#[test]
fn b10_totals_that_could_not_be_decrypted_are_refused() {
    let points = |most| {
        move |m: &mut Manifest| {
            m.contests[0].ballot = BallotKind::Points {
                min_points: 0,
                max_points: most,
                default_points: 0,
                sum: None,
                min_length: 0,
                max_length: 3,
            };
        }
    };
    assert!(fields(points(32_768)).is_empty());
    assert!(fields(points(32_769)).contains(&"contests[0].ballot".to_string()));
}

#[test]
fn a11_amounts_that_could_wrap_around_are_refused() {
    assert_eq!(
        fields(|m| m.contests[0].projects[0].cost = 1 << 53),
        ["contests[0].budget"]
    );
}

#[test]
fn a_ballot_of_more_than_900_cells_is_refused() {
    let wide = |projects: u32| {
        move |m: &mut Manifest| {
            let project = |index| Project {
                id: format!("p{index}"),
                cost: 1,
                groups: vec![],
            };
            m.contests[0].projects = (0..projects).map(project).collect();
            m.contests[0].ballot = BallotKind::Ranking {
                min_length: 1,
                max_length: 30,
                points: PlacePoints::FromLast,
            };
        }
    };
    assert_eq!(fields(wide(30)), [""; 0]);
    assert_eq!(fields(wide(31)), ["contests[0].ballot", "styles[0]"]);
}

#[test]
fn unsafe_names_addresses_and_times_are_refused() {
    let file = |name: &str| {
        let name = name.to_string();
        move |m: &mut Manifest| {
            m.content.push(ContentFile {
                name,
                sha256: [0; 32].into(),
                length: 1,
            });
        }
    };
    assert_eq!(fields(file("../x")), ["content[0].name"]);
    assert_eq!(fields(file(".x")), ["content[0].name"]);
    assert!(fields(file("projects.en.json")).is_empty());
    assert_eq!(fields(|m| m.ledger.url = "ftp://x".to_string()), ["ledger.url"]);
    assert_eq!(fields(|m| m.ledger.origin = "a b".to_string()), ["ledger.origin"]);
    assert_eq!(fields(|m| m.closing = 1), ["closing"]);
    assert_eq!(fields(|m| m.batch.max_ms = 10), ["batch.max_ms"]);
    assert_eq!(fields(|m| m.issuers.token_bits = 1024), ["issuers.token_bits"]);
    assert_eq!(fields(|m| m.styles[0].contests = vec![0, 5]), ["styles[0]"]);
}

#[test]
fn a_manifest_that_does_not_fit_into_an_entry_is_refused() {
    let texts = |m: &mut Manifest| {
        let file = |number| ContentFile {
            name: alloc::format!("file-{number}"),
            sha256: [0; 32].into(),
            length: 1,
        };
        m.content = (0..1_500).map(file).collect();
    };
    assert_eq!(fields(texts), ["manifest"]);
}
