//! A page as voters get it: its scripts are the sealed ones, nothing else in it
//! runs, and its policy lets nothing else in (specs/11a-oneself.md §4).

use std::collections::{BTreeMap, BTreeSet};

use super::build::{Build, digest, integrity};
use super::site::{Answer, Site};
use super::{Difference, Report};
use crate::command::failure::Failure;
use crate::command::poll::Poll;

mod markup;
mod policy;

use markup::{Element, elements};

/// Pages of a poll that run the booth's files.
const PAGES: [&str; 4] = ["vote", "check", "find-my-ballot", "recount"];
/// The most pages that are looked at.
const MOST: usize = 100;

/// Checks the page that was named, the others of its poll, and all their languages.
pub(super) fn check(site: &Site, build: &Build, poll: &Poll, report: &mut Report) -> Result<(), Failure> {
    let mut looker = Looker {
        site,
        build,
        poll,
        files: BTreeMap::new(),
    };
    let named = site.page().to_owned();
    let links = looker.page(&named, true, report)?;
    let mut pages = BTreeSet::new();
    for page in links.iter().chain([&named]) {
        let path = page.split('?').next().unwrap_or_default();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        pages.extend(PAGES.map(|name| format!("{folder}/{name}")));
        pages.insert(page.clone());
    }
    pages.remove(&named);
    for page in pages.into_iter().take(MOST) {
        let must = links.contains(&page);
        looker.page(&page, must, report)?;
    }
    Ok(())
}

struct Looker<'a> {
    site: &'a Site,
    build: &'a Build,
    poll: &'a Poll,
    /// What was fetched, by address.
    files: BTreeMap<String, Option<Vec<u8>>>,
}

impl Looker<'_> {
    /// Checks a page; the same page in other languages.
    fn page(&mut self, path: &str, must: bool, report: &mut Report) -> Result<Vec<String>, Failure> {
        let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        let Some(answer) = self.site.answer(path, accept)? else {
            return match must {
                true => Err(Failure::Cannot(format!("there is no page {path}"))),
                false => Ok(Vec::new()),
            };
        };
        let mut wrong = policy::wrong(&answer.headers, &self.poll.manifest);
        let mut links = Vec::new();
        match Self::read(&answer) {
            Err(why) => wrong.push(why),
            Ok(elements) => {
                for element in &elements {
                    wrong.extend(self.element(element)?);
                    links.extend(element.language_link(path));
                }
                let runs = elements.iter().any(|element| self.runs_the_booth(element));
                if !runs && must {
                    wrong.push("it runs nothing of the booth".to_owned());
                }
            }
        }
        match wrong.is_empty() {
            true => report.same.push(path.to_owned()),
            false => report
                .differs
                .extend(wrong.into_iter().map(|says| Difference::new(path, says))),
        }
        Ok(links)
    }

    fn read(answer: &Answer) -> Result<Vec<Element<'_>>, String> {
        let text = std::str::from_utf8(&answer.bytes).map_err(|_| "it is not UTF-8".to_owned())?;
        elements(text).map_err(|at| {
            format!(
                "it is not written as these pages are, at byte {at}: nothing can be said about what it runs"
            )
        })
    }

    fn runs_the_booth(&self, element: &Element) -> bool {
        let source = element.get("src").unwrap_or_default();
        element.name == "script" && self.build.at(source).is_some()
    }

    /// What is wrong with an element.
    fn element(&mut self, element: &Element) -> Result<Vec<String>, Failure> {
        let mut wrong = element.forbidden();
        let loads = match element.name {
            "script" => Some(("src", "integrity")),
            "link" if element.get("rel") != Some("icon") => Some(("href", "integrity")),
            _ => None,
        };
        if let Some((place, sum)) = loads {
            wrong.extend(self.loaded(element.get(place), element.get(sum))?);
        }
        for (name, value) in &element.attributes {
            let Some(name) = name.strip_prefix("data-") else {
                continue;
            };
            let sum = element.get(&format!("data-{name}-integrity"));
            if sum.is_some() || value.starts_with("/booth/") {
                wrong.extend(self.loaded(Some(value), sum)?);
            }
            wrong.extend(self.named(name, value));
        }
        Ok(wrong)
    }

    /// A file that a page loads: one of the booth's, and its integrity stated rightly.
    fn loaded(&mut self, place: Option<&str>, stated: Option<&str>) -> Result<Option<String>, Failure> {
        let Some(place) = place.filter(|place| place.starts_with('/') && !place.starts_with("//")) else {
            return Ok(Some(format!(
                "it loads {}, which is not this site's",
                place.unwrap_or("nothing")
            )));
        };
        if !self.files.contains_key(place) {
            let found = self.site.find(place)?;
            self.files.insert(place.to_owned(), found);
        }
        let Some(Some(bytes)) = self.files.get(place) else {
            return Ok(Some(format!("it loads {place}, which is not served")));
        };
        if !self.build.files().iter().any(|file| file.sha256 == digest(bytes)) {
            return Ok(Some(format!(
                "it loads {place}, which is no file of the sealed booth: its SHA-256 is {}",
                hex::encode(digest(bytes))
            )));
        }
        Ok((stated != Some(&integrity(bytes)))
            .then(|| format!("it loads {place} without its right integrity")))
    }

    /// What the page tells its scripts about the poll.
    fn named(&self, name: &str, value: &str) -> Option<String> {
        let expected = match name {
            "election" => hex::encode(self.poll.id),
            "ledger" => self.poll.manifest.ledger.url.clone(),
            _ => return None,
        };
        (value != expected).then(|| format!("it names another {name}: {value}, not {expected}"))
    }
}
