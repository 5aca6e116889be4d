//! The officers' acts: each names the one before and the head it was signed against.

use super::{Election, Heads, Illegal, check_officers};
use crate::entry::Act;
use crate::hash::Hash;

/// The chain of acts.
#[derive(Debug, Clone)]
pub struct Acts {
    counter: u32,
    previous: Hash,
    closing: Option<u64>,
}

impl Acts {
    pub(super) fn after_manifest(leaf: Hash) -> Self {
        Self {
            counter: 0,
            previous: leaf,
            closing: None,
        }
    }

    /// Acts so far; the next one's counter is one more.
    pub fn counter(&self) -> u32 {
        self.counter
    }

    /// Leaf hash of the latest act (the manifest's at first).
    pub fn previous(&self) -> Hash {
        self.previous
    }

    /// The planned closing as the latest `extend` moved it, if one did.
    pub fn extended_closing(&self) -> Option<u64> {
        self.closing
    }

    pub(super) fn apply(
        &mut self,
        kind: &'static str,
        election: &Election,
        heads: &Heads,
        leaf: Hash,
        act: &Act,
    ) -> Result<(), Illegal> {
        let body = &act.body;
        let illegal = |why| Err(Illegal::Act { kind, why });
        if body.counter != self.counter + 1 {
            return illegal("its counter is not the next one");
        }
        if *body.previous != self.previous {
            return illegal("it names another previous act");
        }
        if !heads.contains(body.size, &body.root) {
            return illegal("it was signed against a ledger head that this ledger never had");
        }
        let planned = self.closing.unwrap_or(election.manifest.closing);
        match kind {
            "extend" if body.closing <= planned => {
                return illegal("the new closing is not later than the planned one");
            }
            "extend" => {}
            _ if body.closing != 0 => return illegal("only an extend act names a closing"),
            _ => {}
        }
        if kind == "lot" && body.statement.is_empty() {
            return illegal("the drawn value is missing");
        }
        check_officers(kind, &election.id, &election.manifest, body, &act.signatures)?;
        if kind == "extend" {
            self.closing = Some(body.closing);
        }
        self.counter += 1;
        self.previous = leaf;
        Ok(())
    }
}
