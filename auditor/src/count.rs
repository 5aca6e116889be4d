//! The counted set and the sums, from the ledger alone (specs/07-close-and-tally.md).
//!
//! Of every credential the latest valid ballot counts. The [`Register`]
//! remembers which one that is; nobody remembers its cells: when a later
//! ballot replaces it, it is read a second time, verified and subtracted.

use voting_core::ballot::VerifiedBallot;
use voting_core::entry::Entry;
use voting_core::ledger::leaf_hash;
use voting_core::lifecycle::Election;
use voting_core::tally::Sums;

use crate::batch::{Checked, Done, Waiting, empty_sums};
use crate::register::{Latest, Lost, Register};

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
pub(crate) struct Count {
    register: Box<dyn Register>,
    lost: Option<Lost>,
    sums: Vec<Sums>,
    by_style: Vec<u64>,
    seen: u64,
    replaced: u64,
    unread: Option<u64>,
}

impl Count {
    pub(crate) fn of(election: &Election, register: Box<dyn Register>) -> Self {
        Self {
            register,
            lost: None,
            sums: empty_sums(election),
            by_style: vec![0; election.manifest.styles.len()],
            seen: 0,
            replaced: 0,
            unread: None,
        }
    }

    /// Takes a verified portion, in the ledger's order. `tell` hears of every
    /// ballot, and of one that breaks the sequence rule, how; what comes back
    /// are ballots that were replaced, to be read again and subtracted.
    pub(crate) fn take(
        &mut self,
        election: &Election,
        done: &Done,
        mut tell: impl FnMut(&Checked, Option<&OutOfSequence>),
    ) -> Vec<Latest> {
        let mut replaced = Vec::new();
        self.merge(&done.sums, Sums::add_sums);
        for checked in &done.ballots {
            self.seen += 1;
            let mut out = None;
            if let Some(ballot) = checked.valid() {
                match self.follow(election, checked, ballot) {
                    Ok(earlier) => replaced.extend(earlier),
                    Err(why) => {
                        self.take_out(election, ballot);
                        out = Some(why);
                    }
                }
            }
            tell(checked, out.as_ref());
        }
        self.replaced += replaced.len() as u64;
        replaced
    }

    /// Takes the sums of replaced ballots out again.
    pub(crate) fn subtract(&mut self, done: &Done) {
        match done.ballots.iter().find(|ballot| ballot.valid().is_none()) {
            Some(ballot) => self.not_read(ballot.index),
            None => self.merge(&done.sums, Sums::subtract_sums),
        }
    }

    /// Notes that a replaced ballot cannot be read a second time.
    pub(crate) fn not_read(&mut self, index: u64) {
        self.unread.get_or_insert(index);
    }

    /// Makes a ballot its credential's latest; the one before it, if any. Once
    /// the register is lost, nobody knows which ballots count.
    fn follow(
        &mut self,
        election: &Election,
        checked: &Checked,
        ballot: &VerifiedBallot,
    ) -> Result<Option<Latest>, OutOfSequence> {
        let (sequence, style) = (ballot.sequence(), ballot.style());
        let (index, leaf) = (checked.index, checked.leaf);
        let credential = ballot.credential();
        let Some(earlier) = self.ask(|register| register.get(&credential)) else {
            return Ok(None);
        };
        if let Some(earlier) = &earlier {
            follows(election, earlier, sequence, style)?;
        } else if let Some(counted) = self.by_style.get_mut(style as usize) {
            *counted += 1;
        }
        let latest = Latest {
            sequence,
            style,
            index,
            leaf,
        };
        self.ask(|register| register.set(&credential, latest));
        Ok(earlier)
    }

    /// Asks the register, unless it is lost.
    fn ask<T>(&mut self, what: impl FnOnce(&mut dyn Register) -> Result<T, Lost>) -> Option<T> {
        if self.lost.is_some() {
            return None;
        }
        match what(&mut *self.register) {
            Ok(answer) => Some(answer),
            Err(lost) => {
                self.lost = Some(lost);
                None
            }
        }
    }

    fn merge(&mut self, others: &[Sums], with: fn(&mut Sums, &Sums)) {
        for (sums, other) in self.sums.iter_mut().zip(others) {
            with(sums, other);
        }
    }

    fn take_out(&mut self, election: &Election, ballot: &VerifiedBallot) {
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

    /// Why the counted set is not certain: what was remembered is lost.
    pub(crate) fn lost(&self) -> Option<String> {
        self.lost.as_ref().map(Lost::to_string)
    }

    /// Why the sums are not certain: what was remembered is lost, or a
    /// replaced ballot could not be read a second time.
    pub(crate) fn uncertain(&self) -> Option<String> {
        let unread =
            |index| format!("entry {index} could not be read a second time, so it could not be subtracted");
        self.lost().or_else(|| self.unread.map(unread))
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

/// A replaced ballot, if the source still gives the very bytes that were verified.
pub(crate) fn read_again(earlier: &Latest, recall: &mut dyn Recall) -> Option<Waiting> {
    let bytes = recall.entry(earlier.index)?;
    match Entry::from_bytes(&bytes) {
        Ok(Entry::Ballot(entry)) if leaf_hash(&bytes) == earlier.leaf => Some(Waiting {
            index: earlier.index,
            leaf: earlier.leaf,
            entry,
        }),
        _ => None,
    }
}
