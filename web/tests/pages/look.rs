//! The pages in a browser: accessibility by axe-core, a phone, the keyboard,
//! wider spacing, forced colours, other time zones, no JavaScript. Screenshots
//! of every page are left in the build folder.

use crate::browser::{Browser, long};
use crate::site::{decided, shown, stages, texts};

#[test]
fn a_browser_finds_no_fault_with_any_page() {
    let browser = match Browser::with(&["look.mjs"]) {
        Ok(browser) => browser,
        Err(why) => return println!("SKIPPED: {why}"),
    };
    let (_, open) = stages().iter().find(|stage| stage.0 == "Voting is open").unwrap();
    for (name, story) in [("open", open), ("decided", decided())] {
        let (_mirror, site) = shown(story, &texts());
        let mut look = browser.node("look.mjs");
        look.arg(&site.reader.url)
            .arg(hex::encode(&story.id()[..8]))
            .arg(browser.shots(name));
        if long() {
            look.arg("all");
        }
        let output = match look.output() {
            Ok(output) => output,
            Err(error) => return println!("SKIPPED: node does not start: {error}"),
        };
        let (said, errors) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        assert!(output.status.success(), "{name}: {said}{errors}");
    }
}
