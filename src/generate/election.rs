//! The election's story, from the manifest to the result.

use ::ceremony::officer::ActKind;
use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use voting_core::entry::{Batch, Entry};
use voting_core::tally::Sums;

use super::ledger::{Ledger, Made};
use super::people::People;
use super::plan::Plan;
use super::voters::Booth;
use super::{ceremony, roll};

/// Generates the whole ledger.
pub(super) fn generate(plan: &Plan) -> Result<Made> {
    let people = People::of(plan)?;
    let mut ledger = Ledger::begin(plan.folder.clone(), &ceremony::manifest(&people)?)?;
    ceremony::make_key(plan, &people, &mut ledger)?;
    let secrets = ceremony::shares(&people, &ledger)?;
    roll::announce(plan, &people, &mut ledger)?;
    ceremony::act(&people, &mut ledger, ActKind::Open)?;
    let sums = vote(plan, &people, &mut ledger)?;
    ceremony::act(&people, &mut ledger, ActKind::Close)?;
    ledger.push(&ceremony::tally(plan, &sums))?;
    roll::report(plan, &people, &mut ledger)?;
    ceremony::decrypt(plan, &people, &mut ledger, &secrets, &sums)?;
    ledger.finish(&people)
}

/// Everybody votes; the sums of what counts.
fn vote(plan: &Plan, people: &People, ledger: &mut Ledger) -> Result<Sums> {
    let election = ledger.election().clone();
    let booth = Booth::new(plan, people, &election)?;
    let mut sums = Sums::new(plan.contest.cells());
    let bar = bar(plan.ballots);
    booth.make(|made| {
        let count = made.ballots.len() as u32;
        for (leaf, entry, bytes) in made.ballots {
            ledger.push_encoded(leaf, &entry, bytes)?;
        }
        ledger.push(&Entry::Batch(Batch { count }))?;
        made.counted.iter().for_each(|ballot| sums.add(ballot, 0));
        bar.inc(count.into());
        Ok(())
    })?;
    bar.finish_and_clear();
    Ok(sums)
}

fn bar(ballots: u64) -> ProgressBar {
    let bar = ProgressBar::new(ballots);
    let template = "{bar:30} {human_pos} of {human_len} ballots, {per_sec}, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
