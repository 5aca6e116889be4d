//! Who runs the election: enough of them, and every key stands once.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Problems;
use crate::manifest::Manifest;

impl Problems {
    pub(super) fn officers_and_trustees(&mut self, manifest: &Manifest) {
        let (threshold, members) = (
            manifest.officers.threshold as usize,
            manifest.officers.members.len(),
        );
        self.names(
            "officers.members",
            manifest.officers.members.iter().map(|one| &one.name),
        );
        self.require(
            (1..=members).contains(&threshold),
            "officers.threshold",
            format!("{threshold} of {members} officers can never sign"),
            "need at least 1 and at most all of them",
        );
        let (threshold, members) = (
            manifest.trustees.threshold as usize,
            manifest.trustees.members.len(),
        );
        self.names(
            "trustees.members",
            manifest.trustees.members.iter().map(|one| &one.name),
        );
        self.require(
            threshold <= members && members <= 255,
            "trustees.threshold",
            format!("{threshold} of {members} trustees can never decrypt"),
            "need at most all of at most 255 trustees",
        );
        self.require(
            threshold >= 2,
            "trustees.threshold",
            format!("{threshold} trustee alone could read single ballots"),
            "need at least 2",
        );
        self.require(
            2 * threshold > members,
            "trustees.threshold",
            format!("two groups of {threshold} of {members} could decrypt different sums"),
            "need more than half of the trustees",
        );
    }

    pub(super) fn issuers(&mut self, manifest: &Manifest) {
        let issuers = &manifest.issuers;
        self.require(
            (1..=8).contains(&issuers.members.len()),
            "issuers.members",
            format!("{} issuers", issuers.members.len()),
            "name 1 to 8",
        );
        self.names("issuers.members", issuers.members.iter().map(|one| &one.name));
        self.require(
            [2048, 3072, 4096].contains(&issuers.token_bits),
            "issuers.token_bits",
            format!("{} bits", issuers.token_bits),
            "use 2048, 3072 or 4096",
        );
        for (index, issuer) in issuers.members.iter().enumerate() {
            self.url(format!("issuers.members[{index}].url"), &issuer.url);
        }
    }

    /// No key stands twice, not even in two roles, and each is a key.
    pub(super) fn keys(&mut self, manifest: &Manifest) {
        let mut signing: Vec<(String, &[u8; 32])> = Vec::new();
        signing.push(("ledger.key".to_string(), &manifest.ledger.key));
        for (index, one) in manifest.officers.members.iter().enumerate() {
            signing.push((format!("officers.members[{index}].key"), &one.key));
        }
        for (index, one) in manifest.trustees.members.iter().enumerate() {
            signing.push((format!("trustees.members[{index}].key"), &one.key));
        }
        for (index, one) in manifest.issuers.members.iter().enumerate() {
            signing.push((format!("issuers.members[{index}].key"), &one.key));
        }
        for (field, key) in &signing {
            let valid = ed25519_dalek::VerifyingKey::from_bytes(key).is_ok_and(|key| !key.is_weak());
            self.require(
                valid,
                field,
                "these 32 bytes are not an Ed25519 public key",
                "take the key its owner made",
            );
        }
        let mut first: BTreeMap<&[u8; 32], &str> = BTreeMap::new();
        for (field, key) in &signing {
            if let Some(earlier) = first.insert(key, field) {
                self.add(
                    field,
                    format!("the key is already that of {earlier}"),
                    "every role needs its own key",
                );
            }
        }
    }
}
