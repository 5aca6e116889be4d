//! `auditor booth`: a web server that gives voters another booth than the
//! sealed one is found out, whatever it changes (attack H1).

use std::sync::Arc;

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256, Sha384};
use tempfile::TempDir;

use crate::kit::People;
use crate::mirror::{Answer, Mirror};
use crate::record::{Record, auditor};

const BUILT: [(&str, &str); 6] = [
    ("booth_bg.wasm", "\0asm"),
    ("engine.js", "engine"),
    ("vote.js", "vote"),
    ("find.js", "find"),
    ("page.js", "page"),
    ("style.css", "style"),
];
const HEADERS: &str = "Content-Type: text/html; charset=utf-8\r\nContent-Security-Policy: ";
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
    worker-src blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types booth; connect-src 'self' https://ledger.example";

fn sha256(text: impl AsRef<[u8]>) -> String {
    hex::encode(Sha256::digest(text))
}

fn integrity(text: &str) -> String {
    format!("sha384-{}", Base64::encode_string(&Sha384::digest(text)))
}

fn path_of(name: &str, text: &str) -> String {
    let (stem, extension) = name.split_once('.').unwrap();
    format!("booth/{stem}.{}.{extension}", &sha256(text)[..16])
}

fn build() -> String {
    let files: serde_json::Map<_, _> = BUILT
        .iter()
        .map(|(name, text)| {
            let file = serde_json::json!({"bytes": text.len(), "sha256": sha256(text)});
            ((*name).to_owned(), file)
        })
        .collect();
    serde_json::json!({"rustc": "any", "files": files}).to_string()
}

/// A web server, and a ledger that seals its booth.
struct Town {
    site: Mirror,
    folder: TempDir,
    people: Arc<People>,
}

impl Town {
    fn honest() -> Self {
        let people = People::with(|manifest| {
            manifest.ledger.url = "https://ledger.example/golden".into();
            manifest.booth = Some(<[u8; 32]>::from(Sha256::digest(build())).into());
        });
        let folder = TempDir::new().unwrap();
        let record = Record::with_entries(people.clone(), &[], 3);
        record.export(&folder.path().join("ledger"), 3);
        let empty = TempDir::new().unwrap();
        let town = Self {
            site: Mirror::of(empty.path()),
            folder,
            people,
        };
        for (name, text) in BUILT {
            town.site.lie(&path_of(name, text), Answer::File(text.into()));
        }
        let asset = |name: &str| BUILT.iter().find(|file| file.0 == name).unwrap().1;
        town.site
            .lie("assets/page.js", Answer::File(asset("page.js").into()));
        town.site
            .lie("assets/style.css", Answer::File(asset("style.css").into()));
        town.site
            .lie("booth/booth.manifest.json", Answer::File(build().into()));
        for language in ["en", "de"] {
            town.page(language, "vote", POLICY, &town.markup(language, "vote.js"));
            town.page(
                language,
                "find-my-ballot",
                POLICY,
                &town.markup(language, "find.js"),
            );
        }
        town
    }

    fn id(&self) -> String {
        hex::encode(self.people.manifest.election_id())
    }

    fn markup(&self, language: &str, script: &str) -> String {
        let text = |name: &str| BUILT.iter().find(|file| file.0 == name).unwrap().1;
        let place = |name: &str| format!("/{}", path_of(name, text(name)));
        let page = if script == "vote.js" {
            "vote"
        } else {
            "find-my-ballot"
        };
        format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>Vote &amp; go</title>\n\
             <link rel=\"stylesheet\" href=\"/assets/style.css\" integrity=\"{}\">\n\
             <link rel=\"icon\" href=\"/assets/icon.svg\">\n\
             <script type=\"module\" src=\"/assets/page.js\" integrity=\"{}\"></script>\n\
             <script type=\"module\" src=\"{}\" integrity=\"{}\"></script>\n</head>\n<body>\n\
             <a href=\"/de/polls/1/{page}\" hreflang=\"de\">Deutsch</a>\n\
             <div id=\"booth\" data-election=\"{}\" data-ledger=\"https://ledger.example/golden\" \
             data-engine=\"{}\" data-engine-integrity=\"{}\" data-module=\"{}\" data-module-integrity=\"{}\">\n\
             <p data-part=\"reading\" hidden>One moment</p></div>\n</body>\n</html>\n",
            integrity(text("style.css")),
            integrity(text("page.js")),
            place(script),
            integrity(text(script)),
            self.id(),
            place("engine.js"),
            integrity(text("engine.js")),
            place("booth_bg.wasm"),
            integrity(text("booth_bg.wasm")),
        )
    }

    fn page(&self, language: &str, name: &str, policy: &str, markup: &str) {
        let headers = format!("{HEADERS}{policy}\r\n");
        let answer = Answer::Headed(headers, markup.as_bytes().to_vec());
        self.site.lie(&format!("{language}/polls/1/{name}"), answer);
    }

    #[track_caller]
    fn run(&self, more: &[&str], code: i32) -> String {
        let url = format!("{}/en/polls/1/vote", self.site.url);
        auditor(
            self.folder.path(),
            &[&["booth", &url, "--ledger", "ledger"], more].concat(),
            code,
        )
    }
}

