//! After close: issuance reports, sums, decryption shares, results.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;

use super::authors::{Trustee, check_issuer, turn};
use super::lists::Lists;
use super::{Election, Heads, Illegal, Phase};
use crate::entry::{ContestResult, DecryptionShare, Entry, IssuanceReport, Signed, Tally};
use crate::manifest::TieBreak;

/// The entries after close.
#[derive(Debug, Clone, Default)]
pub struct Closing {
    reports: Lists,
    /// Counted ballots by contest, as the tally entries state them.
    ballots: BTreeMap<u32, u64>,
    /// Size of the ledger that holds every tally entry.
    tallied_at: u64,
    shares: BTreeSet<(u32, u32)>,
    results: BTreeSet<u32>,
    pub(super) lot: Option<String>,
}

impl Closing {
    /// The value of the lot, once officers have entered it.
    pub fn lot(&self) -> Option<&str> {
        self.lot.as_deref()
    }

    /// Records of an issuer's whole report on a style.
    pub fn records(&self, issuer: u32, style: u32) -> Option<u64> {
        self.reports.whole(issuer, style)
    }

    /// Counted ballots of a contest, as its tally states them.
    pub fn counted(&self, contest: u32) -> Option<u64> {
        self.ballots.get(&contest).copied()
    }

    /// The smallest ledger size that holds `close` and every tally.
    pub fn tallied_at(&self) -> u64 {
        self.tallied_at
    }

    /// Trustees that have published a share of a contest.
    pub fn trustees(&self, contest: u32) -> impl Iterator<Item = u32> + '_ {
        self.shares
            .range((contest, 0)..=(contest, u32::MAX))
            .map(|share| share.1)
    }

    /// Whether a contest has its result.
    pub fn has_result(&self, contest: u32) -> bool {
        self.results.contains(&contest)
    }

    pub(super) fn check_lot(&self, election: &Election) -> Result<(), Illegal> {
        if self.lot.is_some() {
            return Err(Illegal::Act {
                kind: "lot",
                why: "the lot was drawn already",
            });
        }
        if election
            .manifest
            .contests
            .iter()
            .any(|contest| contest.tie_break == TieBreak::Lot)
        {
            return Ok(());
        }
        Err(Illegal::Act {
            kind: "lot",
            why: "no contest breaks ties by lot",
        })
    }

    /// Takes an entry; returns the phase after it. `size` is the ledger's
    /// size before the entry.
    pub(super) fn apply(
        &mut self,
        phase: Phase,
        election: &Election,
        heads: &Heads,
        size: u64,
        entry: &Entry,
    ) -> Result<Phase, Illegal> {
        match entry {
            Entry::IssuanceReport(signed) => self.report(election, signed).map(|()| phase),
            Entry::Tally(tally) => self.tally(election, size, tally),
            Entry::DecryptionShare(signed) => self.share(election, heads, signed).map(|()| phase),
            Entry::Result(result) => self.result(election, result),
            other => Err(Illegal::Order {
                kind: other.kind(),
                phase: phase.name(),
            }),
        }
    }

    fn report(&mut self, election: &Election, signed: &Signed<IssuanceReport>) -> Result<(), Illegal> {
        let (issuer, style) = (signed.body.issuer, signed.body.style);
        check_issuer(election, signed, issuer, style)?;
        self.reports
            .apply(issuer, style, |list| list.accept_report(&signed.body))
    }

    /// One tally for every contest, in the manifest's order.
    fn tally(&mut self, election: &Election, size: u64, tally: &Tally) -> Result<Phase, Illegal> {
        if tally.contest as usize >= election.contests.len() {
            return Err(Illegal::Unknown {
                what: "contest",
                index: tally.contest,
            });
        }
        if tally.contest as usize != self.ballots.len() {
            return Err(turn(
                "contest",
                tally.contest,
                "its tally does not stand in the manifest's order",
            ));
        }
        self.ballots.insert(tally.contest, tally.ballots);
        if self.ballots.len() < election.contests.len() {
            return Ok(Phase::Closed);
        }
        self.tallied_at = size + 1;
        Ok(self.after_results(election))
    }

    /// Tallied, or decided where no contest (any more) waits for its result.
    fn after_results(&self, election: &Election) -> Phase {
        let least = u64::from(election.manifest.smallest_group);
        let waits = self
            .ballots
            .iter()
            .any(|(contest, &ballots)| ballots >= least && !self.results.contains(contest));
        if waits { Phase::Tallied } else { Phase::Decided }
    }

    fn share(
        &mut self,
        election: &Election,
        heads: &Heads,
        signed: &Signed<DecryptionShare>,
    ) -> Result<(), Illegal> {
        let body = &signed.body;
        let trustee = Trustee::of(election, signed, body.trustee)?;
        self.check_group(election, body.contest)?;
        if self.shares.contains(&(body.contest, body.trustee)) {
            return Err(trustee.out_of_turn("has published its share of this contest already"));
        }
        if body.size < self.tallied_at || !heads.contains(body.size, &body.root) {
            return Err(Illegal::UnknownHead {
                who: "trustee",
                index: body.trustee,
                size: body.size,
            });
        }
        self.shares.insert((body.contest, body.trustee));
        Ok(())
    }

    fn result(&mut self, election: &Election, result: &ContestResult) -> Result<Phase, Illegal> {
        let contest = result.contest;
        self.check_group(election, contest)?;
        if self.results.contains(&contest) {
            return Err(turn("contest", contest, "has its result already"));
        }
        if self.trustees(contest).count() < election.manifest.trustees.threshold as usize {
            return Err(turn(
                "contest",
                contest,
                "its result comes before the threshold of decryption shares",
            ));
        }
        let by_lot = election.manifest.contests[contest as usize].tie_break == TieBreak::Lot;
        if by_lot && self.lot.is_none() {
            return Err(turn(
                "contest",
                contest,
                "its result comes before the lot was drawn",
            ));
        }
        self.results.insert(contest);
        Ok(self.after_results(election))
    }

    /// A contest with fewer ballots than the smallest group is not decrypted.
    fn check_group(&self, election: &Election, contest: u32) -> Result<(), Illegal> {
        let ballots = self.counted(contest).ok_or(Illegal::Unknown {
            what: "tallied contest",
            index: contest,
        })?;
        let least = election.manifest.smallest_group;
        if ballots < u64::from(least) {
            Err(Illegal::SmallGroup {
                contest,
                ballots,
                least,
            })
        } else {
            Ok(())
        }
    }
}
