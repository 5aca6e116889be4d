//! Readers look for themselves, in a browser: every ballot is found, a dropped
//! one is called so, the recount says what the command says; and `auditor
//! booth` looks at these very pages.

mod command;
mod find;
mod recount;

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use voting_core::ledger::leaf_hash;
use web::booth::Booth;

use crate::browser::{Browser, booth};
use crate::desk::kit::{People, Story};
use crate::judge::Page;
use crate::mirror::{Answer, Mirror};
use crate::site::{Site, decided, folder, ledger, seal, shown, stages_of, texts};

/// A decided poll whose ledger is a mirror's, and pages with its sealed booth.
struct Town {
    story: Story,
    mirror: Mirror,
    site: Site,
}

impl Town {
    /// With a dozen ballots.
    fn decided(booth: &Arc<Booth>) -> Self {
        Self::after(booth, |people| stages_of(people).pop().unwrap().1)
    }

    /// After this story, of which the people are told who serves its ledger.
    fn after(booth: &Arc<Booth>, told: impl FnOnce(Arc<People>) -> Story) -> Self {
        let empty = tempfile::tempdir().unwrap();
        let mirror = Mirror::of(empty.path());
        let story = told(People::with(|manifest| {
            manifest.languages = vec!["en".into(), "ar".into()];
            manifest.ledger.url = mirror.url.clone();
            manifest.booth = Some(booth.sha256.into());
            seal(manifest, &texts());
        }));
        mirror.turn(folder(&story, &texts()).path());
        let site = Site::with(
            vec![ledger(&mirror.url)],
            Duration::from_secs(600),
            Some(booth.clone()),
        );
        site.reader.wait_for("/en/", "Result is known");
        Self { story, mirror, site }
    }

    fn path(&self, language: &str, page: &str) -> String {
        format!("/{language}/polls/{}/{page}", hex::encode(&self.story.id()[..8]))
    }

    /// The same files somewhere else.
    fn copy(&self) -> Mirror {
        Mirror::of(folder(&self.story, &texts()).path())
    }

    /// As many of its entries as there were then, signed.
    fn until(&self, size: usize) -> Mirror {
        let mut entries = self.story.entries.clone();
        entries.truncate(size);
        Mirror::of(folder(&retold(&self.story, entries), &texts()).path())
    }
}

/// The same ledger's word for other entries.
fn retold(story: &Story, entries: Vec<Vec<u8>>) -> Story {
    let mut retold = story.clone();
    retold.tree = Default::default();
    entries
        .iter()
        .for_each(|entry| retold.tree.push(leaf_hash(entry)));
    retold.entries = entries;
    retold
}

/// What a copy says instead of what the ledger signed: one bit of its last entry differs.
fn twisted(story: &Story) -> Mirror {
    let mut entries = story.entries.clone();
    *entries.last_mut().unwrap().last_mut().unwrap() ^= 1;
    let mirror = Mirror::of(folder(&retold(story, entries), &texts()).path());
    mirror.lie("checkpoint", Answer::File(story.checkpoint()));
    mirror
}

fn run(browser: &Browser, town: &Town, facts: Value, shots: &str) -> Value {
    let mut node = browser.node("oneself.mjs");
    let base = json!({ "site": town.site.reader.url, "facts": facts });
    node.arg(base.to_string()).arg(browser.shots(shots));
    let output = node.output().expect("node started before");
    let (said, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{said}{errors}");
    serde_json::from_str(said.lines().last().unwrap_or_default()).unwrap_or_else(|_| panic!("{said}{errors}"))
}

/// Browser and booth, or a line that says why not.
fn ready() -> Option<(Browser, Arc<Booth>)> {
    booth::ready(&["oneself.mjs"])
}

#[test]
fn without_the_files_the_pages_say_which_command_does_it() {
    let (_mirror, site) = shown(decided(), &texts());
    for page in ["find-my-ballot", "recount"] {
        for (language, direction) in [("en", "ltr"), ("ar", "rtl")] {
            let path = format!("/{language}/polls/{}/{page}", hex::encode(&decided().id()[..8]));
            let text = site.reader.page(&path);
            let page = Page::parse(&path, &text);
            page.judge(language, direction);
            assert!(
                text.contains("<code>auditor ") && !text.contains("receipt-form"),
                "{text}"
            );
        }
    }
}

#[test]
fn h2_the_address_of_a_copy_lets_nothing_into_the_pages_policy() {
    let (_mirror, site) = shown(decided(), &texts());
    let slug = hex::encode(&decided().id()[..8]);
    for copy in [
        "https://a.example;script-src%20*",
        "javascript:alert(1)",
        "//evil",
        "https://a%20b",
        "https://",
        "*",
    ] {
        let answer = site.reader.get(&format!("/en/polls/{slug}/recount?copy={copy}"));
        assert_eq!(answer.status, 400, "{copy}");
    }
    let path = format!("/en/polls/{slug}/recount?copy=https://a.example/%22%3E%3Cscript%3E");
    let text = site.reader.page(&path);
    assert!(!text.contains("\"><script>"), "{text}");
}
