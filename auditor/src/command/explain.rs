//! `auditor explain`: what a claim means, in plain words.

use super::print::line;
use super::style::{BOLD, coloured, paint};
use super::{HELD, USAGE};
use crate::report::{Explanation, explanation, explanations};

/// Says in plain words what a claim means: what is checked, why, and what if it is broken.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  auditor explain               all claims, by number
  auditor explain 13
  auditor explain eligibility")]
pub(super) struct Explain {
    /// The claim's number or short name, as `auditor verify` prints them. Without it, all are listed.
    claim: Option<String>,
}

impl Explain {
    pub(super) fn run(self) -> u8 {
        let Some(claim) = &self.claim else {
            for one in explanations() {
                line(&format!("{:>3}  {:<12} {}", one.number, one.id, one.title));
            }
            return HELD;
        };
        let Some(one) = explanation(claim) else {
            eprintln!("auditor: there is no claim {claim:?}. `auditor explain` lists all of them.");
            return USAGE;
        };
        explain(&one);
        HELD
    }
}

fn explain(one: &Explanation) {
    let colour = coloured();
    line(&paint(&format!("{}. {}", one.number, one.title), BOLD, colour));
    for (heading, text) in [
        ("What is checked", one.checked),
        ("Why it matters", one.matters),
        ("If it is broken", one.broken),
    ] {
        line(&format!("\n{}", paint(heading, BOLD, colour)));
        wrapped(text).iter().for_each(|text| line(&format!("  {text}")));
    }
    line(&format!("\nClaim \"{}\", specified in {}", one.id, one.clause));
}

/// A text in lines of at most 78 characters.
fn wrapped(text: &str) -> Vec<String> {
    const WIDTH: usize = 78;
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last().map_or(0, |line| line.chars().count());
        if last > 0 && last + 1 + word.chars().count() > WIDTH {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
