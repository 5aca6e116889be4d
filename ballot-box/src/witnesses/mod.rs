//! The witnesses: they are asked to cosign the newest head, and until enough
//! of them have, readers are shown the head before it (specs/06-ledger.md §2.6).
//!
//! A round asks everybody for the same head, at once. It ends when all have
//! answered, or after a while without those who have not: who is slow misses
//! rounds, and nobody waits for them. Nothing here holds up the intake: ballots
//! are recorded and answered whatever witnesses do.

mod ask;
mod start;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use journal::write_whole;
use voting_core::ledger::{NoTrust, Policy, Trust};
use voting_core::manifest::Manifest;

use crate::folder::Content;
use crate::published::SignedHead;
use crate::service::ServiceError;
use crate::shared::Shared;

pub use ask::Answer;
use ask::Asker;
pub(crate) use start::restore;
pub use start::{StartRefused, WitnessState};

/// A round goes on so long for those who have not answered.
const ROUND: Duration = Duration::from_secs(2);
/// A witness that did not cosign is left alone so long.
const REST: Duration = Duration::from_secs(5);

/// What the rounds hear of.
pub(crate) enum Event {
    /// The ledger has a new head.
    Head,
    /// A witness has answered about the head of a size: its place in the
    /// policy, and its cosignature's lines if it gave any.
    Answered(usize, u64, Option<String>),
    /// The ballot box stops.
    Stop,
}

/// A witness, asked on a thread of its own.
struct Witness {
    heads: SyncSender<SignedHead>,
    /// Whether it has not answered yet.
    busy: bool,
    /// Left alone until then.
    rests: Instant,
}

/// The head that is being asked about.
struct Round {
    head: SignedHead,
    begun: Instant,
    /// By witness, the lines of its cosignature.
    lines: Vec<Option<String>>,
    /// Witnesses that have not answered.
    open: usize,
}

/// Asks the witnesses, round after round.
pub(crate) struct Rounds {
    shared: Shared,
    policy: Policy,
    /// Where the newest witnessed head is kept.
    keep: PathBuf,
    /// Shortest time between the beginnings of two rounds.
    pause: Duration,
    witnesses: Vec<Option<Witness>>,
    round: Option<Round>,
    /// When the last round began.
    last: Option<Instant>,
}

/// Whom readers believe about the ledger, as the manifest seals it.
pub(crate) fn trust(manifest: &Manifest, content: &Content) -> Result<Trust, NoTrust> {
    let file = manifest.policy_file().and_then(|file| content.get(&file.name));
    Trust::sealed(manifest, file.map(Vec::as_slice))
}

/// Asks every witness of the policy whether the ledger may start, and prepares
/// the rounds; `None` where no witnesses are sealed. `keep` is the file of the
/// newest witnessed head.
///
/// # Errors
/// The ledger must not start, or a thread cannot.
pub(crate) fn begin(
    shared: &Shared,
    trust: &Trust,
    keep: &Path,
    pause: Duration,
    events: &Sender<Event>,
) -> Result<Option<Rounds>, ServiceError> {
    let Some(policy) = trust.policy() else {
        return Ok(None);
    };
    let askers = policy
        .witnesses()
        .iter()
        .map(|witness| Asker::new(witness, shared));
    let mut askers: Vec<Option<Asker>> = askers.collect();
    start::agree(shared, trust, policy, &mut askers, keep)?;
    let witnesses = askers.into_iter().enumerate().map(|(place, asker)| {
        let start = |asker| Witness::start(place, asker, events.clone());
        asker.map(start).transpose()
    });
    Ok(Some(Rounds {
        witnesses: witnesses.collect::<Result<_, _>>()?,
        shared: shared.clone(),
        policy: policy.clone(),
        keep: keep.to_owned(),
        pause,
        round: None,
        last: None,
    }))
}

