//! `auditor statement`: checks what another observer has published
//! (specs/10-audit.md §16).

use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::json;
use voting_core::ledger::{Checkpoint, Tree, VerifierKey, leaf_hash};

use super::bundles::{self, BundleError, Bundles};
use super::failure::Failure;
use super::poll::Poll;
use super::print::{colour_of, last_words, line, visible};
use super::read::announced_size;
use super::source::{Source, SourceError};
use super::style::{BOLD, GREEN, RED, YELLOW, coloured, paint};
use super::{BROKEN, HELD, NOT_CHECKABLE, worse};
use crate::inspect::plain;
use crate::occasion::utc;
use crate::relation::{Past, past, tiles_for_past};
use crate::report::explanations;
use crate::statement::{MAX_STATEMENT, StatedClaim, Statement};
use crate::verdict::Overall;

/// Checks an audit statement that an observer has published, and prints what it says.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "With a folder or URL it also says whether the statement speaks of that ledger's
head, or of an earlier head that the ledger goes on from.

Exit codes: 0 the statement is genuine and says held; 1 it is not genuine, speaks of
another ledger or head, or says broken; 2 it says that the audit was not complete, or
something could not be read; 64 wrong usage.

Examples:
  auditor statement statement.txt --key 'observer.example/alice+1a2b3c4d+AQ…'
  auditor statement statement.txt --key 'observer.example/alice+1a2b3c4d+AQ…' ./mirror"
)]
pub(super) struct CheckStatement {
    /// The statement.
    file: PathBuf,
    /// The observer's public key (a vkey), from where you know it is theirs.
    #[arg(long, value_name = "VKEY", value_parser = VerifierKey::parse)]
    key: VerifierKey,
    /// A ledger to hold the statement against.
    #[arg(value_name = "DIR|URL")]
    ledger: Option<String>,
    /// Prints one JSON document instead of text.
    #[arg(long)]
    json: bool,
}

/// How one question about a statement ended.
#[derive(Debug, Serialize)]
struct Answer {
    answer: &'static str,
    says: String,
    #[serde(skip)]
    code: u8,
}

impl Answer {
    /// An answer in the affirmative, or why there is none.
    fn of(found: Result<&str, &Failure>, yes: &'static str, no: &'static str) -> Self {
        let (answer, code, says) = match found {
            Ok(says) => (yes, HELD, says.to_owned()),
            Err(Failure::Alarm(alarm)) => (no, BROKEN, alarm.says.clone()),
            Err(Failure::Cannot(why)) => ("not checkable", NOT_CHECKABLE, why.clone()),
        };
        Self { answer, says, code }
    }

    fn show(&self) {
        last_words(self.answer, self.code, &self.says);
    }
}

impl CheckStatement {
    pub(super) fn run(self) -> u8 {
        let read = self.read();
        let genuine = read.as_ref().map(|_| "the signature is the auditor's");
        let signature = Answer::of(genuine, "genuine", "refused");
        let statement = read.ok();
        let ledger = statement.as_ref().zip(self.ledger.as_ref());
        let ledger = ledger.map(|(statement, place)| {
            let found = against(statement, place);
            Answer::of(
                found.as_ref().map(String::as_str),
                "this ledger",
                "not this ledger",
            )
        });
        if self.json {
            line(&plain(&document(
                &self.file,
                &signature,
                statement.as_ref(),
                ledger.as_ref(),
            )));
        } else {
            match &statement {
                Some(statement) => show(statement),
                None => signature.show(),
            }
            ledger.iter().for_each(Answer::show);
        }
        let said = statement.map_or(HELD, |statement| code(&statement));
        let codes = [signature.code, ledger.map_or(HELD, |ledger| ledger.code)];
        codes.into_iter().fold(said, worse)
    }

    fn read(&self) -> Result<Statement, Failure> {
        let cannot = |error: std::io::Error| Failure::Cannot(format!("{}: {error}", self.file.display()));
        // A byte more than allowed is enough to refuse it.
        let file = std::fs::File::open(&self.file).map_err(cannot)?;
        let mut bytes = Vec::new();
        let limit = MAX_STATEMENT as u64 + 1;
        std::io::Read::read_to_end(&mut std::io::Read::take(file, limit), &mut bytes).map_err(cannot)?;
        Statement::verify(&bytes, &self.key).map_err(|why| Failure::alarm(why.to_string()))
    }
}

/// What a genuine statement says, as an exit code.
fn code(statement: &Statement) -> u8 {
    match statement.verdict {
        Overall::Held => HELD,
        Overall::Broken => BROKEN,
        Overall::Open | Overall::Incomplete => NOT_CHECKABLE,
    }
}

