//! Takes every file of `languages/` into the program: adding a language is
//! adding a file.

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from).unwrap_or_default();
    let folder = variable("CARGO_MANIFEST_DIR").join("languages");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)?
        .map(|file| Ok(file?.path()))
        .collect::<std::io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "ftl"));
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        let tag = file.file_stem().unwrap_or_default().to_string_lossy();
        // Writing to a string cannot fail.
        let _ = writeln!(
            list,
            "    ({tag:?}, include_str!({:?})),",
            file.display().to_string()
        );
    }
    list.push_str("]\n");
    std::fs::write(variable("OUT_DIR").join("languages.rs"), list)?;
    println!("cargo:rerun-if-changed={}", Path::new("languages").display());
    Ok(())
}
