//! What readers may see: everything that is durable, and nothing else.

use std::collections::HashMap;
use std::sync::Arc;

use voting_core::ballot::{BallotContext, Verifier};
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::leaf_hash;
use voting_core::lifecycle::{Election, Lifecycle, Phase};

use crate::storage::Latest;
use crate::tree::Tree;

/// What a ballot is checked against. It changes with the officers' and
/// trustees' entries, not with ballots.
pub struct Standing {
    /// Keys, statements and the manifest.
    pub election: Election,
    /// By style; empty before the joint key is certified.
    pub verifiers: Arc<[Verifier<BallotContext>]>,
    /// Where the election stands.
    pub phase: Phase,
}

impl Standing {
    fn of(lifecycle: &Lifecycle) -> Self {
        let election = lifecycle.election().clone();
        let styles = 0..election.styles.len() as u32;
        let contexts = styles.filter_map(|style| election.ballot_context(style));
        Self {
            verifiers: contexts.map(Verifier::new).collect(),
            phase: lifecycle.phase(),
            election,
        }
    }

    /// Where a later entry leads. The key is certified once and the styles are
    /// sealed: what was computed from them stays.
    fn advance(&self, lifecycle: &Lifecycle) -> Self {
        if self.verifiers.is_empty() {
            return Self::of(lifecycle);
        }
        Self {
            verifiers: self.verifiers.clone(),
            phase: lifecycle.phase(),
            election: lifecycle.election().clone(),
        }
    }
}

/// Entries that are about to be published.
#[derive(Default)]
pub struct Added {
    leaves: Vec<Hash>,
    /// The ballots among them that count, by credential.
    pub latest: Vec<([u8; 32], Latest)>,
    others: Vec<(Hash, u64)>,
}

impl Added {
    /// Entry 0.
    pub fn first(bytes: &[u8]) -> Self {
        let leaf = leaf_hash(bytes);
        Self {
            leaves: vec![leaf],
            others: vec![(leaf, 0)],
            ..Self::default()
        }
    }

    /// Adds the entry of an index.
    pub fn push(&mut self, index: u64, leaf: Hash, entry: &Entry) {
        self.leaves.push(leaf);
        match entry {
            Entry::Ballot(ballot) => {
                let sequence = u32::from_be_bytes(*ballot.sequence);
                let style = ballot.style;
                let latest = Latest {
                    sequence,
                    style,
                    index,
                };
                self.latest.push((*ballot.credential, latest));
            }
            Entry::Batch(_) => {}
            _ => self.others.push((leaf, index)),
        }
    }
}

/// A head as its signed checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHead {
    /// Entries under it.
    pub size: u64,
    /// The checkpoint, with all its signature lines.
    pub note: String,
}

/// The published ledger.
pub struct Published {
    /// The tree's hashes.
    pub tree: Tree,
    /// The newest signed checkpoint.
    pub checkpoint: String,
    /// Where the election asks for witnesses, the newest head they cosigned.
    pub witnessed: Option<SignedHead>,
    /// Entries that are no ballots and no batches' ends, by leaf hash.
    pub others: HashMap<Hash, u64>,
    /// Ballots on the ledger, replaced ones included.
    pub ballots: u64,
    /// What a ballot is checked against.
    pub standing: Arc<Standing>,
}

impl Published {
    /// The ledger before its first entry is published.
    pub fn new(lifecycle: &Lifecycle) -> Self {
        Self {
            tree: Tree::default(),
            checkpoint: String::new(),
            witnessed: None,
            others: HashMap::new(),
            ballots: 0,
            standing: Arc::new(Standing::of(lifecycle)),
        }
    }

    /// Publishes entries with the checkpoint over them.
    pub fn add(&mut self, added: Added, checkpoint: String, lifecycle: &Lifecycle) {
        for leaf in added.leaves {
            self.tree.push(leaf);
        }
        if !added.others.is_empty() {
            self.standing = Arc::new(self.standing.advance(lifecycle));
        }
        self.others.extend(added.others);
        self.ballots = lifecycle.voting().ballots();
        self.checkpoint = checkpoint;
    }

    /// The newest signed head; nobody may have cosigned it.
    pub fn newest(&self) -> SignedHead {
        SignedHead {
            size: self.tree.size(),
            note: self.checkpoint.clone(),
        }
    }

    /// The head that readers are shown: the newest one, or, where the election
    /// asks for witnesses, the newest that they have cosigned.
    pub fn head(&self) -> Option<SignedHead> {
        match self.asks_witnesses() {
            true => self.witnessed.clone(),
            false => Some(self.newest()),
        }
    }

    fn asks_witnesses(&self) -> bool {
        self.standing.election.manifest.witness_policy.is_some()
    }

    /// Entries that the shown head covers.
    pub(crate) fn covered(&self) -> u64 {
        match self.asks_witnesses() {
            true => self.witnessed.as_ref().map_or(0, |head| head.size),
            false => self.tree.size(),
        }
    }

    /// Whether the witnesses have cosigned what an entry builds on: the head
    /// that an act or a share names, and everything before a result.
    pub fn witnesses_follow(&self, entry: &Entry) -> bool {
        let built_on = match entry {
            Entry::DecryptionShare(share) => share.body.size,
            Entry::Result(_) => self.tree.size(),
            other => other.act().map_or(0, |act| act.body.size),
        };
        built_on <= self.covered()
    }

    /// The head that a receipt of an entry is under: the one that readers are
    /// shown if that covers it, else the newest.
    pub(crate) fn head_over(&self, index: u64) -> SignedHead {
        let shown = self.head().filter(|head| index < head.size);
        shown.unwrap_or_else(|| self.newest())
    }
}
