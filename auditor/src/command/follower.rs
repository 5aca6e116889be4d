//! One followed ledger: its copy, its audit so far, and how long what has been
//! wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use indicatif::ProgressBar;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use voting_core::ledger::BUNDLE_WIDTH;

use super::bundles::Bundles;
use super::failure::Failure;
use super::node::{Node, text};
use super::read::{begin, content};
use super::source::fetch_once;
use crate::audit::Audit;
use crate::checkpoint::Witnessed;
use crate::evidence::Contradiction;
use crate::verdict::{Figures, Overall, Standing, Verdict};

/// How long a witness may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Seconds between two questions to a witness, unless the head has changed.
const WITNESSES_EVERY: u64 = 60;
/// The file beside the copy with what the node remembers.
const MEMORY: &str = ".follow.json";

/// What a restart goes on with, in seconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Memory {
    /// When the head changed last.
    changed: Option<u64>,
    /// Since when the address has not answered.
    unreachable: Option<u64>,
    /// Since when each witness has been ahead of the address.
    ahead: BTreeMap<String, u64>,
}

/// What one look found.
#[derive(Default)]
pub(super) struct Round {
    /// Lines about what changed.
    pub(super) news: Vec<String>,
    /// What is wrong, each said once.
    pub(super) failures: Vec<Failure>,
    /// Evidence that should be there is not at hand.
    pub(super) incomplete: bool,
}

/// When to speak up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// How long an open poll may show nothing new, or be out of reach; zero: for ever.
    pub(super) stall: Duration,
    /// Whether being out of reach is worth a word before that.
    pub(super) at_once: bool,
}

impl Patience {
    fn ends(self, since: u64, now: u64) -> bool {
        !self.stall.is_zero() && now.saturating_sub(since) >= self.stall.as_secs()
    }
}

/// A ledger that is followed.
pub(super) struct Follower {
    node: Node,
    audit: Audit,
    /// Entries that the audit has taken.
    fed: u64,
    verdict: Option<Verdict>,
    patience: Patience,
    bar: ProgressBar,
    memory: Memory,
    asked_witnesses: u64,
    /// Whether the election has been named.
    introduced: bool,
    /// What has been said already.
    said: BTreeSet<String>,
    news: String,
}

impl Follower {
    /// Takes up a copy again; its entries are audited anew at the first look.
    pub(super) fn open(node: Node, patience: Patience, bar: ProgressBar) -> Self {
        let memory = std::fs::read(node.copy.folder().join(MEMORY)).ok();
        // A memory that cannot be read is none: times begin anew.
        let memory = memory.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self {
            audit: begin(node.expected()),
            node,
            fed: 0,
            verdict: None,
            patience,
            bar,
            memory: memory.unwrap_or_default(),
            asked_witnesses: 0,
            introduced: false,
            said: BTreeSet::new(),
            news: String::new(),
        }
    }

    pub(super) fn node(&self) -> &Node {
        &self.node
    }

    pub(super) fn place(&self) -> &str {
        &self.node.place
    }

    pub(super) fn evidence(&self) -> PathBuf {
        self.node.copy.folder().join("evidence")
    }

    /// Whether every claim holds: nothing is to come that could change it.
    pub(super) fn ended(&self) -> bool {
        self.verdict.as_ref().map(Verdict::overall) == Some(Overall::Held)
    }

    /// Looks once.
    pub(super) fn round(&mut self, now: u64) -> Round {
        let remembered = self.memory.clone();
        let mut round = Round::default();
        match self.look(now, &mut round) {
            Ok(()) => {}
            Err(Failure::Cannot(why)) => self.out_of_reach(now, why, &mut round),
            Err(alarm) => round.failures.push(alarm),
        }
        if self.memory != remembered {
            self.remember(&mut round);
        }
        let said = &mut self.said;
        round.failures.retain(|failure| {
            said.insert(match failure {
                Failure::Alarm(alarm) => alarm.says.clone(),
                Failure::Cannot(why) => why.clone(),
            })
        });
        round
    }

