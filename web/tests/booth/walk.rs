//! Whole ways through the booth, in a browser.

use std::sync::Arc;

use serde_json::Value;

use crate::browser::{Browser, long};
use crate::town::{Town, booth};

/// Runs a script with what it needs to know; it prints what went wrong.
#[track_caller]
fn run(browser: &Browser, script: &str, shots: &str, facts: &Value) {
    let mut node = browser.node(script);
    node.arg(facts.to_string()).arg(browser.shots(shots));
    if long() {
        node.arg("all");
    }
    let output = match node.output() {
        Ok(output) => output,
        Err(error) => return println!("SKIPPED: node does not start: {error}"),
    };
    let (said, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{said}{errors}");
    print!("{said}");
}

/// Browser and booth, or a line that says why not.
fn ready(scripts: &[&str]) -> Option<(Browser, Arc<web::booth::Booth>)> {
    let found = Browser::with(scripts).and_then(|browser| Ok((browser, booth()?)));
    found.map_err(|why| println!("SKIPPED: {why}")).ok()
}

#[test]
fn a_ballot_of_every_kind_is_cast_in_several_languages_and_views() {
    let Some((browser, booth)) = ready(&["steps.mjs", "walk.mjs"]) else {
        return;
    };
    let town = Town::open(&booth, |_| {});
    run(&browser, "walk.mjs", "booth", &town.facts());
}

#[test]
fn whatever_goes_wrong_the_page_says_so_and_no_vote_is_lost_or_cast_twice() {
    let Some((browser, booth)) = ready(&["steps.mjs", "broken.mjs"]) else {
        return;
    };
    let town = Town::open(&booth, |_| {});
    run(&browser, "broken.mjs", "broken", &town.facts());
}

#[test]
fn other_ways_the_keyboard_the_second_device_voting_again_and_leaving() {
    let Some((browser, booth)) = ready(&["steps.mjs", "ways.mjs"]) else {
        return;
    };
    let town = Town::open(&booth, |_| {});
    run(&browser, "ways.mjs", "ways", &town.facts());
}
