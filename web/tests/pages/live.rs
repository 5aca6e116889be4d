//! A real ballot box, from the first ballot to the result.

use crate::desk::{Desk, kit::Story, people};
use crate::judge::Page;
use crate::site::{ENGLISH, Files, Site, poll_path, results_path, seal};

#[test]
fn pages_follow_a_ballot_box_from_the_first_ballot_to_the_result() {
    let files: Files = [("projects.json", ENGLISH.as_bytes().to_vec())].into();
    let mut story = Story::whole_setup(people(|manifest| seal(manifest, &files)));
    let desk = Desk::serving(&story, ENGLISH.as_bytes());
    let site = Site::reading(&desk.client.url);
    let counted = |count: u32| format!("<dd>{count} <span class=\"minor\">of 16 people on the roll");
    site.reader.wait_for("/en/", "Voting is open");
    site.reader.wait_for(&poll_path("en", &story), &counted(0));
    desk.decide(&mut story);
    site.reader.wait_for("/en/", "Result is known");
    let page = site.reader.page(&results_path("en", &story));
    let page = Page::parse("results", &page);
    page.judge("en", "ltr");
    assert_eq!(page.all("table").len(), 2);
    assert!(page.text("main").contains("10 ballots count."));
    site.reader.wait_for(&poll_path("en", &story), &counted(10));
}
