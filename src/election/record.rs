//! The public record as files that any web server can serve.

use std::path::Path;

use anyhow::{Context, Result};
use ceremony::Board;
use voting_core::ledger::bundle_paths;

use super::people::People;

/// Downloads the ledger's files and content into a folder.
pub(crate) fn export(people: &People, out: &Path) -> Result<()> {
    let board = people.board();
    let size = people.record()?.head().size;
    let content = people
        .manifest
        .content
        .iter()
        .map(|file| format!("content/{}", file.name));
    let paths = bundle_paths(size).chain(content).chain(["checkpoint".to_owned()]);
    for path in paths {
        let bytes = board
            .get(&path)?
            .with_context(|| format!("the ballot box does not serve {path}"))?;
        let file = out.join(&path);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&file, bytes).with_context(|| file.display().to_string())?;
    }
    Ok(())
}
