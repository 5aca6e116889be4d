//! What the second device takes from the ledger: the poll to seal for, and
//! whether the opened ballot was cast.

use serde::Serialize;
use voting_core::ballot::{CELL_LENGTH, Opening};
use voting_core::entry::{BallotEntry, Entry};
use voting_core::hash::Hash;
use voting_core::ledger::leaf_hash;
use voting_core::lifecycle::Lifecycle;
use voting_core::voter::{self, PollError};

use crate::command::bundles::Bundles;
use crate::command::failure::Failure;
use crate::command::poll::Poll;
use crate::command::progress::Progress;
use crate::command::read::{Step, announced_size};
use crate::command::source::Source;

/// A ballot on the ledger with the opening's credential.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Own {
    pub(super) index: u64,
    pub(super) sequence: u32,
}

/// A ledger read to its signed and witnessed head.
pub(super) struct Ledger {
    pub(super) poll: voter::Poll,
    /// The style's name.
    pub(super) style: String,
    /// Ballots of the opening's credential.
    pub(super) own: Vec<(Own, BallotEntry)>,
}

impl Ledger {
    pub(super) fn read(place: &str, expected: Option<Hash>, opening: &Opening) -> Result<Self, Failure> {
        let source = Source::open(place)?;
        let note = source.read("checkpoint")?;
        let size = announced_size(&note)
            .ok_or_else(|| Failure::Cannot(format!("{place} has something else than a checkpoint")))?;
        let poll = Poll::read(&source, size, expected)?;
        let head = poll.head(&note, place)?;
        poll.witnessed(&head)?;
        let mut lifecycle = Lifecycle::begin(&poll.entry).map_err(Failure::cannot)?;
        let mut own = Vec::new();
        let mut ledger = Bundles::new(&source, size);
        let mut progress = Progress::begin();
        for index in 1..size {
            let bytes = ledger.get(index)?;
            let leaf = leaf_hash(&bytes);
            let entry = Entry::from_bytes(&bytes).ok();
            let legal = entry
                .as_ref()
                .is_some_and(|entry| lifecycle.apply(leaf, entry).is_ok());
            if !legal {
                lifecycle.skip(leaf);
            }
            // Also one that is not legal where it stands: the device has cast it.
            if let Some(Entry::Ballot(ballot)) = entry
                && ballot.credential == opening.credential
            {
                let sequence = u32::from_be_bytes(*ballot.sequence);
                own.push((Own { index, sequence }, ballot));
            }
            progress.step(Step {
                entries: index + 1,
                of: size,
            });
        }
        if lifecycle.root() != head.checkpoint.root {
            return Err(Failure::alarm(format!(
                "{place} serves entries that do not lead to the root of its signed head: whoever serves them changed them. Nothing is said about the ballot"
            )));
        }
        let poll = voter::Poll::of(&lifecycle, opening.style, poll.trust).map_err(|why| match why {
            PollError::UnknownStyle(style) => Failure::alarm(format!(
                "what the device shows is no ballot of this election: there is no ballot style {style}"
            )),
            other => Failure::cannot(other),
        })?;
        let manifest = &lifecycle.election().manifest;
        let style = manifest.styles.get(opening.style as usize);
        let style = style.map_or_else(String::new, |style| style.name.clone());
        Ok(Self { poll, style, own })
    }

    /// In words, the first cell in which a ballot is not what the opening seals.
    pub(super) fn first_other_cell(&self, opening: &Opening, ballot: &BallotEntry) -> String {
        let Ok(sealed) = opening.cells(self.poll.context()) else {
            return "its style".to_owned();
        };
        let pairs = sealed.chunks(CELL_LENGTH).zip(ballot.cells.chunks(CELL_LENGTH));
        let Some(cell) = pairs.into_iter().position(|(one, other)| one != other) else {
            return "its length".to_owned();
        };
        let mut first = 0;
        for contest in self.poll.contests() {
            let cells = contest.cells();
            if cell < first + cells {
                let each = (cells / contest.projects.len().max(1)).max(1);
                let project = contest.projects.get((cell - first) / each);
                let project = project.map_or("", |project| &project.id);
                return format!("cell {cell} (contest {}, project {project})", contest.id);
            }
            first += cells;
        }
        format!("cell {cell}")
    }
}
