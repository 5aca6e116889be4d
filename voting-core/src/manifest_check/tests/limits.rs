//! Every limit from both sides: what just keeps to it is accepted, what just
//! passes it is refused at its field.

use super::*;

/// Accepts the first change and refuses the second, at this field alone.
#[track_caller]
fn between(field: &str, keeps: impl FnOnce(&mut Manifest), passes: impl FnOnce(&mut Manifest)) {
    assert_eq!(fields(keeps), [""; 0], "what keeps to the limit of {field}");
    assert_eq!(fields(passes), [field], "what passes the limit of {field}");
}

/// The same for a value that a field is set to.
#[track_caller]
fn of<T>(field: &str, set: impl Fn(&mut Manifest, T), keeps: T, passes: T) {
    between(field, |m| set(m, keeps), |m| set(m, passes));
}

#[test]
fn texts_are_plain_lines() {
    let title = |m: &mut Manifest, text: &str| m.title = text.to_string();
    of("title", title, &"x".repeat(255), &"x".repeat(256));
    of("title", title, "x", "");
    of("title", title, "a b", " a b");
    of("title", title, "a b", "a b ");
    of("title", title, "a b", "a\tb");
    of("version", |m, version| m.version = version, VERSION, VERSION + 1);
    between(
        "languages",
        |m| m.languages = vec!["en".to_string(), "pt-BR".to_string(), "zh-Hant-TW".to_string()],
        |m| m.languages.clear(),
    );
    let language = |m: &mut Manifest, tag: &str| m.languages = vec![tag.to_string()];
    of("languages", language, "de-AT", "de_AT");
    of("languages", language, "de", "d é");
    let origin = |m: &mut Manifest, name: &str| m.ledger.origin = name.to_string();
    for bad in ["a b", "a+b", "", " a", "a\u{2003}b"] {
        of("ledger.origin", origin, "a", bad);
    }
}

#[test]
fn addresses_are_whole() {
    let ledger = |m: &mut Manifest, url: &str| m.ledger.url = url.to_string();
    for bad in [
        "https://",
        "http://",
        "https://a b",
        "https://a\n",
        "https://é",
        "a",
        "",
    ] {
        of("ledger.url", ledger, "http://a", bad);
    }
    let issuer = |m: &mut Manifest, url: &str| m.issuers.members[0].url = url.to_string();
    of("issuers.members[0].url", issuer, "https://a/b?c", "https:/a");
}

#[test]
fn indices_ascend_and_exist() {
    let shown = |m: &mut Manifest, contests: Vec<u32>| {
        let mut second = m.contests[0].clone();
        second.id = "second".to_string();
        m.contests.push(second);
        m.styles[0].contests = contests;
    };
    of("styles[0]", shown, vec![0, 1], vec![1, 0]);
    let grouped = |m: &mut Manifest, groups: Vec<u32>| {
        m.contests[0].groups = vec!["north".to_string(), "south".to_string()];
        m.contests[0].projects[1].groups = groups;
    };
    let field = "contests[0].projects[1].groups";
    of(field, grouped, vec![0, 1], vec![0, 0]);
    of(field, grouped, vec![1], vec![2]);
    let limited = |m: &mut Manifest, projects: Vec<u32>| {
        let (measure, lo, hi) = (Measure::Count, 0, 1);
        m.contests[0].limits = vec![Limit {
            projects,
            measure,
            lo,
            hi,
        }];
    };
    // No statement can be made of them either.
    let both = ["contests[0].ballot", "contests[0].limits[0]"];
    assert_eq!(fields(|m| limited(m, vec![0, 2])), [""; 0]);
    assert_eq!(fields(|m| limited(m, vec![2, 0])), both);
    let budgets = |m: &mut Manifest, groups: &[u32]| {
        m.contests[0].groups = vec!["north".to_string(), "south".to_string()];
        let own = |&group: &u32| GroupBudget { group, budget: 1 };
        m.contests[0].rule.group_budgets = groups.iter().map(own).collect();
    };
    of("contests[0].rule.group_budgets", budgets, &[0, 1], &[1, 0]);
    let excluded = |m: &mut Manifest, group: Vec<u32>| {
        m.contests[0].rule.method = Method::GreedyExclusive {
            exclusions: vec![group],
            least: 0,
        };
    };
    of("contests[0].rule.exclusions[0]", excluded, vec![0, 1], vec![1, 1]);
    of("contests[0].rule.exclusions[0]", excluded, vec![2], vec![3]);
}

