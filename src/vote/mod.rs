//! `psephos vote`: a voter's device on the command line, for those who do not
//! want a browser and for scripts (specs/05a-voter.md).
//!
//! Whatever is interrupted goes on when the same command is given again: the
//! pass file is written before anything is sent.

mod choices;
mod pass_file;
mod reading;
mod wait;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use auditor::command::election_id;
use ceremony::durable;
use ceremony::passphrase::PassphraseArgs;
use indicatif::{ProgressBar, ProgressStyle};
use voting_core::ballot::Draft;
use voting_core::contest::Choice;
use voting_core::encoding::encode;
use voting_core::hash::Hash;
use voting_core::voter::{Poll, PollError, Stage, StateError, Voter};
use zeroize::Zeroizing;

use crate::device::{Answer, Device};
use pass_file::PassFile;
use reading::Ledger;

/// How long a ballot is handed in again while the ballot box does not answer,
/// or its witnesses do not.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two tries.
const PAUSE: Duration = Duration::from_secs(1);

/// Votes, looks after a vote, and tells what became of it.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  psephos vote https://ledger.example --election 9f2c… --pass pass.age --choose housing=p1,p4
  psephos vote https://ledger.example --election 9f2c… --pass pass.age         # goes on, or says how it stands
  psephos vote https://ledger.example --election 9f2c… --pass pass.age --look  # is my vote there, and counted?

The pass file is your vote's key: whoever has it and its passphrase can vote for you. Keep it until
the result is out. The code of the letter, the passphrase and the choice are asked for, or read from files.

Exit codes: 0 done, 1 refused, or the public record contradicts your receipt, 2 not done: give the same
command again, 64 wrong usage.")]
pub(crate) struct Arguments {
    /// The ballot box's address.
    #[arg(value_name = "URL")]
    ledger: String,
    /// The election id, as your letter and the council's notice print it.
    #[arg(long, value_name = "ID", value_parser = election_id)]
    election: Hash,
    /// The file with your voting pass; it is made if it is not there.
    #[arg(long, value_name = "FILE")]
    pass: PathBuf,
    /// The ballot style that your letter names, where there is more than one.
    #[arg(long, value_name = "NAME")]
    style: Option<String>,
    /// File whose first line is the code of your letter.
    #[arg(long, value_name = "FILE")]
    code_file: Option<PathBuf>,
    /// Your choice in a contest: CONTEST=PROJECT,PROJECT; with points PROJECT:3; a ranking best first.
    #[arg(long, value_name = "CHOICE", conflicts_with = "choices")]
    choose: Vec<String>,
    /// File with a choice on each line.
    #[arg(long, value_name = "FILE")]
    choices: Option<PathBuf>,
    /// Casts without asking.
    #[arg(long, conflicts_with = "check")]
    cast: bool,
    /// Casts without the wait that the poll asks for. Who sees when you got your pass and when a ballot
    /// came may then guess which is yours.
    #[arg(long)]
    now: bool,
    /// Checks this program instead of casting: writes what it sealed, for `auditor ballot` on another device.
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    /// Writes the receipt, for `auditor receipt`.
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
    /// Reads the whole public record, and says which of your ballots is there and counts.
    #[arg(long)]
    look: bool,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// What the voter decides when the tracker is shown.
enum Decision {
    Cast,
    Check(PathBuf),
    Neither,
}

/// Does what is asked; `false` if something was refused, or is contradicted.
pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let ledger = Ledger::read(&arguments.ledger)?;
    let (file, saved) = PassFile::open(arguments.pass.clone(), &arguments.passphrase)?;
    let polls = arguments.polls(&ledger)?;
    let voter = match &saved {
        Some(saved) => resume(&polls, saved)?,
        None => begin(&polls, &file)?,
    };
    let mut desk = Desk {
        arguments,
        device: Device::new(1),
        file,
        voter,
    };
    desk.get_passes()?;
    desk.sends_at()?;
    desk.confirm()?;
    if let Some(choices) = arguments.read_choices()? {
        desk.vote(&choices)?;
    }
    let right = match arguments.look {
        true => desk.look(&ledger)?,
        false => true,
    };
    desk.end(right)
}

