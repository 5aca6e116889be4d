//! `auditor compare`: the first difference between two copies of a ledger
//! (specs/10-audit.md §13).

mod both;
mod side;

use std::path::PathBuf;

use serde::Serialize;
use voting_core::hash::Hash;

use self::both::{Both, First};
use self::side::{About, Side};
use super::failure::Failure;
use super::print::{last_words, line, visible};
use super::progress::Progress;
use super::{BROKEN, HELD, NOT_CHECKABLE, election_id};
use crate::evidence::{Contradiction, Evidence};
use crate::inspect::{Shown, differences, inspect, plain};
use crate::relation::Past;

/// Differing fields of one entry that are listed.
const LISTED: usize = 20;
/// Characters of a value that the terminal shows; `--json` has all.
const WIDTH: usize = 80;

/// Names the first difference between two copies of a ledger.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 the same, or one is the other's beginning; 1 they differ; 2 one cannot be read; 64 wrong usage.

Examples:
  auditor compare ./mirror https://ledger.example/budget-2027
  auditor compare ./mine ./yours --json

Two heads that the ledger signed and that contradict each other are a fork: the
proof of it is written to a file, and `auditor evidence FILE` checks it."
)]
pub(super) struct Compare {
    /// A folder or URL with a ledger's files.
    a: String,
    /// Another one.
    b: String,
    /// The election id published by the council, in hexadecimal. Any other election is refused.
    #[arg(long, value_name = "ID", value_parser = election_id)]
    election: Option<Hash>,
    /// Where evidence is written, should there be any.
    #[arg(long, value_name = "DIR", default_value = ".")]
    evidence: PathBuf,
    /// Prints one JSON document instead of text.
    #[arg(long)]
    json: bool,
}

/// What came out.
#[derive(Debug, Serialize)]
struct Report {
    schema: &'static str,
    verdict: &'static str,
    says: String,
    a: Option<About>,
    b: Option<About>,
    differences: Vec<Differs>,
    evidence: Option<PathBuf>,
}

impl Report {
    /// The last line's word, and the exit code.
    fn ends(&self) -> (&'static str, u8) {
        match self.verdict {
            "same" => ("same", HELD),
            "prefix" => ("consistent", HELD),
            "forked" => ("forked", BROKEN),
            "differ" => ("different", BROKEN),
            other => (other, NOT_CHECKABLE),
        }
    }
}

/// One difference.
#[derive(Debug, Serialize)]
struct Differs {
    /// `checkpoint`, `entry` or `content`.
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u64>,
    field: String,
    a: Shown,
    b: Shown,
}

impl Compare {
    pub(super) fn run(self) -> u8 {
        let mut report = Report {
            schema: "psephos/compare/v1",
            verdict: "not checkable",
            says: String::new(),
            a: None,
            b: None,
            differences: Vec::new(),
            evidence: None,
        };
        match self.compare(&mut report) {
            Ok(()) => {}
            Err(Failure::Cannot(why)) => report.says = why,
            Err(Failure::Alarm(alarm)) => {
                report.verdict = match alarm.evidence {
                    Some(_) => "forked",
                    None => "differ",
                };
                report.evidence = alarm.keep_evidence(&self.evidence);
                report.says = alarm.says;
            }
        }
        self.show(&report);
        report.ends().1
    }

