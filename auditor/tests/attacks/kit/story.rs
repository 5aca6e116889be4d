//! A ledger in the making, entry by entry.

use std::collections::BTreeMap;
use std::sync::Arc;

use auditor::{Audit, Verdict};
use voting_core::ballot::verify;
use voting_core::entry::*;
use voting_core::hash::Hash;
use voting_core::ledger::{Checkpoint, SignerKey, Tree, leaf_hash};
use voting_core::lifecycle::{Election, Lifecycle};
use voting_core::roll::{IssuanceRecord, report_parts, roll_parts};
use voting_core::tally::Sums;
use voting_core::token::validity;

use super::people::{People, rng, rsa_key};
use super::voters::Voter;
use rsa::traits::PublicKeyParts;

/// Lines on the roll of each style.
pub(crate) const LINES: u64 = 8;

/// A ledger, and everything needed to go on with it.
#[derive(Clone)]
pub(crate) struct Story {
    pub(crate) people: Arc<People>,
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) tree: Tree,
    /// The election as an honest reader sees it.
    pub(crate) honest: Lifecycle,
    pub(crate) ceremony: Arc<super::ceremony::Secrets>,
    acts: (u32, Hash),
    /// Ballots by credential in the order they were pushed.
    pub(crate) ballots: BTreeMap<[u8; 32], BallotEntry>,
}

impl Story {
    pub(crate) fn begin(people: Arc<People>) -> Self {
        let entry = Self::manifest_entry(&people);
        let honest = Lifecycle::begin(&entry).expect("the golden manifest is coherent");
        let mut story = Self {
            people,
            entries: Vec::new(),
            tree: Tree::default(),
            honest,
            ceremony: Arc::default(),
            acts: (0, leaf_hash(&entry)),
            ballots: BTreeMap::new(),
        };
        story.tree.push(leaf_hash(&entry));
        story.entries.push(entry);
        story
    }

    /// Everything up to opening, honestly, for any people.
    pub(crate) fn whole_setup(people: Arc<People>) -> Self {
        let mut story = Self::begin(people);
        story.key_ceremony();
        story.issuers();
        for trustee in 0..3 {
            story.rehearse(trustee);
        }
        story.open();
        story
    }

    /// Entry 0 alone, signed, coherent or not.
    pub(crate) fn manifest_entry(people: &People) -> Vec<u8> {
        let id = people.manifest.election_id();
        let signatures = officers_sign(people, &id, "manifest", &people.manifest);
        Entry::Manifest(people.manifest.clone(), signatures).to_bytes()
    }

    /// The root before the last entry.
    pub(crate) fn head_before_last(&self) -> Hash {
        let mut tree = Tree::default();
        for entry in &self.entries[..self.entries.len() - 1] {
            tree.push(leaf_hash(entry));
        }
        tree.root()
    }

    pub(crate) fn election(&self) -> &Election {
        self.honest.election()
    }

    pub(crate) fn id(&self) -> Hash {
        self.election().id
    }

    /// Appends an entry, legal or not.
    pub(crate) fn push(&mut self, entry: &Entry) -> u64 {
        self.push_bytes(entry.to_bytes())
    }

    /// Contests with enough ballots to be decrypted.
    fn decrypted(&self) -> Vec<u32> {
        let least = u64::from(self.people.manifest.smallest_group);
        let counted = |contest: &u32| self.honest.closing().counted(*contest);
        (0..self.contests())
            .filter(|contest| counted(contest).is_none_or(|ballots| ballots >= least))
            .collect()
    }

    fn contests(&self) -> u32 {
        self.people.manifest.contests.len() as u32
    }

    /// Appends any bytes.
    pub(crate) fn push_bytes(&mut self, bytes: Vec<u8>) -> u64 {
        let leaf = leaf_hash(&bytes);
        let applied = Entry::from_bytes(&bytes).is_ok_and(|entry| self.honest.apply(leaf, &entry).is_ok());
        if !applied {
            self.honest.skip(leaf);
        }
        self.tree.push(leaf);
        self.entries.push(bytes);
        self.entries.len() as u64 - 1
    }

    /// Lets an insider sign an officers' act at the present head.
    pub(crate) fn act(&self, kind: &str, statement: &str) -> Act {
        let body = ActBody {
            counter: self.acts.0 + 1,
            previous: self.acts.1.into(),
            size: self.tree.size(),
            root: self.tree.root().into(),
            closing: 0,
            statement: statement.into(),
        };
        self.signed_act(kind, body)
    }