impl Arguments {
    /// The polls of the styles that may be meant.
    fn polls(&self, ledger: &Ledger) -> Result<Vec<Poll>> {
        let styles = (0..).zip(ledger.styles());
        let meant = styles.filter(|(_, style)| self.style.as_ref().is_none_or(|name| name == style));
        let polls = meant.map(|(style, _)| ledger.poll(&self.election, style));
        let polls = polls.collect::<Result<Vec<_>, PollError>>()?;
        if polls.is_empty() {
            let names: Vec<&str> = ledger.styles().collect();
            bail!("--style is one of {}", names.join(", "));
        }
        Ok(polls)
    }

    /// The code of the letter.
    fn code(&self) -> Result<Zeroizing<String>> {
        let Some(path) = &self.code_file else {
            let code = rpassword::prompt_password("Code of your letter: ");
            let code =
                code.context("no terminal to ask for the code of your letter: use --code-file FILE")?;
            return Ok(Zeroizing::new(code.trim().to_owned()));
        };
        let text = Zeroizing::new(durable::read(path)?);
        let text = std::str::from_utf8(&text).with_context(|| path.display().to_string())?;
        Ok(Zeroizing::new(
            text.lines().next().unwrap_or_default().trim().to_owned(),
        ))
    }

    fn read_choices(&self) -> Result<Option<Vec<String>>> {
        let Some(path) = &self.choices else {
            return Ok((!self.choose.is_empty()).then(|| self.choose.clone()));
        };
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        Ok(Some(lines.map(str::to_owned).collect()))
    }
}

/// Goes on with a saved pass, which knows its style.
fn resume<'p>(polls: &'p [Poll], saved: &[u8]) -> Result<Voter<'p>> {
    let mut refused = None;
    for poll in polls {
        match Voter::resume(poll, saved) {
            Err(error @ StateError::OtherStyle) => refused = Some(error),
            resumed => return Ok(resumed?),
        }
    }
    Err(refused.map_or_else(|| anyhow::anyhow!("there is no ballot style"), Into::into))
}

fn begin<'p>(polls: &'p [Poll], file: &PassFile) -> Result<Voter<'p>> {
    let [poll] = polls else {
        bail!(
            "this poll has {} ballot styles: name the one of your letter with --style",
            polls.len()
        );
    };
    let voter = Voter::begin(poll, &mut rand::rng())?;
    file.store(&voter)?;
    Ok(voter)
}

/// One voter at work.
struct Desk<'a, 'p> {
    arguments: &'a Arguments,
    device: Device,
    file: PassFile,
    voter: Voter<'p>,
}

impl Desk<'_, '_> {
    /// Asks every issuer whose pass is missing.
    fn get_passes(&mut self) -> Result<()> {
        let missing: Vec<u32> = self.voter.outstanding().collect();
        if missing.is_empty() {
            return Ok(());
        }
        let code = self.arguments.code()?;
        let poll = self.voter.poll();
        for (index, issuer) in (0..)
            .zip(poll.issuers())
            .filter(|(index, _)| missing.contains(index))
        {
            let keys = self.device.served_keys(&issuer.url)?;
            let served = poll.served(index, keys.iter().map(String::as_str))?;
            let Some(request) = self.voter.request(&served)? else {
                continue;
            };
            match self.device.ask_for_pass(&issuer.url, &request, &code) {
                Answer::Given(pass) => self.voter.answer(index, &pass)?,
                Answer::Refused(why) => {
                    bail!(Refused(format!("{} gives no voting pass: {why}", issuer.name)))
                }
                Answer::Unknown(why) => bail!(
                    "{} does not answer: {why}; give the same command again",
                    issuer.name
                ),
            }
            self.file.store(&self.voter)?;
            say(&format!("Voting pass of {}: here, and verified.", issuer.name));
        }
        Ok(())
    }

    /// Hands in the ballot that has no receipt with its witnesses yet, if there is one.
    fn confirm(&mut self) -> Result<()> {
        self.wait()?;
        let begun = Instant::now();
        while let Some(ballot) = self.voter.unconfirmed() {
            let why = match self.device.hand_in(&self.arguments.ledger, ballot) {
                Answer::Given(receipt) => match self.voter.receive(&receipt)? {
                    Stage::HandedIn => "the witnesses have not confirmed it yet".to_owned(),
                    _ => String::new(),
                },
                Answer::Refused(why) => {
                    self.voter.refused();
                    self.file.store(&self.voter)?;
                    bail!(Refused(format!(
                        "{} The ballot box says: {why}",
                        self.voter.stage()
                    )));
                }
                Answer::Unknown(why) => why,
            };
            self.file.store(&self.voter)?;
            if begun.elapsed() > PATIENCE {
                bail!("{} ({why})", self.voter.stage());
            }
            if self.voter.unconfirmed().is_some() {
                std::thread::sleep(PAUSE);
            }
        }
        Ok(())
    }

