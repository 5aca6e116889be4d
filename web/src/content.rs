//! Texts and pictures of a poll: content files that the manifest seals
//! (specs/11-web.md §3). Whoever wrote them is not trusted with markup: they
//! are text, and pictures are pictures by their bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use voting_core::lifecycle::Election;
use voting_core::manifest::Manifest;

use crate::record::{Source, is_sealed};

/// The largest content file that is shown.
pub(crate) const MAX_FILE: u64 = 4 << 20;
/// All content files of a poll together.
const MAX_ALL: usize = 128 << 20;
/// Letters of the longest text.
const MAX_TEXT: usize = 20_000;

/// The sealed files at hand.
#[derive(Default)]
pub(crate) struct Content {
    files: BTreeMap<String, Vec<u8>>,
    texts: Option<Arc<Texts>>,
    pictures: Option<Arc<BTreeMap<String, Picture>>>,
}

impl Content {
    /// Fetches what is sealed and not at hand; whether anything new came.
    pub(crate) fn fetch(&mut self, source: &Source, election: &Election) -> bool {
        let before = self.files.len();
        let mut room = MAX_ALL.saturating_sub(self.files.values().map(Vec::len).sum());
        for file in &election.manifest.content {
            if self.files.contains_key(&file.name) || file.length > MAX_FILE {
                continue;
            }
            let Ok(bytes) = source.content(&file.name, file.length) else {
                continue;
            };
            if is_sealed(&bytes, &*file.sha256) && bytes.len() <= room {
                room -= bytes.len();
                self.files.insert(file.name.clone(), bytes);
            }
        }
        let news = self.files.len() > before;
        if news {
            (self.texts, self.pictures) = (None, None);
        }
        news
    }

    /// A file's bytes.
    pub(crate) fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// Every file at hand.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// The poll's texts in its languages.
    pub(crate) fn texts(&mut self, manifest: &Manifest) -> Arc<Texts> {
        let read = || {
            Arc::new(Texts::read(manifest, |name| {
                self.files.get(name).map(Vec::as_slice)
            }))
        };
        let texts = self.texts.take().unwrap_or_else(read);
        self.texts = Some(texts.clone());
        texts
    }

    /// Every file that is a picture.
    pub(crate) fn pictures(&mut self) -> Arc<BTreeMap<String, Picture>> {
        let find = || {
            let pictures = self.files.iter().filter_map(|(name, bytes)| {
                let media_type = media_type(bytes)?;
                let bytes = bytes.as_slice().into();
                Some((name.clone(), Picture { media_type, bytes }))
            });
            Arc::new(pictures.collect())
        };
        let pictures = self.pictures.take().unwrap_or_else(find);
        self.pictures = Some(pictures.clone());
        pictures
    }
}

/// A sealed picture.
#[derive(Debug, Clone)]
pub struct Picture {
    /// What its bytes are.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// A picture's media type by its first bytes. Vector graphics are programs
/// and are not shown.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f', ..] => Some("image/avif"),
        _ => None,
    }
}

/// Texts of one poll in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PollText {
    /// The poll's title.
    pub title: String,
    /// Headings of the contests, by contest id.
    pub contests: BTreeMap<String, String>,
    /// The projects' texts, by project id.
    pub projects: BTreeMap<String, ProjectText>,
}

/// Texts of one project. What is empty is not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ProjectText {
    /// Its name.
    pub name: String,
    /// What it is about; an empty line separates paragraphs.
    pub description: String,
    /// Its categories.
    pub category: String,
    /// Where it is.
    pub place: String,
    /// The content file with its picture.
    pub picture: String,
    /// The picture in words.
    pub picture_alt: String,
}

/// A text and its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct In<'a, T: ?Sized> {
    /// BCP 47 tag.
    pub language: &'a str,
    /// The text.
    pub text: &'a T,
}

/// A poll's texts by language, the poll's default language first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(Vec<(String, PollText)>);

impl Texts {
    /// `projects.json` is in the first language, `projects.<language>.json` in
    /// the others. What is missing or unreadable has no texts: pages then show
    /// the ids that the manifest itself has.
    fn read<'a>(manifest: &Manifest, file: impl Fn(&str) -> Option<&'a [u8]>) -> Self {
        let named = |(place, language): (usize, &String)| {
            let name = match place {
                0 => "projects.json".to_owned(),
                _ => format!("projects.{language}.json"),
            };
            let mut text: PollText = serde_json::from_slice(file(&name)?).ok()?;
            text.clean();
            Some((language.clone(), text))
        };
        Self(manifest.languages.iter().enumerate().filter_map(named).collect())
    }

    /// A text of the poll in the language asked for, or else in the first that has it.
    pub fn find<'a, T: ?Sized>(
        &'a self,
        language: &str,
        pick: impl Fn(&'a PollText) -> Option<&'a T>,
    ) -> Option<In<'a, T>> {
        let asked = self.0.iter().filter(|(own, _)| same_language(own, language));
        asked
            .chain(&self.0)
            .find_map(|(own, text)| pick(text).map(|text| In { language: own, text }))
    }

    /// A project's texts.
    pub fn project<'a>(&'a self, language: &str, id: &str) -> Option<In<'a, ProjectText>> {
        self.find(language, |text| {
            text.projects.get(id).filter(|text| !text.name.is_empty())
        })
    }
}

/// Whether two tags are of one language: `de-AT` serves whoever reads `de`.
fn same_language(one: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    primary(one) == primary(other)
}

impl PollText {
    fn clean(&mut self) {
        clean(&mut self.title);
        self.contests.values_mut().for_each(clean);
        for project in self.projects.values_mut() {
            let ProjectText {
                name,
                description,
                category,
                place,
                picture: _,
                picture_alt,
            } = project;
            for text in [name, description, category, place, picture_alt] {
                clean(text);
            }
        }
    }
}

/// Leaves out what could turn the writing around beyond its own text, or
/// cannot be seen, and what is longer than anybody reads.
fn clean(text: &mut String) {
    let shown = |c: &char| {
        let turns = matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        !turns && (!c.is_control() || *c == '\n')
    };
    *text = text.chars().filter(shown).take(MAX_TEXT).collect();
    let trimmed = text.trim();
    if trimmed.len() < text.len() {
        *text = trimmed.to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_bytes() {
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\nrest"), Some("image/png"));
        assert_eq!(media_type(b"RIFF....WEBPVP8 "), Some("image/webp"));
        for other in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..],
            b"<html>",
            b"",
            b"GIF89a",
        ] {
            assert_eq!(media_type(other), None);
        }
    }

    #[test]
    fn h2_writing_cannot_be_turned_around() {
        let mut text = " a\u{202e}b\u{0}c\r\nd ".to_owned();
        clean(&mut text);
        assert_eq!(text, "abc\nd");
    }

    #[test]
    fn a_text_is_found_in_the_language_asked_for_or_the_first() {
        let text = |name: &str| PollText {
            projects: [(
                "a".to_owned(),
                ProjectText {
                    name: name.to_owned(),
                    ..ProjectText::default()
                },
            )]
            .into(),
            ..PollText::default()
        };
        let texts = Texts(vec![
            ("en".into(), text("Trees")),
            ("de-AT".into(), text("Bäume")),
        ]);
        let found = |language| {
            let found = texts.project(language, "a").unwrap();
            (found.language, found.text.name.as_str())
        };
        assert_eq!(found("de"), ("de-AT", "Bäume"));
        assert_eq!(found("fr"), ("en", "Trees"));
        assert_eq!(texts.project("en", "b"), None);
    }
}
