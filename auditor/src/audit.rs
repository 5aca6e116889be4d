//! An audit: the entries of one ledger, in order, and the verdict on them.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use voting_core::encoding::DecodeError;
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::{Tree, Trust, leaf_hash};
use voting_core::lifecycle::Lifecycle;
use voting_core::manifest::{MAX_POLICY, Manifest};

use crate::batch::{self, CHUNK, Waiting};
use crate::checkpoint;
use crate::claims::{self, End, Observer, Refusal, Seen, SeenBallot, SeenCheckpoint};
use crate::content::Content;
use crate::count::{Count, Recall};
use crate::finding::Findings;
use crate::opening::Opening;
use crate::results;
use crate::verdict::Verdict;

/// An audit of one ledger (specs/10-audit.md §2).
///
/// Feed every entry from 0 on, then ask for the [`verdict`](Audit::verdict). Nothing a
/// ledger contains makes it panic or stop: every failure becomes a finding.
pub struct Audit {
    expected: Option<Hash>,
    rng: ChaCha20Rng,
    workers: usize,
    tree: Tree,
    bytes: u64,
    content: Content,
    course: Option<Course>,
    no_manifest: Option<Findings>,
    observers: Vec<Box<dyn Observer>>,
}

/// An election under audit.
struct Course {
    lifecycle: Lifecycle,
    signatures: usize,
    count: Count,
    opening: Opening,
    waiting: Vec<Waiting>,
}

impl Audit {
    /// Begins.
    ///
    /// `expected` is the election id that the observer knows from elsewhere.
    /// `seed` must be fresh and secret: it makes the weights of batch
    /// verification.
    pub fn begin(expected: Option<Hash>, seed: [u8; 32]) -> Self {
        Self {
            expected,
            rng: ChaCha20Rng::from_seed(seed),
            workers: std::thread::available_parallelism().map_or(1, usize::from),
            tree: Tree::default(),
            bytes: 0,
            content: Content::default(),
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

    /// The next entry. `recall` is asked for entries fed before.
    pub fn entry(&mut self, bytes: &[u8], recall: &mut dyn Recall) {
        let index = self.tree.size();
        let leaf = leaf_hash(bytes);
        self.tree.push(leaf);
        self.bytes += bytes.len() as u64;
        if index == 0 {
            self.first(bytes);
        } else if self.course.is_some() {
            self.next(index, leaf, bytes, recall);
        }
    }

    fn first(&mut self, bytes: &[u8]) {
        match Lifecycle::begin(bytes) {
            Ok(lifecycle) => {
                let signatures = match Entry::from_bytes(bytes) {
                    Ok(Entry::Manifest(_, signatures)) => signatures.len(),
                    _ => 0,
                };
                let count = Count::of(lifecycle.election());
                let opening = Opening::default();
                self.course = Some(Course {
                    lifecycle,
                    signatures,
                    count,
                    opening,
                    waiting: Vec::new(),
                });
            }
            Err(illegal) => self.no_manifest = Some(claims::manifest_findings(&illegal)),
        }
    }

    fn next(&mut self, index: u64, leaf: Hash, bytes: &[u8], recall: &mut dyn Recall) {
        let decoded = Entry::from_bytes(bytes);
        // Ballots wait for company; everything else sees them counted.
        if !matches!(decoded, Ok(Entry::Ballot(_) | Entry::Batch(_))) {
            self.flush(recall);
        }
        let Some(course) = &mut self.course else { return };
        let before = course.lifecycle.phase();
        let refusal = course.apply(leaf, &decoded);
        let entry = decoded.as_ref().ok();
        if let Some(entry) = entry {
            course.note(index, entry, refusal.is_none());
        }
        let seen = Seen {
            index,
            kind: entry.map_or_else(|| announced_kind(bytes), Entry::kind),
            entry,
            refusal: refusal.as_ref(),
            before,
            lifecycle: &course.lifecycle,
            count: &course.count,
        };
        for observer in &mut self.observers {
            observer.entry(&seen);
        }
        if let (Ok(Entry::Ballot(entry)), None) = (decoded, refusal) {
            course.waiting.push(Waiting { index, leaf, entry });
            if course.waiting.len() >= CHUNK * self.workers {
                self.flush(recall);
            }
        }
    }

    /// Verifies the waiting ballots and counts them in the ledger's order.
    fn flush(&mut self, recall: &mut dyn Recall) {
        let Some(course) = &mut self.course else { return };
        let waiting = core::mem::take(&mut course.waiting);
        if waiting.is_empty() {
            return;
        }
        let election = course.lifecycle.election();
        let checked = batch::check(election, &waiting, self.workers, &mut self.rng);
        for (ballot, checked) in waiting.iter().zip(checked) {
            course.count.see();
            let mut sequence = None;
            let (mut invalid, mut tokens) = (None, Vec::new());
            if let Some(checked) = checked {
                tokens = checked.tokens;
                match checked.proof {
                    Ok(verified) if tokens.is_empty() => {
                        let place = (ballot.index, ballot.leaf);
                        sequence = course
                            .count
                            .take(election, place, &verified, recall, &mut self.rng)
                            .err();
                    }
                    Ok(_) => {}
                    Err(error) => invalid = Some(error.to_string()),
                }
            } else {
                invalid = Some("verification ended without an answer".to_owned());
            }
            let seen = SeenBallot {
                index: ballot.index,
                invalid: invalid.as_deref(),
                tokens: &tokens,
                sequence: sequence.as_ref(),
            };
            for observer in &mut self.observers {
                observer.ballot(&seen);
            }
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
        self.flush(recall);
        let root = self.tree.root();
        let Some(course) = &mut self.course else {
            let findings = self.no_manifest.clone();
            let findings = findings.unwrap_or_else(claims::empty_ledger_findings);
            let claims = self
                .observers
                .iter()
                .map(|observer| claims::without_manifest(&**observer, &findings));
            return Verdict {
                claims: claims.collect(),
                figures: None,
                results: Vec::new(),
            };
        };
        course.opening.open(course.lifecycle.election(), &course.count);
        let trust = Trust::sealed(&course.lifecycle.election().manifest, self.content.policy());
        let checkpoints: Vec<SeenCheckpoint> = checkpoints
            .iter()
            .map(|note| checkpoint::check(&course.lifecycle, &trust, note, self.tree.size(), &root))
            .collect();
        let end = End {
            lifecycle: &course.lifecycle,
            count: &course.count,
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
                .map(|observer| claims::concluded(&**observer, &end))
                .collect(),
            figures: Some(results::figures(&end, self.bytes)),
            results: results::outcomes(&end),
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
}

/// The kind that bytes announce which are no entry: a CBOR array's first
/// element, as far as it can be told.
fn announced_kind(bytes: &[u8]) -> &'static str {
    const KINDS: [&str; 20] = [
        "manifest",
        "key-hash",
        "key-commitment",
        "key-shares",
        "key-complaint",
        "key-confirmation",
        "rehearsal",
        "roll",
        "issuer-key",
        "open",
        "pause",
        "resume",
        "extend",
        "close",
        "ballot",
        "batch",
        "issuance-report",
        "tally",
        "decryption-share",
        "result",
    ];
    let array = bytes
        .first()
        .is_some_and(|first| (0x80..0x98).contains(first) || *first == 0x9f);
    match bytes.get(1) {
        Some(&kind) if array && usize::from(kind) < KINDS.len() => KINDS[usize::from(kind)],
        Some(0x18) if array && bytes.get(2) == Some(&26) => "lot",
        _ => "unknown",
    }
}
