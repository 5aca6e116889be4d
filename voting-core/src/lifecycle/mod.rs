//! The legal order of a ledger's entries, and what they add up to.
//!
//! [`Lifecycle::apply`] takes entry after entry. It accepts exactly the order
//! of specs/06-ledger.md §6: setup, open (with pauses), closed, tallied,
//! decrypted. It checks signatures, counters and part numbers, and collects
//! the [`Election`]: keys, statements, issuer keys. What costs time or memory
//! per ballot (proofs, tokens, the sequence rule, the sums) is the caller's.
//!
//! An illegal entry changes nothing, so that an auditor can report it and go on.

mod acts;
mod authors;
mod by_trustee;
mod closing;
mod election;
mod illegal;
mod lists;
mod setup;
mod voting;

pub use by_trustee::ByTrustee;
pub use election::{Election, ElectionKeys};
pub use illegal::Illegal;

use alloc::vec::Vec;

use crate::encoding::decode;
use crate::entry::{Entry, OfficerSignature, signed_message, verify_signature};
use crate::hash::Hash;
use crate::ledger::{Tree, leaf_hash};
use crate::manifest::Manifest;

use acts::Acts;
use closing::Closing;
use setup::Setup;
use voting::Voting;

/// Where an election stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Keys, roll and rehearsal are being made; no ballot is taken.
    Setup,
    /// Ballots are taken.
    Open,
    /// Voting is interrupted.
    Paused,
    /// Voting has ended; the sums are not all published.
    Closed,
    /// All sums are published; trustees decrypt.
    Tallied,
    /// Every contest that may be decrypted has its result.
    Decided,
}

impl Phase {
    /// The phase in a word.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Setup => "setup",
            Phase::Open => "open",
            Phase::Paused => "paused",
            Phase::Closed => "closed",
            Phase::Tallied => "tallied",
            Phase::Decided => "decided",
        }
    }
}

/// A ledger's heads: the sizes at which a checkpoint can exist. None lies
/// inside a batch.
#[derive(Debug, Clone, Default)]
struct Heads(Vec<(u64, Hash)>);

impl Heads {
    fn contains(&self, size: u64, root: &Hash) -> bool {
        self.0
            .binary_search_by_key(&size, |head| head.0)
            .is_ok_and(|at| self.0[at].1 == *root)
    }
}

/// The state of one election's ledger.
#[derive(Debug, Clone)]
pub struct Lifecycle {
    phase: Phase,
    election: Election,
    tree: Tree,
    heads: Heads,
    setup: Setup,
    acts: Acts,
    voting: Voting,
    closing: Closing,
}

impl Lifecycle {
    /// Begins with entry 0: a coherent manifest that its officers signed.
    pub fn begin(entry: &[u8]) -> Result<Self, Illegal> {
        let leaf = leaf_hash(entry);
        let Entry::Manifest(manifest, signatures) = decode(entry)? else {
            return Err(Illegal::NoManifest);
        };
        manifest.check().map_err(Illegal::Manifest)?;
        let id = manifest.election_id();
        check_officers("manifest", &id, &manifest, &manifest, &signatures)?;
        let election = Election::new(id, manifest)?;
        let mut lifecycle = Self {
            phase: Phase::Setup,
            setup: Setup::default(),
            acts: Acts::after_manifest(leaf),
            voting: Voting::default(),
            closing: Closing::default(),
            election,
            tree: Tree::default(),
            heads: Heads::default(),
        };
        lifecycle.push(leaf, true);
        Ok(lifecycle)
    }

    /// Takes the next entry, or says why it is illegal and changes nothing.
    ///
    /// `leaf` is the entry's leaf hash.
    pub fn apply(&mut self, leaf: Hash, entry: &Entry) -> Result<(), Illegal> {
        if self.voting.batch_is_unfinished() && !matches!(entry, Entry::Ballot(_) | Entry::Batch(_)) {
            return Err(Illegal::UnfinishedBatch);
        }
        self.check_phase(entry)?;
        match entry {
            Entry::Manifest(..) => return Err(Illegal::SecondManifest),
            Entry::KeyHash(_)
            | Entry::KeyCommitment(_)
            | Entry::KeyShares(_)
            | Entry::KeyComplaint(_)
            | Entry::KeyConfirmation(_)
            | Entry::Rehearsal(_)
            | Entry::Roll(_)
            | Entry::IssuerKey(_) => self.setup.apply(&mut self.election, entry)?,
            Entry::Open(act) => {
                self.setup.ready(&self.election)?;
                self.acts.apply("open", &self.election, &self.heads, leaf, act)?;
                self.phase = Phase::Open;
            }
            Entry::Pause(act) => {
                self.acts.apply("pause", &self.election, &self.heads, leaf, act)?;
                self.phase = Phase::Paused;
            }
            Entry::Resume(act) => {
                self.acts
                    .apply("resume", &self.election, &self.heads, leaf, act)?;
                self.phase = Phase::Open;
            }
            Entry::Extend(act) => self
                .acts
                .apply("extend", &self.election, &self.heads, leaf, act)?,
            Entry::Close(act) => {
                self.acts.apply("close", &self.election, &self.heads, leaf, act)?;
                self.phase = Phase::Closed;
            }
            Entry::Lot(act) => {
                self.closing.check_lot(&self.election)?;
                self.acts.apply("lot", &self.election, &self.heads, leaf, act)?;
                self.closing.lot = Some(act.body.statement.clone());
            }
            Entry::Ballot(ballot) => self.voting.ballot(&self.election, leaf, ballot)?,
            Entry::Batch(batch) => self.voting.batch(&self.election, batch)?,
            Entry::IssuanceReport(_) | Entry::Tally(_) | Entry::DecryptionShare(_) | Entry::Result(_) => {
                self.phase =
                    self.closing
                        .apply(self.phase, &self.election, &self.heads, self.tree.size(), entry)?;
            }
        }
        self.push(leaf, !matches!(entry, Entry::Ballot(_)));
        Ok(())
    }

