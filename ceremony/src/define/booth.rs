//! The booth that an election is voted in, sealed by its build manifest
//! (specs/11-web.md §8).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{DefineError, Draft, sha256};

/// What a build manifest must at least have: files with their hashes.
#[derive(Deserialize)]
struct Built {
    files: BTreeMap<String, BuiltFile>,
}

#[derive(Deserialize)]
struct BuiltFile {
    sha256: String,
}

impl Draft {
    /// Seals the booth of this build manifest: the pages of this election run
    /// its files and no others, which `auditor booth` checks.
    ///
    /// # Errors
    /// It is no build manifest.
    pub fn with_booth(mut self, build: &[u8]) -> Result<Self, DefineError> {
        let wrong = |problem: String| DefineError::Beside {
            name: "the booth".to_owned(),
            problem,
        };
        let built: Built = serde_json::from_slice(build)
            .map_err(|error| wrong(format!("not what `cargo xtask booth` writes: {error}")))?;
        let hash = |text: &str| text.len() == 64 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
        match built.files.iter().find(|(_, file)| !hash(&file.sha256)) {
            Some((name, _)) => Err(wrong(format!("{name} has no SHA-256"))),
            None if built.files.is_empty() => Err(wrong("it lists no files".to_owned())),
            None => {
                self.manifest.booth = Some(sha256(build));
                Ok(self)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;
    use crate::define::{Poll, draft};
    use crate::pabulib::{File, Purpose};

    fn made() -> Draft {
        let file = File::parse(include_bytes!("../../../samples/riverside.pb")).unwrap();
        let poll = Poll::from_pabulib(&file, Purpose::Poll).unwrap();
        let setting = toml::from_str(include_str!("../../../samples/riverside.toml")).unwrap();
        draft(&poll, &setting, None, &mut rand::rngs::StdRng::from_seed([4; 32])).unwrap()
    }

    #[test]
    fn h1_the_election_id_seals_the_booths_build_manifest() {
        let build = format!(
            r#"{{"rustc": "any", "files": {{"vote.js": {{"bytes": 1, "sha256": "{}"}}}}}}"#,
            "ab".repeat(32)
        );
        let plain = made().manifest.election_id();
        let sealed = made().with_booth(build.as_bytes()).unwrap().manifest;
        assert_eq!(sealed.booth, Some(sha256(build.as_bytes())));
        assert_ne!(sealed.election_id(), plain);
        let other = made()
            .with_booth(format!("{build}\n").as_bytes())
            .unwrap()
            .manifest;
        assert_ne!(other.election_id(), sealed.election_id());
        sealed.check().unwrap();
    }

    #[test]
    fn what_is_no_build_manifest_is_not_sealed() {
        for text in [
            "",
            "{}",
            r#"{"files": {}}"#,
            r#"{"files": {"vote.js": {"sha256": "ab"}}}"#,
            r#"{"files": ["vote.js"]}"#,
        ] {
            assert!(made().with_booth(text.as_bytes()).is_err(), "{text}");
        }
    }
}
