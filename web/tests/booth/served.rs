//! What is served is what was built, under rules that let nothing else run.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256, Sha384};

use crate::browser::booth::booth;
use crate::judge::Page;
use crate::town::Town;

fn get(url: &str) -> (u16, ureq::http::HeaderMap, Vec<u8>) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut answer = agent.get(url).call().unwrap();
    (
        answer.status().as_u16(),
        answer.headers().clone(),
        answer.body_mut().read_to_vec().unwrap(),
    )
}

/// The value of an attribute of the page's only element that has it.
fn attribute<'a>(page: &'a str, name: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!(" {name}=\"")).unwrap();
    rest.split_once('"').unwrap().0
}

#[test]
fn h1_the_page_runs_the_sealed_booth_and_nothing_else() {
    let booth = match booth() {
        Ok(booth) => booth,
        Err(why) => return println!("SKIPPED: {why}"),
    };
    let town = Town::open(&booth, |_| {});
    let facts = town.facts();
    let site = facts["site"].as_str().unwrap();
    let vote = format!("{site}/de/polls/{}/vote", facts["poll"].as_str().unwrap());
    let (status, headers, page) = get(&vote);
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, 200);
    let policy = headers["content-security-policy"].to_str().unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src blob:",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types booth",
    ] {
        let stands = policy.split("; ").any(|directive| directive == part);
        assert!(stands, "{part}: {policy}");
    }
    let connect = policy.split("connect-src ").nth(1).unwrap();
    let mut origins: Vec<&str> = connect.split(' ').collect();
    let mut sealed = vec!["'self'", facts["ledger"].as_str().unwrap()];
    sealed.extend(
        facts["issuers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|url| url.as_str().unwrap()),
    );
    origins.sort_unstable();
    sealed.sort_unstable();
    assert_eq!(origins, sealed, "the sealed servers of this poll alone");

    // The build manifest is the sealed one, and lists what the page loads.
    let (_, _, manifest) = get(&format!("{site}/booth/booth.manifest.json"));
    assert_eq!(
        Some(<[u8; 32]>::from(Sha256::digest(&manifest)).into()),
        town.story.people.manifest.booth
    );
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    for (name, src, integrity) in [
        ("engine.js", "data-engine", "data-engine-integrity"),
        ("booth_bg.wasm", "data-module", "data-module-integrity"),
    ] {
        let (_, headers, bytes) = get(&format!("{site}{}", attribute(&page, src)));
        assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
        let sha384 = Base64::encode_string(&Sha384::digest(&bytes));
        assert_eq!(attribute(&page, integrity), format!("sha384-{sha384}"));
        assert_eq!(
            manifest["files"][name]["sha256"],
            hex::encode(Sha256::digest(&bytes))
        );
    }
    assert!(page.contains("<script type=\"module\" src=\"/booth/vote."));
    let poll = facts["poll"].as_str().unwrap();
    for language in web::languages::all() {
        let tag = language.tag;
        for page in ["vote", "check"] {
            let path = format!("/{tag}/polls/{poll}/{page}");
            let (status, _, html) = get(&format!("{site}{path}"));
            let html = String::from_utf8(html).unwrap();
            assert_eq!(status, 200, "{path}");
            Page::parse(&path, &html).judge(tag, language.direction);
        }
        let (_, _, list) = get(&format!("{site}/{tag}/polls/{poll}?seed=abc"));
        assert!(
            String::from_utf8(list).unwrap().contains("/vote?seed=abc\""),
            "{tag}"
        );
    }
    for missing in ["/booth/engine.js", "/booth/../Cargo.toml", "/booth/"] {
        assert_eq!(get(&format!("{site}{missing}")).0, 404, "{missing}");
    }
}

#[test]
fn h1_a_poll_is_not_voted_in_with_another_booth_than_the_sealed_one() {
    let booth = match booth() {
        Ok(booth) => booth,
        Err(why) => return println!("SKIPPED: {why}"),
    };
    let town = Town::open(&booth, |manifest| manifest.booth = Some([7; 32].into()));
    let facts = town.facts();
    let (site, poll) = (facts["site"].as_str().unwrap(), facts["poll"].as_str().unwrap());
    let (status, headers, page) = get(&format!("{site}/en/polls/{poll}/vote"));
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, 200);
    assert!(page.contains("This site has no booth for this poll."), "{page}");
    assert!(page.contains("psephos vote") && !page.contains("data-engine"));
    let policy = headers["content-security-policy"].to_str().unwrap();
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
}
