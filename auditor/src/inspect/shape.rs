//! The shape of every entry, as a table: the same as specs/entries.cddl, and
//! written down apart from the types that the claims use. A test holds both
//! against each other.

use super::shape::Shape::*;

/// What stands at a place of an entry.
#[derive(Debug)]
pub(super) enum Shape {
    /// `bool`.
    Truth,
    /// An unsigned integer up to this one.
    Number(u64),
    /// `int64`.
    Signed,
    /// `tstr`.
    Text,
    /// Exactly so many bytes.
    Exactly(usize),
    /// Four bytes, big-endian: shown as a number.
    Sequence,
    /// Any number of bytes.
    Bytes,
    /// Bytes that are rows of these parts, each of so many bytes.
    Rows(&'static [(&'static str, usize)]),
    /// A number that stands for a word.
    Word(&'static [&'static str]),
    /// A list of one shape.
    List(&'static Shape),
    /// A value or none.
    Maybe(&'static Shape),
    /// An array with named places.
    Fields(&'static [Field]),
    /// An array that begins with the number of a variant.
    Choice(&'static [Variant]),
}

/// A named place of an array.
pub(super) type Field = (&'static str, Shape);
/// Number, name and further places of a variant.
pub(super) type Variant = (u64, &'static str, &'static [Field]);

const INDEX: Shape = Number(u32::MAX as u64);
const UINT64: Shape = Number(u64::MAX);
const HASH: Shape = Exactly(32);
const SIGNATURE: Shape = Exactly(64);
const POINTS: Shape = Rows(&[("point", 32)]);
const CELLS: Shape = Rows(&[("r", 32), ("c", 32)]);
const SIGNATURES: Shape = List(&Fields(&[("officer", INDEX), ("signature", SIGNATURE)]));

const ACT: &[Field] = &[(
    "",
    Fields(&[
        (
            "body",
            Fields(&[
                ("counter", INDEX),
                ("previous", HASH),
                ("size", UINT64),
                ("root", HASH),
                ("closing", UINT64),
                ("statement", Text),
            ]),
        ),
        ("signatures", SIGNATURES),
    ]),
)];

/// A body and its author's signature: an entry of nothing else.
macro_rules! signed {
    ($($field:expr),* $(,)?) => {
        &[("", Fields(&[("body", Fields(&[$($field),*])), ("signature", SIGNATURE)]))]
    };
}

/// A body without a signature.
macro_rules! unsigned {
    ($($field:expr),* $(,)?) => { &[("", Fields(&[$($field),*]))] };
}

/// Every kind of entry.
#[rustfmt::skip] // a line for each, as in the CDDL
pub(super) const ENTRIES: &[Variant] = &[
    (0, "manifest", &[("manifest", MANIFEST), ("signatures", SIGNATURES)]),
    (1, "key-hash", signed![("round", INDEX), ("trustee", INDEX), ("hash", HASH), ("receiving-key", HASH)]),
    (2, "key-commitment", signed![("round", INDEX), ("trustee", INDEX), ("points", POINTS), ("possession", Exactly(64))]),
    (3, "key-shares", signed![("round", INDEX), ("trustee", INDEX), ("shares", List(&Exactly(80)))]),
    (4, "key-complaint", signed![("round", INDEX), ("trustee", INDEX), ("dealer", INDEX), ("evidence", Exactly(32))]),
    (5, "key-confirmation", signed![("round", INDEX), ("trustee", INDEX), ("joint-key", Exactly(32)), ("transcript", HASH)]),
    (6, "rehearsal", signed![("trustee", INDEX), ("point", Exactly(32)), ("proof", Exactly(64))]),
    (7, "roll", signed![
        ("issuer", INDEX), ("style", INDEX), ("part", INDEX), ("parts", INDEX),
        ("pseudonyms", Rows(&[("pseudonym", 32)])),
    ]),
    (8, "issuer-key", signed![("issuer", INDEX), ("style", INDEX), ("modulus", Bytes), ("proof", Bytes)]),
    (9, "open", ACT),
    (10, "pause", ACT),
    (11, "resume", ACT),
    (12, "extend", ACT),
    (13, "close", ACT),
    (14, "ballot", unsigned![
        ("style", INDEX), ("credential", Exactly(32)), ("sequence", Sequence), ("tokens", List(&Bytes)),
        ("cells", CELLS), ("range-proof", Bytes), ("link-proof", Exactly(192)),
    ]),
    (15, "batch", unsigned![("count", INDEX)]),
    (16, "issuance-report", signed![
        ("issuer", INDEX), ("style", INDEX), ("part", INDEX), ("parts", INDEX),
        ("records", Rows(&[("pseudonym", 32), ("blinded", 32)])),
    ]),
    (17, "tally", unsigned![("contest", INDEX), ("ballots", UINT64), ("sums", CELLS)]),
    (18, "decryption-share", signed![
        ("trustee", INDEX), ("contest", INDEX), ("size", UINT64), ("root", HASH),
        ("points", POINTS), ("proof", Exactly(64)),
    ]),
    (19, "result", unsigned![("contest", INDEX), ("totals", List(&UINT64)), ("winners", Maybe(&List(&INDEX)))]),
    (26, "lot", ACT),
];

const NAMED_KEY: Shape = Fields(&[("name", Text), ("key", Exactly(32))]);

const MANIFEST: Shape = Fields(&[
    ("version", Number(u8::MAX as u64)),
    ("title", Text),
    ("languages", List(&Text)),
    ("nonce", Exactly(32)),
    (
        "ledger",
        Fields(&[("origin", Text), ("key", Exactly(32)), ("url", Text)]),
    ),
    (
        "officers",
        Fields(&[("threshold", INDEX), ("members", List(&NAMED_KEY))]),
    ),
    (
        "trustees",
        Fields(&[("threshold", INDEX), ("members", List(&NAMED_KEY))]),
    ),
    (
        "issuers",
        Fields(&[
            ("token-bits", INDEX),
            (
                "members",
                List(&Fields(&[("name", Text), ("url", Text), ("key", Exactly(32))])),
            ),
        ]),
    ),
    ("witness-policy", Maybe(&HASH)),
    ("contests", List(&CONTEST)),
    (
        "styles",
        List(&Fields(&[("name", Text), ("contests", List(&INDEX))])),
    ),
    ("revoting", Truth),
    ("smallest-group", INDEX),
    (
        "batch",
        Fields(&[("min-ballots", INDEX), ("min-ms", INDEX), ("max-ms", INDEX)]),
    ),
    ("opening", UINT64),
    ("closing", UINT64),
    ("casting-delay", INDEX),
    ("booth", Maybe(&HASH)),
    ("retention-days", INDEX),
    (
        "content",
        List(&Fields(&[("name", Text), ("sha256", HASH), ("length", UINT64)])),
    ),
]);

const CONTEST: Shape = Fields(&[
    ("id", Text),
    ("budget", UINT64),
    ("currency", Text),
    ("decimals", Number(u8::MAX as u64)),
    (
        "projects",
        List(&Fields(&[
            ("id", Text),
            ("cost", UINT64),
            ("groups", List(&INDEX)),
        ])),
    ),
    ("groups", List(&Text)),
    ("ballot-kind", BALLOT_KIND),
    (
        "limits",
        List(&Fields(&[
            ("projects", List(&INDEX)),
            ("measure", Word(&["count", "cost"])),
            ("lo", UINT64),
            ("hi", UINT64),
        ])),
    ),
    (
        "rule",
        Fields(&[
            ("method", METHOD),
            ("rank-by", Word(&["votes", "score"])),
            (
                "group-budgets",
                List(&Fields(&[("group", INDEX), ("budget", UINT64)])),
            ),
            ("leftover", Truth),
        ]),
    ),
    (
        "tie-break",
        Word(&["lower-cost", "higher-cost", "manifest-order", "lot"]),
    ),
]);

const BALLOT_KIND: Shape = Choice(&[
    (0, "choose-one", &[("blank", Truth)]),
    (1, "approval", &[("min-length", INDEX), ("max-length", INDEX)]),
    (
        2,
        "knapsack",
        &[
            ("min-length", INDEX),
            ("max-length", INDEX),
            ("min-sum-cost", UINT64),
            ("max-sum-cost", UINT64),
        ],
    ),
    (
        3,
        "cast-points",
        &[
            ("min-points", Signed),
            ("max-points", Signed),
            ("default-points", Signed),
            ("sum", Maybe(&Fields(&[("least", Signed), ("most", Signed)]))),
            ("min-length", INDEX),
            ("max-length", INDEX),
        ],
    ),
    (
        4,
        "ranking",
        &[
            ("min-length", INDEX),
            ("max-length", INDEX),
            (
                "place-points",
                Choice(&[
                    (0, "from-first", &[("table", List(&INDEX))]),
                    (1, "from-last", &[]),
                ]),
            ),
        ],
    ),
]);

const METHOD: Shape = Choice(&[
    (0, "greedy", &[]),
    (1, "greedy-no-skip", &[("least", UINT64)]),
    (2, "greedy-threshold", &[("least", UINT64)]),
    (
        3,
        "greedy-exclusive",
        &[("least", UINT64), ("exclusions", List(&List(&INDEX)))],
    ),
    (4, "votes-per-cost", &[]),
    (5, "not-computed", &[("name", Text)]),
]);
