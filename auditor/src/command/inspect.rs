//! `auditor inspect`: any entry as readable JSON (specs/10-audit.md §12).

use std::ops::RangeInclusive;
use std::path::Path;

use serde::Serialize;
use voting_core::encoding::MAX_ENTRY;
use voting_core::ledger::{BUNDLE_WIDTH, Checkpoint, SignedNote, Tiles, leaf_hash};

use super::bundles::{self, Bundles};
use super::failure::Failure;
use super::poll::Poll;
use super::print::line;
use super::read::announced_size;
use super::source::Source;
use super::{BROKEN, HELD, NOT_CHECKABLE};
use crate::inspect::{Inspected, Within, inspect, plain};
use crate::relation::{Place, place, tiles_for_place};

/// Prints entries as readable JSON: every field by its name, numbers with what they stand for.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 all decode and none is missing from the tree; 1 one does not decode, or does
not stand under the checkpoint; 2 something could not be read; 64 wrong usage.

Examples:
  auditor inspect ./record 0
  auditor inspect https://ledger.example/budget-2027 17 40-45 900-
  auditor inspect ./record --kind close
  auditor inspect ./record --kind ballot --json-lines | jq .about.tracker
  auditor inspect ballot.cbor"
)]
pub(super) struct InspectEntries {
    /// A folder or URL with a ledger's files, or a file with the bytes of one entry.
    #[arg(value_name = "DIR|URL|FILE")]
    source: String,
    /// Which entries: 7, 7-9, or 7- for all from there on. Without any, all.
    #[arg(value_name = "INDEX|RANGE", value_parser = range)]
    which: Vec<RangeInclusive<u64>>,
    /// Only entries of this kind, `close` say.
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// One line for each entry.
    #[arg(long)]
    json_lines: bool,
}

fn range(text: &str) -> Result<RangeInclusive<u64>, String> {
    let number = |text: &str| match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => text.parse().map_err(|_| format!("{text:?} is no index")),
        false => Err(format!("{text:?} is no index")),
    };
    let range = match text.split_once('-') {
        None => number(text)?..=number(text)?,
        Some((first, "")) => number(first)?..=u64::MAX,
        Some((first, last)) => number(first)?..=number(last)?,
    };
    match range.is_empty() {
        true => Err("the range ends before it begins".to_owned()),
        false => Ok(range),
    }
}

/// An entry as it is printed.
#[derive(Serialize)]
struct Printed {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u64>,
    #[serde(flatten)]
    entry: Inspected,
    #[serde(skip_serializing_if = "Option::is_none")]
    checkpoint: Option<Stands>,
}

/// Whether an entry stands under the copy's checkpoint.
#[derive(Serialize)]
struct Stands {
    size: u64,
    /// Whether the ledger has signed the checkpoint; none if its key is not known.
    signed: Option<bool>,
    /// Whether this copy's tiles of hashes lead from the entry to the root;
    /// none if they do not tell.
    stands: Option<bool>,
}

impl InspectEntries {
    pub(super) fn run(self) -> u8 {
        let path = Path::new(&self.source);
        let printed = if path.is_file() && self.which.is_empty() && self.kind.is_none() {
            self.file(path)
        } else {
            self.ledger()
        };
        printed.unwrap_or_else(|failure| {
            let (code, says) = match failure {
                Failure::Alarm(alarm) => (BROKEN, alarm.says),
                Failure::Cannot(why) => (NOT_CHECKABLE, why),
            };
            eprintln!("auditor: {says}");
            code
        })
    }

    fn file(&self, path: &Path) -> Result<u8, Failure> {
        use std::io::Read;
        let mut bytes = Vec::new();
        std::fs::File::open(path)
            .and_then(|file| file.take(MAX_ENTRY as u64 + 1).read_to_end(&mut bytes))
            .map_err(|error| Failure::Cannot(format!("{}: {error}", path.display())))?;
        Ok(self.print(None, inspect(&bytes, None), None))
    }

