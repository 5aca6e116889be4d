//! `psephos generate`: a whole election of any size as a ledger's folder, in
//! which every claim holds. For benches and tests of whoever reads ledgers.
//!
//! Everybody's keys come from one seed and are with one process, so this
//! proves nothing about anybody. But every ballot, proof, token and signature
//! is a real one, made by the same code that voters, issuers and trustees
//! use, with two exceptions that no reader can see: tokens are signed without
//! blinding them first, and the pseudonyms of the roll are drawn in ascending
//! order, not derived from letters that nobody would send.
//!
//! The same seed and arguments give the same bytes, whatever the number of
//! processors. Memory does not grow with the number of ballots.

mod plan;
mod randomness;
mod people;
mod ledger;
mod ceremony;
mod roll;
mod voters;
mod election;

pub(crate) use plan::{Arguments, Refused};

use anyhow::Result;

/// Generates the election; says where it is.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let plan = arguments.plan()?;
    let made = election::generate(&plan)?;
    println!(
        "{} entries, {} bytes: {} ballots of {} projects",
        made.entries, made.bytes, plan.ballots, plan.projects
    );
    let folder = plan.folder.display();
    println!(
        "auditor verify {folder} --election {}",
        hex::encode(made.election)
    );
    Ok(())
}
