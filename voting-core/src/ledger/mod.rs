//! Ledger: the mathematics of a transparency log (specs/06-ledger.md).
//!
//! The tree of RFC 6962, by its right edge ([`Tree`], with its tiles [`Edge`]) or by all its hashes
//! ([`Nodes`], [`Levels`]), and its proofs ([`verify_inclusion`],
//! [`verify_consistency`]). Signed notes, checkpoints and cosignatures of C2SP
//! `signed-note`, `tlog-checkpoint` and `tlog-cosignature` ([`SignedNote`],
//! [`Checkpoint`], [`Cosignature`]). The files that a ledger is read from, C2SP
//! `tlog-tiles` ([`TilePlace`], [`parse_bundle`], [`Tiles`]), and the receipt that it
//! answers with, C2SP `tlog-proof` ([`Receipt`]).
//!
//! Witnesses: what is submitted to them, C2SP `tlog-witness` ([`Submission`]);
//! whose cosignatures count, C2SP `tlog-policy` ([`Policy`]); and what a reader
//! believes in the end ([`Trust`]).

mod bundle;
mod checkpoint;
mod cosignature;
mod edge;
mod lines;
mod nodes;
mod note;
mod policy;
mod proof;
mod reading;
mod receipt;
mod submission;
mod tile;
mod tree;
mod trust;
mod vkey;
#[cfg(test)]
mod tests;

pub use bundle::{BUNDLE_WIDTH, InvalidBundle, bundle_path, encode_bundle, parse_bundle};
pub use checkpoint::{Checkpoint, InvalidCheckpoint};
pub use cosignature::{Cosignature, Cosigner};
pub use edge::Edge;
pub use nodes::{Levels, Nodes, tree_root};
pub use note::{InvalidNote, SignedNote, SignerKey};
pub use policy::{Cosignatures, InvalidPolicy, Policy, PolicyLog, PolicyProblem, PolicyWitness};
pub use proof::{
    InvalidProof, consistency_proof, inclusion_proof, older_root, verify_consistency, verify_inclusion,
};
pub use reading::{InvalidTile, Tiles, tiles_for_consistency, tiles_for_inclusion, tiles_for_root};
pub use receipt::{InvalidReceipt, KeptReceipt, Receipt};
pub use submission::{MAX_SUBMISSION, NotWitnessed, Submission};
pub use tile::{InvalidPath, TILE_WIDTH, TilePlace};
pub use tree::{Tree, empty_root, leaf_hash, node_hash};
pub use trust::{Head, NoTrust, Trust};
pub use vkey::{CosignerKey, InvalidVkey, VerifierKey};
