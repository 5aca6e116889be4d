//! Tests of the ballot: what is accepted, and every attack that is not.

mod attacks;
mod batch;
mod copies;
mod fields;
mod forgery;
mod reference;
mod vectors;

use alloc::vec;
use alloc::vec::Vec;

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use super::*;
use crate::credential::Credential;
use crate::entry::BallotEntry;
use crate::group::Scalar;
use crate::statement::Constraint;

/// The joint key of all tests is `KEY·B`, so that tests can decrypt.
pub(super) const KEY: u64 = 77_777;
pub(super) const TOKEN_LENGTH: usize = 384;

pub(super) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub(super) fn choose(cells: u32, lo: i64, hi: i64) -> Statement {
    let terms = (0..cells).map(|cell| (cell, 1)).collect();
    Statement::new(vec![1; cells as usize], vec![Constraint { lo, hi, terms }]).unwrap()
}

pub(super) fn context(statement: Statement) -> BallotContext {
    BallotContext {
        election_id: [7; 32],
        joint_key: RistrettoPoint::mul_base(&Scalar::from(KEY)),
        key_digest: [9; 32],
        style: 3,
        statement,
        issuers: 1,
        token_length: TOKEN_LENGTH,
    }
}

pub(super) fn tokens(context: &BallotContext) -> Vec<Vec<u8>> {
    vec![vec![0xab; context.token_length]; context.issuers]
}

pub(super) fn cast(context: &BallotContext, values: &[u64], seed: u64) -> BallotEntry {
    let mut rng = rng(seed);
    let credential = Credential::generate(&mut rng);
    let draft = Draft::seal(context, &credential, 0, values, [seed as u8; 32]).unwrap();
    draft.cast(tokens(context), &credential, &mut rng).unwrap()
}

/// Statements of every ballot kind's shape, with values that satisfy them.
pub(super) fn kinds() -> Vec<(&'static str, Statement, Vec<u64>)> {
    let all =
        |cells: u32, weight: i64| -> Vec<(u32, i64)> { (0..cells).map(|cell| (cell, weight)).collect() };
    let limit = |lo, hi, terms| Constraint { lo, hi, terms };
    let costs = [120_000, 33_333, 8_750, 410_000, 5]
        .iter()
        .zip(0..)
        .map(|(cost, cell)| (cell, *cost))
        .collect();
    let points = vec![
        limit(0, 4, vec![(0, 4), (3, -1)]),
        limit(0, 4, vec![(1, 4), (4, -1)]),
        limit(0, 4, vec![(2, 4), (5, -1)]),
        limit(10, 10, all(6, 1)),
    ];
    let ranks = vec![
        limit(0, 1, vec![(0, 1), (1, 1)]),
        limit(0, 1, vec![(2, 1), (3, 1)]),
        limit(0, 1, vec![(0, 1), (2, 1)]),
        limit(0, 1, vec![(0, 1), (1, -1), (2, 1), (3, -1)]),
    ];
    vec![
        ("choose one", choose(4, 1, 1), vec![0, 0, 1, 0]),
        ("one project, yes or no", choose(1, 0, 1), vec![1]),
        ("approval", choose(20, 0, 5), [vec![1; 5], vec![0; 15]].concat()),
        (
            "knapsack",
            Statement::new(vec![1; 5], vec![limit(0, 500_000, costs)]).unwrap(),
            vec![1, 1, 1, 0, 1],
        ),
        (
            "points",
            Statement::new(vec![1, 1, 1, 4, 4, 4], points).unwrap(),
            vec![1, 1, 0, 4, 4, 0],
        ),
        (
            "ranking",
            Statement::new(vec![1; 4], ranks).unwrap(),
            vec![0, 1, 1, 0],
        ),
        (
            "no constraint",
            Statement::new(vec![5, 0, 1000], vec![]).unwrap(),
            vec![3, 0, 1000],
        ),
        ("long vector", choose(70, 0, 70), vec![1; 70]),
    ]
}

