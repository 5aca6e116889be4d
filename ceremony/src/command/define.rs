//! `define`: from a poll file and its setting to the manifest that officers sign.

use std::path::{Path, PathBuf};

use clap::Args;
use voting_core::entry::Entry;

use super::Ended;
use super::keys::system_rng;
use crate::define::{Draft, Poll, Setting, draft};
use crate::officer::draft_manifest;
use crate::pabulib::{File, Purpose};
use crate::{CeremonyFault, durable};

/// What makes a manifest.
#[derive(Args)]
pub(super) struct DefineArgs {
    /// What is voted on: a Pabulib file (.pb), or TOML with the same keys.
    poll: PathBuf,
    /// Who runs it: TOML with ledger, officers, trustees, issuers and times.
    #[arg(long, value_name = "TOML")]
    setting: PathBuf,
    /// A witness policy of one's own (C2SP tlog-policy), in place of the setting's witnesses.
    #[arg(long, value_name = "FILE")]
    witness_policy: Option<PathBuf>,
    /// A folder whose files are sealed too: pictures, and texts in other languages (projects.<language>.json).
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
    /// The booth that voters get: its build manifest, booth.manifest.json as `cargo xtask booth` writes it.
    #[arg(long, value_name = "FILE")]
    booth: Option<PathBuf>,
    /// The manifest to write; the content files go beside it.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) fn define(args: &DefineArgs) -> Result<Ended, CeremonyFault> {
    let poll = read_poll(&args.poll)?;
    let text = read_text(&args.setting)?;
    let setting: Setting = toml::from_str(&text).map_err(|error| content(&args.setting, &error))?;
    let policy = args.witness_policy.as_deref().map(durable::read).transpose()?;
    let beside = args.content.as_deref().map(read_folder).transpose()?;
    let made = draft(&poll, &setting, policy, &mut system_rng()?);
    let made = made.and_then(|made| made.with_files(beside.unwrap_or_default()));
    let booth = args.booth.as_deref().map(durable::read).transpose()?;
    let made = made.and_then(|made| match &booth {
        Some(build) => made.with_booth(build),
        None => Ok(made),
    });
    let Draft {
        manifest,
        content: files,
    } = made.map_err(|error| content(&args.poll, &error))?;
    let election = manifest.election_id();
    let entry: Entry = draft_manifest(manifest);
    // The content files first: a manifest never names a file that is not there.
    for (name, bytes) in &files {
        durable::replace(&args.out.with_file_name(name), bytes)?;
    }
    durable::create(&args.out, &entry.to_bytes())?;
    println!("{}", hex::encode(election));
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    eprintln!(
        "The manifest is in {}, its content files beside it: {}. Publish the election id above; officers sign next.",
        args.out.display(),
        names.join(", ")
    );
    Ok(Ended::Done)
}

fn read_poll(path: &Path) -> Result<Poll, CeremonyFault> {
    let poll = if path.extension().is_some_and(|extension| extension == "toml") {
        Poll::from_toml(&read_text(path)?)
    } else {
        let file = File::parse(&durable::read(path)?).map_err(|error| content(path, &error))?;
        Poll::from_pabulib(&file, Purpose::Poll)
    };
    poll.map_err(|error| content(path, &error))
}

/// The files of a folder, by name.
fn read_folder(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, CeremonyFault> {
    let fault = |why| CeremonyFault::File {
        path: folder.display().to_string(),
        why,
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        let name = path.file_name().unwrap_or_default();
        files.push((name.to_string_lossy().into_owned(), durable::read(&path)?));
    }
    files.sort();
    Ok(files)
}

fn read_text(path: &Path) -> Result<String, CeremonyFault> {
    String::from_utf8(durable::read(path)?).map_err(|error| content(path, &error))
}

fn content(path: &Path, why: &dyn std::error::Error) -> CeremonyFault {
    CeremonyFault::Content {
        path: path.display().to_string(),
        why: why.to_string(),
    }
}
