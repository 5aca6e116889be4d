//! Whole ways through the booth, in a browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use serde_json::Value;

use crate::browser::booth::ready;
use crate::browser::{Browser, long};
use crate::town::Town;

/// Runs a script in a town.
#[track_caller]
pub(crate) fn run(browser: &Browser, script: &str, shots: &str, town: &mut Town) {
    let facts = town.facts();
    run_knowing(browser, script, shots, &facts, town);
}

/// Runs a script that knows these facts. It prints what went wrong, and what it wishes to
/// happen there: one line `WISH …`, answered by a line once it has happened.
#[track_caller]
pub(crate) fn run_knowing(browser: &Browser, script: &str, shots: &str, facts: &Value, town: &mut Town) {
    let mut node = browser.node(script);
    node.arg(facts.to_string()).arg(browser.shots(shots));
    if long() {
        node.arg("all");
    }
    let piped = node
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut script = match piped.spawn() {
        Ok(script) => script,
        Err(error) => return println!("SKIPPED: node does not start: {error}"),
    };
    let (mut to, from) = (script.stdin.take().unwrap(), script.stdout.take().unwrap());
    let mut said = String::new();
    for line in BufReader::new(from).lines().map(Result::unwrap) {
        match line.strip_prefix("WISH ") {
            Some(wish) => {
                town.grant(wish);
                writeln!(to, "granted").unwrap();
            }
            None => said.extend([&line, "\n"]),
        }
    }
    let mut errors = String::new();
    script.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
    assert!(script.wait().unwrap().success(), "{said}{errors}");
    print!("{said}");
}

#[test]
fn a_ballot_of_every_kind_is_cast_in_several_languages_and_views() {
    let Some((browser, booth)) = ready(&["steps.mjs", "walk.mjs"]) else {
        return;
    };
    let mut town = Town::open(&booth, |_| {});
    run(&browser, "walk.mjs", "booth", &mut town);
}

#[test]
fn whatever_goes_wrong_the_page_says_so_and_no_vote_is_lost_or_cast_twice() {
    let Some((browser, booth)) = ready(&["steps.mjs", "broken.mjs"]) else {
        return;
    };
    let mut town = Town::open(&booth, |_| {});
    run(&browser, "broken.mjs", "broken", &mut town);
}

#[test]
fn other_ways_the_keyboard_the_second_device_voting_again_and_leaving() {
    let Some((browser, booth)) = ready(&["steps.mjs", "ways.mjs"]) else {
        return;
    };
    let mut town = Town::open(&booth, |_| {});
    run(&browser, "ways.mjs", "ways", &mut town);
}

/// Passes come some seconds before ballots leave, so that both are tried.
#[test]
fn g9_what_takes_its_time_is_said_and_nothing_is_lost_meanwhile() {
    let Some((browser, booth)) = ready(&["steps.mjs", "times.mjs"]) else {
        return;
    };
    let mut town = Town::watched(&booth, |manifest| manifest.casting_delay = 20);
    run(&browser, "times.mjs", "times", &mut town);
}
