//! The key is the trustees' joint key, and every one of them certified it.
//!
//! For every trustee: commitments that match the hash published before anybody
//! saw another's (attack D2), exactly `t` of them, none the identity, with a
//! proof of possession (D1), and a certificate over the same key and
//! transcript as everybody else's (D3). [`Lifecycle`](voting_core::lifecycle)
//! refuses what fails; this claim says whose doing it was.

use voting_core::entry::Entry;
use voting_core::lifecycle::Phase;

use super::{About, End, Observer, Seen, fault_of, number};
use crate::finding::{Fault, Findings};
use crate::verdict::{Chapter, Standing};

const ABOUT: About = About {
    id: "joint-key",
    title: "The election key is the trustees' joint key, certified by all of them",
    chapter: Chapter::Ceremony,
    clause: "specs/10-audit.md §3.3",
};

/// Collects refused entries of the key ceremony.
#[derive(Default)]
pub(crate) struct JointKey(Findings);

impl Observer for JointKey {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn entry(&mut self, seen: &Seen<'_>) {
        if let (Some(Entry::Open(_)), Phase::Setup) = (seen.entry, seen.before) {
            self.opening(seen);
        }
        let Some(refusal) = seen.refusal else { return };
        if seen.kind.starts_with("key-") {
            let finding = ABOUT.finding(Some(seen.index), seen.kind, fault_of(refusal));
            self.0
                .push(finding.differs("a step of the key ceremony that holds", refusal.to_string()));
        }
    }

    fn conclude(&self, end: &End<'_>) -> (Findings, Standing) {
        let election = end.lifecycle.election();
        let trustees = &election.manifest.trustees;
        let standing = if let Some(keys) = &election.keys {
            Standing::held(format!(
                "{} certified the same key {}…; any {} of them decrypt",
                number(trustees.members.len() as u64, "trustee"),
                &hex::encode(keys.public.joint.compress().as_bytes())[..16],
                trustees.threshold
            ))
        } else {
            let certified = end.lifecycle.setup().round().confirmations.len();
            Standing::to_come(format!(
                "{certified} of {} trustees have certified the key so far",
                trustees.members.len()
            ))
        };
        (self.0.clone(), standing)
    }
}

impl JointKey {
    /// A poll that opens has its key.
    fn opening(&mut self, seen: &Seen<'_>) {
        if seen.lifecycle.election().keys.is_none() {
            let certified = seen.lifecycle.setup().round().confirmations.len();
            let finding = ABOUT.finding(Some(seen.index), "open", Fault::Officers);
            let expected = "a key that every trustee has certified before it";
            self.0
                .push(finding.differs(expected, format!("{certified} certificates")));
        }
    }
}
