//! `auditor booth` on the real pages.

use serde_json::Value;
use web::booth::Booth;

use super::Town;
use crate::browser::booth::booth;
use crate::mirror::{Answer, Mirror};

#[test]
fn h1_the_auditors_command_finds_the_real_pages_as_sealed_and_a_changed_one_not() {
    let booth = match booth() {
        Ok(booth) => booth,
        Err(why) => return println!("SKIPPED: {why}"),
    };
    let town = Town::decided(&booth);
    let look = |site: &str| {
        let url = format!("{site}{}", town.path("en", "vote"));
        let id = hex::encode(town.story.id());
        let words = [
            "auditor",
            "booth",
            &url,
            "--ledger",
            &town.mirror.url,
            "--election",
            &id,
        ];
        let code = auditor::command::run(words.map(Into::into));
        format!("{code:?}")
    };
    let code = |code: u8| format!("{:?}", std::process::ExitCode::from(code));
    assert_eq!(look(&town.site.reader.url), code(0));
    // A server in between that changes one script, and says so nowhere.
    let between = Mirror::of(tempfile::tempdir().unwrap().path());
    copy(&town, &booth, &between);
    assert_eq!(look(&between.url), code(0));
    let engine = booth.file(Booth::ENGINE).unwrap();
    let changed = [engine.body.plain(), b"\n"].concat();
    between.lie(&engine.path[1..], Answer::File(changed));
    assert_eq!(look(&between.url), code(1));
}

/// Every page and file that the command asks for.
fn copy(town: &Town, booth: &Booth, between: &Mirror) {
    let languages = ["en", "ar", "de", "es", "fr", "pl"];
    let pages = languages.iter().flat_map(|language| {
        ["vote", "check", "find-my-ballot", "recount"].map(|page| town.path(language, page))
    });
    let build: Value = serde_json::from_slice(&booth.manifest).unwrap();
    let files = build["files"]
        .as_object()
        .unwrap()
        .keys()
        .map(|name| booth.file(name).unwrap().path.clone());
    let assets = [
        web::assets::assets().script.path.clone(),
        web::assets::assets().style.path.clone(),
    ];
    let manifest = ["/booth/booth.manifest.json".to_owned()];
    for path in pages.chain(files).chain(assets).chain(manifest) {
        let answer = town.site.reader.get(&path);
        assert_eq!(answer.status, 200, "{path}");
        let headers = ["content-type", "content-security-policy"];
        let headers = headers.map(|name| format!("{name}: {}\r\n", answer.header(name)));
        between.lie(&path[1..], Answer::Headed(headers.concat(), answer.bytes));
    }
}
