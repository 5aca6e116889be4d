//! Build steps cargo has no word for.
//!
//! ```text
//! cargo xtask booth                  builds target/booth: module, scripts, build manifest
//! cargo xtask booth --check [FILE]   rebuilds and compares with a build manifest
//! cargo xtask booth --vectors        builds target/booth-vectors: with entry points for tests
//! cargo xtask auditor                builds the observers' one static binary, and prints its hash
//! cargo xtask fuzz [TARGET] [SECONDS]   fuzzes every reader of others' bytes, or one: 600 s each
//! ```
//!
//! Exit codes: 0 done, 1 failed or different, 2 not comparable (another
//! compiler), 64 usage, 69 no compiler for WebAssembly, or none for
//! static binaries, here.

mod booth;
mod compiler;
mod fuzz;
mod manifest;
mod observer;
mod scripts;
mod wasm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use booth::Variant;
use compiler::NoCompiler;
use observer::Lacks;

/// How long a target is fuzzed unless told otherwise, in seconds.
const FUZZED: u64 = 600;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["booth"] => booth::build(Variant::Shipped),
        ["booth", "--vectors"] => booth::build(Variant::Vectors),
        ["booth", "--check"] => booth::check(None),
        ["booth", "--check", file] => booth::check(Some(Path::new(file))),
        ["auditor"] => observer::build(),
        ["fuzz", ref rest @ ..] => match fuzz_arguments(rest) {
            Some((target, seconds)) => fuzz::run(target, seconds),
            None => return usage(),
        },
        _ => return usage(),
    };
    done.unwrap_or_else(|error| {
        eprintln!("xtask: {error:#}");
        let lacks = error.is::<NoCompiler>() || error.is::<Lacks>();
        ExitCode::from(if lacks { 69 } else { 1 })
    })
}

fn usage() -> ExitCode {
    eprintln!(
        "usage: cargo xtask booth [--check [FILE] | --vectors]
       cargo xtask auditor
       cargo xtask fuzz [TARGET] [SECONDS]"
    );
    ExitCode::from(64)
}

/// A target, where one is named, and how long each runs.
fn fuzz_arguments<'a>(words: &[&'a str]) -> Option<(Option<&'a str>, u64)> {
    let seconds = |word: &str| word.parse::<u64>().ok();
    match *words {
        [] => Some((None, FUZZED)),
        [one] => Some(seconds(one).map_or((Some(one), FUZZED), |seconds| (None, seconds))),
        [target, time] => Some((Some(target), seconds(time)?)),
        _ => None,
    }
}

/// The workspace's root, the folder above this crate.
fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
