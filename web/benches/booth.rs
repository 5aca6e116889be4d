//! How long voters wait, in Chromium, with real servers: `cargo bench --package
//! web --bench booth` (benches/README.md). One table, medians in milliseconds.
//!
//! Builds the booth through `cargo xtask`; says so where that, Node or Chromium
//! is not to be had.

#[path = "../tests/browser/mod.rs"]
#[allow(dead_code)] // the tests use all of it
mod browser;
#[path = "../tests/booth/large.rs"]
mod large;
#[path = "../tests/booth/town.rs"]
#[allow(dead_code)]
mod town;
#[path = "../../ballot-box/tests/desk/mod.rs"]
mod desk;

use std::collections::BTreeMap;

use browser::Browser;
use serde_json::json;
use town::Town;

/// Voters of each size.
const RUNS: usize = 15;
/// Projects, and the milliseconds that sealing them may take.
const SIZES: [(u32, f64); 3] = [(20, 40.0), (100, 150.0), (200, 300.0)];
/// Milliseconds until a page is usable.
const PAGE: f64 = 1_000.0;

fn main() {
    let Some((browser, booth)) = browser::booth::ready(&["steps.mjs", "speed.mjs"]) else {
        return;
    };
    println!("Chromium, {RUNS} voters each, every one with an empty browser; milliseconds");
    println!(
        "{:<32} {:>8} {:>8} {:>8} {:>8}",
        "", "median", "least", "most", "goal"
    );
    for (projects, goal) in SIZES {
        let town = Town::open(&booth, |manifest| large::many(manifest, projects));
        let mut facts = town.facts();
        facts["runs"] = json!(RUNS);
        facts["pages"] = json!(projects == SIZES[0].0);
        let times = measured(&browser, &facts.to_string());
        for (what, times) in times {
            let (what, goal) = match what.as_str() {
                "seal" | "prove" => (format!("  {what}"), None),
                "both" => (format!("sealing {projects} projects"), Some(goal)),
                _ => (format!("{what} is usable ({projects})"), Some(PAGE)),
            };
            print(&what, times, goal);
        }
    }
}

fn measured(browser: &Browser, facts: &str) -> BTreeMap<String, Vec<f64>> {
    let mut node = browser.node("speed.mjs");
    let output = node.arg(facts).arg(browser.shots("speed")).output();
    let output = output.expect("node starts");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let last = said.lines().last().unwrap_or_default();
    serde_json::from_str(last).unwrap_or_else(|_| panic!("{said}"))
}

fn print(what: &str, mut times: Vec<f64>, goal: Option<f64>) {
    times.sort_by(f64::total_cmp);
    let [least, median, most] = [0, times.len() / 2, times.len() - 1].map(|place| times[place]);
    let goal = goal.map(|goal| format!("{}{goal}", if median <= goal { "≤ " } else { "ABOVE " }));
    println!(
        "{what:<32} {median:>8.1} {least:>8.1} {most:>8.1} {:>8}",
        goal.unwrap_or_default()
    );
}
