//! What a voter's device reads of a ledger over HTTP: its beginning, to know
//! the poll (specs/05a-voter.md §2), and all of it, for the last look (§8).

use anyhow::{Context, Result, bail};
use ceremony::{Board, HttpBoard};
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::{
    BUNDLE_WIDTH, Checkpoint, SignedNote, TilePlace, Tiles, consistency_proof, parse_bundle,
    tiles_for_consistency,
};
use voting_core::lifecycle::Lifecycle;
use voting_core::manifest::Manifest;
use voting_core::voter::{Poll, PollError, Reading, Status, Voter};

/// A ledger at an address, up to the checkpoint that it shows now. Nothing of
/// it is believed before [`Ledger::poll`] has verified it.
pub(super) struct Ledger {
    board: HttpBoard,
    note: Vec<u8>,
    size: u64,
    /// Entries at least up to the opening of the poll.
    beginning: Vec<Vec<u8>>,
    /// What entry 0 seals.
    pub(super) manifest: Manifest,
    policy: Option<Vec<u8>>,
    /// That the beginning is the checkpoint's.
    proof: Vec<Hash>,
}

impl Ledger {
    pub(super) fn read(url: &str) -> Result<Self> {
        let board = HttpBoard::new(url);
        let note = board.get("checkpoint")?;
        let note = note.with_context(|| format!("{url} shows no checkpoint yet: try again in a minute"))?;
        let size = announced_size(&note).with_context(|| format!("{url}/checkpoint is no checkpoint"))?;
        let beginning = beginning(&board, size)?;
        let manifest = Lifecycle::begin(beginning.first().map(Vec::as_slice).unwrap_or_default())?
            .election()
            .manifest
            .clone();
        let policy = manifest
            .policy_file()
            .map(|file| board.get(&format!("content/{}", file.name)));
        Ok(Self {
            policy: policy.transpose()?.flatten(),
            proof: proof(&board, beginning.len() as u64, size)?,
            board,
            note,
            size,
            beginning,
            manifest,
        })
    }

    /// The poll of a style, verified.
    pub(super) fn poll(&self, election: &Hash, style: u32) -> Result<Poll, PollError> {
        let (entries, policy) = (&self.beginning, self.policy.as_deref());
        Poll::read(election, entries, &self.note, &self.proof, style, policy)
    }

    /// Reads the whole ledger for one voter.
    pub(super) fn look<'p>(&self, voter: &mut Voter<'p>, mut step: impl FnMut(u64, u64)) -> Result<Status> {
        let first = self.beginning.first().map(Vec::as_slice).unwrap_or_default();
        let mut reading = Reading::begin(voter, first)?;
        for number in 0..self.size.div_ceil(BUNDLE_WIDTH) {
            let entries = bundle(&self.board, number, self.size)?;
            for entry in entries.iter().skip(usize::from(number == 0)) {
                reading.entry(entry, &mut rand::rng());
            }
            step((number + 1) * BUNDLE_WIDTH, self.size);
        }
        Ok(voter.status(reading, &self.note)?)
    }
}

/// The size that a checkpoint claims; whether it is genuine comes later.
fn announced_size(note: &[u8]) -> Option<u64> {
    let note = SignedNote::parse(note).ok()?;
    Some(Checkpoint::parse(note.text()).ok()?.size)
}

/// Whole bundles, up to the one with the first `open`: keys come before it.
fn beginning(board: &HttpBoard, size: u64) -> Result<Vec<Vec<u8>>> {
    let mut entries = Vec::new();
    for number in 0..size.div_ceil(BUNDLE_WIDTH) {
        let more = bundle(board, number, size)?;
        let opens = |entry: &Vec<u8>| matches!(Entry::from_bytes(entry), Ok(Entry::Open(_)));
        let is_open = more.iter().any(opens);
        entries.extend(more);
        if is_open {
            break;
        }
    }
    Ok(entries)
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

/// The consistency proof from the first `old` entries, by tiles of hashes.
fn proof(board: &HttpBoard, old: u64, size: u64) -> Result<Vec<Hash>> {
    let mut tiles = Tiles::default();
    for place in tiles_for_consistency(old, size).unwrap_or_default() {
        let (place, bytes) = file(board, place)?;
        tiles.add(place, &bytes).with_context(|| place.to_string())?;
    }
    consistency_proof(&tiles, old, size).context("the ledger's tiles do not reach as far as its checkpoint")
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
