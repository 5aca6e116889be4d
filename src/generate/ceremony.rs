//! What officer and trustees do, each with the code of the `ceremony` command,
//! on the ledger in the making.

use ::ceremony::officer::{self, ActKind};
use ::ceremony::trustee::{Step, Trustee};
use ::ceremony::{CeremonyFault, Record};
use anyhow::{Context, Result, bail};
use voting_core::decrypt::{VerifiedShare, bounded_logarithms, combine, verify_share};
use voting_core::entry::{ContestResult, Entry, Signed, Tally};
use voting_core::keys::SecretShare;
use voting_core::ledger::Trust;
use voting_core::outcome::{Outcome, outcome};
use voting_core::tally::Sums;

use super::ledger::Ledger;
use super::people::People;
use super::plan::Plan;

/// The one contest.
const CONTEST: u32 = 0;

/// The signed manifest.
pub(super) fn manifest(people: &People) -> Result<Entry> {
    let mut draft = officer::draft_manifest(people.manifest.clone());
    officer::sign(&mut draft, None, &people.officer)?;
    Ok(draft)
}

/// The ledger as officer and trustees read it. What they need of it is in
/// the lifecycle; the entries are not kept.
fn record(people: &People, ledger: &Ledger) -> Result<Record> {
    let file = people.manifest.policy_file();
    let policy = file.and_then(|file| people.content.iter().find(|(name, _)| *name == file.name));
    Ok(Record {
        entries: Vec::new(),
        note: Vec::new(),
        lifecycle: ledger.lifecycle.clone(),
        trust: Trust::sealed(&people.manifest, policy.map(|(_, bytes)| bytes.as_slice()))?,
        policy: None,
    })
}

/// The officer acts.
pub(super) fn act(people: &People, ledger: &mut Ledger, kind: ActKind) -> Result<()> {
    let record = record(people, ledger)?;
    let mut draft = officer::draft(&record, kind);
    officer::sign(&mut draft, Some(&record), &people.officer)?;
    ledger.push(&draft)
}

/// The trustees make the joint key and rehearse.
pub(super) fn make_key(plan: &Plan, people: &People, ledger: &mut Ledger) -> Result<()> {
    let rng = |what: &str, trustee: usize| plan.seed.rng(what, trustee as u64);
    all_step(people, ledger, |trustee, index| {
        trustee.deal(&mut rng("deal", index))
    })?;
    all_step(people, ledger, |trustee, _| trustee.certify())?;
    all_step(people, ledger, |trustee, index| {
        trustee.rehearse(&mut rng("rehearse", index))
    })
}

/// Every trustee in turn, until none waits for another.
fn all_step(
    people: &People,
    ledger: &mut Ledger,
    step: impl Fn(&Trustee<'_>, usize) -> Result<Step, CeremonyFault>,
) -> Result<()> {
    loop {
        let mut waits = false;
        for (index, key) in people.trustees.iter().enumerate() {
            let record = record(people, ledger)?;
            match step(&Trustee::new(key, &record)?, index)? {
                Step::Post(entry) => {
                    ledger.push(&entry)?;
                    waits = true;
                }
                Step::Wait(_) => waits = true,
                Step::Done(_) => {}
            }
        }
        if !waits {
            return Ok(());
        }
    }
}

/// The trustees' shares of the joint key. They are taken while the ledger is
/// short: what a trustee reads is copied every time.
pub(super) fn shares(people: &People, ledger: &Ledger) -> Result<Vec<SecretShare>> {
    let record = record(people, ledger)?;
    let keys = people.trustees.iter();
    keys.map(|key| Ok(Trustee::new(key, &record)?.secret_share()?))
        .collect()
}

/// Publishes the sums; as many trustees as are needed decrypt them; the result.
pub(super) fn decrypt(
    plan: &Plan,
    people: &People,
    ledger: &mut Ledger,
    secrets: &[SecretShare],
    sums: &Sums,
) -> Result<()> {
    let head = (ledger.lifecycle.size(), ledger.lifecycle.root());
    let needed = people.manifest.trustees.threshold as usize;
    let mut proven = Vec::new();
    for (index, secret) in secrets.iter().enumerate().take(needed) {
        let election = ledger.election();
        let keys = &election.keys.as_ref().context("there is a joint key")?.public;
        let mut rng = plan.seed.rng("decrypt", index as u64);
        let share = secret.decrypt(
            &election.id,
            &keys.joint,
            CONTEST,
            (head.0, &head.1),
            sums,
            &mut rng,
        );
        proven.push(verify_share(
            &election.id,
            &keys.joint,
            &keys.shares[index],
            sums,
            &share,
        )?);
        let signed = Signed::new(share, &election.id, &people.trustees[index].signing);
        ledger.push(&Entry::DecryptionShare(signed))?;
    }
    let result = result(plan, needed as u32, sums, &proven)?;
    ledger.push(&Entry::Result(result))
}

/// The tally's entry.
pub(super) fn tally(plan: &Plan, sums: &Sums) -> Entry {
    Entry::Tally(Tally {
        contest: CONTEST,
        ballots: plan.voters(),
        sums: sums.to_bytes().into(),
    })
}

fn result(plan: &Plan, threshold: u32, sums: &Sums, shares: &[VerifiedShare]) -> Result<ContestResult> {
    let contest = &plan.contest;
    let points = combine(threshold, sums, shares)?;
    let largest = (0..points.len()).map(|cell| contest.largest_total(cell, plan.voters()));
    let cells = bounded_logarithms(&points, largest.max().unwrap_or(0))?;
    let totals = contest.totals(&cells, plan.voters())?;
    let Outcome::Winners(winners) = outcome(contest, &totals, None) else {
        bail!("the contest's rule gives no winners");
    };
    Ok(ContestResult {
        contest: CONTEST,
        totals: cells,
        winners: Some(winners),
    })
}
