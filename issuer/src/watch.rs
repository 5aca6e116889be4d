//! What the ledger says: whether tokens may be issued.

use std::sync::atomic::{AtomicU8, Ordering};

/// Whether tokens are issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not yet: the ledger lacks the confirmed key, or this issuer's keys and whole roll.
    Waiting,
    /// Yes.
    Issuing,
    /// No longer: the poll is closed.
    Closed,
}

impl Standing {
    /// In a word.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Waiting => "waiting",
            Standing::Issuing => "issuing",
            Standing::Closed => "closed",
        }
    }
}

/// The standing that the server looks at, and the watcher sets.
#[derive(Debug)]
pub struct Gate(AtomicU8);

impl Gate {
    /// A gate in a standing.
    pub fn new(standing: Standing) -> Self {
        Self(AtomicU8::new(standing as u8))
    }

    /// The standing now.
    pub fn standing(&self) -> Standing {
        match self.0.load(Ordering::Acquire) {
            1 => Standing::Issuing,
            2 => Standing::Closed,
            _ => Standing::Waiting,
        }
    }

    /// Sets it. A closed gate stays closed.
    pub fn set(&self, standing: Standing) {
        if self.standing() != Standing::Closed {
            self.0.store(standing as u8, Ordering::Release);
        }
    }
}
