//! The statements to measure, each with values that satisfy it.

use voting_core::statement::{Constraint, Statement};

/// A statement to measure, with values that satisfy it.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) statement: Statement,
    pub(crate) values: Vec<u64>,
    pub(crate) batch: usize,
}

fn all(cells: usize, weight: i64) -> Vec<(u32, i64)> {
    (0..cells as u32).map(|cell| (cell, weight)).collect()
}

fn case(
    name: String,
    maxima: Vec<u64>,
    constraints: Vec<Constraint>,
    values: Vec<u64>,
    batch: usize,
) -> Case {
    let statement = Statement::new(maxima, constraints).expect("the bench's statements are valid");
    statement.check(&values).expect("the bench's values satisfy them");
    Case {
        name,
        statement,
        values,
        batch,
    }
}

pub(crate) fn choose(projects: usize, batch: usize) -> Case {
    let constraint = Constraint {
        lo: 0,
        hi: 5,
        terms: all(projects, 1),
    };
    let values = (0..projects).map(|cell| u64::from(cell < 5)).collect();
    case(
        format!("choose ≤ 5 of {projects}"),
        vec![1; projects],
        vec![constraint],
        values,
        batch,
    )
}

pub(crate) fn knapsack(projects: usize) -> Case {
    let terms = (0..projects as u32)
        .map(|cell| (cell, 10_000 + 7_919 * i64::from(cell)))
        .collect();
    let constraint = Constraint {
        lo: 0,
        hi: 5_000_000,
        terms,
    };
    let values = (0..projects).map(|cell| u64::from(cell < 8)).collect();
    case(
        format!("knapsack of {projects}"),
        vec![1; projects],
        vec![constraint],
        values,
        256,
    )
}

/// Up to ten points for a project, twenty in all: cells `u` and `w`.
pub(crate) fn points(projects: usize) -> Case {
    let bound = |u: u32| Constraint {
        lo: 0,
        hi: 9,
        terms: vec![(u, 9), (u + projects as u32, -1)],
    };
    let mut constraints: Vec<Constraint> = (0..projects as u32).map(bound).collect();
    constraints.push(Constraint {
        lo: 0,
        hi: 20,
        terms: all(2 * projects, 1),
    });
    let maxima = [vec![1; projects], vec![9; projects]].concat();
    let mut values = vec![0; 2 * projects];
    (values[0], values[1], values[projects], values[projects + 1]) = (1, 1, 9, 8);
    case(
        format!("20 points over {projects}"),
        maxima,
        constraints,
        values,
        128,
    )
}

/// The five best of `projects`, in order: cell `(i, p)` at `5·i + p`.
pub(crate) fn ranking(projects: usize) -> Case {
    let ranks = 5;
    let at = |project: usize, rank: usize| (ranks * project + rank) as u32;
    let row = |i: usize| Constraint {
        lo: 0,
        hi: 1,
        terms: (0..ranks).map(|p| (at(i, p), 1)).collect(),
    };
    let mut constraints: Vec<Constraint> = (0..projects).map(row).collect();
    constraints.push(Constraint {
        lo: 0,
        hi: 1,
        terms: (0..projects).map(|i| (at(i, 0), 1)).collect(),
    });
    for rank in 1..ranks {
        let terms = (0..projects)
            .flat_map(|i| [(at(i, rank - 1), 1), (at(i, rank), -1)])
            .collect();
        constraints.push(Constraint { lo: 0, hi: 1, terms });
    }
    let mut values = vec![0; ranks * projects];
    (0..ranks).for_each(|rank| values[at(rank, rank) as usize] = 1);
    case(
        format!("rank 5 of {projects}"),
        vec![1; ranks * projects],
        constraints,
        values,
        128,
    )
}