    /// Whether an entry is out of the question, as far as that can be told
    /// without changing anything: by its phase, and of an officers' act by all
    /// of it. [`Lifecycle::apply`] may still refuse what passes here.
    pub fn foresee(&self, leaf: Hash, entry: &Entry) -> Result<(), Illegal> {
        self.check_phase(entry)?;
        let Some(act) = entry.act() else {
            return Ok(());
        };
        let mut acts = self.acts.clone();
        acts.apply(entry.kind(), &self.election, &self.heads, leaf, act)
    }

    /// Goes past an entry that was refused: it stands on the ledger all the
    /// same, so sizes and roots go on with it.
    pub fn skip(&mut self, leaf: Hash) {
        self.push(leaf, true);
    }

    /// The phase an entry belongs to.
    fn check_phase(&self, entry: &Entry) -> Result<(), Illegal> {
        use Phase::*;
        let legal = match entry {
            Entry::Manifest(..) => true,
            Entry::KeyHash(_)
            | Entry::KeyCommitment(_)
            | Entry::KeyShares(_)
            | Entry::KeyComplaint(_)
            | Entry::KeyConfirmation(_)
            | Entry::Rehearsal(_)
            | Entry::Roll(_)
            | Entry::IssuerKey(_)
            | Entry::Open(_) => self.phase == Setup,
            Entry::Pause(_) | Entry::Ballot(_) | Entry::Batch(_) => self.phase == Open,
            Entry::Resume(_) => self.phase == Paused,
            Entry::Extend(_) | Entry::Close(_) => matches!(self.phase, Open | Paused),
            Entry::Lot(_) => matches!(self.phase, Closed | Tallied),
            Entry::IssuanceReport(_) => self.phase >= Closed,
            Entry::Tally(_) => self.phase == Closed,
            Entry::DecryptionShare(_) => self.phase >= Tallied,
            Entry::Result(_) => self.phase == Tallied,
        };
        if legal {
            Ok(())
        } else {
            Err(Illegal::Order {
                kind: entry.kind(),
                phase: self.phase.name(),
            })
        }
    }

    fn push(&mut self, leaf: Hash, head: bool) {
        self.tree.push(leaf);
        if head {
            self.heads.0.push((self.tree.size(), self.tree.root()));
        }
    }

    /// Where the election stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// What the entries so far add up to.
    pub fn election(&self) -> &Election {
        &self.election
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// Root of the entries so far.
    pub fn root(&self) -> Hash {
        self.tree.root()
    }

    /// Whether a checkpoint of this size and root can exist: the entries
    /// before `size` have this root, and `size` lies inside no batch.
    pub fn has_head(&self, size: u64, root: &Hash) -> bool {
        self.heads.contains(size, root)
    }

    /// The ceremony's entries so far.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The officers' acts so far.
    pub fn acts(&self) -> &Acts {
        &self.acts
    }

    /// Ballots and batches so far.
    pub fn voting(&self) -> &Voting {
        &self.voting
    }

    /// Reports, sums, shares and results so far.
    pub fn closing(&self) -> &Closing {
        &self.closing
    }
}

pub use acts::Acts as OfficerActs;
pub use closing::Closing as AfterClose;
pub use setup::Setup as BeforeOpening;
pub use voting::Voting as WhileOpen;

/// Checks that at least the threshold of different officers signed the body of
/// an entry of this kind for this election.
///
/// # Errors
/// Too few, not ascending, unknown, or a signature that does not verify.
pub fn check_officers<T: minicbor::Encode<()>>(
    kind: &'static str,
    id: &Hash,
    manifest: &Manifest,
    body: &T,
    signatures: &[OfficerSignature],
) -> Result<(), Illegal> {
    let officers = &manifest.officers;
    if (signatures.len() as u64) < u64::from(officers.threshold) {
        return Err(Illegal::TooFewOfficers {
            kind,
            signed: signatures.len(),
            threshold: officers.threshold,
        });
    }
    if !signatures
        .windows(2)
        .all(|pair| pair[0].officer < pair[1].officer)
    {
        return Err(Illegal::OfficersNotAscending { kind });
    }
    let message = signed_message(kind, id, body);
    for signature in signatures {
        let officer = signature.officer;
        let member = officers.members.get(officer as usize).ok_or(Illegal::Unknown {
            what: "officer",
            index: officer,
        })?;
        verify_signature(&member.key, &message, &signature.signature).map_err(|_| Illegal::Signature {
            kind,
            author: "officer",
            index: officer,
        })?;
    }
    Ok(())
}
