//! Two copies read side by side, a bundle of each in memory.

use std::collections::BTreeSet;

use voting_core::ledger::{BUNDLE_WIDTH, Checkpoint, Edge, TilePlace, Tiles, leaf_hash};

use super::side::Side;
use crate::command::bundles::{self, bundle, tile};
use crate::command::failure::Failure;
use crate::command::read::Step;
use crate::relation::{Past, past, tiles_for_past};

/// What reading both has shown.
pub(super) struct Both {
    /// The first entry that differs.
    pub(super) first: Option<First>,
    /// Whether the entries of A, and of B, lead to the root of its own checkpoint.
    pub(super) sound: [bool; 2],
    /// The newer tree's hashes, made from its entries, that tell about the older.
    tiles: Tiles,
}

/// The first entry that differs, as it stands in A and in B.
pub(super) struct First {
    pub(super) index: u64,
    pub(super) entries: [Vec<u8>; 2],
}

impl Both {
    pub(super) fn read(a: &mut Side, b: &mut Side, on_step: &mut dyn FnMut(Step)) -> Result<Self, Failure> {
        let (one, other) = (a.checkpoint.size, b.checkpoint.size);
        let (older, newer) = (one.min(other), one.max(other));
        let wanted: BTreeSet<TilePlace> = tiles_for_past(older, newer).into_iter().collect();
        let mut trees = [TreeOf::new(one == newer), TreeOf::new(one != newer)];
        let mut first = None;
        let mut number = 0;
        loop {
            let ours = read(a, number)?;
            let theirs = read(b, number)?;
            if ours.is_empty() && theirs.is_empty() {
                break;
            }
            if first.is_none() {
                first = differ(number, &ours, &theirs);
            }
            trees[0].push(&ours, &wanted);
            trees[1].push(&theirs, &wanted);
            let of = newer;
            on_step(Step {
                entries: trees[0].edge.size().max(trees[1].edge.size()),
                of,
            });
            number += 1;
        }
        let [ours, theirs] = trees;
        let sound = [ours.leads_to(&a.checkpoint), theirs.leads_to(&b.checkpoint)];
        let newer = if ours.keeps { ours } else { theirs };
        let tiles = newer.finish(&wanted);
        Ok(Self { first, sound, tiles })
    }

    /// Whether the newer head goes on from the older one; `None` if there are
    /// no hashes that lead to the newer head's root.
    pub(super) fn past(&self, older: &Side, newer: &mut Side) -> Option<Past> {
        let (head, past_head) = (&newer.checkpoint, &older.checkpoint);
        if head.size == past_head.size {
            let root = head.root;
            let proof = Vec::new();
            return Some(match root == past_head.root {
                true => Past::Continues,
                false => Past::Rewritten { root, proof },
            });
        }
        past(&self.tiles, past_head, head).or_else(|| {
            // Its entries are others than those it signed: its own hashes may tell.
            let wanted = tiles_for_past(past_head.size, head.size);
            let tiles = bundles::tiles(&newer.source, &wanted).ok()?;
            past(&tiles, past_head, &newer.checkpoint)
        })
    }
}

/// A bundle's entries; none beyond the copy's end.
fn read(side: &mut Side, number: u64) -> Result<Vec<Vec<u8>>, Failure> {
    let Some(place) = TilePlace::entries_at(number, side.checkpoint.size) else {
        return Ok(Vec::new());
    };
    let (found, bytes) = tile(place, |path| side.source.read(path))?;
    bundle(place, &bytes).map_err(|damaged| Failure::Cannot(format!("{found}: {damaged}")))
}

fn differ(number: u64, ours: &[Vec<u8>], theirs: &[Vec<u8>]) -> Option<First> {
    let at = ours.iter().zip(theirs).position(|(one, other)| one != other)?;
    Some(First {
        index: number * BUNDLE_WIDTH + at as u64,
        entries: [ours[at].clone(), theirs[at].clone()],
    })
}

/// A copy's tree as its entries make it.
struct TreeOf {
    edge: Edge,
    /// Whether its tiles are kept: those of the newer tree.
    keeps: bool,
    tiles: Tiles,
}

impl TreeOf {
    fn new(keeps: bool) -> Self {
        Self {
            edge: Edge::default(),
            keeps,
            tiles: Tiles::default(),
        }
    }

    fn push(&mut self, entries: &[Vec<u8>], wanted: &BTreeSet<TilePlace>) {
        for entry in entries {
            for (place, bytes) in self.edge.push(leaf_hash(entry)) {
                self.keep(place, &bytes, wanted);
            }
        }
    }

    fn keep(&mut self, place: TilePlace, bytes: &[u8], wanted: &BTreeSet<TilePlace>) {
        if self.keeps && wanted.contains(&place) {
            // It is as long as its place is wide: it was just made.
            let _ = self.tiles.add(place, bytes);
        }
    }

    fn leads_to(&self, checkpoint: &Checkpoint) -> bool {
        self.edge.size() == checkpoint.size && self.edge.root() == checkpoint.root
    }

    fn finish(mut self, wanted: &BTreeSet<TilePlace>) -> Tiles {
        let unfinished: Vec<_> = self.edge.unfinished().collect();
        for (place, bytes) in unfinished {
            self.keep(place, &bytes, wanted);
        }
        self.tiles
    }
}
