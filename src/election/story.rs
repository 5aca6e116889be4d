//! The story of an election on one page.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use auditor::command::{Source, audit, now, project_names};
use auditor::occasion::{Occasion, Tool};
use ceremony::define::Poll;
use ceremony::officer::ActKind;
use ceremony::pabulib::{File, Purpose};
use issuer::enrol::Letter;
use voting_core::voter::Stage;

use super::people::People;
use super::summary::Summary;
use super::talk::Talk;
use super::voters::Devices;
use super::{count, print, voters};

/// What to run.
pub(crate) struct Plan {
    pub(crate) file: File,
    pub(crate) out: PathBuf,
    pub(crate) token_bits: u32,
}

/// Runs a whole election, from the file to the audit.
pub(crate) fn run(plan: &Plan, talk: &mut Talk) -> Result<Summary> {
    if plan.out.exists() {
        bail!(
            "{} exists already; name a folder that does not",
            plan.out.display()
        );
    }
    let poll = Poll::from_pabulib(&plan.file, Purpose::Replay)?;
    let ballots = plan.file.ballots(&poll.contest);
    match (ballots.accepted.first(), ballots.refused.first()) {
        (None, None) => bail!("the file has no ballots"),
        (None, Some(first)) => bail!(
            "no ballot of the file can be sealed; the first of {}, line {}, voter {}: {}",
            ballots.refused.len(),
            first.line,
            first.voter_id,
            first.reason
        ),
        _ => {}
    }

    talk.stage(
        "define",
        "The poll's rules are fixed and signed before anybody votes; three of four witnesses must confirm every step.",
    );
    let mut people = People::define(&poll, plan.token_bits)?;

    talk.stage(
        "ceremony",
        "Three trustees make a key together; two of them are needed to open any sum.",
    );
    people.make_key()?;

    talk.stage(
        "roll",
        "The issuer publishes who may vote, as pseudonyms, and sends out activation codes.",
    );
    let roll: Vec<String> = ballots
        .accepted
        .iter()
        .map(|ballot| ballot.voter_id.clone())
        .collect();
    let letters = people.enrol(&roll)?;
    people.act(ActKind::Open)?;

    talk.stage(
        "tokens",
        "Every voter gets a voting pass, signed blindly: nobody can tell later whose it was.",
    );
    let device = Devices::new(&people.record()?, people.ledger_url())?;
    let devices = device.passes(in_order(&roll, &letters)?, &talk.bar(roll.len()))?;

    talk.stage(
        "seal",
        "Every device encrypts its ballot and proves that it keeps the rules.",
    );
    let devices = device.seal(&ballots.accepted, devices, &talk.bar(roll.len()))?;

    talk.stage(
        "cast",
        "The ballots go into the public ledger, in shuffled batches; every device verifies its receipt and who confirmed it.",
    );
    let mut devices = device.cast(devices, &talk.bar(roll.len()))?;
    let cast = devices
        .iter()
        .filter(|voter| voter.stage() == Stage::Cast)
        .count();

    talk.stage(
        "close",
        "The officers close. The ballots are added up while they are still encrypted.",
    );
    people.act(ActKind::Close)?;
    people.report()?;
    if let Some(voter) = devices.first_mut() {
        let status = voters::look(voter, &people.record()?)?;
        talk.say(&format!(
            "          One voter looks: {}",
            status.to_string().replace('\n', " ")
        ));
    }

    talk.stage(
        "decrypt",
        "Two trustees audit the whole record, then open the sums, and no single ballot.",
    );
    people.decrypt()?;

    talk.stage(
        "publish",
        "The totals and the winners are published; anybody can compute them again.",
    );
    count::publish(&people)?;
    people.export(&plan.out)?;

    talk.stage(
        "audit",
        "An auditor recomputes everything from the public record alone.",
    );
    let place = plan.out.to_str().context("the folder's name is not text")?;
    let bar = talk.bar(0);
    let mut source = Source::open(place)?;
    let verdict = audit(&mut source, None, &[], &mut |step| {
        bar.set_length(step.of);
        bar.set_position(step.entries);
    })?;
    let names = project_names(&source, verdict.manifest.as_ref());
    let occasion = Occasion {
        source: place.to_owned(),
        time: now(),
        tool: Tool {
            name: env!("CARGO_PKG_NAME"),
            ..Tool::running()
        },
    };
    let page = auditor::report::page(&verdict, &occasion, &names)?;
    let report = plan.out.join("report.html");
    auditor::report::write(&report, &page).with_context(|| report.display().to_string())?;

    let seconds = talk.finish();
    let summary = Summary::new(&poll, &plan.file, &ballots, cast, &verdict, seconds);
    talk.say(&print::report(&poll, &summary, &verdict));
    talk.say(&format!(
        "The auditor's report, to read, print and file: {}\nThe public record is in {place}: auditor verify {place}",
        report.display()
    ));
    Ok(summary)
}

/// The voters' letters, in the order of their ballots.
fn in_order<'a>(voters: &[String], letters: &'a [Letter]) -> Result<Vec<&'a Letter>> {
    let by_line: BTreeMap<&str, &Letter> = letters
        .iter()
        .map(|letter| (letter.line.as_str(), letter))
        .collect();
    let find = |voter: &String| {
        by_line
            .get(voter.as_str())
            .copied()
            .with_context(|| format!("voter {voter} got no letter"))
    };
    voters.iter().map(find).collect()
}
