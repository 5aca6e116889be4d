//! The honest election that everything is read in.

use std::sync::OnceLock;

use voting_core::hash::Hash;
use voting_core::ledger::{
    Checkpoint, Cosigner, Levels, Nodes, SignedNote, Trust, VerifierKey, inclusion_proof, leaf_hash,
};
use voting_core::lifecycle::Lifecycle;
use voting_core::voter;

use crate::kit::{Story, golden, opened, ready, voted};

/// The honest ledger, and what a reader makes of it.
pub(crate) struct Honest {
    pub(crate) story: &'static Story,
    /// The ledger at several stages of the story.
    pub(crate) stages: Vec<Lifecycle>,
    pub(crate) levels: Levels,
    /// The signed head.
    pub(crate) note: Vec<u8>,
    pub(crate) key: VerifierKey,
    pub(crate) trust: Trust,
    /// The polls of both styles.
    pub(crate) polls: Vec<voter::Poll>,
}

pub(crate) fn honest() -> &'static Honest {
    static HONEST: OnceLock<Honest> = OnceLock::new();
    HONEST.get_or_init(|| {
        let story = golden();
        let key = key_of(story);
        let stages = [ready(), opened(), voted(), story].map(|story| story.honest.clone());
        let polls = (0..2).map(|style| {
            voter::Poll::of(&story.honest, style, Trust::key_alone(key.clone())).expect("keys are there")
        });
        Honest {
            story,
            stages: stages.to_vec(),
            levels: story.entries.iter().map(|entry| leaf_hash(entry)).collect(),
            note: story.checkpoint(),
            trust: Trust::key_alone(key.clone()),
            polls: polls.collect(),
            key,
        }
    })
}

fn key_of(story: &Story) -> VerifierKey {
    let ledger = &story.people.manifest.ledger;
    VerifierKey::ed25519(&ledger.origin, &ledger.key).expect("the golden origin is a name")
}

/// A witness.
pub(crate) fn cosigner() -> Cosigner {
    let key = ed25519_dalek::SigningKey::from_bytes(&[70; 32]);
    Cosigner::ed25519("ada.example", &key).expect("a name")
}

/// The signed head of the first entries.
pub(crate) fn note_at(size: u64) -> Vec<u8> {
    let honest = honest();
    let root = root_at(size);
    honest.story.checkpoint_of(size, root)
}

pub(crate) fn root_at(size: u64) -> Hash {
    let entries = &honest().story.entries[..size as usize];
    let levels: Levels = entries.iter().map(|entry| leaf_hash(entry)).collect();
    levels.root()
}

pub(crate) fn head() -> Checkpoint {
    let note = SignedNote::parse(&honest().note).expect("the honest note is one");
    Checkpoint::parse(note.text()).expect("of a checkpoint")
}

/// The honest inclusion proof of an entry.
pub(crate) fn proof_of(index: u64) -> Vec<Hash> {
    let levels = &honest().levels;
    debug_assert!(levels.node(0, index).is_some());
    inclusion_proof(levels, index, levels.size()).expect("it stands there")
}
