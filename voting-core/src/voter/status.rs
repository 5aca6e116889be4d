//! How a voter's ballots stand on the ledger, in words (specs/05a-voter.md §8;
//! attacks C5 and E3).

use core::fmt;

use alloc::vec::Vec;

use crate::hash::Hash;
use crate::ledger::Checkpoint;
use crate::lifecycle::Phase;

/// A valid ballot of the voter's credential on the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The entry's index.
    pub index: u64,
    /// The ballot's sequence.
    pub sequence: u32,
    /// The tracker's 32 bytes.
    pub tracker: Hash,
    /// Whether this device cast it.
    pub by_this_device: bool,
}

/// What became of a ballot that this device cast, by this reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Receipted, and on the ledger, which goes on from the receipt's head.
    Kept {
        /// The entry's index.
        index: u64,
    },
    /// On the ledger; this device has no receipt for it.
    WithoutReceipt {
        /// The entry's index.
        index: u64,
    },
    /// Neither receipted nor on the ledger.
    NotThere,
    /// The reading ends before the receipt's head: it tells nothing.
    Older,
    /// Receipted, and not on the ledger: the receipt is evidence against it.
    Missing,
    /// Receipted, and on the ledger, but that is not the ledger of the
    /// receipt: its past was changed, and the receipt is evidence.
    Rewritten {
        /// The entry's index now.
        index: u64,
    },
}

/// A voter's ballots on the ledger up to a signed head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Where the election stands.
    pub phase: Phase,
    /// The head that was read up to.
    pub head: Checkpoint,
    /// Every valid ballot of the credential, in the ledger's order.
    pub recorded: Vec<Recorded>,
    /// Which of them counts.
    pub counted: Option<usize>,
    /// Entries that bear the credential and are no valid ballot. They do not count.
    pub invalid: u64,
    /// What became of each ballot of this device, by sequence.
    pub own: Vec<(u32, Standing)>,
}

impl Status {
    /// The ballot that counts.
    pub fn counted(&self) -> Option<&Recorded> {
        self.recorded.get(self.counted?)
    }

    /// Ballots with this voter's pass that this device did not cast. Somebody
    /// has the credential, or it was used on another device (attack C5).
    pub fn by_others(&self) -> usize {
        let others = self.recorded.iter().filter(|ballot| !ballot.by_this_device);
        others.count()
    }

    /// Whether a ballot counts that this device cast before the last one it has
    /// a receipt for: a ballot box that "refused" a ballot may record it late.
    pub fn counts_an_earlier(&self) -> bool {
        let receipted = |standing: &Standing| matches!(standing, Standing::Kept { .. });
        let last = self.own.iter().rfind(|(_, standing)| receipted(standing));
        self.counted().is_some_and(|counted| {
            counted.by_this_device && last.is_some_and(|last| counted.sequence < last.0)
        })
    }

    /// Whether a receipt contradicts the ledger.
    pub fn contradicts_a_receipt(&self) -> bool {
        let broken = |standing: &Standing| matches!(standing, Standing::Missing | Standing::Rewritten { .. });
        self.own.iter().any(|(_, standing)| broken(standing))
    }
}

/// Sentences for the voter, one a line.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (all, others) = (self.recorded.len(), self.by_others());
        let ballots = |number: usize| if number == 1 { "ballot was" } else { "ballots were" };
        write!(
            f,
            "{all} {} recorded with your pass, this device cast {}.",
            ballots(all),
            all - others
        )?;
        match self.counted() {
            Some(counted) if self.counts_an_earlier() => write!(
                f,
                "\nThe ballot that counts is NOT the last one of this device: entry {}. Report it.",
                counted.index
            )?,
            Some(counted) if counted.by_this_device => {
                write!(f, "\nA ballot of this device counts: entry {}.", counted.index)?;
            }
            Some(counted) => write!(
                f,
                "\nThe ballot that counts was NOT cast by this device: entry {}. \
                 If you did not cast it on another one, report it.",
                counted.index
            )?,
            None => f.write_str("\nNo ballot of yours counts.")?,
        }
        for (_, standing) in &self.own {
            match standing {
                Standing::Kept { .. } => (),
                Standing::WithoutReceipt { .. } => {
                    f.write_str("\nYour last ballot is recorded; its receipt is still to be fetched.")?;
                }
                Standing::NotThere => f.write_str("\nA ballot that this device sent is not recorded.")?,
                Standing::Older => {
                    f.write_str(
                        "\nThis copy of the public record is older than your receipt: look again later.",
                    )?;
                }
                Standing::Missing => f.write_str(
                    "\nA ballot that the ballot box signed for is MISSING. Keep your receipt and report it.",
                )?,
                Standing::Rewritten { .. } => f.write_str(
                    "\nThe public record was CHANGED after your receipt. Keep your receipt and report it.",
                )?,
            }
        }
        if self.invalid > 0 {
            let entries = if self.invalid == 1 { "entry" } else { "entries" };
            write!(
                f,
                "\n{} {entries} with your pass's number are not valid ballots and do not count.",
                self.invalid
            )?;
        }
        Ok(())
    }
}