/// The JSON document.
fn document(
    file: &Path,
    signature: &Answer,
    statement: Option<&Statement>,
    ledger: Option<&Answer>,
) -> String {
    let claim =
        |claim: &StatedClaim| json!({ "number": claim.number, "id": claim.id, "standing": claim.standing });
    let stated = |statement: &Statement| {
        json!({
            "auditor": statement.auditor,
            "time": utc(statement.time),
            "election": hex::encode(statement.election),
            "ledger": statement.origin,
            "size": statement.size,
            "root": hex::encode(statement.root),
            "verdict": statement.verdict.word(),
            "claims": statement.claims.iter().map(claim).collect::<Vec<_>>(),
            "results": hex::encode(statement.results),
            "tool": {
                "name": statement.tool.0,
                "version": statement.tool.1,
                "sha256": statement.tool_sha256.map(hex::encode),
            },
        })
    };
    let document = json!({
        "schema": "psephos/statement/v1",
        "file": file.display().to_string(),
        "signature": signature,
        "statement": statement.map(stated),
        "ledger": ledger,
    });
    serde_json::to_string_pretty(&document).expect("strings and numbers are always JSON")
}

/// Prints a genuine statement.
fn show(statement: &Statement) {
    let colour = coloured();
    line(&format!(
        "Auditor    {} (the signature is genuine)",
        visible(&statement.auditor)
    ));
    line(&format!(
        "Made       {}, by the auditor's clock",
        utc(statement.time)
    ));
    line(&format!("Election   {}", hex::encode(statement.election)));
    line(&format!(
        "Ledger     {}, {} entries",
        visible(&statement.origin),
        statement.size
    ));
    line(&format!("           root {}", hex::encode(statement.root)));
    line(&format!("Results    hash {}", hex::encode(statement.results)));
    let (name, version) = &statement.tool;
    let sha256 = statement.tool_sha256.map_or("unknown".to_owned(), hex::encode);
    line(&format!(
        "Program    {} {}, SHA-256 {sha256}",
        visible(name),
        visible(version)
    ));
    line("");
    for (claim, words) in statement.claims.iter().zip(explanations()) {
        let code = match claim.standing {
            "held" => GREEN,
            "broken" => RED,
            _ => YELLOW,
        };
        let word = paint(&format!("{:<13}", claim.standing), code, colour);
        line(&format!("{:>3}  {word}  {}", claim.number, words.title));
    }
    let word = paint(
        &statement.verdict.word().to_uppercase(),
        colour_of(code(statement)),
        colour,
    );
    line(&format!(
        "\n{}: {word}, says {}.",
        paint("Verdict", BOLD, colour),
        visible(&statement.auditor)
    ));
}

/// What the statement has to do with the ledger as it is now.
fn against(statement: &Statement, place: &str) -> Result<String, Failure> {
    let source = Source::open(place)?;
    let note = source.read("checkpoint")?;
    let size = announced_size(&note)
        .ok_or_else(|| Failure::Cannot(format!("{place} has something else than a checkpoint")))?;
    let poll = Poll::read(&source, size, None)?;
    if poll.id != statement.election || poll.manifest.ledger.origin != statement.origin {
        return Err(Failure::alarm(format!(
            "{place} is the record of election {}, the statement speaks of another",
            hex::encode(poll.id)
        )));
    }
    let head = poll.head(&note, place)?;
    let now = &head.checkpoint;
    let stated = Checkpoint {
        origin: statement.origin.clone(),
        size: statement.size,
        root: statement.root,
    };
    let witnessed = if head.is_witnessed() {
        ""
    } else {
        ", which lacks the quorum of its witnesses"
    };
    if stated.size > now.size {
        return Err(Failure::Cannot(format!(
            "{place} has {} entries, the statement speaks of {}: this copy is older",
            now.size, stated.size
        )));
    }
    let other = || {
        Failure::alarm(format!(
            "of {} entries the statement has another root than this ledger: the auditor was shown another ledger, or misstates it. Ask for the auditor's copy and compare",
            stated.size
        ))
    };
    if stated.size == now.size {
        return match stated.root == now.root {
            true => Ok(format!("the statement speaks of its present head{witnessed}")),
            false => Err(other()),
        };
    }
    match continues(&source, &stated, now)? {
        true => Ok(format!(
            "the statement speaks of its head of {} entries; it has grown to {} since{witnessed}",
            stated.size, now.size
        )),
        false => Err(other()),
    }
}

/// Whether the present head goes on from the stated one: by tiles of hashes
/// where they are at hand, by the entries themselves otherwise.
fn continues(source: &Source, stated: &Checkpoint, now: &Checkpoint) -> Result<bool, Failure> {
    let misled = || Failure::cannot("the hashes beside this ledger do not lead to its signed root");
    match bundles::tiles(source, &tiles_for_past(stated.size, now.size)) {
        Ok(tiles) => Ok(past(&tiles, stated, now).ok_or_else(misled)? == Past::Continues),
        Err(BundleError::Source(SourceError::Missing { .. })) => {
            let mut tree = Tree::default();
            let mut root = None;
            let mut entries = Bundles::new(source, now.size);
            for index in 0..now.size {
                if index == stated.size {
                    root = Some(tree.root());
                }
                tree.push(leaf_hash(&entries.get(index)?));
            }
            if tree.root() != now.root {
                return Err(misled());
            }
            Ok(root == Some(stated.root))
        }
        Err(error) => Err(error.into()),
    }
}
