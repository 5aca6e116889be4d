//! Any entry as readable JSON, with no judgement but whether it decodes
//! (specs/10-audit.md §12).

mod about;
mod shape;
mod shown;
mod walk;

pub use shown::{Difference, Shown, differences, plain};
pub use walk::Wrong;

use serde::Serialize;
use voting_core::encoding::MAX_ENTRY;
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::leaf_hash;
use voting_core::manifest::Manifest;

/// An entry for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Inspected {
    /// Its kind; of bytes that do not decode, the kind that they announce.
    pub kind: Option<&'static str>,
    /// Its leaf hash, in hexadecimal.
    pub leaf: String,
    /// Its length in bytes.
    pub length: usize,
    /// Every field by its name in specs/entries.cddl.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<Shown>,
    /// What the numbers in it stand for, and how long its parts are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<Shown>,
    /// Why it does not decode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrong: Option<Wrong>,
    /// The bytes of an entry that does not decode, in hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<String>,
}

/// The election that an entry is read in.
#[derive(Debug, Clone, Copy)]
pub struct Within<'a> {
    /// Its id.
    pub id: &'a Hash,
    /// Its manifest: names for numbers.
    pub manifest: &'a Manifest,
}

/// Takes an entry's bytes apart.
pub fn inspect(bytes: &[u8], within: Option<Within<'_>>) -> Inspected {
    let read = match (Entry::from_bytes(bytes), walk::entry(bytes)) {
        (Ok(entry), Ok((_, fields))) => Ok((entry, fields)),
        (_, Err(wrong)) => Err(wrong),
        (Err(error), _) => Err(Wrong {
            at: bytes.len().min(MAX_ENTRY),
            field: String::new(),
            says: error.to_string(),
        }),
    };
    let inspected = Inspected {
        kind: walk::announced(bytes),
        leaf: hex::encode(leaf_hash(bytes)),
        length: bytes.len(),
        fields: None,
        about: None,
        wrong: None,
        bytes: None,
    };
    match read {
        Ok((entry, fields)) => Inspected {
            kind: Some(entry.kind()),
            about: about::about(&entry, &fields, within),
            fields: Some(fields),
            ..inspected
        },
        Err(wrong) => Inspected {
            wrong: Some(wrong),
            bytes: Some(hex::encode(bytes)),
            ..inspected
        },
    }
}

#[cfg(test)]
mod tests;
