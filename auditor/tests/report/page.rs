//! The page: complete, self-contained, and readable for everybody.

use std::collections::{BTreeMap, BTreeSet};

use auditor::report::{ProjectNames, explanations, page, page_without_verdict};
use auditor::{Findings, Proven, Standing, Verdict, Witnesses};
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use crate::html::{Element, elements};
use crate::kit::{Story, golden, voted};
use crate::record::occasion;

fn names() -> ProjectNames {
    ProjectNames::read(br#"{"title":"","language":"en","projects":{"pond":{"name":"A pond"}}}"#)
}

fn page_of(verdict: &Verdict) -> String {
    page(verdict, &occasion(), &names()).unwrap()
}

/// A broken verdict with one finding more than a page shows.
fn broken_verdict() -> Verdict {
    let mut story: Story = golden().clone();
    let last = story.entries.last_mut().unwrap();
    *last.last_mut().unwrap() ^= 1;
    let mut verdict = crate::kit::audit(&story.entries, &[&story.checkpoint()]);
    let place = verdict
        .claims
        .iter()
        .position(|claim| claim.standing.is_broken())
        .unwrap();
    let Standing::Broken { findings } = &verdict.claims[place].standing else {
        panic!()
    };
    let mut many = Findings::default();
    for _ in 0..101 {
        many.push(findings.listed[0].clone());
    }
    verdict.claims[place].standing = Standing::Broken { findings: many };
    verdict
}

fn witnessed() -> Verdict {
    let mut verdict = golden().audit();
    verdict.figures.as_mut().unwrap().witnesses = Witnesses::Sealed {
        quorum: true,
        cosigned: vec!["university".into(), "newspaper".into()],
        not_cosigned: vec!["chamber".into()],
    };
    verdict
}

/// A page of every kind.
fn pages() -> Vec<String> {
    vec![
        page_of(&golden().audit()),
        page_of(&witnessed()),
        page_of(&voted().audit()),
        page_of(&broken_verdict()),
        page_of(&crate::kit::audit(&[b"no manifest".to_vec()], &[])),
        page_without_verdict("tile/entries/000 is missing", &occasion()).unwrap(),
    ]
}

fn named<'a>(all: &'a [Element], name: &'a str) -> impl Iterator<Item = &'a Element> {
    all.iter().filter(move |element| element.name == name)
}

#[test]
fn a_page_needs_nothing_from_elsewhere_and_runs_nothing() {
    for page in pages() {
        for element in elements(&page) {
            for (name, value) in &element.attributes {
                assert!(!name.starts_with("on") && name != "style", "{element:?}");
                if ["href", "src", "action", "srcset", "data", "xlink:href"].contains(&name.as_str()) {
                    assert!(value.starts_with('#'), "{element:?}");
                }
            }
            assert!(!["script", "img", "link", "iframe"].contains(&element.name.as_str()));
        }
        let style = &named(&elements(&page), "style").next().unwrap().text.clone();
        assert!(
            !style.contains("url(") && !style.contains("@import"),
            "a style that fetches"
        );
        // The browser applies this very style and nothing else.
        let hash = Base64::encode_string(&Sha256::digest(style));
        let policy =
            format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
        let policies: Vec<_> = elements(&page)
            .iter()
            .filter(|element| element.get("http-equiv") == Some("Content-Security-Policy"))
            .map(|element| element.get("content").unwrap().to_owned())
            .collect();
        assert_eq!(policies, [policy]);
    }
}

#[test]
fn a_page_can_be_read_without_seeing_it() {
    for page in pages() {
        let all = elements(&page);
        assert_eq!(named(&all, "html").next().unwrap().get("lang"), Some("en"));
        for landmark in ["header", "main", "footer", "title", "h1"] {
            let found =
                named(&all, landmark).filter(|element| !element.within.contains(&"article".to_owned()));
            assert_eq!(found.count(), 1, "{landmark}");
        }
        let mut level = 0;
        for heading in all
            .iter()
            .filter(|element| ["h1", "h2", "h3", "h4"].contains(&element.name.as_str()))
        {
            let next: u32 = heading.name[1..].parse().unwrap();
            assert!(next <= level + 1, "{heading:?} skips a level");
            assert!(!heading.text.trim().is_empty());
            level = next;
        }
        let tables = named(&all, "table").count();
        assert_eq!(named(&all, "caption").count(), tables);
        for head in named(&all, "th") {
            assert!(
                ["row", "col"].contains(&head.get("scope").unwrap_or_default()),
                "{head:?}"
            );
        }
        for picture in named(&all, "svg") {
            assert_eq!(picture.get("role"), Some("img"));
            assert!(
                picture
                    .get("aria-label")
                    .is_some_and(|label| label.contains(" of ") || label.contains("most"))
            );
        }
        let ids: Vec<_> = all.iter().filter_map(|element| element.get("id")).collect();
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "an id stands twice");
        for target in all.iter().filter_map(|element| element.get("href")) {
            assert!(ids.contains(&&target[1..]), "{target} leads nowhere");
        }
        for label in all.iter().filter_map(|element| element.get("aria-labelledby")) {
            assert!(ids.contains(&label), "{label} names nothing");
        }
    }
}

