//! The self-test passes on this build, and could fail.

#[test]
fn f9_the_verifier_agrees_with_the_reference_and_every_vector() {
    for agreement in auditor::selftest::full().unwrap() {
        assert!(agreement.cases > 0, "{agreement:?}");
    }
}

#[test]
fn f9_every_file_of_vectors_has_cases_that_must_be_refused() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/vectors");
    let mut files = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        // The standard's own vectors are all valid; ours beside them are not.
        if path.extension().is_none_or(|extension| extension != "json") || name.starts_with("rfc") {
            continue;
        }
        let vectors: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let negative = vectors
            .as_array()
            .unwrap()
            .iter()
            .filter(|vector| vector["valid"] == false);
        let classes: Vec<_> = negative
            .map(|vector| vector["defect"].as_str().map(str::to_owned))
            .collect();
        assert!(
            !classes.is_empty() && classes.iter().all(Option::is_some),
            "{name}: {classes:?}"
        );
        files += 1;
    }
    assert!(files >= 10, "{files}");
}
