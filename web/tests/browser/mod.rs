//! Debian's Chromium, driven by playwright-core.
//!
//! Node's packages are installed into the build folder at first use, as the
//! lock file pins them; where they, Node or Chromium are not to be had, tests
//! say so and skip.

pub(crate) mod booth;

use std::path::{Path, PathBuf};
use std::process::Command;

const PACKAGES: [&str; 2] = ["package-lock.json", "package.json"];
/// What several scripts import.
const SHARED: [&str; 1] = ["axe.mjs"];

/// Chromium, and a folder with scripts and their packages.
pub(crate) struct Browser {
    chromium: PathBuf,
    /// Scripts, packages, and what scripts leave.
    pub(crate) place: PathBuf,
}

impl Browser {
    /// With these scripts of this folder; or why there is none.
    pub(crate) fn with(scripts: &[&str]) -> Result<Self, String> {
        let chromium = std::env::var_os("CHROMIUM").map_or_else(|| "/usr/bin/chromium".into(), PathBuf::from);
        if !chromium.is_file() {
            return Err(format!(
                "no {}: apt-get install chromium, or set CHROMIUM",
                chromium.display()
            ));
        }
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| own.join("../target"), PathBuf::from);
        let place = target.join("browser");
        std::fs::create_dir_all(place.join("shots")).unwrap();
        for file in PACKAGES.iter().chain(&SHARED).chain(scripts) {
            std::fs::copy(own.join("tests/browser").join(file), place.join(file)).unwrap();
        }
        install(&place)?;
        Ok(Self { chromium, place })
    }

    /// An empty folder for screenshots.
    pub(crate) fn shots(&self, name: &str) -> PathBuf {
        let shots = self.place.join("shots").join(name);
        if shots.exists() {
            std::fs::remove_dir_all(&shots).unwrap();
        }
        std::fs::create_dir_all(&shots).unwrap();
        shots
    }

    /// Node with one of the scripts, which finds Chromium in its environment.
    pub(crate) fn node(&self, script: &str) -> Command {
        let mut node = Command::new("node");
        node.arg(self.place.join(script))
            .current_dir(&self.place)
            .env("CHROMIUM", &self.chromium);
        node
    }
}

fn install(place: &Path) -> Result<(), String> {
    let pins = std::fs::read(place.join(PACKAGES[0])).unwrap();
    let mark = place.join("installed");
    if std::fs::read(&mark).ok().as_ref() == Some(&pins) {
        return Ok(());
    }
    let npm = Command::new("npm")
        .args([
            "ci",
            "--no-audit",
            "--no-fund",
            "--loglevel",
            "error",
            "--fetch-retries",
            "1",
        ])
        .current_dir(place)
        .output();
    let npm = npm.map_err(|error| format!("npm does not start: {error}"))?;
    if !npm.status.success() {
        return Err(format!("npm failed: {}", String::from_utf8_lossy(&npm.stderr)));
    }
    std::fs::write(mark, pins).unwrap();
    Ok(())
}

/// Whether everything is tried, not what every day needs.
pub(crate) fn long() -> bool {
    std::env::var_os("PSEPHOS_LONG").is_some()
}