#[test]
fn the_page_tells_everything_that_was_found_out() {
    let verdict = witnessed();
    let page = page_of(&verdict);
    let all = elements(&page);
    let main = &named(&all, "main").next().unwrap().text;
    let figures = verdict.figures.as_ref().unwrap();
    let grouped = |hash: &[u8]| hash.chunks(4).map(hex::encode).collect::<Vec<_>>().join(" ");
    for said in [
        "HELD: all 18 claims hold.",
        "Golden budget",
        &grouped(&figures.election_id),
        &grouped(&figures.root),
        &format!("{} entries", figures.entries),
        "ledger.example/golden",
        "./record",
        "2027-03-08T09:20:13Z",
        &grouped(&[0xcd; 32]),
        "psephos/v1",
        "2 of 3 witnesses confirmed",
        "12 in the record, 10 counted, 2 replaced",
        "A pond",
        "of a budget of 100 EUR",
        "What this audit does not prove",
        "That every voter's device was honest",
        "That nobody was pressed or paid",
    ] {
        assert!(main.contains(said), "{said:?} is missing");
    }
    for (claim, words) in verdict.claims.iter().zip(explanations()) {
        let Standing::Held { note } = &claim.standing else {
            panic!()
        };
        let id = format!("claim-{}", claim.number);
        let place = all.iter().find(|element| element.get("id") == Some(&id)).unwrap();
        let tail = &note[note.char_indices().nth(1).unwrap().0..];
        for said in [
            claim.title,
            claim.clause,
            "✓ held",
            tail,
            words.checked,
            words.matters,
        ] {
            assert!(
                place.text.contains(said),
                "claim {}: {said:?} is missing",
                claim.id
            );
        }
    }
}

#[test]
fn a_broken_verdict_shows_every_finding_up_to_a_number_and_says_how_many_more() {
    let verdict = broken_verdict();
    let page = page_of(&verdict);
    let all = elements(&page);
    let main = &named(&all, "main").next().unwrap().text;
    assert!(main.contains("BROKEN: "), "{main}");
    assert!(main.contains("This copy may be damaged or changed"));
    assert!(main.contains("1 more findings are not shown here. The JSON document"));
    let mut of_claim = BTreeMap::new();
    for claim in &verdict.claims {
        if let Standing::Broken { findings } = &claim.standing {
            of_claim.insert(claim.id, findings.listed.len().min(100));
            let finding = &findings.listed[0];
            for said in [
                &finding.field,
                &finding.expected,
                &finding.found,
                &finding.fault.to_string(),
            ] {
                let said: String = said.chars().take(300).collect();
                assert!(main.contains(&said), "{said:?} is missing");
            }
        }
    }
    let wheres = all.iter().filter(|element| element.get("class") == Some("where"));
    assert_eq!(wheres.count(), of_claim.values().sum::<usize>());
}

#[test]
fn an_open_poll_says_that_it_is_not_finished_and_shows_no_result() {
    let page = page_of(&voted().audit());
    let all = elements(&page);
    let main = &named(&all, "main").next().unwrap().text;
    assert!(main.contains("NOT FINISHED: "));
    assert!(main.contains("No proven result: the sums are not published yet."));
    assert!(main.contains("Still to come."));
    assert!(!main.contains("wins"));
}

#[test]
fn the_same_verdict_on_the_same_occasion_is_the_same_page() {
    assert_eq!(page_of(&golden().audit()), page_of(&golden().audit()));
}

/// WCAG 2.2 §1.4.3: text has a contrast of 4.5 to 1 at least with what is behind it.
#[test]
fn every_colour_of_text_can_be_read_in_light_dark_and_print() {
    let style = include_str!("../../src/report/page.css");
    let schemes: Vec<BTreeMap<&str, f64>> = style
        .split(":root {")
        .skip(1)
        .map(|part| {
            let part = part.split('}').next().unwrap();
            let pairs = part
                .split(';')
                .filter_map(|one| one.trim().strip_prefix("--")?.split_once(": #"));
            pairs.map(|(name, colour)| (name, luminance(colour))).collect()
        })
        .collect();
    assert_eq!(schemes.len(), 3, "light, dark, print");
    for scheme in schemes {
        let contrast = |one: &str, other: &str| {
            let (one, other) = (scheme[one], scheme[other]);
            (one.max(other) + 0.05) / (one.min(other) + 0.05)
        };
        let texts = ["ink", "soft", "link", "held", "broken", "open"];
        let grounds = ["paper", "wash", "held-wash", "broken-wash", "open-wash"];
        for text in texts {
            for ground in grounds {
                let washed = ground
                    .strip_suffix("-wash")
                    .is_some_and(|own| own != text && text != "ink" && text != "link");
                assert!(
                    washed || contrast(text, ground) >= 4.5,
                    "{text} on {ground}: {}",
                    contrast(text, ground)
                );
            }
        }
        // Bars are told from their rails (§1.4.11).
        for bar in ["full", "part"] {
            assert!(contrast(bar, "rail") >= 3.0, "{bar}: {}", contrast(bar, "rail"));
        }
    }
}

/// The relative luminance of `rrggbb` (WCAG 2.2).
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

#[test]
fn h6_what_a_result_tells_of_every_voter_is_said() {
    let told = "Known of each voter:";
    let mut verdict = golden().audit();
    let contest = &mut verdict.results[0];
    let ballots = contest.ballots;
    let Proven::Totals { projects, .. } = &mut contest.standing else {
        panic!()
    };
    for project in projects.iter_mut() {
        project.votes = project.votes.clamp(1, ballots - 1);
    }
    let divided = page_of(&verdict);

    let Proven::Totals { projects, .. } = &mut verdict.results[0].standing else {
        panic!()
    };
    projects[0].votes = ballots;
    projects[1].votes = 0;
    let (all, none) = (projects[0].project.clone(), projects[1].project.clone());
    let agreed = page_of(&verdict);
    let more = agreed.matches(told).count() - divided.matches(told).count();
    assert_eq!(more, 2);
    assert!(agreed.contains(&format!("Every ballot names {all}:")), "{agreed}");
    assert!(agreed.contains(&format!("No ballot names {none}:")), "{agreed}");

    verdict.results[0].ballots = 0;
    assert_eq!(verdict.results[0].unanimous(), Default::default());
}