#[test]
fn an_honest_server_gives_the_sealed_booth_in_every_language() {
    let town = Town::honest();
    let shown = town.run(&["--election", &town.id()], 0);
    assert!(shown.contains("HELD"), "{shown}");
    for place in [
        "/booth/booth.manifest.json",
        "/en/polls/1/vote",
        "/de/polls/1/vote",
        "/en/polls/1/find-my-ballot",
    ] {
        assert!(shown.contains(&format!("Same       {place}")), "{place}: {shown}");
    }
    let json = town.run(&["--json"], 0);
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(report["verdict"], "held");
    assert_eq!(report["sealed"], sha256(build()));
    assert_eq!(report["differs"], serde_json::json!([]));
    town.run(&["--election", &"ab".repeat(32)], 1);
}

#[test]
fn h1_any_changed_byte_of_the_booth_is_found() {
    for (name, text) in BUILT {
        let town = Town::honest();
        town.site
            .lie(&path_of(name, text), Answer::File(format!("{text} ").into()));
        let shown = town.run(&[], 1);
        assert!(
            shown.contains(&format!("this is not the sealed {name}")),
            "{shown}"
        );
        town.site.lie(&path_of(name, text), Answer::Status(404));
        town.run(&[], 1);
    }
    let town = Town::honest();
    town.site
        .lie("assets/page.js", Answer::File(b"page; steal()".to_vec()));
    let shown = town.run(&[], 1);
    assert!(
        shown.contains("/assets/page.js, which is no file of the sealed booth"),
        "{shown}"
    );
    // Another build, whole in itself.
    let town = Town::honest();
    let other = build().replace("any", "other");
    town.site
        .lie("booth/booth.manifest.json", Answer::File(other.into()));
    let shown = town.run(&[], 1);
    assert!(shown.contains(&sha256(build())), "{shown}");
}

#[test]
fn h1_a_page_that_runs_anything_else_is_found_in_any_language() {
    let vote = integrity("vote");
    let changes: [(&str, &str, &str); 12] = [
        (
            "</head>",
            "<script type=\"module\" src=\"/evil.js\"></script></head>",
            "not served",
        ),
        (
            "</head>",
            "<script type=\"module\" src=\"https://evil.example/x.js\"></script></head>",
            "not this site's",
        ),
        (
            "</head>",
            "<script type=\"module\" src=\"//evil.example/x.js\"></script></head>",
            "not this site's",
        ),
        (
            "</head>",
            "<script>steal()</script></head>",
            "not written as these pages are",
        ),
        ("<body>", "<body onload=\"steal()\">", "attribute onload"),
        ("<body>", "<body><iframe src=\"/x\"></iframe>", "element <iframe>"),
        ("<body>", "<body><style>p{}</style>", "element <style>"),
        (
            "<meta charset",
            "<meta http-equiv=\"refresh\" charset",
            "attribute http-equiv",
        ),
        (
            "<body>",
            "<body><!-- a comment -->",
            "not written as these pages are",
        ),
        (vote.as_str(), "sha384-AAAA", "without its right integrity"),
        (
            "https://ledger.example/golden",
            "https://evil.example",
            "names another ledger",
        ),
        ("data-election=\"", "data-election=\"ab", "names another election"),
    ];
    for (from, to, says) in changes {
        for language in ["en", "de"] {
            let town = Town::honest();
            let markup = town.markup(language, "vote.js");
            assert!(markup.contains(from), "{from}");
            town.page(language, "vote", POLICY, &markup.replacen(from, to, 1));
            let shown = town.run(&[], 1);
            assert!(shown.contains(says), "{to}: {shown}");
        }
    }
    // A worker other than the sealed one, though its integrity is right.
    let town = Town::honest();
    town.site.lie("booth/other.js", Answer::File(b"other".to_vec()));
    let engine = format!("/{}", path_of("engine.js", "engine"));
    let markup = town.markup("en", "vote.js").replace(&engine, "/booth/other.js");
    town.page(
        "en",
        "vote",
        POLICY,
        &markup.replace(&integrity("engine"), &integrity("other")),
    );
    assert!(
        town.run(&[], 1)
            .contains("/booth/other.js, which is no file of the sealed booth")
    );
}