    fn compare(&self, report: &mut Report) -> Result<(), Failure> {
        let mut a = Side::open(&self.a, self.election)?;
        let mut b = Side::open(&self.b, self.election)?;
        (report.a, report.b) = (Some(a.about(None)), Some(b.about(None)));
        report.differences = heads(&a, &b);
        let mut progress = Progress::begin();
        let both = Both::read(&mut a, &mut b, &mut |step| progress.step(step))?;
        drop(progress);
        (report.a, report.b) = (
            Some(a.about(Some(both.sound[0]))),
            Some(b.about(Some(both.sound[1]))),
        );
        let same_head = report.differences.iter().all(|found| found.field == "cosigned");
        if let Some(first) = &both.first {
            report.differences.extend(entry(first, &a, &b));
        }
        let content = content(&mut a, &mut b)?;
        let complete = content.is_empty();
        report.differences.extend(content);
        if let Some(evidence) = fork(&mut a, &mut b, &both) {
            return Err(Failure::proven(evidence));
        }
        let (verdict, says) = judge(&a, &b, &both, same_head, complete);
        (report.verdict, report.says) = (verdict, says);
        Ok(())
    }

    fn show(&self, report: &Report) {
        if self.json {
            let text = serde_json::to_string_pretty(report).expect("strings and numbers are always JSON");
            line(&plain(&text));
            return;
        }
        for (name, about) in [("A", &report.a), ("B", &report.b)] {
            if let Some(about) = about {
                line(&format!("{name}  {}", visible(&about.in_words())));
            }
        }
        for found in &report.differences {
            let index = found.index.map_or(String::new(), |index| format!(" {index}"));
            line(&format!("\n{}{index}: {}", found.what, visible(&found.field)));
            line(&format!("  A  {}", short(&found.a)));
            line(&format!("  B  {}", short(&found.b)));
        }
        let (word, code) = report.ends();
        line("");
        last_words(word, code, &report.says);
        if let Some(path) = &report.evidence {
            line(&format!(
                "Proof for anybody: {0} (`auditor evidence {0}` checks it). Publish it.",
                path.display()
            ));
        }
    }
}

/// A value on one line.
fn short(value: &Shown) -> String {
    let json = serde_json::to_string(value).expect("strings and numbers are always JSON");
    let json = plain(&json);
    match json.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &json[..end]),
        None => json,
    }
}

fn text(text: &str) -> Shown {
    Shown::Text(text.to_owned())
}

/// What the two checkpoints say otherwise. Roots are compared at one size.
fn heads(a: &Side, b: &Side) -> Vec<Differs> {
    let (one, other) = (&a.checkpoint, &b.checkpoint);
    let names = |side: &Side| Shown::List(side.cosigned.iter().map(|name| text(name)).collect());
    let mut pairs = vec![
        ("origin", text(&one.origin), text(&other.origin)),
        (
            "size",
            Shown::Number(one.size.into()),
            Shown::Number(other.size.into()),
        ),
    ];
    if one.size == other.size {
        pairs.push((
            "root",
            text(&hex::encode(one.root)),
            text(&hex::encode(other.root)),
        ));
        pairs.push(("cosigned", names(a), names(b)));
    }
    let differ = |(field, a, b): (&'static str, Shown, Shown)| Differs {
        what: "checkpoint",
        index: None,
        field: field.to_owned(),
        a,
        b,
    };
    pairs.into_iter().filter(|(_, a, b)| a != b).map(differ).collect()
}

/// The first entry that differs, field by field if both are of one kind.
fn entry(first: &First, a: &Side, b: &Side) -> Vec<Differs> {
    let one = inspect(&first.entries[0], a.within());
    let other = inspect(&first.entries[1], b.within());
    let differ = |field: &str, a, b| Differs {
        what: "entry",
        index: Some(first.index),
        field: field.to_owned(),
        a,
        b,
    };
    let mut found = vec![differ("leaf", text(&one.leaf), text(&other.leaf))];
    if one.kind != other.kind {
        let kind = |kind: Option<&str>| kind.map_or(Shown::Nothing, text);
        found.push(differ("kind", kind(one.kind), kind(other.kind)));
        return found;
    }
    match (&one.fields, &other.fields) {
        (Some(ours), Some(theirs)) => {
            let fields = differences(ours, theirs, LISTED).into_iter();
            let kind = one.kind.unwrap_or_default();
            found.extend(fields.map(|place| differ(&format!("{kind}.{}", place.field), place.a, place.b)));
        }
        _ => {
            let wrong = |side: &crate::inspect::Inspected| match &side.wrong {
                Some(wrong) => text(&format!("byte {} ({}): {}", wrong.at, wrong.field, wrong.says)),
                None => text("decodes"),
            };
            found.push(differ("decoding", wrong(&one), wrong(&other)));
        }
    }
    found
}