    pub(crate) fn signed_act(&self, kind: &str, body: ActBody) -> Act {
        let signatures = officers_sign(&self.people, &self.id(), kind, &body);
        Act { body, signatures }
    }

    pub(crate) fn push_act(&mut self, entry: Entry) -> u64 {
        let bytes = entry.to_bytes();
        self.acts = (self.acts.0 + 1, leaf_hash(&bytes));
        self.push_bytes(bytes)
    }

    pub(crate) fn open(&mut self) -> u64 {
        let act = self.act("open", "");
        self.push_act(Entry::Open(act))
    }

    /// Any act that has no closing to name but `extend`.
    pub(crate) fn officers(
        &mut self,
        kind: &str,
        statement: &str,
        closing: u64,
        make: fn(Act) -> Entry,
    ) -> u64 {
        let body = ActBody {
            closing,
            ..self.act(kind, statement).body
        };
        let act = self.signed_act(kind, body);
        self.push_act(make(act))
    }

    pub(crate) fn close(&mut self) -> u64 {
        let act = self.act("close", "");
        self.push_act(Entry::Close(act))
    }

    /// Issuer keys and rolls of every style.
    pub(crate) fn issuers(&mut self) {
        for style in 0..2 {
            for issuer in 0..2 {
                self.issuer_key(issuer, style);
                self.roll(issuer, style, &pseudonyms(issuer, style));
            }
        }
    }

    pub(crate) fn issuer_key(&mut self, issuer: u32, style: u32) -> u64 {
        let private = rsa_key(issuer, style);
        let id = self.id();
        let context = validity::Context {
            election_id: &id,
            issuer,
            style,
        };
        let proof = validity::prove(&context, private, &mut rng(5)).unwrap();
        let modulus = private.n().to_be_bytes().to_vec();
        let body = IssuerKey {
            issuer,
            style,
            modulus: modulus.into(),
            proof: proof.into(),
        };
        self.push(&Entry::IssuerKey(Signed::new(
            body,
            &id,
            &self.people.clone().issuers[issuer as usize],
        )))
    }

    pub(crate) fn roll(&mut self, issuer: u32, style: u32, pseudonyms: &[Hash]) {
        let id = self.id();
        for roll in roll_parts(issuer, style, pseudonyms).unwrap() {
            self.push(&Entry::Roll(Signed::new(
                roll,
                &id,
                &self.people.clone().issuers[issuer as usize],
            )));
        }
    }

    /// An honest ballot of a voter, not yet on the ledger.
    pub(crate) fn cast(&self, voter: u64, sequence: u32) -> BallotEntry {
        Voter::new(voter).ballot(self.election(), sequence)
    }

    /// Ballots in the order a batch asks for, and its batch entry.
    pub(crate) fn batch(&mut self, mut ballots: Vec<BallotEntry>) {
        ballots.sort_by_key(|ballot| leaf_hash(&Entry::Ballot(ballot.clone()).to_bytes()));
        self.unsorted(ballots);
    }

    /// Ballots as they stand, and their batch entry.
    pub(crate) fn unsorted(&mut self, ballots: Vec<BallotEntry>) {
        let count = ballots.len() as u32;
        for ballot in ballots {
            self.push(&Entry::Ballot(ballot.clone()));
            self.ballots.insert(*ballot.credential, ballot);
        }
        self.push(&Entry::Batch(Batch { count }));
    }

    /// The honest sums of a contest over the latest valid ballot of every credential.
    pub(crate) fn sums(&self, contest: u32) -> (u64, Sums) {
        let election = self.election();
        let mut sums = Sums::new(election.contests[contest as usize].maxima().len());
        let mut counted = 0;
        for ballot in self.ballots.values() {
            let Some(offset) = election.cell_offset(ballot.style, contest) else {
                continue;
            };
            let context = election.ballot_context(ballot.style).unwrap();
            let Ok(verified) = verify(&context, ballot, &mut rng(77)) else {
                continue;
            };
            sums.add(&verified, offset);
            counted += 1;
        }
        (counted, sums)
    }

