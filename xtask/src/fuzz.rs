//! `cargo xtask fuzz`: the targets of tests/fuzz under libFuzzer, guided by
//! coverage, on the stable compiler.
//!
//! Where libFuzzer does not build (it is C++), the same targets run for the
//! same time on changes made without looking at coverage, and that is said.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::thread;

use anyhow::{Context, Result, ensure};

use crate::workspace;

/// Counts which branches are taken (LLVM's SanitizerCoverage, as cargo-fuzz asks for it).
const COVERAGE: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// An input that takes longer is a failure, in seconds.
const TIMEOUT: u32 = 60;
/// Memory that no input may need, in MiB (attack B7).
const MEMORY: u32 = 1024;

/// Runs one target or all, each for so many seconds.
pub(crate) fn run(target: Option<&str>, seconds: u64) -> Result<ExitCode> {
    let workspace = workspace();
    let folder = workspace.join("target/fuzz");
    fs::create_dir_all(&folder).context("making target/fuzz")?;
    let Some(binary) = build(&workspace, &folder)? else {
        println!(
            "libFuzzer does not build here: changed inputs without coverage instead, {seconds} s a target"
        );
        return without_coverage(&workspace, target, seconds);
    };
    let all = Command::new(&binary).env("PSEPHOS_FUZZ", "list").output();
    let all = String::from_utf8(all.context("starting the targets")?.stdout)?;
    let names: Vec<&str> = all
        .lines()
        .filter(|name| target.is_none_or(|target| target == *name))
        .collect();
    ensure!(
        !names.is_empty(),
        "there is no such target; there are: {}",
        all.replace('\n', " ")
    );
    let jobs = thread::available_parallelism().map_or(1, usize::from);
    let mut failed = false;
    for some in names.chunks(jobs) {
        let done = thread::scope(|scope| {
            let run = |name: &&str| {
                let (binary, folder, name) = (&binary, &folder, (*name).to_owned());
                let found = workspace.join("tests/fuzz/found").join(&name);
                scope.spawn(move || one(binary, folder, &found, &name, seconds))
            };
            let running: Vec<_> = some.iter().map(run).collect();
            running
                .into_iter()
                .map(thread::ScopedJoinHandle::join)
                .collect::<Vec<_>>()
        });
        for done in done {
            failed |= !done.map_err(|_| anyhow::anyhow!("a runner panicked"))??;
        }
    }
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// Compiles the targets with counters; `None` if that cannot be done here.
fn build(workspace: &Path, folder: &Path) -> Result<Option<PathBuf>> {
    let version = Command::new("rustc")
        .arg("-vV")
        .output()
        .context("starting rustc")?;
    let version = String::from_utf8(version.stdout)?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc does not say what it runs on")?;
    let status = Command::new("cargo")
        .current_dir(workspace)
        .args(["build", "--locked", "--package", "fuzz", "--bin", "libfuzzer"])
        // With a target named, build scripts and macros are compiled without counters.
        .args(["--features", "fuzz/libfuzzer", "--target", host])
        .env("CARGO_TARGET_DIR", folder)
        .env("RUSTFLAGS", COVERAGE)
        .status()
        .context("starting cargo")?;
    let binary = folder.join(host).join("debug/libfuzzer");
    Ok(status.success().then_some(binary))
}

/// Runs a target; whether it failed for no input.
fn one(binary: &Path, folder: &Path, found: &Path, name: &str, seconds: u64) -> Result<bool> {
    let corpus = folder.join("corpus").join(name);
    fs::create_dir_all(&corpus)?;
    let log = folder.join(format!("{name}.log"));
    let mut command = Command::new(binary);
    command
        .env("PSEPHOS_FUZZ", name)
        .env("PSEPHOS_FUZZ_SEEDS", &corpus)
        .args([
            format!("-max_total_time={seconds}"),
            format!("-timeout={TIMEOUT}"),
            format!("-rss_limit_mb={MEMORY}"),
            format!("-artifact_prefix={}/failed-{name}-", folder.display()),
            "-print_final_stats=1".to_owned(),
        ])
        .arg(&corpus)
        .stdout(File::create(&log)?)
        .stderr(File::options().append(true).open(&log)?);
    if found.is_dir() {
        command.arg(found);
    }
    let held = command.status()?.success();
    let said = fs::read(&log)?;
    let said = String::from_utf8_lossy(&said);
    let stat = |name: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix(name));
        line.map_or("?", str::trim).to_owned()
    };
    let inputs = stat("stat::number_of_executed_units:");
    if held {
        println!("{name}: {inputs} inputs in {seconds} s, no failure");
    } else {
        println!(
            "{name}: FAILED after {inputs} inputs, see {}. Make the input target/fuzz/failed-{name}-… a test: put it into tests/fuzz/found/{name}/",
            log.display()
        );
    }
    Ok(held)
}

fn without_coverage(workspace: &Path, target: Option<&str>, seconds: u64) -> Result<ExitCode> {
    let mut command = Command::new("cargo");
    command
        .current_dir(workspace)
        .args(["test", "--locked", "--package", "fuzz", "--test", "corpus", "--"])
        .arg("--nocapture")
        .env("PSEPHOS_FUZZ_SECONDS", seconds.to_string());
    if let Some(target) = target {
        command.args(["--exact", target]);
    }
    let status = command.status().context("starting cargo")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
