//! `auditor verify`: a whole ledger, every claim, and what to publish about it.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, anyhow};
use voting_core::hash::Hash;

use super::document::{self, document};
use super::print::{self, Next};
use super::read::audit;
use super::source::{self, Source};
use super::texts::project_names;
use super::{BROKEN, HELD, NOT_CHECKABLE, USAGE, cache, duration, election_id, progress, worse};
use crate::occasion::{Occasion, Tool};
use crate::report::{self, ProjectNames};
use crate::selftest;
use crate::statement::{AuditorKey, Statement};
use crate::verdict::{Overall, Verdict};

/// Reads a whole ledger, checks every claim, and prints the verdict.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  auditor verify ./record
  auditor verify https://ledger.example/budget-2027 --election 9f2c… --report audit.html
  auditor verify ./record --sign alice.key --statement statement.txt
  auditor verify ./record --json | jq .verdict

Exit codes: 0 everything held, 1 something is broken, 2 something is not
checkable, could not be read, or could not be written, 64 wrong usage.")]
pub(super) struct Verify {
    /// A folder or URL with the ledger's files (checkpoint, tile/entries/…).
    #[arg(value_name = "DIR|URL")]
    source: String,
    /// Prints one JSON document instead of text (specs/audit.schema.json).
    #[arg(long)]
    json: bool,
    /// Prints nothing unless something is wrong or missing.
    #[arg(long, short, conflicts_with = "json")]
    quiet: bool,
    /// Exit code 0 although the poll is still open, if nothing else is wrong.
    #[arg(long)]
    while_open: bool,
    /// The election id published by the council, in hexadecimal. Any other election is refused.
    #[arg(long, visible_alias = "manifest-hash", value_name = "ID", value_parser = election_id)]
    election: Option<Hash>,
    /// A checkpoint kept from an earlier visit: the ledger must be consistent with it.
    #[arg(long, value_name = "FILE")]
    kept: Vec<PathBuf>,
    /// Where what comes from a URL is kept until the audit holds, so that an interrupted one
    /// goes on; by default below $XDG_CACHE_HOME/psephos.
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// How long an address that fails is asked again, `10m` say.
    #[arg(long, value_name = "TIME", value_parser = duration::duration, default_value = "1m")]
    patience: Duration,
    /// Writes a page for people: one HTML file to read, print and file, whatever the verdict.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// The key to sign a statement with (see `auditor key`).
    #[arg(long, value_name = "KEYFILE", requires = "statement")]
    sign: Option<PathBuf>,
    /// Writes a signed statement to publish; `auditor statement` checks it.
    #[arg(long, value_name = "FILE", requires = "sign")]
    statement: Option<PathBuf>,
}

/// The command's clock: seconds since 1970-01-01 UTC.
pub fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |time| time.as_secs())
}

/// What one run has found out, and has to write.
struct Run {
    occasion: Occasion,
    key: Option<AuditorKey>,
    names: ProjectNames,
}

impl Verify {
    pub(super) fn run(self) -> u8 {
        let key = match self.ready() {
            Ok(key) => key,
            Err(error) => {
                eprintln!("auditor: {error:#}");
                return USAGE;
            }
        };
        let mut names = ProjectNames::default();
        let verdict = self.verdict(&mut names);
        let run = Run {
            occasion: self.occasion(),
            key,
            names,
        };
        let code = match &verdict {
            Ok(verdict) => exit_code(verdict, self.while_open),
            Err(_) => NOT_CHECKABLE,
        };
        // First what is kept, then what is said about it.
        let written = self.write(&verdict, &run);
        self.show(&verdict, &run, code);
        written.iter().fold(code, |code, outcome| match outcome {
            Ok(next) => {
                self.say(next);
                code
            }
            Err(error) => {
                eprintln!("auditor: {error:#}");
                worse(code, NOT_CHECKABLE)
            }
        })
    }

    /// What would be found wrong only after a long audit.
    fn ready(&self) -> anyhow::Result<Option<AuditorKey>> {
        for path in [&self.report, &self.statement].into_iter().flatten() {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            if !folder.unwrap_or(Path::new(".")).is_dir() || path.is_dir() {
                return Err(anyhow!(
                    "{} cannot be written there: name a file in a folder that exists",
                    path.display()
                ));
            }
        }
        Ok(self.sign.as_deref().map(AuditorKey::open).transpose()?)
    }

