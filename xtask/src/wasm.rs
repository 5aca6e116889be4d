//! Cargo compiles `web/booth` and `web/observer` for WebAssembly, in an environment that does not
//! depend on who builds where.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::compiler::{Compiler, Library, TARGET};

/// What a caller, `cargo run` or rustup may have set for another build.
const CLEANED: &[&str] = &[
    "CARGO",
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_INCREMENTAL",
    "CARGO_TARGET_DIR",
    "LD_LIBRARY_PATH",
    "RUSTC",
    "RUSTC_BOOTSTRAP",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTDOC",
    "RUSTFLAGS",
    "RUSTUP_TOOLCHAIN",
];

/// The cargo profile in the workspace's `Cargo.toml`.
pub(crate) const PROFILE: &str = "booth";

/// The field arithmetic of 32-bit limbs: WebAssembly has no 64 × 64 → 128-bit
/// multiplication, and the 64-bit backend takes 2.5 times as long.
const FIELD: &str = "--cfg=curve25519_dalek_bits=\"32\"";

/// What makes the module small. A voter's device shows no place in our
/// sources, so that panics need not carry theirs: strings and tables of 20 KB.
/// The compact form of SHA-2 is a loop where the other is written out, 15 KB.
const SMALL: [&str; 2] = ["--cfg=sha2_backend_soft=\"compact\"", "-Zlocation-detail=none"];

/// Compiles a crate; returns its module's path.
pub(crate) fn compile(
    workspace: &Path,
    compiler: &Compiler,
    package: &str,
    features: &[&str],
) -> Result<PathBuf> {
    let target = workspace.join("target/wasm");
    let mut cargo = Command::new("cargo");
    for name in CLEANED {
        cargo.env_remove(name);
    }
    cargo
        .current_dir(workspace)
        .args([
            "build",
            "--locked",
            "--package",
            package,
            "--lib",
            "--profile",
            PROFILE,
            "--target",
            TARGET,
        ])
        .args(features.iter().map(|feature| format!("--features={feature}")))
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTC", &compiler.rustc)
        // For the flags that begin with -Z.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", flags(workspace, compiler).join("\x1f"));
    if let Library::Sources { linker } = &compiler.library {
        cargo.arg("-Zbuild-std=std,panic_abort");
        if let Some(linker) = linker {
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
    }
    let status = cargo.status().context("starting cargo")?;
    ensure!(status.success(), "cargo could not build {package} ({status})");
    let module = format!("{package}.wasm");
    Ok(target.join(TARGET).join(PROFILE).join(module))
}

/// The flags as they are published: places on this machine by name.
pub(crate) fn published_flags() -> Vec<String> {
    let mut flags: Vec<String> = PLACES
        .iter()
        .map(|(place, replacement)| remap(place, replacement))
        .collect();
    flags.extend([FIELD].into_iter().chain(SMALL).map(str::to_owned));
    flags
}

/// What stands in the module instead of places on the building machine.
const PLACES: [(&str, &str); 3] = [
    ("<cargo home>", "/cargo"),
    ("<sysroot>", "/rust"),
    ("<workspace>", "/psephos"),
];

fn flags(workspace: &Path, compiler: &Compiler) -> Vec<String> {
    let home = env::var_os("HOME").unwrap_or_default();
    let cargo_home = env::var_os("CARGO_HOME").map_or_else(|| Path::new(&home).join(".cargo"), PathBuf::from);
    let places = [cargo_home.as_path(), compiler.sysroot.as_path(), workspace];
    let mut flags: Vec<String> = places
        .iter()
        .zip(PLACES)
        .map(|(place, (_, replacement))| remap(&place.display().to_string(), replacement))
        .collect();
    flags.extend([FIELD].into_iter().chain(SMALL).map(str::to_owned));
    flags
}

fn remap(place: &str, replacement: &str) -> String {
    format!("--remap-path-prefix={place}={replacement}")
}
