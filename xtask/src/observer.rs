//! `cargo xtask auditor`: the observers' one static binary.
//!
//! It is linked with musl and needs nothing of the machine it runs on, whatever
//! Linux that is. The SHA-256 that is printed is what an observer compares.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::workspace;

/// The target without shared libraries.
const TARGET: &str = "x86_64-unknown-linux-musl";
/// The cargo profile in the workspace's `Cargo.toml`.
const PROFILE: &str = "observer";

/// Something that this machine lacks.
#[derive(Debug, thiserror::Error)]
#[error("a static binary cannot be built here: {what} is missing. Install it with `{remedy}`")]
pub(crate) struct Lacks {
    what: &'static str,
    remedy: &'static str,
}

/// Builds the binary, looks that it is static, puts it to its own test, and
/// prints its hash.
pub(crate) fn build() -> Result<ExitCode> {
    lacks_nothing()?;
    let workspace = workspace();
    let status = Command::new("cargo")
        .current_dir(&workspace)
        .args(["build", "--locked", "--package", "auditor", "--bin", "auditor"])
        .args(["--profile", PROFILE, "--target", TARGET])
        // The C parts too are compiled for musl.
        .env("CC_x86_64_unknown_linux_musl", "musl-gcc")
        .status()
        .context("starting cargo")?;
    ensure!(status.success(), "cargo could not build the auditor ({status})");
    let binary = workspace
        .join("target")
        .join(TARGET)
        .join(PROFILE)
        .join("auditor");
    let bytes = fs::read(&binary).with_context(|| format!("reading {}", binary.display()))?;
    ensure!(
        is_static(&bytes) == Some(true),
        "{} asks for a loader of shared libraries: it is not static",
        binary.display()
    );
    let tested = Command::new(&binary).arg("selftest").output();
    let tested = tested.context("starting the auditor that was built")?;
    ensure!(
        tested.status.success(),
        "the auditor that was built fails its own test:\n{}",
        String::from_utf8_lossy(&tested.stderr)
    );
    println!(
        "{}  {}",
        hex::encode(Sha256::digest(&bytes)),
        Path::new("target")
            .join(TARGET)
            .join(PROFILE)
            .join("auditor")
            .display()
    );
    println!(
        "{} bytes, static, and it agrees with every vector of specs/vectors",
        bytes.len()
    );
    Ok(ExitCode::SUCCESS)
}

fn lacks_nothing() -> Result<(), Lacks> {
    let library = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    let library = library
        .ok()
        .and_then(|output| String::from_utf8(output.stdout).ok());
    if !library.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Err(Lacks {
            what: "Rust's standard library for musl",
            remedy: "rustup target add x86_64-unknown-linux-musl",
        });
    }
    if Command::new("musl-gcc").arg("--version").output().is_err() {
        return Err(Lacks {
            what: "musl's C compiler, musl-gcc",
            remedy: "apt-get install musl-tools",
        });
    }
    Ok(())
}

/// Whether a program starts without a loader of shared libraries; `None` if it
/// is no program for 64-bit Linux (ELF: `e_phoff`, `e_phentsize`, `e_phnum`,
/// and no program header of type `PT_INTERP`).
fn is_static(elf: &[u8]) -> Option<bool> {
    const PT_INTERP: u32 = 3;
    let half = |at: usize| Some(u16::from_le_bytes(*elf.get(at..)?.first_chunk()?).into());
    let word = |at: usize| Some(u32::from_le_bytes(*elf.get(at..)?.first_chunk()?));
    let double = |at: usize| usize::try_from(u64::from_le_bytes(*elf.get(at..)?.first_chunk()?)).ok();
    if !elf.starts_with(b"\x7fELF\x02\x01") {
        return None;
    }
    let (start, size, count): (usize, usize, usize) = (double(32)?, half(54)?, half(56)?);
    for header in 0..count {
        if word(start.checked_add(header * size)?)? == PT_INTERP {
            return Some(false);
        }
    }
    Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_with_a_loader_is_not_static() {
        let own = fs::read(std::env::current_exe().unwrap()).unwrap();
        if cfg!(all(
            target_os = "linux",
            target_env = "gnu",
            target_pointer_width = "64"
        )) {
            assert_eq!(is_static(&own), Some(false));
        }
        assert_eq!(is_static(&own[..40]), None);
        assert_eq!(is_static(b"#!/bin/sh"), None);
    }

    #[test]
    fn a_program_without_headers_of_a_loader_is_static() {
        let mut elf = vec![0; 64 + 56];
        elf[..6].copy_from_slice(b"\x7fELF\x02\x01");
        elf[32] = 64; // e_phoff
        elf[54] = 56; // e_phentsize
        elf[56] = 1; // e_phnum
        elf[64] = 1; // PT_LOAD
        assert_eq!(is_static(&elf), Some(true));
        elf[64] = 3; // PT_INTERP
        assert_eq!(is_static(&elf), Some(false));
    }
}
