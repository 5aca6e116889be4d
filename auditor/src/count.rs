//! The counted set and the sums, from the ledger alone (specs/07-close-and-tally.md).
//!
//! Of every credential the latest valid ballot counts. Per credential about a
//! hundred bytes stay in memory; the cells of a ballot do not: when a later
//! ballot replaces it, it is read a second time and subtracted.

use std::collections::HashMap;

use rand_core::CryptoRng;
use voting_core::ballot::{VerifiedBallot, verify};
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::leaf_hash;
use voting_core::lifecycle::Election;
use voting_core::tally::Sums;

/// Reads an entry of the audited ledger a second time.
pub trait Recall {
    /// The bytes of an entry that was fed before. `None` if it cannot be read
    /// again: the claims that need it are then *not checkable*.
    fn entry(&mut self, index: u64) -> Option<Vec<u8>>;
}

impl Recall for &[Vec<u8>] {
    fn entry(&mut self, index: u64) -> Option<Vec<u8>> {
        self.get(usize::try_from(index).ok()?).cloned()
    }
}

/// A ledger that is only read once.
pub struct NoRecall;

impl Recall for NoRecall {
    fn entry(&mut self, _index: u64) -> Option<Vec<u8>> {
        None
    }
}

/// The ballot of a credential that counts so far.
#[derive(Debug, Clone, Copy)]
struct Latest {
    sequence: u32,
    style: u32,
    index: u64,
    leaf: Hash,
}

/// Why a ballot does not follow the credential's earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OutOfSequence {
    /// Its sequence is not larger.
    Sequence { earlier: u64, least: u64, found: u32 },
    /// It has another style.
    Style { earlier: u64, expected: u32, found: u32 },
    /// The manifest does not allow voting again.
    Again { earlier: u64 },
}

impl OutOfSequence {
    pub(crate) fn field(&self) -> &'static str {
        match self {
            OutOfSequence::Sequence { .. } => "sequence",
            OutOfSequence::Style { .. } => "style",
            OutOfSequence::Again { .. } => "credential",
        }
    }

    pub(crate) fn expected(&self) -> String {
        match self {
            OutOfSequence::Sequence { earlier, least, .. } => {
                format!("at least {least}, after entry {earlier}")
            }
            OutOfSequence::Style {
                earlier, expected, ..
            } => format!("{expected}, as in entry {earlier}"),
            OutOfSequence::Again { .. } => {
                "one ballot per credential: voting again is not allowed".to_owned()
            }
        }
    }

    pub(crate) fn found(&self) -> String {
        match self {
            OutOfSequence::Sequence { found, .. } | OutOfSequence::Style { found, .. } => found.to_string(),
            OutOfSequence::Again { earlier } => format!("a second one; the first is entry {earlier}"),
        }
    }
}

/// The count so far.
#[derive(Default)]
pub(crate) struct Count {
    latest: HashMap<[u8; 32], Latest>,
    sums: Vec<Sums>,
    by_style: Vec<u64>,
    seen: u64,
    replaced: u64,
    unread: Option<u64>,
}

impl Count {
    pub(crate) fn of(election: &Election) -> Self {
        let sums = election
            .contests
            .iter()
            .map(|statement| Sums::new(statement.maxima().len()))
            .collect();
        Self {
            sums,
            by_style: vec![0; election.manifest.styles.len()],
            ..Self::default()
        }
    }

    /// A ballot stands on the ledger, valid or not.
    pub(crate) fn see(&mut self) {
        self.seen += 1;
    }