#[test]
fn people_are_enough_and_not_too_many() {
    let officers = |m: &mut Manifest, threshold: u32| {
        let third = |number: u8| Officer {
            name: format!("officer {number}"),
            key: key(100 + number),
        };
        m.officers.members.extend((0..2).map(third));
        m.officers.threshold = threshold;
    };
    of("officers.threshold", officers, 1, 0);
    of("officers.threshold", officers, 3, 4);
    let trustees = |m: &mut Manifest, (threshold, members): (u32, u16)| {
        let trustee = |number: u16| Trustee {
            name: format!("trustee {number}"),
            key: distinct(number),
        };
        m.trustees.members = (0..members).map(trustee).collect();
        m.trustees.threshold = threshold;
    };
    of("trustees.threshold", trustees, (3, 3), (4, 3));
    of("trustees.threshold", trustees, (3, 5), (3, 6));
    of("trustees.threshold", trustees, (2, 3), (1, 1));
    of("trustees.threshold", trustees, (128, 255), (129, 256));
}

/// A key that no other role has.
fn distinct(number: u16) -> crate::encoding::Fixed<32> {
    let mut seed = [200; 32];
    seed[..2].copy_from_slice(&number.to_le_bytes());
    let key = ed25519_dalek::SigningKey::from_bytes(&seed).verifying_key();
    key.to_bytes().into()
}

#[test]
fn issuers_are_one_to_eight() {
    let issuers = |m: &mut Manifest, members: u16| {
        let issuer = |number: u16| Issuer {
            name: format!("issuer {number}"),
            url: "https://issuer.example".to_string(),
            key: distinct(number),
        };
        m.issuers.members = (0..members).map(issuer).collect();
    };
    of("issuers.members", issuers, 1, 0);
    of("issuers.members", issuers, 8, 9);
    for bits in [2048, 4096] {
        of(
            "issuers.token_bits",
            |m, bits| m.issuers.token_bits = bits,
            bits,
            bits + 8,
        );
    }
}

#[test]
fn e6_every_role_has_a_key_of_its_own_that_is_one() {
    let weak: crate::encoding::Fixed<32> = {
        let mut identity = [0; 32];
        identity[0] = 1;
        identity.into()
    };
    let no_point: crate::encoding::Fixed<32> = [2; 32].into();
    for bad in [weak, no_point] {
        of("ledger.key", |m, key| m.ledger.key = key, distinct(0), bad);
        of(
            "officers.members[0].key",
            |m, key| m.officers.members[0].key = key,
            distinct(0),
            bad,
        );
        of(
            "trustees.members[2].key",
            |m, key| m.trustees.members[2].key = key,
            distinct(0),
            bad,
        );
        of(
            "issuers.members[0].key",
            |m, key| m.issuers.members[0].key = key,
            distinct(0),
            bad,
        );
    }
}

#[test]
fn money_is_counted_in_a_known_unit() {
    let currency = |m: &mut Manifest, code: &str| m.contests[0].currency = code.to_string();
    for bad in ["EU", "EURO", "eur", "E1R"] {
        of("contests[0].currency", currency, "", bad);
    }
    of(
        "contests[0].decimals",
        |m, places| m.contests[0].decimals = places,
        4,
        5,
    );
    of(
        "contests[0].budget",
        |m, budget| m.contests[0].budget = budget,
        1 << 52,
        (1 << 52) + 1,
    );
    // The costs of the other two are 200.
    let cost = |m: &mut Manifest, cost| m.contests[0].projects[0].cost = cost;
    of("contests[0].budget", cost, (1 << 52) - 200, (1 << 52) - 199);
}

#[test]
fn b10_points_are_within_what_can_be_read() {
    let points = |m: &mut Manifest, (min_points, max_points, default_points): (i64, i64, i64)| {
        let (sum, min_length, max_length) = (None, 0, 3);
        m.contests[0].ballot = BallotKind::Points {
            min_points,
            max_points,
            default_points,
            sum,
            min_length,
            max_length,
        };
        m.contests[0].rule.by = RankBy::Score;
    };
    of(
        "contests[0].ballot",
        points,
        (32_767, 32_768, 0),
        (32_768, 32_769, 0),
    );
    of(
        "contests[0].ballot",
        points,
        (-32_768, -32_767, 0),
        (-32_769, -32_768, 0),
    );
    of("contests[0].ballot", points, (1, 2, -32_768), (1, 2, -32_769));
}

#[test]
fn rules_say_what_they_need() {
    let grouped = |m: &mut Manifest| {
        m.contests[0].groups = vec!["north".to_string()];
        m.contests[0].rule.group_budgets = vec![GroupBudget { group: 0, budget: 1 }];
    };
    let leftover = |m: &mut Manifest| m.contests[0].rule.leftover = true;
    between(
        "contests[0].rule.leftover",
        |m| {
            grouped(m);
            leftover(m);
        },
        leftover,
    );
    let named = |m: &mut Manifest, name: &str| {
        m.contests[0].rule.method = Method::NotComputed {
            name: name.to_string(),
        };
    };
    of("contests[0].rule", named, "equalshares", "");
    let limit = |m: &mut Manifest, (measure, hi): (Measure, u64)| {
        m.contests[0].limits = vec![Limit {
            projects: vec![0],
            measure,
            lo: 0,
            hi,
        }];
    };
    of(
        "contests[0].limits[0]",
        limit,
        (Measure::Count, 1),
        (Measure::Count, 0),
    );
}

