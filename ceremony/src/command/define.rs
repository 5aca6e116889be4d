//! `define`: from a poll file and its setting to the manifest that officers sign.

use std::path::{Path, PathBuf};

use clap::Args;
use voting_core::entry::Entry;

use super::Ended;
use super::keys::system_rng;
use crate::define::{Poll, Setting, manifest};
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
    /// The manifest to write; the content file goes beside it.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) fn define(args: &DefineArgs) -> Result<Ended, CeremonyFault> {
    let poll = read_poll(&args.poll)?;
    let text = read_text(&args.setting)?;
    let setting: Setting = toml::from_str(&text).map_err(|error| content(&args.setting, &error))?;
    let manifest =
        manifest(&poll, &setting, &mut system_rng()?).map_err(|error| content(&args.poll, &error))?;
    let election = manifest.election_id();
    let (name, texts) = poll.content();
    let draft: Entry = draft_manifest(manifest);
    // The content file first: a manifest never names a file that is not there.
    let texts_path = args.out.with_file_name(name);
    durable::replace(&texts_path, &texts)?;
    durable::create(&args.out, &draft.to_bytes())?;
    println!("{}", hex::encode(election));
    eprintln!(
        "The manifest is in {}, its texts in {}. Publish the election id above; officers sign next.",
        args.out.display(),
        texts_path.display()
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

fn read_text(path: &Path) -> Result<String, CeremonyFault> {
    String::from_utf8(durable::read(path)?).map_err(|error| content(path, &error))
}

fn content(path: &Path, why: &dyn std::error::Error) -> CeremonyFault {
    CeremonyFault::Content {
        path: path.display().to_string(),
        why: why.to_string(),
    }
}
