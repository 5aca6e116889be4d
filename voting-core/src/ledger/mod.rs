//! Ledger: the mathematics of a transparency log (specs/06-ledger.md).
//!
//! The tree of RFC 6962 ([`Tree`]), signed notes and checkpoints of C2SP
//! `signed-note` and `tlog-checkpoint` ([`Checkpoint`]), and the entry bundles
//! of C2SP `tlog-tiles` ([`parse_bundle`]).

mod bundle;
mod checkpoint;
mod note;
mod tree;

pub use bundle::{BUNDLE_WIDTH, InvalidBundle, bundle_path, bundle_paths, encode_bundle, parse_bundle};
pub use checkpoint::{Checkpoint, InvalidCheckpoint};
pub use note::{InvalidNote, SignedNote, SignerKey, VerifierKey};
pub use tree::{Tree, leaf_hash, node_hash};
