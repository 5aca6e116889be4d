//! Build steps cargo has no word for.
//!
//! ```text
//! cargo xtask booth                  builds target/booth
//! cargo xtask booth --check [FILE]   rebuilds and compares with a build manifest
//! cargo xtask booth --vectors        builds target/booth-vectors: with entry points for tests
//! ```
//!
//! Exit codes: 0 done, 1 failed or different, 2 not comparable (another
//! compiler), 64 usage, 69 no compiler for WebAssembly here.

mod booth;
mod compiler;
mod manifest;
mod wasm;

use std::path::Path;
use std::process::ExitCode;

use booth::Variant;
use compiler::NoCompiler;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["booth"] => booth::build(Variant::Shipped),
        ["booth", "--vectors"] => booth::build(Variant::Vectors),
        ["booth", "--check"] => booth::check(None),
        ["booth", "--check", file] => booth::check(Some(Path::new(file))),
        _ => {
            eprintln!("usage: cargo xtask booth [--check [FILE] | --vectors]");
            return ExitCode::from(64);
        }
    };
    done.unwrap_or_else(|error| {
        eprintln!("xtask: {error:#}");
        ExitCode::from(if error.is::<NoCompiler>() { 69 } else { 1 })
    })
}