    fn ledger(&self) -> Result<u8, Failure> {
        let source = Source::open(&self.source)?;
        let note = source.read("checkpoint")?;
        let size = announced_size(&note)
            .ok_or_else(|| Failure::Cannot(format!("{}: checkpoint is none", self.source)))?;
        // Names and the signature's key are a help: entries are shown without them too.
        let poll = Poll::read(&source, size, None).ok();
        let mut tree = TreeReader::new(&note, poll.as_ref());
        let mut ledger = Bundles::new(&source, size);
        let mut code = HELD;
        for range in self.ranges(size)? {
            for index in range {
                let bytes = ledger.get(index)?;
                let within = poll.as_ref().map(|poll| Within {
                    id: &poll.id,
                    manifest: &poll.manifest,
                });
                let entry = inspect(&bytes, within);
                if self.kind.as_deref().is_some_and(|kind| entry.kind != Some(kind)) {
                    continue;
                }
                let stands = tree.stands(ledger.source, index, &bytes);
                code = code.max(self.print(Some(index), entry, stands));
            }
        }
        Ok(code)
    }

    /// The entries asked for, of a ledger of `size`.
    fn ranges(&self, size: u64) -> Result<Vec<RangeInclusive<u64>>, Failure> {
        let Some(last) = size.checked_sub(1) else {
            return Err(Failure::cannot("the ledger is empty"));
        };
        if self.which.is_empty() {
            return Ok(vec![0..=last]);
        }
        let known = |range: &RangeInclusive<u64>| {
            let end = if *range.end() == u64::MAX {
                last
            } else {
                *range.end()
            };
            let missing = (*range.start()).max(end);
            match missing <= last {
                true => Ok(*range.start()..=end),
                false => Err(Failure::Cannot(format!(
                    "{} has no entry {missing}: its last is entry {last}",
                    self.source
                ))),
            }
        };
        self.which.iter().map(known).collect()
    }

    fn print(&self, index: Option<u64>, entry: Inspected, checkpoint: Option<Stands>) -> u8 {
        let missing = checkpoint
            .as_ref()
            .is_some_and(|checkpoint| checkpoint.stands == Some(false));
        let broken = entry.wrong.is_some() || missing;
        let printed = Printed {
            schema: "psephos/entry/v1",
            index,
            entry,
            checkpoint,
        };
        let json = match self.json_lines {
            true => serde_json::to_string(&printed),
            false => serde_json::to_string_pretty(&printed),
        };
        line(&plain(&json.expect("strings and numbers are always JSON")));
        if broken { BROKEN } else { HELD }
    }
}

/// The copy's tree, by the tiles of the entry that was looked at last.
struct TreeReader {
    head: Option<Checkpoint>,
    signed: Option<bool>,
    /// Number of the bundle that the tiles are for.
    tiles: Option<(u64, Option<Tiles>)>,
}

impl TreeReader {
    fn new(note: &[u8], poll: Option<&Poll>) -> Self {
        let note_text = SignedNote::parse(note).ok();
        Self {
            head: note_text.and_then(|note| Checkpoint::parse(note.text()).ok()),
            signed: poll.map(|poll| poll.trust.head(note).is_ok()),
            tiles: None,
        }
    }

    fn stands(&mut self, source: &Source, index: u64, entry: &[u8]) -> Option<Stands> {
        let head = self.head.as_ref()?;
        let bundle = index / BUNDLE_WIDTH;
        if self.tiles.as_ref().is_none_or(|(number, _)| *number != bundle) {
            let wanted = tiles_for_place(index, head.size);
            self.tiles = Some((bundle, bundles::tiles(source, &wanted).ok()));
        }
        let tiles = self.tiles.as_ref().and_then(|(_, tiles)| tiles.as_ref());
        let found = tiles.and_then(|tiles| place(tiles, &leaf_hash(entry), index, head));
        Some(Stands {
            size: head.size,
            signed: self.signed,
            stands: found.map(|found| found == Place::Held),
        })
    }
}
