//! Section G: tokens and issuers.

use voting_core::entry::{Entry, IssuerKey, Signed};
use voting_core::hash::Hash;
use voting_core::roll::{ActivationCode, IssuanceRecord, RollLine, pseudonym, records};

use crate::kit::{
    People, Story, Voter, assert_breaks, assert_only, opened, pseudonyms, rng, rsa_key, token, voted,
};

#[test]
fn g1_and_g4_a_pass_under_another_key_is_refused() {
    let mut story = opened().clone();
    let voter = Voter::new(1);
    let election = story.election();
    let mut tokens = voter.tokens(election);
    // The second issuer's pass, good for nothing in the first one's place.
    tokens[0] = tokens[1].clone();
    let context = election.ballot_context(0).unwrap();
    let ballot = voter.ballot_in(&context, tokens, &voter.values(election, 0), 0);
    story.batch(vec![ballot]);
    let verdict = story.audit();
    assert_only(&verdict, &["tokens"]);
    assert_breaks(&verdict, "tokens", "tokens[0]");
}

#[test]
fn g1_a_pass_for_another_style_or_credential_is_refused() {
    let story = opened().clone();
    let voter = Voter::new(1);
    let election = story.election();
    let other_style = token(
        &election.issuer_keys[&(0, 1)],
        rsa_key(0, 1),
        &voter.credential.public(),
    );
    let other_credential = token(&election.issuer_keys[&(0, 0)], rsa_key(0, 0), &[9; 32]);
    for stolen in [other_style, other_credential] {
        let mut story = story.clone();
        let mut tokens = voter.tokens(election);
        tokens[0] = stolen;
        let context = election.ballot_context(0).unwrap();
        let ballot = voter.ballot_in(&context, tokens, &voter.values(election, 0), 0);
        story.batch(vec![ballot]);
        assert_only(&story.audit(), &["tokens"]);
    }
}

#[test]
fn g4_a_second_key_or_a_key_after_opening_is_refused() {
    let mut story = opened().clone();
    story.issuer_key(0, 0);
    assert_breaks(&story.audit(), "issuers", "issuer-key");
}

#[test]
fn g3_a_key_without_a_valid_proof_is_refused() {
    let mut story = Story::begin(People::golden());
    let index = story.issuer_key(0, 0) as usize;
    let Ok(Entry::IssuerKey(honest)) = Entry::from_bytes(&story.entries[index]) else {
        panic!()
    };
    let id = story.id();
    let key = story.people.issuers[1].clone();
    // The same key in another issuer's name: the proof names its owner.
    let body = IssuerKey {
        issuer: 1,
        ..honest.body
    };
    story.push(&Entry::IssuerKey(Signed::new(body, &id, &key)));
    assert_breaks(&story.audit(), "issuers", "issuer 1");
}

#[test]
fn g10_records_off_the_roll_are_noticed() {
    let mut story = voted().clone();
    story.close();
    story.tally();
    let mut records: Vec<_> = pseudonyms(0, 0)[..4]
        .iter()
        .map(|line| IssuanceRecord {
            pseudonym: *line,
            blinded: [1; 32],
        })
        .collect();
    records.push(IssuanceRecord {
        pseudonym: [0xee; 32],
        blinded: [1; 32],
    });
    records.sort();
    story.report_records(0, 0, &records);
    assert_only(&story.audit(), &["eligibility"]);
    assert_breaks(&story.audit(), "eligibility", &hex::encode([0xee; 32]));
}

#[test]
fn g10_more_ballots_than_records_are_noticed() {
    let mut story = voted().clone();
    story.close();
    story.tally();
    story.report(1, 1, 4);
    assert_breaks(&story.audit(), "eligibility", "issuer 1, style 1");
}

#[test]
fn g10_two_records_of_one_pseudonym_are_refused() {
    let mut story = voted().clone();
    story.close();
    story.tally();
    let lines = pseudonyms(0, 0);
    let twice = [lines[0], lines[0]].concat();
    let records = twice
        .chunks(32)
        .flat_map(|line| [line, [1; 32].as_slice()].concat())
        .collect::<Vec<_>>();
    let body = voting_core::entry::IssuanceReport {
        issuer: 0,
        style: 0,
        part: 0,
        parts: 1,
        records: records.into(),
    };
    let (id, key) = (story.id(), story.people.issuers[0].clone());
    story.push(&Entry::IssuanceReport(Signed::new(body, &id, &key)));
    assert_breaks(&story.audit(), "eligibility", "do not ascend");
}

