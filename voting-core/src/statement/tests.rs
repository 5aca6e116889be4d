//! Tests of statements.

use super::*;
use alloc::vec;
use proptest::prelude::*;

fn choose(cells: u32, lo: i64, hi: i64) -> Statement {
    let terms = (0..cells).map(|cell| (cell, 1)).collect();
    Statement::new(vec![1; cells as usize], vec![Constraint { lo, hi, terms }]).unwrap()
}

#[test]
fn twenty_projects_choose_up_to_five_fit_into_32_bits() {
    assert_eq!(choose(20, 0, 5).padded_bits(), 32);
}

#[test]
fn values_are_checked_cell_by_cell_and_sum_by_sum() {
    let statement = choose(3, 1, 2);
    assert_eq!(statement.check(&[1, 0, 1]), Ok(()));
    assert_eq!(
        statement.check(&[1, 1]),
        Err(Unsatisfied::Length {
            expected: 3,
            found: 2
        })
    );
    assert_eq!(
        statement.check(&[2, 0, 0]),
        Err(Unsatisfied::Cell { cell: 0, maximum: 1 })
    );
    let broken = Unsatisfied::Constraint {
        constraint: 0,
        sum: 3,
        lo: 1,
        hi: 2,
    };
    assert_eq!(statement.check(&[1, 1, 1]), Err(broken));
}

#[test]
fn a11_a_statement_whose_sums_could_wrap_is_refused() {
    let wide = |maximum, weight, lo, hi| {
        Statement::new(
            vec![maximum],
            vec![Constraint {
                lo,
                hi,
                terms: vec![(0, weight)],
            }],
        )
    };
    assert!(wide(1, 1 << 60, 0, 1).is_ok());
    assert_eq!(
        wide(2, 1 << 60, 0, 1),
        Err(StatementError::Bounds { constraint: 0 })
    );
    assert_eq!(
        wide(1, i64::MIN, 0, 1),
        Err(StatementError::Bounds { constraint: 0 })
    );
    assert_eq!(
        wide(1, 1, i64::MIN, i64::MAX),
        Err(StatementError::Bounds { constraint: 0 })
    );
    assert_eq!(wide(1, 1, 1, 0), Err(StatementError::Bounds { constraint: 0 }));
    assert_eq!(
        wide(1, 1, 0, 1 << 53),
        Err(StatementError::Bounds { constraint: 0 })
    );
    let maximum = 1 << 53;
    assert_eq!(
        wide(maximum, 1, 0, 1),
        Err(StatementError::Maximum { cell: 0, maximum })
    );
}

#[test]
fn malformed_statements_are_refused() {
    let one = |terms: Vec<(u32, i64)>| Statement::new(vec![1, 1], vec![Constraint { lo: 0, hi: 1, terms }]);
    for terms in [
        vec![(1, 1), (0, 1)],
        vec![(0, 1), (0, 1)],
        vec![(0, 0)],
        vec![(2, 1)],
    ] {
        assert_eq!(one(terms), Err(StatementError::Terms { constraint: 0 }));
    }
    assert_eq!(Statement::new(vec![], vec![]), Err(StatementError::Cells(0)));
    assert_eq!(
        Statement::new(vec![1; 901], vec![]),
        Err(StatementError::Cells(901))
    );
    assert_eq!(Statement::new(vec![0], vec![]), Err(StatementError::Bits(0)));
}

#[test]
fn every_field_is_in_the_digest() {
    let base = choose(3, 0, 2);
    let mut seen = vec![
        base.digest(),
        choose(4, 0, 2).digest(),
        choose(3, 1, 2).digest(),
        choose(3, 0, 3).digest(),
    ];
    let mut other = base.clone();
    other.maxima[0] = 2;
    seen.push(other.digest());
    let mut other = base.clone();
    other.constraints[0].terms[1].1 = -1;
    seen.push(other.digest());
    let mut other = base.clone();
    other.constraints[0].terms.pop();
    seen.push(other.digest());
    let mut other = base;
    other.padded_bits *= 2;
    seen.push(other.digest());
    let distinct: std::collections::BTreeSet<_> = seen.iter().collect();
    assert_eq!(distinct.len(), seen.len());
}

#[test]
fn joined_contests_stand_one_after_the_other() {
    let joined = Statement::join(&[&choose(2, 0, 1), &choose(3, 1, 2)]).unwrap();
    assert_eq!(joined.maxima(), &[1; 5]);
    assert_eq!(joined.constraints()[1].terms, vec![(2, 1), (3, 1), (4, 1)]);
    assert_eq!(joined.check(&[1, 0, 0, 1, 1]), Ok(()));
    assert!(joined.check(&[1, 0, 0, 0, 0]).is_err());
}

proptest! {
    /// Sums in 64 bits agree with sums in 128 bits for every valid statement.
    #[test]
    fn a11_sums_agree_with_wide_integers(
        cells in proptest::collection::vec((0..=MAX_WIDTH, any::<i64>(), any::<u64>()), 1..6),
        lo in any::<i64>(), width in 0..=MAX_WIDTH,
    ) {
        let maxima: Vec<u64> = cells.iter().map(|cell| cell.0).collect();
        let terms: Vec<_> = cells.iter().enumerate().map(|(i, cell)| (i as u32, cell.1 >> 56 | 1)).collect();
        let lo = lo >> 4;
        let hi = lo + width as i64;
        if let Ok(statement) = Statement::new(maxima.clone(), vec![Constraint { lo, hi, terms: terms.clone() }]) {
            let values: Vec<u64> = cells.iter().map(|cell| cell.2 % (cell.0 + 1)).collect();
            let sum: i128 = terms.iter().zip(&values).map(|(term, v)| i128::from(term.1) * i128::from(*v)).sum();
            let fits = i128::from(lo) <= sum && sum <= i128::from(hi);
            prop_assert_eq!(statement.check(&values).is_ok(), fits);
            if fits {
                let slack: Vec<u64> = statement.slacks(&values).collect();
                prop_assert_eq!(i128::from(slack[0]), i128::from(hi) - sum);
            }
        }
    }
}
