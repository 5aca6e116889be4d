//! The pages in Debian's Chromium: accessibility by axe-core, a phone, the
//! keyboard, wider spacing, forced colours, other time zones, no JavaScript.
//!
//! Node's packages are installed into the build folder at first use, as the
//! lock file pins them; where they, Node or Chromium are not to be had, the
//! test says so and skips. Screenshots of every page are left beside them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::site::{decided, shown, stages, texts};

const FILES: [&str; 3] = ["package-lock.json", "package.json", "look.mjs"];

/// Chromium, and the folder with the script and its packages; or why there is none.
fn installed() -> Result<(PathBuf, PathBuf), String> {
    let chromium = std::env::var_os("CHROMIUM").map_or_else(|| "/usr/bin/chromium".into(), PathBuf::from);
    if !chromium.is_file() {
        return Err(format!(
            "no {}: apt-get install chromium, or set CHROMIUM",
            chromium.display()
        ));
    }
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| own.join("../target"), PathBuf::from);
    let place = target.join("browser");
    std::fs::create_dir_all(place.join("shots")).unwrap();
    for file in FILES {
        std::fs::copy(own.join("tests/pages/browser").join(file), place.join(file)).unwrap();
    }
    let pins = std::fs::read(place.join(FILES[0])).unwrap();
    let mark = place.join("installed");
    if std::fs::read(&mark).ok().as_ref() != Some(&pins) {
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
            .current_dir(&place)
            .output();
        let npm = npm.map_err(|error| format!("npm does not start: {error}"))?;
        if !npm.status.success() {
            return Err(format!("npm failed: {}", String::from_utf8_lossy(&npm.stderr)));
        }
        std::fs::write(mark, pins).unwrap();
    }
    Ok((chromium, place))
}

#[test]
fn a_browser_finds_no_fault_with_any_page() {
    let (chromium, place) = match installed() {
        Ok(found) => found,
        Err(why) => return println!("SKIPPED: {why}"),
    };
    let (_, open) = stages().iter().find(|stage| stage.0 == "Voting is open").unwrap();
    for (name, story) in [("open", open), ("decided", decided())] {
        let (_mirror, site) = shown(story, &texts());
        let shots = place.join("shots").join(name);
        std::fs::create_dir_all(&shots).unwrap();
        let mut look = Command::new("node");
        look.arg(place.join("look.mjs"))
            .arg(&site.reader.url)
            .arg(hex::encode(&story.id()[..8]))
            .args([&chromium, &shots])
            .current_dir(&place);
        if std::env::var_os("PSEPHOS_LONG").is_some() {
            look.arg("all");
        }
        let output = match look.output() {
            Ok(output) => output,
            Err(error) => return println!("SKIPPED: node does not start: {error}"),
        };
        let (said, errors) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        assert!(output.status.success(), "{name}: {said}{errors}");
    }
}
