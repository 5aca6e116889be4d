//! What insiders do: sign again what they changed, and go on honestly after a
//! change that they did not notice.

use ed25519_dalek::{Signer, SigningKey};
use voting_core::entry::{Act, Entry, Signable, Signed, signed_message};
use voting_core::hash::Hash;
use voting_core::ledger::{Tree, leaf_hash};
use voting_core::lifecycle::Lifecycle;

use crate::cbor::Item;
use crate::golden::{Golden, Record};
use crate::kit::People;
use crate::sealed::cosigned;

/// Lets those who signed an entry sign it again as it reads now; whether
/// anybody did. An entry that names another author is signed by that one:
/// authors help each other.
pub(crate) fn sign_again(people: &People, id: &Hash, kind: &str, entry: &mut Item) -> bool {
    match kind {
        "manifest" => {
            let Some(manifest) = entry.at(&[1]).cloned() else {
                return false;
            };
            let id = voting_core::hash::election_id(&manifest.bytes());
            officers(people, &id, kind, &manifest, entry.at_mut(&[2]))
        }
        "open" | "pause" | "resume" | "extend" | "close" | "lot" => {
            let Some(body) = entry.at(&[1, 0]).cloned() else {
                return false;
            };
            officers(people, id, kind, &body, entry.at_mut(&[1, 1]))
        }
        "ballot" | "batch" | "tally" | "result" => false,
        _ => author(people, id, kind, entry).is_some(),
    }
}

fn officers(people: &People, id: &Hash, kind: &str, body: &Item, signatures: Option<&mut Item>) -> bool {
    let message = signed_message(kind, id, body);
    let Some(Item::List(signatures)) = signatures else {
        return false;
    };
    let mut signed = false;
    for signature in signatures {
        let Some(&Item::Number(officer)) = signature.at(&[0]) else {
            continue;
        };
        let key = usize::try_from(officer)
            .ok()
            .and_then(|officer| people.officers.get(officer));
        if let (Some(key), Some(place)) = (key, signature.at_mut(&[1])) {
            *place = sign(key, &message);
            signed = true;
        }
    }
    signed
}

fn author(people: &People, id: &Hash, kind: &str, entry: &mut Item) -> Option<()> {
    let body = entry.at(&[1, 0])?.clone();
    // Steps of the ceremony name their round first.
    let place = usize::from(kind.starts_with("key-"));
    let Some(&Item::Number(index)) = body.at(&[place]) else {
        return None;
    };
    let index = usize::try_from(index).ok()?;
    let keys = match kind {
        "roll" | "issuer-key" | "issuance-report" => &people.issuers,
        _ => &people.trustees,
    };
    let key = keys.get(index).unwrap_or(&keys[0]);
    *entry.at_mut(&[1, 1])? = sign(key, &signed_message(kind, id, &body));
    Some(())
}

fn sign(key: &SigningKey, message: &[u8]) -> Item {
    Item::Bytes(key.sign(message).to_bytes().to_vec())
}

/// A ledger that somebody has changed.
#[derive(Clone)]
pub(crate) struct Tampered {
    pub(crate) entries: Vec<Vec<u8>>,
    /// Where the change is: the entries that nobody signs again.
    pub(crate) touched: Vec<usize>,
}

impl Tampered {
    /// The record as it is served: with a head over the changed entries that
    /// the ledger signs and its witnesses cosign. They never see entries.
    pub(crate) fn record(&self, golden: &Golden) -> Record {
        let mut tree = Tree::default();
        self.entries.iter().for_each(|entry| tree.push(leaf_hash(entry)));
        let head = golden.story.checkpoint_of(tree.size(), tree.root());
        Record {
            entries: self.entries.clone(),
            checkpoint: cosigned(&head, &[0, 1, 3]),
            ..golden.record.clone()
        }
    }

    /// The change was made when its entry was new: the box sorted its batches
    /// with it, officers signed their later acts and trustees their shares
    /// against the heads that they were shown.
    pub(crate) fn at_once(mut self, golden: &Golden) -> Self {
        self.sort_batches();
        self.go_on(golden)
    }

    /// As [`Tampered::at_once`], but ballots stay where they are.
    pub(crate) fn go_on(mut self, golden: &Golden) -> Self {
        let same = self.entries.iter().zip(&golden.record.entries);
        let first = same.take_while(|(one, other)| one == other).count();
        // Under another manifest entry it is another election, or none.
        let state = match first {
            0 => Lifecycle::begin(&self.entries[0]).ok(),
            _ => golden.states.get(first).cloned(),
        };
        let Some(mut state) = state else { return self };
        let first = first.max(1);
        for index in first..self.entries.len() {
            let mut entry = Entry::from_bytes(&self.entries[index]);
            if let (Ok(entry), false) = (&mut entry, self.touched.contains(&index)) {
                follow(golden, &state, entry);
                self.entries[index] = entry.to_bytes();
            }
            let leaf = leaf_hash(&self.entries[index]);
            if !entry.is_ok_and(|entry| state.apply(leaf, &entry).is_ok()) {
                state.skip(leaf);
            }
        }
        self
    }

    fn sort_batches(&mut self) {
        let is_ballot = |entry: &Vec<u8>| entry.get(1) == Some(&14);
        let mut start = 0;
        while start < self.entries.len() {
            let ballots = self.entries[start..]
                .iter()
                .take_while(|entry| is_ballot(entry))
                .count();
            let end = start + ballots;
            let touched = self
                .touched
                .iter()
                .map(|&place| self.entries[place].clone())
                .collect::<Vec<_>>();
            self.entries[start..end].sort_by_key(|entry| leaf_hash(entry));
            for (place, entry) in self.touched.iter_mut().zip(touched) {
                if (start..end).contains(place) {
                    let found = self.entries[start..end].iter().position(|other| *other == entry);
                    *place = start + found.unwrap();
                }
            }
            start = end + 1;
        }
    }
}

/// Brings an honest act or share up to the head that the ledger has now.
fn follow(golden: &Golden, state: &Lifecycle, entry: &mut Entry) {
    let story = &golden.story;
    let kind = entry.kind();
    match entry {
        Entry::Open(act)
        | Entry::Pause(act)
        | Entry::Resume(act)
        | Entry::Extend(act)
        | Entry::Close(act)
        | Entry::Lot(act) => {
            let mut body = act.body.clone();
            body.counter = state.acts().counter() + 1;
            body.previous = state.acts().previous().into();
            (body.size, body.root) = (state.size(), state.root().into());
            *act = Act {
                signatures: story.signed_act(kind, body.clone()).signatures,
                body,
            };
        }
        Entry::DecryptionShare(signed) => {
            let (trustee, contest) = (signed.body.trustee, signed.body.contest);
            let sums = &golden.sums[contest as usize];
            let body = story.share_of(trustee, contest, (state.size(), state.root()), sums);
            *signed = signed_by(&story.people.trustees[trustee as usize], &story.id(), body);
        }
        _ => {}
    }
}

fn signed_by<T: Signable>(key: &SigningKey, id: &Hash, body: T) -> Signed<T> {
    Signed::new(body, id, key)
}
