//! `auditor ballot`: what a device sealed that was asked to show it
//! (specs/10-audit.md §14).

mod ledger;

use std::path::{Path, PathBuf};

use serde::Serialize;
use voting_core::ballot::{Opening, Tracker};
use voting_core::contest::Choice;
use voting_core::encoding::decode;
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::manifest::Contest;
use voting_core::voter::Poll;

use self::ledger::{Ledger, Own};
use super::failure::Failure;
use super::print::{last_words, line, visible};
use super::{code, election_id};
use crate::inspect::plain;

/// The longest file that is read: an opening in hexadecimal is far shorter.
const MAX_FILE: u64 = 1 << 18;

/// Opens a ballot that a device was asked to show ("check my device"), and says what it contains.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  auditor ballot opening.cbor --ledger https://ledger.example/budget-2027 --election 9f2c… --tracker '07f1 …'
  auditor ballot opening.cbor --ledger ./mirror --json

The tracker code is the one that the device showed BEFORE you chose to check it: without it nobody
can tell whether the device sealed what it now shows. A checked ballot is never cast: the device
seals your choice afresh.

Exit codes: 0 the device sealed this and did not cast it; 1 it failed the check; 2 nothing can be
said yet, or something could not be read; 64 wrong usage.")]
pub(super) struct OpenBallot {
    /// The opened ballot, as the device saved it, or its bytes in hexadecimal.
    file: PathBuf,
    /// A folder or URL with the ledger's files. The election's key is read there.
    #[arg(long, value_name = "DIR|URL")]
    ledger: String,
    /// The election id published by the council, in hexadecimal. Any other election is refused.
    #[arg(long, value_name = "ID", value_parser = election_id)]
    election: Option<Hash>,
    /// The tracker code that the device showed before you chose: 64 digits, spaces do not matter.
    #[arg(long, value_name = "CODE", value_parser = tracker)]
    tracker: Option<Hash>,
    /// Prints one JSON document instead of text.
    #[arg(long)]
    json: bool,
}

fn tracker(text: &str) -> Result<Hash, String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut tracker = Hash::default();
    match hex::decode_to_slice(digits, &mut tracker) {
        Ok(()) => Ok(tracker),
        Err(_) => Err("a tracker code has 64 hexadecimal digits".to_owned()),
    }
}

/// What came out.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Report {
    schema: &'static str,
    file: String,
    verdict: &'static str,
    says: String,
    election: Option<String>,
    style: Option<String>,
    sequence: Option<u32>,
    tracker: Option<String>,
    /// Whether the tracker is the one that the voter had before.
    tracker_compared: bool,
    contests: Option<Vec<Answer>>,
    /// Where the opened ballot stands on the ledger: nowhere, if all is well.
    cast_at: Option<u64>,
    /// Other ballots of the same voting pass.
    others: Vec<Own>,
}

/// What the ballot says in one contest.
#[derive(Debug, Serialize)]
struct Answer {
    contest: String,
    /// In the order of the choice: a ranking's best first.
    projects: Vec<Named>,
    /// Whether the order means something.
    ranked: bool,
}

#[derive(Debug, Serialize)]
struct Named {
    project: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<i64>,
}

impl Answer {
    fn of(contest: &Contest, choice: &Choice) -> Self {
        let named = |index: u32, points| Named {
            project: contest
                .projects
                .get(index as usize)
                .map_or_else(|| format!("number {index}"), |project| project.id.clone()),
            points,
        };
        let projects = match choice {
            Choice::Projects(all) | Choice::Ranking(all) => all.iter().map(|&one| named(one, None)).collect(),
            Choice::Points(all) => all
                .iter()
                .map(|&(one, points)| named(one, Some(points)))
                .collect(),
        };
        Self {
            contest: contest.id.clone(),
            projects,
            ranked: matches!(choice, Choice::Ranking(_)),
        }
    }

    fn in_words(&self) -> String {
        let word = |(place, named): (usize, &Named)| match named.points {
            Some(points) => format!("{} ({points} points)", named.project),
            None if self.ranked => format!("{}. {}", place + 1, named.project),
            None => named.project.clone(),
        };
        match self.projects.as_slice() {
            [] => "names no project".to_owned(),
            named => named.iter().enumerate().map(word).collect::<Vec<_>>().join(", "),
        }
    }
}

impl OpenBallot {
    pub(super) fn run(self) -> u8 {
        let mut report = Report {
            schema: "psephos/opened/v1",
            file: self.file.display().to_string(),
            verdict: "not checkable",
            says: String::new(),
            election: None,
            style: None,
            sequence: None,
            tracker: None,
            tracker_compared: false,
            contests: None,
            cast_at: None,
            others: Vec::new(),
        };
        match self.check(&mut report) {
            Ok(()) => {
                report.verdict = "held";
                report.says = "your device sealed this, and did not cast it".to_owned();
            }
            Err(Failure::Alarm(alarm)) => (report.verdict, report.says) = ("broken", alarm.says),
            Err(Failure::Cannot(why)) => report.says = why,
        }
        self.show(&report);
        code(report.verdict)
    }

