//! Texts that try to be more than texts.

use crate::desk::kit::People;
use crate::judge::Page;
use crate::site::{Files, poll_path, results_path, seal, shown, stages_of};

const MARKUP: &str = r#"</h4><script src=//evil.example></script><img src=x onerror=alert(1)>'\"><style>*{display:none}</style>&lt;b&gt;"#;

fn hostile() -> Files {
    let text = serde_json::json!({
        "title": MARKUP, "contests": {"parks": MARKUP},
        "projects": {
            "pond": {"name": MARKUP, "description": format!("{MARKUP}\n\n{MARKUP}").repeat(20), "category": MARKUP,
                     "place": MARKUP, "picture": "../../etc/passwd", "picture_alt": MARKUP},
            "trees": {"name": "a\u{202e}b\u{0}c", "picture": "run.svg", "picture_alt": "\"onload=alert(1)"},
        },
    });
    let picture = br#"<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>"#;
    [
        ("projects.json", serde_json::to_vec(&text).unwrap()),
        ("run.svg", picture.to_vec()),
    ]
    .into()
}

#[test]
fn h2_markup_in_a_poll_is_text_on_every_page() {
    let files = hostile();
    let people = People::with(|manifest| {
        manifest.title = MARKUP.into();
        manifest.contests[0].groups = vec![MARKUP.into()];
        manifest.contests[0].projects[2].id = MARKUP.into();
        manifest.contests[0].projects[2].groups = vec![0];
        seal(manifest, &files);
    });
    let stages = stages_of(people);
    let story = &stages.last().unwrap().1;
    let (_mirror, site) = shown(story, &files);
    let attack = "%3C%2Fh1%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%20onfocus%3D%22alert(1)";
    for path in [
        "/en/".to_owned(),
        poll_path("en", story),
        poll_path("ar", story),
        format!(
            "{}&q={attack}&group={attack}&order={attack}",
            poll_path("en", story)
        ),
        format!("/en/polls/{attack}?seed={attack}"),
        results_path("de", story),
    ] {
        let answer = site.reader.get(&path);
        let page = Page::parse(&path, answer.text());
        page.judge(&path[1..3], if path.starts_with("/ar") { "rtl" } else { "ltr" });
        assert_eq!(page.all("script").len(), 1, "{path}");
        assert!(page.all("img").is_empty(), "{path}");
        assert!(
            !answer.text().contains('\u{202e}') && !answer.text().contains('\0'),
            "{path}"
        );
    }
    let page = Page::parse("poll", &site.reader.page(&poll_path("en", story)));
    let heading = page.text("h1");
    assert_eq!(heading, MARKUP, "the reader sees what was written");
    for file in ["run.svg", "..%2f..%2fetc%2fpasswd", "projects.json"] {
        let path = format!("/pictures/{}/{file}", hex::encode(&story.id()[..8]));
        assert_eq!(site.reader.get(&path).status, 404, "{file} is no picture");
    }
}

#[test]
fn h2_a_seed_that_is_no_seed_is_replaced() {
    let stages = crate::site::stages();
    let story = &stages[0].1;
    let (_mirror, site) = shown(story, &crate::site::texts());
    let path = poll_path("en", story).replace("abc", "%22%3E%3Cscript%3E");
    let answer = site.reader.get(&path);
    assert_eq!(answer.status, 303);
    assert!(!answer.header("location").contains("script"));
}
