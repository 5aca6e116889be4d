//! The same sources give the same booth, wherever they lie.

use std::path::Path;
use std::process::Command;

use super::{shipped, workspace};

/// Copies the sources, and nothing that was built from them.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if ["target", ".git", "node_modules"]
            .iter()
            .any(|left| name == *left)
        {
            continue;
        }
        match path.is_dir() {
            true => copy(&path, &to.join(name)),
            false => drop(std::fs::copy(&path, to.join(name)).unwrap()),
        }
    }
}

#[test]
fn a_booth_built_in_another_folder_has_the_same_bytes() {
    if std::env::var_os("PSEPHOS_LONG").is_none() {
        return println!("SKIPPED: builds everything once more; set PSEPHOS_LONG=1");
    }
    if !shipped() {
        return;
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let other = elsewhere.path().join("a folder of another name/and depth");
    copy(&workspace(), &other);
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--locked", "--package", "xtask", "--", "booth"])
        .env_remove("CARGO_TARGET_DIR")
        .current_dir(&other)
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let files = |folder: &Path| {
        let files = std::fs::read_dir(folder.join("target/booth")).unwrap();
        let mut files: Vec<_> = files
            .map(|file| file.unwrap())
            .map(|file| (file.file_name(), std::fs::read(file.path()).unwrap()))
            .collect();
        files.sort();
        files
    };
    let (here, there) = (files(&workspace()), files(&other));
    for ((name, bytes), (other, others)) in here.iter().zip(&there) {
        assert!(
            name == other && bytes == others,
            "{} is not the same",
            name.display()
        );
    }
    assert_eq!(here.len(), there.len());
}