    /// Seals a choice, and casts or opens it.
    fn vote(&mut self, texts: &[String]) -> Result<()> {
        let poll = self.voter.poll();
        let choices = choices::parse(poll.contests(), texts)?;
        let draft = self.voter.choose(&choices, &mut rand::rng())?;
        self.file.store(&self.voter)?;
        self.show(&choices, &draft);
        match self.decision()? {
            Decision::Cast => {
                self.voter.cast(draft, &mut rand::rng())?;
                self.file.store(&self.voter)?;
                self.confirm()
            }
            Decision::Check(path) => {
                durable::create(&path, &encode(&draft.open()))?;
                let (path, ledger) = (path.display(), &self.arguments.ledger);
                say(&format!(
                    "Opened into {path}. On another device:\n  \
                     auditor ballot {path} --ledger {ledger} --tracker '<the tracker above>'\n\
                     This ballot will not be cast: choose again to vote."
                ));
                self.nothing_changed();
                Ok(())
            }
            Decision::Neither => {
                say("Nothing was cast.");
                self.nothing_changed();
                Ok(())
            }
        }
    }

    fn nothing_changed(&self) {
        if !self.voter.ballots().is_empty() {
            say("What you cast before stays as it was:");
        }
    }

    fn show(&self, choices: &[Choice], draft: &Draft<'_>) {
        say("\nYour choice, sealed:");
        for (contest, choice) in self.voter.poll().contests().iter().zip(choices) {
            say(&format!("  {}", contest.id));
            for line in choices::lines(contest, choice) {
                say(&format!("    {line}"));
            }
        }
        say(&format!("Tracker  {}\nNot cast yet.", draft.tracker()));
    }

    fn decision(&self) -> Result<Decision> {
        if self.arguments.cast {
            return Ok(Decision::Cast);
        }
        if let Some(path) = &self.arguments.check {
            return Ok(Decision::Check(path.clone()));
        }
        if !std::io::stdin().is_terminal() {
            bail!("no terminal to ask on: add --cast, or --check FILE");
        }
        print!("Write \"cast\" to cast it, \"check\" to check this program instead, anything else to stop: ");
        std::io::stdout().flush()?;
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer)?;
        Ok(match answer.trim() {
            "cast" => Decision::Cast,
            "check" => Decision::Check(self.arguments.pass.with_extension("opening")),
            _ => Decision::Neither,
        })
    }

    /// Whether the public record has what the receipts promise.
    fn look(&mut self, ledger: &Ledger) -> Result<bool> {
        let bar = ProgressBar::new(0);
        if let Ok(style) =
            ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} entries, {eta} left")
        {
            bar.set_style(style);
        }
        let status = ledger.look(&mut self.voter, |done, of| {
            bar.set_length(of);
            bar.set_position(done.min(of));
        })?;
        bar.finish_and_clear();
        self.file.store(&self.voter)?;
        say(&status.to_string());
        Ok(!status.contradicts_a_receipt() && status.by_others() == 0)
    }

    /// Says how it stands; writes the receipt.
    fn end(&self, right: bool) -> Result<bool> {
        say(&format!("\n{}", self.voter.stage()));
        let last = self.voter.ballots().last();
        if let Some((ballot, recording)) = last.and_then(|ballot| Some((ballot, ballot.recording()?))) {
            say(&format!("It is entry {} of the ledger.", recording.index()));
            if let (Some(path), Some(receipt)) = (&self.arguments.receipt, ballot.kept_receipt()) {
                durable::replace(path, receipt.to_string().as_bytes())?;
                say(&format!("Receipt  {}", path.display()));
            }
        }
        Ok(right)
    }
}

/// A server's refusal, which trying again does not change.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Refused(String);

fn say(text: &str) {
    // Who has closed the pipe does not want to know.
    let _ = writeln!(std::io::stdout(), "{text}");
}
