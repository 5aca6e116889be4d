//! What a witness tells the observer who runs it.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// Something worth a line. None of it is about who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The first cosignature for a ledger since the start.
    Witnessing {
        /// The ledger.
        origin: String,
        /// The head's size.
        size: u64,
    },
    /// The ledger has signed two trees of which neither goes on from the other.
    Fork {
        /// The ledger.
        origin: String,
        /// The head's size.
        size: u64,
        /// Where the evidence is.
        evidence: PathBuf,
    },
    /// A head came with a proof that does not hold.
    Unproved {
        /// The ledger.
        origin: String,
        /// The head's size.
        size: u64,
        /// Where the evidence is.
        evidence: PathBuf,
    },
    /// More evidence against a ledger than is kept.
    Enough {
        /// The ledger.
        origin: String,
    },
    /// Evidence that could not be written.
    NotKept {
        /// Why.
        why: String,
    },
}

impl fmt::Display for Event {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Witnessing { origin, size } => write!(out, "cosigned {origin} at size {size}"),
            Self::Fork {
                origin,
                size,
                evidence,
            } => write!(
                out,
                "FORK: {origin} has signed two different ledgers, the newer one of size {size}. The proof is {}: \
                 publish it, and tell the election office and the other observers. Anybody can check it with \
                 `auditor evidence`.",
                evidence.display()
            ),
            Self::Unproved {
                origin,
                size,
                evidence,
            } => write!(
                out,
                "refused: {origin} at size {size} came without a proof that it goes on from what was cosigned \
                 here. That alone accuses nobody, since anybody can send a wrong proof; if the ledger's next \
                 checkpoints are refused too, it has forked. Kept in {}",
                evidence.display()
            ),
            Self::Enough { origin } => {
                write!(
                    out,
                    "refused {origin} again; there is enough evidence, no more is kept"
                )
            }
            Self::NotKept { why } => write!(out, "evidence could not be written: {why}"),
        }
    }
}

/// Who is told.
#[derive(Clone)]
pub struct Report(Arc<dyn Fn(&Event) + Send + Sync>);

impl Report {
    /// Tells somebody.
    pub fn to(tell: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    pub(super) fn tell(&self, event: &Event) {
        (self.0)(event);
    }
}

impl Default for Report {
    /// Tells nobody.
    fn default() -> Self {
        Self::to(|_| ())
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Report")
    }
}