#[test]
fn every_kind_seals_verifies_and_decrypts_to_the_choice() {
    for (kind, statement, values) in kinds() {
        let context = context(statement);
        let ballot = cast(&context, &values, 1);
        assert_eq!(precheck(&context, &ballot), Ok(()), "{kind}");
        let verified = verify(&context, &ballot, &mut rng(2)).expect(kind);
        let message = |value: &u64| Scalar::from(*value) * crate::group::message_base();
        assert_eq!(verified.cells().len(), values.len());
        for ((r, c), value) in verified.cells().iter().zip(&values) {
            assert_eq!(c - Scalar::from(KEY) * r, message(value), "{kind}");
        }
        assert_eq!((verified.style(), verified.sequence()), (3, 0));
        assert_eq!(verified.credential(), *ballot.credential);
    }
}

#[test]
fn a_ballot_of_twenty_projects_fits_into_2700_bytes() {
    let context = context(choose(20, 0, 5));
    let ballot = cast(&context, &[0; 20], 1);
    let entry = crate::entry::Entry::Ballot(ballot);
    assert!(entry.to_bytes().len() <= 2_700, "{}", entry.to_bytes().len());
}

#[test]
fn the_second_device_finds_the_same_tracker() {
    let context = context(choose(5, 0, 2));
    let credential = Credential::generate(&mut rng(1));
    let seal = |seed| Draft::seal(&context, &credential, 4, &[0, 1, 0, 1, 0], [seed; 32]).unwrap();
    let tracker = seal(5).tracker();
    let opening = seal(5).open();
    assert_eq!(opening.check(&context), Ok(tracker));
    let bytes = crate::encoding::encode(&opening);
    assert_eq!(crate::encoding::decode::<Opening>(&bytes).unwrap(), opening);
    // A device that shows another choice, or the same under another seed, is found out.
    let mut lie = opening.clone();
    lie.values = vec![1, 0, 0, 1, 0];
    assert_ne!(lie.check(&context), Ok(tracker));
    let mut lie = opening.clone();
    lie.values = vec![1; 5];
    assert!(matches!(lie.check(&context), Err(SealError::Unsatisfied(_))));
    let mut other = context.clone();
    other.election_id[0] ^= 1;
    assert_ne!(opening.check(&other), Ok(tracker));
    other.style = 9;
    assert_eq!(
        opening.check(&other),
        Err(SealError::Style {
            expected: 9,
            found: 3
        })
    );
}

#[test]
fn the_tracker_on_the_ledger_is_the_one_on_the_screen() {
    let context = context(choose(2, 0, 1));
    let credential = Credential::generate(&mut rng(1));
    let draft = Draft::seal(&context, &credential, 4, &[0, 1], [1; 32]).unwrap();
    let tracker = draft.tracker();
    let ballot = draft.cast(tokens(&context), &credential, &mut rng(2)).unwrap();
    assert_eq!(Tracker::of(&context.election_id, &ballot), tracker);
    assert_eq!(alloc::format!("{tracker}").split(' ').count(), 16);
}

#[test]
fn what_breaks_a_rule_cannot_be_sealed_and_wrong_tokens_not_cast() {
    let context = context(choose(3, 1, 2));
    let credential = Credential::generate(&mut rng(1));
    for values in [&[1, 1, 1][..], &[0, 0, 0], &[2, 0, 0], &[1, 0]] {
        let refused = Draft::seal(&context, &credential, 0, values, [0; 32]);
        assert!(matches!(refused, Err(SealError::Unsatisfied(_))));
    }
    let draft = || Draft::seal(&context, &credential, 0, &[1, 0, 0], [0; 32]).unwrap();
    for tokens in [vec![], vec![vec![0; 383]], vec![vec![0; 384]; 2]] {
        let refused = draft().cast(tokens, &credential, &mut rng(1));
        assert_eq!(
            refused,
            Err(SealError::Tokens {
                issuers: 1,
                length: TOKEN_LENGTH
            })
        );
    }
    let other = Credential::generate(&mut rng(2));
    assert_eq!(
        draft().cast(tokens(&context), &other, &mut rng(1)),
        Err(SealError::Credential)
    );
    assert!(!alloc::format!("{:?}", draft()).contains("seed"));
}
