//! Batches: all good, some bad, and who they are.

use super::*;
use crate::group::decode_point;

#[test]
fn a_batch_names_exactly_its_bad_ballots() {
    let context = context(choose(4, 0, 2));
    let good: Vec<BallotEntry> = (0..9).map(|seed| cast(&context, &[1, 0, 0, 1], seed)).collect();
    for bad in [vec![], vec![0], vec![8], vec![3, 4], (0..9).collect()] {
        let mut ballots = good.clone();
        for &index in &bad {
            // Passes every check but the last: another ballot's proof of possession does not help,
            // so the altered proof is sealed by its own holder.
            ballots[index] = forgery::ballot_with_one_vote_too_many(&context, index as u64);
        }
        let references: Vec<&BallotEntry> = ballots.iter().collect();
        let results = verify_batch(&context, &references, &mut rng(3));
        for (index, result) in results.iter().enumerate() {
            assert_eq!(precheck(&context, &ballots[index]), Ok(()));
            match bad.contains(&index) {
                true => assert_eq!(*result, Err(InvalidBallot::Proof)),
                false => assert_eq!(*result, verify(&context, &ballots[index], &mut rng(4))),
            }
        }
    }
}

#[test]
fn malformed_ballots_do_not_disturb_the_others() {
    let context = context(choose(4, 0, 2));
    let good = cast(&context, &[1, 0, 0, 1], 1);
    let mut bad = good.clone();
    bad.cells[0] ^= 1;
    let results = verify_batch(&context, &[&good, &bad, &good], &mut rng(1));
    assert!(results[0].is_ok() && results[1].is_err() && results[2].is_ok());
    assert!(verify_batch(&context, &[], &mut rng(1)).is_empty());
}

#[test]
fn errors_that_cancel_without_weights_are_found() {
    // Two ballots whose link equations are off by +B and −B: their plain sum holds.
    let context = context(choose(4, 0, 2));
    let (plus, minus) = (
        forgery::ballot_off_by(&context, 1, 1),
        forgery::ballot_off_by(&context, -1, 2),
    );
    let results = verify_batch(&context, &[&plus, &minus], &mut rng(1));
    assert_eq!(results, [Err(InvalidBallot::Proof), Err(InvalidBallot::Proof)]);
}

#[test]
fn verified_cells_are_the_points_on_the_ledger() {
    let context = context(choose(4, 0, 2));
    let ballot = cast(&context, &[1, 0, 0, 1], 1);
    let verified = verify(&context, &ballot, &mut rng(1)).unwrap();
    assert_eq!(ballot.cells.len(), 64 * verified.cells().len());
    for (bytes, (r, c)) in ballot.cells.chunks(64).zip(verified.cells()) {
        assert_eq!(
            (
                decode_point(&bytes[..32]).unwrap(),
                decode_point(&bytes[32..]).unwrap()
            ),
            (*r, *c)
        );
    }
}
