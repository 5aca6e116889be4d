//! What a device takes from the verified ledger (specs/05a-voter.md §2).

use alloc::string::String;
use alloc::vec::Vec;

use crate::ballot::BallotContext;
use crate::entry::Entry;
use crate::hash::Hash;
use crate::ledger::{
    Checkpoint, InvalidCheckpoint, InvalidProof, NoTrust, Trust, leaf_hash, verify_consistency,
};
use crate::lifecycle::{Illegal, Lifecycle, Phase};
use crate::manifest::{Contest, Issuer, LedgerIdentity};
use crate::token::IssuerPublicKey;

/// Why nobody can vote by this ledger yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PollError {
    /// Entry 0 is no coherent manifest that its officers signed.
    #[error("the public record does not begin as one; do not vote by it, and report it: {0}")]
    Manifest(#[from] Illegal),
    /// Entry 0 is not the manifest that the voter's link names.
    #[error("the public record is of another election than your link: do not vote by it, and report it")]
    OtherElection,
    /// The manifest has no such style.
    #[error("this election has no ballot style {0}")]
    UnknownStyle(u32),
    /// The key ceremony is not over; no pass may be asked for before it is.
    #[error("the trustees have not confirmed the election's key yet: come back later")]
    NoKey,
    /// An issuer has not published its key for this style.
    #[error("the issuer {0} has not published its key yet: come back later")]
    NoIssuerKey(String),
    /// The witness policy.
    #[error("whom to believe about the public record is not known; do not vote by it, and report it: {0}")]
    Trust(#[from] NoTrust),
    /// The ledger's head.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointRefused),
    /// The entries read are not the beginning of the signed ledger.
    #[error("what was read is not the signed public record; do not vote by it, and report it: {0}")]
    Entries(#[from] InvalidProof),
}

/// A checkpoint that is not this election's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointRefused {
    /// Not signed by this election's ledger, or with a forged cosignature.
    #[error("the public record is not signed as this election's ballot box and witnesses sign: {0}")]
    Signature(#[from] InvalidCheckpoint),
    /// Fewer witnesses than the election asks for have cosigned it: others may
    /// be shown another record (attack E1).
    #[error(
        "the witnesses of this election have not confirmed this public record: look again later, and report it if that stays"
    )]
    NotWitnessed,
}

/// An issuer, its proven key for this style, and the ids of all its keys.
#[derive(Debug)]
pub(super) struct PollIssuer {
    pub(super) issuer: Issuer,
    pub(super) key: IssuerPublicKey,
    pub(super) key_ids: Vec<Hash>,
}

/// The public facts that every voter of one style shares: what to seal for,
/// which issuers to ask, which ledger to believe.
#[derive(Debug)]
pub struct Poll {
    context: BallotContext,
    contests: Vec<Contest>,
    issuers: Vec<PollIssuer>,
    ledger: LedgerIdentity,
    phase: Phase,
    revoting: bool,
    casting_delay: u32,
    closing: u64,
    trust: Trust,
}

impl Poll {
    /// From the ledger's first entries as they were served, and a signed
    /// checkpoint. `link` is the election id that the voter's link or letter
    /// names. `proof` is the consistency proof (RFC 6962 §2.1.2) that the
    /// entries are the checkpoint's beginning, empty where they are all. The
    /// entries must reach as far as the keys; what follows is not needed.
    /// `policy` is the file of the witness policy, where the manifest seals one.
    ///
    /// # Errors
    /// Another election, a manifest that its officers did not sign, keys that
    /// are not there yet, entries or a checkpoint that are not the ledger's, a
    /// checkpoint that its witnesses have not cosigned.
    pub fn read<E: AsRef<[u8]>>(
        link: &Hash,
        entries: impl IntoIterator<Item = E>,
        checkpoint: &[u8],
        proof: &[Hash],
        style: u32,
        policy: Option<&[u8]>,
    ) -> Result<Self, PollError> {
        let mut entries = entries.into_iter();
        let first = entries.next();
        let mut lifecycle = Lifecycle::begin(first.as_ref().map_or(&[], AsRef::as_ref))?;
        if lifecycle.election().id != *link {
            return Err(PollError::OtherElection);
        }
        let trust = Trust::sealed(&lifecycle.election().manifest, policy)?;
        for entry in entries {
            take(&mut lifecycle, entry.as_ref());
        }
        let poll = Self::of(&lifecycle, style, trust)?;
        let head = poll.verify_checkpoint(checkpoint)?;
        verify_consistency(lifecycle.size(), &lifecycle.root(), head.size, &head.root, proof)?;
        Ok(poll)
    }

