//! Frozen vectors: compared with what the code makes, or written on request.
#![allow(dead_code)] // each test binary uses a part

use std::path::PathBuf;

use serde_json::Value;

/// Compares with specs/vectors/<part>.json, or writes it where
/// `PSEPHOS_WRITE_VECTORS` is set. One line a vector: a change is one line of a diff.
pub(crate) fn frozen(part: &str, vectors: &[Value]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../specs/vectors/{part}.json"));
    let lines: Vec<String> = vectors.iter().map(|vector| format!("  {vector}")).collect();
    let text = format!("[\n{}\n]\n", lines.join(",\n"));
    if std::env::var_os("PSEPHOS_WRITE_VECTORS").is_some() {
        std::fs::write(path, text).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(path).unwrap();
    assert!(
        kept == text,
        "{part}.json is not what this code computes: a change here is another protocol"
    );
}

/// The name of an error's variant: the defect's class.
pub(crate) fn class(error: &impl std::fmt::Debug) -> String {
    let text = format!("{error:?}");
    text.split([' ', '(', '{']).next().unwrap().to_owned()
}
