//! Files that are sealed beside the poll's own texts: pictures, and the texts in
//! other languages (specs/11-web.md §3).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{DefineError, Draft, ProjectText, content_file};

/// What a file of texts must at least have.
#[derive(Deserialize)]
struct Texts {
    projects: BTreeMap<String, ProjectText>,
}

impl Draft {
    /// Seals further files. One that is called `projects.<language>.json` has the
    /// poll's texts in another language, which the poll then has too.
    ///
    /// # Errors
    /// A translation that is none or of another poll, a picture that a project
    /// names and nobody gave, or names that the manifest does not allow.
    pub fn with_files(mut self, files: Vec<(String, Vec<u8>)>) -> Result<Self, DefineError> {
        for file in files {
            if let Some(language) = language(&file.0) {
                self.manifest.languages.push(language.to_owned());
            }
            self.manifest.content.push(content_file(&file));
            self.content.push(file);
        }
        self.manifest.check().map_err(DefineError::Manifest)?;
        let texts = |name: &str| name == "projects.json" || language(name).is_some();
        for file in self.content.iter().filter(|file| texts(&file.0)) {
            self.check_texts(file)?;
        }
        Ok(self)
    }

    /// Texts of a project that there is not, or a picture that is not sealed,
    /// would never be seen.
    fn check_texts(&self, (name, bytes): &(String, Vec<u8>)) -> Result<(), DefineError> {
        let wrong = |problem: String| DefineError::Beside {
            name: name.clone(),
            problem,
        };
        let texts: Texts = serde_json::from_slice(bytes).map_err(|error| wrong(error.to_string()))?;
        let projects = self
            .manifest
            .contests
            .iter()
            .flat_map(|contest| &contest.projects);
        for (id, text) in &texts.projects {
            if !projects.clone().any(|project| project.id == *id) {
                return Err(wrong(format!("there is no project '{id}'")));
            }
            let picture = &text.picture;
            if !picture.is_empty() && self.content.iter().all(|(sealed, _)| sealed != picture) {
                return Err(wrong(format!("there is no picture '{picture}'")));
            }
            if !picture.is_empty() && text.picture_alt.is_empty() {
                return Err(wrong(format!(
                    "'{picture}' needs picture_alt, for those who do not see it"
                )));
            }
        }
        Ok(())
    }
}

/// The language of a file of translated texts.
fn language(name: &str) -> Option<&str> {
    let language = name.strip_prefix("projects.")?.strip_suffix(".json")?;
    (!language.is_empty()).then_some(language)
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::super::{Poll, Setting, draft};
    use super::*;

    const SETTING: &str = include_str!("../../../samples/riverside.toml");
    const POLL: &str = r#"
description = "Two squares"
vote_type = "approval"
rule = "greedy"
budget = 100
projects = [{ project_id = "a", cost = 60, name = "A", picture = "a.png", picture_alt = "A square" }, { project_id = "b", cost = 40, place = "Mill Lane" }]
"#;

    fn sealed(files: &[(&str, &str)]) -> Result<Draft, DefineError> {
        let setting: Setting = toml::from_str(SETTING).unwrap();
        let poll = Poll::from_toml(POLL).unwrap();
        let made = draft(&poll, &setting, None, &mut rand::rngs::StdRng::from_seed([7; 32])).unwrap();
        let file = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
        made.with_files(files.iter().map(file).collect())
    }

    #[test]
    fn pictures_and_translations_are_sealed_beside_the_texts() {
        let texts = r#"{"projects": {"a": {"name": "أ"}}}"#;
        let made = sealed(&[("a.png", "a picture"), ("projects.ar.json", texts)]).unwrap();
        assert_eq!(made.manifest.languages, ["en", "ar"]);
        let names: Vec<&str> = made
            .manifest
            .content
            .iter()
            .map(|file| file.name.as_str())
            .collect();
        assert_eq!(
            names,
            ["projects.json", "witness-policy.txt", "a.png", "projects.ar.json"]
        );
        let text = String::from_utf8(made.content[0].1.clone()).unwrap();
        assert!(text.contains("Mill Lane") && text.contains("A square"), "{text}");
    }

    #[test]
    fn files_that_do_not_fit_the_poll_are_refused() {
        let refused = |files: &[(&str, &str)], says: &str| {
            let refused = sealed(files).err().expect("it is refused").to_string();
            assert!(refused.contains(says), "{refused}");
        };
        refused(&[], "there is no picture 'a.png'");
        let picture = ("a.png", "a picture");
        refused(&[picture, ("projects.ar.json", "{}")], "missing field");
        let other = r#"{"projects": {"c": {"name": "C"}}}"#;
        refused(&[picture, ("projects.ar.json", other)], "there is no project 'c'");
        let unseen = r#"{"projects": {"a": {"name": "C", "picture": "a.png"}}}"#;
        refused(&[picture, ("projects.ar.json", unseen)], "needs picture_alt");
        refused(&[picture, picture], "content");
        refused(&[picture, ("../x", "")], "content");
        refused(&[picture, ("projects.json", "{}")], "content");
    }
}