    fn look(&mut self, now: u64, round: &mut Round) -> Result<(), Failure> {
        // What the copy has is judged even if the address is silent.
        self.audit_copy(round)?;
        let bar = &self.bar;
        let visit = self.node.visit(&mut |entries, of| advance(bar, entries, of))?;
        bar.finish_and_clear();
        self.memory.unreachable = None;
        if visit.now > visit.before || self.memory.changed.is_none() {
            self.memory.changed = Some(now);
        }
        self.audit_copy(round)?;
        round.incomplete |= !visit.lacking.is_empty();
        if visit.now > visit.before || now >= self.asked_witnesses + WITNESSES_EVERY {
            self.asked_witnesses = now;
            self.ask_witnesses(now, round)?;
        }
        self.stalled(now, round);
        Ok(())
    }

    /// Out of reach is worth a word after the stall time, or at once where
    /// nothing has ever been heard.
    fn out_of_reach(&mut self, now: u64, why: String, round: &mut Round) {
        let since = *self.memory.unreachable.get_or_insert(now);
        round.incomplete = true;
        if self.verdict.is_none() || self.patience.at_once || self.patience.ends(since, now) {
            round.failures.push(Failure::Cannot(why));
        }
    }

    /// Feeds the audit what the copy has and it has not seen, and asks for its verdict.
    fn audit_copy(&mut self, round: &mut Round) -> Result<(), Failure> {
        let size = self.node.copy.size();
        if size == 0 || (self.fed == size && self.verdict.is_some()) {
            return Ok(());
        }
        let source = self.node.copy.source();
        let mut entries = Bundles::new(&source, size);
        for index in self.fed..size {
            let entry = entries.get(index)?;
            self.audit.entry(&entry, &mut entries);
            self.fed = index + 1;
            if self.fed.is_multiple_of(BUNDLE_WIDTH) {
                advance(&self.bar, self.fed, size);
            }
        }
        self.bar.finish_and_clear();
        content(&mut self.audit, entries.source)?;
        let verdict = self.audit.verdict(&[self.node.copy.note()], &mut entries);
        self.judged(&verdict, round);
        self.verdict = Some(verdict);
        Ok(())
    }

    fn judged(&mut self, verdict: &Verdict, round: &mut Round) {
        for claim in &verdict.claims {
            if let Standing::Broken { findings } = &claim.standing {
                let first = findings.listed.first().map(ToString::to_string);
                let more = match findings.total {
                    0 | 1 => String::new(),
                    total => format!(
                        "; {} more, see `auditor verify {}`",
                        total - 1,
                        self.node.copy.folder().display()
                    ),
                };
                let says = format!(
                    "claim \"{}\" is broken: {}{more}",
                    claim.id,
                    first.unwrap_or_default()
                );
                round.failures.push(Failure::alarm(says));
            }
        }
        round.incomplete |= verdict.overall() == Overall::Incomplete;
        if let Some(figures) = &verdict.figures {
            if !self.introduced {
                let pinned = match self.node.expected() {
                    Some(_) => "the one you asked for",
                    None => "compare it with the published one",
                };
                let id = hex::encode(figures.election_id);
                round
                    .news
                    .push(format!("{}: election {id} ({pinned})", figures.title));
                self.introduced = true;
            }
            let news = self.sentence(verdict, figures);
            if news != self.news {
                self.news = news.clone();
                round.news.push(news);
            }
        }
    }

