//! Officers: draft, sign, submit.

use std::path::{Path, PathBuf};

use clap::Args;
use voting_core::entry::Entry;

use super::keys::open_officer;
use super::{Ended, LedgerArgs, PassphraseArgs, parse_hash};
use crate::officer::{self, ActKind, signatures_missing};
use crate::trustee::hand_in;
use crate::{CeremonyFault, Record, durable};

/// An act without further values.
#[derive(Args)]
pub(super) struct ActArgs {
    #[command(flatten)]
    ledger: LedgerArgs,
    /// Key file of an officer who signs at once; may be repeated.
    #[arg(long, value_name = "FILE")]
    key: Vec<PathBuf>,
    /// Where the draft goes while signatures are missing.
    #[arg(long, value_name = "DRAFT")]
    out: Option<PathBuf>,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

/// An act with a reason.
#[derive(Args)]
pub(super) struct ReasonArgs {
    #[command(flatten)]
    act: ActArgs,
    /// Why, for the public.
    #[arg(long)]
    reason: String,
}

/// A later closing.
#[derive(Args)]
pub(super) struct ExtendArgs {
    #[command(flatten)]
    act: ActArgs,
    /// The new closing, seconds since 1970-01-01 UTC.
    #[arg(long, value_name = "SECONDS")]
    closing: u64,
    /// Why, for the public.
    #[arg(long)]
    reason: String,
}

/// The drawn lot.
#[derive(Args)]
pub(super) struct LotArgs {
    #[command(flatten)]
    act: ActArgs,
    /// The drawn value, as announced.
    #[arg(long)]
    value: String,
}

/// A signature under a draft.
#[derive(Args)]
pub(super) struct SignArgs {
    /// The manifest or draft; the signature is added to it.
    draft: PathBuf,
    /// Key file of the officer.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Address of the ballot box (acts only).
    #[arg(long, value_name = "URL", requires = "election")]
    ledger: Option<String>,
    /// Election id (acts only).
    #[arg(long, value_name = "HASH", value_parser = parse_hash, requires = "ledger")]
    election: Option<voting_core::hash::Hash>,
    #[command(flatten)]
    passphrase: PassphraseArgs,
}

pub(super) fn open(args: &ActArgs) -> Result<Ended, CeremonyFault> {
    act(args, ActKind::Open)
}

pub(super) fn close(args: &ActArgs) -> Result<Ended, CeremonyFault> {
    act(args, ActKind::Close)
}

pub(super) fn pause(args: &ReasonArgs) -> Result<Ended, CeremonyFault> {
    act(&args.act, ActKind::Pause(args.reason.clone()))
}

pub(super) fn resume(args: &ReasonArgs) -> Result<Ended, CeremonyFault> {
    act(&args.act, ActKind::Resume(args.reason.clone()))
}

pub(super) fn extend(args: &ExtendArgs) -> Result<Ended, CeremonyFault> {
    let (closing, reason) = (args.closing, args.reason.clone());
    act(&args.act, ActKind::Extend { closing, reason })
}

pub(super) fn lot(args: &LotArgs) -> Result<Ended, CeremonyFault> {
    act(&args.act, ActKind::Lot(args.value.clone()))
}

/// Drafts an act, signs with the keys at hand, and hands it in or leaves the
/// draft for the next officer.
fn act(args: &ActArgs, kind: ActKind) -> Result<Ended, CeremonyFault> {
    let board = args.ledger.board();
    let record = Record::read(&board, &args.ledger.election)?;
    let mut draft = officer::draft(&record, kind);
    for path in &args.key {
        let key = open_officer(path, &args.passphrase)?;
        officer::sign(&mut draft, Some(&record), &key)?;
    }
    let missing = signatures_missing(&draft, &record.election().manifest);
    if missing == 0 {
        record.check_next(&draft)?;
        hand_in(&board, &args.ledger.election, &draft)?;
        println!("{}: on the ledger", draft.kind());
        return Ok(Ended::Done);
    }
    let Some(out) = &args.out else {
        let why =
            format!("{missing} more signature(s) are needed; name more --key files, or --out for a draft");
        return Err(CeremonyFault::NotNow(why));
    };
    durable::replace(out, &draft.to_bytes())?;
    println!(
        "{}: draft in {}, {missing} more signature(s) needed",
        draft.kind(),
        out.display()
    );
    Ok(Ended::Waiting)
}

pub(super) fn sign(args: &SignArgs) -> Result<Ended, CeremonyFault> {
    let mut draft = read_entry(&args.draft)?;
    describe(&draft);
    let record = match (&args.ledger, &args.election) {
        (Some(ledger), Some(election)) => Some(Record::read(&crate::HttpBoard::new(ledger), election)?),
        _ => None,
    };
    let key = open_officer(&args.key, &args.passphrase)?;
    officer::sign(&mut draft, record.as_ref(), &key)?;
    durable::replace(&args.draft, &draft.to_bytes())?;
    let missing = match (&draft, &record) {
        (Entry::Manifest(manifest, _), _) => signatures_missing(&draft, manifest),
        (_, Some(record)) => signatures_missing(&draft, &record.election().manifest),
        _ => 0,
    };
    println!("signed by {}; {missing} more signature(s) needed", key.name);
    Ok(if missing == 0 { Ended::Done } else { Ended::Waiting })
}

pub(super) fn submit(draft: &Path, ledger: &LedgerArgs) -> Result<Ended, CeremonyFault> {
    let entry = read_entry(draft)?;
    let board = ledger.board();
    let record = Record::read(&board, &ledger.election)?;
    if record.contains(&entry.to_bytes()) {
        println!("{}: on the ledger already", entry.kind());
        return Ok(Ended::Done);
    }
    record.check_next(&entry)?;
    hand_in(&board, &ledger.election, &entry)?;
    println!("{}: on the ledger", entry.kind());
    Ok(Ended::Done)
}

pub(super) fn show(file: &Path) -> Result<Ended, CeremonyFault> {
    describe(&read_entry(file)?);
    Ok(Ended::Done)
}

fn read_entry(path: &Path) -> Result<Entry, CeremonyFault> {
    let fault = |error: voting_core::encoding::DecodeError| CeremonyFault::Content {
        path: path.display().to_string(),
        why: error.to_string(),
    };
    Entry::from_bytes(&durable::read(path)?).map_err(fault)
}

/// What a signer must know about a file.
fn describe(entry: &Entry) {
    println!("kind        {}", entry.kind());
    match entry {
        Entry::Manifest(manifest, signatures) => {
            println!("title       {}", manifest.title);
            println!("election    {}", hex::encode(manifest.election_id()));
            println!("contests    {}", manifest.contests.len());
            println!(
                "trustees    {} of {} decrypt",
                manifest.trustees.threshold,
                manifest.trustees.members.len()
            );
            println!(
                "signatures  {} of {}",
                signatures.len(),
                manifest.officers.threshold
            );
        }
        Entry::Open(act)
        | Entry::Pause(act)
        | Entry::Resume(act)
        | Entry::Extend(act)
        | Entry::Close(act)
        | Entry::Lot(act) => {
            println!("act         {}", act.body.counter);
            println!(
                "head        {} entries, root {}",
                act.body.size,
                hex::encode(*act.body.root)
            );
            println!("signatures  {}", act.signatures.len());
            if act.body.closing != 0 {
                println!("closing     {}", act.body.closing);
            }
            if !act.body.statement.is_empty() {
                println!("statement   {}", act.body.statement);
            }
        }
        _ => {}
    }
}
