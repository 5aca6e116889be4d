//! An audit: the entries of one ledger, in order, and the verdict on them.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use voting_core::encoding::DecodeError;
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::{Tree, Trust};
use voting_core::lifecycle::{Illegal, Lifecycle};
use voting_core::manifest::{MAX_POLICY, Manifest};

use crate::batch::Waiting;
use crate::checkpoint;
use crate::claims::{self, End, Observer, Refusal, Seen, SeenCheckpoint};
use crate::content::Content;
use crate::count::{Count, Recall};
use crate::finding::Findings;
use crate::opening::Opening;
use crate::prepared::Prepared;
use crate::register::{InMemory, Register};
use crate::results;
use crate::rolls::Rolls;
use crate::verdict::Verdict;
use crate::verification::Verification;

/// An audit of one ledger (specs/10-audit.md §2).
///
/// Feed every entry from 0 on, then ask for the [`verdict`](Audit::verdict). Nothing a
/// ledger contains makes it panic or stop: every failure becomes a finding.
pub struct Audit {
    expected: Option<Hash>,
    rng: ChaCha20Rng,
    tree: Tree,
    bytes: u64,
    content: Content,
    /// Until the manifest is there.
    register: Option<Box<dyn Register>>,
    course: Option<Course>,
    no_manifest: Option<Findings>,
    observers: Vec<Box<dyn Observer>>,
}

/// An election under audit.
struct Course {
    lifecycle: Lifecycle,
    signatures: usize,
    verification: Verification,
    count: Count,
    rolls: Rolls,
    opening: Opening,
}

impl Audit {
    /// Begins.
    ///
    /// `expected` is the election id that the observer knows from elsewhere.
    /// `seed` must be fresh and secret: it makes the weights of batch
    /// verification.
    pub fn begin(expected: Option<Hash>, seed: [u8; 32]) -> Self {
        Self::with_register(expected, seed, Box::<InMemory>::default())
    }

    /// Begins, as [`Audit::begin`] does, with a register that remembers every
    /// credential's ballot elsewhere than in memory.
    pub fn with_register(expected: Option<Hash>, seed: [u8; 32], register: Box<dyn Register>) -> Self {
        Self {
            expected,
            rng: ChaCha20Rng::from_seed(seed),
            tree: Tree::default(),
            bytes: 0,
            content: Content::default(),
            register: Some(register),
            course: None,
            no_manifest: None,
            observers: claims::all(),
        }
    }

    /// The manifest, once entry 0 is in: it names the content files to fetch.
    pub fn manifest(&self) -> Option<&Manifest> {
        self.course
            .as_ref()
            .map(|course| &course.lifecycle.election().manifest)
    }

    /// A content file that lies beside the ledger. Entry 0 comes first: it
    /// says which of them is the witness policy.
    pub fn content(&mut self, name: &str, bytes: &[u8]) {
        let policy = self.manifest().and_then(Manifest::policy_file);
        if policy.is_some_and(|file| file.name == name) && bytes.len() <= MAX_POLICY {
            self.content.keep_policy(bytes);
        }
        self.content.add(name, bytes);
    }

    /// The election as it stands; `None` without a manifest.
    #[cfg(feature = "vectors")]
    pub(crate) fn lifecycle(&self) -> Option<&Lifecycle> {
        self.course.as_ref().map(|course| &course.lifecycle)
    }

    /// Entries so far.
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The next entry. `recall` is asked for entries fed before.
    pub fn entry(&mut self, bytes: &[u8], recall: &mut dyn Recall) {
        self.prepared(Prepared::new(bytes), recall);
    }

    /// The next entry, hashed and decoded before it was its turn.
    pub fn prepared(&mut self, prepared: Prepared, recall: &mut dyn Recall) {
        let index = self.tree.size();
        self.tree.push(prepared.leaf);
        self.bytes += prepared.length;
        if index == 0 {
            self.first(prepared.entry);
        } else if self.course.is_some() {
            self.next(index, prepared, recall);
        }
    }

    fn first(&mut self, entry: Result<Entry, DecodeError>) {
        let signatures = match &entry {
            Ok(Entry::Manifest(_, signatures)) => signatures.len(),
            _ => 0,
        };
        // An entry has one encoding: these are the bytes that were fed.
        let begun = entry
            .map_err(Illegal::Decode)
            .and_then(|entry| Lifecycle::begin(&entry.to_bytes()));
        match begun {
            Ok(lifecycle) => {
                let register = self.register.take().unwrap_or_else(|| Box::<InMemory>::default());
                let count = Count::of(lifecycle.election(), register);
                self.course = Some(Course {
                    verification: Verification::begin(&mut self.rng),
                    lifecycle,
                    signatures,
                    count,
                    rolls: Rolls::default(),
                    opening: Opening::default(),
                });
            }
            Err(illegal) => self.no_manifest = Some(claims::manifest_findings(&illegal)),
        }
    }