    fn sentence(&self, verdict: &Verdict, figures: &Figures) -> String {
        let (counted, roll) = figures.turnout.iter().fold((0, 0), |(counted, roll), style| {
            (counted + style.counted, roll + style.roll)
        });
        let percent = (counted * 100).checked_div(roll).unwrap_or(0);
        let held = verdict
            .claims
            .iter()
            .filter(|claim| claim.standing.is_held())
            .count();
        let poll = self.node.poll();
        let head = poll.and_then(|poll| Some((poll, poll.trust.head(self.node.copy.note()).ok()?)));
        let witnessed = head.and_then(|(poll, head)| Witnessed::of(&poll.trust, &head));
        let standing = match verdict.overall() {
            Overall::Held => format!("all {held} claims hold"),
            Overall::Broken => "BROKEN".to_owned(),
            _ => format!(
                "{held} of {} claims hold, nothing wrong so far",
                verdict.claims.len()
            ),
        };
        format!(
            "{} ({}): {counted} of {roll} voted ({percent} %); {} entries{}; {standing}",
            figures.title,
            figures.phase,
            figures.entries,
            witnessed.map(|said| format!(", {said}")).unwrap_or_default(),
        )
    }

    /// Asks every witness with an address for the last head that it cosigned.
    fn ask_witnesses(&mut self, now: u64, round: &mut Round) -> Result<(), Failure> {
        let Some(poll) = self.node.poll() else {
            return Ok(());
        };
        let origin = hex::encode(Sha256::digest(poll.trust.key().name()));
        let policy = poll.trust.policy();
        let mut ahead = BTreeMap::new();
        for witness in policy.map(|policy| policy.witnesses()).unwrap_or_default() {
            let Some(url) = &witness.url else { continue };
            let address = format!("{url}/{origin}/checkpoint");
            let note = match fetch_once(&address, PATIENCE) {
                Ok(note) => note,
                // It has seen nothing yet, or is out of order: the quorum under
                // the head says whether that matters.
                Err(_) => continue,
            };
            let Ok(head) = poll.trust.head(&note) else {
                let why = format!(
                    "witness {} shows something that is no head of this ledger",
                    witness.name
                );
                round.failures.push(Failure::Cannot(why));
                continue;
            };
            let (seen, own) = (&head.checkpoint, self.node.copy.size());
            if seen.size <= own {
                self.node.compare(seen, &note)?;
                continue;
            }
            let since = self.memory.ahead.get(&witness.name).copied().unwrap_or(now);
            ahead.insert(witness.name.clone(), since);
            if self.patience.ends(since, now) {
                let proof = Contradiction::RolledBack {
                    seen: text(&note),
                    shown: text(self.node.copy.note()),
                };
                let says = format!(
                    "witness {} has cosigned {} entries, and {} still shows {own} after {} minutes: it shows an old copy, or was rolled back",
                    witness.name,
                    seen.size,
                    self.node.place,
                    (now - since) / 60
                );
                round.failures.push(self.node.proven(proof, says));
            }
        }
        self.memory.ahead = ahead;
        Ok(())
    }

    /// An open poll without a new head for long.
    fn stalled(&mut self, now: u64, round: &mut Round) {
        let phase = self.verdict.as_ref().and_then(|verdict| verdict.figures.as_ref());
        let open = phase.is_some_and(|figures| figures.phase == "open");
        let since = self.memory.changed.unwrap_or(now);
        if !open || !self.patience.ends(since, now) {
            return;
        }
        round.incomplete = true;
        // Said anew when the poll has moved in between: the time is part of it.
        round.failures.push(Failure::Cannot(format!(
            "STALL: the poll is open and has shown no new head since {}, for {} or longer",
            super::follow::clock(since),
            minutes(self.patience.stall)
        )));
    }

    fn remember(&self, round: &mut Round) {
        let bytes = serde_json::to_vec(&self.memory).unwrap_or_default();
        if let Err(failure) = self.node.copy.write(MEMORY, &bytes) {
            round.failures.push(failure);
        }
    }
}

/// The bar comes and goes: most rounds have nothing to fetch.
fn advance(bar: &ProgressBar, entries: u64, of: u64) {
    if bar.is_finished() {
        bar.reset();
    }
    bar.set_length(of);
    bar.set_position(entries);
}

fn minutes(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds < 120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds / 60),
    }
}