    /// Counts a ballot whose proof and passes are valid.
    pub(crate) fn take<R: CryptoRng + ?Sized>(
        &mut self,
        election: &Election,
        (index, leaf): (u64, Hash),
        ballot: &VerifiedBallot,
        recall: &mut dyn Recall,
        rng: &mut R,
    ) -> Result<(), OutOfSequence> {
        let (sequence, style) = (ballot.sequence(), ballot.style());
        if let Some(earlier) = self.latest.get(&ballot.credential()).copied() {
            follows(election, &earlier, sequence, style)?;
            match read_again(election, &earlier, recall, rng) {
                Some(replaced) => self.subtract(election, &replaced),
                None => self.unread = self.unread.or(Some(earlier.index)),
            }
            self.replaced += 1;
        } else if let Some(counted) = self.by_style.get_mut(style as usize) {
            *counted += 1;
        }
        self.add(election, ballot);
        self.latest.insert(
            ballot.credential(),
            Latest {
                sequence,
                style,
                index,
                leaf,
            },
        );
        Ok(())
    }

    fn add(&mut self, election: &Election, ballot: &VerifiedBallot) {
        for (contest, sums) in (0..).zip(&mut self.sums) {
            if let Some(offset) = election.cell_offset(ballot.style(), contest) {
                sums.add(ballot, offset);
            }
        }
    }

    fn subtract(&mut self, election: &Election, ballot: &VerifiedBallot) {
        for (contest, sums) in (0..).zip(&mut self.sums) {
            if let Some(offset) = election.cell_offset(ballot.style(), contest) {
                sums.subtract(ballot, offset);
            }
        }
    }

    /// Ballots on the ledger.
    pub(crate) fn seen(&self) -> u64 {
        self.seen
    }

    /// Ballots that count.
    pub(crate) fn counted(&self) -> u64 {
        self.by_style.iter().sum()
    }

    /// Ballots of a style that count.
    pub(crate) fn counted_of(&self, style: u32) -> u64 {
        self.by_style.get(style as usize).copied().unwrap_or(0)
    }

    /// Ballots that count in a contest: those of every style that shows it.
    pub(crate) fn counted_in(&self, election: &Election, contest: u32) -> u64 {
        let styles = (0..).zip(&election.manifest.styles);
        let showing = styles.filter(|(_, style)| style.contests.contains(&contest));
        showing.map(|(style, _)| self.counted_of(style)).sum()
    }

    /// Valid ballots that a later one replaced.
    pub(crate) fn replaced(&self) -> u64 {
        self.replaced
    }

    /// The sums of a contest over the ballots that count.
    pub(crate) fn sums(&self, contest: u32) -> Option<&Sums> {
        self.sums.get(contest as usize)
    }

    /// A replaced ballot that could not be read a second time: the sums are
    /// then not certain.
    pub(crate) fn unread(&self) -> Option<u64> {
        self.unread
    }
}

fn follows(election: &Election, earlier: &Latest, sequence: u32, style: u32) -> Result<(), OutOfSequence> {
    if !election.manifest.revoting {
        return Err(OutOfSequence::Again {
            earlier: earlier.index,
        });
    }
    if style != earlier.style {
        return Err(OutOfSequence::Style {
            earlier: earlier.index,
            expected: earlier.style,
            found: style,
        });
    }
    if sequence <= earlier.sequence {
        let least = u64::from(earlier.sequence) + 1;
        return Err(OutOfSequence::Sequence {
            earlier: earlier.index,
            least,
            found: sequence,
        });
    }
    Ok(())
}

/// The replaced ballot, if the source still gives the very bytes that were
/// verified. Verifying them once more is the only way to the type that can be
/// subtracted.
fn read_again<R: CryptoRng + ?Sized>(
    election: &Election,
    earlier: &Latest,
    recall: &mut dyn Recall,
    rng: &mut R,
) -> Option<VerifiedBallot> {
    let bytes = recall.entry(earlier.index)?;
    if leaf_hash(&bytes) != earlier.leaf {
        return None;
    }
    let Ok(Entry::Ballot(ballot)) = Entry::from_bytes(&bytes) else {
        return None;
    };
    verify(&election.ballot_context(earlier.style)?, &ballot, rng).ok()
}
