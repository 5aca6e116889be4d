//! `auditor mirror`: whole ledgers copied into folders that any web server can
//! serve, and kept up to date (specs/10-audit.md §10).

use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::ProgressBar;
use voting_core::hash::Hash;

use super::copy::Copy;
use super::duration::duration;
use super::failure::{Failure, keep};
use super::node::{Node, Visit};
use super::print::{line, visible};
use super::progress::entries_bar;
use super::{BROKEN, HELD, NOT_CHECKABLE, USAGE, election_id, worse};
use crate::checkpoint::Witnessed;

/// Copies whole ledgers into folders, and keeps the copies up to date.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "auditor mirror [OPTIONS] URL DIR [URL DIR]...",
    after_help = "Run it as often as you like: it fetches what is new, and takes in only what verifies.
A folder can be put on any web server as it is, and audited: auditor verify DIR

Exit codes: 0 the copies are up to date, 1 ALARM (a fork, a roll-back, a head without its
witnesses, entries that are not the signed ones; evidence is in DIR/evidence), 2 unreachable,
stalled or incomplete, 64 wrong usage.

Examples:
  auditor mirror https://ledger.example/budget-2027 /srv/mirror/budget-2027 --election 9f2c…
  */5 * * * *  auditor mirror --quiet URL DIR URL DIR    (cron: a mail comes on alarm alone)"
)]
pub(super) struct Mirror {
    /// Addresses and folders, in pairs.
    #[arg(value_name = "URL DIR", required = true, num_args = 2..)]
    pairs: Vec<String>,
    /// The election id published by the council, in hexadecimal. Any other election is refused.
    #[arg(long, value_name = "ID", value_parser = election_id)]
    election: Option<Hash>,
    /// Prints nothing unless something is wrong.
    #[arg(long, short)]
    quiet: bool,
    /// Exit code 2 if the ledger has shown no new head for this long, `10m` say.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    stall: Option<Duration>,
}

impl Mirror {
    pub(super) fn run(self) -> u8 {
        let (pairs, rest) = self.pairs.as_chunks::<2>();
        if !rest.is_empty() {
            eprintln!("auditor: addresses and folders come in pairs: URL DIR URL DIR …");
            return USAGE;
        }
        if pairs.len() > 1 && self.election.is_some() {
            eprintln!("auditor: --election is of one election: mirror that one by itself");
            return USAGE;
        }
        let codes = pairs
            .iter()
            .map(|[place, folder]| self.one(place, Path::new(folder)));
        codes.fold(HELD, worse)
    }

    fn one(&self, place: &str, folder: &Path) -> u8 {
        let bar = if self.quiet {
            ProgressBar::hidden()
        } else {
            entries_bar()
        };
        let visited = self.visit(place, folder, &bar);
        bar.finish_and_clear();
        match visited {
            Ok(troubles) if troubles.is_empty() => HELD,
            Ok(troubles) => {
                troubles
                    .iter()
                    .for_each(|trouble| eprintln!("auditor: {place}: {}", visible(trouble)));
                NOT_CHECKABLE
            }
            Err(failure) => tell(place, &failure, &folder.join("evidence")),
        }
    }

    fn visit(&self, place: &str, folder: &Path, bar: &ProgressBar) -> Result<Vec<String>, Failure> {
        let mut node = Node::open(place, Copy::open(folder)?, self.election)?;
        let visit = node.visit(&mut |entries, of| {
            bar.set_length(of);
            bar.set_position(entries);
        })?;
        if !self.quiet {
            self.show(&node, &visit, folder);
        }
        let mut troubles = visit.lacking.clone();
        if visit.before == visit.now
            && let Some(stall) = self.stall
            && let Some(age) = age(&folder.join("checkpoint"))
            && age >= stall
        {
            troubles.push(format!("no new head for {} minutes", age.as_secs() / 60));
        }
        Ok(troubles)
    }

    fn show(&self, node: &Node, visit: &Visit, folder: &Path) {
        let Some(poll) = node.poll() else { return };
        let title = visible(&poll.manifest.title);
        let new = match visit.now - visit.before {
            0 => "nothing new".to_owned(),
            new => format!("{new} new"),
        };
        line(&format!(
            "{title}: {} entries in {}, {new}",
            visit.now,
            folder.display()
        ));
        if visit.before == 0 {
            let pinned = match self.election {
                Some(_) => "the one you asked for",
                None => "compare it with the published one",
            };
            line(&format!("  election {} ({pinned})", hex::encode(poll.id)));
        }
        let head = poll.trust.head(node.copy.note()).ok();
        let witnessed = head.and_then(|head| Witnessed::of(&poll.trust, &head));
        let said = witnessed.map_or_else(|| "no witnesses are sealed".to_owned(), |found| found.to_string());
        line(&format!("  head signed by the ledger; {said}"));
    }
}

/// How long ago a file was written.
fn age(path: &Path) -> Option<Duration> {
    std::fs::metadata(path).ok()?.modified().ok()?.elapsed().ok()
}

/// Says what went wrong on standard error, and keeps the evidence; the exit code.
pub(super) fn tell(place: &str, failure: &Failure, folder: &Path) -> u8 {
    match failure {
        Failure::Cannot(why) => {
            eprintln!("auditor: {place}: {}", visible(why));
            NOT_CHECKABLE
        }
        Failure::Alarm(alarm) => {
            eprintln!("auditor: ALARM: {}", visible(&alarm.says));
            let kept: Option<std::io::Result<PathBuf>> =
                alarm.evidence.as_ref().map(|evidence| keep(evidence, folder));
            match kept {
                Some(Ok(path)) => eprintln!(
                    "auditor: evidence: {0} (`auditor evidence {0}` checks it); publish it",
                    path.display()
                ),
                Some(Err(error)) => eprintln!("auditor: the evidence cannot be written: {error}"),
                None => {}
            }
            BROKEN
        }
    }
}
