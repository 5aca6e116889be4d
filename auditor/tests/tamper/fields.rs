//! Every field of every kind of entry, changed.

use crate::cbor::Item;
use crate::cddl::{Cddl, Field};
use crate::edits::Edit;
use crate::golden::golden;
use crate::mutants::{Meant, Mutant, When, example, field_mutant, fields, general};

/// The mutants of the everyday list, or all of them.
pub(crate) fn mutants(long: bool) -> Vec<Mutant> {
    let cddl = Cddl::read();
    let mut mutants = Vec::new();
    for kind in cddl.kinds() {
        let index = example(&kind);
        let entry = Item::read(&golden().record.entries[index]);
        for field in fields(&cddl, &entry) {
            let item = entry.at(&field.place).unwrap();
            for (number, edit) in Edit::all(&field, item).into_iter().enumerate() {
                if !long && !is_everyday(&kind, edit, number) {
                    continue;
                }
                for when in times(&kind, &field, number) {
                    let path = general(&field.path);
                    let meant = meant(&kind, &path, edit, when);
                    mutants.extend(field_mutant(index, &field, edit, when, meant));
                }
            }
        }
    }
    mutants
}

/// Whose signature does not cover the kind's fields: nobody signs it.
fn is_unsigned(kind: &str) -> bool {
    ["ballot", "batch", "tally", "result"].contains(&kind)
}

/// When an edit is made. A signature that nobody renews catches every edit
/// alike, so one of them says enough.
fn times(kind: &str, field: &Field, number: usize) -> Vec<When> {
    let signs = field.path.contains("signature");
    match (kind, number) {
        ("manifest", 0) => vec![When::Later, When::SignedAgain, When::Unpinned],
        ("manifest", _) if signs => vec![When::Later],
        ("manifest", _) => vec![When::SignedAgain],
        (_, 0) if is_unsigned(kind) => vec![When::Later, When::AtOnce],
        ("issuance-report" | "decryption-share" | "extend", 0) => {
            vec![When::Later, When::AtOnce, When::SignedAgain]
        }
        // Before opening, what is changed later looks like what was wrong at once.
        (_, 0) => vec![When::AtOnce, When::SignedAgain],
        _ if is_unsigned(kind) || signs => vec![When::AtOnce],
        _ => vec![When::SignedAgain],
    }
}

/// Where the whole list would take long: kinds that carry no data of voters
/// or results get the edits that differ most.
fn is_everyday(kind: &str, edit: Edit, number: usize) -> bool {
    let data = [
        "ballot",
        "batch",
        "issuance-report",
        "tally",
        "decryption-share",
        "result",
    ];
    let like_extend = ["open", "pause", "resume", "close", "lot"].contains(&kind);
    let differs = [Edit::LeftOut, Edit::OfAnotherElection].contains(&edit);
    number == 0 || data.contains(&kind) || differs && !like_extend
}

/// The claim that is meant to notice an edit.
fn meant(kind: &str, path: &str, edit: Edit, when: When) -> Meant {
    if let Some((_, _, _, reason)) = EQUIVALENT
        .iter()
        .find(|row| (row.0, row.1, row.2) == (path, edit, when))
    {
        return Meant::Equivalent(reason);
    }
    let field = path.strip_prefix(kind).unwrap_or(path);
    // What is not of its form is no longer known to be what it was.
    let formless = matches!(edit, Edit::LeftOut | Edit::Doubled | Edit::Absent);
    Meant::Caught(match (kind, field) {
        ("manifest", _) if when == When::Unpinned && !INCOHERENT.contains(&path) => "joint-key",
        ("manifest", _) => "manifest",
        (_, ".kind") => "order",
        ("rehearsal", _) => "rehearsal",
        ("roll" | "issuer-key", _) => "issuers",
        ("ballot", ".tokens" | ".tokens[]") if !formless => "tokens",
        ("ballot", ".tokens[]") if edit != Edit::Absent => "tokens",
        // Two ballots of one credential in one batch.
        ("ballot", ".credential") if edit == Edit::OfItsNeighbour => "batches",
        ("ballot", _) => "ballots",
        ("batch", _) => "batches",
        ("issuance-report", _) => "eligibility",
        ("tally", ".sums") if !formless => "sums",
        ("tally", _) => "counted",
        ("decryption-share", _) => "shares",
        ("result", ".winners" | ".winners[]") if !formless || field != ".winners" => "winners",
        ("result", ".winners") if edit != Edit::Doubled => "winners",
        ("result", _) => "plaintexts",
        (key, _) if key.starts_with("key-") => "joint-key",
        ("lot", ".statement") if !formless && edit != Edit::Emptied && when == When::SignedAgain => "winners",
        _ => "order",
    })
}

