//! `auditor booth`: whether a web server gives voters the sealed booth
//! (specs/11a-oneself.md §4).

mod build;
mod page;
mod site;

use std::path::PathBuf;

use serde::Serialize;
use voting_core::hash::Hash;

use self::build::{Build, digest};
use self::site::Site;
use super::failure::Failure;
use super::poll::Poll;
use super::print::{line, visible};
use super::read::announced_size;
use super::source::Source;
use super::style::{GREEN, RED, YELLOW, coloured, paint};
use super::{BROKEN, HELD, NOT_CHECKABLE, USAGE, election_id};

/// Checks that the pages for voting are the booth that the election seals.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  auditor booth https://vote.example/en/polls/9f2c1a7be0d3c455/vote --ledger https://ledger.example/budget-2027
  auditor booth https://vote.example/en/polls/9f2c1a7be0d3c455/vote --ledger ./mirror --election 9f2c…
  auditor booth https://vote.example/en/polls/9f2c1a7be0d3c455/vote --ledger ./mirror --build target/booth/booth.manifest.json

Asks as a browser does, so that the server cannot tell an observer from a voter.
Do it often, and from several places. What the sealed booth does is for those who
read its sources and build it again: `cargo xtask booth --check FILE`.

Exit codes: 0 all is as sealed, 1 something differs, 2 something could not be
read, or no booth is sealed, 64 wrong usage.")]
pub(super) struct CheckBooth {
    /// The address of the page for voting, as voters get it.
    #[arg(value_name = "URL")]
    url: String,
    /// A folder or URL with the ledger's files: its entry 0 seals the booth.
    #[arg(long, value_name = "DIR|URL")]
    ledger: String,
    /// The election id published by the council, in hexadecimal. Any other election is refused.
    #[arg(long, value_name = "ID", value_parser = election_id)]
    election: Option<Hash>,
    /// A build manifest of one's own build, which the served one must equal too.
    #[arg(long, value_name = "FILE")]
    build: Option<PathBuf>,
    /// Prints one JSON document instead of text.
    #[arg(long)]
    json: bool,
}

/// What was compared, and what differs.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Report {
    schema: &'static str,
    url: String,
    verdict: &'static str,
    says: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    election: Option<String>,
    /// SHA-256 of the build manifest that the election seals.
    sealed: Option<String>,
    /// What is as sealed, by address.
    same: Vec<String>,
    /// What is not.
    differs: Vec<Difference>,
}

/// Something that voters get and that is not sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Difference {
    /// Its address.
    place: String,
    /// What is wrong with it.
    says: String,
}

impl Difference {
    pub(super) fn new(place: &str, says: impl Into<String>) -> Self {
        Self {
            place: place.to_owned(),
            says: says.into(),
        }
    }
}

impl CheckBooth {
    pub(super) fn run(self) -> u8 {
        let Some(site) = Site::of(&self.url) else {
            eprintln!(
                "auditor: {} is not the http(s) address of a page",
                visible(&self.url)
            );
            return USAGE;
        };
        let mut report = Report {
            schema: "psephos/booth/v1",
            url: self.url.clone(),
            verdict: "not checkable",
            says: String::new(),
            election: None,
            sealed: None,
            same: Vec::new(),
            differs: Vec::new(),
        };
        match self.check(&site, &mut report) {
            Ok(()) if report.differs.is_empty() => {
                report.verdict = "held";
                report.says = "what this server gives voters is the sealed booth".to_owned();
            }
            Ok(()) => {
                report.verdict = "broken";
                report.says = "this server gives voters something else than the sealed booth: do not vote there, and report it".to_owned();
            }
            Err(Failure::Cannot(why)) => report.says = why,
            Err(Failure::Alarm(alarm)) => {
                report.verdict = "broken";
                report.says = alarm.says;
            }
        }
        self.show(&report);
        match report.verdict {
            "held" => HELD,
            "broken" => BROKEN,
            _ => NOT_CHECKABLE,
        }
    }

