//! Which compiler builds the booth.
//!
//! The first of `rustc` and `/usr/bin/rustc` that brings a standard library for
//! wasm32; else the first that brings the library's sources (Debian's packages
//! do), from which cargo then builds it, with the library's own dependencies
//! from crates.io. `$BOOTH_RUSTC` names one compiler instead: who rebuilds a
//! published booth needs exactly its compiler.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The booth's target.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// A compiler that can build the booth.
#[derive(Debug)]
pub(crate) struct Compiler {
    /// The command.
    pub(crate) rustc: PathBuf,
    /// First line of `rustc --version`.
    pub(crate) version: String,
    /// Its sysroot.
    pub(crate) sysroot: PathBuf,
    /// Where the standard library comes from.
    pub(crate) library: Library,
}

/// Where the standard library comes from.
#[derive(Debug)]
pub(crate) enum Library {
    /// Compiled, beside the compiler.
    Bundled,
    /// From sources, with this linker where one was found.
    Sources {
        /// A linker for WebAssembly.
        linker: Option<PathBuf>,
    },
}

/// No candidate can build for wasm32.
#[derive(Debug, thiserror::Error)]
#[error(
    "no compiler for {TARGET} here (tried {0}). Install the target with `rustup target add {TARGET}`, \
     or Debian's compiler and sources with `apt-get install rustc-web rust-web-src lld`, \
     or name a compiler in BOOTH_RUSTC"
)]
pub(crate) struct NoCompiler(String);

struct Candidate {
    rustc: PathBuf,
    version: String,
    sysroot: PathBuf,
}

impl Compiler {
    /// Chooses.
    ///
    /// # Errors
    /// No candidate can build for wasm32.
    pub(crate) fn choose() -> Result<Self, NoCompiler> {
        let names: Vec<PathBuf> = match env::var_os("BOOTH_RUSTC") {
            Some(named) => vec![named.into()],
            None => vec!["rustc".into(), "/usr/bin/rustc".into()],
        };
        let found: Vec<Candidate> = names.iter().filter_map(|name| Candidate::ask(name)).collect();
        let bundled = found.iter().find(|candidate| candidate.has_library());
        if let Some(candidate) = bundled {
            return Ok(candidate.compiler(Library::Bundled));
        }
        let sources = found.iter().find(|candidate| candidate.has_sources());
        match sources {
            Some(candidate) => Ok(candidate.compiler(Library::Sources { linker: linker() })),
            None => Err(NoCompiler(
                names
                    .iter()
                    .map(|name| name.display().to_string())
                    .collect::<Vec<_>>()
                    .join(", "),
            )),
        }
    }
}

impl Candidate {
    /// `None` where the command does not run.
    fn ask(rustc: &Path) -> Option<Self> {
        Some(Self {
            rustc: rustc.to_path_buf(),
            version: answer(rustc, &["--version"])?,
            sysroot: answer(rustc, &["--print", "sysroot"])?.into(),
        })
    }

    fn has_library(&self) -> bool {
        let folder = self.sysroot.join("lib/rustlib").join(TARGET).join("lib");
        fs::read_dir(folder).is_ok_and(|files| {
            files
                .flatten()
                .any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
        })
    }

    fn has_sources(&self) -> bool {
        self.sysroot
            .join("lib/rustlib/src/rust/library/Cargo.toml")
            .exists()
    }

    fn compiler(&self, library: Library) -> Compiler {
        Compiler {
            rustc: self.rustc.clone(),
            version: self.version.clone(),
            sysroot: self.sysroot.clone(),
            library,
        }
    }
}

fn answer(rustc: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(rustc);
    // What `cargo xtask` set for another compiler would mislead this one.
    command
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("LD_LIBRARY_PATH");
    let output = command.args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// A linker for WebAssembly: `rust-lld` of rustup's compiler or in the path,
/// else a `wasm-ld`. `None`: the compiler's own default is tried.
fn linker() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let in_path = |names: &[&str]| {
        env::split_paths(&path)
            .flat_map(|folder| names.iter().map(|name| folder.join(name)).collect::<Vec<_>>())
            .find(|file| file.is_file())
    };
    let rustup = answer(Path::new("rustc"), &["--print", "target-libdir"])
        .and_then(|libraries| Some(Path::new(&libraries).parent()?.join("bin/rust-lld")))
        .filter(|file| file.is_file());
    rustup
        .or_else(|| in_path(&["rust-lld"]))
        .or_else(|| in_path(&["wasm-ld", "wasm-ld-22", "wasm-ld-19", "wasm-ld-14"]))
}