/// Fields of the manifest whose first edit contradicts the others: it is
/// refused whoever signs it, and whatever id the observer knows.
const INCOHERENT: &[&str] = &[
    "manifest.kind",
    "manifest.version",
    "manifest.ledger.key",
    "manifest.officers.threshold",
    "manifest.officers.members",
    "manifest.officers.members[].key",
    "manifest.trustees.members[].key",
    "manifest.issuers.token-bits",
    "manifest.witness-policy",
    "manifest.contests",
    "manifest.contests[].currency",
    "manifest.contests[].ballot-kind.choose-one.kind",
    "manifest.contests[].ballot-kind.approval.kind",
    "manifest.contests[].ballot-kind.knapsack.kind",
    "manifest.contests[].ballot-kind.cast-points.kind",
    "manifest.contests[].ballot-kind.cast-points.sum",
    "manifest.contests[].ballot-kind.ranking.kind",
    "manifest.contests[].ballot-kind.ranking.max-length",
    "manifest.contests[].ballot-kind.ranking.place-points.kind",
    "manifest.contests[].ballot-kind.ranking.place-points.table",
    "manifest.contests[].rule.group-budgets[].group",
    "manifest.contests[].rule.leftover",
    "manifest.contests[].rule.method.greedy.kind",
    "manifest.contests[].rule.method.greedy-exclusive.kind",
    "manifest.contests[].rule.method.greedy-threshold.kind",
    "manifest.contests[].rule.method.votes-per-cost.kind",
    "manifest.contests[].rule.method.not-computed.kind",
    "manifest.contests[].tie-break",
    "manifest.styles",
    "manifest.styles[].contests",
    "manifest.styles[].contests[]",
    "manifest.content",
    "manifest.officer-signatures",
];

const OFFICERS: &str = "any two of the three officers may sign, and these two did";
const WORDS: &str = "officers may give any reason; nothing follows from it";
const CLOSING: &str = "officers may move the closing to any later time";

/// Edits after which every claim rightly holds, and why.
const EQUIVALENT: &[(&str, Edit, When, &str)] = &[
    (
        "manifest.officer-signatures[].officer",
        Edit::OneMore,
        When::SignedAgain,
        OFFICERS,
    ),
    (
        "manifest.officer-signatures[].officer",
        Edit::OneMore,
        When::Unpinned,
        OFFICERS,
    ),
    (
        "open.officer-signatures[].officer",
        Edit::OneMore,
        When::SignedAgain,
        OFFICERS,
    ),
    (
        "pause.officer-signatures[].officer",
        Edit::OneMore,
        When::SignedAgain,
        OFFICERS,
    ),
    (
        "resume.officer-signatures[].officer",
        Edit::OneMore,
        When::SignedAgain,
        OFFICERS,
    ),
    (
        "extend.officer-signatures[].officer",
        Edit::OneMore,
        When::SignedAgain,
        OFFICERS,
    ),
    (
        "close.officer-signatures[].officer",
        Edit::OneMore,
        When::SignedAgain,
        OFFICERS,
    ),
    (
        "lot.officer-signatures[].officer",
        Edit::OneMore,
        When::SignedAgain,
        OFFICERS,
    ),
    ("open.statement", Edit::OtherText, When::SignedAgain, WORDS),
    ("open.statement", Edit::Longer, When::SignedAgain, WORDS),
    ("pause.statement", Edit::OtherText, When::SignedAgain, WORDS),
    ("pause.statement", Edit::Longer, When::SignedAgain, WORDS),
    ("pause.statement", Edit::Emptied, When::SignedAgain, WORDS),
    ("resume.statement", Edit::OtherText, When::SignedAgain, WORDS),
    ("resume.statement", Edit::Longer, When::SignedAgain, WORDS),
    ("resume.statement", Edit::Emptied, When::SignedAgain, WORDS),
    ("extend.statement", Edit::OtherText, When::SignedAgain, WORDS),
    ("extend.statement", Edit::Longer, When::SignedAgain, WORDS),
    ("extend.statement", Edit::Emptied, When::SignedAgain, WORDS),
    ("close.statement", Edit::OtherText, When::SignedAgain, WORDS),
    ("close.statement", Edit::Longer, When::SignedAgain, WORDS),
    ("extend.closing", Edit::OneMore, When::SignedAgain, CLOSING),
    ("extend.closing", Edit::OneLess, When::SignedAgain, CLOSING),
    ("extend.closing", Edit::Far, When::SignedAgain, CLOSING),
    (
        "roll.pseudonyms",
        Edit::LastBit,
        When::SignedAgain,
        "a line without a record; only the voter can know whose line it is, and looks it up before opening",
    ),
    (
        "issuance-report.records",
        Edit::LastBit,
        When::SignedAgain,
        "the hash of a request that only its voter has; the pseudonym, the number and the order stay",
    ),
];

/// How many there are.
pub(crate) fn equivalents() -> usize {
    EQUIVALENT.len()
}