    fn verdict(&self, names: &mut ProjectNames) -> anyhow::Result<Verdict> {
        selftest::quick().map_err(|error| anyhow!("the self-test failed, so no audit was made: {error}"))?;
        let kept = self.kept.iter().map(|path| {
            std::fs::read(path)
                .map_err(|error| anyhow!("cannot read the kept checkpoint {}: {error}", path.display()))
        });
        let kept = kept.collect::<anyhow::Result<Vec<_>>>()?;
        let mut source = self.open()?;
        let mut progress = if self.quiet {
            progress::Progress::hidden()
        } else {
            progress::Progress::begin()
        };
        let verdict = audit(&mut source, self.election, &kept, &mut |step| progress.step(step))?;
        if self.report.is_some() {
            *names = project_names(&source, verdict.manifest.as_ref());
        }
        Ok(verdict)
    }

    fn open(&self) -> anyhow::Result<Source> {
        let folder = self.cache.clone().or_else(|| cache::folder_of(&self.source));
        Ok(match folder.filter(|_| source::is_url(&self.source)) {
            Some(folder) => Source::kept(&self.source, &folder, self.patience)?,
            None => Source::open(&self.source)?,
        })
    }

    fn occasion(&self) -> Occasion {
        // Reading the program's own file takes a moment: only where it is told.
        let told = self.json || self.report.is_some() || self.statement.is_some();
        Occasion {
            source: self.source.clone(),
            time: now(),
            tool: if told { Tool::running() } else { Tool::unhashed() },
        }
    }

    /// Writes report and statement; says what each is good for, or why it is not there.
    fn write(&self, verdict: &anyhow::Result<Verdict>, run: &Run) -> Vec<anyhow::Result<Next>> {
        let report = self
            .report
            .as_deref()
            .map(|path| write_report(path, verdict, run));
        let statement = self
            .statement
            .as_deref()
            .zip(run.key.as_ref())
            .zip(verdict.as_ref().ok());
        let statement =
            statement.map(|((path, key), verdict)| write_statement(path, key, verdict, &run.occasion));
        report.into_iter().chain(statement).collect()
    }

    fn show(&self, verdict: &anyhow::Result<Verdict>, run: &Run, code: u8) {
        match verdict {
            Ok(verdict) if self.json => print::line(&document(verdict, &run.occasion)),
            Ok(verdict) if !self.quiet => {
                print::verdict(verdict);
                print::next(&self.source, verdict, self.report.is_some());
            }
            Ok(verdict) if code != HELD => print::troubles(verdict),
            Ok(_) => {}
            Err(error) => {
                eprintln!("auditor: {error:#}");
                if self.json {
                    print::line(&document::failure(&format!("{error:#}"), &run.occasion));
                }
            }
        }
    }

    /// Where something lies; beside the JSON document, not in it.
    fn say(&self, next: &Next) {
        if self.json {
            eprintln!("{next}");
        } else if !self.quiet {
            print::line(&next.to_string());
        }
    }
}

fn write_report(path: &Path, verdict: &anyhow::Result<Verdict>, run: &Run) -> anyhow::Result<Next> {
    let page = match verdict {
        Ok(verdict) => report::page(verdict, &run.occasion, &run.names),
        Err(error) => report::page_without_verdict(&format!("{error:#}"), &run.occasion),
    };
    write(path, &page?).context("the report is not written")?;
    Ok(Next::new(
        "Report",
        format!("{} (open it in any browser; print it from there)", path.display()),
    ))
}

fn write_statement(
    path: &Path,
    key: &AuditorKey,
    verdict: &Verdict,
    occasion: &Occasion,
) -> anyhow::Result<Next> {
    let public = key.verifier();
    let statement = Statement::new(public.name(), verdict, occasion)
        .context("the statement is not written")?
        .sign(key);
    write(path, &statement).context("the statement is not written")?;
    Ok(Next::new(
        "Statement",
        format!("{0} (auditor statement {0} --key '{public}')", path.display()),
    ))
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    report::write(path, text).with_context(|| path.display().to_string())
}

/// 0 held, 1 broken, 2 not checkable; an open poll is 0 only on request.
fn exit_code(verdict: &Verdict, while_open: bool) -> u8 {
    match verdict.overall() {
        Overall::Held => HELD,
        Overall::Broken => BROKEN,
        Overall::Open if while_open => HELD,
        Overall::Open | Overall::Incomplete => NOT_CHECKABLE,
    }
}