    fn check(&self, report: &mut Report) -> Result<(), Failure> {
        let bytes = read(&self.file)?;
        let opening: Opening = decode(&bytes).map_err(|error| no_opening(&bytes, &error.to_string()))?;
        report.sequence = Some(u32::from_be_bytes(*opening.sequence));
        let ledger = Ledger::read(&self.ledger, self.election, &opening)?;
        report.election = Some(hex::encode(ledger.poll.election_id()));
        report.style = Some(ledger.style.clone());
        let failed = |why: String| {
            Failure::alarm(format!(
                "{why}. Do not use this device, and report it to the council"
            ))
        };
        let sealed = opening.check(ledger.poll.context()).map_err(|why| {
            failed(format!(
                "what the device shows is no ballot of this election: {why}"
            ))
        })?;
        report.tracker = Some(sealed.to_string());
        report.tracker_compared = self.tracker.is_some();
        let checked = ledger
            .poll
            .check(&bytes, self.tracker.as_ref().unwrap_or(sealed.as_bytes()))
            .map_err(|why| Failure::alarm(why.to_string()))?;
        report.contests = Some(answers(&ledger.poll, checked.choices()));
        report.others = ledger.own.iter().map(|(own, _)| *own).collect();
        for (own, ballot) in &ledger.own {
            if Tracker::of(ledger.poll.election_id(), ballot) == sealed {
                report.cast_at = Some(own.index);
                report.others.retain(|other| other.index != own.index);
                return Err(failed(format!(
                    "this ballot was cast: it is entry {} of the ledger. A ballot that a device has shown must never be",
                    own.index
                )));
            }
            if ballot.sequence == opening.sequence {
                let cell = ledger.first_other_cell(&opening, ballot);
                return Err(failed(format!(
                    "the device cast another ballot in this one's place: entry {} has the same number, {}, but another content, in {cell} first",
                    own.index, own.sequence
                )));
            }
        }
        match self.tracker {
            Some(_) => Ok(()),
            None => Err(Failure::cannot(
                "this is what the device shows now, and it is not on the ledger. Compare the tracker code with the one that the device showed before you chose to check it: only if they are the same did it seal this",
            )),
        }
    }

    fn show(&self, report: &Report) {
        if self.json {
            let text = serde_json::to_string_pretty(report).expect("strings and numbers are always JSON");
            line(&plain(&text));
            return;
        }
        if let Some(election) = &report.election {
            let pinned = match self.election {
                Some(_) => "the one you asked for",
                None => "compare it with the published one",
            };
            line(&format!("Election   {election} ({pinned})"));
        }
        if let Some(style) = &report.style {
            line(&format!("Ballot     of style {}", visible(style)));
        }
        for answer in report.contests.iter().flatten() {
            line(&format!(
                "  {}: {}",
                visible(&answer.contest),
                visible(&answer.in_words())
            ));
        }
        if let Some(tracker) = &report.tracker {
            line(&format!("Tracker    {tracker}"));
        }
        for other in &report.others {
            line(&format!(
                "           entry {} of the ledger is another ballot of the same voting pass",
                other.index
            ));
        }
        line("");
        last_words(report.verdict, code(report.verdict), &report.says);
        if report.contests.is_some() && report.verdict != "broken" {
            line("Is this what you chose? If not, do not use the device, and report it.");
            line(
                "A checked ballot is never cast: to vote, let the device seal your choice afresh, and look here",
            );
            line("again later: its tracker must not appear on the ledger.");
        }
    }
}

fn answers(poll: &Poll, choices: &[Choice]) -> Vec<Answer> {
    let contests = poll.contests().iter();
    contests
        .zip(choices)
        .map(|(contest, choice)| Answer::of(contest, choice))
        .collect()
}

/// The opening's bytes; a file of hexadecimal digits stands for its bytes.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    use std::io::Read;
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_FILE).read_to_end(&mut bytes))
        .map_err(|error| Failure::Cannot(format!("{}: {error}", path.display())))?;
    let digits: Option<String> = core::str::from_utf8(&bytes)
        .ok()
        .map(|text| text.chars().filter(|c| !c.is_whitespace()).collect());
    match digits.and_then(|digits| hex::decode(digits).ok()) {
        Some(decoded) if !decoded.is_empty() => Ok(decoded),
        _ => Ok(bytes),
    }
}

fn no_opening(bytes: &[u8], why: &str) -> Failure {
    match Entry::from_bytes(bytes) {
        Ok(Entry::Ballot(_)) => Failure::cannot(
            "this is a sealed ballot as it is cast, not an opened one: nobody can look into it. `auditor inspect` shows its parts",
        ),
        _ => Failure::Cannot(format!(
            "this is no opened ballot: {why}. If it is all that your device shows, it failed the check: do not use it"
        )),
    }
}