#[test]
fn g10_one_corrupt_issuer_mints_nothing_without_the_other() {
    let election = opened().election();
    let (ghost, victim) = (Voter::new(13), Voter::new(3));
    let minted = ghost.tokens(election)[0].clone();
    let context = election.ballot_context(0).unwrap();
    for other in [minted.clone(), victim.tokens(election)[1].clone(), vec![0; 256]] {
        let mut story = opened().clone();
        let tokens = vec![minted.clone(), other];
        let ballot = ghost.ballot_in(&context, tokens, &ghost.values(election, 0), 0);
        story.batch(vec![ballot]);
        assert_breaks(&story.audit(), "tokens", "tokens[1]");
    }
}

#[test]
fn g10_an_abstainer_finds_a_pass_that_was_issued_in_their_name() {
    let mut story = Story::begin(People::golden());
    story.key_ceremony();
    let id = story.id();
    let line = RollLine::parse("Eve Abstainer, Mill Lane 3").unwrap();
    let code = ActivationCode::generate(&mut rng(31));
    let mine = pseudonym(&id, &code.secret(&id), &line);
    // Nobody finds the line without the letter, or with another letter.
    let another = ActivationCode::generate(&mut rng(32));
    assert_ne!(pseudonym(&id, &another.secret(&id), &line), mine);
    let rolls = |issuer, style| {
        let mut lines = pseudonyms(issuer, style);
        if (issuer, style) == (0, 0) {
            lines[3] = mine;
            lines.sort_unstable();
        }
        lines
    };
    for (issuer, style) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        story.issuer_key(issuer, style);
        story.roll(issuer, style, &rolls(issuer, style));
    }
    for trustee in 0..3 {
        story.rehearse(trustee);
    }
    story.open();
    story.close();
    story.tally();
    // What a voter's look-up does, on public entries alone.
    let found = |story: &Story, pseudonym: &Hash| {
        let entries = story
            .entries
            .iter()
            .map(|entry| Entry::from_bytes(entry).unwrap());
        entries
            .filter_map(|entry| match entry {
                Entry::IssuanceReport(report) => Some(report),
                _ => None,
            })
            .any(|report| records(&report.body).any(|record| record.pseudonym == *pseudonym))
    };
    for planted in [false, true] {
        let mut story = story.clone();
        let issued = rolls(0, 0).into_iter().filter(|line| planted || *line != mine);
        let blinded = [1; 32];
        let issued: Vec<_> = issued
            .map(|pseudonym| IssuanceRecord { pseudonym, blinded })
            .collect();
        story.report_records(0, 0, &issued);
        // No claim can tell: the line is on the roll. Its owner can.
        assert_only(&story.audit(), &[]);
        assert_eq!(found(&story, &mine), planted);
    }
}

#[test]
fn aws_lc_and_the_issuers_library_agree_on_every_flipped_byte() {
    use voting_core::token::{RsaTokenVerifier, TokenVerifier};
    let election = opened().election();
    let key = &election.issuer_keys[&(0, 0)];
    let independent = auditor::AwsLcVerifier::new(election.issuer_keys.values());
    let credential = Voter::new(1).credential.public();
    let honest = token(key, rsa_key(0, 0), &credential);
    assert_eq!(independent.verify(key, &credential, &honest), Ok(()));
    let mut flips = (0..honest.len()).map(|place| {
        let mut flipped = honest.clone();
        flipped[place] ^= 1 << (place % 8);
        flipped
    });
    assert!(flips.all(|flipped| {
        let answers = (
            independent.verify(key, &credential, &flipped),
            RsaTokenVerifier.verify(key, &credential, &flipped),
        );
        answers.0.is_err() && answers.1.is_err()
    }));
    // Too short, too long, and a second encoding: the signature plus the modulus.
    let _ = rng(1);
    for length in [0, 255, 257] {
        let mut other = honest.clone();
        other.resize(length, 0);
        assert!(independent.verify(key, &credential, &other).is_err());
    }
}
