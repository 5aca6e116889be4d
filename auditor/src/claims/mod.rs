//! The claims: one per file, in the order of the story (specs/10-audit.md §3).
//!
//! A claim watches the ledger go by ([`Observer`]) and says at the end how it
//! stands. It is broken as soon as one check fails, and *not checkable* when
//! its evidence is not there: it is never held for lack of evidence.

mod manifest;
mod content;
mod joint_key;
mod rehearsal;
mod issuers;
mod ballots;
mod tokens;
mod sequence;
mod order;
pub(crate) mod checkpoint;
mod batches;
mod after_close;
mod eligibility;
mod counted;
mod sums;
mod shares;
mod plaintexts;
mod winners;

use voting_core::encoding::DecodeError;
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::{NoTrust, Trust};
use voting_core::lifecycle::{Illegal, Lifecycle, Phase};

use crate::checkpoint::Witnessed;
use crate::content::Content;
use crate::count::{Count, OutOfSequence};
use crate::finding::{Fault, Finding, Findings};
use crate::opening::Opening;
use crate::rolls::Rolls;
use crate::tokens::TokenFault;
use crate::verdict::{Chapter, Claim, Standing};

/// What a claim is called and where it is specified.
pub(crate) struct About {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) chapter: Chapter,
    pub(crate) clause: &'static str,
}

impl About {
    /// Begins a finding of this claim.
    pub(crate) fn finding(&self, entry: Option<u64>, field: impl Into<String>, fault: Fault) -> FindingAt {
        FindingAt {
            entry,
            field: field.into(),
            fault,
            clause: self.clause,
        }
    }
}

/// A finding that still lacks what was expected and found.
pub(crate) struct FindingAt {
    entry: Option<u64>,
    field: String,
    fault: Fault,
    clause: &'static str,
}

impl FindingAt {
    /// Says what the specification asks for and what stands there.
    pub(crate) fn differs(self, expected: impl Into<String>, found: impl Into<String>) -> Finding {
        let Self {
            entry,
            field,
            fault,
            clause,
        } = self;
        Finding {
            entry,
            field,
            expected: expected.into(),
            found: found.into(),
            clause,
            fault,
        }
    }
}

/// Why an entry is not taken.
#[derive(Debug, Clone)]
pub(crate) enum Refusal {
    /// Its bytes are no entry.
    Encoding(DecodeError),
    /// It is illegal where it stands.
    Illegal(Illegal),
}

impl core::fmt::Display for Refusal {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Refusal::Encoding(error) => error.fmt(out),
            Refusal::Illegal(error) => error.fmt(out),
        }
    }
}

/// An entry as it goes by.
pub(crate) struct Seen<'a> {
    /// Its index on the ledger.
    pub(crate) index: u64,
    /// The kind its bytes announce, known even if they do not decode.
    pub(crate) kind: &'static str,
    /// The entry, if its bytes decode.
    pub(crate) entry: Option<&'a Entry>,
    /// Why it is not taken, if it is not.
    pub(crate) refusal: Option<&'a Refusal>,
    /// The phase before the entry.
    pub(crate) before: Phase,
    /// The election after the entry.
    pub(crate) lifecycle: &'a Lifecycle,
    /// The counted ballots so far.
    pub(crate) count: &'a Count,
    /// Of a report: pseudonyms that are on no roll of its issuer and style.
    pub(crate) strangers: &'a [Hash],
}

/// A ballot whose proofs and tokens have been verified. Ballots come here in
/// the ledger's order, later than their entry went by.
pub(crate) struct SeenBallot<'a> {
    /// Its index on the ledger.
    pub(crate) index: u64,
    /// Why its form or proof fails.
    pub(crate) invalid: Option<&'a str>,
    /// By issuer: why a token fails.
    pub(crate) tokens: &'a [TokenFault],
    /// Why it breaks the sequence rule.
    pub(crate) sequence: Option<&'a OutOfSequence>,
}

/// A signed checkpoint, and what is wrong with it.
pub(crate) struct SeenCheckpoint {
    /// The tree size it names.
    pub(crate) size: Option<u64>,
    /// What is wrong.
    pub(crate) faults: Vec<CheckpointFault>,
    /// Its verified cosignatures; `None` where no policy can be applied.
    pub(crate) witnessed: Option<Witnessed>,
}

impl SeenCheckpoint {
    /// Whether the ledger signed it, and it is true of the entries. A forged
    /// cosignature, which anybody can add, changes nothing in that.
    pub(crate) fn is_the_ledgers(&self) -> bool {
        self.faults.iter().all(|fault| fault.fault != Fault::BallotBox)
    }
}

/// Something wrong with a checkpoint.
pub(crate) struct CheckpointFault {
    pub(crate) field: String,
    pub(crate) expected: String,
    pub(crate) found: String,
    pub(crate) fault: Fault,
}