    fn check(&self, site: &Site, report: &mut Report) -> Result<(), Failure> {
        let poll = self.poll()?;
        report.election = Some(hex::encode(poll.id));
        let sealed = poll.manifest.booth.as_deref().copied();
        report.sealed = sealed.map(hex::encode);
        let own = self.build.as_deref().map(std::fs::read).transpose();
        let own = own.map_err(|error| Failure::Cannot(format!("--build: {error}")))?;
        if sealed.is_none() && own.is_none() {
            return Err(Failure::cannot(
                "this election seals no booth: build it yourself, and compare with --build FILE",
            ));
        }
        let served = site.get(build::PATH)?;
        let expected = [sealed, own.as_deref().map(digest)];
        for expected in expected.into_iter().flatten() {
            if digest(&served) != expected {
                let (expected, found) = (hex::encode(expected), hex::encode(digest(&served)));
                let says = format!("its SHA-256 is {found}, and {expected} is expected");
                report.differs.push(Difference::new(build::PATH, says));
            }
        }
        // Of another build manifest no list of files is believed: only one's own is looked at.
        let listed = match (report.differs.is_empty(), own) {
            (true, _) => served,
            (false, Some(own)) if sealed.is_none_or(|sealed| digest(&own) == sealed) => own,
            (false, _) => return Ok(()),
        };
        let build = Build::parse(&listed)
            .map_err(|why| Failure::Cannot(format!("the sealed build manifest cannot be read: {why}")))?;
        report.same.push(build::PATH.to_owned());
        self.files(site, &build, report)?;
        page::check(site, &build, &poll, report)
    }

    /// The election whose booth it should be. Entry 0 is believed by its id and
    /// its officers' signatures alone.
    fn poll(&self) -> Result<Poll, Failure> {
        let source = Source::open(&self.ledger)?;
        let note = source.read("checkpoint")?;
        let size = announced_size(&note).ok_or_else(|| {
            Failure::Cannot(format!("{} has something else than a checkpoint", self.ledger))
        })?;
        let poll = Poll::read(&source, size, self.election)?;
        poll.head(&note, &self.ledger)?;
        Ok(poll)
    }

    /// Every file of the build is served under its name, byte for byte.
    fn files(&self, site: &Site, build: &Build, report: &mut Report) -> Result<(), Failure> {
        for file in build.files() {
            match site.find(&file.path)? {
                None => report.differs.push(Difference::new(
                    &file.path,
                    format!("{} is not served", file.name),
                )),
                Some(bytes) if digest(&bytes) != file.sha256 => report.differs.push(Difference::new(
                    &file.path,
                    format!(
                        "this is not the sealed {}: its SHA-256 is {}",
                        file.name,
                        hex::encode(digest(&bytes))
                    ),
                )),
                Some(_) => report.same.push(file.path.clone()),
            }
        }
        Ok(())
    }

    fn show(&self, report: &Report) {
        if self.json {
            let text = serde_json::to_string_pretty(report).expect("strings are always JSON");
            return line(&text);
        }
        if let Some(election) = &report.election {
            let pinned = match self.election {
                Some(_) => "the one you asked for",
                None => "compare it with the published one",
            };
            line(&format!("Election   {election} ({pinned})"));
        }
        match &report.sealed {
            Some(sealed) => line(&format!("Sealed     {sealed}")),
            None => line("Sealed     no booth"),
        }
        for place in &report.same {
            line(&format!("Same       {}", visible(place)));
        }
        for difference in &report.differs {
            line(&format!(
                "Differs    {}: {}",
                visible(&difference.place),
                visible(&difference.says)
            ));
        }
        let (word, code) = match report.verdict {
            "held" => ("HELD", GREEN),
            "broken" => ("BROKEN", RED),
            _ => ("NOT CHECKABLE", YELLOW),
        };
        line(&format!(
            "\n{}: {}.",
            paint(word, code, coloured()),
            visible(&report.says)
        ));
    }
}