impl Rounds {
    /// Asks until it is told to stop.
    pub(crate) fn run(mut self, events: &Receiver<Event>) {
        loop {
            match events.recv_timeout(self.patience()) {
                Ok(Event::Head) | Err(RecvTimeoutError::Timeout) => {}
                Ok(Event::Answered(place, size, lines)) => self.take(place, size, lines),
                // The witnesses' threads end with their channels, once a
                // request under way has ended.
                Ok(Event::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            }
            if self.round.as_ref().is_some_and(Round::is_over) {
                self.round = None;
            }
            if self.round.is_none() && self.is_due() {
                self.begin();
            }
        }
    }

    /// How long nothing need be done if nothing is heard.
    fn patience(&self) -> Duration {
        match (&self.round, self.is_behind()) {
            (Some(round), _) => ROUND.saturating_sub(round.begun.elapsed()),
            (None, true) => self.pause_left().max(Duration::from_millis(10)),
            (None, false) => Duration::from_secs(60),
        }
    }

    fn pause_left(&self) -> Duration {
        let since = self.last.map_or(self.pause, |last| last.elapsed());
        self.pause.saturating_sub(since)
    }

    /// Whether the newest head lacks witnesses.
    fn is_behind(&self) -> bool {
        let published = self.shared.read();
        let witnessed = published.witnessed.as_ref().map_or(0, |head| head.size);
        witnessed < published.tree.size()
    }

    fn is_due(&self) -> bool {
        self.is_behind() && self.pause_left().is_zero()
    }

    fn begin(&mut self) {
        let head = self.shared.read().newest();
        let now = Instant::now();
        self.last = Some(now);
        let mut open = 0;
        for witness in self.witnesses.iter_mut().flatten() {
            let free = !witness.busy && witness.rests <= now;
            if free && witness.heads.try_send(head.clone()).is_ok() {
                witness.busy = true;
                open += 1;
            }
        }
        self.round = (open > 0).then(|| Round {
            head,
            begun: now,
            lines: vec![None; self.witnesses.len()],
            open,
        });
    }

    fn take(&mut self, place: usize, size: u64, lines: Option<String>) {
        if let Some(witness) = self.witnesses[place].as_mut() {
            witness.busy = false;
            if lines.is_none() {
                witness.rests = Instant::now() + REST.max(self.pause);
            }
        }
        // Who answers late answers about a head that is not asked about any more.
        let Some(round) = self.round.as_mut().filter(|round| round.head.size == size) else {
            return;
        };
        round.open -= 1;
        round.lines[place] = lines;
        if self.policy.is_met(|witness| round.lines[witness].is_some()) {
            let head = round.witnessed();
            publish(&self.shared, &self.keep, head);
        }
    }
}

impl Round {
    fn is_over(&self) -> bool {
        self.open == 0 || self.begun.elapsed() >= ROUND
    }

    /// The head with the cosignatures so far.
    fn witnessed(&self) -> SignedHead {
        let lines: String = self.lines.iter().flatten().map(String::as_str).collect();
        SignedHead {
            size: self.head.size,
            note: format!("{}{lines}", self.head.note),
        }
    }
}

impl Witness {
    fn start(place: usize, mut asker: Asker, events: Sender<Event>) -> std::io::Result<Self> {
        let (heads, asked) = sync_channel::<SignedHead>(1);
        let ask = move || {
            for head in asked {
                let answer = asker.ask(&head);
                answer.report(asker.name(), head.size);
                if events
                    .send(Event::Answered(place, head.size, answer.lines()))
                    .is_err()
                {
                    return;
                }
            }
        };
        let thread = std::thread::Builder::new().name(format!("ballot-box-witness-{place}"));
        thread.spawn(ask)?;
        Ok(Self {
            heads,
            busy: false,
            rests: Instant::now(),
        })
    }
}

/// Shows readers a witnessed head, once it is kept. A crash before leaves the
/// head before it, and the next start asks the witnesses again. If it cannot be
/// kept, it is not shown: the export must not be behind what people have seen.
fn publish(shared: &Shared, keep: &Path, head: SignedHead) {
    if let Err(error) = write_whole(keep, head.note.as_bytes(), 0o644) {
        tracing::error!(%error, path = %keep.display(), "the witnessed checkpoint cannot be kept, so it is not shown");
        return;
    }
    shared.write().witnessed = Some(head);
    shared.announce();
}
