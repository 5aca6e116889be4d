//! What the trustees' shares open (specs/08-decrypt.md).

use std::collections::BTreeMap;

use voting_core::decrypt::{VerifiedShare, combine, verify_share};
use voting_core::entry::{ContestResult, DecryptionShare};
use voting_core::group::{RistrettoPoint, Scalar, message_base};
use voting_core::lifecycle::Election;

use crate::count::Count;

/// A share whose proof fails.
pub(crate) struct ShareFault {
    pub(crate) index: u64,
    pub(crate) contest: u32,
    pub(crate) trustee: u32,
    pub(crate) why: String,
}

/// A contest's published totals beside what the shares open.
pub(crate) enum Stated {
    /// No result yet.
    Missing,
    /// A result, but too few proven shares to compare it with.
    Closed,
    /// Field, expected, found of every difference, among so many cells.
    Compared {
        index: u64,
        faults: Vec<(String, String, String)>,
        cells: u64,
    },
}

/// Shares and results as they stand on the ledger.
#[derive(Default)]
pub(crate) struct Opening {
    shares: BTreeMap<u32, Vec<VerifiedShare>>,
    faults: Vec<ShareFault>,
    results: BTreeMap<u32, (u64, ContestResult)>,
    opened: BTreeMap<u32, Vec<RistrettoPoint>>,
    inconsistent: Vec<u32>,
}

impl Opening {
    /// Verifies a share of a legal entry against the recomputed sums.
    pub(crate) fn share(&mut self, election: &Election, count: &Count, index: u64, share: &DecryptionShare) {
        let (contest, trustee) = (share.contest, share.trustee);
        let (Some(keys), Some(sums)) = (&election.keys, count.sums(contest)) else {
            return;
        };
        let Some(share_key) = keys.public.shares.get(trustee as usize) else {
            return;
        };
        match verify_share(&election.id, &keys.public.joint, share_key, sums, share) {
            Ok(verified) => self.shares.entry(contest).or_default().push(verified),
            Err(fault) => self.faults.push(ShareFault {
                index,
                contest,
                trustee,
                why: fault.to_string(),
            }),
        }
    }

    /// Keeps a result. A refused one is kept where no legal one stands, so
    /// that the claims can say what is wrong with it.
    pub(crate) fn result(&mut self, index: u64, result: &ContestResult, legal: bool) {
        if legal {
            self.results.insert(result.contest, (index, result.clone()));
        } else {
            self.results
                .entry(result.contest)
                .or_insert_with(|| (index, result.clone()));
        }
    }

    /// Opens every contest that has enough proven shares.
    pub(crate) fn open(&mut self, election: &Election, count: &Count) {
        let threshold = election.manifest.trustees.threshold;
        self.opened.clear();
        self.inconsistent.clear();
        for (&contest, shares) in &self.shares {
            let Some(sums) = count.sums(contest) else { continue };
            if shares.len() < threshold as usize {
                continue;
            }
            match combine(threshold, sums, shares) {
                Ok(points) => {
                    self.opened.insert(contest, points);
                }
                Err(_) => self.inconsistent.push(contest),
            }
        }
    }

    /// Shares whose proofs fail.
    pub(crate) fn faults(&self) -> &[ShareFault] {
        &self.faults
    }

    /// Contests whose shares do not all lie on one polynomial.
    pub(crate) fn inconsistent(&self) -> &[u32] {
        &self.inconsistent
    }

    /// Proven shares of a contest.
    pub(crate) fn valid(&self, contest: u32) -> usize {
        self.shares.get(&contest).map_or(0, Vec::len)
    }

    /// The result of a contest and its entry.
    pub(crate) fn result_of(&self, contest: u32) -> Option<(u64, &ContestResult)> {
        self.results.get(&contest).map(|(index, result)| (*index, result))
    }

    /// Compares the published totals with the opened points: total `v` is
    /// right exactly if `v·M` is the point.
    pub(crate) fn stated(&self, contest: u32) -> Stated {
        let Some((index, result)) = self.result_of(contest) else {
            return Stated::Missing;
        };
        let Some(points) = self.opened.get(&contest) else {
            return Stated::Closed;
        };
        let mut faults = Vec::new();
        if points.len() != result.totals.len() {
            let (expected, found) = (points.len(), result.totals.len());
            faults.push((
                "length".to_owned(),
                format!("{expected} totals"),
                format!("{found} totals"),
            ));
        }
        for (cell, (point, total)) in points.iter().zip(&result.totals).enumerate() {
            if Scalar::from(*total) * message_base() != *point {
                let expected = "the plaintext of this cell's sum".to_owned();
                faults.push((
                    format!("cell {cell}"),
                    expected,
                    format!("{total}, which is another number"),
                ));
            }
        }
        Stated::Compared {
            index,
            faults,
            cells: points.len() as u64,
        }
    }

    /// The totals of a contest if they are proven.
    pub(crate) fn proven(&self, contest: u32) -> Option<&ContestResult> {
        match self.stated(contest) {
            Stated::Compared { faults, .. } if faults.is_empty() => {
                self.result_of(contest).map(|(_, result)| result)
            }
            _ => None,
        }
    }
}