#[test]
fn h1_a_policy_that_lets_more_in_is_found() {
    let changes = [
        (
            "script-src 'self'",
            "script-src 'self' 'unsafe-inline'",
            "'unsafe-inline' by script-src",
        ),
        (
            "script-src 'self'",
            "script-src 'self' https://evil.example",
            "https://evil.example by script-src",
        ),
        (
            "connect-src 'self'",
            "connect-src 'self' https://evil.example",
            "https://evil.example by connect-src",
        ),
        ("connect-src 'self'", "connect-src *", "* by connect-src"),
        ("base-uri 'none'; ", "", "nothing about base-uri"),
        ("default-src 'none'", "default-src *", "* by default-src"),
        ("worker-src blob:", "worker-src *", "* by worker-src"),
        ("default-src", "script-src *; default-src", "* by script-src"),
    ];
    for (from, to, says) in changes {
        let town = Town::honest();
        town.page(
            "en",
            "vote",
            &POLICY.replacen(from, to, 1),
            &town.markup("en", "vote.js"),
        );
        let shown = town.run(&[], 1);
        assert!(shown.contains(says), "{to}: {shown}");
    }
    for more in [
        "Refresh: 0;url=https://evil.example",
        "Link: </x.css>; rel=stylesheet",
        "Set-Cookie: a=b",
    ] {
        let town = Town::honest();
        let headers = format!("{HEADERS}{POLICY}\r\n{more}\r\n");
        let markup = town.markup("en", "vote.js").into_bytes();
        town.site.lie("en/polls/1/vote", Answer::Headed(headers, markup));
        assert!(town.run(&[], 1).contains("comes with a header"), "{more}");
    }
    let town = Town::honest();
    let markup = town.markup("en", "vote.js").into_bytes();
    let headers = format!("Content-Type: text/html; charset=utf-7\r\nContent-Security-Policy: {POLICY}\r\n");
    town.site
        .lie("en/polls/1/vote", Answer::Headed(headers, markup.clone()));
    town.run(&[], 1);
    town.site.lie("en/polls/1/vote", Answer::File(markup));
    assert!(town.run(&[], 1).contains("no Content-Security-Policy"));
}

#[test]
fn what_cannot_be_compared_is_said_so() {
    let town = Town::honest();
    town.site.lie("en/polls/1/vote", Answer::Status(404));
    town.run(&[], 2);
    town.site.lie("en/polls/1/vote", Answer::Status(503));
    town.run(&[], 2);
    town.site.lie("booth/booth.manifest.json", Answer::Status(404));
    town.run(&[], 2);
    auditor(
        town.folder.path(),
        &["booth", "vote.example", "--ledger", "ledger"],
        64,
    );
    // No booth is sealed: one's own build is compared, or nothing.
    let town = Town::honest();
    let plain = Record::with_entries(People::golden(), &[], 3);
    plain.export(&town.folder.path().join("plain"), 3);
    let url = format!("{}/en/polls/1/vote", town.site.url);
    let shown = auditor(town.folder.path(), &["booth", &url, "--ledger", "plain"], 2);
    assert!(shown.contains("seals no booth"), "{shown}");
    std::fs::write(town.folder.path().join("own"), build()).unwrap();
    town.run(&["--build", "own"], 0);
    std::fs::write(town.folder.path().join("own"), build().replace("any", "mine")).unwrap();
    town.run(&["--build", "own"], 1);
}
