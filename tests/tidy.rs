//! House rules that a machine can check.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(root: &str, extension: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() && name != "target" && name != "node_modules" && name != ".git" {
                walk(&path, extension, found);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new(root), extension, &mut found);
    found.sort();
    assert!(!found.is_empty(), "no .{extension} files under {root}");
    found
}

fn is_test(path: &Path) -> bool {
    path.components()
        .any(|part| part.as_os_str() == "tests" || part.as_os_str() == "benches")
        || path.file_name().is_some_and(|name| {
            [
                "tests.rs",
                "attacks.rs",
                "vectors.rs",
                "crafted_keys.rs",
                "standards.rs",
                "test_keys.rs",
            ]
            .iter()
            .any(|test| name == *test)
        })
}

/// A file's lines before its unit tests, with their numbers.
fn production_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .take_while(|(_, line)| !line.contains("#[cfg(test)]"))
}

/// Citations: a chapter under the specification's folder, with or without a section.
fn citations(line: &str) -> Vec<(&str, Option<String>)> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find("specs/") {
        rest = &rest[start..];
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || "/-_.".contains(c)))
            .unwrap_or(rest.len());
        let file = rest[..end].trim_end_matches('.');
        rest = &rest[end..];
        let section = rest.strip_prefix(" §").map(|section| {
            let number: String = section
                .chars()
                .take_while(|c| c.is_ascii_digit() || *c == '.')
                .collect();
            number.trim_end_matches('.').to_owned()
        });
        if file.ends_with(".md") || file.ends_with(".cddl") {
            found.push((file, section));
        }
    }
    found
}

fn has_section(spec: &str, number: &str) -> bool {
    spec.lines().filter(|line| line.starts_with('#')).any(|line| {
        let word = line
            .trim_start_matches('#')
            .trim_start()
            .split(' ')
            .next()
            .unwrap_or_default();
        word.trim_end_matches('.') == number
    })
}

#[test]
fn every_cited_section_of_the_specification_exists() {
    let mut broken = Vec::new();
    for path in sources(".", "rs") {
        let text = fs::read_to_string(&path).expect("a readable source file");
        for (at, line) in text.lines().enumerate() {
            for (file, section) in citations(line) {
                let place = format!("{}:{}", path.display(), at + 1);
                match (fs::read_to_string(file), section) {
                    (Err(_), _) => broken.push(format!("{place}: {file} does not exist")),
                    (Ok(spec), Some(number)) if !has_section(&spec, &number) => {
                        broken.push(format!("{place}: {file} has no §{number}"));
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(
        broken.is_empty(),
        "citations that lead nowhere:\n{}",
        broken.join("\n")
    );
}

#[test]
fn nothing_is_unfinished_and_nothing_unwraps_outside_tests() {
    let marks = [
        "todo!(",
        "unimplemented!(",
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
    ];
    let mut found = Vec::new();
    for path in sources(".", "rs").into_iter().filter(|path| !is_test(path)) {
        let text = fs::read_to_string(&path).expect("a readable source file");
        for (at, line) in production_lines(&text) {
            let code = line.trim_start();
            if marks.iter().any(|mark| line.contains(mark))
                || (!code.starts_with("//") && code.contains(".unwrap()"))
            {
                found.push(format!("{}:{at}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn one_file_owns_every_transcript() {
    for path in sources("voting-core/src", "rs")
        .into_iter()
        .filter(|path| !is_test(path))
    {
        let text = fs::read_to_string(&path).expect("a readable source file");
        let hashes = production_lines(&text).any(|(_, line)| line.contains("merlin::"));
        assert!(
            path.ends_with("transcript.rs") || !hashes,
            "{} uses merlin: transcripts belong to transcript.rs",
            path.display()
        );
    }
}

#[test]
fn every_file_tells_one_story() {
    const MOST: usize = 450;
    let mut long = Vec::new();
    for path in sources(".", "rs").into_iter().filter(|path| !is_test(path)) {
        let text = fs::read_to_string(&path).expect("a readable source file");
        let lines = production_lines(&text).count();
        // The formats stand in one place each: a table to look things up in.
        let format =
            path.ends_with("voting-core/src/manifest.rs") || path.ends_with("voting-core/src/entry.rs");
        if lines > MOST && !format {
            long.push(format!("{} has {lines} lines before its tests", path.display()));
        }
        for vague in ["utils.rs", "common.rs", "helpers.rs", "manager.rs"] {
            assert!(
                !path.ends_with(vague),
                "{} says nothing about what is in it",
                path.display()
            );
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn the_readme_names_the_two_commands_first() {
    let readme = fs::read_to_string("README.md").expect("README.md");
    let first_screen: String = readme.lines().take(60).collect::<Vec<_>>().join("\n");
    for command in ["make demo", "make test"] {
        assert!(
            first_screen.contains(command),
            "`{command}` is not on the README's first screen"
        );
    }
    let makefile = fs::read_to_string("Makefile").expect("Makefile");
    for target in ["demo:", "test:", "test-long:"] {
        assert!(
            makefile.contains(&format!("\n{target}")),
            "the Makefile has no `{target}`"
        );
    }
}
