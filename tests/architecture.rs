//! The house: which crate may use which, and who may hold a trustee's secret.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

/// Every edge the architecture allows, besides the root package's.
const EDGES: &[(&str, &[&str])] = &[
    ("voting-core", &[]),
    ("journal", &[]),
    ("issuer", &["voting-core", "journal"]),
    ("ballot-box", &["voting-core", "journal"]),
    ("auditor", &["voting-core", "journal"]),
    ("ceremony", &["voting-core", "auditor"]),
    ("web", &["voting-core", "auditor"]),
    ("booth", &["voting-core"]),
    ("observer", &["voting-core", "auditor"]),
    ("xtask", &[]),
    // Reads what all of them read; nobody depends on it.
    ("fuzz", &["voting-core", "issuer", "auditor", "ceremony"]),
];

fn metadata() -> Metadata {
    MetadataCommand::new()
        .no_deps()
        .other_options(["--locked".into(), "--offline".into()])
        .exec()
        .expect("cargo metadata runs")
}

#[test]
fn dependencies_go_one_way() {
    let metadata = metadata();
    let members: BTreeSet<&str> = metadata
        .packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let allowed: BTreeMap<&str, &[&str]> = EDGES.iter().copied().collect();
    for package in metadata
        .packages
        .iter()
        .filter(|package| package.name != "psephos")
    {
        let expected = allowed
            .get(package.name.as_str())
            .unwrap_or_else(|| panic!("the architecture does not know crate {}", package.name));
        for dependency in package
            .dependencies
            .iter()
            .filter(|edge| edge.kind == DependencyKind::Normal)
        {
            let name = dependency.name.as_str();
            assert!(
                !members.contains(name) || expected.contains(&name),
                "{} must not depend on {name}: see EDGES and the README",
                package.name
            );
        }
    }
}

#[test]
fn d13_no_server_holds_code_for_trustees_secrets() {
    let metadata = metadata();
    for server in [
        "issuer",
        "ballot-box",
        "auditor",
        "journal",
        "web",
        "booth",
        "observer",
    ] {
        let mut reached = BTreeSet::from([server.to_owned()]);
        let mut open = vec![server.to_owned()];
        while let Some(name) = open.pop() {
            let Some(package) = metadata.packages.iter().find(|package| package.name == name) else {
                continue;
            };
            for dependency in package
                .dependencies
                .iter()
                .filter(|edge| edge.kind == DependencyKind::Normal)
            {
                assert!(
                    !dependency.features.iter().any(|feature| feature == "trustee"),
                    "{server} reaches {} with the feature that handles trustees' secrets, through {name}",
                    dependency.name
                );
                if reached.insert(dependency.name.clone()) {
                    open.push(dependency.name.clone());
                }
            }
        }
    }
}

#[test]
fn no_program_takes_ballots_that_nobody_verified() {
    for package in &metadata().packages {
        let mut default = package.features.get("default").into_iter().flatten();
        let by_default = default.any(|feature| feature.contains("bench"));
        assert!(!by_default, "{} enables the feature `bench`", package.name);
        for dependency in &package.dependencies {
            let enabled = dependency.features.iter().any(|feature| feature == "bench");
            assert!(
                !enabled,
                "{} enables the feature `bench` of {}",
                package.name, dependency.name
            );
        }
    }
}

#[test]
fn crypto_crates_are_pinned_and_say_their_standard() {
    let table = std::fs::read_to_string("Cargo.toml").expect("the workspace's Cargo.toml");
    let (_, rest) = table
        .split_once("# --- cryptography")
        .expect("the cryptography section");
    let (section, _) = rest.split_once("\n# --- ").expect("the next section");
    // Randomness and wiping follow their minor line: no protocol byte depends on them.
    let follows_minor = ["rand", "rand_core", "rand_chacha", "zeroize"];
    let mut comment = false;
    for line in section.lines().skip(1).filter(|line| !line.is_empty()) {
        if line.starts_with('#') {
            comment = true;
            continue;
        }
        let name = line.split([' ', '.']).next().unwrap_or_default();
        if !follows_minor.contains(&name) {
            assert!(comment, "{name} names no standard");
            assert!(line.contains("\"="), "{name} is not pinned exactly");
        }
        comment = false;
    }
}
