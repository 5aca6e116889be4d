//! The sealed witnesses: their keys, their policy, and their cosignatures.

use std::sync::Arc;

use ed25519_dalek::SigningKey;
use voting_core::ledger::{Cosigner, SignedNote, VerifierKey};

use crate::kit::{self, People};

/// The sealed witnesses' names, in the policy's order.
pub(crate) const NAMES: [&str; 4] = ["ada", "bob", "cy", "dee"];
/// The policy's name among the content files.
pub(crate) const POLICY: &str = "witnesses.txt";

/// A witness's key, by its place in [`NAMES`].
pub(crate) fn cosigner(witness: usize) -> Cosigner {
    let key = SigningKey::from_bytes(&[70 + witness as u8; 32]);
    Cosigner::ed25519(&format!("{}.example", NAMES[witness]), &key).unwrap()
}

/// A policy of three of four for the golden ledger; `urls` are witnesses' addresses.
pub(crate) fn policy(people: &People, urls: &[String]) -> String {
    let ledger = &people.manifest.ledger;
    let key = VerifierKey::ed25519(&ledger.origin, &ledger.key).unwrap();
    let mut text = format!("log {key}\n");
    for (place, name) in NAMES.iter().enumerate() {
        let url = urls.get(place).map(String::as_str).unwrap_or_default();
        text += &format!("witness {name} {} {url}\n", cosigner(place).verifier());
    }
    text + &format!("group most 3 {}\nquorum most\n", NAMES.join(" "))
}

/// The golden people, with witnesses sealed.
pub(crate) fn people(urls: &[String]) -> Arc<People> {
    let file = policy(&People::golden(), urls);
    People::with(|manifest| kit::seal_policy(manifest, POLICY, &file))
}

/// A checkpoint with the cosignatures of these witnesses under it.
pub(crate) fn cosigned(note: &[u8], witnesses: &[usize]) -> Vec<u8> {
    let mut cosigned = String::from_utf8(note.to_vec()).unwrap();
    for &witness in witnesses {
        let text = SignedNote::parse(note).unwrap().text().to_owned();
        cosigned += &cosigner(witness).cosign(&text, 1_800_000_000).unwrap();
    }
    cosigned.into_bytes()
}
