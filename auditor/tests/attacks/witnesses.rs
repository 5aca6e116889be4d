//! Sealed witnesses: a head that their quorum has not cosigned is not believed.

use std::sync::Arc;

use auditor::{Audit, Standing, Verdict};
use ed25519_dalek::SigningKey;
use voting_core::ledger::{Cosigner, SignedNote, VerifierKey};

use crate::kit::{self, People, Story, broken};

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

fn verdict(story: &Story, policy: Option<&str>, notes: &[&[u8]]) -> Verdict {
    let mut audit = Audit::begin(None, [42; 32]);
    let mut recall: &[Vec<u8>] = &story.entries;
    for entry in &story.entries {
        audit.entry(entry, &mut recall);
    }
    if let Some(policy) = policy {
        audit.content(POLICY, policy.as_bytes());
    }
    audit.finish(notes, &mut recall)
}

#[track_caller]
fn says(verdict: &Verdict) -> String {
    match &verdict.claim("checkpoint").unwrap().standing {
        Standing::Held { note } => format!("held: {note}"),
        Standing::Broken { findings } => {
            let lines: Vec<String> = findings.listed.iter().map(ToString::to_string).collect();
            format!("broken: {}", lines.join("\n"))
        }
        Standing::NotCheckable { because, .. } => format!("not checkable: {because}"),
    }
}

#[test]
fn e1_a_head_without_the_quorum_of_the_sealed_witnesses_is_refused() {
    let people = people(&[]);
    let (story, policy) = (Story::begin(people.clone()), policy(&people, &[]));
    let note = story.checkpoint();
    let with = |witnesses: &[usize]| verdict(&story, Some(&policy), &[&cosigned(&note, witnesses)]);
    assert!(says(&with(&[0, 1, 2, 3])).ends_with("4 of 4 witnesses cosigned"));
    assert!(says(&with(&[0, 3, 1])).ends_with("3 of 4 witnesses cosigned, not cy"));
    for few in [&[][..], &[2], &[1, 1, 1], &[0, 1]] {
        let verdict = with(few);
        assert_eq!(broken(&verdict), ["checkpoint"]);
        assert!(verdict.fit_to_decrypt().is_err());
    }
    let lacking = says(&with(&[0, 1]));
    assert!(
        lacking.contains("2 of 4 sealed witnesses, not cy, dee"),
        "{lacking}"
    );
}

#[test]
fn e1_a_forged_cosignature_refuses_the_head_and_names_the_witness() {
    let people = people(&[]);
    let (story, policy) = (Story::begin(people.clone()), policy(&people, &[]));
    let other = Story::begin(People::golden()).checkpoint();
    // The line of a witness under another head of the same ledger.
    let text = SignedNote::parse(&other).unwrap().text().to_owned();
    let mut note = String::from_utf8(cosigned(&story.checkpoint(), &[0, 1, 2])).unwrap();
    note += &cosigner(3).cosign(&text, 1_800_000_000).unwrap();
    let verdict = verdict(&story, Some(&policy), &[note.as_bytes()]);
    let shown = says(&verdict);
    assert!(
        shown.starts_with("broken") && shown.contains("cosignature of witness dee"),
        "{shown}"
    );
}

#[test]
fn e1_a_sealed_policy_that_is_not_at_hand_leaves_the_claim_open_never_held() {
    let people = people(&[]);
    let story = Story::begin(people.clone());
    let note = cosigned(&story.checkpoint(), &[0, 1, 2, 3]);
    let missing = says(&verdict(&story, None, &[&note]));
    assert!(
        missing.starts_with("not checkable") && missing.contains("file is not here"),
        "{missing}"
    );
    // A weaker policy in its place is not the sealed one.
    let weaker = policy(&people, &[]).replace("group most 3", "group most 1");
    let verdict = verdict(&story, Some(&weaker), &[&note]);
    assert!(says(&verdict).starts_with("not checkable"));
    assert_eq!(broken(&verdict), ["content"]);
}

#[test]
fn e1_a_sealed_policy_that_names_another_ledger_is_the_officers_fault() {
    let text =
        policy(&People::golden(), &[]).replace("log ledger.example/golden", "log ledger.example/other");
    let key = *VerifierKey::ed25519("ledger.example/other", &People::golden().manifest.ledger.key)
        .unwrap()
        .public();
    let other = VerifierKey::ed25519("ledger.example/other", &key).unwrap();
    let text = text
        .lines()
        .skip(1)
        .fold(format!("log {other}\n"), |text, line| text + line + "\n");
    let people = People::with(|manifest| kit::seal_policy(manifest, POLICY, &text));
    let story = Story::begin(people);
    let verdict = verdict(&story, Some(&text), &[&story.checkpoint()]);
    assert!(says(&verdict).contains("the officers"), "{}", says(&verdict));
}