    /// From a ledger that the caller has verified as [`Poll::read`] does, and
    /// whom it believed then.
    ///
    /// # Errors
    /// The style does not exist, or the joint key or an issuer's key is not on
    /// the ledger yet.
    pub fn of(verified: &Lifecycle, style: u32, trust: Trust) -> Result<Self, PollError> {
        let election = verified.election();
        let manifest = &election.manifest;
        let members = manifest
            .styles
            .get(style as usize)
            .ok_or(PollError::UnknownStyle(style))?;
        let contests = members.contests.iter();
        let contests = contests.filter_map(|&contest| manifest.contests.get(contest as usize).cloned());
        let issuers = (0..).zip(&manifest.issuers.members).map(|(index, issuer)| {
            let keys = election.issuer_keys.range((index, 0)..=(index, u32::MAX));
            let key = election.issuer_keys.get(&(index, style));
            Ok::<_, PollError>(PollIssuer {
                issuer: issuer.clone(),
                key: key
                    .ok_or_else(|| PollError::NoIssuerKey(issuer.name.clone()))?
                    .clone(),
                key_ids: keys.map(|(_, key)| *key.key().id()).collect(),
            })
        });
        Ok(Self {
            context: election.ballot_context(style).ok_or(PollError::NoKey)?,
            contests: contests.collect(),
            issuers: issuers.collect::<Result<_, _>>()?,
            ledger: manifest.ledger.clone(),
            phase: verified.phase(),
            revoting: manifest.revoting,
            casting_delay: manifest.casting_delay,
            closing: manifest.closing,
            trust,
        })
    }

    /// Verifies a checkpoint under the name and key that the manifest seals,
    /// and that its witnesses have cosigned it.
    pub(super) fn verify_checkpoint(&self, note: &[u8]) -> Result<Checkpoint, CheckpointRefused> {
        let head = self.trust.head(note)?;
        match head.is_witnessed() {
            true => Ok(head.checkpoint),
            false => Err(CheckpointRefused::NotWitnessed),
        }
    }

    /// Whom to believe about the ledger's heads.
    pub fn trust(&self) -> &Trust {
        &self.trust
    }

    /// The election id.
    pub fn election_id(&self) -> &Hash {
        &self.context.election_id
    }

    /// Index of the style.
    pub fn style(&self) -> u32 {
        self.context.style
    }

    /// What ballots of this style are sealed for.
    pub fn context(&self) -> &BallotContext {
        &self.context
    }

    /// The style's contests, in the order of its choices.
    pub fn contests(&self) -> &[Contest] {
        &self.contests
    }

    /// The issuers, by index: a ballot bears a pass of each.
    pub fn issuers(&self) -> impl ExactSizeIterator<Item = &Issuer> {
        self.issuers.iter().map(|issuer| &issuer.issuer)
    }

    /// Where ballots are cast and the ledger is read, and how it signs.
    pub fn ledger(&self) -> &LedgerIdentity {
        &self.ledger
    }

    /// Where the election stood at the last entry read. Ballots are taken in
    /// [`Phase::Open`] only.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether a later ballot replaces the earlier one.
    pub fn revoting(&self) -> bool {
        self.revoting
    }

    /// The sealed delay between pass and ballot, in seconds; 0: none.
    pub fn casting_delay(&self) -> u32 {
        self.casting_delay
    }

    /// The planned closing, in seconds since 1970.
    pub fn closing(&self) -> u64 {
        self.closing
    }

    /// Whether the manifest seals a witness policy.
    pub fn has_witnesses(&self) -> bool {
        self.trust.policy().is_some()
    }

    /// An issuer by index.
    pub(super) fn issuer(&self, index: u32) -> Option<&PollIssuer> {
        self.issuers.get(index as usize)
    }
}

/// Takes the next entry's bytes: what they say, and whether that is legal. What
/// is not changes nothing, but stands on the ledger all the same.
pub(super) fn take(lifecycle: &mut Lifecycle, bytes: &[u8]) -> (Option<Entry>, bool) {
    let leaf = leaf_hash(bytes);
    let entry = Entry::from_bytes(bytes).ok();
    let legal = entry
        .as_ref()
        .is_some_and(|entry| lifecycle.apply(leaf, entry).is_ok());
    if !legal {
        lifecycle.skip(leaf);
    }
    (entry, legal)
}
