//! What a voter's device reads of a ledger over HTTP: its beginning, to know
//! the poll (specs/05a-voter.md §2), and all of it, for the last look (§8).

use anyhow::{Context, Result, bail};
use ceremony::{Board, HttpBoard};
use voting_core::hash::Hash;
use voting_core::ledger::{BUNDLE_WIDTH, TilePlace, parse_bundle};
use voting_core::voter::{Beginning, Poll, PollError, Reading, Status, Voter};

/// A ledger at an address, up to the checkpoint that it shows now. Nothing of
/// it is believed before [`Ledger::poll`] has verified it.
pub(super) struct Ledger {
    board: HttpBoard,
    note: Vec<u8>,
    beginning: Beginning,
}

impl Ledger {
    pub(super) fn read(url: &str) -> Result<Self> {
        let board = HttpBoard::new(url);
        let note = board.get("checkpoint")?;
        let note = note.with_context(|| format!("{url} shows no checkpoint yet: try again in a minute"))?;
        let mut beginning = Beginning::of(&note).with_context(|| format!("{url}/checkpoint"))?;
        while let Some(path) = beginning.wanted() {
            if let Ok(place) = TilePlace::parse(&path) {
                let (place, bytes) = file(&board, place)?;
                beginning.take(&place.to_string(), &bytes)?;
            } else if let Some(bytes) = board.get(&path)? {
                beginning.take(&path, &bytes)?;
            } else {
                // Without the sealed policy there is no poll, which says why.
                break;
            }
        }
        if beginning.first_entry().is_empty() {
            bail!("{url} has no entries yet: the poll is not there");
        }
        Ok(Self {
            board,
            note,
            beginning,
        })
    }

    /// The names of the ballot styles, by index.
    pub(super) fn styles(&self) -> impl Iterator<Item = &str> {
        self.beginning.styles()
    }

    /// The poll of a style, verified.
    pub(super) fn poll(&self, election: &Hash, style: u32) -> Result<Poll, PollError> {
        self.beginning.poll(election, style)
    }

    /// Reads the whole ledger for one voter.
    pub(super) fn look<'p>(&self, voter: &mut Voter<'p>, mut step: impl FnMut(u64, u64)) -> Result<Status> {
        let size = self.beginning.size();
        let mut reading = Reading::begin(voter, self.beginning.first_entry())?;
        for number in 0..size.div_ceil(BUNDLE_WIDTH) {
            let entries = bundle(&self.board, number, size)?;
            for entry in entries.iter().skip(usize::from(number == 0)) {
                reading.entry(entry, &mut rand::rng());
            }
            step((number + 1) * BUNDLE_WIDTH, size);
        }
        Ok(voter.status(reading, &self.note)?)
    }
}

fn bundle(board: &HttpBoard, number: u64, size: u64) -> Result<Vec<Vec<u8>>> {
    let place = TilePlace::entries_at(number, size).context("the ledger is empty")?;
    let (_, bytes) = file(board, place)?;
    let entries = parse_bundle(&bytes).with_context(|| place.to_string())?;
    if entries.len() < usize::from(place.width()) {
        bail!("{place} has too few entries");
    }
    let entries = entries.into_iter().take(place.width().into());
    Ok(entries.map(Into::into).collect())
}

/// A tile or bundle; a full one may have replaced it.
fn file(board: &HttpBoard, place: TilePlace) -> Result<(TilePlace, Vec<u8>)> {
    for place in [place, place.full()] {
        if let Some(bytes) = board.get(&place.to_string())? {
            return Ok((place, bytes));
        }
    }
    bail!("the ledger lacks {place}")
}