/// Content files that either manifest seals and that are not the same here and there.
fn content(a: &mut Side, b: &mut Side) -> Result<Vec<Differs>, Failure> {
    let mut names = [a.content(), b.content()].concat();
    names.sort();
    names.dedup();
    let mut found = Vec::new();
    for name in names {
        let (one, other) = (a.digest(&name)?, b.digest(&name)?);
        if one != other {
            let shown = |digest: Option<String>| digest.map_or(Shown::Nothing, Shown::Text);
            found.push(Differs {
                what: "content",
                index: None,
                field: name,
                a: shown(one),
                b: shown(other),
            });
        }
    }
    Ok(found)
}

/// Evidence, if both heads are signed by one key and contradict each other.
fn fork(a: &mut Side, b: &mut Side, both: &Both) -> Option<Evidence> {
    let (one, other) = (a.trust.as_ref()?, b.trust.as_ref()?);
    if !a.signed || !b.signed || one.key() != other.key() {
        return None;
    }
    let (older, newer) = match a.checkpoint.size <= b.checkpoint.size {
        true => (a, b),
        false => (b, a),
    };
    let Past::Rewritten { root, proof } = both.past(older, newer)? else {
        return None;
    };
    let says = format!(
        "the ledger has forked: its signed head of {} entries does not go on from its signed head of {}",
        newer.checkpoint.size, older.checkpoint.size
    );
    let note = |side: &Side| String::from_utf8_lossy(&side.note).into_owned();
    let proof = Contradiction::fork(note(older), note(newer), &root, &proof);
    let trust = newer.trust.as_ref()?;
    Some(Evidence::new(trust, newer.entry.as_deref(), proof, says))
}

/// The verdict in a word and in a sentence, where there is no fork.
fn judge(a: &Side, b: &Side, both: &Both, same_head: bool, complete: bool) -> (&'static str, String) {
    let unsound: Vec<&str> = [("A", both.sound[0]), ("B", both.sound[1])]
        .iter()
        .filter(|(_, sound)| !sound)
        .map(|(name, _)| *name)
        .collect();
    let mut says = match &both.first {
        Some(first) if a.id() != b.id() => {
            format!(
                "these are two elections: they differ from entry {} on",
                first.index
            )
        }
        Some(first) => format!("entry {} is the first that differs", first.index),
        None if a.checkpoint.size == b.checkpoint.size => {
            format!("all {} entries are the same", a.checkpoint.size)
        }
        None => {
            let (short, long) = match a.checkpoint.size < b.checkpoint.size {
                true => (("A", a), ("B", b)),
                false => (("B", b), ("A", a)),
            };
            format!(
                "{} is the beginning of {}: its {} entries are the first of {}",
                short.0, long.0, short.1.checkpoint.size, long.1.checkpoint.size
            )
        }
    };
    for name in &unsound {
        says.push_str(&format!(
            "; the entries of {name} do not lead to the root of its own checkpoint"
        ));
    }
    if !complete {
        says.push_str("; content files differ");
    }
    let equal = both.first.is_none() && complete;
    let verdict = match (equal, unsound.len()) {
        (true, 0) if a.checkpoint.size == b.checkpoint.size && same_head => "same",
        (true, 0) if a.checkpoint.size != b.checkpoint.size && a.checkpoint.origin == b.checkpoint.origin => {
            "prefix"
        }
        // Both have the same fault: they are the same all the same.
        (true, 2) if same_head => "same",
        _ => "differ",
    };
    (verdict, says)
}
