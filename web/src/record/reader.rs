//! One ledger, read and verified as it grows (specs/11-web.md §2).

use auditor::{Audit, Overall, Standing, Verdict};
use sha2::{Digest, Sha256};
use voting_core::entry::Entry;
use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, TilePlace, Trust, leaf_hash};
use voting_core::lifecycle::Lifecycle;

use super::source::{Again, Source, Unreadable};
use super::{Distrust, Record};
use crate::content::{Content, MAX_FILE};

/// Why there is nothing new to show.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotRead {
    /// The ledger is out of reach: nothing is known.
    #[error(transparent)]
    OutOfReach(#[from] Unreadable),
    /// What it shows is not to be believed yet.
    #[error("{0}")]
    NotYet(&'static str),
    /// What it shows is not to be believed.
    #[error("{0}")]
    Distrusted(#[from] Distrust),
}

/// A ledger at an address.
pub(crate) struct Reader {
    source: Source,
    expected: Option<Hash>,
    course: Option<Course>,
    /// The newest head verified; never forgotten, whatever is read again.
    newest: Option<Checkpoint>,
}

/// The reading of one election, from entry 0.
struct Course {
    trust: Trust,
    lifecycle: Lifecycle,
    audit: Audit,
    content: Content,
}

impl Reader {
    /// `expected` is the election id that the operator knows from elsewhere.
    pub(crate) fn new(address: &str, expected: Option<Hash>) -> Self {
        Self {
            source: Source::new(address),
            expected,
            course: None,
            newest: None,
        }
    }

    /// Reads what is new. `None`: the record of the last round still stands.
    pub(crate) fn round(&mut self, on_step: &mut dyn FnMut(u64, u64)) -> Result<Option<Record>, NotRead> {
        let note = self.source.checkpoint()?;
        let mut course = match self.course.take() {
            Some(course) => course,
            None => Course::begin(&self.source, announced_size(&note)?, self.expected)?,
        };
        let head = match believed(&course.trust, &note, self.newest.as_ref()) {
            Ok(head) => head,
            Err(why) => {
                // What was read until now is not in doubt.
                self.course = Some(course);
                return Err(why);
            }
        };
        if head.size < course.lifecycle.size() {
            // Read on up to a later head, which the line then lost.
            self.course = Some(course);
            return Err(NotRead::NotYet("it shows an older head than before"));
        }
        let more = course.content.fetch(&self.source, course.lifecycle.election());
        if !more && self.newest.as_ref() == Some(&head) {
            self.course = Some(course);
            return Ok(None);
        }
        if let Err(why) = course.feed(&self.source, &head, on_step) {
            // An audit cannot give back entries that do not lead to a signed
            // head; with a line that is only slow it goes on where it stands.
            self.course = matches!(why, NotRead::OutOfReach(_)).then_some(course);
            return Err(why);
        }
        if let Some(newest) = &self.newest
            && !course.lifecycle.has_head(newest.size, &newest.root)
        {
            return Err(Distrust::Rewritten.into());
        }
        let judged = course.judge(&self.source, &note);
        let record = judged.map(|verdict| course.record(verdict));
        self.course = Some(course);
        let record = record?;
        self.newest = Some(head);
        Ok(Some(record))
    }
}

impl Course {
    fn begin(source: &Source, size: u64, expected: Option<Hash>) -> Result<Self, NotRead> {
        let place = TilePlace::entries_at(0, size).ok_or(NotRead::NotYet("the ledger is empty"))?;
        let entry = source.bundle(place)?.into_iter().next().unwrap_or_default();
        let lifecycle = Lifecycle::begin(&entry).map_err(|_| Distrust::Manifest)?;
        let election = lifecycle.election();
        if expected.is_some_and(|expected| expected != election.id) {
            return Err(Distrust::OtherElection.into());
        }
        let mut content = Content::default();
        content.fetch(source, election);
        let policy = election.manifest.policy_file();
        let policy = policy.and_then(|file| content.get(&file.name));
        let trust = Trust::sealed(&election.manifest, policy)
            .map_err(|_| NotRead::NotYet("its sealed witness policy is not at hand"))?;
        let mut audit = Audit::begin(Some(election.id), rand::random());
        audit.entry(&entry, &mut auditor::NoRecall);
        Ok(Self {
            trust,
            lifecycle,
            audit,
            content,
        })
    }

    /// Takes the entries up to a signed head, which they must lead to.
    fn feed(
        &mut self,
        source: &Source,
        head: &Checkpoint,
        on_step: &mut dyn FnMut(u64, u64),
    ) -> Result<(), NotRead> {
        let mut again = Again::new(source, head.size);
        let first = self.lifecycle.size() / voting_core::ledger::BUNDLE_WIDTH;
        for place in (first..).map_while(|number| TilePlace::entries_at(number, head.size)) {
            let before = self.lifecycle.size() % voting_core::ledger::BUNDLE_WIDTH;
            for entry in source.bundle(place)?.iter().skip(before as usize) {
                self.take(entry);
                self.audit.entry(entry, &mut again);
            }
            on_step(self.lifecycle.size(), head.size);
        }
        if self.lifecycle.root() != head.root {
            return Err(Distrust::OtherEntries.into());
        }
        Ok(())
    }

    /// An illegal entry changes nothing, but stands on the ledger all the same.
    fn take(&mut self, bytes: &[u8]) {
        let leaf = leaf_hash(bytes);
        let taken = Entry::from_bytes(bytes).is_ok_and(|entry| self.lifecycle.apply(leaf, &entry).is_ok());
        if !taken {
            self.lifecycle.skip(leaf);
        }
    }

    fn judge(&mut self, source: &Source, note: &[u8]) -> Result<Verdict, NotRead> {
        for (name, bytes) in self.content.files() {
            self.audit.content(name, bytes);
        }
        let mut again = Again::new(source, self.lifecycle.size());
        let verdict = self.audit.verdict(&[note], &mut again);
        fit_to_show(&verdict)?;
        Ok(verdict)
    }

    fn record(&mut self, verdict: Verdict) -> Record {
        let election = self.lifecycle.election();
        let closing = self.lifecycle.acts().extended_closing();
        Record {
            id: election.id,
            closing: closing.unwrap_or(election.manifest.closing),
            phase: self.lifecycle.phase(),
            texts: self.content.texts(&election.manifest),
            pictures: self.content.pictures(),
            manifest: election.manifest.clone(),
            verdict,
        }
    }
}

/// A head with the ledger's signature and the quorum's, not older than the newest.
fn believed(trust: &Trust, note: &[u8], newest: Option<&Checkpoint>) -> Result<Checkpoint, NotRead> {
    let head = trust.head(note).map_err(|_| Distrust::Signature)?;
    if !head.is_witnessed() {
        return Err(NotRead::NotYet("its witnesses have not cosigned its head yet"));
    }
    let head = head.checkpoint;
    match newest {
        Some(newest) if head.size < newest.size => Err(NotRead::NotYet("it shows an older head than before")),
        Some(newest) if head.size == newest.size && head.root != newest.root => {
            Err(Distrust::Rewritten.into())
        }
        _ => Ok(head),
    }
}

/// Pages show a record only if nothing in it is broken, and nothing but texts
/// and what is still to come is lacking.
fn fit_to_show(verdict: &Verdict) -> Result<(), NotRead> {
    let broken: Vec<&'static str> = verdict
        .claims
        .iter()
        .filter(|claim| claim.standing.is_broken())
        .map(|claim| claim.title)
        .collect();
    if !broken.is_empty() {
        return Err(Distrust::Claims(broken).into());
    }
    let lacking = |standing: &Standing| matches!(standing, Standing::NotCheckable { to_come: false, .. });
    let mut lacking = verdict.claims.iter().filter(|claim| lacking(&claim.standing));
    if verdict.overall() == Overall::Incomplete && lacking.any(|claim| claim.id != "content") {
        return Err(NotRead::NotYet("evidence is not at hand"));
    }
    Ok(())
}

/// The size that a checkpoint states in its second line: it decides only which
/// file holds entry 0.
fn announced_size(note: &[u8]) -> Result<u64, NotRead> {
    let size = std::str::from_utf8(note).ok();
    let size = size.and_then(|text| text.lines().nth(1)?.parse().ok());
    size.ok_or(NotRead::NotYet("it shows something that is no checkpoint"))
}

/// Whether bytes are a sealed file.
pub(crate) fn is_sealed(bytes: &[u8], sha256: &[u8]) -> bool {
    bytes.len() as u64 <= MAX_FILE && Sha256::digest(bytes).as_slice() == sha256
}
