//! `auditor follow`: a citizen's node. It keeps a copy of a ledger, verifies
//! every head and every entry as it comes, and compares with what the
//! witnesses have seen (specs/10-audit.md §11).

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use indicatif::ProgressBar;
use voting_core::hash::Hash;

use super::copy::Copy;
use super::duration::duration;
use super::follower::{Follower, Patience, Round};
use super::mirror::tell;
use super::node::Node;
use super::print::{line, visible};
use super::progress::entries_bar;
use super::{BROKEN, HELD, NOT_CHECKABLE, USAGE, election_id, worse};
use crate::selftest;

/// Follows ledgers while they grow: every head, every ballot, every witness.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "It keeps a copy of the ledger (see `auditor mirror`), checks every claim of
`auditor verify` after every new head, and prints one line when something changed.
Several addresses of one ledger are compared with each other.

It ends with 0 once every claim holds, with 1 at an ALARM (evidence is in the copy's folder).
With --once it looks once, for cron: 0 nothing is wrong so far, 1 ALARM, 2 unreachable,
stalled or incomplete.

Examples:
  auditor follow https://ledger.example/budget-2027 --election 9f2c…
  auditor follow https://ledger.example/budget-2027 https://mirror.example/budget-2027
  */10 * * * *  auditor follow --once --quiet --mirror /srv/follow URL"
)]
pub(super) struct Follow {
    /// Addresses of ledgers, or of mirrors.
    #[arg(value_name = "URL", required = true)]
    places: Vec<String>,
    /// Where the copy and the memory of this node are kept; of several addresses, a folder for each below it.
    #[arg(long, value_name = "DIR")]
    mirror: Option<PathBuf>,
    /// The election id published by the council, in hexadecimal. Any other election is refused.
    #[arg(long, value_name = "ID", value_parser = election_id)]
    election: Option<Hash>,
    /// How often to look.
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = duration)]
    every: Duration,
    /// Warn if an open poll shows no new head for this long, or cannot be reached; 0s never warns.
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = duration)]
    stall: Duration,
    /// Looks once and ends.
    #[arg(long)]
    once: bool,
    /// Prints nothing unless something is wrong.
    #[arg(long, short)]
    quiet: bool,
}

impl Follow {
    pub(super) fn run(self) -> u8 {
        if let Err(error) = selftest::quick() {
            eprintln!("auditor: the self-test failed, so nothing was audited: {error}");
            return NOT_CHECKABLE;
        }
        let mut followers = match self.open() {
            Ok(followers) => followers,
            Err(code) => return code,
        };
        loop {
            let code = self.round(&mut followers);
            if self.once
                || code == Some(BROKEN)
                || code == Some(HELD) && followers.iter().all(Follower::ended)
            {
                return code.unwrap_or(HELD);
            }
            std::thread::sleep(self.every.max(Duration::from_millis(100)));
        }
    }

    fn open(&self) -> Result<Vec<Follower>, u8> {
        let mut followers = Vec::new();
        for place in &self.places {
            let Some(folder) = self.folder(place) else {
                eprintln!("auditor: say with --mirror DIR where the copy is to be kept");
                return Err(USAGE);
            };
            let opened = Copy::open(&folder).and_then(|copy| Node::open(place, copy, self.election));
            match opened {
                Ok(node) => followers.push(self.follower(node)),
                Err(failure) => return Err(tell(place, &failure, &folder.join("evidence"))),
            }
            if !self.quiet {
                line(&format!("Following {place}; the copy is in {}", folder.display()));
            }
        }
        Ok(followers)
    }

    fn follower(&self, node: Node) -> Follower {
        let patience = Patience {
            stall: self.stall,
            at_once: self.once && !self.quiet,
        };
        let bar = if self.quiet {
            ProgressBar::hidden()
        } else {
            entries_bar()
        };
        Follower::open(node, patience, bar)
    }

    fn folder(&self, place: &str) -> Option<PathBuf> {
        match &self.mirror {
            Some(folder) if self.places.len() == 1 => Some(folder.clone()),
            Some(folder) => Some(folder.join(folder_name(place))),
            None => Some(state_folder()?.join(folder_name(place))),
        }
    }

    /// One look at every address; the worst code, 1 before 2.
    fn round(&self, followers: &mut [Follower]) -> Option<u8> {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |time| time.as_secs());
        let mut codes = Vec::new();
        for follower in followers.iter_mut() {
            let round = follower.round(now);
            codes.push(self.show(follower, round, now));
        }
        for place in 1..followers.len() {
            let (before, rest) = followers.split_at(place);
            for other in before {
                codes.extend(self.compared(other, &rest[0]));
            }
        }
        codes.into_iter().reduce(worse)
    }

    fn show(&self, follower: &Follower, round: Round, now: u64) -> u8 {
        for news in round.news.iter().filter(|_| !self.quiet) {
            line(&format!("{}  {}", clock(now), visible(news)));
        }
        let mut code = HELD;
        for failure in round.failures {
            code = worse(code, tell(follower.place(), &failure, &follower.evidence()));
        }
        if code == HELD && round.incomplete {
            NOT_CHECKABLE
        } else {
            code
        }
    }

    /// Two addresses of one ledger must show one ledger.
    fn compared(&self, one: &Follower, other: &Follower) -> Option<u8> {
        let failure = one.node().agrees(other.node()).err()?;
        Some(tell(other.place(), &failure, &other.evidence()))
    }
}

/// Hours, minutes and seconds, UTC.
pub(super) fn clock(now: u64) -> String {
    let day = now % 86_400;
    format!("{:02}:{:02}:{:02}Z", day / 3_600, day / 60 % 60, day % 60)
}

/// Where programs keep what they remember, by the XDG rules.
fn state_folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let state = set("XDG_STATE_HOME").map(PathBuf::from);
    let home = || set("HOME").map(|home| Path::new(&home).join(".local/state"));
    Some(state.or_else(home)?.join("psephos"))
}

/// An address as the name of a folder.
fn folder_name(place: &str) -> String {
    let (_, rest) = place.split_once("://").unwrap_or(("", place));
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '.' || c == '-' {
            c
        } else {
            '_'
        }
    };
    rest.trim_matches('/').chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_plain_names() {
        assert_eq!(
            folder_name("https://ledger.example:8080/poll/7/"),
            "ledger.example_8080_poll_7"
        );
        assert_eq!(folder_name("../up"), ".._up");
        assert_eq!(clock(86_400 + 3_661), "01:01:01Z");
    }
}