    fn next(&mut self, index: u64, prepared: Prepared, recall: &mut dyn Recall) {
        let Some(course) = &mut self.course else { return };
        let Prepared {
            leaf, kind, entry, ..
        } = prepared;
        // Ballots wait for company; everything else sees them counted.
        if !matches!(entry, Ok(Entry::Ballot(_) | Entry::Batch(_))) {
            course.flush(&mut self.observers, recall);
        }
        let before = course.lifecycle.phase();
        let refusal = course.apply(leaf, &entry);
        let mut strangers = Vec::new();
        if let Ok(entry) = &entry {
            course.note(index, entry, refusal.is_none());
            if refusal.is_none() {
                strangers = course.list((index, leaf), entry, recall);
            }
        }
        let seen = Seen {
            index,
            kind,
            entry: entry.as_ref().ok(),
            refusal: refusal.as_ref(),
            before,
            lifecycle: &course.lifecycle,
            count: &course.count,
            strangers: &strangers,
        };
        for observer in &mut self.observers {
            observer.entry(&seen);
        }
        if let (Ok(Entry::Ballot(entry)), None) = (entry, refusal) {
            course.ballot(Waiting { index, leaf, entry }, &mut self.observers, recall);
        }
    }

    /// The last verdict: see [`verdict`](Audit::verdict).
    pub fn finish(mut self, checkpoints: &[&[u8]], recall: &mut dyn Recall) -> Verdict {
        self.verdict(checkpoints, recall)
    }

    /// The verdict, given the ledger's signed checkpoints: the newest covers
    /// all entries; earlier ones that the observer kept must be consistent with it.
    /// More entries may follow, and another verdict: that is how a poll is
    /// followed while it runs.
    pub fn verdict(&mut self, checkpoints: &[&[u8]], recall: &mut dyn Recall) -> Verdict {
        let root = self.tree.root();
        let Some(course) = &mut self.course else {
            let findings = self.no_manifest.clone();
            let findings = findings.unwrap_or_else(claims::empty_ledger_findings);
            let claims = self
                .observers
                .iter()
                .zip(1..)
                .map(|(observer, number)| claims::without_manifest(&**observer, number, &findings));
            return Verdict {
                claims: claims.collect(),
                figures: None,
                results: Vec::new(),
                manifest: None,
            };
        };
        course.flush(&mut self.observers, recall);
        course.opening.open(course.lifecycle.election(), &course.count);
        let trust = Trust::sealed(&course.lifecycle.election().manifest, self.content.policy());
        let checkpoints: Vec<SeenCheckpoint> = checkpoints
            .iter()
            .map(|note| checkpoint::check(&course.lifecycle, &trust, note, self.tree.size(), &root))
            .collect();
        let end = End {
            lifecycle: &course.lifecycle,
            count: &course.count,
            rolls: &course.rolls,
            opening: &course.opening,
            content: &self.content,
            checkpoints: &checkpoints,
            trust: &trust,
            expected: self.expected,
            signatures: course.signatures,
            size: self.tree.size(),
            root,
        };
        Verdict {
            claims: self
                .observers
                .iter()
                .zip(1..)
                .map(|(observer, number)| claims::concluded(&**observer, number, &end))
                .collect(),
            figures: Some(results::figures(&end, self.bytes)),
            results: results::outcomes(&end),
            manifest: Some(course.lifecycle.election().manifest.clone()),
        }
    }
}

impl Course {
    /// Takes an entry into the lifecycle, or says why not. A refused entry
    /// stands on the ledger all the same, so sizes and roots go on with it.
    fn apply(&mut self, leaf: Hash, decoded: &Result<Entry, DecodeError>) -> Option<Refusal> {
        let refusal = match decoded {
            Ok(entry) => Refusal::Illegal(self.lifecycle.apply(leaf, entry).err()?),
            Err(error) => Refusal::Encoding(error.clone()),
        };
        self.lifecycle.skip(leaf);
        Some(refusal)
    }

    fn note(&mut self, index: u64, entry: &Entry, legal: bool) {
        let election = self.lifecycle.election();
        match entry {
            Entry::DecryptionShare(signed) if legal => {
                self.opening.share(election, &self.count, index, &signed.body);
            }
            Entry::Result(result) => self.opening.result(index, result, legal),
            _ => {}
        }
    }
    /// Keeps where a roll stands; of a report, the pseudonyms that are on no roll.
    fn list(&mut self, (index, leaf): (u64, Hash), entry: &Entry, recall: &mut dyn Recall) -> Vec<Hash> {
        match entry {
            Entry::Roll(signed) => self.rolls.roll(index, leaf, &signed.body),
            Entry::IssuanceReport(signed) => return self.rolls.report(&signed.body, recall),
            _ => {}
        }
        Vec::new()
    }

    /// A legal ballot waits for company.
    fn ballot(&mut self, ballot: Waiting, observers: &mut [Box<dyn Observer>], recall: &mut dyn Recall) {
        let election = self.lifecycle.election();
        self.verification.push(election, ballot);
        self.verification
            .settle(election, &mut self.count, observers, recall);
    }

    /// Verifies and counts everything that waits.
    fn flush(&mut self, observers: &mut [Box<dyn Observer>], recall: &mut dyn Recall) {
        let election = self.lifecycle.election();
        self.verification
            .flush(election, &mut self.count, observers, recall);
    }
}
