//! Everything that reads what others wrote, given what nobody should write
//! (attacks B7 and F7).
//!
//! A [`Target`] takes any bytes. It panics if a property does not hold: nothing
//! else may panic. What decodes encodes to the same bytes; two decoders of one
//! format agree; a signature nobody made is not believed; a changed ledger is
//! not *held*.
//!
//! | run by | with |
//! |---|---|
//! | `make test` | seeds, what fuzzing has found before (`found/`), and some thousand changes of them |
//! | `make test-long`, `cargo xtask fuzz` | libFuzzer with coverage, ten minutes a target |

mod election;
mod decoders;
mod files;
mod mangled;
pub mod mutate;

#[path = "../../../auditor/tests/attacks/kit/mod.rs"]
#[allow(dead_code, unreachable_pub, unused_imports)]
mod kit;

/// Something that reads bytes.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name on the command line.
    pub name: &'static str,
    /// Reads any bytes; panics if a property does not hold.
    pub run: fn(&[u8]),
    /// Bytes to begin with: honest ones.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// How many changed inputs `make test` tries.
    pub everyday: u32,
}

/// All targets, in the order of the story.
pub const TARGETS: &[Target] = &[
    target("pabulib", files::pabulib, files::pabulib_seeds, 3000),
    target("define", files::define, files::define_seeds, 5000),
    target("statement", decoders::statement, decoders::statement_seeds, 20000),
    target("roll", files::roll, files::roll_seeds, 5000),
    target("token", decoders::token, decoders::token_seeds, 8000),
    target("entry", decoders::entry, decoders::entry_seeds, 8000),
    target("opening", decoders::opening, decoders::opening_seeds, 6000),
    target("note", files::note, files::note_seeds, 20000),
    target("policy", files::policy, files::policy_seeds, 50000),
    target("submission", files::submission, files::submission_seeds, 50000),
    target("receipt", files::receipt, files::receipt_seeds, 50000),
    target("evidence", files::evidence, files::evidence_seeds, 20000),
    target(
        "audit_statement",
        files::audit_statement,
        files::audit_statement_seeds,
        20000,
    ),
    target("tile", decoders::tile, decoders::tile_seeds, 8000),
    target("record", mangled::record, mangled::record_seeds, 60),
    target("verify", mangled::verify, mangled::verify_seeds, 80),
];

const fn target(name: &'static str, run: fn(&[u8]), seeds: fn() -> Vec<Vec<u8>>, everyday: u32) -> Target {
    Target {
        name,
        run,
        seeds,
        everyday,
    }
}
