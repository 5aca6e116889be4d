//! What comes with every answer, and what never does.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha384};

use crate::judge::Page;
use crate::site::{decided, poll_path, results_path, shown, texts};

#[test]
fn h2_every_answer_keeps_others_out() {
    let (_mirror, site) = shown(decided(), &texts());
    let poll = poll_path("en", decided());
    let (results, picture) = (
        results_path("en", decided()),
        format!("/pictures/{}/pond.png", hex::encode(&decided().id()[..8])),
    );
    let asset = web::assets::assets().script.path.clone();
    for path in [
        "/",
        "/en/",
        &poll,
        &results,
        &picture,
        &asset,
        "/nowhere",
        "/healthz",
        "/en",
        "/xx/polls/1",
    ] {
        let answer = site.reader.get(path);
        let policy = answer.header("content-security-policy").to_owned();
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(
            !policy.contains("unsafe") && !policy.contains("http"),
            "{path}: {policy}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-embedder-policy", "require-corp"),
            ("cross-origin-resource-policy", "same-origin"),
            ("integrity-policy", "blocked-destinations=(script)"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(
            answer.header("permissions-policy").contains("camera=()"),
            "{path}"
        );
        for never in ["set-cookie", "server", "etag", "last-modified"] {
            assert!(!answer.headers.contains_key(never), "{path}: {never}");
        }
    }
}

#[test]
fn pages_are_not_stored_and_what_they_load_is_kept_for_ever_under_its_hash() {
    let (_mirror, site) = shown(decided(), &texts());
    let answer = site.reader.get(&poll_path("fr", decided()));
    assert_eq!(answer.header("cache-control"), "no-store");
    let page = Page::parse("poll", answer.text());
    for (selector, attribute) in [("script", "src"), ("link[rel=stylesheet]", "href")] {
        let [path] = page.attributes(selector, attribute).try_into().unwrap();
        let [integrity] = page.attributes(selector, "integrity").try_into().unwrap();
        let file = site.reader.get(&path);
        assert_eq!(
            file.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        let hash = Base64::encode_string(&Sha384::digest(&file.bytes));
        assert_eq!(integrity, format!("sha384-{hash}"));
    }
    let [picture] = page.attributes("img", "src").try_into().unwrap();
    let picture = site.reader.get(&picture);
    assert_eq!(
        (picture.header("content-type"), &picture.bytes[..]),
        ("image/png", crate::site::PIXEL)
    );
}

#[test]
fn head_gives_the_same_headers_and_nothing_else_is_taken() {
    let (_mirror, site) = shown(decided(), &texts());
    let head = site
        .reader
        .ask("HEAD", "/en/", &[("accept-encoding", "identity")]);
    assert_eq!((head.status, head.bytes.len()), (200, 0));
    for (method, path) in [
        ("POST", "/en/"),
        ("PUT", "/"),
        ("DELETE", "/en/privacy"),
        ("POST", "/healthz"),
    ] {
        let refused = site.reader.ask(method, path, &[]);
        assert_eq!(
            (refused.status, refused.header("allow")),
            (405, "GET"),
            "{method} {path}"
        );
        Page::parse("405", refused.text()).judge("en", "ltr");
    }
}

#[test]
fn the_first_page_is_in_the_language_of_the_browser() {
    let (_mirror, site) = shown(decided(), &texts());
    for (wish, place) in [("ar-EG,en;q=0.4", "/ar/"), ("xx", "/en/"), ("pl", "/pl/")] {
        let answer = site.reader.ask("GET", "/", &[("accept-language", wish)]);
        assert_eq!((answer.status, answer.header("location")), (303, place));
        assert_eq!(answer.header("vary"), "accept-language");
    }
    assert_eq!(site.reader.get("/de").header("location"), "/de/");
}

#[test]
fn addresses_that_lead_nowhere_say_so_in_the_readers_language() {
    let (_mirror, site) = shown(decided(), &texts());
    for (path, language, direction) in [
        ("/ar/nowhere", "ar", "rtl"),
        ("/de/polls/0000000000000000", "de", "ltr"),
        ("/fr/polls/..%2f..%2fetc/results", "fr", "ltr"),
        ("/assets/style.0000000000000000.css", "en", "ltr"),
        ("/xx/", "en", "ltr"),
        ("/%ff/", "en", "ltr"),
        ("/en/polls/", "en", "ltr"),
    ] {
        let answer = site.reader.get(path);
        assert_eq!(answer.status, 404, "{path}");
        Page::parse(path, answer.text()).judge(language, direction);
    }
    let damaged = site.reader.get(&format!("{}&q=%ff", poll_path("en", decided())));
    assert!(damaged.status == 400 || damaged.status == 200);
    Page::parse("query", damaged.text()).judge("en", "ltr");
}
