//! Every page, in every language, at every stage of a poll.

use std::collections::BTreeSet;

use web::languages;

use crate::judge::Page;
use crate::mirror::Mirror;
use crate::site::{Site, decided, folder, poll_path, results_path, shown, stages, texts, turn};

const WORDS: [&str; 3] = ["/how-it-works", "/accessibility", "/privacy"];

#[test]
fn every_page_in_every_language_at_every_stage_is_well_formed() {
    let mirror = Mirror::of(folder(&stages()[0].1, &texts()).path());
    let site = Site::reading(&mirror.url);
    for (says, story) in stages() {
        turn(&mirror, story, &texts());
        site.reader.wait_for("/en/", says);
        for language in languages::all() {
            let tag = language.tag;
            let mut paths = vec![
                format!("/{tag}/"),
                poll_path(tag, story),
                results_path(tag, story),
            ];
            if *says == "Voting is open" {
                paths.extend(WORDS.iter().map(|words| format!("/{tag}{words}")));
                paths.push(format!(
                    "{}&q=pond&group=Nature&order=name",
                    poll_path(tag, story)
                ));
                paths.push(format!("{}&q=nothing+of+the+kind", poll_path(tag, story)));
            }
            for path in paths {
                let page = site.reader.page(&path);
                Page::parse(&path, &page).judge(tag, language.direction);
            }
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    let (_mirror, site) = shown(decided(), &texts());
    let mut seen = BTreeSet::from(["/en/".to_owned()]);
    let mut open = vec!["/en/".to_owned()];
    while let Some(path) = open.pop() {
        let answer = site.reader.get(&path);
        if answer.status == 303 {
            // A poll's page sets out with a seed, a new one every time.
            assert!(answer.header("location").contains("?seed="), "{path}");
            continue;
        }
        assert_eq!(answer.status, 200, "{path}");
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let page = Page::parse(&path, answer.text());
        let mut links = page.attributes("a, link", "href");
        links.extend(page.attributes("img, script", "src"));
        for link in links.into_iter().filter(|link| link.starts_with('/')) {
            if seen.insert(link.clone()) {
                open.push(link);
            }
        }
    }
    assert!(seen.len() > 30, "{seen:?}");
}

#[test]
fn the_result_is_the_proven_one() {
    let (_mirror, site) = shown(decided(), &texts());
    let page = Page::parse("results", &site.reader.page(&results_path("en", decided())));
    let rows: Vec<String> = page
        .all("table tbody tr")
        .iter()
        .map(|row| row.text().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(rows.len(), 6, "{rows:?}");
    let auditor::Proven::Totals { projects, .. } = &decided().audit().results[0].standing else {
        panic!("the golden poll has a result")
    };
    let names = [
        ("pond", "A pond for frogs"),
        ("trees", "Forty lime trees"),
        ("slide", "A long slide"),
    ];
    for (outcome, (id, name)) in projects.iter().zip(names) {
        assert_eq!(outcome.project, id);
        let row = rows
            .iter()
            .find(|row| row.contains(name))
            .expect("a row of its own");
        assert!(row.contains(&format!(" {} ", outcome.votes)), "{row}");
        assert_eq!(row.contains("Funded"), outcome.won, "{row}");
    }
    let text = page.text("main");
    assert!(text.contains("18 of 18 checks held."), "{text}");
    assert!(text.contains(&format!("--election {}", hex::encode(decided().id()))));
}

#[test]
fn an_open_poll_shows_no_result() {
    let (_, open) = stages().iter().find(|stage| stage.0 == "Voting is open").unwrap();
    let (_mirror, site) = shown(open, &texts());
    let poll = Page::parse("poll", &site.reader.page(&poll_path("en", open)));
    assert!(
        poll.text("main")
            .contains("The letter you received says how to vote.")
    );
    assert!(poll.all("a.button").is_empty(), "there is no result to lead to");
    assert_eq!(poll.attributes("time", "datetime"), ["2027-01-26T21:46:40Z"]);
    let results = Page::parse("results", &site.reader.page(&results_path("en", open)));
    assert!(results.all("table").is_empty());
    assert!(
        results
            .text("main")
            .contains("There is no result before voting has ended.")
    );
}

#[test]
fn texts_come_in_the_readers_language_or_in_their_own() {
    let (_mirror, site) = shown(decided(), &texts());
    let page = Page::parse("arabic", &site.reader.page(&poll_path("ar", decided())));
    let names = page.all(".project-name bdi");
    let of = |lang: &str| {
        let own = names.iter().filter(|name| name.attr("lang") == Some(lang));
        own.map(|name| name.text().collect::<String>())
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(of("ar"), BTreeSet::from(["بركة للضفادع".to_owned()]));
    assert_eq!(of("en").len(), 5);
    let german = Page::parse("german", &site.reader.page(&poll_path("de", decided())));
    assert_eq!(german.attributes("h1 bdi", "lang"), ["en"]);
}

#[test]
fn search_category_and_order_are_in_the_address() {
    let (_mirror, site) = shown(decided(), &texts());
    let base = poll_path("en", decided());
    let names = |query: &str| -> Vec<String> {
        let page = Page::parse(query, &site.reader.page(&format!("{base}{query}")));
        let names = page.all(".project-name");
        names.iter().map(|name| name.text().collect()).collect()
    };
    assert_eq!(names("&q=LIME"), ["Forty lime trees"]);
    assert_eq!(names("&q=mill+frogs"), ["A pond for frogs"]);
    assert_eq!(
        names("&group=Nature&order=name"),
        ["A pond for frogs", "Forty lime trees"]
    );
    assert_eq!(
        names("&group=Nowhere").len(),
        6,
        "a category that is none leaves out nothing"
    );
    assert_eq!(
        names("&order=cost")[..3],
        ["Forty lime trees", "A pond for frogs", "A long slide"]
    );
    assert_eq!(names(""), names(""), "one address, one order");
    let path = base.replace("seed=abc", "");
    let orders = (0..12).map(|seed| {
        let page = Page::parse("order", &site.reader.page(&format!("{path}seed={seed}")));
        page.text(".project-name")
    });
    assert!(
        orders.collect::<BTreeSet<_>>().len() > 3,
        "other seeds, other orders"
    );
}

#[test]
fn a_poll_without_a_seed_gets_one() {
    let (_mirror, site) = shown(decided(), &texts());
    let base = poll_path("en", decided());
    let base = base.split('?').next().unwrap();
    let place = |query: &str| {
        let answer = site.reader.get(&format!("{base}{query}"));
        assert_eq!(answer.status, 303);
        answer.header("location").to_owned()
    };
    assert_ne!(place(""), place(""));
    let kept = place("?q=caf%C3%A9+%26&order=cost&seed=NOT");
    assert!(
        kept.starts_with(&format!("{base}?q=caf%C3%A9%20%26&order=cost&seed=")),
        "{kept}"
    );
    site.reader.page(&kept);
}
