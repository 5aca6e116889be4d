//! Sealed witnesses: a head that their quorum has not cosigned is not believed.

use auditor::{Audit, Standing, Verdict};
use voting_core::ledger::{SignedNote, VerifierKey};

use crate::kit::{self, People, Story, broken};
use crate::sealed::{POLICY, cosigned, cosigner, people, policy};

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
