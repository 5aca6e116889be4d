//! Trustees' steps, publication, and where the election stands.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::keys::{open_trustee, system_rng};
use super::{Ended, LedgerArgs, PassphraseArgs};
use crate::decrypt::Decrypted;
use crate::publish::Published;
use crate::trustee::{Progress, Step, Trustee, advance, hand_in};
use crate::{CeremonyFault, Memory, Record, TrusteeKey};

/// How often the ledger is looked at while waiting.
const POLL: Duration = Duration::from_secs(2);

/// A trustee's step.
#[derive(Args)]
pub(super) struct TrusteeArgs {
    #[command(flatten)]
    ledger: LedgerArgs,
    /// The trustee's key file. What must be remembered between steps stands beside it.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Wait for the others instead of ending with exit code 2.
    #[arg(long)]
    wait: bool,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

pub(super) fn deal(args: &TrusteeArgs) -> Result<Ended, CeremonyFault> {
    let mut rng = system_rng()?;
    step(args, |trustee| trustee.deal(&mut rng))
}

pub(super) fn certify(args: &TrusteeArgs) -> Result<Ended, CeremonyFault> {
    step(args, |trustee| trustee.certify())
}

pub(super) fn rehearse(args: &TrusteeArgs) -> Result<Ended, CeremonyFault> {
    let mut rng = system_rng()?;
    step(args, |trustee| trustee.rehearse(&mut rng))
}

fn open(args: &TrusteeArgs) -> Result<(TrusteeKey, Memory), CeremonyFault> {
    let key = open_trustee(&args.key, &args.passphrase)?;
    let memory = Memory::beside(&args.key, &args.ledger.election)?;
    Ok((key, memory))
}

fn step(
    args: &TrusteeArgs,
    mut next: impl FnMut(&Trustee<'_>) -> Result<Step, CeremonyFault>,
) -> Result<Ended, CeremonyFault> {
    let (key, mut memory) = open(args)?;
    let board = args.ledger.board();
    let mut waited_for = String::new();
    loop {
        let progress = advance(
            &board,
            &args.ledger.election,
            &mut memory,
            |record| next(&Trustee::new(&key, record)?),
            |kind| println!("{kind}: on the ledger"),
        )?;
        match progress {
            Progress::Finished(what) => {
                println!("{what}");
                return Ok(Ended::Done);
            }
            Progress::Waiting(why) if !args.wait => {
                println!("{why}");
                return Ok(Ended::Waiting);
            }
            Progress::Waiting(why) => {
                if why != waited_for {
                    eprintln!("{why}");
                    waited_for = why;
                }
                std::thread::sleep(POLL);
            }
        }
    }
}

pub(super) fn decrypt(args: &TrusteeArgs) -> Result<Ended, CeremonyFault> {
    let (key, mut memory) = open(args)?;
    let board = args.ledger.board();
    eprintln!("Auditing the whole record first: this trustee decrypts only what it has checked.");
    let decrypted = crate::decrypt::decrypt(
        &board,
        &args.ledger.election,
        &key,
        &mut memory,
        &mut system_rng()?,
    )?;
    for (contest, decrypted) in decrypted.iter().enumerate() {
        match decrypted {
            Decrypted::Published => println!("contest {contest}: share on the ledger"),
            Decrypted::AlreadyThere => println!("contest {contest}: share was on the ledger already"),
            Decrypted::SmallGroup { ballots } => {
                println!(
                    "contest {contest}: {ballots} ballot(s) are fewer than the smallest group; not decrypted"
                );
            }
        }
    }
    Ok(Ended::Done)
}

pub(super) fn publish(ledger: &LedgerArgs) -> Result<Ended, CeremonyFault> {
    let board = ledger.board();
    let record = Record::read(&board, &ledger.election)?;
    let mut ended = Ended::Done;
    for (contest, sealed) in (0..).zip(&record.election().manifest.contests) {
        let (published, shares) = crate::publish::result(&record, contest)?;
        for (trustee, why) in &shares.culprits {
            let trustees = &record.election().manifest.trustees.members;
            let name = trustees.get(*trustee as usize).map_or("?", |member| &member.name);
            eprintln!(
                "contest \"{}\": the share of trustee {trustee} ({name}) is left out: {why}",
                sealed.id
            );
        }
        match published {
            Published::Result(result) => {
                hand_in(&board, &ledger.election, &crate::publish::entry(result))?;
                println!("contest \"{}\": result on the ledger", sealed.id);
            }
            Published::AlreadyThere => {
                println!("contest \"{}\": result was on the ledger already", sealed.id)
            }
            Published::SmallGroup => {
                println!(
                    "contest \"{}\": fewer ballots than the smallest group; not decrypted",
                    sealed.id
                );
            }
            Published::Waiting(why) => {
                println!("contest \"{}\": {why}", sealed.id);
                ended = Ended::Waiting;
            }
        }
    }
    Ok(ended)
}

pub(super) fn status(ledger: &LedgerArgs) -> Result<Ended, CeremonyFault> {
    let record = Record::read(&ledger.board(), &ledger.election)?;
    let setup = record.lifecycle.setup();
    let round = setup.round();
    let trustees = record.election().manifest.trustees.members.len();
    println!("title          {}", record.election().manifest.title);
    println!("phase          {}", record.lifecycle.phase().name());
    println!("entries        {}", record.head().size);
    println!("root           {}", hex::encode(record.head().root));
    println!("round          {}", round.number);
    println!("hashes         {} of {trustees}", round.hashes.len());
    println!("commitments    {} of {trustees}", round.commitments.len());
    println!("shares         {} of {trustees}", round.shares.len());
    println!("confirmations  {} of {trustees}", round.confirmations.len());
    println!("rehearsals     {} of {trustees}", setup.rehearsed().len());
    println!("ballots        {}", record.lifecycle.voting().ballots());
    Ok(Ended::Done)
}