/// What is known when the last entry has gone by.
pub(crate) struct End<'a> {
    pub(crate) lifecycle: &'a Lifecycle,
    pub(crate) count: &'a Count,
    pub(crate) rolls: &'a Rolls,
    pub(crate) opening: &'a Opening,
    pub(crate) content: &'a Content,
    pub(crate) checkpoints: &'a [SeenCheckpoint],
    /// Whom to believe about heads, or why there is nobody.
    pub(crate) trust: &'a Result<Trust, NoTrust>,
    /// The election id that the observer asked for.
    pub(crate) expected: Option<Hash>,
    /// Officers' signatures under the manifest.
    pub(crate) signatures: usize,
    pub(crate) size: u64,
    pub(crate) root: Hash,
}

impl End<'_> {
    /// Contests that have enough counted ballots to be decrypted.
    pub(crate) fn decrypted(&self) -> Vec<u32> {
        let contests = self.lifecycle.election().contests.len() as u32;
        (0..contests).filter(|contest| !self.is_small(*contest)).collect()
    }

    /// Whether a contest stays closed to protect its few voters.
    pub(crate) fn is_small(&self, contest: u32) -> bool {
        let election = self.lifecycle.election();
        self.count.counted_in(election, contest) < u64::from(election.manifest.smallest_group)
    }

    /// What to say about contests that stay closed.
    fn small_groups(&self) -> String {
        let election = self.lifecycle.election();
        let contests = 0..election.contests.len() as u32;
        let small: Vec<_> = contests
            .filter(|contest| self.is_small(*contest))
            .map(|contest| contest.to_string())
            .collect();
        if small.is_empty() {
            return String::new();
        }
        let least = election.manifest.smallest_group;
        format!(
            "; not decrypted, fewer than {least} ballots: contest {}",
            small.join(", ")
        )
    }
}

/// One claim at work.
pub(crate) trait Observer: Send {
    /// The claim's name.
    fn about(&self) -> &'static About;
    /// An entry goes by.
    fn entry(&mut self, _seen: &Seen<'_>) {}
    /// A ballot has been verified.
    fn ballot(&mut self, _ballot: &SeenBallot<'_>) {}
    /// The ledger has ended: the failures, and otherwise how the claim stands.
    fn conclude(&self, end: &End<'_>) -> (Findings, Standing);
}

/// All claims in the order of the story.
pub(crate) fn all() -> Vec<Box<dyn Observer>> {
    vec![
        Box::<manifest::ManifestIsSigned>::default(),
        Box::<content::ContentIsSealed>::default(),
        Box::<joint_key::JointKey>::default(),
        Box::<rehearsal::Rehearsed>::default(),
        Box::<issuers::IssuersAreFixed>::default(),
        Box::<ballots::BallotsAreProven>::default(),
        Box::<tokens::TokensAreValid>::default(),
        Box::<sequence::SequenceRule>::default(),
        Box::<order::OrderIsLegal>::default(),
        Box::<checkpoint::CheckpointIsSigned>::default(),
        Box::<batches::BatchRuleIsKept>::default(),
        Box::<after_close::NothingAfterClose>::default(),
        Box::<eligibility::BallotsHaveVoters>::default(),
        Box::<counted::CountedSet>::default(),
        Box::<sums::SumsAreRight>::default(),
        Box::<shares::SharesAreProven>::default(),
        Box::<plaintexts::TotalsArePlaintexts>::default(),
        Box::<winners::WinnersFollow>::default(),
    ]
}

/// What every claim is called, in the order of the story.
#[cfg(feature = "command")]
pub(crate) fn about_all() -> Vec<&'static About> {
    all().iter().map(|observer| observer.about()).collect()
}

/// The claim as it stands at the end: broken if anything was found.
pub(crate) fn concluded(observer: &dyn Observer, number: u32, end: &End<'_>) -> Claim {
    let (findings, standing) = observer.conclude(end);
    let standing = if findings.is_empty() {
        standing
    } else {
        Standing::Broken { findings }
    };
    claim(observer.about(), number, standing)
}

/// The claim of a ledger whose entry 0 is no coherent signed manifest:
/// broken for the first claim, not checkable for all others.
pub(crate) fn without_manifest(observer: &dyn Observer, number: u32, findings: &Findings) -> Claim {
    let about = observer.about();
    let standing = if about.id == manifest::ABOUT.id {
        Standing::Broken {
            findings: findings.clone(),
        }
    } else {
        Standing::missing(
            "entry 0 is not a coherent manifest signed by the officers, so nothing after it means anything",
        )
    };
    claim(about, number, standing)
}

pub(crate) use manifest::{empty_ledger as empty_ledger_findings, findings_of as manifest_findings};

fn claim(about: &'static About, number: u32, standing: Standing) -> Claim {
    Claim {
        number,
        id: about.id,
        title: about.title,
        chapter: about.chapter,
        clause: about.clause,
        standing,
    }
}

/// Whose doing a refused entry is. The ballot box must refuse what it cannot
/// take; what is proven wrong names its author too.
pub(crate) fn fault_of(refusal: &Refusal) -> Fault {
    match refusal {
        Refusal::Illegal(Illegal::Key { trustee, .. }) => Fault::Trustee(*trustee),
        Refusal::Illegal(Illegal::IssuerKey { issuer, .. } | Illegal::List { issuer, .. }) => {
            Fault::Issuer(*issuer)
        }
        _ => Fault::BallotBox,
    }
}

/// "1 ballot", "2 ballots".
pub(crate) fn number(count: u64, one: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {one}s")
    }
}
