//! What the issuers publish: keys and rolls before opening, reports after close.
//!
//! Pseudonyms ascend, as the lists must: evenly spaced first bytes, then a
//! hash. So the lists are made part by part, and none is ever in memory.

use anyhow::{Context, Result};
use rsa::traits::PublicKeyParts;
use voting_core::entry::{Entry, IssuanceReport, IssuerKey, Roll, Signed};
use voting_core::hash::Hash;
use voting_core::roll::{PSEUDONYMS_PER_PART, RECORDS_PER_PART};
use voting_core::token::validity;

use super::ledger::Ledger;
use super::people::People;
use super::plan::Plan;

/// The one style.
const STYLE: u32 = 0;

/// Every issuer's key and roll.
pub(super) fn announce(plan: &Plan, people: &People, ledger: &mut Ledger) -> Result<()> {
    let id = ledger.election().id;
    for (issuer, keys) in (0..).zip(&people.issuers) {
        let context = validity::Context {
            election_id: &id,
            issuer,
            style: STYLE,
        };
        let mut rng = plan.seed.rng("key proof", issuer.into());
        let key = IssuerKey {
            issuer,
            style: STYLE,
            modulus: keys.tokens.n().to_be_bytes().to_vec().into(),
            proof: validity::prove(&context, &keys.tokens, &mut rng)?.into(),
        };
        ledger.push(&Entry::IssuerKey(Signed::new(key, &id, &keys.identity)))?;
        for (part, parts, items) in parts(plan.lines, PSEUDONYMS_PER_PART)? {
            let pseudonyms: Vec<u8> = items.flat_map(|line| pseudonym(plan, issuer, line)).collect();
            let roll = Roll {
                issuer,
                style: STYLE,
                part,
                parts,
                pseudonyms: pseudonyms.into(),
            };
            ledger.push(&Entry::Roll(Signed::new(roll, &id, &keys.identity)))?;
        }
    }
    Ok(())
}

/// Every issuer's report: a record for every voter.
pub(super) fn report(plan: &Plan, people: &People, ledger: &mut Ledger) -> Result<()> {
    let id = ledger.election().id;
    for (issuer, keys) in (0..).zip(&people.issuers) {
        for (part, parts, items) in parts(plan.voters(), RECORDS_PER_PART)? {
            let records: Vec<u8> = items.flat_map(|voter| record(plan, issuer, voter)).collect();
            let report = IssuanceReport {
                issuer,
                style: STYLE,
                part,
                parts,
                records: records.into(),
            };
            ledger.push(&Entry::IssuanceReport(Signed::new(report, &id, &keys.identity)))?;
        }
    }
    Ok(())
}

/// The parts of a list: number, how many there are, and the items.
fn parts(items: u64, full: usize) -> Result<impl Iterator<Item = (u32, u32, std::ops::Range<u64>)>> {
    let full = full as u64;
    let parts = u32::try_from(items.div_ceil(full)).context("a list has too many parts")?;
    Ok((0..parts).map(move |part| {
        let first = u64::from(part) * full;
        (part, parts, first..items.min(first + full))
    }))
}

/// The pseudonym of a line; a later line's is larger.
fn pseudonym(plan: &Plan, issuer: u32, line: u64) -> Hash {
    let mut pseudonym = plan.seed.bytes("pseudonym", u64::from(issuer) << 40 | line);
    let first = (u128::from(line) << 64) / u128::from(plan.lines);
    pseudonym[..8].copy_from_slice(&(first as u64).to_be_bytes());
    pseudonym
}

/// The record of a voter: those who vote stand evenly among the lines.
fn record(plan: &Plan, issuer: u32, voter: u64) -> [u8; 64] {
    let line = u128::from(voter) * u128::from(plan.lines) / u128::from(plan.voters());
    let mut record = [0; 64];
    record[..32].copy_from_slice(&pseudonym(plan, issuer, line as u64));
    record[32..].copy_from_slice(&plan.seed.bytes("request", u64::from(issuer) << 40 | voter));
    record
}
