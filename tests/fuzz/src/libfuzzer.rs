#![no_main]
//! A target under libFuzzer: `cargo xtask fuzz` builds and runs it.
//!
//! `PSEPHOS_FUZZ` names the target (`list` prints them all); its seeds are written into the folder
//! `PSEPHOS_FUZZ_SEEDS` first.

use std::path::PathBuf;
use std::sync::OnceLock;

use fuzz::{TARGETS, Target};
use libfuzzer_sys::fuzz_target;

fn chosen() -> &'static Target {
    static CHOSEN: OnceLock<&Target> = OnceLock::new();
    CHOSEN.get_or_init(|| {
        let name = std::env::var("PSEPHOS_FUZZ").unwrap_or_default();
        let found = TARGETS.iter().find(|target| target.name == name);
        found.expect("PSEPHOS_FUZZ names a target")
    })
}

fn begin() {
    if std::env::var("PSEPHOS_FUZZ").is_ok_and(|name| name == "list") {
        TARGETS.iter().for_each(|target| println!("{}", target.name));
        std::process::exit(0);
    }
    let Some(folder) = std::env::var_os("PSEPHOS_FUZZ_SEEDS").map(PathBuf::from) else {
        return;
    };
    for (at, seed) in (chosen().seeds)().iter().enumerate() {
        std::fs::write(folder.join(format!("seed-{at}")), seed).expect("a folder for seeds");
    }
}

fuzz_target!(init: begin(), |bytes: &[u8]| (chosen().run)(bytes));