    pub(crate) fn tally_entry(&self, contest: u32) -> Tally {
        let (ballots, sums) = self.sums(contest);
        Tally {
            contest,
            ballots,
            sums: sums.to_bytes().into(),
        }
    }

    /// Everything after close, honestly: tallies, reports, shares of trustees
    /// 0 and 2, results.
    pub(crate) fn finish(&mut self) {
        self.tally();
        self.reports();
        self.shares(&[0, 2]);
        self.results();
    }

    pub(crate) fn tally(&mut self) {
        for contest in 0..self.contests() {
            let tally = self.tally_entry(contest);
            self.push(&Entry::Tally(tally));
        }
    }

    /// Every issuer reports one record for each voter of the golden election.
    pub(crate) fn reports(&mut self) {
        for style in 0..2 {
            for issuer in 0..2 {
                self.report(issuer, style, 5);
            }
        }
    }

    pub(crate) fn report(&mut self, issuer: u32, style: u32, records: usize) {
        let pseudonyms = pseudonyms(issuer, style);
        let records: Vec<_> = pseudonyms[..records]
            .iter()
            .map(|pseudonym| IssuanceRecord {
                pseudonym: *pseudonym,
                blinded: [issuer as u8; 32],
            })
            .collect();
        self.report_records(issuer, style, &records);
    }

    pub(crate) fn report_records(&mut self, issuer: u32, style: u32, records: &[IssuanceRecord]) {
        let id = self.id();
        for report in report_parts(issuer, style, records).unwrap() {
            let key = &self.people.clone().issuers[issuer as usize];
            self.push(&Entry::IssuanceReport(Signed::new(report, &id, key)));
        }
    }

    pub(crate) fn shares(&mut self, trustees: &[u32]) {
        for contest in self.decrypted() {
            for &trustee in trustees {
                let share = self.share(trustee, contest);
                self.push_share(share);
            }
        }
    }

    /// Signs and appends a decryption share.
    pub(crate) fn push_share(&mut self, share: DecryptionShare) -> u64 {
        let key = &self.people.clone().trustees[share.trustee as usize];
        let id = self.id();
        self.push(&Entry::DecryptionShare(Signed::new(share, &id, key)))
    }

    pub(crate) fn results(&mut self) {
        for contest in self.decrypted() {
            let result = self.result(contest);
            self.push(&Entry::Result(result));
        }
    }

    /// A checkpoint of the whole ledger under the sealed key.
    pub(crate) fn checkpoint(&self) -> Vec<u8> {
        self.checkpoint_of(self.tree.size(), self.tree.root())
    }

    pub(crate) fn checkpoint_of(&self, size: u64, root: Hash) -> Vec<u8> {
        let origin = self.people.manifest.ledger.origin.clone();
        let signer = SignerKey::ed25519(&origin, &self.people.ledger).unwrap();
        Checkpoint { origin, size, root }.sign(&signer).into()
    }

    /// The auditor's verdict on the ledger as it stands.
    pub(crate) fn audit(&self) -> Verdict {
        audit(&self.entries, &[&self.checkpoint()])
    }
}

/// The auditor's verdict on any entries and checkpoints.
pub(crate) fn audit(entries: &[Vec<u8>], checkpoints: &[&[u8]]) -> Verdict {
    let mut recall = entries;
    let mut audit = Audit::begin(None, [42; 32]);
    for entry in entries {
        audit.entry(entry, &mut recall);
    }
    audit.finish(checkpoints, &mut recall)
}

/// Signatures of officers 0 and 2.
pub(crate) fn officers_sign<T: minicbor::Encode<()>>(
    people: &People,
    id: &Hash,
    kind: &str,
    body: &T,
) -> Vec<OfficerSignature> {
    use ed25519_dalek::Signer;
    let message = signed_message(kind, id, body);
    let sign = |officer: u32| people.officers[officer as usize].sign(&message).to_bytes().into();
    [0, 2]
        .map(|officer| OfficerSignature {
            officer,
            signature: sign(officer),
        })
        .to_vec()
}

/// The roll of an issuer and style.
pub(crate) fn pseudonyms(issuer: u32, style: u32) -> Vec<Hash> {
    let line = |line: u64| voting_core::hash::identifier("test", &[&[issuer as u8, style as u8, line as u8]]);
    let mut pseudonyms: Vec<_> = (0..LINES).map(line).collect();
    pseudonyms.sort_unstable();
    pseudonyms
}