#[test]
fn something_is_voted_on_and_everything_is_shown() {
    between(
        "contests[1]",
        |_| (),
        |m| {
            let mut second = m.contests[0].clone();
            second.id = "second".to_string();
            m.contests.push(second);
        },
    );
    let style = |m: &mut Manifest, name: &str| m.styles[0].name = name.to_string();
    of("styles[0]", style, "north and south", "north,south");
    assert_eq!(fields(|m| m.styles.clear()), ["styles", "contests[0]"]);
    assert_eq!(
        fields(|m| m.styles[0].contests.clear()),
        ["styles[0]", "contests[0]"]
    );
    assert_eq!(fields(|m| m.contests.clear()), ["contests", "styles[0]"]);
}

/// Two contests that a proof has room for one by one, but not together.
#[test]
fn a_style_has_no_more_bits_than_a_proof() {
    let limited = |m: &mut Manifest, contests: u32| {
        let (projects, cost) = (200, 1 << 44);
        let project = |index| Project {
            id: format!("p{index}"),
            cost: cost + u64::from(index),
            groups: vec![],
        };
        let limit = |first| Limit {
            projects: vec![first, first + 1],
            measure: Measure::Cost,
            lo: 0,
            hi: cost,
        };
        m.contests[0].projects = (0..projects).map(project).collect();
        m.contests[0].limits = (0..projects - 1).map(limit).collect();
        for number in 1..contests {
            let id = format!("number {number}");
            m.contests.push(Contest {
                id,
                ..m.contests[0].clone()
            });
        }
        m.styles[0].contests = (0..contests).collect();
    };
    of("styles[0]", limited, 1, 2);
}

#[test]
fn times_leave_room() {
    of("closing", |m, closing| m.closing = closing, 2, 0);
    let delay = |m: &mut Manifest, delay: u32| {
        m.closing = 1_000;
        m.casting_delay = delay;
    };
    of("casting_delay", delay, 999, 1_000);
    of("batch.min_ballots", |m, least| m.batch.min_ballots = least, 1, 0);
    of("batch.max_ms", |m, most| m.batch.max_ms = most, 1_000, 999);
    of("batch.max_ms", |m, most| m.batch.max_ms = most, 600_000, 600_001);
    let none = |m: &mut Manifest, most: u32| (m.batch.min_ms, m.batch.max_ms) = (0, most);
    of("batch.max_ms", none, 1, 0);
}

#[test]
fn content_is_named_safely_and_the_policy_is_there_and_short() {
    let named = |m: &mut Manifest, name: &str| {
        let file = ContentFile {
            name: name.to_string(),
            sha256: [0; 32].into(),
            length: 1,
        };
        m.content.push(file);
    };
    for bad in ["a b", "a/b", ".a", "a\\b", "é"] {
        of("content[0].name", named, "a-b_c.D9", bad);
    }
    let policy = |m: &mut Manifest, (sealed, length): (u8, u64)| {
        let file = ContentFile {
            name: "policy.txt".to_string(),
            sha256: [7; 32].into(),
            length,
        };
        m.content.push(file);
        m.witness_policy = Some([sealed; 32].into());
    };
    of("witness_policy", policy, (7, 65_536), (7, 65_537));
    of("witness_policy", policy, (7, 1), (8, 1));
}

/// The entry holds the manifest, 80 bytes for each officer's signature and 16 around them.
#[test]
fn the_manifest_fits_into_an_entry_to_the_byte() {
    let of_bytes = |m: &mut Manifest, bytes: usize| {
        let officer = |number: u8| Officer {
            name: format!("officer {number}"),
            key: key(100 + number),
        };
        m.officers.members.extend((0..2).map(officer));
        let file = |number: usize| ContentFile {
            name: format!("{number:0>200}"),
            sha256: [0; 32].into(),
            length: 1,
        };
        let size = |m: &Manifest| encode(m).len() + 3 * 80 + 16;
        let each = {
            let (before, mut with) = (size(m), m.clone());
            with.content.push(file(0));
            size(&with) - before
        };
        m.content = (0..(bytes - size(m)) / each - 1).map(file).collect();
        m.title = String::new();
        while size(m) < bytes {
            let last = m.content.len() - 1;
            match m.content[last].name.len() {
                255 => m.content.push(ContentFile {
                    name: format!("last{last}"),
                    ..file(0)
                }),
                _ => m.content[last].name.push('x'),
            }
        }
        m.title = "t".to_string();
        let over = size(m) - bytes;
        let last = m.content.len() - 1;
        let kept = m.content[last].name.len() - over;
        m.content[last].name.truncate(kept);
        assert_eq!(size(m), bytes);
    };
    of("manifest", of_bytes, MAX_ENTRY, MAX_ENTRY + 1);
}
